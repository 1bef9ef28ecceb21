"""The contexts of the proofs inside a line: what the variable of a maximum, of an equation, of a case ranges over there.

Written from what the laws mean, not from the kernel's code: where the two differ, the witness contradicts, or has nothing to say.
"""

from __future__ import annotations

from dataclasses import replace

from derivations.engine.kernel.statements import Context, Hypothesis, Line, Range
from derivations.engine.kernel.terms import ONE, Term, minus


def narrowed(context: Context, now: Term, line: Line, number: int) -> Context | None:
    """The context of the part of that number of a line; None where it is not known.

    Args:
        now: the term above the line.
    """
    if now[0] in ("argmax", "argmin", "roots") and "," not in now[1]:
        return context.extended(now[1], _stretch(now, line, number), binding=True)
    if line.by is None:
        return None
    if "induction" in line.laws:
        supposed = Hypothesis(now, "=", line.term)
        return context if number == 0 else replace(context, hypotheses=(*context.hypotheses, supposed))
    if line.by[0] == "tuple":
        return _case(context, line.by[1], line.by[2], number)
    return context


def solutions(now: Term, line: Line) -> tuple[tuple[str, Term], ...]:
    """What a line says to be the roots: places at which the equations of its part are tried."""
    if now[0] != "roots" or line.term[0] != "set":
        return ()
    return tuple((now[1], member) for member in line.term[1:])


def _stretch(now: Term, line: Line, number: int) -> Range:
    """The interval of a maximum or of an equation, or the part of it before or after the place."""
    low, high = (None if end[0] == "inf" else end for end in now[3:5])
    whole = Range(low, high, now[5][0] == "[", now[5][1] == "]")
    if now[0] == "roots":
        return whole
    if len(line.parts) == 2:
        return Range(low, line.term) if number == 0 else Range(line.term, high)
    slope = line.parts[number].first[0] == "d"
    return replace(whole, low_in=False, high_in=False) if slope else whole


def _case(context: Context, of: Term, at: Term, number: int) -> Context | None:
    """From a place on, and below it."""
    over = context.quantities.get(of[1])
    if over is None:
        return None
    if number == 0:
        return context.extended(of[1], replace(over, low=at, low_in=True))
    return context.extended(of[1], replace(over, high=minus(at, ONE) if over.whole else at, high_in=over.whole))
