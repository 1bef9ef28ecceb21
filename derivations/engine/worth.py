"""What trees are worth, with mpmath, in order to compare them with what was read.

A derivative, a limit, a place of a maximum become a fixed combination of the body's values at several places, with the ends and the side: two of them are worth the same only if they
are taken of the same, at the same place, from the same side. A name may be worth what it means, or, as by `opaque`, a number of its own for each of its arguments.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from hashlib import sha256
from typing import Any

from mpmath import mp

from derivations.engine.atoms import Unreadable, Value
from derivations.engine.kernel.terms import Term, sym
from derivations.engine.writing import distribution

DIGITS = 60
LONGEST = 5000
SHAPES = {"()": "open", "(]": "low_open", "[)": "high_open", "[]": "closed"}


def weight(tag: str, place: int = 0) -> Any:
    """A fixed number between 1/2 and 3/2 that belongs to a tag."""
    return mp.mpf(int.from_bytes(sha256(f"{tag} {place}".encode()).digest()[:16])) / 2**128 + mp.mpf(1) / 2


def combined(tag: str, body: Callable[..., Any], places: Sequence[tuple[Any, ...]], ends: Sequence[Any] = ()) -> Any:
    """What stands for a derivative, a limit, a maximum: the body's values at these places and the ends, each with its own weight."""
    values = [body(*place) for place in places]
    finite = [weight(str(end)) if isinstance(end, str) or mp.isinf(end) else end for end in ends]
    return mp.fsum(weight(tag, place) * value for place, value in enumerate([*values, *finite]))


def beside(at: Any) -> list[tuple[Any]]:
    return [(at + mp.mpf(step) / 997,) for step in (11, -7, 5)]


def beyond(at: Any, side: str) -> list[tuple[Any]]:
    """Places on the way to a limit."""
    if mp.isinf(at):
        return [(mp.sign(at) * mp.mpf(step) / 7,) for step in (20, 31, 43)]
    return [(at + (1 if side == "+" else -1) * mp.mpf(step) / 997,) for step in (3, 11, 19)]


def among(variables: int, low: Any = None, high: Any = None) -> list[tuple[Any, ...]]:
    """Places between two ends, or anywhere."""
    low = mp.mpf(0) if low is None or mp.isinf(low) else low
    high = low + 1 if high is None or mp.isinf(high) else high
    steps = (weight("among", each) - mp.mpf(1) / 2 for each in range(3 * variables))
    flat = [low + (high - low) * step for step in steps]
    return [tuple(flat[each * variables : (each + 1) * variables]) for each in range(3)]


def real(value: Any) -> Any:
    """A number of a point for mpmath."""
    if isinstance(value, Fraction):
        return mp.mpf(value.numerator) / value.denominator
    return mp.mpf(value) if isinstance(value, int) else value


def whole(value: Any) -> bool:
    return isinstance(value, (int, mp.mpf)) and bool(mp.isint(value))


def times(one: Any, other: Any) -> Any:
    """A product. With 0 it is not 0, or nothing could be said of what is beside the 0."""
    return weight("0") * (one + other) if one == 0 or other == 0 else one * other


def equal(one: Any, other: Any) -> Any:
    """What stands for 1 where the two are equal, else 0: something that depends on both, as a 0 would hide what is beside it."""
    return mark("is", [one, other])


def mark(name: str, values: Sequence[Any]) -> Any:
    """A number between 1/10 and 9/10 that belongs to a name and some values, smooth in each."""
    angle = 7 * weight(name)
    for place, value in enumerate(values):
        value = weight(value) if isinstance(value, str) else value
        angle += weight(name, 2 * place + 1) * value + weight(name, 2 * place + 2) * value**2
    return (5 + 4 * mp.sin(angle)) / 10


def quotient(above: Any, below: Any) -> Any:
    return above / below if below != 0 else mp.nan


def power(base: Any, exponent: Any) -> Any:
    return mp.nan if base == 0 and mp.re(exponent) < 0 else mp.power(base, exponent)


def largest(values: Iterable[Any]) -> Any:
    """By the real part, so that a derivative's places off the real line do no harm."""
    return max(values, key=mp.re)


