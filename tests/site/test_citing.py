"""What the site offers to those who cite: numbers and identifiers, facts to hold a citation against, forms to copy, a feed."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from derivations.catalogue.files import ROOT
from derivations.catalogue.permanence import releases
from derivations.publish.citation import Citation
from tests.site.reading import LANGUAGES, Page

Record = dict[str, Any]


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_lead_to_what_stands_beside_them_on_the_pages(pages: dict[str, Page], language: str) -> None:
    article = pages[f"{language}/numbers/index.html"].article
    last = releases()[-1:]
    place = "next" if article.xpath(".//h2[@id='release-next']") else last[0].version.replace(".", "-")
    counted = 0
    for name, page in pages.items():
        if page.language != language or page.article is None or "/derivations/" in name or "/equations/" in name:
            continue
        shown = [
            (each.get("id"), each.find_class("number")[0].text_content().strip())
            for each in page.article.find_class("equation")
        ]
        parent = Path(page.below_language).parent.as_posix()
        own = f"release-{place}-{'index' if parent == '.' else parent}"
        rows = [row for row in article.iter("tr") if str(row.get("id")).rpartition("-")[0] == own]
        told = [(row.findtext(".//code"), row.findtext("td")) for row in rows]
        assert told == shown, name
        counted += len(told)
    assert counted > 50


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_form_to_copy_stands_on_the_page_of_an_equation(
    pages: dict[str, Page], catalogue: Record, language: str
) -> None:
    for record in catalogue["equations"][::40]:
        article = pages[f"{language}/equations/{record['id']}/index.html"].article
        forms = {
            term.text_content(): term.getnext() for each in article.find_class("taken") for term in each.iter("dt")
        }
        assert {"TeX", "MathML", "SymPy", "Python", "Markdown", {"zh": "纯文本", "en": "Plain text"}[language]} <= set(
            forms
        )
        assert forms["SymPy"].findtext("code") == record["sympy"] != ""
        assert article.xpath(".//a[@href='../../verify/']")


@pytest.mark.parametrize("language", LANGUAGES)
def test_citations_are_held_against_what_is_published(built_site: Path, catalogue: Record, language: str) -> None:
    (file,) = (built_site / language / "assets").glob("verify.*.json")
    known = json.loads(file.read_text(encoding="utf-8"))
    assert {key: each["statement"] for key, each in known["equations"].items()} == {
        each["id"]: each["statement"] for each in catalogue["equations"]
    }
    assert set(known["retired"]) == {each["id"] for each in catalogue["retired"]}
    assert [each["version"] for each in known["releases"]] == [each.version for each in releases()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_feed_is_there_and_every_page_leads_to_it(built_site: Path, pages: dict[str, Page], language: str) -> None:
    feed = etree.parse(str(built_site / language / "feed.xml")).getroot()
    assert len(feed.findall("{http://www.w3.org/2005/Atom}entry")) == len(releases())
    for page in pages.values():
        if page.language == language and page.article is not None:
            (address,) = page.root.xpath("//head/link[@type='application/atom+xml']/@href")
            assert (page.path.parent / address).resolve() == (built_site / language / "feed.xml").resolve(), page.name


def test_readme_cites_as_the_site_does(catalogue: dict[str, Any]) -> None:
    """Up to the commit, which no file can name that is a part of it."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    citation = Citation(ROOT, "")
    (score,) = (entry for entry in catalogue["equations"] if entry["id"] == "coin.score")
    lines = [citation.site("en"), *(citation.equation(score, language) for language in LANGUAGES)]
    for cited in lines:
        lasting = tuple(each for each in cited.notes if not each.startswith(("commit ", "swh:")))
        line, _, _address = replace(cited, notes=lasting).line().rpartition(". ")
        assert f"\n{line}.\n" in readme
