"""Laws about sums and products over whole numbers."""

from __future__ import annotations

from derivations.engine.kernel.arithmetic import Field, at_least, member_of, same
from derivations.engine.kernel.laws import apart, law
from derivations.engine.kernel.polynomials import as_number
from derivations.engine.kernel.scopes import inside
from derivations.engine.kernel.statements import Context, Range
from derivations.engine.kernel.terms import ONE, ZERO, Term, free, minus, neg, num, product, put, sym


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


@law("sum-exchange", "sum")
def exchanged(term: Term, context: Context) -> Term | None:
    """A sum of sums the other way round, where neither index stands in the bounds of the other; always to one of the two orders, so that it comes to an end."""
    _, index, body, low, high = term
    if body[0] != "sum" or body[1] == index:
        return None
    _, inner, of, first, last = body
    if index in free(first) | free(last) or inner in free(low) | free(high) or repr((low, high)) <= repr((first, last)):
        return None
    return ("sum", inner, ("sum", index, of, low, high), first, last)


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
