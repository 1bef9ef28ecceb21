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
    assert len(citations) == 4, "one line, BibTeX, RIS, CSL-JSON"
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


@pytest.mark.parametrize("language", LANGUAGES)
def test_opened_proof_is_as_wide_as_the_column_on_a_phone(chromium: Browser, site_server: str, language: str) -> None:
    with opened(chromium, site_server, screen="phone") as watched:
        page = watched.page
        page.goto(f"{site_server}{language}/likelihood-to-cross-entropy/")
        equation = page.locator("[id='coin.score']")
        equation.locator("a.proof").click()
        equation.locator(".opened").wait_for()
        column, proof, number, verdict = (
            box.bounding_box()
            for box in (
                page.locator("article > p").first,
                equation.locator(".opened"),
                equation.locator("a.number"),
                equation.locator("a.proof .verdict"),
            )
        )
        equation.locator("a.number").click()  # it lies over the line of the mark, and still takes the pointer
        page.wait_for_url("**/#coin.score")
    assert column and proof and number and verdict
    assert abs(proof["x"] - column["x"]) < 1 and abs(proof["width"] - column["width"]) < 1
    assert verdict["x"] + verdict["width"] < number["x"] + 1
    assert number["y"] < verdict["y"] + verdict["height"] and verdict["y"] < number["y"] + number["height"]


TITLES = """() => [...document.querySelectorAll(".md-header__topic .md-ellipsis")].map((title) => {
  const text = document.createRange(); text.selectNodeContents(title);
  const drawn = text.getBoundingClientRect(), room = title.getBoundingClientRect(), bar = document.querySelector(".md-header").getBoundingClientRect();
  return { text: title.textContent.trim(), cut: drawn.right > room.right + 1 || drawn.bottom > bar.bottom || drawn.top < bar.top };
})"""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["", "likelihood-to-cross-entropy/", "derivations/coin-information/"])
def test_title_in_the_bar_is_whole_on_a_phone(chromium: Browser, site_server: str, name: str, language: str) -> None:
    with opened(chromium, site_server, screen="phone") as watched:
        watched.page.goto(f"{site_server}{language}/{name}", wait_until="networkidle")
        for width in (390, 360):
            watched.page.set_viewport_size({"width": width, "height": 800})
            titles = watched.page.evaluate(TITLES)
            assert len(titles) == 2
            assert [title["text"] for title in titles if title["cut"]] == [], width
