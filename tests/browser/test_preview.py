"""The page that a contributor has open under `make serve`: the fault comes and goes without a hand on the browser."""

from __future__ import annotations

from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, expect

from derivations.publish.preview import Preview

pytestmark = pytest.mark.browser
WORKERS = "navigator.serviceWorker.getRegistrations().then((all) => all.length)"


def test_open_page_shows_a_fault_and_loses_it_by_itself(chromium: Browser, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<!doctype html><body><h1>Page</h1></body>", encoding="utf-8")
    (tmp_path / "offline.js").write_text("addEventListener('fetch', () => {});", encoding="utf-8")
    preview = Preview(tmp_path, 0, "/")
    preview.shown = preview.shown.after("")
    Thread(target=preview.serve_forever, daemon=True).start()
    page = chromium.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    try:
        page.goto(preview.address)
        page.evaluate("navigator.serviceWorker.register('offline.js')")  # of a site that was served here before
        page.goto(preview.address)
        for _ in range(100):
            if not page.evaluate(WORKERS):
                break
            page.wait_for_timeout(50)
        assert page.evaluate(WORKERS) == 0
        expect(page.get_by_role("alert")).to_have_count(0)
        preview.shown = preview.shown.after("docs/en/x.md:3: p < 1")
        expect(page.get_by_role("alert")).to_contain_text("docs/en/x.md:3: p < 1")
        expect(page.get_by_role("heading", name="Page")).to_be_visible()
        (tmp_path / "index.html").write_text("<!doctype html><body><h1>Mended</h1></body>", encoding="utf-8")
        preview.shown = preview.shown.after("")
        expect(page.get_by_role("heading", name="Mended")).to_be_visible()
        expect(page.get_by_role("alert")).to_have_count(0)
        assert errors == []
    finally:
        page.close()
        preview.shutdown()
        preview.server_close()


def test_preview_keeps_nothing(chromium: Browser, built_site: Path) -> None:
    preview = Preview(built_site, 0, "/any/path/")
    Thread(target=preview.serve_forever, daemon=True).start()
    page = chromium.new_page()
    try:
        page.goto(f"{preview.address}en/cite/", wait_until="load")
        page.keyboard.press("Shift")
        page.wait_for_timeout(1000)  # a worker would be there after a tenth of that
        assert page.evaluate(WORKERS) == 0
        assert page.evaluate("caches.keys()") == []
    finally:
        page.close()
        preview.shutdown()
        preview.server_close()
