"""What the site offers to run derivations in the reader's browser: one folder for all languages, fetched when somebody asks and not before.

Pyodide and the editor come from npm, python-flint for WebAssembly from PyPI (requirements-browser.txt), SymPy and mpmath from the environment that builds the site:
the same versions, compiled once by the Python that will run them.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from derivations.catalogue.files import copy_or_share, write_atomically
from derivations.publish.hosting import PYTHON
from derivations.publish.kept import keep, read_kept
from derivations.publish.remembered import state_of
from derivations.publish.temml import TO_DO, NotInstalled, find_node

HERE = Path(__file__).resolve().parent
MADE_FROM = ("package-lock.json", "requirements.txt", "requirements-browser.txt", "derivations/publish/here")
COMPILED_FROM = (*MADE_FROM[:2], *(f"{MADE_FROM[-1]}/{name}" for name in ("compile.mjs", "packing.py")))
PACKAGES = ("sympy", "mpmath", "markupsafe")
COMPILED = ("memory.bin", "libraries.zip")
"""What `compile.mjs` makes: the memory of a Python that has started, and the packages."""
COUNTED = ("pyodide.asm.wasm", "python_stdlib.zip", *COMPILED, "flint.zip")
"""What the progress counts: all that is large."""
EDITOR = ("dist/index.js", "dist/prism/languages/python.js")
IMPORTED = re.compile(r'\b(?:from|import) "(\.{1,2}/[^"]+)"')
MODULE = re.compile(r"pyodide\.asm\.mjs")
"""Not every server knows that .mjs is JavaScript; .js all do."""


@cache
def folder_name(root: Path) -> str:
    """The folder as its address in the site: named by all that it is made from, so that it may be kept for ever."""
    return f"{PYTHON}/{state_of(root, MADE_FROM)[:10]}/"


def compiled(root: Path) -> list[Path]:
    """The files of `COMPILED`; made anew only when a version has changed.

    Raises:
        NotInstalled: Pyodide is not there, or does not run.
    """
    kept = root / ".cache" / "store" / "browser" / state_of(root, COMPILED_FROM)[:10]
    if any(read_kept(kept / name) is None for name in COMPILED):
        with tempfile.TemporaryDirectory(prefix="browser-") as folder:
            made = [Path(folder) / name for name in COMPILED]
            pyodide = _installed(root / "node_modules" / "pyodide")
            command = [find_node(), *map(str, (HERE / "compile.mjs", pyodide, HERE / "packing.py", *made))]
            done = subprocess.run([*command, *map(_package, PACKAGES)], capture_output=True, text=True)
            if done.returncode:
                raise NotInstalled(f"Pyodide does not run ({done.stderr.strip()[-400:]}): it is missing {TO_DO}")
            shutil.rmtree(kept.parent, ignore_errors=True)  # of earlier versions
            for each in made:
                keep(kept / each.name, each.read_bytes())
    return [kept / name for name in COMPILED]


def offer(root: Path, site: Path) -> None:
    """Write the folder into a site.

    Raises:
        NotInstalled: something of it is not installed; the message says what to do.
    """
    into, modules = site / folder_name(root), root / "node_modules"
    pyodide = _installed(modules / "pyodide")
    files = {
        "pyodide.asm.js": pyodide / "pyodide.asm.mjs",
        "pyodide.asm.wasm": pyodide / "pyodide.asm.wasm",
        "python_stdlib.zip": pyodide / "python_stdlib.zip",
        "temml.js": _installed(modules / "temml") / "dist" / "temml.mjs",
        "editor/layout.css": _installed(modules / "prism-code-editor") / "dist" / "layout.css",
        "run.css": HERE / "run.css",
        **{path.name: path for path in compiled(root)},
        **{f"editor/{name}": path for name, path in _imported(modules / "prism-code-editor" / "dist")},
    }
    for name, path in files.items():
        (into / name).parent.mkdir(parents=True, exist_ok=True)
        copy_or_share(path, into / name)
    _flint(root, into / "flint.zip")
    loader, count = MODULE.subn("pyodide.asm.js", (pyodide / "pyodide.mjs").read_text(encoding="utf-8"))
    if count != 1:
        raise LookupError(f"pyodide.mjs names pyodide.asm.mjs {count} times, not once")
    write_atomically(into / "pyodide.js", re.sub(r"\n//# sourceMappingURL=.*", "", loader))
    sizes = {name: (into / name).stat().st_size for name in COUNTED}
    worker = (HERE / "worker.js").read_text(encoding="utf-8")
    lock = {**json.loads((pyodide / "pyodide-lock.json").read_text(encoding="utf-8")), "packages": {}}
    said = f"const FILES = {json.dumps(sizes)}, LOCK = {json.dumps(lock)};\n"
    write_atomically(into / "worker.js", said + worker)


def _installed(package: Path) -> Path:
    if not (package / "package.json").is_file():
        raise NotInstalled(f"{package.name.capitalize()} is missing from node_modules/ {TO_DO}")
    return package


def _package(name: str) -> str:
    """Where a Python package lies."""
    found = find_spec(name)
    assert found and found.submodule_search_locations  # noqa: S101  requirements.txt has it
    return str(found.submodule_search_locations[0])


def _flint(root: Path, target: Path) -> None:
    """python-flint for WebAssembly, without what its tests need."""
    wheels = sorted((root / ".venv" / "browser").glob("python_flint-*.whl"))
    if len(wheels) != 1:
        raise NotInstalled(f"python-flint for WebAssembly is missing from .venv/browser/ {TO_DO}")
    copy_or_share(wheels[0].resolve(), target)


def _imported(folder: Path) -> Iterator[tuple[str, Path]]:
    """The editor's modules, and those that they import, by their places below `folder`."""
    waiting, seen = [folder.parent / name for name in EDITOR], set[Path]()
    while waiting:
        path = waiting.pop().resolve()
        if path not in seen:
            seen.add(path)
            yield path.relative_to(folder.resolve()).as_posix(), path
            waiting += [path.parent / each for each in IMPORTED.findall(path.read_text(encoding="utf-8"))]
