"""Where an equation holds: for each free quantity the set it ranges over, and a chart of that set.

A chart writes the quantity in terms of a positive number t so that t > 0 covers the whole set: p = t/(1+t) for 0 < p < 1, z = log t for a real z. Proofs of positivity
substitute the chart and let SymPy see signs; sample points come from the same chart, so that a domain is stated once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sympy import Basic, Expr, Function, Integer, Product, Rational, Sum, Symbol, log
from sympy.core.function import AppliedUndef

Quantity = Any  # a Symbol, or the UndefinedFunction of a family


@dataclass(frozen=True)
class Range:
    """A set that a quantity ranges over.

    Args:
        plain_form, latex_form: the statement, `{0}` being the quantity.
        kind: "unit" (0, 1), "closed_unit" [0, 1], "positive" (0, ∞), "real", "label" {0, 1}, "count" 1, 2, 3, …, "above" (the integers above `base`), "up_to" (those from 1 to `base`), "index" or "name" (no condition).
        base: for "above" and "up_to", the quantity it is compared with.
    """

    kind: str
    plain_form: str
    latex_form: str
    base: Symbol | None = None

    def chart(self, t: Expr) -> Expr | None:
        """The quantity as a function of t > 0 that covers the set, or None where the set is finite or the quantity carries no condition."""
        charts = {
            "unit": lambda: t / (1 + t),
            "positive": lambda: t,
            "real": lambda: log(t),
            "count": lambda: t,
            "above": lambda: self.base + t,
        }
        return charts[self.kind]() if self.kind in charts else None


UNIT = Range("unit", "0 < {0} < 1", "0 < {0} < 1")
CLOSED_UNIT = Range("closed_unit", "0 ≤ {0} ≤ 1", r"0 \le {0} \le 1")
POSITIVE = Range("positive", "{0} > 0", "{0} > 0")
REAL = Range("real", "{0} real", r"{0} \in \mathbb{{R}}")
LABEL = Range("label", "{0} in {{0, 1}}", r"{0} \in \{{0, 1\}}")
COUNT = Range("count", "{0} = 1, 2, 3, …", r"{0} \in \{{1, 2, 3, \dots\}}")
INDEX = Range("index", "", "")
NAME = Range("name", "", "")


def above(base: Symbol) -> Range:
    """The integers greater than `base`."""
    return Range("above", f"{{0}} > {base}, an integer", rf"{{0}} > {base}", base)


def up_to(base: Symbol) -> Range:
    """The integers from 1 to `base`: the number of a class among `base` classes."""
    return Range("up_to", f"{{0}} = 1, …, {base}", rf"1 \le {{0}} \le {base}", base)


Key = tuple[tuple[Any, Range], ...]
"""A domain's ranges in a form that can be remembered."""


@dataclass
class Domain:
    """The free quantities of a derivation and their ranges, in order."""

    ranges: dict[Any, Range] = field(default_factory=dict)

    def add(self, quantity: Quantity, over: Range) -> None:
        self.ranges[quantity] = over

    def of(self, expressions: Iterable[Basic]) -> Domain:
        """The part of this domain that the expressions speak of."""
        free: set[Any] = set()
        for expression in expressions:
            free |= expression.atoms(Symbol) | {applied.func for applied in expression.atoms(AppliedUndef)}
        needed = set(free)
        for quantity, over in self.ranges.items():
            if quantity in free and over.base is not None:
                needed.add(over.base)
        return Domain({quantity: over for quantity, over in self.ranges.items() if quantity in needed})

    def key(self) -> Key:
        return tuple(self.ranges.items())

    def without(self, bound: set[Any]) -> Domain:
        return Domain({quantity: over for quantity, over in self.ranges.items() if quantity not in bound})

    def conditions(self) -> list[tuple[Any, Range]]:
        """The ranges that state something."""
        return [(quantity, over) for quantity, over in self.ranges.items() if over.plain_form]

    def labels(self) -> list[Any]:
        return [quantity for quantity, over in self.ranges.items() if over.kind == "label"]

    def charted(self, expression: Expr) -> tuple[Expr, dict[Any, Expr]]:
        """The expression over the charts: every bounded quantity replaced by its function of a positive t. Also returns the replacements."""
        replacements: dict[Any, Expr] = {}
        for position, (quantity, over) in enumerate(self.ranges.items()):
            integer = {"integer": True} if over.kind in ("count", "above") else {}
            if isinstance(quantity, Symbol):
                t: Expr = Symbol(f"t{position}_{quantity.name}", positive=True, **integer)
                if over.kind != "count" and (chart := over.chart(t)) is not None:
                    replacements[quantity] = chart
                continue
            for applied in expression.atoms(AppliedUndef):
                if applied.func == quantity:
                    member = Function(f"t{position}_{quantity.__name__}", positive=True)(*applied.args)
                    if (chart := over.chart(member)) is not None:
                        replacements[applied] = chart
        result = expression
        for _ in range(2):  # a chart may mention another quantity ("above"), which has a chart of its own
            result = result.xreplace(replacements)
        return result, replacements

    def with_slack(self, expression: Expr) -> Expr:
        """Integers bounded by another written as that one plus what is left over, which decides comparisons between the two."""
        slack: dict[Basic, Expr] = {}
        for quantity, over in self.ranges.items():
            if over.kind == "above":
                slack[quantity] = over.base + Symbol(f"slack_{quantity}", integer=True, positive=True)
            elif over.kind == "up_to" and over.base is not None:
                members = [part for part in expression.atoms(AppliedUndef) if part.func == quantity]
                bound = {limit[0] for whole in expression.atoms(Sum, Product) for limit in whole.limits}
                if len(members) == 1 and not members[0].free_symbols & bound:  # one member, the same throughout
                    slack[over.base] = members[0] + Symbol(f"slack_{over.base}", integer=True, nonnegative=True)
        return expression.xreplace(slack)

    def point(self) -> dict[str, str]:
        """One point that satisfies the domain, for the catalogue: proof that it is not empty."""
        values = {
            "unit": Rational(1, 3),
            "closed_unit": Rational(1, 3),
            "positive": Integer(2),
            "real": Integer(0),
            "label": Integer(1),
            "count": Integer(3),
            "up_to": Integer(2),
        }
        found: dict[Any, Expr] = {}
        for quantity, over in self.conditions():
            found[quantity] = found.get(over.base, Integer(3)) + 2 if over.kind == "above" else values[over.kind]
        return {name_of(quantity): str(value) for quantity, value in found.items()}


def name_of(quantity: Any) -> str:
    if isinstance(quantity, Symbol):
        return quantity.name
    form = getattr(quantity, "plain_form", None)
    return form["en"].format(*"inc") if form else str(quantity)
