"""Quantities on a half-line and the counting numbers: the rate of n waiting times with the sum s, from its likelihood to the one maximum n/s, and what is printed of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from derivations.catalogue.evidence import evidence_of
from derivations.catalogue.reading import read_back
from derivations.catalogue.record import record
from derivations.catalogue.scripts import meanings_of
from derivations.engine import COUNT, NOT_NEGATIVE, POSITIVE, Derivation, Unproved
from derivations.engine.rules import by, differentiate, maximise, solve_for, take_logarithm, the_root
from derivations.engine.witness import Places
from derivations.words import Words, read_all


def waiting(low_in: bool = False) -> Derivation:
    found = Derivation("waiting", source="mle/1", conventions=("0^0 = 1",))
    r, _ = found.quantity("r", POSITIVE), found.quantity("n", COUNT)
    found.family("t", POSITIVE, "t_{{{0}}}")
    found.define("total", "s = sum(t(i), i, 1, n)")
    over, ends = {"r": NOT_NEGATIVE if low_in else POSITIVE}, "[)" if low_in else "()"
    likelihood = found.define("likelihood", "L(r) = prod(r*exp(-r*t(i)), i, 1, n)", on=over)
    logarithm = found.step("log-likelihood", take_logarithm(likelihood), "log(L(r)) = n*log(r) - r*s")
    score = found.step("score", differentiate(logarithm, r), "d(log(L(r)), r) = n/r - s =! 0")
    root = found.step("score-root", solve_for(score), "roots(d(log(L(r)), r), r, 0, oo) = {n/s}")
    found.step("mle", the_root(root), "r = n/s", where=["d(log(L(r)), r) = 0"])
    second = found.step("second-derivative", differentiate(score, r), "d2(log(L(r)), r) = -n/r**2")
    found.step("concave", by(second), "d2(log(L(r)), r) < 0")
    found.step("curvature", by(second), "d2(log(L(r)), r, n/s) = -s**2/n", through=["= -n/(n/s)**2"])
    found.step("maximum", maximise(score), f'argmax(L(r), r, 0, oo, "{ends}") = n/s')
    return found


@pytest.mark.parametrize("low_in", [False, True], ids=["open", "closed"])
def test_the_rate_is_found_and_everything_that_tries_it_agrees(low_in: bool) -> None:
    found, places = waiting(low_in), Places()
    for equation in found.equations.values():
        if equation.theorem is not None:
            evidence = evidence_of(equation, found, places)
            assert evidence["points"] == evidence["decisive"] > 0
            assert evidence["lines"] == evidence["claimed"] > 0
            assert evidence["variants"]["by_kernel"] == evidence["variants"]["wrong"] > 0
    assert found.equations["waiting.maximum"].lines[-1].laws == ("rises-falls",)


def test_the_ranges_are_printed_and_the_tex_says_what_was_proved_in_both_languages() -> None:
    found = waiting()
    languages = {
        language: Words(language, {**words.tables, "titles": dict.fromkeys(found.equations, "…")}, words.file)
        for language, words in read_all().items()
    }
    for equation in found.equations.values():
        made = record(equation, meanings_of({"waiting": found}), "", languages)
        assert read_back(equation, made, languages) >= len(languages)
    ranges = {each["of"]: each for each in made["ranges"]}
    for language in languages:
        assert ranges["n"]["tex"][language] == r"n \in \{1, 2, 3, \dots\}"
        assert ranges["waiting.t"]["plain"][language] == "t(i) > 0"
        assert made["tex"][language] == r"\underset{r\in(0,\infty)}{\arg \max} L(r) = \frac{n}{s}"
    equation = found.equations["waiting.mle"]
    assert record(equation, meanings_of({"waiting": found}), "", languages)["ranges"][0]["plain"]["en"] == "r > 0"


FALSE = {
    "another place": ("argmax(L(r), r, 0, oo) = s/n",),
    "a place that is outside": ("argmax(L(r), r, n/s, oo) = n/(2*s)",),
    "the least": ("argmin(L(r), r, 0, oo) = n/s",),
    "no end on the right": ('argmax(L(r), r, 0, n/s, "[)") = n/s',),
    "on the closed half-line too": ('argmax(1/r**n*exp(-r*s), r, 0, oo, "[)") = 0',),
    "an end that does not belong": ('argmax(exp(-r*s), r, 0, oo, "()") = 0',),
    "nowhere, where it is at the end": ('argmax(exp(-r*s), r, 0, oo, "[)") = {}',),
    "at infinity": ("argmax(r*s, r, 0, oo) = oo",),
}


@pytest.mark.parametrize("claim", FALSE)
def test_it_is_refused_that_the_maximum_is(claim: str) -> None:
    trial = Derivation("trial", source="mle/1")
    for letter, over in {"r": POSITIVE, "s": POSITIVE, "n": COUNT}.items():
        trial.quantity(letter, over)
    trial.define("likelihood", "L(r) = r**n*exp(-r*s)", on={"r": NOT_NEGATIVE})
    with pytest.raises(Unproved):
        trial.step("claim", maximise(), *FALSE[claim])


def test_the_maximum_on_the_closed_half_line_may_be_its_end() -> None:
    trial = Derivation("trial", source="mle/1")
    for letter, over in {"s": POSITIVE, "x": NOT_NEGATIVE, "n": COUNT}.items():
        trial.quantity(letter, over)
    trial.step("end", maximise(), 'argmax(exp(-x*s), x, 0, oo, "[)") = 0')
    trial.step("none", maximise(), 'argmax(exp(-x*s), x, 0, oo, "()") = {}')
    trial.step("zero", by(), "0**n = 0")
    trial.step("not-negative", by(), "x**n*exp(-x*s) >= 0")
    with pytest.raises(Unproved):
        trial.step("positive", by(), "x**n*exp(-x*s) > 0")
    with pytest.raises(Unproved):
        trial.step("no-count", by(), "0**n = 0", on={"n": replace(COUNT, low=("num", 0))})
