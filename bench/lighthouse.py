"""What Lighthouse says of pages on a phone, with its own default settings, in the machine's Chromium. It is installed into bench/node_modules when it is first asked."""

from __future__ import annotations

import json
import statistics
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from derivations.command_line.setting_up import environment, program, stale
from tests.browser.chromium import OPTIONS, find_chromium
from tests.browser.server import serving

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
TIMES = 3
"""Runs of each page: other work on the machine costs a run up to ten points, and seldom most of them."""


class Unmeasured(Exception):
    """Lighthouse did not say how fast a page is; the message has what it said."""


@dataclass(frozen=True)
class Scores:
    """Of one page, out of 100: the median of the runs for performance, the least of them for the rest; what failed; the median run's largest paint, blocking time and layout shift."""

    page: str
    performance: float
    others: dict[str, int]
    failed: list[str]
    measured: list[str]


def install() -> None:
    """Install what bench/package-lock.json says, unless it is there."""
    if stale(HERE / "node_modules" / ".package-lock.json", HERE / "package.json", HERE / "package-lock.json"):
        command = [program(ROOT, "npm"), "ci", "--silent"]
        subprocess.run(command, cwd=HERE, env=environment(ROOT), check=True)


def scores(site: Path, pages: Sequence[str]) -> list[Scores]:
    """Of each page of a built site, served compressed and with its policy.

    Raises:
        Unmeasured: a page did not load, or Chromium showed nothing of it.
    """
    install()
    with serving(site) as address:
        asked = {"chromium": find_chromium(), "options": OPTIONS, "addresses": [address + page for page in pages], "times": TIMES}  # fmt: skip
        command = [program(ROOT, "node"), str(HERE / "lighthouse.mjs"), json.dumps(asked)]
        said = subprocess.run(command, env=environment(ROOT), check=True, capture_output=True, text=True).stdout
        runs = [json.loads(line) for line in said.splitlines()]
    return [_of(page, [run for run in runs if run["address"] == address + page]) for page in pages]


def _of(page: str, runs: list[dict]) -> Scores:
    if broken := sorted({each for run in runs for each in run["broken"]}):
        raise Unmeasured(f"{page}: {'; '.join(broken)}")
    middle = sorted(runs, key=lambda run: run["scores"]["performance"])[len(runs) // 2]
    others = {name: min(run["scores"][name] for run in runs) for name in runs[0]["scores"] if name != "performance"}
    failed = sorted({each for run in runs for each in run["failed"]})
    return Scores(page, statistics.median(run["scores"]["performance"] for run in runs), others, failed, middle["measured"])  # fmt: skip
