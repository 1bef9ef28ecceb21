"""A reader's own calculator: the value of what the catalogue shows, in mpmath's arithmetic, by walking the formula.

It shares nothing with the engine: not its evaluation, not its enclosures. Quantities are found by name, families are functions of their indices.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import mpmath
from sympy import Basic, Integer, Rational

DIGITS = 40
At = Mapping[str, Any]


class NoNumber(ValueError):
    """The formula is no number at all: a set, a point, a place where something is largest, infinity."""


NO_NUMBERS = ("ArgMax", "ArgMin", "Roots", "Tuple", "FiniteSet", "EmptySet", "Infinity", "NegativeInfinity")
VERY_NEAR, VERY_FAR = mpmath.mpf(10) ** -35, mpmath.mpf(200)


def value(expression: Basic, at: At) -> mpmath.mpf:
    """The value of a formula at a point: names to numbers, names of families to functions of integers."""
    with mpmath.workdps(DIGITS):
        return _value(expression, dict(at))


def _value(expression: Basic, at: dict[str, Any]) -> mpmath.mpf:
    kind = type(expression).__name__
    if isinstance(expression, Rational):
        return mpmath.mpf(int(expression.p)) / int(expression.q)
    if kind in ("Pi", "Exp1"):
        return +mpmath.pi if kind == "Pi" else +mpmath.e
    if expression.is_Symbol:
        return _number(at[expression.name])
    if kind in OPERATIONS:
        return OPERATIONS[kind](*(_value(part, at) for part in expression.args))
    if kind in ("AsDecimal", "Bracket"):
        return _value(expression.args[0], at)
    if kind in ("Sum", "Product"):
        return _over_a_range(expression, at)
    if kind == "SumOverEvents":
        term, index, events = expression.args
        outcomes = at[events.name] if events.is_Symbol else [int(event) for event in events]
        return mpmath.fsum(_value(term, {**at, index.name: outcome}) for outcome in outcomes)
    if kind == "Derivative":
        body, (variable, order) = expression.args
        here = _number(at[variable.name])
        return mpmath.diff(lambda there: _value(body, {**at, variable.name: there}), here, int(order))
    if kind == "Subs":
        body, variables, places = expression.args
        moved = {variable.name: _value(place, at) for variable, place in zip(variables, places, strict=True)}
        return _value(body, {**at, **moved})
    if kind == "Limit":
        body, variable, to, direction = expression.args
        side = 1 if str(direction) == "+" else -1
        near = (1 if to > 0 else -1) * VERY_FAR if to.is_infinite else _value(to, at) + side * VERY_NEAR
        return _value(body, {**at, variable.name: near})
    if kind in at:
        return _number(at[kind](*(int(_value(part, at)) for part in expression.args)))
    if kind in NO_NUMBERS:
        raise NoNumber(f"{expression} is no number")
    raise LookupError(f"{expression} ({kind}) has no value here; known are {sorted(at)}")


def _over_a_range(expression: Basic, at: dict[str, Any]) -> mpmath.mpf:
    term, (index, low, high) = expression.args
    terms = [
        _value(term, {**at, index.name: position})
        for position in range(int(_value(low, at)), int(_value(high, at)) + 1)
    ]
    return mpmath.fsum(terms) if type(expression).__name__ == "Sum" else mpmath.fprod(terms)


def _number(given: Any) -> mpmath.mpf:
    return given if isinstance(given, mpmath.mpf) else mpmath.mpf(float(given))


def _power(base: mpmath.mpf, exponent: mpmath.mpf) -> mpmath.mpf:
    return mpmath.mpf(1) if exponent == 0 else base**exponent


OPERATIONS: dict[str, Callable[..., mpmath.mpf]] = {
    "Add": lambda *terms: mpmath.fsum(terms),
    "Mul": lambda *factors: mpmath.fprod(factors),
    "Pow": _power,
    "log": mpmath.log,
    "exp": mpmath.exp,
    "binomial": mpmath.binomial,
    "Abs": abs,
    "Max": lambda *parts: max(parts),
    "KroneckerDelta": lambda i, j: mpmath.mpf(1 if i == j else 0),
}


def as_function(numbers: Any) -> Callable[..., Any]:
    """A family whose first member has index 1, from a list; with two indices, from a table."""

    def member(*indices: int) -> Any:
        found = numbers
        for index in indices:
            found = found[index - 1]
        return found

    return member


def resolved(equation: Any, term: Basic) -> Basic:
    """A term with names read by their definitions."""
    from derivations.core.proof import Prover

    return Prover(equation.definitions, equation.domain, equation.style).resolve(term)


def is_number(term: Basic) -> bool:
    """Whether a term is a number at every point, and no set, point or place."""
    if type(term).__name__ in NO_NUMBERS:
        return False
    inner = (
        term.args[:1] if type(term).__name__ in ("Sum", "Product", "Derivative", "SumOverEvents", "Subs") else term.args
    )
    return all(is_number(part) for part in inner)


def terms_of(equation: Any) -> list[list[tuple[str, Basic]]]:
    """What an equation shows, line by line: each term with the relation before it, names read by their definitions."""
    return [
        [("", resolved(equation, line.first)), *((link.relation, resolved(equation, link.term)) for link in line.links)]
        for line in equation.lines
    ]


def right_side(equation: Any, which: int = -1) -> Basic:
    """One term that an equation shows, the last unless said otherwise."""
    return terms_of(equation)[0][which][1]


def drawn_point(equation: Any, seed: int) -> dict[str, Any]:
    """A random point of an equation's domain, drawn here and not by the engine."""
    draw = random.Random(f"{equation.id} {seed}")
    at: dict[str, Any] = {"rest": draw.uniform(0.1, 1), "score": draw.gauss(0, 2), "X": [1, 2, 3]}
    symbols = {atom for line in terms_of(equation) for _, term in line for atom in term.atoms() if atom.is_Symbol}
    for symbol in sorted(symbols, key=str):
        at.setdefault(symbol.name, draw.uniform(0.05, 0.95))
    ranges = equation.domain.ranges.items()
    for quantity, over in ranges:
        if isinstance(quantity, Basic):
            at[quantity.name] = _drawn(over.kind, draw, at.get(over.base.name) if over.base is not None else None)
    for family, over in ranges:
        if not isinstance(family, Basic):
            base = at.get(over.base.name) if over.base is not None else None
            at[family.__name__] = _memory(over.kind, draw.randrange(10**9), base)
    _read_definitions(equation, at)
    if isinstance(at.get("k"), float):
        at["k"] = draw.randint(0, int(at.get("n", 5)))
    return at


