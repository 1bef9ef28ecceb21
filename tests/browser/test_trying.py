"""An equation is attacked in a real Chromium: by a click, by hand and by keyboard; what comes of it is said, and nothing leaves the site."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.test_checking import watched_requests
from tests.browser.test_reading import opened

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("language", "button", "check", "refuted", "proved", "unread"),
    [
        ("zh", "试着推翻它", "检查", "不成立：反例：p = 1/2", r"^已证明：共 \d 行", "第 3 位的 q 在这里没有含义"),
        ("en", "Try to break it", "Check", "refuted: It fails at p = 1/2:", r"^proved: \d lines", "q, at place 3, has no meaning here"),
    ],
)  # fmt: skip
def test_statement_is_refuted_proved_or_told_what_is_wrong_with_it(
    chromium: Browser, site_server: str, language: str, button: str, check: str, refuted: str, proved: str, unread: str
) -> None:
    with opened(chromium, site_server, screen="phone") as watched:
        page, asked = watched.page, watched_requests(watched.page)
        page.goto(f"{site_server}{language}/equations/coin.score/")
        assert not [each for each in asked if re.search(r"trying|typed|kernel|\.json$", each)]
        place = page.locator(".try")
        place.get_by_role("button", name=button).click()
        status, text, domain = place.get_by_role("status"), place.locator("textarea"), place.locator("input")
        expect(text).to_be_focused()
        expect(text).to_have_value("d(log(L(p)), p) = 8/p - 2/(1 - p)")
        expect(domain).to_have_value("0 < p < 1")
        place.locator(".choices button").last.click()
        expect(place).to_have_attribute("data-verdict", "refuted")
        text.fill("8/p + 2/(1-p)")
        text.press("Enter")
        expect(status).to_contain_text(refuted)
        expect(status.locator("code")).to_have_text(["d(log(L(p)), p) = 12", "8/p + 2/(1 - p) = 20"])
        text.fill("(8 - 10*p)/(p*(1-p))")
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        expect(place.get_by_role("button", name=check, exact=True)).to_be_focused()
        page.keyboard.press("Enter")
        expect(status).to_contain_text(re.compile(proved))
        assert status.locator("li").count() > 1
        text.fill("8/q")
        text.press("Enter")
        expect(status).to_contain_text(unread)
        expect(text).to_be_focused()
        assert text.evaluate("each => each.value.slice(each.selectionStart, each.selectionEnd)") == "q"
        assert (text.get_attribute("aria-invalid"), text.get_attribute("aria-describedby")) == ("true", status.get_attribute("id"))  # fmt: skip
        text.fill("8/p - 2/(1-p)")
        domain.fill("0 <= p < 1")
        domain.press("Enter")
        expect(place).to_have_attribute("data-verdict", "refuted")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing runs off a phone's screen"
        assert all(each.startswith(site_server) for each in asked)
    assert watched.wrong == []


def test_equation_is_attacked_where_its_mark_is_opened(chromium: Browser, site_server: str) -> None:
    with opened(chromium, site_server) as watched:
        page = watched.page
        page.goto(f"{site_server}en/likelihood-to-cross-entropy/")
        page.locator("[id='coin.maximum'] a.proof").first.click()
        place = page.locator(".opened .try")
        place.get_by_role("button").click()
        place.locator("textarea").fill("0.81")
        place.locator("textarea").press("Enter")
        expect(place.locator("[role=status] code")).to_have_text(["argmax(L(p), p, 0, 1) = 4/5", "0.81 = 81/100"])
        place.locator("textarea").fill("argmax(L(p)^2, p, 0, 1) = 4/5")
        place.locator("textarea").press("Enter")
        expect(place).to_have_attribute("data-verdict", "neither")
    assert watched.wrong == []
