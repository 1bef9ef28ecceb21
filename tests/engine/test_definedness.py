"""What is defined because a cited equation says what it is; and what is not."""

import pytest

from derivations.engine import CLOSED_UNIT, POINT, POSITIVE, REAL, UNIT, Derivation, Unproved
from derivations.engine.kernel.statements import Range
from derivations.engine.kernel.terms import num
from derivations.engine.rules import by


@pytest.fixture
def invented() -> Derivation:
    found = Derivation("invented", source="mle/1")
    found.quantity("p", UNIT)
    found.define("bend", "F(p) = -d2(log(p), p)")
    found.define("none", "G(p) = -d2(3*p, p)")
    return found


def test_a_denominator_that_a_cited_equation_says_is_not_zero(invented: Derivation) -> None:
    says = invented.step("says", by(), "F(p) = 1/p**2")
    invented.step("inverse", by(says), "1/F(p) = p**2")


def test_a_denominator_that_nothing_speaks_of(invented: Derivation) -> None:
    with pytest.raises(Unproved, match="denominator"):
        invented.step("inverse", by(), "p/F(p) = p**3")


def test_a_denominator_that_a_cited_equation_says_is_zero(invented: Derivation) -> None:
    says = invented.step("says", by(), "G(p) = 0")
    with pytest.raises(Unproved):
        invented.step("one", by(says), "G(p)/G(p) = 1")


def test_the_equation_is_of_another_domain(invented: Derivation) -> None:
    from derivations.engine import POSITIVE

    says = invented.step("says", by(), "F(p) = 1/p**2")
    with pytest.raises(Unproved, match="denominator"):
        invented.step("inverse", by(says), "1/F(p) = p**2", on={"p": POSITIVE})


# ------------------------------------------------------------ 0 log 0 = 0, and one place of a maximum


@pytest.fixture
def stated() -> Derivation:
    found = Derivation("stated", source="bce/6", conventions=("0 log 0 = 0",))
    found.quantity("q", CLOSED_UNIT)
    found.quantity("p", UNIT)
    return found


@pytest.mark.parametrize("text", ["q*log(q) = log(q)*q", "q*log(q/p) = 1*q*log(q/p)", "(1 - 1)*log(0*q) = 0"])
def test_the_convention_speaks_of_a_factor_that_vanishes_too(stated: Derivation, text: str) -> None:
    stated.step("said", by(), text)


@pytest.mark.parametrize(
    "text",
    [
        "log(q) - log(q) = 0", "(1 - q)*log(q) = log(q) - q*log(q)", "q*log(q)/q = log(q)", "p*log(q) = log(q)*p", "q*log(p/q) = log(p/q)*q",
        "q*(log(q) + 1) = q + q*log(q)", "d(q*log(q), q) = d(log(q)*q, q)", "q*d(q*log(q), q) = q*log(q) + q",
    ],
)  # fmt: skip
def test_the_convention_speaks_of_nothing_else(stated: Derivation, text: str) -> None:
    with pytest.raises(Unproved):
        stated.step("said", by(), text)


def test_points_are_one_place_and_numbers_are_not() -> None:
    found = Derivation("place", source="bce/3")
    for letter in ("w", "b", "one", "other"):
        found.quantity(letter, POINT, tex=letter if len(letter) == 1 else rf"\word{{{letter}}}")
    for letter in ("x", "z"):
        found.quantity(letter, REAL)
    found.family("L", POSITIVE, "L({0},{1})", parameters="w,b")
    best = found.suppose("best", "(one, other) = argmax(L(w, b), (w, b))")
    found.step("swapped", by(), "(one, other) = argmin(-L(w, b), (w, b))", given=[best])
    with pytest.raises(Unproved):
        found.suppose("numbers", "(x, z) = argmax(x*z, (x, z))")


def test_a_quantity_with_one_value() -> None:
    found = Derivation("one-value", source="bce/6")
    found.quantity("m", Range(num(1), num(1), True, True, whole=True))
    found.quantity("k", Range(num(1), num(2), True, True, whole=True))
    found.step("both", by(), "sum(i, i, 0, m) = 1")
    with pytest.raises(Unproved):
        found.step("more", by(), "sum(i, i, 0, k) = 1")
