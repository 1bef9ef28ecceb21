"""A fraction in factors whose signs can be read off. SymPy finds the factors."""

from __future__ import annotations

from typing import Any

import sympy

from derivations.engine.bridge import Bridge
from derivations.engine.kernel.arithmetic import sign
from derivations.engine.kernel.statements import Context, Refused
from derivations.engine.kernel.terms import ONE, Term, neg, product


def in_factors(term: Term, context: Context) -> Term | None:
    """A fraction in factors, each written so that it is positive: found by SymPy. A minus sign goes into a difference, if there is one, else in front."""
    try:
        bridge = Bridge(context)
        above, below = sympy.fraction(sympy.factor(sympy.together(bridge.out(term))))
        top, bottom = oriented(above, bridge, context), oriented(below, bridge, context)
    except (Refused, sympy.PolynomialError, TypeError, ValueError, AttributeError):
        return None
    negative = (top[0] == "neg") != (bottom[0] == "neg")
    top, bottom = (part[1] if part[0] == "neg" else part for part in (top, bottom))
    if negative and (swapped := with_a_difference_swapped(top)) is not None:
        top, negative = swapped, False
    found = top if bottom == ONE else ("/", top, bottom)
    return neg(found) if negative else found


def oriented(expression: Any, bridge: Bridge, context: Context) -> Term:
    """A product with each factor written so that it is positive, where its sign is known."""
    factors, negative = [], False
    for factor in sympy.factor(expression).as_ordered_factors():
        base, exponent = factor.as_base_exp() if not factor.is_number else (factor, sympy.Integer(1))
        term = bridge.back(factor)
        if sign(term, context) in ("-", "0-"):
            negative ^= True
            term = bridge.back(sympy.expand(-base)) if exponent == 1 else bridge.back(-factor)
        elif exponent != 1 and sign(bridge.back(base), context) == "-" and exponent.is_Integer and exponent % 2 == 0:
            term = ("^", bridge.back(sympy.expand(-base)), bridge.back(exponent))
        if term != ONE:
            factors.append(turned(term))
    found = product(*factors)
    return neg(found) if negative else found


def with_a_difference_swapped(term: Term) -> Term | None:
    """-5*(a - b) as 5*(b - a), for the first difference among the factors; None if there is none."""
    factors = list(term[1:] if term[0] == "*" else (term,))
    for place, factor in enumerate(factors):
        if factor[0] == "+" and len(factor) == 3 and factor[2][0] == "neg" and factor[1][0] != "neg":
            factors[place] = ("+", factor[2][1], neg(factor[1]))
            return product(*factors)
    return None


def turned(term: Term) -> Term:
    """-p + 1 as 1 - p."""
    if term[0] == "+" and term[1][0] == "neg" and any(part[0] != "neg" for part in term[1:]):
        positives = [part for part in term[1:] if part[0] != "neg"]
        return ("+", *positives, *(part for part in term[1:] if part[0] == "neg"))
    return term
