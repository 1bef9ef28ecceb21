"""Exact certificates for statements that are no identities: where a function is largest, which roots it has, that it never reaches a bound.

A certificate is verified again from its parts each time it is made: what cannot be verified is never returned.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from sympy import (
    Basic,
    Expr,
    FiniteSet,
    Interval,
    Mul,
    Poly,
    Pow,
    Product,
    S,
    Set,
    Symbol,
    cancel,
    diff,
    fraction,
    log,
    powsimp,
    roots,
    together,
)

from derivations.core.algebra import expand_logarithms, next_step, normal_form, positive
from derivations.core.domain import REAL, UNIT, Domain, Key
from derivations.core.notation import evaluated
from derivations.core.sturm import WrongCount, agrees_on_roots, countable, gap


class NoCertificate(ValueError):
    """The statement was not certified; the message says which part failed."""


def inside(domain: Domain, variable: Symbol, over: Set) -> Domain:
    """The domain with `variable` in the interior of `over`: (0, 1), or all the reals."""
    within = Domain({quantity: kept for quantity, kept in domain.ranges.items() if quantity != variable})
    if over in (Interval(0, 1), Interval.open(0, 1)):
        within.add(variable, UNIT)
    elif over in (S.Reals, S.UniversalSet):
        within.add(variable, REAL)
    else:
        raise NoCertificate(f"extrema are certified on (0, 1), [0, 1] or the reals; {over} was given")
    return within


def shown_inside(place: Expr, over: Set, domain: Domain) -> bool:
    """Whether `place` is shown to lie in `over`; False means "not shown"."""
    if over in (S.Reals, S.UniversalSet):
        return place.is_real is True or place.is_extended_real is True
    if place.is_number:
        return over.contains(place) is S.true
    return positive(place - over.start, domain) and positive(over.end - place, domain)


def shown_outside(place: Expr, over: Set, domain: Domain) -> bool:
    """Whether `place` is shown not to lie in `over`; False means "not shown"."""
    if over in (S.Reals, S.UniversalSet):
        return place.is_real is False
    if place.is_number:
        return over.contains(place) is S.false
    return positive(over.start - place, domain) or positive(place - over.end, domain)


@dataclass(frozen=True)
class UniqueExtremum:
    """`place` is the one maximiser (or minimiser): the slope is (place - variable) times a positive factor, so the function rises before it and falls after it.

    Args:
        slope_of: the function itself, or its logarithm where that is simpler (the function being positive inside).
        factor: the positive factor.
        ends: the values at the ends that belong to the set, each below the value at `place`.
    """

    function: Expr
    variable: Symbol
    place: Expr
    slope_of: Expr
    factor: Expr
    ends: tuple[tuple[Expr, Expr], ...]
    largest: bool


def certify_extremum(
    function: Expr, variable: Symbol, place: Expr, over: Set, domain: Domain, largest: bool = True
) -> UniqueExtremum:
    """The certificate that `place` is the one place in `over` where `function` is largest (smallest).

    Raises:
        NoCertificate: the slope does not have that form, the factor is not shown positive, or an end is not shown lower.
    """
    return _certified_extremum(function, variable, place, over, domain.key(), largest)


@cache
def _certified_extremum(
    function: Expr, variable: Symbol, place: Expr, over: Set, ranges: Key, largest: bool
) -> UniqueExtremum:
    domain = Domain(dict(ranges))
    within = inside(domain, variable, over)
    value = function if largest else -function
    if not shown_inside(place, over, domain):
        raise NoCertificate(f"{place} is not shown to lie in {over}")
    by_logarithm = largest and positive(function, within)
    slope_of = expand_logarithms(log(function), within) if by_logarithm else value
    slope = diff(slope_of, variable)
    factor = cancel(together(normal_form(slope, within) / (place - variable)))
    if normal_form(slope - (place - variable) * factor, within) != 0:
        raise NoCertificate(f"the slope {slope} is not ({place} - {variable}) times {factor}")
    if not positive(factor, within):
        raise NoCertificate(
            f"{factor} is not shown to be positive, so {place} is not shown to be the one extremum of {function}"
        )
    ends = tuple(
        (end, evaluated(domain.with_slack(function.subs(variable, end))))
        for end in over.boundary
        if over.contains(end) is S.true
    )
    at_place = value.subs(variable, place)
    for end, height in ends:
        lower = at_place - (height if largest else -height)
        if end != place and not positive(lower, domain):
            raise NoCertificate(f"the value {height} at the end {end} is not shown to differ from the one at {place}")
    if countable(function, variable, over) and place.is_Rational:
        try:
            gap(function, variable, place, over, largest)
        except WrongCount as reason:
            raise NoCertificate(f"{place}, counted again: {reason}") from reason
    return UniqueExtremum(function, variable, place, slope_of, factor, ends, largest)


@dataclass(frozen=True)
class AllRoots:
    """Every root in `over`: function = product of (variable - root)^m times a cofactor that has no zero there."""

    function: Expr
    variable: Symbol
    found: FiniteSet | Basic
    multiplicities: tuple[tuple[Expr, int], ...]
    cofactor: Expr


def certify_roots(function: Expr, variable: Symbol, over: Set, domain: Domain) -> AllRoots:
    """All zeros of a rational function of `variable` in `over`, with the proof that there are no others.

    Raises:
        NoCertificate: a factor is left over that is neither constant nor shown to have one sign on `over`.
    """
    above, below = fraction(together(function))
    found = roots(Poly(above, variable)) if above.has(variable) else {}
    kept = {root: m for root, m in found.items() if shown_inside(root, over, domain)}
    for root in set(found) - set(kept):
        if not shown_outside(root, over, domain):
            raise NoCertificate(f"the root {root} of {function} is shown neither inside {over} nor outside")
    split = Mul(*((variable - root) ** m for root, m in kept.items()))
    cofactor = cancel(above / split) / below
    if normal_form(function - split * cofactor, domain) != 0:
        raise NoCertificate(f"{function} is not {split} times {cofactor}")
    within = inside(domain, variable, over)
    if cofactor.has(variable) and not (positive(cofactor, within) or positive(-cofactor, within)):
        raise NoCertificate(f"{cofactor} is not shown to be free of zeros in {over}")
    if cofactor == 0:
        raise NoCertificate(f"{function} is zero everywhere")
    if above.has(variable) and countable(above, variable, over):
        try:
            agrees_on_roots(above, variable, over, len(kept))
        except WrongCount as reason:
            raise NoCertificate(str(reason)) from reason
    return AllRoots(
        function,
        variable,
        FiniteSet(*kept) if kept else S.EmptySet,
        tuple(sorted(kept.items(), key=lambda item: item[0].sort_key())),
        cofactor,
    )


def bounded_by_induction(expression: Expr, bound: Expr, count: Symbol, domain: Domain) -> bool:
    """Whether `expression` < `bound` for every count = 1, 2, 3, …, for a product of factors in (0, 1): true for one factor, and one more factor only lowers it."""
    if bound != 1 or not isinstance(expression, (Product, Pow)) or not expression.has(count):
        return False
    first = evaluated(expression.subs(count, 1))
    shorter = Symbol("shorter", positive=True)
    if isinstance(expression, Product):
        following = next_step(expression, count)
        if following is None:
            return False
        longer = following.xreplace({expression: shorter})
    else:
        longer = shorter * powsimp(expression.subs(count, count + 1) / expression)
    with_hypothesis = Domain({**domain.ranges, shorter: UNIT})
    return all(positive(part, with_hypothesis) for part in (first, 1 - first, longer, 1 - longer))


def at_least_zero(expression: Expr, domain: Domain) -> UniqueExtremum:
    """The certificate that `expression` ≥ 0 because its one minimum over some variable is 0.

    Raises:
        NoCertificate: no variable gives such a minimum.
    """
    for variable, over in domain.ranges.items():
        if not isinstance(variable, Symbol) or over.kind != "unit" or variable not in expression.free_symbols:
            continue
        for place in _candidates(normal_form(diff(expression, variable), domain), variable):
            if normal_form(expression.subs(variable, place), domain) == 0:
                return certify_extremum(expression, variable, place, Interval.open(0, 1), domain, largest=False)
    raise NoCertificate(f"no variable of {expression} gives a minimum of 0")


def _candidates(slope: Expr, variable: Symbol) -> list[Expr]:
    above = fraction(together(slope))[0]
    return list(roots(Poly(above, variable))) if above.is_polynomial(variable) and above.has(variable) else []
