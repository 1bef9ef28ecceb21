"""Two catalogues, or a release and a catalogue, compared: what was added, what says something else, what is gone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from derivations.catalogue.permanence import Record, Release, retired, said, statement_hash

Statements = Mapping[str, Mapping[str, str]]
"""Of each identifier the hash of its `statement`, and the statement as `plain` text."""


class NoCatalogue(ValueError):
    """A file that is no catalogue; the message says what it is."""


@dataclass(frozen=True)
class Difference:
    """What lies between two catalogues.

    Args:
        changed: identifier, what it said, what it says.
        gone: identifier, and what replaces it, if that is known.
    """

    added: list[tuple[str, str]]
    changed: list[tuple[str, str, str]]
    gone: list[tuple[str, str]]

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.gone)

    def text(self) -> str:
        """As a section of CHANGELOG.md has it."""
        parts = [
            ("Added", [f"- `{identifier}`: {now}" for identifier, now in self.added]),
            ("Changed", [f"- `{identifier}`: {before} → {now}" for identifier, before, now in self.changed]),
            ("Retired", [f"- `{identifier}`" + (f", now `{new}`" if new else "") for identifier, new in self.gone]),
        ]
        said = [f"#### {title}\n\n" + "\n".join(lines) for title, lines in parts if lines]
        return "\n\n".join(said) or "No equation was added, changed or retired."


def statements_of(catalogue: Record) -> Statements:
    """What a catalogue says; the hashes are worked out, not believed."""
    names = catalogue["names"]
    return {
        entry["id"]: {"statement": statement_hash(entry, names), "plain": said(entry)}
        for entry in catalogue["equations"]
    }


def read(path: Path) -> Statements:
    """The statements of a catalogue's file, or of a release's.

    Raises:
        NoCatalogue: the file is neither; OSError: it cannot be read.
    """
    try:
        content: Any = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as problem:
        raise NoCatalogue(f"{path} is no JSON: {problem}") from None
    try:
        return Release(**content).equations if "numbers" in content else statements_of(content)
    except (KeyError, TypeError, AttributeError):
        raise NoCatalogue(
            f"{path} is neither a catalogue (equations.json) of this form nor a release (derivations/releases/*.json)"
        ) from None


def compare(before: Statements, now: Statements) -> Difference:
    """What lies between two catalogues, in the order in which they have it."""
    replaced = {entry["id"]: entry["replacement"] for entry in retired()}
    return Difference(
        [(key, each["plain"]) for key, each in now.items() if key not in before],
        [
            (key, before[key]["plain"], each["plain"])
            for key, each in now.items()
            if key in before and before[key]["statement"] != each["statement"]
        ],
        [(key, replaced.get(key, "")) for key in before if key not in now],
    )
