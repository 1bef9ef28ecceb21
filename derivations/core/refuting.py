"""Each wrong variant of an equation put to both checkers, one without the other."""

from __future__ import annotations

from typing import Any

from sympy import Basic, exp, sympify
from sympy.core.function import AppliedUndef
from sympy.polys.polyerrors import PolynomialError

from derivations.core.certificate import NoCertificate
from derivations.core.enclosure import CannotEnclose, Undecided
from derivations.core.equation import Equation
from derivations.core.exact import Exact
from derivations.core.points import exact_points
from derivations.core.proof import NotProved, Prover, Refuted
from derivations.core.reading import Reading
from derivations.core.statements import Point, trials
from derivations.core.variants import Variant, variants
from derivations.core.witness import Balls, Claim, claims


class VariantSurvived(ValueError):
    """A wrong variant of an equation that a checker did not refute; the message names both."""


class ByProof(Prover):
    """The prover without its search for counterexamples in ball arithmetic: it proves, or it does not."""

    def _refute(self, left: Basic, right: Basic) -> None:
        return

    def proves(self, left: Basic, relation: str, right: Basic) -> bool:
        """Whether a relation is proved."""
        try:
            self.relation(left, relation, right)
        except (Refuted, NotProved, NoCertificate, Undecided, CannotEnclose, PolynomialError, NotImplementedError):
            return False
        except (
            ValueError,
            TypeError,
            ZeroDivisionError,
        ):  # SymPy refuses what makes no sense, such as the logarithm of 0
            return False
        return True


class Refuting:
    """Both checkers of one equation's claims."""

    def __init__(self, equation: Equation) -> None:
        self.equation = equation
        self.read = Reading(equation)
        self.prover = ByProof(equation.definitions, equation.domain, equation.style)
        self.exact = Exact(self.prover)
        self._spots: dict[tuple[Any, ...], list[Point]] = {}

    def by_proof(self, variant: Variant) -> bool:
        """Whether exact arithmetic finds a point at which the variant does not hold. No ball arithmetic has part in it."""
        left, right = self.prover.resolve(variant.left), self.prover.resolve(variant.right)
        try:
            found = trials(left, variant.relation, right, self.exact, self._exact_spots(variant))
            return any(trial.agrees is False for trial in found)
        except (ValueError, ZeroDivisionError):
            return False

    def by_enclosure(self, variant: Variant) -> bool:
        """Whether a ball excludes the variant at a point of the domain."""
        left, right = self.read(variant.left), self.read(variant.right)
        try:
            found = trials(left, variant.relation, right, Balls(), self.read.spots(left, right))
            return any(trial.agrees is False for trial in found)
        except CannotEnclose:
            return False

    def _exact_spots(self, variant: Variant) -> list[Point]:
        terms = [self.read(variant.left), self.read(variant.right)]
        domain = self.read.domain_of(*terms)
        inside = {symbol for term in terms for node in term.atoms(exp) for symbol in node.free_symbols}
        if any(node.args[0].free_symbols & inside for term in terms for node in term.atoms(exp) if node.args[0].is_Pow):
            inside = set()
        key = (domain.key(), frozenset(inside))
        if key not in self._spots:
            self._spots[key] = list(exact_points(domain, inside))
        return self._spots[key]


def shown_claims(equation: Equation) -> list[Claim]:
    """The claims whose right-hand sides are spoilt: the relations shown; for a term shown alone, that it is what was computed."""
    stated = claims(equation)
    links = sum(link.relation != "=!" for line in equation.lines for link in line.links)
    if links:
        return stated[:links]
    return [Claim(claim.right, claim.relation, claim.left) for claim in stated]


def tried_variants(equation: Equation) -> dict[str, Any]:
    """How many wrong variants were made, which of them were equal by chance, and how many each checker refuted by itself.

    `survived` lists those that a checker let pass: kind, text, and which one it was.
    """
    both = Refuting(equation)
    functions = [
        name
        for name, meaning in equation.definitions.items()
        if isinstance(name, AppliedUndef) and set(name.args) <= sympify(meaning).free_symbols
    ]
    made = [
        variant
        for claim in shown_claims(equation)
        for variant in variants(claim.left, claim.relation, claim.right, equation.domain, functions)
    ]
    counts: dict[str, Any] = {"made": len(made), "equivalent": 0, "refuted_by_proof": 0, "refuted_by_enclosure": 0}
    survived = []
    for variant in made:
        differs = both.by_proof(variant)
        proved = both.prover.proves(variant.left, variant.relation, variant.right)
        if proved and not differs:
            counts["equivalent"] += 1
            continue
        refuted = {"proof": differs and not proved, "enclosure": both.by_enclosure(variant)}
        for checker, done in refuted.items():
            counts[f"refuted_by_{checker}"] += done
            if not done:
                survived.append(f"{variant.kind}: {variant.left} {variant.relation} {variant.right} (by {checker})")
    return {**counts, "survived": survived}
