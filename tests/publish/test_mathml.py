"""How formulas are set: the space between signs as in TeX, few elements, and places to go on in the next line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from lxml import html

from derivations.publish import mathml
from derivations.publish.mathml import APPLIED, BINARY, LARGE, OWN, RELATION, SLANTED, THICK, slanted
from derivations.publish.temml import Temml
from tests.publish.conftest import ROOT


@pytest.fixture(scope="module")
def temml(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Temml]:
    with Temml(ROOT, tmp_path_factory.mktemp("cache") / "cache.json") as running:
        yield running


def made(temml: Temml, tex: str) -> html.HtmlElement:
    return html.fragment_fromstring(temml.render(tex, display=True))


def spaces(row: html.HtmlElement) -> str:
    """The signs of a row, with the space between two of them as a number of eighteenths."""
    told, ends = "", 0.0
    for each in row:
        if each.tag == "mspace":
            ends += float(each.get("width").removesuffix("em")) * 18
            continue
        operator = each if each.tag == "mo" else each[0] if len(each) and each[0].tag == "mo" else None
        left, right = (0.0, 0.0) if operator is None else (_side(operator, place) for place in (0, 1))
        between = round(ends + left)
        told += (str(between) if told and between else "") + "".join(each.itertext()).replace(APPLIED, "")
        ends = right if operator is not None else 0.0
    return told


def _side(operator: html.HtmlElement, side: int) -> float:
    given = operator.get(("lspace", "rspace")[side])
    if given is not None:
        return float(given.removesuffix("em")) * 18
    if operator.get("form") == "prefix" or operator.text in f"()[]{{}}{APPLIED}":
        return 0.0
    kinds = {"large": LARGE, "bin": BINARY, "rel": RELATION, "punct": ","}
    return OWN.get(next((kind for kind, signs in kinds.items() if operator.text in signs), ""), (THICK, THICK))[side]


@pytest.mark.parametrize(("tex", "told"), [
    ("a + b = c", "a4+4b5=5c"),
    (r"-\log p", "−3log3p"),
    ("= -a", "=5−a"),
    (r"8 \log p", "83log3p"),
    (r"\ln(u) \ln v", "ln(u)3ln3v"),
    (r"x = \sum_{i} a_i", "x5=5∑i3ai"),
    (r"x = \sum_{i} (a)", "x5=5∑i(a)"),
    (r"a \sum_{i} b", "a3∑i3b"),
    (r"(x_1, \dots, x_n)", "(x1,3…3,3xn)"),
    (r"f \cdots g", "f3⋯3g"),
    ("[0,1]", "[0,31]"),
    ("(1 - p)^2 q", "(14−4p)2q"),
    (r"\log \binom{a}{b}", "log3(ab)"),
    (r"a \, \| \, b", "a3‖3b"),
])  # fmt: skip
def test_signs_stand_apart_as_in_tex(temml: Temml, tex: str, told: str) -> None:
    assert spaces(made(temml, tex)) == told


@pytest.mark.parametrize(
    ("tex", "told"), [("x_{i, c}", "i,c"), ("x^{1 - p}", "1−p"), (r"\sum_{i=1} x", "i=1"), (r"x_{a \log b}", "a3log3b")]
)
def test_small_signs_stand_closer(temml: Temml, tex: str, told: str) -> None:
    assert spaces(made(temml, tex)[0][1]) == told


def test_only_what_is_small_is_set_small(temml: Temml) -> None:
    assert spaces(made(temml, r"\frac{1 - p}{q}")[0][0]) == "14−4p"
    (inline,) = html.fragment_fromstring(temml.render(r"\frac{1 - p}{q}", display=False))
    assert spaces(inline[0]) == "1−p"


def test_rows_that_say_nothing_are_left_away(temml: Temml) -> None:
    formula = made(temml, r"L(p) = \mathrm{KL}({p}) + {{q}}")
    assert formula.xpath(".//mrow | .//mstyle | .//mpadded") == []


@pytest.mark.parametrize("tex", [r"\frac{1}{(1 + o)^2}", r"\frac{(a + b)^2}{c}", r"x^{(a + b)^2}", r"\sqrt{(a + b)^2}"])
def test_fractions_and_scripts_have_two_parts_and_no_more(temml: Temml, tex: str) -> None:
    formula = made(temml, tex)
    assert [len(each) for each in formula.iter("mfrac", "msup")] == [2] * len(list(formula.iter("mfrac", "msup")))


def test_brackets_are_as_high_as_they_must_be_and_no_higher(temml: Temml) -> None:
    high, low = made(temml, r"\left( \frac{1}{2} \right)"), made(temml, r"\left( x \right)")
    assert {each.get("stretchy") for each in high.iter("mo")} == {None}
    assert {each.get("stretchy") for each in low.iter("mo")} == {"false"}


def parts(formula: Any) -> list[Any]:
    return [
        parts(each) if each.get("class") == "parts" else "".join(each.itertext()).replace(APPLIED, "")
        for each in formula
    ]


def test_long_formula_may_go_on_in_lines_that_begin_with_a_relation_or_a_sign(temml: Temml) -> None:
    formula = made(temml, r"L(w, b) = -\ln\left[ f(x^1) + f(x^2) \right] + (a - b) = 0")
    assert formula.get("class") == "parts"
    assert parts(formula) == ["L(w,b)", ["=−ln[f(x1)+f(x2)]", "+(a−b)"], "=0"]
    loss = made(temml, r"\text{Loss} = -\left[ y \ln f(x) + (1 - y) \ln(1 - f(x)) \right]")
    assert parts(loss) == ["Loss", ["=−[ylnf(x)", "+(1−y)ln(1−f(x))]"]]
    product = made(temml, r"p \cdot p \cdot (1 - p) \cdot p \cdot (1 - p) \cdot p")
    assert parts(product) == ["p", "⋅p", "⋅(1−p)", "⋅p", "⋅(1−p)", "⋅p"]
    assert {each[0].get("form") for each in product[1:]} == {"infix"}
    assert made(temml, r"\sum_{i=1}^{n} f(x_i) + \sum_{i=1}^{n} g(x_i)")[0][0][0].get("form") is None
    assert made(temml, "a = b").get("class") is None


def test_exponent_stands_beside_an_accent_not_above_it(temml: Temml) -> None:
    assert made(temml, r"\hat{y}^n").find("msup/mpadded") is not None
    assert made(temml, r"\hat{Y}^n").find("msup/mpadded") is None


def test_aligned_signs_keep_their_distance(temml: Temml) -> None:
    cells = made(temml, r"\begin{aligned} a &= -b \\ c &= d \end{aligned}").xpath(".//mtd[2]")
    assert [_side(each[0], 0) for each in cells] == [THICK, THICK]


def test_letters_of_formulas_are_those_that_browsers_ask_for() -> None:
    assert slanted("p = hθΩ1") == "𝑝 = ℎ𝜃𝛺1"
    assert len(SLANTED) == 2 * 26 + 58


def test_formula_that_would_say_something_else_is_not_shown(temml: Temml, monkeypatch: pytest.MonkeyPatch) -> None:
    """As when what stood below a fraction was spilt into it."""
    real = mathml._level

    def spilling(element: mathml.Element) -> None:
        real(element)
        for each in list(element.iter("msup")):
            each.getparent().replace(each, each[0])

    monkeypatch.setattr(mathml, "_level", spilling)
    with pytest.raises(mathml.SetAmiss, match=r"would be shown as .*x, and says .*x\^\{2\}"):
        made(temml, "x^2")
