"""Wrong variants of what is shown, which both checkers have to refute, each alone.

A checker that has never refused anything is not known to check. So every equation is spoilt in the ways in which one mistypes and misremembers: a sign, an exponent, p for
1 - p, a term left out, the wrong base. A variant that happens to be equal is recognised by a proof and not counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from sympy import (
    Add,
    Basic,
    Derivative,
    Expr,
    FiniteSet,
    Integer,
    Limit,
    Mul,
    Pow,
    Product,
    Rational,
    S,
    Subs,
    Sum,
    Symbol,
    log,
)
from sympy.core.function import AppliedUndef

from derivations.core.domain import Domain
from derivations.core.notation import (
    ArgMax,
    ArgMin,
    AsDecimal,
    Optimiser,
    Roots,
    SumOverEvents,
    product_of,
    put,
    rebuild,
    sum_of,
)

MOST = 20
"""Variants made of one claim, taken in turn from every kind."""

REVERSED = {"<": ">", "≤": ">", ">": "<", "≥": "<"}

BINDING = (Derivative, Subs, Limit, Optimiser, Roots, SumOverEvents)


@dataclass(frozen=True)
class Variant:
    """A claim spoilt in one way."""

    kind: str
    left: Basic
    relation: str
    right: Basic


def variants(
    left: Basic, relation: str, right: Basic, domain: Domain, functions: Iterable[AppliedUndef] = ()
) -> list[Variant]:
    """Variants of one claim, no two alike.

    Args:
        functions: names that have a definition with free arguments, such as H(p, q): their arguments may be exchanged.
    """
    if relation in REVERSED:
        return [Variant("relation reversed", left, REVERSED[relation], right)]
    if relation == "≈":
        return _distinct(Variant(kind, left, relation, term) for kind, term in _digits(right))
    if relation != "=":
        return []
    named = {name.func for name in functions if len(name.args) == 2}
    made = [
        Variant(kind, left, relation, term) for kind, term in _in_turn(_spoilt(right, domain, named)) if term != right
    ]
    if not left.has(Optimiser, Roots, Limit):
        made += [Variant("arguments exchanged", term, relation, right) for term in _exchanged(left, named)]
    return _distinct(made)


def _distinct(made: Iterable[Variant]) -> list[Variant]:
    unlike = {(variant.left, variant.relation, variant.right): variant for variant in made}
    return list(unlike.values())[:MOST]


def _in_turn(kinds: list[tuple[str, list[Basic]]]) -> Iterator[tuple[str, Basic]]:
    """One of each kind, then the second of each, and so on."""
    for row in zip_longest(*([(kind, term) for term in terms] for kind, terms in kinds)):
        yield from (found for found in row if found is not None)


def _spoilt(term: Basic, domain: Domain, functions: set[Any]) -> list[tuple[str, list[Basic]]]:
    if isinstance(term, FiniteSet) or term is S.EmptySet:
        return _other_sets(list(term.args))
    if isinstance(term, Optimiser):
        turned = (ArgMin if isinstance(term, ArgMax) else ArgMax)(*term.args)
        inside = [
            (kind, [term.func(each, term.variables, term.over) for each in found])
            for kind, found in _spoilt(term.objective, domain, functions)
        ]
        return [("largest for smallest", [turned]), *inside]
    if not isinstance(term, Expr):
        return []
    return [
        ("sign turned", [_minus(term), *_at_sites(term, _signs)]),
        ("coefficient one off", [_further(term)] if isinstance(term, Rational) else _at_sites(term, _coefficients)),
        ("exponent one off", _at_sites(term, _exponents)),
        ("p and 1 - p swapped", _complements(term, domain, "unit")),
        ("labels swapped", _complements(term, domain, "label")),
        ("term dropped", _at_sites(term, _fewer_terms)),
        ("factor dropped", _at_sites(term, _fewer_factors)),
        ("1/N added", _divided(term, domain)),
        ("logarithm to base 2", _at_sites(term, _base_two)),
        ("product for sum", _at_sites(term, _product_for_sum)),
        ("index bound one off", _at_sites(term, _bounds)),
        ("arguments exchanged", list(_exchanged(term, functions))),
    ]


def _minus(term: Basic) -> Basic:
    return Mul(Integer(-1), term, evaluate=False)


def _at_sites(term: Basic, change: Any) -> list[Basic]:
    """The term with `change` made at one place, for every place and every way."""
    found = list(change(term))
    if isinstance(term, (AppliedUndef, AsDecimal, Symbol)):
        return found
    parts = list(term.args)
    for position, part in enumerate(parts):
        for changed in _at_sites(part, change):
            found.append(rebuild(term, [*parts[:position], changed, *parts[position + 1 :]]))
    return found


def _signs(node: Basic) -> Iterator[Basic]:
    if isinstance(node, Add):
        for position, part in enumerate(node.args):
            yield Add(*node.args[:position], _minus(part), *node.args[position + 1 :], evaluate=False)


def _coefficients(node: Basic) -> Iterator[Basic]:
    """Numbers that are no exponents, one further from 0; -1 as a factor is a sign, and limits of sums have a kind of their own."""
    if isinstance(node, AsDecimal):
        yield AsDecimal(node.args[0] + Rational(1, 10 ** int(node.args[1])), node.args[1])
    if isinstance(node, (Add, Mul, Pow)) or node.func.__name__ in ("binomial", "exp", "log"):
        for position, part in enumerate(node.args):
            sign = isinstance(node, Mul) and part == -1
            exponent = isinstance(node, Pow) and position == 1
            if isinstance(part, Rational) and not sign and not exponent:
                yield rebuild(node, [*node.args[:position], _further(part), *node.args[position + 1 :]])
    if isinstance(node, Derivative):
        function, (variable, order) = node.args
        yield Derivative(function, (variable, order + 1))


def _further(number: Rational) -> Rational:
    return number + (1 if number >= 0 else -1)


def _exponents(node: Basic) -> Iterator[Basic]:
    if isinstance(node, Pow):
        base, exponent = node.args
        more = _further(exponent) if isinstance(exponent, Rational) else Add(exponent, Integer(1), evaluate=False)
        yield Pow(base, more, evaluate=False)


def _fewer_terms(node: Basic) -> Iterator[Basic]:
    if isinstance(node, Add) and len(node.args) > 1:
        yield from (_without(node, position) for position in range(len(node.args)))


def _fewer_factors(node: Basic) -> Iterator[Basic]:
    if isinstance(node, Mul) and len(node.args) > 1:
        yield from (_without(node, position) for position, part in enumerate(node.args) if part != -1)


def _without(node: Basic, position: int) -> Basic:
    rest = [*node.args[:position], *node.args[position + 1 :]]
    return rest[0] if len(rest) == 1 else node.func(*rest, evaluate=False)


def _complements(term: Basic, domain: Domain, kind: str) -> list[Basic]:
    """Every quantity of one kind replaced by one minus it: each symbol, and each family throughout."""
    if term.has(*BINDING):
        return []
    found = []
    for quantity, over in domain.ranges.items():
        members = (
            [quantity] if isinstance(quantity, Symbol) else [a for a in term.atoms(AppliedUndef) if a.func == quantity]
        )
        if over.kind == kind and members:
            found.append(put(term, {member: Add(1, _minus(member), evaluate=False) for member in members}))
    return found


def _divided(term: Basic, domain: Domain) -> list[Basic]:
    """Divided by the number of samples: the symbol for it, or the stated end of a sum or product."""
    counts: list[Basic] = [
        quantity
        for quantity, over in domain.ranges.items()
        if over.kind in ("count", "above", "up_to") and quantity in term.free_symbols
    ]
    counts += [node.args[1][2] for node in term.atoms(Sum, Product) if node.args[1][2].is_Integer]
    return [Mul(Pow(count, -1, evaluate=False), term, evaluate=False) for count in dict.fromkeys(counts)]


def _base_two(node: Basic) -> Iterator[Basic]:
    if isinstance(node, log):
        yield Mul(node, Pow(log(Integer(2)), -1, evaluate=False), evaluate=False)


def _product_for_sum(node: Basic) -> Iterator[Basic]:
    if isinstance(node, (Sum, Product)):
        other = product_of if isinstance(node, Sum) else sum_of
        yield other(node.args[0], *node.args[1])


def _bounds(node: Basic) -> Iterator[Basic]:
    if isinstance(node, (Sum, Product)):
        term, (index, low, high) = node.args
        same = sum_of if isinstance(node, Sum) else product_of
        yield same(term, index, low, high - 1)
        yield same(term, index, low + 1, high)


def _exchanged(term: Basic, functions: set[Any]) -> Iterator[Basic]:
    for applied in sorted(term.atoms(AppliedUndef), key=str):
        if applied.func in functions and len(applied.args) == 2 and applied.args[0] != applied.args[1]:
            yield put(term, {applied: applied.func(*reversed(applied.args))})


def _digits(term: Basic) -> Iterator[tuple[str, Basic]]:
    """Decimals one unit of the last place up and down, with the other sign, and one of several left out."""
    for decimal in sorted(term.atoms(AsDecimal), key=str):
        value, places = decimal.args
        for kind, other in (
            ("last digit one off", value + Rational(1, 10 ** int(places))),
            ("last digit one off", value - Rational(1, 10 ** int(places))),
            ("sign turned", -value),
        ):
            yield kind, put(term, {decimal: AsDecimal(other, places)})
    yield from (("term dropped", fewer) for fewer in _fewer_terms(term))


def _other_sets(members: list[Basic]) -> list[tuple[str, list[Basic]]]:
    half = Rational(1, 2)
    return [
        ("root dropped", [FiniteSet(*members[:n], *members[n + 1 :]) for n in range(len(members))]),
        ("root added", [FiniteSet(*members, half)] if half not in members else []),
        ("root one off", [FiniteSet(*members[:n], member / 2, *members[n + 1 :]) for n, member in enumerate(members)]),
    ]
