"""What was changed, as git knows it."""

from __future__ import annotations

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MAIN = ("origin/main", "main")
"""The branches that work may have left."""


class NoCommit(Exception):
    """There is no history to compare with."""


def git(*words: str) -> str:
    """What git says. Raises NoCommit, with its reason."""
    try:
        done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    except FileNotFoundError:
        raise NoCommit("there is no git here") from None
    if done.returncode:
        raise NoCommit(done.stderr.strip())
    return done.stdout


def changed() -> tuple[str, list[str]]:
    """The commit at which this branch left the main one, and the files that differ from it: edited, new, and those that are gone.

    Raises:
        NoCommit: this is no checkout, or one without a commit.
    """
    base = began_at()
    edited = git("diff", "--name-only", "-z", "--no-renames", base).split("\0")
    new = git("ls-files", "--others", "--exclude-standard", "-z").split("\0")
    return base[:10], sorted({*edited, *new} - {""})


def began_at() -> str:
    """The newest commit that a main branch has too, the one that we are on aside; else the last one."""
    found = []
    ours = git("branch", "--show-current").strip()
    for branch in [each for each in MAIN if each != ours]:
        try:
            found.append(git("merge-base", "HEAD", branch).strip())
        except NoCommit:
            continue
    return git("rev-list", "--max-count=1", *(found or ["HEAD"])).strip()


def has_changed(files: list[str], *where: str) -> bool:
    """Whether the name of one of the files begins or ends with one of these."""
    return any(name.startswith(where) or name.endswith(where) for name in files)
