"""How the second witness reads an equation: what names stand for, and at which points of the domain its terms are tried."""

from __future__ import annotations

from sympy import Add, Basic, Integer, Mul, Product, Sum, Symbol
from sympy.core.function import AppliedUndef

from derivations.core.domain import POSITIVE, Domain
from derivations.core.equation import Equation
from derivations.core.notation import AsDecimal, Dots, put, rebuild
from derivations.core.points import free_quantities, points
from derivations.core.statements import Point

TRIES = 24
COUNTS, LABEL_COUNTS = (1, 2, 3, 5, 12, 40), (1, 2, 3, 5)
"""The numbers of samples tried; where there are labels, all label vectors up to five."""


class Reading:
    """How the terms of an equation are read: names by their definitions, and sums over a stated range written out where their terms are defined one by one.

    Nothing is computed on the way: the evaluation sees the terms as they are written.
    """

    def __init__(self, equation: Equation) -> None:
        self.equation = equation
        self._read: dict[Basic, Basic] = {}
        self._patterns = [
            (name, meaning)
            for name, meaning in equation.definitions.items()
            if isinstance(name, AppliedUndef) and name.args and set(name.args) <= meaning.free_symbols
        ]
        self._one_by_one = {
            name.func
            for name in equation.definitions
            if isinstance(name, AppliedUndef) and name.args and name.args[-1].is_Integer
        }

    def __call__(self, term: Basic) -> Basic:
        if term not in self._read:
            self._read[term] = self._meaning(term, 0)
        return self._read[term]

    def _meaning(self, term: Basic, depth: int) -> Basic:
        if depth > 40:
            raise ValueError(f"{self.equation.id}: the definitions of {term} go round in a circle")
        stands_for = self._stands_for(term)
        if stands_for is not None and stands_for != term:
            return self._meaning(stands_for, depth + 1)
        if not term.args or isinstance(term, (Symbol, AsDecimal)):
            return term
        if isinstance(term, (Sum, Product)):
            inner, (index, low, high) = term.args
            named = {applied.func for applied in self._meaning(inner, depth).atoms(AppliedUndef)} & self._one_by_one
            if named and low.is_Integer and high.is_Integer:
                each = [put(inner, {index: Integer(at)}) for at in range(int(low), int(high) + 1)]
                joined = (Add if isinstance(term, Sum) else Mul)(*each, evaluate=False)
                return self._meaning(joined, depth + 1)
        return rebuild(term, [self._meaning(part, depth) for part in term.args])

    def _stands_for(self, term: Basic) -> Basic | None:
        if term in self.equation.definitions:
            return self.equation.definitions[term]
        if isinstance(term, AppliedUndef):
            for name, meaning in self._patterns:
                if name.func == term.func and len(name.args) == len(term.args):
                    return put(meaning, dict(zip(name.args, term.args, strict=True)))
        return None

    def domain_of(self, *terms: Basic) -> Domain:
        """The domain of some terms, names read: the ranges of what is free in them. What stands for samples not written out is any positive number."""
        free = set().union(*(free_quantities(term) for term in terms))
        whole = self.equation.domain.of(terms)
        wanted = free | _bases(whole, free)
        domain = Domain({quantity: over for quantity, over in whole.ranges.items() if quantity in wanted})
        for dots in sorted((quantity for quantity in free if isinstance(quantity, Dots)), key=str):
            domain.add(dots, POSITIVE)
        return domain

    def spots(self, *terms: Basic) -> list[Point]:
        """Points for the free quantities of some terms."""
        domain = self.domain_of(*terms)
        families = any(over.kind == "label" for over in domain.ranges.values())
        return list(points(domain, TRIES, LABEL_COUNTS if families else COUNTS))


def _bases(domain: Domain, free: set[object]) -> set[object]:
    return {over.base for quantity, over in domain.ranges.items() if quantity in free and over.base is not None}
