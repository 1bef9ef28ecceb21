"""Exact algebra on a stated domain: positivity, logarithms of products, and a normal form that is 0 for equal expressions.

No `force=True`: a logarithm is split only where every factor is shown to be positive on the domain.
"""

from __future__ import annotations

from functools import cache

from sympy import (
    Add,
    Basic,
    Expr,
    Integer,
    Mul,
    Product,
    Rational,
    S,
    Sum,
    Symbol,
    binomial,
    cancel,
    exp,
    expand,
    factor_terms,
    factorint,
    fraction,
    log,
    together,
)
from sympy.polys.polyerrors import PolynomialError

from derivations.core.domain import Domain, Key
from derivations.core.notation import evaluated


def positive(expression: Expr, domain: Domain, strictly: bool = True) -> bool:
    """Whether `expression` > 0 (or ≥ 0) on the whole domain, shown by signs alone.

    Over the domain's charts every quantity is a function of positive numbers; a quotient of sums of positive terms is positive. False means "not shown", never "negative".
    """
    return _positive(expression, domain.of([expression]).key(), strictly)


@cache
def _positive(expression: Expr, ranges: Key, strictly: bool) -> bool:
    domain = Domain(dict(ranges))
    charted, _ = domain.charted(_signed_logarithms(expression, domain))
    above, below = fraction(together(evaluated(charted).replace(lambda node: node.is_Add, _one_fraction)))
    return _by_signs(above, strictly) and _by_signs(below, True)


def _signed_logarithms(expression: Expr, domain: Domain) -> Expr:
    """Each logarithm of a number shown to lie in (0, 1) as minus a positive symbol."""
    logarithms = sorted(
        (node for node in expression.atoms(log) if not node.is_number and not node.has(Sum, Product)), key=str
    )
    negative = {
        node: -Symbol(f"log_{n}", positive=True)
        for n, node in enumerate(logarithms)
        if positive(node.args[0], domain) and positive(1 - node.args[0], domain)
    }
    return expression.xreplace(negative)


def _one_fraction(node: Expr) -> Expr:
    try:
        return cancel(together(node))
    except PolynomialError:
        return node


def _by_signs(expression: Expr, strictly: bool) -> bool:
    known = expression.is_positive if strictly else expression.is_nonnegative
    if known:
        return True
    if isinstance(expression, binomial):
        upper, lower = expression.args
        return bool(
            lower.is_integer and lower.is_nonnegative and (upper - lower).is_integer and (upper - lower).is_nonnegative
        )
    if isinstance(expression, Mul):
        return all(_by_signs(part, strictly) for part in expression.args)
    terms = Add.make_args(expand(expression))
    return all(term.is_nonnegative for term in terms) and (not strictly or any(term.is_positive for term in terms))


def expand_logarithms(expression: Expr, domain: Domain) -> Expr:
    """Every logarithm of a product as a sum of logarithms, where each factor is positive on the domain: `log(p**8*(1-p)**2)` becomes `8*log(p) + 2*log(1-p)`."""

    def split(node: Basic) -> Basic:
        if not node.args:
            return node
        rebuilt = node.func(*(split(part) for part in node.args))
        return _split_logarithm(rebuilt.args[0], domain.of([rebuilt]).key()) if isinstance(rebuilt, log) else rebuilt

    return split(expression)


@cache
def _split_logarithm(argument: Expr, ranges: Key) -> Expr:
    domain = Domain(dict(ranges))
    if isinstance(argument, Rational) and argument > 0:
        above, below = factorint(argument.p), factorint(argument.q)
        return Add(
            *(n * log(Integer(base)) for base, n in above.items()),
            *(-n * log(Integer(base)) for base, n in below.items()),
        )
    terms: list[Expr] = []
    for part in Mul.make_args(factor_terms(together(argument))):
        base, power = part.as_base_exp()
        if isinstance(part, exp) or base is S.Exp1:
            if not power.is_real and not part.args[0].is_real:
                return log(argument)
            terms.append(part.args[0] if isinstance(part, exp) else power)
        elif not (power.is_real and positive(base, domain)):
            return log(argument)
        elif power != 1 or isinstance(base, Rational):
            terms.append(power * _split_logarithm(base, ranges))
        else:
            terms.append(log(base))
    return Add(*terms)


def normal_form(expression: Expr, domain: Domain) -> Expr:
    """A form in which equal expressions of the kinds met here have difference 0: logarithms split, sums over one range joined, fractions cancelled.

    It is sound (0 means equal on the domain) and not complete.
    """
    return _normal_form(expression, domain.of([expression]).key())


@cache
def _normal_form(expression: Expr, ranges: Key) -> Expr:
    domain = Domain(dict(ranges))
    split = expand(expand_logarithms(evaluated(expression), domain), power_exp=False, power_base=False, log=False)
    joined = _join_sums(split, domain)
    return joined if joined.is_Atom else cancel(together(joined))


def _join_sums(expression: Expr, domain: Domain) -> Expr:
    grouped: dict[tuple[Expr, Expr], Expr] = {}
    others: list[Expr] = []
    for term in Add.make_args(expression):
        sums = [part for part in Mul.make_args(term) if isinstance(part, Sum) and len(part.limits) == 1]
        if len(sums) != 1:
            others.append(term)
            continue
        index, low, high = sums[0].limits[0]
        coefficient = Mul(*(part for part in Mul.make_args(term) if part is not sums[0]))
        common = Symbol("index", integer=True, positive=True)
        summand = sums[0].function.xreplace({index: common})
        grouped[low, high] = grouped.get((low, high), Integer(0)) + coefficient * summand
    for (low, high), summand in grouped.items():
        index = Symbol("index", integer=True, positive=True)
        reduced = normal_form(summand, domain)
        others.append(reduced * (high - low + 1) if not reduced.has(index) else Sum(reduced, (index, low, high)))
    return Add(*others)


def next_step(expression: Expr, count: Symbol) -> Expr | None:
    """`expression` at count + 1, its sums and products up to count + 1 written as those up to count and one more term.

    None where the terms themselves, or the lower bound, change with the count: adding the last term is then not enough.
    """
    stepped: dict[Basic, Expr] = {}
    for node in expression.atoms(Sum, Product):
        term, (index, low, high) = node.args
        if term.has(count) or low.has(count) or (high.has(count) and high != count):
            return None
        if high == count:
            last = term.xreplace({index: count + 1})
            stepped[node] = node + last if isinstance(node, Sum) else node * last
    kept = {node: Symbol(f"kept_{position}", positive=True) for position, node in enumerate(stepped)}
    outside = expression.xreplace(kept).subs(count, count + 1)
    return outside.xreplace({kept[node]: grown for node, grown in stepped.items()})


def named_products(expression: Expr, domain: Domain) -> Expr:
    """Symbolic products of positive factors replaced by positive symbols, so that their logarithms split."""
    products = [node for node in expression.atoms(Product) if positive(node.args[0], domain)]
    return expression.xreplace(
        {node: Symbol(f"product_{position}", positive=True) for position, node in enumerate(products)}
    )
