"""The machine's own Chromium, driven by Playwright; nothing is downloaded."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from derivations.publish.papers import HOW_TO_INSTALL, find_chromium

NOT_WANTED = (
    "WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup",
    # what Playwright leaves out itself, whose list this one replaces
    "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades", "HttpsFirstBalancedModeAutoEnable", "LensOverlay",
    "MediaRouter", "PaintHolding", "ThirdPartyStoragePartitioning", "AvoidCorsURLLoaderRestartOnRedirect", "TcpPortRandomizationWin",
    "OptimizationHints", "NetworkTimeServiceQuerying", "AimEnabled", "PreconnectToSearch", "msForceBrowserSignIn",
)  # fmt: skip
"""What Chromium would load into the address bar of every window, which nobody sees here: two pages of its own, more than half of what a window costs."""
OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--disable-features={','.join(NOT_WANTED)}",
]


@contextmanager
def launched() -> Iterator[Browser]:
    """A running headless browser; raises FileNotFoundError, which says what to install, where there is none."""
    executable = find_chromium()
    if executable is None:
        raise FileNotFoundError(HOW_TO_INSTALL)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home, sync_playwright() as playwright:
        folders = {"HOME": home, "XDG_CONFIG_HOME": home, "XDG_CACHE_HOME": home}  # it leaves its traces there
        browser = playwright.chromium.launch(executable_path=executable, args=OPTIONS, env={**os.environ, **folders})
        browser.new_context = partial(_window, browser.new_context)  # type: ignore[method-assign]
        try:
            yield browser
        finally:
            browser.close()


def _window(new_context: Callable[..., BrowserContext], **how: Any) -> BrowserContext:
    """A window in which the site keeps nothing, unless service workers are allowed: else each, being new, would fetch in the background all that is kept."""
    context = new_context(**how)
    if how.get("service_workers") != "allow":
        context.add_init_script("delete Navigator.prototype.serviceWorker")
    return context


def at_rest(page: Page, address: str) -> None:
    """Goes to an address, until the page is whole and asks for nothing more. (A quiet network alone comes before a slow machine has read a long page.)"""
    laid_out(page, address)
    page.wait_for_load_state("networkidle")


def laid_out(page: Page, address: str) -> None:
    """Goes to an address, until the page is whole, and laid out to its end."""
    page.goto(address)
    page.wait_for_selector("html.laid, html:not(.js)", state="attached")
