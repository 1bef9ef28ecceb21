"""The machine's own Firefox, such as Debian's firefox-esr: what only scripts can do is done once, from a figure to reading offline, and each of it is looked at. All in one test, or workers of pytest would each do it.

Playwright drives no Firefox but its own, and its WebDriver BiDi asks for more than the ESR has; Puppeteer's does not.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from derivations import load
from derivations.command_line.setting_up import environment, program, stale
from derivations.publish.temml import find_node
from tests.browser.server import SiteHandler, serving

pytestmark = pytest.mark.browser
HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
HOW_TO_INSTALL = "no Firefox on this machine: install the Debian package `firefox-esr` (apt-get install firefox-esr)"


def install() -> None:
    """Install what package-lock.json says, unless it is there."""
    if stale(HERE / "node_modules" / ".package-lock.json", HERE / "package.json", HERE / "package-lock.json"):
        subprocess.run([program(ROOT, "npm"), "ci", "--silent"], cwd=HERE, env=environment(ROOT), check=True)


class Ending(SiteHandler):
    """Answers nothing more once `ended` is set: a server that is stopped still answers on the connections that it has."""

    ended = Event()

    def do_GET(self) -> None:
        """Breaks off, or answers."""
        if self.ended.is_set():
            self.close_connection = True
        else:
            super().do_GET()


@pytest.fixture(scope="module")
def told(built_site: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What was seen in Firefox, and what went wrong. Skipped where there is none."""
    firefox = shutil.which("firefox-esr") or shutil.which("firefox")
    if firefox is None:
        pytest.skip(HOW_TO_INSTALL)
    install()
    home = {"HOME": str(tmp_path_factory.mktemp("home"))}  # it leaves its traces there
    with serving(built_site, under="/any/path/", handler=Ending) as address:
        asked = json.dumps({"firefox": firefox, "root": address})
        reading = subprocess.Popen([find_node(), str(HERE / "reading.mjs"), asked], env={**os.environ, **home}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)  # fmt: skip
        assert reading.stdout and reading.stdout.readline() == "offline\n"
    Ending.ended.set()
    answer, _ = reading.communicate("\n", timeout=90)
    found: dict[str, Any] = json.loads(answer)
    return found


def number(text: str) -> float:
    """The last number of a text."""
    return float(re.findall(r"−?[\d.]+", text)[-1].replace("−", "-"))


def test_what_scripts_do_for_readers_is_done_in_firefox(told: dict[str, Any], built_site: Path) -> None:
    seen = told["seen"]
    given = {"k": 30, "n": 50, "p": 0.5}
    for row, identifier in (("score at p", "coin-general.score"), ("standard error", "intervals-general.standard-error")):  # fmt: skip
        expression = load(identifier).expression
        value = float(expression.subs({each: given[each.name] for each in expression.free_symbols}))
        assert number(seen["figure"][row]) == pytest.approx(value, abs=6e-4), row
    assert seen["figure"]["said"].startswith("30 heads in 50 tosses")

    assert seen["theme"]["before"] != seen["theme"]["dark"] == seen["theme"]["after"]
    assert seen["mark"]["verdict"] == "accepted" and re.search(r"\d+ lines", seen["mark"]["said"])
    assert seen["broken"] == {"verdict": "refuted", "values": ["d(log(L(p)), p) = 12", "8/p + 2/(1 - p) = 20"]}
    assert seen["search"][0].endswith("/en/equations/coin.score/")

    catalogue = json.loads((built_site / "equations.json").read_text(encoding="utf-8"))
    coin = [each["id"] for each in catalogue["equations"] if each["derivation"] == "coin"]
    assert seen["run"]["equations"] == coin and "proved here" in seen["run"]["said"]

    kept = "What does softmax do, and why is its gradient so simple?"
    assert seen["offline"] == {"kept": kept, "not": ["这一页没有保存", "This page is not kept"]}
    assert [
        each for each in told["wrong"] if "503" not in each
    ] == []  # which the page that is not kept is answered with
