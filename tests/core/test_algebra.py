"""Exact algebra is sound: what it calls positive is positive, what it rewrites keeps its value. Oracle: numbers at points drawn by Hypothesis."""

from __future__ import annotations

import mpmath
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from sympy import Expr, Function, Integer, Product, Rational, Sum, Symbol, binomial, exp, log

from derivations.core.algebra import expand_logarithms, next_step, normal_form, positive
from derivations.core.domain import COUNT, LABEL, NAME, POSITIVE, REAL, UNIT, Domain, above
from derivations.core.notation import Named, evaluated, product_of, sum_of
from tests.derivations.evaluation import as_function, value

p, q, u = (Symbol(name, positive=True) for name in "pqu")
y = Symbol("y", integer=True, nonnegative=True)
z = Symbol("z", real=True)
k, n = Symbol("k", integer=True, positive=True), Symbol("n", integer=True, positive=True)
i, N = Symbol("i", integer=True, positive=True), Symbol("N", integer=True, positive=True)
f = Function("f", positive=True)
DOMAIN = Domain({p: UNIT, q: UNIT, u: POSITIVE, y: LABEL, z: REAL, k: COUNT, n: above(k)})

atoms = st.sampled_from(
    [p, q, u, y, k, n, 1 - p, 1 - q, n - k, Integer(2), Integer(-1), Rational(1, 3), Rational(-5, 2)]
)


def larger(smaller):
    return st.one_of(
        st.builds(lambda a, b: a + b, smaller, smaller),
        st.builds(lambda a, b: a - b, smaller, smaller),
        st.builds(lambda a, b: a * b, smaller, smaller),
        st.builds(lambda a, b: a / b if b != 0 else a, smaller, smaller),
        st.builds(lambda a, power: a**power, smaller, st.integers(1, 3)),
        st.builds(lambda a: log(a) if positive(a, DOMAIN) else a, smaller),
        st.builds(lambda a: a * exp(-z), smaller),
    )


expressions = st.recursive(atoms, larger, max_leaves=7)


@st.composite
def spots(draw) -> dict:
    size = draw(st.integers(1, 6))
    inside = st.floats(1e-4, 1 - 1e-4)
    return {
        "p": draw(inside), "q": draw(inside), "u": draw(st.floats(1e-3, 1e3)), "y": draw(st.integers(0, 1)), "z": draw(st.floats(-4, 4)),
        "k": size, "n": size + draw(st.integers(1, 5)),
    }  # fmt: skip


def number(expression: Expr, at: dict) -> mpmath.mpf:
    try:
        found = value(expression, at)
    except ZeroDivisionError:
        found = mpmath.nan
    assume(mpmath.isfinite(found) and isinstance(found, mpmath.mpf))
    return found


@given(expression=expressions, at=spots(), strictly=st.booleans())
def test_positive_is_never_said_of_what_is_not(expression, at, strictly):
    assume(expression.is_finite is not False and positive(expression, DOMAIN, strictly))
    assert (number(expression, at) > 0) if strictly else number(expression, at) >= 0


def test_positive_is_said_of_what_plainly_is():
    said = (
        p,
        1 - p,
        p * (1 - p),
        n - k,
        1 - k / n,
        2 - p - q,
        p**2 - 2 * p + 1,
        -log(p),
        log(1 + u),
        exp(z),
        1 - 1 / (1 + exp(-z)),
        binomial(n, k),
        k / p + (n - k) / (1 - p),
    )
    assert [expression for expression in said if not positive(expression, DOMAIN)] == []


@pytest.mark.parametrize("expression", [
    p - q, 1 - u, (2 * p - 1) ** 2, log(u), p - Rational(1, 10**9), y, z, k - 1, -p, Integer(0), -log(p - 1), -log(p) - 1, n - k - 1, 1 - p - q, 1 / (p - q), p / (2 * p - 1),
])  # fmt: skip
def test_positive_is_not_said_of_what_may_fail(expression):
    assert not positive(expression, DOMAIN)


def test_positive_keeps_quantities_of_one_name_apart():
    other = Named("p", r"\hat{p}", positive=True)
    assert not positive(Rational(1, 10) + p - other, Domain({p: UNIT, other: UNIT}))


def test_positive_asks_for_the_domain_and_not_for_the_letter():
    assert (
        positive(1 - p, Domain({p: UNIT}))
        and not positive(1 - p, Domain({p: POSITIVE}))
        and not positive(1 - p, Domain({p: NAME}))
    )


@given(expression=expressions, at=spots())
def test_normal_form_keeps_the_value(expression, at):
    before, after = number(expression, at), number(normal_form(expression, DOMAIN), at)
    assert mpmath.almosteq(before, after, rel_eps=1e-15, abs_eps=1e-15)


@given(one=expressions, other=expressions, at=spots())
def test_normal_form_zero_means_equal(one, other, at):
    if normal_form(one - other, DOMAIN) == 0:
        assert mpmath.almosteq(number(one, at), number(other, at), rel_eps=1e-15, abs_eps=1e-15)
    assert normal_form(one - one, DOMAIN) == 0


@given(expression=expressions, at=spots())
def test_expanded_logarithms_keep_the_value(expression, at):
    assume(positive(expression, DOMAIN))
    taken = log(expression)
    assert mpmath.almosteq(
        number(taken, at), number(expand_logarithms(taken, DOMAIN), at), rel_eps=1e-12, abs_eps=1e-12
    )


def test_logarithm_is_split_only_where_every_factor_is_positive():
    assert expand_logarithms(log(p**8 * (1 - p) ** 2), DOMAIN) == 8 * log(p) + 2 * log(1 - p)
    difference = log((p - q) * (q - p - 1))
    assert expand_logarithms(difference, DOMAIN).atoms(log) == difference.atoms(log), (
        "two negative factors are left together"
    )
    assert expand_logarithms(log(z**2), DOMAIN) == log(z**2), "the root of a square is not the number"


FAMILY = Domain({f: UNIT, N: COUNT, i: COUNT})


@given(values=st.lists(st.floats(0.01, 0.99), min_size=2, max_size=8))
def test_next_step_adds_the_last_term_and_factor(values):
    at = {"f": as_function(values), "N": len(values) - 1}
    for whole in (
        sum_of(log(f(i)), i, 1, N),
        product_of(f(i), i, 1, N),
        N * sum_of(f(i), i, 1, N) - product_of(1 - f(i), i, 1, N),
    ):
        assert mpmath.almosteq(value(next_step(whole, N), at), value(whole, {**at, "N": len(values)}), rel_eps=1e-20)


def test_next_step_refuses_terms_or_bounds_that_move_along():
    for whole in (sum_of(N * f(i), i, 1, N), sum_of(f(i), i, N, N), product_of(f(i), i, 1, 2 * N)):
        assert next_step(whole, N) is None


@given(values=st.lists(st.floats(0.01, 0.99), min_size=1, max_size=6))
def test_normal_form_of_sums_keeps_the_value(values):
    at = {"f": as_function(values), "N": len(values)}
    for whole in (
        3 * Sum(log(f(i)), (i, 1, N)) - Sum(f(i) + 2, (i, 1, N)),
        Sum(f(i) * (1 - f(i)), (i, 1, N)) / N + N,
        log(Product(f(i), (i, 1, N))) + Sum(Integer(1), (i, 1, N)),
    ):
        assert mpmath.almosteq(value(whole, at), value(normal_form(evaluated(whole), FAMILY), at), rel_eps=1e-15)
