"""Points of a domain, drawn from its charts: interior, near each boundary, large and small; all label vectors; several N.

Everything is exact (rational numbers) and repeatable: the points of a domain depend on nothing but the domain.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import product
from typing import Any

from sympy import Expr, Rational, Symbol

from derivations.core.domain import Domain, Range, name_of
from derivations.core.notation import evaluated

SPREADS = (Fraction(1), Fraction(1, 10), Fraction(10), Fraction(1, 10**6), Fraction(10**6))
"""How far the positive chart numbers reach: about 1, then towards each boundary, then close to it."""


def points(domain: Domain, tries: int = 12, counts: tuple[int, ...] = (1, 2, 3, 5)) -> Iterator[dict[Any, Any]]:
    """Assignments (quantity to value) that satisfy the domain, for `enclose` and for substitution.

    Symbols get rational numbers; families get a function of their indices, whose values satisfy the family's range. Labels run through all vectors up to N = 5 (the first six
    indices), the rest is drawn.
    """
    labels = [quantity for quantity in domain.labels()]
    counted = [quantity for quantity, over in domain.ranges.items() if over.kind == "count"]
    sizes = list(product(counts, repeat=len(counted))) or [()]
    draw = random.Random(20250612)
    for size in sizes:
        fixed = dict(zip(counted, size, strict=True))
        width = max(size, default=1) if any(not isinstance(label, Symbol) for label in labels) else 1
        vectors = list(product((0, 1), repeat=min(width, 5))) if labels else [()]
        for vector in vectors:
            for attempt in range(
                max(1, tries // len(vectors)) if len(sizes) == 1 else max(1, tries // (len(vectors) * 2))
            ):
                spread = SPREADS[(attempt + len(vector) + sum(vector)) % len(SPREADS)]
                yield {**fixed, **_values(domain, fixed, vector, spread, draw)}


def _values(
    domain: Domain, fixed: dict[Any, int], vector: tuple[int, ...], spread: Fraction, draw: random.Random
) -> dict[Any, Any]:
    values: dict[Any, Any] = {}
    for quantity, over in domain.ranges.items():
        if quantity in fixed or over.kind in ("index", "name"):
            continue
        if isinstance(quantity, Symbol):
            base = {**fixed, **values}.get(over.base, 0)
            values[quantity] = vector[0] if over.kind == "label" else _value(over, spread * _ratio(draw), base)
        elif over.kind == "label":
            values[quantity] = _member_of(vector)
        else:
            values[quantity] = _drawn_family(over, spread, draw.randrange(10**9))
    return values


def _ratio(draw: random.Random) -> Fraction:
    return Fraction(draw.randrange(1, 100), draw.randrange(1, 100))


def _value(over: Range, t: Fraction, base: Any = 0) -> Any:
    if over.kind == "unit":
        ratio = t / (1 + t)
        return Rational(ratio.numerator, ratio.denominator)
    if over.kind in ("above", "at_least"):
        return base + max(1, t.numerator % 7) - (over.kind == "at_least")
    if over.kind == "real":
        signed = t - 1 / t
        return (
            Rational(signed.numerator, signed.denominator) / 8
            if abs(signed) < 400
            else Rational(37 if signed > 0 else -37)
        )
    return Rational(t.numerator, t.denominator)


def _member_of(vector: tuple[int, ...]) -> Callable[..., int]:
    return lambda *indices: vector[(int(indices[-1]) - 1) % len(vector)] if isinstance(indices[-1], int) else vector[0]


def _drawn_family(over: Range, spread: Fraction, seed: int) -> Callable[..., Any]:
    def member(*indices: Any) -> Any:
        return _value(over, spread * _ratio(random.Random(f"{seed}:{indices}")))

    return member


def substitute_point(expression: Expr, at: dict[Any, Any]) -> Expr:
    """The expression at a point, as SymPy computes it exactly: symbols first, then sums and products written out, then families."""
    concrete = evaluated(
        expression.xreplace(
            {quantity: Rational(value) for quantity, value in at.items() if isinstance(quantity, Symbol)}
        )
    )
    members = (
        {
            applied: Rational(at[applied.func](*(int(index) if index.is_Integer else index for index in applied.args)))
            for applied in concrete.atoms(*(quantity for quantity in at if not isinstance(quantity, Symbol)))
        }
        if any(not isinstance(quantity, Symbol) for quantity in at)
        else {}
    )
    return evaluated(concrete.xreplace(members))


def describe(at: dict[Any, Any]) -> str:
    """A point in words, for messages."""
    parts = []
    for quantity, value in at.items():
        if callable(value):
            parts.append(f"{name_of(quantity)} = {', '.join(str(value(index)) for index in (1, 2, 3))}, …")
        else:
            parts.append(f"{quantity} = {value}")
    return "; ".join(parts) or "no free quantity"
