"""A citation held against the catalogue: does the equation still say what it said when it was cited?

Every citation, in whatever format, has in it `coin.score@1.0.0+5f0c1a2b3c4d`: the identifier, the release, and the first twelve digits (or more) of the hash of its statement.
The site's page `verify` answers the same in the reader's browser, from the same facts: `docs/theme/assets/verify.js`. A test asks both.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from derivations.catalogue.finding import nearest
from derivations.catalogue.permanence import Record, Release, changed, releases, retired, said

DIGITS = 12
"""Of the hash, in a citation: two statements agree in them by chance once in 10¹⁴."""
IDENTIFIER = r"[a-z]+(?:-[a-z0-9]+)*\.[a-z0-9]+(?:-[a-z0-9]+)*"
TOKEN = re.compile(rf"(?<![\w.-])(?P<id>{IDENTIFIER})@(?P<version>[0-9]+\.[0-9]+\.[0-9]+)\+(?P<hash>[0-9a-f]+)")
BEGUN = re.compile(rf"(?<![\w.-])(?P<id>{IDENTIFIER})(?:@|(?![\w.@-]))")


class NoCitation(ValueError):
    """A text that has no citation of an equation, or one that was cut short; the message says what is missing."""


@dataclass(frozen=True)
class Answer:
    """What became of a cited equation.

    Args:
        kind: `unchanged`, `changed` or `retired`; `unknown` where no equation is called so, `incomplete` where release or hash are missing, `none` where no equation is cited.
        version: the release that it is cited from; where it was changed, the last that had it so.
        before: what it said in that release; "" where no release had it so.
        now: what it says.
        reason, date, replacement: of what was retired; the reason of what was changed too.
        near: where it is unknown, what is called much like it.
    """

    kind: str
    id: str = ""
    version: str = ""
    before: str = ""
    now: str = ""
    reason: str = ""
    date: str = ""
    replacement: str = ""
    near: tuple[str, ...] = ()

    @property
    def said(self) -> str:
        """The same in words."""
        form = f"coin.score@1.0.0+ and at least {DIGITS} digits of the hash of its statement, as every citation copied from the site has it"
        match self.kind:
            case "unchanged":
                return f"{self.id} says what it said when it was cited: {self.now}"
            case "retired":
                return f"{self.id} was retired on {self.date}: {self.reason} It is now {self.replacement}."
            case "unknown":
                return f"{self.id!r} is no equation; nearest: {', '.join(self.near) or 'none'}"
            case "incomplete":
                return (
                    f"the citation of {self.id} lacks its release or its hash, or they were cut short; it needs {form}"
                )
            case "none":
                return f"no equation is cited in this text; it needs {form}"
        nowhere = "no release has it so; the citation was altered, or made between two releases"
        because = [f"  because: {self.reason}"] if self.reason else []
        return "\n".join([f"{self.id} says something else today.", f"  {self.version}: {self.before or nowhere}", f"  today: {self.now}", *because])  # fmt: skip


def token(entry: Record, version: str) -> str:
    """What a citation has in it, to be held against a later catalogue."""
    return f"{entry['id']}@{version}+{entry['statement'][:DIGITS]}"


def facts(equations: Sequence[Record], before: Sequence[Release], language: str = "en") -> dict[str, Any]:
    """All that a citation is held against: what equations say today and said in each release, and what was retired or changed."""
    return {
        "equations": {
            each["id"]: {"statement": each["statement"], "plain": said(each, language)} for each in equations
        },
        "releases": [{"version": each.version, "equations": each.equations} for each in before],
        "retired": {each["id"]: {**each, "reason": each["reason"][language]} for each in retired()},
        "changed": [{**each, "reason": each["reason"][language]} for each in changed()],
    }


def verify(citation: str, equations: Sequence[Record], before: Sequence[Release] | None = None) -> Answer:
    """Whether a cited equation says today what it said when it was cited.

    Args:
        citation: in any of the formats in which the site offers it.

    Raises:
        NoCitation: there is no equation in it, an unknown one, or something is missing.
    """
    answer = answered(citation, facts(equations, releases() if before is None else before))
    if answer.kind in ("unknown", "incomplete", "none"):
        raise NoCitation(answer.said)
    return answer


def answered(citation: str, known: Mapping[str, Any]) -> Answer:
    """As `verify`, from the `facts`; what is no citation is an answer too."""
    text = re.sub(r"\\(?=[@+_])|[\u200b\u00ad]", "", citation)  # what formats and line breaks put into it
    equations, given_up = known["equations"], known["retired"]
    found = TOKEN.search(text)
    if found is None or len(found["hash"]) < DIGITS:
        return _missing(text, [*equations, *given_up])
    identifier, version, cited = found["id"], found["version"], found["hash"]
    if entry := given_up.get(identifier):
        return Answer("retired", identifier, version, reason=entry["reason"], date=entry["date"], replacement=entry["replacement"])  # fmt: skip
    if identifier not in equations:
        return _unknown(identifier, [*equations, *given_up])
    now = equations[identifier]
    if now["statement"].startswith(cited):
        return Answer("unchanged", identifier, version, now=now["plain"])
    had = [
        (release["version"], release["equations"][identifier]["plain"])
        for release in known["releases"]
        if release["equations"].get(identifier, {}).get("statement", "").startswith(cited)
    ]
    reasons = [each["reason"] for each in known["changed"] if (each["id"], each["statement"]) == (identifier, now["statement"])]  # fmt: skip
    last, before = had[-1] if had else (version, "")
    return Answer("changed", identifier, last, before, now["plain"], reason=reasons[0] if reasons else "")


def _missing(text: str, identifiers: list[str]) -> Answer:
    """What a text lacks to be a citation that can be checked."""
    begun = list(BEGUN.finditer(text))
    for each in begun:
        if each["id"] in identifiers:
            return Answer("incomplete", each["id"])
    cited = next((each["id"] for each in begun if each[0].endswith("@")), "")
    return _unknown(cited, identifiers) if cited else Answer("none")


def _unknown(identifier: str, identifiers: list[str]) -> Answer:
    return Answer("unknown", identifier, near=nearest(identifier, {each: [each] for each in identifiers}))
