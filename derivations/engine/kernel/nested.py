"""The laws of lines that have proofs inside: where something is largest, roots, cases, induction."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from derivations.engine.kernel.arithmetic import Field, member_of, nonzero, positive, same, whole
from derivations.engine.kernel.citing import Library, implies, may_cite, statements_of
from derivations.engine.kernel.definedness import defined, regular
from derivations.engine.kernel.enclosure import enclosed
from derivations.engine.kernel.laws import LAWS
from derivations.engine.kernel.lines import equal_by, follow, judge
from derivations.engine.kernel.orders import supposed
from derivations.engine.kernel.polynomials import as_number
from derivations.engine.kernel.printing import show
from derivations.engine.kernel.scopes import inside
from derivations.engine.kernel.statements import Context, Hypothesis, Line, Part, Range, Refused, refuse
from derivations.engine.kernel.terms import ONE, ZERO, Term, free, minus, neg, num, put, sym


def interval(now: Term, context: Context) -> tuple[str, Term, Range, Range]:
    """The variable, the body, the interval and its inside."""
    refuse(
        now[0] not in ("argmax", "argmin") or "," in now[1],
        "{} does not ask for the place of a maximum on an interval",
        now,
    )
    over = inside(now, context).quantities[now[1]]
    return now[1], now[2], over, over.inner


def slope_sign(part: Part, now: Term, over: Range, relation: str, context: Context, library: Library) -> None:
    """A part of a proof that shows the sign of the slope, of the body or (where it is positive) of its logarithm, on an open interval."""
    variable, body, _, inner = interval(now, context)
    within = context.extended(variable, over, binding=True)
    plain, logarithmic = (("d", variable, of, sym(variable)) for of in (body, ("log", body)))
    refuse(part.first not in (plain, logarithmic), "{} is not the slope of {}, nor of its logarithm", part.first, body)
    refuse(
        part.first == logarithmic and not positive(body, context.extended(variable, inner, binding=True)),
        "{} is not known to be positive inside",
        body,
    )
    found = follow(part.first, part.lines, within, library)
    refuse(not implies(found, relation) or part.lines[-1].term != ZERO, "the slope is to be shown {} 0 here", relation)


@judge("rises-falls", nested=True)
def judge_rises_falls(now: Term, line: Line, context: Context, library: Library) -> None:
    """Rises before and falls after (falls and rises): the one maximiser (minimiser)."""
    variable, body, over, _ = interval(now, context)
    place = line.term
    refuse(
        variable in free(place) or not member_of(place, over.inner, context) or len(line.parts) != 2,
        "two parts, before and after a place inside of the interval, are asked for",
    )
    regular(body, variable, context.extended(variable, over, binding=True), smooth=False)
    signs = (">", "<") if now[0] == "argmax" else ("<", ">")
    slope_sign(line.parts[0], now, Range(over.low, place), signs[0], context, library)
    slope_sign(line.parts[1], now, Range(place, over.high), signs[1], context, library)


@judge("rises", "falls", nested=True)
def judge_monotone(now: Term, line: Line, context: Context, library: Library) -> None:
    """Rises (falls) all the way: largest at the end that belongs to the interval, and nowhere if none does."""
    variable, body, over, inner = interval(now, context)
    rises = "rises" in line.laws
    refuse(len(line.parts) != 1, "one part, the sign of the slope, is asked for")
    regular(body, variable, context.extended(variable, over, binding=True), smooth=False)
    slope_sign(line.parts[0], now, inner, ">" if rises else "<", context, library)
    at_high = rises == (now[0] == "argmax")
    end, included = (over.high, over.high_in) if at_high else (over.low, over.low_in)
    if line.term != (end if included else ("set",)):
        raise Refused(f"the place is {show(end) if included and end else 'nowhere'}")


@judge("gap", nested=True)
def judge_gap(now: Term, line: Line, context: Context, library: Library) -> None:
    """The value there minus the value anywhere is positive anywhere else: the one maximiser."""
    variable, body, over, _ = interval(now, context)
    place, sides = line.term, []
    refuse(
        variable in free(place) or not member_of(place, over, context) or len(line.parts) != 1,
        "one part, the gap, is asked for, and a place in the interval",
    )
    within = context.extended(variable, over, binding=True)
    best, here = put(body, {variable: place}), body
    part = line.parts[0]
    refuse(
        part.first != (minus(best, here) if now[0] == "argmax" else minus(here, best)),
        "the gap is the value at the place minus the value anywhere",
    )
    refuse(follow(part.first, part.lines, within, library) != "=", "the gap is to be shown equal to what has a sign")
    gap = part.lines[-1].term
    for low, high, low_in, high_in in ((over.low, place, over.low_in, False), (place, over.high, False, over.high_in)):
        empty = low is not None and high is not None and same(low, high, context)
        sides.append(
            empty or positive(gap, context.extended(variable, Range(low, high, low_in, high_in), binding=True))
        )
    refuse(not all(sides), "{} is not known to be positive everywhere else", gap)


@judge("solve", "zero-product", nested=True)
def judge_solve(now: Term, line: Line, context: Context, library: Library) -> None:
    """body = 0, by equations that say the same, down to the root, or to a product that is zero where a factor is."""
    refuse(
        now[0] != "roots" or line.term[0] != "set" or len(line.parts) != 1,
        "the roots of an equation, its solution set and one part are asked for",
    )
    variable, part, within = now[1], line.parts[0], inside(now, context)
    over = within.quantities[variable]
    equation = ("eq", now[2], ZERO)
    refuse(part.first != equation or not part.lines, "the equation to begin with is {}", equation)
    defined(now[2], within)
    for step in part.lines:
        judge_equation(equation, step, within, library)
        equation = step.term
    if (equation[1] == sym(variable)) != (line.laws == ("solve",)):
        raise Refused(f"{show(equation)} is " + ("not solved" if line.laws == ("solve",) else "no product"))
    found = roots_of(equation, variable, within)
    for root in found:
        refuse(not member_of(root, over, context), "{} is not known to lie in the interval", root)
    listed = line.term[1:]
    pairs = ((found, listed), (listed, found))
    if len(found) != len(listed) or not all(
        any(same(one, other, context) for other in these) for those, these in pairs for one in those
    ):
        raise Refused(f"the roots are {', '.join(map(show, found))}")


def judge_equation(before: Term, step: Line, context: Context, library: Library) -> None:
    refuse(step.relation != "<=>" or step.term[0] != "eq", "an equation follows from an equation by <=>")
    for side in step.term[1:]:
        defined(side, context)
    if step.laws == ("multiply",) and step.by is not None:
        defined(step.by, context)
        refuse(not nonzero(step.by, context), "{} may be 0", step.by)
        refuse(
            not same(("*", step.by, minus(*before[1:])), minus(*step.term[1:]), context),
            "{} is not {} times {}",
            step.term,
            before,
            step.by,
        )
    elif not step.cites and step.laws == ("collect",):
        difference = minus(*step.term[1:])
        refuse(
            not same(minus(*before[1:]), difference, context)
            and not same(minus(*before[1:]), neg(difference), context),
            "{} is not {} rearranged",
            step.term,
            before,
        )
    else:
        other_laws = [name for name in step.laws if name not in LAWS]
        refuse(other_laws, "{} does not lead from an equation to the next", ", ".join(other_laws))
        for one, other in zip(before[1:], step.term[1:], strict=True):
            if one != other:
                equal_by(one, Line("=", other, step.laws, step.cites), context, library)


def roots_of(equation: Term, variable: str, context: Context) -> list[Term]:
    """v = root, or a product of factors = 0 each of which is linear in v or nowhere 0."""
    left, right = equation[1:]
    if left == sym(variable) and variable not in free(right):
        return [right]
    refuse(right != ZERO, "{} is neither {} = … nor a product = 0", equation, variable)
    found: list[Term] = []
    for factor in left[1:] if left[0] == "*" else (left,):
        inner = factor[1] if factor[0] == "^" and factor[2][0] == "num" and factor[2][1] else factor
        if nonzero(inner, context):
            continue
        at_zero, at_one = (put(inner, {variable: at}) for at in (ZERO, ONE))
        slope = minus(at_one, at_zero)
        refuse(
            not same(inner, ("+", at_zero, ("*", slope, sym(variable))), context) or not nonzero(slope, context),
            "the factor {} is neither linear in {} nor nowhere 0",
            factor,
            variable,
        )
        root = ("/", neg(at_zero), slope)
        if not any(same(root, other, context) for other in found):
            found.append(root)
    return found


@judge("never-zero", nested=True)
def judge_never_zero(now: Term, line: Line, context: Context, library: Library) -> None:
    refuse(
        now[0] != "roots" or line.term != ("set",) or len(line.parts) != 1,
        "the roots of an equation, the empty set and one part are asked for",
    )
    part, within = line.parts[0], inside(now, context)
    if part.first != now[2]:
        raise Refused(f"the part is to begin with {show(now[2])}")
    refuse(
        follow(part.first, part.lines, within, library) not in ("<", ">") or part.lines[-1].term != ZERO,
        "what is never 0 is to be shown < 0 or > 0",
    )


@judge("root-rounding", nested=True)
def judge_root_rounding(now: Term, line: Line, context: Context, library: Library) -> None:
    """A continuous body whose slope keeps its sign, and which changes its own between the two ends of what rounds to a decimal: the one root lies between them."""
    refuse(
        now[0] != "roots"
        or now[-1] != "()"
        or (line.relation, line.term[0], len(line.term), len(line.parts)) != ("≈", "set", 2, 1),
        "the roots of an equation in an open interval, one decimal and one part are asked for",
    )
    variable, body, part, within = now[1], now[2], line.parts[0], inside(now, context)
    over = within.quantities[variable]
    refuse(part.first != ("d", variable, body, sym(variable)), "{} is not the slope of {}", part.first, body)
    regular(body, variable, within, smooth=False)
    way = follow(part.first, part.lines, within, library)
    refuse(way not in ("<", ">") or part.lines[-1].term != ZERO, "the slope is to be shown < 0 or > 0")
    ends = beside(line.term[1])
    refuse(
        not all(member_of(end, over, context) for end in ends), "{} is not well inside of the interval", line.term[1]
    )
    first, last = (enclosed(put(body, {variable: end}), context, Fraction(1, 10**30)) for end in ends)
    below, above = (first, last) if way == ">" else (last, first)
    refuse(not below[1] < 0 < above[0], "{} is not where the sign changes", line.term[1])


def beside(shown: Term) -> tuple[Term, Term]:
    """The ends of what rounds to a decimal: half a unit of its last place below and above."""
    inner = shown[1] if shown[0] == "neg" else shown
    refuse(inner[0] != "dec", "{} is no decimal", shown)
    units = -inner[1] if shown[0] == "neg" else inner[1]
    low, high = (("/", num(2 * units + step), num(2 * 10 ** inner[2])) for step in (-1, 1))
    return low, high


@judge("only-root")
def judge_only_root(now: Term, line: Line, context: Context, library: Library) -> None:
    """A quantity that satisfies an equation, of which the roots are known to be one, is that root."""
    for statement in statements_of(line, library):
        for roots, relation, found in zip(statement.terms, statement.relations, statement.terms[1:], strict=False):
            if (roots[0], relation, found[0], len(found), now[0]) != ("roots", "=", "set", 2, "sym") or not may_cite(
                statement, {each: sym(each) for each in statement.context.quantities}, context
            ):  # fmt: skip
                continue
            premise = put(roots[2], {roots[1]: now})
            over = inside(roots, context).quantities[roots[1]]
            if (
                supposed(premise, context)
                and now[1] not in context.bound
                and member_of(now, over, context)
                and same(found[1], line.term, context)
            ):
                return
    raise Refused(
        f"{show(now)} is not supposed to satisfy the equation of {', '.join(line.cites)}, or its root is another"
    )


@judge("cases", nested=True)
def judge_cases(now: Term, line: Line, context: Context, library: Library) -> None:
    """Each value of a label in turn; or a quantity from a point on, and below it."""
    if line.by is None:
        raise Refused("cases of what? `by` names the quantity, or the quantity and the point where the cases part")
    cases: list[tuple[Context, dict[str, Term]]] = []
    of = line.by[1] if line.by[0] == "tuple" else line.by
    refuse(
        of[0] != "sym" or of[1] not in context.quantities or of[1] in context.bound,
        "cases of {}, which is no quantity of the statement",
        of,
    )
    over = context.quantities[of[1]]
    if line.by[0] == "tuple":
        at = line.by[2]
        defined(at, context)
        refuse(
            of[1] in free(at) or over.point or (over.whole and not whole(at, context)),
            "the cases part at a number that does not vary",
        )
        cases.append((context.extended(of[1], replace(over, low=at, low_in=True)), {}))
        below = replace(over, high=minus(at, ONE) if over.whole else at, high_in=over.whole)
        single = over.whole and over.low is not None and below.high is not None and same(over.low, below.high, context)
        cases.append(
            (context, {of[1]: over.low}) if single and over.low is not None else (context.extended(of[1], below), {})
        )
        upper_ok = over.low is None or at_least_or_whole(at, over, context)
        if not upper_ok or (over.high is not None and not positive(minus(over.high, at), context)):
            raise Refused("the cases part outside of the range")
    else:
        first, last = (None if end is None else as_number(Field().of(end, context)) for end in (over.low, over.high))
        if not over.whole or first is None or last is None or not over.low_in or not over.high_in or last - first > 9:
            raise Refused(f"{show(of)} does not take a few values")
        cases = [(context, {of[1]: num(value)}) for value in range(int(first), int(last) + 1)]
    if len(line.parts) != len(cases):
        raise Refused(f"{len(cases)} cases are asked for")
    for part, (within, values) in zip(line.parts, cases, strict=True):
        one, other = put(now, values), put(line.term, values)
        refuse(
            part.first != one or not part.lines or part.lines[-1].term != other,
            "the case is to begin with {} and to end with {}",
            one,
            other,
        )
        refuse(
            not implies(follow(part.first, part.lines, within, library), line.relation),
            "the case does not show {}",
            line.relation,
        )


def at_least_or_whole(at: Term, over: Range, context: Context) -> bool:
    return over.low is None or positive(minus(at, over.low), context)


@judge("induction", nested=True)
def judge_induction(now: Term, line: Line, context: Context, library: Library) -> None:
    """For the first whole number; and from one to the next."""
    if line.by is None or line.by[0] != "sym" or line.relation != "=" or len(line.parts) != 2:
        raise Refused("induction: `by` names the whole number; a base and a step are asked for")
    name = line.by[1]
    over = context.quantities.get(name)
    if (
        over is None
        or not over.whole
        or over.low is None
        or not over.low_in
        or not whole(over.low, context)
        or over.high is not None
        or name in context.bound
    ):
        raise Refused(f"{name} does not run over the whole numbers from a first one on")
    refuse(
        name in context.speaks_of or any(name in free(side) for side in context.premises),
        "a premise or a range speaks of {}",
        name,
    )
    following = ("+", sym(name), ONE)
    supposed = replace(context, hypotheses=(*context.hypotheses, Hypothesis(now, "=", line.term)))
    for part, within, value in ((line.parts[0], context, over.low), (line.parts[1], supposed, following)):
        one, other = put(now, {name: value}), put(line.term, {name: value})
        refuse(
            part.first != one or not part.lines or part.lines[-1].term != other,
            "base and step run from {} to {}",
            one,
            other,
        )
        refuse(follow(part.first, part.lines, within, library) != "=", "base and step are to show =")
