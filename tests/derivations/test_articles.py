"""Every displayed equation, table row and number of the two source articles against the catalogue: as typography and as mathematics.

`article_rows.json` holds the equations' TeX as the articles set it. Each has its mathematics a second time below, as a Python function written by hand from that TeX.
"""

from __future__ import annotations

import json
import re
from math import comb, log, prod
from pathlib import Path
from random import Random

import pytest

from tests.derivations.evaluation import as_function, integer, resolved, terms_of, value

ROWS = json.loads((Path(__file__).parent / "article_rows.json").read_text(encoding="utf-8"))

SHOWN_IN_FULL = {"coin.mle": "the article gives p = 0.8 alone; the site owes 8/10 and 4/5 between the two"}
"""Rows that stand in the catalogue with more links between their first and their last term."""


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


def lines(tex: str) -> list[str]:
    """A displayed equation line by line, without its alignment."""
    inner = re.fullmatch(r"\\begin\{aligned\}(.*)\\end\{aligned\}", tex, flags=re.DOTALL)
    return [row.replace("&", "") for row in inner[1].split(r"\\")] if inner else [tex]


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


@pytest.mark.parametrize("identifier", [name for name in ROWS if name not in SHOWN_IN_FULL])
def test_article_equation_is_set_as_the_article_sets_it(equations, identifier):
    rendered = lines(equations[identifier].tex("zh"))
    assert [tokens(row) for row in rendered] == [tokens(row) for row in ROWS[identifier]["tex"]]


@pytest.mark.parametrize("identifier", SHOWN_IN_FULL)
def test_article_equation_shown_in_full_begins_and_ends_as_in_the_article(equations, identifier):
    parts = equations[identifier].parts()
    ends = f"{parts[0]['tex']['zh']} {parts[-1]['relation']} {parts[-1]['tex']['zh']}"
    assert [tokens(ends)] == [tokens(row) for row in ROWS[identifier]["tex"]]


@pytest.mark.parametrize("identifier", ROWS)
def test_article_equation_differs_between_languages_in_words_alone(equations, identifier):
    zh, en = (equations[identifier].tex(language) for language in ("zh", "en"))
    assert zh.replace("类别", "class") == en


TABLE = {
    "coin-sequence.likelihood": r"L(p) = p^8(1-p)^2",
    "cats.likelihood": r"L(\theta) = \prod \hat{y}_i",
    "coin-sequence.log-likelihood": r"8\log p + 2\log(1-p)",
    "cats.log-likelihood": r"\sum \log \hat{y}_i",
    "coin-sequence.heads-loss": r"-\log p",
    "cats.cross-entropy": r"-\sum \log \hat{y}_i",
}
"""The analogy (mle 3). The article's table leaves out the bounds of sums and products and the argument of a prediction; so does the comparison."""


@pytest.mark.parametrize("identifier", TABLE)
def test_table_row_is_a_term_of_its_equation(equations, identifier):
    asked = tokens(TABLE[identifier])
    parts = [part["tex"]["zh"] for part in equations[identifier].parts()]
    candidates = [*parts, " = ".join(parts[:2])]
    short = [re.sub(r"_\{i=1\}\^\{10\}", "", part).replace(r"\hat{y}_i(\theta)", r"\hat{y}_i") for part in candidates]
    assert asked in [tokens(part) for part in short]


# ------------------------------------------------------------ mathematics