def _read_definitions(equation: Any, at: dict[str, Any]) -> None:
    """Members of families that have a meaning at given indices (the tosses observed, the two classes) get that value and no drawn one."""
    meanings: dict[str, list[tuple[Basic, Basic]]] = {}
    for name, meaning in equation.definitions.items():
        if name.args and type(name).__name__ in at:
            meanings.setdefault(type(name).__name__, []).append((name, meaning))
    for family, known in meanings.items():
        at[family] = _with_meanings(at[family], known, at)


def _with_meanings(
    drawn: Callable[..., Any], known: list[tuple[Basic, Basic]], at: dict[str, Any]
) -> Callable[..., Any]:
    def member(*indices: int) -> Any:
        for name, meaning in known:
            if indices == tuple(int(_value(index, at)) for index in name.args):
                return _value(meaning, at)
        return drawn(*indices)

    return member


def _drawn(kind: str, draw: random.Random, base: Any) -> Any:
    choices: dict[str, Callable[[], Any]] = {
        "unit": lambda: draw.choice(
            (draw.uniform(0.001, 0.999), draw.uniform(1e-9, 1e-6), 1 - draw.uniform(1e-9, 1e-6))
        ),
        "closed_unit": lambda: draw.choice((0.0, 1.0, draw.uniform(0, 1))),
        "positive": lambda: draw.lognormvariate(0, 2),
        "real": lambda: draw.gauss(0, 3),
        "label": lambda: draw.randint(0, 1),
        "count": lambda: draw.randint(1, 6),
        "above": lambda: int(base) + draw.randint(1, 5),
        "up_to": lambda: draw.randint(1, int(base)),
        "index": lambda: draw.randint(1, 3),
        "name": lambda: draw.uniform(0.05, 0.95),
    }
    return choices[kind]()


def _memory(kind: str, seed: int, base: Any) -> Callable[..., Any]:
    @cache
    def member(*indices: int) -> Any:
        return _drawn(kind, random.Random(f"{seed} {indices}"), base)

    return member


def integer(number: Any) -> int:
    """A SymPy integer as Python's."""
    assert isinstance(number, Integer), f"{number!r} is no whole number"
    return int(number)
