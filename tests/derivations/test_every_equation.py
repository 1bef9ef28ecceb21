"""Every relation that is shown, and every line of every proof, tried in numbers at points drawn here, by a calculator that shares nothing with the engine."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import mpmath
import pytest

from tests.derivations.comparing import OPTIMA, Untried, bare, candidates, equal, holds
from tests.derivations.drawing import drawn_point
from tests.derivations.evaluation import DIGITS, Tree, value
from tests.engine.published import DEFINITIONS, IDENTIFIERS, PUBLISHED

STATEMENTS = [identifier for identifier in IDENTIFIERS if identifier not in DEFINITIONS]
SEEDS = range(5)
A_LITTLE = ("/", ("num", 1), ("num", 500))


class Trial:
    """One equation at one point: how much was compared, and where it failed."""

    def __init__(self, equation: Any, seed: int) -> None:
        self.equation, self.compared = equation, 0
        self.at = drawn_point(equation.context, f"{equation.id} {seed}")

    def chain(self, terms: Sequence[Tree], relations: Sequence[str]) -> None:
        for (left, right), relation in zip(pairwise(terms), relations, strict=True):
            if relation != "=!":
                self.compare(left, relation, right, self.at)

    def compare(self, left: Tree, relation: str, right: Tree, at: dict[str, Any]) -> None:
        try:
            held = holds(left, relation, right, self.equation.context, at)
        except Untried:
            return
        self.compared += 1
        assert held, f"{self.equation.id} at {at}: {left} {relation} {right}"

    # --- proofs ---

    def proof(self, first: Tree, lines: Sequence[Any], at: dict[str, Any]) -> None:
        before = first
        for line in lines:
            self.compare(before, line.relation, line.term, at)
            for which, part in enumerate(line.parts):
                for place in self.places(before, line, which):
                    self.part(part, {**at, **place})
            before = line.term

    def part(self, part: Any, at: dict[str, Any]) -> None:
        if part.first[0] != "eq":
            return self.proof(part.first, part.lines, at)
        held = [
            equal(*(value(side, self.equation.context, at) for side in each[1:]))
            for each in (part.first, *(line.term for line in part.lines))
        ]
        self.compared += len(part.lines)
        assert len(set(held)) == 1, f"{self.equation.id} at {at}: of the equations solved, some hold and some do not"
        return None

    def places(self, before: Tree, line: Any, which: int) -> list[dict[str, Any]]:
        """Where a part of a line is said to hold: on both sides of an optimum, all over a set, on its side of the point where cases part, or wherever the line is."""
        if line.by is not None and line.by[0] == "tuple":
            of, parting = (value(each, self.equation.context, self.at) for each in line.by[1:])
            return [{}] if (of >= parting) == (which == 0) else []
        before = bare(before)
        if before[0] not in ("argmax", "argmin", "roots"):
            return [{}]
        found = candidates(before, self.equation.context, self.at, 4)[:4]
        if before[0] == "roots":
            found += [value(root, self.equation.context, self.at) for root in line.term[1:]]
        if "rises-falls" in line.laws:
            place = value(line.term, self.equation.context, self.at)
            with mpmath.workdps(DIGITS):
                end = before[3 + which]
                end = place + (40 * which - 20) if end[0] == "inf" else value(end, self.equation.context, self.at)
                found = [place + (end - place) * share for share in (mpmath.mpf(1) / 7, mpmath.mpf(9) / 10)]
        return [{before[1]: place} for place in found]


@pytest.mark.parametrize("identifier", STATEMENTS)
def test_relations_shown_hold_in_numbers(equations, identifier):
    equation = equations[identifier]
    for seed in SEEDS:
        trial = Trial(equation, seed)
        trial.chain(equation.terms, equation.relations)
        assert trial.compared, f"{identifier} was never tried"


@pytest.mark.parametrize("identifier", STATEMENTS)
def test_every_line_of_a_proof_holds_in_numbers(equations, identifier):
    equation = equations[identifier]
    assert equation.lines, f"{identifier} is proved by nothing"
    for seed in SEEDS:
        trial = Trial(equation, seed)
        trial.proof(equation.terms[0], equation.lines, trial.at)
        assert trial.compared, f"no line of {identifier} was tried"


@pytest.mark.parametrize("identifier", STATEMENTS)
def test_a_spoilt_statement_is_noticed(equations, identifier):
    """The same comparison with the last term that is said to be equal, or its relation, made wrong: of the last two terms alone, so that nothing else is noticed."""
    equation = equations[identifier]
    terms, relations = list(equation.terms), list(equation.relations)
    if relations[-1] == "=!":
        terms, relations = terms[:-1], relations[:-1]
    if relations[-1] in ("=", "≈"):
        terms[-1] = spoilt(terms[-1], terms[-2][0] in OPTIMA)
    else:
        relations[-1] = {"<": ">", ">": "<", "<=": ">", ">=": "<"}[relations[-1]]
    for seed in SEEDS:
        try:
            Trial(equation, seed).chain(terms[-2:], relations[-1:])
        except AssertionError:
            return
    pytest.fail(f"{identifier}: nobody would notice")


def spoilt(tree: Tree, optimum: bool = False) -> Tree:
    """A number that is a little larger, a set with a member moved or added, another goal."""
    if tree[0] == "[]":
        return spoilt(tree[1])
    if tree[0] == "set":
        more = A_LITTLE if optimum else ("set", A_LITTLE)
        return ("set", *(("+", each, A_LITTLE) for each in tree[1:])) if tree[1:] else more
    if tree[0] in ("argmax", "argmin"):
        return ("argmin" if tree[0] == "argmax" else "argmax", *tree[1:])
    if tree[0] == "inf":
        return ("inf", "-" if tree[1] == "+" else "+")
    return ("+", tree, A_LITTLE)


def test_what_is_not_tried_is_a_definition(equations):
    """A statement that turns into a definition would be believed and no longer proved: the list is kept by hand."""
    listed = {identifier for identifier in PUBLISHED if identifier in equations}
    definitions = {identifier for identifier in listed if equations[identifier].verdict == "definition"}
    assert definitions == DEFINITIONS & listed


def test_definitions_have_no_proof_and_all_else_has_one(equations):
    assert {equation.verdict for equation in equations.values()} == {"definition", "proved", "certified"}
    for equation in equations.values():
        assert (equation.theorem is None) is (equation.verdict == "definition") is (not equation.lines), equation.id


def test_certified_is_said_where_something_is_rounded_and_nowhere_else(equations):
    certified = {identifier for identifier, equation in equations.items() if equation.verdict == "certified"}
    assert certified == {identifier for identifier, equation in equations.items() if "≈" in equation.relations}


def test_what_is_cited_comes_before(equations):
    """In its derivation; across derivations, nothing rests on what rests on it."""
    seen: set[str] = set()
    for identifier, equation in equations.items():
        own = {each for each in above(equation) if each.partition(".")[0] == identifier.partition(".")[0]}
        assert own <= seen, f"{identifier} cites {sorted(own - seen)}"
        seen.add(identifier)
    heights: dict[str, int] = {}
    for _ in equations:
        ready = [each for each in equations if each not in heights and above(equations[each]) <= heights.keys()]
        heights |= dict.fromkeys(ready, len(heights))
        if not ready:
            break
    assert heights.keys() == equations.keys(), f"these rest on each other: {sorted(equations.keys() - heights.keys())}"


def above(equation: Any) -> set[str]:
    return {*equation.cites, *(premise.id for premise in equation.premises)}
