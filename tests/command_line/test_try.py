"""`python -m derivations try`: what is true is proved, what is wrong fails at a point of the domain, and mpmath agrees; what cannot be read says so, soon."""

from __future__ import annotations

import time
from dataclasses import replace
from fractions import Fraction
from functools import partial
from typing import Any

import mpmath
import pytest
from click.testing import CliRunner

from derivations.__main__ import main
from derivations.catalogue.scripts import derivation_of
from derivations.command_line.streams import progress
from derivations.command_line.trying import within
from derivations.engine.kernel.check import prove
from derivations.engine.kernel.statements import Context, Refused
from derivations.engine.refuting import NOWHERE, Refutation, Side
from derivations.engine.trying import Answer, NotTried, attempt
from derivations.words import words_in
from tests.derivations.evaluation import value


def tried(identifier: str, text: str, *domain: str) -> Answer:
    derivation = derivation_of(identifier.partition(".")[0].replace("-", "_"))
    return attempt(derivation, derivation.equations[identifier], text, domain)


def refuted(identifier: str, text: str, *domain: str) -> tuple[Refutation, Context]:
    answer = tried(identifier, text, *domain)
    assert answer.verdict == "refuted" and answer.refutation is not None
    return answer.refutation, answer.equation.context


def number(side: Side) -> Any:
    assert side.value is not None
    return value(side.value, Context(), {})


TRUE = [
    ("coin.score", "8/p - 2/(1-p)"),
    ("coin.score", "(8 - 10*p)/(p*(1-p))"),
    ("coin.score", "−2/(1−p) + 8/p"),  # signs as pages show them
    ("coin.score", "d(log(L(p)), p) < 8/p"),
    ("coin.likelihood", "45*p^8*(1-p)^2"),
    ("coin.maximum", "0.8"),
    ("coin.maximum", "argmax(L(p)**2, p, 0, 1) = 4/5"),
    ("coin-general.mean-of-heads", "n - n*(1-p)"),
    ("coin-information.standard-error", "0.1265"),  # another rounding, and a right one
    ("logistic.nll", "sum(-log(P(n)), n, 1, N)"),
]


@pytest.mark.parametrize("identifier, text", TRUE)
def test_what_is_true_is_proved_however_it_is_written(identifier, text):
    found = tried(identifier, text).equation
    library = derivation_of(identifier.partition(".")[0].replace("-", "_")).library
    assert found.theorem is not None
    assert prove(found.theorem.statement, found.lines, library)
    with pytest.raises(Refused):  # and not whatever is stated: one more on the right
        wrong = found.theorem.statement.terms
        more = (*wrong[:-1], ("+", wrong[-1], ("num", 1)))
        prove(replace(found.theorem.statement, terms=more), found.lines, library)


WRONG = [  # one of each kind in which one mistypes and misremembers
    ("sign", "coin.score", "8/p + 2/(1-p)"),
    ("coefficient", "coin.score", "9/p - 2/(1-p)"),
    ("exponent", "coin-general.mean-of-heads", "n*p**2"),
    ("term dropped", "coin.score", "8/p"),
    ("factor dropped", "coin-general.mean-of-heads", "p"),
    ("another letter", "coin-general.mean-of-heads", "n*(1-p)"),
    ("sum and product", "coin-general.total-probability", "prod(Pr(j), j, 0, n) = 1"),
    ("end one off", "coin-general.total-probability", "sum(Pr(j), j, 1, n) = 1"),
    ("swapped", "one-valley.bias-gradient", "sum(label(n) - f(n), n, 1, N)"),
    ("relation turned", "cross-entropy.gibbs", "<= 0"),
    ("strict", "one-valley.curvature", "> 0"),
    ("rounding", "coin-information.standard-error", "0.127"),
    ("premise", "logistic.probability-positive", "1 - f(w, b, n)"),
]


@pytest.mark.parametrize("kind, identifier, text", WRONG)
def test_what_is_wrong_fails_at_a_point_where_mpmath_agrees(kind, identifier, text):
    refutation, context = refuted(identifier, text)
    at: dict[str, Any] = {}
    for what, fraction in refutation.at:
        if what[0] == "sym":
            at[what[1]] = value(fraction, context, {})
            low, high = (context.quantities[what[1]].low, context.quantities[what[1]].high)
            assert low is None or low[0] != "num" or at[what[1]] >= low[1]
            assert high is None or high[0] != "num" or at[what[1]] <= high[1]
    for side in refutation.sides:
        if side.value is not None and not context.families:
            near = 0 if side.exact else Fraction(1, 1000)
            assert abs(value(side.term, context, at) - number(side)) <= near + mpmath.mpf(10) ** -20
    one, other = map(number, refutation.sides)
    assert one != other or kind in ("strict", "rounding")


@pytest.mark.parametrize(
    "identifier, text, stated",
    [
        ("coin.maximum", "0.81", ("/", ("num", 4), ("num", 5))),
        ("coin.score-root", "{3/5}", ("set", ("/", ("num", 8), ("num", 10)))),
        ("squared-error.cross-entropy-gradient-stays", "-2", ("neg", ("num", 1))),
    ],
)
def test_places_roots_and_limits_are_told_by_what_is_proved_of_them(identifier, text, stated):
    assert refuted(identifier, text)[0].sides[0].value == stated


