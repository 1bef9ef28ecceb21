"""Statements about polynomials decided a second time, by counting real roots (Sturm's theorem), from nothing but the polynomial.

A certificate factors; this counts. The two have only the polynomial in common.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from sympy import Basic, Expr, Interval, Poly, Symbol, sturm


class WrongCount(ValueError):
    """Counting real roots contradicts a certificate."""


def countable(expression: Expr, variable: Symbol, over: Basic) -> bool:
    """Whether real roots can be counted: a polynomial in `variable` alone with rational coefficients, on an interval with finite ends."""
    if not isinstance(over, Interval) or not (over.start.is_finite and over.end.is_finite):
        return False
    rational = all(number.is_Rational for number in expression.atoms() if number.is_number)
    return rational and expression.free_symbols <= {variable} and bool(expression.is_polynomial(variable))


def roots_in(polynomial: Expr, variable: Symbol, over: Interval) -> int:
    """How many different real roots a polynomial has in an interval: the changes of sign lost along its Sturm chain, open ends not counted.

    Raises:
        WrongCount: the polynomial is 0.
    """
    whole = Poly(polynomial, variable, domain="QQ")
    if whole.is_zero:
        raise WrongCount("the polynomial is 0 everywhere; it has no number of roots")
    chain = sturm(whole.sqf_part())

    def changes(at: Expr) -> int:
        values = [value for part in chain if (value := part.eval(at)) != 0]
        return sum(1 for one, two in pairwise(values) if one * two < 0)

    beyond_start = changes(over.start) - changes(over.end)  # roots in (start, end]
    at_start, at_end = (whole.eval(end) == 0 for end in (over.start, over.end))
    return beyond_start + int(at_start and not over.left_open) - int(at_end and bool(over.right_open))


@dataclass(frozen=True)
class Gap:
    """The extremum minus the function is (x - place)^order times a cofactor, which has `elsewhere` roots in the set."""

    order: int
    cofactor: Expr
    elsewhere: int


def gap(function: Expr, variable: Symbol, place: Expr, over: Interval, largest: bool = True) -> Gap:
    """How far a polynomial stays from its value at `place`.

    With no root elsewhere the difference keeps its sign on either side of the place, and the sign is read at one point of each side: so the value is the largest (smallest), and
    taken there alone.

    Raises:
        WrongCount: the function is beaten or equalled somewhere in `over`.
    """
    difference = (function.subs(variable, place) - function) * (1 if largest else -1)
    cofactor, step, order = Poly(difference, variable, domain="QQ"), Poly(variable - place, variable, domain="QQ"), 0
    while not cofactor.is_zero and cofactor.eval(place) == 0:
        cofactor, order = cofactor.quo(step), order + 1
    found = Gap(order, cofactor.as_expr(), roots_in(cofactor.as_expr(), variable, over))
    if found.elsewhere:
        raise WrongCount(f"{function} takes its value at {place} at {found.elsewhere} further places in {over}")
    for end in (over.start, over.end):
        between = (place + end) / 2
        if end != place and difference.subs(variable, between) <= 0:
            raise WrongCount(f"the value of {function} at {between} is not beaten by the one at {place}")
    return found


def agrees_on_roots(function: Expr, variable: Symbol, over: Interval, found: int) -> None:
    """The number of roots that were found, against the count.

    Raises:
        WrongCount: there are more or fewer.
    """
    counted = roots_in(function, variable, over)
    if counted != found:
        raise WrongCount(f"{found} roots of {function} were found in {over}, and there are {counted}")
