"""Every displayed equation, table row and number of the two source articles against what is derived: as typography and as mathematics.

`article_rows.json` holds the equations' TeX as the articles set it. Each has its mathematics a second time below, as a Python function written by hand from that TeX.
"""

from __future__ import annotations

import json
import re
from math import comb, log, prod
from pathlib import Path
from random import Random

import pytest

from derivations.engine.tex import chain_tex, parts_tex
from derivations.words import words_in
from tests.derivations.evaluation import as_function, digits, equal_terms, value

ROWS = json.loads((Path(__file__).parent / "article_rows.json").read_text(encoding="utf-8"))

SHOWN_IN_FULL = {"coin.mle": "the article gives p = 0.8 alone; the site owes 8/10 and 4/5 between the two"}
"""Rows that are shown with more links between their first and their last term."""


# ------------------------------------------------------------ typography


def tokens(tex: str) -> list[str]:
    r"""The marks that a reader sees, in order. What leaves no mark is dropped: blanks, \left and \right (they size a bracket), thin spaces, and braces around one token.

    Nothing else is allowed: a \cdot counts, as do the order of terms, brackets of another shape, \log for \ln.
    """
    found = re.findall(r"\\[a-zA-Z]+|\\[,;!: ]|[^\s]", tex)
    seen = [token for token in found if token not in (r"\left", r"\right", r"\,", r"\;", r"\!", r"\:", "\\ ")]
    while True:
        for at in range(len(seen) - 2):
            if seen[at] == "{" and seen[at + 2] == "}" and seen[at + 1] not in "{}":
                seen[at : at + 3] = [seen[at + 1]]
                break
        else:
            return seen


@pytest.mark.parametrize("one, other, same", [
    (r"p^8 (1 - p)^2", r"p^{8}(1-p)^2", True),
    (r"\left[ x \right]", "[x]", True),
    (r"\ln(x)", r"\log(x)", False),
    (r"p \cdot q", "p q", False),
    (r"p^{10}", "p^10", False),
    ("1 - p", "p - 1", False),
])  # fmt: skip
def test_tokens_drop_what_leaves_no_mark_and_nothing_else(one, other, same):
    assert (tokens(one) == tokens(other)) is same


def test_article_rows_are_all_twenty_eight():
    assert len(ROWS) == 28
    assert [sum(row["source"].startswith(article) for row in ROWS.values()) for article in ("mle", "bce")] == [13, 15]


WORDS = {"zh": r"\text{类别}", "en": r"\text{class}"}


def in_words(tex: str, language: str = "zh") -> str:
    """TeX as a language shows it; what is set equal to 0 is an equals sign in the articles."""
    return tex.replace(r"\overset{\word{set}}{=}", "=").replace(r"\word{class}", WORDS[language])


def row_tex(equation, which: int = -1, language: str = "zh") -> str:
    terms, relations = equation.rows[which]
    return in_words(chain_tex(terms, relations, equation.style), language)


def term_tex(equation) -> list[str]:
    """The terms of the last row, each as TeX."""
    terms, relations = equation.rows[-1]
    return [in_words(part["tex"]) for part in parts_tex(terms, relations, equation.style)]


@pytest.mark.parametrize("identifier", [name for name in ROWS if name not in SHOWN_IN_FULL])
def test_article_equation_is_set_as_the_article_sets_it(equations, identifier):
    equation = equations[identifier]
    rendered = [row_tex(equation, which) for which in range(len(equation.rows))]
    assert [tokens(row) for row in rendered] == [tokens(row) for row in ROWS[identifier]["tex"]]


@pytest.mark.parametrize("identifier", SHOWN_IN_FULL)
def test_article_equation_shown_in_full_begins_and_ends_as_in_the_article(equations, identifier):
    parts = term_tex(equations[identifier])
    assert len(parts) > 2
    assert [tokens(f"{parts[0]} = {parts[-1]}")] == [tokens(row) for row in ROWS[identifier]["tex"]]
    assert set(equations[identifier].relations) == {"="}


@pytest.mark.parametrize("language", WORDS)
def test_article_class_is_called_so_in_each_language(equations, language):
    assert words_in(language).tex(r"\word{class}") == WORDS[language]
    for identifier in ROWS:
        for which in range(len(equations[identifier].rows)):
            assert r"\word" not in row_tex(equations[identifier], which, language), identifier


