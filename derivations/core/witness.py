"""The second witness: both sides of every equation evaluated in ball arithmetic at points of its domain.

It shares nothing with the proof but the reading of names: values come from Arb, derivatives from power series, limits from a sequence that approaches the point (a weaker
witness, and counted as such). A ball that excludes 0 refutes; balls that agree prove nothing, which is why this is evidence beside a proof and never the proof.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flint import arb, ctx
from sympy import Basic, Integer, Limit, oo

from derivations.core.enclosure import CannotEnclose, NotReal, enclose
from derivations.core.equation import Equation
from derivations.core.notation import Chain, Optimiser, Roots, evaluated
from derivations.core.points import free_quantities
from derivations.core.reading import Reading
from derivations.core.statements import Comparison, Point, Trial, trials

PRECISIONS = (106, 212, 424, 848)
"""Bits, raised until a comparison is decided."""

NARROW = 2.0**-60
"""A ball around a difference is decisive if it excludes 0, or if it contains 0 and its radius is below this, relative to the size of the left side where that is above 1."""

CLOSE = 1e-9
"""How near a function has to come to its claimed limit."""


class WitnessFailure(ValueError):
    """The witness contradicts an equation, or found no point that decides anything; the message names the equation and the point."""


@dataclass(frozen=True)
class Claim:
    """One relation of an equation, as it is written."""

    left: Basic
    relation: str
    right: Basic


def claims(equation: Equation) -> list[Claim]:
    """What an equation claims: every relation of its chains but those that set a condition, and that the first chain states what was computed.

    A definition claims that its words mean what it stands for, where the two were given separately.
    """
    first = equation.lines[0]
    if equation.verdict == "definition":
        stated = len(equation.lines) == 1 and first.links and isinstance(equation.expression, Basic)
        differs = stated and evaluated(first.last) != evaluated(equation.expression)
        return [Claim(first.last, "=", equation.expression)] if differs else []
    found = [claim for line in equation.lines for claim in _links(line)]
    anchor = first.terms[1] if first.links and first.links[0].relation == "=" else first.first
    if not any(link.relation in "<≤>≥" for link in first.links) and not (found and anchor == equation.expression):
        found.append(Claim(anchor, "=", equation.expression))
    return found


def _links(line: Chain) -> Iterator[Claim]:
    previous = line.first
    for link in line.links:
        if link.relation != "=!":
            yield Claim(previous, link.relation, link.term)
            previous = link.term


class Balls:
    """Comparison in ball arithmetic, at rising precision until it is decided."""

    def compare(self, left: Basic, right: Basic, at: Point, right_at: Point | None = None) -> Comparison:
        if left == right and (left in (oo, -oo) or (right_at is not None and _agree(left, at, right_at))):
            return Comparison(0, True)
        found = Comparison(None, width=float("inf"))
        for precision in PRECISIONS:
            a, b = _real(left, at, precision), _real(right, at if right_at is None else right_at, precision)
            if a is None or b is None:
                return Comparison(None, lost=True)
            found = _compared(a, b, precision)
            if found.sign is not None or found.settled:
                return found
        return found

    def approach(self, limit: Limit, value: Basic, at: Point) -> Comparison:
        """The function along a sequence towards the point: its distance from the claimed limit has to fall at every step and end small (towards infinity: its size has to grow)."""
        function, variable, to, direction = limit.args
        value = evaluated(value)
        distances = []
        for power in (4, 16, 64):
            there = _near(to, str(direction), power)
            reached = enclose(function, {**at, variable: there}, 424)
            if value in (oo, -oo):
                distances.append(1 / (reached if value is oo else -reached))
            else:
                distances.append(abs(reached - enclose(value, at, 424)))
        falls = all(far > near for far, near in zip(distances, distances[1:], strict=False))
        ends = distances[-1]
        arrives = ends > 0 and ends < 0.05 if value in (oo, -oo) else ends < CLOSE
        return Comparison(None, True, float(ends.abs_upper())) if falls and arrives else Comparison(1)


def _agree(term: Basic, at: Point, other: Point) -> bool:
    """Whether two points are the same as far as a term depends on them."""
    return all(at.get(quantity) == other.get(quantity) for quantity in free_quantities(term))


def _real(expression: Basic, at: Point, precision: int) -> arb | None:
    """The enclosure, or None where there is certainly no real value."""
    try:
        return enclose(expression, at, precision)
    except NotReal:
        return None


def _near(to: Basic, direction: str, power: int) -> Basic:
    """2^-power away from a finite point, on the side asked for; `power` itself out towards infinity."""
    if to in (oo, -oo):
        return Integer(power) if to is oo else Integer(-power)
    return to + (1 if direction == "+" else -1) * Integer(2) ** -power


def _compared(a: arb, b: arb, precision: int) -> Comparison:
    with ctx.workprec(precision):
        difference = a - b
        size = max(1.0, float(abs(a).abs_upper())) if a.is_finite() else 1.0
    if not difference.is_finite():
        return Comparison(None, width=float("inf"))
    width = float(difference.rad()) / size
    if difference.is_zero():
        return Comparison(0, True, width)
    sign = 1 if difference > 0 else -1 if difference < 0 else None
    return Comparison(sign, sign is None and width < NARROW, width)


@dataclass(frozen=True)
class Witnessed:
    """What the witness found.

    Args:
        points: how many different points were tried; a place of a claimed extremum or root counts as a point.
        decisive: those at which every comparison was decided.
        widest: the widest ball around a difference, relative to the size of the left side where that is above 1.
        approached: whether a limit was followed along a sequence, which is weaker.
        constant: whether nothing is free, so that there is one point only.
    """

    points: int
    decisive: int
    widest: float
    approached: bool
    constant: bool


def witness(equation: Equation) -> Witnessed | None:
    """Every claim of an equation tried at the points of its domain; None for a definition that claims nothing.

    Raises:
        WitnessFailure: a point contradicts it, or its domain has no point, or no point decided.
    """
    read = Reading(equation)
    stated = claims(equation)
    found = [trial for claim in stated for trial in _tried(equation, claim, read)]
    if not found:
        return None
    undecided = {trial.where for trial in found if trial.agrees is None}
    tried = {trial.where for trial in found}
    terms = [read(term) for claim in stated for term in (claim.left, claim.right)]
    return Witnessed(
        points=len(tried),
        decisive=len(tried - undecided),
        widest=max(trial.width for trial in found if trial.agrees),
        approached=any(isinstance(term, Limit) for term in terms),
        constant=not any(free_quantities(term) or isinstance(term, (Optimiser, Roots)) for term in terms),
    )


def _tried(equation: Equation, claim: Claim, read: Reading) -> list[Trial]:
    said = f"{equation.id}: {claim.left} {claim.relation} {claim.right}"
    left, right = read(claim.left), read(claim.right)
    spots = read.spots(left, right)
    if not spots:
        raise WitnessFailure(f"{said}: the domain ({equation.domain.ranges}) has no point: it is empty or wrong")
    found = []
    try:
        for trial in trials(left, claim.relation, right, Balls(), spots):
            if trial.agrees is False:
                raise WitnessFailure(f"{said} does not hold at {trial.where} {trial.note}".rstrip())
            found.append(trial)
    except CannotEnclose as reason:
        raise WitnessFailure(f"{said}: {reason}") from reason
    if not any(trial.agrees for trial in found):
        raise WitnessFailure(f"{said}: tried at {len(found)} points, and none decided anything")
    return found
