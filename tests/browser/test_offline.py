"""Reading without a network, in a real Chromium: what is kept and what is not, a new release, a silent network, and how everything is removed."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from derivations.catalogue.files import copy_or_share
from derivations.publish.offline import INSTEAD, LIST, WORKER, write_worker
from tests.browser.server import SiteHandler, serving
from tests.browser.test_reading import Watched, opened

pytestmark = pytest.mark.browser
PARTS = (
    "*",
    "equations/coin.*",
    "en/equations/coin.score/*",
    "en/cite/*",
    "en/derivations/spam/*",
    "en/offline/*",
    "en/assets/**/*",
    "python/**/*",
)
PATIENCE = "PATIENCE = 4000"
SLOW = 90_000
KEPT = """async () => {
  const [name] = await caches.keys(), all = await (await caches.open(name)).keys();
  return [name, all.map(({ url }) => url)];
}"""
COMPLETE = """async ([list, groups]) => {
  const names = await caches.keys(), there = names.length === 1 ? await caches.open(names[0]) : null, said = await there?.match(list);
  if (!said) return false;
  const all = await said.json(), kept = new Set((await there.keys()).map(({ url }) => url));
  return groups.flatMap((group) => Object.keys(all[group])).every((name) => kept.has(new URL(name, list).href));
}"""


class Silent(SiteHandler):
    """Says nothing as long as `speaks` is not set."""

    speaks = Event()

    def do_GET(self) -> None:
        """Waits first."""
        self.speaks.wait(30)
        super().do_GET()


@pytest.fixture
def site(built_site: Path, tmp_path: Path) -> Path:
    """A few pages of the built site, in a folder where another release may follow them."""
    folder = tmp_path / "site"
    for pattern in PARTS:
        for path in built_site.glob(pattern):
            if path.is_file():
                target = folder / path.relative_to(built_site)
                target.parent.mkdir(parents=True, exist_ok=True)
                copy_or_share(path, target)
    write_worker(folder)
    return folder


@pytest.fixture
def server(site: Path) -> Iterator[str]:
    Silent.speaks.set()
    with serving(site, under="/any/path/", handler=Silent) as address:
        yield address


def change(page: Path, says: str) -> None:
    """Says something else in the first heading of a page."""
    text, count = re.subn(r"(<h1\b[^>]*>).*?(?=</h1>)", rf"\g<1>{says}", page.read_text(encoding="utf-8"), flags=re.DOTALL)  # fmt: skip
    assert count == 1
    page.unlink()  # it may be shared with the site that was built
    page.write_text(text, encoding="utf-8")


def until(page: Page, holds: str, given: Any) -> None:
    """Asks from outside until a function of the page answers yes; the site's policy forbids to poll within."""
    end = time.monotonic() + 30
    while not page.evaluate(holds, given):
        assert time.monotonic() < end, holds
        page.wait_for_timeout(50)


def kept(page: Page, address: str, *groups: str) -> set[str]:
    """What is kept once all of these groups are, below the site's root."""
    page.keyboard.press("Shift")  # it begins when the reader does something
    until(page, COMPLETE, [address + LIST, groups])
    return {each.removeprefix(address) for each in page.evaluate(KEPT)[1]}


def limit(page: Page, address: str, size: int | None) -> None:
    """How many bytes this site may keep, or as many as there is room for."""
    given = {} if size is None else {"quotaSize": size}
    origin = re.match(r"https?://[^/]+", address)[0]  # type: ignore[index]
    page.context.new_cdp_session(page).send("Storage.overrideQuotaForOrigin", {"origin": origin, **given})


def mishaps(watched: Watched) -> list[str]:
    """What went wrong, but for the addresses that were asked for and are not kept."""
    return [each for each in watched.wrong if "503" not in each]


