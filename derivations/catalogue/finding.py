"""Find an equation: by its identifier, by words in any language and what else people call the same, by a formula, or by its number on a page of a release."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from derivations.catalogue.files import FOLDER
from derivations.catalogue.formulas import (
    MOST_LETTERS,
    NotRead,
    Tree,
    every_order,
    expanded,
    letters,
    read_formula,
    same,
    shape,
    values,
)
from derivations.catalogue.permanence import Record, numbered

SYNONYMS = FOLDER / "catalogue" / "synonyms.toml"
MATHEMATICS = re.compile(r"[\\^*/=+]|[(\[].*[)\]]|(?<![^\W\d_]{2})\s*-|-\s*(?![^\W\d_]{2})")
"""A text with one of these is looked at as a formula first; a hyphen between words is none."""
WORD = re.compile(r"[\w.-]+")
MANY = 8
"""So many are shown of what was found."""


class NothingFound(LookupError):
    """Neither an equation nor anything near it; the message says what can be asked for."""


@dataclass(frozen=True)
class Found:
    """What was found, the best first.

    Args:
        by: `identifier`, `number`, `formula`, `words`; `nearest` where no formula gives the same values.
    """

    by: str
    identifiers: tuple[str, ...]


def index(catalogue: Record) -> dict[str, Any]:
    """Of every equation what it can be found by: words, and of each of its sides the number of letters, the values and the shape."""
    names = catalogue["names"]
    titles = {each["name"]: " ".join(each["title"].values()) for each in catalogue["derivations"]}
    return {
        "equations": [
            {
                "id": entry["id"],
                "words": " ".join([entry["id"], *entry["title"].values(), titles[entry["derivation"]]]).lower(),
                "sides": [side for row in entry["rows"] for tree in row["terms"] for side in _sides(tree, names)],
                "shape": Counter(step for row in entry["rows"] for tree in row["terms"] for step in shape(bare(tree))),
            }
            for entry in catalogue["equations"]
        ],
        "groups": groups(),
    }


def _sides(tree: Tree, names: Mapping[str, Any]) -> list[list[Any]]:
    """A side as it is written, and with its names put out by what they mean, as number of letters and values."""
    made: list[Tree] = []
    for meanings in ({}, names):
        try:
            each = expanded(tree, meanings)
        except (KeyError, IndexError, TypeError):
            continue
        if each not in made and len(each) > 1 and each[0] not in ("sym", "app", "num"):
            made.append(each)
    found = []
    for each in made:
        order = letters(each)
        if len(order) <= MOST_LETTERS:
            given = values(each, order)
            if any(number is not None for number in given):
                found.append([len(order), given])
    return found


def bare(tree: Tree) -> Tree:
    """Without brackets that only the reader sees."""
    return bare(tree[1]) if tree[0] == "[]" else [bare(part) if isinstance(part, list) else part for part in tree]


@cache
def groups() -> list[list[str]]:
    """What people call the same, in small letters."""
    return [[word.lower() for word in group] for group in tomllib.loads(SYNONYMS.read_text(encoding="utf-8"))["groups"]]


def find(asked: str, catalogue: Record) -> Found:
    """What somebody looks for.

    Raises:
        NothingFound: nothing is near. NoNumber: a number that no page of that release has.
    """
    known = {entry["id"]: entry for entry in catalogue["equations"]}
    text = asked.strip()
    if text in known:
        return Found("identifier", (text,))
    if identifier := numbered(text):
        return Found("number", (identifier,))
    if not text:
        raise NothingFound("nothing is asked for: give an identifier, words, a formula, or `1.0.0 PAGE (7)`")
    searched = index(catalogue)
    if MATHEMATICS.search(text):
        try:
            return by_formula(read_formula(text), searched["equations"])
        except NotRead as problem:
            if found := by_words(text, searched):
                return Found("words", tuple(found[:MANY]))
            raise NothingFound(str(problem)) from None
    if found := by_words(text, searched):
        return Found("words", tuple(found[:MANY]))
    raise NothingFound(
        f"nothing is found by {text!r}: give an identifier, words, a formula in TeX or Python, or `1.0.0 PAGE (7)`"
    )


def by_formula(sides: Sequence[Tree], equations: Sequence[Mapping[str, Any]]) -> Found:
    """The equations with a side that gives the same values, those with most such sides first; else the nearest by how they look."""
    asked = [
        (len(letters(side)), list(every_order(side)))
        for side in sides
        if len(side) > 1 and side[0] not in ("sym", "app")
    ]
    hits: list[tuple[int, int, str]] = []
    for place, equation in enumerate(equations):
        matched = sum(
            any(count == own and any(same(given, each) for each in orders) for own, given in equation["sides"])
            for count, orders in asked
        )
        if matched:
            hits.append((-matched, place, equation["id"]))
    if hits:
        return Found("formula", tuple(identifier for _, _, identifier in sorted(hits)[:MANY]))
    looks = Counter(step for side in sides for step in shape(side))
    near = sorted(
        (-_alike(looks, equation["shape"]), place, equation["id"]) for place, equation in enumerate(equations)
    )
    return Found("nearest", tuple(identifier for alike, _, identifier in near[:3] if alike < 0))


def _alike(one: Mapping[str, int], other: Mapping[str, int]) -> float:
    """How much two formulas have in common, from 0 to 1."""
    shared = sum(min(count, other.get(step, 0)) for step, count in one.items())
    return 2 * shared / max(sum(one.values()) + sum(other.values()), 1)


def by_words(asked: str, searched: Mapping[str, Any]) -> list[str]:
    """The equations that have every word, or what else it is called; where none has, those with most of them, if more than half."""
    left = asked.lower()
    wanted: list[list[str]] = []
    for group in sorted(searched["groups"], key=lambda group: -max(map(len, group))):
        for word in sorted(group, key=len, reverse=True):
            if _has(left, word):
                wanted.append(group)
                left = left.replace(word, " ")
                break
    wanted += [[word] for word in WORD.findall(left)]
    if not wanted:
        return []
    found = []
    for place, equation in enumerate(searched["equations"]):
        had = [group for group in wanted if any(_has(equation["words"], word) for word in group)]
        if 2 * len(had) > len(wanted):
            found.append((-len(had), -sum(_best(equation, group) for group in had), place, equation["id"]))
    most = min(found)[0] if found else 0
    return [identifier for had, _, _, identifier in sorted(found) if had == most]


def _has(text: str, word: str) -> bool:
    """Whether a text has a word: Latin ones whole or at their beginning, Chinese ones anywhere."""
    at = text.find(word)
    while at >= 0:
        if not word[0].isascii() or at == 0 or not (text[at - 1].isascii() and text[at - 1].isalnum()):
            return True
        at = text.find(word, at + 1)
    return False


def _best(equation: Mapping[str, Any], group: Sequence[str]) -> int:
    """2 where a word stands in the identifier, else 1."""
    return 2 if any(_has(equation["id"], word.replace(" ", "-")) for word in group) else 1
