"""Each built page is whole: no raw TeX or Jinja left, headings in order, words for every picture, both languages alike."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest

from tests.site.reading import LANGUAGES, Page

RAW = {
    "an embed": re.compile(r"\{\{|\}\}|\{%|%\}"),
    "TeX": re.compile(r"\\[a-zA-Z]+|\\[()\[\]]|\$[^$\n]{1,80}\$|\$\$"),
    "a heading's id": re.compile(r"\{\s*#[\w.-]+\s*\}"),
    "a Markdown link": re.compile(r"\]\([^)\s]*\)"),
    "Markdown emphasis": re.compile(r"\*\*\w"),
    "None": re.compile(r"\bNone\b|\bUndefined\b"),
}
FIELDS = {"id", "verdict", "tex", "rule", "parents", "ranges", "source", "script", "line", "value"}


def own(pages: dict[str, Page]) -> list[Page]:
    """The pages with an article, which those for missing addresses and for folders have not."""
    return [page for page in pages.values() if page.article is not None]


@pytest.mark.parametrize("what", RAW)
def test_no_page_shows_raw(pages: dict[str, Page], what: str) -> None:
    found = {page.name: RAW[what].findall(page.prose)[:3] for page in pages.values()}
    assert {name: left for name, left in found.items() if left} == {}


def test_no_mathematics_is_left_to_scripts_or_in_error(pages: dict[str, Page]) -> None:
    for page in pages.values():
        assert page.root.find_class("arithmatex") == [], page.name
        assert page.root.xpath("//math[not(@alttext)] | //merror") == [], page.name
        assert page.root.xpath("//*[@data-embed]") == [], page.name


def test_both_languages_have_the_same_pages(pages: dict[str, Page]) -> None:
    names = {
        language: {page.below_language for page in pages.values() if page.language == language}
        for language in LANGUAGES
    }
    assert names["zh"] == names["en"]
    assert len(names["zh"]) > 15


@pytest.mark.parametrize("what", ["anchors", "equations", "figures"])
def test_both_languages_have_the_same_things_in_the_same_order(pages: dict[str, Page], what: str) -> None:
    for page in own(pages):
        other = pages[f"en/{page.below_language}"]
        assert getattr(page, what) == getattr(other, what), page.name


def test_both_languages_have_the_same_numbers(pages: dict[str, Page]) -> None:
    for page in own(pages):
        assert Counter(page.numbers) == Counter(pages[f"en/{page.below_language}"].numbers), page.name


def test_page_says_its_language_and_has_a_title(pages: dict[str, Page]) -> None:
    for page in pages.values():
        assert page.root.get("lang", "").partition("-")[0] == page.language, page.name
        assert (page.root.findtext(".//title") or "").strip(), page.name


def test_chinese_pages_are_chinese_and_english_pages_english(pages: dict[str, Page]) -> None:
    for page in own(pages):
        chinese = len(
            re.findall(r"[\u4e00-\u9fff]", " ".join(page.article.xpath(".//p[not(ancestor::details)]//text()")))
        )
        assert chinese > 20 if page.language == "zh" else chinese < 120, (page.name, chinese)


def test_ids_are_unique_on_each_page(pages: dict[str, Page]) -> None:
    for page in pages.values():
        repeated = [each for each, times in Counter(page.root.xpath("//@id")).items() if times > 1]
        assert repeated == [], page.name


def test_headings_descend_one_level_at_a_time_from_one_title(pages: dict[str, Page]) -> None:
    for page in own(pages):
        levels = [int(each.tag[1]) for each in page.article.iter("h1", "h2", "h3", "h4", "h5", "h6")]
        assert levels[0] == 1 and levels.count(1) == 1, page.name
        steps = [after - before for before, after in zip(levels, levels[1:], strict=False)]
        assert max(steps, default=0) <= 1, (page.name, levels)


def test_every_heading_and_equation_can_be_linked_to(pages: dict[str, Page]) -> None:
    for page in own(pages):
        for each in [*page.article.iter("h1", "h2", "h3", "h4"), *page.article.find_class("equation")]:
            assert each.get("id"), (page.name, each.text_content()[:60])


def test_every_picture_has_words(pages: dict[str, Page]) -> None:
    for page in pages.values():
        for image in page.root.iter("img"):
            assert (image.get("alt") or "").strip(), page.name
        for figure in page.root.iter("figure"):
            (drawn,) = figure.xpath(".//*[@role='img']")
            assert len(drawn.get("aria-label")) > 20, page.name
            assert figure.findtext("figcaption") or figure.find("figcaption").text_content().strip(), page.name


def test_equation_is_numbered_in_order_and_has_its_evidence(pages: dict[str, Page], catalogue: dict[str, Any]) -> None:
    records = {record["id"]: record for record in catalogue["equations"]}
    for name in ("likelihood-to-cross-entropy", "deriving-cross-entropy", "notation"):
        for language in LANGUAGES:
            page = pages[f"{language}/{name}/index.html"]
            blocks = page.article.find_class("equation")
            numbers = [each.findtext("a[@class='number']") for each in blocks]
            assert numbers == [f"({each})" for each in range(1, len(blocks) + 1)]
            for block in blocks:
                record = records[block.get("id")]
                (mark,) = block.find_class("proof")
                assert mark.tag == "a" and mark.get("href") == f"../equations/{record['id']}/"
                assert mark.find_class("verdict") and not block.find_class("line")


@pytest.mark.parametrize("language", LANGUAGES)
def test_list_of_equations_has_every_one_with_its_verdict(
    pages: dict[str, Page], catalogue: dict[str, Any], language: str
) -> None:
    page = pages[f"{language}/equations/index.html"]
    listed = [each.get("id") for each in page.article.find_class("name")]
    assert listed == [record["id"] for record in catalogue["equations"]]
    for entry, record in zip(page.article.find_class("entry"), catalogue["equations"], strict=True):
        assert record["verdict"] in entry.get("class").split()
        assert page.tex(entry)[0].strip() == record["tex"][language].strip()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_equation_stands_on_the_page_of_its_script(
    pages: dict[str, Page], catalogue: dict[str, Any], language: str
) -> None:
    for record in catalogue["equations"]:
        name = record["script"].removeprefix("derivations/").removesuffix(".py").replace("_", "-")
        assert record["id"] in pages[f"{language}/derivations/{name}/index.html"].anchors, record["id"]


def test_published_catalogue_has_the_promised_fields(catalogue: dict[str, Any]) -> None:
    known = {record["id"] for record in catalogue["equations"]}
    assert len(known) == len(catalogue["equations"]) > 100
    for record in catalogue["equations"]:
        assert record.keys() >= FIELDS, record["id"]
        assert record["verdict"] in ("definition", "proved", "certified")
        assert set(record["parents"]) <= known
        assert record["tex"] and record["context"] and record["hash"]
        assert isinstance(record["line"], int) and record["line"] > 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_search_index_knows_every_equation(built_site: Any, catalogue: dict[str, Any], language: str) -> None:
    index = (built_site / language / "search" / "search_index.json").read_text(encoding="utf-8")
    assert [record["id"] for record in catalogue["equations"] if record["id"] not in index] == []
    assert "{{" not in index