# ------------------------------------------------------------ the analogy as a table (mle 3)

TABLE = {
    "coin-sequence.likelihood": r"L(p) = p^8(1-p)^2",
    "cats.likelihood": r"L(\theta) = \prod \hat{y}_i",
    "coin-sequence.log-likelihood": r"8\log p + 2\log(1-p)",
    "cats.log-likelihood": r"\sum \log \hat{y}_i",
    "coin-sequence.heads-loss": r"-\log p",
    "cats.cross-entropy": r"-\sum \log \hat{y}_i",
}
"""Its formulas. The article leaves out the bounds of sums and products and the argument of a prediction; so does the comparison."""


@pytest.mark.parametrize("identifier", TABLE)
def test_table_row_is_a_term_of_its_equation(equations, identifier):
    asked = tokens(TABLE[identifier])
    parts = term_tex(equations[identifier])
    candidates = [*parts, " = ".join(parts[:2])]
    short = [re.sub(r"_\{i=1\}\^\{10\}", "", part).replace(r"\hat{y}_i(\theta)", r"\hat{y}_i") for part in candidates]
    assert asked in [tokens(part) for part in short]


def test_table_row_of_observed_data_counts_heads_tails_and_cats(equations):
    assert [equations[f"coin-sequence.{face}"].terms[-1] for face in ("heads", "tails")] == [("num", 8), ("num", 2)]
    assert equations["cats.likelihood"].terms[-1][3:] == (("num", 1), ("num", 10))
    assert equations["cats.labels"].terms[-1] == ("num", 1)


def test_table_rows_of_what_is_estimated_and_maximised_name_p_and_theta(equations):
    for identifier, of_what, over in (
        ("coin-sequence.maximum", "L(p)", "p"),
        ("coin.maximum", "L(p)", "p"),
        ("categorical.same-parameter", r"L(\theta)", r"\theta"),
    ):
        (largest,) = [part for part in term_tex(equations[identifier]) if r"\arg \max" in part]
        assert largest.endswith(of_what) and re.search(rf"\\underset{{{re.escape(over)}\b", largest), largest


# ------------------------------------------------------------ mathematics


class Sample:
    """Numbers for every quantity of the articles, drawn anew for each seed."""

    def __init__(self, seed: int) -> None:
        draw = Random(seed)
        self.p = draw.uniform(0.01, 0.99)
        self.N, self.n = draw.randint(4, 8), draw.randint(1, 5)
        self.c_true = [draw.randint(1, 3) for _ in range(8)]
        self.yhat = [draw.uniform(0.01, 0.99) for _ in range(10)]
        self.yhat_of_class = [[draw.uniform(0.01, 0.99) for _ in range(3)] for _ in range(8)]
        self.f = [draw.uniform(0.01, 0.99) for _ in range(8)]
        self.y = [draw.randint(0, 1) for _ in range(8)]
        self.example = [1, 1, 0, *self.y[3:]]
        weights = [draw.uniform(0.1, 1) for _ in range(4)]
        self.p_of = [weight / sum(weights) for weight in weights]
        self.q_of = self.p_of[::-1]

    def of_true_class(self) -> list[float]:
        return [row[true - 1] for row, true in zip(self.yhat_of_class[: self.N], self.c_true[: self.N], strict=True)]

    def rest(self) -> float:
        """What stands behind the dots: the factors of the fourth sample and of those after it."""
        return prod(f if y else 1 - f for y, f in zip(self.y[3 : self.N], self.f[3 : self.N], strict=True))

    def likelihood(self) -> float:
        return prod(f if y else 1 - f for y, f in zip(self.y[: self.N], self.f[: self.N], strict=True))

    def at(self) -> dict:
        """The same numbers under the names of the derivations."""
        return {
            "p": self.p, "N": self.N, "n": self.n, "C": 3, "i": 1, "M": 1,
            "cats.yhat": as_function(self.yhat), "categorical.yhat": as_function(self.yhat_of_class),
            "categorical.true": as_function(self.c_true), "logistic.label": as_function(self.y),
            "logistic.logit": as_function([log(f / (1 - f)) for f in self.f]),
        }  # fmt: skip

    def premises(self, identifier: str) -> dict:
        """What a row supposes beside: the labels of the example, one label, three predictions, a root; and two distributions."""
        label = {"logistic.sample-loss-positive": 1, "logistic.sample-loss-negative": 0}
        if identifier in label:
            return {"logistic.label": lambda n: label[identifier]}
        if identifier in EXAMPLE:
            return {"logistic.label": as_function(self.example)}
        if identifier.startswith("three-cats"):
            return {"cats.yhat": as_function([0.7, 0.9, 0.5])}
        if identifier == "cross-entropy.definition":
            return {"M": 3, "p": lambda x: self.p_of[int(x)], "q": lambda x: self.q_of[int(x)]}
        return {"p": 0.8} if identifier == "coin.mle" else {}


