"""A process that has loaded all that builds the site before it is asked to, for `make serve`: loading takes as long as building what one edit changes.

For each line that it reads it builds once, in a fork of itself, so that every build starts afresh; where what it has loaded was edited, it starts itself anew first.
What a build says goes to standard error, and after it a line with a zero byte and the build's exit code.
"""

from __future__ import annotations

import contextlib
import gc
import os
import subprocess
import sys
from functools import partial
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
        script = path.parent == FOLDER and not path.name.startswith("_")
        with contextlib.suppress(OSError):  # gone meanwhile, as editors' own files are
            said = path.stat()
            found[str(path)] = (0, 0) if script else (said.st_mtime_ns, said.st_size)
    return found


def tell(code: int) -> None:
    """Say that a build is done."""
    print(f"{DONE}{code}", file=sys.stderr, flush=True)


def build() -> None:
    """Build once, as `make site` does, and tell as soon as the new site is in place, or that there is none."""
    if not hasattr(os, "fork"):  # Windows
        tell(subprocess.run([sys.executable, "-m", "derivations.publish.site"], check=False).returncode)
        return
    if child := os.fork():
        if code := os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]):
            tell(code)
        return
    from derivations.publish.site import main

    code = 1
    try:
        main(shown=partial(tell, 0))
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def read_ahead() -> None:
    """Read what the next build will read again, so that it finds it read."""
    from derivations.catalogue.files import parsed
    from derivations.catalogue.store import hashes_of
    from derivations.publish.build import up_to_date
    from derivations.publish.hosting import policy
    from derivations.publish.kept import read_kept
    from derivations.publish.pages import read_pages
    from derivations.publish.prose_checks import faults_in
    from derivations.publish.site import ROOT, SITE
    from derivations.publish.unchanged import Editions
    from derivations.publish.words import LANGUAGES

    with contextlib.suppress(Exception):  # what is at fault is told by the build that meets it
        up_to_date()
        Editions(ROOT, SITE, None).changed
        policy(SITE)
        hashes_of((FOLDER.parent / "build" / "equations.json").read_bytes())
        for path in (FOLDER.parent / "build").glob("*.json"):
            parsed(read_kept(path) or b"{}")
        for language in LANGUAGES:
            for page in read_pages(FOLDER.parent / "docs" / language).values():
                faults_in(page.blanked)
    gc.freeze()  # or each fork would copy all that is loaded, only to look through it for garbage


def main() -> None:
    """Build for each line of standard input, until it ends."""
    before = loaded()
    spell()
    for name in LOADED:
        import_module(name)
    gc.freeze()

    asked = AT_ONCE in sys.argv
    while asked or sys.stdin.readline():
        if loaded() != before:
            os.execv(sys.executable, [sys.executable, "-m", __spec__.name, AT_ONCE])
        build()
        asked = False
        read_ahead()


if __name__ == "__main__":
    main()
