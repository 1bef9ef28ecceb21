"""What is false, undefined or unbound is refused, through the interface that a contributor has. Each kind is one that an earlier engine let pass, or that was tried on this one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from derivations.engine import CLOSED_UNIT, COUNT, LABEL, NATURAL, POINT, POSITIVE, REAL, UNIT, Derivation, Unproved
from derivations.engine.kernel.statements import Range
from derivations.engine.rules import by, cases, induction, maximise, solve_for, the_root


def fresh(**ranges: Range) -> Derivation:
    made = Derivation("trial", source="mle/1", conventions=("0^0 = 1", "0 log 0 = 0"))
    for letter, over in ranges.items():
        made.quantity(letter, over)
    return made


def refused(claim: Callable[[], object], *words: str) -> None:
    with pytest.raises(Unproved) as told:
        claim()
    message = str(told.value)
    assert "test_falsehoods.py:" in message, message
    for word in words:
        assert word in message, message


FALSE = {
    "wrong sign": ({"p": UNIT}, "d(log(p) + log(1 - p), p) = 1/p + 1/(1 - p)"),
    "wrong coefficient": ({"p": UNIT}, "d(p**8, p) = 7*p**7"),
    "wrong exponent": ({"p": UNIT}, "d(p**8, p) = 8*p**8"),
    "wrong bound": ({"p": UNIT}, "p*(1 - p) < 1/8"),
    "turned relation": ({"p": UNIT}, "p*(1 - p) < 0"),
    "closed end forgotten": ({"p": CLOSED_UNIT}, "p > 0"),
    "other closed end forgotten": ({"p": CLOSED_UNIT}, "1 - p > 0"),
    "square of a sum": ({"x": REAL, "y": REAL}, "(x + y)**2 = x**2 + y**2"),
    "root of a square": ({"x": REAL}, "sqrt(x**2) = x"),
    "log of a sum": ({"x": POSITIVE, "y": POSITIVE}, "log(x + y) = log(x) + log(y)"),
    "log of a negative product": ({"x": REAL}, "log(x*x) = log(x) + log(x)"),
    "power of a power": ({"x": REAL}, "exp(x)**2 = exp(x**2)"),
    "sum off by one": ({"n": COUNT}, "sum(1, i, 1, n) = n - 1"),
    "sum to itself": ({"n": COUNT}, "sum(i, i, 1, n) = n*n"),
    "empty sum that is none": ({"n": NATURAL}, "sum(1, i, 2, n) = n - 1"),
    "limit from the wrong side": ({"q": UNIT}, 'lim(log(q), q, 0, "+") = 0'),
    "limit at infinity": ({"z": REAL}, "lim(exp(-z), z, oo) = 1"),
    "infinity taken away": ({"q": UNIT}, 'lim(log(q), q, 0, "+") - lim(log(q), q, 0, "+") = 0'),
    "digits": ({"p": UNIT}, "log(2) = 0.693"),
    "whole number as real": ({"n": COUNT}, "d(n, n) = 1"),
    "slope of an absolute value": ({"x": REAL}, "d(abs(x), x) - d(abs(x), x) = 0"),
    "maximum without existence": ({"p": UNIT}, 'argmax(p, p, 0, 1, "()") = 1'),
    "maximum as a number": ({"p": UNIT}, 'argmax(p, p, 0, 1, "()") - argmax(p, p, 0, 1, "()") = 0'),
    "minimum for maximum": ({"p": UNIT}, "argmax(p**2, p, 0, 1) = 0"),
    "root outside": ({"p": UNIT}, "roots(p - 2, p, 0, 1) = {2}"),
    "root missing": ({"p": UNIT}, "roots(p*(1 - 2*p)*(1 - 3*p), p, 0, 1) = {1/2}"),
    "root invented": ({"p": UNIT}, "roots(1 - 2*p, p, 0, 1) = {1/2, 1/3}"),
    "indicator": ({"c": COUNT}, "indicator(c, 1) = 1"),
    "binomial": ({"n": COUNT}, "binomial(n, 1) = 1"),
}


@pytest.mark.parametrize("kind", FALSE)
def test_false_statement_is_refused(kind: str) -> None:
    ranges, text = FALSE[kind]
    trial = fresh(**ranges)
    for rule in (by(), maximise(), solve_for(), *(cases(("sym", letter), ("num", 1)) for letter in ranges)):
        refused(partial(trial.step, "claim", rule, text))


UNDEFINED = {
    "pole that cancels": ({"p": UNIT}, "(p**2 - 1/4)/(p - 1/2) = p + 1/2"),
    "logarithm that cancels": ({"z": CLOSED_UNIT}, "exp(log(z)) = z"),
    "z/z": ({"z": REAL}, "z/z = 1"),
    "zero times a pole": ({"z": REAL}, "0*(1/z) = 0"),
    "power of what may be negative": ({"x": REAL, "y": REAL}, "x**y - x**y = 0"),
    "0^0": ({"p": CLOSED_UNIT, "y": REAL}, "p**y = p**y*1"),
    "one over a power of zero": ({"p": CLOSED_UNIT, "n": COUNT}, "p**n/p**n = 1"),
    "logarithm of a product of negatives": ({"x": REAL}, "log((-1 - x**2)*(-1 - x**2)) = 2*log(-1 - x**2)"),
    "sum that ends before it begins": ({"c": COUNT}, "sum(c, i, 1, -5) = -5*c"),
    "sum to a fraction": ({"c": COUNT}, "sum(1, i, 1, c/2) = c/2"),
    "slope beyond the range": ({"p": UNIT}, "d(p**2, p, 2) = 4"),
    "binomial outside": ({"k": COUNT, "n": COUNT}, "binomial(n, k) - binomial(n, k) = 0"),
}


@pytest.mark.parametrize("kind", UNDEFINED)
def test_undefined_statement_is_refused(kind: str) -> None:
    ranges, text = UNDEFINED[kind]
    refused(lambda: fresh(**ranges).step("claim", by(), text))


def test_convention_is_needed_and_stated() -> None:
    silent = Derivation("trial", source="mle/1")
    silent.quantity("p", CLOSED_UNIT)
    refused(lambda: silent.step("claim", by(), "p*log(p) - p*log(p) = 0"), "may not be positive")
    stated = fresh(p=CLOSED_UNIT).step("claim", by(), "p*log(p) - p*log(p) = 0")
    assert "0 log 0 = 0" in stated.context.conventions


def test_name_is_bound_once() -> None:
    trial = fresh(p=UNIT)
    trial.define("first", "F(p) = p**2")
    refused(lambda: trial.define("second", "F(p) = 2*p"), "F has a meaning already", "trial.first")
    refused(lambda: trial.step("third", by(), "F(p) = 2*p"))


def test_definition_does_not_capture() -> None:
    trial = fresh(a=REAL, n=COUNT)
    trial.family("y", REAL, "y_{0}")
    total = trial.define("total", "F(a) = sum(a*y(i), i, 1, n)")
    refused(lambda: trial.step("captured", by(total), "sum(F(i), i, 1, 2) = sum(sum(i*y(i), i, 1, n), i, 1, 2)"))
    trial.step("kept", by(total), "sum(F(i), i, 1, 2) = sum(sum(i*y(j), j, 1, n), i, 1, 2)")


def test_definition_speaks_of_nothing_undeclared() -> None:
    trial = fresh(p=UNIT)
    refused(lambda: trial.define("stray", "F(p) = p + r"), "r has no meaning here")
    refused(lambda: trial.define("own", "G(p) = G(p) + 1"), "G has no meaning here")
    refused(lambda: trial.define("chain", "L(p) = p**2 = p"))
    refused(lambda: trial.define("pole", "H(p) = 1/(p - 1/2)"), "may be 0")


def test_premise_is_not_carried_under_a_binder() -> None:
    trial = fresh(p=UNIT)
    refused(lambda: trial.step("slope", by(), "d(p**2, p) = d(p/2, p)", where=["p = 1/2"]))
    refused(lambda: trial.step("place", maximise(), "argmax(p**2, p, 0, 1) = 1/2", where=["p = 1/2"]))


def test_contradictory_premise_is_refused() -> None:
    trial = fresh(p=UNIT, n=COUNT)
    refused(lambda: trial.step("absurd", by(), "p = 2*p", where=["0 = 1"]))
    refused(lambda: trial.step("outside", by(), "p = 2", where=["p = 2"]))
    refused(lambda: trial.step("seventh", by(), "1 = 0", where=["indicator(n, 7) = 0"], every={"n": COUNT}))
    trial.family("y", LABEL, "y_{0}")
    refused(lambda: trial.step("labels", by(), "y(4) = 4", where=["y(n) = n"], every={"n": COUNT}))


def test_empty_range_is_refused() -> None:
    trial = fresh(q=Range(("num", 1), ("num", 0)))
    refused(lambda: trial.step("vacuous", by(), "q = q + 1"))
    trial.family("y", Range(("num", 1), ("num", 0)), "y_{0}")
    refused(lambda: trial.step("vacuous-family", by(), "y(1) > 1"))


def test_only_zero_can_be_asked_for() -> None:
    trial = fresh(p=UNIT)
    refused(lambda: trial.step("asked", by(), "d(p**2, p) = 2*p =! 7"), "only 0")
    refused(lambda: trial.step("nothing", by(), "d(p**2, p) =! 0"))


def test_point_of_a_space_is_no_number() -> None:
    trial = fresh(theta=POINT)
    refused(lambda: trial.step("sum", by(), "theta + theta = 2*theta"))


def test_cited_equation_is_asked_for_its_range() -> None:
    trial = fresh(p=UNIT, x=REAL)
    trial.define("square", "F(x) = x**2", on={"x": REAL})
    inside = trial.step("inside", by(), "F(p) < 1")
    refused(lambda: trial.step("outside", by(inside), "F(x) < 1"))
    trial.define("product", "G(x) = x*(1 - x)", on={"x": REAL})
    positive = trial.step("positive", by(), "G(p) > 0")
    refused(lambda: trial.step("everywhere", by(positive), "G(2*p) > 0"))


def test_cited_equation_is_asked_for_its_premises() -> None:
    trial = fresh(n=COUNT)
    trial.family("y", LABEL, "y_{0}", parameters="n")
    trial.define("double", "F(n) = 2*y(n)")
    given = trial.suppose("labels", "y(n) = 1")
    two = trial.step("two", by(), "F(n) = 2", given=[given])
    refused(lambda: trial.step("always", by(two), "F(n) = 2"))
    refused(lambda: trial.step("another", by(two), "F(n + 1) = 2", given=[given]))
    refused(lambda: trial.step("summed", by(two), "sum(F(j), j, 1, 3) = 6", given=[given]))


def test_root_is_of_the_equation_that_is_supposed() -> None:
    trial = fresh(p=UNIT)
    root = trial.step("root", solve_for(), "roots(1 - 2*p, p, 0, 1) = {1/2}")
    refused(lambda: trial.step("any", the_root(root), "p = 1/2"))
    refused(lambda: trial.step("other", the_root(root), "p = 1/2", where=["1 - 3*p = 0"], point={"p": "1/3"}))
    trial.step("this", the_root(root), "p = 1/2", where=["1 - 2*p = 0"])


def test_induction_does_not_lean_on_its_own_letter() -> None:
    trial = fresh(N=COUNT)
    refused(lambda: trial.step("claim", induction(("sym", "N")), "sum(i, i, 1, N) = N"))
    trial.quantity("k", Range(("num", 1), ("sym", "N"), True, True, whole=True))
    refused(lambda: trial.step("ranges", induction(("sym", "N")), "k*indicator(k, k) = k*N/N"))


def test_identifier_and_titles_have_their_form() -> None:
    trial = fresh(p=UNIT)
    for name in ("Log_Max", "two--hyphens", "", "é"):
        refused(partial(trial.step, name, by(), "p = 1*p"), "identifier")
    trial.step("once", by(), "p = 1*p")
    refused(lambda: trial.step("once", by(), "p = p*1"), "twice")


@pytest.mark.parametrize("text", ["p = = p", "p +", "__import__('os') = p", "p.real = p", "p = p if p else p", "p = lambda: p", "p", "p = 2 = ", "p[0] = p", "p = 'p'", "p = 1_0x", "sum(p) = p", "p = q"])  # fmt: skip
def test_text_that_is_no_statement_is_refused_in_words(text: str) -> None:
    refused(lambda: fresh(p=UNIT).step("claim", by(), text))


def test_unknown_law_is_refused_by_name() -> None:
    trial = fresh(p=UNIT)
    refused(lambda: trial.step("claim", by(), "p = 1*p", through=["= p*1 | abracadabra"]), "abracadabra")
    refused(lambda: trial.step("idle", by(), "p = 1*p", through=["= p*1 | log-product"]), "not needed")
