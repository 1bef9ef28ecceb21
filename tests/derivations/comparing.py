"""Whether a relation holds at a point: between numbers by their values, between places and sets by looking around."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from random import Random
from typing import Any

import mpmath

from tests.derivations.evaluation import DIGITS, Calculator, NoNumber, Tree, Undefined, value

NEAR = 1e-20
OPTIMA = ("argmax", "argmin")
FINITE_STEPS = [mpmath.mpf(10) ** -power for power in (4, 8, 16, 30)]
FAR_STEPS = [mpmath.mpf(5 * 2**power) for power in range(4)]


class Untried(Exception):
    """What the two sides are cannot be compared by values: points of some space, a distribution, the numbers of a family."""


def equal(one: Any, other: Any) -> bool:
    return bool(mpmath.almosteq(one, other, rel_eps=NEAR, abs_eps=NEAR))


def holds(left: Tree, relation: str, right: Tree, context: Any, at: dict[str, Any]) -> bool:
    """Whether two terms of a chain stand in a relation.

    Raises:
        Untried: values do not tell.
    """
    left, right = bare(left), bare(right)
    try:
        one, other = (value(side, context, at) for side in (left, right))
    except NoNumber:
        return _of_places(left, relation, right, context, at)
    if relation == "≈":
        return abs(one - other) <= _half_units(right, context, at)
    return {"=": equal(one, other), "<": one < other, "<=": one <= other, ">": one > other, ">=": one >= other}[
        relation
    ]


def bare(tree: Tree) -> Tree:
    return bare(tree[1]) if tree[0] == "[]" else tree


def _half_units(tree: Tree, context: Any, at: dict[str, Any]) -> Any:
    """How far a term is off at most if each of its decimals is rounded to the nearest."""
    here = value(tree, context, at)
    moved = [value(each, context, at) for each in _decimals_moved(tree)]
    if not moved:
        raise AssertionError(f"{tree} has no decimal and is called rounded")
    return sum(abs(each - here) for each in moved) / 2


def _decimals_moved(tree: Tree) -> Iterator[Tree]:
    if tree[0] == "dec":
        yield ("dec", tree[1] + 1, tree[2])
    for at, part in enumerate(tree):
        if isinstance(part, tuple):
            yield from ((*tree[:at], each, *tree[at + 1 :]) for each in _decimals_moved(part))


# ------------------------------------------------------------ places, roots, infinities


def _of_places(left: Tree, relation: str, right: Tree, context: Any, at: dict[str, Any]) -> bool:
    if relation == "≈" and left[0] == "roots" and right[0] == "set":
        return all(changes_sign_within(left, each, context, at) for each in right[1:])
    if relation != "=":
        raise Untried
    if left[0] in OPTIMA and right[0] in OPTIMA:
        return same_order(left, right, context, at)
    if left[0] in OPTIMA and right == ("set",):
        return has_no_best_place(left, context, at)
    if left[0] in OPTIMA and right[0] != "tuple":
        return is_best_place(left, value(right, context, at), context, at)
    if left[0] == "roots" and right[0] == "set":
        return are_the_roots(left, [value(each, context, at) for each in right[1:]], context, at)
    if right[0] in OPTIMA and left[0] != "tuple":
        return is_best_place(right, value(left, context, at), context, at)
    if left[0] == "lim" and right[0] == "inf":
        return grows_without_end(left, right[1], context, at)
    raise Untried


def changes_sign_within(roots: Tree, rounded: Tree, context: Any, at: dict[str, Any]) -> bool:
    """Whether the body is of one sign where the rounding begins, and of the other where it ends."""
    with mpmath.workdps(DIGITS):
        here, off = value(rounded, context, at), _half_units(rounded, context, at)
        before, after = (value(roots[2], context, {**at, roots[1]: place}) for place in (here - off, here + off))
    return bool(before * after < 0)


def along(optimum: Tree, context: Any, at: dict[str, Any]) -> Callable[[Any], Any]:
    """What is to be as large (as small) as it can be, so that more is better."""
    names, sign = optimum[1].split(","), -1 if optimum[0] == "argmin" else 1

    def goodness(place: Any) -> Any:
        there = dict(zip(names, place if isinstance(place, tuple) else (place,), strict=True))
        with mpmath.workdps(DIGITS):  # elsewhere a product is rounded to a float's digits
            return sign * value(optimum[2], context, {**at, **there})

    return goodness


def candidates(binder: Tree, context: Any, at: dict[str, Any], how_many: int = 15) -> list[Any]:
    """Places of the set that an optimum, or the roots of an equation, are looked for in."""
    draw, names = Random(str(binder)), binder[1].split(",")
    over = [context.quantities.get(name) for name in names]
    if all(each is not None and each.point for each in over):
        return [tuple(f"{name} {which}" for name in names) for which in range(how_many)]
    low, high, ends = binder[3:]
    with mpmath.workdps(DIGITS):
        found = list(_between(low, high, context, at, draw, how_many))
        found += [value(end, context, at) for end, mark in ((low, ends[0]), (high, ends[1])) if mark in "[]"]
    return found


def _between(low: Tree, high: Tree, context: Any, at: dict[str, Any], draw: Random, how_many: int) -> Iterator[Any]:
    if low[0] == high[0] == "inf":
        yield from (mpmath.mpf(draw.gauss(0, 4)) for _ in range(how_many))
    elif high[0] == "inf":
        yield from (value(low, context, at) + draw.lognormvariate(0, 1) for _ in range(how_many))
    elif low[0] == "inf":
        yield from (value(high, context, at) - draw.lognormvariate(0, 1) for _ in range(how_many))
    else:
        first, last = value(low, context, at), value(high, context, at)
        yield from (first + (last - first) * draw.uniform(0.001, 0.999) for _ in range(how_many))


def is_best_place(optimum: Tree, place: Any, context: Any, at: dict[str, Any]) -> bool:
    """Whether a place lies in the set, and is better than every other one tried, near ones included."""
    if isinstance(place, str):
        raise Untried
    goodness, tried = along(optimum, context, at), candidates(optimum, context, at)
    if not _inside(optimum, place, context, at):
        return False
    with mpmath.workdps(DIGITS):
        tried += [
            near
            for step in (1e-3, 1e-8, -1e-3, -1e-8)
            if _inside(optimum, near := place + mpmath.mpf(step), context, at)
        ]
    best = goodness(place)
    return all(best > goodness(each) for each in tried if each != place)


def _inside(binder: Tree, place: Any, context: Any, at: dict[str, Any]) -> bool:
    low, high, ends = binder[3:]
    above = low[0] == "inf" or value(low, context, at) < place or (ends[0] == "[" and value(low, context, at) == place)
    below = (
        high[0] == "inf" or place < value(high, context, at) or (ends[1] == "]" and value(high, context, at) == place)
    )
    return bool(above and below)


def has_no_best_place(optimum: Tree, context: Any, at: dict[str, Any]) -> bool:
    """Whether for each place tried another one is better."""
    goodness, tried = along(optimum, context, at), candidates(optimum, context, at)
    low, high, _ = optimum[3:]
    with mpmath.workdps(DIGITS):
        outwards = [end for end in (low, high) if end[0] == "inf"]
        moved = [[place + (1 if end[1] == "+" else -1) for end in outwards] for place in tried]
        if not outwards:
            ends = [value(end, context, at) for end in (low, high)]
            moved = [[(place + end) / 2 for end in ends] for place in tried]
    return all(
        any(goodness(other) > goodness(place) for other in others) for place, others in zip(tried, moved, strict=True)
    )


def same_order(one: Tree, other: Tree, context: Any, at: dict[str, Any]) -> bool:
    """Whether two optima order the places tried in the same way."""
    tried = candidates(one, context, at)
    ours, theirs = (
        [goodness(place) for place in tried] for goodness in (along(each, context, at) for each in (one, other))
    )
    pairs = [(i, j) for i in range(len(tried)) for j in range(i)]
    return len(set(ours)) > 1 and all(
        mpmath.sign(ours[i] - ours[j]) == mpmath.sign(theirs[i] - theirs[j]) for i, j in pairs
    )


def are_the_roots(roots: Tree, listed: Sequence[Any], context: Any, at: dict[str, Any]) -> bool:
    """Whether what is listed are roots inside the set, and between the places tried no sign changes but at one of them."""
    body = partial(_at_place, roots, context, at)
    if not all(_inside(roots, root, context, at) and equal(body(root), 0) for root in listed):
        return False
    tried = sorted(
        place for place in candidates(roots, context, at, 25) if not any(equal(place, root) for root in listed)
    )
    signs = [mpmath.sign(body(place)) for place in tried]
    for below, above, sign, following in zip(tried, tried[1:], signs, signs[1:], strict=False):
        if sign == 0 or (sign != following and not any(below < root < above for root in listed)):
            return False
    return True


def _at_place(binder: Tree, context: Any, at: dict[str, Any], place: Any) -> Any:
    return value(binder[2], context, {**at, binder[1]: place})


def grows_without_end(limit: Tree, sign: str, context: Any, at: dict[str, Any]) -> bool:
    """Whether the values on the way to a limit's place move on and on to one side."""
    _, variable, body, place, side = limit
    with mpmath.workdps(DIGITS):
        steps = FAR_STEPS if place[0] == "inf" else FINITE_STEPS
        where = [Calculator(context, at).approach(place, side, at, step, step) for step in steps]
    found = [value(body, context, {**at, variable: each}) * (1 if sign == "+" else -1) for each in where]
    return all(later > earlier + 1 for earlier, later in zip(found, found[1:], strict=False))


__all__ = ["NEAR", "Undefined", "Untried", "equal", "holds"]
