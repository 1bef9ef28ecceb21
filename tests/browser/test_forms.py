"""The reader's forms: notes stand beside the text where there is room and are folded where there is none, answers wait, symbols come when called; all without scripts too."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

ARTICLES = ["likelihood-to-cross-entropy", "deriving-cross-entropy"]
NOTES = """() => {
  const box = (each) => { const { left, right, top, bottom } = each.getBoundingClientRect(); return { left, right, top, bottom }; };
  const meet = (one, other) => one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
  const notes = [...document.querySelectorAll("details.aside")], boxes = notes.map(box), column = box(document.querySelector("article h1 + p"));
  const others = [...document.querySelectorAll("article .equation, article .drawing, article .admonition, article table, article .number")].filter((each) => !each.closest(".aside")).map(box);
  return {
    count: notes.length,
    shown: notes.filter((each) => [...each.querySelectorAll(":scope > p")].every((text) => text.checkVisibility({ contentVisibilityAuto: true, contentVisibilityProperty: true }) && text.getBoundingClientRect().height > 0)).length,
    open: notes.filter((each) => each.open).length,
    beside: boxes.filter((each) => each.left > column.right).length,
    meeting: boxes.filter((one, at) => [...boxes.slice(at + 1), ...others].some((other) => meet(one, other))).length,
    past: document.documentElement.scrollWidth - innerWidth,
  };
}"""


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
@pytest.mark.parametrize("name", ARTICLES)
def test_notes_stand_in_the_margin_where_there_is_room_and_meet_nothing(
    chromium: Browser, site_server: str, name: str, scripts: bool
) -> None:
    with chromium.new_context(viewport={"width": 1400, "height": 1000}, java_script_enabled=scripts) as context:
        page = context.new_page()
        page.goto(f"{site_server}en/{name}/")
        notes = page.evaluate(NOTES)
        assert notes["count"] > 2 and notes["shown"] == notes["beside"] == notes["count"]
        assert notes["open"] == (notes["count"] if scripts else 0), "a reader of screens hears that they are open"
        assert notes["meeting"] == 0 and notes["past"] <= 0


@pytest.mark.parametrize("name", ARTICLES)
def test_notes_are_folded_on_a_phone_and_open_when_touched(chromium: Browser, site_server: str, name: str) -> None:
    with chromium.new_context(viewport={"width": 390, "height": 844}, has_touch=True) as context:
        page = context.new_page()
        page.goto(f"{site_server}zh/{name}/")
        notes = page.evaluate(NOTES)
        assert notes["count"] > 2 and notes["shown"] == notes["open"] == notes["meeting"] == 0 and notes["past"] <= 0
        summary = page.locator("details.aside > summary").first
        assert summary.bounding_box()["height"] >= 40  # type: ignore[index]
        summary.tap()
        assert page.evaluate(NOTES)["shown"] == 1


@pytest.mark.parametrize("width", [390, 1400])
def test_symbols_are_called_up_anywhere_on_the_page_without_scripts(
    chromium: Browser, site_server: str, width: int
) -> None:
    with chromium.new_context(viewport={"width": width, "height": 844}, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{site_server}zh/{ARTICLES[0]}/#as-probability")
        symbols, button = page.locator(".symbols"), page.locator(".calls-symbols")
        assert min(button.bounding_box()[side] for side in ("width", "height")) >= 44  # type: ignore[index]
        before = page.evaluate("scrollY")
        button.click()
        assert symbols.evaluate("each => each.matches(':popover-open')") and page.evaluate("scrollY") == before
        box = symbols.bounding_box()
        assert box and box["x"] >= 0 and box["x"] + box["width"] <= width and box["y"] > 0 and box["height"] < 700
        page.keyboard.press("Escape")
        assert not symbols.evaluate("each => each.matches(':popover-open')") and symbols.bounding_box(), (
            "it stands at the page's end"
        )


AFTER_FORMULAS = """() => [...document.querySelectorAll("article p, article li")].flatMap((block) => {
  const texts = document.createTreeWalker(block, NodeFilter.SHOW_TEXT), found = [];
  for (let text; (text = texts.nextNode());) {
    const before = text.previousSibling;
    if (!/^[，。；：、）,.;:)]/.test(text.data) || before?.nodeType !== 1 || text.parentElement.closest("math, .opened")) continue;
    const range = document.createRange();
    range.setStart(text, 0); range.setEnd(text, 1);
    if (range.getBoundingClientRect().left < before.getBoundingClientRect().left) found.push(block.textContent.slice(0, 40));
  }
  return found;
})"""
"""Paragraphs in which punctuation that follows an element stands at the beginning of the next line."""


@pytest.mark.parametrize("width", [360, 390, 412])
def test_no_line_begins_with_the_punctuation_after_a_formula(chromium: Browser, site_server: str, width: int) -> None:
    with chromium.new_context(viewport={"width": width, "height": 844}) as context:
        page = context.new_page()
        for name in ARTICLES:
            page.goto(f"{site_server}zh/{name}/")
            assert page.evaluate(AFTER_FORMULAS) == []
