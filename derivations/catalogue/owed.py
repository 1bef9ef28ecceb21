"""What scripts owe to the words of each language and to the articles that they follow: told before anything is tried."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from derivations import words
from derivations.catalogue.files import FOLDER

if TYPE_CHECKING:
    from derivations.engine import Derivation

SECTION = re.compile(r"^# § ([\w.-]+)\s*$", re.MULTILINE)
ARTICLES = FOLDER / "articles.toml"


class Owed(ValueError):
    """Faults of scripts and words, each with file and line."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))


def asked(derivation: Derivation) -> list[Mapping[str, Any]]:
    """What a derivation's equations owe words for, as far as records of the catalogue say it."""
    return [
        {"id": each.id, "derivation": derivation.name, "source": each.source, "script": each.script, "line": each.line}
        for each in derivation.equations.values()
    ]


def faults_of(equations: Sequence[Mapping[str, Any]], others: Iterable[str] = ()) -> list[str]:
    """Titles and sections that a language lacks or nothing asks for, and sources that no article has.

    Args:
        equations: records, or what is `asked`.
        others: identifiers that are not looked at, but have titles too.
    """
    wanted = {"titles": [*others, *(each["id"] for each in equations)]}
    for name in dict.fromkeys(each["derivation"] for each in equations):
        script = (FOLDER / f"{name.replace('-', '_')}.py").read_text(encoding="utf-8")
        wanted[f"derivations.{name}.sections"] = SECTION.findall(script)
    return [*words.faults(wanted), *_sources(equations)]


def _sources(equations: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Sources that are no section of their article, each where a derivation first gives it."""
    articles = tomllib.loads(ARTICLES.read_text(encoding="utf-8"))
    first = {(each["derivation"], each["source"]): each for each in reversed(equations)}
    for equation in first.values():
        article, _, section = equation["source"].partition("/")
        place = "{script}:{line}: {id}: the source is {source!r}".format(**equation)
        if article not in articles:
            near = get_close_matches(article, articles, n=1) or list(articles)
            yield f"{place}; no such article, nearest: {', '.join(near)}; {ARTICLES.name} lists them with their sections"
        elif section and section not in articles[article]:
            near = get_close_matches(section, articles[article], n=3, cutoff=0.3) or articles[article]
            yield f"{place}; {article} has no section {section}, nearest: {', '.join(near)}"
