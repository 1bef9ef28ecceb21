"""The whole site in one go: `python -m derivations.publish.site` builds both languages and puts them in the place of the old site."""

from __future__ import annotations

import contextlib
import gc
import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import TYPE_CHECKING

from derivations.command_line.streams import spell
from derivations.publish.faults import not_written
from derivations.publish.hosting import site_address
from derivations.publish.turn import one_at_a_time

if TYPE_CHECKING:
    from derivations.publish.unchanged import Editions

ROOT = Path(__file__).resolve().parents[2]
SITE, BUILT, BEFORE = ROOT / "site", ROOT / "build" / "site", ROOT / "build" / "site-before"
"""The site; the one that is being built; the one that is just being replaced."""


def build_site(folder: Path) -> list[str]:
    """Build the languages that have changed, side by side, into `folder`, and return their faults, each once. What they share is derived before, once, and written after."""
    from derivations.publish.build import bring_up_to_date, workers
    from derivations.publish.here.offered import compiled
    from derivations.publish.wheel import keep_wheel, wheel

    try:
        address = site_address(os.environ.get("SITE_URL"))
    except ValueError as refused:
        return [str(refused)]
    with workers(1) as beside:
        compiling, packing = beside.submit(compiled, ROOT), beside.submit(wheel, ROOT)  # while a single process derives
        if not_derived := bring_up_to_date(ROOT):
            return list(not_derived)
        compiling.result()
        keep_wheel(*packing.result())
    from derivations.publish.root import finish_site
    from derivations.publish.unchanged import Editions

    editions = Editions(ROOT, SITE, address)
    if faults := build_editions(editions, folder):
        return faults
    finish_site(ROOT, folder, address)
    editions.remember(folder)
    return []


def build_editions(editions: Editions, folder: Path) -> list[str]:
    """Build the languages that have changed, each in a process of its own; meanwhile take over the others, write the catalogue and ask the second kernel."""
    from derivations.publish.build import workers
    from derivations.publish.root import write_catalogue
    from derivations.publish.second import disagreements

    if editions.changed:
        from derivations.publish.generator import build_language  # a second's work, and for nothing if nothing is built
    with workers(max(1, len(editions.changed))) as pool:
        building = [pool.submit(build_language, language, str(folder)) for language in editions.changed]
        for language in editions.unchanged:
            editions.take_over(language, folder)
        write_catalogue(ROOT, folder)
        differ = disagreements(ROOT)
        try:
            found = [each.result() for each in building]
        except BrokenProcessPool:
            return ["a builder was ended from outside before it was done; is there enough memory?"]
    return list(dict.fromkeys(fault for faults in [differ, *found] for fault in faults))


@contextlib.contextmanager
def undisturbed() -> Iterator[None]:
    """Ctrl-C and a polite end wait until the block is done."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def replace_site() -> None:
    """Put what was built in the place of the old site, which stays until then, and is left aside."""
    with undisturbed():
        if SITE.exists():
            SITE.rename(BEFORE)
        BUILT.rename(SITE)


def clear_away() -> None:
    """Remove what a build has left aside, or one that was killed; one killed between the two moves left the old site aside."""
    if BEFORE.exists() and not SITE.exists():
        BEFORE.rename(SITE)
    for left in (BUILT, BEFORE):
        shutil.rmtree(left, ignore_errors=True)


def main(shown: Callable[[], None] = lambda: None) -> None:
    """Build the site and say where it is, or say what is at fault, leave the old one where it is and exit with 1.

    Args:
        shown: called when the new site is in place; the old one is only then removed, which takes a while.
    """
    spell()
    os.chdir(ROOT)
    gc.set_threshold(100_000)  # what a build makes lives to its end: nobody has to look for garbage among it
    faults: list[str] = []
    try:
        with one_at_a_time(
            ROOT / ".cache" / "site.lock",
            waiting=lambda: print("Another build is under way in this checkout; waiting for it …", flush=True),
        ):
            clear_away()
            faults = build_site(BUILT)
            if not faults:
                replace_site()
                print("Built: site/index.html", flush=True)
                shown()
                clear_away()
    except OSError as problem:
        faults = getattr(problem, "faults", None) or [not_written(problem)]  # what is not installed says so itself
    except SystemExit as unread:  # words, without which nothing can even be loaded
        faults = [str(unread)]
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        sys.exit(130)
    if faults:
        left = "the site of the last build stays as it was" if SITE.exists() else "there is no site yet"
        print("\n".join(faults), f"\nNot built; {left}.", sep="", file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main()
