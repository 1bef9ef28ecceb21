"""Every displayed equation, table row and number of the two source articles stands on its article's page, in both languages."""

from __future__ import annotations

import re

import pytest

from tests.site.reading import LANGUAGES, Page

MLE = [
    "coin.likelihood",
    "coin.log-likelihood",
    "coin.score",
    "coin.mle",
    "cats.likelihood",
    "cats.log-likelihood",
    "cats.cross-entropy",
    "three-cats.log-likelihood",
    "three-cats.cross-entropy",
    "categorical.likelihood",
    "categorical.log-likelihood",
    "categorical.cross-entropy",
    "categorical.nll-identity",
]
BCE = [
    "logistic.likelihood",
    "logistic.argmax",
    "logistic.argmin-nll",
    "logistic.nll-of-product",
    "logistic.nll-bracketed",
    "logistic.nll-expanded",
    "logistic.sample-loss",
    "logistic.sample-loss-positive",
    "logistic.sample-loss-negative",
    "logistic.nll",
    "cross-entropy.definition",
    "cross-entropy.true-distribution",
    "cross-entropy.model-distribution",
    "cross-entropy.two-classes",
    "cross-entropy.bernoulli",
]
ARTICLES = {"likelihood-to-cross-entropy": MLE, "deriving-cross-entropy": BCE}
"""The E rows of each article, in its order."""

TABLE: list[list[list[str]]] = [
    [[], []],
    [["p"], [r"\theta"]],
    [["L(p) = p^{8} (1 - p)^{2}"], [r"L(\theta) = \prod_{i=1}^{10} \hat{y}_i(\theta)"]],
    [["L(p)"], [r"L(\theta)"]],
    [[r"8 \log p + 2 \log(1 - p)"], [r"\sum_{i=1}^{10} \log \hat{y}_i(\theta)"]],
    [[r"-\log p"], [r"-\sum_{i=1}^{10} \log \hat{y}_i(\theta)"]],
]
"""The TeX in each row's two cells, coin and classifier; the first row has numbers only."""

MLE_NUMBERS = {
    "ten tosses": "10",
    "eight heads": "8",
    "two tails": "2",
    "the estimate": "0.8",
}
MLE_FORMULAS = {
    "the estimate": ["0.8"],
    "as a fraction": [r"\frac{8}{10}", r"\frac{4}{5}"],
    "the tosses in their order": ["1, 1, 0, 1, 1, 1, 1, 0, 1, 1"],
    "the cats' outputs": ["0.7", "0.8", "0.6"],
    "three predictions": ["0.7", "0.9", "0.5"],
    "three logarithms and their sum": ["-0.357", "0.105", "0.693", "-1.155"],
    "the loss": [r"\approx 1.155"],
    "the two outputs": ["[0.3, 0.7]"],
    "log 0.7 and its negative": [r"\log 0.7", r"-\log 0.7"],
}
"""The N rows: what has to stand together in one formula (the last: in one each)."""


def page_of(pages: dict[str, Page], language: str, name: str) -> Page:
    return pages[f"{language}/{name}/index.html"]


def squeezed(tex: str) -> str:
    return re.sub(r"\\left|\\right|\\cdot|\s|[{}]", "", tex).replace("log(0.7)", "log0.7")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("name", "rows"), ARTICLES.items())
def test_every_displayed_equation_of_the_article_stands_on_its_page_in_its_order(
    pages: dict[str, Page], language: str, name: str, rows: list[str]
) -> None:
    page = page_of(pages, language, name)
    assert [each for each in page.equations if each in rows] == rows
    for identifier in rows:
        (block,) = page.article.xpath(".//*[@id=$id]", id=identifier)
        (formula,) = block.find_class("formula")
        assert formula.find(".//math") is not None, identifier
        assert page.tex(formula)[0].strip(), identifier


@pytest.mark.parametrize("language", LANGUAGES)
def test_table_of_the_analogy_has_all_its_rows(pages: dict[str, Page], language: str) -> None:
    page = page_of(pages, language, "likelihood-to-cross-entropy")
    (table,) = page.article.xpath(".//h2[@id='analogy']/following::table[1]")
    rows = [
        [[squeezed(tex) for tex in page.tex(cell)] for cell in row.findall("td")[1:]]
        for row in table.findall(".//tbody/tr")
    ]
    assert rows == [[[squeezed(tex) for tex in cell] for cell in row] for row in TABLE]
    first = table.find(".//tbody/tr")
    assert [each.text_content() for each in first.find_class("num")] == ["8", "2", "10"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("what", MLE_NUMBERS)
def test_number_of_the_article_is_embedded_in_the_text(pages: dict[str, Page], language: str, what: str) -> None:
    assert MLE_NUMBERS[what] in page_of(pages, language, "likelihood-to-cross-entropy").numbers


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("what", MLE_FORMULAS)
def test_number_of_the_article_stands_in_a_formula(pages: dict[str, Page], language: str, what: str) -> None:
    page = page_of(pages, language, "likelihood-to-cross-entropy")
    formulas = [squeezed(tex) for tex in page.tex(page.article)]
    wanted = [squeezed(tex) for tex in MLE_FORMULAS[what]]
    together = any(all(each in formula for each in wanted) for formula in formulas)
    apart = all(any(each in formula for formula in formulas) for each in wanted)
    assert together or apart, wanted


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_within_formulas_are_in_the_pages_language(pages: dict[str, Page], language: str) -> None:
    page = page_of(pages, language, "deriving-cross-entropy")
    (block,) = page.article.xpath(".//*[@id='cross-entropy.two-classes']")
    tex = " ".join(page.tex(block.find_class("formula")[0]))
    assert ("类别" in tex, "class" in tex) == ((True, False) if language == "zh" else (False, True))
