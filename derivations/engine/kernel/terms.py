"""Trees: what stands on paper, as nested tuples that never change.

A number is ("num", 8), a decimal as printed ("dec", 7, 1) for 0.7, a quantity ("sym", "p"). Then, with t, u, … for trees:

    ("+", t, u, …)  ("*", t, u, …)  ("neg", t)  ("/", t, u)  ("^", t, u)    a difference is a sum with a "neg"
    ("log", t)  ("exp", t)  ("sqrt", t)  ("abs", t)  ("max", t, u)  ("binom", n, k)  ("pi",)
    ("is", t, u)                      1 where t = u, else 0
    ("app", NAME, t, …)               a member of a family, or a name that a definition gave, at its arguments
    ("sum", V, body, from, to)        and "prod": V is bound in the body and runs over whole numbers
    ("d", V, body, at)                the derivative of the body by V, taken at `at`
    ("lim", V, body, at, SIDE)        SIDE "+" or "-": V comes from above or from below
    ("argmax", V, body, from, to, ENDS)   and "argmin", "roots" (where the body is 0); ENDS "()" "[]" "(]" "[)"; V may be "w,b": over all of them
    ("fn", V, body)                   a distribution: what it gives to V
    ("inf", SIGN)  ("set", t, …)  ("tuple", t, …)  ("[]", t): brackets that only the reader sees

The body of a definition may also be ("table", first, t, …): its values at first, first + 1, … of the last parameter.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import count
from typing import Any

Term = tuple[Any, ...]
BINDERS = frozenset({"sum", "prod", "d", "lim", "argmax", "argmin", "roots", "fn"})
ARITY = {
    "neg": 1, "/": 2, "^": 2, "log": 1, "exp": 1, "sqrt": 1, "abs": 1, "max": 2, "binom": 2, "pi": 0, "is": 2, "[]": 1, "eq": 2,
    "sum": 3, "prod": 3, "d": 2, "lim": 2, "argmax": 3, "argmin": 3, "roots": 3, "fn": 1,
}  # fmt: skip
"""How many trees stand directly below; a binder's letter is none, and neither are a side and ENDS."""
fresh = count(1)


def num(value: int) -> Term:
    return ("num", value) if value >= 0 else ("neg", ("num", -value))


def sym(name: str) -> Term:
    return ("sym", name)


ZERO, ONE = num(0), num(1)


def neg(term: Term) -> Term:
    return ("neg", term)


def minus(left: Term, right: Term) -> Term:
    return ("+", left, neg(right))


def product(*factors: Term) -> Term:
    return factors[0] if len(factors) == 1 else ("*", *factors) if factors else ONE


def parts(term: Term) -> Iterator[Term]:
    """The trees directly below."""
    return (part for part in term[1:] if isinstance(part, tuple))


def bound(term: Term) -> frozenset[str]:
    """The variables that a binder binds in its body."""
    return frozenset(term[1].split(",")) if term[0] in BINDERS else frozenset()


@cache
def free(term: Term) -> frozenset[str]:
    """The quantities that a tree is about; variables bound in it are not among them, nor are families and names."""
    if term[0] == "sym":
        return frozenset({term[1]})
    inner = frozenset().union(*(free(part) for part in parts(term[3:] if term[0] in BINDERS else term)))
    if term[0] in BINDERS:
        rest = (free(part) for part in term[3:] if isinstance(part, tuple))
        return (free(term[2]) - bound(term)).union(*rest)
    return inner


@cache
def heads(term: Term) -> frozenset[str]:
    """The kinds of nodes in a tree."""
    return frozenset({term[0]}).union(*(heads(part) for part in parts(term)))


@cache
def names_in(term: Term) -> frozenset[str]:
    """The families and names that a tree applies."""
    own = frozenset({term[1]}) if term[0] == "app" else frozenset()
    return own.union(*(names_in(part) for part in parts(term)))


def rebuilt(term: Term, change: Any) -> Term:
    """The same tree over changed parts."""
    return tuple(change(part) if isinstance(part, tuple) else part for part in term)


