"""The laws: each one move of mathematics, as a partial function from a tree to the tree that it equals, with its side conditions.

A law looks at one node. It answers None where it does not apply; it never answers with what is not equal.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from derivations.engine.kernel.arithmetic import (
    Field,
    at_least,
    member_of,
    positive,
    positive_binomial,
    same,
    sign,
)  # fmt: skip
from derivations.engine.kernel.definedness import defined
from derivations.engine.kernel.polynomials import as_number
from derivations.engine.kernel.scopes import inside
from derivations.engine.kernel.statements import Context, Range, Refused
from derivations.engine.kernel.terms import (
    ONE,
    ZERO,
    Term,
    alike,
    bound,
    free,
    fresh,
    minus,
    neg,
    num,
    over_a_space,
    product,
    put,
    sym,
)

Move = Callable[[Term, Context], Term | None]


@dataclass(frozen=True)
class Law:
    heads: tuple[str, ...]
    move: Move


LAWS: dict[str, Law] = {}


def law(name: str, *heads: str) -> Callable[[Move], Move]:
    def keep(move: Move) -> Move:
        LAWS[name] = Law(heads, move)
        return move

    return keep


def all_positive(terms: tuple[Term, ...], context: Context) -> bool:
    return all(positive(each, context) for each in terms)


def apart(body: Term, variable: str) -> tuple[list[Term], list[Term]]:
    """The factors of a product that do not and that do speak of a variable."""
    factors = body[1:] if body[0] == "*" else (body,)
    return [each for each in factors if variable not in free(each)], [
        each for each in factors if variable in free(each)
    ]


# --- meanings ----------------------------------------------------------------------------------------------------------


@law("hypothesis")
def by_hypothesis(term: Term, context: Context) -> Term | None:
    for premise in context.hypotheses:
        letters = dict(premise.every)
        if premise.relation != "=" or premise.speaks_of & context.bound:
            continue
        found = match(premise.left, term, set(letters))
        if found is None or not all(
            name in found and member_of(found[name], over.moved(found), context) for name, over in letters.items()
        ):
            continue
        result = put(premise.right, found)
        if result != term:
            return result
    return None


def match(pattern: Term, term: Term, letters: set[str], found: dict[str, Term] | None = None) -> dict[str, Term] | None:
    """What to put for `letters` so that the pattern becomes the term; None if nothing does."""
    found = {} if found is None else found
    if pattern[0] == "sym" and pattern[1] in letters:
        if pattern[1] in found:
            return found if alike(found[pattern[1]], term) else None
        return {**found, pattern[1]: term}
    if not (free(pattern) & letters):
        return found if alike(pattern, term) else None
    if pattern[0] != term[0] or len(pattern) != len(term):
        return None
    if bound(pattern):
        if (
            len(bound(pattern)) != len(bound(term))
            or "," in pattern[1]
            or (over_a_space(pattern) and pattern[1] != term[1])
        ):
            return None
        letter = sym(f"#m{next(fresh)}")
        pattern = (pattern[0], letter[1], put(pattern[2], {pattern[1]: letter}), *pattern[3:])
        term = (term[0], letter[1], put(term[2], {term[1]: letter}), *term[3:])
        inner = match(pattern[2], term[2], letters, found)
        if inner is None or any(letter[1] in free(value) for value in inner.values()):
            return None
        found, pattern, term = inner, (pattern[0], *pattern[3:]), (term[0], *term[3:])
    for one, other in zip(pattern[1:], term[1:], strict=True):
        if isinstance(one, tuple) and isinstance(other, tuple):
            inner = match(one, other, letters, found)
            if inner is None:
                return None
            found = inner
        elif one != other:
            return None
    return found


# --- logarithms, exponentials, powers ----------------------------------------------------------------------------------


@law("log-product", "log")
def log_of_product(term: Term, context: Context) -> Term | None:
    body = term[1]
    if body[0] == "*" and all_positive(body[1:], context):
        return ("+", *(("log", factor) for factor in body[1:]))
    if body[0] == "prod" and positive(body[2], inside(body, context)):
        return ("sum", body[1], ("log", body[2]), *body[3:])
    return None


@law("log-quotient", "log")
def log_of_quotient(term: Term, context: Context) -> Term | None:
    body = term[1]
    if body[0] == "/" and all_positive(body[1:], context):
        above = [] if body[1] == ONE else [("log", body[1])]
        return ("+", *above, neg(("log", body[2]))) if above else neg(("log", body[2]))
    return None


@law("log-reciprocal", "log")
def log_of_reciprocal(term: Term, context: Context) -> Term | None:
    """log(a/b) = -log(b/a), always from one of the two forms to the other, so that it comes to an end."""
    body = term[1]
    if body[0] == "/" and all_positive(body[1:], context) and repr(body[1]) > repr(body[2]):
        return neg(("log", ("/", body[2], body[1])))
    return None


@law("log-power", "log")
def log_of_power(term: Term, context: Context) -> Term | None:
    body = term[1]
    if body[0] == "^" and positive(body[1], context):
        return ("*", body[2], ("log", body[1]))
    if body[0] == "sqrt" and positive(body[1], context):
        return ("/", ("log", body[1]), num(2))
    return None


@law("log-exp", "log", "exp")
def log_and_exponential(term: Term, context: Context) -> Term | None:
    """Each undoes the other: log e^a = a, e^(log a) = a, e^(-log a) = 1/a."""
    body = term[1]
    if term[0] == "log":
        return body[1] if body[0] == "exp" else None
    if body[0] == "log":
        return body[1]
    if body[0] == "neg" and body[1][0] == "log":
        return ("/", ONE, body[1][1])
    if body[0] == "*" and len(body) == 3 and body[2][0] == "log":
        return ("^", body[2][1], body[1])
    return None


@law("log-one", "log")
def log_of_one(term: Term, context: Context) -> Term | None:
    return ZERO if same(term[1], ONE, context) else None


@law("power-one", "^")
def power_of_one(term: Term, context: Context) -> Term | None:
    return ONE if same(term[1], ONE, context) else None


@law("power-product", "^")
def power_of_product(term: Term, context: Context) -> Term | None:
    body = term[1]
    if body[0] in ("*", "/") and all_positive(body[1:], context):
        return (body[0], *(("^", factor, term[2]) for factor in body[1:]))
    return None


@law("root-quotient", "/", "sqrt")
def root_of_quotient(term: Term, context: Context) -> Term | None:
    """1/sqrt(a) = sqrt(1/a), and sqrt(a)/sqrt(b) = sqrt(a/b)."""
    if term[0] == "/" and term[2][0] == "sqrt" and positive(term[2][1], context):
        if term[1] == ONE:
            return ("sqrt", ("/", ONE, term[2][1]))
        if term[1][0] == "sqrt" and positive(term[1][1], context):
            return ("sqrt", ("/", term[1][1], term[2][1]))
    return None


@law("root-square", "*", "^", "sqrt")
def root_and_square(term: Term, context: Context) -> Term | None:
    if term[0] == "^" and term[1][0] == "sqrt" and term[2] == num(2):
        return term[1][1]
    if term[0] == "sqrt" and term[1][0] == "^" and term[1][2] == num(2) and sign(term[1][1], context) in ("+", "0+"):
        return term[1][1]
    return None


@law("by-sign", "abs", "max")
def absolute_and_largest(term: Term, context: Context) -> Term | None:
    """|a| and max(a, b) where the sign of a, of a - b, is known."""
    one, other = (term[1], neg(term[1])) if term[0] == "abs" else (term[1], term[2])
    found = sign(minus(one, other), context)
    return one if found in ("+", "0+", "0") else other if found in ("-", "0-") else None


@law("choose", "binom")
def binomial_number(term: Term, context: Context) -> Term | None:
    """C(10, 8) = C(10, 2) = (10 * 9)/(2 * 1); C(n, 0) = C(n, n) = 1."""
    if not positive_binomial(term, context):
        return None
    if same(term[2], ZERO, context) or same(term[1], term[2], context):
        return ONE
    of, chosen = (as_number(Field().of(part, context)) for part in term[1:])
    if of is None or chosen is None or of > 60:
        return None
    few = int(min(chosen, of - chosen))
    above, below = (product(*(num(int(top) - step) for step in range(few))) for top in (of, few))
    return above if below == ONE else ("/", above, below)


# --- derivatives -------------------------------------------------------------------------------------------------------


@law("derivative-linear", "d")
def derivative_of_sum(term: Term, context: Context) -> Term | None:
    """Of a sum, of a constant multiple, of a constant, of the variable itself."""
    _, variable, body, at = term

    def slope(part: Term) -> Term:
        return ("d", variable, part, at)

    if variable not in free(body):
        return ZERO
    if body == sym(variable):
        return ONE
    if body[0] in ("+", "neg"):
        return (body[0], *map(slope, body[1:]))
    if body[0] == "sum" and variable not in free(body[3]) | free(body[4]) and body[1] not in free(at):
        return ("sum", body[1], slope(body[2]), *body[3:])
    if body[0] == "*":
        without, rest = apart(body, variable)
        return product(*without, slope(product(*rest))) if without else None
    if body[0] == "/" and variable not in free(body[2]):
        return ("/", slope(body[1]), body[2])
    return None


def chain_rule(name: str, head: str, outer: Callable[[Term, Context], tuple[Term, Term] | None]) -> None:
    """d f(u) = f'(u) du; `outer` gives f'(u) and u."""

    def move(term: Term, context: Context) -> Term | None:
        _, variable, body, at = term
        if body[0] != head or variable not in free(body) or (found := outer(body, inside(term, context))) is None:
            return None
        if head == "^" and variable in free(body[2]):
            return None
        return ("*", put(found[0], {variable: at}), ("d", variable, found[1], at))

    LAWS[name] = Law(("d",), move)


chain_rule("derivative-log", "log", lambda body, _: (("/", ONE, body[1]), body[1]))
chain_rule("derivative-exp", "exp", lambda body, _: (body, body[1]))
chain_rule("derivative-power", "^", lambda body, _: (("*", body[2], ("^", body[1], minus(body[2], ONE))), body[1]))
chain_rule(
    "derivative-root",
    "sqrt",
    lambda body, context: (("/", ONE, ("*", num(2), body)), body[1]) if positive(body[1], context) else None,
)


@law("derivative-product", "d")
def derivative_of_product(term: Term, context: Context) -> Term | None:
    _, variable, body, at = term
    if body[0] != "*" or variable not in free(body):
        return None
    first, rest = body[1], product(*body[2:])
    here = [put(part, {variable: at}) for part in (first, rest)]
    return ("+", ("*", ("d", variable, first, at), here[1]), ("*", here[0], ("d", variable, rest, at)))


@law("derivative-quotient", "d")
def derivative_of_quotient(term: Term, context: Context) -> Term | None:
    """(u/v)' = (u'v - uv')/v^2, and (c/v)' = -c v'/v^2."""
    _, variable, body, at = term
    if body[0] != "/" or variable not in free(body[2]):
        return None
    above, below = (put(part, {variable: at}) for part in body[1:])
    falls = ("*", above, ("d", variable, body[2], at))
    if variable not in free(body[1]):
        return neg(("/", falls, ("^", below, num(2))))
    return ("/", minus(("*", ("d", variable, body[1], at), below), falls), ("^", below, num(2)))


