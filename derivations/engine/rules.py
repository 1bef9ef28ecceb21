"""The rules: what SymPy does to one equation to get the next, and the lines that say it. The kernel checks them; nothing here is trusted."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import sympy

from derivations.engine.bridge import Bridge
from derivations.engine.equation import Equation, Rule
from derivations.engine.find import MOVES, Finder, tidy
from derivations.engine.kernel.arithmetic import inside, same, sign
from derivations.engine.kernel.printing import show
from derivations.engine.kernel.statements import Context, Hypothesis, Line, Part, Range, Refused
from derivations.engine.kernel.terms import ONE, ZERO, Term, minus, neg, num, product, put, rebuilt, sym


def by(*cites: Equation, moves: tuple[tuple[str, ...], ...] = ()) -> Rule:
    """From what is cited, by whatever laws lead there."""
    return Rule("by", cites, moves=moves or MOVES)


def found_by(change: Callable[[Any], Any], first: Term) -> Callable[[Context], Term]:
    def result(context: Context) -> Term:
        bridge = Bridge(context)
        return tidy(bridge.back(change(bridge.out(first))))

    return result


def take_logarithm(of: Equation, *cites: Equation) -> Rule:
    """log of both sides; products become sums, powers factors."""
    first: Term = ("log", of.terms[0])
    return Rule("take-logarithm", (of, *cites), first, found_by(sympy.expand_log, first))


def differentiate(of: Equation, variable: Term, *cites: Equation, times: int = 1) -> Rule:
    """The derivative of both sides."""
    first = of.terms[0]
    for _ in range(times):
        first = ("d", variable[1], first, variable)
    return Rule("differentiate", (of, *cites), first, found_by(lambda found: found.doit(), first))


def negate(of: Equation, *cites: Equation) -> Rule:
    """Both sides with a minus sign."""
    return Rule("negate", (of, *cites), neg(of.terms[0]), found_by(lambda found: found, neg(of.terms[0])))


def substitute(of: Equation, values: dict[str, Term | int], *cites: Equation) -> Rule:
    """Values put in for quantities."""
    first = put(of.terms[0], {name: num(value) if isinstance(value, int) else value for name, value in values.items()})
    return Rule("substitute", (of, *cites), first, found_by(lambda found: found, first))


def go_to_limit(of: Equation, variable: Term, at: Term | int | str, side: str = "", *cites: Equation) -> Rule:
    """The limit of both sides; at "oo" or "-oo" there is only one side."""
    place = (
        num(at) if isinstance(at, int) else ("inf", "-" if at.startswith("-") else "+") if isinstance(at, str) else at
    )
    first: Term = ("lim", variable[1], of.terms[0], place, side or ("-" if place == ("inf", "+") else "+"))
    return Rule("go-to-limit", (of, *cites), first, found_by(lambda found: found, first))


# --- roots and extrema -------------------------------------------------------------------------------------------------


def solve_for(of: Equation | None = None, *cites: Equation) -> Rule:
    """The roots of an equation, by equations that say the same; or that it has none."""
    return Rule("solve", (*([of] if of else []), *cites), build=solution)


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
                total([oriented(sympy.cancel(bridge.out(each) * bridge.out(factor)), bridge, context) for each in some])
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


def total(terms: list[Term]) -> Term:
    return terms[0] if len(terms) == 1 else ("+", *terms) if terms else ZERO


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


def turned(term: Term) -> Term:
    """-p + 1 as 1 - p."""
    if term[0] == "+" and term[1][0] == "neg" and any(part[0] != "neg" for part in term[1:]):
        positives = [part for part in term[1:] if part[0] != "neg"]
        return ("+", *positives, *(part for part in term[1:] if part[0] == "neg"))
    return term


def in_factors(term: Term, context: Context) -> Term | None:
    """A fraction in factors, each written so that it is positive, the sign in front: found by SymPy."""
    try:
        bridge = Bridge(context)
        above, below = sympy.fraction(sympy.factor(sympy.together(bridge.out(term))))
        top, bottom = oriented(above, bridge, context), oriented(below, bridge, context)
    except (Refused, sympy.PolynomialError, TypeError, ValueError, AttributeError):
        return None
    negative = (top[0] == "neg") != (bottom[0] == "neg")
    top, bottom = (part[1] if part[0] == "neg" else part for part in (top, bottom))
    found = top if bottom == ONE else ("/", top, bottom)
    return neg(found) if negative else found


def signed_lines(finder: Finder, first: Term, relation: str) -> list[Line]:
    """Lines that show a sign: cite, write in factors, read off."""
    for name in finder.theorems():
        if finder.valid(first, cited := Line(relation, ZERO, (), (name,))):
            return [cited]
    tries: list[tuple[Term, list[Line]]] = [(first, [])]
    seen = {first}
    for _ in range(6):
        new = []
        for term, lines in tries:
            factors = (
                in_factors(term, finder.context) if not any(head in str(term) for head in ("'d'", "'lim'")) else None
            )
            if factors is not None and sign(factors, finder.context) == {"<": "-", ">": "+"}[relation]:
                if (
                    factors == term
                    or (sign_term := Line(relation, ZERO, ("sign",)))
                    and factors[0] not in ("/", "*", "neg")
                ):
                    return [*lines, Line(relation, ZERO, ("sign",))]
                collected = Line("=", factors, ("collect",))
                if finder.valid(term, collected):
                    return [*lines, collected, sign_term]
            if finder.valid(term, Line(relation, ZERO, ("sign",))):
                return [*lines, Line(relation, ZERO, ("sign",))]
            for made, move in finder.after(term):
                if made not in seen:
                    seen.add(made)
                    new.append((made, [*lines, Line("=", made, move.laws, move.cites)]))
        tries = new
    raise Refused(f"{show(first)} is not seen to be {relation} 0")


def maximise(*cites: Equation, gap: bool = False) -> Rule:
    """The one place of the largest value (or the smallest): by the sign of the slope, or (`gap`) by the distance from the value there."""
    return Rule("maximise", cites, build=by_gap if gap else by_slope)


def by_slope(finder: Finder, now: Term, relation: str, target: Term) -> Line | None:
    if now[0] not in ("argmax", "argmin") or target[0] in ("argmax", "argmin") or "," in now[1]:
        return None
    variable, body = now[1], now[2]
    over = inside(now, finder.context).quantities[variable]
    slopes: list[Term] = [("d", variable, body, sym(variable))]
    if sign(body, finder.context.extended(variable, Range(over.low, over.high))) == "+":
        slopes.insert(0, ("d", variable, ("log", body), sym(variable)))
    cited = [term for theorem in finder.theorems().values() for term in theorem.statement.terms]
    slopes.sort(key=lambda slope: slope not in cited and not any(part == slope[2] for part in cited))
    up, down = (">", "<") if now[0] == "argmax" else ("<", ">")
    problem: Refused | None = None
    for slope in slopes:
        try:
            if (
                over.low is not None
                and same_or_none(target, over.low, finder.context)
                or over.high is not None
                and same_or_none(target, over.high, finder.context)
                or target == ("set",)
            ):
                inner = finder_on(finder, variable, Range(over.low, over.high))
                for way in (">", "<"):
                    try:
                        lines = signed_lines(inner, slope, way)
                    except Refused as refused:
                        problem = refused
                        continue
                    return Line("=", target, ("rises" if way == ">" else "falls",), parts=(Part(slope, tuple(lines)),))
            else:
                found = []
                for way, part in ((up, Range(over.low, target)), (down, Range(target, over.high))):
                    found.append(Part(slope, tuple(signed_lines(finder_on(finder, variable, part), slope, way))))
                return Line("=", target, ("rises-falls",), parts=tuple(found))
        except Refused as refused:
            problem = refused
    raise problem or Refused(f"no proof of {show(now)} = {show(target)} was found")


def same_or_none(one: Term, other: Term, context: Context) -> bool:
    try:
        return one[0] != "set" and same(one, other, context)
    except Refused:
        return False


def finder_on(finder: Finder, variable: str, over: Range) -> Finder:
    return finder.within(finder.context.extended(variable, over, binding=True))


def by_gap(finder: Finder, now: Term, relation: str, target: Term) -> Line | None:
    if now[0] not in ("argmax", "argmin") or target[0] in ("argmax", "argmin"):
        return None
    variable, body = now[1], now[2]
    over = inside(now, finder.context).quantities[variable]
    best = put(body, {variable: target})
    first = minus(best, body) if now[0] == "argmax" else minus(body, best)
    inner = finder_on(finder, variable, over)
    for name, theorem in finder.theorems().items():
        cited = theorem.statement
        if cited.terms[0] == first:
            lines = [Line("=", cited.terms[1], (), (name,))]
            if inner.valid(first, lines[0]):
                return Line("=", target, ("gap",), parts=(Part(first, tuple(lines)),))
    raise Refused(f"no cited equation says what {show(first)} is")


# --- cases and induction -----------------------------------------------------------------------------------------------


def cases(of: Term, at: Term | None = None, *cites: Equation) -> Rule:
    """Each value of a label in turn; or from a point on, and below it."""
    return Rule(
        "cases", cites, build=lambda finder, now, relation, target: in_cases(finder, now, relation, target, of, at)
    )


def in_cases(finder: Finder, now: Term, relation: str, target: Term, of: Term, at: Term | None) -> Line | None:
    context = finder.context
    if of[0] != "sym" or of[1] not in context.quantities:
        raise Refused(f"cases of {show(of)}, which is no quantity of the statement")
    over = context.quantities[of[1]]
    options: list[tuple[Context, dict[str, Term]]] = []
    if at is None:
        assert over.low is not None and over.high is not None  # noqa: S101  a label has both
        options = [(context, {of[1]: num(value)}) for value in range(over.low[1], over.high[1] + 1)]
    else:
        below = replace(over, high=minus(at, ONE) if over.whole else at, high_in=over.whole)
        single = over.whole and over.low is not None and below.high is not None and same(over.low, below.high, context)
        options = [(context.extended(of[1], replace(over, low=at, low_in=True)), {})]
        options.append((context, {of[1]: over.low}) if single and over.low else (context.extended(of[1], below), {}))
    found = []
    for within, values in options:
        one, other = put(now, values), put(target, values)
        here, worked_out = finder.within(within), Line("=", folded(one), ("collect",))
        before = [worked_out] if values and worked_out.term not in (one, other) and here.valid(one, worked_out) else []
        lines = here.lines(before[0].term if before else one, relation, other)
        if lines is None:
            raise Refused(f"no lines were found in the case {show(one)} {relation} {show(other)}")
        found.append(Part(one, (*before, *lines)))
    return Line(relation, target, ("cases",), by=of if at is None else ("tuple", of, at), parts=tuple(found))


def folded(term: Term) -> Term:
    """Sums and products of whole numbers worked out, where a value was put in for a letter: (1 - 0) is 1, b^0 is 1."""
    term = rebuilt(term, folded)
    match term:
        case ("+" | "*", *entries) if all(whole(each) is not None for each in entries):
            values = [whole(each) or 0 for each in entries]
            value = sum(values) if term[0] == "+" else math.prod(values)
            return num(value) if value >= 0 else neg(num(-value))
        case ("^", _, exponent) if exponent == ZERO:
            return ONE
    return tidy(term)


def whole(term: Term) -> int | None:
    """The whole number that a tree is."""
    inner = term[1] if term[0] == "neg" else term
    return None if inner[0] != "num" else inner[1] if inner is term else -inner[1]


def induction(over: Term, *cites: Equation) -> Rule:
    """For the first whole number, and from one to the next."""
    return Rule("induction", cites, build=lambda finder, now, relation, target: by_induction(finder, now, target, over))


def by_induction(finder: Finder, now: Term, target: Term, over: Term) -> Line:
    context, found = finder.context, []
    first = context.quantities[over[1]].low
    assert first is not None  # noqa: S101  a whole number to begin with
    supposed = replace(context, hypotheses=(*context.hypotheses, Hypothesis(now, "=", target)))
    for within, value in ((context, first), (supposed, ("+", over, ONE))):
        one, other = put(now, {over[1]: value}), put(target, {over[1]: value})
        usual = Finder(
            within, finder.library, finder.asked, (("split-last",), ("hypothesis",), ("write-out",)), finder.meanings
        )
        lines = usual.lines(one, "=", other) or finder.within(within, (("split-last",),)).lines(one, "=", other)
        if lines is None:
            raise Refused(f"no lines were found from {show(one)} to {show(other)}")
        found.append(Part(one, tuple(lines)))
    return Line("=", target, ("induction",), by=over, parts=tuple(found))


def the_root(of: Equation) -> Rule:
    """A quantity that is supposed to satisfy an equation is its one root."""

    def build(finder: Finder, now: Term, relation: str, target: Term) -> Line | None:
        return Line("=", target, ("only-root",), (of.id,)) if now[0] == "sym" and relation == "=" else None

    return Rule("the-root", (of,), build=build)
