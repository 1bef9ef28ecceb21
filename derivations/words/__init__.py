"""The words of each language: one file a language, and whoever adds a file adds a language.

Each file has the same keys. What is missing in one, or stands in one alone, is told with the file and the key.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
WORD = re.compile(r"\\word\{([^{}]*)\}")
HAN = re.compile("[\u4e00-\u9fff]")
WITH_HAN = {"zh": True, "en": False}
"""Whether a title of the language has Chinese characters: two that changed places are noticed by that."""


class WordMissing(LookupError):
    """A key that a language does not have; the message has file, line and key."""


class WordsUnread(SystemExit):
    """A file of words is no TOML; the message has file and line. Nothing runs without words, so the program ends with it."""


class Words:
    """The words of one language, by keys with points: `titles.coin.score` is the key "coin.score" of the table `titles`."""

    def __init__(self, language: str, tables: Mapping[str, Any], file: Path) -> None:
        self.language, self.tables, self.file = language, tables, file

    def place(self, table: str = "", key: str = "") -> str:
        """`file:line` of a key, else of its table, else the file."""
        name = self.file.relative_to(HERE.parents[1]) if self.file.is_relative_to(HERE) else Path(self.file.name)
        lines = self.file.read_text(encoding="utf-8").splitlines()
        begins = next((at for at, line in enumerate(lines) if line.strip() == f"[{table}]"), None)
        if begins is None:
            return name.as_posix()
        for at, line in enumerate(lines[begins + 1 :], begins + 1):
            if line.startswith("["):
                break
            if line.partition(" =")[0].strip('"') == key:
                return f"{name.as_posix()}:{at + 1}"
        return f"{name.as_posix()}:{begins + 1}"

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
            raise WordMissing(f"{self.place(table)}: [{table}] has no {key!r}{_nearest(key, self.table(table))}")
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
            raise WordMissing(
                f"{self.place()}: [derivations.{name}] is missing{_nearest(name, self.table('derivations'))}"
            )
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
        try:
            tables = tomllib.loads(file.read_text(encoding="utf-8"))
        except ValueError as problem:  # of TOML or of UTF-8
            line = re.search(r"at line (\d+)", str(problem))
            raise WordsUnread(f"derivations/words/{file.name}{':' + line[1] if line else ''}: {problem}") from None
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
    """What is missing, empty or in the wrong language, and what stands where nothing asks for it: file, line and key of each, once.

    Args:
        wanted: the keys that have to be there, by table; a table that is named has no others.
    """
    languages = read_all(folder).values()
    everywhere = set().union(*(keys_of(words.tables) for words in languages))
    closed = {tuple(table.split(".")): set(keys) for table, keys in wanted.items()}
    asked = {(*table, key) for table, keys in closed.items() for key in keys}
    odd = {
        key
        for key in everywhere
        for table, keys in closed.items()
        if _inside(key, table) and key[len(table)] not in keys
    }
    owed = {*(everywhere - odd), *(key for key in asked if not any(_inside(each, key) for each in everywhere))}
    return [fault for words in languages for fault in _faults_of(words, owed, odd)]


def _faults_of(words: Words, owed: set[tuple[str, ...]], odd: set[tuple[str, ...]]) -> Iterator[str]:
    """The faults of one language. A key that is misspelt is told once, where it stands."""
    own = keys_of(words.tables)
    unasked = own & odd
    for key in sorted(owed - own):
        table = ".".join(key[:-1])
        near = get_close_matches(key[-1], [each[-1] for each in unasked if each[:-1] == key[:-1]], n=1)
        unasked -= {(*key[:-1], each) for each in near}
        said = f"; it has {near[0]!r}, which nothing asks for" if near else _nearest(key[-1], words.table(table))
        yield f"{words.place(table, *near)}: [{table}] has no {key[-1]!r}{said}"
    for key in sorted(unasked):
        table = ".".join(key[:-1])
        yield f"{words.place(table, key[-1])}: [{table}] has {key[-1]!r}, which nothing asks for"
    for key in sorted(own - odd):
        table = ".".join(key[:-1])
        text, where = words.table(table).get(key[-1]), words.place(table, key[-1])
        if isinstance(text, str) and not text.strip():
            yield f"{where}: [{table}] {key[-1]!r} is empty"
        elif table == "titles" and WITH_HAN.get(words.language) is (HAN.search(str(text)) is None):
            yield f"{where}: [{table}] {key[-1]!r} is {text!r}, which is in another language"


def _inside(key: tuple[str, ...], table: tuple[str, ...]) -> bool:
    return key[: len(table)] == table


def _nearest(name: str, known: Iterable[str]) -> str:
    near = get_close_matches(name, list(known), n=3)
    return f"; nearest: {', '.join(near)}" if near else ""


LANGUAGES = tuple(read_all())
