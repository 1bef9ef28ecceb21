"""Derivatives without rules: the body as a power series of balls about the place, and its coefficient."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from flint import arb, arb_series, ctx, fmpq

from derivations.engine.arithmetic import Function, NoValue, Number
from derivations.engine.kernel.terms import Term

if TYPE_CHECKING:
    from derivations.engine.balls import Balls

THREE, FIVE = {1: fmpq(1, 2)}, {1: fmpq(2, 3), 2: fmpq(-1, 12)}
"""The slope at 0 of a polynomial of degree at most 2, or 4, from its values at ±1, or ±1 and ±2."""


class _Deeper(Exception):
    """A derivative in a derivative needs longer series."""


def derivative(balls: Balls, term: Term) -> Number:
    """The value of ("d", V, body, at), also where it stands inside another one.

    Raises:
        NoValue: more than four are nested.
    """
    place = balls.part(term[3])
    if _moves(place) or any(_moves(each) for each in balls.local.values()):
        return _inner(balls, term, place)
    before = balls.cap
    for balls.cap in range(2, 6):
        try:
            with _capped(balls.cap):
                return _coefficient(balls.along(term, arb_series([arb(place), 1])), 1)
        except _Deeper:
            continue
        finally:
            balls.cap = before
    raise NoValue("derivatives nested too deeply")


def _inner(balls: Balls, term: Term, place: Number) -> Number:
    """The derivative as a series in the outer variable t: the coefficients of the body at place + λt are polynomials in λ; they are differentiated by λ at 0."""
    if balls.depth > balls.cap - 3:  # each derivative on the way here takes a coefficient
        raise _Deeper
    step, found = arb_series([0, 1]), arb_series([0])
    balls.depth += 1
    try:
        for factor, weight in (THREE if balls.cap == 3 else FIVE).items():
            ahead, behind = (balls.along(term, place + step * (sign * factor)) for sign in (1, -1))
            found = found + weight * (ahead - behind)
    finally:
        balls.depth -= 1
    return arb_series([_coefficient(found, n) for n in range(1, found.prec)], prec=found.prec - 1)


def _moves(found: Number) -> bool:
    """Whether this depends on what a derivative is being taken by."""
    return isinstance(found, arb_series) or (isinstance(found, Function) and any(map(_moves, found.local.values())))


def _coefficient(found: Number, place: int) -> Number:
    if not isinstance(found, arb_series):
        return fmpq(0)
    if place >= found.prec:
        raise _Deeper
    return found[place]


@contextmanager
def _capped(cap: int) -> Iterator[None]:
    before, ctx.cap = ctx.cap, cap
    try:
        yield
    finally:
        ctx.cap = before
