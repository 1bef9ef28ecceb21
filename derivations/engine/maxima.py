"""The place of the largest value, or the smallest: by the sign of the slope on both sides of it, or by the distance from the value there."""

from __future__ import annotations

from derivations.engine.factors import in_factors
from derivations.engine.find import Finder
from derivations.engine.kernel.arithmetic import same, sign
from derivations.engine.kernel.printing import show
from derivations.engine.kernel.scopes import inside
from derivations.engine.kernel.statements import Context, Line, Part, Range, Refused
from derivations.engine.kernel.terms import ZERO, Term, minus, put, sym


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


def located(finder: Finder, now: Term, relation: str, target: Term) -> Line | None:
    """The one root in an interval, to so many digits: the slope keeps its sign there."""
    if now[0] != "roots" or relation != "≈":
        return None
    inner = finder_on(finder, now[1], inside(now, finder.context).quantities[now[1]])
    slope: Term = ("d", now[1], now[2], sym(now[1]))
    for way in ("<", ">"):
        try:
            lines = signed_lines(inner, slope, way)
        except Refused:
            continue
        return Line("≈", target, ("root-rounding",), parts=(Part(slope, tuple(lines)),))
    raise Refused(f"{show(slope)} is not seen to keep its sign")


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
                in_factors(term, finder.context)
                if not any(head in str(term) for head in ("'d'", "'lim'", "'exp'"))
                else None
            )
            seen_from = Line(relation, ZERO, ("sign",))
            if factors is not None and sign(factors, finder.context) == {"<": "-", ">": "+"}[relation]:
                if factors == term or factors[0] not in ("/", "*", "neg"):
                    return [*lines, seen_from]
                collected = Line("=", factors, ("collect",))
                if finder.valid(term, collected):
                    return [*lines, collected, seen_from]
            if finder.valid(term, seen_from):
                return [*lines, seen_from]
            for made, move in finder.after(term):
                if made not in seen:
                    seen.add(made)
                    new.append((made, [*lines, Line("=", made, move.laws, move.cites)]))
        tries = new
    raise Refused(f"{show(first)} is not seen to be {relation} 0")


def same_or_none(one: Term, other: Term, context: Context) -> bool:
    try:
        return one[0] != "set" and same(one, other, context)
    except Refused:
        return False


def finder_on(finder: Finder, variable: str, over: Range) -> Finder:
    return finder.within(finder.context.extended(variable, over, binding=True))
