"""The catalogue file: derived again exactly when it has to be, and taken for genuine only as it was written."""

from __future__ import annotations

import ast
import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from derivations.catalogue import making, scripts, store
from derivations.catalogue.files import FOLDER
from derivations.catalogue.store import Store
from derivations.words import read_all

Catalogue = dict[str, Any]


@pytest.fixture
def stored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, few: Catalogue) -> Path:
    """A file that holds a few equations, in the catalogue's place: all would take seconds to be written and read each time."""
    path = tmp_path / "equations.json"
    few["fingerprint"] = scripts.whole_fingerprint()
    path.write_text(making.as_text(few), encoding="utf-8")
    monkeypatch.setattr(making, "CATALOGUE", path)
    return path


@pytest.fixture
def derived(monkeypatch: pytest.MonkeyPatch, few: Catalogue) -> list[str]:
    """Grows by one with each derivation of everything, whose outcome is known. That the others are gone is no broken promise here."""
    runs: list[str] = []
    monkeypatch.setattr(scripts, "derive", lambda *_: runs.append("derived"))
    monkeypatch.setattr(making, "catalogue_of", lambda *_, **__: few)
    monkeypatch.setattr(making, "keep_promises", lambda equations: None)
    return runs


def test_catalogue_that_is_current_is_not_derived_again(stored: Path, derived: list[str], few: Catalogue) -> None:
    before = stored.stat().st_mtime_ns
    assert making.current_catalogue()["equations"] == few["equations"] and len(few["equations"]) > 10
    assert (derived, stored.stat().st_mtime_ns) == ([], before)


def mle_of(content: Catalogue) -> Catalogue:
    return next(each for each in content["equations"] if each["id"] == "coin.mle")


def change_a_digit(content: Catalogue) -> None:
    mle_of(content)["value"]["decimal"] = "0.7"


def remove_an_equation(content: Catalogue) -> None:
    content["equations"].remove(mle_of(content))


def change_a_verdict(content: Catalogue) -> None:
    mle_of(content)["verdict"] = "definition"


def edit_the_tex(content: Catalogue) -> None:
    mle_of(content)["tex"]["en"] = "p = 0.7"


def widen_a_range(content: Catalogue) -> None:
    mle_of(content)["context"]["quantities"]["p"]["high"] = None


def swap_two_equations(content: Catalogue) -> None:
    content["equations"][:2] = content["equations"][1::-1]


def drop_the_seal(content: Catalogue) -> None:
    change_a_digit(content)
    del content["seal"]


def of_another_state(content: Catalogue) -> None:
    content["fingerprint"] = "0" * 64


TAMPERINGS = [
    change_a_digit, remove_an_equation, change_a_verdict, edit_the_tex, widen_a_range, swap_two_equations, drop_the_seal, of_another_state,
]  # fmt: skip


@pytest.mark.parametrize("tamper", TAMPERINGS, ids=[each.__name__ for each in TAMPERINGS])
def test_catalogue_tampered_with_is_derived_again(
    stored: Path, derived: list[str], tamper: Callable[[Catalogue], None]
) -> None:
    before = stored.read_text(encoding="utf-8")
    content = copy.deepcopy(json.loads(before))
    tamper(content)
    stored.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert making.read_catalogue() is None
    making.current_catalogue()
    assert derived == ["derived"]
    assert stored.read_text(encoding="utf-8") == before


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '"x"', '{"equations": []}'])
def test_catalogue_that_is_no_catalogue_is_derived_again(stored: Path, derived: list[str], text: str) -> None:
    before = stored.read_text(encoding="utf-8")
    stored.write_text(text, encoding="utf-8")
    making.current_catalogue()
    assert derived == ["derived"]
    assert stored.read_text(encoding="utf-8") == before


@pytest.mark.parametrize("changed", [
    "coin.py", "engine/kernel/check.py", "engine/rules.py", "engine/tex.lark", "catalogue/record.py", "catalogue/laws.toml", "words/zh.toml", "retired.json",
])  # fmt: skip
def test_fingerprint_changes_with_whatever_decides(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, changed: str
) -> None:
    before = scripts.whole_fingerprint()
    original = FOLDER / changed
    edited = tmp_path / original.name
    edited.write_bytes(original.read_bytes() + b"\n")
    real = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda path: real(edited if path == original else path))
    assert scripts.whole_fingerprint() != before


def resting_on(sought: str) -> set[str]:
    """A script and those that import it, on whatever way, as Python itself reads them."""
    imports = {}
    for name in scripts.SCRIPTS:
        nodes = [each for each in ast.walk(ast.parse(scripts.script_path(name).read_text(encoding="utf-8"))) if isinstance(each, ast.ImportFrom)]  # fmt: skip
        imports[name] = {f"{each.module}.{alias.name}".split(".")[1] for each in nodes for alias in each.names}
    found = {sought}
    while more := {name for name, those in imports.items() if those & found} - found:
        found |= more
    return found


