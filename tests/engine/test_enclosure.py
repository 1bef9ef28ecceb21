"""The kernel's digits against mpmath and Python's decimals: an enclosure holds the value and is as narrow as asked, a rounding is the nearest, a tie is none."""

from __future__ import annotations

import decimal
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction

import mpmath
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from derivations.engine.kernel.enclosure import enclosed, exponential, logarithm, root, rounds_to
from derivations.engine.kernel.statements import Context, Refused
from derivations.engine.kernel.terms import neg, num
from tests.engine.trees import log, over, plus, ratio, times, to_the, worth

NOWHERE = Context()
WIDTH = Fraction(1, 10**12)

positive = st.builds(ratio, st.integers(1, 40), st.integers(1, 40))
constants = st.recursive(
    positive,
    lambda inner: st.one_of(
        st.builds(plus, inner, inner),
        st.builds(times, inner, inner),
        st.builds(over, inner, inner),
        st.builds(lambda one: ("sqrt", one), inner),
        st.builds(lambda one: log(plus(num(1), one)), inner),
        st.builds(lambda one: ("exp", neg(one)), inner),
        st.builds(to_the, inner, st.integers(0, 3)),
    ),
    max_leaves=5,
)


@given(term=constants)
def test_enclosure_holds_the_value_of_mpmath_and_is_narrow(term):
    with mpmath.workdps(40):
        true = worth(term, {})
        low, high = enclosed(term, NOWHERE, WIDTH)
        slack = mpmath.mpf(10) ** -25 * max(1, abs(true))
        assert mpmath.mpf(low.numerator) / low.denominator <= true + slack
        assert mpmath.mpf(high.numerator) / high.denominator >= true - slack
    assert high - low < WIDTH * 10**6 * max(Fraction(1), high)


@pytest.mark.parametrize("function, true", [(logarithm, mpmath.log), (exponential, mpmath.exp)])
@pytest.mark.parametrize(
    "value", [Fraction(1, 7), Fraction(1), Fraction(2), Fraction(3, 2), Fraction(19, 3), Fraction(-5, 2)]
)
def test_enclosure_of_a_fraction_lies_on_both_sides(function, true, value):
    if value < 0 and function is logarithm:
        return
    low, high = function(value, WIDTH)
    with mpmath.workdps(40):
        expected = true(mpmath.mpf(value.numerator) / value.denominator)
        assert mpmath.mpf(low.numerator) / low.denominator <= expected <= mpmath.mpf(high.numerator) / high.denominator
    assert high - low < 100 * WIDTH


@given(value=st.fractions(0, 1000, max_denominator=1000))
def test_enclosure_of_a_root_is_from_below(value):
    found = root(value, WIDTH)
    assert found**2 <= value < (found + WIDTH) ** 2


@given(
    numerator=st.integers(1, 10**6), denominator=st.integers(1, 10**6), places=st.integers(0, 9), off=st.integers(-2, 2)
)
def test_rounded_logarithm_has_the_digits_of_the_decimal_module(numerator, denominator, places, off):
    assume(numerator != denominator)
    with decimal.localcontext() as context:
        context.prec = 60
        true = (Decimal(numerator) / Decimal(denominator)).ln()
        digits = int(true.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_EVEN).scaleb(places)) + off
    shown = neg(("dec", -digits, places)) if digits < 0 else ("dec", digits, places)
    assert rounds_to(log(ratio(numerator, denominator)), shown, NOWHERE) is (off == 0)


@pytest.mark.parametrize("digits", [12, 13])
def test_tie_is_rounded_neither_way(digits):
    assert not rounds_to(ratio(1, 8), ("dec", digits, 2), NOWHERE)
    nearly = plus(ratio(1, 8), ratio(2 * digits - 25, 10**30))
    assert rounds_to(nearly, ("dec", digits, 2), NOWHERE)
    assert not rounds_to(nearly, ("dec", 25 - digits, 2), NOWHERE)


def test_sum_is_rounded_term_by_term_only_where_it_is_one():
    exact = plus(log(ratio(1, 2)), log(ratio(1, 3)))
    assert rounds_to(exact, plus(neg(("dec", 693, 3)), neg(("dec", 1099, 3))), NOWHERE)
    assert not rounds_to(exact, plus(neg(("dec", 693, 3)), neg(("dec", 1098, 3))), NOWHERE)
    assert rounds_to(exact, neg(("dec", 1792, 3)), NOWHERE)
    assert not rounds_to(times(num(2), num(3)), plus(("dec", 2, 0), ("dec", 4, 0)), NOWHERE)
    assert not rounds_to(num(2), num(2), NOWHERE), "no decimal stands there"


@pytest.mark.parametrize("term", [
    log(num(0)), log(neg(num(1))), ("sqrt", neg(num(1))), over(num(1), num(0)), over(num(1), plus(num(1), neg(num(1)))), ("sym", "p"),
    ("exp", num(10**5)), ("exp", neg(num(10**5))), to_the(num(2), 10**5), ("binom", num(10**5), num(3)), ("sum", "i", ("sym", "i"), num(1), num(101)),
])  # fmt: skip
def test_no_digits_of_what_has_none_or_too_many(term):
    with pytest.raises(Refused):
        enclosed(term, NOWHERE, WIDTH)


def test_sums_and_products_are_written_out():
    assert enclosed(("sum", "i", ("sym", "i"), num(1), num(100)), NOWHERE, WIDTH) == (5050, 5050)
    assert enclosed(("prod", "i", ("sym", "i"), num(1), num(5)), NOWHERE, WIDTH) == (120, 120)
    assert enclosed(("binom", num(10), num(8)), NOWHERE, WIDTH) == (45, 45)