class Sample:
    """Numbers for every quantity of the articles, drawn anew for each seed."""

    def __init__(self, seed: int) -> None:
        draw = Random(seed)
        self.p = draw.uniform(0.01, 0.99)
        self.N, self.n = draw.randint(1, 8), draw.randint(1, 5)
        self.c_true = [draw.randint(1, 3) for _ in range(8)]
        self.yhat = [draw.uniform(0.01, 0.99) for _ in range(10)]
        self.yhat_of_class = [[draw.uniform(0.01, 0.99) for _ in range(3)] for _ in range(8)]
        self.f = [draw.uniform(0.01, 0.99) for _ in range(8)]
        self.y = [draw.randint(0, 1) for _ in range(8)]
        self.rest = draw.uniform(0.01, 1)
        weights = [draw.uniform(0.1, 1) for _ in range(4)]
        self.p_of = [weight / sum(weights) for weight in weights]
        self.q_of = self.p_of[::-1]
        self.p_class, self.q_class = draw.uniform(0.1, 0.9), draw.uniform(0.1, 0.9)

    def of_true_class(self) -> list[float]:
        return [row[true - 1] for row, true in zip(self.yhat_of_class[: self.N], self.c_true[: self.N], strict=True)]

    def at(self) -> dict:
        """The same numbers under the names of the catalogue."""
        return {
            "p": self.p, "N": self.N, "n": self.n, "categorical_true_class": as_function(self.c_true), "i": 1, "rest": self.rest,
            "cats_prediction": as_function(self.yhat), "categorical_prediction": as_function(self.yhat_of_class),
            "logistic_model": as_function(self.f), "logistic_label": as_function(self.y),
            "cross-entropy_p": as_function(self.p_of), "cross-entropy_q": as_function(self.q_of), "X": [1, 2, 3, 4],
            "cross-entropy_p_class": lambda c: self.p_class if c == 1 else 1 - self.p_class,
            "cross-entropy_q_class": lambda c: self.q_class if c == 1 else 1 - self.q_class,
        }  # fmt: skip


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
    "logistic.likelihood": lambda s: s.f[0] * s.f[1] * (1 - s.f[2]) * s.rest,
    "logistic.argmax": lambda s: s.f[0] * s.f[1] * (1 - s.f[2]) * s.rest,
    "logistic.argmin-nll": lambda s: -log(s.f[0] * s.f[1] * (1 - s.f[2]) * s.rest),
    "logistic.nll-of-product": lambda s: -log(s.f[0] * s.f[1] * (1 - s.f[2]) * s.rest),
    "logistic.nll-bracketed": lambda s: -(log(s.f[0]) + log(s.f[1]) + log(1 - s.f[2]) + log(s.rest)),
    "logistic.nll-expanded": lambda s: -log(s.f[0]) - log(s.f[1]) - log(1 - s.f[2]) - log(s.rest),
    "logistic.sample-loss": lambda s: loss_of_sample(s.y[s.n - 1], s.f[s.n - 1]),
    "logistic.sample-loss-positive": lambda s: -log(s.f[s.n - 1]),
    "logistic.sample-loss-negative": lambda s: -log(1 - s.f[s.n - 1]),
    "logistic.nll": lambda s: sum(loss_of_sample(y, f) for y, f in zip(s.y[: s.N], s.f[: s.N], strict=True)),
    "cross-entropy.definition": lambda s: -sum(p * log(q) for p, q in zip(s.p_of, s.q_of, strict=True)),
    "cross-entropy.true-distribution": lambda s: 1 - s.y[s.n - 1],
    "cross-entropy.model-distribution": lambda s: 1 - s.f[s.n - 1],
    "cross-entropy.two-classes": lambda s: -(s.p_class * log(s.q_class) + (1 - s.p_class) * log(1 - s.q_class)),
    "cross-entropy.bernoulli": lambda s: loss_of_sample(s.y[s.n - 1], s.f[s.n - 1]),
}
"""Each row's right-hand side; of an arg max or arg min its objective; of a pair of lines the second."""

PAIRS = ("cross-entropy.true-distribution", "cross-entropy.model-distribution")


def computed(equation):
    if equation.id in PAIRS:
        return equation.lines[-1].last
    expression = resolved(equation, equation.expression)
    return getattr(expression, "objective", expression)


def shown_terms(equation):
    """The terms of the last line that are right-hand sides of the article's row (a condition `= 0` and rounded digits are none)."""
    kept = []
    for relation, term in terms_of(equation)[-1][1:]:
        if relation != "=":
            break
        kept.append(getattr(term, "objective", term))
    return kept[-1:] if equation.id == "logistic.argmin-nll" else kept