def series(adding: bool, body: Callable[..., Any], low: Any, high: Any) -> Any:
    """A sum or a product, written out; where that cannot be, a combination as of a limit."""
    if not (whole(low) and whole(high) and 0 <= high - low < LONGEST):
        first = int(low) if whole(low) else low
        return combined("sum" if adding else "prod", body, [(first + each,) for each in range(3)], [low, high])
    found = mp.mpf(0 if adding else 1)
    for place in range(int(low), int(high) + 1):
        found = found + body(place) if adding else times(found, body(place))
    return found


def number(term: Term, point: Mapping[str, Any], value: Value) -> Any:
    """What the tree is worth at the point: a number, or a tuple of them."""

    def of(part: Term) -> Any:
        return number(part, point, value)

    def along(names: str, body: Term) -> Callable[..., Any]:
        return lambda *at: number(body, {**point, **dict(zip(names.split(","), at, strict=True))}, value)

    match term:
        case ("num", digits):
            return mp.mpf(digits)
        case ("dec", digits, places):
            return mp.mpf(digits) / mp.mpf(10) ** places
        case ("sym", name):
            if name not in point:
                raise Unreadable(f"{name} has no value here")
            return real(point[name])
        case ("pi",):
            return +mp.pi
        case ("inf", sign):
            return mp.inf if sign == "+" else -mp.inf
        case ("app", *_):
            return value(term, point)
        case ("+", first, *rest):
            found = of(first)
            for part in rest:
                found = found - of(part[1]) if part[0] == "neg" else found + of(part)
            return found
        case ("*", *factors):
            found = of(factors[0])
            for part in factors[1:]:
                found = times(found, of(part))
            return found
        case ("neg", body):
            return -of(body)
        case ("/", above, below):
            return quotient(of(above), of(below))
        case ("^", base, exponent):
            return power(of(base), of(exponent))
        case (("log" | "exp" | "sqrt"), body):
            return getattr(mp, term[0])(of(body))
        case ("abs", body):
            return abs(of(body))
        case ("max", *parts):
            return largest(map(of, parts))
        case ("binom", above, below):
            return mp.binomial(of(above), of(below))
        case ("is", one, other):
            return equal(of(one), of(other))
        case ("[]", body):
            return of(body)
        case ("tuple", *parts) | ("table", _, *parts):
            return tuple(map(of, parts))
        case ("set", *parts):
            return ("set", *map(of, parts))
        case (("sum" | "prod"), name, body, low, high):
            return series(term[0] == "sum", along(name, body), of(low), of(high))
        case ("fn", name, body):
            return combined("fn", along(name, body), [(1,), (2,)])
        case ("d", name, body, at):
            return combined("d", along(name, body), beside(of(at)))
        case ("lim", name, body, at, side):
            side, place = ("" if at[0] == "inf" else side), of(at)
            return combined(f"lim{side}", along(name, body), beyond(place, side), [place])
        case (("argmax" | "argmin" | "roots"), names, body, *ends):
            if "," in names or not ends or (term[0] != "roots" and ends[0][0] == ends[1][0] == "inf"):
                return combined(term[0], along(names, body), among(len(names.split(","))))
            low, high = of(ends[0]), of(ends[1])
            tag = f"{term[0]} {SHAPES[ends[2]]}"
            return combined(tag, along(names, body), among(1, low, high), ["low", low, "high", high])
    raise TypeError(f"{term!r} is worth nothing")


def opaque(term: Term, point: Mapping[str, Any]) -> Any:
    """A number that belongs to a name and its arguments, whatever the name means: two names, or two arguments, are never worth the same."""
    _, name, *arguments = term
    values: list[Any] = []
    for argument in arguments:
        named = distribution(argument) if argument[0] == "fn" else None
        if named is not None and "." not in named[0] and not named[1]:
            argument = sym(named[0])  # the distribution itself
        if argument[0] == "fn":
            values += [number(argument[2], {**point, argument[1]: at}, opaque) for at in (1, 2)]
        elif argument[0] == "sym" and callable(point.get(argument[1])):
            values += [point[argument[1]](at) for at in (1, 2)]
        else:
            values.append(number(argument, point, opaque))
    return mark(name, values)
