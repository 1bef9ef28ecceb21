"""The second witness: a statement, and every line of its proof, in ball arithmetic at points of their domains.

It shares nothing with the kernel but the shape of trees. A ball that excludes what is claimed refutes it; balls that agree prove nothing, which is why this is evidence beside a
proof and never the proof. For "=!" nothing is claimed; for "≈" the digits are certified.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from derivations.engine import narrowing
from derivations.engine.arithmetic import NoValue, Undefined
from derivations.engine.claims import Claim, agrees, claims
from derivations.engine.deciding import At, Found
from derivations.engine.kernel.printing import show
from derivations.engine.kernel.statements import Context, Line, Statement
from derivations.engine.kernel.terms import Term, free, names_in
from derivations.engine.points import Drawn, points
from derivations.engine.ranges import Misfit
from derivations.engine.satisfying import unmet, worth

Narrowed = Callable[[Context, Term, Line, int], Context | None]
"""The context of one part of a line, from the line's own context, the term above it, the line and the part's number; None where it is not known."""


class WitnessFailure(ValueError):
    """A point contradicts what is claimed; the message has the claim, the point and both values."""


@dataclass(frozen=True)
class Witnessed:
    """What was found.

    Args:
        points: different points at which something was evaluated; two that differ in nothing that was read count once.
        decisive: those of them at which every relation of the statement was decided.
        widest: the widest ball around a difference that was decided, relative to the left side where that is above 1.
        approached: whether a limit was followed along a sequence, which is weaker.
        lines: how many relations of the proof's lines were decided at one point at least, of `claimed`.
        claimed: the relations of all lines.
        said: what could not be drawn, satisfied or tried.
    """

    points: int
    decisive: int
    widest: float
    approached: bool
    lines: int = 0
    claimed: int = 0
    said: tuple[str, ...] = ()


class Places:
    """The points of contexts, drawn once for all statements that speak of the same."""

    def __init__(self) -> None:
        self.known: dict[Any, Drawn] = {}

    def of(self, context: Context, inhabitant: Mapping[str, Any] | None = None) -> Drawn:
        """The points of a context; raises NoPoint where it has none."""
        parts = (context.quantities.items(), context.families.items(), context.names.items())
        key = (*map(tuple, parts), context.hypotheses, context.conventions, repr(inhabitant))
        if key not in self.known:
            self.known[key] = points(context, inhabitant)
        return self.known[key]


def tried(places: list[At], claim: Claim) -> list[tuple[At, Found]]:
    """One relation at all points.

    Raises:
        WitnessFailure: one contradicts it.
    """
    results = []
    for at in places:
        found = agrees(at, claim)
        if found.agrees is False:
            raise WitnessFailure(f"{claim} does not hold{f' at {at}' if at.used else ''}: {found.said}")
        results.append((at, found))
    return results


def witness(
    statement: Statement,
    lines: tuple[Line, ...] = (),
    narrowed: Narrowed = narrowing.narrowed,
    places: Places | None = None,
) -> Witnessed:
    """Every relation of a statement, and of every line of its proof, at points of the domain.

    Args:
        lines: they stand below the statement's first term.
        narrowed: the contexts of the lines' parts; a part without one is not tried, and `said` says so.
        places: points already drawn, with their values.

    Raises:
        WitnessFailure: a point contradicts a relation. NoPoint: the domain has none.
    """
    places = places or Places()
    stated = claims(statement.terms, statement.relations)
    drawn = places.of(statement.context, statement.inhabitant)
    own = [At(statement.context, point) for point in drawn.points]
    relevant = different(own, statement.context, statement.terms) if stated else []
    found = [pair for claim in stated for pair in tried(relevant, claim)]
    undecided = {at.used for at, each in found if each.agrees is None}
    all_used = {at.used for at, _ in found}
    total = replace(
        Witnessed(len(all_used), len(all_used - undecided), 0.0, False, said=(*drawn.said, *_undecided(found))),
        widest=max((each.width for _, each in found if each.agrees), default=0.0),
        approached=any(each.approached for _, each in found),
    )
    return _lines(total, statement.context, own, statement.terms[0], lines, narrowed, places)


def _undecided(found: list[tuple[At, Found]]) -> tuple[str, ...]:
    """Why nothing was decided, with the number of points, once for each reason without numbers."""
    reasons = Counter(each.said.partition(":")[0] for _, each in found if each.agrees is None)
    return tuple(f"undecided at {times}: {reason}" for reason, times in reasons.most_common(3))


def _lines(
    total: Witnessed,
    context: Context,
    own: list[At],
    first: Term,
    lines: tuple[Line, ...],
    narrowed: Narrowed,
    places: Places,
    solutions: tuple[tuple[str, Term], ...] = (),
) -> Witnessed:
    terms = [first, *(line.term for line in lines)]
    stated = claims(terms, [line.relation for line in lines])
    if stated:
        relevant = different(own, context, terms, solutions)
        decided = sum(any(found.agrees for _, found in tried(relevant, claim)) for claim in stated)
        total = replace(total, lines=total.lines + decided, claimed=total.claimed + len(stated))
    for now, line in zip(terms, lines, strict=False):
        for number, part in enumerate(line.parts):
            inner = narrowed(context, now, line, number)
            if inner is None:
                total = replace(total, said=(*total.said, f"a part from {show(part.first)} was not tried"))
            else:
                drawn = places.of(inner)
                total = replace(total, said=(*total.said, *drawn.said))
                within = [At(inner, point) for point in drawn.points]
                total = _lines(
                    total, inner, within, part.first, part.lines, narrowed, places, narrowing.solutions(now, line)
                )
    return total


def different(
    own: list[At], context: Context, terms: Sequence[Term], solutions: tuple[tuple[str, Term], ...] = ()
) -> list[At]:
    """The points that differ in something that the terms can speak of; and those with the stated solutions of equations, or with t where they lead to `V = t`."""
    speaks, families = _reach(context, terms)
    seen: dict[Any, At] = {}
    for at in own:
        key = tuple(sorted((name, str(at.point[name])) for name in speaks if name in at.point))
        seen.setdefault((key, id(at) if families else None), at)
    last = terms[-1]
    if last[0] == "eq" and last[1][0] == "sym" and last[1][1] not in free(last[2]):
        solutions = (*solutions, (last[1][1], last[2]))
    return [*seen.values(), *_solved(list(seen.values()), context, solutions)]


def _reach(context: Context, terms: Iterable[Term]) -> tuple[set[str], bool]:
    """The free quantities of terms and of what their names stand for; and whether families are among it."""
    waiting, known, quantities = list(terms), set[str](), set[str]()
    while waiting:
        term = waiting.pop()
        new = (names_in(term) | free(term)) - known
        known |= new
        for name in new & context.names.keys():
            definition = context.names[name]
            waiting.append(("fn", ",".join(definition.parameters), definition.body))
        quantities |= free(term)
    return quantities & context.quantities.keys(), bool(known & context.families.keys())


def _solved(own: list[At], context: Context, solutions: tuple[tuple[str, Term], ...]) -> list[At]:
    more = []
    for at in own:
        for variable, term in solutions:
            try:
                point = {**at.point, variable: worth(context, at.point, term)}
                if unmet(context, point) is None:
                    more.append(At(context, point))
            except (Undefined, NoValue, Misfit):
                continue
    return more