def test_a_wrong_maximum_that_nothing_is_proved_of_is_beaten_elsewhere():
    one, other = refuted("coin.maximum", "argmax(L(p)**2, p, 0, 1) = 7/10")[0].sides
    assert number(one) < number(other)


@pytest.mark.parametrize(
    "domain, verdict, at",
    [
        ("0 < p < 1/2", "proved", None),
        ("1 > p > 1/2", "proved", None),
        ("p = 1/2", "proved", None),
        ("p > 1", "proved", None),
        ("0 <= p < 1", "refuted", 0),
        ("0 < p ≤ 1", "refuted", 1),
        ("-oo < p < oo", "refuted", 0),
    ],
)
def test_another_domain_is_proved_or_its_open_end_is_where_it_fails(domain, verdict, at):
    answer = tried("coin.score", "8/p - 2/(1-p)", domain)
    assert answer.verdict == verdict
    if answer.refutation is not None:
        assert answer.refutation.at == ((("sym", "p"), ("num", at)),)
        assert NOWHERE in [side.value for side in answer.refutation.sides]


def test_what_has_no_value_anywhere_is_refuted_by_that():
    sides = refuted("coin.score", "log(-p)")[0].sides
    assert sides[1].value == NOWHERE and number(sides[0]) == 12


@pytest.mark.parametrize(
    "identifier, text",
    [
        ("coin.score", "sum(i, i, 1, 10**9)"),
        ("one-principle.same-parameter", "argmax(L(theta), theta) = argmin(L(theta), theta)"),
    ],
)
def test_what_is_neither_proved_nor_refuted_says_so(identifier, text):
    assert tried(identifier, text).verdict == "neither"


BAD = [
    ("8/x", (), "x has no meaning here"),
    ("8/(p", (), "is no formula"),
    ("", (), "nothing is stated"),
    ("8/p =! 0", (), "claims nothing"),
    ("__import__('os')", (), "__import__ has no meaning here"),
    ("8/p", ("q > 1",), "'q' in 'q > 1' is no quantity of coin; nearest: p"),
    ("8/p", ("2 < p < 1",), "nothing was found in the domain"),
    ("8/p", ("0 < p > 1",), "a domain is an interval"),
    ("8/p", ("p",), "a domain is an interval"),
    ("2**10**10", (), "too large a power"),
    ("(1-p)**100000", (), "too large a power"),
    ("((1-p)**99)**99", (), "too large a power"),
    ("binomial(10**9, 5*10**8)", (), "too large a power"),
    ("9" * 100, (), "100 digits"),
    ("p+" * 5000 + "p", (), "at most 2000"),
    ("(" * 300 + "p" + ")" * 300, (), "nested"),
    ("-" * 1500 + "p", (), ""),
    ("log(" * 60 + "p" + ")" * 60, (), "brackets within each other"),
    ("8/p", ("p > " + "9" * 3000,), "at most 2000"),
]


@pytest.mark.parametrize("text, domain, said", BAD, ids=range(len(BAD)))
def test_what_cannot_be_tried_is_told_soon_and_briefly(text, domain, said):
    begun = time.monotonic()
    with pytest.raises(NotTried) as refused:
        tried("coin.score", text, *domain)
    assert said in str(refused.value) and len(str(refused.value)) < 400
    assert time.monotonic() - begun < 5


def test_time_that_is_up_ends_the_work():
    begun = time.monotonic()
    assert within(0.3, time.sleep, (60,), progress) == (None, "")
    assert time.monotonic() - begun < 10


@pytest.mark.parametrize(
    "arguments, code, english, chinese",
    [
        (("coin.score", "(8-10*p)/(p*(1-p))"), 0, "proved: ", "已证明"),
        (("coin.score", "8/p + 2/(1-p)"), 1, "It fails at p = 1/2:", "反例：p = 1/2"),
        (("coin.score", "8/p - 2/(1-p)", "--domain", "p > 0"), 1, "has no value there", "在这里没有值"),
        (("coin.score", "sum(i, i, 1, 10**9)"), 3, "It may be true, and it may be false", "它可能成立，也可能不成立"),
    ],
)
def test_command_says_it_in_words_and_by_its_exit_code(arguments, code, english, chinese):
    run = partial(CliRunner().invoke, main)
    for language, said in (("en", english), ("zh", chinese)):
        done = run(["try", *arguments, "--language", language])
        assert done.exit_code == code and said in done.stdout and not done.stderr
    assert words_in("zh")["domain" if code == 0 else "claimed-for"] in done.stdout


@pytest.mark.parametrize(
    "arguments, said",
    [
        (("coin.scoer", "1"), "nearest: coin.score"),
        (("coin.score", "8/x"), "known in coin: L, L_seq, p"),
        (("coin.score",), "STATEMENT"),
    ],
)
def test_command_refuses_what_cannot_be_tried(arguments, said):
    done = CliRunner().invoke(main, ["try", *arguments])
    assert done.exit_code == 2 and said in done.stderr and not done.stdout
