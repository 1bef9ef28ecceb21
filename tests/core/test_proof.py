"""The prover refuses what is wrong, and says which equation, in which forms, and where they differ."""

from __future__ import annotations

import re

import pytest
from sympy import (
    Derivative,
    Expr,
    FiniteSet,
    Function,
    Integer,
    Interval,
    Product,
    Rational,
    S,
    Sum,
    Symbol,
    Tuple,
    binomial,
    log,
)  # fmt: skip

from derivations.core import (
    COUNT,
    INDEX,
    LABEL,
    NAME,
    POSITIVE,
    UNIT,
    ArgMax,
    ArgMin,
    AsDecimal,
    Derivation,
    Dots,
    Roots,
    Style,
    Unproved,
    above,
    chain,
    decimal,
    equals,
    product_of,
    sum_of,
    up_to,
)
from derivations.core.certificate import NoCertificate
from derivations.core.domain import Domain
from derivations.core.enclosure import CannotEnclose, Undecided
from derivations.core.notation import Chain, Link, as_written
from derivations.core.proof import NotProved, Prover, Refuted
from derivations.core.rules import (
    bound,
    differentiate,
    maximise,
    negate,
    solve_for,
    substitute,
    sum_over,
    take_logarithm,
)

REFUSALS = (Refuted, NotProved, NoCertificate, Undecided, CannotEnclose)


# ------------------------------------------------------------ wrong forms of the coin


def coin():
    """The coin's derivation in small, its log-likelihood still to be shown."""
    derivation = Derivation("example", ("例", "Example"), source="mle/1")
    p, L = derivation.symbol("p", UNIT), derivation.function("L")
    likelihood = derivation.define("likelihood", L(p), lambda: 45 * p**8 * (1 - p) ** 2, title=("似然", "Likelihood"))
    return derivation, p, L, likelihood


WRONG_LOGARITHMS = {
    "sign turned": lambda p, ways: log(ways) + 8 * log(p) - 2 * log(1 - p),
    "coefficient one off": lambda p, ways: log(ways) + 7 * log(p) + 2 * log(1 - p),
    "p and 1 - p swapped": lambda p, ways: log(ways) + 8 * log(1 - p) + 2 * log(p),
    "term dropped": lambda p, ways: 8 * log(p) + 2 * log(1 - p),
    "factor dropped": lambda p, ways: log(ways) + log(p) + 2 * log(1 - p),
    "other binomial": lambda p, ways: log(binomial(10, 7)) + 8 * log(p) + 2 * log(1 - p),
    "divided by N": lambda p, ways: (log(ways) + 8 * log(p) + 2 * log(1 - p)) / 10,
    "base 2": lambda p, ways: (log(ways) + 8 * log(p) + 2 * log(1 - p)) / log(Integer(2)),
    "no logarithm": lambda p, ways: ways * p**8 * (1 - p) ** 2,
    "a little off": lambda p, ways: log(ways) + 8 * log(p) + 2 * log(1 - p) + Rational(1, 10**12),
}


def refusal(build) -> str:
    with pytest.raises(Unproved) as refused:
        build()
    return str(refused.value)


@pytest.mark.parametrize("variant", WRONG_LOGARITHMS)
def test_prover_refuses_a_wrong_log_likelihood(variant):
    derivation, p, L, likelihood = coin()
    wrong = WRONG_LOGARITHMS[variant]
    message = refusal(lambda: derivation.step(
        "log-likelihood", take_logarithm(likelihood), title=("对数", "Log"), shown=lambda: equals(log(L(p)), wrong(p, binomial(10, 8))),
    ))  # fmt: skip
    assert message.startswith("example.log-likelihood: Refuted"), message
    assert re.search(r"shown: +log\(L\(p\)\) = ", message) and re.search(r"computed: +.*log\(", message)
    assert re.search(r"at p = \d+/\d+: .+ is \[?-?\d", message), "a point where they differ"
    assert "example.log-likelihood" not in derivation.equations, "what is refused is not kept"


