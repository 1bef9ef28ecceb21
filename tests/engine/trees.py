"""Trees written short, and what they are worth by mpmath: the oracle of the tests of balls."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import mpmath

from derivations.engine.kernel.statements import Range
from derivations.engine.kernel.terms import ONE, ZERO, Term, num, sym

UNIT = Range(ZERO, ONE)
CLOSED = Range(ZERO, ONE, True, True)
REAL = Range()
COUNT = Range(ONE, None, True, False, True)
LABEL = Range(ZERO, ONE, True, True, True)
SPACE = Range(point=True)


def plus(*terms: Term) -> Term:
    return ("+", *terms)


def times(*terms: Term) -> Term:
    return ("*", *terms)


def over(one: Term, other: Term) -> Term:
    return ("/", one, other)


def ratio(one: int, other: int) -> Term:
    return ("/", num(one), num(other))


def to_the(base: Term, exponent: Term | int) -> Term:
    return ("^", base, num(exponent) if isinstance(exponent, int) else exponent)


def log(term: Term) -> Term:
    return ("log", term)


def app(name: str, *arguments: Term) -> Term:
    return ("app", name, *arguments)


def total(term: Term, index: str, first: Term, last: Term) -> Term:
    return ("sum", index, term, first, last)


def slope(term: Term, by: str, at: Term | None = None) -> Term:
    return ("d", by, term, sym(by) if at is None else at)


def divergence(p: Term, q: Term) -> Term:
    """KL of two coins."""
    return plus(times(p, log(over(p, q))), times(other(p), log(over(other(p), other(q)))))


def other(p: Term) -> Term:
    return ("+", ONE, ("neg", p))


COIN = times(("binom", num(10), num(8)), to_the(sym("p"), 8), to_the(other(sym("p")), 2))


def worth(term: Term, at: Mapping[str, Any]) -> Any:
    """The value by mpmath, derivatives by its finite differences.

    Raises:
        ValueError, ZeroDivisionError: some part has no real value; 0^0 has none.
    """
    found = _worth(term, at)
    if mpmath.im(found) != 0 or not mpmath.isfinite(found):
        raise ValueError(f"{term} is {found}")
    return mpmath.re(found)


def _worth(term: Term, at: Mapping[str, Any]) -> Any:

    def of(part: Term, **more: Any) -> Any:
        return worth(part, {**at, **more})

    match term[0]:
        case "num":
            return mpmath.mpf(term[1])
        case "sym":
            return (
                mpmath.mpf(at[term[1]].numerator) / at[term[1]].denominator
                if hasattr(at[term[1]], "numerator")
                else at[term[1]]
            )
        case "+":
            return mpmath.fsum(of(part) for part in term[1:])
        case "*":
            return mpmath.fprod(of(part) for part in term[1:])
        case "neg":
            return -of(term[1])
        case "/":
            return of(term[1]) / of(term[2])
        case "^":
            if of(term[1]) == of(term[2]) == 0:
                raise ValueError("0^0")
            return of(term[1]) ** of(term[2])
        case "log":
            return mpmath.log(of(term[1]))
        case "exp":
            return mpmath.exp(of(term[1]))
        case "sqrt":
            return mpmath.sqrt(of(term[1]))
        case "abs":
            return abs(of(term[1]))
        case "max":
            return max(of(part) for part in term[1:])
        case "binom":
            return mpmath.binomial(of(term[1]), of(term[2]))
        case "sum":
            return mpmath.fsum(of(term[2], **{term[1]: n}) for n in range(int(of(term[3])), int(of(term[4])) + 1))
        case "prod":
            return mpmath.fprod(of(term[2], **{term[1]: n}) for n in range(int(of(term[3])), int(of(term[4])) + 1))
        case "d":
            return mpmath.diff(lambda x: of(term[2], **{term[1]: x}), of(term[3]))
    raise ValueError(term[0])
