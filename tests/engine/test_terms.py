"""Trees: what is put in is not captured, what differs in the names of bound letters alone is alike; where what is made of a slope is continuous."""

from __future__ import annotations

import pytest

from derivations.engine import REAL, UNIT, Derivation
from derivations.engine.kernel.check import check_definition
from derivations.engine.kernel.definedness import regular
from derivations.engine.kernel.printing import show
from derivations.engine.kernel.statements import Context, Definition, Refused
from derivations.engine.kernel.terms import ONE, ZERO, Term, alike, bare, free, num, put, sym

SCOPE = Derivation("trees", source="mle/1")
for _letter, _over in {"p": UNIT, "q": UNIT, "x": REAL, "z": REAL}.items():
    SCOPE.quantity(_letter, _over)
read = SCOPE.scope.read


@pytest.mark.parametrize(("one", "other", "same"), [
    ("sum(i*x, i, 1, 3)", "sum(j*x, j, 1, 3)", True),
    ("sum(i*x, i, 1, 3)", "sum(j*z, j, 1, 3)", False),
    ("sum(i*x, i, 1, 3)", "prod(i*x, i, 1, 3)", False),
    ("d(p**2, p, 1/2)", "d(q**2, q, 1/2)", True),
    ("d(p**2, p, 1/2)", "d(q**2, q, 1/3)", False),
    ("argmax(p, p, 0, 1)", "argmax(q, q, 0, 1)", True),
    ("argmax(exp(-x), x, 0, oo)", "argmax(exp(-z), z, 0, oo)", True),
    ("argmax(exp(-x), x, -oo, oo)", "argmax(exp(-z), z, -oo, oo)", False),
    ('lim(x, x, 1, "-")', 'lim(z, z, 1, "-")', False),
    ("x + z", "z + x", False),
])  # fmt: skip
def test_trees_are_alike_but_for_bound_letters_that_the_tree_says_all_of(one, other, same):
    assert alike(read(one), read(other)) is same


def test_what_is_put_in_is_not_captured():
    found = put(read("sum(i*x, i, 1, 3)"), {"x": sym("i")})
    assert free(found) == {"i"} and not alike(found, read("sum(i*i, i, 1, 3)"))
    assert put(read("sum(i*x, i, 1, 3)"), {"i": num(7)}) == read("sum(i*x, i, 1, 3)")
    assert put(("app", "f", num(1)), {"f": ("fn", "c", ("+", sym("c"), sym("c")))}) == ("+", num(1), num(1))


def test_brackets_that_only_the_reader_sees_are_dropped_at_every_depth():
    assert bare(("neg", ("[]", ("+", ("[]", num(1)), num(2))))) == ("neg", ("+", num(1), num(2)))


@pytest.mark.parametrize(("text", "continuous"), [
    ("d(log(p), p)", True), ("d(log(2 - p), p, 2*p)", False), ("d(abs(p), p)", False), ("abs(p)", True), ("max(p, q)", True),
])  # fmt: skip
def test_slope_is_continuous_where_it_is_taken_at_its_own_letter(text, continuous):
    context = Context({"p": UNIT, "q": UNIT})
    if continuous:
        regular(read(text), "p", context, smooth=False)
    else:
        with pytest.raises(Refused):
            regular(read(text), "p", context, smooth=False)


def test_definition_with_a_distribution_speaks_of_nothing_else():
    applied = ("app", "f", num(1))
    check_definition("trees.F", Definition(("f", "x"), ("*", applied, sym("x"))), Context({"x": REAL}))
    with pytest.raises(Refused):
        check_definition("trees.F", Definition(("f",), ("*", applied, sym("x"))), Context({"x": REAL}))
    with pytest.raises(Refused):
        check_definition("trees.F", Definition(("f",), ("*", applied, ("app", "g", num(1)))), Context({"x": REAL}))


@pytest.mark.parametrize(
    ("term", "said"),
    [
        (("d", "p", ("log", ("app", "coin.L", sym("p"))), sym("p")), "d/dp [log(L(p))]"),
        (("d", "p", ("^", sym("p"), num(2)), num(3)), "d/dp [p^2]|_{p = 3}"),
        (("sum", "i", ("+", sym("i"), ONE), ONE, sym("n")), "Σ_{i=1..n} (i + 1)"),
        (("argmax", "p", sym("p"), ZERO, ONE, "[]"), "arg max_{p ∈ [0, 1]} p"),
        (("argmin", "w,b", sym("w"), ("inf", "-"), ("inf", "+"), "()"), "arg min_{w,b} w"),
        (("roots", "p", sym("p"), ZERO, ONE, "()"), "{p ∈ (0, 1) : p = 0}"),
        (("lim", "p", ("log", sym("p")), ZERO, "+"), "lim_{p→0+} log(p)"),
    ],
)
def test_messages_write_what_binds_a_letter_as_on_paper(term: Term, said: str) -> None:
    assert show(term) == said
