"""Scripts as executed notebooks, and those as pages of either language."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest

from derivations.catalogue import making, scripts
from derivations.catalogue.store import Store
from derivations.publish import build, execute
from derivations.publish.notebooks import in_language
from derivations.words import Words

GOOD = '''\
# %% [markdown]
# § coin

# %%
"""A docstring is not an output."""

from derivations.engine import UNIT, Derivation
from derivations.engine.rules import by

coin = Derivation("coin", source="mle/1")
p = coin.quantity("p", UNIT)

# %%
print("printed")
6 * 7

# %%
square = coin.step("square", by(), "(1 + p)*(1 - p) = 1 - p**2")
numbers = [(-1, 0.5), (2, float("inf"))]
numbers
'''


@pytest.fixture
def script(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "a_test_script.py"
    path.write_text(GOOD, encoding="utf-8")
    yield path
    sys.modules.pop("derivations.a_test_script", None)


def outputs_of(notebook: nbformat.NotebookNode) -> list[list[nbformat.NotebookNode]]:
    return [cell.outputs for cell in notebook.cells if cell.cell_type == "code"]


def test_executed_notebook_has_what_its_cells_printed_and_returned(script: Path) -> None:
    notebook = execute.execute(script)
    nbformat.validate(notebook)
    docstring, printed, shown = outputs_of(notebook)
    assert docstring == []
    assert [(each.output_type, each.get("text") or each["data"]["text/plain"]) for each in printed] == [
        ("stream", "printed\n"),
        ("execute_result", "42"),
    ]
    assert [each.metadata for each in shown] == [
        {"equation": "coin.square"},
        {"table": "numbers", "rows": [["−1", "5.0e-01"], ["2", "∞"]]},
    ]
    assert shown[0]["data"]["text/plain"] == "(1 + p)·(1 - p) = 1 - p^2"


def test_executing_twice_gives_the_same_bytes(script: Path) -> None:
    assert nbformat.writes(execute.execute(script)) == nbformat.writes(execute.execute(script))


def test_page_of_a_language_has_its_own_headings_and_tables(script: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for language, heading, column in (("zh", "标题", "左"), ("en", "Title", "left")):
        table = {
            "derivations": {
                "coin": {
                    "sections": {"coin": {"heading": heading, "text": "$p$"}},
                    "tables": {"numbers": [column, "b"]},
                }
            }
        }
        words = {language: Words(language, table, Path(f"{language}.toml"))}
        monkeypatch.setattr("derivations.publish.notebooks.read_all", lambda words=words: words)
        page = in_language(execute.execute(script), language, "coin")
        assert page["cells"][0]["source"] == f"# {heading} {{ #coin }}\n\n$p$"
        shown = [each["data"] for cell in page["cells"] for each in cell.get("outputs", []) if "data" in each]
        assert shown[1] == {"text/html": '<div class="notebook-equation" data-equation="coin.square"></div>'}
        assert shown[2]["text/markdown"].startswith(f"| {column} | b |\n| ---: | ---: |\n| −1 | 5.0e-01 |")


@pytest.mark.parametrize(
    ("cell", "says"), [("1 / 0", "ZeroDivisionError"), ("raise ValueError('no')", "no"), ("undefined", "NameError")]
)
def test_cell_that_fails_is_told_with_script_and_line(script: Path, cell: str, says: str) -> None:
    script.write_text(f"{GOOD}\n# %%\n{cell}\n", encoding="utf-8")
    line = len(GOOD.splitlines()) + 3
    with pytest.raises(execute.CellFailed, match=rf"a_test_script\.py:{line}: .*{says}"):
        execute.execute(script)
    assert "derivations.a_test_script" not in sys.modules


def test_failing_cell_leaves_everything_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bad = tmp_path / "bad.py"
    bad.write_text("# %%\n1 / 0\n", encoding="utf-8")
    old = tmp_path / "notebooks" / "coin_sequence.ipynb"
    old.parent.mkdir()
    old.write_text("old", encoding="utf-8")
    monkeypatch.setattr(execute, "NOTEBOOKS", old.parent)
    for module in (making, build):
        monkeypatch.setattr(module, "CATALOGUE", tmp_path / "equations.json")
    real = execute.script_path
    for module in (execute, scripts):
        monkeypatch.setattr(module, "SCRIPTS", ("coin_sequence", "bad"))
        monkeypatch.setattr(module, "script_path", lambda name: bad if name == "bad" else real(name))
    with pytest.raises(execute.CellFailed):
        build.build_all(lambda line: None)
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == ["bad.py", "coin_sequence.ipynb"]
    assert old.read_text(encoding="utf-8") == "old"


def test_script_edited_while_it_runs_leaves_a_catalogue_that_is_stale(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = ["before the edit"]
    monkeypatch.setattr(execute, "NOTEBOOKS", tmp_path / "notebooks")
    for module in (making, build):
        monkeypatch.setattr(module, "CATALOGUE", tmp_path / "equations.json")
    monkeypatch.setattr(build, "Store", lambda kind: Store(kind, tmp_path / "store"))  # or the checkout's is emptied
    monkeypatch.setattr(scripts, "whole_fingerprint", lambda: state[-1])

    def execute_all(tell: object, names: object) -> dict[str, str]:
        state.append("after the edit")
        return {}

    monkeypatch.setattr(execute, "execute_all", execute_all)
    monkeypatch.setattr(scripts, "SCRIPTS", ())
    monkeypatch.setattr(build, "faults_of", lambda _: [])  # nothing is derived here, so no words are asked for
    monkeypatch.setattr("derivations.publish.figure_files.draw_all", lambda *_: [])
    build.build_all(lambda line: None)
    assert (tmp_path / "equations.json").exists()
    assert making.read_catalogue() is None


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two notebooks as they were kept, and the scripts that they are of."""
    monkeypatch.setattr(execute, "NOTEBOOKS", tmp_path)
    monkeypatch.setattr(execute, "SCRIPTS", ("one", "two"))
    assert execute.keep({"one": "{}\n", "two": "{}\n"}) == ["one.ipynb", "two.ipynb"]
    assert not execute.stale_notebooks()
    return tmp_path


def test_notebook_edited_by_hand_is_stale(kept: Path) -> None:
    (kept / "one.ipynb").write_text('{"edited": true}\n', encoding="utf-8")
    assert execute.stale_notebooks()


def test_notebook_that_was_removed_is_stale(kept: Path) -> None:
    (kept / "two.ipynb").unlink()
    assert execute.stale_notebooks()


def test_notebooks_without_their_stamp_are_stale(kept: Path) -> None:
    (kept / "fingerprint").unlink()
    assert execute.stale_notebooks()


def test_notebook_of_no_script_is_removed_and_the_others_are_left(kept: Path) -> None:
    (kept / "stray.ipynb").write_text("{}", encoding="utf-8")
    before = (kept / "one.ipynb").stat().st_mtime_ns
    assert execute.keep({"one": "{}\n", "two": "{ }\n"}) == ["two.ipynb"]
    assert not (kept / "stray.ipynb").exists()
    assert (kept / "one.ipynb").stat().st_mtime_ns == before
    assert not execute.stale_notebooks()
