"""Points of a domain, drawn from its charts: interior, near each boundary, large and small; all label vectors; several N.

Everything is exact (rational numbers) and repeatable: the points of a domain depend on nothing but the domain. A domain that is empty, or that is not understood, has no points.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import product
from typing import Any

from sympy import Basic, Expr, Integer, Limit, Product, Rational, Subs, Sum, Symbol, log
from sympy.core.function import AppliedUndef

from derivations.core.domain import Domain, Range, name_of
from derivations.core.notation import Optimiser, Roots, SumOverEvents, evaluated

SPREADS = (Fraction(1), Fraction(1, 10), Fraction(10), Fraction(1, 10**6), Fraction(10**6))
"""How far the positive chart numbers reach: about 1, then towards each boundary, then close to it."""

SAID = ("unit", "closed_unit", "positive", "real", "label", "count", "above", "up_to", "index", "name")
"""The kinds of range that points are drawn from; a range of any other kind has none."""

MOST_LABELS = 5
"""Label vectors are complete up to this many labels."""


def points(domain: Domain, tries: int = 12, counts: tuple[int, ...] = (1, 2, 3, 5)) -> Iterator[dict[Any, Any]]:
    """Assignments (quantity to value) that satisfy the domain, for `enclose` and for `substitute_point`.

    Symbols get rational numbers, indices a position; families get a function of their indices, whose values satisfy the family's range. Each count runs through `counts`, the labels
    through every vector of as many labels (all of them up to five), and the rest is drawn, at least once for each of those and `tries` times where there are none.
    """
    ranges = domain.ranges
    if any(over.kind not in SAID for over in ranges.values()):
        return
    drawn = [quantity for quantity, over in ranges.items() if over.kind not in ("name", "index", "label", "count")]
    counted = [quantity for quantity, over in ranges.items() if over.kind == "count"]
    draw = random.Random(20250612)
    cases = [(dict(zip(counted, size, strict=True)), size) for size in product(counts, repeat=len(counted))]
    settings = [(fixed, labels) for fixed, size in cases for labels in _label_vectors(domain, max(size, default=1))]
    each = max(1, tries // len(settings)) if drawn else 1
    for number, (fixed, labels) in enumerate(settings):
        for attempt in range(each):
            at = _values(domain, {**fixed, **labels}, number + attempt, attempt >= len(SPREADS), draw)
            if at is not None:
                yield at


def _label_vectors(domain: Domain, count: int) -> list[dict[Any, Any]]:
    """Every assignment of 0 and 1 to the labels: one for a symbol, `count` (at most five) for a family."""
    labels = domain.labels()
    widths = [1 if isinstance(label, Symbol) else min(count, MOST_LABELS) for label in labels]
    vectors = []
    for bits in product((0, 1), repeat=min(sum(widths), MOST_LABELS)):
        parts, start = {}, 0
        for label, width in zip(labels, widths, strict=True):
            own = tuple(bits[(start + n) % len(bits)] for n in range(width))
            parts[label] = own[0] if isinstance(label, Symbol) else _member_of(own)
            start += width
        vectors.append(parts)
    return vectors


def _values(
    domain: Domain, fixed: dict[Any, Any], regime: int, mixed: bool, draw: random.Random
) -> dict[Any, Any] | None:
    """One point: the first ones near one boundary or in the middle throughout, the `mixed` ones with a place of its own for every quantity. None where the ranges contradict."""
    values = dict(fixed)
    waiting = [(quantity, over) for quantity, over in domain.ranges.items() if quantity not in fixed]
    while waiting:
        later = []
        for quantity, over in waiting:
            spread = SPREADS[draw.randrange(len(SPREADS)) if mixed else regime % len(SPREADS)]
            if over.kind == "name":
                continue
            if over.kind == "index":
                values[quantity] = 1 + regime % 3
            elif over.base is not None and over.base not in values:
                later.append((quantity, over))
            elif isinstance(quantity, Symbol):
                values[quantity] = _value(over, spread * _ratio(draw), values.get(over.base, 0))
            else:
                values[quantity] = _drawn_family(
                    over, None if mixed else spread, draw.randrange(10**9), values.get(over.base, 0)
                )
        if len(later) == len(waiting):
            return None
        waiting = later
    return values


def _ratio(draw: random.Random) -> Fraction:
    return Fraction(draw.randrange(1, 100), draw.randrange(1, 100))


def _value(over: Range, t: Fraction, base: Any = 0) -> Any:
    if over.kind == "closed_unit" and t.numerator % 4 == 0:
        return Rational(t.denominator % 2)  # an end
    if over.kind in ("unit", "closed_unit"):
        ratio = t / (1 + t)
        return Rational(ratio.numerator, ratio.denominator)
    if over.kind == "above":
        return base + max(1, t.numerator % 7)
    if over.kind == "up_to":
        return 1 + t.numerator % base
    if over.kind == "real":
        signed = t - 1 / t
        return (
            Rational(signed.numerator, signed.denominator) / 8
            if abs(signed) < 400
            else Rational((20 + t.numerator % 18) * (1 if signed > 0 else -1))
        )
    return Rational(t.numerator, t.denominator)


def _member_of(vector: tuple[int, ...]) -> Callable[..., int]:
    return lambda *indices: vector[(int(indices[-1]) - 1) % len(vector)] if isinstance(indices[-1], int) else vector[0]


def _drawn_family(over: Range, spread: Fraction | None, seed: int, base: Any) -> Callable[..., Any]:
    known: dict[Any, Any] = {}

    def member(*indices: Any) -> Any:
        if indices not in known:
            draw = random.Random(f"{seed}:{indices}")
            known[indices] = _value(over, (spread or draw.choice(SPREADS)) * _ratio(draw), base)
        return known[indices]

    return member


# ---------------------------------------------------------------- what an expression is free in, and its value at a point


def free_quantities(expression: Basic) -> set[Any]:
    """The symbols and families an expression depends on; the variables that sums, limits, optimisers and solution sets bind are not among them."""
    if isinstance(expression, Symbol):
        return {expression}
    if isinstance(expression, AppliedUndef):
        return {expression.func, *(free for part in expression.args for free in free_quantities(part))}
    if isinstance(expression, (Sum, Product)):
        term, *limits = expression.args
        bounds = {free for limit in limits for part in limit.args[1:] for free in free_quantities(part)}
        return (free_quantities(term) - {limit.args[0] for limit in limits}) | bounds
    if isinstance(expression, (SumOverEvents, Roots, Limit)):
        inner, variable, *rest = expression.args
        return (free_quantities(inner) - {variable}) | {free for part in rest for free in free_quantities(part)}
    if isinstance(expression, Optimiser):
        return free_quantities(expression.objective) - set(expression.variables)
    if isinstance(expression, Subs):
        inner, variables, values = expression.args
        return (free_quantities(inner) - set(variables)) | free_quantities(values)
    return {free for part in expression.args for free in free_quantities(part)}


def substitute_point(expression: Expr, at: dict[Any, Any]) -> Expr:
    """The expression at a point, as SymPy computes it exactly: free symbols first, then sums and products written out, then families."""
    free = free_quantities(expression)
    numbers = {quantity: _exact(value) for quantity, value in at.items() if quantity in free and not callable(value)}
    concrete = evaluated(expression.xreplace(numbers))
    for _ in range(2):  # an index may itself be a member of a family: the class of sample i
        members = {
            applied: _exact(at[applied.func](*(int(index) if index.is_Integer else index for index in applied.args)))
            for applied in concrete.atoms(AppliedUndef)
            if applied.func in at and not any(index.atoms(AppliedUndef) for index in applied.args)
        }
        concrete = evaluated(concrete.xreplace(members)) if members else concrete
    return concrete


def _exact(value: Any) -> Expr:
    return value if isinstance(value, Expr) else Integer(value)


def exact_points(domain: Domain, exponential: set[Any]) -> Iterator[dict[Any, Any]]:
    """A few points with small numbers, for exact arithmetic; the `exponential` reals get the logarithm of a rational, so that their exponentials are rational."""
    small = (Fraction(2, 5), Fraction(3), Fraction(5, 7), Fraction(11, 2))
    for number, at in enumerate(points(domain, tries=4, counts=(2, 1, 3))):
        for position, (quantity, over) in enumerate(domain.ranges.items()):
            t = small[(number + position) % len(small)]
            if over.kind in ("unit", "positive", "real"):
                at[quantity] = (
                    _small_value(over, t, quantity in exponential)
                    if isinstance(quantity, Symbol)
                    else _small_family(over, small, number)
                )
            elif over.kind == "above":
                at[quantity] = at[over.base] + 2 + number
        yield at


def _small_value(over: Range, t: Fraction, exponential: bool) -> Expr:
    if over.kind == "real":
        exact = Rational(t.numerator, t.denominator)
        return log(exact) if exponential else exact - 1
    return _value(over, t)


def _small_family(over: Range, small: tuple[Fraction, ...], number: int) -> Callable[..., Any]:
    def member(*indices: Any) -> Any:
        position = sum(index * (3 + n) for n, index in enumerate(indices) if isinstance(index, int))
        return _small_value(over, small[(number + position) % len(small)] + Fraction(position, 3), False)

    return member


def describe(at: dict[Any, Any]) -> str:
    """A point in words, for messages."""
    parts = []
    for quantity, value in at.items():
        if callable(value):
            parts.append(f"{name_of(quantity)} = {', '.join(str(value(index)) for index in (1, 2, 3))}, …")
        else:
            parts.append(f"{quantity} = {value}")
    return "; ".join(parts) or "no free quantity"
