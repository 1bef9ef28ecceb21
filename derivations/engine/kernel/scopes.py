"""What holds where: the context in which the body of a binder stands, and that in which a letter has a value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from derivations.engine.kernel.statements import Context, Range, Refused
from derivations.engine.kernel.terms import Term, bound, free, put


def inside(term: Term, context: Context) -> Context:
    """The context in which the body of a binder stands."""
    key = ("inside", term[0], term[1], term[3:])
    if key not in context.memo:
        context.memo[key] = entered(term, context)
    return context.memo[key]


def entered(term: Term, context: Context) -> Context:
    head, variables = term[0], bound(term)
    if taken := variables & (context.names.keys() | context.families.keys()):
        raise Refused(f"{', '.join(sorted(taken))} is a name, and nothing to be bound")
    for name, other in [*context.quantities.items(), *context.families.items()]:
        ends = [free(end) for end in (other.low, other.high) if end is not None]
        if name not in variables and any(variables & end for end in ends):
            raise Refused(
                f"{', '.join(sorted(variables))} is bound here, and the range of {name} speaks of it: use another letter"
            )
    for variable in term[1].split(","):
        over = context.quantities.get(variable)
        if head in ("sum", "prod"):
            over = Range(term[3], term[4], True, True, whole=True)
        elif head == "fn":
            over = Range(whole=True)
        elif head == "d" and term[3][0] == "sym":
            over = context.quantities.get(term[3][1])
        elif head in ("argmax", "argmin", "roots") and "," not in term[1] and (over is None or not over.point):
            low, high = (None if end[0] == "inf" else end for end in (term[3], term[4]))
            if over is not None and (over.whole or (low is high is None and not over.low is over.high is None)):
                raise Refused(
                    f"{variable} ranges over whole numbers, or an interval: use another letter, or say the interval"
                )
            over = Range(low, high, term[5][0] == "[", term[5][1] == "]")
        elif head == "lim" and over is not None:
            over = replace(over, low_in=False, high_in=False)
        if over is None:
            raise Refused(f"nothing says what {variable} ranges over")
        if head in ("d", "lim") and (over.whole or over.point):
            raise Refused(f"{variable} does not vary continuously")
        if over.point and "," not in term[1] and not (term[3][0] == term[4][0] == "inf"):
            raise Refused(f"{variable} is a point of a space, which has no intervals")
        context = context.extended(variable, over, binding=True)
    return context


def of_ends(over: Range | None) -> list[str]:
    return [letter for end in (over.low, over.high) if end is not None for letter in free(end)] if over else []


def settled(context: Context, name: str, value: Term) -> Context:
    """The context in which a letter has a value: no range speaks of it any more."""

    def moved(ranges: Mapping[str, Range]) -> dict[str, Range]:
        new = {}
        for other, over in ranges.items():
            low, high = (None if end is None else put(end, {name: value}) for end in (over.low, over.high))
            new[other] = replace(over, low=low, high=high) if other != name else over
        return new

    key = ("settled", name, value)
    if key not in context.memo:
        spoken_of = any(
            name in of_ends(over) for ranges in (context.quantities, context.families) for over in ranges.values()
        )
        context.memo[key] = (
            replace(context, quantities=moved(context.quantities), families=moved(context.families))
            if spoken_of
            else context
        )
    return context.memo[key]