def test_prover_accepts_the_right_log_likelihood():
    derivation, p, L, likelihood = coin()
    equation = derivation.step(
        "log-likelihood", take_logarithm(likelihood), title=("对数", "Log"),
        shown=lambda: equals(log(L(p)), log(binomial(10, 8)) + 8 * log(p) + 2 * log(1 - p)),
    )  # fmt: skip
    assert equation.verdict == "proved" and [proof.method for proof in equation.proofs]


@pytest.mark.parametrize("wrong", [
    lambda p: 8 / p + 2 / (1 - p), lambda p: 8 / (1 - p) - 2 / p, lambda p: 8 / p - 3 / (1 - p), lambda p: 8 / p**2 - 2 / (1 - p), lambda p: 8 / p,
])  # fmt: skip
def test_prover_refuses_a_wrong_score(wrong):
    derivation, p, L, likelihood = coin()
    log_likelihood = take_logarithm(likelihood)
    message = refusal(lambda: derivation.step(
        "score", differentiate(derivation.define("log", None, log_likelihood.expression, title=("", ""), shown=lambda: equals(log(L(p)), p)), p),
        title=("得分", "Score"), shown=lambda: chain(Derivative(log(L(p)), p), "=", wrong(p), "=!", Integer(0)),
    ))  # fmt: skip
    assert message.startswith("example.score: Refuted") and "at p = " in message


def test_prover_refuses_a_right_relation_about_something_not_computed():
    """The chain is true, and not what was computed: -L is not L."""
    derivation, p, L, likelihood = coin()
    message = refusal(
        lambda: derivation.step(
            "nll", negate(likelihood), title=("", ""), shown=lambda: equals(L(p), 45 * p**8 * (1 - p) ** 2)
        )
    )
    assert message.startswith("example.nll: Refuted")


@pytest.mark.parametrize("relation", ["<", "≤"])
def test_prover_refuses_an_inequality_turned_round(relation):
    derivation, p, L, likelihood = coin()
    message = refusal(
        lambda: derivation.step(
            "bound", bound(likelihood), title=("", ""), shown=lambda: chain(L(p), relation, Integer(0))
        )
    )
    assert message.startswith("example.bound: NotProved")


def test_prover_refuses_an_inequality_about_something_not_computed():
    derivation, p, L, likelihood = coin()
    message = refusal(
        lambda: derivation.step(
            "bound", bound(likelihood), title=("", ""), shown=lambda: chain(1 / p, "=", 1 / p, ">", Integer(0))
        )
    )
    assert message.startswith("example.bound")
    message = refusal(
        lambda: derivation.step("bound", bound(likelihood), title=("", ""), shown=lambda: chain(1 / p, ">", Integer(1)))
    )
    assert message.startswith("example.bound")


@pytest.mark.parametrize("place", [Rational(7, 10), Integer(0), Integer(1), Rational(1, 5), Rational(9, 10)])
def test_prover_refuses_a_wrong_maximiser(place):
    derivation, p, L, likelihood = coin()
    found = maximise(likelihood, p, Interval(0, 1), candidates=(Rational(4, 5),))
    message = refusal(
        lambda: derivation.step(
            "maximum", found, title=("", ""), shown=lambda: equals(ArgMax(L(p), Tuple(p), Interval(0, 1)), place)
        )
    )
    assert message.startswith("example.maximum: NotProved")


def test_prover_refuses_a_minimiser_where_the_maximum_is():
    derivation, p, L, likelihood = coin()
    found = maximise(likelihood, p, Interval(0, 1), candidates=(Rational(4, 5),))
    assert refusal(lambda: derivation.step(
        "minimum", found, title=("", ""), shown=lambda: equals(ArgMin(L(p), Tuple(p), Interval(0, 1)), Rational(4, 5)),
    ))  # fmt: skip