def put(term: Term, values: Mapping[str, Term]) -> Term:
    """The tree with values put in for what is free in it; a bound variable that would capture one is renamed."""
    if not values or (values.keys().isdisjoint(free(term)) and values.keys().isdisjoint(names_in(term))):
        return term
    if term[0] == "sym":
        return values.get(term[1], term)
    if term[0] == "app" and term[1] in values:
        return applied(values[term[1]], [put(part, values) for part in term[2:]])
    if term[0] not in BINDERS:
        return rebuilt(term, lambda part: put(part, values))
    variables, body = bound(term), term[2]
    mentioned = free(body) | names_in(body)
    inner = {name: value for name, value in values.items() if name not in variables and name in mentioned}
    own = term[1]
    for variable in sorted(variables):
        if any(variable in free(value) for value in inner.values()):
            taken = mentioned.union(*map(free, inner.values()))
            other = next(new for at in fresh if (new := f"{variable}'{at}") not in taken)
            body = put(body, {variable: sym(other)})
            own = ",".join(other if each == variable else each for each in own.split(","))
    outside = (put(part, values) if isinstance(part, tuple) else part for part in term[3:])
    return (term[0], own, put(body, inner), *outside)


def applied(function: Term, arguments: list[Term]) -> Term:
    """A distribution at its argument, or another name for one."""
    if function[0] == "fn" and len(arguments) == 1:
        return put(function[2], {function[1]: arguments[0]})
    if function[0] == "sym":
        return ("app", function[1], *arguments)
    return ("app", "?", function, *arguments)  # no such thing: whoever meets it refuses


def alike(one: Term, other: Term) -> bool:
    """Whether two trees are the same but for the names of bound variables."""
    if one == other:
        return True
    if one[0] != other[0] or len(one) != len(other):
        return False
    if over_a_space(one) and one[1] != other[1]:
        return False
    if one[0] in BINDERS:
        ours, theirs = one[1].split(","), other[1].split(",")
        if len(ours) != len(theirs):
            return False
        new = [sym(f"#{next(fresh)}") for _ in ours]
        bodies = (put(one[2], dict(zip(ours, new, strict=True))), put(other[2], dict(zip(theirs, new, strict=True))))
        pairs = [bodies, *zip(one[3:], other[3:], strict=True)]
    else:
        pairs = list(zip(one[1:], other[1:], strict=True))
    return all(alike(a, b) if isinstance(a, tuple) and isinstance(b, tuple) else a == b for a, b in pairs)


def over_a_space(term: Term) -> bool:
    """Whether the context, and not the tree, says what a bound letter ranges over: such a letter keeps its name."""
    return term[0] == "lim" or (
        term[0] in ("argmax", "argmin", "roots") and ("," in term[1] or term[3][0] == term[4][0] == "inf")
    )


def spaces(term: Term) -> frozenset[str]:
    """The letters that are bound over a space."""
    return (bound(term) if term[0] in BINDERS and over_a_space(term) else frozenset()).union(*map(spaces, parts(term)))


def letter(name: object) -> bool:
    """A name, or one that was renamed: p, p'7."""
    if not isinstance(name, str):
        return False
    first, *others = name.split("'")
    return first.isidentifier() and all(not each or each.isdecimal() for each in others)


def well_formed(term: object) -> bool:
    """Whether this is a tree at all, of the forms that are listed above."""
    if not isinstance(term, tuple) or not term or not isinstance(term[0], str):
        return False
    head, below = term[0], term[1:]
    if head in ("num", "dec"):
        return len(below) == 1 + (head == "dec") and all(type(each) is int and each >= 0 for each in below)
    if head == "sym":
        return len(below) == 1 and letter(below[0])
    if head == "inf":
        return below in (("+",), ("-",))
    if head == "app":
        return len(below) > 0 and isinstance(below[0], str) and bool(below[0]) and all(map(well_formed, below[1:]))
    if head in BINDERS:
        own = below[0].split(",") if below and isinstance(below[0], str) else [None]
        many = len(own) > 1 and (head not in ("argmax", "argmin") or len(set(own)) < len(own))
        ends = {"lim": ("+", "-"), "argmax": ENDS, "argmin": ENDS, "roots": ENDS}.get(head)
        if many or not all(map(letter, own)) or (ends and below[-1] not in ends):
            return False
        below = below[1:-1] if ends else below[1:]
    elif head in ("+", "*", "set", "tuple"):
        return len(below) >= {"set": 0, "tuple": 1}.get(head, 2) and all(map(well_formed, below))
    return len(below) == ARITY.get(head, -1) and all(map(well_formed, below))


ENDS = ("()", "[]", "(]", "[)")


def bare(term: Term) -> Term:
    """The tree without the brackets that only the reader sees."""
    if "[]" not in heads(term):
        return term
    return bare(term[1]) if term[0] == "[]" else rebuilt(term, bare)
