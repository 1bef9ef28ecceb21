"""Find an equation: by its identifier, by words in any language and what else people call the same, by a formula, or by its number on a page of a release.

The site's list of all equations finds in the same way, without a server: `docs/theme/assets/find.js` from the `index` that is worked out here when the site is built. A test asks both the same.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from derivations.catalogue.files import FOLDER
from derivations.catalogue.formulas import NotRead, Tree, read_formula
from derivations.catalogue.permanence import Record, Release, numbered, releases
from derivations.catalogue.samples import MOST_LETTERS, every_order, expanded, letters, same, shape, values

SYNONYMS = FOLDER / "catalogue" / "synonyms.toml"
MATHEMATICS = re.compile(r"[\\^*/=+]|[(\[].*[)\]]|(?<![^\W\d_]{2})\s*-|-\s*(?![^\W\d_]{2})")
"""A text with one of these is looked at as a formula first; a hyphen between words is none."""
WORD = re.compile(r"[\w.-]+")
NEAR = 0.4
"""What has at least so much in common with what is asked for, from 0 to 1, is near it."""


class NothingFound(LookupError):
    """Neither an equation nor anything near it; the message says what can be asked for."""


@dataclass(frozen=True)
class Found:
    """What was found, the best first.

    Args:
        by: `identifier`, `number`, `formula`, `words`; `nearest` where no formula gives the same values, or nothing is called so.
    """

    by: str
    identifiers: tuple[str, ...]


def index(catalogue: Record, before: Iterable[Release] | None = None) -> dict[str, Any]:
    """Of every equation what it can be found by: names, and of each of its sides the number of letters, the values and the shape; and the numbers of all releases."""
    names = catalogue["names"]
    titles = {each["name"]: each["title"].values() for each in catalogue["derivations"]}
    return {
        "equations": [
            {
                "id": entry["id"],
                "names": [
                    each.lower() for each in (entry["id"], *entry["title"].values(), *titles[entry["derivation"]])
                ],
                "sides": [side for row in entry["rows"] for tree in row["terms"] for side in _sides(tree, names)],
                "shape": Counter(step for row in entry["rows"] for tree in row["terms"] for step in shape(bare(tree))),
            }
            for entry in catalogue["equations"]
        ],
        "groups": groups(),
        "numbers": {release.version: release.numbers for release in (releases() if before is None else before)},
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
                found.append([len(order), [number and float(f"{number:.12g}") for number in given]])
    return found


def bare(tree: Tree) -> Tree:
    """Without brackets that only the reader sees."""
    return bare(tree[1]) if tree[0] == "[]" else [bare(part) if isinstance(part, list) else part for part in tree]


@cache
def groups() -> list[list[str]]:
    """What people call the same, in small letters."""
    return [[word.lower() for word in group] for group in tomllib.loads(SYNONYMS.read_text(encoding="utf-8"))["groups"]]


def find(asked: str, catalogue: Record, searched: Mapping[str, Any] | None = None) -> Found:
    """What somebody looks for.

    Args:
        searched: the index of the catalogue, for whoever asks more than once.

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
    searched, unread = searched or index(catalogue, ()), ""
    if MATHEMATICS.search(text):
        try:
            return by_formula(read_formula(text), searched["equations"])
        except NotRead as problem:
            unread = f": {problem}"
    if found := by_words(text, searched):
        return Found("words", tuple(found))
    if near := nearest(text, {equation["id"]: equation["names"] for equation in searched["equations"]}):
        return Found("nearest", near)
    raise NothingFound(
        f"nothing is found by {text!r}{unread}; give an identifier, words, a formula in TeX or Python, or `1.0.0 PAGE (7)`"
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
        return Found("formula", tuple(identifier for _, _, identifier in sorted(hits)))
    looks = Counter(step for side in sides for step in shape(side))
    return Found("nearest", _first_three((_alike(looks, each["shape"]), each["id"]) for each in equations))


def nearest(asked: str, names: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """The three at most that have a name written much like what is asked for: by the pairs of letters that follow each other."""
    pairs = lambda text: Counter(one + other for one, other in pairwise(f" {text} "))  # noqa: E731
    looks = pairs(asked.lower())
    best = ((max(_alike(looks, pairs(name)) for name in own), identifier) for identifier, own in names.items())
    return _first_three((alike, identifier) for alike, identifier in best if alike >= NEAR)


def _first_three(ranked: Iterable[tuple[float, str]]) -> tuple[str, ...]:
    """Those most alike, at most three; of equals the first."""
    order = sorted(((-alike, place, identifier) for place, (alike, identifier) in enumerate(ranked) if alike))
    return tuple(identifier for _, _, identifier in order[:3])


def _alike(one: Mapping[str, int], other: Mapping[str, int]) -> float:
    """How much two formulas have in common, from 0 to 1."""
    shared = sum(min(count, other.get(step, 0)) for step, count in one.items())
    return 2 * shared / max(sum(one.values()) + sum(other.values()), 1)


def also_called(text: str) -> list[str]:
    """What else people call what a text speaks of."""
    said = text.lower()
    spoken = (group for group in groups() if any(_has(said, word) for word in group))
    return [word for group in spoken for word in group if not _has(said, word)]


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
        words = " ".join(equation["names"])
        had = [group for group in wanted if any(_has(words, word) for word in group)]
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
