"""One line after the other: each follows from the line above by the laws and equations that it names, and by nothing else.

A line holds when both sides, rewritten by its laws and citations until none applies, are the same fraction over atoms. Each law that is named must be needed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from derivations.engine.kernel import finite_sums, limits, places  # noqa: F401  their laws join the table
from derivations.engine.kernel.arithmetic import member_of, same, unfold
from derivations.engine.kernel.citing import Library, Theorem, by_citation, composed, rewritten
from derivations.engine.kernel.definedness import ALONE, binder_defined, defined
from derivations.engine.kernel.laws import LAWS
from derivations.engine.kernel.printing import show
from derivations.engine.kernel.scopes import inside
from derivations.engine.kernel.statements import Context, Line, Range, Refused, refuse
from derivations.engine.kernel.terms import BINDERS, Term, alike, bare, parts

EQUATIONS = frozenset({"multiply"})
"""Laws from one equation to the next."""
Judge = Callable[[Term, Line, Context, Library], None]
JUDGES: dict[str, Judge] = {}
"""The laws about whole lines: what each asks of the line above and of the line."""
NESTED: set[str] = set()
"""Those with proofs inside."""


def judge(*names: str, nested: bool = False) -> Callable[[Judge], Judge]:
    def keep(found: Judge) -> Judge:
        JUDGES.update(dict.fromkeys(names, found))
        NESTED.update(names if nested else ())
        return found

    return keep


def holds(now: Term, line: Line, context: Context, library: Library) -> None:
    """Refuse a line that does not follow."""
    unknown = [name for name in line.laws if name not in LAWS and name not in {"collect", *JUDGES}] + [
        name for name in line.cites if name not in library
    ]
    if unknown:
        raise Refused(f"no law and no equation of the name {', '.join(unknown)}")
    refuse(not line.laws and not line.cites, "a line without a law")
    own = [name for name in line.laws if name in JUDGES or name == "collect"]
    refuse(len({*line.laws, *line.cites}) < len(line.laws) + len(line.cites), "a law, or an equation, is named twice")
    if own and (len(line.laws) > 1 or (line.cites and own not in (["only-root"], ["touches"]))):
        raise Refused(f"{own[0]} is a line of its own, and cites nothing")
    found = JUDGES.get(own[0]) if own else None
    if (line.by is not None and own[:1] not in (["cases"], ["induction"])) or (
        line.parts and not NESTED.intersection(own)
    ):
        raise Refused("the law takes neither parts nor anything to be used with")
    refuse(
        line.relation != "="
        and (
            own[:1]
            not in (["cases"], ["sign"], ["tangent"], ["below-one"], ["rounding"], ["root-rounding"], ["digits"])
            if own
            else not line.cites
        ),
        "no law shows {} here",
        line.relation,
    )
    refuse(
        line.relation != "="
        and not line.cites
        and own != ["root-rounding"]
        and not {now[0], line.term[0]}.isdisjoint(ALONE),
        "{} {} {}: only numbers are smaller and larger",
        now,
        line.relation,
        line.term,
    )
    if found is not None:
        found(now, line, context, library)
    elif line.relation == "=":
        equal_by(now, line, context, library)
    elif line.cites and not line.laws:
        by_citation(now, line, context, library)
    else:
        raise Refused(f"no law shows {line.relation} here")


def equal_by(now: Term, line: Line, context: Context, library: Library) -> None:
    laws, cites = [name for name in line.laws if name in LAWS], {name: library[name] for name in line.cites}

    def proves(some: list[str], cited: Library) -> bool:
        fired: set[str] = set()
        one, other = (rewritten(side, some, cited, context, fired) for side in (now, line.term))
        return alike(one, other) or (
            one[0] not in ("tuple", "set") and other[0] not in ("tuple", "set") and same(one, other, context)
        )

    if not proves(laws, cites):
        raise Refused(f"{show(now)}  =  {show(line.term)}  does not follow by {', '.join([*line.laws, *line.cites])}")
    idle = [name for name in laws if proves([each for each in laws if each != name], cites)]
    idle += [name for name in cites if proves(laws, {key: value for key, value in cites.items() if key != name})]
    if idle:
        raise Refused(f"{', '.join(idle)} is named and not needed")


def follow(first: Term, lines: tuple[Line, ...], context: Context, library: Library) -> str:
    """Check lines one after the other; the relation of their two ends."""
    refuse(not lines, "an empty proof")
    placed(first, context, library)
    now, relation = first, "="
    for line in lines:
        line = replace(line, term=bare(line.term))
        refuse(
            line.relation not in ("=", "<", ">", "<=", ">="),
            "no line inside of a proof stands in the relation {}",
            line.relation,
        )
        placed(line.term, context, library)
        holds(now, line, context, library)
        relation = composed(relation, line.relation) or _refuse(f"{relation} and {line.relation} run both ways")
        now = line.term
    return relation


def _refuse(message: str) -> str:
    raise Refused(message)


def placed(term: Term, context: Context, library: Library) -> None:
    """Defined as it is written, or with what it speaks of as a cited equation says it: equals are defined together."""
    try:
        well_placed(term, context)
    except Refused:
        other = rewritten(
            term, [], {name: cited for name, cited in library.items() if isinstance(cited, Theorem)}, context, set()
        )
        if other == term or one_sided(term, context):
            raise
        well_placed(other, context)


def one_sided(term: Term, context: Context) -> bool:
    """Whether it speaks of a slope over an interval with an end that belongs to it: what is equal on one side of a kink says nothing about the slope there."""
    within = inside(term, context) if term[0] in BINDERS else context
    over = within.quantities[term[1]] if term[0] == "d" else Range()
    return (
        over.low_in
        or over.high_in
        or any(
            one_sided(part, within if at == 2 else context)
            for at, part in enumerate(term)
            if isinstance(part, tuple) and part[0] != "inf"
        )
    )


def well_placed(term: Term, context: Context) -> None:
    """A whole line may also be a set, an infinity, a limit or the place of a maximum; none of these is part of anything."""
    if term[0] == "app" and term[1] in context.names and (unfolded := unfold(term, context)) is not None:
        well_placed(unfolded, context)
    elif term[0] in ("inf", "set"):
        for part in parts(term):
            defined(part, context)
    elif term[0] == "tuple":
        for part in parts(term):
            if not member_of(part, Range(point=True), context):
                defined(part, context)
    elif term[0] in ALONE - {"eq"}:
        binder_defined(term, context)
    else:
        defined(term, context)
