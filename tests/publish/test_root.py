"""What belongs to the whole site: pages for wrong addresses and for folders, sitemaps."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree, html

from derivations.publish.root import UNLISTED, write_indexes, write_missing, write_sitemaps
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


ADDRESS = "https://example.org/some/where/"
SITEMAPS = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def languages_of(folder: Path) -> Path:
    """Two languages with three pages each, and what the theme says of them."""
    for language in LANGUAGES:
        for place, title in (("", "Home"), ("cite", "Cite &amp; be cited"), ("proofs/coin", "A · coin · Site")):
            page = folder / language / place / "index.html"
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_text(f"<!doctype html><title>{title}</title>", encoding="utf-8")
        (folder / language / "sitemap.xml").write_text("the theme's", encoding="utf-8")
        (folder / language / "sitemap.xml.gz").write_text("the theme's", encoding="utf-8")
    return folder


def test_sitemaps_name_each_page_in_each_language(tmp_path: Path) -> None:
    write_sitemaps(languages_of(tmp_path), ADDRESS)
    listed = etree.parse(tmp_path / "sitemap.xml").xpath("/s:sitemapindex/s:sitemap/s:loc/text()", namespaces=SITEMAPS)
    assert listed == [f"{ADDRESS}{language}/sitemap.xml" for language in LANGUAGES]
    for language in LANGUAGES:
        urls = etree.parse(tmp_path / language / "sitemap.xml").xpath("/s:urlset/s:url", namespaces=SITEMAPS)
        places = [url.findtext("s:loc", namespaces=SITEMAPS).removeprefix(f"{ADDRESS}{language}/") for url in urls]
        assert sorted(places) == ["", "cite/", "proofs/coin/"]
        for place, url in zip(places, urls, strict=True):
            others = {each.get("hreflang"): each.get("href") for each in url.findall("x:link", SITEMAPS)}
            fallback = f"{ADDRESS}en/{place}" if place else ADDRESS
            assert others == {each: f"{ADDRESS}{each}/{place}" for each in LANGUAGES} | {"x-default": fallback}
    assert f"Sitemap: {ADDRESS}sitemap.xml\n" in (tmp_path / "robots.txt").read_text(encoding="utf-8")
    assert not list(tmp_path.rglob("*.gz"))


def test_without_an_address_there_is_no_sitemap(tmp_path: Path) -> None:
    write_sitemaps(languages_of(tmp_path), None)
    assert not list(tmp_path.rglob("sitemap.xml*"))
    assert (tmp_path / "robots.txt").read_text(encoding="utf-8") == "User-agent: *\nAllow: /\n"


def test_folder_without_a_page_lists_those_below_it_and_is_in_no_sitemap(tmp_path: Path) -> None:
    write_indexes(ROOT, languages_of(tmp_path) / "en", "en")
    made = tmp_path / "en" / "proofs" / "index.html"
    links = {each.get("href"): each.text for each in html.fromstring(made.read_bytes()).iter("a")}
    assert links == {"coin/": "A · coin", "../../zh/proofs/": "从似然到损失"}
    assert (tmp_path / "en" / "cite" / "index.html").read_text(encoding="utf-8").endswith("be cited</title>")
    write_sitemaps(tmp_path, ADDRESS)
    assert f"<loc>{ADDRESS}en/proofs/</loc>" not in (tmp_path / "en" / "sitemap.xml").read_text(encoding="utf-8")


def test_noindex_is_what_the_sitemap_looks_for(tmp_path: Path) -> None:
    write_missing(ROOT, tmp_path, LANGUAGES, None)
    assert UNLISTED in (tmp_path / "404.html").read_text(encoding="utf-8")
