"""A reader's own calculator: what a tree is worth at a point, in mpmath's arithmetic, by walking it.

It shares nothing with the engine but the form of trees and of definitions (`kernel/terms.py` documents both): not its evaluation, not its enclosures. Derivatives are finite
differences, limits a look from very near, sums are added up.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import mpmath

DIGITS = 80
VERY_NEAR, VERY_FAR = mpmath.mpf(10) ** -35, mpmath.mpf(10) ** 20
Tree = tuple[Any, ...]
At = Mapping[str, Any]
"""Numbers for quantities, anything at all for points, functions for families: of the whole numbers and points that tell their members apart."""


class NoNumber(ValueError):
    """The tree is no number at all: a set, a place where something is largest, an infinity."""


class Undefined(ValueError):
    """The tree has no real value at this point."""


def value(tree: Tree, context: Any, at: At) -> mpmath.mpf:
    """The value of a tree at a point; names are read by the definitions of the context.

    Raises:
        NoNumber: it is none. Undefined: it has none here. LookupError: the point does not say enough.
    """
    with mpmath.workdps(DIGITS):
        found = Calculator(context, at).of(tree, {name: _given(each) for name, each in at.items()})
        if not _is_number(found):
            raise NoNumber(f"{tree} is no number")
        return found


class Calculator:
    """One context at one point. `here` is what single letters stand for: numbers, points, distributions as functions."""

    def __init__(self, context: Any, at: At) -> None:
        self.definitions, self.conventions = context.names, context.conventions
        self.points = {name for name, over in context.quantities.items() if over.point}
        self.families = {name: member for name, member in at.items() if callable(member)}

    def of(self, tree: Tree, here: At) -> Any:
        kind = tree[0]
        if kind in ARITHMETIC:
            parts = [self.of(part, here) for part in tree[1:]]
            if not all(map(_is_number, parts)):
                raise NoNumber(f"{tree} calculates with what is no number")
            return _finite(ARITHMETIC[kind](*parts), tree)
        if kind not in FORMS:
            raise NoNumber(f"{tree} is no number")
        return FORMS[kind](self, tree, here)

    def letter(self, tree: Tree, here: At) -> Any:
        name = tree[1]
        if name in here:
            return here[name]
        if name in self.definitions or name in self.families:
            return lambda *arguments: self.called(name, arguments)
        if name in self.points:
            return f"some {name}"
        raise LookupError(f"{name} has no value here")

    def application(self, tree: Tree, here: At) -> Any:
        arguments = tuple(self.of(part, here) for part in tree[2:])
        own = here.get(tree[1])
        return _given(own(*arguments)) if callable(own) and "." not in tree[1] else self.called(tree[1], arguments)

    def called(self, name: str, arguments: tuple[Any, ...]) -> Any:
        if name not in self.definitions:
            if name not in self.families:
                raise LookupError(f"{name} has no values here")
            return _given(self.families[name](*map(_index, arguments)))
        meaning = self.definitions[name]
        here = dict(zip(meaning.parameters, arguments, strict=True))
        body = meaning.body
        if body[0] == "table":
            which = int(arguments[-1]) - int(body[1])
            if not 0 <= which < len(body) - 2:
                raise Undefined(f"{name} has no entry {arguments[-1]}")
            body = body[2 + which]
        return self.of(body, here)

    def function(self, tree: Tree, here: At) -> Callable[[Any], Any]:
        return lambda argument: self.of(tree[2], {**here, tree[1]: argument})

    def power(self, tree: Tree, here: At) -> mpmath.mpf:
        base, exponent = self.of(tree[1], here), self.of(tree[2], here)
        if base == 0 and exponent == 0:
            if "0^0 = 1" not in self.conventions:
                raise Undefined("0^0, and no convention says what it is")
            return mpmath.mpf(1)
        if base == 0 and exponent < 0 or base < 0 and not mpmath.isint(exponent):
            raise Undefined(f"{base} to the power {exponent}")
        return base**exponent

    def product(self, tree: Tree, here: At) -> mpmath.mpf:
        """A factor 0 beside a logarithm of 0 is allowed where the convention stands."""
        factors = [self._maybe_minus_infinity(part, here) for part in tree[1:]]
        if any(map(mpmath.isinf, factors)):
            if not any(factor == 0 for factor in factors) or "0 log 0 = 0" not in self.conventions:
                raise Undefined(f"a logarithm of 0 in {tree}")
            return mpmath.mpf(0)
        return mpmath.fprod(factors)

    def _maybe_minus_infinity(self, tree: Tree, here: At) -> mpmath.mpf:
        if tree[0] == "log":
            argument = self.of(tree[1], here)
            return mpmath.mpf("-inf") if argument == 0 else _logarithm(argument)
        return self.of(tree, here)

    def over_a_range(self, tree: Tree, here: At) -> mpmath.mpf:
        _, variable, body, low, high = tree
        ends = [self.of(low, here), self.of(high, here)]
        if not all(map(mpmath.isint, ends)):
            raise Undefined(f"a sum from {ends[0]} to {ends[1]}")
        parts = [
            self.of(body, {**here, variable: mpmath.mpf(place)}) for place in range(int(ends[0]), int(ends[1]) + 1)
        ]
        return mpmath.fsum(parts) if tree[0] == "sum" else mpmath.fprod(parts)

    def slope(self, tree: Tree, here: At) -> mpmath.mpf:
        _, variable, body, at = tree
        order, place = 1, self.of(at, here)
        while body[0] == "d" and body[1] == variable and body[3] == ("sym", variable):
            order, body = order + 1, body[2]
        return mpmath.diff(lambda there: self.of(body, {**here, variable: there}), place, order)

    def limit(self, tree: Tree, here: At) -> mpmath.mpf:
        _, variable, body, at, side = tree
        return self.of(body, {**here, variable: self.approach(at, side, here)})

    def approach(self, at: Tree, side: str, here: At, near: Any = VERY_NEAR, far: Any = VERY_FAR) -> mpmath.mpf:
        if at[0] == "inf":
            return far if at[1] == "+" else -far
        return self.of(at, here) + (near if side == "+" else -near)

    def equality(self, tree: Tree, here: At) -> mpmath.mpf:
        return mpmath.mpf(1 if self.of(tree[1], here) == self.of(tree[2], here) else 0)


FORMS: dict[str, Callable[[Calculator, Tree, At], Any]] = {
    "num": lambda _, tree, here: mpmath.mpf(tree[1]),
    "dec": lambda _, tree, here: mpmath.mpf(tree[1]) / mpmath.mpf(10) ** tree[2],
    "pi": lambda _, tree, here: +mpmath.pi,
    "[]": lambda calculator, tree, here: calculator.of(tree[1], here),
    "sym": Calculator.letter,
    "app": Calculator.application,
    "fn": Calculator.function,
    "*": Calculator.product,
    "^": Calculator.power,
    "sum": Calculator.over_a_range,
    "prod": Calculator.over_a_range,
    "d": Calculator.slope,
    "lim": Calculator.limit,
    "is": Calculator.equality,
}


def _logarithm(number: mpmath.mpf) -> mpmath.mpf:
    if number <= 0:
        raise Undefined(f"the logarithm of {number}")
    return mpmath.log(number)


def _root(number: mpmath.mpf) -> mpmath.mpf:
    if number < 0:
        raise Undefined(f"the square root of {number}")
    return mpmath.sqrt(number)


def _quotient(above: mpmath.mpf, below: mpmath.mpf) -> mpmath.mpf:
    if below == 0:
        raise Undefined("a quotient by 0")
    return above / below


def _ways(n: mpmath.mpf, k: mpmath.mpf) -> mpmath.mpf:
    if not (mpmath.isint(n) and mpmath.isint(k) and 0 <= k <= n):
        raise Undefined(f"{n} over {k}")
    return mpmath.mpf(math.comb(int(n), int(k)))


ARITHMETIC: dict[str, Callable[..., mpmath.mpf]] = {
    "+": lambda *terms: mpmath.fsum(terms),
    "neg": lambda one: -one,
    "/": _quotient,
    "log": _logarithm,
    "exp": mpmath.exp,
    "sqrt": _root,
    "abs": abs,
    "max": lambda *parts: max(parts),
    "binom": _ways,
}


def _given(given: Any) -> Any:
    """Numbers as mpmath's; points and functions as they are."""
    return given if callable(given) or isinstance(given, (str, mpmath.mpf)) else mpmath.mpmathify(given)


