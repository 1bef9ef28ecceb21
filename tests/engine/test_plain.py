"""Trees as one line of plain text."""

from __future__ import annotations

from dataclasses import replace

import pytest

from derivations.engine.kernel.terms import num, sym
from derivations.engine.plain import chain_plain, partial_of, plain
from derivations.engine.writing import Written
from tests.engine.article_trees import LINES, style_of
from tests.engine.forms import FORMS, STYLE, k, n, p, q


@pytest.mark.parametrize("term, shown", [(term, shown) for term, _, shown in FORMS])
def test_form_is_written_in_the_order_of_the_tree(term, shown):
    assert plain(term, STYLE) == shown


@pytest.mark.parametrize("identifier, shown", [
    ("coin.likelihood", "L(p) = C(10, 8)·p^8·(1 - p)^2"),
    ("coin.score", "d/dp [log(L(p))] = 8/p - 2/(1 - p) ≟ 0"),
    ("cats.cross-entropy", "loss(θ) = -Σ_{i=1..10} log(ŷ_i(θ)) = -log(L(θ))"),
    ("three-cats.log-likelihood", "log(L(θ)) = log(0.7) + log(0.9) + log(0.5) ≈ -0.357 - 0.105 - 0.693 = -1.155"),
    ("logistic.argmin-nll", "w*, b* = arg max_{w,b} L(w, b) = arg min_{w,b} [-ln(L(w, b))]"),
    ("cross-entropy.definition", "H(p, q) = -Σ_{x} p(x)·ln(q(x))"),
])  # fmt: skip
def test_article_row_reads_as_one_line(identifier, shown):
    ((terms, relations),) = LINES[identifier]
    assert chain_plain(terms, relations, style_of(identifier)) == shown


@pytest.mark.parametrize("template, shown", [
    (r"(\hat{{y}}_1, \dots, \hat{{y}}_{{10}})", "(ŷ_1, …, ŷ_10)"), (r"\hat{{p}}_N", "p̂_N"), (r"p_{{\text{{true}}}}", "p_true"),
    (r"\vec{{p}}", "letter"), ("", "letter"),
])  # fmt: skip
def test_name_as_a_whole_is_written_as_in_tex_where_there_are_signs_for_it(template, shown):
    assert partial_of(Written("", "", template, "letter")).format() == shown


def test_dots_of_a_sum_are_the_logarithm_of_the_dots_of_a_product():
    ((terms, relations),) = LINES["logistic.nll-expanded"]
    assert chain_plain(terms, relations, style_of("logistic.nll-expanded")).endswith("- ⋯")


@pytest.mark.parametrize("one, other", [
    (("*", p, ("/", q, n)), ("/", ("*", p, q), n)), (("/", p, ("/", q, n)), ("/", ("/", p, q), n)), (("/", p, ("*", q, n)), ("*", ("/", p, q), n)),
    (("^", p, ("^", q, n)), ("^", ("^", p, q), n)), (("^", ("app", "c.y", p), q), ("app", "c.y", ("^", p, q))), (("log", ("^", p, q)), ("^", ("log", p), q)),
    (("sum", "i", ("+", p, q), k, n), ("+", ("sum", "i", p, k, n), q)), (("*", ("sum", "i", p, k, n), q), ("sum", "i", ("*", p, q), k, n)),
    (("neg", ("+", p, q)), ("+", ("neg", p), q)), (("exp", ("+", p, q)), ("+", ("exp", p), q)), (("+", p, ("+", q, n)), ("+", p, q, n)),
])  # fmt: skip
def test_different_trees_are_different_lines(one, other):
    assert plain(one, STYLE) != plain(other, STYLE)


@pytest.mark.parametrize(
    "relation, sign",
    [("=", "="), ("<=", "≤"), (">=", "≥"), ("≈", "≈"), ("<", "<"), (">", ">"), ("=!", "≟"), ("<=>", "⇔")],
)
def test_relation_is_one_sign(relation, sign):
    assert chain_plain([p, q], [relation], STYLE) == f"p {sign} q"


def test_set_under_a_sum_is_readable():
    style = replace(STYLE, index_sets={"i": r"\in\{0,1\}"})
    assert plain(("sum", "i", ("app", "c.y", sym("i")), num(0), num(1)), style) == "Σ_{i ∈ {0,1}} y^i"
