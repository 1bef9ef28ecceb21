"""Polynomials over atoms, and fractions of them: sums, products, powers; two are equal when cross-multiplied they are the same. Nothing is cancelled and nothing is guessed."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from derivations.engine.kernel.statements import Refused

Polynomial = dict[tuple[tuple[int, int], ...], Fraction | int]
Ratio = tuple[Polynomial, Polynomial]
NUMBER: tuple[()] = ()
LARGEST_POWER = 400
MANY_TERMS, MANY_DIGITS, MANY_ENDS = 200_000, 100_000, 8
"""Where arithmetic gives up: products of so many terms are not multiplied out, numbers of so many bits not worked out, so many closed ends not tried."""


def times(one: Polynomial, other: Polynomial) -> Polynomial:
    found: Polynomial = {}
    if len(one) * len(other) > MANY_TERMS:
        raise Refused(f"{len(one)} terms times {len(other)} terms are not multiplied out")
    for left, coefficient in one.items():
        for right, factor in other.items():
            if left and right:
                powers = dict(left)
                for atom, exponent in right:
                    powers[atom] = powers.get(atom, 0) + exponent
                key = tuple(sorted(powers.items()))
            else:
                key = left or right
            found[key] = found.get(key, 0) + coefficient * factor
    return {key: value for key, value in found.items() if value}


def plus(one: Polynomial, other: Polynomial) -> Polynomial:
    found = dict(one)
    for key, value in other.items():
        found[key] = found.get(key, 0) + value
    return {key: value for key, value in found.items() if value}


def constant(value: Fraction | int) -> Ratio:
    return ({NUMBER: value} if value else {}), {NUMBER: 1}


def add(one: Ratio, other: Ratio) -> Ratio:
    if one[1] == other[1]:
        return plus(one[0], other[0]), one[1]
    return plus(times(one[0], other[1]), times(other[0], one[1])), times(one[1], other[1])


def multiply(one: Ratio, other: Ratio) -> Ratio:
    return times(one[0], other[0]), times(one[1], other[1])


def negative(one: Ratio) -> Ratio:
    return {key: -value for key, value in one[0].items()}, one[1]


def inverse(one: Ratio) -> Ratio:
    if not one[0]:
        raise Refused("division by zero")
    return one[1], one[0]


def power(base: Ratio, exponent: int) -> Ratio:
    value = as_number(base)
    if abs(exponent) > LARGEST_POWER if value is None else abs(exponent) * size(value) > MANY_DIGITS:
        raise Refused("a power as large as this is not multiplied out")
    found, square, left = constant(1), base if exponent >= 0 else inverse(base), abs(exponent)
    while left:
        found, square, left = multiply(found, square) if left & 1 else found, multiply(square, square), left >> 1
    return found


def equal(one: Ratio, other: Ratio) -> bool:
    return one[0] == other[0] if one[1] == other[1] else times(one[0], other[1]) == times(other[0], one[1])


def as_number(ratio: Ratio) -> Fraction | None:
    """The number that a fraction of polynomials is, if it is one."""
    if set(ratio[0]) <= {NUMBER} and set(ratio[1]) == {NUMBER}:
        return Fraction(ratio[0].get(NUMBER, 0)) / ratio[1][NUMBER]
    return None


def size(value: Fraction | int) -> int:
    """The bits of a fraction that a power has more of: 0 for -1, 0, 1."""
    return max(abs(value.numerator), value.denominator).bit_length() - 1


def prime_factors(value: int) -> dict[int, int]:
    found: dict[int, int] = {}
    divisor = 2
    while divisor * divisor <= value and divisor < 1000:
        while value % divisor == 0:
            found[divisor], value = found.get(divisor, 0) + 1, value // divisor
        divisor += 1
    return found | ({value: found.get(value, 0) + 1} if value > 1 else {})


def alike_keys(one: tuple[Any, ...], other: tuple[Any, ...]) -> bool:
    return len(one) == len(other) and all(
        equal(a, b)
        if isinstance(a, tuple)
        and isinstance(b, tuple)
        and a
        and b
        and isinstance(a[0], dict)
        and isinstance(b[0], dict)
        else a == b
        for a, b in zip(one, other, strict=True)
    )
