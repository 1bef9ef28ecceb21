"""What a derivation is made of: equations, the rules that lead to them, and how one that fails is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from derivations.engine.find import Finder
from derivations.engine.kernel.check import Theorem
from derivations.engine.kernel.statements import Context, Line, Statement
from derivations.engine.kernel.terms import Term
from derivations.engine.writing import Style

Row = tuple[tuple[Term, ...], tuple[str, ...]]
"""A chain: its terms, and the relations between them."""


class Unproved(Exception):
    """A statement that is not proved: file, line, the statement, what failed and, where the witness finds one, a point at which it is false."""

    def __init__(self, message: str, claimed: Equation | None = None) -> None:
        super().__init__(message)
        self.message, self.claimed = message, claimed

    def __str__(self) -> str:
        return self.message + self.counterexample

    @cached_property
    def counterexample(self) -> str:
        """A point at which what was claimed is false, with the values of both sides; nothing where the witness finds none."""
        from derivations.engine.points import NoPoint
        from derivations.engine.witness import WitnessFailure, witness

        try:
            if self.claimed is not None:
                witness(Statement(self.claimed.context, self.claimed.terms, self.claimed.relations))
        except WitnessFailure as found:
            return f"\n  it is false: {found}"
        except (NoPoint, ValueError, ArithmeticError, LookupError, TypeError, RecursionError):
            pass
        return ""


@dataclass(frozen=True)
class Equation:
    """One equation of a derivation: a definition, or a statement with the proof that the kernel accepted."""

    id: str
    rows: tuple[Row, ...]
    """The chains shown; one but for definitions by rows, and premises."""
    context: Context
    style: Style
    source: str
    script: str
    line: int
    rule: str
    defines: str = ""
    theorem: Theorem | None = None
    lines: tuple[Line, ...] = ()
    premises: tuple[Equation, ...] = ()
    """The suppositions under which it holds, each an equation that is shown."""

    @property
    def verdict(self) -> str:
        """ "definition", "proved" or, where digits are decided besides, "certified"."""
        return "definition" if self.theorem is None else "certified" if "≈" in self.relations else "proved"

    @property
    def inhabitant(self) -> Mapping[str, object]:
        """A point of the domain, where a proof shows one."""
        return self.theorem.statement.inhabitant if self.theorem else {}

    @property
    def terms(self) -> tuple[Term, ...]:
        return self.rows[0][0]

    @property
    def relations(self) -> tuple[str, ...]:
        return self.rows[0][1]

    @property
    def sides(self) -> tuple[Term, ...]:
        """All terms of all rows."""
        return tuple(term for terms, _ in self.rows for term in terms)

    @property
    def cites(self) -> tuple[str, ...]:
        """What its proof cites, each once, in the order of the proof."""
        return tuple(used(self.lines))


@dataclass(frozen=True)
class Rule:
    """What a rule hands over: where the statement begins, what SymPy found, what the lines may cite, how they are found."""

    name: str
    cites: tuple[Equation, ...] = ()
    first: Term | None = None
    result: Callable[[Context], Term] | None = None
    """What SymPy makes of `first`."""
    moves: tuple[tuple[str, ...], ...] = ()
    build: Callable[[Finder, Term, str, Term], Line | None] | None = None
    """A line with parts."""


def used(lines: Sequence[Line]) -> dict[str, None]:
    """What some lines cite, those within their parts included, in their order."""
    found: dict[str, None] = {}
    for line in lines:
        found.update(dict.fromkeys(line.cites))
        for part in line.parts:
            found.update(used(part.lines))
    return found
