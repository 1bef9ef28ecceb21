"""The permanent list: every identifier that was ever published, one a line, with `definition` behind those that are one.

It is kept by hand, so that nothing disappears, and no statement turns into a definition (which is believed), without somebody saying so.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FILE = Path(__file__).with_name("published_identifiers.txt")
ROWS = [line.split() for line in FILE.read_text(encoding="utf-8").splitlines()]
PUBLISHED = [row[0] for row in ROWS]
DEFINITIONS = {row[0] for row in ROWS if row[1:] == ["definition"]}
RETIRED = {each["id"] for each in json.loads((ROOT / "derivations" / "retired.json").read_text(encoding="utf-8"))}
IDENTIFIERS = [identifier for identifier in PUBLISHED if identifier not in RETIRED]


def to_add(verdicts: Mapping[str, str]) -> str:
    """What has to be added to the list, ready to be pasted, for equations that it does not have; nothing where it has all."""
    lines = [
        f"{identifier} definition" if verdict == "definition" else identifier
        for identifier, verdict in verdicts.items()
        if identifier not in PUBLISHED
    ]
    return f"add to {FILE.relative_to(ROOT).as_posix()}:\n" + "\n".join(lines) if lines else ""


def lost(identifiers: Collection[str], derivations: Collection[str]) -> list[str]:
    """What was published once, and is neither among a derivation's identifiers nor retired."""
    return [
        f"{each} was published: it is kept for ever, or retired in derivations/retired.json with date, reason and replacement"
        for each in PUBLISHED
        if each.partition(".")[0] in derivations and each not in RETIRED and each not in identifiers
    ]
