"""Every equation has a page of its own in each language, and what stands on it is what the catalogue says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import bibtexparser
import pytest
import rispy

from derivations.catalogue.permanence import statement_hash
from derivations.catalogue.verify import verify
from derivations.publish.proofs import chain_of_parents
from tests.site.reading import LANGUAGES, Page

Record = dict[str, Any]


def page_of(pages: dict[str, Page], language: str, record: Record) -> Page:
    return pages[f"{language}/equations/{record['id']}/index.html"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_equation_has_its_page_and_no_other_is_there(built_site: Path, catalogue: Record, language: str) -> None:
    made = {each.parent.name for each in (built_site / language / "equations").glob("*/index.html")}
    assert made == {record["id"] for record in catalogue["equations"]}


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_has_statement_proof_and_what_it_holds_for(
    pages: dict[str, Page], catalogue: Record, language: str
) -> None:
    for record in catalogue["equations"]:
        page = page_of(pages, language, record)
        assert page.article.find(".//h1").get("id") == record["id"]
        assert record["id"] in page.root.findtext(".//title")
        (statement,) = page.article.find_class("statement")
        assert page.tex(statement)[0].strip() == record["tex"][language].strip(), record["id"]
        lines = page.article.find_class("line")
        assert len(lines) >= len(record["proof"]["steps"])
        assert bool(lines) == bool(record["proof"]["steps"]), record["id"]
        text = page.article.text_content()
        assert record["script"] in text and str(record["line"]) in text
        assert record["tex"][language] in [code.text for code in page.article.iter("code")]
        if record["ranges"]:
            assert page.article.find_class("holds"), record["id"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_has_all_that_the_equation_rests_on_and_what_rests_on_it(
    pages: dict[str, Page], catalogue: Record, language: str
) -> None:
    records = {record["id"]: record for record in catalogue["equations"]}
    for record in catalogue["equations"]:
        article = page_of(pages, language, record).article
        chain = chain_of_parents(records, record["id"])
        cone = article.find_class("cone")
        assert bool(cone) == (len(chain) > 1)
        if cone:
            assert [row.findtext("code") for row in cone[0].iter("li")] == chain
            links = sum(len(records[each]["parents"]) for each in chain)
            assert len([line for line in cone[0].iter("path") if line.get("class") in (None, "direct")]) == links
        used = [each for each, other in records.items() if record["id"] in other["parents"]]
        assert [row.findtext("code") for each in article.find_class("used-by") for row in each.iter("li")] == used


@pytest.mark.parametrize("language", LANGUAGES)
def test_citations_on_a_page_are_read_back_and_can_be_checked(
    pages: dict[str, Page], catalogue: Record, language: str
) -> None:
    for record in catalogue["equations"][::7]:
        article = page_of(pages, language, record).article
        bibtex, ris, csl = (each.findtext(".//code") for each in article.find_class("citation"))
        (entry,) = bibtexparser.parse_string(bibtex).entries
        assert entry.key == record["id"] == rispy.loads(ris)[0]["id"] == json.loads(csl)[0]["id"]
        (line,) = [each.findtext("code") for each in article.find_class("sentence")]
        for text in (bibtex, ris, csl, line):
            assert verify(text, [record], []).kind == "unchanged", record["id"]


def test_every_equation_has_a_file_of_its_own(built_site: Path, catalogue: Record) -> None:
    for record in catalogue["equations"]:
        one = json.loads((built_site / "equations" / f"{record['id']}.json").read_text(encoding="utf-8"))
        assert one["equation"] == record
        assert statement_hash(one["equation"], one["names"]) == record["statement"], record["id"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_search_finds_every_page(built_site: Path, catalogue: Record, language: str) -> None:
    index = json.loads((built_site / language / "search" / "search_index.json").read_text(encoding="utf-8"))
    found = {each["location"]: each for each in index["docs"]}
    for record in catalogue["equations"]:
        assert f"<code>{record['id']}</code>" in found[f"equations/{record['id']}/"]["title"]
    assert [each["location"] for each in index["docs"] if "\\" in each["title"] + each["text"]] == []


def test_articles_carry_no_proofs(pages: dict[str, Page]) -> None:
    for name in ("likelihood-to-cross-entropy", "deriving-cross-entropy"):
        for language in LANGUAGES:
            page = pages[f"{language}/{name}/index.html"]
            assert not page.article.find_class("line")
