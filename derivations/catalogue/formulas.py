"""A formula as somebody types it, in TeX or in Python, as a tree; and trees told apart by the numbers that they give.

Two formulas that say the same in other letters give the same numbers at the same points, whatever stands where: so a formula is looked for by its values at three points,
with its letters in every order.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping
from itertools import pairwise, permutations
from typing import Any

Tree = list[Any]
POINTS = (
    (0.3719, 0.6143, 0.8271, 0.1563, 0.4517),
    (0.8837, 0.2371, 0.5519, 0.7043, 0.3361),
    (5.3813, 2.1731, 3.6197, 7.2911, 1.4423),
)
"""Values of the letters, in the order in which they come."""
MOST_LETTERS = len(POINTS[0])
WRITTEN_OUT = 20
"""Sums and products of at most so many terms are written out."""
TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?|\.\d+)|(?P<command>\\[A-Za-z]+)|(?P<name>[^\W\d_]+(?:_\w+)*)|(?P<sign>\*\*|[-+*/^_(){}\[\]=,|!])|(?P<other>\S))"
)
SPACING = re.compile(r"\\(?:[,;:! ]|quad|qquad|left|right|big|Big|bigl|bigr|displaystyle|limits)(?![A-Za-z])|[&~]|\\\\")
OPENING = {"(": ")", "[": "]", "{": "}"}
FUNCTIONS = {"log": "log", "ln": "log", "exp": "exp", "sqrt": "sqrt", "abs": "abs"}
APPLIED = frozenset(("f", "g", "h", "L", "H", "J", "I", "E", "V", "P", "\\sigma", "sigma", "σ"))
"""Letters before a bracket that are functions; of all others it is a product."""
SAME = 1e-9
"""So far apart, relatively, may two values be that are the same."""


class NotRead(ValueError):
    """A text that is no formula; the message says where it stops being one."""


# --- Reading ---


def read_formula(text: str) -> list[Tree]:
    """The sides of a formula, one if it has no equals sign.

    Raises:
        NotRead: it does not parse.
    """
    reader = Reader(text)
    sides = [reader.sum()]
    while reader.take("="):
        sides.append(reader.sum())
    if reader.now:
        raise NotRead(f"{text!r} stops being a formula at {reader.now!r}")
    return sides


class Reader:
    """Reads TeX, where letters that stand together are a product, or Python, where they are a name."""

    def __init__(self, text: str) -> None:
        self.tex = "\\" in text
        plain = SPACING.sub(" ", text.strip().strip("$")).replace("−", "-").replace("·", "*").replace("×", "*")
        plain = re.sub(r"\\lbrace|\\\{", "(", re.sub(r"\\rbrace|\\\}", ")", plain))
        self.tokens: list[str] = []
        for found in TOKEN.finditer(plain):
            if found["other"]:
                raise NotRead(f"{text!r} has {found['other']!r} in it, which no formula here has")
            if found["name"] and self.tex:
                self.tokens += [each for each in found["name"] if each != "_"]
            elif found[0].strip():
                self.tokens.append(found[0].strip())
        self.at = 0

    @property
    def now(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self, *expected: str) -> str:
        """The next token, if it is one of these."""
        if self.now not in expected or not self.now:
            return ""
        self.at += 1
        return self.tokens[self.at - 1]

    def need(self, expected: str) -> None:
        if not self.take(expected):
            raise NotRead(f"a {expected!r} is missing before {self.now or 'the end'!r}")

    def sum(self) -> Tree:
        terms = [self.signed()]
        while sign := self.take("+", "-"):
            term = self.product()
            terms.append(["neg", term] if sign == "-" else term)
        return ["+", *terms] if len(terms) > 1 else terms[0]

    def signed(self) -> Tree:
        if self.take("-"):
            return ["neg", self.product()]
        self.take("+")
        return self.product()

    def product(self) -> Tree:
        made = self.power()
        while True:
            if self.take("*", "\\cdot", "\\times"):
                made = ["*", made, self.unary()]
            elif self.take("/"):
                made = ["/", made, self.unary()]
            elif self.begins():
                made = ["*", made, self.power()]
            else:
                return made

    def begins(self) -> bool:
        """Whether a factor begins here, with no sign before it."""
        return (
            bool(self.now)
            and (self.now[0].isalnum() or self.now[0] in "\\([{.")
            and self.now not in ("\\cdot", "\\times")
        )

    def unary(self) -> Tree:
        return ["neg", self.unary()] if self.take("-") else self.power()

    def power(self) -> Tree:
        base = self.primary()
        if self.take("^", "**"):
            index = self.group() if self.now == "{" else self.unary()
            if base == ["sym", "e"]:
                return ["exp", index]
            return (
                ["sym", f"{base[1]}^{json.dumps(index)}"]
                if base[0] == "sym" and base[1].startswith("\\hat")
                else ["^", base, index]
            )
        return base

    def group(self) -> Tree:
        """What stands in a pair of brackets."""
        closing = OPENING.get(self.now)
        if closing is None:
            raise NotRead(f"a bracket is missing before {self.now or 'the end'!r}")
        self.at += 1
        inner = self.sum()
        self.need(closing)
        return inner

    def primary(self) -> Tree:
        if self.now in OPENING:
            return self.group()
        if self.take("|"):
            inner = self.sum()
            self.need("|")
            return ["abs", inner]
        token = self.now
        if not token or not (token[0].isalnum() or token[0] in "\\."):
            raise NotRead(f"a number, a letter or a bracket is missing before {token or 'the end'!r}")
        self.at += 1
        if token[0].isdigit() or token[0] == ".":
            return ["num", float(token)]
        name = token.lstrip("\\")
        if name in ("frac", "tfrac", "dfrac"):
            return ["/", self.argument(), self.argument()]
        if name in ("binom", "binomial", "comb"):
            return ["binom", *self.arguments()] if self.now == "(" else ["binom", self.argument(), self.argument()]
        if name in FUNCTIONS:
            return self.function(FUNCTIONS[name])
        if name in ("hat", "bar", "tilde"):
            return ["sym", f"\\hat{self.argument()}"]
        if name == "pi":
            return ["pi"]
        return self.letter(token)

    def function(self, name: str) -> Tree:
        base: Tree | None = None
        if self.take("_"):
            base = self.argument()
        power = self.argument() if self.take("^", "**") else None
        inner: Tree = [name, self.power()]
        inner = ["/", inner, ["log", base]] if base else inner
        return ["^", inner, power] if power else inner

    def letter(self, token: str) -> Tree:
        """A letter with its index, applied to what stands in brackets if it is a function."""
        index = ""
        while self.take("_"):
            index += json.dumps(self.argument())
        if self.now == "(" and token in APPLIED:
            inner = self.arguments()
            if token in ("\\sigma", "sigma", "σ") and len(inner) == 1:
                return ["/", ["num", 1], ["+", ["num", 1], ["exp", ["neg", inner[0]]]]]
            return ["sym", f"{token}{index}{json.dumps(inner)}"]
        return ["sym", token + index]

    def argument(self) -> Tree:
        """What TeX takes as an argument: a group, or one token; commas within make a list of it."""
        if self.now == "{":
            self.at += 1
            inner = [self.sum()]
            while self.take(","):
                inner.append(self.sum())
            self.need("}")
            return inner[0] if len(inner) == 1 else ["list", *inner]
        return self.primary()

    def arguments(self) -> list[Tree]:
        """What stands between ( and ), at commas."""
        self.need("(")
        inner = [self.sum()]
        while self.take(",", ";", "|"):
            inner.append(self.sum())
        self.need(")")
        return inner


# --- Values ---


def expanded(tree: Tree, names: Mapping[str, Mapping[str, Any]], given: Mapping[str, Tree] | None = None) -> Tree:
    """A tree of the catalogue with its names put out by what they mean, and short sums and products written out.

    Raises:
        KeyError: there is something in it that has no values.
    """
    known = given or {}
    head = tree[0]
    if head == "sym":
        return known.get(tree[1], tree)
    if head in ("num", "dec", "pi"):
        return tree
    if head == "[]":
        return expanded(tree[1], names, known)
    if head in ("sum", "prod"):
        low, high = (expanded(each, names, known) for each in tree[3:5])
        if low[0] != "num" or high[0] != "num" or high[1] - low[1] >= WRITTEN_OUT:
            raise KeyError(head)
        terms = [expanded(tree[2], names, {**known, tree[1]: ["num", at]}) for at in range(low[1], high[1] + 1)]
        return ["+" if head == "sum" else "*", *terms]
    if head == "app":
        arguments = [expanded(each, names, known) for each in tree[2:]]
        if tree[1] not in names:
            return ["app", tree[1], *arguments]
        meaning = names[tree[1]]
        body = meaning["body"]
        if body[0] == "table":
            return (
                expanded(body[2:][arguments[-1][1] - body[1]], names)
                if arguments[-1][0] == "num"
                else ["app", tree[1], *arguments]
            )
        return expanded(body, names, dict(zip(meaning["parameters"], arguments, strict=True)))
    if head not in VALUE:
        raise KeyError(head)
    return [head, *(expanded(each, names, known) for each in tree[1:])]


def letters(tree: Tree) -> list[str]:
    """The letters of a tree, in the order in which they come; a member of a family is one."""
    found: dict[str, None] = {}

    def walk(each: Tree) -> None:
        if each[0] in ("sym", "app"):
            found[json.dumps(each)] = None
        elif each[0] not in ("num", "dec"):
            for part in each[1:]:
                walk(part)

    walk(tree)
    return list(found)


def value(tree: Tree, given: Mapping[str, float]) -> float:
    """The number that a tree gives.

    Raises:
        ValueError, ArithmeticError: it gives none there. KeyError: it has none anywhere.
    """
    if tree[0] in ("sym", "app"):
        return given[json.dumps(tree)]
    if tree[0] == "num":
        return float(tree[1])
    if tree[0] == "dec":
        return tree[1] / 10 ** tree[2]
    return VALUE[tree[0]](*(value(part, given) for part in tree[1:]))


def _binomial(n: float, k: float) -> float:
    return math.exp(math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1))


def _power(base: float, index: float) -> float:
    found = base**index
    if isinstance(found, complex):
        raise ValueError("a root of a negative number")
    return found


VALUE: Mapping[str, Any] = {
    "+": lambda *parts: math.fsum(parts),
    "*": lambda *parts: math.prod(parts),
    "neg": lambda part: -part,
    "/": lambda above, below: above / below,
    "^": _power,
    "log": math.log,
    "exp": math.exp,
    "sqrt": math.sqrt,
    "abs": abs,
    "max": max,
    "pi": lambda: math.pi,
    "binom": _binomial,
}


def values(tree: Tree, order: list[str]) -> list[float | None]:
    """What a tree gives at each of POINTS, its letters in this order; None where it gives no number."""
    found: list[float | None] = []
    for point in POINTS:
        try:
            number = value(tree, dict(zip(order, point, strict=False)))
            found.append(number if math.isfinite(number) else None)
        except (ValueError, ArithmeticError):
            found.append(None)
    return found


def same(one: list[float | None], other: list[float | None]) -> bool:
    """Whether values agree: where one has a number the other has the same, and at one point at least they do."""
    pairs = [(a, b) for a, b in zip(one, other, strict=True) if a is not None or b is not None]
    return bool(pairs) and all(
        a is not None and b is not None and math.isclose(a, b, rel_tol=SAME, abs_tol=1e-12) for a, b in pairs
    )


def every_order(tree: Tree) -> Iterator[list[float | None]]:
    """The values of a tree with its letters in every order."""
    own = letters(tree)
    if len(own) <= MOST_LETTERS:
        for order in permutations(own):
            yield values(tree, list(order))


def shape(tree: Tree) -> list[str]:
    """What a tree looks like whatever its letters: each head with the one above it, for telling what is nearest."""
    own = letters(tree)

    def walk(each: Tree) -> Iterator[str]:
        if each[0] in ("sym", "app"):
            yield "abcdefghijklmnopqrstuvwxyz"[min(own.index(json.dumps(each)), 25)]
        elif each[0] in ("num", "dec"):
            yield f"{value(each, {}):g}"
        else:
            yield each[0]
            for part in each[1:]:
                yield from walk(part)

    said = ["", *walk(tree), ""]
    return [f"{one} {other}" for one, other in pairwise(said)]
