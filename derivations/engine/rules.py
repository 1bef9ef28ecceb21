"""The rules: what SymPy does to one equation to get the next, and the lines that say it. The kernel checks them; nothing here is trusted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy

from derivations.engine.bridge import Bridge
from derivations.engine.cases import by_induction, in_cases
from derivations.engine.equation import Equation, Rule
from derivations.engine.find import MOVES, Finder, tidy
from derivations.engine.kernel.statements import Context, Line
from derivations.engine.kernel.terms import Term, neg, num, put
from derivations.engine.maxima import by_gap, by_slope, located
from derivations.engine.roots import solution


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


def solve_for(of: Equation | None = None, *cites: Equation) -> Rule:
    """The roots of an equation, by equations that say the same; or that it has none."""
    return Rule("solve", (*([of] if of else []), *cites), build=solution)


def maximise(*cites: Equation, gap: bool = False) -> Rule:
    """The one place of the largest value (or the smallest): by the sign of the slope, or (`gap`) by the distance from the value there."""
    return Rule("maximise", cites, build=by_gap if gap else by_slope)


def locate(*cites: Equation) -> Rule:
    """The one root of an equation in an interval, to so many digits: by the sign of the slope."""
    return Rule("locate", cites, build=located)


def cases(of: Term, at: Term | None = None, *cites: Equation) -> Rule:
    """Each value of a label in turn; or from a point on, and below it."""
    return Rule(
        "cases", cites, build=lambda finder, now, relation, target: in_cases(finder, now, relation, target, of, at)
    )


def induction(over: Term, *cites: Equation) -> Rule:
    """For the first whole number, and from one to the next."""
    return Rule("induction", cites, build=lambda finder, now, relation, target: by_induction(finder, now, target, over))


def the_root(of: Equation) -> Rule:
    """A quantity that is supposed to satisfy an equation is its one root."""

    def build(finder: Finder, now: Term, relation: str, target: Term) -> Line | None:
        return Line("=", target, ("only-root",), (of.id,)) if now[0] == "sym" and relation == "=" else None

    return Rule("the-root", (of,), build=build)
