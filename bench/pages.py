"""What an article page costs its reader: bytes over the wire, movement of what is being read, requests to other hosts."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Request

from derivations.publish.offline import LIST
from tests.browser.server import serving

PHONE = {"width": 390, "height": 844}
LAYOUT_SHIFT = """() => new Promise(resolve => {
  let shift = 0;
  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) shift += entry.value;
  }).observe({type: "layout-shift", buffered: true});
  setTimeout(() => resolve(shift), 1000);
})"""


ALL_KEPT = "(wanted) => Promise.all(wanted.map((each) => caches.match(each))).then((all) => all.every(Boolean))"


@dataclass(frozen=True)
class PageCost:
    """Of one page: kilobytes transferred, cumulative layout shift, requests to other hosts, elements in its tree."""

    page: str
    kilobytes: float
    layout_shift: float
    other_hosts: int
    elements: int


@dataclass(frozen=True)
class Kept:
    """What is fetched in the background to be read offline, after the first visit: kilobytes transferred, files, and their megabytes."""

    kilobytes: float
    files: int
    megabytes: float


def kept(site: Path, browser: Browser, name: str) -> Kept:
    """Opens a page in a window that has kept nothing, until it has kept all that it keeps unasked."""
    with serving(site, under="/site/") as address:
        context = browser.new_context(service_workers="allow")
        page, came = context.new_page(), list[Request]()
        context.on("requestfinished", lambda each: came.append(each))
        page.goto(address + name, wait_until="networkidle")
        page.keyboard.press("Shift")  # it begins when the reader does something
        groups = json.loads((site / LIST).read_text(encoding="utf-8"))
        files = {**groups["shared"], **groups[f"pages {name[:2]}"]}
        wanted = [address + each for each in files]
        while not page.evaluate(ALL_KEPT, wanted):
            page.wait_for_timeout(100)
        fetched = sum(each.sizes()["responseBodySize"] for each in came if each.service_worker)
        context.close()
    return Kept(fetched / 1e3, len(files), sum(size for size, _ in files.values()) / 1e6)


def page_costs(site: Path, browser: Browser, pages: list[str]) -> list[PageCost]:
    """Opens each page with an empty cache, on a phone's screen, from a server that compresses, and scrolls to its end."""
    with serving(site, under="/site/") as address:
        return [page_cost(browser, address, page) for page in pages]


def page_cost(browser: Browser, address: str, name: str) -> PageCost:
    """The cost of one page to somebody who has not been there before."""
    context = browser.new_context(viewport=PHONE)  # type: ignore[arg-type]
    page = context.new_page()
    transferred: list[float] = []
    requested: list[str] = []
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    network.on("Network.loadingFinished", lambda event: transferred.append(event["encodedDataLength"]))
    page.on("request", lambda request: requested.append(request.url))
    answer = page.goto(address + name, wait_until="networkidle")
    if answer is None or not answer.ok:
        raise FileNotFoundError(f"the built site has no page {name}")
    page.wait_for_selector("html.laid")
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    shift = page.evaluate(LAYOUT_SHIFT)
    elements = page.evaluate("document.getElementsByTagName('*').length")
    context.close()
    here = urlsplit(address).netloc
    other = [url for url in requested if urlsplit(url).scheme in ("http", "https") and urlsplit(url).netloc != here]
    return PageCost(name, sum(transferred) / 1000, shift, len(other), elements)
