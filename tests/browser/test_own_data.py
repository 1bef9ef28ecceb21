"""The page for numbers of one's own: each form with good input and bad, by the engine that runs in the page, and nothing fetched before or from elsewhere."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.chromium import at_rest
from tests.browser.test_reading import Watched, opened

pytestmark = pytest.mark.browser
LONGEST = 90_000
"""Milliseconds: Python comes with the first question, and tests run beside each other."""


@pytest.fixture(scope="module")
def watched(chromium: Browser, site_server: str) -> Iterator[Watched]:
    """The page, opened at an address that says what was typed; Python is loaded once for all tests here."""
    with opened(chromium, site_server) as found:
        found.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        at_rest(found.page, f"{site_server}en/own-data/#cats?predictions=0.9+0.7+1")
        yield found


def derived(page: Page, kind: str, **values: str) -> str:
    """What is said after the form was filled in and sent by the keyboard."""
    for name, value in values.items():
        page.fill(f"#own-{name}", value)
    page.focus(f"form[data-kind={kind}] button")
    page.keyboard.press("Enter")
    page.wait_for_selector(".own .run[aria-busy=false]", state="attached", timeout=LONGEST)
    return page.inner_text(".own [role=status]")


def test_own_data_is_derived_in_the_page_and_taken_along(watched: Watched):
    page, loaded = watched.page, "performance.getEntriesByType('resource').map(each => each.name).join()"
    assert "/python/" not in page.evaluate(loaded) and ".whl" not in page.evaluate(loaded)  # nothing before the click
    assert page.input_value("#own-predictions") == "0.9 0.7 1"  # the address says so
    assert "statements proved" in derived(page, "cats")
    assert page.evaluate("document.activeElement.textContent") == "Predictions for 3 cats"
    results = page.inner_text(".own .results")
    assert "The loss in nats" in results and f"{-math.log(0.63):.3f}" in results
    assert page.locator(".own section.certified, .own section.proved").count() > 8
    assert page.locator(".own .formula math").count() == page.locator(".own .formula").count()

    page.get_by_role("button", name="Open every proof").click()
    page.wait_for_selector(".own .line math")
    assert page.locator(".own details:not([open])").count() == 0

    assert "statements proved" in derived(page, "coin", heads="8", tails="2")
    assert page.url.endswith("#coin?heads=8&tails=2") and "0.126" in page.inner_text(".own .results")
    page.get_by_role("button", name="Copy as Markdown").click()
    page.get_by_role("button", name="Copied").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("# A coin with 8 heads and 2 tails") and r"\approx -1.197" in copied
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the notebook").click()
    notebook = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    assert download.value.suggested_filename == "own-coin.ipynb" and notebook["nbformat"] == 4

    assert "statements proved" in derived(page, "table", table="label;prediction\n1;0,9\n\n0;20%")
    assert f"{-math.log(0.9) - math.log(0.8):.3f}" in page.inner_text(".own .results")
    assert "/python/" in page.evaluate(loaded) and watched.wrong == []


@pytest.mark.parametrize(
    "kind, values, faults",
    [
        ("coin", {"heads": "2.5", "tails": "1,000"}, {"heads": "2.5 is not a whole", "tails": "separators: 1000"}),
        ("cats", {"predictions": "0.9 1.2"}, {"predictions": "prediction 2: 1.2 is not between 0 and 1"}),
        ("table", {"table": "1,0.5\n2,0.5\n1,x"}, {"table": "row 2: 2 is no label; allowed is 0 or 1"}),
    ],
)
def test_own_data_names_what_cannot_be_read_at_its_field(watched: Watched, kind, values, faults):
    page = watched.page
    said = derived(page, kind, **values)
    assert "could not be read" in said and page.locator(".own .run").is_hidden()
    for field, fault in faults.items():
        assert fault in page.inner_text(f"#fault-{field}")
        assert page.get_attribute(f"#own-{field}", "aria-invalid") == "true"
        assert f"fault-{field}" in (page.get_attribute(f"#own-{field}", "aria-describedby") or "")
    assert page.evaluate("document.activeElement.id") == f"own-{next(iter(faults))}"
