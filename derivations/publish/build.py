"""Everything that the pages are made from, brought up to date: executed notebooks, catalogue, figures."""

from __future__ import annotations

import os
import re
import signal
import traceback
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cache
from multiprocessing import parent_process
from multiprocessing.connection import wait
from pathlib import Path
from threading import Thread

from derivations.catalogue import making, scripts
from derivations.catalogue.files import CATALOGUE, ROOT, parsed, write_if_changed
from derivations.catalogue.owed import Owed, asked, faults_of
from derivations.catalogue.permanence import keep_promises
from derivations.catalogue.store import Store
from derivations.publish.faults import not_written
from derivations.publish.shared import shared

PLACED = re.compile(r"(derivations|docs)/\S+: ")
"""How a message begins that says all there is to say."""


def up_to_date() -> bool:
    """Whether nothing would be made: catalogue, notebooks and figures are what the scripts say now."""
    from derivations.publish import execute, figure_files

    catalogue = making.read_catalogue()
    return catalogue is not None and not execute.stale_notebooks() and figure_files.is_current(catalogue)


def build_all(tell: Callable[[str], None]) -> list[str]:
    """Make what has changed, and return the names of what was made.

    A script runs only if it has changed, or one that it rests on, or what all rest on; once, as a notebook, which is the module that the catalogue then reads.

    Raises:
        Unproved, CellFailed, Owed, PromiseBroken: a derivation stopped, lacks words, or says something else than it published; what was there before is left as it was.
    """
    from derivations.publish import execute
    from derivations.publish.figure_files import draw_all

    made = []
    catalogue = making.read_catalogue()
    if catalogue is None or execute.stale_notebooks():
        before, shelf, store = scripts.whole_fingerprint(), Store("derivations"), Store("evidence")
        keys = scripts.fingerprints()
        parts = {name: part for name, key in keys.items() if (part := shelf.read(key))}
        notebooks = execute.execute_all(
            lambda name: tell(f"deriving {name} …"), [name for name in keys if name not in parts]
        )
        fresh = {name: scripts.derivation_of(name) for name in notebooks}
        kept = (each for part in parts.values() for each in part["equations"])
        if faults := faults_of([*kept, *(each for derivation in fresh.values() for each in asked(derivation))]):
            raise Owed(faults)
        derived = making.parts_of(
            {each.name: each for each in fresh.values()},
            lambda name: tell(f"trying {name} …"),
            store,
            beside=scripts.loaded() if parts else None,
        )
        after = scripts.fingerprints()
        for name, text in notebooks.items():
            parts[name] = {**derived[fresh[name].name], "notebook": text}
            if after[name] == keys[name]:  # else it was edited while it ran
                shelf.keep(keys[name], parts[name])
        tell(f"derivations: {len(fresh)} run, {shelf.taken} taken over from {shelf.folder}")
        tell(f"evidence: {store.made} equations tried, {store.taken} taken over from {store.folder}")
        shelf.forget_others()
        if not shelf.taken:
            store.forget_others()
        made += execute.keep({name: parts[name]["notebook"] for name in keys})
        catalogue = making.assembled((parts[name] for name in keys), before)
        keep_promises(catalogue["equations"])
        text = making.as_text(catalogue)
        if write_if_changed(CATALOGUE, text):
            made.append("equations.json")
        catalogue = parsed(text.encode())
    made += [f"{name}.svg" for name in draw_all(catalogue, lambda name: tell(f"drawing {name} …"))]
    return made


def told(problem: Exception) -> str:
    """What stopped a derivation, as it is said: with a point where a false statement fails. What nobody foresaw is said with its trace."""
    if isinstance(problem, OSError) and problem.errno:
        return not_written(problem)
    if PLACED.match(str(problem)):
        return str(problem)
    return "".join(traceback.format_exception(problem)).rstrip()


@cache  # asked again by each language's build, which is a fork of the process that asked first
def bring_up_to_date(root: Path) -> tuple[str, ...]:
    """Derive, execute and draw what has changed, in a process of its own; what it said if it stopped."""
    if up_to_date():
        return ()
    try:
        with workers(1) as pool:
            return pool.submit(_derive).result()
    except BrokenProcessPool:
        return ("the process that derives was ended from outside before it was done; is there enough memory?",)


def _derive() -> tuple[str, ...]:
    try:
        made = build_all(lambda what: print(what, flush=True))
        shared(ROOT)
    except Exception as problem:  # noqa: BLE001  whatever a derivation raises stops the build, and is told in one place
        return (told(problem),)
    print(f"made in build/: {', '.join(made)}", flush=True)
    return ()


def workers(count: int) -> ProcessPoolExecutor:
    """Processes for work apart. Ctrl-C reaches them too, and is told of once, by the process that waits for them; they end with it."""
    return ProcessPoolExecutor(count, initializer=_begin_working)


def _begin_working() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Else a worker whose parent was killed would wait for more work for ever, and hold the lock of the builds."""
    parent = parent_process()
    assert parent  # noqa: S101  it is a worker
    wait([parent.sentinel])
    os._exit(1)
