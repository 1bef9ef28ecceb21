"""One relation at one point: decided by balls, contradicted, or undecided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flint import arb, ctx, fmpq

from derivations.engine.arithmetic import NoValue, Number, Undefined, Unreached
from derivations.engine.balls import Balls, Point
from derivations.engine.kernel.statements import Context
from derivations.engine.kernel.terms import Term

PRECISIONS = (128, 512, 2048)
"""Bits, raised until a relation is decided."""

NARROW = 2.0**-60
"""An equation is decided by a ball around the difference that contains 0 and is narrower than this, relative to the left side where that is above 1."""

HOLDS = {"=": (0,), "<": (-1,), ">": (1,), "<=": (-1, 0), ">=": (0, 1)}
"""The signs of left - right for which a relation holds."""

LONGEST = 300
"""Letters of a point in a message."""


@dataclass(frozen=True)
class Found:
    """What balls say of one relation at one point.

    Args:
        agrees: True where they decide for it, False where they contradict it, None where they decide nothing.
        width: of the ball around the difference, relative to the left side where that is above 1.
        approached: whether a limit was followed, which is weaker.
        said: the two values, or why there is nothing to say.
    """

    agrees: bool | None
    width: float = 0.0
    approached: bool = False
    said: str = ""


class At:
    """One point of a context, with the values already found there."""

    def __init__(self, context: Context, point: Point) -> None:
        self.context, self.point = context, point
        self.balls = {precision: Balls(context, point, precision) for precision in PRECISIONS}
        self.known: dict[tuple[Term, int], Number | Exception] = {}

    def of(self, term: Term, precision: int, local: Mapping[str, Any] | None = None) -> Number:
        """The value, kept where there are no bound variables; raises as `balls.value` does."""
        if local:
            return self.balls[precision].of(term, local)
        key = (term, precision)
        if key not in self.known:
            try:
                self.known[key] = self.balls[precision].of(term)
            except (Undefined, NoValue) as reason:
                self.known[key] = reason
        found = self.known[key]
        if isinstance(found, Exception):
            raise found
        return found

    @property
    def used(self) -> frozenset[Any]:
        """What was read of the point: points that differ in nothing that was read are one."""
        return frozenset(
            (key, value if isinstance(value, (fmpq, str)) else repr(value))
            for balls in self.balls.values()
            for key, value in balls.used.items()
        )

    def __str__(self) -> str:
        read = {key: value for balls in self.balls.values() for key, value in balls.used.items()}
        parts = (
            f"{key} = {value}" if isinstance(key, str) else f"{key[0]}({', '.join(map(str, key[1]))}) = {value}"
            for key, value in sorted(read.items(), key=str)
        )
        text = ", ".join(parts) or "no free quantity"
        return text if len(text) <= LONGEST else f"{text[:LONGEST]} …"


def compared(
    at: At, left: Term, relation: str, right: Term, locals_: tuple[Mapping[str, Any], Mapping[str, Any]] = ({}, {})
) -> Found:
    """The relation of two terms at a point; `locals_` are values of bound variables, for each side its own. Raises Unreached where a limit stands in them."""
    found = Found(None)
    for precision in PRECISIONS:
        try:
            one, other = at.of(left, precision, locals_[0]), at.of(right, precision, locals_[1])
            found = decided(one, relation, other, precision)
        except Undefined as reason:
            found = Found(False if reason.certain else None, said=str(reason))
        except Unreached:
            raise
        except NoValue as reason:
            return Found(None, said=str(reason))
        if found.agrees is not None:
            return found
    return found


def decided(one: Number, relation: str, other: Number, precision: int) -> Found:
    """The relation of two values."""
    if isinstance(one, str) or isinstance(other, str):
        return Found((one == other) == (relation == "="), said=f"{one} and {other}")
    with ctx.workprec(precision):
        difference = one - other
        said = f"{_short(one)} and {_short(other)}"
        if isinstance(difference, fmpq):
            return Found(((difference > 0) - (difference < 0)) in HOLDS[relation], said=said)
        size = max(1.0, float(abs(arb(one)).abs_upper()))
        width = float(difference.rad()) / size if difference.is_finite() and size < float("inf") else float("inf")
        if difference != 0:
            return Found((1 if difference > 0 else -1) in HOLDS[relation], width, said=said)
        if difference.is_zero():
            return Found(0 in HOLDS[relation], width, said=said)
        return Found(True if relation == "=" and width < NARROW else None, width, said=said)


def _short(value: Number) -> str:
    """A value for a message; a whole number without the zeros after its point."""
    whole = value.unique_fmpz() if isinstance(value, arb) and value.is_exact() and abs(value) < 10**15 else None
    return value.str(20) if isinstance(value, arb) and whole is None else str(value if whole is None else whole)
