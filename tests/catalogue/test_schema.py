"""The catalogue is what its JSON Schema says, and the schema says something."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from derivations.catalogue.files import SCHEMA

Catalogue = dict[str, Any]


@pytest.fixture(scope="module")
def schema() -> Draft202012Validator:
    said = json.loads(SCHEMA.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(said)
    return Draft202012Validator(said)


def test_catalogue_is_what_its_schema_says(catalogue: Catalogue, schema: Draft202012Validator) -> None:
    whole = {**catalogue, "seal": catalogue.get("seal", "")}
    faults = [f"{list(each.path)[:4]}: {each.message[:200]}" for each in schema.iter_errors(whole)]
    assert faults == []


def with_a_float(entry: Catalogue) -> None:
    entry["rows"][0]["terms"][0] = ["num", 0.5]


def with_an_unknown_head(entry: Catalogue) -> None:
    entry["rows"][0]["terms"][0] = ["integral", ["sym", "p"]]


def with_an_unknown_verdict(entry: Catalogue) -> None:
    entry["verdict"] = "probable"


def without_a_proof(entry: Catalogue) -> None:
    del entry["proof"]


def with_something_more(entry: Catalogue) -> None:
    entry["note"] = "trust me"


def with_a_bad_identifier(entry: Catalogue) -> None:
    entry["id"] = "Coin.Score"


@pytest.mark.parametrize("alter", [
    with_a_float, with_an_unknown_head, with_an_unknown_verdict, without_a_proof, with_something_more, with_a_bad_identifier,
], ids=lambda each: each.__name__)  # fmt: skip
def test_schema_refuses_a_record(
    few: Catalogue, schema: Draft202012Validator, alter: Callable[[Catalogue], None]
) -> None:
    whole = {**few, "seal": "", "equations": few["equations"][:1]}
    assert schema.is_valid(whole)
    alter(whole["equations"][0])
    assert not schema.is_valid(whole)