def _index(argument: Any) -> Any:
    return int(argument) if _is_number(argument) and mpmath.isint(argument) else argument


def _is_number(found: Any) -> bool:
    return isinstance(found, (mpmath.mpf, int))


def _finite(found: Any, tree: Tree) -> mpmath.mpf:
    if isinstance(found, mpmath.mpc) or not mpmath.isfinite(found):
        raise Undefined(f"{tree} is {found}")
    return found


# ------------------------------------------------------------ equations


def as_function(numbers: Any) -> Callable[..., Any]:
    """A family whose first member has number 1, from a list; with two numbers, from a table. Points among the arguments make no difference."""

    def member(*arguments: Any) -> Any:
        found = numbers
        for argument in arguments:
            if isinstance(argument, int):
                found = found[argument - 1]
        return found

    return member


def number(equation: Any, which: int, at: At) -> float:
    """The value of one of the terms shown."""
    return float(value(equation.terms[which], equation.context, at))


def equal_terms(equation: Any) -> list[Tree]:
    """The terms of the (last) row that are said to be equal to the first, that one included; of a definition the meaning alone."""
    terms, relations = equation.rows[-1]
    until = next((at for at, relation in enumerate(relations) if relation != "="), len(relations))
    return list(terms[1 if equation.verdict == "definition" else 0 : until + 1])


def values(equation: Any, **at: Any) -> list[float]:
    """The values of all terms that are said to be equal, sets and places left out; a double underscore stands for the point in a family's key."""
    point = {name.replace("__", "."): given for name, given in at.items()}
    found = []
    for term in equal_terms(equation):
        try:
            found.append(float(value(term, equation.context, point)))
        except NoNumber:
            continue
    assert found, f"{equation.id}: no term is a number"
    return found


def digits(equation: Any) -> str:
    """The decimal that an equation ends with, as it is printed."""
    term, sign = equation.rows[-1][0][-1], ""
    term = term[1] if term[0] == "set" and len(term) == 2 else term
    if term[0] == "neg":
        term, sign = term[1], "-"
    assert term[0] == "dec", f"{equation.id} ends with {term}"
    _, number, places = term
    text = str(number).rjust(places + 1, "0")
    return sign + (f"{text[:-places]}.{text[-places:]}" if places else text)
