"""A proof as rows that one reads from top to bottom: what the mark beside an equation opens, and what the terminal prints."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from derivations.catalogue.forms import as_lines, as_term
from derivations.catalogue.telling import told
from derivations.engine.kernel.statements import Line
from derivations.engine.kernel.terms import Term
from derivations.words import Words

Entry = dict[str, Any]


@dataclass(frozen=True)
class Row:
    """One row.

    Args:
        depth: how far it is indented.
        sign: the relation to the row above, as TeX; "" where a proof begins.
        why: the names of the laws; `laws` has their keys.
        cites: identifiers of equations.
        where: the condition of what follows, in words with $TeX$ in them; such a row has nothing else.
    """

    depth: int
    sign: str = ""
    plain_sign: str = ""
    tex: str = ""
    plain: str = ""
    why: tuple[str, ...] = ()
    laws: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    where: str = ""
    plain_where: str = ""


def rows(entry: Entry, words: Words) -> list[Row]:
    """All rows of an equation's proof; none for what has nothing to prove."""
    steps = entry["proof"]["steps"]
    if not steps:
        return []
    language = words.language
    first, now = entry["parts"][0], as_term(entry["rows"][0]["terms"][0])
    return [Row(0, tex=first["tex"][language], plain=first["plain"][language]), *_of(now, steps, words, 0)]


def _of(now: Term, steps: list[Entry], words: Words, depth: int, within: str = "") -> Iterator[Row]:
    language = words.language
    for step, line in zip(steps, as_lines(steps), strict=True):
        sign = step["sign"]
        yield Row(
            depth,
            sign["tex"][language],
            sign["plain"][language],
            step["tex"][language],
            step["plain"][language],
            tuple(_name(law, now, line, within, words) for law in line.laws),
            tuple(step["laws"]),
            tuple(step["cites"]),
            *_with(step, words),
        )
        for part in step.get("parts", []):
            yield Row(
                depth + 1, where=_where(part["where"], words, "tex"), plain_where=_where(part["where"], words, "plain")
            )
            yield Row(depth + 1, tex=part["tex"][language], plain=part["plain"][language])
            yield from _of(as_term(part["first"]), part["steps"], words, depth + 1, part["where"]["kind"])
        now = line.term


def _name(law: str, now: Term, line: Line, within: str, words: Words) -> str:
    """What a law is called here; what an induction supposes has a name of its own."""
    supposed = law == "hypothesis" and within == "step"
    return words.of("proof", "supposed") if supposed else told(law, now, line, words)


def _with(step: Entry, words: Words) -> tuple[str, str]:
    """With what a law is used, where that is worth saying: both sides times what; which numbers."""
    shown = step.get("numbers") or (step.get("factor") if step["laws"] == ["multiply"] else None)
    if shown is None:
        return "", ""
    tex, plain = (shown[form][words.language] for form in ("tex", "plain"))
    return f"${tex}$", plain


def _where(where: Entry, words: Words, form: str) -> str:
    """Under which condition a part stands."""
    shown = where[form][words.language]
    marked, following = (f"${shown}$", f"${shown} + 1$") if form == "tex" else (shown, f"{shown} + 1")
    return words.of("proof", where["kind"]).format(marked, following)


def chain_of_parents(entries: dict[str, Entry], identifier: str) -> list[str]:
    """All that an equation rests on, and the equation itself, each after what it rests on."""
    ordered: dict[str, None] = {}
    waiting = [(identifier, False)]
    while waiting:
        current, settled = waiting.pop()
        if settled:
            ordered[current] = None
        elif current not in ordered:
            waiting.append((current, True))
            waiting += [(parent, False) for parent in reversed(entries[current]["parents"]) if parent not in ordered]
    return list(ordered)


def laws_of(steps: list[Entry]) -> set[str]:
    """The laws that a proof uses."""
    inner = (laws_of(part["steps"]) for step in steps for part in step.get("parts", []))
    return {law for step in steps for law in step["laws"]}.union(*inner)
