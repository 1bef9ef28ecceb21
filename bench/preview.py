"""How long `make serve` takes to show an edit."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

LIMIT = 120
"""Seconds after which an edit counts as never shown."""


@contextlib.contextmanager
def served(checkout: Path) -> Iterator[Callable[[Path], float]]:
    """`make serve` over a built site, at rest; what is given takes the seconds by the clock from an edit of a file, an empty line at its end, to the new pages."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    address = f"http://127.0.0.1:{port}/"
    process = subprocess.Popen(
        [sys.executable, "-m", "derivations.publish.serve"],
        cwd=checkout,
        env=os.environ | {"PORT": str(port), "NO_MKDOCS_2_WARNING": "1"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )

    def version() -> str:
        try:
            with urllib.request.urlopen(f"{address}_preview/state", timeout=5) as answer:
                return str(answer.read().decode())
        except OSError:
            return ""

    def until_another(before: str) -> str:
        end = time.monotonic() + LIMIT
        while (now := version()) in ("", before):
            if time.monotonic() > end:
                raise TimeoutError(f"`make serve` showed nothing new within {LIMIT} s")
            time.sleep(0.05)  # to ask takes the processor that builds
        return now

    def edited(file: Path) -> float:
        before, begun = version(), time.perf_counter()
        file.write_text(file.read_text(encoding="utf-8") + "\n", encoding="utf-8")
        until_another(before)
        taken = time.perf_counter() - begun
        time.sleep(2)  # the old site is still being cleared away
        return taken

    try:
        until_another(until_another(""))  # it begins with nothing shown, and then has built once
        time.sleep(2)
        yield edited
    finally:
        os.killpg(process.pid, signal.SIGINT)
        process.wait()