# --- sums and products -------------------------------------------------------------------------------------------------


@law("sum-linear", "sum")
def sum_of_sums(term: Term, context: Context) -> Term | None:
    """A sum of sums is taken term by term; what does not depend on the index comes out."""
    _, index, body, low, high = term
    if body[0] in ("+", "neg"):
        return (body[0], *(("sum", index, part, low, high) for part in body[1:]))
    if body[0] == "*":
        for position, factor in enumerate(body[1:], start=1):
            if factor[0] == "neg":
                return neg(("sum", index, (*body[:position], factor[1], *body[position + 1 :]), low, high))
        without, rest = apart(body, index)
        if without and rest:
            return product(*without, ("sum", index, product(*rest), low, high))
    if body[0] == "/" and index not in free(body[2]) and body[1][0] != "num":
        return ("/", ("sum", index, body[1], low, high), body[2])
    return None


@law("equal-terms", "sum", "prod")
def of_equal_terms(term: Term, context: Context) -> Term | None:
    """m times c, or c to the power m, where m is the number of terms."""
    head, index, body, low, high = term
    if index in free(body):
        return None
    many = high if same(low, ONE, context) else ("+", minus(high, low), ONE)
    return ("*", many, body) if head == "sum" else ("^", body, many)


@law("write-out", "sum", "prod")
def written_out(term: Term, context: Context) -> Term | None:
    head, index, body, low, high = term
    first, last = (as_number(Field().of(end, context)) for end in (low, high))
    if first is None or last is None or not 0 <= last - first < 60:
        return None
    found = [put(body, {index: num(at)}) for at in range(int(first), int(last) + 1)]
    return found[0] if len(found) == 1 else ("+" if head == "sum" else "*", *found)


