"""What the figures to play with compute: JavaScript that SymPy prints from the catalogue, each formula with the domain on which its equation holds.

The script docs/theme/assets/play.js asks for a formula as `of("coin-general.score", {k, n, p})`; those that it names so are printed, and put before it with the words
of one language. Nothing of them is typed again, and a formula asked for outside its domain is `undefined`: what is not defined is not a number.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import sympy
from sympy.codegen.cfunctions import log1p
from sympy.printing.jscode import JavascriptCodePrinter

from derivations.catalogue.forms import as_range
from derivations.catalogue.rebuild import load, meanings_in
from derivations.engine.bridge import Bridge
from derivations.engine.kernel.statements import Context, Definition, Range

ASKED = re.compile(r"""\bof\("([\w.-]+)\"""")
Entry = dict[str, Any]


class _Printer(JavascriptCodePrinter):
    """With what JavaScript lacks, as play.js has it: sums, products, and C(n, k)."""

    def __init__(self) -> None:
        super().__init__({"user_functions": {"binomial": "choose", "log1p": "Math.log1p"}})

    def _print_Sum(self, found: Any) -> str:
        (letter, low, high) = found.limits[0]
        body, *ends = (self._print(each) for each in (found.function, low, high))
        return f"{type(found).__name__.lower()}({', '.join(ends)}, ({self._print(letter)}) => {body})"

    _print_Product = _print_Sum

    def _print_KroneckerDelta(self, found: Any) -> str:
        return f"Number({' === '.join(map(self._print, found.args))})"

    def _print_Tuple(self, found: Any) -> str:
        return f"[{', '.join(map(self._print, found))}]"

    def _print_Function(self, found: Any) -> str:
        if hasattr(found, "name") and found.name.count(".") == 1:  # a family such as z(c), which is given as a function
            return f"{found.name.partition('.')[2]}({', '.join(map(self._print, found.args))})"
        return str(super()._print_Function(found))


def formula(identifier: str, catalogue: Entry, meanings: Mapping[str, Definition] | None = None) -> str:
    """What the left side of an equation comes out as, as a function of JavaScript: of an object with its quantities and families.

    Raises:
        LookupError: no equation is called so.
    """
    loaded = load(identifier, catalogue, meanings)
    ranges = {name: as_range(said) for name, said in loaded.record["context"]["quantities"].items()}
    letters = sorted(each.name for each in loaded.expression.free_symbols)
    families = sorted({name.partition(".")[2] for name in loaded.record["context"]["families"]})
    printer = _Printer()
    inside = [
        condition for letter in letters if letter in ranges for condition in _within(letter, ranges[letter], printer)
    ]
    in_floats = loaded.expression.replace(_of_quotient, _apart)
    value = printer.doprint(in_floats.replace(_near_one, lambda found: log1p(found.args[0] - 1)))
    asked = sorted(
        {*letters, *families, *(each for each in ranges if any(re.search(rf"\b{each}\b", one) for one in inside))}
    )
    checked = f"{' && '.join(inside)} ? {value} : undefined" if inside else value
    return f"({{{', '.join(asked)}}}) => {checked}"


def _of_quotient(found: Any) -> bool:
    """Whether it is log(u/v), which overflows with the quotient, or log(1 - 1/v), which loses the digits of a large v."""
    return isinstance(found, sympy.log) and any(each.exp.is_negative for each in found.args[0].atoms(sympy.Pow))


def _apart(found: Any) -> Any:
    """log(u/v) as log(u) - log(v)."""
    return sympy.expand_log(sympy.log(sympy.together(found.args[0])))


def _near_one(found: Any) -> bool:
    """Whether it is log(1 + u), which loses u's digits where u is small."""
    return isinstance(found, sympy.log) and found.args[0].is_Add and 1 in found.args[0].args


def _within(letter: str, over: Range, printer: _Printer) -> list[str]:
    """What has to be true of a quantity."""
    said = Bridge(Context({}, {}, {}, (), frozenset()))
    ends = (("high", over.high, over.high_in, "<"), ("low", over.low, over.low_in, ">"))
    return [
        f"{letter} {sign}{'=' * included} {printer.doprint(said.out(end))}"
        for _, end, included, sign in ends
        if end is not None
    ]


def formulas(source: str, catalogue: Entry) -> dict[str, str]:
    """The formulas that a script asks for."""
    meanings = meanings_in(catalogue)
    return {each: formula(each, catalogue, meanings) for each in sorted(set(ASKED.findall(source)))}
