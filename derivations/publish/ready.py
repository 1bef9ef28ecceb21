"""A process that has loaded all that builds the site before it is asked to, for `make serve`: loading takes as long as building what one edit changes.

For each line that it reads it builds once, in a fork of itself, so that every build starts afresh; where what it has loaded was edited, it starts itself anew first.
What a build says goes to standard error, and after it a line with a zero byte and the build's exit code.
"""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

from derivations.command_line.streams import spell

FOLDER = Path(__file__).resolve().parents[1]
DONE = "\0"
AT_ONCE = "--at-once"
LOADED = ("jupytext", "sympy", "derivations.engine", "derivations.catalogue.evidence", "derivations.catalogue.reading", "derivations.catalogue.forms", "derivations.publish.execute", "derivations.publish.generator", "derivations.publish.root", "derivations.publish.unchanged")  # fmt: skip
"""What a build needs, of all that takes long to load."""


def loaded() -> dict[str, tuple[int, int]]:
    """When each file of the package was changed, and its size. Of the derivations' own scripts only their names: they are run by others."""
    found = {}
    for path in FOLDER.rglob("*"):
        if path.is_dir() or "__pycache__" in path.parts:
            continue
        said = path.stat()
        script = path.parent == FOLDER and not path.name.startswith("_")
        found[str(path)] = (0, 0) if script else (said.st_mtime_ns, said.st_size)
    return found


def build() -> int:
    """Build once, as `make site` does; its exit code."""
    if not hasattr(os, "fork"):  # Windows
        return subprocess.run([sys.executable, "-m", "derivations.publish.site"], check=False).returncode
    if child := os.fork():
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    from derivations.publish.site import main

    code: int | str | None = 1
    try:
        main()
        code = 0
    except SystemExit as end:
        code = end.code
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code if isinstance(code, int) else code is not None)


def main() -> None:
    """Build for each line of standard input, until it ends."""
    before = loaded()
    spell()
    for name in LOADED:
        import_module(name)
    gc.freeze()  # or each fork would copy all that is loaded, only to look through it for garbage

    asked = AT_ONCE in sys.argv
    while asked or sys.stdin.readline():
        if loaded() != before:
            os.execv(sys.executable, [sys.executable, "-m", __spec__.name, AT_ONCE])
        print(f"{DONE}{build()}", file=sys.stderr, flush=True)
        asked = False


if __name__ == "__main__":
    main()
