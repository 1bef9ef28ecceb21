"""The printers: the author's order and the articles' typography, and nothing that reads otherwise than it is."""

from __future__ import annotations

import pytest
from sympy import (
    Derivative,
    FiniteSet,
    Function,
    Integer,
    Interval,
    Limit,
    Rational,
    S,
    Subs,
    Symbol,
    Tuple,
    binomial,
    exp,
    log,
    oo,
    sqrt,
)  # fmt: skip

from derivations.core import (
    BCE_STYLE,
    ArgMax,
    ArgMin,
    Bracket,
    Dots,
    Named,
    Roots,
    Style,
    SumOverEvents,
    Text,
    chain,
    decimal,
    family,
    product_of,
    quotient,
    sum_of,
)
from derivations.core.latex import latex, plain
from derivations.core.notation import as_written, flatten

p, q, n, k, x = (Symbol(name, positive=True) for name in "pqnkx")
i, N, z, theta = Symbol("i", integer=True), Symbol("N", integer=True), Symbol("z", real=True), Symbol("theta")
L, H = Function("L"), Function("H")
yhat = family("test-prediction", r"\hat{{y}}_{0}(\theta)", "ŷ_{0}(θ)", positive=True)
words = family(
    "test-class", Text(r"p(\text{{类别}}={0})", r"p(\text{{class}}={0})"), Text("p(类别={0})", "p(class={0})")
)
DOTTED = Style(times=r"\cdot")

FORMS = [
    (lambda: binomial(10, 8) * p**8 * (1 - p) ** 2, r"\binom{10}{8} p^8 (1 - p)^2", "C(10, 8)·p^8·(1 - p)^2"),
    (lambda: log(L(p)), r"\log L(p)", "log(L(p))"),
    (lambda: 8 * log(p) + 2 * log(1 - p), r"8 \log p + 2 \log(1 - p)", "8·log(p) + 2·log(1 - p)"),
    (lambda: 8 / p - 2 / (1 - p), r"\frac{8}{p} - \frac{2}{1 - p}", "8/p - 2/(1 - p)"),
    (lambda: -8 / p**2, r"-\frac{8}{p^2}", "-8/p^2"),
    (lambda: k / (n * (n - k)), r"\frac{k}{n (n - k)}", "k/(n·(n - k))"),
    (lambda: p**10, r"p^{10}", "p^10"),
    (lambda: p ** (n - k), r"p^{n - k}", "p^(n - k)"),
    (lambda: (1 - p) ** 2, r"(1 - p)^2", "(1 - p)^2"),
    (lambda: p - (q - 1), r"p - (q - 1)", "p - (q - 1)"),
    (lambda: p * (q + 1), r"p (q + 1)", "p·(q + 1)"),
    (lambda: -(p + q), r"-(p + q)", "-(p + q)"),
    (lambda: quotient(8, 10), r"\frac{8}{10}", "8/10"),
    (lambda: Rational(-125, 2), r"-\frac{125}{2}", "-125/2"),
    (lambda: decimal("0.7") * decimal("0.9"), r"0.7 \cdot 0.9", "0.7·0.9"),
    (lambda: decimal("-0.357") + decimal("-0.105"), "-0.357 - 0.105", "-0.357 - 0.105"),
    (lambda: log(decimal("0.7")), r"\log 0.7", "log(0.7)"),
    (lambda: Integer(2) * Integer(3), r"2 \cdot 3", "2·3"),
    (lambda: sqrt(p), r"\sqrt{p}", "√(p)"),
    (lambda: exp(-z), "e^{-z}", "exp(-z)"),
    (lambda: sum_of(log(yhat(i)), i, 1, N), r"\sum_{i=1}^{N} \log\hat{y}_i(\theta)", "Σ[i=1..N] log(ŷ_i(θ))"),
    (lambda: product_of(yhat(i), i, 1, 10), r"\prod_{i=1}^{10} \hat{y}_i(\theta)", "Π[i=1..10] ŷ_i(θ)"),
    (lambda: sum_of(1 - yhat(i), i, 1, N), r"\sum_{i=1}^{N} (1 - \hat{y}_i(\theta))", "Σ[i=1..N] (1 - ŷ_i(θ))"),
    (lambda: SumOverEvents(p * q, x, Symbol("X")), r"\sum_{x} p q", "Σ[x] p·q"),
    (lambda: Bracket(-log(L(p))), r"\left[ -\log L(p) \right]", "[-log(L(p))]"),
    (lambda: p * Dots(), r"p \cdots", "p·⋯"),
    (lambda: log(p) + log(Dots()), r"\log p + \cdots", "log(p) + ⋯"),
    (lambda: Derivative(log(L(p)), p), r"\frac{d\log L(p)}{dp}", "d log(L(p))/dp"),
    (lambda: Derivative(L(p), (p, 2)), r"\frac{d^2L(p)}{dp^2}", "d^2 L(p)/dp^2"),
    (lambda: Subs(Derivative(L(p), p), p, quotient(8, 10)), r"\left. \frac{dL(p)}{dp} \right|_{p=\frac{8}{10}}", "d L(p)/dp at p = 8/10"),
    (lambda: Limit(L(z), z, oo, "-"), r"\lim_{z \to \infty} L(z)", "lim[z → oo] L(z)"),
    (lambda: ArgMax(L(p), Tuple(p), Interval(0, 1)), r"\underset{p\in [0,1]}{\arg \max} L(p)", "arg max[p in [0, 1]] L(p)"),
    (lambda: ArgMin(L(p), Tuple(p, q), S.UniversalSet), r"\underset{p,q}{\arg \min} L(p)", "arg min[p, q] L(p)"),
    (lambda: Roots(L(p), p, Interval.open(0, 1)), r"\left\{p \in (0,1) : L(p) = 0\right\}", "{p in (0, 1) : L(p) = 0}"),
    (lambda: FiniteSet(1, 0, Rational(4, 5)), r"\left\{0,\, \frac{4}{5},\, 1\right\}", "{0, 4/5, 1}"),
    (lambda: S.EmptySet, r"\varnothing", "{}"),
    (lambda: Tuple(1, 0), "(1, 0)", "(1, 0)"),
    (lambda: Named("loss", r"\mathcal{L}"), r"\mathcal{L}", "loss"),
    (lambda: theta, r"\theta", "θ"),
]  # fmt: skip


