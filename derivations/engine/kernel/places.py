"""Laws about places: what moves no maximum."""

from __future__ import annotations

from derivations.engine.kernel.arithmetic import positive
from derivations.engine.kernel.laws import all_positive, law
from derivations.engine.kernel.scopes import inside
from derivations.engine.kernel.statements import Context
from derivations.engine.kernel.terms import Term, bound, free, neg, product


@law("positive-factor", "argmax", "argmin")
def positive_factor(term: Term, context: Context) -> Term | None:
    """A positive factor does not move a maximum."""
    body, variables = term[2], bound(term)
    if body[0] == "neg" and body[1][0] in ("*", "/"):
        inner = positive_factor((term[0], term[1], body[1], *term[3:]), context)
        return None if inner is None else (term[0], term[1], neg(inner[2]), *term[3:])
    if body[0] == "/" and not variables & free(body[2]) and positive(body[2], context):
        return (term[0], term[1], body[1], *term[3:])
    if body[0] == "*":
        constants = [each for each in body[1:] if not variables & free(each)]
        if constants and all_positive(tuple(constants), context):
            return (term[0], term[1], product(*(each for each in body[1:] if variables & free(each))), *term[3:])
    return None


@law("added-constant", "argmax", "argmin")
def added_constant(term: Term, context: Context) -> Term | None:
    """What is added, and does not depend on the variable, does not move a maximum."""
    body, variables = term[2], bound(term)
    if body[0] != "+":
        return None
    rest = [each for each in body[1:] if variables & free(each)]
    if not rest or len(rest) == len(body) - 1:
        return None
    return (term[0], term[1], rest[0] if len(rest) == 1 else ("+", *rest), *term[3:])


@law("minus-swaps", "argmax", "argmin")
def minus_swaps(term: Term, context: Context) -> Term | None:
    """What is largest and what is smallest change places under a minus sign."""
    if term[2][0] == "neg":
        return ("argmin" if term[0] == "argmax" else "argmax", term[1], term[2][1], *term[3:])
    return None


@law("log-keeps-order", "argmax", "argmin")
def logarithm_keeps_order(term: Term, context: Context) -> Term | None:
    """The logarithm increases: it does not move a maximum of what is positive."""
    if term[2][0] == "log" and positive(term[2][1], inside(term, context)):
        return (term[0], term[1], term[2][1], *term[3:])
    return None
