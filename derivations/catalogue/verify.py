"""A citation held against the catalogue: does the equation still say what it said when it was cited?

Every citation, in whatever format, has in it `coin.score@1.0.0+5f0c1a2b3c4d`: the identifier, the release, and the first twelve digits (or more) of the hash of its statement.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from derivations.catalogue.permanence import Record, Release, changed, releases, retired, said
from derivations.catalogue.rebuild import unknown

DIGITS = 12
"""Of the hash, in a citation: two statements agree in them by chance once in 10¹⁴."""
IDENTIFIER = r"[a-z]+(?:-[a-z0-9]+)*\.[a-z0-9]+(?:-[a-z0-9]+)*"
TOKEN = re.compile(rf"(?<![\w.-])(?P<id>{IDENTIFIER})@(?P<version>\d+\.\d+\.\d+)\+(?P<hash>[0-9a-f]+)")
BEGUN = re.compile(rf"(?<![\w.-])(?P<id>{IDENTIFIER})(?:@|(?![\w.@-]))")


class NoCitation(ValueError):
    """A text that has no citation of an equation, or one that was cut short; the message says what is missing."""


@dataclass(frozen=True)
class Answer:
    """What became of a cited equation.

    Args:
        kind: `unchanged`, `changed` or `retired`.
        said: the same in words, with what it said and what it says where they differ.
    """

    kind: str
    said: str


def token(entry: Record, version: str) -> str:
    """What a citation has in it, to be held against a later catalogue."""
    return f"{entry['id']}@{version}+{entry['statement'][:DIGITS]}"


def verify(citation: str, equations: Sequence[Record], before: Sequence[Release] | None = None) -> Answer:
    """Whether a cited equation says today what it said when it was cited.

    Args:
        citation: in any of the formats in which the site offers it.

    Raises:
        NoCitation: there is no equation in it, an unknown one, or something is missing.
    """
    known = releases() if before is None else before
    entries = {entry["id"]: entry for entry in equations}
    given_up = {entry["id"]: entry for entry in retired()}
    found = TOKEN.search(_joined(citation))
    if found is None or len(found["hash"]) < DIGITS:
        raise NoCitation(_missing(citation, [*entries, *given_up]))
    identifier, version, cited = found["id"], found["version"], found["hash"]
    if identifier in given_up:
        entry = given_up[identifier]
        return Answer(
            "retired",
            f"{identifier} was retired on {entry['date']}: {entry['reason']} It is now {entry['replacement']}.",
        )
    if identifier not in entries:
        raise NoCitation(unknown(identifier, [*entries, *given_up], "equation"))
    now = entries[identifier]
    if now["statement"].startswith(cited):
        return Answer("unchanged", f"{identifier} says what it said when it was cited: {said(now)}")
    return Answer("changed", "\n".join(_difference(now, version, cited, known)))


def _joined(citation: str) -> str:
    """Without what formats and line breaks put into it."""
    return re.sub(r"\\(?=[@+_])|[\u200b\u00ad]", "", citation)


def _missing(citation: str, identifiers: list[str]) -> str:
    """What a text lacks to be a citation that can be checked."""
    form = f"coin.score@1.0.0+ and at least {DIGITS} digits of the hash of its statement, as every citation copied from the site has it"
    for begun in BEGUN.finditer(_joined(citation)):
        if begun["id"] in identifiers:
            return (
                f"the citation of {begun['id']} lacks its release or its hash, or they were cut short; it needs {form}"
            )
    near = [
        unknown(begun["id"], identifiers, "equation") for begun in BEGUN.finditer(_joined(citation)) if "@" in begun[0]
    ]
    return near[0] if near else f"no equation is cited in this text; it needs {form}"


def _difference(now: Record, version: str, cited: str, known: Sequence[Release]) -> list[str]:
    """What a changed equation said, and what it says."""
    identifier = now["id"]
    published = [
        release for release in known if release.equations.get(identifier, {}).get("statement", "").startswith(cited)
    ]
    yes = [each["reason"] for each in changed() if (each["id"], each["statement"]) == (identifier, now["statement"])]
    lines = [f"{identifier} says something else today."]
    if published:
        lines.append(f"  {published[-1].version}: {published[-1].equations[identifier]['plain']}")
    else:
        lines.append(
            f"  {version}: no release has it with {cited}; the citation was altered, or made between two releases"
        )
    return [*lines, f"  today: {said(now)}", *(f"  because: {reason}" for reason in yes)]
