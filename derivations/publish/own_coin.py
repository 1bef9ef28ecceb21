"""The coin's derivation on a reader's own counts: the general proofs, with the counts put in, and the digits enclosed."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from flint import arb, ctx

from derivations.catalogue.record import reason
from derivations.catalogue.scripts import run_script
from derivations.catalogue.value import FIGURES, PLACES, written_out
from derivations.engine import Equation
from derivations.engine.digits import RISING
from derivations.engine.kernel.terms import Term, num, put, rebuilt
from derivations.engine.plain import chain_plain
from derivations.engine.tex import decimal
from derivations.words import Words

LARGEST = 10**9


class BadCount(ValueError):
    """A count that no coin can show; the message says what was given, what is allowed and what to do."""


def whole_counts(heads: str, tails: str) -> tuple[int, int]:
    """Two numbers of tosses as they were typed.

    Raises:
        BadCount: one is no whole number from 0 to 10^9, or there is no toss at all.
    """
    counts = _whole_count(heads, "heads"), _whole_count(tails, "tails")
    if counts == (0, 0):
        raise BadCount(
            "--heads 0 --tails 0 is no toss at all, and every p explains nothing equally well; give at least one toss"
        )
    return counts


def _whole_count(given: str, which: str) -> int:
    allowed = f"allowed is a whole number from 0 to {LARGEST}, for instance --{which} 8"
    typed = unicodedata.normalize("NFKC", given).strip().removeprefix("+")  # a Chinese keyboard's ８ is 8
    if re.fullmatch(r"[0-9]+", typed):
        digits = typed.lstrip("0") or "0"
        if len(digits) > len(str(LARGEST)) or int(digits) > LARGEST:
            raise BadCount(f"--{which} {given} is out of range; {allowed}")
        return int(digits)
    if re.fullmatch(r"[0-9]{1,3}([_,.' \u2019][0-9]{3})+", typed):
        plain = re.sub(r"[^0-9]", "", typed)
        raise BadCount(f"--{which} {given!r}: write it without separators, --{which} {plain}; {allowed}")
    raise BadCount(f"--{which} {given!r} is not a whole number; {allowed}")


def derive(heads: int, tails: int, words: Words) -> str:
    """Likelihood, log-likelihood, score, estimate, the proof that it is the maximum, and what the data say about it.

    Args:
        heads, tails: at least 0, and not both 0.
    """
    lines = _inside(heads, tails, words) if heads and tails else _at_an_end(heads + tails, heads > 0, words)
    return "\n".join(lines)


def _inside(heads: int, tails: int, words: Words) -> list[str]:
    general = run_script("coin_general")
    tosses = heads + tails
    steps = (
        general.likelihood,
        general.log_likelihood,
        general.score,
        general.score_root,
        general.mle,
        general.maximum,
    )
    lines = [line for step in steps for line in _step(step, {"k": heads, "n": tosses}, words)]
    share, information = Fraction(heads, tosses), Fraction(tosses**3, heads * tails)

    def log_likelihood() -> Any:
        ways = arb(tosses + 1).lgamma() - arb(heads + 1).lgamma() - arb(tails + 1).lgamma()
        return ways + heads * _arb(share).log() + tails * _arb(1 - share).log()

    said = {
        "estimate": f"p = {heads}/{tosses}{_decimals(share, beside=1 - share)}",
        "log-likelihood-there": f"≈ {enclosed(log_likelihood, 3)}",
        "information-there": f"{information}{_decimals(information)}",
        "standard-error": _root(1 / information),
    }
    return [*lines, *(f"{words.of('terminal', key)}{words['colon']}{each}" for key, each in said.items())]


def _at_an_end(tosses: int, all_heads: bool, words: Words) -> list[str]:
    boundary = run_script("coin_boundary")
    which = "all_heads" if all_heads else "no_heads"
    steps = [
        getattr(boundary, name)
        for name in (which, *(f"{which}_{each}" for each in ("log", "score", "roots", "maximum")))
    ]
    lines = [line for step in steps for line in _step(step, {"n": tosses}, words)]
    return [*lines, words.of("terminal", "at-an-end").format(int(all_heads))]


def _step(equation: Equation, counts: Mapping[str, int], words: Words) -> list[str]:
    values = {name: num(value) for name, value in counts.items()}
    terms = [_settled(put(term, values)) for term in equation.terms]
    why = reason(equation, words)
    return [
        words["with-identifier"].format(
            words.title(equation.id), f"{why}{words['semicolon'] if why else ''}{equation.id}"
        ),
        f"    {chain_plain(terms, equation.relations, equation.style)}",
    ]


def _settled(term: Term) -> Term:
    """Differences of plain numbers worked out (10 - 8 is 2), all else as written."""
    found = rebuilt(term, _settled)
    if found[0] == "+" and all(part[0] == "num" or part[0] == "neg" and part[1][0] == "num" for part in found[1:]):
        return num(sum(part[1] if part[0] == "num" else -part[1][1] for part in found[1:]))
    return found


def _arb(value: Fraction) -> Any:
    return arb(value.numerator) / value.denominator


def enclosed(value: Callable[[], Any], places: int) -> str:
    """A number to some places, which an enclosure decides; with one more place where it lies too near to the middle between two."""
    for more in range(4):
        for precision in RISING:
            with ctx.workprec(precision):
                whole = (value() * 10 ** (places + more) + arb(0.5)).floor().unique_fmpz()
            if whole is not None:
                return ("-" if whole < 0 else "") + decimal(abs(int(whole)), places + more)
    raise ArithmeticError("no enclosure decides the digits")


def _decimals(value: Fraction, beside: Fraction | None = None) -> str:
    """The value as decimals: all of them where there are few, else six significant ones, of what it lies `beside` too, so that no share is shown as 1."""
    if value.denominator == 1:
        return ""
    if written := written_out(value):
        return f" = {written}"
    leading = max(_zeros(each) for each in (value, beside or value))
    return f" ≈ {enclosed(lambda: _arb(value), leading + PLACES - 1)}"


def _root(square: Fraction) -> str:
    """The square root of a number below 1 as decimals: all of them where there are few, else three significant ones."""
    root = Fraction(math.isqrt(square.numerator), math.isqrt(square.denominator))
    if root**2 == square and (written := written_out(root)):
        return written
    leading = -math.floor(math.log10(square) / 2)
    return f"≈ {enclosed(lambda: _arb(square).sqrt(), leading + FIGURES - 1)}"


def _zeros(value: Fraction) -> int:
    """How many places after the point its first digit stands: 1 for 0.5, 3 for 0.001, 0 from 1 on."""
    return max(0, -math.floor(math.log10(value)))
