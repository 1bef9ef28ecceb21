"""The site under nginx, by the rules that it brings along, in a real Chromium: nothing is refused by the policy, and nothing is broken."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, expect

from derivations.publish.hosting import FOR_EVER, LOOK_AGAIN, headers_everywhere
from derivations.publish.offline import LIST, WORKER
from derivations.publish.root import finish_site
from tests.browser.chromium import at_rest
from tests.browser.nginx import HOW_TO_INSTALL, find_nginx, serving
from tests.browser.test_finding import ask
from tests.browser.test_reading import Watched, opened

pytestmark = pytest.mark.browser
ROOT = Path(__file__).resolve().parents[2]
ARTICLE = "likelihood-to-cross-entropy/"


UNDER = {"zh": "/", "en": "/a/b/"}
"""Where each language is looked at: a page differs between the two places by no more than its address (tests/site/test_building.py)."""


@pytest.fixture(scope="module", params=UNDER)
def language(request: pytest.FixtureRequest) -> str:
    """Chinese at the root of a host, English under a path: every page, and all that a reader does, is looked at once."""
    return request.param


@pytest.fixture(scope="module")
def host(language: str, built_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the site under nginx: at the root of its host as nobody said where, or under a path that was said. Skipped without nginx, but fails in CI."""
    if find_nginx() is None:
        if os.environ.get("CI") == "true":
            pytest.fail(HOW_TO_INSTALL)
        pytest.skip(HOW_TO_INSTALL)
    workplace = tmp_path_factory.mktemp("nginx")
    root = workplace / "root"
    under = UNDER[language]
    site = root / under.strip("/")
    shutil.copytree(built_site, site)
    finish_site(ROOT, site, f"https://example.org{under}" if under != "/" else None)
    with serving(root, under, workplace) as address:
        yield address


def headers(address: str) -> dict[str, str]:
    try:
        with urlopen(address, timeout=10) as answer:
            return dict(answer.headers)
    except HTTPError as refused:
        return {"Status": str(refused.code), **dict(refused.headers)}


def refused(watched: Watched) -> Watched:
    """Notes also what the policy refuses without an error on the console."""
    watched.page.expose_function("refused", lambda what: watched.wrong.append(f"policy: {what}"))
    watched.page.add_init_script(
        "addEventListener('securitypolicyviolation', (event) => refused(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`))"
    )
    return watched


def test_watch_notices_what_the_policy_refuses(chromium: Browser, host: str) -> None:
    with opened(chromium, host) as watched:
        page = refused(watched).page
        at_rest(page, f"{host}en/cite/")
        assert watched.wrong == []
        page.evaluate("document.body.setAttribute('style', 'color: red')")
        page.evaluate(
            "document.head.append(Object.assign(document.createElement('script'), { textContent: 'window.ran = 1' }))"
        )
        page.wait_for_timeout(200)
        assert page.evaluate("window.ran") is None
    assert any("style-src" in each for each in watched.wrong) and any("script-src" in each for each in watched.wrong)


def test_headers_are_those_that_the_site_asks_for(host: str, built_site: Path) -> None:
    page = headers(f"{host}en/cite/")
    assert page["Content-Security-Policy"].startswith("default-src 'self';")
    assert page["X-Content-Type-Options"] == "nosniff" and page["Referrer-Policy"]
    assert set(headers_everywhere(built_site)) <= set(page)
    assert page["Cache-Control"] == LOOK_AGAIN
    for looked_at_again in ("equations.json", LIST, WORKER):
        assert headers(f"{host}{looked_at_again}")["Cache-Control"] == LOOK_AGAIN
    for path in (built_site / "en" / "assets").rglob("*"):
        if path.is_file():
            asset = headers(f"{host}{path.relative_to(built_site).as_posix()}")
            assert asset["Cache-Control"] == FOR_EVER, path
            assert asset["X-Content-Type-Options"] == "nosniff"
    missing = headers(f"{host}en/assets/book.0000000000.css")
    assert missing["Status"] == "404" and missing.get("Cache-Control") != FOR_EVER
    assert missing["Content-Security-Policy"] == page["Content-Security-Policy"]
    for rules in ("_headers", "_nginx.conf"):
        assert headers(f"{host}{rules}")["Status"] == "404"


def test_every_page_opens_with_nothing_refused(chromium: Browser, host: str, built_site: Path, language: str) -> None:
    """Each in one of its languages: both are made by the same templates, and what stands inline in any of them is in the policy (tests/site/test_policy.py)."""
    folder, half = built_site / language, list(UNDER).index(language)
    places = sorted(page.parent.relative_to(built_site).as_posix() + "/" for page in folder.rglob("index.html"))
    of_one = [place for place in places if re.search(r"/equations/.+/", place)]  # all in one frame
    places = [place for place in places if place not in of_one][half::2] + of_one[half * 40 :: 80]
    assert len(places) > 15
    with opened(chromium, host) as watched:
        page = refused(watched).page
        for place in places:
            page.goto(f"{host}{place}")
            page.locator("h1").first.wait_for()
            assert watched.wrong == [], place


