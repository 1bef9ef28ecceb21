"""Loads all that derivations need, before Python's memory is kept (start.mjs): SymPy, FLINT and the engine. What of SymPy is not loaded is packed into /rest.zip.

SymPy reckons with Python's own numbers: FLINT is for the enclosures, and of its modules those alone are there that these need.
"""

import gc
import site
import sys
import zipfile
from importlib import import_module, invalidate_caches
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType

LIBRARIES = "/libraries.zip"
STANDARD = ("ast", "dataclasses", "decimal", "difflib", "fractions", "importlib.metadata", "inspect", "json", "random", "string", "tempfile", "tomllib", "traceback", "typing")  # fmt: skip

NOT_OFFERED = "lark"
"""What reads TeX back, which the build does and no reader."""


def load() -> None:
    """Load all of it."""
    sys.path.append(LIBRARIES)
    invalidate_caches()
    installed = Path(site.getsitepackages()[0])
    flint = sys.modules["flint"] = ModuleType("flint", "What of python-flint is there.")
    flint.__path__ = [str(installed / "flint")]
    flint.ctx = import_module("flint.pyflint").ctx  # type: ignore[attr-defined]
    for path in (installed / "flint" / "types").glob("*.so"):
        name = path.name.split(".")[0]
        setattr(flint, name, getattr(import_module(f"flint.types.{name}"), name, None))
    engine = [f"derivations.engine.{each.name}" for each in iter_modules([str(installed / "derivations" / "engine")])]
    for module in (*STANDARD, "sympy", "mpmath", "derivations.own.answers", "derivations.publish.here.script", *engine):
        try:
            import_module(module)
        except ModuleNotFoundError as missing:
            if missing.name != NOT_OFFERED:
                raise


def pack_the_rest(into: str) -> None:
    """Write what of the libraries is not loaded; the times are already left away."""
    with zipfile.ZipFile(LIBRARIES) as whole, zipfile.ZipFile(into, "w") as rest:
        for each in whole.infolist():
            module = each.filename.removesuffix(".pyc").removesuffix("/__init__").replace("/", ".")
            if module not in sys.modules:
                rest.writestr(each, whole.read(each), zipfile.ZIP_DEFLATED)


if __name__ == "__main__":
    load()
    pack_the_rest("/rest.zip")
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000)  # garbage is looked for seldom, as in a build
