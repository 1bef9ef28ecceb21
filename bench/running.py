"""What it takes to run a derivation in the reader's browser: bytes before and after the click, and seconds to the first result."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, Request

from derivations.publish.papers import find_chromium
from tests.browser.chromium import OPTIONS
from tests.browser.server import serving

PAGE = "en/derivations/coin/"
FIRST_RESULT = """() => new Promise((done) => {
  const place = document.querySelector(".run"), begun = performance.now();
  new MutationObserver((changes, watching) => {
    if (!place.querySelector(".output section math")) return;
    watching.disconnect();
    requestAnimationFrame(() => setTimeout(() => done((performance.now() - begun) / 1000))); // it is on the screen
  }).observe(place, { childList: true, subtree: true });
  place.querySelector("button").click();
})"""
"""Clicks, and gives the seconds; watched in the page, since Playwright looks but twice a second."""


@dataclass(frozen=True)
class Run:
    """Kilobytes before the click and megabytes after it, requests for Python before it, seconds from the click to the first formula."""

    before: float
    python_before: int
    after: float
    cold: float
    warm: float


def running(site: Path, browser: Browser) -> Run:
    """The coin, as a reader comes who has fetched nothing, and the same reader again. A window with a profile, as readers' are: one without does not keep compiled WebAssembly."""
    with serving(site, under="/site/") as address, tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        context = browser.browser_type.launch_persistent_context(
            profile, executable_path=find_chromium(), args=OPTIONS, service_workers="block"
        )  # what is kept to be read offline comes when it comes, and is not counted
        page = context.new_page()
        came: list[Request] = []
        context.on("requestfinished", lambda each: came.append(each))
        page.goto(address + PAGE, wait_until="networkidle")
        before, python = _bytes(came), sum("/python/" in each.url for each in came)
        cold = _first_result(page)
        after = _bytes(came) - before
        page.goto(address + PAGE, wait_until="networkidle")
        warm = _first_result(page)
        context.close()
    return Run(before / 1e3, python, after / 1e6, cold, warm)


def _first_result(page: Page) -> float:
    return page.evaluate(FIRST_RESULT)


def _bytes(requests: list[Request]) -> int:
    return sum(each.sizes()["responseBodySize"] for each in requests)
