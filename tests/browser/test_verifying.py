"""A citation is checked in a real Chromium, as its reader would."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.test_reading import opened

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("language", "screen", "unchanged", "changed", "retired", "unknown"),
    [
        ("zh", "phone", "没有变", "变了", "已停用", "没有这个等式"),
        ("en", "desktop", "Unchanged", "Changed", "Retired", "Unknown"),
    ],
)
def test_citation_is_pasted_and_answered(
    chromium: Browser,
    site_server: str,
    language: str,
    screen: str,
    unchanged: str,
    changed: str,
    retired: str,
    unknown: str,
) -> None:
    with opened(chromium, site_server, screen=screen) as watched:
        page = watched.page
        page.goto(f"{site_server}{language}/equations/coin.score/")
        bibtex = page.locator(".citation-form code").first.text_content() or ""
        page.locator("article a[href$='/verify/']").click()
        page.wait_for_url(f"{site_server}{language}/verify/")
        status = page.get_by_role("status")

        def answers(citation: str, *said: str) -> None:
            page.get_by_role("textbox").last.fill(citation)
            page.locator(".verify button").click()
            for each in said:
                expect(status).to_contain_text(each)

        token = next(
            word for word in bibtex.replace("{", " ").replace(";", " ").split() if "+" in word and "@1" in word
        )
        answers(bibtex, unchanged, "8/p")
        answers(token[:-12] + "0" * 12, changed, "8/p")
        answers("logistic.product@1.0.0+000000000000", retired, "logistic.logarithm-of-product")
        answers("coin.scoer@1.0.0+000000000000", unknown, "coin.score")
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        status.locator("a").first.click()
        page.wait_for_url(f"{site_server}{language}/equations/coin.score/")
    assert watched.wrong == []
