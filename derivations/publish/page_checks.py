"""What must hold of the pages before they are built. All faults are collected, each with file, line and identifier."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from itertools import pairwise, zip_longest
from pathlib import Path
from typing import Any

from derivations.publish import citation
from derivations.publish.pages import Embed, PageSource
from derivations.publish.prose_checks import check_prose
from derivations.publish.words import LANGUAGES

Entry = dict[str, Any]
Faults = Iterator[tuple[PageSource, int, str]]

SHOWN = re.compile(r"^\{\{ *eq\(.*\) *\}\}$")
ASCII_ID = re.compile(r"^[a-z][a-z0-9.-]*$")
TAKES: dict[str, tuple[int, dict[str, type | tuple[type, ...]]]] = {
    "eq": (1, {}),
    "tex": (1, {"part": (str, int)}),
    "num": (1, {"form": str}),
    "figure": (1, {}),
    "graph": (0, {}),
    "equations": (0, {}),
    "trust": (0, {}),
    "laws": (0, {}),
    "numbers": (0, {}),
    "verify": (0, {}),
    "check_all": (0, {}),
    "own": (0, {}),
    "offline": (0, {}),
    "symbols": (0, {}),
    "wheel": (0, {}),
    "run": (1, {}),
    "citation": (1, {}),
}
NAMES_AN_EQUATION = ("eq", "tex", "num")


def check_pages(
    pages: dict[str, dict[str, PageSource]],
    equations: dict[str, Entry],
    figures: set[str],
    root: Path,
    prose_in: Sequence[str] = LANGUAGES,
) -> list[str]:
    """Every fault of the pages of all languages, as `docs/en/x.md:12: coin.scoer: unknown equation; …`; of their prose, in the languages `prose_in`."""
    embeds: list[tuple[PageSource, int, str]] = []
    headings: list[tuple[PageSource, int, str]] = []
    prose: list[tuple[PageSource, int, str]] = []
    for language in LANGUAGES:
        for source in pages[language].values():
            embeds += [(source, line, problem) for line, problem in source.problems]
            embeds += check_embeds(source, equations, figures)
            headings += check_headings(source)
            if language in prose_in:
                prose += [*((source, *fault) for fault in check_prose(source)), *check_words_between(source)]
    told = {source.uri for source, *_ in embeds}, {source.uri for source, *_ in headings}
    faults = [*embeds, *headings, *prose, *check_languages_agree(pages, root, *told)]
    placed = sorted({(source.path.relative_to(root).as_posix(), line, message) for source, line, message in faults})
    return [f"{path}:{line}: {message}" for path, line, message in placed]


def check_embeds(source: PageSource, equations: dict[str, Entry], figures: set[str]) -> Faults:
    """Each embed is one that exists, asks for something that exists, and is displayed once on a page."""
    displayed: set[str] = set()
    for embed in source.embeds:
        if fault := _fault_of(embed, equations, figures):
            yield source, embed.line, fault
        elif embed.name == "eq" and embed.identifier:
            if embed.identifier in displayed:
                yield source, embed.line, f"{embed.identifier}: displayed twice on this page; its anchor must be unique"
            displayed.add(embed.identifier)


def _fault_of(embed: Embed, equations: dict[str, Entry], figures: set[str]) -> str | None:
    """What is wrong with one embed, if anything."""
    if embed.name not in TAKES:
        return f"{embed.call}: unknown embed; nearest: {_nearest(embed.name, TAKES)}"
    count, options = TAKES[embed.name]
    given = dict(zip(["identifier"][:count] + list(options), embed.arguments, strict=False)) | dict(embed.options)
    if len(embed.arguments) < count or len(embed.arguments) > count + len(options):
        return f"{embed.call}: malformed embed: {embed.name} takes {count} identifier" + ", ".join(["", *options])
    for name, value in given.items():
        if name != "identifier" and (name not in options or not isinstance(value, options[name])):
            return f"{embed.call}: malformed embed: {name}={value!r}"
    if count == 0:
        return None
    if not isinstance(embed.arguments[0], str):
        return f"{embed.call}: malformed embed: the identifier is a quoted text"
    if embed.name in NAMES_AN_EQUATION:
        return _fault_of_equation(embed, embed.arguments[0], given, equations)
    derivations = {each["derivation"] for each in equations.values()}
    known = {"figure": figures, "run": derivations}.get(embed.name, citation.FORMATS)
    if embed.arguments[0] not in known:
        return f"{embed.arguments[0]}: unknown {embed.name}; nearest: {_nearest(embed.arguments[0], known)}"
    return None


def _fault_of_equation(embed: Embed, identifier: str, given: dict[str, Any], equations: dict[str, Entry]) -> str | None:
    """What is wrong with an embed that names an equation, if anything."""
    if identifier not in equations:
        return f"{identifier}: unknown equation; nearest: {_nearest(identifier, equations)}"
    if embed.name == "num":
        value, form = equations[identifier]["value"], given.get("form", "decimal")
        if value is None:
            return f"{identifier}: has no value; use tex"
        if form not in ("decimal", "exact") or not value.get(form):
            return f'{identifier}: malformed embed: num has the forms "decimal" and "exact", not {form!r}'
    part = given.get("part")
    length = len(equations[identifier]["parts"])
    if isinstance(part, str) and part not in ("left", "right"):
        return f'{identifier}: malformed embed: part is "left", "right" or an index, not {part!r}'
    if isinstance(part, int) and not -length <= part < length:
        return f"{identifier}: malformed embed: part {part} of {length}"
    return None


def check_words_between(source: PageSource) -> Faults:
    """Words lead to each displayed equation: no other equation, and no heading, stands right before it."""
    lines = [(at, line.strip()) for at, line in enumerate(source.text.splitlines(), 1) if line.strip(" /")]
    for (_, before), (at, line) in pairwise(lines):
        if SHOWN.match(line) and (SHOWN.match(before) or before.startswith("##")):
            yield source, at, f"{line}: no words before it: say first what it shows, or what was done"


def check_headings(source: PageSource) -> Faults:
    """Each heading has an explicit ASCII id, once."""
    seen: set[str] = set()
    for heading in source.headings:
        if heading.id is None:
            yield source, heading.line, f"heading without an explicit id: add {{ #id }} after “{heading.text}”"
        elif not ASCII_ID.match(heading.id):
            yield source, heading.line, f"{heading.id}: heading ids are lower-case ASCII letters, digits, dots, hyphens"
        elif heading.id in seen:
            yield source, heading.line, f"{heading.id}: heading id used twice on this page"
        seen.add(heading.id or "")


def check_languages_agree(
    pages: dict[str, dict[str, PageSource]], root: Path, embeds_told: set[str], headings_told: set[str]
) -> Faults:
    """Each page exists in every language, with the same headings' ids and the same embeds in the same order.

    Args:
        embeds_told, headings_told: pages of which faults are told already, from which a difference would follow.
    """
    for language in LANGUAGES:
        for uri, source in pages[language].items():
            for other in LANGUAGES:
                if uri not in pages[other]:
                    yield source, 1, f"{uri}: missing in {other}; each page is written in every language"
    first, *others = (pages[language] for language in LANGUAGES)
    for second in others:
        for uri in first.keys() & second.keys():
            if uri not in headings_told:
                yield from _first_difference("heading id", first[uri], second[uri], root, _heading_ids)
            if uri not in embeds_told:
                yield from _first_difference("embed", first[uri], second[uri], root, _calls)


def _heading_ids(source: PageSource) -> list[tuple[int, str]]:
    return [(heading.line, f"{'#' * heading.level} {heading.id or '(no id)'}") for heading in source.headings]


def _calls(source: PageSource) -> list[tuple[int, str]]:
    """The embeds in order; those within lines of text, between one display or heading and the next, in any order.

    Languages order the words of a sentence differently, but not the steps of an argument.
    """
    runs: dict[tuple[int, int], list[tuple[str, int]]] = {}
    displays = 0
    for embed in source.embeds:
        section = sum(heading.line <= embed.line for heading in source.headings)
        within_text = embed.name in ("tex", "num")
        displays += not within_text
        runs.setdefault((section, 2 * displays - (not within_text)), []).append((embed.call, embed.line))
    return [(line, call) for run in runs.values() for call, line in sorted(run)]


def _first_difference(what: str, one: PageSource, other: PageSource, root: Path, items: Any) -> Faults:
    """The first place at which two languages' lists part, told once with both places."""
    ends = ((len(one.text.splitlines()), "(end of page)"), (len(other.text.splitlines()), "(end of page)"))
    for left, right in zip_longest(items(one), items(other)):
        (line, mine), (other_line, theirs) = left or ends[0], right or ends[1]
        if mine != theirs:
            there = f"{other.path.relative_to(root).as_posix()}:{other_line}"
            yield one, line, f"{mine}: {what} differs between languages: {there} has {theirs}"
            return


def _nearest(name: str, known: Any) -> str:
    return ", ".join(get_close_matches(name, list(known), n=3, cutoff=0.4)) or "none"
