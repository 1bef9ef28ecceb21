"""Trees as TeX: the articles' rows mark by mark, every form, and the rules that TeX leaves to whoever writes it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from derivations.engine.kernel.terms import minus, neg, num, sym
from derivations.engine.tex import chain_tex, parts_tex, tex
from derivations.engine.writing import Style, Unwritten, Written
from tests.derivations.test_articles import ROWS, tokens
from tests.engine.article_trees import LINES, WORDS, style_of
from tests.engine.forms import FORMS, STYLE, L, k, n, p, q

DOTS = replace(STYLE, times=r"\cdot")
BCE = replace(STYLE, logarithm=r"\ln", parenthesised=True)


def in_words(shown: str) -> str:
    r"""As published in Chinese; the condition, which the site marks and the article does not, as in the article."""
    return shown.replace(r"\overset{\word{set}}{=}", "=").replace(r"\word{class}", rf"\text{{{WORDS['class']}}}")


def test_rows_are_all_twenty_eight():
    assert LINES.keys() == ROWS.keys()
    assert len(ROWS) == 28


@pytest.mark.parametrize("identifier", ROWS)
def test_article_row_is_set_as_the_article_sets_it(identifier):
    shown = [in_words(chain_tex(terms, relations, style_of(identifier))) for terms, relations in LINES[identifier]]
    assert [tokens(line) for line in shown] == [tokens(line) for line in ROWS[identifier]["tex"]]


@pytest.mark.parametrize("term, shown", [(term, shown) for term, shown, _ in FORMS])
def test_form_is_written_in_the_order_of_the_tree(term, shown):
    assert tex(term, STYLE) == shown


def test_condition_asked_for_is_shown_as_one():
    assert chain_tex([p, num(0)], ["=!"], STYLE) == r"p \overset{\word{set}}{=} 0"


def test_equations_that_say_the_same_stand_side_by_side():
    lines = [("eq", ("/", num(8), p), num(2)), ("eq", p, num(4))]
    assert chain_tex(lines, ["<=>"], STYLE) == r"\frac{8}{p} = 2 \iff p = 4"


@pytest.mark.parametrize(
    "relation, sign", [("=", "="), ("<", "<"), (">", ">"), ("<=", r"\le"), (">=", r"\ge"), ("≈", r"\approx")]
)
def test_parts_have_the_relation_that_leads_to_them(relation, sign):
    assert parts_tex([p, q], [relation], STYLE) == [{"relation": "", "tex": "p"}, {"relation": sign, "tex": "q"}]


@pytest.mark.parametrize("argument, shown", [
    (p, r"\ln(p)"), (sym("A"), r"\ln(A)"), (num(2), r"\ln(2)"), (L(p), r"\ln L(p)"), (("[]", L(p)), r"\ln \left[ L(p) \right]"), (("app", "c.s", p), r"\ln(\sigma(p))"),
    (("/", p, q), r"\ln\mathopen{}\left(\frac{p}{q}\right)"), (("binom", n, k), r"\ln\mathopen{}\left(\binom{n}{k}\right)"),
])  # fmt: skip
def test_logarithm_of_the_second_article_has_brackets_but_before_a_likelihood(argument, shown):
    assert tex(("log", argument), BCE) == shown


@pytest.mark.parametrize("factors, shown", [
    ((num(8), ("log", p)), r"8 \log p"), ((num(8), p, q), r"8 \cdot p \cdot q"), ((num(2), num(3)), r"2 \cdot 3"),
    ((p, minus(num(1), p)), r"p \cdot (1 - p)"),
])  # fmt: skip
def test_dotted_products_leave_a_coefficient_alone(factors, shown):
    assert tex(("*", *factors), DOTS) == shown


@pytest.mark.parametrize("end, shown", [
    (num(0), "0^+"), (neg(num(1)), "(-1)^+"), (("/", k, n), "(k/n)^+"), (("^", p, num(2)), "(p^2)^+"), (("inf", "+"), r"\infty"), (("inf", "-"), r"-\infty"),
])  # fmt: skip
def test_limit_shows_its_side_but_at_infinity(end, shown):
    assert tex(("lim", "z", sym("z"), end, "+"), STYLE) == rf"\lim_{{z \to {shown}}} z"


@pytest.mark.parametrize("places, shown", [(0, "1155"), (3, "1.155"), (4, "0.1155"), (6, "0.001155")])
def test_decimal_has_its_places(places, shown):
    assert tex(("dec", 1155, places), STYLE) == shown


def test_name_that_is_written_as_a_sum_has_brackets_wherever_a_sum_has():
    z = ("app", "c.z", n)
    plain, shown = ("+", sym("x"), k), r"w \cdot x_n + b"
    for around in (
        neg,
        lambda t: ("*", num(2), t),
        lambda t: ("^", t, num(2)),
        lambda t: ("log", t),
        lambda t: minus(p, t),
        lambda t: ("sum", "i", t, p, q),
    ):
        assert tex(around(z), STYLE).replace(shown, "x + k") == tex(around(plain), STYLE)
        assert f"({shown})" in tex(around(z), STYLE)


@pytest.mark.parametrize("name", ["c.unknown", "somewhere"])
def test_name_that_nobody_wrote_is_refused(name):
    with pytest.raises(Unwritten, match=name):
        tex(("app", name, p), STYLE)


def test_renamed_variable_has_a_prime_for_each_renaming_around_it():
    inner = ("sum", "i'9", ("app", "c.u", sym("i'7"), sym("i'9")), num(1), n)
    assert tex(("sum", "i'7", inner, num(1), n), STYLE) == r"\sum_{i'=1}^{n} \sum_{i''=1}^{n} u_{i',i''}"


@pytest.mark.parametrize("under, shown", [("", r"\sum_{i} y^i"), (r"\in\{0,1\}", r"\sum_{i\in\{0,1\}} y^i")])
def test_sum_over_a_set_shows_the_set(under, shown):
    assert tex(("sum", "i", ("app", "c.y", sym("i")), num(0), num(1)), replace(STYLE, index_sets={"i": under})) == shown


def test_argument_in_a_template_without_brackets_gets_its_own():
    style = Style({"a.half": Written(r"{0} / 2", "{0}/2"), "a.norm": Written(r"\lVert {0} |", "|{0}|")})
    assert tex(("app", "a.half", ("+", p, q)), style) == "(p + q) / 2"
    assert tex(("app", "a.half", p), style) == "p / 2"
