"""Where things stand on the page: nothing covers anything, is cut off, or is narrower than the column, on a screen or on a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.chromium import at_rest, laid_out
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
        at_rest(watched.page, f"{site_server}{language}/cite/")
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
        at_rest(watched.page, f"{site_server}{language}/trust/")
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


@pytest.mark.parametrize("language", LANGUAGES)
def test_formulas_of_an_article_fit_a_phone_line_by_line(chromium: Browser, site_server: str, language: str) -> None:
    with opened(chromium, site_server, screen="phone") as watched:
        page = watched.page
        at_rest(page, f"{site_server}{language}/deriving-cross-entropy/")
        wide = "(all) => all.filter((each) => each.scrollWidth > each.clientWidth + 1).map((each) => each.parentElement.id)"
        assert page.locator(".formula").evaluate_all(wide) == []
        rows = page.locator(
            "[id='logistic.sample-loss'] math.parts > mrow, [id='logistic.sample-loss'] mrow.parts > mrow"
        )
        tops = rows.evaluate_all("(all) => all.map((each) => Math.round(each.getBoundingClientRect().top))")
    assert len(set(tops)) == 3, "Loss, the first term, the second term"


TITLES = """() => [...document.querySelectorAll(".md-header__topic .md-ellipsis")].map((title) => {
  const text = document.createRange(); text.selectNodeContents(title);
  const drawn = text.getBoundingClientRect(), room = title.getBoundingClientRect(), bar = document.querySelector(".md-header").getBoundingClientRect();
  return { text: title.textContent.trim(), cut: drawn.right > room.right + 1 || drawn.bottom > bar.bottom || drawn.top < bar.top };
})"""


def test_formula_hardly_wider_than_a_phone_is_set_smaller_there(chromium: Browser, site_server: str) -> None:
    """Its size, how much of it is beyond the edge, and whether it is a stop of the keyboard."""
    seen = "(block) => [getComputedStyle(block).fontSize, block.scrollWidth - block.clientWidth, block.tabIndex]"
    with opened(chromium, site_server) as watched:
        laid_out(watched.page, f"{site_server}en/derivations/one-valley/")
        nearly, far = (watched.page.locator(f"[id='one-valley.{each}'] .formula").first for each in ("weight-partial", "loss-difference"))  # fmt: skip
        whole = nearly.evaluate(seen)
        assert whole == far.evaluate(seen) and whole[1:] == [0, -1]
        watched.page.set_viewport_size({"width": 390, "height": 844})
        watched.page.wait_for_timeout(200)
        (smaller, *fits), (usual, beyond, stop) = nearly.evaluate(seen), far.evaluate(seen)
        assert 0.8 < float(smaller[:-2]) / float(usual[:-2]) < 1 and fits == [0, -1]
        assert beyond > 50 and stop == 0
        watched.page.set_viewport_size({"width": 1280, "height": 844})
        watched.page.wait_for_timeout(200)
        assert nearly.evaluate(seen) == whole
    assert watched.wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["", "likelihood-to-cross-entropy/", "derivations/coin-information/"])
def test_title_in_the_bar_is_whole_on_a_phone(chromium: Browser, site_server: str, name: str, language: str) -> None:
    with opened(chromium, site_server, screen="phone") as watched:
        at_rest(watched.page, f"{site_server}{language}/{name}")
        for width in (390, 360):
            watched.page.set_viewport_size({"width": width, "height": 800})
            titles = watched.page.evaluate(TITLES)
            assert len(titles) == 2
            assert [title["text"] for title in titles if title["cut"]] == [], width


@pytest.mark.parametrize(
    "name", ["likelihood-to-cross-entropy/", "derivations/floating-point/", "equations/coin.score/"]
)
def test_every_reference_page_is_in_sight_in_the_navigation(chromium: Browser, site_server: str, name: str) -> None:
    with opened(chromium, site_server) as watched:
        page = watched.page
        page.set_viewport_size({"width": 1400, "height": 1000})
        at_rest(page, f"{site_server}en/{name}")
        listed = page.locator(".section", has=page.get_by_text("Reference", exact=True)).locator("a.md-nav__link")
        assert listed.count() == 7
        boxes = [each.bounding_box() for each in listed.all()]
        others = page.locator(".section").filter(has_not_text="Reference")
        assert others.evaluate_all("(all) => all.filter((each) => each.open).length") == name.startswith("derivations")
        boxes += [each.bounding_box() for each in page.locator("a.md-nav__link--active:visible").all()]
    assert all(box and 0 < box["y"] < 980 for box in boxes)


def test_mark_is_a_control_that_a_finger_hits_and_opens_with_the_reason(chromium: Browser, site_server: str) -> None:
    with opened(chromium, site_server, screen="phone") as watched:
        page = watched.page
        at_rest(page, f"{site_server}en/likelihood-to-cross-entropy/")
        marks = page.locator("a.proof").evaluate_all(
            "(marks) => marks.map((each) => [each.offsetHeight, each.querySelector('.show').lastChild.textContent.trim()])"
        )
        assert min(height for height, _ in marks) >= 44
        assert {said for _, said in marks} == {"show proof", "details"}
        page.locator("[id='coin.score'] a.proof").click()
        first = page.locator("[id='coin.score'] .opened > *").first
        first.wait_for()
        assert first.get_attribute("class") == "lines"


def test_table_that_is_too_wide_scrolls_under_its_first_column(chromium: Browser, site_server: str) -> None:
    with opened(chromium, site_server, screen="phone") as watched:
        page = watched.page
        at_rest(page, f"{site_server}en/trust/")
        table = page.locator("table.totals").first
        shadow = "(table) => getComputedStyle(table).boxShadow.match(/-?[\\d.]+px/g).map(parseFloat)"
        before, name = table.evaluate(shadow), table.locator("th[scope=row]").first
        table.focus()
        left = name.bounding_box()
        table.evaluate("(table) => { table.scrollLeft = table.scrollWidth }")
        page.wait_for_timeout(200)
        after = table.evaluate(shadow)
        assert name.bounding_box() == left
    assert before[0] < 0 == before[4], "more to the right"
    assert after[0] == 0 < after[4], "more to the left"


def test_phone_lays_out_first_what_is_in_sight_and_soon_the_rest(chromium: Browser, site_server: str) -> None:
    first, last = (f"getComputedStyle([...document.querySelectorAll('article > .equation')].at({place})).contentVisibility" for place in (0, -1))  # fmt: skip
    with opened(chromium, site_server, screen="phone") as watched:
        page, address = watched.page, f"{site_server}en/likelihood-to-cross-entropy/"
        page.route("**/assets/site.*.js", lambda route: route.abort())
        page.goto(address)
        assert page.evaluate(f"[{first}, {last}]") == ["visible", "auto"]
        page.unroute("**/assets/site.*.js")
        at_rest(page, address)
        assert page.evaluate(f"[{first}, {last}]") == ["visible", "visible"]
