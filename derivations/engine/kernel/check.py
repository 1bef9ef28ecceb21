"""The judge: a statement is proved when every line follows from the line above by the laws that it names, and nothing else decides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from weakref import WeakSet

from derivations.engine.kernel import nested, orders  # noqa: F401  their laws join those of lines
from derivations.engine.kernel.citing import Library, Meaning, Theorem, closure, composed, implies, rewritten
from derivations.engine.kernel.domains import Evaluation, check_context, check_definition, check_forms
from derivations.engine.kernel.lines import EQUATIONS, JUDGES, _refuse, holds, placed
from derivations.engine.kernel.printing import show
from derivations.engine.kernel.statements import Line, Part, Refused, Statement, refuse
from derivations.engine.kernel.terms import ZERO, Term, alike, bare, well_formed

_ACCEPTED: WeakSet[Theorem] = WeakSet()
WHOLE_LINE = frozenset({"collect", *JUDGES})
"""Laws about a line and not about a node."""


def prove(statement: Statement, lines: tuple[Line, ...], library: Library) -> Theorem:
    """Accept a statement whose lines run through all its terms, in order and in its relations; refuse it with what failed."""
    try:
        return accepted(statement, lines, library)
    except RecursionError:
        raise Refused("too deep, or ranges that speak of each other") from None


def accepted(statement: Statement, lines: tuple[Line, ...], library: Library) -> Theorem:
    if any(
        not isinstance(cited, Meaning) and (not isinstance(cited, Theorem) or cited not in _ACCEPTED)
        for cited in library.values()
    ):
        raise Refused("what is cited has not been proved")
    refuse(
        not all(map(well_formed, (*statement.terms, *trees_of(lines)))),
        "what is stated, or a line of its proof, is no formula",
    )
    check_forms(statement.context)
    check_context(statement.context, statement.inhabitant)
    terms, relations = [bare(term) for term in statement.terms], list(statement.relations)
    if relations and relations[-1] == "=!":
        refuse(terms[-1] != ZERO, "only 0 can be asked for")
        terms, relations = terms[:-1], relations[:-1]
    refuse(
        len(terms) != len(relations) + 1 or not relations or not lines or "=!" in relations,
        "an empty proof, or nothing is claimed",
    )
    for term in terms:
        placed(term, statement.context, library)
    refuse(terms[-1][0] == "lim", "that a limit exists is shown by its value")
    now, since, reached = terms[0], "=", 0
    for line in lines:
        line = replace(line, term=bare(line.term), parts=tuple(map(bare_part, line.parts)))
        refuse(since == "≈", "nothing follows from what is rounded")
        if line.relation == "≈":
            since = "≈" if since == "=" else _refuse("≈ after an inequality")
        else:
            since = composed(since, line.relation) or _refuse(f"{since} and {line.relation} run both ways")
        placed(line.term, statement.context, library)
        holds(now, line, statement.context, library)
        now = line.term
        if reached < len(relations) and alike(now, terms[reached + 1]) and implies(since, relations[reached]):
            reached, since = reached + 1, "="
    if reached < len(relations) or not alike(now, terms[-1]):
        raise Refused(
            f"the proof ends in {show(now)}, and {show(terms[min(reached + 1, len(terms) - 1)])} is to be reached by {relations[min(reached, len(relations) - 1)]}"
        )
    theorem = Theorem(replace(statement, terms=tuple(terms), relations=tuple(relations)))
    _ACCEPTED.add(theorem)
    return theorem


def trees_of(lines: tuple[Line, ...]) -> Iterator[Term]:
    for line in lines:
        yield line.term
        yield from () if line.by is None else (line.by,)
        for part in line.parts:
            yield part.first
            yield from trees_of(part.lines)


def bare_part(part: Part) -> Part:
    return Part(
        bare(part.first),
        tuple(replace(line, term=bare(line.term), parts=tuple(map(bare_part, line.parts))) for line in part.lines),
    )


__all__ = [
    "EQUATIONS", "WHOLE_LINE", "Evaluation", "Library", "Meaning", "Theorem", "check_context", "check_definition", "closure", "holds", "prove", "rewritten", "trees_of",
]  # fmt: skip
