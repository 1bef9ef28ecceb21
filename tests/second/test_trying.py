"""Statements tried in the reader's browser: as on the command line, what is true is proved and what is wrong fails at a point, and neither is ever taken for the other."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from derivations.catalogue.forms import as_term
from derivations.catalogue.scripts import derivation_of
from derivations.engine.parser import Unread
from derivations.engine.trying import NotTried, attempt
from derivations.engine.typed import changed, stated
from tests.second.attacking import answers, misjudged, spoilt, texts

ROOT = Path(__file__).resolve().parents[2]
SEED, EQUATIONS, COMPARED = 20261122, 15, 8
SCRIPTS = ("coin", "coin-general", "coin-information", "cats", "cross-entropy", "separated")
Catalogue = dict[str, Any]


@pytest.fixture(scope="module")
def path(built_site: Path) -> Path:
    return built_site / "equations.json"


@pytest.fixture(scope="module")
def proved(path: Path) -> dict[str, Catalogue]:
    equations = json.loads(path.read_text(encoding="utf-8"))["equations"]
    return {each["id"]: each for each in equations if each["verdict"] != "definition"}


@pytest.fixture(scope="module")
def typed(path: Path, proved: dict[str, Catalogue]) -> dict[str, Catalogue]:
    return texts(ROOT, path, proved)


def python(identifier: str) -> tuple[Any, Any]:
    derivation = derivation_of(identifier.partition(".")[0].replace("-", "_"))
    return derivation, derivation.equations[identifier]


def test_every_statement_is_read_as_the_tree_that_it_was_written_from(proved, typed):
    """And every wrong variant."""
    read = 0
    for identifier, entry in proved.items():
        (row,) = entry["rows"]
        asks = row["relations"][-1] == "=!"
        chains = [row["terms"]]
        for each in entry["evidence"]["wrong"]:
            chains.append([*row["terms"][: each["place"]], each["term"], *row["terms"][each["place"] + 1 :]])
        for chain, said in zip(chains, typed[identifier]["statements"], strict=True):
            assert said["text"] is None or said["read"]["terms"] == (chain[:-1] if asks else chain), said["text"]
            read += said["text"] is not None
        assert typed[identifier]["statements"][0]["text"], f"{identifier} cannot be typed"
    assert read > 1700


def test_what_is_typed_is_read_as_on_the_command_line(path, proved, typed):
    some = [each for each in proved if each.partition(".")[0] in SCRIPTS]
    for identifier in random.Random(SEED).sample(some, 15):
        derivation, equation = python(identifier)
        for said in filter(lambda each: each["text"], typed[identifier]["statements"]):
            terms, relations = stated(derivation, equation, said["text"])
            assert said["read"] == {"terms": json.loads(json.dumps(terms)), "relations": list(relations)}
        on, values = changed(derivation, equation, [each for each in typed[identifier]["domain"] if each])
        assert not values
        assert all(over == equation.context.quantities[name] for name, over in on.items())


def test_every_published_statement_is_proved_and_its_wrong_variants_are_refuted(path, proved, typed):
    """Of some, drawn once and for all; `python -m tests.second` tries all there are."""
    some = random.Random(SEED).sample(list(proved), EQUATIONS)
    asked = [(each, said["text"], "refuted" if n else "proved") for each in some for n, said in enumerate(typed[each]["statements"]) if said["text"]]  # fmt: skip
    found = answers(ROOT, path, [{"id": each, "text": text, "domain": ", ".join(filter(None, typed[each]["domain"]))} for each, text, _ in asked])  # fmt: skip
    wrong = [fault for (each, text, wanted), answer in zip(asked, found, strict=True) for fault in misjudged(each, text, wanted, answer)]  # fmt: skip
    assert not [each for each in wrong if not each.endswith(": neither")]
    assert not [fault for (each, text, wanted), answer in zip(asked, found, strict=True) if wanted == "proved" for fault in misjudged(each, text, wanted, answer)]  # fmt: skip
    assert len(wrong) <= 0.05 * sum(wanted == "refuted" for _, _, wanted in asked), wrong


def test_browser_and_command_line_never_contradict_each_other(path, proved, typed):
    some = [each for each in proved if each.partition(".")[0] in SCRIPTS]
    draw, asked = random.Random(SEED), []
    for identifier in draw.sample(some, COMPARED):
        edits = spoilt(typed[identifier]["statements"][0]["text"])
        asked += [(identifier, text) for _, text in draw.sample(edits, min(2, len(edits)))]
    verdicts = {"proved": 0, "refuted": 0, "neither": 0}
    for (identifier, text), answer in zip(asked, answers(ROOT, path, [{"id": each, "text": text} for each, text in asked]), strict=True):  # fmt: skip
        try:
            theirs = attempt(*python(identifier), text).verdict
        except NotTried:
            theirs = "unread"
        assert {theirs, answer.get("verdict", "unread")} != {"proved", "refuted"}, f"{identifier}: {text}"
        verdicts[answer["verdict"]] += 1
        assert answer["terms"] == json.loads(json.dumps(stated(*python(identifier), text)[0])), text
    assert verdicts["proved"] and verdicts["refuted"]


UNREAD = [
    ("8/q", "", "unknown", 2),
    ("8/p +", "", "ends", 5),
    ("8/p - 2/(1-p", "", "ends", 12),
    ("8/p 2", "", "sign", 4),
    ("binomial(p)", "", "parts", 0),
    ("(((8)))^99999", "", "large", 0),
    ("sum(p, 3, 1, 2)", "", "letter", 7),
    ("(" * 60 + "8" + ")" * 60, "", "deep", 41),
    ("8/p", "p < 0 < 1", "domain", 0),
    ("8/p", "1 < p < 0", "empty", 0),
    ("1" * 3000, "", "long", 2000),
]


def test_what_is_no_statement_is_told_at_its_place(path):
    asked = [{"id": "coin.score", "text": text, "domain": domain} for text, domain, _, _ in UNREAD]
    told = [(answer.get("unread"), answer.get("place")) for answer in answers(ROOT, path, asked)]
    assert told == [(what, place) for _, _, what, place in UNREAD]
    for text, _, _, _ in UNREAD[:6]:
        with pytest.raises(Unread):
            stated(*python("coin.score"), text)


def test_another_domain_is_proved_or_its_open_end_is_where_it_fails(path):
    domains = ["0 < p < 1/2", "p = 1/2", "0 <= p < 1", "0 < p ≤ 1"]
    found = answers(ROOT, path, [{"id": "coin.score", "text": "8/p - 2/(1-p)", "domain": each} for each in domains])
    assert [each["verdict"] for each in found] == ["proved", "proved", "refuted", "refuted"]
    for answer, at in zip(found[2:], "01", strict=True):
        assert [each["value"] for each in answer["where"]] == [at]
        assert None in [side["value"] for side in answer["sides"]]


def test_values_shown_are_those_that_the_terms_have(path):
    (answer,) = answers(ROOT, path, [{"id": "coin.score", "text": "8/p + 2/(1-p)"}])
    assert (answer["where"], [side["value"] for side in answer["sides"]]) == ([{"name": "p", "given": None, "value": "1/2"}], ["12", "20"])  # fmt: skip
    (answer,) = answers(ROOT, path, [{"id": "coin-information.standard-error", "text": "0.127"}])
    assert answer["sides"] == [
        {"value": "0.126", "exact": False, "text": answer["sides"][0]["text"]},
        {"value": "127/1000", "exact": True, "text": "0.127"},
    ]
    assert as_term(answer["terms"][-1]) == ("dec", 127, 3)
