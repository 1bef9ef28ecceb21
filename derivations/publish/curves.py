"""Trees of the catalogue as functions of numbers: what figures are drawn from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import cache
from math import comb
from typing import Any

import numpy as np

from derivations.catalogue.forms import as_meaning, as_term
from derivations.catalogue.rebuild import unknown, worked_out
from derivations.engine.derivation import ARTICLES
from derivations.engine.kernel.terms import Term, free, parts, put, sym
from derivations.engine.plain import plain
from derivations.engine.writing import Style, Written

Entry = dict[str, Any]
Curve = Callable[[Any], Any]
MINUS = "\N{MINUS SIGN}"


class Known:
    """The equations of a catalogue, and what their names mean."""

    def __init__(self, catalogue: Entry) -> None:
        self.entries: dict[str, Entry] = {entry["id"]: entry for entry in catalogue["equations"]}
        self.meanings = {name: as_meaning(said) for name, said in catalogue["names"].items()}
        self.applied = cache(self._applied)

    def __getitem__(self, identifier: str) -> Entry:
        """Raises LookupError, with what is near."""
        if identifier not in self.entries:
            raise LookupError(unknown(identifier, list(self.entries), "equation"))
        return self.entries[identifier]

    def expression(self, identifier: str) -> Term:
        """What the left side of an equation comes out as."""
        row = self[identifier]["rows"][0]
        return as_term(row["terms"][worked_out(row["relations"])])

    def function(self, identifier: str) -> Curve:
        """The expression of an equation in one quantity, as a function of numbers."""
        body = self.in_letter(identifier, "at")
        return lambda at: self.worth(body, {"at": at})

    def number(self, identifier: str) -> float:
        """Where an equation's value lies on an axis.

        Raises:
            ValueError: the equation is not about a number.
        """
        value = self._value(identifier)
        try:
            return float(Fraction(value["exact"]))
        except ValueError:
            return float(self.worth(self.expression(identifier), {}))

    def point(self, identifier: str) -> tuple[float, float]:
        """Where an equation f(x) ≈ y puts its function: x, and the last side, which is certified."""
        terms = self[identifier]["rows"][0]["terms"]
        (_, _, argument), value = as_term(terms[0]), as_term(terms[-1])
        return float(self.worth(argument, {})), float(self.worth(value, {}))

    def bernoullis(self, identifier: str) -> list[float]:
        """The probabilities of the Bernoulli distributions that an equation begins with: KL(B_p‖B_q) = … gives p and q."""
        (_, _, _, *distributions) = as_term(self[identifier]["rows"][0]["terms"][0])
        return [float(self.worth(probability, {})) for _, _, (_, _, probability, _) in distributions]

    def observed(self, identifier: str) -> list[float]:
        """The numbers that an observation lists."""
        return [float(self.worth(each, {})) for each in self.expression(identifier)[1:]]

    def digits(self, identifier: str) -> str:
        """The decimals of an equation's value, as the pages print them."""
        return str(self._value(identifier)["decimal"]).replace("-", MINUS)

    def _value(self, identifier: str) -> Entry:
        value: Entry | None = self[identifier]["value"]
        if value is None:
            raise ValueError(f"{identifier} has no value to show in a figure")
        return value

    def worth(self, term: Term, at: Mapping[str, Any]) -> Any:
        """A tree's value, for numbers or arrays of them. `at` has a number for each letter, and a function for each family."""
        of = lambda part: self.worth(part, at)  # noqa: E731
        match term:
            case ("num", value):
                return float(value)
            case ("dec", digits, places):
                return digits / 10**places
            case ("sym", name):
                return at[name]
            case ("app", name, *arguments) if name in at:
                return at[name](*map(of, arguments))
            case ("+", *addends):
                return sum(map(of, addends))
            case ("*", *factors):
                return np.prod(np.broadcast_arrays(*map(of, factors)), axis=0)
            case ("/", above, below):
                return of(above) / of(below)
            case ("neg", inner):
                return -of(inner)
            case ("[]", inner):
                return of(inner)
            case ("^", base, exponent):
                return of(base) ** of(exponent)
            case ("binom", above, below):
                return float(comb(int(of(above)), int(of(below))))
            case ("sum", letter, body, start, end):
                return sum(self.worth(body, {**at, letter: each}) for each in range(int(of(start)), int(of(end)) + 1))
            case ("app", name, *arguments) if name in self.meanings:
                meaning = self.meanings[name]
                if meaning.body[0] == "table":
                    return of(meaning.body[2 + int(of(arguments[-1])) - meaning.body[1]])
                return of(self.applied(name, *arguments))
            case ("max", one, other):
                return np.maximum(of(one), of(other))
            case (("log" | "exp" | "sqrt" | "abs"), inner):
                return getattr(np, term[0])(of(inner))
            case ("pi",):
                return np.pi
        raise ValueError(f"a figure cannot be drawn from {term[0]!r}")

    def fitted(self, given: Mapping[str, Any], start: Sequence[float], penalty: float, steps: int) -> Any:
        """Weights and bias of a logistic regression at a start and after each step of Newton's method; play.js, where one starts anywhere, halves a step that leads up.

        Args:
            given: how many samples N and features D there are, the labels and the features.
            start: the weights, and last the bias.
            penalty: λ, which may be zero.
        """
        own, ways = ("many-weights", "one-valley")[not penalty], np.eye(len(start))
        slope = self.expression(f"{own}.{'partial-by-errors' if penalty else 'weight-gradient'}")
        in_bias, bend = self.expression("one-valley.bias-gradient"), self.expression(f"{own}.curvature")
        pairs = np.array([[one + other for one in ways] for other in ways])
        found = [np.array(start, dtype=float)]
        for _ in range(steps):
            here = found[-1]
            at = {
                **given,
                "lam": penalty,
                "t": 0.0,
                "one-valley.w": lambda j, here=here: here[int(j) - 1],
                "b": here[-1],
            }
            uphill = [*(self.worth(slope, {**at, "c": c}) for c in range(1, len(start))), self.worth(in_bias, at)]
            along = [
                self.worth(bend, {**at, "one-valley.v": lambda j, way=way: way[..., int(j) - 1], "u": way[..., -1]})
                for way in (pairs, ways)
            ]
            found.append(here - np.linalg.solve((along[0] - along[1] - along[1][:, None]) / 2, uphill))
        return np.array(found)

    def _applied(self, name: str, *arguments: Term) -> Term:
        """What a name means of its arguments."""
        meaning = self.meanings[name]
        return put(meaning.body, dict(zip(meaning.parameters, arguments, strict=True)))

    def label(self, identifier: str, letter: str) -> str:
        """The expression of an equation in one quantity, with a letter in its place, as a label."""
        article = ARTICLES.get(self[identifier]["source"].partition("/")[0], Style({}))
        style = Style({letter: Written(letter, letter)}, logarithm=article.logarithm)
        return plain(self.in_letter(identifier, letter), style)

    def in_letter(self, identifier: str, letter: str) -> Term:
        """The expression of an equation in one quantity, a letter or an application such as f(x^n), with another letter in its place.

        Raises:
            ValueError: it is in several quantities, or in none.
        """
        term = self.expression(identifier)
        applied = set(_applications(term))
        letters = {sym(name) for name in free(term)}
        known = all(each[1] in self.meanings for each in applied)
        found = letters if known and len(letters) == 1 else applied or letters
        if len(found) != 1:
            which = ", ".join(sorted(str(each[1]) for each in found)) or "none"
            raise ValueError(f"{identifier} is in several quantities or none ({which}); a curve is drawn over one")
        (quantity,) = found
        return _replaced(term, quantity, sym(letter))


def _applications(term: Term) -> list[Term]:
    if term[0] == "app":
        return [term]
    return [found for part in parts(term) for found in _applications(part)]


def _replaced(term: Term, old: Term, new: Term) -> Term:
    if term == old:
        return new
    return tuple(_replaced(part, old, new) if isinstance(part, tuple) else part for part in term)
