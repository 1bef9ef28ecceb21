"""Trees told apart by the numbers that they give.

Two formulas that say the same in other letters give the same numbers at the same points, whatever stands where: so a formula is looked for by its values at three points,
with its letters in every order. For the site those of every equation are worked out when it is built, and `docs/theme/assets/find.js` compares.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from itertools import pairwise, permutations
from typing import Any

from derivations.catalogue.formulas import Tree

POINTS = (
    (0.3719, 0.6143, 0.8271, 0.1563, 0.4517),
    (0.8837, 0.2371, 0.5519, 0.7043, 0.3361),
    (5.3813, 2.1731, 3.6197, 7.2911, 1.4423),
)
"""Values of the letters, in the order in which they come."""
MOST_LETTERS = len(POINTS[0])
WRITTEN_OUT = 20
"""Sums and products of at most so many terms are written out."""
SAME = 1e-9
"""So far apart, relatively, may two values be that are the same."""


def expanded(tree: Tree, names: Mapping[str, Mapping[str, Any]], given: Mapping[str, Tree] | None = None) -> Tree:
    """A tree of the catalogue with its names put out by what they mean, and short sums and products written out.

    Raises:
        KeyError: there is something in it that has no values.
    """
    known = given or {}
    head = tree[0]
    if head == "sym":
        return known.get(tree[1], tree)
    if head in ("num", "dec", "pi"):
        return tree
    if head == "[]":
        return expanded(tree[1], names, known)
    if head in ("sum", "prod"):
        low, high = (expanded(each, names, known) for each in tree[3:5])
        if low[0] != "num" or high[0] != "num" or high[1] - low[1] >= WRITTEN_OUT:
            raise KeyError(head)
        terms = [expanded(tree[2], names, {**known, tree[1]: ["num", at]}) for at in range(low[1], high[1] + 1)]
        return ["+" if head == "sum" else "*", *terms]
    if head == "app":
        arguments = [expanded(each, names, known) for each in tree[2:]]
        if tree[1] not in names:
            return ["app", tree[1], *arguments]
        meaning = names[tree[1]]
        body = meaning["body"]
        if body[0] == "table":
            return (
                expanded(body[2:][arguments[-1][1] - body[1]], names)
                if arguments[-1][0] == "num"
                else ["app", tree[1], *arguments]
            )
        return expanded(body, names, dict(zip(meaning["parameters"], arguments, strict=True)))
    if head not in VALUE:
        raise KeyError(head)
    return [head, *(expanded(each, names, known) for each in tree[1:])]


def letters(tree: Tree) -> list[str]:
    """The letters of a tree, in the order in which they come; a member of a family is one."""
    found: dict[str, None] = {}

    def walk(each: Tree) -> None:
        if each[0] in ("sym", "app"):
            found[json.dumps(each)] = None
        elif each[0] not in ("num", "dec"):
            for part in each[1:]:
                walk(part)

    walk(tree)
    return list(found)


def value(tree: Tree, given: Mapping[str, float]) -> float:
    """The number that a tree gives.

    Raises:
        ValueError, ArithmeticError: it gives none there. KeyError: it has none anywhere.
    """
    if tree[0] in ("sym", "app"):
        return given[json.dumps(tree)]
    if tree[0] == "num":
        return float(tree[1])
    if tree[0] == "dec":
        return tree[1] / 10 ** tree[2]
    found = VALUE[tree[0]](*(value(part, given) for part in tree[1:]))
    if not math.isfinite(found):
        raise OverflowError(tree[0])
    return float(found)


def _binomial(n: float, k: float) -> float:
    return math.exp(math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1))


def _power(base: float, index: float) -> float:
    found = base**index
    if isinstance(found, complex):
        raise ValueError("a root of a negative number")
    return found


VALUE: Mapping[str, Any] = {
    "+": lambda *parts: math.fsum(parts),
    "*": lambda *parts: math.prod(parts),
    "neg": lambda part: -part,
    "/": lambda above, below: above / below,
    "^": _power,
    "log": math.log,
    "exp": math.exp,
    "sqrt": math.sqrt,
    "abs": abs,
    "max": max,
    "pi": lambda: math.pi,
    "binom": _binomial,
}


def values(tree: Tree, order: list[str]) -> list[float | None]:
    """What a tree gives at each of POINTS, its letters in this order; None where it gives no number."""
    found: list[float | None] = []
    for point in POINTS:
        try:
            found.append(value(tree, dict(zip(order, point, strict=False))))
        except (ValueError, ArithmeticError):
            found.append(None)
    return found


def same(one: list[float | None], other: list[float | None]) -> bool:
    """Whether values agree: where one has a number the other has the same, and at one point at least they do."""
    pairs = [(a, b) for a, b in zip(one, other, strict=True) if a is not None or b is not None]
    return bool(pairs) and all(
        a is not None and b is not None and math.isclose(a, b, rel_tol=SAME, abs_tol=1e-12) for a, b in pairs
    )


def every_order(tree: Tree) -> Iterator[list[float | None]]:
    """The values of a tree with its letters in every order."""
    own = letters(tree)
    if len(own) <= MOST_LETTERS:
        for order in permutations(own):
            yield values(tree, list(order))


def shape(tree: Tree) -> list[str]:
    """What a tree looks like whatever its letters: each head with the one above it, for telling what is nearest."""
    own = letters(tree)

    def walk(each: Tree) -> Iterator[str]:
        if each[0] in ("sym", "app"):
            yield "abcdefghijklmnopqrstuvwxyz"[min(own.index(json.dumps(each)), 25)]
        elif each[0] in ("num", "dec"):
            yield f"{value(each, {}):g}"
        else:
            yield each[0]
            for part in each[1:]:
                yield from walk(part)

    said = ["", *walk(tree), ""]
    return [f"{one} {other}" for one, other in pairwise(said)]
