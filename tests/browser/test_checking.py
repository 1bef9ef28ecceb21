"""Proofs are checked in a real Chromium by the second kernel, from what the site itself serves, and only when somebody asks."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.test_reading import opened

pytestmark = pytest.mark.browser
ARTICLE, SCORE = "likelihood-to-cross-entropy/", "equations/coin.score.json"


def watched_requests(page: Page) -> list[str]:
    found: list[str] = []
    page.on("request", lambda request: found.append(request.url))
    return found


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh", r"^已在你的浏览器里验过：3 行，[\d.]+ 毫秒。"),
        ("en", r"^Checked here, in your browser: 3 lines, [\d.]+ ms\."),
    ],
)
def test_proof_is_checked_where_its_mark_is_opened(
    chromium: Browser, site_server: str, language: str, said: str
) -> None:
    with opened(chromium, site_server, screen="phone") as watched:
        page, asked = watched.page, watched_requests(watched.page)
        page.goto(f"{site_server}{language}/{ARTICLE}")
        assert not [each for each in asked if re.search(r"kernel|checking|\.json$", each)]
        page.locator("[id='coin.score'] a.proof").first.click()
        status = page.locator(".opened .check [role=status]")
        expect(status).to_have_text(re.compile(said))
        assert [each for each in asked if each.endswith(SCORE)] == [f"{site_server}{SCORE}"]
        assert page.locator(".opened .check button").count() == 0
    assert watched.wrong == []


@pytest.mark.parametrize(
    ("language", "said"),
    [("zh", "个等式，通过 {} 个：共 "), ("en", "of {} equations accepted: ")],
)
def test_all_proofs_are_checked_while_the_page_answers(
    chromium: Browser, site_server: str, language: str, said: str
) -> None:
    with opened(chromium, site_server) as watched:
        page, asked = watched.page, watched_requests(watched.page)
        page.goto(f"{site_server}{language}/trust/")
        assert not [each for each in asked if re.search(r"kernel|checking|\.json$", each)]
        page.evaluate("""() => {
            window.longest = 0;
            let last = performance.now();
            setInterval(() => { const now = performance.now(); window.longest = Math.max(window.longest, now - last); last = now; }, 5);
        }""")
        place = page.locator(".check-all")
        place.get_by_role("button").click()
        expect(place).to_have_attribute("data-verdict", "accepted", timeout=30_000)
        status = place.get_by_role("status").text_content() or ""
        many = page.evaluate(
            "fetch('../../equations.json').then((answer) => answer.json()).then(({ equations }) => equations.length)"
        )
        assert said.format(many) in status and many > 500
        assert page.evaluate("window.longest") < 1_000, "the page would have stood still"
        expect(place.get_by_role("button")).to_be_enabled()
        expect(place.locator("progress")).to_be_hidden()
    assert watched.wrong == []


def test_proof_that_was_altered_on_the_way_is_not_accepted(chromium: Browser, site_server: str) -> None:
    def altered(route: Route) -> None:
        record = route.fetch().json()
        last = record["equation"]["proof"]["steps"][-1]
        last["term"] = record["equation"]["rows"][0]["terms"][1] = json.loads(
            json.dumps(last["term"]).replace("8", "9")
        )
        route.fulfill(json=record)

    with opened(chromium, site_server) as watched:
        page = watched.page
        page.route(f"**/{SCORE}", altered)
        page.goto(f"{site_server}en/equations/coin.score/")
        page.locator(".check button").click()
        expect(page.locator(".check")).to_have_attribute("data-verdict", "refused")
        expect(page.locator(".check [role=status]")).to_contain_text("The second kernel does not accept it: ")
        page.unroute(f"**/{SCORE}")
        page.route("**/equations/coin.log-likelihood.json", lambda route: route.fulfill(status=503))
        page.reload()
        page.locator(".check button").click()
        expect(page.locator(".check [role=status]")).to_contain_text("could not be fetched")
