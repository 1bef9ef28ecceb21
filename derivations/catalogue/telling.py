"""What a reader is told of a line: not only the law, but what it did here, where one law does several things that people call by several names.

It only reads the two trees; which law holds, the kernel has decided. The words stand in the tables `laws` and `deeds`.
"""

from __future__ import annotations

from collections.abc import Iterator

from derivations.engine.kernel.statements import Line
from derivations.engine.kernel.terms import ONE, ZERO, Term, bare, free, heads, parts, put, sym
from derivations.words import Words

CHAINED = {"derivative-log": "log", "derivative-exp": "exp", "derivative-power": "^", "derivative-root": "sqrt"}
"""The derivatives that need the chain rule where something else than the variable stands inside."""

SIGNS = {"+": "sign-terms", "sum": "sign-terms", "*": "sign-factors", "/": "sign-factors"}


def told(law: str, now: Term, line: Line, words: Words) -> str:
    """What a law is called on this line, below the term `now`."""
    deed = deed_of(law, bare(now), bare(line.term), line.by)
    return words.of("deeds", deed) if deed else words.law(law)


def deed_of(law: str, now: Term, term: Term, by: Term | None) -> str:
    """The key of what was done, in the table `deeds`; "" where the law's own name says it."""
    if law == "collect":
        return collected(now, term)
    if law == "multiply":
        return "divide" if by is not None and by[0] == "/" and by[1] == ONE else ""
    if law == "sign":
        whole = unsigned(term if now == ZERO else now)
        return SIGNS.get(whole[0], "") if free(whole) else ""
    if law == "limit" and now[0] == "lim" and now[3][0] != "inf":
        return "by-continuity" if put(now[2], {now[1]: now[3]}) == term else ""
    if law == "equal-terms":
        return "equal-factors" if "prod" in heads(now) - heads(term) else "equal-terms"
    if law == "log-quotient":
        above = [each[1][1] for each in nodes(now) if each[0] == "log" and each[1][0] == "/"]
        return "log-reciprocal" if {*above} == {ONE} else ""
    if law in CHAINED:
        return "" if any(inner != sym(variable) for variable, inner in differentiated(now, CHAINED[law])) else law
    return ""


def collected(now: Term, term: Term) -> str:
    """Which of the moves of arithmetic leads from one tree to the other, where it is one that has a name."""
    if term[0] == "eq":
        return "rearrange"
    if not (free(now) or free(term) or {"app", *CHAINED.values()} & (heads(now) | heads(term)) - {"^"}):
        return in_numbers(now, term)
    one, other = unsigned(now), unsigned(term)
    if now[0] == "neg" and one[0] == "+" and term[0] == "+" and len(one) == len(term) and term[1][0] == "neg":
        return "remove-brackets"
    if one[0] == "+" and other[0] == "/" and any(unsigned(part)[0] == "/" for part in one[1:]):
        return "common-denominator"
    if one[0] == "/" and "/" not in heads(other):
        return "cancel"
    same_below = "/" not in (one[0], other[0]) or one[0] == other[0] and one[2] == other[2]
    return "factor" if same_below and other[0] in ("*", "/") and one[0] != "^" and counted(other) > counted(one) else ""


def in_numbers(now: Term, term: Term) -> str:
    """What was done where no letter stands."""
    fraction = now[0] == "/" and {part[0] for part in now[1:]} == {"num"}
    return {"/": "cancel", "dec": "as-decimal"}.get(term[0], "compute") if fraction else "compute"


def unsigned(term: Term) -> Term:
    return term[1] if term[0] == "neg" else term


def counted(term: Term) -> int:
    """How many factors with letters a tree shows, in a fraction above the line."""
    term = unsigned(term)
    match term:
        case ("*", *factors):
            return sum(map(counted, factors))
        case ("/", above, _):
            return counted(above)
        case ("^", base, ("num", int(times))):
            return times * counted(base)
    return 1 if free(term) or heads(term) & {"app"} else 0


def differentiated(term: Term, head: str) -> Iterator[tuple[str, Term]]:
    """Of each node of a kind within a derivative that varies: the variable, and what stands inside of the node."""
    if term[0] == "d":
        yield from ((term[1], each[1]) for each in nodes(term[2]) if each[0] == head and term[1] in free(each[1]))
    for part in parts(term):
        yield from differentiated(part, head)


def nodes(term: Term) -> Iterator[Term]:
    yield term
    for part in parts(term):
        yield from nodes(part)
