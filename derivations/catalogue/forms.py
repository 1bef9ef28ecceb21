"""Trees, ranges, contexts and proofs as JSON, and back. This is the documented form; a program of anyone's own can read it.
What a proof means, and when it holds, is told in `PROOFS.md` beside this file: a second kernel was written from it.

A **tree** is a list: its head, then its parts, as `engine/kernel/terms.py` lists them. `["+", ["sym", "p"], ["neg", ["num", 1]]]` is p - 1; whole numbers are JSON
numbers, and nothing else is. A **range** has `low` and `high` (trees, or null for no end), whether each end belongs to it, whether it is one of whole numbers, and
whether it is one of points, which are no numbers. A **context** is what a statement is about: `quantities` and `families` with their ranges (a statement holds for all
of them), `names` (keys of the catalogue's `names`, where each has its parameters and its one meaning), `hypotheses`, `conventions`. A **proof** is `steps`: each stands in
`relation` to the one above (the first to the statement's first term) by `laws` and by the equations that it `cites`; `by` is what a law is used with. Where a step has
cases, `parts` has a proof for each: it begins with the tree `first` and has `steps` of its own, under the condition `where`. Values of the `inhabitant` are fractions, "4/5";
those of a family one for all, or pairs of arguments and value.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from derivations.engine.kernel.statements import Context, Definition, Hypothesis, Line, Part, Range
from derivations.engine.kernel.terms import Term

Json = Any


def as_json(term: Term | None) -> Json:
    """A tree as lists."""
    return None if term is None else [as_json(part) if isinstance(part, tuple) else part for part in term]


def as_term(tree: Json) -> Term:
    """The tree that a list says.

    Raises:
        ValueError: it is no list that begins with a head.
    """
    if not isinstance(tree, list) or not tree or not isinstance(tree[0], str):
        raise ValueError(f"{tree!r} is no tree: a tree is a list that begins with its head")
    if any(isinstance(part, float | bool | dict) or part is None for part in tree[1:]):
        raise ValueError(f"{tree!r} is no tree: its parts are trees, names and whole numbers")
    return (tree[0], *(as_term(part) if isinstance(part, list) else part for part in tree[1:]))


def range_json(over: Range) -> Json:
    """A range, with its ends as trees."""
    ends = {"low": as_json(over.low), "high": as_json(over.high), "low_in": over.low_in, "high_in": over.high_in}
    return {**ends, "whole": over.whole, "point": over.point}


def as_range(said: Json) -> Range:
    """The range that was said."""
    low, high = (None if said[end] is None else as_term(said[end]) for end in ("low", "high"))
    return Range(low, high, said["low_in"], said["high_in"], said["whole"], said["point"])


def context_json(context: Context) -> Json:
    """What a statement is about; of names the keys alone, since each has one meaning in the whole catalogue."""
    return {
        "quantities": {name: range_json(over) for name, over in context.quantities.items()},
        "families": {name: range_json(over) for name, over in context.families.items()},
        "names": list(context.names),
        "hypotheses": [
            {
                "left": as_json(each.left),
                "relation": each.relation,
                "right": as_json(each.right),
                "every": {name: range_json(over) for name, over in each.every},
            }
            for each in context.hypotheses
        ],
        "conventions": sorted(context.conventions),
    }


def as_context(said: Json, meanings: Mapping[str, Definition]) -> Context:
    """The context that was said. `meanings`: of all names."""
    return Context(
        {name: as_range(over) for name, over in said["quantities"].items()},
        {name: as_range(over) for name, over in said["families"].items()},
        {name: meanings[name] for name in said["names"]},
        tuple(
            Hypothesis(
                as_term(each["left"]),
                each["relation"],
                as_term(each["right"]),
                tuple((name, as_range(over)) for name, over in each["every"].items()),
            )
            for each in said["hypotheses"]
        ),
        frozenset(said["conventions"]),
    )


def meaning_json(meaning: Definition) -> Json:
    """A name's parameters and body."""
    return {"parameters": list(meaning.parameters), "body": as_json(meaning.body)}


def as_meaning(said: Json) -> Definition:
    """The definition that was said."""
    return Definition(tuple(said["parameters"]), as_term(said["body"]))


def line_json(line: Line) -> Json:
    """One line of a proof, without what is only read."""
    parts = [{"first": as_json(part.first), "steps": lines_json(part.lines)} for part in line.parts]
    found = {"relation": line.relation, "term": as_json(line.term), "laws": list(line.laws), "cites": list(line.cites)}
    return found | ({"by": as_json(line.by)} if line.by is not None else {}) | ({"parts": parts} if parts else {})


def lines_json(lines: Sequence[Line]) -> list[Json]:
    """The lines of a proof, without what is only read."""
    return [line_json(line) for line in lines]


def as_lines(steps: Sequence[Json]) -> tuple[Line, ...]:
    """The lines that were said; whatever else stands with them is for readers."""
    return tuple(
        Line(
            step["relation"],
            as_term(step["term"]),
            tuple(step["laws"]),
            tuple(step["cites"]),
            as_term(step["by"]) if step.get("by") is not None else None,
            tuple(Part(as_term(part["first"]), as_lines(part["steps"])) for part in step.get("parts", [])),
        )
        for step in steps
    )


def point_json(point: Mapping[str, Any]) -> Json:
    """The values of a point."""
    return {
        name: [[list(map(str, key)), str(Fraction(each))] for key, each in value.items()]
        if isinstance(value, Mapping)
        else str(value)
        for name, value in point.items()
    }


def as_point(said: Json) -> dict[str, Any]:
    """The point that was said; a whole number stays one."""

    def number(text: str) -> Any:
        try:
            return Fraction(text)
        except ValueError:
            return text  # a point of some space has a name and no value

    return {
        name: {tuple(map(number, key)): number(each) for key, each in value}
        if isinstance(value, list)
        else number(value)
        for name, value in said.items()
    }
