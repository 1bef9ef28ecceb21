"""Balls hold the true value, and digits are printed only where a ball decides them. Oracles: mpmath, and Python's decimal arithmetic."""

from __future__ import annotations

import decimal
from decimal import ROUND_HALF_EVEN, Decimal

import mpmath
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from sympy import E, Function, Integer, Mul, Pow, Product, Rational, Sum, Symbol, binomial, exp, log, pi, sqrt

from derivations.core.enclosure import CannotEnclose, Undecided, decide, enclose, rounded, same_digits, sign
from derivations.core.notation import AsDecimal, quotient
from tests.derivations.evaluation import value

p, z = Symbol("p", positive=True), Symbol("z", real=True)
i, N = Symbol("i", integer=True, positive=True), Symbol("N", integer=True, positive=True)
f = Function("f", positive=True)

leaves = st.sampled_from([p, z, pi, E]) | st.fractions(-5, 5, max_denominator=50).map(
    lambda q: Rational(q.numerator, q.denominator)
)
expressions = st.recursive(
    leaves,
    lambda smaller: st.one_of(
        st.builds(lambda a, b: a + b, smaller, smaller),
        st.builds(lambda a, b: a * b, smaller, smaller),
        st.builds(lambda a: a**2, smaller),
        st.builds(lambda a: 1 / (1 + a**2), smaller),
        st.builds(lambda a: log(1 + a**2), smaller),
        st.builds(lambda a: sqrt(2 + a**2), smaller),
        st.builds(lambda a: exp(-(a**2)), smaller),
    ),
    max_leaves=6,
)


@given(
    expression=expressions,
    at=st.tuples(st.fractions(0, 1, max_denominator=99), st.fractions(-3, 3, max_denominator=99)),
)
def test_ball_holds_the_value_that_mpmath_computes(expression, at):
    assume(at[0] > 0)
    exact = {p: Rational(at[0].numerator, at[0].denominator), z: Rational(at[1].numerator, at[1].denominator)}
    ball = enclose(expression, exact, precision=80)
    with mpmath.workdps(60):
        true = value(expression.xreplace(exact), {})
        middle, radius = mpmath.mpf(ball.mid().str(60, radius=False)), mpmath.mpf(ball.rad().str(20, radius=False))
        assert abs(true - middle) <= radius * (1 + mpmath.mpf(10) ** -10) + abs(true) * mpmath.mpf(10) ** -38
        assert radius <= (1 + abs(true)) * mpmath.mpf(2) ** -50


@pytest.mark.parametrize("expression, true", [
    (Sum(log(f(i)), (i, 1, N)), "-2.30258509299404568401799"), (Product(f(i), (i, 1, N)), "0.1"), (binomial(N + 8, 2), "55"),
    (binomial(10, 8), "45"), (AsDecimal(Rational(7, 10), 1), "0.7"), (Integer(2) ** -Integer(1074), "4.94065645841246544176569e-324"),
])  # fmt: skip
def test_ball_of_sums_products_and_notations(expression, true):
    ball = enclose(expression, {N: 3, f: lambda index: Rational(index, 6) if index < 3 else Rational(9, 5)})
    assert abs(mpmath.mpf(ball.mid().str(30, radius=False)) / mpmath.mpf(true) - 1) < 1e-14


def test_ball_of_something_without_value_is_refused_by_name():
    for expression in (p, f(1), Sum(f(i), (i, 1, N)), Function("mystery")(Integer(1))):
        with pytest.raises(CannotEnclose):
            enclose(expression)
    with pytest.raises(CannotEnclose, match="no exact number"):
        enclose(p, {p: 0.5})


@pytest.mark.parametrize(
    "expression", [log(p - 1), sqrt(p - 1), log(p - Rational(1, 2)), 1 / (p - Rational(1, 2)), (p - 1) ** z]
)
def test_ball_of_what_is_not_real_is_refused(expression):
    with pytest.raises(CannotEnclose):
        enclose(expression, {p: Rational(1, 2), z: Rational(1, 3)})


def test_sign_is_given_only_where_the_ball_decides_it():
    assert (sign(log(Integer(2))), sign(log(Rational(1, 2)))) == (1, -1)
    assert sign(log(Integer(8), evaluate=False) - 3 * log(Integer(2))) is None, "equal: no ball can tell"


@given(numerator=st.integers(1, 10**6), denominator=st.integers(1, 10**6), places=st.integers(0, 9))
def test_rounded_logarithms_have_the_digits_of_the_decimal_module(numerator, denominator, places):
    assume(numerator != denominator)
    with decimal.localcontext() as context:
        context.prec = 60
        true = (Decimal(numerator) / Decimal(denominator)).ln()
        expected = true.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_EVEN)
    shown = rounded(log(Rational(numerator, denominator)), places)
    assert Decimal(shown.digits()) == expected
    assert same_digits(shown, log(Rational(numerator, denominator)))
    assert not same_digits(
        AsDecimal(shown.args[0] + Rational(1, 10**places), places), log(Rational(numerator, denominator))
    )


@given(numerator=st.integers(-(10**9), 10**9), denominator=st.integers(1, 10**6), places=st.integers(0, 9))
def test_rounded_fractions_have_the_digits_of_the_decimal_module_and_ties_are_refused(numerator, denominator, places):
    exact, half = Rational(numerator, denominator), (2 * Rational(numerator, denominator) * 10**places)
    if half.is_Integer and int(half) % 2:
        with pytest.raises(Undecided, match="tie"):
            rounded(exact, places)
        return
    with decimal.localcontext() as context:
        context.prec = 60
        expected = (Decimal(numerator) / Decimal(denominator)).quantize(
            Decimal(1).scaleb(-places), rounding=ROUND_HALF_EVEN
        )
    assert Decimal(rounded(exact, places).digits()) == expected


@pytest.mark.parametrize("tie, places", [
    (Rational(1, 8), 2), (Rational(-1, 8), 2), (Rational(5, 1000), 2), (Rational(1, 2), 0), (quotient(1, 8), 2), (quotient(5, 1000), 2),
    (Mul(Rational(1, 8), Integer(1), evaluate=False), 2), (Pow(Integer(8), -1, evaluate=False), 2), (Rational(625, 10000), 3),
])  # fmt: skip
def test_tie_is_refused_however_it_is_written(tie, places):
    with pytest.raises(Undecided):
        rounded(tie, places)


def test_rounding_raises_its_precision_by_itself():
    """So near a tie that 106 bits cannot tell: 40 digits of a tie, then a little more."""
    nearly = Rational(1, 8) + Rational(1, 10**40)
    assert (
        rounded(log(exp(1)) * nearly, 2).digits() == "0.13"
        and rounded(nearly - Rational(2, 10**40), 2).digits() == "0.12"
    )


def test_decide_gives_up_with_words():
    with pytest.raises(Undecided, match="the answer: not decided at 848 bits"):
        decide(lambda precision: None, "the answer")


def test_every_value_of_the_catalogue_has_the_digits_of_mpmath(equations):
    from tests.derivations.evaluation import value as computed

    checked = 0
    for equation in equations.values():
        if equation.value is None:
            continue
        true, digits = computed(equation.value.exact, {}), Decimal(equation.value.digits.digits())
        places = -int(digits.as_tuple().exponent)
        with mpmath.workdps(30):
            gap = abs(true - mpmath.mpf(str(digits)))
            assert gap < mpmath.mpf(10) ** -25 if equation.value.complete else gap <= mpmath.mpf(10) ** -places / 2, (
                equation.id
            )
        checked += 1
    assert checked > 30
