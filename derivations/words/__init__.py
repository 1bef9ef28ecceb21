"""The words of each language: one file a language, and whoever adds a file adds a language.

Each file has the same keys. What is missing in one, or stands in one alone, is told with the file and the key.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
WORD = re.compile(r"\\word\{([^{}]*)\}")


class WordMissing(LookupError):
    """A key that a language does not have; the message has file and key."""


class Words:
    """The words of one language, by keys with points: `titles.coin.score` is the key "coin.score" of the table `titles`."""

    def __init__(self, language: str, tables: Mapping[str, Any], file: Path) -> None:
        self.language, self.tables, self.file = language, tables, file

    def table(self, name: str) -> Mapping[str, Any]:
        """A whole table; `figures.home` is the table `home` in the table `figures`."""
        found: Mapping[str, Any] = self.tables
        for part in name.split("."):
            found = found.get(part, {})
        return found

    def of(self, table: str, key: str) -> str:
        """One word. Raises WordMissing."""
        found = self.table(table).get(key)
        if not isinstance(found, str):
            raise WordMissing(f"{self.file.name}: [{table}] has no {key!r}")
        return found

    def title(self, identifier: str) -> str:
        """What an equation is called."""
        return self.of("titles", identifier)

    def law(self, name: str) -> str:
        """What a law is called."""
        return self.of("laws", name)

    def derivation(self, name: str) -> Mapping[str, Any]:
        """A derivation's title and sections. Raises WordMissing."""
        found = self.table("derivations").get(name)
        if found is None:
            raise WordMissing(f"{self.file.name}: [derivations.{name}] is missing")
        return dict(found)

    def place_of(self, name: str) -> int:
        """Which derivation it is in the order of reading, that in which the words are written; one without words comes last."""
        known = list(self.table("derivations"))
        return known.index(name) if name in known else len(known)

    def tex(self, text: str) -> str:
        r"""TeX with words in the place of every \word{…}."""
        return WORD.sub(lambda found: rf"\text{{{self.of('formulas', found[1])}}}", text)

    def plain(self, text: str) -> str:
        r"""Plain text with words in the place of every \word{…}."""
        return WORD.sub(lambda found: self.of("formulas", found[1]), text)

    def __getitem__(self, key: str) -> str:
        return self.of("words", key)

    def listed(self, names: Iterable[str]) -> str:
        """Some things after each other."""
        return self["comma"].join(names)


@cache
def read_all(folder: Path = HERE) -> dict[str, Words]:
    """All languages of a folder, in the order that the files say."""
    found = []
    for file in folder.glob("*.toml"):
        tables = tomllib.loads(file.read_text(encoding="utf-8"))
        found.append((tables.get("position", 0), file.stem, Words(file.stem, tables, file)))
    return {language: words for _, language, words in sorted(found, key=lambda each: each[:2])}


def words_in(language: str) -> Words:
    """The words of one language."""
    return read_all()[language]


def keys_of(tables: Mapping[str, Any], above: tuple[str, ...] = ()) -> set[tuple[str, ...]]:
    """Every key down to the texts."""
    found: set[tuple[str, ...]] = set()
    for key, value in tables.items():
        found |= keys_of(value, (*above, key)) if isinstance(value, Mapping) else {(*above, key)}
    return found


def faults(wanted: Mapping[str, Iterable[str]], folder: Path = HERE) -> list[str]:
    """What is missing, and what stands where nothing asks for it: file and key of each.

    Args:
        wanted: the keys that have to be there, by table; a table that is named has no others.
    """
    languages = read_all(folder).values()
    everywhere = set().union(*(keys_of(words.tables) for words in languages))
    found = []
    for words in languages:
        own = keys_of(words.tables)
        found += [
            f"{words.file.name}: {'.'.join(key)} is missing; another language has it"
            for key in sorted(everywhere - own)
        ]
        for table, keys in wanted.items():
            asked, there = set(keys), set(words.table(table))
            found += [
                f"{words.file.name}: [{table}] has no {key!r}"
                for key in sorted(asked - there)
                if (table, key) not in everywhere
            ]
            found += [
                f"{words.file.name}: [{table}] has {key!r}, which nothing asks for" for key in sorted(there - asked)
            ]
    return found


LANGUAGES = tuple(read_all())
