"""A formula as somebody types it, in TeX or in Python, read as a tree. `docs/theme/assets/find.js` reads it in the same way on the site."""

from __future__ import annotations

import json
import re
from typing import Any

Tree = list[Any]
TOKEN = re.compile(
    r"\s*(?:(?P<number>[0-9]+(?:\.[0-9]+)?|\.[0-9]+)|(?P<command>\\[A-Za-z]+)|(?P<name>[^\W\d_]+(?:_\w+)*)|(?P<sign>\*\*|[-+*/^_(){}\[\]=,|!])|(?P<other>\S))"
)
SPACING = re.compile(
    r"\\(?:[,;:! ]|(?:quad|qquad|left|right|big|Big|bigl|bigr|displaystyle|limits)(?![A-Za-z]))|[&~]|\\\\"
)
OPENING = {"(": ")", "[": "]", "{": "}"}
FUNCTIONS = {"log": "log", "ln": "log", "exp": "exp", "sqrt": "sqrt", "abs": "abs"}
APPLIED = frozenset(("f", "g", "h", "L", "H", "J", "I", "E", "V", "P", "\\sigma", "sigma", "σ"))
"""Letters before a bracket that are functions; of all others it is a product."""


class NotRead(ValueError):
    """A text that is no formula; the message says where it stops being one."""


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
                self.tokens += found["name"]
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
        if token[0] in "0123456789.":
            return ["num", float(token)]
        name = token.lstrip("\\")
        if name in ("frac", "tfrac", "dfrac"):
            return ["/", self.argument(), self.argument()]
        if name in ("binom", "binomial", "comb"):
            return ["binom", *self.arguments(2)] if self.now == "(" else ["binom", self.argument(), self.argument()]
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
            index += json.dumps(self.index())
        if self.now == "(" and token in APPLIED:
            inner = self.arguments()
            if token in ("\\sigma", "sigma", "σ") and len(inner) == 1:
                return ["/", ["num", 1], ["+", ["num", 1], ["exp", ["neg", inner[0]]]]]
            return ["sym", f"{token}{index}{json.dumps(inner)}"]
        return ["sym", token + index]

    def argument(self) -> Tree:
        """What TeX takes as an argument: a group, or one token."""
        return self.group() if self.now == "{" else self.primary()

    def index(self) -> list[Tree]:
        """As an argument; commas within make a list of it."""
        return self.listed("{", "}", ",") if self.now == "{" else [self.primary()]

    def arguments(self, count: int = 0) -> list[Tree]:
        """What stands between ( and ), at commas; so many, if that is said."""
        inner = self.listed("(", ")", ",", ";", "|")
        if count not in (0, len(inner)):
            raise NotRead(f"{count} arguments are needed, not {len(inner)}")
        return inner

    def listed(self, opening: str, closing: str, *between: str) -> list[Tree]:
        """What stands between brackets, taken apart."""
        self.need(opening)
        inner = [self.sum()]
        while self.take(*between):
            inner.append(self.sum())
        self.need(closing)
        return inner