@pytest.mark.parametrize("identifier", ROWS)
@pytest.mark.parametrize("seed", range(12))
def test_article_equation_is_true_of_what_was_computed(equations, identifier, seed):
    sample, equation = Sample(seed), equations[identifier]
    expected = BY_HAND[identifier](sample)
    assert float(value(computed(equation), sample.at())) == pytest.approx(expected, rel=1e-12, abs=1e-14)
    assert shown_terms(equation), "no term was compared"
    for term in shown_terms(equation):
        assert float(value(term, sample.at())) == pytest.approx(expected, rel=1e-12, abs=1e-14)


# ------------------------------------------------------------ numbers


def digits(equations, identifier) -> str:
    return equations[identifier].value.digits.digits()


def test_article_tosses_stand_in_their_order(equations):
    shown = [integer(toss) for toss in equations["coin-sequence.tosses"].expression]
    assert "".join("反正"[toss] for toss in shown) == "正正反正正正正反正正"


@pytest.mark.parametrize("identifier, number", [
    ("coin-sequence.heads", "8"), ("coin-sequence.tails", "2"), ("coin-sequence.length", "10"), ("coin.mle", "0.8"),
    ("three-cats.prediction-1", "0.7"), ("three-cats.prediction-2", "0.9"), ("three-cats.prediction-3", "0.5"),
    ("three-cats.log-1", "-0.357"), ("three-cats.log-2", "-0.105"), ("three-cats.log-3", "-0.693"),
    ("three-cats.log-likelihood", "-1.155"), ("three-cats.cross-entropy", "1.155"),
])  # fmt: skip
def test_article_number_is_a_value_of_the_catalogue(equations, identifier, number):
    assert digits(equations, identifier) == number
    assert number.lstrip("-") in equations[identifier].tex("zh")


def test_article_sum_is_the_sum_of_the_rounded_terms_too(equations):
    """-0.357 - 0.105 - 0.693 = -1.155 needs luck: rounded terms need not add up to the rounded sum."""
    thousandths = [round(1000 * float(digits(equations, f"three-cats.log-{which}"))) for which in (1, 2, 3)]
    assert sum(thousandths) == round(1000 * float(digits(equations, "three-cats.log-likelihood"))) == -1155


def test_article_ten_pictures_are_ten_factors(equations):
    _, (_, low, high) = equations["cats.likelihood"].expression.args
    assert (integer(low), integer(high)) == (1, 10)


def test_article_example_output_gives_its_logarithm_and_loss(equations):
    """Label cat (class 1), output [0.3, 0.7]: log(0.7) and -log(0.7)."""
    first, second = equations["categorical.example-prediction"].lines[0].last.args[0]
    assert (first.digits(), second.digits()) == ("0.3", "0.7")
    label = [integer(entry) for entry in equations["categorical.example-label"].lines[0].last.args[0]]
    assert label == [0, 1]
    for identifier, sign, tex in (
        ("categorical.example-log-likelihood", 1, r"\log 0.7"),
        ("categorical.example-loss", -1, r"-\log 0.7"),
    ):
        assert float(value(equations[identifier].expression, {})) == pytest.approx(sign * log(0.7), rel=1e-14)
        assert tex in [part["tex"]["en"] for part in equations[identifier].parts()]


def test_article_example_output_is_set_in_square_brackets(equations):
    assert tokens(equations["categorical.example-prediction"].parts()[-1]["tex"]["zh"]) == tokens("[0.3, 0.7]")


def test_article_sample_outputs_of_the_ten_cats_are_in_the_catalogue(equations):
    shown = " ".join(equation.tex("zh") for identifier, equation in equations.items() if identifier.startswith("cats."))
    assert all(number in shown for number in ("0.7", "0.8", "0.6"))