def test_proofs_open_with_their_mathematics_in_place(chromium: Browser, host: str, language: str) -> None:
    with opened(chromium, host) as watched:
        page = refused(watched).page
        at_rest(page, f"{host}{language}/{ARTICLE}#coin.score")
        proof = page.locator("[id='coin.score']")
        proof.locator("a.proof").click()
        expect(proof.locator(".opened")).to_be_visible()
        # an exponent stands higher than its base, a denominator lower than its numerator
        exponent, denominator = page.evaluate(
            """() => {
              const bottom = (each) => each.getBoundingClientRect().bottom;
              const [base, raised] = document.querySelector("[id='coin.likelihood'] msup").children;
              const [above, below] = document.querySelector("[id='coin.score'] .lines mfrac").children;
              return [bottom(base) - bottom(raised), bottom(below) - bottom(above)];
            }"""
        )
        assert exponent > 5 and denominator > 15
    assert watched.wrong == []


def test_search_works(chromium: Browser, host: str, language: str) -> None:
    words = {"zh": "似然", "en": "likelihood"}[language]
    with opened(chromium, host) as watched:
        page = refused(watched).page
        page.goto(f"{host}{language}/cite/")
        box = page.locator(".md-search__input")
        box.click()
        box.press_sequentially(words, delay=20)
        link = page.locator(".md-search-result__link").first
        expect(page.locator(".md-search-result__item").filter(has_text=words).first).to_be_visible()
        link.click()
        page.wait_for_url(re.compile(rf"{re.escape(host)}{language}/.*"))
        assert "/cite/" not in page.url.partition("?")[0]
    assert watched.wrong == []


def test_theme_is_switched_and_stays(chromium: Browser, host: str, language: str) -> None:
    theme = "document.documentElement.dataset.theme ?? 'system'"
    with opened(chromium, host) as watched:
        page = refused(watched).page
        page.goto(f"{host}{language}/cite/")
        seen = []
        for _ in range(3):
            page.locator(".theme:visible").click()
            seen.append(page.evaluate(theme))
            page.goto(f"{host}{language}/notation/")
            assert page.evaluate(theme) == seen[-1]
        assert seen == ["light", "dark", "system"]
    assert watched.wrong == []


def test_languages_lead_to_each_other_and_the_root_to_both(chromium: Browser, host: str, language: str) -> None:
    other = {"zh": "en", "en": "zh"}[language]
    with opened(chromium, host, locale={"zh": "zh-CN", "en": "en-GB"}[language]) as watched:
        page = refused(watched).page
        page.goto(host)
        page.wait_for_url(f"{host}{language}/")
        page.goto(f"{host}{language}/{ARTICLE}#coin.score")
        page.locator(f"a[hreflang={other}]:visible").first.click()
        page.wait_for_url(f"{host}{other}/{ARTICLE}#coin.score")
    assert watched.wrong == []


def test_list_of_equations_is_filtered(chromium: Browser, host: str, language: str) -> None:
    with opened(chromium, host) as watched:
        page = refused(watched).page
        page.goto(f"{host}{language}/equations/")
        ask(page, "coin.score")
        expect(page.locator(".found > li")).to_have_count(1)
        expect(page.locator("[id='logistic.nll']")).to_be_hidden()
    assert watched.wrong == []


def test_wrong_address_leads_back(chromium: Browser, host: str, language: str) -> None:
    with opened(chromium, host) as watched:
        page = refused(watched).page
        for wrong in ("nowhere", f"{language}/nowhere", f"{language}/no/such/page/", f"{language}/cite/oops.html"):
            answer = page.goto(f"{host}{wrong}")
            assert answer is not None and answer.status == 404, wrong
            assert answer.headers["content-security-policy"], wrong
            display = page.evaluate("getComputedStyle(document.body).display")
            assert display == "grid", f"{wrong}: the page's own style is refused"
            page.locator(f"a[data-to='{language}/']").click()
            page.wait_for_url(f"{host}{language}/")
    assert [each for each in watched.wrong if "404" not in each] == []


def test_folder_without_a_page_of_its_own_lists_its_pages(chromium: Browser, host: str) -> None:
    with opened(chromium, host) as watched:
        page = refused(watched).page
        page.goto(f"{host}en/derivations")
        page.wait_for_url(f"{host}en/derivations/")
        page.locator("a[href='coin/']").click()
        page.wait_for_url(f"{host}en/derivations/coin/")
    assert watched.wrong == []


@pytest.mark.parametrize(("language", "says"), [("zh", "搜索需要服务器"), ("en", "Searching needs a server")])
def test_search_in_a_site_opened_as_files_says_what_it_needs(
    chromium: Browser, built_site: Path, language: str, says: str
) -> None:
    page = chromium.new_page()
    try:
        page.goto((built_site / language / "cite" / "index.html").as_uri())
        box = page.locator(".md-search__input")
        box.click()
        box.press_sequentially("coin.score")
        expect(page.locator(".md-search-result__meta")).to_contain_text(says)
    finally:
        page.close()
