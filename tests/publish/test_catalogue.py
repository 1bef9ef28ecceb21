"""The catalogue file: derived again exactly when it has to be, and taken for genuine only as it was written."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from derivations.publish import catalogue
from derivations.publish.kept import read_kept


@pytest.fixture(scope="module")
def genuine() -> dict[str, Any]:
    """The catalogue as it is derived now."""
    return catalogue.current_catalogue()


@pytest.fixture
def stored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, genuine: dict[str, Any]) -> Path:
    """A file that holds it, in the catalogue's place."""
    path = tmp_path / "equations.json"
    path.write_text(catalogue.as_text(genuine), encoding="utf-8")
    monkeypatch.setattr(catalogue, "CATALOGUE", path)
    return path


@pytest.fixture
def derived(monkeypatch: pytest.MonkeyPatch, genuine: dict[str, Any]) -> list[str]:
    """Grows by one with each derivation of everything, whose outcome is known."""
    runs: list[str] = []
    monkeypatch.setattr(catalogue, "derive", lambda: runs.append("derived"))
    monkeypatch.setattr(catalogue, "catalogue_of", lambda *_, **__: genuine)
    return runs


def test_catalogue_that_is_current_is_not_derived_again(stored: Path, derived: list[str]) -> None:
    before = stored.stat().st_mtime_ns
    assert len(catalogue.current_catalogue()["equations"]) > 100
    assert (derived, stored.stat().st_mtime_ns) == ([], before)


def identifiers(text: str) -> list[str]:
    return [each["id"] for each in json.loads(text)["equations"]]


def mle_of(content: dict[str, Any]) -> dict[str, Any]:
    return next(each for each in content["equations"] if each["id"] == "coin.mle")


def change_a_digit(content: dict[str, Any]) -> None:
    mle_of(content)["value"]["decimal"] = "0.7"


def remove_an_equation(content: dict[str, Any]) -> None:
    content["equations"].remove(mle_of(content))


def change_a_verdict(content: dict[str, Any]) -> None:
    mle_of(content)["verdict"] = "definition"


def edit_the_tex(content: dict[str, Any]) -> None:
    mle_of(content)["tex_by_language"]["en"] = "p = 0.7"


def widen_a_domain(content: dict[str, Any]) -> None:
    mle_of(content)["domain"]["tex"] = r"p \in \mathbb{R}"


def swap_two_equations(content: dict[str, Any]) -> None:
    content["equations"][:2] = content["equations"][1::-1]


def drop_the_seal(content: dict[str, Any]) -> None:
    change_a_digit(content)
    del content["seal"]


def of_another_state(content: dict[str, Any]) -> None:
    content["fingerprint"] = "0" * 64


TAMPERINGS = [
    change_a_digit,
    remove_an_equation,
    change_a_verdict,
    edit_the_tex,
    widen_a_domain,
    swap_two_equations,
    drop_the_seal,
    of_another_state,
]


@pytest.mark.parametrize("tamper", TAMPERINGS, ids=[each.__name__ for each in TAMPERINGS])
def test_catalogue_tampered_with_is_derived_again(
    stored: Path, derived: list[str], tamper: Callable[[dict[str, Any]], None]
) -> None:
    before = stored.read_text(encoding="utf-8")
    content = copy.deepcopy(json.loads(before))
    tamper(content)
    stored.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert catalogue.read_catalogue() is None
    catalogue.current_catalogue()
    assert derived == ["derived"]
    assert stored.read_text(encoding="utf-8") == before


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '"x"', '{"equations": []}'])
def test_catalogue_that_is_no_catalogue_is_derived_again(stored: Path, derived: list[str], text: str) -> None:
    before = stored.read_text(encoding="utf-8")
    stored.write_text(text, encoding="utf-8")
    catalogue.current_catalogue()
    assert derived == ["derived"]
    assert stored.read_text(encoding="utf-8") == before


@pytest.mark.parametrize(
    "changed", ["coin.py", "core/proof.py", "core/rules.py", "publish/catalogue.py", "retired.json"]
)
def test_fingerprint_changes_with_a_script_or_the_engine(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, changed: str
) -> None:
    before = catalogue.whole_fingerprint()
    original = catalogue.FOLDER / changed
    edited = tmp_path / original.name
    edited.write_bytes(original.read_bytes() + b"\n")
    real = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda path: real(edited if path == original else path))
    assert catalogue.whole_fingerprint() != before


@pytest.mark.parametrize("name", ["sympy", "python-flint"])
def test_fingerprint_changes_with_the_version_of_a_library(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    before = catalogue.whole_fingerprint()
    real = catalogue.version
    monkeypatch.setattr(catalogue, "version", lambda asked: "0.0" if asked == name else real(asked))
    assert catalogue.whole_fingerprint() != before


def test_fingerprint_covers_every_script_and_the_whole_engine() -> None:
    scripts = {path.stem for path in catalogue.FOLDER.glob("*.py")} - {"__init__", "__main__", "derivations"}
    assert set(catalogue.SCRIPTS) == scripts
    assert set(catalogue.engine_files()) >= set((catalogue.FOLDER / "core").glob("*.py"))


def test_evidence_that_was_altered_is_found_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, genuine: dict[str, Any]
) -> None:
    found = {entry["id"]: entry["evidence"] for entry in genuine["equations"]}
    known: list[bool] = []

    def deep_check(derivations: Any, cache_path: Path) -> dict[str, Any]:
        known.append(cache_path.exists())
        cache_path.write_text(json.dumps(found), encoding="utf-8")
        return found

    monkeypatch.setattr("derivations.core.evidence.deep_check", deep_check)
    monkeypatch.setattr(catalogue, "EVIDENCE", tmp_path / "evidence.json")
    for altered in (None, None, '{"coin.mle": {"state": "forged", "evidence": null}}', None):
        if altered is not None:
            catalogue.EVIDENCE.write_text(altered, encoding="utf-8")
        catalogue.catalogue_of({}, "fingerprint")
    assert known == [False, True, False, True]


def test_evidence_of_equations_that_passed_is_kept_when_another_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def deep_check(derivations: Any, cache_path: Path) -> dict[str, Any]:
        cache_path.write_text("{}", encoding="utf-8")
        raise ValueError("refuted")

    monkeypatch.setattr("derivations.core.evidence.deep_check", deep_check)
    monkeypatch.setattr(catalogue, "EVIDENCE", tmp_path / "evidence.json")
    with pytest.raises(ValueError, match="refuted"):
        catalogue.catalogue_of({}, "fingerprint")
    assert read_kept(catalogue.EVIDENCE) == b"{}"


def test_script_edited_while_it_runs_leaves_a_catalogue_that_is_stale(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = ["before the edit"]
    monkeypatch.setattr(catalogue, "CATALOGUE", tmp_path / "equations.json")
    monkeypatch.setattr(catalogue, "whole_fingerprint", lambda: state[-1])

    def derive() -> dict[str, Any]:
        state.append("after the edit")
        return {}

    monkeypatch.setattr(catalogue, "derive", derive)
    catalogue.current_catalogue()
    assert catalogue.read_catalogue() is None
