"""The words of each language: one file a language, and whoever adds a file adds a language.

Each file has the same keys. What is missing in one, or stands in one alone, is told with the file and the key.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
READ = ".json"
"""Beside a file of words in the wheel: what it says, which takes a sixtieth of the time to read."""
WORD = re.compile(r"\\word\{([^{}]*)\}")
Key = tuple[str, ...]
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
        headers = {line.strip(): at for at, line in enumerate(lines, 1) if line.startswith("[")}
        if at := headers.get(f"[{table}.{key}]"):
            return f"{name.as_posix()}:{at}"
        if at := headers.get(f"[{table}]"):
            end = next((other for other in headers.values() if other > at), len(lines) + 1)
            own = (line for line in range(at + 1, end) if lines[line - 1].partition(" =")[0].strip('"') == key != "")
            return f"{name.as_posix()}:{next(own, at)}"
        return self.place(table.rpartition(".")[0]) if table else name.as_posix()

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

    def told(self, said: str) -> str:
        """What the engine or Python refuses, in this language; what the table `refused` does not know stays in English, in which both of them speak."""
        for key, pattern in _refused().items():
            if found := pattern.fullmatch(said):
                return self.of("refused", key).format(
                    **{name: self.told(part) for name, part in found.groupdict().items()}
                )
        return said

    def __getitem__(self, key: str) -> str:
        return self.of("words", key)

    def listed(self, names: Iterable[str]) -> str:
        """Some things after each other."""
        return self["comma"].join(names)


def tables_of(file: Path) -> dict[str, Any]:
    """A file of words as it is now, or as it was read when the wheel was made, which brings that along. Raises WordsUnread."""
    if (read := file.with_suffix(READ)).is_file():
        return dict(json.loads(read.read_text(encoding="utf-8")))
    try:
        return _tables(file.read_bytes())
    except ValueError as problem:  # of TOML or of UTF-8
        line = re.search(r"at line (\d+)", str(problem))
        raise WordsUnread(f"derivations/words/{file.name}{':' + line[1] if line else ''}: {problem}") from None


@lru_cache(maxsize=8)
def _tables(content: bytes) -> dict[str, Any]:
    return tomllib.loads(content.decode())


@cache
def read_all(folder: Path = HERE) -> dict[str, Words]:
    """All languages of a folder, in the order that the files say."""
    found = [Words(file.stem, tables_of(file), file) for file in folder.glob("*.toml")]
    return {
        each.language: each for each in sorted(found, key=lambda each: (each.tables.get("position", 0), each.language))
    }


def words_in(language: str) -> Words:
    """The words of one language."""
    return read_all()[language]


@cache
def _refused() -> dict[str, re.Pattern[str]]:
    """How each is said by those who speak English."""
    said = {key: re.escape(text) for key, text in words_in("en").table("refused").items()}
    return {key: re.compile(re.sub(r"\\{(\w+)\\}", r"(?P<\1>.+?)", text), re.DOTALL) for key, text in said.items()}


def languages() -> tuple[str, ...]:
    """All languages, in their order."""
    return tuple(read_all())


def keys_of(tables: Mapping[str, Any], above: Key = ()) -> set[Key]:
    """Every key down to the texts."""
    found: set[Key] = set()
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
    closed = {tuple(table.split(".")) for table in wanted}
    asked = {(*table.split("."), key) for table, keys in wanted.items() for key in keys}

    def odd(key: Key) -> Key | None:
        """The entry of a closed table that a key belongs to, if nothing asks for it."""
        entries = (key[: len(table) + 1] for table in closed if key[: len(table)] == table)
        return next((entry for entry in entries if entry not in asked), None)

    owed = {key for key in everywhere if odd(key) is None} | asked
    return [fault for words in languages for fault in _faults_of(words, owed, odd)]


def _faults_of(words: Words, owed: set[Key], odd: Callable[[Key], Key | None]) -> Iterator[str]:
    """The faults of one language. What is misspelt is told once, where it stands; of a whole section that is missing, not each part."""
    own = keys_of(words.tables)
    missing = owed - {key[:end] for key in own for end in range(1, len(key) + 1)}
    missing -= {key for key in missing for end in range(1, len(key)) if key[:end] in missing}
    unasked = {entry for key in own if (entry := odd(key))}
    for *above, name in sorted(missing):
        table = ".".join(above)
        near = get_close_matches(name, [each[-1] for each in unasked if [*each[:-1]] == above], n=1)
        unasked -= {(*above, each) for each in near}
        said = f"; it has {near[0]!r}, which nothing asks for" if near else _nearest(name, words.table(table))
        yield f"{words.place(table, *near)}: [{table}] has no {name!r}{said}"
    for *above, name in sorted(unasked):
        table = ".".join(above)
        yield f"{words.place(table, name)}: [{table}] has {name!r}, which nothing asks for"
    for key in sorted(key for key in own if odd(key) is None):
        table = ".".join(key[:-1])
        text, wrong = words.table(table).get(key[-1]), ""
        if isinstance(text, str) and not text.strip():
            wrong = "is empty"
        elif table == "titles" and WITH_HAN.get(words.language) is (HAN.search(str(text)) is None):
            wrong = f"is {text!r}, which is in another language"
        if wrong:
            yield f"{words.place(table, key[-1])}: [{table}] {key[-1]!r} {wrong}"


def _nearest(name: str, known: Iterable[str]) -> str:
    near = get_close_matches(name, list(known), n=3)
    return f"; nearest: {', '.join(near)}" if near else ""
