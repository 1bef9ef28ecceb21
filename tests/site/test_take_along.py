"""What readers take along runs where nothing but the project's wheel is installed: no checkout, no catalogue."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from derivations.publish import wheel

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = ("zh", "en")


@pytest.fixture(scope="module")
def installed(built_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel that the site offers, installed in a folder of its own."""
    folder = tmp_path_factory.mktemp("installed")
    command = ["-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(folder)]
    subprocess.run([sys.executable, *command, str(built_site / wheel.wheel_name(ROOT))], check=True, timeout=120)
    return folder


def taken(built_site: Path, language: str) -> dict[str, Path]:
    return {path.name: path for path in (built_site / language / "derivations").glob("*/*.*") if path.suffix != ".html"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_derivation_is_offered_as_it_is_and_as_a_sound_notebook(built_site: Path, language: str) -> None:
    files = taken(built_site, language)
    scripts = {path.name for path in (ROOT / "derivations").glob("*.py") if not path.name.startswith("_")}
    assert {name for name in files if name.endswith(".py")} == scripts
    for name in scripts:
        assert files[name].read_bytes() == (ROOT / "derivations" / name).read_bytes()
        notebook = nbformat.read(files[name.replace(".py", ".ipynb")], as_version=4)
        nbformat.validate(notebook)
        assert "{ #" not in "".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
        page = (files[name].parent / "index.html").read_text(encoding="utf-8")
        assert f'href="{name}" download' in page and wheel.wheel_name(ROOT) in page


def test_wheel_is_the_same_whenever_it_is_made(built_site: Path) -> None:
    assert wheel._made(ROOT) == (built_site / wheel.wheel_name(ROOT)).read_bytes()


def test_script_runs_with_the_wheel_alone(built_site: Path, installed: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_bytes(taken(built_site, "en")["coin.py"].read_bytes())
    ends = "import derivations, mine; print(derivations.__file__, mine.coin.equations['coin.score'].verdict)"
    done = subprocess.run(
        [sys.executable, "-c", ends],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.stdout.split() == [str(installed / "derivations" / "__init__.py"), "proved"], done.stderr


@pytest.mark.slow
@pytest.mark.parametrize(("language", "name"), [("zh", "logistic"), ("en", "coin")])
def test_notebook_runs_with_the_wheel_alone_and_shows_what_it_showed(
    built_site: Path, installed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str, name: str
) -> None:
    text = taken(built_site, language)[f"{name}.ipynb"].read_text(encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(installed))
    run = nbformat.reads(text, as_version=4)
    run.cells.append(nbformat.v4.new_code_cell("import derivations; print(derivations.__file__)"))
    NotebookClient(run, timeout=120, resources={"metadata": {"path": str(tmp_path)}}).execute()
    assert run.cells.pop().outputs[0].text.strip() == str(installed / "derivations" / "__init__.py")
    shown = [
        [sorted(output["data"].items()) for cell in notebook["cells"] for output in cell.get("outputs", [])]
        for notebook in (json.loads(text), run)
    ]
    assert len(shown[0]) > 5
    assert shown[0] == [[(kind, "".join(said)) for kind, said in each] for each in shown[1]]
