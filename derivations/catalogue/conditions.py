"""Under which condition a proof inside of a line stands: on one side of a maximum, in a case, at the base or in the step of an induction."""

from __future__ import annotations

from dataclasses import dataclass

from derivations.engine.kernel.statements import Context, Line, Range
from derivations.engine.kernel.terms import Term, num
from derivations.engine.narrowing import narrowed


@dataclass(frozen=True)
class Condition:
    """What holds in a part alone: a quantity's narrower range, or its value.

    Args:
        kind: "range", "equation", "case", "base" or "step".
        context: all that the part is about.
    """

    kind: str
    letter: str
    context: Context
    over: Range | None = None
    value: Term | None = None


def condition(context: Context, now: Term, line: Line, number: int) -> Condition:
    """Of the part of that number of a line; `now` is the term above the line."""
    within = narrowed(context, now, line, number) or context
    if now[0] in ("argmax", "argmin", "roots"):
        kind = "equation" if line.parts[number].first[0] == "eq" else "range"
        return Condition(kind, now[1], within, over=within.quantities.get(now[1]))
    letter = str((line.by[1] if line.by[0] == "tuple" else line.by)[1]) if line.by else ""
    over = context.quantities[letter]
    if "induction" in line.laws:
        return Condition("base" if number == 0 else "step", letter, within, value=over.low if number == 0 else None)
    if line.by and line.by[0] != "tuple":
        return Condition("case", letter, within, value=num(over.low[1] + number) if over.low else None)
    ours = within.quantities[letter]
    single = ours.low is not None and line.parts[number].first != now
    return (
        Condition("case", letter, within, value=ours.low) if single else Condition("range", letter, within, over=ours)
    )
