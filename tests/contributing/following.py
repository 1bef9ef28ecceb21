"""CONTRIBUTING.md followed to the letter: its blocks are put where the line above them says, its commands run in order."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.publish.conftest import ROOT, Checkout

TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
HALVES = dict(zip(("en", "zh"), TEXT.split("\n---\n\n## 中文\n"), strict=True))
BLOCK = re.compile(r"^(?P<above>.*)\n\n```(?P<kind>\w+)\n(?P<text>(?s:.*?))^```$", re.MULTILINE)
PLACE = re.compile(r"^`(?P<file>[\w./]+)`(?:[^`]*`(?P<line>[^`]+)`[^`]*|[^`]*)[:：]$")
"""`FILE`: for a new file or its end, `FILE`, after `LINE`: for a place within it."""


@dataclass(frozen=True)
class Block:
    """What is to be run, if it names no file; else what is to be written, in a new file, at the end of one, or after a line of it."""

    kind: str
    text: str
    file: str = ""
    line: str = ""

    def follow(self, checkout: Checkout) -> subprocess.CompletedProcess[str] | None:
        """Do what the text says; what the commands said, if it is to be run."""
        if not self.file:
            return checkout.shell(self.text)
        path = checkout.folder / self.file
        before = path.read_text(encoding="utf-8") if path.exists() else ""
        path.write_text(self.put_into(before), encoding="utf-8")
        return None

    def put_into(self, before: str) -> str:
        """A file's text with the block in it."""
        if not before:
            return self.text
        if not self.line:
            return f"{before.rstrip()}\n{self.blank_lines}{self.text}"
        lines = before.splitlines(keepends=True)
        (place,) = [number for number, each in enumerate(lines, start=1) if each.strip() == self.line]
        return "".join([*lines[:place], self.text, *lines[place:]])

    @property
    def blank_lines(self) -> str:
        """As any editor's reader would leave them: two before a function, one before a table, none in a list."""
        return {"python": "\n\n", "toml": "\n"}.get(self.kind, "")


def blocks(half: str) -> Iterator[Block]:
    """The blocks of one language, in order."""
    for found in BLOCK.finditer(half):
        place = PLACE.match(found["above"])
        if place is None and found["kind"] != "sh":
            raise ValueError(f"above a block of {found['kind']}: {found['above']!r} names no file")
        yield Block(found["kind"], found["text"], *((place["file"], place["line"] or "") if place else ()))


def under_git(folder: Path) -> None:
    """A commit of all there is, so that what is changed later is known."""
    for command in (
        ["init", "--quiet", "--initial-branch", "main"],
        ["add", "--all"],
        ["-c", "user.name=A reader", "-c", "user.email=reader@example.org", "commit", "--quiet", "--message", "before"],
    ):
        subprocess.run(["git", *command], cwd=folder, check=True)
