"""The page that a contributor has open under `make serve`: the fault comes and goes without a hand on the browser."""

from __future__ import annotations

from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, expect

from derivations.publish.preview import Preview

pytestmark = pytest.mark.browser


def test_open_page_shows_a_fault_and_loses_it_by_itself(chromium: Browser, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<!doctype html><body><h1>Page</h1></body>", encoding="utf-8")
    preview = Preview(tmp_path, 0, "/")
    preview.shown = preview.shown.after("")
    Thread(target=preview.serve_forever, daemon=True).start()
    page = chromium.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    try:
        page.goto(preview.address)
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
