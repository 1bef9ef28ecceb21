"""The laws: each one move of mathematics, as a partial function from a tree to the tree that it equals, with its side conditions.

A law looks at one node. It answers None where it does not apply; it never answers with what is not equal.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from derivations.engine.kernel.arithmetic import (
    Field,
    member_of,
    positive,
    positive_binomial,
    same,
    sign,
)  # fmt: skip
from derivations.engine.kernel.polynomials import as_number
from derivations.engine.kernel.scopes import inside
from derivations.engine.kernel.statements import Context
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


# --- meanings ---------------------------------------------------------------------------------------------------------


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


# --- logarithms, exponentials, powers ---------------------------------------------------------------------------------


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


@law("zero-log-zero", "*")
def weighted_log_of_quotient(term: Term, context: Context) -> Term | None:
    """u log(u/v) = u log u - u log v, for u = 0 too, where 0 log 0 = 0 is stated: both sides are 0."""
    for position, factor in enumerate(term[1:], start=1):
        if factor[0] != "log" or factor[1][0] != "/" or "0 log 0 = 0" not in context.conventions:
            continue
        above, below = factor[1][1:]
        rest = (*term[1:position], *term[position + 1 :])
        if above in rest and sign(above, context) in ("+", "0+", "0") and positive(below, context):
            return minus(product(*rest, ("log", above)), product(*rest, ("log", below)))
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


# --- derivatives ------------------------------------------------------------------------------------------------------


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
