"""Points of a statement's domain: its own inhabitant, the ends that belong to it, places close to those that do not, the middle, equal numbers, all label vectors, several N.

Every point satisfies every hypothesis: by normalising a family whose sum is given, by setting what an equation determines, else by drawing again. What could not be satisfied is
said. The points depend on nothing but the context and the inhabitant.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import product
from typing import Any

from derivations.engine.arithmetic import NoValue, Undefined
from derivations.engine.balls import Point
from derivations.engine.kernel.printing import show
from derivations.engine.kernel.statements import Context, Hypothesis, Range
from derivations.engine.kernel.terms import free
from derivations.engine.ranges import REGIMES, Ends, Family, Misfit, chosen, inside, place, share
from derivations.engine.satisfying import settle, unmet, worth

MIXED = 10
"""Points at which every quantity and every member has a place of its own."""
LABELS = 4
"""Label vectors are complete up to this length."""
PATIENCE = 80
"""How often numbers are drawn again until the hypotheses hold."""


class NoPoint(ValueError):
    """A context without a point, or an inhabitant that is none; the message says why."""


class Hopeless(Exception):
    """An equation that no drawing hits."""


@dataclass(frozen=True)
class Drawn:
    """Points of a context.

    Args:
        points: all of them satisfy the ranges and the hypotheses; the first is the inhabitant, where one is given.
        said: what could not be drawn, or could not be satisfied.
    """

    points: tuple[Point, ...]
    said: tuple[str, ...] = ()


def points(context: Context, inhabitant: Mapping[str, Any] | None = None) -> Drawn:
    """The points of a context at which a statement about it is tried.

    Raises:
        NoPoint: the inhabitant is outside of the ranges or breaks a hypothesis, or there is no point at all.
    """
    found: list[Point] = []
    given_up: dict[str, int] = {}
    if inhabitant:
        try:
            found.append(_Drawing(context, "inhabitant", "middle", fixed=inhabitant).point())
        except (Misfit, NoValue, Undefined) as reason:
            raise NoPoint(f"the inhabitant is no point of the domain: {reason}") from reason
    tried = 0
    for drawing in _drawings(context):
        tried += 1
        try:
            found.append(drawing.point())
        except (Misfit, NoValue, Undefined, RecursionError) as reason:
            given_up[str(reason)] = given_up.get(str(reason), 0) + 1
    if not found:
        raise NoPoint(f"no point: {'; '.join(given_up)}")
    return Drawn(tuple(found), tuple(f"{times} of {tried} drawings: {what}" for what, times in given_up.items()))


def _drawings(context: Context) -> Iterator[_Drawing]:
    for regime in REGIMES:
        yield _Drawing(context, "same", regime)
    for number in range(2):
        yield _Drawing(context, "twin", f"any {number}")
    for number in range(MIXED):
        yield _Drawing(context, "mixed", str(number))
    if any(_labels(over) for over in context.families.values()):
        for length in range(1, LABELS + 1):
            for vector in product((0, 1), repeat=length):
                yield _Drawing(context, "labels", str(vector), labels=vector)


def _labels(over: Range) -> bool:
    return over.whole and over.low == ("num", 0) and over.high == ("num", 1) and over.low_in and over.high_in


class _Drawing:
    """One point while it is made.

    Args:
        kind: "same" (one regime throughout, equal ranges give equal numbers), "twin" (members of equal arguments are equal), "mixed", "labels", "inhabitant".
    """

    def __init__(
        self,
        context: Context,
        kind: str,
        seed: str,
        labels: tuple[int, ...] = (),
        fixed: Mapping[str, Any] | None = None,
    ) -> None:
        self.context, self.kind, self.seed, self.labels, self.fixed = context, kind, seed, labels, dict(fixed or {})
        self.at: dict[str, Any] = {}
        self.again: dict[str, int] = {}

    def point(self) -> Point:
        """The point, with all hypotheses satisfied; raises Misfit where that fails."""
        said = ""
        for attempt in range(PATIENCE):
            try:
                self._draw()
                if not self.fixed:
                    settle(self.context, self.at)
                for _ in range(PATIENCE):
                    broken = unmet(self.context, self.at)
                    if broken is None:
                        return self.at
                    said = f"{show(broken[0].left)} {broken[0].relation} {show(broken[0].right)} could not be satisfied"
                    self._redraw(*broken, attempt)
            except Hopeless:
                break
            except Misfit as reason:
                if not self.context.hypotheses or self.fixed:
                    raise Misfit(said or str(reason)) from reason
            self.again = {name: attempt + 1 for name in (*self.context.quantities, *self.context.families)}
        raise Misfit(said or "no numbers fit")

    def _way(self, name: str, key: tuple[Any, ...] = ()) -> tuple[str, Fraction]:
        tries = self.again.get(name, 0)
        if tries:
            return chosen(self.seed, name, key, tries), share(self.seed, name, key, tries)
        if self.kind in ("same", "inhabitant"):
            return self.seed if self.kind == "same" else "middle", share(self.seed)
        if self.kind == "twin":
            return "any", share(self.seed, key)
        regime = "any" if share(self.kind, self.seed, name, key) > Fraction(1, 2) else chosen(self.seed, name, key)
        return regime, share(self.seed, name, key)

    def _draw(self) -> None:
        self.at = {name: self._family(name, over, self.fixed.get(name)) for name, over in self.context.families.items()}
        waiting = dict(self.context.quantities)
        while waiting:
            ready = [name for name, over in waiting.items() if not self._ends_in(over) & waiting.keys()]
            if not ready:
                raise Misfit(f"the ranges of {', '.join(waiting)} speak of each other")
            for name in ready:
                over = waiting.pop(name)
                self.at[name] = self._quantity(name, over)

    def _ends_in(self, over: Range) -> frozenset[str]:
        return frozenset().union(*(free(end) for end in (over.low, over.high) if end is not None))

    def _quantity(self, name: str, over: Range) -> Any:
        ends = self._ends(over)
        if name in self.fixed:
            at = self.fixed[name]
            at = at if isinstance(at, str) else Fraction(at)
            if not inside(over, ends, at):
                raise Misfit(f"{name} = {at} is not of its range")
            return at
        if self.labels and over.whole and over.high is None and ends[0] is not None and not self.again.get(name):
            return max(Fraction(len(self.labels)), place(over, ends, "low", Fraction(0)))
        return place(over, ends, *self._way(name))

    def _family(self, name: str, over: Range, given: Any) -> Family:
        labels = self.labels if _labels(over) else ()
        family = Family(
            over,
            cache(lambda: self._ends(over)),
            lambda key: self._way(name, key),
            (self.kind, self.seed, name),
            labels,
        )
        if isinstance(given, Mapping):
            values = {key if isinstance(key, tuple) else (key,): Fraction(v) for key, v in given.items()}
            family.rules.append(lambda key: values.get(tuple(part for part in key if not isinstance(part, str))))
        elif given is not None:
            family.rules.append(given if callable(given) else lambda key: Fraction(given))
        return family

    def _ends(self, over: Range) -> Ends:
        return (worth(self.context, self.at, over.low), worth(self.context, self.at, over.high))

    def _redraw(self, broken: Hypothesis, used: Mapping[Any, Any], attempt: int) -> None:
        """Another number for one of the members that a broken hypothesis speaks of; all anew where it speaks of none."""
        members = [key for key in used if isinstance(key, tuple)]
        if not members and broken.relation == "=":
            raise Hopeless
        if self.fixed or not members:
            raise Misfit("a hypothesis does not hold")
        name, key = members[(attempt + sum(self.at[name].again.get(key, 0) for name, key in members)) % len(members)]
        self.at[name].redraw(key)
