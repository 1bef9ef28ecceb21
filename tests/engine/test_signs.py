"""The kernel's signs: an end that belongs to a range is never left out, however it is reached. Each of these was once accepted."""

import pytest

from derivations.engine import CLOSED_UNIT, COUNT, Derivation, Unproved
from derivations.engine.kernel.statements import Range
from derivations.engine.rules import by


@pytest.fixture
def invented() -> Derivation:
    found = Derivation("invented", source="mle/1")
    found.quantity("k", CLOSED_UNIT)
    found.quantity("i", COUNT)
    return found


def test_an_end_that_another_range_speaks_of(invented: Derivation) -> None:
    invented.quantity("q", Range(invented.scope.read("1 - k"), None, low_in=True))
    with pytest.raises(Unproved):  # k = 1, q = 0
        invented.step("positive", by(), "q > 0")


def test_an_end_that_the_range_of_a_family_speaks_of(invented: Derivation) -> None:
    invented.family("y", Range(invented.scope.read("1 - k"), None, low_in=True), "y_{0}")
    with pytest.raises(Unproved):
        invented.step("positive", by(), "y(1) > 0")


@pytest.mark.parametrize("false", ["1 - F(1) > 0", "1 - F(i) > 0", "2 - 2*F(i) > 0"])
def test_an_end_behind_a_name(invented: Derivation, false: str) -> None:
    invented.family("y", CLOSED_UNIT, "y_{0}")
    invented.define("f", "F(i) = y(i)")
    with pytest.raises(Unproved):  # y = 1
        invented.step("below", by(), false)