@pytest.mark.parametrize(
    "shown", [(0, 1), (0, Rational(4, 5)), (0, Rational(4, 5), 1, Rational(1, 2)), (0, Rational(3, 5), 1), ()]
)
def test_prover_refuses_a_wrong_set_of_roots(shown):
    derivation, p, L, likelihood = coin()
    slope = derivation.define(
        "slope", None, 90 * p**7 * (1 - p) * (4 - 5 * p), title=("", ""), shown=lambda: equals(Derivative(L(p), p), p)
    )
    message = refusal(lambda: derivation.step(
        "roots", solve_for(slope, p, Interval(0, 1)), title=("", ""),
        shown=lambda: equals(Roots(Derivative(L(p), p), p, Interval(0, 1)), FiniteSet(*shown) if shown else S.EmptySet),
    ))  # fmt: skip
    assert message.startswith("example.roots: Refuted")


# ------------------------------------------------------------ sums, labels, digits


def samples():
    derivation = Derivation("sums", ("和", "Sums"), source="bce/5")
    n, N = derivation.symbol("n", INDEX), derivation.symbol("N", COUNT)
    f, y = derivation.family("f", UNIT, "f_{0}", "f_{0}"), derivation.family("y", LABEL, "y_{0}", "y_{0}")
    loss = derivation.define(
        "loss", derivation.function("l")(n), -(y(n) * log(f(n)) + (1 - y(n)) * log(1 - f(n))), title=("", "")
    )
    return derivation, n, N, f, y, loss


WRONG_SUMS = {
    "sign turned": lambda n, N, f, y: sum_of(y(n) * log(f(n)) + (1 - y(n)) * log(1 - f(n)), n, 1, N),
    "labels swapped": lambda n, N, f, y: -sum_of((1 - y(n)) * log(f(n)) + y(n) * log(1 - f(n)), n, 1, N),
    "prediction swapped": lambda n, N, f, y: -sum_of(y(n) * log(1 - f(n)) + (1 - y(n)) * log(f(n)), n, 1, N),
    "lower bound one off": lambda n, N, f, y: -sum_of(y(n) * log(f(n)) + (1 - y(n)) * log(1 - f(n)), n, 2, N),
    "upper bound one off": lambda n, N, f, y: -sum_of(y(n) * log(f(n)) + (1 - y(n)) * log(1 - f(n)), n, 1, N + 1),
    "mean": lambda n, N, f, y: -sum_of(y(n) * log(f(n)) + (1 - y(n)) * log(1 - f(n)), n, 1, N) / N,
    "one kind of label": lambda n, N, f, y: -sum_of(y(n) * log(f(n)), n, 1, N),
    "product for sum": lambda n, N, f, y: -product_of(y(n) * log(f(n)) + (1 - y(n)) * log(1 - f(n)), n, 1, N),
    "first sample alone": lambda n, N, f, y: -N * (y(1) * log(f(1)) + (1 - y(1)) * log(1 - f(1))),
}


@pytest.mark.parametrize("variant", WRONG_SUMS)
def test_prover_refuses_a_wrong_sum_over_samples(variant):
    derivation, n, N, f, y, loss = samples()
    message = refusal(
        lambda: derivation.step(
            "nll",
            sum_over(loss, n, 1, N),
            title=("", ""),
            shown=lambda: equals(WRONG_SUMS[variant](n, N, f, y), WRONG_SUMS[variant](n, N, f, y)),
        )
    )
    assert message.startswith("sums.nll: Refuted") and "N = " in message


def test_prover_refuses_the_other_label():
    derivation, n, N, f, y, loss = samples()
    message = refusal(
        lambda: derivation.step(
            "one",
            substitute(loss, {y(n): Integer(1)}),
            title=("", ""),
            shown=lambda: equals(-log(f(n)), -log(1 - f(n))),
        )
    )
    assert message.startswith("sums.one: Refuted")


