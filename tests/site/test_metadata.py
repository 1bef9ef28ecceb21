"""What pages say of themselves is read back: JSON-LD by a processor of linked data, the rest by an HTML parser, as Google Scholar and Zotero would."""

from __future__ import annotations

import json
import re
import struct
from pathlib import Path
from typing import Any

import pytest
from pyld import jsonld

from derivations.catalogue.verify import verify
from tests.site.reading import LANGUAGES, Page

ARTICLES = ("likelihood-to-cross-entropy/", "deriving-cross-entropy/")
QUESTION = "questions/three-entropies/"
PLACES = (
    "",
    *ARTICLES,
    QUESTION,
    "cite/",
    "derivations/coin/",
    "equations/",
    "equations/coin.score/",
    "equations/logistic.nll/",
)
VOCABULARY = "https://schema.org/"


def page_at(pages: dict[str, Page], language: str, place: str) -> Page:
    return pages[f"{language}/{place}index.html"]


def said(page: Page, name: str) -> list[str]:
    """The contents of the meta elements of a name."""
    return page.root.xpath("/html/head/meta[@name=$name or @property=$name]/@content", name=name)


def linked(page: Page) -> dict[str, Any]:
    """The page's JSON-LD as a processor expands it; schema.org's own context, which is on the web, only gives its terms their addresses."""

    def load(address: str, options: Any) -> dict[str, Any]:
        assert address == VOCABULARY.rstrip("/")
        context = {"@context": {"@vocab": VOCABULARY}}
        return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": address, "document": context}

    (script,) = page.root.xpath("/html/head/script[@type='application/ld+json']")
    (node,) = jsonld.expand(json.loads(script.text), options={"documentLoader": load})
    return node


def only(node: dict[str, Any], name: str) -> Any:
    ((value,),) = [node[f"{VOCABULARY}{name}"]]
    return value.get("@value", value)


def zotero_type(page: Page) -> str:
    """What Zotero's Embedded Metadata takes a page for: its own tags first, then og:type, then a journal's article for a bare title."""
    names = page.root.xpath("/html/head/meta/@name")
    for tag, kind in (
        ("citation_journal_title", "journalArticle"),
        ("citation_technical_report_institution", "report"),
    ):
        if tag in names:
            return kind
    if said(page, "og:type") == ["website"]:
        return "webpage"
    return "journalArticle" if "citation_title" in names else "webpage"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("place", PLACES)
def test_page_says_the_same_to_everybody(pages: dict[str, Page], language: str, place: str) -> None:
    page = page_at(pages, language, place)
    node = linked(page)
    (title,), (description,) = said(page, "citation_title"), said(page, "description")
    assert title == said(page, "DC.title")[0] == said(page, "og:title")[0] == only(node, "name")
    assert description == said(page, "og:description")[0] == only(node, "description")
    assert (
        page.language == said(page, "citation_language")[0] == said(page, "DC.language")[0] == only(node, "inLanguage")
    )
    author = only(node, "author")
    assert author["@type"] == [f"{VOCABULARY}Organization"]
    assert said(page, "DC.creator") == [only(author, "name")]
    assert said(page, "citation_author") == [f"{only(author, 'name')},"]  # one name: Zotero splits only before a comma
    date = only(node, "datePublished")
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", date) and [date] == said(page, "DC.date")
    assert said(page, "citation_publication_date") == [date.replace("-", "/")]
    assert {each["@value"] for each in node[f"{VOCABULARY}license"]} == set(said(page, "DC.rights"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_are_of_the_kind_that_they_are(pages: dict[str, Page], language: str) -> None:
    for place in PLACES:
        page = page_at(pages, language, place)
        kinds = {each.removeprefix(VOCABULARY) for each in linked(page)["@type"]}
        assert zotero_type(page) == ("report" if place in ARTICLES else "webpage"), place
        assert ("ScholarlyArticle" in kinds) == (place in ARTICLES or "equations/" in place and "." in place), place
        assert ("LearningResource" in kinds) == (
            "ScholarlyArticle" in kinds or place.startswith(("derivations/", "questions/"))
        ), place


@pytest.mark.parametrize("language", LANGUAGES)
def test_article_names_the_one_that_it_follows(pages: dict[str, Page], language: str) -> None:
    for place, title in zip(
        ARTICLES, ("交叉熵与最大似然估计的深度联系", "交叉熵公式推导（为啥分类问题用交叉熵作为损失函数）"), strict=True
    ):
        page = page_at(pages, language, place)
        assert only(only(linked(page), "isBasedOn"), "name") == title
        assert said(page, "DC.source") == [title]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_an_equation_speaks_of_its_own(pages: dict[str, Page], catalogue: Any, language: str) -> None:
    for record in catalogue["equations"]:
        source = page_at(pages, language, f"equations/{record['id']}/").source
        assert source.count("citation_title") == source.count("application/ld+json") == 1
        (token,) = re.findall(r'<meta name="DC.identifier" content="([^"]*)">', source)
        assert verify(token, [record], []).kind == "unchanged"
        assert f'"identifier": "{token}"' in source


@pytest.mark.parametrize("language", LANGUAGES)
def test_picture_of_a_shared_link_is_a_png_of_the_size_that_is_asked_for(built_site: Path, language: str) -> None:
    picture = (built_site / language / "card.png").read_bytes()
    assert picture.startswith(b"\x89PNG\r\n\x1a\n") and len(picture) < 60_000
    assert struct.unpack(">II", picture[16:24]) == (1200, 630)
