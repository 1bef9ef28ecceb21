"""A release, made in a checkout of its own: everything is written, committed and tagged, or nothing is."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from derivations.catalogue import permanence
from derivations.publish import release as releasing
from derivations.publish.release import NotReleased, git, of_today, release

EQUATION = {
    "id": "coin.score",
    "statement": "a" * 64,
    "plain": {"en": "8/p - 2/(1 - p)"},
    "hypotheses": [],
    "ranges": [{"plain": {"en": "0 < p < 1"}}],
}
PAGE = '# Coin { #coin }\n\n{{ eq("coin.score") }}\n\nAgain {{ tex("coin.score") }}.\n'


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A git repository with what a release changes, and no release yet."""
    for name, text in {
        "CITATION.cff": "title: T\nversion: 0.9.0\ndate-released: 2020-01-01\n",
        "pyproject.toml": '[project]\nversion = "0.9.0"\n',
        "CHANGELOG.md": "# Changelog\n\n## [Unreleased]\n\n- Something else.\n",
        "docs/en/coin.md": PAGE,
        "docs/en/plain.md": "# Plain { #plain }\n",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    for name, value in (("NAME", "Somebody"), ("EMAIL", "somebody@example.org")):
        for who in ("AUTHOR", "COMMITTER"):
            monkeypatch.setenv(f"GIT_{who}_{name}", value)
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "--message", "first")
    folder = tmp_path / "derivations" / "releases"
    monkeypatch.setattr(releasing, "RELEASES", folder)
    monkeypatch.setattr(permanence, "RELEASES", folder)
    return tmp_path


def test_release_is_written_committed_and_tagged(checkout: Path) -> None:
    said = release(checkout, "1.0.0", "2026-11-21", [EQUATION])
    assert "v1.0.0" in said
    written = json.loads((checkout / "derivations/releases/1.0.0.json").read_text(encoding="utf-8"))
    assert written["equations"] == {"coin.score": {"statement": "a" * 64, "plain": "8/p - 2/(1 - p)  (0 < p < 1)"}}
    assert written["numbers"] == {"coin": ["coin.score"]}
    citation = yaml.safe_load((checkout / "CITATION.cff").read_text(encoding="utf-8"))
    assert (citation["version"], str(citation["date-released"])) == ("1.0.0", "2026-11-21")
    assert 'version = "1.0.0"' in (checkout / "pyproject.toml").read_text(encoding="utf-8")
    changes = (checkout / "CHANGELOG.md").read_text(encoding="utf-8")
    assert (
        changes.index("## [Unreleased]") < changes.index("## [1.0.0] - 2026-11-21") < changes.index("Something else.")
    )
    assert "- `coin.score`: 8/p - 2/(1 - p)" in changes
    assert git(checkout, "status", "--porcelain") == ""
    assert git(checkout, "describe", "--exact-match") == "v1.0.0"


def test_next_release_tells_what_changed(checkout: Path) -> None:
    release(checkout, "1.0.0", "2026-11-21", [EQUATION])
    other: dict[str, Any] = {**EQUATION, "statement": "b" * 64, "plain": {"en": "9/p - 1/(1 - p)"}}
    release(checkout, "1.1.0", "2026-12-01", [other, {**EQUATION, "id": "coin.new"}])
    changes = (checkout / "CHANGELOG.md").read_text(encoding="utf-8")
    newest = changes[changes.index("[1.1.0]") : changes.index("[1.0.0]")]
    assert "- `coin.new`" in newest and "8/p - 2/(1 - p)  (0 < p < 1) → 9/p - 1/(1 - p)" in newest
    assert [each.version for each in permanence.releases()] == ["1.0.0", "1.1.0"]


@pytest.mark.parametrize("version", ["1.0", "v1.1.0", "1.1.0-rc1", "", "1.0.0", "0.9.9"])
def test_version_that_is_none_or_not_later_is_refused(checkout: Path, version: str) -> None:
    release(checkout, "1.0.0", "2026-11-21", [EQUATION])
    before = git(checkout, "rev-parse", "HEAD")
    with pytest.raises(NotReleased, match="no version|does not come after 1.0.0"):
        release(checkout, version, "2026-12-01", [EQUATION])
    assert git(checkout, "rev-parse", "HEAD") == before and git(checkout, "status", "--porcelain") == ""


def test_files_that_are_not_committed_are_named(checkout: Path) -> None:
    (checkout / "notes.txt").write_text("x", encoding="utf-8")
    with pytest.raises(NotReleased, match="notes.txt"):
        release(checkout, "1.0.0", "2026-11-21", [EQUATION])
    assert not (checkout / "derivations").exists()


@pytest.mark.parametrize("name", ["CITATION.cff", "pyproject.toml", "CHANGELOG.md"])
def test_file_without_its_place_leaves_everything_as_it_was(checkout: Path, name: str) -> None:
    (checkout / name).write_text("nothing\n", encoding="utf-8")
    git(checkout, "commit", "--quiet", "--all", "--message", "spoilt")
    with pytest.raises(NotReleased, match=name):
        release(checkout, "1.0.0", "2026-11-21", [EQUATION])
    assert git(checkout, "status", "--porcelain") == "" and not (checkout / "derivations").exists()


def test_where_there_is_no_repository_it_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(NotReleased, match="git status"):
        release(tmp_path, "9.0.0", "2026-11-21", [EQUATION])


def test_both_languages_number_alike() -> None:
    docs = Path(__file__).resolve().parents[2] / "docs"
    numbers = [of_today("1.0.0", "", [], docs / language).numbers for language in ("en", "zh")]
    assert numbers[0] == numbers[1] and numbers[0]["likelihood-to-cross-entropy"]


def test_command_refuses_a_bad_date() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "derivations", "release", "9.9.9", "--date", "tomorrow"], capture_output=True, text=True
    )
    assert done.returncode == 2 and "'tomorrow' is no date" in done.stderr
