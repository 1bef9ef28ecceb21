"""Try a statement of one's own against an equation: a proof, or a point where it fails, or neither.

What is tried is text, in the words of the equation's derivation; what it holds for may be changed too. A point is looked for by ball arithmetic, which knows nothing of proofs;
a proof is found in several ways, and the kernel checks it. Neither is taken for the other.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from derivations.engine.contexts import inhabited
from derivations.engine.derivation import Derivation
from derivations.engine.digits import in_digits
from derivations.engine.equation import Equation, Rule
from derivations.engine.find import Finder
from derivations.engine.kernel.check import Theorem
from derivations.engine.kernel.statements import Context, Line, Range, Refused, Statement
from derivations.engine.kernel.terms import Term, alike, bare, heads, put
from derivations.engine.parser import Unread
from derivations.engine.points import NoPoint, points
from derivations.engine.proving import Way, proved, sought
from derivations.engine.refuting import Refutation, Trial
from derivations.engine.rules import by, induction, locate, maximise, solve_for
from derivations.engine.typed import changed, stated

LONGEST_SAID = 240


class NotTried(ValueError):
    """What was given cannot be tried; the message says what was given, what is allowed and what to do."""


@dataclass(frozen=True)
class Answer:
    """What became of a statement.

    Args:
        verdict: "proved", "refuted" or "neither".
        equation: what was tried, with its proof where there is one.
        tried: at so many points.
        settled: the quantities that were given one value.
    """

    verdict: str
    equation: Equation
    refutation: Refutation | None = None
    tried: int = 0
    settled: Mapping[str, Term] = field(default_factory=dict)


def attempt(derivation: Derivation, equation: Equation, text: str, domain: Sequence[str] = ()) -> Answer:
    """Prove what is stated, or refute it at a point.

    Args:
        text: a right-hand side, one with its relation before it, or a whole statement.
        domain: for each quantity whose range is another, the whole of it: "0 < p < 1/2", "n >= 2", "-oo < z < oo".

    Raises:
        NotTried: it is no statement, or speaks of nothing.
    """
    try:
        terms, relations = stated(derivation, equation, text)
        on, values = changed(derivation, equation, domain)
        terms = tuple(put(term, values) for term in terms)
        statement = in_context(derivation, equation, terms, relations, on)
        about = replace(
            equation, rows=((statement.terms, relations),), context=statement.context, theorem=None, lines=()
        )
        refutation, tried = Trial(derivation, equation, statement, not (on or values)).refutation()
        if refutation:
            return Answer("refuted", about, refutation, tried, values)
        proof = proof_of(derivation, equation, statement)
    except Unread as problem:
        known = ", ".join(sorted({*derivation.quantities, *derivation.scope.applied}))
        more = f"; known in {derivation.name}: {known}" if "has no meaning here" in str(problem) else ""
        raise NotTried(shortened(str(problem)) + more) from None
    except (Refused, NoPoint) as problem:
        raise NotTried(shortened(str(problem))) from None
    except RecursionError:
        raise NotTried(f"{text[:60]!r} goes too deep; write it with fewer brackets within each other") from None
    if proof is None:
        return Answer("neither", about, tried=tried, settled=values)
    theorem, lines = proof
    return Answer(
        "proved", replace(about, context=theorem.statement.context, theorem=theorem, lines=lines), settled=values
    )


def failed(derivation: Derivation, equation: Equation) -> Answer | None:
    """What became of a statement that a derivation makes, and that was not proved: refuted at a point, or neither; None where it cannot be tried."""
    try:
        terms = tuple(in_digits(term, equation.context) for term in equation.terms)
        about = replace(equation, rows=((terms, equation.relations),))
        refutation, tried = Trial(
            derivation, about, Statement(equation.context, terms, equation.relations), False
        ).refutation()
    except (Refused, NoPoint, RecursionError, ValueError, ArithmeticError, LookupError, TypeError):
        return None
    return Answer("refuted" if refutation else "neither", about, refutation, tried)


def shortened(message: str) -> str:
    """A message that does not repeat all of what is very long."""
    return (
        message if len(message) <= LONGEST_SAID else f"{message[: LONGEST_SAID // 2]} … {message[-LONGEST_SAID // 2 :]}"
    )


def in_context(
    derivation: Derivation,
    equation: Equation,
    terms: tuple[Term, ...],
    relations: tuple[str, ...],
    on: dict[str, Range],
) -> Statement:
    """The statement with all that it is about: ranges and premises of the equation, but for those that were changed.

    Raises:
        Refused: there is nothing that it is about.
    """
    premises = equation.context.hypotheses
    mentioned = [*terms, *equation.sides, *(side for each in premises for side in each.sides)]
    taken = sorted(equation.context.conventions)
    context = derivation.context(mentioned, {**equation.context.quantities, **on}, premises, taken)
    inhabitant = somewhere(context, {key: value for key, value in equation.inhabitant.items() if key not in on})
    return Statement(context, tuple(in_digits(term, context) for term in terms), relations, inhabitant)


def somewhere(context: Context, hints: Mapping[str, Any]) -> dict[str, object]:
    """A point of the domain: where the equation has its own, else where the witness draws one.

    Raises:
        NotTried: there is none, as far as is seen.
    """
    try:
        return inhabited(context, hints)
    except Refused:
        pass
    try:
        for point in points(context).points:
            numbers = {key: value for key, value in point.items() if isinstance(value, Fraction)}
            with contextlib.suppress(Refused):
                return inhabited(context, numbers)
    except NoPoint:
        pass
    raise NotTried("nothing was found in the domain; is one of its intervals empty, or a premise never true in it?")


def proof_of(
    derivation: Derivation, equation: Equation, statement: Statement
) -> tuple[Theorem, tuple[Line, ...]] | None:
    """Lines that the kernel accepts: the equation's own with another end; else found from it, from what it cites, or by a rule for places and roots."""
    library = derivation.library
    for lines in ways(derivation, equation, statement):
        try:
            return proved(statement, lines, library), tuple(lines)
        except (Refused, RecursionError, ValueError, ArithmeticError, KeyError):
            continue
    return None


