"""An equation as code that makes it in SymPy."""

from __future__ import annotations

from typing import Any

from sympy.core.function import AppliedUndef
from sympy.printing.repr import ReprPrinter

from derivations.catalogue.rebuild import AsSympy, worked_out
from derivations.engine.equation import Equation


class Code(ReprPrinter):
    """As `srepr`, which forgets what is supposed of a function: without it, what is made again would not be equal."""

    def _print_FunctionClass(self, function: Any) -> str:
        if not issubclass(function, AppliedUndef):
            return str(super()._print_FunctionClass(function))
        supposed = "".join(f", {name}={value}" for name, value in sorted(function._kwargs.items()))
        return f"Function({function.__name__!r}{supposed})"


def code(expression: Any) -> str:
    """What makes the expression again, after `from sympy import *`."""
    return str(Code().doprint(expression))


def code_of(equation: Equation) -> str:
    """What makes an equation as `derivations.load` gives it: what its left side comes out as, names put out by what they mean."""
    terms, relations = equation.rows[0]
    return code(AsSympy(equation.context).out(terms[worked_out(list(relations))]))
