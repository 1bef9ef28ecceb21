"""The code of every equation makes in SymPy what the equation is."""

from __future__ import annotations

import re
from typing import Any

import pytest
import sympy

from derivations.catalogue.rebuild import AsSympy, worked_out
from derivations.catalogue.sympy_code import code, code_of
from derivations.engine.equation import Equation

NAMES: dict[str, Any] = {}
exec("from sympy import *", NAMES)  # as a reader would


@pytest.mark.parametrize(
    "made",
    [
        sympy.Function("f", positive=True)(sympy.Symbol("x", real=True)),
        sympy.Function("f")(sympy.Symbol("x")) + sympy.Rational(1, 3),
        sympy.Sum(sympy.log(sympy.Function("a.b", real=True)(sympy.Symbol("i", integer=True))), (sympy.Symbol("i", integer=True), 1, 10)),
        sympy.Lambda(sympy.Symbol("x"), sympy.Function("f", positive=True)(sympy.Symbol("x"))),
    ],
)  # fmt: skip
def test_what_is_supposed_is_not_forgotten(made: Any) -> None:
    assert eval(code(made), dict(NAMES)) == made
    assert eval(code(made), dict(NAMES)).is_positive == made.is_positive


def test_code_of_every_equation_makes_it_again(equations: dict[str, Equation]) -> None:
    for identifier, equation in equations.items():
        terms, relations = equation.rows[0]
        expression = AsSympy(equation.context).out(terms[worked_out(list(relations))])
        assert eval(code_of(equation), dict(NAMES)) == expression, identifier
        assert not re.search(r"\w'\d", code_of(equation)), f"{identifier}: a letter numbered otherwise each time"
    assert len(equations) > 200
