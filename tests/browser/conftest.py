"""A browser, and the built site served to it under a path of its own, as any host might."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.chromium import HOW_TO_INSTALL, find_chromium, launched
from tests.browser.server import serving


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A running Chromium. Where there is none the test is skipped, but fails in CI."""
    if find_chromium() is None:
        if os.environ.get("CI") == "true":
            pytest.fail(HOW_TO_INSTALL)
        pytest.skip(HOW_TO_INSTALL)
    with launched() as browser:
        yield browser


@pytest.fixture(scope="session")
def site_server(built_site: Path) -> Iterator[str]:
    """The address of the site's root, which ends in a slash, on this machine: not at the server's root, so that a link with a leading slash fails."""
    with serving(built_site, under="/any/path/") as address:
        yield address
