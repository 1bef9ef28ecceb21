"""A release: what is published from then on for good is written down, dated and numbered, in one go.

`derivations/releases/VERSION.json` is written, the version put into CITATION.cff and pyproject.toml, the mathematical part of CHANGELOG.md made from comparing the
statements with those of the release before. Committed and tagged, it is a release; the workflow builds and offers it.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from derivations.catalogue.compare import compare
from derivations.catalogue.files import RELEASES, write_atomically
from derivations.catalogue.permanence import Record, Release, order, releases, said
from derivations.publish.pages import numbers_of, read_pages

UNRELEASED = "## [Unreleased]\n"
VERSION = re.compile(r"\d+\.\d+\.\d+")


class NotReleased(Exception):
    """Why there is no release; the message says what to do. Nothing was written."""


def of_today(version: str, date: str, equations: Sequence[Record], pages: Path) -> Release:
    """What would be published today.

    Args:
        pages: the folder of one language's pages, which both number alike.
    """
    statements = {entry["id"]: {"statement": entry["statement"], "plain": said(entry)} for entry in equations}
    return Release(version, date, statements, numbers_of(read_pages(pages)))


def as_text(release: Release) -> str:
    """The release's file."""
    return json.dumps(asdict(release), ensure_ascii=False, indent=1) + "\n"


def release(root: Path, version: str, date: str, equations: Sequence[Record]) -> str:
    """Make a release of the checkout, commit and tag it; what to say of it.

    Raises:
        NotReleased: the version is none, or not a later one; files are not committed; a file lacks the place that has to be changed.
    """
    if not VERSION.fullmatch(version):
        raise NotReleased(f"{version!r} is no version: three numbers, such as 1.1.0")
    before = releases()
    if before and order(version) <= order(before[-1].version):
        raise NotReleased(f"{version} does not come after {before[-1].version}, the last release")
    if left := git(root, "status", "--porcelain"):
        raise NotReleased(f"commit these first, or put them aside:\n{left}")
    new = of_today(version, date, equations, root / "docs" / "en")
    mathematics = compare(before[-1].equations if before else {}, new.equations).text()
    files = {
        root / "CITATION.cff": replaced(
            root / "CITATION.cff",
            (r"(?m)^version: .*$", f"version: {version}"),
            (r"(?m)^date-released: .*$", f"date-released: {date}"),
        ),
        root / "pyproject.toml": replaced(root / "pyproject.toml", (r'(?m)^version = ".*"$', f'version = "{version}"')),
        root / "CHANGELOG.md": replaced(
            root / "CHANGELOG.md",
            (re.escape(UNRELEASED), f"{UNRELEASED}\n## [{version}] - {date}\n\n### Mathematics\n\n{mathematics}\n"),
        ),
        RELEASES / f"{version}.json": as_text(new),
    }
    for path, content in files.items():
        write_atomically(path, content)
    git(root, "add", *(str(path) for path in files))
    git(root, "commit", "--message", f"Release {version}")
    git(root, "tag", "--annotate", f"v{version}", "--message", f"Release {version}")
    return f"Release {version} is committed and tagged v{version}; `git push --follow-tags` publishes it."


def replaced(path: Path, *changes: tuple[str, str]) -> str:
    """A file's text with each pattern, which has to stand there once, replaced.

    Raises:
        NotReleased: it does not stand there once.
    """
    text = path.read_text(encoding="utf-8")
    for pattern, new in changes:
        text, count = re.subn(pattern, lambda found, new=new: new, text)  # type: ignore[misc]
        if count != 1:
            raise NotReleased(f"{path.name} has {pattern!r} {count} times, and needs it once")
    return text


def git(root: Path, *command: str) -> str:
    """What git says.

    Raises:
        NotReleased: it failed, or there is none.
    """
    try:
        done = subprocess.run(["git", *command], cwd=root, capture_output=True, text=True, encoding="utf-8")
    except OSError as problem:
        raise NotReleased(f"git cannot be run: {problem}") from None
    if done.returncode:
        raise NotReleased(f"git {command[0]}: {done.stderr.strip()}")
    return done.stdout.strip()
