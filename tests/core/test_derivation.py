"""A derivation's steps: what is recorded of them, and that identifiers are unique and permanent."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sympy import Integer, log

from derivations.core import NAME, UNIT, Derivation, Unproved, equals
from derivations.core.rules import RULES, negate, take_logarithm, the_root

ROOT = Path(__file__).resolve().parents[2]
PUBLISHED = Path(__file__).with_name("published_identifiers.txt")


def published() -> list[str]:
    return PUBLISHED.read_text(encoding="utf-8").split()


def retired() -> list[dict[str, str]]:
    return json.loads((ROOT / "derivations" / "retired.json").read_text(encoding="utf-8"))


def gone(before: list[str], now: set[str], given_up: set[str]) -> list[str]:
    """Identifiers that were published and are neither there nor retired."""
    return [identifier for identifier in before if identifier not in now | given_up]


def test_identifiers_are_permanent(equations):
    given_up = {entry["id"] for entry in retired()}
    lost = gone(published(), set(equations), given_up)
    assert not lost, (
        f"published once, so kept for ever or retired with a reason in derivations/retired.json: {', '.join(lost)}"
    )
    assert not given_up & set(equations), "a retired identifier is not used again"


def test_identifiers_that_are_new_are_entered_in_the_permanent_list(equations):
    new = [identifier for identifier in equations if identifier not in published()]
    assert not new, f"add to {PUBLISHED.relative_to(ROOT)}: {' '.join(new)}"


def test_permanent_list_misses_one_that_disappears():
    assert gone(["coin.score", "coin.mle"], {"coin.mle"}, set()) == ["coin.score"]
    assert gone(["coin.score", "coin.mle"], {"coin.mle"}, {"coin.score"}) == []


def test_identifiers_are_unique_and_well_formed(equations):
    assert len(set(published())) == len(published())
    for identifier in published():
        derivation, _, key = identifier.partition(".")
        assert identifier.isascii() and identifier == identifier.lower() and key and " " not in identifier
        assert all(part.strip("-") == part and part.replace("-", "").isalnum() for part in (derivation, key)), (
            identifier
        )


def test_retired_identifiers_have_a_reason():
    for entry in retired():
        assert entry["id"] and entry["reason"]


# ------------------------------------------------------------ what is recorded


def test_script_and_line_lead_to_the_step(equations):
    for equation in equations.values():
        source = (ROOT / equation.script).read_text(encoding="utf-8").splitlines()
        near = "\n".join(source[equation.line - 1 : equation.line + 2])
        key = equation.id.partition(".")[2]
        stem = key.rstrip("0123456789")  # keys of a family of steps end in its number
        assert (".step(" in near or ".define(" in near) and (f'"{key}"' in near or f'f"{stem}' in near), (
            f"{equation.id}: {near}"
        )


def test_parents_come_before_their_children(equations):
    seen: set[str] = set()
    for identifier, equation in equations.items():
        assert set(equation.parents) <= seen, identifier
        seen.add(identifier)


def test_every_step_but_a_definition_has_parents_or_counts(equations):
    for identifier, equation in equations.items():
        if equation.verdict == "definition":
            assert equation.rule in ("define", "observe") and not equation.proofs, identifier
        else:
            assert equation.proofs, f"{identifier} is {equation.verdict} with nothing proved"
            assert equation.parents or equation.rule == "count", identifier


def test_record_has_what_the_catalogue_promises(equations):
    promised = {
        "id",
        "derivation",
        "title",
        "verdict",
        "tex",
        "parts",
        "plain",
        "shown",
        "computed",
        "rule",
        "parents",
        "domain",
        "proof",
        "value",
        "source",
        "script",
        "line",
    }
    for equation in equations.values():
        record = equation.record()
        assert promised <= set(record) and record["rule"] in RULES, equation.id
        assert record["title"]["zh"] and record["title"]["en"] and record["source"].partition("/")[0] in ("mle", "bce")
        assert json.loads(json.dumps(record, ensure_ascii=False)) == record


def test_certified_is_said_where_digits_were_enclosed_and_nowhere_else(equations):
    for identifier, equation in equations.items():
        approximate = any(link.relation == "≈" for line in equation.lines for link in line.links)
        assert (equation.verdict == "certified") is (approximate and equation.verdict != "definition"), identifier


# ------------------------------------------------------------ what is refused


def example():
    derivation = Derivation("example", ("例", "Example"), source="mle/1")
    p, L = derivation.symbol("p", UNIT), derivation.function("L")
    return derivation, p, L, derivation.define("likelihood", L(p), lambda: p**2, title=("似然", "Likelihood"))


def test_identifier_used_twice_is_refused():
    derivation, p, L, likelihood = example()
    with pytest.raises(ValueError, match="example.likelihood is used twice"):
        derivation.define("likelihood", L(p), p, title=("", ""))


def test_detail_that_is_not_known_is_refused():
    derivation, p, L, likelihood = example()
    with pytest.raises(TypeError, match="example.log.*colour"):
        derivation.step(
            "log", take_logarithm(likelihood), title=("", ""), shown=lambda: equals(log(L(p)), 2 * log(p)), colour="red"
        )


def test_right_hand_side_alone_is_shown_after_the_name():
    derivation, p, L, likelihood = example()
    M = derivation.function("M")
    step = derivation.step("minus", negate(likelihood), names=M(p), title=("", ""), shown=lambda: -(p**2))
    assert step.plain() == "M(p) = -p^2" and derivation.definitions[M(p)] == -(p**2)


def test_failed_step_is_not_among_the_equations():
    derivation, p, L, likelihood = example()
    with pytest.raises(Unproved):
        derivation.step("minus", negate(likelihood), title=("", ""), shown=lambda: equals(-L(p), p**2))
    assert list(derivation.equations) == ["example.likelihood"]


def test_the_root_needs_exactly_one():
    derivation, p, L, likelihood = example()
    roots = derivation.define(
        "roots", None, None, title=("", ""), shown=lambda: equals(derivation.symbol("s", NAME), Integer(1))
    )
    object.__setattr__(roots, "expression", (Integer(0), Integer(1)))
    with pytest.raises(ValueError, match="example.roots has 2 solutions"):
        the_root(roots)