EXAMPLE = [f"logistic.{name}" for name in ("likelihood", "nll-of-product", "nll-bracketed", "nll-expanded")]


def loss_of_sample(y: float, f: float) -> float:
    return -(y * log(f) + (1 - y) * log(1 - f))


BY_HAND = {
    "coin.likelihood": lambda s: comb(10, 8) * s.p**8 * (1 - s.p) ** 2,
    "coin.log-likelihood": lambda s: log(comb(10, 8)) + 8 * log(s.p) + 2 * log(1 - s.p),
    "coin.score": lambda s: 8 / s.p - 2 / (1 - s.p),
    "coin.mle": lambda s: 8 / 10,
    "cats.likelihood": lambda s: prod(s.yhat),
    "cats.log-likelihood": lambda s: sum(log(one) for one in s.yhat),
    "cats.cross-entropy": lambda s: -sum(log(one) for one in s.yhat),
    "three-cats.log-likelihood": lambda s: log(0.7) + log(0.9) + log(0.5),
    "three-cats.cross-entropy": lambda s: -(log(0.7) + log(0.9) + log(0.5)),
    "categorical.likelihood": lambda s: prod(s.of_true_class()),
    "categorical.log-likelihood": lambda s: sum(log(of_true) for of_true in s.of_true_class()),
    "categorical.cross-entropy": lambda s: -sum(log(of_true) for of_true in s.of_true_class()),
    "categorical.nll-identity": lambda s: -log(prod(s.of_true_class())),
    "logistic.likelihood": lambda s: s.f[0] * s.f[1] * (1 - s.f[2]) * s.rest(),
    "logistic.argmax": lambda s: s.likelihood(),
    "logistic.argmin-nll": lambda s: -log(s.likelihood()),
    "logistic.nll-of-product": lambda s: -log(s.f[0] * s.f[1] * (1 - s.f[2]) * s.rest()),
    "logistic.nll-bracketed": lambda s: -(log(s.f[0]) + log(s.f[1]) + log(1 - s.f[2]) + log(s.rest())),
    "logistic.nll-expanded": lambda s: -log(s.f[0]) - log(s.f[1]) - log(1 - s.f[2]) - log(s.rest()),
    "logistic.sample-loss": lambda s: loss_of_sample(s.y[s.n - 1], s.f[s.n - 1]),
    "logistic.sample-loss-positive": lambda s: -log(s.f[s.n - 1]),
    "logistic.sample-loss-negative": lambda s: -log(1 - s.f[s.n - 1]),
    "logistic.nll": lambda s: sum(loss_of_sample(y, f) for y, f in zip(s.y[: s.N], s.f[: s.N], strict=True)),
    "cross-entropy.definition": lambda s: -sum(p * log(q) for p, q in zip(s.p_of, s.q_of, strict=True)),
    "cross-entropy.true-distribution": lambda s: 1 - s.y[s.n - 1],
    "cross-entropy.model-distribution": lambda s: 1 - s.f[s.n - 1],
    "cross-entropy.two-classes": lambda s: loss_of_sample(s.y[s.n - 1], s.f[s.n - 1]),
    "cross-entropy.bernoulli": lambda s: loss_of_sample(s.y[s.n - 1], s.f[s.n - 1]),
}
"""Each row's terms, which are equal; of an arg max or arg min what is largest or smallest there; of a pair of lines the second."""


