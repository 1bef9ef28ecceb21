"""Comparison in SymPy's own arithmetic: both sides computed exactly at a point, and their difference decided. No ball arithmetic.

A difference that comes out as a rational number is decided as it stands. Logarithms and roots are evaluated under SymPy's accuracy control, which raises the precision until the
digits asked for are right or gives up; where it gives up, the difference is 0 if it expands to 0, and else undecided.
"""

from __future__ import annotations

from typing import Any

from sympy import Basic, Expr, Limit, Rational, expand, im, nan, oo, zoo
from sympy.core.evalf import PrecisionExhausted

from derivations.core.algebra import expand_logarithms
from derivations.core.domain import Domain
from derivations.core.notation import evaluated
from derivations.core.points import substitute_point
from derivations.core.proof import Prover
from derivations.core.statements import Comparison, Point

NOWHERE = Domain()


class Exact:
    """Compares what the prover computes, at points with exact values.

    Args:
        prover: reads names, differentiates and takes limits as the proof does.
    """

    def __init__(self, prover: Prover) -> None:
        self.prover = prover
        self._computed: dict[Basic, Basic] = {}
        self._values: dict[tuple[Basic, tuple[Any, ...]], Expr] = {}

    def value(self, term: Basic, at: Point) -> Expr:
        """A term at a point, computed once."""
        key = (term, tuple(at.items()))
        if key not in self._values:
            if term not in self._computed:
                self._computed[term] = self.prover._evaluated(term)
            self._values[key] = substitute_point(self._computed[term], at)
        return self._values[key]

    def compare(self, left: Basic, right: Basic, at: Point, right_at: Point | None = None) -> Comparison:
        a, b = self.value(left, at), self.value(right, at if right_at is None else right_at)
        if a == b:
            return Comparison(0, True)
        if any(value.has(oo, -oo, zoo, nan) or (not value.is_real and im(value) != 0) for value in (a, b)):
            return Comparison(None, lost=True)
        sign = sign_of(a - b)
        return Comparison(sign, sign == 0)

    def approach(self, limit: Limit, value: Basic, at: Point) -> Comparison:
        """SymPy's limit against the value claimed."""
        reached = substitute_point(evaluated(self.prover.resolve(limit)), at)
        claimed = self.value(value, at)
        if oo in (abs(reached), abs(claimed)):
            return Comparison(0 if reached == claimed else 1, reached == claimed)
        sign = sign_of(reached - claimed)
        return Comparison(sign, sign == 0)


def sign_of(number: Expr) -> int | None:
    """The sign of an exact real number; None where it could not be decided.

    >>> from sympy import log
    >>> sign_of(log(8) - 3 * log(2)), sign_of(log(3) - log(2))
    (0, 1)
    """
    number = expand_logarithms(number, NOWHERE)
    if isinstance(number, Rational):
        return 1 if number > 0 else -1 if number < 0 else 0
    try:
        near = number.evalf(15, maxn=200, strict=True)
    except PrecisionExhausted:
        return 0 if expand(number) == 0 else None
    return None if not near.is_real else 1 if near > 0 else -1 if near < 0 else None
