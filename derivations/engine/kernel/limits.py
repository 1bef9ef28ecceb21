"""Laws about limits: continuity, and a short table."""

from __future__ import annotations

from derivations.engine.kernel.arithmetic import positive, same
from derivations.engine.kernel.definedness import defined
from derivations.engine.kernel.laws import all_positive, apart, law
from derivations.engine.kernel.scopes import inside
from derivations.engine.kernel.statements import Context, Refused
from derivations.engine.kernel.terms import ZERO, Term, bound, free, sym


@law("limit", "lim")
def by_continuity(term: Term, context: Context) -> Term | None:
    """+, *, /, powers, log and exp are continuous where the limit is defined; e^u -> 0 as u -> -oo; t log t -> 0 as t -> 0+; log t -> -oo."""
    within = inside(term, context)
    found = limit(term[2], term, within, context)
    if found is None:
        body = term[2]
        inner = limit(body[1], term, within, context) if body[0] == "log" else None
        falls = inner is not None and same(inner, ZERO, context) and positive(body[1], within)
        return ("inf", "-") if falls else None
    return found


def limit(body: Term, term: Term, within: Context, context: Context) -> Term | None:
    _, variable, _, at, _ = term
    if variable not in free(body):
        return body
    if at[0] == "inf":
        if body[0] == "exp" and falls_without_end(body[1], variable, at[1], context):
            return ZERO
        if body == sym(variable):
            return None
    elif body == sym(variable):
        return at
    if body[0] == "*":
        for factor in body[1:]:
            if factor[0] == "log" and factor[1] in body[1:] and positive(factor[1], within):
                inner = limit(factor[1], term, within, context)
                if inner is not None and same(inner, ZERO, context):
                    left = [each for each in body[1:] if each not in (factor, factor[1])]
                    rest = [limit(each, term, within, context) for each in left]
                    return ZERO if None not in rest and len(left) == len(body) - 3 else None
    if body[0] in ("sum", "prod") and variable not in free(body[3]) | free(body[4]) and not free(at) & bound(body):
        each = limit(body[2], term, inside(body, within), inside(body, context))  # of finitely many terms
        return None if each is None else (body[0], body[1], each, *body[3:])
    if body[0] not in ("+", "*", "neg", "/", "log", "exp", "^"):
        return None
    found = [limit(part, term, within, context) for part in body[1:]]
    if None in found or (
        body[0] == "^"
        and not (body[2][0] == "num" or positive(found[0] or ZERO, context))
        and variable in free(body[2])
    ):
        return None
    result = (body[0], *found)
    try:
        defined(result, context)
    except Refused:
        return None
    return result


def falls_without_end(exponent: Term, variable: str, way: str, context: Context) -> bool:
    """Whether it is -c v where v grows, c v where v falls, with a positive c that does not vary."""
    if way == "+":
        if exponent[0] != "neg":
            return False
        exponent = exponent[1]
    without, rest = apart(exponent, variable)
    return rest == [sym(variable)] and all_positive(tuple(without), context)