def compared_terms(equation):
    """The terms that are said to be equal; of places where something is largest, what it is that is."""
    terms = equal_terms(equation)
    return [terms[-1][2]] if terms[-1][0] in ("argmax", "argmin") else terms


@pytest.mark.parametrize("identifier", ROWS)
@pytest.mark.parametrize("seed", range(12))
def test_article_equation_is_true_by_hand(equations, identifier, seed):
    sample, equation = Sample(seed), equations[identifier]
    expected = BY_HAND[identifier](sample)
    at = {**sample.at(), **sample.premises(identifier)}
    for term in compared_terms(equation):
        assert float(value(term, equation.context, at)) == pytest.approx(expected, rel=1e-12, abs=1e-14)


def test_article_rows_compare_both_sides(equations):
    """A left-hand side is no mere name: it is worked out from its definition."""
    proved = [identifier for identifier in ROWS if equations[identifier].verdict != "definition"]
    assert len(proved) == 23
    for identifier in proved:
        assert len(compared_terms(equations[identifier])) > 1 or identifier == "logistic.argmin-nll"


# ------------------------------------------------------------ numbers


def test_article_tosses_stand_in_their_order(equations):
    shown = [toss for _, toss in equations["coin-sequence.tosses"].terms[-1][1:]]
    assert "".join("反正"[toss] for toss in shown) == "正正反正正正正反正正"


@pytest.mark.parametrize("identifier, number", [
    ("coin-sequence.heads", "8"), ("coin-sequence.tails", "2"), ("coin-sequence.length", "10"), ("coin.mle", "0.8"),
    ("three-cats.prediction-1", "0.7"), ("three-cats.prediction-2", "0.9"), ("three-cats.prediction-3", "0.5"),
    ("three-cats.log-1", "-0.357"), ("three-cats.log-2", "-0.105"), ("three-cats.log-3", "-0.693"),
    ("three-cats.log-likelihood", "-1.155"), ("three-cats.cross-entropy", "1.155"),
])  # fmt: skip
def test_article_number_ends_its_equation(equations, identifier, number):
    assert term_tex(equations[identifier])[-1] == number


def test_article_estimate_is_shown_as_eight_tenths_too(equations):
    assert [tokens(part) for part in term_tex(equations["coin.mle"])[1:3]] == [
        tokens(r"\frac{8}{10}"),
        tokens(r"\frac{4}{5}"),
    ]


def test_article_sum_is_the_sum_of_the_rounded_terms_too(equations):
    """-0.357 - 0.105 - 0.693 = -1.155 needs luck: rounded terms need not add up to the rounded sum."""
    thousandths = [round(1000 * float(digits(equations[f"three-cats.log-{which}"]))) for which in (1, 2, 3)]
    assert sum(thousandths) == round(1000 * float(digits(equations["three-cats.log-likelihood"]))) == -1155


def test_article_ten_pictures_are_ten_factors(equations):
    kind, index, _, low, high = equations["cats.likelihood"].terms[-1]
    assert (kind, index, low, high) == ("prod", "i", ("num", 1), ("num", 10))


def test_article_example_output_gives_its_logarithm_and_loss(equations):
    """Label cat (class 1), output [0.3, 0.7]: log(0.7) and -log(0.7)."""
    assert tokens(term_tex(equations["categorical.example-prediction"])[-1]) == tokens("[0.3, 0.7]")
    assert tokens(term_tex(equations["categorical.example-label"])[-1]) == tokens("[0, 1]")
    for identifier, sign, tex in (
        ("categorical.example-log-likelihood", 1, r"\log 0.7"),
        ("categorical.example-loss", -1, r"-\log 0.7"),
    ):
        equation = equations[identifier]
        assert tex in term_tex(equation)
        for term in equal_terms(equation):
            assert float(value(term, equation.context, {})) == pytest.approx(sign * log(0.7), rel=1e-14)


def test_article_sample_outputs_of_the_ten_cats_are_shown(equations):
    assert tokens(term_tex(equations["cats.example-outputs"])[-1]) == tokens(r"(0.7, 0.8, 0.6, \dots)")
