"""Tests run in this process, so that what was derived already is not derived again, and no longer than there is time."""

from __future__ import annotations

import contextlib
import math
import signal
import time
from collections.abc import Container, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.changed.nearest import EVERY_EQUATION

DERIVING = frozenset(("equations", "catalogue", "folder", "checkout", "copied"))
"""Fixtures that derive everything."""


NO_TIME = "no time left"


class Result:
    """What pytest tells as it goes; of the tests of every equation, only those of some derivations run."""

    def __init__(self, derivations: set[str], until: float) -> None:
        self.derivations, self.until = derivations, until
        self.passed = self.failed = self.left = 0
        self.unread: list[str] = []
        """The files that were not begun."""

    def pytest_collection_modifyitems(self, config: Any, items: list[Any]) -> None:
        items[:] = [item for item in items if self.concerns(item)]
        if not self.derivations:  # those last for which everything is derived
            items.sort(key=lambda item: not DERIVING.isdisjoint(item.fixturenames))

    def concerns(self, item: Any) -> bool:
        if Path(item.location[0]).as_posix() != EVERY_EQUATION or not hasattr(item, "callspec"):
            return True
        return str(item.callspec.params.get("identifier")).partition(".")[0] in self.derivations

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item: Any) -> bool | None:
        """Whether the test is passed over, since the time is over."""
        if time.monotonic() < self.until:
            return None
        self.left += 1
        return True

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_setup(self, item: Any) -> Iterator[None]:
        with self.stopped_in_time():
            return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: Any) -> Iterator[None]:
        with self.stopped_in_time():
            return (yield)

    @contextlib.contextmanager
    def stopped_in_time(self) -> Iterator[None]:
        """A test, or what it needs, that goes on when the time is over is left."""
        seconds = self.until - time.monotonic()
        if math.isinf(seconds) or not hasattr(signal, "setitimer"):  # Windows
            yield
            return
        before = signal.signal(signal.SIGALRM, self.stop)
        signal.setitimer(signal.ITIMER_REAL, max(seconds, 0.01))
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)

    def stop(self, *_: object) -> None:
        """End the test that is running, and begin none after it."""
        self.until = 0
        raise pytest.skip.Exception(NO_TIME)

    def pytest_runtest_logreport(self, report: Any) -> None:
        self.passed += report.when == "call" and report.passed
        self.failed += report.failed
        self.left += report.skipped and NO_TIME in str(report.longrepr)

    def pytest_collectreport(self, report: Any) -> None:
        self.failed += report.failed


def run(files: list[str], derivations: set[str], until: float, whole: Container[str] = ()) -> Result:
    """Run these files' tests, but for slow ones and those that need a browser; one file after the other, since reading one takes seconds too.

    Args:
        whole: the files of them that are run to their end, however long it takes.
    """
    result = Result(derivations, until)
    for name in files:
        result.until = math.inf if name in whole else until
        if time.monotonic() < result.until:
            pytest.main(["-q", "--no-header", "-m", "not slow and not browser", name], plugins=[result])
        else:
            result.unread.append(name)
    return result
