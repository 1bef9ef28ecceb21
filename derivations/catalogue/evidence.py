"""What speaks for an equation beside its proof: the witness at points, wrong variants refuted by both checkers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib.metadata import version
from typing import Any

from derivations.catalogue.forms import as_json
from derivations.catalogue.store import Store, engine_fingerprint, hash_of
from derivations.engine.derivation import Derivation
from derivations.engine.equation import Equation, used
from derivations.engine.kernel.check import prove
from derivations.engine.kernel.statements import Line, Refused, Statement
from derivations.engine.points import NoPoint
from derivations.engine.variants import put_to_the_test, telling
from derivations.engine.witness import Places, WitnessFailure, witness

Tell = Callable[[str], None]
PACKAGES = ("sympy", "python-flint", "mpmath")


class Disagreement(ValueError):
    """A witness contradicts an equation, or a wrong variant passes. The message has file, line, identifier."""


def evidence_of(equation: Equation, derivation: Derivation, places: Places, deep: bool = True) -> dict[str, Any]:
    """What was found for a statement.

    Args:
        deep: with wrong variants.

    Raises:
        Disagreement: something speaks against it.
    """
    place = f"{equation.script}:{equation.line}: {equation.id}"
    statement = Statement(equation.context, equation.terms, equation.relations, equation.inhabitant)
    library = {key: derivation.library[key] for key in used(equation.lines)}

    def accepts(changed: Statement, lines: tuple[Line, ...]) -> bool:
        try:
            prove(changed, lines, library)
        except (Refused, RecursionError, ArithmeticError):
            return False
        return True

    try:
        found = witness(statement, equation.lines, places=places)
    except (WitnessFailure, NoPoint) as reason:
        raise Disagreement(f"{place}: {reason}") from None
    record = {
        "points": found.points,
        "decisive": found.decisive,
        "widest": f"{found.widest:.1e}" if found.widest else "0",
        "approached": found.approached,
        "lines": found.lines,
        "claimed": found.claimed,
        "said": list(found.said),
    }
    if not deep:
        return record
    totals = put_to_the_test(statement, equation.lines, accepts, places=places)
    if passed := [each for each in totals.survived if each.endswith("(by the kernel)")]:
        raise Disagreement(f"{place}: the kernel lets a wrong variant pass: {passed[0]}")
    counts = {"wrong": totals.wrong, "equal": totals.equal, "true": len(totals.unrefuted)}
    refuted = {"by_kernel": totals.by_kernel, "by_witness": totals.by_witness}
    wrong = [{"place": each.place, "term": as_json(each.changed[1])} for each in telling(totals.stated) if each.changed]
    return {**record, "variants": {**counts, **refuted}, "wrong": wrong}


def all_evidence(
    derivations: Mapping[str, Derivation],
    hashes: Mapping[str, str],
    tell: Tell = lambda name: None,
    store: Store | None = None,
) -> dict[str, dict[str, Any] | None]:
    """Of every equation; what has not changed, nor anything that it rests on, is taken from the store. Definitions have none.

    Raises:
        Disagreement: something speaks against an equation.
    """
    store = store or Store("evidence")
    engine, places = engine_fingerprint(), Places()
    found: dict[str, dict[str, Any] | None] = {}
    versions = {name: version(name) for name in PACKAGES}
    for derivation in derivations.values():
        tell(derivation.name)
        for identifier, equation in derivation.equations.items():
            if equation.theorem is None:
                found[identifier] = None
                continue
            key = hash_of([hashes[identifier], engine])
            kept = store.read(key)
            found[identifier] = kept or store.keep(
                key, {**evidence_of(equation, derivation, places), "versions": versions}
            )
    return found
