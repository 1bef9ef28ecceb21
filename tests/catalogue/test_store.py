"""What is kept is believed only as it was put there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from derivations.catalogue.store import Store, hash_of


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store("evidence", tmp_path)


def test_store_gives_back_what_was_kept(store: Store) -> None:
    assert store.read("ab") is None
    store.keep("ab", {"points": 15})
    assert store.read("ab") == {"points": 15} and (store.made, store.taken) == (1, 1)


@pytest.mark.parametrize(
    "text", ["", "{", "null", "[]", '{"key": "ab"}', '{"key": "ab", "hash": "0", "value": {"points": 15}}']
)
def test_entry_that_is_none_is_not_believed(store: Store, text: str) -> None:
    store.keep("ab", {"points": 15})
    (store.folder / "ab.json").write_text(text, encoding="utf-8")
    assert store.read("ab") is None and store.taken == 0


def test_altered_value_is_not_believed(store: Store) -> None:
    store.keep("ab", {"points": 15})
    entry = json.loads((store.folder / "ab.json").read_text(encoding="utf-8"))
    entry["value"]["points"] = 99
    (store.folder / "ab.json").write_text(json.dumps(entry), encoding="utf-8")
    assert store.read("ab") is None


def test_entry_under_anothers_key_is_not_believed(store: Store) -> None:
    store.keep("ab", {"points": 15})
    (store.folder / "ab.json").rename(store.folder / "cd.json")
    assert store.read("cd") is None


def test_what_was_not_asked_for_is_forgotten(store: Store) -> None:
    store.keep("ab", 1)
    later = Store("evidence", store.folder.parent)
    later.keep("cd", 2)
    later.forget_others()
    assert [file.stem for file in store.folder.iterdir()] == ["cd"]


def test_hash_knows_order_of_lists_and_not_of_keys() -> None:
    assert hash_of({"a": 1, "b": 2}) == hash_of({"b": 2, "a": 1})
    assert len({hash_of(each) for each in ([1, 2], [2, 1], [1, [2]], "12", 12)}) == 5
