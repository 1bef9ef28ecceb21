"""What was tried to get something false, undefined, empty or misleading accepted: through scripts, and through proofs made by hand.

Everything here is refused, in words and within seconds. Each entry says what it tries; the first ones of each kind were once accepted.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from functools import partial
from time import perf_counter
from typing import Any

import pytest

from derivations.engine import (
    CLOSED_UNIT,
    COUNT,
    LABEL,
    NATURAL,
    POINT,
    POSITIVE,
    REAL,
    UNIT,
    Derivation,
    Unproved,
    whole_from,
)  # fmt: skip
from derivations.engine.equation import Rule
from derivations.engine.kernel.check import Meaning, Theorem, prove
from derivations.engine.kernel.statements import Context, Definition, Hypothesis, Line, Part, Range, Refused, Statement
from derivations.engine.kernel.terms import ONE, ZERO, Term, num, sym
from derivations.engine.parser import Applied, Scope
from derivations.engine.rules import by, cases, induction, locate, maximise, solve_for, the_root

SECONDS = 20
LETTERS = {
    "p": UNIT, "q": UNIT, "c": CLOSED_UNIT, "x": REAL, "y": REAL, "z": REAL, "u": POSITIVE, "n": COUNT, "N": COUNT, "m": NATURAL, "i": COUNT, "j": COUNT,
    "theta": POINT, "one": Range(ONE, ONE, True, True), "w": UNIT, "v": REAL,
}  # fmt: skip


def script(*without: str, **ranges: Range) -> Derivation:
    made = Derivation("trial", source="mle/1", conventions=("0^0 = 1", "0 log 0 = 0"))
    for letter, over in {**LETTERS, **ranges}.items():
        if letter not in without:
            made.quantity(letter, over)
    made.family("a", REAL, "a_{0}")
    made.family("b", LABEL, "b_{0}")
    made.family("h", REAL, "h_{0}({1})", parameters="i, theta")
    return made


def refused(claim: Callable[[], object]) -> str:
    began = perf_counter()
    with pytest.raises((Unproved, Refused)) as told:
        claim()
    assert perf_counter() - began < SECONDS
    return str(told.value)


# --- statements --------------------------------------------------------------------------------------------------------

STATEMENTS: dict[str, tuple[str, ...]] = {
    # binders
    "a sum over two letters at once": ("sum(i, (i, j), 1, n) = n*i", "= n*i | equal-terms"),
    "the roots over two letters": ("roots(w**2 + v**2 + 1, (w, v)) = {}",),
    "the slope by two letters": ("d(x, (x, y)) = 1", "= 1 | derivative-linear"),
    "one letter twice under a maximum": ("argmax(x*x, (x, x)) = argmax(2*x, (x, x))",),
    "more parts than a slope has": ("d(x**2, x, 1, 2) = 2",),
    "a maximum over other letters with other ranges": ("argmax(w*p, (w, p)) = argmax(x*y, (x, y))", "= argmax(x*y, (x, y)) | collect"),
    "a maximum over numbers for one over points": ("argmax(h(1, theta), theta) = argmax(h(1, x), x)", "= argmax(h(1, x), x) | collect"),
    "a maximum over an interval of points": ("argmax(h(1, theta), theta, 0, 1) = argmax(1*h(1, theta), theta, 0, 1)", "= argmax(1*h(1, theta), theta, 0, 1) | collect"),
    "the letter of a sum outside of it": ("i*sum(i, i, 1, 3) = sum(i*i, i, 1, 3)",),
    "a bound letter comes out of a sum": ("sum(sum(i, i, 1, j), j, 1, 3) = sum(sum(j, i, 1, j), j, 1, 3)",),
    "a range that speaks of what is bound": ("sum(k*N, N, 1, 3) = 6*k",),
    # slopes and limits
    "the slope of a slope of what has none": ("d(d(abs(x)*y, y), x) - d(d(abs(x)*y, y), x) = 0", "= 0 | collect"),
    "the slope at a single point": ("d(one**2, one) = 0", "= d(1, one) | collect", "= 0 | derivative-linear"),
    "the slope at a kink": ("d(abs(x), x, 0) = d(abs(x), x, 0)", "= d(abs(x), x, 0) | collect"),
    "the slope of a root at 0": ("d(sqrt(c), c) = 1/(2*sqrt(c))",),
    "the slope of a largest value": ("d(max(x, 0), x) = d(max(x, 0), x)", "= d(max(x, 0), x) | collect"),
    "the slope of an indicator": ("d(indicator(x, 1), x) = 0",),
    "the slope of p log p at 0": ("d(c*log(c), c) = log(c) + 1",),
    "the slope of a number of terms": ("d(sum(1, i, 1, n), n) = 1",),
    "the slope beyond the end": ("d(p**2, p, 3/2) = 3",),
    "the slope of a power by its exponent": ("d(2**x, x) = x*2**(x - 1)",),
    "the slope of a limit": ('d(lim(q*x, q, 0, "+"), x) = 0',),
    "a limit from outside of the range": ('lim(q, q, c, "-") = c', "= c | limit"),
    "a limit that does not exist": ("lim(exp(x), x, oo) = 0",),
    "a limit of both sides of a jump": ('lim(indicator(q, 0), q, 0, "+") = 0',),
    "a limit without a value": ("lim(exp(x), x, oo) = lim(1*exp(x), x, oo)", "= lim(1*exp(x), x, oo) | collect"),
    "a limit inside of a formula": ('lim(q, q, 0, "+") - lim(q, q, 0, "+") = 0',),
    "infinity minus infinity": ("oo - oo = 0",),
    "infinity beside itself": ("oo <= oo", "<= oo | sign"),
    "0 times infinity": ('lim(q*(1/q), q, 0, "+") = 0',),
    "x e^-x as if it were a product of limits": ("lim(x*exp(-x), x, oo) = 0",),
    # largest, smallest, roots
    "the largest in an empty interval": ("argmax(p**2, p, 2, 1) = 1",),
    "the largest in an interval that may be empty": ("argmax(p, p, x, y) = y",),
    "a maximum between numbers though whole": ("argmax(n*(5 - n), n, 0, 5) = 5/2",),
    "a root between whole numbers": ("roots(n - 1/2, n, 0, 1) = {1/2}",),
    "a maximum over all where the range is an interval": ("argmax(-p**2, p) = 0",),
    "places that do not exist compared": ('argmax(p, p, 0, 1, "()") <= argmax(p, p, 0, 1, "()")', '<= argmax(p, p, 0, 1, "()") | sign'),
    "a place is below another": ("argmax(p*(1 - p), p, 0, 1) < 1/2",),
    "a set is below another": ("{1} <= {1}", "<= {1} | sign"),
    "the largest where all are equal": ("argmax(3, p, 0, 1) = 1",),
    "one of two largest": ("argmax((p - 1/2)**2, p, 0, 1) = 1",),
    "a turning point that is smallest": ("argmax((p - 1/2)**2, p, 0, 1) = 1/2",),
    "largest at an end that is not there": ('argmax(p, p, 0, 1, "[)") = 1',),
    "smallest at an end that is not there": ('argmin(p, p, 0, 1, "(]") = 0',),
    "largest at a pole": ('argmax(1/p, p, 0, 1, "(]") = 0',),
    "largest of what is unknown": ("argmax(x*p, p, 0, 1) = 1",),
    "nowhere, and yet it is constant": ("argmax(0*p, p, 0, 1) = {}",),
    "all points are roots": ("roots(0, p, 0, 1) = {}",),
    "a root of a multiple": ("roots((p - 1/2)**2, p, 0, 1) = {1/2, 1/2}",),
    "a root that may be outside": ("roots(p - x, p, 0, 1) = {x}",),
    "a root as if it were below": ("roots(1 - 2*p, p, 0, 1) < {1/2}",),
    "places are added": ("argmax(p*(1 - p), p, 0, 1) + 1 = 3/2",),
    # definedness
    "an undefined point": ("h(1, (1/0, 0)) = h(1, (1/0, 0))", "= h(1, (1/0, 0)) | collect"),
    "a point as a number": ("2*theta = theta + theta", "= theta + theta | collect"),
    "0^0 hidden in a product": ("prod(c, i, 1, m)/prod(c, i, 1, m) = 1",),
    "1 over a power of 0": ("c**(m - 1) = c**(m - 1)", "= c**(m - 1) | collect"),
    "a root of what is negative": ("sqrt(-x**2 - 1) = sqrt(-x**2 - 1)", "= sqrt(-x**2 - 1) | collect"),
    "a logarithm taken 0 times": ("0*log(-1) = 0", "= 0 | collect"),
    "a logarithm to the power of 0": ("log(-1)**0 = 1", "= 1 | collect"),
    "1/x times x": ("x*(1/x) = 1", "= 1 | collect"),
    "log 0 beside another factor": ("p*log(c) = p*log(c)", "= p*log(c) | collect"),
    "0 log 0 in a sum of factors": ("c*(log(c) + 1) = c*log(c) + c", "= c*log(c) + c | collect"),
    "half a binomial": ("binomial(1/2, 0) = 1",),
    "a sum to a fraction": ("sum(1, i, 1, 1/2) = 1/2", "= 1/2 | equal-terms"),
    "a sum that runs backwards": ("sum(1, i, 3, 1) = -1", "= 1 - 3 + 1 | equal-terms"),
    "a sum of poles": ("sum(1/(i - 2), i, 1, 3) = 0",),
    "a fraction in an exponent of what may be negative": ("(x**2)**(1/2) = x", "= x | collect"),
    "roots of negative numbers": ("(-8)**(1/3) = -2", "= -2 | collect"),
    # arithmetic and signs
    "equal logarithms are told apart": (
        "0*(1/2 + log(p)) - log(p) + log(p*((p - 1/2)**2 + 1/100)/((p - 1/2)**2 + 1/100)) > 0", "> 0 | sign",
    ),
    "x^2 is positive": ("x**2 > 0", "> 0 | sign"),
    "x^2 grows": ("x**2 >= x", ">= x | sign"),
    "n - 1 is positive": ("n > 1", "> 1 | sign"),
    "between two whole numbers": ("(2*n - 3)**2 > 1", "> 1 | sign"),
    "a power of a power": ("x**(2*p) = (x**2)**p", "= (x**2)**p | collect"),
    "powers of different bases": ("4**x = 2**x", "= 2**x | collect"),
    "exponents of a sum": ("u**(x + y) = u**x + u**y", "= u**x + u**y | collect"),
    "an indicator is one": ("indicator(n, n + 1) = indicator(n + 1, n)", "= 1 | collect"),
    "members of equal value": ("a(1) = a(2)", "= a(2) | collect"),
    "a member of a member": ("a(b(1)) = a(1)", "= a(1) | collect"),
    "a label times itself": ("b(1)*b(1) = b(1)", "= b(1) | collect"),
    "a bound that is reached": ("b(1) < 1", "< 1 | sign"),
    "the absolute value of a difference": ("abs(x - y) = x - y", "= x - y | by-sign"),
    "the largest of two": ("max(x, y) = x", "= x | by-sign"),
    "the tangent from below": ("log(u) >= u - 1", ">= u - 1 | tangent"),
    "the tangent times what is negative": ("-2*log(u) <= -2*(u - 1)", "<= -2*(u - 1) | tangent"),
    "the tangent times what is unknown": ("x*log(u) <= x*(u - 1)", "<= x*(u - 1) | tangent"),
    "the tangent in a denominator": ("1/log(u + 2) <= 1/(u + 1)", "<= 1/(u + 1) | tangent"),
    "no factors are below one": ("prod(p, i, 1, m) < 1", "< 1 | below-one"),
    "a zeroth power is below one": ("p**m < 1", "< 1 | below-one"),
    # digits
    "digits of a sum by digits of its parts": ("1/4*log(2) + 1/4*log(2) ~ decimal(4/10)", "~ digits(1/4*log(2), 1) + digits(1/4*log(2), 1)", "= decimal(4/10)"),
    "digits from below": ("log(2) ~ decimal(6/10)",),
    "digits from above": ("log(2) ~ decimal(71/100)",),
    "a tie": ("1/4 ~ decimal(3/10)",),
    "digits of what varies": ("p ~ digits(p, 2)",),
    "digits of nothing": ("1/0 ~ digits(1/0, 2)",),
    "digits that are text": ("log(2) ~ digits(log(2), 'a')",),
    "digits to the left": ("log(2) ~ digits(log(2), -1)",),
    "digits that are typed": ("log(2) = 0.693",),
    "equal numbers told apart": ("exp(log(2)) < 2", "< 2 | digits"),
    "digits of a circle by hand": ("pi ~ digits(22/7, 3)",),
    "digits of digits multiplied": ("log(2)*log(2) ~ digits(log(2), 2)*digits(log(2), 2)",),
    "digits of a slope elsewhere": ("d(p**2, p, 1/2) ~ digits(d(p**2, p, 1/3), 2)",),
    # two laws where one is enough, or where each is a line of its own
    "collecting beside a sign": ("p*(1 - p) = p - p**2", "= p - p**2 | collect, sign"),
    "a sign beside collecting": ("p*(1 - p) > 0", "> 0 | collect, sign"),
    "rounding beside collecting": ("1/2 = decimal(1/2)", "= decimal(1/2) | collect, rounding"),
    "a law of equations in a line": ("p = 2*p", "= 2*p | multiply"),
    "equations in a line": ("p = 2*p", "<=> 2*p | multiply"),
    "a sum, and nothing about it": ("sum(x, i, 1, n) = n*x", "= n*x | equal-terms, sum-linear"),
    # half-lines
    "an end of the half-line that does not belong": ('argmax(1/(1 + x), x, 0, oo, "()") = 0',),
    "the far end of a half-line": ("argmax(x, x, 0, oo) = oo",),
    "a place outside of the half-line": ("argmax(-(x + 5)**2, x, 0, oo) = -5",),
    "a place that may be outside": ("argmax(-(p - u)**2, p, 0, 1) = u",),
    "an end that varies": ("argmax(p, p, 0, x) = x",),
    "a root beyond the half-line": ("roots(x + 1, x, 0, oo) = {-1}",),
    "the largest of whole numbers without end": ("argmax(-n*n, n, -oo, oo) = 0",),
    "the place for another letter's range": ("argmax(p*(1 - x), p, 0, 1) = argmax(x*(1 - x), x, 0, 1)",),
    "a maximum over points of the square": ("argmax(h(1, theta)**2, theta) = argmax(h(1, theta), theta)",),
    "a maximum over points times what may be negative": ("argmax(h(1, theta)*x, theta) = argmax(h(1, theta), theta)",),
    # limits
    "a limit over whole numbers": ("lim((-1)**n, n, oo) = 1",),
    "a limit that depends on another letter's sign": ("lim(exp(-x*y), x, oo) = 0",),
    "a limit that is below": ("lim(exp(-x), x, oo) < 0",),
    "a logarithm that does not fall there": ('lim(log(p), p, 1, "-") = -oo',),
    "as many terms as the letter says": ("lim(sum(1/n, i, 1, n), n, oo) = 0",),
    # powers
    "a zeroth power of 0 among others": ("0**(n - 1) = 0",),
    "0 to the power of what may be 0": ("0**m = 0", "= 0 | collect"),
    "0 to no whole number": ("0**p = 0", "= 0 | collect"),
    "half a power of 1": ("(-1)**u = 1", "= 1 | collect"),
    "a whole range that is open": ("k = 3", "= 3 | collect"),
}  # fmt: skip


@pytest.mark.parametrize("attack", STATEMENTS)
def test_statement_is_refused_whatever_the_rule(attack: str) -> None:
    text, *through = STATEMENTS[attack]
    for rule in (by(), maximise(), solve_for()):
        trial = script(k=Range(ONE, sym("N"), True, True, whole=True))
        refused(partial(trial.step, "claim", rule, text, through=through))


PLAINLY_WRONG = [
    "exp(c*log(c)) = c**c", "argmax(-c*log(c), c, 0, 1) = 1/2", "argmax(x*log(x), x, 0, 1) = 1", "argmax(p + 1/x, p, 0, 1) = 1", "theta = 2", "indicator(theta, theta) = 1",
    "{1, 2} = {1}", '(1/0, 1) = (1/0, 1)', 'lim(1/p, p, 0, "+") = 0', 'lim(-log(p), p, 0, "+") = -oo', 'lim(x*log(p), p, 0, "+") = -oo', "lim((1 + 1/x)**x, x, oo) = 1",
    'lim(abs(p)/p, p, 0, "+") = 0', "lim(exp(-x)/exp(-x), x, oo) = 0", 'lim(p**x, p, 0, "+") = 0', 'lim(p**p, p, 0, "+") = 0', "d(sum(i*x, i, 1, 3), x, n) = 6",
    "d(x**m, x) = m*x**(m - 1)", "d(sqrt(x**2), x) = 1", "d(x**2, x, y) = 2*x", "d(c**2, c, 2) = 4", "d(d(x**2*y, x), y) = 2*y", "prod(x, i, 1, 0) = 0", "sum(1/(i - 1), i, 1, 0) = 0",
    "sum(a(i), i, 1, n) = sum(a(i), i, 1, N)", "sum(indicator(i, n), i, 1, N) = 1", "sum(indicator(i, x), i, 1, N) = 1", "binomial(n, m) = binomial(n, n - m)",
    "(-1)**n*(-1)**n = -1", "0**m = 0", "b(1)*(1 - b(1)) > 0", "max(x, y) > x", "abs(x) > x", "m > 0", "N - n >= 0", "x*y >= 0", "x**3 >= 0", "p < q", "c*(1 - c) > 0", "c**2 < c",
    "log(c) < 0", "exp(x) > 1", "log(u) < u - 1", "log(u) > u - 1", "sum(log(i), i, 1, n) < sum(i - 1, i, 1, n)", "x = y", "a(n) = a(N)", "n/n = 2", "u/(u + 1) > 1",
]  # fmt: skip


@pytest.mark.parametrize("text", PLAINLY_WRONG)
def test_plainly_wrong_is_refused(text: str) -> None:
    for rule in (by(), maximise()):
        refused(partial(script().step, "claim", rule, text))


def test_sum_without_its_bounds_has_the_same_everywhere() -> None:
    trial = Derivation("trial", source="mle/1", index_sets={"t": ""})
    trial.step("known", by(), "sum(t, t, 0, 1) = 1")
    assert "bounds" in refused(lambda: trial.step("claim", by(), "sum(t, t, 5, 9) = 35"))


def test_a_line_of_a_proof_has_no_other_bounds_where_bounds_are_not_written() -> None:
    trial = Derivation("trial", source="mle/1", index_sets={"t": ""})
    trial.quantity("n", COUNT)
    trial.quantity("t", COUNT)
    trial.family("a", REAL, "a_{0}")
    with pytest.raises(Unproved, match="bounds are not written"):
        trial.step("split", by(), "sum(a(t), t, 1, n) = a(1) - a(1) + sum(a(t), t, 1, n)", through=["= a(1) + sum(a(t), t, 2, n) | split-first", "= sum(a(t), t, 1, n) | split-first"])  # fmt: skip


ENDLESS = {
    "a huge power": "9**9**9 = 1",
    "a huge power of powers": "2**(2**(2**(2**(2**2)))) = 7",
    "a power of a sum": "(p + q + x + y + z + n + m + 1)**200 = 1",
    "powers of sums": "(p + q)**300*(x + y)**300*(u + n)**300 = 0",
    "a product of sums": "*".join(f"(p**{at} + q**{at} + x**{at} + n + m)" for at in range(1, 20)) + " = 1",
    "a sum of many": "sum(i, i, 1, 10**12) = 7",
    "sums of sums of sums": "sum(sum(sum(sum(sum(i*j*k*l, i, 1, 59), j, 1, 59), k, 1, 59), l, 1, 59), z, 1, 59) = 7",
    "many closed ends": "+".join(f"b({at})*b({at + 1})" for at in range(1, 20)) + " > 0",
    "slopes of slopes": "d(" * 12 + "exp(x**2)*log(1 + x**2)" + ", x)" * 12 + " = 0",
    "many brackets": "x = " + "(" * 500 + "x" + ")" * 500,
    "many signs": "x = " + "-" * 3000 + "x",
    "many terms": "x = " + "+".join(["x"] * 3000),
    "logarithms of logarithms": "log(" * 60 + "exp(x)" + ")" * 60 + " > 0",
    "a long number": "x = " + "1" * 5000,
    "a long decimal": "x = " + "1" * 400 + ".5",
    "a huge exponential": "exp(1000000) ~ digits(exp(1000000), 2)",
    "a tiny power": "(1/2)**1000000000 ~ digits((1/2)**1000000000, 2)",
    "a huge binomial": "binomial(1000000000, 500000000) ~ digits(binomial(1000000000, 500000000), 2)",
    "a hundred thousand places": "log(2) ~ digits(log(2), 100000)",
    "a maximum of many factors": "argmax(p**2*(1 - p)**3*exp(p)*log(1 + p), p, 0, 1) = 2/5",
    "what SymPy has no method for": "roots(exp(p) - 2, p, 0, 1) = {log(2)}",
}  # fmt: skip


@pytest.mark.parametrize("attack", ENDLESS)
def test_search_comes_to_an_end_in_words(attack: str) -> None:
    rule = maximise() if "maximum" in attack else solve_for() if "SymPy" in attack else by()
    refused(lambda: script().step("claim", rule, ENDLESS[attack]))


PREMISES: dict[str, tuple[str, ...]] = {
    "makes terms grow": ("a(1) = a(1) + a(1)",),
    "goes in circles": ("a(1) = a(2)", "a(2) = a(1)"),
    "is no equation": ("p",),
    "is two equations": ("p = 1/2 = 1/3",),
    "is an inequality": ("p < 1/3",),
    "is asked for": ("p =! 0",),
    "is undefined": ("1/(n - 1) = 7",),
    "is undefined at the point": ("0*(1/(n - 1)) = 0",),
    "is a binomial outside": ("binomial(n - 5, 2) = 0",),
    "is half a binomial": ("binomial(1/2, 0) = 1",),
    "is a sum backwards": ("sum(1, i, 1, n - 5) = 0",),
    "is huge": ("9**(9**9) = 7",),
    "is long": ("sum(1, i, 1, 10**9) = 7",),
    "is false": ("0 = 1",),
    "is outside of the range": ("p = 2",),
    "contradicts another": ("p = 1/2", "p = 1/3"),
    "is of a label": ("b(1) = 2",),
    "is a wrong sum": ("sum(i, i, 1, 2) = 4",),
    "has no real root": ("x**2 = -1",),
    "says a number of a point": ("theta = 1",),
    "says a point of a number": ("x = theta",),
    "names the place of a maximum of numbers": ("(x, y) = argmax(x*y, (x, y))",),
    "names a place that is nowhere": ('x = argmax(p, p, 0, 1, "()")',),
}  # fmt: skip


@pytest.mark.parametrize("attack", PREMISES)
def test_premise_is_refused_that(attack: str) -> None:
    refused(lambda: script().step("claim", by(), "a(1) = 0*p", where=PREMISES[attack], through=["= 0*p | hypothesis"]))


ENDLESS_ALONE = {"makes terms grow", "goes in circles"}
"""True of 0 and of equal numbers: only a proof that uses them comes to no end."""


@pytest.mark.parametrize("attack", sorted(PREMISES.keys() - ENDLESS_ALONE))
def test_supposition_alone_is_refused_that(attack: str) -> None:
    refused(lambda: script().suppose("given", *PREMISES[attack]))


def test_suppositions_about_points_are_true_somewhere() -> None:
    trial = script(phi=POINT, psi=POINT)
    trial.suppose("pair", "theta = (phi, psi)")
    trial.suppose("best", "theta = argmax(h(1, phi), phi)")


# --- whole scripts -----------------------------------------------------------------------------------------------------


def cited(first: str, then: str, line: str, **more: object) -> Callable[[Derivation], object]:
    """A first step is proved, and cited for another."""

    def claim(trial: Derivation) -> object:
        known = trial.step("known", by(), first, **more)  # type: ignore[arg-type]
        return trial.step("claim", by(known), then, through=[f"{line} | known"])

    return claim


def cited_for_every_letter(trial: Derivation) -> object:
    known = trial.step("known", by(), "sum(sum(i*x, i, 1, 2), i, 1, 3) = 9*x")
    return trial.step("claim", by(known), "sum(sum(j*x, i, 1, 2), j, 1, 3) = 9*x", through=["= 9*x | known"])


def root_by(relation: str) -> Callable[[Derivation], object]:
    def claim(trial: Derivation) -> object:
        root = trial.step("root", solve_for(), "roots(1 - 2*p, p, 0, 1) = {1/2}")
        line = f"{relation} 1/2 | only-root, root"
        return trial.step("claim", the_root(root), f"p {relation} 1/2", where=["1 - 2*p = 0"], through=[line])

    return claim


def rounded_root(rule: Callable[..., Rule]) -> Callable[[Derivation], object]:
    """The root is 1/3; where it is rounded, what satisfies the equation is 0.333."""

    def claim(trial: Derivation) -> object:
        exactly, relation, places = "roots(1 - 3*p, p, 0, 1)", "=" if rule is solve_for else "~", "1/3"
        places = places if rule is solve_for else f"digits({exactly}, 3)"
        root = trial.step("root", rule(), f"{exactly} {relation} {{{places}}}")
        value = "1/3" if rule is solve_for else "333/1000"
        return trial.step("claim", the_root(root), f"q = {value}", where=["1 - 3*q = 0"], point={"q": "1/3"})

    return claim


def slope_beside_a_kink(at_least_0: Range) -> Callable[[Derivation], object]:
    """|x| = x for these x; where 0 is one of them its slope there is that of one side."""

    def claim(trial: Derivation) -> object:
        side = {"on": {"x": at_least_0}}
        known = trial.step("side", by(), "abs(x) = x", **side, through=["= x | by-sign"])  # type: ignore[arg-type]
        slope = trial.step("slope", by(known), "d(abs(x), x) = 1", **side, through=["= d(x, x) | side", "= 1 | derivative-linear"])  # type: ignore[arg-type]  # fmt: skip
        return trial.step("claim", by(slope), "d(abs(u), u) = 1", through=["= 1 | slope"])

    return claim


def slope_at_a_kink(trial: Derivation) -> object:
    """The slope of |x| at 0 is 1 from the right, and -1 from the left: 1 = -1."""
    sides = {"= x": Range(ZERO, None, True), "= -x": Range(None, ZERO, False, True)}
    slopes = []
    for name, (line, over), slope in zip(("right", "left"), sides.items(), ("1", "-1"), strict=True):
        side = trial.step(name, by(), f"abs(x) {line}", on={"x": over}, through=[f"{line} | by-sign"])
        slopes.append(trial.step(
            f"slope-{name}", by(side), f"d(abs(x), x, 0) = {slope}", on={"x": over},
            through=[f"= d({line[2:]}, x, 0) | {name}", f"= {slope} | derivative-linear"],
        ))  # fmt: skip
    return trial.step("claim", by(*slopes), "1 = -1", through=["= d(abs(x), x, 0) | slope-right", "= -1 | slope-left"])


def two_others(trial: Derivation) -> object:
    for letter, meaning in (("G", "G(x) = x + 1"), ("H", "G(x) = x + 2")):
        other = Derivation("other", source="mle/1")
        other.define("meaning", meaning, on={"x": REAL})
        trial.use(other, **{letter: "G"})
    return trial.step("claim", by(), "G(x) = H(x)")


def premise_for_a_bound_range(trial: Derivation) -> object:
    given = trial.suppose("given", "a(n) = 1", every={"n": whole_from(1, "N")})
    values = {"N": 2, "trial.a": {(1,): 1, (2,): 1, (3,): 7}}
    through = ["= sum(1, N, 1, 5) | hypothesis", "= 5"]
    return trial.step("claim", by(), "sum(a(N), N, 1, 5) = 5", given=[given], through=through, point=values)


def induction_over_the_range_of_a_premise(trial: Derivation) -> object:
    given = trial.suppose("given", "a(n) = 1", every={"n": Range(sym("N"), None, True, whole=True)})
    return trial.step("claim", induction(sym("N")), "sum(a(i), i, 1, N) = a(1) + N - 1", given=[given])


def family_of_nothing(trial: Derivation) -> object:
    trial.family("e", Range(ONE, ZERO), "e_{0}")
    return trial.step("claim", by(), "e(1) - e(1) + 1 > 0*e(1)", point={"trial.e": {}})


def distribution(then: str) -> Callable[[Derivation], object]:
    def claim(trial: Derivation) -> object:
        trial.define("t", "T(s, t) = s*t", on={"s": REAL, "t": REAL})
        return trial.step("claim", by(), then, through=["= 0 | collect"] if "=" in then else [])

    return claim


def partial_application_captures(trial: Derivation) -> object:
    trial.define("t", "T(s, x) = s*x", on={"s": REAL, "x": REAL})
    trial.define("total", "H(f) = sum(f(k), k, 1, 2)", distributions="f")
    return trial.step("claim", by(), "H(T(x)) = 5")


def defined_as(then: str, *rows: str) -> Callable[[Derivation], object]:
    def claim(trial: Derivation) -> object:
        trial.define("row", *rows)
        return trial.step("claim", by(), then) if then else None

    return claim


def twice(one: Callable[[Derivation], object], other: Callable[[Derivation], object]) -> Callable[[Derivation], object]:
    return lambda trial: (one(trial), other(trial))


SCRIPTS: dict[str, Callable[[Derivation], object]] = {
    # citing
    "two binders of one letter are matched with two": cited_for_every_letter,
    "an undefined logarithm is put in": cited("sum(x, i, 1, 2) - 2*x = 0", "sum(log(-1), i, 1, 2) - 2*log(-1) = 0", "= 0"),
    "a pole is put in": cited("sum(x, i, 1, 2) - 2*x = 0", "sum(1/z, i, 1, 2) - 2*(1/z) = 0", "= 0"),
    "a point is put in": cited("sum(x, i, 1, 2) - 2*x = 0", "sum(theta, i, 1, 2) - 2*theta = 0", "= 0"),
    "a limit is put in": cited("sum(x, i, 1, 2) - 2*x = 0", "sum(lim(exp(v), v, oo), i, 1, 2) - 2*lim(exp(v), v, oo) = 0", "= 0"),
    "a value outside of the range is put in": cited("p*(1 - p) > 0", "2*(1 - 2) > 0", "> 0"),
    "an end of the range is put in": cited("p*(1 - p) > 0", "c*(1 - c) > 0", "> 0"),
    "a fraction for a whole number": cited("n >= 1", "1/2 >= 1", ">= 1"),
    "a narrower range is forgotten": cited("p < 1/2", "p < 1/2", "< 1/2", on={"p": Range(ZERO, ("/", ONE, num(2)))}),
    "a space is another": cited("argmax(abs(v)*w, (v, w)) = argmax(v*w, (v, w))", "argmax(abs(v)*w, (v, w)) = argmax(v*w, (v, w))", "= argmax(v*w, (v, w))", on={"v": POSITIVE}, through=["= argmax(v*w, (v, w)) | by-sign"]),
    "a term in the middle, the wrong way": cited("0 < p < 1", "1 < p", "< p"),
    "at most is less": cited("0 <= m", "0 < m", "< m"),
    "a premise is forgotten": cited("p = 1/2", "p = 1/2", "= 1/2", where=["p = 1/2"]),
    # roots, cases, induction
    "a root is above itself": root_by("<"),
    "a root is below itself": root_by(">"),
    "a root is what it is rounded to": rounded_root(locate),
    "slopes of both sides of a kink": slope_at_a_kink,
    "suppositions that contradict each other": lambda trial: trial.step("claim", by(), "1 = 2", given=[trial.suppose("one", "a(1) = 1"), trial.suppose("two", "a(1) = 2")]),
    "a slope of one side of a kink": slope_beside_a_kink(Range(ZERO, None, True)),
    "cases part between whole numbers": lambda trial: trial.step("claim", cases(sym("n"), ("/", num(5), num(2))), "(n - 2)*(n - 2) > 0"),
    "cases leave out an end": lambda trial: trial.step("claim", cases(sym("n"), num(1)), "n > 1"),
    "cases of what has many values": lambda trial: trial.step("claim", cases(sym("n")), "n = 1"),
    "cases of a real number": lambda trial: trial.step("claim", cases(sym("c")), "c*(1 - c) = 0"),
    "a premise for a range that is bound": premise_for_a_bound_range,
    "induction over the range of a premise": induction_over_the_range_of_a_premise,
    "induction over a real number": lambda trial: trial.step("claim", induction(sym("x")), "x*0 = 0*x + 0"),
    "induction without a first": lambda trial: trial.step("claim", induction(sym("n")), "sum(i, i, 1, n) = n*n"),
    # domains
    "a family of nothing": family_of_nothing,
    "a range that may be undefined": lambda trial: trial.step("claim", by(), "r = r*1 + 0*m", on={"r": Range(ZERO, ("/", ONE, sym("m")), True, True)}),
    "a range that ends in 1/0": lambda trial: trial.step("claim", by(), "r = r*1 + 0", on={"r": Range(ZERO, ("/", ONE, ZERO), True, True)}),
    "a range that speaks of itself": lambda trial: trial.step("claim", by(), "log(r) = log(r)*1", on={"r": Range(ZERO, sym("r"), True, True)}),
    "ranges in a circle": lambda trial: script(r=Range(ZERO, sym("s")), s=Range(ZERO, sym("r"), False, True)).define("f", "F(r) = log(r)"),
    "a point that is no number": lambda trial: trial.step("claim", by(), "p = 1*p", point={"p": "half"}),
    "a point at 1/0": lambda trial: trial.step("claim", by(), "p = 1*p", point={"p": "1/0"}),
    "a point outside": lambda trial: trial.step("claim", by(), "p = 1*p", point={"p": 2}),
    "a point of floating numbers": lambda trial: trial.step("claim", by(), "p = 1*p", point={"p": 0.5}),
    # distributions
    "distributions are subtracted": distribution("T(1) - T(1) = 0"),
    "a distribution is positive": distribution("exp(T(1)) > 0"),
    "a partial application captures": partial_application_captures,
    # definitions, data, names
    "rows for one value": defined_as("", "f(n, 0) = 1", "f(n, 0) = 2"),
    "a row beside a rule": defined_as("", "f(0) = 5", "f(x) = x"),
    "a rule beside a row": defined_as("", "f(x) = x", "f(0) = 5"),
    "two rules": defined_as("", "f(x) = x", "f(x) = 2*x"),
    "rows of two names": defined_as("", "f(0) = 5", "g(1) = 6"),
    "rows with other parameters": defined_as("", "f(n, 0) = n", "f(m, 1) = m"),
    "rows capture the last argument": defined_as("f(1) = 2", "f(0) = c", "f(1) = 2*c"),
    "rows with a gap": defined_as("", "f(0) = 1", "f(2) = 1"),
    "a row for a negative number": defined_as("", "f(-1) = 5"),
    "a row for a first number": defined_as("", "f(0, n) = n"),
    "a parameter that is a formula": defined_as("", "f(2*p) = p"),
    "a parameter that is pi": defined_as("", "f(pi) = pi"),
    "a parameter twice": defined_as("", "f(p, p) = p"),
    "a logarithm of one's own": defined_as("", "log(p) = p"),
    "a sum of one's own": defined_as("", "sum(p) = p"),
    "a limit as a definition": defined_as("", 'f(x) = lim(exp(v), v, oo)'),
    "a definition of two terms": defined_as("", "f(x) = x = 2*x"),
    "a definition that is no equation": defined_as("", "f(x) < x"),
    "data that are a formula": lambda trial: trial.observe("o", "log(2) = 7", tex=r"\log 2"),
    "data that are less": lambda trial: trial.observe("o", "o < 3", tex="o"),
    "data that are two things": lambda trial: trial.observe("o", "o = 3 = 4", tex="o"),
    "data that vary": lambda trial: trial.observe("o", "o = p", tex="o"),
    "data without a value": lambda trial: trial.observe("o", "o = 1/0", tex="o"),
    "a family over a definition": twice(defined_as("", "F(p) = p"), lambda trial: trial.family("F", POSITIVE, "F_{0}")),
    "a family with two ranges": twice(lambda trial: trial.family("F", REAL, "F_{0}"), lambda trial: trial.family("F", POSITIVE, "F_{0}")),
    "a family that is a logarithm": lambda trial: trial.family("log", REAL, "F_{0}"),
    "a name taken over twice": lambda trial: trial.use(script(), a="b"),
    "a quantity that is infinity": lambda trial: trial.quantity("oo", REAL),
    "a quantity with two ranges": lambda trial: trial.quantity("p", REAL),
    "a derivation of the same name": lambda trial: trial.use(script(), "p"),
    "an equation of the same name": twice(
        lambda trial: trial.step("known", by(), "p + p = 2*p"),
        lambda trial: trial.step("claim", by(script().step("known", by(), "x + x = 2*x")), "y + y = 2*y", through=["= 2*y | known"]),
    ),
    "an equation of a derivation of the same name": lambda trial: trial.step("claim", by(script().step("known", by(), "x + x = 2*x")), "y + y = 2*y", through=["= 2*y | known"]),
    "a name of two others of the same name": two_others,
    "a convention of one's own": lambda trial: Derivation("trial", source="mle/1", conventions=("0^0 = 1", "1/0 = 0")).step("claim", by(), "0**0 = 1"),
    "a member changed where its letter is bound": lambda trial: (
        trial.define("turn", "F(0) = -1", "F(1) = 1"), trial.step("claim", by(), "F(b(i))*sum(F(b(i)), i, 1, 2) > 0", through=["> 0 | sign"]),
    ),
    "a cited point that is undefined": twice(
        lambda trial: trial.step("known", by(), "h(1, theta) - h(1, theta) = 0"),
        lambda trial: trial.step("claim", by(trial.equations["trial.known"]), "h(1, (1/0, 0)) - h(1, (1/0, 0)) = 0", through=["= 0 | known"]),
    ),
    "induction from no whole number": lambda trial: trial.step("claim", induction(sym("v")), "a(v) = 0", on={"v": Range(("/", ONE, num(2)), None, True, whole=True)}, where=["a(1/2) = 0"], point={"v": 1, "trial.a": 0}),
    "a root of an equation with more": lambda trial: trial.step(
        "claim", the_root(trial.step("root", solve_for(), "roots((2*p - 1)*(p + 1), p, 0, 1) = {1/2}")), "x = 1/2", where=["(2*x - 1)*(x + 1) = 0"],
    ),
    "cases where a label is two": lambda trial: trial.step("claim", cases(sym("l")), "l*l*l = 2*l", on={"l": LABEL}),
    "cases beyond the end": lambda trial: trial.step("claim", cases(sym("p"), num(2)), "p = p**2"),
    "a way to write nothing": lambda trial: trial.write("Z", "Z"),
    "a supposition of no equation": lambda trial: trial.suppose("s", "p"),
    "a supposition of two equations": lambda trial: trial.suppose("s", "p = 1/2 = 1/3"),
    "a supposition that is asked for": lambda trial: trial.suppose("s", "p =! 0"),
}  # fmt: skip


@pytest.mark.parametrize("attack", SCRIPTS)
def test_script_is_refused_that_has(attack: str) -> None:
    refused(lambda: SCRIPTS[attack](script()))


# --- proofs made by hand -----------------------------------------------------------------------------------------------

SCOPE = Scope(set("pqxyznmki"), {"f": Applied("f", ("x",)), "g": Applied("g", ("x",))})
HERE = Context({"p": UNIT, "x": REAL, "n": COUNT, "m": NATURAL}, {"f": REAL})
POINT_SHOWN: dict[str, object] = {"p": Fraction(1, 2), "x": 1, "n": 1, "m": 1, "f": 1, "g": 1}
COLLECT = ("collect",)


def of(text: str) -> Term:
    return SCOPE.read(text)


def line(
    relation: str, text: str | Term, *laws: str, cites: str = "", by: str = "", parts: tuple[Part, ...] = ()
) -> Line:
    term = of(text) if isinstance(text, str) else text
    return Line(relation, term, laws, tuple(cites.split()), of(by) if by else None, parts)


def proved(
    text: str, *lines: Line, context: Context = HERE, library: dict[str, Theorem | Meaning] | None = None
) -> Theorem:
    terms, relations = SCOPE.chain(text)
    return prove(Statement(context, terms, relations, POINT_SHOWN), lines, library or {})


def by_meaning(text: str, last: str, body: Term, *parameters: str, **more: Term) -> Callable[[], object]:
    names = {
        "f": Definition(parameters or ("x",), body),
        **{name: Definition(("x",), other) for name, other in more.items()},
    }
    context = replace(HERE, families={}, names=names)
    return lambda: proved(text, line("=", last, cites="m"), context=context, library={"m": Meaning("f")})


def part(first: str, *lines: Line) -> Part:
    return Part(of(first), lines)


SLOPE = "d(p*(1 - p), p)"
FLAT = line("=", "1 - 2*p", "derivative-product", "derivative-linear")


def place(relation: str) -> Callable[[], object]:
    parts = (part(SLOPE, FLAT, line(">", "0", "sign")), part(SLOPE, FLAT, line("<", "0", "sign")))
    return lambda: proved(
        f"argmax(p*(1 - p), p, 0, 1) {relation} 1/2",
        line(relation.replace("~", "≈"), "1/2", "rises-falls", parts=parts),
    )


def solved(body: str, roots: str, *steps: tuple[str, str, str]) -> Callable[[], object]:
    lines = tuple(
        Line("<=>", ("eq", of(left), of(right)), ("multiply",), by=of(factor)) for left, right, factor in steps
    )
    text = f"roots({body}, p, -1, 1)"
    law = "solve" if steps[-1][0] == "p" else "zero-product"
    return lambda: proved(
        f"{text} = {roots}", line("=", roots, law, parts=(Part(("eq", of(body), ZERO), lines),)), context=Context()
    )


def with_other_meaning(
    spoken: Context, text: str, laws: tuple[Line, ...], then: str, last: str, ours: Context
) -> Callable[[], object]:
    def claim() -> object:
        known = prove(Statement(spoken, *SCOPE.chain(text), {"p": Fraction(1, 4)}), laws, {"m": Meaning("f")})
        terms, relations = SCOPE.chain(then)
        return prove(
            Statement(ours, terms, relations, {"p": Fraction(1, 6)}),
            (line(relations[0], last, cites="a"),),
            {"a": known},
        )

    return claim


def meaning_of(body: str, **more: Any) -> Context:
    return replace(Context({"p": UNIT}, {}, {"f": Definition(("x",), of(body))}), **more)


QUARTER = (Hypothesis(of("p"), "=", of("f(1)")),)
BELOW = {"p": Range(ZERO, ("app", "f", ONE))}
MIDDLE = ("1 < 3 > 2", line("<", "3", "sign"), line(">", "2", "sign"))


def from_middle(text: str, relation: str, last: str) -> Callable[[], object]:
    return lambda: proved(text, line(relation, last, cites="a"), library={"a": proved(*MIDDLE)})


def forged() -> object:
    theorem = proved("x = x + 0", line("=", "x + 0", *COLLECT))
    return proved(
        "1 = 2",
        line("=", "2", cites="a"),
        library={"a": replace(theorem, statement=Statement(HERE, (ONE, num(2)), ("=",)))},
    )


def at_a_half() -> object:
    """a(1/2) = 0, and a(j + 1) = a(j): nothing about a(1)."""
    first, a = ("/", ONE, num(2)), lambda at: ("app", "f", at)
    every = (("j", NATURAL),)
    premises = (Hypothesis(a(("+", sym("j"), ONE)), "=", a(sym("j")), every), Hypothesis(a(first), "=", ZERO))
    context = Context({"n": Range(first, None, True, whole=True)}, {"f": REAL}, {}, premises)
    parts = tuple(Part(a(at), (line("=", "0", "hypothesis"),)) for at in (first, ("+", sym("n"), ONE)))
    return prove(
        Statement(context, (a(sym("n")), ZERO), ("=",), {"n": 1, "f": 0}),
        (line("=", "0", "induction", by="n", parts=parts),),
        {},
    )


EQUATION: Term = ("eq", ZERO, ONE)
HAND_MADE: dict[str, Callable[[], object]] = {
    "an equation as a number": lambda: prove(Statement(HERE, (EQUATION, EQUATION), ("=",), POINT_SHOWN), (Line("=", EQUATION, COLLECT),), {}),
    "one law twice": lambda: proved("log(p*p) = log(p) + log(p)", line("=", "log(p) + log(p)", "log-product", "log-product")),
    "an equation as the value of a name": by_meaning("f(1) = f(1)", "f(1)", EQUATION),
    "induction from a half": at_a_half,
    "a convention of one's own": lambda: proved("x = x + 0", line("=", "x + 0", *COLLECT), context=replace(HERE, conventions=frozenset({"x = 0"}))),
    "a square above 1 from 1 on": lambda: proved("n**2 > 1", line(">", "1", "cases", by="(n, 2)", parts=(part("n**2", line(">", "1", "sign")), part("1**2", line(">", "1", "sign"))))),
    "largest with a flat slope": lambda: proved("argmax(0*p, p, 0, 1) = 1", line("=", "1", "rises", parts=(part("d(0*p, p)", line("=", "0", "derivative-linear"), line(">=", "0", "sign")),))),
    "no roots of a square": lambda: proved("roots(p**2, p, -1, 1) = {}", line("=", "{}", "never-zero", parts=(part("p**2", line(">=", "0", "sign")),)), context=Context()),
    "a parabola without its other root": solved("p*p - 1/4", "{1/2}", ("p - 1/2", "0", "1/(p + 1/2)")),
    "the largest on a half-line, before and after the same": lambda: proved(
        "argmax(-(x - 1)**2, x, 0, oo) = 2", line("=", "2", "rises-falls", parts=(part("d(-(x - 1)**2, x)", line(">", "0", "sign")),) * 2),
    ),
    "induction that begins with what it supposes": lambda: proved(
        "f(n) = 0", line("=", "0", "induction", by="n", parts=(part("f(1)", line("=", "0", "hypothesis")), part("f(n + 1)", line("=", "0", "hypothesis")))),
    ),
    "below and above make about": from_middle("1 ~ 2", "≈", "2"),
    "below and above make above": from_middle("1 > 2", ">", "2"),
    "below and above make equal": from_middle("1 = 2", "=", "2"),
    "rounded is equal": lambda: proved("log(2) = 0.7", line("≈", "0.7", "rounding")),
    "rounded is below": lambda: proved("log(2) < 0.7", line("≈", "0.7", "rounding")),
    "a sum of what is rounded": lambda: proved("log(2)/4 + log(2)/4 ~ 0.4", line("≈", "0.2 + 0.2", "rounding"), line("=", "0.4", *COLLECT)),
    "rounded the wrong way": lambda: proved("-log(2) ~ -0.6", line("≈", "-0.6", "rounding")),
    "at most is less": lambda: proved("m < m", line("=", "m", *COLLECT), line("<=", "m", "sign")),
    "an unknown relation": lambda: prove(Statement(HERE, (ONE, num(2)), ("≠",), POINT_SHOWN), (line("≠", "2", *COLLECT),), {}),
    "asked for in the middle": lambda: prove(Statement(HERE, (ONE, ZERO, ONE), ("=!", "="), POINT_SHOWN), (line("=", "1", *COLLECT),), {}),
    "nothing claimed": lambda: prove(Statement(HERE, (ONE, ZERO), ("=!",), POINT_SHOWN), (line("=", "1", *COLLECT),), {}),
    "no lines": lambda: proved("x = x"),
    "a line too many": lambda: proved("x = x", line("=", "x", *COLLECT), line("=", "x + 0", *COLLECT)),
    "a theorem rewritten": forged,
    "a theorem of one's own": lambda: proved("1 = 2", line("=", "2", cites="a"), library={"a": Theorem(Statement(HERE, (ONE, num(2)), ("=",)))}),
    "a meaning in a circle": by_meaning("f(1) = f(1) + 1", "f(1) + 1", of("f(x) + 1")),
    "meanings in a circle": by_meaning("f(1) = g(1)", "g(1)", of("g(x)"), g=of("f(x)")),
    "a meaning that speaks of a letter": by_meaning("sum(f(1), n, 1, 3) = sum(n, n, 1, 3)", "sum(n, n, 1, 3)", of("n*x")),
    "a meaning with too few arguments": by_meaning("f(1) = 1", "1", of("x"), "x", "y"),
    "a meaning of ?": lambda: proved("1 = 1", line("=", "1", *COLLECT), context=replace(HERE, names={"?": Definition(("x",), num(5))})),
    "a table without entries": by_meaning("f(1) = 1", "1", ("table", 0)),
    "a table beyond its entries": by_meaning("f(7) = 1", "1", ("table", 0, ONE, ONE)),
    "a table at what is not known": by_meaning("f(n) = 1", "1", ("table", 0, ONE, ONE)),
    "a name and a family": lambda: proved("1 = 1", line("=", "1", *COLLECT), context=replace(HERE, names={"f": Definition(("x",), num(5))})),
    "a family that is bound": lambda: prove(
        Statement(replace(HERE, families={"f": REAL, "g": REAL}), *(
            (("sum", "f", of("f(3)"), ONE, num(2)), ("sum", "g", of("g(3)"), ONE, num(2))), ("=",), POINT_SHOWN,
        )), (line("=", ("sum", "g", of("g(3)"), ONE, num(2)), *COLLECT),), {},
    ),
    "a letter of the kernel's own": lambda: prove(
        Statement(Context({"#1": REAL}), (("sum", "i", ("*", sym("i"), sym("#1")), ONE, num(3)), of("sum(i*i, i, 1, 3)")), ("=",), {"#1": 1}),
        (line("=", "sum(i*i, i, 1, 3)", *COLLECT),), {},
    ),
    "a premise with another meaning": with_other_meaning(
        meaning_of("x/4", hypotheses=QUARTER), "2*p = 1/2", (line("=", "2*f(1)", "hypothesis"), line("=", "1/2", cites="m")), "2*p = 1/2", "1/2", meaning_of("x/6", hypotheses=QUARTER),
    ),
    "a range with another meaning": with_other_meaning(meaning_of("x/2", quantities=BELOW), "p < 1/2", (line("<", "1/2", "sign"),), "3/4 < 1/2", "1/2", meaning_of("x")),
    "a family with another range": lambda: proved(
        "f(1) > 0", line(">", "0", cites="a"), library={"a": proved("f(1) > 0", line(">", "0", "sign"), context=replace(HERE, families={"f": POSITIVE}))},
    ),
    "a convention that is not stated": lambda: proved(
        "p**0 = 1", line("=", "1", cites="a"), context=replace(HERE, quantities={"p": CLOSED_UNIT}), library={"a": proved(
            "p**0 = 1", line("=", "1", *COLLECT), context=replace(HERE, quantities={"p": CLOSED_UNIT}, conventions=frozenset({"0^0 = 1"})),
        )},
    ),
    **{f"a place that is {relation}": place(relation) for relation in ("<", ">", "<=", ">=", "~")},
    "no root that is below": lambda: proved("roots(p + 1, p, 0, 1) < {}", line("<", "{}", "never-zero", parts=(part("p + 1", line(">", "0", "sign")),))),
    "division by the unknown": solved("p*(1 - 2*p)", "{1/2}", ("1 - 2*p", "0", "1/p"), ("p", "1/2", "-1/2")),
    "multiplication with what may be 0": solved("2 + p", "{0}", ("p*(2 + p)", "0", "p")),
    "a root outside": solved("(p - 1/2)*(p - 2)*(p + 1)", "{1/2, -1}", ("(2*p - 1)*(p - 2)*(p + 1)", "0", "2")),
    "cases with a gap": lambda: proved("(n - 2)*(n - 2) > 0", line(">", "0", "cases", by="(n, 5/2)", parts=(part("(n - 2)*(n - 2)", line(">", "0", "sign")),) * 2)),
    "cases of a bound letter": lambda: proved("sum(i, i, 1, 2) = 3", line("=", "3", "cases", by="i")),
    "induction without a step": lambda: proved("n = 1", line("=", "1", "induction", by="n", parts=(part("1", line("=", "1", *COLLECT)),))),
    "induction that supposes too much": lambda: proved(
        "n = 1", line("=", "1", "induction", by="n", parts=(part("1", line("=", "1", *COLLECT)), part("n + 1", line("=", "1", "hypothesis")))),
    ),
}  # fmt: skip


@pytest.mark.parametrize("attack", HAND_MADE)
def test_proof_by_hand_is_refused_with(attack: str) -> None:
    refused(HAND_MADE[attack])


@pytest.mark.parametrize(
    "tree",
    [
        (), "x", ("num", True), ("num", 0.5), ("num", -1), ("dec", 5, -1), ("sym", ("x",)), ("sym", "#1"), ("+",), ("neg", ONE, ONE), ("log", ONE, ONE),
        ("foo", ONE), ("digits", ONE, 3), ("table", 0, ONE), ("inf", "x"), ("sum", "i,j", ONE, ONE, ONE), ("fn", "i,j", ONE), ("lim", "p", ONE, ONE, "?"),
        ("argmax", "p", ONE, ZERO, ONE, "[["), ("roots", "p,q", ONE, ZERO, ONE, "()"), ("app",), ("sum", "i", ONE, ONE),
    ],
    ids=repr,
)  # fmt: skip
def test_tree_is_refused_that_is_none(tree: Term) -> None:
    refused(lambda: prove(Statement(HERE, (tree, tree), ("=",), POINT_SHOWN), (Line("=", tree, COLLECT),), {}))


def test_what_is_right_beside_all_this_is_proved() -> None:
    trial = script()
    trial.step("no-roots", solve_for(), "roots(log(p), p, 0, 1) = {}")
    trial.step("labels", by(), "+".join(f"b({at})" for at in range(1, 21)) + " >= 0")
    trial.step("nowhere", maximise(), 'argmax(p, p, 0, 1, "()") = {}')
    trial.step("half", maximise(), "argmax(p*(1 - p), p, 0, 1) = 1/2")
    trial.step("digits", by(), "log(2)/4 + log(2)/4 ~ digits(log(2)/2, 1)")
    trial.define("t", "T(s, x) = s*x", on={"s": REAL, "x": REAL})
    trial.define("total", "H(f) = sum(f(k), k, 1, 2)", distributions="f")
    trial.step("partial", by(), "H(T(x)) = 3*x")
    place("=")()
    rounded_root(solve_for)(script())
    slope_beside_a_kink(POSITIVE)(script())
