"""What a reader is told of a line is what was done there: the same law under the name that fits."""

from __future__ import annotations

import pytest

from derivations.catalogue.telling import deed_of
from derivations.engine import REAL, UNIT, Derivation
from derivations.engine.kernel.terms import ZERO, Term, num
from derivations.words import read_all

DEEDS = [
    ("10*9/(2*1)", "45", "compute"),
    ("8/10", "4/5", "cancel"),
    ("8/p - 2/(1 - p)", "2*(4 - 5*p)/(p*(1 - p))", "common-denominator"),
    ("45*p**2/(p**2)", "45", "cancel"),
    ("4*p - 5*p**2", "p*(4 - 5*p)", "factor"),
    ("p*(1 - p) + (z - p)**2 - p*(1 - p)", "(z - p)**2", ""),
    ("-(p + z)", "-p - z", "remove-brackets"),
    ("-(p*(1 - z) - (1 - p)*z)", "z - p", ""),
    ("p**0*(1 - p)**1", "1 - p", ""),
    ("1/(1 + z)**2", "(1/(1 + z))*(1/(1 + z))", ""),
]


@pytest.fixture(scope="module")
def script() -> Derivation:
    derivation = Derivation("telling", source="own")
    derivation.quantity("p", UNIT)
    derivation.quantity("z", REAL)
    return derivation


def tree(script: Derivation, text: str) -> Term:
    return script.scope.read(text)


@pytest.mark.parametrize(("before", "after", "deed"), DEEDS)
def test_arithmetic_is_called_what_it_did(script: Derivation, before: str, after: str, deed: str) -> None:
    assert deed_of("collect", tree(script, before), tree(script, after), None) == deed


@pytest.mark.parametrize(("body", "deed"), [("log(p)", "derivative-log"), ("8*log(p) + 2", "derivative-log"), ("log(1 - p)", ""), ("log(p) + log(1 - p)", "")])  # fmt: skip
def test_the_chain_rule_is_named_where_something_else_than_the_letter_stands_inside(script: Derivation, body: str, deed: str) -> None:  # fmt: skip
    assert deed_of("derivative-log", tree(script, f"d({body}, p)"), ZERO, None) == deed


def test_a_limit_that_is_the_value_there_is_by_continuity(script: Derivation) -> None:
    limit = tree(script, 'lim(-log(p), p, 1, "-")')
    assert deed_of("limit", limit, tree(script, "-log(1)"), None) == "by-continuity"
    assert deed_of("limit", tree(script, 'lim(p*log(p), p, 0, "+")'), ZERO, None) == ""


@pytest.mark.parametrize(("quotients", "deed"), [("log(1/4)", "log-reciprocal"), ("-2*log(1/2)/log(2)", "log-reciprocal"), ("log(p/2)", ""), ("log(1/4) - log(p/2)", "")])  # fmt: skip
def test_a_quotient_with_one_above_is_a_reciprocal(script: Derivation, quotients: str, deed: str) -> None:
    assert deed_of("log-quotient", tree(script, quotients), ZERO, None) == deed


def test_both_sides_are_divided_where_they_are_multiplied_by_one_over_something() -> None:
    equation = ("eq", num(1), num(2))
    assert deed_of("multiply", equation, equation, ("/", num(1), num(10))) == "divide"
    assert deed_of("multiply", equation, equation, num(10)) == ""


def test_signs_are_those_of_terms_or_of_factors(script: Derivation) -> None:
    assert deed_of("sign", tree(script, "-8/p**2 - 2"), ZERO, None) == "sign-terms"
    assert deed_of("sign", tree(script, "-8/p**2"), ZERO, None) == "sign-factors"
    assert deed_of("sign", ZERO, tree(script, "p*(1 - p)"), None) == "sign-factors"
    assert deed_of("sign", tree(script, "-9/128"), ZERO, None) == ""


def test_every_deed_has_its_words() -> None:
    told = {deed for *_, deed in DEEDS if deed} | {"divide", "sign-terms", "sign-factors", "log-reciprocal", "derivative-log", "equal-terms", "equal-factors", "rearrange"}  # fmt: skip
    for words in read_all().values():
        assert told <= set(words.table("deeds"))
