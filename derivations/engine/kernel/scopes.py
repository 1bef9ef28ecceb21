"""What holds where: the context in which the body of a binder stands, and that in which a letter has a value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from derivations.engine.kernel.statements import Context, Range, Refused, refuse
from derivations.engine.kernel.terms import Term, bound


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
        if name not in variables and variables & other.speaks_of:
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
            over = over.inner
        if over is None:
            raise Refused(f"nothing says what {variable} ranges over")
        refuse(head in ("d", "lim") and (over.whole or over.point), "{} does not vary continuously", variable)
        refuse(
            over.point and "," not in term[1] and not (term[3][0] == term[4][0] == "inf"),
            "{} is a point of a space, which has no intervals",
            variable,
        )
        context = context.extended(variable, over, binding=True)
    return context


def settled(context: Context, name: str, value: Term) -> Context:
    """The context in which a letter has a value: no range speaks of it any more."""

    def moved(ranges: Mapping[str, Range]) -> dict[str, Range]:
        return {other: over if other == name else over.moved({name: value}) for other, over in ranges.items()}

    key, within = ("settled", name, value), context
    if key not in context.memo:
        if any(name in over.speaks_of for over in context.ranges):
            within = replace(context, quantities=moved(context.quantities), families=moved(context.families))
        context.memo[key] = within
    return context.memo[key]
