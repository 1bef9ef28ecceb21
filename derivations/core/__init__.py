"""What a derivation is made of. A script imports from here and from SymPy, and from nowhere else."""

from derivations.core.derivation import Comparison, Derivation, Unproved
from derivations.core.domain import CLOSED_UNIT, COUNT, INDEX, LABEL, NAME, POSITIVE, REAL, UNIT, above, up_to
from derivations.core.enclosure import rounded
from derivations.core.equation import Equation
from derivations.core.latex import Style
from derivations.core.notation import (
    ArgMax,
    ArgMin,
    AsDecimal,
    Bracket,
    Dots,
    Named,
    Roots,
    SumOverEvents,
    Text,
    chain,
    decimal,
    equals,
    family,
    product_of,
    put,
    quotient,
    sum_of,
)

MLE_STYLE = Style()
BCE_STYLE = Style(logarithm=r"\ln", parenthesised=True)

__all__ = [
    "BCE_STYLE", "CLOSED_UNIT", "COUNT", "INDEX", "LABEL", "MLE_STYLE", "NAME", "POSITIVE", "REAL", "UNIT",
    "ArgMax", "ArgMin", "AsDecimal", "Bracket", "Comparison", "Derivation", "Dots", "Equation", "Named", "Roots", "Style", "SumOverEvents", "Text", "Unproved",
    "above", "chain", "decimal", "equals", "family", "product_of", "put", "quotient", "rounded", "sum_of", "up_to",
]  # fmt: skip
