"""What a figure to play with costs its reader: kilobytes that come when it is near the screen, and milliseconds for each move of a control."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, Response

from tests.browser.server import serving

FIGURES = {
    "en/questions/how-sure/": "four-intervals",
    "zh/questions/separated-data/": "plane",
    "zh/likelihood-to-cross-entropy/": "three-cats",
}
DRAG = """(figure) => {
  const [form] = document.querySelectorAll(`${figure} form`), [input] = form.elements[0].querySelectorAll("input"), begun = performance.now();
  for (let at = 0; at < 100; at++) { input.value = Number(input.min) + (input.max - input.min) * at / 100; form.dispatchEvent(new Event("input")); }
  return (performance.now() - begun) / 100;
}"""


def playing(site: Path, browser: Browser) -> dict[str, tuple[float, float]]:
    """Of each figure: kilobytes over the wire, and milliseconds a move, drawn and said."""
    with serving(site, under="/site/") as address:
        return {name: _cost(browser, address + where, f"#figure-{name}") for where, name in FIGURES.items()}


def _cost(browser: Browser, address: str, figure: str) -> tuple[float, float]:
    page = browser.new_page(service_workers="block")
    came: list[Response] = []
    page.on("response", lambda each: came.append(each))
    page.goto(address, wait_until="networkidle")
    page.locator(figure).scroll_into_view_if_needed()
    page.wait_for_selector(f"{figure} form")
    taken = page.evaluate(DRAG, figure)
    page.close()
    return sum(int(each.headers["content-length"]) for each in came if "/assets/play." in each.url) / 1000, taken
