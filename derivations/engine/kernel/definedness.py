"""Whether a tree is defined on the whole of its domain: read off the tree as it is written, with what its names mean."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from derivations.engine.kernel.arithmetic import (
    at_least,
    entries,
    member_of,
    nonzero,
    positive,
    positive_binomial,
    sign,
    unfold,
    whole,
)
from derivations.engine.kernel.printing import show
from derivations.engine.kernel.scopes import inside
from derivations.engine.kernel.statements import Context, Range, Refused, refuse
from derivations.engine.kernel.terms import BINDERS, ONE, ZERO, Term, free, minus, num, parts, sym

ALONE = frozenset({"lim", "argmax", "argmin", "roots", "inf", "set", "tuple", "eq"})
"""What is no number, or may not exist: it stands alone on its side."""


def defined(term: Term, context: Context) -> None:
    """Refuse what is not defined on the whole domain, read off the tree as it is written, definitions unfolded."""

    head = term[0]
    if head == "sym":
        over = context.quantities.get(term[1])
        if over is None:
            raise Refused(f"{term[1]} is bound by nothing: no quantity of that name is declared")
        if over.point:
            raise Refused(f"{term[1]} is a point of a space: it can only be an argument")
        return
    if head == "app":
        once(application_defined, term, context)
        return
    refuse(head == "fn", "{} is a distribution and no number: it can only be an argument", term)
    refuse(head in ALONE, "{} is no number to go on with: it can only stand alone", term)
    if head in BINDERS:
        once(binder_defined, term, context)
        return
    stated = head == "*" and "0 log 0 = 0" in context.conventions
    for part in parts(term):
        if (
            stated
            and part[0] == "log"
            and sign(part[1], context) in ("0+", "0")
            and vanishes_too(part[1], term, context)
        ):
            defined(part[1], context)
        else:
            defined(part, context)
    if head == "/" and not nonzero(term[2], context):
        raise Refused(f"the denominator {show(term[2])} may be 0")
    if head == "log" and not positive(term[1], context):
        raise Refused(f"the logarithm of {show(term[1])}, which may not be positive")
    if head == "sqrt" and sign(term[1], context) not in ("+", "0+", "0"):
        raise Refused(f"the root of {show(term[1])}, which may be negative")
    if head == "^" and not positive(term[1], context):
        refuse(not whole(term[2], context), "the power {} of what may not be positive", term)
        allowed = at_least(term[2], ZERO, context) if "0^0 = 1" in context.conventions else positive(term[2], context)
        refuse(
            not (allowed or nonzero(term[1], context)),
            "{} may be 0^0 or 1/0 (0^0 = 1 is a convention to be stated)",
            term,
        )
    refuse(head == "binom" and not positive_binomial(term, context), "{} outside of 0 <= k <= n", term)


def once(looks: Callable[[Term, Context], None], term: Term, context: Context) -> None:
    """What was found defined in this very context is not looked at again."""
    found = context.memo.setdefault("defined", set())
    if term not in found:
        looks(term, context)
        found.add(term)


def vanishes_too(argument: Term, product_: Term, context: Context) -> bool:
    """Whether 0 log 0 = 0 speaks of this: a factor of the product is 0 everywhere, or wherever the logarithm's argument, u or u/v, is."""
    above = argument[1] if argument[0] == "/" else argument
    return any(sign(part, context) == "0" or part == above for part in product_[1:])


def application_defined(term: Term, context: Context) -> None:
    if term[1] in context.names:
        unfolded = unfold(term, context)
        if unfolded is not None:
            defined(unfolded, context)
            return
        first, count = context.names[term[1]].body[1], len(context.names[term[1]].body) - 2
        if not member_of(term[-1], Range(num(first), num(first + count - 1), True, True, whole=True), context):
            raise Refused(f"{term[1]} has entries {first} to {first + count - 1}, and its argument may be another")
        for entry in entries(term, context):
            defined(entry, context)
    elif term[1] in context.families:
        for part in term[2:]:
            argument_defined(part, context)
    else:
        raise Refused(f"{term[1]} has no meaning here: define it, or declare a family")