@pytest.mark.parametrize(("changed", "added", "stale"), [
    ("coin.py", b"\n# a remark\n", {"coin"}),
    ("coin.py", b"\ntwo = 2\n", resting_on("coin") | {"coin_information"}),
    ("coin.py", b"\nno python\n", resting_on("coin")),
    ("coin_information.py", b"\ntwo = 2\n", resting_on("coin_information")),
    ("logistic.py", b"\ntwo = 2\n", resting_on("logistic") | {"cats", "three_cats", "categorical", "cross_entropy", "notation", "squared_error", "two_valleys", "floating_point"}),
    ("engine/find.py", b"\n", set(scripts.SCRIPTS)), ("publish/execute.py", b"\n", set(scripts.SCRIPTS)), ("publish/temml.py", b"\n", set()),
])  # fmt: skip
def test_an_edit_makes_stale_what_rests_on_it_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch, changed: str, added: bytes, stale: set[str]
) -> None:
    before, real = scripts.fingerprints(), Path.read_bytes
    edited = FOLDER / changed
    monkeypatch.setattr(Path, "read_bytes", lambda path: real(path) + (added if path == edited else b""))
    assert {name for name, found in scripts.fingerprints().items() if found != before[name]} == stale


@pytest.mark.parametrize(("said", "stale"), [
    ('[titles]\n"coin.score" = "', resting_on("coin") | {"coin_information"}), ('[titles]\n"cats.nothing" = "', resting_on("cats")),
    ("[derivations.softmax]\ntitle = \"", resting_on("softmax")), ('[laws]\nring = "', set(scripts.SCRIPTS)), ("[play]\nshown = \"", set()),
])  # fmt: skip
def test_words_that_change_make_stale_what_they_are_said_of(
    monkeypatch: pytest.MonkeyPatch, said: str, stale: set[str]
) -> None:
    """Nothing else is said here, so that the place in the file does not matter."""
    real, file = Path.read_bytes, FOLDER / "words" / "en.toml"

    def with_one(text: str) -> dict[str, str]:
        monkeypatch.setattr(Path, "read_bytes", lambda path: text.encode() if path == file else real(path))
        return scripts.fingerprints()

    before, after = (with_one(f'{said}{each}"\n') for each in ("one", "other"))
    assert {name for name, found in after.items() if found != before[name]} == stale


def test_whatever_a_script_imports_it_rests_on(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    texts = {
        "one": "from derivations import (\n    two,\n)\n",
        "two": "import derivations.three as other\n",
        "three": 'one = "one"  # no import\n',
        "four": 'import importlib\nx = importlib.import_module("derivations.one")\n',
    }
    for name, text in texts.items():
        (tmp_path / f"{name}.py").write_text(text, encoding="utf-8")
    monkeypatch.setattr(scripts, "SCRIPTS", tuple(texts))
    monkeypatch.setattr(scripts, "script_path", lambda name: tmp_path / f"{name}.py")
    assert {name: set(scripts.rests_on(name)) for name in texts} == {
        "one": {"two", "three"}, "two": {"three"}, "three": set(), "four": {"one", "two", "three"},
    }  # fmt: skip


@pytest.mark.parametrize("name", scripts.PACKAGES)
def test_fingerprint_changes_with_the_version_of_a_library(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    before = scripts.whole_fingerprint()
    real = store.version
    monkeypatch.setattr(store, "version", lambda asked: "0.0" if asked == name else real(asked))
    assert scripts.whole_fingerprint() != before


def test_every_script_is_found_in_the_order_of_its_words() -> None:
    assert set(scripts.SCRIPTS) == {path.stem for path in FOLDER.glob("*.py")} - {"__init__", "__main__"}
    for words in read_all().values():
        assert [name.replace("_", "-") for name in scripts.SCRIPTS] == list(words.table("derivations"))
        assert words.place_of("a-script-without-words") == len(scripts.SCRIPTS)


def test_evidence_that_was_altered_is_found_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from derivations import coin_sequence
    from derivations.catalogue import evidence

    derived = {"coin-sequence": coin_sequence.sequence}
    hashes = dict.fromkeys(coin_sequence.sequence.equations, "x")
    hashes |= {identifier: identifier for identifier in hashes}
    runs: list[str] = []

    def evidence_of(equation: Any, *_: Any) -> dict[str, int]:
        runs.append(equation.id)
        return {"points": 1}

    monkeypatch.setattr(evidence, "evidence_of", evidence_of)
    first = evidence.all_evidence(derived, hashes, store=Store("evidence", tmp_path))
    tried = len(runs)
    assert tried == sum(each is not None for each in first.values()) > 5
    assert evidence.all_evidence(derived, hashes, store=Store("evidence", tmp_path)) == first and len(runs) == tried
    forged = next((tmp_path / "evidence").iterdir())
    forged.write_text(forged.read_text(encoding="utf-8").replace('"points": 1', '"points": 9'), encoding="utf-8")
    assert evidence.all_evidence(derived, hashes, store=Store("evidence", tmp_path)) == first
    assert len(runs) == tried + 1


def test_hash_of_a_statement_changes_with_what_it_rests_on(catalogue: Catalogue) -> None:
    from derivations import coin
    from derivations.catalogue.record import content_hash

    hashes = {each["id"]: each["hash"] for each in catalogue["equations"]}
    assert content_hash(coin.score, hashes) == hashes["coin.score"]
    assert content_hash(coin.score, hashes | {"coin.log-likelihood": "another"}) != hashes["coin.score"]
    assert content_hash(coin.score, hashes | {"coin.maximum": "another"}) == hashes["coin.score"]


def test_script_edited_while_it_runs_leaves_a_catalogue_that_is_stale(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = ["before the edit"]
    monkeypatch.setattr(making, "CATALOGUE", tmp_path / "equations.json")
    monkeypatch.setattr(scripts, "whole_fingerprint", lambda: state[-1])

    def derive(tell: object) -> Catalogue:
        state.append("after the edit")
        return {}

    monkeypatch.setattr(scripts, "derive", derive)
    making.current_catalogue()
    assert making.read_catalogue() is None
