"""What was published is there, says the same, or something says why not; numbers of a release lead to identifiers for ever."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from derivations.catalogue.compare import compare, statements_of
from derivations.catalogue.permanence import (
    NoNumber,
    PromiseBroken,
    Release,
    changed,
    faults,
    history,
    keep_promises,
    numbered,
    order,
    releases,
    retired,
    said,
    statement_hash,
)
from derivations.catalogue.verify import DIGITS, NoCitation, token, verify

Catalogue = dict[str, Any]
PAGE = "likelihood-to-cross-entropy"


@pytest.fixture
def first(few: Catalogue) -> Release:
    """A release of the coin alone."""
    equations = {each["id"]: {"statement": each["statement"], "plain": said(each)} for each in few["equations"]}
    return Release("1.0.0", "2026-01-01", equations, {PAGE: ["coin.likelihood", "coin.score"]})


def entry_of(catalogue: Catalogue, identifier: str) -> Catalogue:
    return next(each for each in catalogue["equations"] if each["id"] == identifier)


def altered(catalogue: Catalogue, identifier: str) -> Catalogue:
    """The catalogue with a 2 turned into a 3 in one statement."""
    entry = entry_of(catalogue, identifier)
    entry["rows"] = json.loads(json.dumps(entry["rows"]).replace('["num", 2]', '["num", 3]'))
    entry["statement"] = statement_hash(entry, catalogue["names"])
    return catalogue


# ------------------------------------------------------------ the hash


def test_hash_is_of_the_statement_and_its_meaning_alone(few: Catalogue) -> None:
    entry, names = entry_of(few, "coin.score"), few["names"]
    before = statement_hash(entry, names)
    assert before == entry["statement"]
    for key, other in (("tex", {"en": "x"}), ("title", {}), ("proof", {"steps": []}), ("line", 1), ("plain", {})):
        assert statement_hash({**entry, key: other}, names) == before, key
    in_range = copy.deepcopy(entry)
    in_range["context"]["quantities"]["p"]["low_in"] = True
    assert statement_hash(in_range, names) != before
    supposed = copy.deepcopy(entry)
    supposed["context"]["hypotheses"] = [{"left": ["sym", "p"], "relation": "<", "right": ["num", 1], "every": {}}]
    assert statement_hash(supposed, names) != before
    meaning = copy.deepcopy(names)
    meaning["coin.L"]["body"] = ["num", 1]
    assert statement_hash(entry, meaning) != before, "the same signs about another L"


def test_every_statement_has_a_hash_of_its_own_unless_it_says_the_same(catalogue: Catalogue) -> None:
    by_hash: dict[str, list[Catalogue]] = {}
    for entry in catalogue["equations"]:
        assert entry["statement"] == statement_hash(entry, catalogue["names"])
        by_hash.setdefault(entry["statement"], []).append(entry)
    for same in by_hash.values():
        assert all(each["rows"] == same[0]["rows"] for each in same)


# ------------------------------------------------------------ promises


def test_releases_on_record_are_kept(catalogue: Catalogue) -> None:
    keep_promises(catalogue["equations"])
    assert [release.version for release in releases()] == sorted((r.version for r in releases()), key=order)
    for entry in changed():
        assert set(entry) == {"id", "date", "reason", "statement"}


def test_what_is_gone_stops_the_build_unless_it_is_retired(few: Catalogue, first: Release) -> None:
    left = [each for each in few["equations"] if each["id"] != "coin.score"]
    (fault,) = faults(left, [first], [], [])
    assert "coin.score was published in 1.0.0 and is gone" in fault and "derivations/retired.json" in fault
    assert not list(faults(left, [first], [{"id": "coin.score"}], []))
    (again,) = faults(few["equations"], [first], [{"id": "coin.score"}], [])
    assert "never used for anything again" in again


def test_what_says_something_else_stops_the_build_unless_a_line_says_so(few: Catalogue, first: Release) -> None:
    altered(few, "coin.score")
    (fault,) = faults(few["equations"], [first], [], [])
    assert "coin.score says something else than in 1.0.0" in fault and "derivations/changed.json" in fault
    now = entry_of(few, "coin.score")["statement"]
    assert now in fault
    assert not list(faults(few["equations"], [first], [], [{"id": "coin.score", "statement": now}]))
    assert list(faults(few["equations"], [first], [], [{"id": "coin.score", "statement": "0" * 64}]))


def test_broken_promise_is_raised_with_every_fault(monkeypatch, few: Catalogue, first: Release) -> None:
    monkeypatch.setattr("derivations.catalogue.permanence.releases", lambda: [first])
    keep_promises(few["equations"])
    with pytest.raises(PromiseBroken, match="coin.score was published") as broken:
        keep_promises([each for each in few["equations"] if each["id"] not in ("coin.score", "coin.mle")])
    assert "coin.mle was published" in str(broken.value)


def test_history_tells_what_became_of_an_equation(few: Catalogue, first: Release) -> None:
    now = entry_of(few, "coin.score")["statement"]
    second = Release("1.1.0", "2026-02-01", {**first.equations, "coin.score": {"statement": "0" * 64, "plain": ""}}, {})
    assert [(e.kind, e.version) for e in history("coin.score", now, [first])] == [("added", "1.0.0")]
    told = [(e.kind, e.version) for e in history("coin.score", now, [first, second])]
    assert told == [("added", "1.0.0"), ("changed", "1.1.0"), ("changed", "")]
    assert [(e.kind, e.version) for e in history("coin.new", "1" * 64, [first])] == [("added", "")]
    gone = retired()[0]
    assert history(gone["id"], None, [first])[-1].reason == gone["reason"]


# ------------------------------------------------------------ numbers


@pytest.mark.parametrize("asked", [f"1.0.0 {PAGE} (2)", f"v1.0.0 {PAGE} 2", f"  1.0.0   {PAGE}  (2) "])
def test_number_of_a_release_leads_to_an_identifier(first: Release, asked: str) -> None:
    assert numbered(asked, [first]) == "coin.score"


@pytest.mark.parametrize("asked", ["coin.score", "log loss", "8/p - 2/(1-p)", "", "(2)"])
def test_what_is_no_number_is_none(first: Release, asked: str) -> None:
    assert numbered(asked, [first]) is None


@pytest.mark.parametrize(
    "asked, what",
    [
        (f"2.0.0 {PAGE} (2)", "no release 2.0.0; there is 1.0.0"),
        ("1.0.0 coin (2)", f"no page 'coin'; it has {PAGE}"),
        (f"1.0.0 {PAGE} (3)", r"equations \(1\) to \(2\), not \(3\)"),
        (f"1.0.0 {PAGE} (0)", r"not \(0\)"),
    ],
)
def test_number_that_nothing_has_is_refused_with_what_there_is(first: Release, asked: str, what: str) -> None:
    with pytest.raises(NoNumber, match=what):
        numbered(asked, [first])


# ------------------------------------------------------------ citations


def test_citation_says_unchanged_changed_or_retired(few: Catalogue, first: Release) -> None:
    cited = token(entry_of(few, "coin.score"), "1.0.0")
    assert verify(f"note = {{{cited}}}", few["equations"], [first]).kind == "unchanged"
    before = said(entry_of(few, "coin.score"))
    altered(few, "coin.score")
    answer = verify(cited, few["equations"], [first])
    assert answer.kind == "changed" and before in answer.said and "today:" in answer.said
    unknown = verify("coin.mle@1.0.0+" + "0" * DIGITS, few["equations"], [first])
    assert unknown.kind == "changed" and "no release has it" in unknown.said
    gone = retired()[0]
    answer = verify(f"{gone['id']}@1.0.0+{'0' * DIGITS}", few["equations"], [first])
    assert answer.kind == "retired" and gone["reason"]["en"] in answer.said and gone["replacement"] in answer.said


@given(st.text(max_size=40), st.text(max_size=40))
def test_citation_is_found_in_any_text(few_once: Catalogue, before: str, after: str) -> None:
    entry = entry_of(few_once, "coin.score")
    assert verify(f"{before} {token(entry, '1.0.0')} {after}", [entry], []).kind in ("unchanged", "changed")


@pytest.mark.parametrize(
    "text, what",
    [
        ("", "no equation is cited"),
        ("a text about coins", "no equation is cited"),
        ("coin.score", "lacks its release or its hash"),
        ("coin.score@1.0.0", "lacks its release or its hash"),
        ("coin.score@1.0.0+0ec3", "cut short"),
        ("coin.scoer@1.0.0+0123456789ab", "nearest: coin.score"),
        ("coin.scoer@1.0", "nearest: coin.score"),
    ],
)
def test_citation_that_is_none_is_refused(few: Catalogue, first: Release, text: str, what: str) -> None:
    with pytest.raises(NoCitation, match=what):
        verify(text, few["equations"], [first])


# ------------------------------------------------------------ comparing


def test_catalogues_are_compared(few: Catalogue) -> None:
    before = statements_of(copy.deepcopy(few))
    assert not compare(before, before) and "No equation" in compare(before, before).text()
    altered(few, "coin.score")
    few["equations"] = [each for each in few["equations"] if each["id"] != "coin.mle"]
    new = copy.deepcopy(entry_of(few, "coin.score"))
    few["equations"].append({**new, "id": "coin.other"})
    found = compare(before, statements_of(few))
    assert [each[0] for each in found.added] == ["coin.other"]
    assert [each[0] for each in found.changed] == ["coin.score"] and found.changed[0][1] == before["coin.score"][
        "plain"
    ]
    assert [each[0] for each in found.gone] == ["coin.mle"]
    assert all(heading in found.text() for heading in ("#### Added", "#### Changed", "#### Retired"))


@pytest.fixture(scope="module")
def few_once(catalogue: Catalogue) -> Catalogue:
    return {**catalogue, "equations": [each for each in catalogue["equations"] if each["derivation"] == "coin"]}


def test_order_of_versions_is_of_numbers() -> None:
    assert sorted(["1.10.0", "1.9.0", "1.0.0"], key=order) == ["1.0.0", "1.9.0", "1.10.0"]
