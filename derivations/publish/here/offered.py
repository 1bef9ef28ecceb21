"""What the site offers to run derivations in the reader's browser: one folder for all languages, fetched when somebody asks and not before.

Pyodide and the editor come from npm, python-flint for WebAssembly from PyPI (requirements-browser.txt), SymPy and mpmath from the environment that builds the site:
the same versions, compiled and loaded once by the Python that will run them.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from zipfile import ZipFile

from derivations.catalogue.files import write_atomically
from derivations.publish.hosting import PYTHON
from derivations.publish.kept import keep, read_kept
from derivations.publish.remembered import state_of
from derivations.publish.temml import TO_DO, NotInstalled, find_node

HERE = Path(__file__).resolve().parent
VERSIONS = ("package-lock.json", "requirements.txt", "requirements-browser.txt")
ENGINE = (
    *(f"derivations/{name}" for name in ("__init__.py", "engine", "catalogue", "own", "words/__init__.py")),
    *(f"derivations/publish/{name}" for name in ("__init__.py", "here", "jupyter.py", "proofs.py", "showing.py", "typeset.py")),
)  # fmt: skip
"""What of the project runs in readers' browsers, besides the derivations' scripts."""
MADE_FROM = (*VERSIONS, *ENGINE)
PACKED_FROM = (*VERSIONS, *(f"derivations/publish/here/{name}" for name in ("compile.mjs", "packing.py")))
PACKAGES = ("sympy", "mpmath", "markupsafe")
PACKED = "packed.zip"
"""What `compile.mjs` makes: the packages, compiled."""
STARTED = ("memory.bin", "flint.bin", "libraries.zip")
"""What `start.mjs` makes: the memory of a Python that has loaded everything, what of FLINT it refers to, and the packages that it has not loaded."""
FLINT_LIBRARIES = ("libgmp", "libmpfr", "libflint")
FLINT_MODULES = ("acb", "acb_poly", "acb_series", "arb", "arb_poly", "arb_series", "arf", "dirichlet", "flint_base", "flint_context", "fmpq", "fmpq_poly", "fmpq_series", "fmpz", "fmpz_poly", "fmpz_series", "pyflint")  # fmt: skip
"""Of python-flint's forty modules those that Arb's numbers and power series need; each more takes its time at every start."""
COUNTED = ("pyodide.asm.wasm", "python_stdlib.zip", *STARTED)
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
    """The files of `STARTED`, made anew only when something that they are made from has changed.

    Raises:
        NotInstalled: Pyodide or python-flint is not there, or does not run.
    """
    kept = root / ".cache" / "store" / "browser"
    packed = kept / state_of(root, PACKED_FROM)[:10] / PACKED
    started = [kept / state_of(root, MADE_FROM)[:10] / name for name in STARTED]
    if any(read_kept(each) is None for each in [packed, *started]):
        with tempfile.TemporaryDirectory(prefix="browser-") as folder:
            if (archive := read_kept(packed)) is None:
                archive = pack(root, Path(folder), PACKAGES)
            made = start(root, Path(folder), archive)
        shutil.rmtree(kept, ignore_errors=True)  # of earlier versions
        keep(packed, archive)
        for path, content in zip(started, made, strict=True):
            keep(path, content)
    return started


def pack(root: Path, folder: Path, packages: Iterable[str]) -> bytes:
    """The packages as `compile.mjs` compiles and packs them; `folder`: where it may write."""
    _node("compile.mjs", _pyodide(root), HERE / "packing.py", folder / PACKED, *map(_package, packages))
    return (folder / PACKED).read_bytes()


def start(root: Path, folder: Path, packed: bytes) -> list[bytes]:
    """The contents of `STARTED` as `start.mjs` makes them."""
    (folder / PACKED).write_bytes(packed)
    modules = _installed(root, folder / "site")
    _node("start.mjs", _pyodide(root), HERE / "starting.py", folder / PACKED, folder / "site", folder, *modules)
    return [(folder / name).read_bytes() for name in STARTED]


def _node(program: str, *given: Path | str) -> None:
    done = subprocess.run([find_node(), *map(str, (HERE / program, *given))], capture_output=True, text=True)
    if done.returncode:
        raise NotInstalled(f"Pyodide does not run ({done.stderr.strip()[-400:]}): it is missing {TO_DO}")


def _installed(root: Path, folder: Path) -> list[str]:
    """Install python-flint for WebAssembly into a folder, without its tests, and the engine; the places of FLINT's modules in it, in the order in which they are joined."""
    wheels = sorted((root / ".venv" / "browser").glob("python_flint-*.whl"))
    if len(wheels) != 1:
        raise NotInstalled(f"python-flint for WebAssembly is missing from .venv/browser/ {TO_DO}")
    with ZipFile(wheels[0]) as wheel:
        names = [each for each in wheel.namelist() if each.endswith((".py", ".so")) and "/test/" not in each]
        places = {Path(each).name.split(".")[0]: each for each in names if each.endswith(".so")}
        modules = [places[each] for each in (*FLINT_LIBRARIES, *FLINT_MODULES)]
        wheel.extractall(folder, {*modules, *(each for each in names if each.endswith(".py"))})
    for name in ENGINE:
        source, target = root / name, folder / name
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
    return modules


