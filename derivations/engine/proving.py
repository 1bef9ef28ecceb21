"""From a rule to a proof: the lines between the terms of a statement, found or said; and the theorem about no more than it speaks of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from derivations.engine.contexts import letters_in, reached
from derivations.engine.equation import Rule, used
from derivations.engine.find import Finder
from derivations.engine.kernel.check import Library, Theorem, prove
from derivations.engine.kernel.printing import show
from derivations.engine.kernel.statements import Line, Refused, Statement
from derivations.engine.kernel.terms import Term, bare, free
from derivations.engine.parser import Scope, Unread, split_chain


@dataclass(frozen=True)
class Passed:
    """A line that the proof passes: a relation, a term, the laws and equations where they are said."""

    relation: str
    term: Term
    by: tuple[str, ...] = ()


def passed(text: str, scope: Scope) -> Passed:
    """`= term`, or `>= term | law, law`.

    Raises:
        Unread: it is neither.
    """
    body, _, by = text.partition("|")
    sides, relations = split_chain(body)
    if len(relations) != 1 or sides[0].strip():
        raise Unread(f"{text!r}: a line is a relation and a term, as in '= 8/p | collect'")
    return Passed(relations[0], scope.read(sides[1]), tuple(each.strip() for each in by.split(",") if each.strip()))


@dataclass(frozen=True)
class Way:
    """How lines are found: by what a rule builds, by what it cites, or by search. Short names are those of the derivation `home`."""

    finder: Finder
    rule: Rule
    home: str

    def lines(self, terms: Sequence[Term], relations: Sequence[str], waiting: Sequence[Passed]) -> list[Line]:
        """Lines through all terms, and through those that wait on the way.

        Raises:
            Refused: somewhere none were found.
        """
        lines: list[Line] = []
        now, ahead = bare(terms[0]), list(waiting)
        for relation, target in zip(relations, map(bare, terms[1:]), strict=True):
            if relation == "=!":
                break
            begun = len(lines)
            while ahead and bare(ahead[0].term) != target:
                stop = ahead.pop(0)
                lines += self.leg(now, stop.relation, bare(stop.term), stop.by)
                now = bare(stop.term)
            shown = any(line.relation in (relation, relation[0]) for line in lines[begun:])
            rest = "=" if shown and relation != "≈" else relation  # a line above has shown the inequality
            lines += self.leg(now, rest, target, ahead.pop(0).by if ahead else ())
            now = target
        return lines

    def leg(self, now: Term, relation: str, target: Term, by: Sequence[str]) -> list[Line]:
        """Lines from one term to the next."""
        if relation == "≈" and now[0] != "roots":
            return [Line("≈", target, ("rounding",))]
        if by:
            named = {each: each if "." in each else f"{self.home}.{each}" for each in by}
            cites = tuple(full for full in named.values() if full in self.finder.library)
            return [Line(relation, target, tuple(each for each, full in named.items() if full not in cites), cites)]
        for name in self.finder.asked:
            if self.finder.valid(now, line := Line(relation, target, (), (name,))):
                return [line]
        if self.rule.build is not None and (built := self.rule.build(self.finder, now, relation, target)) is not None:
            return [built]
        found = self.finder.lines(now, relation, target)
        if found is None:
            raise Refused(f"no lines were found from  {show(now)}  {relation}  {show(target)}")
        return found


def sought(search: Callable[..., Any], *arguments: Any) -> Any:
    """What a search finds. It is not trusted: whatever stops it, nothing was found.

    Raises:
        Refused: with what stopped it.
    """
    try:
        return search(*arguments)
    except (Refused, Unread, RecursionError):
        raise
    except Exception as problem:  # SymPy's, for what it has no method for, are of many kinds
        raise Refused(f"no lines were found: {type(problem).__name__}: {problem}") from problem


def proved(statement: Statement, lines: Sequence[Line], library: Library) -> Theorem:
    """The theorem, about those quantities alone that it or its proof speaks of, where the kernel needs no others.

    Raises:
        Refused: the kernel does not accept it.
    """
    proof, cited = tuple(lines), {key: library[key] for key in used(lines)}
    theorem, context = prove(statement, proof, cited), statement.context
    premises = [side for premise in context.hypotheses for side in (premise.left, premise.right)]
    spoken_of = (*statement.terms, *premises, *(line.term for line in lines))
    for letters in (free, letters_in):
        fewer = reached(
            {letter for term in spoken_of for letter in letters(term)}, context.quantities, context.families
        )
        if len(fewer) == len(context.quantities):
            break
        about = {
            name: value
            for name, value in statement.inhabitant.items()
            if name in fewer or name not in context.quantities
        }
        try:
            return prove(replace(statement, context=replace(context, quantities=fewer), inhabitant=about), proof, cited)
        except Refused:
            continue
    return theorem
