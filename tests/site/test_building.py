"""Building again gives the same bytes; an address makes the pages say where they are, and changes nothing else. Without one, nothing claims to know."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import etree

from tests.site.reading import LANGUAGES, pages_of

ROOT = Path(__file__).resolve().parents[2]
ELSEWHERE = "https://example.org/some/where/"
BUILD = "import sys; from pathlib import Path; from derivations.publish.site import build_site; sys.exit('\\n'.join(build_site(Path(sys.argv[1]))) or 0)"
OLDER = "if anything was edited or committed since site/ was built, run `make site` first"
pytestmark = pytest.mark.slow


def built(folder: Path, site_url: str) -> Path:
    """The whole site, as `make site` builds it before it takes the old one's place; nothing is taken over from the last one."""
    for kept in [ROOT / "build" / "editions.json", *(ROOT / "build").glob("equation-pages-*.json")]:
        kept.unlink(missing_ok=True)
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "SITE_URL": site_url}
    command = [sys.executable, "-c", BUILD, str(folder)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture(scope="module")
def nowhere(built_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site that `make test` has just built, unless it was told an address."""
    return built(tmp_path_factory.mktemp("nowhere"), "") if os.environ.get("SITE_URL") else built_site


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("elsewhere"), ELSEWHERE)


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def test_second_build_is_identical_byte_for_byte(nowhere: Path, tmp_path: Path) -> None:
    one, two = contents(nowhere), contents(built(tmp_path, ""))
    assert one.keys() == two.keys()
    assert [name for name in one if one[name] != two[name]] == [], OLDER


def test_without_an_address_nothing_claims_one(nowhere: Path) -> None:
    claims = re.compile(
        r'rel="canonical"|hreflang="[^"]*" href="http|<link[^>]*hreflang|property="og:url"|og:image|citation_public_url|"@id": |contentUrl|127\.0\.0\.1|localhost|file://'
    )
    for name, content in contents(nowhere).items():
        if name.endswith((".html", ".xml", ".txt", ".json")):
            text = (
                re.sub(r"<(code|pre)\b.*?</\1>", "", content.decode(), flags=re.DOTALL)
                if "rebuild/" in name
                else content.decode()
            )
            assert not claims.search(text), (name, claims.search(text))
    assert not list(nowhere.rglob("sitemap.xml*"))


CLAIM = re.compile(rf"{re.escape(ELSEWHERE)}|/some/where/")


def test_address_adds_lines_that_say_it_and_changes_no_other(nowhere: Path, elsewhere: Path) -> None:
    without, within = contents(nowhere), contents(elsewhere)
    assert within.keys() - without.keys() == {"sitemap.xml", *(f"{each}/sitemap.xml" for each in LANGUAGES)}
    assert without.keys() <= within.keys()
    for name, content in without.items():
        if name.endswith("404.html") or name.startswith(("_", "offline.js")):
            continue  # shown at any address, so it has to know where the site begins, or to search: and the policy knows its scripts; the list of what may be kept has every page's hash
        if content == within[name]:
            continue
        assert name.endswith((".html", ".txt", ".json", ".xml")), name
        before = set(content.decode().splitlines())
        added = [line for line in within[name].decode().splitlines() if line.strip() and line not in before]
        assert added and all(CLAIM.search(line) for line in added), f"{name} ({OLDER})"


def test_alternates_and_canonical_name_the_page_itself(elsewhere: Path) -> None:
    for page in pages_of(elsewhere):
        if "noindex" in page.source:
            continue
        place = page.below_language.removesuffix("index.html")
        (canonical,) = page.root.xpath("//head/link[@rel='canonical']/@href")
        assert canonical == f"{ELSEWHERE}{page.language}/{place}"
        assert page.root.xpath("//meta[@name='citation_public_url' or @property='og:url']/@content") == [canonical] * 2
        assert page.root.xpath("//meta[@property='og:image']/@content") == [f"{ELSEWHERE}{page.language}/card.png"]
        (linked,) = map(json.loads, page.root.xpath("//script[@type='application/ld+json']/text()"))
        assert linked["@id"] == linked["url"] == canonical
        for address in [
            *(each["@id"] for each in linked.get("isBasedOn", []) if "@id" in each),
            *([linked["encoding"]["contentUrl"]] if "encoding" in linked else []),
        ]:
            there = elsewhere / address.removeprefix(ELSEWHERE)
            assert (there / "index.html" if address.endswith("/") else there).is_file(), (page.name, address)
        alternates = {
            each.get("hreflang"): each.get("href")
            for each in page.root.xpath("//head/link[@rel='alternate'][@hreflang]")
        }
        in_all = {language: f"{ELSEWHERE}{language}/{place}" for language in LANGUAGES}
        assert alternates == in_all | {"x-default": in_all["en"] if place else ELSEWHERE}
        assert (elsewhere / "en" / page.below_language).is_file() and (elsewhere / "zh" / page.below_language).is_file()


@pytest.mark.parametrize("language", LANGUAGES)
def test_sitemap_lists_every_page_once(elsewhere: Path, language: str) -> None:
    locations = etree.parse(elsewhere / language / "sitemap.xml").xpath("//*[local-name()='loc']/text()")
    assert len(locations) == len(set(locations)) > 10
    assert not any("/./" in each for each in locations)
    pages = [page for page in pages_of(elsewhere) if page.language == language and "noindex" not in page.source]
    assert set(locations) == {f"{ELSEWHERE}{page.name.removesuffix('index.html')}" for page in pages}


def test_page_for_wrong_addresses_needs_no_script_where_the_address_is_known(elsewhere: Path) -> None:
    page = (elsewhere / "404.html").read_text(encoding="utf-8")
    assert "<script" not in page and 'href="/some/where/en/"' in page