def ways(derivation: Derivation, equation: Equation, statement: Statement) -> Iterator[Sequence[Line]]:
    """Proofs that may do, the likeliest first. None is trusted."""
    first, last, relations = bare(statement.terms[0]), bare(statement.terms[-1]), statement.relations
    if equation.lines and len(relations) == 1 and alike(first, bare(equation.terms[0])):
        for end in range(len(equation.lines), 0, -1):
            own = equation.lines[:end]
            yield own if alike(bare(own[-1].term), last) else (*own[:-1], replace(own[-1], term=last))
            yield (*own, Line("=", last, ("collect",)))
    rules: list[Rule] = [by()]
    kinds = frozenset().union(*map(heads, statement.terms))
    for letters, rule in ((("argmax", "argmin"), maximise()), (("roots",), solve_for()), (("roots",), locate())):
        rules += [rule] if kinds.intersection(letters) else []
    rules += [induction(("sym", name)) for name, over in statement.context.quantities.items() if over.whole][:1]
    cited = [each for each in (equation.id, *equation.cites) if isinstance(derivation.library.get(each), Theorem)]
    meanings = [derivation.meanings[key] for key in statement.context.names]
    for cites in dict.fromkeys((tuple(cited[:1]), tuple(cited), tuple(cited[1:]))):
        for rule in rules:
            finder = Finder(statement.context, derivation.library, cites, rule.moves, meanings)
            found = attempted(Way(finder, rule, derivation.name), statement)
            if found:
                yield found


def attempted(way: Way, statement: Statement) -> list[Line] | None:
    try:
        return list(sought(way.lines, statement.terms, statement.relations, ()))
    except (Refused, Unread, RecursionError):
        return None
