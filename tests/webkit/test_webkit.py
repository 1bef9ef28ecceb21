"""WebKit, which Safari and every browser of an iPhone are made of, as Debian has it: formulas go on in the next line, attacks are answered, Python runs.

It is driven by WebDriver, of which five commands are needed; its small browser wants a screen, which Xvfb is. All in one test, or workers of pytest would each begin both.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from socket import socket
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

import pytest

from tests.browser.server import serving

pytestmark = pytest.mark.browser
HOW_TO_INSTALL = "no WebKit on this machine: install the Debian packages `webkit2gtk-driver` and `xvfb`"
SLOW = 120.0
"""Seconds for what takes twenty on a machine that does nothing else."""


class Window:
    """A window of WebKit's small browser."""

    def __init__(self, root: str, binary: Path) -> None:
        self.root = root
        browser = {"binary": str(binary), "args": ["--automation"]}
        wanted = {"capabilities": {"alwaysMatch": {"webkitgtk:browserOptions": browser}}}
        self.root += f"/session/{self.asked('POST', '/session', wanted)['sessionId']}"

    def asked(self, method: str, path: str, given: Any = None) -> Any:
        """The answer to a command of WebDriver."""
        body = None if given is None else json.dumps(given).encode()
        request = Request(self.root + path, body, {"Content-Type": "application/json"}, method=method)  # noqa: S310
        with urlopen(request, timeout=SLOW) as answer:  # noqa: S310  the driver on this machine
            return json.load(answer)["value"]

    def go(self, address: str) -> None:
        """Load a page."""
        self.asked("POST", "/url", {"url": address})

    def said(self, script: str, *given: Any) -> Any:
        """What a script returns that runs in the page."""
        return self.asked("POST", "/execute/sync", {"script": script, "args": given})

    def until(self, script: str, *given: Any) -> Any:
        """What a script returns once that is something."""
        end = time.monotonic() + SLOW
        while not (found := self.said(script, *given)):
            assert time.monotonic() < end, f"it never came: {script}"
            time.sleep(0.2)
        return found


@contextmanager
def window() -> Iterator[Window]:
    """A new one, on a screen of its own. Skipped where there is no WebKit."""
    driver, screen = shutil.which("WebKitWebDriver"), shutil.which("Xvfb")
    binary = next(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser"), None)
    if driver is None or screen is None or binary is None:
        pytest.skip(HOW_TO_INSTALL)
    with ExitStack() as stack:
        number, told = os.pipe()
        display = subprocess.Popen([screen, "-displayfd", str(told), "-screen", "0", "1280x1024x24"], pass_fds=[told], stderr=subprocess.DEVNULL)  # fmt: skip
        stack.callback(display.wait)
        stack.callback(display.kill)
        os.close(told)
        with open(number, encoding="ascii") as line:
            where = f":{line.readline().strip()}"
        with socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        settings = {"DISPLAY": where, "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1"}  # as Chromium's --no-sandbox
        driving = subprocess.Popen([driver, f"--port={port}"], env={**os.environ, **settings}, stderr=subprocess.DEVNULL)  # fmt: skip
        stack.callback(driving.wait)
        stack.callback(driving.kill)
        root, end = f"http://127.0.0.1:{port}", time.monotonic() + 30
        while True:
            try:
                urlopen(f"{root}/status", timeout=5).close()  # noqa: S310
                break
            except URLError:
                assert time.monotonic() < end, "the driver does not answer"
                time.sleep(0.1)
        opened = Window(root, binary)
        stack.callback(opened.asked, "DELETE", "")
        yield opened


PHONE = """
const phone = Object.assign(document.createElement("iframe"), { src: arguments[0], width: 390, height: 844 });
document.body.replaceChildren(phone); // the window itself is not made as narrow
"""
BROKEN = """
const page = document.querySelector("iframe").contentDocument, broken = page.querySelectorAll(".formula > span.parts");
for (const each of page.querySelectorAll("details")) each.open = true;
const wide = [...page.querySelectorAll(".formula:has(> math.parts)")].filter((each) => each.scrollWidth > each.clientWidth);
return wide.length === 0 && broken.length;
"""
TRIED = """
const field = document.querySelector(".try textarea");
if (field && !field.dataset.asked) {
  field.value = field.dataset.asked = "8/p + 2/(1-p)";
  document.querySelector(".try form button").click();
}
const place = document.querySelector(".try[data-verdict]");
return place && [place.dataset.verdict, ...[...place.querySelectorAll("[role=status] code")].map(({ textContent }) => textContent)];
"""
RUN = """
const said = document.querySelector(".run [role=status]").textContent;
return /proved here|did not/.test(said) && [said, ...[...document.querySelectorAll(".run .output > section > .named code")].map(({ textContent }) => textContent)];
"""


def test_what_other_browsers_do_otherwise_is_done_in_webkit(built_site: Path) -> None:
    with window() as page, serving(built_site) as address:
        page.go(f"{address}en/cite/")
        page.said(PHONE, f"{address}en/deriving-cross-entropy/")
        assert page.until(BROKEN) > 5

        page.go(f"{address}en/equations/coin.score/")
        page.until("return document.querySelector('.try > button')?.offsetParent && 1")
        page.said("document.querySelector('.try > button').click()")
        assert page.until(TRIED) == ["refuted", "d(log(L(p)), p) = 12", "8/p + 2/(1 - p) = 20"]

        page.go(f"{address}en/derivations/coin/")
        page.until("return document.querySelector('.run > button')?.offsetParent && 1")
        page.said("document.querySelector('.run > button').click()")
        said, *equations = page.until(RUN)
    catalogue = json.loads((built_site / "equations.json").read_text(encoding="utf-8"))
    assert equations == [each["id"] for each in catalogue["equations"] if each["derivation"] == "coin"], said
