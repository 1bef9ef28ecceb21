"""axe finds nothing: in both themes, on a phone and on a desk, with what pages open of proofs. `python -m tests.browser.test_accessible` looks at every page."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser

from tests.browser.chromium import at_rest, launched
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
)
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
WIDTHS = (390, 1400)
OPEN = """async () => {
  for (const each of document.querySelectorAll("details")) each.open = true;
  for (const each of [...document.querySelectorAll("a.proof[role=button]")].slice(0, 3)) {
    each.click();
    for (let tries = 0; tries < 100 && each.getAttribute("aria-expanded") !== "true"; tries++)
      await new Promise((done) => setTimeout(done, 50));
  }
}"""
FOUND = """async () => (await axe.run(document, { resultTypes: ["violations"] })).violations
  .flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary.replace(/\\s+/g, " ")}`))"""


def findings(browser: Browser, address: str, theme: Literal["light", "dark"], width: int) -> list[str]:
    """What axe has against a page."""
    with browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=theme, reduced_motion="reduce"
    ) as context:
        page = context.new_page()
        at_rest(page, address)
        page.evaluate(OPEN)
        page.evaluate(AXE.read_text(encoding="utf-8"))
        return page.evaluate(FOUND)


@pytest.mark.parametrize(("page", "theme", "width"), [
    (page, THEMES[(place + turn) % 2], width) for place, page in enumerate(PAGES) for turn, width in enumerate(WIDTHS)
])  # fmt: skip
def test_axe_finds_nothing(
    chromium: Browser, site_server: str, page: str, theme: Literal["light", "dark"], width: int
) -> None:
    assert findings(chromium, site_server + page, theme, width) == []


def test_axe_finds_what_is_wrong(chromium: Browser, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(
        "<!doctype html><title>p</title><html lang=en><main><h1>p</h1><a href=x></a>", encoding="utf-8"
    )
    with serving(tmp_path) as address:
        assert [each.partition(":")[0] for each in findings(chromium, address, "light", 390)] == ["link-name"]


def main() -> int:
    """Look at every page of the site that was built, in both themes and widths; 1 where there is anything."""
    site, wrong = ROOT / "site", 0
    pages = sorted({path.parent.relative_to(site).as_posix() for path in site.glob("*/**/index.html")})
    with serving(site) as address, launched() as browser:
        for page in pages:
            for theme in THEMES:
                for width in WIDTHS:
                    for found in findings(browser, f"{address}{page}/", theme, width):
                        wrong += 1
                        print(f"{page} {theme} {width}: {found}", flush=True)
    print(f"{len(pages)} pages, {wrong} findings")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