def offer(root: Path, site: Path) -> None:
    """Write the folder into a site.

    Raises:
        NotInstalled: something of it is not installed; the message says what to do.
    """
    into, modules = site / folder_name(root), root / "node_modules"
    pyodide = _pyodide(root)
    files = {
        "pyodide.asm.js": pyodide / "pyodide.asm.mjs",
        "linking.js": HERE / "linking.mjs",
        "tables.js": HERE / "tables.mjs",
        "pyodide.asm.wasm": pyodide / "pyodide.asm.wasm",
        "python_stdlib.zip": pyodide / "python_stdlib.zip",
        "temml.js": _found(modules / "temml") / "dist" / "temml.mjs",
        "editor/layout.css": _found(modules / "prism-code-editor") / "dist" / "layout.css",
        "run.css": HERE / "run.css",
        **{path.name: path for path in compiled(root)},
        **{f"editor/{name}": path for name, path in _imported(modules / "prism-code-editor" / "dist")},
    }
    for name, path in files.items():
        (into / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, into / name)  # what is installed is not the site's to share
    loader, count = MODULE.subn("pyodide.asm.js", (pyodide / "pyodide.mjs").read_text(encoding="utf-8"))
    if count != 1:
        raise LookupError(f"pyodide.mjs names pyodide.asm.mjs {count} times, not once")
    write_atomically(into / "pyodide.js", re.sub(r"\n//# sourceMappingURL=.*", "", loader))
    sizes = {name: (into / name).stat().st_size for name in COUNTED}
    worker = (HERE / "worker.js").read_text(encoding="utf-8")
    lock = {**json.loads((pyodide / "pyodide-lock.json").read_text(encoding="utf-8")), "packages": {}}
    memory = int.from_bytes((into / "memory.bin").read_bytes()[-4:], "little")  # as gzip ends
    said = f"const FILES = {json.dumps(sizes)}, MEMORY = {memory}, LOCK = {json.dumps(lock)};\n"
    write_atomically(into / "worker.js", said + worker)


def _pyodide(root: Path) -> Path:
    return _found(root / "node_modules" / "pyodide")


def _found(package: Path) -> Path:
    if not (package / "package.json").is_file():
        raise NotInstalled(f"{package.name.capitalize()} is missing from node_modules/ {TO_DO}")
    return package


def _package(name: str) -> str:
    """Where a Python package lies."""
    found = find_spec(name)
    assert found and found.submodule_search_locations  # noqa: S101  requirements.txt has it
    return str(found.submodule_search_locations[0])


def _imported(folder: Path) -> Iterator[tuple[str, Path]]:
    """The editor's modules, and those that they import, by their places below `folder`."""
    waiting, seen = [folder.parent / name for name in EDITOR], set[Path]()
    while waiting:
        path = waiting.pop().resolve()
        if path not in seen:
            seen.add(path)
            yield path.relative_to(folder.resolve()).as_posix(), path
            waiting += [path.parent / each for each in IMPORTED.findall(path.read_text(encoding="utf-8"))]
