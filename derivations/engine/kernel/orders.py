"""The laws of lines about smaller and larger: signs, tangents, factors below one, digits."""

from __future__ import annotations

from fractions import Fraction

from derivations.engine.kernel.arithmetic import member_of, positive, same, sign, whole
from derivations.engine.kernel.citing import Library, may_cite, statements_of
from derivations.engine.kernel.enclosure import enclosed, rounds_to
from derivations.engine.kernel.laws import match
from derivations.engine.kernel.lines import judge
from derivations.engine.kernel.printing import show
from derivations.engine.kernel.scopes import inside
from derivations.engine.kernel.statements import Context, Line, Range, Refused, refuse
from derivations.engine.kernel.terms import ONE, ZERO, Term, alike, minus, neg, parts, sym

SIGNS = {"<": ("-",), ">": ("+",), "<=": ("-", "0-", "0"), ">=": ("+", "0+", "0")}


@judge("sign")
def judge_sign(now: Term, line: Line, context: Context, library: Library) -> None:
    difference = now if line.term == ZERO else neg(line.term) if now == ZERO else minus(now, line.term)
    found = sign(difference, context)
    refuse(
        line.relation not in SIGNS or found not in SIGNS[line.relation],
        "the sign of {} is not known to be {} 0",
        difference,
        line.relation,
    )


@judge("tangent")
def judge_tangent(now: Term, line: Line, context: Context, library: Library) -> None:
    """log t <= t - 1, for each logarithm, where the tree rises (falls) with it."""
    places: list[Term] = []
    refuse(
        line.relation not in ("<=", ">=")
        or not same(raised(now, context, places, line.relation == "<="), line.term, context)
        or not places,
        "not by log t <= t - 1: {}",
        line.term,
    )


def raised(term: Term, context: Context, places: list[Term], up: bool) -> Term:
    if not any_log(term):
        return term
    match term[0]:
        case "log":
            refuse(not up or not positive(term[1], context), "log t <= t - 1 does not bound from this side")
            places.append(term[1])
            return minus(term[1], ONE)
        case "neg":
            return neg(raised(term[1], context, places, not up))
        case "+":
            return ("+", *(raised(part, context, places, up) for part in term[1:]))
        case "*" if all(not any_log(part) and sign(part, context) in ("+", "0+") for part in term[1:-1]):
            return (*term[:-1], raised(term[-1], context, places, up))
        case "sum":
            return (*term[:2], raised(term[2], inside(term, context), places, up), *term[3:])
    raise Refused(f"log t <= t - 1 is of no use in {show(term)}")


def any_log(term: Term) -> bool:
    return term[0] == "log" or any(any_log(part) for part in parts(term))


@judge("touches")
def judge_touches(now: Term, line: Line, context: Context, library: Library) -> None:
    """log t = t - 1 at t = 1 alone: what is supposed to be 0, and is a sum of t - 1 - log t times what is positive, is so where each t is 1."""
    for statement in statements_of(line, library):
        for total, relation, gaps in zip(statement.terms, statement.relations, statement.terms[1:], strict=False):
            if relation != "=" or line.relation != "=" or gaps[0] != "sum" or not supposed(total, context):
                continue
            *weights, gap = gaps[2][1:] if gaps[2][0] == "*" else (gaps[2],)
            of = gap[1] if gap[0] == "+" else ZERO
            found = match(of, ("/", now, line.term), {gaps[1]}) or {}
            if (
                gap == ("+", of, neg(ONE), neg(("log", of)))
                and all(positive(each, inside(gaps, context)) for each in (*weights, of))
                and gaps[1] in found
                and member_of(found[gaps[1]], Range(gaps[3], gaps[4], True, True, whole=True), context)
                and may_cite(statement, {each: sym(each) for each in statement.context.quantities}, context)
            ):
                return
    raise Refused(f"no sum of t - 1 - log t, for t = {show(now)} / {show(line.term)} among others, is supposed to be 0")


def supposed(term: Term, context: Context) -> bool:
    """Whether a premise of its own says that the term is 0."""
    return any(
        alike(own.left, term)
        and (own.relation, own.right) == ("=", ZERO)
        and not own.every
        and not own.speaks_of & context.bound
        for own in context.hypotheses
    )


@judge("below-one")
def judge_below_one(now: Term, line: Line, context: Context, library: Library) -> None:
    """A product of one or more factors between 0 and 1, or such a power, is below 1."""
    refuse(line.relation != "<" or line.term != ONE, "that a product is below 1 shows < 1 alone")
    if now[0] == "prod":
        within, body, some = inside(now, context), now[2], sign(("+", minus(now[4], now[3]), ONE), context) == "+"
    elif now[0] == "^":
        within, body, some = context, now[1], positive(now[2], context) and whole(now[2], context)
    else:
        raise Refused(f"{show(now)} is no product of many factors")
    refuse(
        not (some and positive(body, within) and positive(minus(ONE, body), within)),
        "not every factor of {} is known to lie between 0 and 1",
        now,
    )


@judge("rounding")
def judge_rounding(now: Term, line: Line, context: Context, library: Library) -> None:
    """Every decimal is the correct rounding of the term above it, decided by an enclosure in exact fractions."""
    refuse(
        line.relation != "≈" or not rounds_to(now, line.term, context), "{} is not the rounding of {}", line.term, now
    )


@judge("digits")
def judge_digits(now: Term, line: Line, context: Context, library: Library) -> None:
    """Two constants, told apart by as many digits as it takes (at most 30)."""
    refuse(line.relation not in ("<", ">"), "digits tell what is smaller and what is larger")
    less, more = (now, line.term) if line.relation == "<" else (line.term, now)
    refuse(
        all(enclosed(minus(more, less), context, Fraction(1, 10**places))[0] <= 0 for places in (6, 30)),
        "{} is not seen to be below {}",
        less,
        more,
    )
