"""What is claimed and how it is proved, as plain data: ranges, definitions, contexts, statements, lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from derivations.engine.kernel.printing import show
from derivations.engine.kernel.terms import Term, free, put


class Refused(Exception):
    """The kernel does not accept this; the message says what failed."""


def refuse(when: object, why: str, *of: Any) -> None:
    """Refuse if so; trees stand in the message as they are read."""
    if when:
        raise Refused(why.format(*(show(each) if isinstance(each, tuple) else each for each in of)))


@dataclass(frozen=True)
class Range:
    """The set that a quantity ranges over: an interval of real or whole numbers whose ends may be terms, or the points of some space."""

    low: Term | None = None
    high: Term | None = None
    low_in: bool = False
    high_in: bool = False
    whole: bool = False
    point: bool = False
    """Not a number: model parameters such as weights. It may stand only as an argument."""

    @property
    def ends(self) -> tuple[Term, ...]:
        """Those that there are."""
        return tuple(end for end in (self.low, self.high) if end is not None)

    @property
    def speaks_of(self) -> frozenset[str]:
        """The letters in its ends."""
        return frozenset().union(*map(free, self.ends))

    @property
    def closes(self) -> bool:
        """Whether it is an interval whose upper end belongs to it: a case of its own."""
        return len(self.ends) == 2 and self.high_in

    @property
    def inner(self) -> Range:
        """Without its ends."""
        return replace(self, low_in=False, high_in=False)

    def moved(self, values: Mapping[str, Term]) -> Range:
        """The range for these values of what its ends speak of."""
        low, high = (None if end is None else put(end, values) for end in (self.low, self.high))
        return replace(self, low=low, high=high)


@dataclass(frozen=True)
class Definition:
    """A name's one meaning: what it is for its parameters. A parameter that the body applies stands for a distribution."""

    parameters: tuple[str, ...]
    body: Term

    @property
    def entries(self) -> tuple[Term, ...]:
        """All bodies that there are: one, or those of a table."""
        return self.body[2:] if self.body[0] == "table" else (self.body,)


@dataclass(frozen=True)
class Hypothesis:
    """A premise: left relation right, for every value of the variables in `every`."""

    left: Term
    relation: str  # "=", "<", ">", "<=", ">="
    right: Term
    every: tuple[tuple[str, Range], ...] = ()

    @property
    def speaks_of(self) -> frozenset[str]:
        """The quantities that it is about, those in the ranges of `every` included."""
        ranges = (over.speaks_of for _, over in self.every)
        return frozenset().union(*map(free, self.sides), *ranges) - {name for name, _ in self.every}

    @property
    def sides(self) -> tuple[Term, Term]:
        return self.left, self.right


@dataclass(frozen=True)
class Context:
    """All that a statement is about. Free quantities and families are universally quantified over their ranges."""

    quantities: Mapping[str, Range] = field(default_factory=dict)
    families: Mapping[str, Range] = field(default_factory=dict)
    """Opaque numbers numbered by arguments; the range is that of the numbers."""
    names: Mapping[str, Definition] = field(default_factory=dict)
    hypotheses: tuple[Hypothesis, ...] = ()
    conventions: frozenset[str] = frozenset()
    """Of "0^0 = 1" and "0 log 0 = 0", those that are stated."""
    bound: frozenset[str] = frozenset()
    """What a binder between the top and here binds: no hypothesis, and no free quantity of a name, speaks of it."""

    memo: dict[object, Any] = field(init=False, default_factory=dict, compare=False, repr=False)
    """What has been worked out in this very context."""

    @property
    def ranges(self) -> tuple[Range, ...]:
        """Of quantities and of families."""
        return *self.quantities.values(), *self.families.values()

    @property
    def speaks_of(self) -> frozenset[str]:
        """The quantities that ranges and premises are about."""
        ranges = (over.speaks_of for over in self.ranges)
        return frozenset().union(*ranges, *(premise.speaks_of for premise in self.hypotheses))

    @property
    def premises(self) -> tuple[Term, ...]:
        """Both sides of every hypothesis."""
        return tuple(side for each in self.hypotheses for side in each.sides)

    def extended(self, name: str, over: Range, binding: bool = False) -> Context:
        key = ("extended", name, over, binding)
        if key not in self.memo:
            inner = self.bound | {name} if binding else self.bound
            self.memo[key] = replace(self, quantities={**self.quantities, name: over}, bound=inner)
        return self.memo[key]


@dataclass(frozen=True)
class Statement:
    """A chain: terms[0] relations[0] terms[1] …; relations "=", "<", ">", "<=", ">=", "≈" (rounded) and "=!" (asked for: only 0, only last)."""

    context: Context
    terms: tuple[Term, ...]
    relations: tuple[str, ...]
    inhabitant: Mapping[str, object] = field(default_factory=dict)
    """One point of the domain, to show that there is one: fractions for quantities, for families a fraction or one for each tuple of arguments."""


@dataclass(frozen=True)
class Line:
    """One line of a proof: it stands in `relation` to the line above by these laws.

    `by` is what the law is used with: the factor that both sides are multiplied by, the quantity that cases or induction run over.
    """

    relation: str  # also "<=>" between equations, and "≈"
    term: Term  # ("eq", left, right) where equations are solved
    laws: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    by: Term | None = None
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True)
class Part:
    """A proof inside a line: a case, base or step, one side of a maximum, the equations that are solved."""

    first: Term
    lines: tuple[Line, ...]
