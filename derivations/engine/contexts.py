"""What a statement is about: the context of its terms and no more, and a point that shows that its domain is not empty."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import islice, product
from typing import Any

from derivations.engine.kernel.check import Evaluation, check_context, closure
from derivations.engine.kernel.statements import Context, Definition, Hypothesis, Range, Refused
from derivations.engine.kernel.terms import BINDERS, Term, free, parts, sym

SIMPLE = tuple(map(Fraction, ("1/2", "1", "2", "3", "0", "1/3", "4", "-1")))
"""What is tried for a quantity, in this order; so many of those in its range, then more, and so many points in all."""
EACH, ALL = (4, 8), 600

Ranges = Mapping[str, Range]
Names = Mapping[str, Definition]


def context_of(
    terms: Sequence[Term], quantities: Ranges, families: Ranges, names: Names,
    narrowed: Ranges, premises: tuple[Hypothesis, ...] = (), conventions: Iterable[str] = (),
) -> Context:  # fmt: skip
    """What some terms speak of: quantities with those in the ranges of others, families, names with those in their meanings."""
    applied = set[str]().union(*(closure(term, Context(names=names)) for term in terms))
    spoken = {key: over for key, over in families.items() if key in applied}
    letters = set(narrowed).union(*map(letters_in, terms))
    return Context(
        reached(letters, {**quantities, **narrowed}, spoken),
        spoken,
        {key: meaning for key, meaning in names.items() if key in applied},
        premises,
        frozenset(conventions),
    )


def reached(letters: Iterable[str], quantities: Ranges, families: Ranges) -> dict[str, Range]:
    """Those of the quantities that are among the letters, or in the ranges of such, or of families."""
    ahead, found = [*letters, *(each for over in families.values() for each in letters_of(over))], set[str]()
    while ahead:
        if (letter := ahead.pop()) in quantities and letter not in found:
            found.add(letter)
            ahead += letters_of(quantities[letter])
    return {letter: over for letter, over in quantities.items() if letter in found}


def letters_in(term: Term) -> set[str]:
    """Free letters, and those that a limit or an optimiser over a space binds: their ranges matter too."""
    found = set(free(term))
    everywhere = term[0] in ("argmax", "argmin") and term[3][0] == "inf"
    if term[0] in BINDERS and (term[0] == "lim" or "," in term[1] or everywhere):
        found |= set(term[1].split(","))
    return found.union(*map(letters_in, parts(term)))


def letters_of(over: Range) -> list[str]:
    """The letters in the ends of a range."""
    return [letter for end in (over.low, over.high) if end is not None for letter in free(end)]


def inhabited(context: Context, hints: Mapping[str, Any]) -> dict[str, object]:
    """A point of the domain: simple fractions, tried until the kernel finds that ranges and premises hold.

    Raises:
        Refused: none of those tried is one; say it with `point`. ValueError, ZeroDivisionError: what is said is no number.
    """
    said = {key: Fraction(value) if isinstance(value, str) else value for key, value in hints.items()}
    known = {**stated_values(context), **said}
    open_ones = {**context.families, **context.quantities}
    names = [
        name for name in (*context.quantities, *context.families) if not open_ones[name].point and name not in known
    ]
    fitting = [[each for each in SIMPLE if fits(each, open_ones[name])] or [Fraction(1)] for name in names]
    problem: Refused | None = None
    for values in (point for many in EACH for point in islice(product(*(each[:many] for each in fitting)), ALL)):
        point = {**dict(zip(names, values, strict=True)), **known}
        try:
            check_context(context, point)
            return point
        except Refused as refused:
            problem = problem or refused
    raise Refused(f"no point of the domain was found (say one with `point`): {problem}")


def stated_values(context: Context) -> dict[str, dict[tuple[Fraction, ...], Fraction]]:
    """The values of families at numbers that premises give: label(1) = 1, yhat(1, theta) = 0.7."""
    found: dict[str, dict[tuple[Fraction, ...], Fraction]] = {}
    points = {sym(name) for name, over in context.quantities.items() if over.point}
    number = Evaluation(context, {}).number
    for premise in context.hypotheses:
        head, *rest = premise.left
        if head != "app" or rest[0] not in context.families:
            continue
        own = [part for part in rest[1:] if part not in points]
        if all(map(constant, (*own, premise.right))):
            found.setdefault(rest[0], {})[tuple(map(number, own))] = number(premise.right)
    return found


def constant(term: Term) -> bool:
    return term[0] in ("num", "dec") or (term[0] in ("neg", "/") and all(map(constant, term[1:])))


def fits(value: Fraction, over: Range) -> bool:
    """Whether a number lies in a range, as far as its ends are numbers."""
    low, high = (end[1] if end is not None and end[0] == "num" else None for end in (over.low, over.high))
    return (
        (not over.whole or value.denominator == 1)
        and (low is None or value > low or (over.low_in and value == low))
        and (high is None or value < high or (over.high_in and value == high))
    )
