"""axe finds nothing: in both themes, on a phone and on a desk, with what pages open of proofs. `python -m tests.browser.test_accessible` looks at every page."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.chromium import laid_out, launched
from tests.browser.server import serving

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
PAGES = (
    "zh/likelihood-to-cross-entropy/",
    "en/deriving-cross-entropy/",
    "zh/derivations/coin/",
    "en/equations/coin.score/",
    "zh/trust/",
    "en/derivations/",
)
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
WIDTHS = (390, 1400)
OPEN = """async () => {
  const whole = new CSSStyleSheet(); // else axe lays out anew, for each formula, what is left out until it is in sight
  whole.replaceSync("* { content-visibility: visible !important }");
  document.adoptedStyleSheets.push(whole);
  for (const each of document.querySelectorAll("details")) each.open = true;
  for (const each of [...document.querySelectorAll("a.proof[role=button]")].slice(0, 3)) {
    each.click();
    for (let tries = 0; tries < 100 && each.getAttribute("aria-expanded") !== "true"; tries++)
      await new Promise((done) => setTimeout(done, 50));
  }
  const place = document.querySelector(".try"), until = async (selector) => {
    for (let tries = 0; tries < 100 && !place.querySelector(selector)?.offsetParent; tries++) await new Promise((done) => setTimeout(done, 50));
  };
  if (!place) return;
  place.querySelector("button").click();
  await until("textarea");
  (place.querySelector(".choices > :last-child") ?? place.querySelector("form button")).click();
  await until("[role=status] ol");
}"""
FOUND = """async ([within, rules]) => {
  await Promise.allSettled(document.getAnimations().filter((each) => each instanceof CSSTransition).map((each) => each.finished));
  const { violations } = await axe.run(document.querySelector(within), { resultTypes: ["violations"], ...(rules && { runOnly: rules }) });
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary.replace(/\\s+/g, " ")}`));
}"""
OF_COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules that another theme can break."""


def findings(
    browser: Browser, address: str, themes: Sequence[Literal["light", "dark"]], widths: Sequence[int]
) -> list[str]:
    """What axe has against a page, loaded once: all its rules in each width, and in further themes those of colours."""
    with all_open(browser, address, widths[0]) as page:
        return said_of(page, themes, widths)


@contextmanager
def all_open(browser: Browser, address: str, width: int) -> Iterator[Page]:
    """A page of which everything is open that can be."""
    with browser.new_context(viewport={"width": width, "height": 900}, reduced_motion="reduce") as context:
        page = context.new_page()
        laid_out(page, address)
        page.evaluate(OPEN)
        yield page


def said_of(
    page: Page, themes: Sequence[Literal["light", "dark"]], widths: Sequence[int], within: str = "html"
) -> list[str]:
    """The same of a page as it is, or of an element of it."""
    found = []
    page.evaluate(AXE.read_text(encoding="utf-8"))
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        for theme in themes:
            page.emulate_media(color_scheme=theme)
            said = page.evaluate(FOUND, [within, None if theme == themes[0] else OF_COLOURS])
            found += [f"{theme}, {width}: {each}" for each in said]
    return found


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(chromium: Browser, site_server: str, name: str) -> None:
    """On a phone in the one theme, on a desk in the other: in which turns about from page to page."""
    phone, desk = THEMES[:: (-1) ** PAGES.index(name)]
    with all_open(chromium, site_server + name, WIDTHS[0]) as page:
        assert [*said_of(page, [phone], WIDTHS[:1]), *said_of(page, [desk], WIDTHS[1:])] == []


def test_axe_finds_what_is_wrong(chromium: Browser, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(
        "<!doctype html><title>p</title><html lang=en><main><h1>p</h1><a href=x></a>", encoding="utf-8"
    )
    with serving(tmp_path) as address:
        found = findings(chromium, address, ["light"], [390])
    assert [each.split(":")[:2] for each in found] == [["light, 390", " link-name"]]


def sweep(site: Path) -> dict[str, list[str]]:
    """Every page of a site, in both themes and widths, and what is found on each; by as many browsers as there are processors."""
    pages = sorted(path.relative_to(site).as_posix().removesuffix("index.html") for path in site.rglob("*.html"))
    shares = [pages[first :: os.cpu_count() or 1] for first in range(os.cpu_count() or 1)]
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as browsers:
        swept = {page: found for share in browsers.map(partial(_sweep, site), shares) for page, found in share.items()}
    return {page: swept[page] for page in pages}


def _sweep(site: Path, pages: list[str]) -> dict[str, list[str]]:
    with serving(site) as address, launched() as browser:
        return {page: findings(browser, address + page, THEMES, WIDTHS) for page in pages}


def main() -> int:
    """Look at every page of the site that was built; 1 where there is anything."""
    swept = sweep(ROOT / "site")
    for page, found in swept.items():
        for each in found:
            print(f"{page}, {each}")
    print(f"{len(swept)} pages, {sum(map(len, swept.values()))} findings")
    return 1 if any(swept.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
