"""The coin's derivation on a reader's own counts: the general proofs, with the counts put in, and the digits enclosed."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from flint import arb, ctx

from derivations.catalogue.record import reason
from derivations.catalogue.value import PLACES, written_out
from derivations.engine import Equation
from derivations.engine.digits import RISING
from derivations.engine.kernel.terms import Term, num, put, rebuilt
from derivations.engine.plain import chain_plain
from derivations.engine.tex import decimal
from derivations.words import Words

LARGEST = 10**9


class BadCount(ValueError):
    """A count that no coin can show; the message says what was given, what is allowed and what to do."""


def whole_count(given: str, which: str) -> int:
    """A number of tosses, 0 to 10^9.

    Raises:
        BadCount: not a whole number in that range.
    """
    allowed = f"allowed is a whole number from 0 to {LARGEST}, for instance --{which} 8"
    try:
        value = int(given)
    except ValueError:
        raise BadCount(f"--{which} {given!r} is not a whole number; {allowed}") from None
    if not 0 <= value <= LARGEST or not given.strip().lstrip("+").isascii() or "_" in given:
        raise BadCount(f"--{which} {given!r} is out of range; {allowed}")
    return value


def derive(heads: int, tails: int, words: Words) -> str:
    """Likelihood, log-likelihood, score, estimate, the proof that it is the maximum, and what the data say about it.

    Raises:
        BadCount: no toss at all.
    """
    if heads + tails == 0:
        raise BadCount(
            "--heads 0 --tails 0 is no toss at all, and every p explains nothing equally well; give at least one toss"
        )
    lines = _inside(heads, tails, words) if heads and tails else _at_an_end(heads + tails, heads > 0, words)
    return "\n".join(lines)


def _inside(heads: int, tails: int, words: Words) -> list[str]:
    from derivations import coin_general as general

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

    def error() -> Any:
        return (1 / _arb(information)).sqrt()

    said = {
        "estimate": f"p = {heads}/{tosses}{_decimals(share)}",
        "log-likelihood-there": enclosed(log_likelihood, 3),
        "information-there": f"{information}{_decimals(information)}",
        "standard-error": enclosed(error, 2 - math.floor(math.log10(math.sqrt(1 / information)))),
    }
    return [*lines, *(f"{words.of('terminal', key)}{words['colon']}{each}" for key, each in said.items())]


def _at_an_end(tosses: int, all_heads: bool, words: Words) -> list[str]:
    from derivations import coin_boundary as boundary

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
        f"{words.title(equation.id)} ({f'{why}; ' if why else ''}{equation.id})",
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


def _decimals(value: Fraction) -> str:
    """The value as decimals: all of them where there are few, else six significant ones."""
    if value.denominator == 1:
        return ""
    if written := written_out(value):
        return f" = {written}"
    leading = max(0, -math.floor(math.log10(float(value))))
    return f" ≈ {enclosed(lambda: _arb(value), leading + PLACES - 1)}"
