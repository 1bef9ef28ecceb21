"""What was published stays: the statements of every release, what became of each, and which equation a number on a page was.

A statement is told apart by the hash of what it says: its terms and relations, what its names mean, its hypotheses, conventions and ranges. How it is typeset, titled and
proved is no part of it. `derivations/releases/` has a file for each release; they are written by `python -m derivations release`, committed, and never changed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from derivations.catalogue.files import CHANGED, RELEASES, RETIRED
from derivations.catalogue.store import hash_of

Record = dict[str, Any]
NUMBER = re.compile(r"\s*v?(?P<version>\S+)\s+(?P<page>[a-z0-9-]+)\s+\(?(?P<number>[0-9]+)\)?\s*")
"""How a reader names an equation: 1.0.0 likelihood-to-cross-entropy (7)."""


class PromiseBroken(ValueError):
    """What was published once is gone, or says something else; the message says of each what to do."""


class NoNumber(LookupError):
    """A number that no page of a release has; the message has what there is."""


@dataclass(frozen=True)
class Release:
    """What one release published.

    Args:
        date: of the release, as 2026-11-21.
        equations: of each identifier the hash of its statement, and the statement as plain text.
        numbers: of each page the identifiers of its equations, (1) first.
    """

    version: str
    date: str
    equations: dict[str, dict[str, str]]
    numbers: dict[str, list[str]]


@dataclass(frozen=True)
class Event:
    """One line of an equation's history: it was `added`, `changed` or `retired`.

    Args:
        version: the release; "" for what is not released yet.
        reason: in words, by language, where something was changed or retired.
    """

    kind: str
    version: str
    date: str
    reason: Mapping[str, str] = field(default_factory=dict)


def statement_hash(entry: Record, names: Mapping[str, Record]) -> str:
    """The hash of what an equation says. It needs no more than the catalogue, so that anyone can work it out again."""
    context = entry["context"]
    meanings = {name: [names[name]["parameters"], names[name]["body"]] for name in context["names"] if name in names}
    return hash_of([entry["rows"], {**context, "names": meanings}])


def said(entry: Record, language: str = "en") -> str:
    """A statement as plain text, with what it holds for."""
    conditions = [each["plain"][language] for each in (*entry["hypotheses"], *entry["ranges"])]
    return entry["plain"][language] + (f"  ({'; '.join(conditions)})" if conditions else "")


def releases() -> list[Release]:
    """Every release, the first one first."""
    found = [Release(**json.loads(file.read_text(encoding="utf-8"))) for file in RELEASES.glob("*.json")]
    return sorted(found, key=lambda release: order(release.version))


@cache
def retired() -> list[Record]:
    """Identifiers that were given up: `id`, `date`, `reason` by language, `replacement`."""
    return json.loads(RETIRED.read_text(encoding="utf-8"))


@cache
def changed() -> list[Record]:
    """What says that an equation means something else since a release: `id`, `date`, `reason` by language, and the `statement` that it has now."""
    return json.loads(CHANGED.read_text(encoding="utf-8"))


def order(version: str) -> tuple[int, ...]:
    """By what releases are sorted: 1.10.0 comes after 1.9.0."""
    return tuple(int(part) for part in version.split("."))


def faults(
    equations: Sequence[Record], before: Sequence[Release], given_up: Sequence[Record], said_so: Sequence[Record]
) -> Iterator[str]:
    """Every promise that is broken: an identifier that disappeared, or means something else without a line that says so."""
    now = {entry["id"]: entry["statement"] for entry in equations}
    gone = {entry["id"] for entry in given_up}
    known = {(entry["id"], entry["statement"]) for entry in said_so}
    published = {identifier: release for release in before for identifier in release.equations}
    for identifier, release in published.items():
        if identifier in gone:
            if identifier in now:
                yield f"{_shown(RETIRED)}: {identifier} is given up there, and is never used for anything again"
        elif identifier not in now:
            yield (
                f"{_shown(RETIRED)}: {identifier} was published in {release.version} and is gone: keep it, "
                "or add here its id, date, reason and replacement"
            )
        elif (
            now[identifier] != release.equations[identifier]["statement"] and (identifier, now[identifier]) not in known
        ):
            line = {
                "id": identifier,
                "date": "YEAR-MONTH-DAY",
                "reason": {"zh": "WHY", "en": "WHY"},
                "statement": now[identifier],
            }
            yield (
                f"{_shown(CHANGED)}: {identifier} says something else than in {release.version}, where it was "
                f"{release.equations[identifier]['plain']}; take a new identifier, or add here: {json.dumps(line)}"
            )


def keep_promises(equations: Sequence[Record]) -> None:
    """Let nothing be published that breaks a promise.

    Raises:
        PromiseBroken: an identifier disappeared, or means something else without a line that says so.
    """
    if found := list(faults(equations, releases(), retired(), changed())):
        raise PromiseBroken("\n".join(found))


def _shown(path: Path) -> str:
    return f"derivations/{path.name}"


def history(identifier: str, statement: str | None, before: Sequence[Release] | None = None) -> list[Event]:
    """What became of an equation, from release to release, up to now.

    Args:
        statement: the hash that it has now; None if it is there no more.
    """
    reasons = {(entry["id"], entry["statement"]): entry for entry in changed()}
    events: list[Event] = []
    last = None
    for version, date, hashed in [
        *(
            (each.version, each.date, each.equations.get(identifier, {}).get("statement"))
            for each in before or releases()
        ),
        ("", "", statement),
    ]:
        if hashed and last is None:
            events.append(Event("added", version, date))
        elif hashed and hashed != last:
            entry = reasons.get((identifier, hashed), {})
            events.append(Event("changed", version, date or entry.get("date", ""), entry.get("reason", {})))
        last = hashed or last
    for entry in retired():
        if entry["id"] == identifier:
            events.append(Event("retired", "", entry["date"], entry["reason"]))
    return events


def numbered(asked: str, before: Iterable[Release] | None = None) -> str | None:
    """The equation that a number on a page of a release stands for, `1.0.0 likelihood-to-cross-entropy (7)`; None if no number is asked for.

    Raises:
        NoNumber: no such release, page or number.
    """
    found = NUMBER.fullmatch(asked)
    if found is None or not re.fullmatch(r"\d+(\.\d+)*", found["version"]):
        return None
    known = {release.version: release for release in (releases() if before is None else before)}
    if found["version"] not in known:
        raise NoNumber(f"there is no release {found['version']}; there is {', '.join(known) or 'none yet'}")
    pages = known[found["version"]].numbers
    if found["page"] not in pages:
        raise NoNumber(f"release {found['version']} has no page {found['page']!r}; it has {', '.join(pages)}")
    equations, number = pages[found["page"]], int(found["number"])
    if not 1 <= number <= len(equations):
        raise NoNumber(
            f"{found['page']} of release {found['version']} has equations (1) to ({len(equations)}), not ({number})"
        )
    return equations[number - 1]
