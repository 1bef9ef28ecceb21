"""A point at which a statement certainly fails, with both values there: exact, or in digits that an enclosure decides."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from flint import fmpq

from derivations.engine.arithmetic import NoValue, Undefined
from derivations.engine.claims import Claim, agrees, claims
from derivations.engine.deciding import PRECISIONS, At
from derivations.engine.derivation import Derivation
from derivations.engine.digits import Undecided, digits
from derivations.engine.equation import Equation
from derivations.engine.extremes import rival
from derivations.engine.kernel.statements import Statement
from derivations.engine.kernel.terms import Term, alike, bare, num, put
from derivations.engine.points import points
from derivations.engine.witness import different

MOST_PLACES = 30
READABLE = 10**6
"""Fractions with larger denominators are shown in digits."""
UNVALUED = ("argmax", "argmin", "roots", "lim")
NOWHERE: Term = ("set",)
"""In the place of a value: certainly none."""


@dataclass(frozen=True)
class Side:
    """A side of what fails, with its value; NOWHERE where it has none, None where nothing is said."""

    term: Term
    value: Term | None = None
    exact: bool = False


@dataclass(frozen=True)
class Refutation:
    """A point of the domain, as what stands for what, and what both sides are worth there."""

    at: tuple[tuple[Term, Term], ...]
    sides: tuple[Side, Side]


class Trial:
    """A statement at points of its domain. What is proved about a term of its equation stands for it where that has no value: a limit, a place, roots."""

    def __init__(self, derivation: Derivation, equation: Equation, statement: Statement, same_domain: bool) -> None:
        self.statement = statement
        self.parameters = {form.key: form.parameters for form in derivation.scope.applied.values()}
        equals = equation.relations.index("≈") if "≈" in equation.relations else len(equation.relations)
        proved_equal = equation.theorem is not None and same_domain and set(equation.relations[:equals]) <= {"=", "=!"}
        chain = [bare(each) for each, _ in zip(equation.terms, range(equals + 1), strict=False)]
        self.known = [each for each in chain if proved_equal and each[0] not in UNVALUED]
        self.unvalued = [each for each in chain if proved_equal and each[0] in UNVALUED]

    def meant(self, term: Term) -> Term:
        """What a term is proved to be, where it has no value of its own."""
        same = any(alike(term, each) for each in self.unvalued)
        return self.known[-1] if same and self.known else term

    def refutation(self) -> tuple[Refutation | None, int]:
        """The simplest of the points at which a relation certainly fails; and how many were tried."""
        context = self.statement.context
        own = [At(context, point) for point in points(context, self.statement.inhabitant).points]
        relevant = different(own, context, self.statement.terms)
        for claim in claims(self.statement.terms, self.statement.relations):
            meant = replace(claim, left=self.meant(bare(claim.left)), right=self.meant(bare(claim.right)))
            failing = [at for at in relevant if fails(at, meant)]
            if failing:
                found = [self.told(at, claim, meant) for at in failing]
                return min(found, key=lambda each: (not all(side.exact and side.value for side in each.sides), len(str(each.at)))), len(relevant)  # fmt: skip
        return None, len(relevant)

    def told(self, at: At, claim: Claim, meant: Claim) -> Refutation:
        """What is to be shown of a point: what was read of it, and what both sides are worth there."""
        terms = (bare(claim.left), bare(claim.right))
        worth = (meant.left, meant.right)
        if worth[0][0] in ("argmax", "argmin") and (elsewhere := rival(at, *worth)) is not None:
            variable, body = worth[0][1:3]
            terms = worth = (put(body, {variable: worth[1]}), put(body, {variable: as_term(elsewhere)}))
        sides = both(at, terms, worth)
        read = {key: value for balls in at.balls.values() for key, value in balls.used.items()}
        where = [
            (named, as_term(value))
            for key, value in sorted(read.items(), key=lambda each: str(each[0]))
            if isinstance(value, fmpq) and (named := self.named(key)) is not None
        ]
        return Refutation(tuple(where), sides)

    def named(self, key: Any) -> Term | None:
        """What was read of a point: a quantity, or a member of a family; a point of a space by the letter that stands for it."""
        if isinstance(key, str):
            return ("sym", key)
        name, arguments = key
        letters = self.parameters.get(name, ())
        if any(isinstance(each, str) for each in arguments) and len(letters) != len(arguments):
            return None
        own = zip(arguments, letters or arguments, strict=True)
        return ("app", name, *(("sym", letter) if isinstance(each, str) else as_term(each) for each, letter in own))


def fails(at: At, claim: Claim) -> bool:
    """Whether a relation certainly fails: no limit was followed, and no two places compared."""
    if {claim.left[0], claim.right[0]} <= {"argmax", "argmin"}:
        return False
    found = agrees(at, claim)
    return found.agrees is False and not found.approached


def as_term(value: Any) -> Term:
    """A fraction as it is written."""
    found = Fraction(int(value.p), int(value.q)) if isinstance(value, fmpq) else Fraction(value)
    size: Term = num(abs(found.numerator))
    size = size if found.denominator == 1 else ("/", size, num(found.denominator))
    return ("neg", size) if found < 0 else size


def both(at: At, terms: tuple[Term, Term], worth: tuple[Term, Term]) -> tuple[Side, Side]:
    """Two sides with their values: exact, or in certified digits, as many as it takes to tell them apart."""
    found = [valued(at, each) for each in worth]
    pair = (Side(terms[0]), Side(terms[1]))
    for places in range(3, MOST_PLACES):
        one, other = (
            Side(term, *shown(at, of, value, places)) for term, of, value in zip(terms, worth, found, strict=True)
        )
        pair = (one, other)
        if one.value != other.value or one.value is None:
            break
    return pair


def valued(at: At, term: Term) -> Any:
    """The number; NOWHERE where it is certain that there is none; None where nothing is said."""
    for precision in PRECISIONS:
        try:
            return at.of(term, precision)
        except Undefined as problem:
            if problem.certain:
                return NOWHERE
        except NoValue:
            return None
    return None


def shown(at: At, term: Term, value: Any, places: int) -> tuple[Term | None, bool]:
    """A value as a term, and whether it is exact."""
    if value is NOWHERE:
        return NOWHERE, True
    if isinstance(value, fmpq) and value.q < READABLE:
        return as_term(value), True
    if term[0] in ("set", "tuple", "inf"):
        return term, True
    try:
        return digits(term, at.context, places, at.point), False
    except (Undecided, Undefined, NoValue):
        return None, False
