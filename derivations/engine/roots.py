"""The roots of an equation: by equations that say the same, each isolating the variable further; or that there is none."""

from __future__ import annotations

import sympy

from derivations.engine.bridge import Bridge
from derivations.engine.factors import oriented
from derivations.engine.find import Finder, tidy
from derivations.engine.kernel.printing import show
from derivations.engine.kernel.scopes import inside
from derivations.engine.kernel.statements import Context, Line, Part, Refused
from derivations.engine.kernel.terms import ONE, ZERO, Term, free, product, sym


def solution(finder: Finder, now: Term, relation: str, target: Term) -> Line | None:
    if now[0] != "roots" or relation != "=" or target[0] != "set":
        return None
    within = inside(now, finder.context)
    here = finder.within(within)
    if len(target) == 1:
        for way in ("<", ">"):
            lines = here.lines(now[2], way, ZERO)
            if lines:
                return Line("=", target, ("never-zero",), parts=(Part(now[2], tuple(lines)),))
        raise Refused(f"{show(now[2])} is not seen to keep a sign")
    first: Term = ("eq", now[2], ZERO)
    lines, equation = [], first
    for cited in here.after(now[2]):
        if cited[1].cites:
            equation = ("eq", cited[0], ZERO)
            lines.append(Line("<=>", equation, (), cited[1].cites))
            break
    lines += isolate(equation, now[1], here.context, target)
    law = "solve" if lines and lines[-1].term[1] == sym(now[1]) else "zero-product"
    return Line("=", target, (law,), parts=(Part(first, tuple(lines)),))


def isolate(equation: Term, variable: str, context: Context, target: Term) -> list[Line]:
    """Clear denominators, bring what has the variable to the left, divide by its factor."""
    bridge = Bridge(context, solved_for=variable)
    letter = bridge.symbol(variable)
    expression = bridge.out(equation[1])
    above, below = sympy.fraction(sympy.together(expression))
    polynomial = sympy.Poly(sympy.expand(above), letter)
    lines: list[Line] = []
    if polynomial.degree() != 1:
        return []
    if below != 1:
        factor = oriented(below, bridge, context)
        by_terms = equation[1][1:] if equation[1][0] == "+" else (equation[1],)
        left = [each for each in by_terms if each[0] != "neg"]
        right = [each[1] for each in by_terms if each[0] == "neg"]
        sides = [
            tidy(
                total(
                    [
                        variable_last(
                            oriented(sympy.cancel(bridge.out(each) * bridge.out(factor)), bridge, context), variable
                        )
                        for each in some
                    ]
                )
            )
            for some in (left, right)
        ]
        equation = ("eq", *sides)
        lines.append(Line("<=>", equation, ("multiply",), by=factor))
    slope, constant = polynomial.all_coeffs()
    if below != 1:
        factor_value = sympy.cancel(bridge.out(factor) / below)
        slope, constant = slope * factor_value, constant * factor_value
    if slope.could_extract_minus_sign():
        slope, constant = -slope, -constant
    slope, constant = sympy.factor(slope), sympy.factor(-constant)
    if slope != 1:
        gathered: Term = ("eq", tidy(("*", bridge.back(slope), sym(variable))), bridge.back(constant))
        if gathered != equation:
            lines.append(Line("<=>", gathered, ("collect",)))
            equation = gathered
        lines.append(Line("<=>", ("eq", sym(variable), target[1]), ("multiply",), by=("/", ONE, bridge.back(slope))))
    else:
        lines.append(Line("<=>", ("eq", sym(variable), target[1]), ("collect",)))
    return lines


def variable_last(term: Term, variable: str) -> Term:
    """p (n - k) as (n - k) p: what does not speak of the variable stands before what does."""
    return product(*sorted(term[1:], key=lambda factor: variable in free(factor))) if term[0] == "*" else term


def total(terms: list[Term]) -> Term:
    return terms[0] if len(terms) == 1 else ("+", *terms) if terms else ZERO
