"""A statement case by case, and from one whole number to the next."""

from __future__ import annotations

import math
from dataclasses import replace

from derivations.engine.find import Finder, tidy
from derivations.engine.kernel.arithmetic import same
from derivations.engine.kernel.printing import show
from derivations.engine.kernel.statements import Context, Hypothesis, Line, Part, Refused
from derivations.engine.kernel.terms import ONE, ZERO, Term, minus, neg, num, put, rebuilt


def in_cases(finder: Finder, now: Term, relation: str, target: Term, of: Term, at: Term | None) -> Line | None:
    context = finder.context
    if of[0] != "sym" or of[1] not in context.quantities:
        raise Refused(f"cases of {show(of)}, which is no quantity of the statement")
    over = context.quantities[of[1]]
    options: list[tuple[Context, dict[str, Term]]] = []
    if at is None:
        low, high = (whole(end) if end is not None else None for end in (over.low, over.high))
        if not over.whole or low is None or high is None:
            raise Refused(f"cases of {show(of)}, which does not take a few whole values: say where the cases part")
        options = [(context, {of[1]: num(value)}) for value in range(low, high + 1)]
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


def by_induction(finder: Finder, now: Term, target: Term, over: Term) -> Line:
    context, found = finder.context, []
    first = context.quantities[over[1]].low if over[0] == "sym" and over[1] in context.quantities else None
    if first is None:
        raise Refused(f"induction over {show(over)}, which is no quantity of the statement with a first whole number")
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
