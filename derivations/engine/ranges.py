"""Places of one range, and families of numbers drawn from a range: where the points of a domain take their numbers from. Everything is repeatable; nothing is random."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any
from zlib import crc32

from flint import arb, fmpq

from derivations.engine.kernel.statements import Range

Ends = tuple[Any, Any]
"""The ends of a range at a point: fractions, or None where it has none."""

REGIMES = ("middle", "low", "high", "any", "near low", "near high")
"""Where in a range: "low" and "high" are the ends themselves where they belong to it; "near" is close to them."""

LITTLE = Fraction(1, 10**6)
BEYOND = 6
"""How far a range of whole numbers without an end is followed: from 1 to 7, from -3 to 3."""

TOKENS = ("#1", "#2", "#3")
"""The points of any space."""


class Misfit(ValueError):
    """No number of the range fits; the message says which."""


def share(*what: Any) -> Fraction:
    """A number between 0 and 1 that depends on `what` and on nothing else."""
    return Fraction(1 + crc32(repr(what).encode()) % 96, 97)


def chosen(*what: Any) -> str:
    """One of the regimes, likewise."""
    return REGIMES[crc32(repr(("regime", *what)).encode()) % len(REGIMES)]


def inside(over: Range, ends: Ends, at: Any) -> bool:
    """Whether a number lies in the range; a ball certainly so."""
    if over.point:
        return isinstance(at, str)
    low, high = ends
    if isinstance(at, arb):
        low, high = (fmpq(end.numerator, end.denominator) if isinstance(end, Fraction) else end for end in ends)
    if over.whole and not (isinstance(at, Fraction) and at.denominator == 1):
        return False
    above = low is None or at > low or (over.low_in and at == low)
    return bool(above and (high is None or at < high or (over.high_in and at == high)))


def place(over: Range, ends: Ends, regime: str, t: Fraction) -> Any:
    """A number of the range, or the point of a space.

    Args:
        t: between 0 and 1, for the regime "any".

    Raises:
        Misfit: the range is empty at this point.
    """
    if over.point:
        return TOKENS[{"middle": 0, "low": 0, "high": 1}.get(regime, int(t * 3))]
    low, high = ends
    at = _whole(over, low, high, regime, t) if over.whole else _real(over, low, high, regime, t)
    if not inside(over, ends, at):
        raise Misfit(f"no number between {low} and {high}")
    return at


def _whole(over: Range, low: Any, high: Any, regime: str, t: Fraction) -> Fraction:
    first = None if low is None else -(-low // 1) + (low.denominator == 1 and not over.low_in)
    last = None if high is None else high // 1 - (high.denominator == 1 and not over.high_in)
    if first is None:
        first = last - BEYOND if last is not None else -BEYOND // 2
    if last is None:
        last = first + BEYOND
    middle = (first + last) // 2 if high is not None or low is None else first + 1
    within = {"middle": middle, "low": first, "high": last, "near low": first + 1, "near high": last - 1}
    at = within.get(regime, first + int(t * (last - first + 1)))
    return Fraction(max(first, min(last, at)))


def _real(over: Range, low: Any, high: Any, regime: str, t: Fraction) -> Fraction:
    if low is None and high is None:
        within: dict[str, Any] = {"middle": 0, "low": -BEYOND, "high": BEYOND, "near low": -LITTLE, "near high": LITTLE}
        return Fraction(within.get(regime, BEYOND * t - BEYOND // 2))
    if low is None:
        turned = Range(low_in=over.high_in)
        return -_real(turned, -high, None, regime, t)
    width = 1 if high is None else high - low
    near = low + width * LITTLE
    if high is None:
        one: dict[str, Any] = {
            "middle": low + 1,
            "low": low if over.low_in else low + Fraction(1, 10),
            "high": low + 2 * BEYOND,
        }
        return Fraction({**one, "near low": near, "near high": low + 5}.get(regime, low + t / (1 - t)))
    ends = {"low": low if over.low_in else low + width / 10, "high": high if over.high_in else high - width / 10}
    within = {**ends, "middle": low + width / 2, "near low": near, "near high": high - width * LITTLE}
    return Fraction(within.get(regime, low + width * t))


class Family:
    """The members of a family at one point: each gets a number of the family's range when it is asked for, by a rule of a hypothesis if one speaks of it."""

    def __init__(
        self,
        over: Range,
        ends: Callable[[], Ends],
        way: Callable[[tuple[Any, ...]], tuple[str, Fraction]],
        seed: Any,
        labels: tuple[int, ...] = (),
    ) -> None:
        self.over, self.ends, self.way, self.seed, self.labels = over, ends, way, seed, labels
        self.values: dict[tuple[Any, ...], Any] = {}
        self.again: dict[tuple[Any, ...], int] = {}
        self.rules: list[Callable[[tuple[Any, ...]], Any]] = []

    def __call__(self, *key: Any) -> Any:
        if key not in self.values:
            found = next((found for rule in self.rules if (found := rule(key)) is not None), None)
            self.values[key] = self.raw(key) if found is None else self.fitting(key, found)
        return self.values[key]

    def fitting(self, key: tuple[Any, ...], found: Any) -> Any:
        """The number that a hypothesis gives to a member.

        Raises:
            Misfit: it is not of the family's range.
        """
        if not inside(self.over, self.ends(), found):
            raise Misfit(f"the number {found} of {key} is not of its range")
        return found

    def raw(self, key: tuple[Any, ...]) -> Any:
        """A number of the range, whatever the hypotheses say."""
        tries = self.again.get(key, 0)
        if self.labels and not tries:
            whole = [part for part in key if isinstance(part, int)]
            return Fraction(self.labels[sum((n + 1) * (part - 1) for n, part in enumerate(whole)) % len(self.labels)])
        regime, t = self.way(key) if not tries else (chosen(self.seed, key, tries), share(self.seed, key, tries))
        return place(self.over, self.ends(), regime, t)

    def redraw(self, key: tuple[Any, ...]) -> None:
        """Another number for one member; what rules made of it is made again."""
        self.again[key] = self.again.get(key, 0) + 1
        self.values.clear()
