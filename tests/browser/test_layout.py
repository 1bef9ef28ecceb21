"""Where things stand on the page: nothing covers anything, is cut off, or is narrower than the column, on a screen or on a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.test_reading import LANGUAGES, SCREENS, opened

pytestmark = pytest.mark.browser

CITATIONS = """() => [...document.querySelectorAll(".citation")].map((citation) => {
  const text = document.createRange(); text.selectNodeContents(citation.querySelector("code"));
  const button = citation.querySelector(".copy").getBoundingClientRect();
  const covers = (line) => line.left < button.right && line.right > button.left && line.top < button.bottom && line.bottom > button.top;
  const column = citation.closest("article").querySelector("p").getBoundingClientRect(), box = citation.querySelector("pre > code").getBoundingClientRect();
  return { button: button.width, covered: [...text.getClientRects()].filter(covers).length, narrower: column.width - box.width };
})"""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("screen", SCREENS)
def test_citation_fills_the_column_and_its_button_covers_no_text(
    chromium: Browser, site_server: str, language: str, screen: str
) -> None:
    with opened(chromium, site_server, screen=screen) as watched:
        watched.page.goto(f"{site_server}{language}/cite/", wait_until="networkidle")
        citations = watched.page.evaluate(CITATIONS)
    assert len(citations) == 3
    for citation in citations:
        assert citation["button"] > 0
        assert citation["covered"] == 0
        assert abs(citation["narrower"]) < 1
