"""What scripts owe to the words of each language and to the articles that they follow: told before anything is tried."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import TYPE_CHECKING

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


def faults_of(derivations: Mapping[str, Derivation]) -> list[str]:
    """Titles and sections that a language lacks or nothing asks for, and sources that no article has."""
    wanted = {"titles": [identifier for each in derivations.values() for identifier in each.equations]}
    for name in derivations:
        script = (FOLDER / f"{name.replace('-', '_')}.py").read_text(encoding="utf-8")
        wanted[f"derivations.{name}.sections"] = SECTION.findall(script)
    return [*words.faults(wanted), *(fault for each in derivations.values() for fault in _sources(each))]


def _sources(derivation: Derivation) -> Iterator[str]:
    """Sources that are no section of their article, each where it is first given."""
    articles = tomllib.loads(ARTICLES.read_text(encoding="utf-8"))
    first = {each.source: each for each in reversed(derivation.equations.values())}
    for equation in first.values():
        article, _, section = equation.source.partition("/")
        place = f"{equation.script}:{equation.line}: {equation.id}: the source is {equation.source!r}"
        if article not in articles:
            near = get_close_matches(article, articles, n=1) or list(articles)
            yield f"{place}; no such article, nearest: {', '.join(near)}; {ARTICLES.name} lists them with their sections"
        elif section and section not in articles[article]:
            near = get_close_matches(section, articles[article], n=3, cutoff=0.3) or articles[article]
            yield f"{place}; {article} has no section {section}, nearest: {', '.join(near)}"