@pytest.mark.parametrize("build, tex, text", FORMS, ids=[text for _, _, text in FORMS])
def test_form_is_printed_as_written(build, tex, text):
    shown = flatten(as_written(build))
    assert latex(shown, Style(), "en") == tex
    assert plain(shown) == text


@pytest.mark.parametrize("build, tex", [
    (lambda: log(yhat(1)), r"\ln(\hat{y}_1(\theta))"), (lambda: log(L(p)), r"\ln L(p)"), (lambda: -log(Bracket(p * q)), r"-\ln \left[ p q \right]"),
    (lambda: log(1 - p), r"\ln(1 - p)"), (lambda: log(p / q), r"\ln\left(\frac{p}{q}\right)"),
])  # fmt: skip
def test_style_of_the_second_article_has_ln_and_parentheses(build, tex):
    assert latex(flatten(as_written(build)), BCE_STYLE, "zh") == tex


def test_style_with_dots_multiplies_with_dots():
    shown = flatten(as_written(lambda: binomial(10, 8) * p**8 * (1 - p) ** 2))
    assert latex(shown, DOTTED, "en") == r"\binom{10}{8} \cdot p^8 \cdot (1 - p)^2"


def test_words_inside_formulas_follow_the_language():
    assert (
        latex(words(1), Style(), "zh") == r"p(\text{类别}=1)" and latex(words(1), Style(), "en") == r"p(\text{class}=1)"
    )
    assert plain(words(1), "zh") == "p(类别=1)" and plain(words(1)) == "p(class=1)"


def test_chain_is_printed_with_its_relations():
    shown = as_written(lambda: chain(p, "=", q, "≈", decimal("0.5"), "≥", Integer(0), "=!", Integer(0)))
    assert latex(shown, Style(), "en") == r"p = q \approx 0.5 \ge 0 = 0"
    assert plain(shown) == "p = q ≈ 0.5 ≥ 0 = 0"


def test_braces_of_every_equation_balance(equations):
    for equation in equations.values():
        for language in ("zh", "en"):
            tex = equation.tex(language)
            bare = tex.replace(r"\{", "").replace(r"\}", "")
            assert bare.count("{") == bare.count("}") and tex.count(r"\left") == tex.count(r"\right"), equation.id


def test_no_name_of_the_engine_is_printed(equations):
    """What has no form of its own would show its Python name."""
    for equation in equations.values():
        for language in ("zh", "en"):
            printed = equation.tex(language) + equation.plain(language)
            for name in (
                "AsDecimal",
                "Bracket",
                "ArgM",
                "Roots(",
                "SumOver",
                "Derivative",
                "Subs(",
                "_prediction",
                "None",
                "Tuple",
            ):
                assert name not in printed, f"{equation.id}: {printed}"