@law("split-first", "sum", "prod")
def first_apart(term: Term, context: Context) -> Term | None:
    """The first term by itself, and the others."""
    head, index, body, low, high = term
    start = as_number(Field().of(low, context))
    if start is None or as_number(Field().of(high, context)) is not None or not at_least(high, low, context):
        return None
    return ("+" if head == "sum" else "*", put(body, {index: low}), (head, index, body, num(int(start) + 1), high))


@law("split-last", "sum", "prod")
def last_apart(term: Term, context: Context) -> Term | None:
    """Up to m + 1: up to m, and the last."""
    head, index, body, low, high = term
    if high[0] != "+" or high[-1] != ONE or not at_least(high, low, context):
        return None
    return (
        "+" if head == "sum" else "*",
        (head, index, body, low, high[1] if len(high) == 3 else high[:-1]),
        put(body, {index: high}),
    )


@law("one-term", "sum")
def one_term_survives(term: Term, context: Context) -> Term | None:
    _, index, body, low, high = term
    factors = body[1:] if body[0] == "*" else (body,)
    for position, factor in enumerate(factors):
        if factor[0] == "is" and sym(index) in factor[1:]:
            at = factor[2] if factor[1] == sym(index) else factor[1]
            if index not in free(at) and member_of(at, Range(low, high, True, True, whole=True), context):
                rest = product(*factors[:position], *factors[position + 1 :])
                return put(rest, {index: at})
    return None


