"""What has no value in ball arithmetic, tried at places: limits are followed, maximisers and roots compared with everything around them."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from typing import Any

from flint import arb, ctx, fmpq

from derivations.engine.arithmetic import NoValue, Number, Undefined, number
from derivations.engine.balls import STEPS, Balls, ball
from derivations.engine.deciding import At, Found, compared, decided
from derivations.engine.kernel.terms import Term
from derivations.engine.ranges import TOKENS

FINE = 424
"""Bits at which limits are followed."""
CLOSE = 1e-9
"""How near a function has to come to its limit."""
FALLS = 0.75
"""A distance that does not fall by this factor from one step to the next, and is not small, does not fall to 0."""
GRID = 16
OUT = (Fraction(1, 4), Fraction(1), Fraction(3), Fraction(8), Fraction(20))
BESIDE = tuple(Fraction(sign, 2**power) for power in (7, 12, 20) for sign in (1, -1))
"""Places beside a stated maximiser or root, in units of the interval."""
HALVINGS = 80


def followed(at: At, left: Term, relation: str, right: Term) -> Found:
    """A relation in which limits stand, each followed along a sequence towards its place: weaker than a value, and it says so."""
    try:
        sides = [_sequence(at, side) for side in (left, right)]
    except Undefined as reason:
        return Found(False if reason.certain else None, approached=True, said=str(reason))
    except NoValue as reason:
        return Found(None, approached=True, said=str(reason))
    infinite = [side for side in (left, right) if side[0] == "inf"]
    if len(infinite) == 2:
        return Found(left == right, approached=True)
    if infinite and relation == "=":
        return _grows([one for side in sides if (one := side) is not None][0], infinite[0][1])
    if infinite or None in sides:
        return Found(None, approached=True, said="no order with infinity is tried")
    ones, others = (side or [] for side in sides)
    with ctx.workprec(FINE):
        gaps = [one - other for one, other in zip(ones, others, strict=True)]
    said = f"{gaps[-1].str(10)} apart where it ends"
    last, before = abs(gaps[-1]), abs(gaps[-2])
    if relation != "=":
        stays = last > CLOSE and not last < before * FALLS
        return Found(
            decided(ones[-1], relation, others[-1], FINE).agrees if stays else None, approached=True, said=said
        )
    far = float(last.abs_upper())
    if far < CLOSE and all(not after > gap for gap, after in zip(map(abs, gaps), map(abs, gaps[1:]), strict=False)):
        return Found(True, far, True, said)
    return Found(False if last > CLOSE and last > before * FALLS else None, far, True, said)


def _sequence(at: At, term: Term) -> list[arb] | None:
    if term[0] == "inf":
        return None
    return [ball(Balls(at.context, at.point, FINE, near).of(term), FINE) for near in range(STEPS)]


def _grows(values: list[arb], sign: str) -> Found:
    turned = [value if sign == "+" else -value for value in values]
    pairs = list(zip(turned, turned[1:], strict=False))
    said = f"{values[-1].str(10)} where it ends"
    if turned[-1] > 10 and all(after > before for before, after in pairs):
        return Found(True, approached=True, said=said)
    before, after = pairs[-1]
    return Found(
        False if after < 0 or abs(after - before) < CLOSE or after < before else None, approached=True, said=said
    )


# ---------------------------------------------------------------- the largest, the smallest


def optimiser(at: At, term: Term, value: Term) -> Found:
    """Whether nothing in the interval reaches what the body is at the stated place; ends included where they belong."""
    _, variable, body, low, high, ends = term
    relation = ">" if term[0] == "argmax" else "<"
    try:
        best = at.of(value, 128)
        if not _belongs(at, best, low, high, ends):
            return Found(False, said=f"{best} is not in the interval")
        places = _places(at, low, high, ends, [best])
    except NoValue as reason:
        return Found(None, said=str(reason))
    except Undefined as reason:
        return Found(False if reason.certain else None, said=str(reason))
    undecided, width = "", 0.0
    for place in places:
        found = compared(at, body, relation, body, ({variable: best}, {variable: place}))
        if found.agrees is False:
            return Found(False, said=f"at {variable} = {place} against {best}: {found.said}")
        undecided = undecided or ("" if found.agrees else f"{variable} = {place}: {found.said}")
        width = max(width, found.width)
    return Found(None if undecided or not places else True, width, said=undecided)


def rival(at: At, term: Term, value: Term) -> Fraction | None:
    """A place of the interval where the body is certainly better than at the stated one, where one is found."""
    _, variable, body, low, high, ends = term
    relation = "<" if term[0] == "argmax" else ">"
    try:
        best = at.of(value, 128)
        places = _places(at, low, high, ends, [best])
        return next(
            (
                each
                for each in places
                if compared(at, body, relation, body, ({variable: best}, {variable: each})).agrees
            ),
            None,
        )
    except (NoValue, Undefined):
        return None


def same_optimiser(at: At, left: Term, right: Term) -> Found:
    """Whether two bodies order every two places alike: then they have the same maximisers on whatever set."""
    try:
        for places in (_tokens(left), _tuples(left), _single(at, left)):
            try:
                ones, others = _values(at, left, places), _values(at, right, places)
                break
            except NoValue:
                continue
        else:
            return Found(None, said="no places to compare at")
    except Undefined as reason:
        return Found(False if reason.certain else None, said=str(reason))
    order = sorted(range(len(ones)), key=lambda n: float(ball(ones[n])))
    unlike = [
        (first, second)
        for first, second in zip(order, order[1:], strict=False)
        if _sign(ones[second] - ones[first]) != _sign(others[second] - others[first])
        or _sign(ones[second] - ones[first]) is None
    ]
    if not unlike:
        return Found(True)
    best = [{n for n in order if not any(_sign(side[m] - side[n]) == 1 for m in order)} for side in (ones, others)]
    if best[0] & best[1]:
        return Found(None, said=f"{unlike[0]} are ordered otherwise")
    at_best = [next(iter(places[min(each)].values())) for each in best]
    if len(places[0]) == 1 and not isinstance(at_best[0], str):
        span = [next(iter(place.values())) for place in places]
        if abs(at_best[0] - at_best[1]) < (max(span) - min(span)) / 4:
            return Found(None, said="the maximisers are not on the grid")
    return Found(False, said=f"the best place is {at_best[0]} for one, {at_best[1]} for the other")


def _sign(difference: Number) -> int | None:
    if difference > 0 or difference < 0:
        return 1 if difference > 0 else -1
    return 0 if difference == 0 or (isinstance(difference, arb) and difference.rad() < 2.0**-80) else None


def _values(at: At, term: Term, places: list[dict[str, Any]]) -> list[Number]:
    found = [at.of(term[2], 512, dict(zip(term[1].split(","), place.values(), strict=True))) for place in places]
    return found if term[0] == "argmax" else [-each for each in found]


def _tokens(term: Term) -> list[dict[str, Any]]:
    return [
        dict(zip(term[1].split(","), each, strict=True)) for each in product(TOKENS, repeat=len(term[1].split(",")))
    ]


def _tuples(term: Term) -> list[dict[str, Any]]:
    variables = term[1].split(",")
    return (
        [dict(zip(variables, each, strict=True)) for each in product((-2, 0, 1, 3), repeat=len(variables))]
        if len(variables) > 1
        else _tokens(term)
    )


def _single(at: At, term: Term) -> list[dict[str, Any]]:
    return [{term[1]: place} for place in _places(at, term[3], term[4], term[5], [])]


def nowhere(at: At, term: Term) -> Found:
    """Whether the best of all places is beaten by one nearer to an open end, or further out: a sequence, and weaker."""
    _, variable, body, low, high, ends = term
    relation = ">" if term[0] == "argmax" else "<"
    try:
        places = _places(at, low, high, ends, [])
        first, last = (None if end is None else _fraction(end) for end in (_end(at, low), _end(at, high)))
    except (NoValue, Undefined) as reason:
        return Found(None, approached=True, said=str(reason))
    best = places[0]
    for place in places[1:]:
        if compared(at, body, relation, body, ({variable: place}, {variable: best})).agrees:
            best = place
    little = (last - first if first is not None and last is not None else Fraction(1)) / 10**9
    beyond = [Fraction(-40) if first is None else first + little, Fraction(40) if last is None else last - little]
    beaten = (compared(at, body, relation, body, ({variable: place}, {variable: best})).agrees for place in beyond)
    if any(beaten):
        return Found(True, approached=True)
    return Found(False if best in (first, last) else None, approached=True, said=f"{variable} = {best} is not beaten")


# ---------------------------------------------------------------- roots


def roots(at: At, term: Term, members: tuple[Term, ...]) -> Found:
    """Whether the body is 0 at each stated root, and nowhere else on a grid, and has no change of sign that no stated root explains."""
    _, variable, body, low, high, ends = term
    zero, undecided = ("num", 0), ""
    try:
        stated = [at.of(member, 128) for member in members]
        for root in stated:
            if not _belongs(at, root, low, high, ends):
                return Found(False, said=f"{root} is not in the interval")
            found = compared(at, body, "=", zero, ({variable: root}, {}))
            if not found.agrees:
                return Found(found.agrees, said=f"at {variable} = {root}: {found.said}")
        places = sorted(_places(at, low, high, ends, stated))
    except NoValue as reason:
        return Found(None, said=str(reason))
    except Undefined as reason:
        return Found(False if reason.certain else None, said=str(reason))
    signs: list[tuple[Any, int]] = []
    for place in places:
        rises = compared(at, body, ">", zero, ({variable: place}, {}))
        falls = compared(at, body, "<", zero, ({variable: place}, {}))
        if rises.agrees is False and falls.agrees is False:
            return Found(False, said=f"0, or undefined, also at {variable} = {place}: {rises.said}")
        if rises.agrees or falls.agrees:
            signs.append((place, 1 if rises.agrees else -1))
        else:
            undecided = undecided or f"{variable} = {place}: {rises.said}"
    for (one, sign), (other, turned) in zip(signs, signs[1:], strict=False):
        if sign != turned and not any(one < root < other for root in map(_fraction, stated)):
            said = _crossing(at, body, variable, one, other, sign)
            if said:
                return Found(False, said=said)
            undecided = f"a change of sign between {one} and {other}"
    return Found(None if undecided or not signs else True, said=undecided)


def _crossing(at: At, body: Term, variable: str, low: Fraction, high: Fraction, sign: int) -> str:
    """Where a continuous body is 0 between two places of unlike sign; empty at a pole."""
    start = abs(ball(at.of(body, 128, {variable: low})))
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        value = at.of(body, 512, {variable: middle})
        low, high = (middle, high) if (value > 0) == (sign > 0) else (low, middle)
    small = abs(ball(value)) < start * 2.0**-40
    return f"0 also near {variable} = {float(middle):.12g}" if small else ""


# ---------------------------------------------------------------- places of an interval


def _fraction(value: Number) -> Fraction:
    """A number, or one that is as near to it as a float."""
    return Fraction(int(value.p), int(value.q)) if isinstance(value, fmpq) else Fraction(float(value.mid()))


def _end(at: At, term: Term) -> Number | None:
    return None if term[0] == "inf" else at.of(term, 128)


def _belongs(at: At, value: Number, low: Term, high: Term, ends: str) -> bool:
    """Whether a value lies in the interval, as far as balls can tell."""
    first, last = _end(at, low), _end(at, high)
    above = first is None or not value <= first or (ends[0] == "[" and not value < first)
    return above and (last is None or not value >= last or (ends[1] == "]" and not value > last))


def _places(at: At, low: Term, high: Term, ends: str, stated: list[Number]) -> list[Fraction]:
    """Places all over the interval, its ends where they belong to it, close to its ends, and beside what is stated; without what is stated."""
    first, last = (None if end is None else _fraction(end) for end in (_end(at, low), _end(at, high)))
    own = [_fraction(value) for value in stated]
    if first is not None and last is not None:
        width = last - first
        found = [first + width * n / GRID for n in range(1, GRID)]
        found += [first + width / 10**6, last - width / 10**6]
        found += [end for end, closed in ((first, ends[0] == "["), (last, ends[1] == "]")) if closed]
    else:
        width = Fraction(1)
        middle = first if first is not None else last if last is not None else Fraction(0)
        signs = [sign for sign, end in ((1, last), (-1, first)) if end is None]
        found = [middle + sign * out for sign in signs for out in OUT] + ([middle] if len(signs) == 2 else [])
    found += [value + width * beside for value in own for beside in BESIDE]
    inside = (place for place in found if _belongs(at, number(place), low, high, ends))
    return [place for place in dict.fromkeys(inside) if place not in own]
