"""How numbers of one's own are put into statements: ones left out, all digits where there are few, else so many that three figures are seen. The engine computes them."""

from __future__ import annotations

import math
from fractions import Fraction

FEW = 6
"""Decimals that are written out."""
FIGURES = 3
TINY = Fraction(1, 10**15)
"""What is smaller is left as it is."""


def times(number: int, what: str) -> str:
    """8*log(p), but log(p) alone for once."""
    return what if number == 1 else f"{number}*{what}"


def power(base: str, exponent: int) -> str:
    """p**8, but p alone for p**1."""
    return base if exponent == 1 else f"{base}**{exponent}"


def decimals(value: Fraction, of: str = "", beside: Fraction | None = None) -> str:
    """How a chain goes on from a number: "= decimal(…)", or "~ digits(…, places)", or nothing for a whole number.

    Args:
        of: the number as it stands in the chain, if not as the fraction that it is.
        beside: what the decimals must tell the value apart from 0 with as well, such as its distance from 1.
    """
    of = of or str(value)
    if value.denominator == 1:
        return "" if str(value) == of else f" = {value}"
    if abs(value) < TINY:
        return ""
    if (value * 10**FEW).denominator == 1:
        return f" = decimal({of})"
    first = places(min(abs(value), beside or abs(value)))
    while (value * 2 * 10**first).denominator == 1:  # half-way between two decimals, or one itself
        first += 1
    exact = (value * 10 ** (first - 1)).denominator == 1 or (value * 10**first).denominator == 1
    return f" = decimal({of})" if exact else f" ~ digits({of}, {first})"


def root(square: Fraction) -> tuple[str, list[str]]:
    """The square root of a fraction with its decimals, and the lines that lead to it where it is a fraction itself."""
    whole = Fraction(math.isqrt(square.numerator), math.isqrt(square.denominator))
    if whole**2 == square:
        return f"{whole}{decimals(whole)}", [f"= sqrt(({whole})**2) | collect", f"= {whole} | root-square"]
    return f"sqrt({square}) ~ digits(sqrt({square}), {places(Fraction(math.sqrt(square)))})", []


def places(size: Fraction) -> int:
    """So many places that a number at least this large shows three figures; three at least."""
    return max(FIGURES, FIGURES - 1 - math.floor(math.log10(size)))
