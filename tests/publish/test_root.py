"""The pages for wrong addresses: where the site begins is known, their links need no script."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html

from derivations.publish.root import write_missing
from derivations.publish.words import LANGUAGES
from tests.publish.conftest import ROOT


@pytest.mark.parametrize("shown", [LANGUAGES, ("zh",), ("en",)], ids="-".join)
def test_links_of_the_404_page_begin_where_the_site_does(tmp_path: Path, shown: tuple[str, ...]) -> None:
    write_missing(ROOT, tmp_path, shown, "/some/where/")
    page = html.fromstring((tmp_path / "404.html").read_bytes())
    links = {each.get("href") for each in page.iter("a")}
    assert links == {f"/some/where/{each}/" for each in LANGUAGES} | {
        f"/some/where/{each}/equations/" for each in shown
    }
    assert page.find(".//script") is None
    assert page.get("lang").partition("-")[0] == shown[0]


def test_404_page_of_an_unknown_place_has_no_absolute_link(tmp_path: Path) -> None:
    write_missing(ROOT, tmp_path, LANGUAGES, None)
    page = html.fromstring((tmp_path / "404.html").read_bytes())
    assert {each.get("href") for each in page.iter("a")} == {
        f"{each}/{to}" for each in LANGUAGES for to in ("", "equations/")
    }
    assert "equations.json" in page.findtext(".//script")
