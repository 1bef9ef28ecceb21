"""What is defined because a cited equation says what it is; and what is not."""

import pytest

from derivations.engine import UNIT, Derivation
from derivations.engine.derivation import Unproved
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