@pytest.mark.parametrize("digits", ["-0.356", "-0.358", "0.357", "-0.3567", "-0.36"])
def test_prover_refuses_digits_that_are_not_the_nearest(digits):
    prover = Prover({}, Domain(), Style())
    right = digits in ("-0.3567", "-0.36")
    if right:
        assert prover.relation(log(Rational(7, 10)), "≈", decimal(digits)).method == "enclosure"
    else:
        with pytest.raises(Refuted, match=re.escape(digits)):
            prover.relation(log(Rational(7, 10)), "≈", decimal(digits))


def test_prover_compares_decimals_term_by_term_only_with_a_sum():
    product = as_written(lambda: 2 * log(Integer(2)))
    with pytest.raises(REFUSALS):
        Prover({}, Domain(), Style()).approximates(
            product, as_written(lambda: AsDecimal(Integer(2), 3) + AsDecimal(Rational(693, 1000), 3))
        )


# ------------------------------------------------------------ soundness of each method of proof

i, j, n = (Symbol(name, integer=True, positive=True) for name in "ijn")
k, p, q = Symbol("k", integer=True, positive=True), Symbol("p", positive=True), Symbol("q", positive=True)
x, y = Function("x", positive=True), Function("y", positive=True)
SUMS = Domain({n: COUNT, x: POSITIVE, y: POSITIVE})


def test_prover_knows_no_relation_it_cannot_prove():
    with pytest.raises(ValueError, match="≠"):
        Prover({}, Domain({p: UNIT}), Style()).relation(p, "≠", p)


def test_induction_refuses_terms_that_change_with_the_count():
    """n·x_i summed to n is not x_1 plus (i-1)·x_i summed to n, though both agree at n = 1 and grow by the same last term."""
    with pytest.raises(REFUSALS):
        Prover({}, SUMS, Style()).equal(sum_of(n * x(i), i, 1, n), x(1) + sum_of((i - 1) * x(i), i, 1, n))


def test_induction_proves_what_it_should():
    assert Prover({}, SUMS, Style()).equal(log(product_of(x(i), i, 1, n)), sum_of(log(x(i)), i, 1, n)).method in (
        "algebra",
        "induction",
    )
    assert Prover({}, SUMS, Style()).equal(sum_of(i, i, 1, n), n * (n + 1) / 2).method == "induction"


def test_sums_over_different_indices_are_not_confused():
    with pytest.raises(REFUSALS):
        Prover({}, SUMS, Style()).equal(
            sum_of(sum_of(x(i) ** 2 * y(j), j, 1, n), i, 1, n), sum_of(sum_of(x(i) * x(j) * y(j), j, 1, n), i, 1, n)
        )


def test_samples_behind_the_dots_are_not_a_constant():
    w, b, f, rest, L = Symbol("w"), Symbol("b"), Function("f", positive=True), Dots(), Function("L")
    prover = Prover({L(w, b): f(1) * f(2) * (1 - f(3)) * rest}, Domain({w: NAME, b: NAME, f: UNIT}), Style())
    whole = ArgMax(L(w, b), Tuple(w, b), S.UniversalSet)
    assert prover.equal(whole, ArgMin(-log(L(w, b)), Tuple(w, b), S.UniversalSet)).method == "monotone"
    for other in (
        ArgMax(f(1) * f(2) * (1 - f(3)), Tuple(w, b), S.UniversalSet),
        ArgMin(log(L(w, b)), Tuple(w, b), S.UniversalSet),
        ArgMax(-log(L(w, b)), Tuple(w, b), S.UniversalSet),
        ArgMin(L(w, b), Tuple(w, b), S.UniversalSet),
        ArgMax(L(w, b), Tuple(w), S.UniversalSet),
    ):
        with pytest.raises(REFUSALS):
            prover.equal(whole, other)


