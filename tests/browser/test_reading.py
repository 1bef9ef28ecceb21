"""Reading in a real Chromium: both languages, light and dark, desktop and phone, with scripts and without."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request, Response, expect

from tests.browser.chromium import at_rest, laid_out

pytestmark = pytest.mark.browser

LANGUAGES = ("zh", "en")
PAGES = ("", "likelihood-to-cross-entropy/", "deriving-cross-entropy/")
SCREENS = {"desktop": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}
PAPER = {"light": (200, 256), "dark": (0, 80)}
"""How bright the page is, from 0 to 255."""


@dataclass
class Watched:
    """A page, and what went wrong on it."""

    page: Page
    wrong: list[str] = field(default_factory=list)


@contextmanager
def opened(
    browser: Browser,
    root: str,
    *,
    screen: str = "desktop",
    scheme: str = "light",
    locale: str = "en-US",
    scripts: bool = True,
    keeps: bool = False,
) -> Iterator[Watched]:
    """A new window that keeps to the site: whatever it asks of another host is refused and noted. `keeps`: for reading offline, which it does not else."""
    context = browser.new_context(
        viewport=SCREENS[screen],  # type: ignore[arg-type]
        color_scheme=scheme,  # type: ignore[arg-type]
        locale=locale,
        java_script_enabled=scripts,
        service_workers="allow" if keeps else "block",
    )
    context.set_default_timeout(20_000)
    watched = Watched(context.new_page())

    def asked(request: Request) -> None:
        if not request.url.startswith((root, "data:", "blob:")):
            watched.wrong.append(f"asked for {request.url}")

    def answered(response: Response) -> None:
        if response.status >= 400:
            watched.wrong.append(f"{response.status} for {response.url}")

    def failed(request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # whoever leaves a page early breaks off what it still asks for
            watched.wrong.append(f"failed: {request.url}")

    def said(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            watched.wrong.append(f"console: {message.text}")

    watched.page.on("request", asked)
    watched.page.on("response", answered)
    watched.page.on("requestfailed", failed)
    watched.page.on("console", said)
    watched.page.on("pageerror", lambda error: watched.wrong.append(f"raised: {error}"))
    try:
        yield watched
    finally:
        context.close()


def copied(row: Locator) -> str:
    """What the button of a row puts on the clipboard, after it has said so."""
    row.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    button = row.locator("button.copy")
    button.click()
    expect(button).to_have_text("Copied")
    return row.page.evaluate("navigator.clipboard.readText()")


SEEN = """() => {
  const shown = (element) => { const box = element.getBoundingClientRect(); return box.width > 0 && box.height > 0 && getComputedStyle(element).visibility === "visible"; };
  const formulas = [...document.querySelectorAll("article .formula math")];
  const [red, green, blue, opacity] = getComputedStyle(document.body).backgroundColor.match(/[\\d.]+/g).map(Number);
  return {
    formulas: formulas.length,
    hidden: formulas.filter((each) => !shown(each)).length,
    mathml: document.querySelectorAll("article math").length,
    font: formulas.length ? document.fonts.check("20px 'STIX Two Math'") && [...document.fonts].some((each) => each.family.includes("STIX Two Math") && each.status === "loaded") : null,
    wide: document.documentElement.scrollWidth - innerWidth,
    brightness: (red + green + blue) / 3,
  };
}"""


@pytest.fixture(
    scope="module",
    params=[f"{language}/{name}" for name in PAGES for language in LANGUAGES],
    ids=lambda address: address.replace("/", " ").strip(),
)
def read(chromium: Browser, site_server: str, request: pytest.FixtureRequest) -> Iterator[Watched]:
    """An article, or the first page, loaded once for those who only look at it, in whatever size and light they choose."""
    with opened(chromium, site_server) as watched:
        at_rest(watched.page, f"{site_server}{request.param}")
        yield watched


def test_page_shows_its_mathematics_and_nothing_goes_wrong(read: Watched) -> None:
    page = read.page
    for screen, size in SCREENS.items():
        page.set_viewport_size(size)  # type: ignore[arg-type]
        for scheme, (low, high) in PAPER.items():
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            seen = page.evaluate(SEEN)
            assert read.wrong == [], (screen, scheme)
            assert seen["formulas"] >= 4 and seen["hidden"] == 0, (screen, scheme)
            assert seen["font"] is True, (screen, scheme)
            assert seen["wide"] <= 0, f"the page scrolls sideways on a {screen}"
            assert low <= seen["brightness"] < high, (screen, scheme)


QUOTED = """() => {
  const texts = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT), quoted = [];
  while (texts.nextNode()) if (/[‘’“”]/.test(texts.currentNode.data) && !/[\u3000-\u9fff]/.test(texts.currentNode.data)) quoted.push(texts.currentNode);
  const seen = quoted.filter((text) => text.parentElement.closest("p, li, h1, h2") && !text.parentElement.closest("code, details"));
  for (const text of seen) { const mark = document.createElement("mark"); text.replaceWith(mark); mark.append(text); }
  return seen.length;
}"""
"""Marks each stretch of Latin text with a quotation mark or an apostrophe in it."""


@pytest.mark.parametrize("name", PAGES[1:], ids=["likelihood", "deriving"])
def test_apostrophe_in_english_has_the_face_of_its_words(chromium: Browser, site_server: str, name: str) -> None:
    with opened(chromium, site_server) as watched:
        at_rest(watched.page, f"{site_server}en/{name}")
        assert watched.page.evaluate(QUOTED) > 0
        devtools = watched.page.context.new_cdp_session(watched.page)
        for domain in ("DOM", "CSS"):
            devtools.send(f"{domain}.enable")
        page = devtools.send("DOM.getDocument")["root"]["nodeId"]
        for mark in devtools.send("DOM.querySelectorAll", {"nodeId": page, "selector": "article mark"})["nodeIds"]:
            faces = devtools.send("CSS.getPlatformFontsForNode", {"nodeId": mark})["fonts"]
            assert [face["familyName"] for face in faces if not face["isCustomFont"]] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "name", ["notation/", "floating-point/", "equations/", "trust/", "cite/", "rebuild/", "derivations/coin/"]
)
def test_other_page_fits_a_phone_and_nothing_goes_wrong(
    chromium: Browser, site_server: str, name: str, language: str
) -> None:
    with opened(chromium, site_server, screen="phone") as watched:
        watched.page.goto(f"{site_server}{language}/{name}")
        wide = watched.page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert watched.wrong == []
    assert wide <= 0


CUT_OFF = """() => [...document.querySelectorAll("article .formula")].filter((each) => each.scrollWidth > each.clientWidth + 1).map((each) => each.parentElement.id)"""
"""The equations of which a part lies beyond the edge."""


def test_formula_is_seen_whole_on_a_wide_screen_and_on_paper(read: Watched) -> None:
    page = read.page
    for width in (1400, 1280, 820):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(CUT_OFF) == [], width
    page.emulate_media(media="print")
    try:
        page.set_viewport_size({"width": 642, "height": 950})  # what the margins leave of A4
        assert page.evaluate(CUT_OFF) == []
        faded = "each => getComputedStyle(each).maskImage !== 'none'"
        assert not page.evaluate(f"[...document.querySelectorAll('.formula')].some({faded})")
    finally:
        page.emulate_media(media="screen")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_cannot_be_broken_scrolls_by_itself_in_a_very_narrow_window(
    chromium: Browser, site_server: str, language: str
) -> None:
    with opened(chromium, site_server) as watched:
        watched.page.set_viewport_size({"width": 240, "height": 800})
        laid_out(watched.page, f"{site_server}{language}/deriving-cross-entropy/")
        moved = watched.page.evaluate(
            """() => [...document.querySelectorAll("article .formula")].filter((each) => each.scrollWidth > each.clientWidth + 1)
                 .map((each) => { each.scrollLeft = 40; return each.scrollLeft; })"""
        )
        assert moved and min(moved) > 0
        assert watched.page.evaluate("document.documentElement.scrollWidth") <= 240


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES, ids=["home", "likelihood", "deriving"])
def test_mathematics_is_visible_with_scripts_off(chromium: Browser, site_server: str, name: str, language: str) -> None:
    with opened(chromium, site_server, scripts=False) as watched:
        page = watched.page
        page.goto(f"{site_server}{language}/{name}")
        for answer in page.locator("article :is(.aside, .question) > summary:visible").all():
            answer.click()  # a `details`, which needs no script
        formulas = page.locator("article .formula math")
        assert formulas.count() >= 4
        assert all(formulas.nth(each).is_visible() for each in range(formulas.count()))
        page.locator("article a.proof").first.click()  # a link to the equation's own page, which shows every line
        page.wait_for_url("**/equations/*/")
        assert page.locator("article .opened").is_visible()
    assert watched.wrong == []


def test_both_languages_are_reached_from_the_root_with_scripts_off(chromium: Browser, site_server: str) -> None:
    for language in LANGUAGES:
        with opened(chromium, site_server, scripts=False) as watched:
            watched.page.goto(site_server)
            watched.page.locator(f"a[hreflang={language}]").click()
            watched.page.wait_for_url(f"{site_server}{language}/")
            assert watched.page.locator("article h1").is_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_language_switch_works_with_scripts_off(chromium: Browser, site_server: str, language: str) -> None:
    other = {"zh": "en", "en": "zh"}[language]
    with opened(chromium, site_server, scripts=False) as watched:
        watched.page.goto(f"{site_server}{language}/notation/")
        watched.page.locator(f"a.language[hreflang={other}]:visible").first.click()
        watched.page.wait_for_url(f"{site_server}{other}/notation/")


SHIFTS = """new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((list) => { for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value; })
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(sum), 700);
})"""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES[1:], ids=["likelihood", "deriving"])
def test_layout_stays_where_it_is_while_loading(chromium: Browser, site_server: str, name: str, language: str) -> None:
    with opened(chromium, site_server, screen="phone") as watched:
        watched.page.goto(f"{site_server}{language}/{name}")
        assert watched.page.evaluate(SHIFTS) < 0.01


def test_emphasis_in_chinese_is_bold_and_keeps_the_lines_together(chromium: Browser, site_server: str) -> None:
    with opened(chromium, site_server) as watched:
        at_rest(watched.page, f"{site_server}zh/floating-point/")
        weight, upright, height, without = watched.page.evaluate(
            """() => {
              const em = document.querySelector("article p:not(:has(math)) > em"), paragraph = em.parentElement;
              const { fontWeight, fontStyle } = getComputedStyle(em), height = paragraph.offsetHeight;
              em.replaceWith(em.textContent);
              return [Number(fontWeight), fontStyle === "normal", height, paragraph.offsetHeight];
            }"""
        )
    assert weight >= 600 and upright
    assert height == without
