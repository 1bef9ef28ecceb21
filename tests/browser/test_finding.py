"""Finding one's way in a real Chromium: languages, search, anchors, the marks beside equations, the theme."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.chromium import at_rest
from tests.browser.test_reading import LANGUAGES, copied, opened

pytestmark = pytest.mark.browser
ARTICLE = "likelihood-to-cross-entropy/"


@pytest.mark.parametrize(("locale", "lands"), [("zh-CN", "zh/"), ("zh-TW", "zh/"), ("en-US", "en/"), ("en-GB", "en/")])
def test_root_sends_readers_to_their_language(chromium: Browser, site_server: str, locale: str, lands: str) -> None:
    with opened(chromium, site_server, locale=locale) as watched:
        watched.page.goto(site_server)
        watched.page.wait_for_url(f"{site_server}{lands}")
    assert watched.wrong == []


def test_root_offers_both_languages_to_a_reader_of_neither(chromium: Browser, site_server: str) -> None:
    with opened(chromium, site_server, locale="fr-FR") as watched:
        at_rest(watched.page, site_server)
        assert watched.page.url == site_server
        for language in LANGUAGES:
            assert watched.page.locator(f"a[hreflang={language}]").is_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_wrong_address_leads_back_from_any_depth(chromium: Browser, site_server: str, language: str) -> None:
    with opened(chromium, site_server) as watched:
        page = watched.page
        for wrong, place in (("nowhere", ""), ("en/no/such/page/", "equations/"), (f"zh/{ARTICLE}oops.html", "")):
            answer = page.goto(f"{site_server}{wrong}")
            assert answer is not None and answer.status == 404
            links = {
                each: page.locator(f"section:lang({language}) a[data-to='{language}/{each}']")
                for each in ("", "equations/")
            }
            for each, link in links.items():
                assert link.evaluate("(link) => link.href") == f"{site_server}{language}/{each}", wrong
            links[place].click()
            page.wait_for_url(f"{site_server}{language}/{place}")
            expect(page.locator("article h1")).to_be_visible()


@pytest.mark.parametrize(("language", "says"), [("zh", "这里没有这一页"), ("en", "There is no such page")])
def test_page_for_wrong_addresses_speaks_its_language_and_leads_to_both(
    chromium: Browser, site_server: str, language: str, says: str
) -> None:
    other = {"zh": "en", "en": "zh"}[language]
    with opened(chromium, site_server, scripts=False) as watched:
        page = watched.page
        for target in (language, other):
            page.goto(f"{site_server}{language}/404.html")
            expect(page.locator("h1")).to_have_text(says)
            page.locator(f"a[data-to='{target}/']").click()
            page.wait_for_url(f"{site_server}{target}/")
    assert watched.wrong == []


@pytest.mark.parametrize(("language", "screen"), [("zh", "desktop"), ("en", "phone")])
def test_language_switch_stays_on_the_page_and_at_the_anchor(
    chromium: Browser, site_server: str, language: str, screen: str
) -> None:
    other = {"zh": "en", "en": "zh"}[language]
    with opened(chromium, site_server, screen=screen) as watched:
        watched.page.goto(f"{site_server}{language}/{ARTICLE}#coin.score")
        watched.page.locator(f"a[hreflang={other}]:visible").first.click()
        watched.page.wait_for_url(f"{site_server}{other}/{ARTICLE}#coin.score")
        assert watched.page.locator("html").get_attribute("lang", timeout=2000).partition("-")[0] == other  # type: ignore[union-attr]
        in_view(watched.page, "coin.score")
    assert watched.wrong == []


def in_view(page: Page, identifier: str) -> None:
    """The equation is on the screen, below the bar at the top, and its formula is visible."""
    block = page.locator(f"[id='{identifier}']")
    expect(block).to_be_in_viewport(ratio=0.5)
    expect(block.locator("math").first).to_be_visible()
    bar = page.evaluate("document.querySelector('.md-header').getBoundingClientRect().bottom")
    assert block.bounding_box()["y"] >= bar - 1  # type: ignore[index]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("name", "identifier", "screen"), [
    (ARTICLE, "coin.score", "desktop"),
    (ARTICLE, "coin.score", "phone"),
    ("deriving-cross-entropy/", "logistic.nll", "phone"),
])  # fmt: skip
def test_anchor_of_an_equation_lands(
    chromium: Browser, site_server: str, name: str, identifier: str, screen: str, language: str
) -> None:
    with opened(chromium, site_server, screen=screen) as watched:
        watched.page.goto(f"{site_server}{language}/{name}#{identifier}")
        in_view(watched.page, identifier)


SEARCHES = {
    "zh": {"交叉熵": "", "极大似然": "equations/coin.mle/", "KL散度": "kl-divergence/", "MSE": "squared-error/", "coin.score": "equations/coin.score/"},
    "en": {"cross-entropy": "", "maximum likelihood": "equations/coin.mle/", "MSE": "squared-error/", "coin.score": "equations/coin.score/"},
}  # fmt: skip
"""What somebody looks for, and how the address of what stands first ends, where there is one best."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_search_finds_by_any_name_and_shows_no_tex(chromium: Browser, site_server: str, language: str) -> None:
    with opened(chromium, site_server) as watched:
        page = watched.page
        page.goto(f"{site_server}{language}/cite/")
        box = page.locator(".md-search__input")
        for words, first in SEARCHES[language].items():
            box.click()
            box.clear()
            box.press_sequentially(words, delay=20)
            found = page.locator(".md-search-result__item")
            expect(found.filter(has_text=re.compile(words.replace("KL", "KL.?"), re.I)).first).to_be_visible()
            link = page.locator(".md-search-result__link").first
            expect(link).to_have_attribute("href", re.compile(rf"/{language}/.*{re.escape(first)}(\?.*)?$"))
            assert "\\" not in page.locator(".md-search-result__list").inner_text()
    assert watched.wrong == []


