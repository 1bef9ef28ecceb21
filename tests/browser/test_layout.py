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


CELLS = """() => [...document.querySelectorAll("table.totals")].map((table) => [...table.rows].map((row) => [...row.cells].map((cell) => {
  const text = document.createRange(); text.selectNodeContents(cell);
  const lines = new Set([...text.getClientRects()].map((line) => Math.round(line.top))).size;
  return { text: cell.textContent.trim(), lines, right: Math.round(text.getBoundingClientRect().right), digits: getComputedStyle(cell).fontVariantNumeric };
})))"""
"""Of each cell of each table: how many lines its text takes, and where they end."""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("screen", SCREENS)
def test_trust_tables_set_numbers_beneath_each_other_and_words_on_one_line(
    chromium: Browser, site_server: str, language: str, screen: str
) -> None:
    with opened(chromium, site_server, screen=screen) as watched:
        watched.page.goto(f"{site_server}{language}/trust/", wait_until="networkidle")
        tables = watched.page.evaluate(CELLS)
    assert len(tables) == 2
    for head, *rows in tables:
        assert [cell["text"] for row in rows for cell in row if cell["lines"] > 1] == []
        for title, *column in zip(head, *rows, strict=True):
            numbers = [cell for cell in column if cell["text"].isdigit()]
            if numbers:
                assert {cell["right"] for cell in [title, *numbers]} == {title["right"]}, title["text"]
                assert {cell["digits"] for cell in numbers} == {"lining-nums tabular-nums"}
        assert sum(cell["text"].isdigit() for cell in rows[-1]) > 4
