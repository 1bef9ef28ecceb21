"""`make check`: it knows what was changed, which tests are near, and when to stop."""

from __future__ import annotations

import math
import subprocess
import time
from pathlib import Path

import pytest

from tests.changed import what
from tests.changed.nearest import EVERY_EQUATION, nearest
from tests.changed.running import run
from tests.contributing.following import under_git


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A branch with a commit of its own, and changes that are not committed."""
    for name in ("kept.md", "edited.md", "gone.md"):
        (tmp_path / name).write_text("as it was\n", encoding="utf-8")
    under_git(tmp_path)
    subprocess.run(["git", "switch", "--quiet", "--create", "branch"], cwd=tmp_path, check=True)
    (tmp_path / "committed.md").write_text("on the branch\n", encoding="utf-8")
    who = ["-c", "user.name=A reader", "-c", "user.email=reader@example.org"]
    subprocess.run(["git", "add", "."], cwd=tmp_path, check=True)
    subprocess.run(["git", *who, "commit", "--quiet", "--message", "more"], cwd=tmp_path, check=True)
    (tmp_path / "edited.md").write_text("as it is\n", encoding="utf-8")
    (tmp_path / "gone.md").unlink()
    (tmp_path / "新 file.md").write_text("new\n", encoding="utf-8")
    monkeypatch.setattr(what, "ROOT", tmp_path)
    return tmp_path


def test_changed_is_what_differs_from_the_main_branch_committed_or_not(repository: Path) -> None:
    since, files = what.changed()
    assert files == ["committed.md", "edited.md", "gone.md", "新 file.md"]
    assert what.git("rev-parse", "main").startswith(since)


def test_on_the_main_branch_changed_is_what_is_not_committed(repository: Path) -> None:
    subprocess.run(["git", "branch", "--quiet", "--force", "main", "HEAD"], cwd=repository, check=True)
    assert what.changed()[1] == ["edited.md", "gone.md", "新 file.md"]


def test_on_the_main_branch_what_was_not_pushed_is_changed_too(repository: Path) -> None:
    for command in (
        ["update-ref", "refs/remotes/origin/main", "main"],
        ["branch", "--quiet", "--force", "main", "HEAD"],
        ["switch", "--quiet", "main"],
    ):
        subprocess.run(["git", *command], cwd=repository, check=True)
    assert what.changed()[1] == ["committed.md", "edited.md", "gone.md", "新 file.md"]


def test_without_history_nothing_is_guessed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(what, "ROOT", tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(what.NoCommit, match="not a git repository"):
        what.changed()


def test_nearest_tests_are_those_changed_then_of_the_same_name_then_those_that_import() -> None:
    files = ["derivations/publish/plotter.py", "tests/engine/test_plain.py"]
    found, derivations = nearest(files)
    assert found[0] == "tests/engine/test_plain.py" and "tests/publish/test_figures.py" in found
    assert not derivations and EVERY_EQUATION not in found
    found, derivations = nearest(["derivations/coin_general.py"])
    assert found[:2] == ["tests/derivations/test_coin.py", EVERY_EQUATION] and derivations == {"coin-general"}
    assert nearest(["docs/en/trust.md", "README.md"]) == ([], set())
    assert nearest(["tests/derivations/test_gone.py"])[0] == []


def test_tests_run_until_the_time_is_over_and_are_counted(tmp_path: Path) -> None:
    three, endless, broken = (tmp_path / f"test_{name}.py" for name in ("three", "endless", "broken"))
    three.write_text("def test_a(): pass\ndef test_b(): pass\ndef test_c(): assert False\n", encoding="utf-8")
    result = run([str(three)], set(), until=math.inf)
    assert (result.passed, result.failed, result.left) == (2, 1, 0)
    result = run([str(three)], set(), until=time.monotonic())
    assert (result.passed, result.failed, result.unread) == (0, 0, [str(three)])
    endless.write_text("def test_a():\n    while True: pass\ndef test_b(): pass\n", encoding="utf-8")
    result = run([str(endless), str(three)], set(), until=time.monotonic() + 1)
    assert (result.passed, result.failed, result.left, result.unread) == (0, 0, 2, [str(three)])
    result = run([str(three), str(endless)], set(), until=time.monotonic(), whole=[str(three)])
    assert (result.passed, result.failed, result.unread) == (2, 1, [str(endless)])
    broken.write_text("def test_a(: pass\n", encoding="utf-8")
    assert run([str(broken)], set(), until=math.inf).failed
