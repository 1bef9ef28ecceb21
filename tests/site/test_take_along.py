"""What readers take along runs where nothing but the project's wheel is installed: no checkout, no catalogue."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import nbformat
import pytest

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


def test_wheel_says_what_the_files_of_words_say(installed: Path) -> None:
    for file in (ROOT / "derivations" / "words").glob("*.toml"):
        read = (installed / file.relative_to(ROOT)).with_suffix(".json").read_text(encoding="utf-8")
        assert read == json.dumps(tomllib.loads(file.read_text(encoding="utf-8")), ensure_ascii=False)


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


CELLS = """
import json, sys, types
shown, after, names = [], [], {}
shell = types.SimpleNamespace(user_ns=names, events=types.SimpleNamespace(register=lambda event, show: after.append(show)))
sys.modules["IPython"] = types.SimpleNamespace(get_ipython=lambda: shell)
sys.modules["IPython.display"] = types.SimpleNamespace(display=lambda data, raw: shown.append(data))
for number, source in enumerate(json.load(open(sys.argv[1], encoding="utf-8"))):
    exec(compile(source, f"cell-{number}", "exec"), names)
    for show in after:
        show(None)
import derivations
json.dump([derivations.__file__, shown], sys.stdout)
"""
"""As Jupyter does it; IPython itself is not installed here (requirements-without.txt)."""


@pytest.mark.slow
@pytest.mark.parametrize(("language", "name"), [("zh", "logistic"), ("en", "coin")])
def test_notebook_runs_with_the_wheel_alone_and_shows_what_it_showed(
    built_site: Path, installed: Path, tmp_path: Path, language: str, name: str
) -> None:
    notebook = json.loads(taken(built_site, language)[f"{name}.ipynb"].read_text(encoding="utf-8"))
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    (tmp_path / "cells.json").write_text(json.dumps(["".join(cell["source"]) for cell in cells]), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", CELLS, "cells.json"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert not done.returncode, done.stderr
    where, shown = json.loads(done.stdout)
    assert where == str(installed / "derivations" / "__init__.py")
    published = [
        {kind: "".join(said) for kind, said in each["data"].items()} for cell in cells for each in cell["outputs"]
    ]
    assert shown == published and len(shown) > 5
