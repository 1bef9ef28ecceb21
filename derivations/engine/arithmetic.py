"""Arithmetic of exact fractions, balls and power series of balls: what is rational stays a fraction, and what has no real value says so."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from math import comb
from typing import Any

from flint import arb, arb_series, fmpq

Number = Any
"""fmpq, arb or arb_series; for the point of a space its string; for a distribution a function."""

LARGEST = 4000
"""The largest exponent of an exact power."""


class NoValue(ValueError):
    """A part has no value in ball arithmetic: a limit, an optimiser, an unknown name. The message names it."""


class Unreached(NoValue):
    """A limit: it can only be followed."""


class Undefined(ArithmeticError):
    """No real value at the point: log of a number that is not positive, division by 0, 0^0 unstated; `certain` is False where a narrower ball could still decide."""

    def __init__(self, said: str, certain: bool = True) -> None:
        super().__init__(said if certain else f"{said} (not decided at this precision)")
        self.certain = certain


class LogOfZero(Undefined):
    """log 0, which a factor 0 may make 0 where that convention is stated."""


class Function:
    """A distribution, as an argument."""

    def __init__(self, call: Callable[[list[Number]], Number], local: Mapping[str, Number]) -> None:
        self.call, self.local = call, local


def number(value: Any) -> Number:
    """An exact number as a fraction of flint's; balls, points of spaces and distributions as they are."""
    if type(value) is Fraction:
        return fmpq(value.numerator, value.denominator)
    return fmpq(value) if type(value) is int else value


def constant(found: Number) -> Any:
    """The number itself: of a power series, its first coefficient."""
    return found[0] if isinstance(found, arb_series) else found


def nothing(found: Number) -> bool:
    """Whether this is exactly 0."""
    return bool(found == 0) if isinstance(found, fmpq) else bool(constant(found).is_zero())


def quotient(one: Number, other: Number) -> Number:
    """one / other.

    Raises:
        Undefined: other is 0, or may be.
    """
    at = constant(other)
    if at != 0:
        return one / other
    raise Undefined("division by 0", nothing(at))


def log(one: Number) -> Number:
    """The natural logarithm.

    Raises:
        Undefined: the argument is not positive, or may not be. LogOfZero: it is 0.
    """
    at = constant(one)
    if at > 0:
        if isinstance(one, fmpq):
            return fmpq(0) if one == 1 else arb(one).log()
        return one.log()
    if nothing(at):
        raise LogOfZero("log 0")
    raise Undefined("the logarithm of a number that is not positive", bool(at <= 0))


def exp(one: Number) -> Number:
    """The exponential."""
    if isinstance(one, fmpq):
        return fmpq(1) if one == 0 else arb(one).exp()
    return one.exp()


def sqrt(one: Number) -> Number:
    """The root, exact of an exact square.

    Raises:
        Undefined: the argument is negative, or may be; or 0 while a derivative is taken.
    """
    at = constant(one)
    if isinstance(one, fmpq) and one >= 0:
        if one.p.is_square() and one.q.is_square():
            return fmpq(one.p.isqrt(), one.q.isqrt())
        return arb(one).sqrt()
    if at > 0 or (at >= 0 and isinstance(one, arb)):
        return one.sqrt()
    raise Undefined("the root of a negative number", bool(at < 0) or nothing(at))


def absolute(one: Number) -> Number:
    """|one|.

    Raises:
        Undefined: its derivative where the argument is 0, or may be.
    """
    if not isinstance(one, arb_series):
        return abs(one)
    if one[0] != 0:
        return one if one[0] > 0 else -one
    raise Undefined("the derivative of |t| at 0", nothing(one))


def largest(*parts: Number) -> Number:
    """The largest.

    Raises:
        Undefined: its derivative where two are largest, or may be.
    """
    found = parts[0]
    for part in parts[1:]:
        if constant(found) > constant(part) or constant(part) > constant(found):
            found = found if constant(found) > constant(part) else part
        elif isinstance(found, arb_series) or isinstance(part, arb_series):
            raise Undefined("the derivative of a maximum where two are largest", nothing(found - part))
        elif not (isinstance(found, fmpq) and isinstance(part, fmpq)):
            found = arb(found).max(arb(part))
    return found


def binomial(upper: Number, lower: Number) -> Number:
    """The number of ways to choose `lower` of `upper`, both of them 0, 1, 2, …; 0 where lower > upper.

    Raises:
        Undefined: one of them is no such number. NoValue: the product is too long to write out.
    """
    if not all(isinstance(each, fmpq) and each.q == 1 and each >= 0 for each in (upper, lower)):
        raise Undefined(f"binom({upper}, {lower})")
    if LARGEST < lower < upper - LARGEST:
        raise NoValue(f"binom({upper}, {lower}) is too long to write out")
    return fmpq(comb(int(upper.p), int(lower.p)))


def power(base: Number, exponent: Number, nought: bool) -> Number:
    """base^exponent; `nought`: whether 0^0 = 1 is stated.

    Raises:
        Undefined: 0^0 unstated, a negative power of 0, a power of a negative number that is not whole.
    """
    whole = _whole(exponent)
    at = constant(base)
    if whole is None:
        if at > 0:
            return exp(exponent * log(base))
        if nothing(at) and not isinstance(base, arb_series) and constant(exponent) > 0:
            return fmpq(0)
        raise Undefined("a power that is not whole, of a number that is not positive", bool(at <= 0))
    if whole == 0:
        if at != 0 or nought:
            return fmpq(1)
        raise Undefined("0^0", nothing(at))
    if whole < 0:
        return quotient(fmpq(1), power(base, fmpq(-whole), nought))
    if isinstance(base, fmpq) and whole > LARGEST and abs(base) != 1 and base != 0:
        return arb(base) ** whole
    return base**whole


def _whole(found: Number) -> int | None:
    if isinstance(found, fmpq):
        return int(found.p) if found.q == 1 else None
    whole = found.unique_fmpz() if isinstance(found, arb) and found.is_exact() and found.is_integer() else None
    return None if whole is None else int(whole)