@law("zero-term", "sum")
def first_term_is_zero(term: Term, context: Context) -> Term | None:
    _, index, body, low, high = term
    if at_least(high, low, context) and same(put(body, {index: low}), ZERO, context):
        start = as_number(Field().of(low, context))
        return ("sum", index, body, num(int(start) + 1) if start is not None else ("+", low, ONE), high)
    return None


@law("shift-index", "sum")
def shifted(term: Term, context: Context) -> Term | None:
    """From 1 to m of t(k) is from 0 to m - 1 of t(k + 1)."""
    _, index, body, low, high = term
    if not same(low, ONE, context):
        return None
    return ("sum", index, put(body, {index: ("+", sym(index), ONE)}), ZERO, minus(high, ONE))


@law("absorption", "*")
def absorbed(term: Term, context: Context) -> Term | None:
    """k C(n, k) = n C(n - 1, k - 1) for 1 <= k <= n."""
    for position, factor in enumerate(term[1:], start=1):
        if factor[0] != "binom" or not at_least(factor[1], factor[2], context) or not at_least(factor[2], ONE, context):
            continue
        for other, chosen in enumerate(term[1:], start=1):
            if chosen == factor[2]:
                rest = [each for at, each in enumerate(term[1:], start=1) if at not in (position, other)]
                return product(factor[1], ("binom", minus(factor[1], ONE), minus(factor[2], ONE)), *rest)
    return None


@law("binomial-theorem", "sum")
def binomial_theorem(term: Term, context: Context) -> Term | None:
    """The sum over k from 0 to n of C(n, k) a^k b^(n - k) is (a + b)^n."""
    _, index, body, low, high = term
    if low != ZERO or body[0] != "*" or len(body) != 4 or body[1] != ("binom", high, sym(index)):
        return None
    one, other = body[2:]
    if one[0] != "^" or other[0] != "^" or one[2] != sym(index) or index in free(one[1]) | free(other[1]):
        return None
    if not same(other[2], minus(high, sym(index)), inside(term, context)):
        return None
    return ("^", ("+", one[1], other[1]), high)


# --- limits ------------------------------------------------------------------------------------------------------------


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


# --- what is largest, and where ----------------------------------------------------------------------------------------


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
