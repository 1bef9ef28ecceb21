"""Digits are correct roundings, decided, and ties are refused. Oracles: mpmath, and Python's decimal arithmetic."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import mpmath
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from derivations.engine.digits import Undecided, digits, is_rounding_of, significant
from derivations.engine.kernel.statements import Context
from derivations.engine.kernel.terms import Term, num, sym
from tests.engine.trees import UNIT, log, over, plus, ratio, times, to_the

NOWHERE = Context()


def dec(units: int, places: int) -> Term:
    return ("dec", units, places) if units >= 0 else ("neg", ("dec", -units, places))


@given(st.integers(2, 10**6), st.integers(0, 30))
def test_digits_of_logarithms_are_those_of_mpmath(whole: int, places: int) -> None:
    with mpmath.workdps(60):
        true = int(mpmath.nint(mpmath.log(whole) * mpmath.mpf(10) ** places))
    assert digits(log(num(whole)), NOWHERE, places) == dec(true, places)
    assert digits(("neg", log(num(whole))), NOWHERE, places) == dec(-true, places)


@given(st.integers(-(10**9), 10**9), st.integers(1, 999), st.integers(0, 6))
def test_digits_of_fractions_are_exact(one: int, other: int, places: int) -> None:
    assume((2 * one * 10**places) % other or (2 * one * 10**places // other) % 2 == 0)
    value = Decimal(one) / Decimal(other)
    true = int((value * 10**places).quantize(Decimal(1), ROUND_HALF_UP))
    assert digits(over(num(one), num(other)), NOWHERE, places) == dec(true, places)


def test_digits_a_tie_is_refused() -> None:
    with pytest.raises(Undecided, match="half-way"):
        digits(ratio(1, 8), NOWHERE, 2)
    with pytest.raises(Undecided, match="half-way"):
        digits(("neg", ratio(1, 8)), NOWHERE, 2)


def test_digits_a_tie_that_no_ball_sees_is_undecided() -> None:
    half = over(log(num(2)), log(num(4)))
    with pytest.raises(Undecided, match="not decided"):
        digits(half, NOWHERE, 0)
    assert digits(half, NOWHERE, 1) == ("dec", 5, 1)


def test_digits_precision_rises_until_they_are_decided() -> None:
    near = plus(
        ratio(1, 2), to_the(num(10), ("neg", num(300))), times(num(0), log(num(2))), ("exp", ("neg", num(2000)))
    )
    assert digits(near, NOWHERE, 0) == ("dec", 1, 0)


def test_digits_nothing_has_no_sign() -> None:
    assert digits(("neg", ratio(1, 1000)), NOWHERE, 1) == ("dec", 0, 1)


def test_digits_depend_on_the_point() -> None:
    assert digits(sym("p"), Context({"p": UNIT}), 3, {"p": Fraction(2, 3)}) == ("dec", 667, 3)


def test_digits_a_rounding_is_recognised_as_a_whole_and_in_parts() -> None:
    both = plus(log(("dec", 7, 1)), log(("dec", 9, 1)))
    assert is_rounding_of(("neg", ("dec", 357, 3)), log(("dec", 7, 1)), NOWHERE)
    assert not is_rounding_of(("neg", ("dec", 356, 3)), log(("dec", 7, 1)), NOWHERE)
    assert not is_rounding_of(("dec", 357, 3), log(("dec", 7, 1)), NOWHERE)
    assert is_rounding_of(plus(("neg", ("dec", 357, 3)), ("neg", ("dec", 105, 3))), both, NOWHERE)
    assert not is_rounding_of(plus(("neg", ("dec", 357, 3)), ("neg", ("dec", 106, 3))), both, NOWHERE)
    assert not is_rounding_of(times(("neg", ("dec", 357, 3)), ("neg", ("dec", 105, 3))), both, NOWHERE)
    assert not is_rounding_of(plus(log(("dec", 7, 1)), ("neg", ("dec", 106, 3))), both, NOWHERE)


@given(st.fractions(min_value=Fraction(1, 10**9), max_value=10**9), st.integers(1, 12))
def test_digits_significant_figures_are_as_near_as_they_can_be(value: Fraction, figures: int) -> None:
    try:
        text = significant(over(num(value.numerator), num(value.denominator)), NOWHERE, figures)
    except Undecided:
        assume(False)
    shown = Fraction(text)
    power = Fraction(10) ** (mpmath_floor_log10(value) - figures + 1)
    assert abs(shown - value) <= power / 2


def mpmath_floor_log10(value: Fraction) -> int:
    with mpmath.workdps(50):
        return int(mpmath.floor(mpmath.log10(mpmath.mpf(value.numerator) / value.denominator) + mpmath.mpf(10) ** -40))


@pytest.mark.parametrize(
    ("term", "figures", "text"),
    [
        (log(("dec", 7, 1)), 6, "-0.356675"),
        (("exp", ("neg", num(100))), 5, "3.7201e-44"),
        (num(123456), 2, "120000"),
        (("dec", 9996, 4), 3, "1.00"),
        (num(0), 3, "0"),
        (ratio(1, 7), 1, "0.1"),
    ],
)
def test_digits_significant_figures_read_well(term: Term, figures: int, text: str) -> None:
    assert significant(term, NOWHERE, figures) == text
