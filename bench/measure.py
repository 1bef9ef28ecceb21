"""How time is taken, and how a measurement is written down."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Measurement:
    """One row of the table: what was measured, what came out, and the most it may be, or the least (None: no budget)."""

    name: str
    value: float
    unit: str
    budget: float | None
    detail: str = ""
    at_least: bool = False

    @property
    def within(self) -> bool:
        """Whether the value keeps its budget."""
        return self.budget is None or (self.value >= self.budget if self.at_least else self.value <= self.budget)


@dataclass(frozen=True)
class Run:
    """What one run of a command took, in seconds: by the clock, and of the processor, its own children included; and its memory in MB."""

    wall: float
    cpu: float
    memory: float


class CommandFailed(Exception):
    """A measured command did not succeed: its time means nothing."""


def run(command: Sequence[str], folder: Path, **environment: str) -> Run:
    """Runs a command in a folder and waits for it. Raises CommandFailed with the end of what it printed."""
    known = {name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MAKELEVEL", "SITE_URL")}
    path = f"{Path(sys.executable).parent}{os.pathsep}{known['PATH']}"
    with tempfile.TemporaryFile() as output:
        start = time.perf_counter()
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=known | {"PATH": path, "NO_MKDOCS_2_WARNING": "1"} | environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            output.seek(0)
            printed = output.read().decode(errors="replace")[-3000:]
            raise CommandFailed(f"{' '.join(command)} ended with {process.returncode}:\n{printed}")
    return Run(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def median_of(times: int, measured: Callable[[], float]) -> float:
    """The median of several runs."""
    return statistics.median(measured() for _ in range(times))
