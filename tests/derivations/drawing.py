"""A random point of an equation's domain, drawn here and not by the engine: every quantity in its range, every premise satisfied."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from itertools import combinations, product
from random import Random
from typing import Any

import mpmath

from tests.derivations.evaluation import DIGITS, Tree, value


def drawn_point(context: Any, seed: str) -> dict[str, Any]:
    """A point at which all premises hold (apart from those about points, which ask nothing of numbers)."""
    draw = Random(seed)
    at: dict[str, Any] = {}
    waiting = dict(context.quantities)
    while waiting:
        name = next(name for name, over in waiting.items() if letters(over.low) | letters(over.high) <= at.keys())
        over = waiting.pop(name)
        at[name] = f"some {name}" if over.point else draw_from(over, context, at, draw)
    for name, over in context.families.items():
        at[name] = _members(name, over, context, dict(at), draw.randrange(10**9))
    for premise in context.hypotheses:
        _satisfy(premise, context, at)
    for premise in context.hypotheses:
        for case in _cases(premise, context, at):
            if not _of_points(premise):
                left, right = (value(side, context, {**at, **case}) for side in (premise.left, premise.right))
                assert mpmath.almosteq(left, right, rel_eps=1e-20, abs_eps=1e-20), f"the premise {premise} fails: {at}"
    return at


def letters(tree: Tree | None) -> set[str]:
    """The quantities in the end of a range."""
    if tree is None:
        return set()
    if tree[0] == "sym":
        return {tree[1]}
    return set().union(*(letters(part) for part in tree[1:] if isinstance(part, tuple)))


def draw_from(over: Any, context: Any, at: dict[str, Any], draw: Random) -> Any:
    """A number of a range: well inside, close to an end, or an end that belongs to it."""
    low: Any = None if over.low is None else value(over.low, context, at)
    high: Any = None if over.high is None else value(over.high, context, at)
    if over.whole:
        first: Any = None if low is None else int(mpmath.floor(low)) + (0 if over.low_in and mpmath.isint(low) else 1)
        last = None if high is None else int(mpmath.ceil(high)) - (0 if over.high_in and mpmath.isint(high) else 1)
        first = first if first is not None else (last if last is not None else 0) - 5
        return draw.randint(first, last if last is not None else first + 5)
    if low is None and high is None:
        return draw.gauss(0, 3)
    if high is None:
        return draw.choice((low + draw.lognormvariate(0, 2), low + draw.uniform(1e-9, 1e-6)))
    if low is None:
        return high - draw.lognormvariate(0, 2)
    width = high - low
    ends = [end for end, belongs in ((low, over.low_in), (high, over.high_in)) if belongs]
    inside = [low + width * draw.uniform(0.001, 0.999) for _ in range(3)]
    return draw.choice(
        [*inside, low + width * draw.uniform(1e-9, 1e-6), high - width * draw.uniform(1e-9, 1e-6), *ends]
    )


def _members(name: str, over: Any, context: Any, at: dict[str, Any], seed: int) -> Callable[..., Any]:
    @cache
    def member(*arguments: Any) -> Any:
        if over.point:
            return f"{name} {arguments}"
        return draw_from(over, context, at, Random(f"{seed} {arguments}"))

    return member


# ------------------------------------------------------------ premises


def _of_points(premise: Any) -> bool:
    """Whether a premise says that points are others, or the place of a maximum."""
    return "tuple" in (premise.left[0], premise.right[0])


def _satisfy(premise: Any, context: Any, at: dict[str, Any]) -> None:
    left, right = premise.left, premise.right
    if _of_points(premise):
        return
    if left[0] == "app" and left[1] in context.families:
        at[left[1]] = _overruled(at[left[1]], premise, context, at)
    elif left[0] == "sum" and left[2][0] == "app" and left[2][1] in context.families and right == ("num", 1):
        at[left[2][1]] = _normalised(at[left[2][1]], left, context, at)
    elif not _equated(premise, context, at):
        _solve(premise, context, at)


def _equated(premise: Any, context: Any, at: dict[str, Any]) -> bool:
    """Makes two families that a premise speaks of the same, if it holds then."""
    spoken_of = [name for name in context.families if repr(name) in repr(premise.left)]
    for one, other in combinations(spoken_of, 2):
        equal = {**at, other: at[one]}
        with mpmath.workdps(DIGITS):
            if abs(value(premise.left, context, equal) - value(premise.right, context, equal)) < mpmath.mpf(10) ** -40:
                at.update(equal)
                return True
    return False


def _overruled(member: Callable[..., Any], premise: Any, context: Any, at: dict[str, Any]) -> Callable[..., Any]:
    """A family whose members are what the premise says, where it speaks of them."""
    before, own = dict(at), {name for name, _ in premise.every}

    def found(*arguments: Any) -> Any:
        case = {}
        for pattern, argument in zip(premise.left[2:], arguments, strict=True):
            if pattern[0] == "sym" and pattern[1] in own:
                case[pattern[1]] = argument
            elif _worth(pattern, context, {**before, **case}) != argument:
                return member(*arguments)
        return value(premise.right, context, {**before, **case})

    return found


def _worth(pattern: Tree, context: Any, at: dict[str, Any]) -> Any:
    if pattern[0] == "sym" and isinstance(at.get(pattern[1]), str):
        return at[pattern[1]]
    return int(value(pattern, context, at))


def _normalised(member: Callable[..., Any], total: Tree, context: Any, at: dict[str, Any]) -> Callable[..., Any]:
    """A family whose members add up to 1 over the argument that the sum runs over."""
    _, variable, body, low, high = total
    before = dict(at)
    where = body[2:].index(("sym", variable))

    def found(*arguments: Any) -> Any:
        with mpmath.workdps(DIGITS):
            places = range(int(value(low, context, before)), int(value(high, context, before)) + 1)
            weights = {
                place: mpmath.mpf(member(*arguments[:where], place, *arguments[where + 1 :])) for place in places
            }
            if arguments[where] not in weights:
                return member(*arguments)
            total_weight = mpmath.fsum(weights.values())
            return weights[arguments[where]] / total_weight if total_weight else mpmath.mpf(1) / len(weights)

    return found


def _solve(premise: Any, context: Any, at: dict[str, Any]) -> None:
    """A quantity moved to where the premise holds, by halving the interval."""
    for name, over in context.quantities.items():
        if over.point or over.whole or over.low is None or over.high is None or name not in letters(premise.left):
            continue
        with mpmath.workdps(DIGITS):
            low, high = (value(end, context, at) for end in (over.low, over.high))
            tiny = (high - low) * mpmath.mpf(10) ** -12
            low, high = low + tiny, high - tiny

            def gap(place: Any, name: str = name) -> Any:
                moved = {**at, name: place}
                return value(premise.left, context, moved) - value(premise.right, context, moved)

            sign = mpmath.sign(gap(low))
            if sign == mpmath.sign(gap(high)):
                continue
            while high - low > mpmath.mpf(10) ** -45:
                middle = (low + high) / 2
                low, high = (middle, high) if mpmath.sign(gap(middle)) == sign else (low, middle)
            at[name] = low
            return
    raise AssertionError(f"no quantity was found that satisfies {premise}")


def _cases(premise: Any, context: Any, at: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Some values of the letters that a premise holds for."""
    choices: list[list[Any]] = []
    for _, over in premise.every:
        if over.point:
            choices.append(["one point", "another point"])
        else:
            first = int(value(over.low, context, at))
            last = first + 3 if over.high is None else int(value(over.high, context, at))
            choices.append(list(range(first, last + 1))[:4])
    for chosen in product(*choices):
        yield dict(zip((name for name, _ in premise.every), chosen, strict=True))
