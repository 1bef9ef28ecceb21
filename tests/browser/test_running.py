"""Derivations run in a real Chromium: fetched from the site alone and only when asked for, changed, refuted with a point, wrong at their line, stopped, begun again."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.test_accessible import said_of
from tests.browser.test_reading import opened

pytestmark = pytest.mark.browser
SLOW = 90_000
"""Milliseconds for what takes two seconds on a machine that does nothing else."""


def test_derivation_runs_is_changed_refuted_and_stopped(
    chromium: Browser, site_server: str, built_site: Path, catalogue_of_coin: list[str]
) -> None:
    with opened(chromium, site_server) as watched:
        page, asked = watched.page, list[str]()
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{site_server}en/derivations/coin/", wait_until="networkidle")
        before = len(asked)
        assert not [each for each in asked if "/python/" in each or "/run" in each]

        page.get_by_role("button", name="Run / edit").click()
        run, stop, reset = (page.get_by_role("button", name=name, exact=True) for name in ("Run", "Stop", "Reset"))
        status, editor = page.locator(".run [role=status]"), page.get_by_role("textbox", name="coin.py")
        stop.click()  # while it is fetched
        expect(status).to_have_text(re.compile("^Stopped"))
        run.click()
        expect(status).to_have_text(re.compile(r"^\d+ proved here, \d+ defined, in [\d.]+ s\.$"), timeout=SLOW)
        sections = page.locator(".run .output > section")
        assert sections.locator("code").all_text_contents() == catalogue_of_coin
        assert sections.locator(".formula math").count() == len(catalogue_of_coin)
        score = sections.filter(has=page.get_by_text("coin.score", exact=True))
        score.locator("summary").click()
        expect(score.locator(".line .term math").first).to_be_visible()
        expect(score.locator(".verdict")).to_have_text("proved")
        assert any("/python/" in each for each in asked[before:])

        source = (built_site / "en" / "derivations" / "coin" / "coin.py").read_text(encoding="utf-8")
        assert editor.input_value() == source
        false = source.replace('"d(log(L(p)), p) = 8/p - 2/(1 - p) =! 0"', '"d(log(L(p)), p) = 8/p + 2/(1 - p) =! 0"')
        line = next(at for at, text in enumerate(source.splitlines(), 1) if text.startswith("score = "))
        editor.fill(false)
        run.click()
        expect(status.locator(".fault")).to_have_text(re.compile(rf"^line {line}\b.*refuted: .*It fails at p = 1/2:.* ≈ 12\.000.* = 20$", re.DOTALL), timeout=SLOW)  # fmt: skip
        assert "coin.score" not in sections.locator("code").all_text_contents()
        status.get_by_role("button").click()
        assert editor.evaluate("(it) => it.value.slice(it.selectionStart, it.selectionEnd)") == "score = coin.step("
        assert "wrong" in (page.locator(".pce-line").nth(line - 1).get_attribute("class") or "")

        editor.fill("x = (\n1 +* 2)\n")
        run.click()
        expect(status.locator(".fault")).to_have_text("line 2 SyntaxError: invalid syntax", timeout=SLOW)
        editor.fill("while True:\n    pass\n")
        run.click()
        expect(status).to_have_text("Deriving …")
        stop.click()
        expect(status).to_have_text(re.compile("^Stopped"))
        reset.click()
        assert editor.input_value() == source and sections.count() == 0
        editor.focus()
        page.keyboard.press("Tab")
        assert not editor.evaluate("(it) => it === document.activeElement"), "Tab leaves the editor"
    assert watched.wrong == []


@pytest.fixture(scope="module")
def catalogue_of_coin(built_site: Path) -> list[str]:
    """The identifiers of the coin's equations, as the site's catalogue has them."""
    catalogue = json.loads((built_site / "equations.json").read_text(encoding="utf-8"))
    return [each["id"] for each in catalogue["equations"] if each["derivation"] == "coin"]


def test_axe_finds_nothing_in_the_editor_and_what_it_made(chromium: Browser, site_server: str) -> None:
    with opened(chromium, site_server, screen="phone") as watched:
        page = watched.page
        page.goto(f"{site_server}zh/questions/the-45/")
        page.get_by_role("button", name="运行 / 修改").click()
        editor = page.get_by_role("textbox", name="the_45.py")
        expect(page.locator(".run .output .formula math").first).to_be_visible(timeout=SLOW)
        editor.fill(f"{editor.input_value()}\nwrong = 1/0\n")
        page.get_by_role("button", name="运行", exact=True).click()
        expect(page.locator(".run .fault")).to_contain_text("ZeroDivisionError", timeout=SLOW)
        page.locator(".run section", has=page.get_by_text("the-45.logarithms", exact=True)).locator("summary").click()
        expect(page.locator(".run .term[tabindex='0']")).to_be_visible()  # it scrolls
        assert [*said_of(page, ["dark"], [390], ".run"), *said_of(page, ["light"], [1280], ".run")] == []


def test_phone_that_has_no_trampoline_for_python_runs_it_too(chromium: Browser, site_server: str) -> None:
    """Pyodide makes none where the browser says that it is an iPhone's; the memory that the site brings along is that of a Python that has one."""
    agent = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1"
    with chromium.new_context(user_agent=agent, service_workers="block") as context:
        page = context.new_page()
        page.goto(f"{site_server}en/questions/the-45/")
        page.get_by_role("button", name="Run / edit").click()
        expect(page.locator(".run [role=status]")).to_have_text(re.compile("proved here"), timeout=SLOW)


def test_without_scripts_nothing_is_offered(chromium: Browser, site_server: str) -> None:
    with opened(chromium, site_server, scripts=False) as watched:
        watched.page.goto(f"{site_server}zh/questions/softmax/")
        expect(watched.page.locator(".run")).to_be_hidden()
        assert watched.page.locator(".run").count() == 1
