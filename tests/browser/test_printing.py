"""On paper: A4, as many sheets as the text needs, and only those proofs that the reader opened."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser

from tests.browser.test_reading import LANGUAGES, opened

pytestmark = pytest.mark.browser
ARTICLE = "likelihood-to-cross-entropy/"
A4 = (595, 842)
"""Its width and height in points."""
SHEETS = 12
"""The coin's article may fill these; with every proof open it filled 21."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_article_is_printed_on_a_reasonable_number_of_a4_sheets(
    chromium: Browser, site_server: str, language: str
) -> None:
    with opened(chromium, site_server) as watched:
        watched.page.goto(f"{site_server}{language}/{ARTICLE}", wait_until="networkidle")
        document = watched.page.pdf(prefer_css_page_size=True)
    boxes = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]", document)
    assert {(round(float(width)), round(float(height))) for width, height in boxes} == {A4}
    assert 4 < len(re.findall(rb"/Type\s*/Page\b", document)) <= SHEETS


def test_printing_shows_the_proof_that_was_opened_and_no_other(chromium: Browser, site_server: str) -> None:
    with opened(chromium, site_server) as watched:
        page = watched.page
        page.goto(f"{site_server}en/{ARTICLE}", wait_until="networkidle")
        page.locator("[id='coin.score'] a.proof").click()
        page.locator("[id='coin.score'] .opened").wait_for()
        page.emulate_media(media="print")
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        seen = page.locator(".equation .opened:visible").evaluate_all(
            "(proofs) => proofs.map((each) => each.parentElement.id)"
        )
        assert seen == ["coin.score"]
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        page.emulate_media(media="screen")
        assert page.locator(".equation .opened:visible").count() == 1
    assert watched.wrong == []
