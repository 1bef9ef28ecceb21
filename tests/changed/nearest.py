"""Which tests are nearest to a change: those that were changed, those of the same name, those that import what was changed."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

from tests.changed.what import ROOT

ELSEWHERE = ("tests/site/", "tests/browser/", "tests/contributing/")
"""They need a site that is built, or build one."""
EVERY_EQUATION = "tests/derivations/test_every_equation.py"


@cache
def imports(path: Path) -> frozenset[str]:
    """The modules of this project that a file imports: `from derivations import coin` is derivations.coin, among others."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{each.name}" for each in node.names)}
        elif isinstance(node, ast.Import):
            found |= {each.name for each in node.names}
    return frozenset(name for name in found if name.startswith(("derivations.", "tests.", "bench.")))


def nearest(files: list[str]) -> tuple[list[str], set[str]]:
    """Test files, the nearest first, and the derivations whose equations are tried in numbers."""
    tests = {path.relative_to(ROOT).as_posix(): path for path in sorted((ROOT / "tests").rglob("test_*.py"))}
    tests = {name: path for name, path in tests.items() if not name.startswith(ELSEWHERE)}
    python = [Path(name) for name in files if name.endswith(".py")]
    modules = {".".join(path.with_suffix("").parts) for path in python}
    stems = {path.stem for path in python if path.parts[0] != "tests"}
    itself = [name for name in tests if name in files]
    namesake = [name for name, path in tests.items() if path.stem.removeprefix("test_") in stems]
    using = [name for name, path in tests.items() if imports(path) & modules]
    scripts = {path.stem.replace("_", "-") for path in python if path.parent == Path("derivations")}
    family = [
        name for name, path in tests.items() if path.stem.removeprefix("test_") in {s.split("-")[0] for s in scripts}
    ]
    found = [*itself, *namesake, *family, *([EVERY_EQUATION] if scripts else []), *using]
    return list(dict.fromkeys(found)), scripts
