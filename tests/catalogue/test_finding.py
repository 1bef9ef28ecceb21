"""Equations are found by identifier, by words and what people call the same, by formulas in other letters, by numbers of a release."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from derivations.catalogue import permanence
from derivations.catalogue.finding import NothingFound, find, groups, index
from derivations.catalogue.formulas import NotRead, read_formula
from derivations.catalogue.permanence import NoNumber, Release
from derivations.catalogue.samples import MOST_LETTERS, letters, same, value, values

Catalogue = dict[str, Any]


# ------------------------------------------------------------ reading formulas


@pytest.mark.parametrize(
    "text, python",
    [
        ("8/p - 2/(1-p)", "8/p - 2/(1-p)"),
        (r"\frac{8}{p}-\frac{2}{1-p}", "8/p - 2/(1-p)"),
        (r"\frac8p - \tfrac 2{1-p}", "8/p - 2/(1-p)"),
        (r"p^8(1-p)^2", "p**8*(1-p)**2"),
        (r"2p(1-p)", "2*p*(1-p)"),
        (r"-p^2", "-p**2"),
        (r"\log p + y\ln(1-p)", "log(p) + y*log(1-p)"),
        (r"\left( p + y \right) \cdot \sqrt{p}", "(p+y)*sqrt(p)"),
        (r"e^{-p}", "exp(-p)"),
        (r"\log_2 p", "log(p)/log(2)"),
        (r"\log^2 p", "log(p)**2"),
        ("p**-2 * y", "p**(-2)*y"),
        ("exp(-(p + y))", "exp(-p-y)"),
        (r"\sigma(p)", "1/(1+exp(-p))"),
        ("a_hat = x", "a_hat"),
        ("|p - y|", "Abs(p - y)"),
        ("$p \\times y$", "p*y"),
        ("p − y", "p - y"),
        ("2/3/p", "2/3/p"),
        ("p^2^y", "p**2**y"),
    ],
)
def test_formula_is_read_as_sympy_reads_it(text: str, python: str) -> None:
    tree = read_formula(text)[0]
    expression = sympy.sympify(python)
    at = {
        json.dumps(["sym", str(each)]): 0.3 + 0.2 * place
        for place, each in enumerate(sorted(expression.free_symbols, key=str))
    }
    numbers = {str(each): 0.3 + 0.2 * place for place, each in enumerate(sorted(expression.free_symbols, key=str))}
    assert set(at) == set(letters(tree))
    assert math.isclose(value(tree, at), float(expression.subs(numbers)), rel_tol=1e-12)


@pytest.mark.parametrize("text", [r"x_1 \cdot x_2", r"x_{1,2} \cdot x_1", "x_1 * x_2"])
def test_index_belongs_to_its_letter(text: str) -> None:
    assert len(letters(read_formula(text)[0])) == 2


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2*(p",
        "p +",
        ")",
        "p = ",
        r"\frac{1}",
        "p ? q",
        "2 + * 3",
        r"\binom{1",
        "p)",
        "@",
        r"\sqrt",
        r"\frac{1,2}3",
        "binom(3)",
        "٣ + p",
    ],
)
def test_what_is_no_formula_is_refused(text: str) -> None:
    with pytest.raises(NotRead):
        read_formula(text)


@given(st.text(alphabet="pqy²01289.+-*/^_(){}[]\\ fraclog=,|", max_size=30))
def test_whatever_is_typed_is_read_or_refused(text: str) -> None:
    try:
        sides = read_formula(text)
    except NotRead:
        return
    for side in sides:
        if len(letters(side)) <= MOST_LETTERS:
            assert len(values(side, letters(side))) == 3


# ------------------------------------------------------------ finding


@pytest.mark.parametrize(
    "asked, identifier",
    [
        ("8/p - 2/(1-p)", "coin.score"),
        ("8/theta - 2/(1-theta)", "coin.score"),
        (r"\frac{8}{q} - \frac{2}{1-q}", "coin.score"),
        (r"\frac{8 - 10 q}{q(1-q)}", "coin.score"),
        (r"-[y\log p+(1-y)\log(1-p)]", "logistic.sample-loss"),
        (r"-\left[t \ln s + (1-t)\ln(1-s)\right]", "logistic.sample-loss"),
        (r"\binom{10}{8} p^8 (1-p)^2", "coin.likelihood"),
        ("45*x**8*(1-x)**2", "coin.likelihood"),
        (r"\frac{h}{m}", "coin-general.mle"),
        (r"\frac{1}{1+e^{-u}}", "logistic.sigmoid"),
    ],
)
def test_formula_is_found_in_whatever_letters(catalogue: Catalogue, asked: str, identifier: str) -> None:
    found = find(asked, catalogue)
    assert found.by == "formula" and identifier in found.identifiers


def test_both_sides_that_agree_come_before_one(catalogue: Catalogue) -> None:
    one = find(r"1 - \frac{1}{1+e^{-z}}", catalogue).identifiers
    both = find(r"1 - \frac{1}{1+e^{-z}} = \frac{1}{1+e^{z}}", catalogue).identifiers
    assert "logistic.probability-negative" in one and both[0] == "logistic.probability-negative"


@pytest.mark.parametrize("asked", [r"8/p - 3/(1-p)", r"9/p - 2/(1-p)", r"8/p + 2/(1-p)"])
def test_wrong_formula_finds_the_nearest_and_says_so(catalogue: Catalogue, asked: str) -> None:
    found = find(asked, catalogue)
    assert found.by == "nearest" and "coin.score" in found.identifiers


@pytest.mark.parametrize(
    "asked, identifier",
    [
        ("极大似然", "coin.mle"),
        ("最大似然", "coin.mle"),
        ("MLE", "coin.mle"),
        ("mle", "coin.mle"),
        ("KL散度", "cross-entropy.kl-divergence"),
        ("relative entropy", "cross-entropy.kl-divergence"),
        ("MSE", "squared-error.squared-error"),
        ("均方误差", "squared-error.squared-error"),
        ("对数损失", "cross-entropy.definition"),
        ("log loss", "cross-entropy.definition"),
        ("score", "coin.score"),
        ("得分", "coin.score"),
        ("cross-entropy decomposition", "cross-entropy.decomposition"),
    ],
)
def test_words_and_what_else_people_call_it_find_the_same(catalogue: Catalogue, asked: str, identifier: str) -> None:
    found = find(asked, catalogue)
    assert found.by == "words" and identifier in found.identifiers


def test_identifier_is_found_first_and_alone(catalogue: Catalogue) -> None:
    for entry in catalogue["equations"]:
        assert find(f" {entry['id']} ", catalogue).identifiers == (entry["id"],)


def test_number_of_a_release_is_found(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    first = Release("1.0.0", "2026-11-21", {}, {"notation": ["coin.mle", "coin.score"]})
    monkeypatch.setattr(permanence, "releases", lambda: [first])
    assert find("1.0.0 notation (2)", catalogue).identifiers == ("coin.score",)
    with pytest.raises(NoNumber, match="equations"):
        find("1.0.0 notation (3)", catalogue)


@pytest.mark.parametrize("asked", ["", "   ", "zzzz", "没有的东西"])
def test_nothing_is_said_with_what_can_be_asked_for(catalogue: Catalogue, asked: str) -> None:
    with pytest.raises(NothingFound, match="formula"):
        find(asked, catalogue)


def test_every_side_finds_its_own_equation_by_its_values(catalogue: Catalogue) -> None:
    made = index(catalogue)["equations"]
    assert sum(bool(each["sides"]) for each in made) > len(made) / 2
    for each in made:
        for _, given_values in each["sides"]:
            assert same(given_values, given_values)


def test_synonyms_are_each_in_one_group() -> None:
    every = [word for group in groups() for word in group]
    assert len(every) == len(set(every))
