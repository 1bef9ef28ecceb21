"""An equation's own page: what marks open comes from it when they are asked, links show it, and it stands by itself."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.chromium import at_rest
from tests.browser.test_reading import LANGUAGES, copied, opened

pytestmark = pytest.mark.browser
ARTICLE = "likelihood-to-cross-entropy/"


@pytest.mark.parametrize("screen", ["phone", "desktop"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_page_fits_its_screen_and_nothing_goes_wrong(
    chromium: Browser, site_server: str, language: str, screen: str
) -> None:
    with opened(chromium, site_server, screen=screen) as watched:
        page = watched.page
        for identifier in ("coin.score", "cross-entropy.kl-nonnegative", "logistic.nll", "coin-sequence.tosses"):
            at_rest(page, f"{site_server}{language}/equations/{identifier}/")
            expect(page.locator("article h1")).to_be_visible()
            assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, identifier
    assert watched.wrong == []


def test_nothing_is_fetched_before_a_mark_is_opened_and_then_once(chromium: Browser, site_server: str) -> None:
    with opened(chromium, site_server) as watched:
        page = watched.page
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        at_rest(page, f"{site_server}en/{ARTICLE}")
        assert not [url for url in asked if "/equations/" in url]
        mark, proof = page.locator("[id='coin.score'] a.proof"), page.locator("[id='coin.score'] .opened")
        mark.click()
        expect(proof).to_be_visible()
        mark.click()
        expect(proof).to_be_hidden()
        mark.click()
        expect(proof).to_be_visible()
        of_equations = [
            url for url in asked if "/equations/" in url
        ]  # its page, and what checks it here: it and what it cites
        assert of_equations[0] == f"{site_server}en/equations/coin.score/"
        assert f"{site_server}equations/coin.score.json" in of_equations[1:]
        assert all(url.startswith(f"{site_server}equations/coin.") for url in of_equations[1:])
        assert len(of_equations) == len(set(of_equations)) < 5
        cited = proof.locator(".line .why a").first  # the log-likelihood stands on this page: its number, and its place
        number = page.locator("[id='coin.log-likelihood'] > .number").text_content()
        expect(cited).to_have_text(str(number))
        assert cited.get_attribute("href") == "#coin.log-likelihood"
        proof.locator(".whole a").click()
        page.wait_for_url(f"{site_server}en/equations/coin.score/")
    assert watched.wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_link_to_an_equation_shows_it_when_it_is_pointed_at_or_focused(
    chromium: Browser, site_server: str, language: str
) -> None:
    with opened(chromium, site_server) as watched:
        page = watched.page
        at_rest(page, f"{site_server}{language}/equations/coin.maximum/")
        link, preview = page.locator("article a[data-equation='coin.score']").first, page.locator("#preview")
        link.hover()
        expect(preview).to_be_visible()
        expect(preview.locator("math").first).to_be_visible()
        page.keyboard.press("Escape")
        expect(preview).to_be_hidden()
        page.mouse.move(1, 1)
        link.focus()
        expect(preview).to_be_visible()
        expect(link).to_have_attribute("aria-describedby", "preview")
    assert watched.wrong == []


def test_formula_can_be_copied_as_mathml(chromium: Browser, site_server: str) -> None:
    with opened(chromium, site_server) as watched:
        page = watched.page
        page.goto(f"{site_server}en/equations/coin.score/")
        mathml = copied(page.locator("dd:has(> code[data-from=mathml])"))
        assert mathml.startswith("<math") and "<mfrac>" in mathml
    assert watched.wrong == []