def argument_defined(term: Term, context: Context) -> None:
    """A number, a distribution, a point, or the numbers and points that make one."""
    if term[0] == "fn":
        binder_defined(term, context)
    elif term[0] == "tuple":
        for part in parts(term):
            argument_defined(part, context)
    elif not member_of(term, Range(point=True), context):
        defined(term, context)
    elif term[0] == "app":
        application_defined(term, context)


def binder_defined(term: Term, context: Context) -> None:
    head, within = term[0], inside(term, context)
    if head in ("sum", "prod"):
        for end in term[3:5]:
            defined(end, context)
            refuse(not whole(end, context), "a sum from or to what may not be a whole number")
        refuse(not at_least(("+", term[4], ONE), term[3], context), "a sum that may end before it begins")
    elif head == "d":
        defined(term[3], context)
        if term[3][0] != "sym" and not member_of(term[3], within.quantities[term[1]], context):
            raise Refused(f"the place of the derivative may be outside of the range of {term[1]}")
        wide(within.quantities[term[1]], term[1], context)
        regular(term[2], term[1], within, smooth=True)
        if "0 log 0 = 0" in within.conventions:  # p log p has no slope at 0
            within = replace(within, conventions=within.conventions - {"0 log 0 = 0"})
    elif head == "lim":
        over = within.quantities[term[1]]
        end = over.high if (term[3][0] == "inf" and term[3][1] == "+") or term[4] == "-" else over.low
        if term[3][0] == "inf":
            if end is not None:
                raise Refused(f"{term[1]} does not grow without bound")
        else:
            defined(term[3], context)
        far = over.low if term[4] == "-" else over.high
        if term[3][0] != "inf" and (
            not member_of(term[3], replace(over, low_in=True, high_in=True), context)
            or (far is not None and not nonzero(minus(term[3], far), context))
        ):
            raise Refused(f"{term[1]} does not come there from this side")
    elif head != "fn" and "," not in term[1]:
        for end in term[3:5]:
            if end[0] != "inf":
                defined(end, context)
        wide(within.quantities[term[1]], term[1], context)
    defined(term[2], within)


def wide(over: Range, letter: str, context: Context) -> None:
    """Refuse an interval that may be empty, or a single point."""

    if over.low is not None and over.high is not None and not positive(minus(over.high, over.low), context):
        raise Refused(f"{letter} may run over nothing: {show(over.high)} is not known to be above {show(over.low)}")


def regular(term: Term, variable: str, context: Context, smooth: bool) -> None:
    """Refuse what is not known to be continuous in a variable (`smooth`: differentiable) wherever it is defined."""

    if variable not in free(term):
        return
    if term[0] == "app" and term[1] in context.names and (unfolded := unfold(term, context)) is not None:
        regular(unfolded, variable, context, smooth)
        return
    if term[0] == "app" and term[1] in context.names and variable not in free(term[-1]):
        for entry in entries(term, context):  # one of them, whichever the last argument says
            regular(entry, variable, context, smooth)
        return
    if term[0] in ("sum", "prod") and variable not in free(term[3]) | free(term[4]):
        regular(term[2], variable, inside(term, context), smooth)
        return
    if term[0] == "d" and term[3] == sym(variable) == sym(
        term[1]
    ):  # what is made of these is differentiable as often as one likes, roots of what is positive included
        regular(term[2], term[1], inside(term, context), True)
        return
    steady = term[0] == "^" and (variable not in free(term[2]) or positive(term[1], context))
    root = term[0] == "sqrt" and (not smooth or positive(term[1], context))
    always = (
        ("sym", "+", "*", "neg", "/", "log", "exp")
        if smooth
        else ("sym", "+", "*", "neg", "/", "log", "exp", "abs", "max")
    )
    if not steady and not root and term[0] not in always:
        raise Refused(f"{show(term)} is not known to be {'differentiable' if smooth else 'continuous'} in {variable}")
    for part in parts(term):
        regular(part, variable, context, smooth)