def test_label_cases_hold_for_labels_alone():
    label = Symbol("y", integer=True, nonnegative=True)
    assert Prover({}, Domain({label: LABEL, p: UNIT}), Style()).equal(label**2, label).method == "cases"
    with pytest.raises(Refuted):
        Prover({}, Domain({label: COUNT, p: UNIT}), Style()).equal(label**2, label)
    with pytest.raises(Refuted, match="y = 0"):
        Prover({}, Domain({label: LABEL, p: UNIT}), Style()).equal(p**label, p)


def test_slack_of_one_index_is_not_taken_for_all():
    N, C, c = (
        Symbol("N", integer=True, positive=True),
        Symbol("C", integer=True, positive=True),
        Function("c", integer=True, positive=True),
    )
    prover = Prover({}, Domain({i: INDEX, N: COUNT, C: COUNT, c: up_to(C)}), Style())
    with pytest.raises(REFUSALS):
        prover.equal(sum_of(C - c(i), i, 1, N), N * (C - c(i)))


def test_comparison_with_a_bound_of_a_domain():
    domain = Domain({p: UNIT, k: COUNT, n: above(k)})
    prover = Prover({}, domain, Style())
    assert prover.relation(n, ">", k).method == "signs"
    assert prover.relation(k / n, "<", Integer(1)).method == "signs"
    for left, relation, right in (
        (k, ">", n),
        (k / n, "<", Rational(1, 2)),
        (p, ">", Rational(1, 10)),
        (p, ">", p),
        (p, "<", p),
    ):
        with pytest.raises(REFUSALS):
            prover.relation(left, relation, right)


def test_definitions_that_go_round_in_a_circle_are_refused():
    L, M = Function("L"), Function("M")
    with pytest.raises(ValueError, match="circle"):
        Prover({L(p): M(p) + 1, M(p): L(p) + 1}, Domain({p: UNIT}), Style()).resolve(L(p))


# ------------------------------------------------------------ every equation of the site, spoilt


def spoilt(line: Chain) -> list[Chain]:
    """The last equality of a chain with another right-hand side: its negative, one more, twice as much."""
    if not line.links:
        return []
    *before, last = line.links
    if last.relation != "=" or not isinstance(last.term, Expr) or isinstance(last.term, (ArgMax, ArgMin, Roots)):
        return []
    others = (
        [last.term + 1]
        if last.term == 0
        else [-last.term]
        if last.term.is_infinite
        else [-last.term, last.term + 1, 2 * last.term]
    )
    return [Chain(line.first, (*before, Link("=", other))) for other in others]


def test_every_equation_of_the_site_is_refused_when_spoilt(equations):
    tried = 0
    for equation in equations.values():
        if equation.verdict == "definition":
            continue
        prover = Prover(equation.definitions, equation.domain, equation.style)
        for wrong in spoilt(equation.lines[0]):
            tried += 1
            with pytest.raises(REFUSALS):
                prover.chain(wrong, equation.expression)
                pytest.fail(f"{equation.id}: {wrong} passed as true")
    assert tried > 250


def test_every_inequality_of_the_site_is_refused_when_turned_round(equations):
    turned = {"<": ">", ">": "<", "≤": ">", "≥": "<"}
    tried = 0
    for equation in equations.values():
        if equation.verdict == "definition":
            continue
        prover = Prover(equation.definitions, equation.domain, equation.style)
        for line in equation.lines:
            for left, link in zip(line.terms, line.links, strict=False):
                if link.relation in turned:
                    tried += 1
                    with pytest.raises(REFUSALS):
                        prover.relation(left, turned[link.relation], link.term)
                        pytest.fail(f"{equation.id} passed turned round")
    assert tried > 10


def test_sums_and_products_of_the_engine_are_sympys():
    assert isinstance(sum_of(x(i), i, 1, n), Sum) and isinstance(product_of(x(i), i, 1, n), Product)
