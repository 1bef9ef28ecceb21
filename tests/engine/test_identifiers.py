"""Identifiers are for ever: what was published once is there, or retired with a date and a reason."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import pytest

from derivations.words import languages
from tests.engine.published import PUBLISHED, ROOT, ROWS, to_add


def retired() -> list[dict[str, Any]]:
    return json.loads((ROOT / "derivations" / "retired.json").read_text(encoding="utf-8"))


def gone(before: list[str], now: set[str], given_up: set[str]) -> list[str]:
    """Identifiers that were published and are neither there nor retired."""
    return [identifier for identifier in before if identifier not in now | given_up]


def test_identifiers_are_permanent(equations):
    lost = gone(PUBLISHED, set(equations), {entry["id"] for entry in retired()})
    assert not lost, f"published once, so kept for ever or retired in derivations/retired.json: {', '.join(lost)}"


def test_identifiers_that_are_new_are_entered_in_the_permanent_list(equations):
    missing = to_add({identifier: equation.verdict for identifier, equation in equations.items()})
    assert not missing, missing


def test_new_identifiers_are_told_with_the_file_and_the_lines_to_add():
    known = {"coin.score": "proved", "coin.likelihood": "definition"}
    assert to_add(known) == ""
    assert to_add({**known, "coin.new": "certified", "coin.newer": "definition"}) == (
        "add to tests/engine/published_identifiers.txt:\ncoin.new\ncoin.newer definition"
    )


def test_permanent_list_misses_one_that_disappears():
    assert gone(["coin.score", "coin.mle"], {"coin.mle"}, set()) == ["coin.score"]
    assert gone(["coin.score", "coin.mle"], {"coin.mle"}, {"coin.score"}) == []


def test_identifiers_are_unique_and_well_formed():
    assert len(set(PUBLISHED)) == len(PUBLISHED)
    assert all(row[1:] in ([], ["definition"]) for row in ROWS)
    for identifier in PUBLISHED:
        assert re.fullmatch(r"[a-z]+(-[a-z0-9]+)*\.[a-z0-9]+(-[a-z0-9]+)*", identifier), identifier


@pytest.mark.parametrize("entry", retired(), ids=lambda entry: entry["id"])
def test_retired_identifiers_have_a_date_a_reason_and_a_replacement(equations, entry):
    assert set(entry) == {"id", "date", "reason", "replacement"}
    assert date.fromisoformat(entry["date"]) and all(len(entry["reason"][each]) > 20 for each in languages())
    assert entry["id"] in PUBLISHED and entry["id"] not in equations, "never used again"
    assert entry["replacement"] in equations


def test_script_and_line_lead_to_the_step(equations):
    for equation in equations.values():
        source = (ROOT / equation.script).read_text(encoding="utf-8").splitlines()
        near = "\n".join(source[equation.line - 1 : equation.line + 2])
        key = equation.id.partition(".")[2]
        stem = key.rstrip("0123456789")  # keys of a family of steps end in its number
        made = re.search(r"\.(step|define|observe|suppose)\(", near)
        assert made and (f'"{key}"' in near or f'f"{stem}' in near), f"{equation.id}: {near}"
