"""Hypotheses at a point that is being drawn: what equations determine is set, and what does not hold is found."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from itertools import product
from typing import Any

from flint import arb, fmpq

from derivations.engine.arithmetic import NoValue, Undefined
from derivations.engine.balls import Balls
from derivations.engine.kernel.statements import Context, Hypothesis, Range
from derivations.engine.kernel.terms import Term, free
from derivations.engine.ranges import BEYOND, REGIMES, TOKENS, Family, Misfit, inside, place, share

NARROW = fmpq(1, 2**100)
"""Balls nearer than this satisfy an equation of a hypothesis."""


def worth(context: Context, at: Mapping[str, Any], term: Term | None, local: Mapping[str, Any] | None = None) -> Any:
    """A term at a point: a fraction, a ball, or the point of a space; None for an end that is none."""
    if term is None or term[0] == "inf":
        return None
    found = Balls(context, at).of(term, local)
    return Fraction(int(found.p), int(found.q)) if isinstance(found, fmpq) else found


def settle(context: Context, at: dict[str, Any]) -> None:
    """Sets what the equations among the hypotheses determine: a member of a family, the members of a sum (by normalising them), or a quantity."""
    for hypothesis in _spoken(context):
        if hypothesis.relation == "=":
            both = ((hypothesis.left, hypothesis.right), (hypothesis.right, hypothesis.left))
            if not any(_by_rule(context, at, hypothesis, *sides) for sides in both) and not hypothesis.every:
                _solve(context, at, hypothesis)


def _spoken(context: Context) -> Iterator[Hypothesis]:
    """The hypotheses about numbers that speak of nothing that is bound here; one that names the place of a maximum asks nothing of numbers."""
    for hypothesis in context.hypotheses:
        if hypothesis.left[0] != "tuple" and not (free(hypothesis.left) | free(hypothesis.right)) & context.bound:
            yield hypothesis


def _by_rule(context: Context, at: dict[str, Any], hypothesis: Hypothesis, one: Term, other: Term) -> bool:
    adding = one[0] == "sum"
    inner = one[2] if adding else one
    members = inner[1:] if inner[0] == "+" else (inner,)
    if any(part[:2] != members[0][:2] or part[0] != "app" for part in members):
        return False
    family = at.get(members[0][1])
    if not isinstance(family, Family) or (adding and ("sym", one[1]) not in members[0]):
        return False
    variables = {name for name, _ in hypothesis.every} | ({one[1]} if adding else set())

    def rule(key: tuple[Any, ...]) -> Any:
        for pattern in members:
            local = _matched(context, at, pattern[2:], key, variables)
            if local is None:
                continue
            total = worth(context, at, other, local)
            if one[0] == "app":
                return total
            runs = [{**local, one[1]: n} for n in _run(context, at, one, local)] if adding else [local]
            keys = [tuple(_part(context, at, t, run) for t in member[2:]) for member in members for run in runs]
            if key in keys:
                _divide(family, keys, total)
                return family.values[key]
        return None

    family.rules.append(rule)
    return True


def _matched(
    context: Context, at: Mapping[str, Any], pattern: tuple[Term, ...], key: tuple[Any, ...], variables: set[str]
) -> dict[str, Any] | None:
    """The values of the variables for which the pattern is this key."""
    local: dict[str, Any] = {}
    if len(pattern) != len(key):
        return None
    for part, given in zip(pattern, key, strict=True):
        if part[0] == "sym" and part[1] in variables:
            if local.setdefault(part[1], given) != given:
                return None
        elif free(part) & variables or _part(context, at, part, local) != given:
            return None
    return local


def _part(context: Context, at: Mapping[str, Any], term: Term, local: Mapping[str, Any]) -> Any:
    found = worth(context, at, term, local)
    return int(found) if isinstance(found, Fraction) and found.denominator == 1 else found


def _run(context: Context, at: Mapping[str, Any], term: Term, local: Mapping[str, Any]) -> range:
    return range(_part(context, at, term[3], local), _part(context, at, term[4], local) + 1)


def _divide(family: Family, keys: list[tuple[Any, ...]], total: Any) -> None:
    """Every member gets its share of the total; of whole numbers one member gets it all."""
    raw = [family.raw(each) for each in keys]
    if family.over.whole or not sum(raw):
        one = int(share(keys, raw) * len(keys))
        raw = [Fraction(n == one) for n in range(len(keys))]
    for key, weight in zip(keys, raw, strict=True):
        family.values[key] = family.fitting(key, total * weight / sum(raw))


def _solve(context: Context, at: dict[str, Any], hypothesis: Hypothesis) -> None:
    """Sets a quantity that an equation determines, if its range has the solution: one that it is linear in, or a fraction between two places of unlike sign."""
    difference = ("+", hypothesis.left, ("neg", hypothesis.right))
    for name in sorted(free(difference) & context.quantities.keys(), reverse=True):
        over = context.quantities[name]
        if over.point:
            continue
        ends = _ends(context, at, over)

        def gap(place: Fraction, name: str = name) -> Any:
            return worth(context, {**at, name: place}, difference)

        for solution in (_linear, _between):
            try:
                solved = solution(gap, over, ends)
            except (Undefined, NoValue):
                continue
            if solved is not None and inside(over, ends, solved):
                at[name] = solved
                return


def _linear(gap: Callable[[Fraction], Any], over: Range, ends: tuple[Any, Any]) -> Fraction | None:
    values = [gap(Fraction(n)) for n in (2, 3, 4)]
    if any(isinstance(each, arb) for each in values) or values[0] + values[2] != 2 * values[1]:
        return None
    slope = values[1] - values[0]
    return 2 - values[0] / slope if slope else None


def _between(gap: Callable[[Fraction], Any], over: Range, ends: tuple[Any, Any]) -> Fraction | None:
    """The simplest fraction near a change of sign; whether it solves the equation is checked with all hypotheses."""
    low, high = (place(over, ends, regime, Fraction(1, 2)) for regime in ("near low", "near high"))
    rises = gap(high) > 0
    if over.whole or rises == (gap(low) > 0):
        return None
    for _ in range(50):
        middle = (low + high) / 2
        low, high = (low, middle) if (gap(middle) > 0) == rises else (middle, high)
    return ((low + high) / 2).limit_denominator(1000)


def _ends(context: Context, at: Mapping[str, Any], over: Range) -> tuple[Any, Any]:
    return worth(context, at, over.low), worth(context, at, over.high)


def unmet(context: Context, at: Mapping[str, Any]) -> tuple[Hypothesis, Mapping[Any, Any]] | None:
    """A hypothesis that does not hold at the point, or is not known to, with what it read of the point; None where all hold, and every quantity is in its range."""
    for name, over in context.quantities.items():
        if not inside(over, _ends(context, at, over), at[name]):
            raise Misfit(f"{name} = {at[name]} is not of its range")
    for hypothesis in _spoken(context):
        for local in _instances(context, at, hypothesis):
            balls = Balls(context, at)
            left, right = balls.of(hypothesis.left, local), balls.of(hypothesis.right, local)
            if not _holds(left, hypothesis.relation, right):
                return hypothesis, balls.used
    return None


def _holds(left: Any, relation: str, right: Any) -> bool:
    if isinstance(left, str) or isinstance(right, str):
        return bool((left == right) == (relation == "="))
    difference = left - right
    if relation == "=":
        return bool(abs(difference) < NARROW)
    turned = difference if relation in (">", ">=") else -difference
    return bool(turned > 0 or (relation in ("<=", ">=") and turned >= 0))


def _instances(context: Context, at: Mapping[str, Any], hypothesis: Hypothesis) -> Iterator[dict[str, Any]]:
    """Values of the variables under "for every": all of a finite range of whole numbers, some of any other."""
    ranges = [[at for at in _some(over, _ends(context, at, over))] for _, over in hypothesis.every]
    names = [name for name, _ in hypothesis.every]
    for values in product(*ranges):
        yield dict(zip(names, values, strict=True))


def _some(over: Range, ends: tuple[Any, Any]) -> list[Any]:
    if over.point:
        return list(TOKENS)
    if over.whole and None not in ends:
        within = (Fraction(n) for n in range(int(ends[0] // 1), int(-(-ends[1] // 1)) + 1))
        return [n for n in within if inside(over, ends, n)]
    if over.whole:
        first = place(over, ends, "low", Fraction(0))
        return [first + n for n in range(BEYOND + 1) if inside(over, ends, first + n)]
    return [place(over, ends, regime, share(regime)) for regime in REGIMES]
