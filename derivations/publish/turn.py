"""One build at a time in a checkout: a second one waits until the first is done, or has died.

The system keeps the lock, not the file's existence, so nothing is left to be cleared away by hand. Where builders are forked they hold it as well, so that
what they still write after their parent was killed is in nobody's way.
"""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

if sys.platform == "win32":
    import msvcrt

    def _take(file: IO[str]) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(file: IO[str]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextlib.contextmanager
def one_at_a_time(lock: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Holds the lock as long as the block lasts. `waiting` is called, once, if another process has it."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w", encoding="utf-8") as file:
        told = False
        while not _taken(file):
            if not told:
                waiting()
                told = True
            time.sleep(0.1)
        yield


def _taken(file: IO[str]) -> bool:
    try:
        _take(file)
    except OSError:
        return False
    return True