def test_what_was_read_is_read_again_without_a_network(chromium: Browser, site_server: str) -> None:
    with opened(chromium, site_server, keeps=True) as watched:
        page = watched.page
        page.goto(f"{site_server}en/likelihood-to-cross-entropy/")
        names = kept(page, site_server, "shared", "pages en")
        assert not [
            each for each in names if each.startswith(("zh/", "python/", "equations/")) or each.endswith(".whl")
        ]
        page.reload()  # now the worker is asked
        page.locator("[id='coin.score'] a.proof").click()
        expect(page.locator("[id='coin.score'] .check")).to_have_attribute("data-verdict", "accepted")
        until(page, "(address) => caches.match(address).then(Boolean)", f"{site_server}equations/laws.json")

        page.context.set_offline(True)
        page.goto(f"{site_server}en/likelihood-to-cross-entropy/?from=somewhere#coin.score")
        expect(page.locator("h1").first).to_have_text("From a coin to cross-entropy")
        page.locator("[id='coin.score'] a.proof").click()
        expect(page.locator("[id='coin.score'] .check")).to_have_attribute("data-verdict", "accepted")
        page.goto(f"{site_server}en/questions/softmax")  # without its slash
        assert page.url == f"{site_server}en/questions/softmax/"
        page.locator(".md-search__input").click()
        page.locator(".md-search__input").press_sequentially("likelihood")
        expect(page.locator(".md-search-result__link").first).to_be_visible()
        for address in ("en/equations/coin.score/", "en/equations/"):
            answer = page.goto(f"{site_server}{address}")
            assert answer is not None and answer.ok, address
        assert watched.wrong == []

        answer = page.goto(f"{site_server}en/equations/softmax.ratio/")
        assert answer is not None and answer.status == 503
        expect(page.get_by_role("heading", name="This page is not kept")).to_be_visible()
        expect(page.get_by_role("heading", name="这一页没有保存")).to_be_visible()
        page.get_by_role("link", name="What is kept").click()
        expect(page.locator(".kept [role=status]")).to_contain_text(
            re.compile(r"Kept in this browser at this moment: \d+ files")
        )
        rows = page.locator(".kept tbody tr").all_inner_texts()
        assert re.search(r"\b(\d+) / \1\t", rows[0]) and re.search(r"\t1 / \d+\t", rows[1]) and re.search(r"\t0 / \d+\t0 / \d", rows[3]), rows  # fmt: skip
    assert mishaps(watched) == []


def test_new_release_is_shown_at_once_and_takes_over(chromium: Browser, site: Path, server: str) -> None:
    with opened(chromium, server, keeps=True) as watched:
        page, asked = watched.page, list[str]()
        page.goto(f"{server}en/cite/")
        kept(page, server, "shared", "pages en")
        before = page.evaluate(KEPT)[0]

        change(site / "en" / "cite" / "index.html", "A new release")  # half of it has been uploaded
        page.goto(f"{server}en/cite/")
        expect(page.locator("h1").first).to_have_text("A new release")
        page.context.set_offline(True)
        page.goto(f"{server}en/cite/")
        expect(page.locator("h1").first).not_to_have_text("A new release")  # all that is kept is of one release
        page.context.set_offline(False)

        write_worker(site)
        page.context.on("request", lambda request: asked.append(request.url.removeprefix(server)))
        page.goto(f"{server}en/cite/")
        expect(page.locator("h1").first).to_have_text("A new release")
        until(page, "(before) => caches.keys().then((names) => names.length === 1 && names[0] !== before)", before)  # fmt: skip
        names = kept(page, server, "shared", "pages en")
        assert not [each for each in asked if each.endswith(".json") and "/assets/" in each], "what has not changed is not fetched again"  # fmt: skip
        page.context.set_offline(True)
        page.goto(f"{server}en/cite/")
        expect(page.locator("h1").first).to_have_text("A new release")
        assert {LIST, INSTEAD, "en/cite/"} <= names
    assert watched.wrong == []


def test_where_there_is_no_room_some_is_kept_and_the_rest_when_there_is(chromium: Browser, server: str) -> None:
    with opened(chromium, server, keeps=True) as watched:
        page, asked = watched.page, list[str]()
        status = page.locator(".kept [role=status]")
        page.goto(f"{server}en/offline/")
        limit(page, server, 300_000)
        page.keyboard.press("Shift")
        expect(status).to_have_text(re.compile(r"^Kept .*: [1-9]\d* files.*There is no room for more: .*", re.DOTALL))
        page.context.on("request", lambda request: asked.append(request.url.removeprefix(server)))
        page.reload()
        expect(status).to_contain_text("There is no room for more")
        page.wait_for_timeout(1500)  # in which all that is missing could be fetched
        pages = {each for each in asked if each.startswith("en/") and each.endswith("/")}
        assert pages == {"en/offline/"}, "nothing is fetched for which there is no room"
        limit(page, server, None)
        page.goto(f"{server}en/cite/")
        kept(page, server, "shared", "pages en")
        page.goto(f"{server}en/offline/")
        expect(status).to_have_text(re.compile(r"^Kept in this browser at this moment: [^.]*\.\d MB\.$"))
    assert watched.wrong == []


