"""Packs the packages under /packages, compiled, into /packed.zip. It runs in Pyodide (compile.mjs), since compiled code is of one version of Python.

Docstrings are left away, and so are the times: the archive is the same whenever it is made.
"""

import os
import warnings
import zipfile
from importlib._bootstrap_external import _code_to_hash_pyc  # type: ignore[attr-defined]
from importlib.util import source_hash

TOP = "/packages"
LEFT_OUT = {"__pycache__", "tests", "benchmarks", "physics", "stats", "autolev", "latex"}
"""Folders of SymPy that no derivation loads: its tests, and whole subjects."""
EARLIEST = (1980, 1, 1, 0, 0, 0)


def pack(into: str) -> None:
    """Write the archive."""
    warnings.simplefilter("ignore", SyntaxWarning)
    with zipfile.ZipFile(into, "w") as packed:
        for here, folders, files in os.walk(TOP):
            folders[:] = sorted(set(folders) - LEFT_OUT)
            for name in sorted(each for each in files if each.endswith(".py")):
                path = f"{here}/{name}"
                with open(path, "rb") as file:
                    source = file.read()
                code = compile(source, path.removeprefix(TOP), "exec", dont_inherit=True, optimize=2)
                compiled = bytes(_code_to_hash_pyc(code, source_hash(source), False))
                entry = zipfile.ZipInfo(path.removeprefix(f"{TOP}/") + "c", EARLIEST)
                packed.writestr(entry, compiled, zipfile.ZIP_DEFLATED)


if __name__ == "__main__":
    pack("/packed.zip")
