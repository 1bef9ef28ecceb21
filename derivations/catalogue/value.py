"""The number that a statement ends in, where it ends in one: exactly, and in decimals."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from derivations.engine.digits import Undecided, significant
from derivations.engine.equation import Equation
from derivations.engine.kernel.check import Evaluation
from derivations.engine.kernel.statements import Context, Refused
from derivations.engine.kernel.terms import Term, free, num, parts
from derivations.engine.plain import plain
from derivations.engine.tex import decimal, tex

NO_NUMBER = frozenset({"tuple", "fn", "inf", "set", "eq", "argmax", "argmin", "roots", "lim", "table"})
PLACES = 6
"""So many decimals are written out; of longer ones three figures are shown."""
FIGURES = 3


def value_of(equation: Equation) -> dict[str, Any] | None:
    """`exact` and its TeX, the decimals shown, and whether these are all of it; None for what is no single number."""
    exact, shown = ends_of(equation)
    if exact is None:
        return None
    context, style = equation.context, equation.style
    number = fraction_of(exact, context)
    term = exact if number is None else as_tree(number)
    found = {"exact": str(number) if number is not None else plain(exact, style), "exact_tex": tex(term, style)}
    if shown is not None:
        return {**found, "decimal": shown, "complete": False}
    if number is not None and (written := written_out(number)):
        return {**found, "decimal": written, "complete": True}
    try:
        return {**found, "decimal": significant(exact, context, FIGURES), "complete": False}
    except (Undecided, ArithmeticError, ValueError):
        return None


def ends_of(equation: Equation) -> tuple[Term | None, str | None]:
    """The last number before ≈ or an inequality, and the decimal after ≈."""
    exact: Term | None = None
    shown, rounded = None, False
    numbers = {letter for letter, over in equation.context.quantities.items() if not over.point}
    if len(equation.rows) > 1 or (equation.verdict == "definition" and free(equation.terms[0]) & numbers):
        return None, None
    for term, relation in zip(equation.terms[1:], equation.relations, strict=True):
        rounded = rounded or relation == "≈"
        if rounded and relation in ("≈", "="):
            shown = digits_of(term) or shown
        elif relation != "=":
            break
        else:
            exact = term[1] if term[0] == "set" and len(term) == 2 else term
    if exact is None and shown is not None:
        exact = equation.terms[0]
    if exact is not None and shown is not None and exact[0] == "roots" and not free(exact):
        return exact, shown  # the one root of an equation
    return (exact, shown) if exact is not None and is_number(exact, equation.context) else (None, None)


def is_number(term: Term, context: Context) -> bool:
    """Whether a term is made of numbers alone."""
    if term[0] in NO_NUMBER or term[0] == "app" and term[1] not in context.names:
        return False
    names = term[0] == "app" and len(term) > 2
    return not free(term) and not names and all(is_number(part, context) for part in parts(term))


def fraction_of(term: Term, context: Context) -> Fraction | None:
    """The exact value of a rational number."""
    try:
        return Evaluation(context, {}).number(term)
    except (Refused, ArithmeticError):
        return None


def as_tree(number: Fraction) -> Term:
    """A fraction as a tree."""
    size = abs(number)
    found = num(size.numerator) if size.denominator == 1 else ("/", num(size.numerator), num(size.denominator))
    return ("neg", found) if number < 0 else found


def written_out(number: Fraction) -> str:
    """All decimals, if there are few; else nothing."""
    for places in range(PLACES + 1):
        units = number * 10**places
        if units.denominator == 1:
            return ("-" if units < 0 else "") + decimal(abs(int(units)), places)
    return ""


def digits_of(term: Term) -> str | None:
    """A decimal as printed."""
    if term[0] == "dec":
        return decimal(term[1], term[2])
    inner = digits_of(term[1]) if term[0] in ("neg", "[]") or (term[0] == "set" and len(term) == 2) else None
    return None if inner is None else f"-{inner}" if term[0] == "neg" else inner