def test_new_release_without_room_leaves_what_is_kept_whole(chromium: Browser, site: Path, server: str) -> None:
    with opened(chromium, server, keeps=True) as watched:
        page = watched.page
        page.goto(f"{server}en/cite/")
        names = kept(page, server, "shared", "pages en")
        before = page.evaluate(KEPT)[0]
        used = page.evaluate("navigator.storage.estimate().then(({ usage }) => usage)")
        limit(page, server, used + 300_000)  # both releases have no room beside each other
        change(site / "en" / "cite" / "index.html", "A new release")
        write_worker(site)
        page.goto(f"{server}en/offline/")
        page.keyboard.press("Shift")
        expect(page.locator(".kept [role=status]")).to_contain_text("There is no room for more")
        page.goto(f"{server}en/cite/")
        expect(page.locator("h1").first).to_have_text("A new release")
        page.context.set_offline(True)
        page.goto(f"{server}en/cite/")
        expect(page.locator("h1").first).to_have_text("Cite it")
        there = "(name) => caches.open(name).then((all) => all.keys()).then((all) => all.map(({ url }) => url))"
        assert {each.removeprefix(server) for each in page.evaluate(there, before)} == names
        page.context.set_offline(False)
        limit(page, server, None)
        page.goto(f"{server}en/offline/")
        assert kept(page, server, "shared", "pages en") == names and page.evaluate(KEPT)[0] != before
        page.context.set_offline(True)
        page.goto(f"{server}en/cite/")
        expect(page.locator("h1").first).to_have_text("A new release")
    assert watched.wrong == []


def test_silent_network_leaves_what_is_kept_until_something_newer_comes(
    chromium: Browser, site: Path, server: str
) -> None:
    worker = (site / WORKER).read_text(encoding="utf-8")
    assert worker.count(PATIENCE) == 1
    (site / WORKER).unlink()
    (site / WORKER).write_text(worker.replace(PATIENCE, "PATIENCE = 300"), encoding="utf-8")
    with opened(chromium, server, keeps=True) as watched:
        page = watched.page
        page.goto(f"{server}en/cite/")
        kept(page, server, "shared", "pages en")
        Silent.speaks.clear()
        try:
            page.goto(f"{server}en/cite/", wait_until="commit")
            expect(page.locator("h1").first).to_have_text("Cite it")
            change(site / "en" / "cite" / "index.html", "Cite it anew")
        finally:
            Silent.speaks.set()
        expect(page.locator("h1").first).to_have_text("Cite it anew")
    assert watched.wrong == []


def test_reader_keeps_all_equations_too_and_removes_what_is_kept(chromium: Browser, server: str) -> None:
    with opened(chromium, server, keeps=True) as watched:
        page = watched.page
        page.goto(f"{server}en/offline/")
        names = kept(page, server, "shared", "pages en")
        assert not [each for each in names if "equations/coin." in each]
        page.get_by_role("button", name="Keep all equations too").click()
        names = kept(page, server, "equations en", "records")
        assert {"en/equations/coin.score/", "equations/coin.score.json", "equations/coin.mle.json"} <= names
        expect(page.locator(".kept tbody tr").nth(1)).to_contain_text(re.compile(r"\b(\d+) / \1\b"))
        page.context.set_offline(True)
        page.goto(f"{server}en/equations/coin.score/")  # which was never opened
        expect(page.locator("h1").first).to_have_text("Score")
        page.context.set_offline(False)
        page.goto(f"{server}en/offline/")
        page.get_by_role("button", name="Remove what is kept").click()
        expect(page.locator(".kept [role=status]")).to_have_text(re.compile("^You have removed everything"))
        page.goto(f"{server}en/cite/", wait_until="networkidle")
        assert page.evaluate("caches.keys()") == []
        assert page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0
        page.goto(f"{server}en/offline/")
        page.get_by_role("button", name="Keep again").click()
        kept(page, server, "shared", "pages en")
    assert watched.wrong == []


def test_python_is_kept_once_it_was_used(chromium: Browser, server: str) -> None:
    with opened(chromium, server, keeps=True) as watched:
        page = watched.page
        page.goto(f"{server}en/derivations/spam/")
        assert not [each for each in kept(page, server, "pages en") if each.startswith("python/")]
        done = re.compile(r"proved here")
        page.get_by_role("button", name="Run / edit").click()
        expect(page.locator(".run [role=status]")).to_have_text(done, timeout=SLOW)
        assert any(each.endswith(".whl") for each in kept(page, server, "python"))
        page.context.set_offline(True)
        page.reload()
        page.get_by_role("button", name="Run / edit").click()
        expect(page.locator(".run [role=status]")).to_have_text("Deriving …", timeout=SLOW)  # Python has started
    assert watched.wrong == []
