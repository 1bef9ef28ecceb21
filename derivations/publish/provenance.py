"""Where something stands for good: the commit that the site was built from, and lines of a script by the hash of their content."""

from __future__ import annotations

import ast
import hashlib
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class Commit:
    """The state of the checkout.

    Args:
        hash: of the commit; "" where there is no repository.
        date: of the commit, as 2026-11-21.
        clean: nothing was changed since.
    """

    hash: str = ""
    date: str = ""
    clean: bool = True

    @property
    def short(self) -> str:
        """Twelve digits, with a plus where files were changed since; "" where there is no commit."""
        return f"{self.hash[:12]}{'' if self.clean else '+'}" if self.hash else ""


@cache
def commit_of(root: Path) -> Commit:
    """The commit that is checked out; nothing where there is no repository or no git."""

    def git(*command: str) -> str:
        done = subprocess.run(["git", *command], cwd=root, capture_output=True, text=True, encoding="utf-8", check=True)
        return done.stdout.strip()

    try:
        if Path(git("rev-parse", "--show-toplevel")).resolve() != root.resolve():
            return Commit()  # a folder within somebody else's repository
        made, date = git("log", "--max-count=1", "--format=%H %cs").split()
        return Commit(made, date, not git("status", "--porcelain", "--untracked-files=no"))
    except (OSError, ValueError, subprocess.CalledProcessError):
        return Commit()


def content_id(file: Path, line: int) -> str:
    """A script's lines as a Software Heritage identifier: the hash that git gives the file's content, and from where to where the step goes."""
    blob, statements = _read(file)
    last = next((end for begin, end in statements if begin <= line <= end), line)
    return f"swh:1:cnt:{blob};lines={line}{f'-{last}' if last > line else ''}"


@cache
def _read(file: Path) -> tuple[str, list[tuple[int, int]]]:
    """The hash of a script's content, and the first and last line of each of its statements."""
    content = file.read_bytes().replace(b"\r\n", b"\n")
    blob = hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()
    return blob, [(each.lineno, each.end_lineno or each.lineno) for each in ast.parse(content).body]
