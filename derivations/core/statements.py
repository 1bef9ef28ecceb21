"""What a relation says at a point: each statement taken apart into comparisons of two values, which an arithmetic then makes.

Two kinds of arithmetic make them: balls (`witness.py`) and SymPy's exact numbers (`exact.py`). Neither knows of the other, and what is asked of both is written once, here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Protocol

from sympy import Basic, Expr, FiniteSet, Integer, Interval, Limit, Mul, Rational, S, Set, Tuple

from derivations.core.notation import ArgMax, AsDecimal, Optimiser, Roots
from derivations.core.points import describe, substitute_point

Point = dict[Any, Any]


@dataclass(frozen=True)
class Comparison:
    """left - right at a point: its sign where it was decided (0 only where it is exactly 0), and whether it is known to be 0 or as good as 0 (`settled`).

    `width` is the radius of the ball around the difference, relative to the size of the left side where that is above 1. `lost`: a side certainly has no real value there.
    """

    sign: int | None
    settled: bool = False
    width: float = 0.0
    lost: bool = False


class Arithmetic(Protocol):
    """Compares two expressions, names already read, each at a point of its own."""

    def compare(self, left: Basic, right: Basic, at: Point, right_at: Point | None = None) -> Comparison: ...

    def approach(self, limit: Limit, value: Basic, at: Point) -> Comparison: ...


@dataclass(frozen=True)
class Trial:
    """One try of a statement: whether it agreed, refuted it, or decided nothing (None), and where."""

    agrees: bool | None
    where: str
    width: float = 0.0
    note: str = ""


def trials(left: Basic, relation: str, right: Basic, arithmetic: Arithmetic, spots: list[Point]) -> Iterator[Trial]:
    """The statement tried at every spot, as often as its kind needs."""
    if relation == "≈":
        yield from _digits(left, right, arithmetic)
        return
    for spot, at in enumerate(spots):
        if relation == "∈" and isinstance(right, FiniteSet):
            yield _one_of(left, list(right), arithmetic, at)
        elif relation != "=":
            yield _ordered(arithmetic.compare(left, right, at), relation, describe(at))
        elif isinstance(left, Roots) or isinstance(right, Roots):
            asked, shown = (left, right) if isinstance(left, Roots) else (right, left)
            yield from _roots(asked, shown, arithmetic, at)
        elif isinstance(left, Optimiser) and isinstance(right, Optimiser):
            yield from _same_order(left, right, arithmetic, at, spots[spot + 1 :])
        elif isinstance(left, Optimiser) or isinstance(right, Optimiser):
            asked, place = (left, right) if isinstance(left, Optimiser) else (right, left)
            yield from _extremum(asked, place, arithmetic, at)
        elif isinstance(left, Limit) or isinstance(right, Limit):
            limit, value = (left, right) if isinstance(left, Limit) else (right, left)
            yield _equal(arithmetic.approach(limit, value, at), describe(at))
        elif isinstance(left, (Tuple, Set)) or isinstance(right, (Tuple, Set)):
            yield from _member_by_member(left, right, arithmetic, at)
        else:
            yield _equal(arithmetic.compare(left, right, at), describe(at))


def _equal(found: Comparison, where: str) -> Trial:
    if found.sign or found.lost:
        return Trial(False, where, found.width)
    return Trial(True if found.settled or found.sign == 0 else None, where, found.width)


def _ordered(found: Comparison, relation: str, where: str) -> Trial:
    if found.sign is None:
        return Trial(False if found.lost else None, where, found.width)
    holds = {
        "<": found.sign < 0,
        "≤": found.sign <= 0,
        ">": found.sign > 0,
        "≥": found.sign >= 0,
    }
    return Trial(holds[relation], where, found.width)


def _digits(left: Basic, right: Basic, arithmetic: Arithmetic) -> Iterator[Trial]:
    """Every decimal shown lies within half a unit of its last place of the term it stands for."""
    shown = right.args if not isinstance(right, AsDecimal) and right.has(AsDecimal) and right.is_Add else (right,)
    terms = left.args if len(shown) > 1 else (left,)
    if len(shown) != len(terms):
        yield Trial(False, describe({}), note=f"({len(shown)} decimals are shown for {len(terms)} terms)")
        return
    for digits, term in zip(shown, terms, strict=True):
        negative = isinstance(digits, Mul)
        decimal = digits.args[1] if negative else digits
        if not isinstance(decimal, AsDecimal):
            yield Trial(False, describe({}), note=f"({digits} is no decimal)")
            continue
        value, places = decimal.args
        value, half = (-value if negative else value), Rational(1, 2 * 10 ** int(places))
        below, above = arithmetic.compare(term, value - half, {}), arithmetic.compare(term, value + half, {})
        known = below.sign is not None and above.sign is not None
        held = below.sign == 1 and above.sign == -1
        width = max(below.width, above.width)
        yield Trial(held if known else None, describe({}), width, f"({term} against {value})")


def _one_of(element: Basic, allowed: list[Basic], arithmetic: Arithmetic, at: Point) -> Trial:
    each = [_equal(arithmetic.compare(element, other, at), describe(at)) for other in allowed]
    outcomes = {trial.agrees for trial in each}
    width = max((trial.width for trial in each), default=0.0)
    return Trial(True if True in outcomes else None if None in outcomes else False, describe(at), width)


def _member_by_member(left: Basic, right: Basic, arithmetic: Arithmetic, at: Point) -> Iterator[Trial]:
    if len(left.args) != len(right.args):
        yield Trial(False, f"{left} and {right} have different sizes")
    elif isinstance(left, Tuple):
        for a, b in zip(left.args, right.args, strict=True):
            yield _equal(arithmetic.compare(a, b, at), describe(at))
    elif not left.args:
        yield Trial(True, describe(at))
    else:
        yield from (_one_of(element, list(right.args), arithmetic, at) for element in left.args)
        yield from (_one_of(element, list(left.args), arithmetic, at) for element in right.args)


# ---------------------------------------------------------------- extrema and roots


def _inside(value: Expr, over: Basic) -> bool:
    return bool(over.contains(value) == True) if isinstance(over, Interval) else True  # noqa: E712


STEPS = tuple(Rational(sign, 10**power) for power in range(1, 7) for sign in (1, -1))
"""How far from a claimed extremum neighbours are tried."""

GRID = tuple(Rational(n, 17) for n in range(1, 17)) + (Rational(1, 10**6), 1 - Rational(1, 10**6))
"""Where else on (0, 1)."""


def _grid(over: Basic) -> list[Expr]:
    """Points of the set a variable ranges over: its ends where they belong to it, and points between; for the reals, points of either sign."""
    if isinstance(over, Interval) and over.start.is_finite and over.end.is_finite:
        ends = [end for end in (over.start, over.end) if _inside(end, over)]
        return [*ends, *(over.start + (over.end - over.start) * part for part in GRID)]
    return [16 * part - 8 for part in GRID]


def _extremum(asked: Optimiser, place: Basic, arithmetic: Arithmetic, at: Point) -> Iterator[Trial]:
    """The objective at the claimed place against its value at every other point of the set: never beaten, and never equalled."""
    (variable,) = asked.variables
    best = substitute_point(place, at)
    if not _inside(best, asked.over):
        yield Trial(False, f"{describe(at)}: {best} lies outside {asked.over}")
        return
    wanted = 1 if isinstance(asked, ArgMax) else -1
    others = [*_grid(asked.over), *(best + step for step in STEPS)]
    for other in dict.fromkeys(value for value in others if value != best and _inside(value, asked.over)):
        found = arithmetic.compare(asked.objective, asked.objective, {**at, variable: best}, {**at, variable: other})
        agrees = None if found.sign is None else found.sign == wanted
        yield Trial(agrees, f"{describe(at)}; {variable} = {other} against {best}", found.width)


def _same_order(
    left: Optimiser, right: Optimiser, arithmetic: Arithmetic, at: Point, others: list[Point]
) -> Iterator[Trial]:
    """Two objectives have the same optimisers if they put any two points in the same order (or, for arg max against arg min, in opposite order)."""
    wanted = 1 if type(left) is type(right) else -1
    for here, there in _pairs(left, at, others):
        one = arithmetic.compare(left.objective, left.objective, here, there)
        two = arithmetic.compare(right.objective, right.objective, here, there)
        agrees = None if one.sign is None or two.sign is None else one.sign == wanted * two.sign
        agrees = False if one.lost != two.lost else agrees
        yield Trial(agrees, f"between {describe(here)} and {describe(there)}", max(one.width, two.width))


def _pairs(asked: Optimiser, at: Point, others: list[Point]) -> Iterator[tuple[Point, Point]]:
    """Pairs of points of one problem: of the set where it is an interval, else points of the domain that share the data."""
    if isinstance(asked.over, Interval):
        (variable,) = asked.variables
        grid = _grid(asked.over)
        for one, two in zip(grid, grid[5:] + grid[:5], strict=True):
            yield {**at, variable: one}, {**at, variable: two}
        return
    for other in others[:3]:
        yield at, {**at, **{quantity: value for quantity, value in other.items() if _moves(quantity, value, at)}}


def _moves(quantity: Any, value: Any, at: Point) -> bool:
    """Whether a quantity differs between points of one problem: predictions do, while the labels, the number of samples and the index are the data."""
    values = [value(1), at[quantity](1)] if callable(value) else [value, at[quantity]]
    return not all(isinstance(each, int) for each in values)


def _roots(asked: Roots, shown: Basic, arithmetic: Arithmetic, at: Point) -> Iterator[Trial]:
    """Zero at every root shown, defined and nonzero elsewhere, and no change of sign between neighbouring roots, where there would be another."""
    function, variable, over = asked.args
    if not isinstance(shown, FiniteSet) and shown is not S.EmptySet:
        yield Trial(None, f"{shown} is no finite set")
        return
    roots = sorted({substitute_point(root, at) for root in shown.args})

    def at_point(value: Expr) -> Comparison:
        return arithmetic.compare(function, Integer(0), {**at, variable: value})

    for root in roots:
        if _inside(root, over):
            yield _equal(at_point(root), f"{describe(at)}; {variable} = {root}")
        else:
            yield Trial(False, f"{root} lies outside {over}")
    tried = sorted(value for value in _grid(over) if value not in roots)
    signs = {value: at_point(value) for value in tried}
    for value, found in signs.items():
        agrees = None if found.sign is None else found.sign != 0
        yield Trial(agrees, f"{describe(at)}; {variable} = {value}", found.width)
    for one, two in pairwise(tried):
        turns = (signs[one].sign or 0) * (signs[two].sign or 0) < 0
        if turns and not any(one < root < two for root in roots):
            yield Trial(
                False,
                f"{describe(at)}: the sign changes between {variable} = {one} and {two}, where no root is shown",
            )