def test_search_that_finds_nothing_says_so(chromium: Browser, site_server: str) -> None:
    with opened(chromium, site_server) as watched:
        watched.page.goto(f"{site_server}en/")
        box = watched.page.locator(".md-search__input")
        box.click()
        box.press_sequentially("zyzzyva")
        expect(watched.page.locator(".md-search-result__meta")).to_contain_text("No matching")
        assert watched.page.locator(".md-search-result__item").count() == 0


def test_search_asks_for_nothing_before_it_is_used(chromium: Browser, site_server: str) -> None:
    with opened(chromium, site_server) as watched:
        asked: list[str] = []
        watched.page.on("request", lambda request: asked.append(request.url))
        at_rest(watched.page, f"{site_server}en/")
        assert [url for url in asked if re.search("search|bundle", url)] == []


@pytest.mark.parametrize(("screen", "anchor"), [("desktop", ""), ("desktop", "#coin.score"), ("phone", "#coin.score")])
def test_search_opens_at_the_first_touch_and_stays_open(
    chromium: Browser, site_server: str, screen: str, anchor: str
) -> None:
    with opened(chromium, site_server, screen=screen) as watched:
        page = watched.page
        page.goto(f"{site_server}en/{ARTICLE}{anchor}")
        if screen == "phone":
            page.locator("header [for=__search]").first.click()
        else:
            page.evaluate(
                "new Promise((seen) => requestAnimationFrame(() => requestAnimationFrame(seen)))"
            )  # nobody presses a key on a page before it is seen
            page.keyboard.press("/")
        expect(page.locator(".md-search__input")).to_be_focused()
        page.keyboard.type("coin.score", delay=20)
        expect(page.locator(".md-search-result__link").first).to_be_visible(timeout=20_000)  # script and index come now
        page.wait_for_timeout(400)
        expect(page.locator(".md-search__input")).to_be_focused()
        assert page.locator("#__search").is_checked()
        page.keyboard.press("Enter")
        page.wait_for_url(f"{site_server}en/equations/coin.score/**")
    assert watched.wrong == []


@pytest.mark.parametrize(
    ("language", "verdict", "domain"), [("zh", "已证明", "适用范围"), ("en", "proved", "Holds for")]
)
def test_mark_beside_an_equation_opens_what_proves_it(
    chromium: Browser, site_server: str, built_site: Path, language: str, verdict: str, domain: str
) -> None:
    catalogue = json.loads((built_site / "equations.json").read_text(encoding="utf-8"))
    (score,) = (each for each in catalogue["equations"] if each["id"] == "coin.score")
    with opened(chromium, site_server, screen="phone") as watched:
        page = watched.page
        page.goto(f"{site_server}{language}/{ARTICLE}#coin.score")
        proof = page.locator("[id='coin.score']")
        assert proof.locator(".opened").count() == 0
        mark = proof.locator("a.proof")
        expect(mark.locator(".verdict")).to_have_text(verdict)
        mark.focus()
        page.keyboard.press("Enter")
        opened_proof = proof.locator(".opened")
        expect(opened_proof).to_be_visible()
        expect(mark).to_have_attribute("aria-expanded", "true")
        page.keyboard.press("Space")
        expect(opened_proof).to_be_hidden()
        mark.click()
        expect(opened_proof).to_be_visible()
        expect(opened_proof.locator(".line")).to_have_count(4)
        for text in (domain, "coin.score", "derivations/coin.py", str(score["line"])):
            expect(opened_proof).to_contain_text(text)
        expect(proof.locator("code", has_text=score["tex"][language])).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        proof.locator(".folded > summary").click()
        proof.locator("a", has_text="derivations/coin.py").click()
        page.wait_for_url(f"{site_server}{language}/derivations/coin/#coin.score")
        in_view(page, "coin.score")
    assert watched.wrong == []


