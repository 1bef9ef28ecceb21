"""Written forms: they keep what the author wrote, and mean what they should."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sympy import (
    Add,
    Derivative,
    Function,
    Integer,
    KroneckerDelta,
    Mul,
    Pow,
    Product,
    Rational,
    Sum,
    Symbol,
    Tuple,
    log,
)
from sympy.core.parameters import evaluate

from derivations.core import (
    AsDecimal,
    Bracket,
    Named,
    SumOverEvents,
    chain,
    decimal,
    equals,
    product_of,
    put,
    quotient,
    sum_of,
)
from derivations.core.notation import Dots, as_written, evaluated, flatten, text

p, q, x = Symbol("p", positive=True), Symbol("q", positive=True), Symbol("x")
i, N = Symbol("i", integer=True, positive=True), Symbol("N", integer=True, positive=True)
f = Function("f", positive=True)


def test_as_written_keeps_order_and_repetition():
    written = as_written(lambda: p * p * (1 - p) * p + 2 + 3)
    assert str(flatten(written)).count("p") == 4 and evaluated(written) == p**3 * (1 - p) + 5


def test_flatten_undoes_the_grouping_of_sums_and_products_alone():
    written = as_written(lambda: ((p + q) + 1) * p * q - (p - q))
    flat = flatten(written)
    assert isinstance(flat, Add) and evaluated(flat) == (p + q + 1) * p * q - (p - q)
    product, difference = flat.args
    assert len(product.args) == 3 and len(product.args[0].args) == 3
    assert isinstance(difference, Mul) and difference.args[0] == -1, "a bracket after a minus stays a bracket"


@given(digits=st.from_regex(r"-?(0|[1-9][0-9]{0,3})(\.[0-9]{1,6})?", fullmatch=True))
def test_decimal_shows_the_digits_given_and_means_their_value(digits):
    shown = decimal(digits)
    assert shown.digits() == (digits if Fraction(digits) else digits.lstrip("-"))
    assert Fraction(int(shown.doit().p), int(shown.doit().q)) == Fraction(digits)
    assert evaluated(shown) == shown.doit()


def test_decimal_refuses_to_show_fewer_places_than_there_are():
    with pytest.raises(ValueError, match="round it first"):
        AsDecimal(Rational(1, 8), 2).digits()


def test_put_replaces_without_computing():
    y = f(i)
    shown = as_written(lambda: y * log(p) + (1 - y) * log(1 - p))
    at_one = put(shown, {y: 1})
    assert str(at_one).count("1") >= 4 and not at_one.has(y), "1·log p + (1 - 1)·log(1 - p), not log p"
    assert evaluated(at_one) == log(p) and evaluated(put(shown, {y: 0})) == log(1 - p)
    assert put(shown, {q: 1}) == shown


def test_put_keeps_sums_as_written():
    total = put(sum_of(p * f(i), i, 1, N), {p: q})
    assert isinstance(total, Sum) and total.args[0] == q * f(i)


def test_quotient_is_not_reduced_until_evaluated():
    assert str(quotient(8, 10)) == "8/10" and evaluated(quotient(8, 10)) == Rational(4, 5)


@pytest.mark.parametrize("written, meant", [
    (sum_of(f(i), i, 1, 3), f(1) + f(2) + f(3)),
    (product_of(f(i), i, 2, 3), f(2) * f(3)),
    (sum_of(Integer(1), i, 1, N), N),
    (product_of(p, i, 1, N), p**N),
    (sum_of(f(i), i, 1, 0), Integer(0)),
    (product_of(f(i), i, 1, 0), Integer(1)),
    (Bracket(p + Bracket(q)), p + q),
    (SumOverEvents(p**x, x, Tuple(0, 1)), 1 + p),
    (Derivative(p**2, p), 2 * p),
    (sum_of(KroneckerDelta(i, 2) * f(i), i, 1, 3), f(2)),
])  # fmt: skip
def test_evaluated_computes_what_is_finite(written, meant):
    assert evaluated(written) == meant


def test_evaluated_keeps_a_sum_up_to_a_letter():
    assert isinstance(evaluated(sum_of(log(f(i)), i, 1, N)), Sum) and isinstance(
        evaluated(product_of(f(i), i, 1, N)), Product
    )


def test_evaluated_does_not_depend_on_where_it_is_first_asked():
    with evaluate(False):
        written = Add(x, x, Integer(17), Integer(4))
        first = evaluated(written)
    assert first == evaluated(written) == 2 * x + 21


def test_evaluated_is_idempotent_on_the_catalogue(equations):
    for equation in equations.values():
        for line in equation.lines:
            for term in line.terms:
                assert evaluated(evaluated(term)) == evaluated(term), equation.id


def test_chain_keeps_its_terms_and_relations():
    shown = chain(p, "=", q, "<", Integer(1))
    assert shown.terms == (p, q, 1) and [link.relation for link in shown.links] == ["=", "<"] and shown.last == 1
    assert [link.relation for link in equals(p, q, p).links] == ["=", "="]


def test_chain_refuses_what_is_no_chain():
    with pytest.raises(ValueError, match="alternates"):
        chain(p, "=")
    with pytest.raises(ValueError, match="'=='.*allowed: ="):
        chain(p, "==", q)


def test_named_symbols_differ_by_their_look():
    assert Named("p", r"\hat{p}") != Named("p", "p") and Named("p", "p") == Named("p", "p") and Dots() == Dots()
    assert Pow(Named("p", "p"), 2).free_symbols == {Named("p", "p")}


def test_text_holds_two_languages():
    assert text(("类别", "class"))["zh"] == "类别" and text("p").as_dict() == {"zh": "p", "en": "p"}
    with pytest.raises(KeyError):
        text("p")["fr"]
