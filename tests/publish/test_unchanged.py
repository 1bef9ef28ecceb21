"""What an edit does not concern is taken over from the last build, if it still is what was built; the site is the one that a build from nothing gives."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path

import pytest

from derivations.publish.ready import loaded
from derivations.publish.remembered import Remembered
from derivations.publish.unchanged import Editions
from derivations.publish.words import LANGUAGES

BUILT_WITH = ("derivations/words/en.toml", "docs/theme/main.html", "docs/zh/index.md", "docs/en/index.md", "mkdocs.yml")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A checkout of a few files, and its site, built and remembered."""
    for name in (*BUILT_WITH, *(f"site/{each}/index.html" for each in LANGUAGES)):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name, encoding="utf-8")
    editions(tmp_path).remember(tmp_path / "site")
    return tmp_path


def editions(root: Path, address: str | None = None) -> Editions:
    return Editions(root, root / "site", address)


def test_nothing_is_built_where_nothing_has_changed(root: Path) -> None:
    assert editions(root).changed == []
    editions(root).take_over("en", root / "next")
    assert (root / "next/en/index.html").read_text(encoding="utf-8") == "site/en/index.html"


@pytest.mark.parametrize("name", [*BUILT_WITH, "derivations/new.py"])
def test_page_concerns_its_language_and_all_else_concerns_both(root: Path, name: str) -> None:
    (root / name).write_text("edited", encoding="utf-8")
    assert editions(root).changed == ([name.split("/")[1]] if name.endswith("index.md") else list(LANGUAGES))


def test_another_address_concerns_both(root: Path) -> None:
    assert editions(root, "https://example.org/").changed == list(LANGUAGES)


@pytest.mark.parametrize("damage", ["altered", "emptied", "removed", "added", "renamed"])
def test_site_that_is_not_what_was_built_is_not_taken_over(root: Path, damage: str) -> None:
    page = root / "site/zh/index.html"
    if damage == "renamed":
        page.rename(page.with_name("other.html"))
    elif damage == "removed":
        page.unlink()
    else:
        written = page.with_name("more.html") if damage == "added" else page
        written.write_text("" if damage == "emptied" else "other", encoding="utf-8")
    assert editions(root).changed == ["zh"]


@pytest.mark.parametrize("content", ["", "{", '{"zh": 1}'])
def test_damaged_note_is_not_believed(root: Path, content: str) -> None:
    (root / "build/editions.json").write_text(content, encoding="utf-8")
    assert editions(root).changed == list(LANGUAGES)


def test_page_is_made_again_if_it_or_what_it_is_made_with_has_changed(tmp_path: Path) -> None:
    made: list[str] = []

    def make(text: str) -> str:
        made.append(text)
        return text.upper()

    def build(made_with: str, **pages: str) -> dict[str, str]:
        kept = Remembered(tmp_path / "kept.json", made_with)
        shown = {name: kept.page(name, text, partial(make, text)) for name, text in pages.items()}
        kept.close()
        return shown

    assert build("1", a="x", b="y") == {"a": "X", "b": "Y"}
    assert build("1", a="x", b="z") == {"a": "X", "b": "Z"}
    assert made == ["x", "y", "z"]
    assert build("1", b="z") == {"b": "Z"}  # and `a` is forgotten
    assert build("1", a="x", b="z") == {"a": "X", "b": "Z"}
    assert made == ["x", "y", "z", "x"]
    assert build("2", a="x") == {"a": "X"}
    assert made == ["x", "y", "z", "x", "x"]
    (tmp_path / "kept.json").write_bytes((tmp_path / "kept.json").read_bytes().replace(b'"X"', b'"Q"'))
    assert build("2", a="x") == {"a": "X"}


def test_builder_kept_ready_knows_which_edits_it_has_loaded_something_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("derivations.publish.ready.FOLDER", tmp_path)
    for name in ("coin.py", "__main__.py", "engine/laws.py", "words/en.toml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name, encoding="utf-8")

    def concerns(name: str) -> bool:
        before = loaded()
        (tmp_path / name).write_text("edited", encoding="utf-8")
        os.utime(tmp_path / name, ns=(1, 1))
        return loaded() != before

    assert not concerns("coin.py")  # it is run by a process of its own
    assert all(concerns(name) for name in ("__main__.py", "engine/laws.py", "words/en.toml", "new.py"))