def test_copy_button_copies_the_tex(chromium: Browser, site_server: str) -> None:
    with opened(chromium, site_server) as watched:
        page = watched.page
        page.goto(f"{site_server}en/{ARTICLE}#coin.score")
        proof = page.locator("[id='coin.score']")
        proof.locator("a.proof").click()
        row = proof.locator("dd.copied").last
        tex = copied(row)
        assert tex == row.locator("code").text_content() and r"\frac{8}{p}" in tex
    assert watched.wrong == []


def test_theme_is_chosen_by_the_keyboard_turns_the_page_dark_and_is_remembered(
    chromium: Browser, site_server: str
) -> None:
    background = "getComputedStyle(document.body).backgroundColor"
    with opened(chromium, site_server, scheme="light") as watched:
        page = watched.page
        page.goto(f"{site_server}en/")
        button, light = page.locator(".theme:visible"), page.evaluate(background)
        assert button.count() == 1
        button.focus()
        for said in ("Colours: light", "Colours: dark"):  # it was as the system says; the focus goes along
            page.keyboard.press("Enter")
            expect(page.locator(":focus")).to_have_accessible_name(said)
        dark = page.evaluate(background)
        assert dark != light
        page.goto(f"{site_server}en/{ARTICLE}")
        assert page.evaluate(background) == dark
        assert page.locator("[name=theme-color]").first.get_attribute("content") == dark
    assert watched.wrong == []


def ask(page: Page, what: str) -> None:
    """Looks for an equation, and waits for the answer; `expect` would describe the whole page first, which takes longer than it waits."""
    page.locator("#find").fill(what)
    page.wait_for_selector(".find[aria-busy=false]")


@pytest.mark.parametrize(("language", "screen"), [("zh", "phone"), ("en", "desktop")])
def test_equation_is_found_on_the_page_of_all_by_words_and_by_a_formula_in_other_letters(
    chromium: Browser, site_server: str, language: str, screen: str
) -> None:
    with opened(chromium, site_server, screen=screen) as watched:
        page = watched.page
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        at_rest(page, f"{site_server}{language}/equations/")
        assert not [url for url in asked if url.endswith(".json")]
        found, everything = page.locator(".found > li"), page.locator(".catalogue")
        field = page.get_by_role("searchbox", name={"zh": "查找等式", "en": "Find an equation"}[language])
        ask(page, "极大似然")
        expect(found.locator("a[href='coin.mle/'], a[href='../equations/coin.mle/']")).to_be_visible()
        expect(everything).to_be_hidden()
        ask(page, "-8/t^2 - 2/(1-t)^2")
        expect(found).to_have_count(1)
        expect(found.locator("math")).to_be_visible()
        expect(page.locator(".find [role=status]")).to_contain_text("1")
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        assert len([url for url in asked if url.endswith(".json")]) == 1
        ask(page, "")
        expect(everything).to_be_visible()
        expect(found).to_have_count(0)
        ask(page, "coin.score")
        field.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_url(f"{site_server}{language}/equations/coin.score/")
    assert watched.wrong == []


@pytest.mark.parametrize(
    ("language", "near", "nothing"), [("zh", "最接近", "没有找到"), ("en", "nearest", "Nothing is found")]
)
def test_page_of_all_equations_says_when_nothing_is_found_and_what_is_near(
    chromium: Browser, site_server: str, language: str, near: str, nothing: str
) -> None:
    with opened(chromium, site_server) as watched:
        page = watched.page
        page.goto(f"{site_server}{language}/equations/")
        status = page.locator(".find [role=status]")
        expect(status).to_have_text("")
        ask(page, "zyzzyva")
        expect(status).to_contain_text(nothing)
        expect(page.locator(".found")).to_be_hidden()
        ask(page, "8/p - 3/(1-p)")
        expect(status).to_contain_text(near)
        expect(page.locator(".found code", has_text="coin.score").first).to_be_visible()
    assert watched.wrong == []


def test_field_that_only_scripts_answer_is_not_there_without_them(chromium: Browser, site_server: str) -> None:
    with opened(chromium, site_server, scripts=False) as watched:
        watched.page.goto(f"{site_server}en/equations/")
        expect(watched.page.locator("#find")).to_be_hidden()
        expect(watched.page.locator(".entry").first).to_be_visible()


def test_site_opened_as_files_can_be_read(chromium: Browser, built_site: Path) -> None:
    address = built_site.as_uri() + "/"
    with opened(chromium, address, locale="zh-CN") as watched:
        watched.page.goto(f"{address}index.html")
        watched.page.wait_for_url(f"{address}zh/index.html")
        watched.page.locator("a[hreflang=en]:visible").first.click()
        watched.page.wait_for_url(f"{address}en/index.html")
        expect(watched.page.locator("article .formula math").first).to_be_visible()
        watched.page.goto(f"{address}en/equations/index.html")
        ask(watched.page, "three-cats.log-2")
        expect(watched.page.locator(".found a[href*='three-cats.log-2/']").first).to_be_visible()
