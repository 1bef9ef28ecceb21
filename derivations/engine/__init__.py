"""The engine: quantities, names, statements and their parser; laws and the kernel that checks them; rules by which SymPy finds; writing, reading back, and the witness.

It knows no language and no web.
"""

from derivations.engine.derivation import (
    CLOSED_UNIT,
    COUNT,
    LABEL,
    NATURAL,
    NOT_NEGATIVE,
    POINT,
    POSITIVE,
    REAL,
    UNIT,
    Derivation,
    Equation,
    Unproved,
    whole_from,
)

__all__ = [
    "CLOSED_UNIT",
    "COUNT",
    "LABEL",
    "NATURAL",
    "NOT_NEGATIVE",
    "POINT",
    "POSITIVE",
    "REAL",
    "UNIT",
    "Derivation",
    "Equation",
    "Unproved",
    "whole_from",
]
