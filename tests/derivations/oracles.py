"""What a library says, against all that an equation shows."""

from __future__ import annotations

from typing import Any

import pytest
from scipy import differentiate

from tests.derivations.evaluation import digits, value, values

__all__ = ["at_last", "digits", "members", "shows", "slope"]


def shows(equation: Any, expected: Any, rel: Any = 1e-6, abs: Any = 1e-12, **at: Any) -> None:
    """Every term that is said to be equal, and is a number, is what is expected."""
    found = values(equation, **at)
    assert found == pytest.approx([expected] * len(found), rel=rel, abs=abs), f"{equation.id} at {at}"


def at_last(equation: Any, **at: Any) -> float:
    """The value of the last term of the first chain of equals: a place, a limit, a bound."""
    return values(equation, **at)[-1]


def members(equation: Any, **at: Any) -> list[float]:
    """The members of the set, or of the data, that an equation ends with."""
    listed = equation.terms[-1]
    listed = listed[1] if listed[0] == "[]" else listed
    assert listed[0] in ("set", "tuple"), f"{equation.id} ends with {listed}"
    return [float(value(each, equation.context, at)) for each in listed[1:]]


def slope(function: Any, place: float, step: float = 1e-3) -> float:
    """A derivative by SciPy's finite differences."""
    return float(differentiate.derivative(function, place, initial_step=step, tolerances={"rtol": 1e-10}).df)
