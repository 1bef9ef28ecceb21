"""Scripts as executed notebooks, and those as pages of either language."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest

from derivations.publish import build, catalogue, execute
from derivations.publish.notebooks import in_language

GOOD = '''\
# %% [markdown] tags=["en"]
# # Title { #title }

# %% [markdown] tags=["zh"]
# # 标题 { #title }

# %%
"""A docstring is not an output."""


class Shown:
    """Says the same thing in two languages."""

    def _repr_mimebundle_(self):
        return {"text/plain": "both"}, {"zh": "中" + "文", "en": "Eng" + "lish"}


# %%
print("printed")
6 * 7

# %%
Shown()
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
    assert shown[0].metadata == {"zh": "中文", "en": "English"}


def test_executing_twice_gives_the_same_bytes(script: Path) -> None:
    assert nbformat.writes(execute.execute(script)) == nbformat.writes(execute.execute(script))


@pytest.mark.parametrize(("language", "there", "not_there"), [
    ("zh", ["标题", "中文"], ["Title", "English"]),
    ("en", ["Title", "English"], ["标题", "中文"]),
])  # fmt: skip
def test_page_of_a_language_has_its_own_cells_and_outputs(
    script: Path, language: str, there: list[str], not_there: list[str]
) -> None:
    page = json.loads(in_language(execute.execute(script), language))
    shown = "".join(
        str(cell["source"]) + str([each.get("data") for each in cell.get("outputs", [])]) for cell in page["cells"]
    )
    assert [word in shown for word in there] == [True, True]
    assert [word in shown for word in not_there] == [False, False]


@pytest.mark.parametrize(
    ("cell", "says"), [("1 / 0", "ZeroDivisionError"), ("raise ValueError('no')", "no"), ("undefined", "NameError")]
)
def test_cell_that_fails_is_told_with_script_and_line(script: Path, cell: str, says: str) -> None:
    script.write_text(f"{GOOD}\n# %%\n{cell}\n", encoding="utf-8")
    line = len(GOOD.splitlines()) + 3
    with pytest.raises(execute.CellFailed, match=rf"a_test_script\.py, cell 4 \(from line {line}\): .*{says}"):
        execute.execute(script)
    assert "derivations.a_test_script" not in sys.modules


def test_failing_cell_leaves_everything_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bad = tmp_path / "bad.py"
    bad.write_text("# %%\n1 / 0\n", encoding="utf-8")
    old = tmp_path / "notebooks" / "coin_sequence.ipynb"
    old.parent.mkdir()
    old.write_text("old", encoding="utf-8")
    monkeypatch.setattr(execute, "NOTEBOOKS", old.parent)
    monkeypatch.setattr(catalogue, "CATALOGUE", tmp_path / "equations.json")
    monkeypatch.setattr(execute, "SCRIPTS", ("coin_sequence", "bad"))
    real = execute.script_path
    monkeypatch.setattr(execute, "script_path", lambda name: bad if name == "bad" else real(name))
    with pytest.raises(execute.CellFailed):
        build.build_all(lambda line: None)
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == ["bad.py", "coin_sequence.ipynb"]
    assert old.read_text(encoding="utf-8") == "old"


def test_script_edited_while_it_runs_leaves_a_catalogue_that_is_stale(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = ["before the edit"]
    monkeypatch.setattr(execute, "NOTEBOOKS", tmp_path / "notebooks")
    monkeypatch.setattr(catalogue, "CATALOGUE", tmp_path / "equations.json")
    monkeypatch.setattr(catalogue, "whole_fingerprint", lambda: state[-1])

    def execute_all(tell: object) -> dict[str, str]:
        state.append("after the edit")
        return {}

    monkeypatch.setattr(execute, "execute_all", execute_all)
    monkeypatch.setattr(catalogue, "derive", lambda *_: {})
    monkeypatch.setattr("derivations.publish.drawing.draw_all", lambda **_: [])
    build.build_all(lambda line: None)
    assert catalogue.read_catalogue() is None


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


def test_every_derivation_shows_its_equations_in_both_languages() -> None:
    for name in catalogue.SCRIPTS:
        tags = [
            set(cell.metadata.get("tags", []))
            for cell in execute.execute(catalogue.script_path(name)).cells
            if cell.cell_type == "markdown"
        ]
        assert {"zh"} in tags and {"en"} in tags, name
