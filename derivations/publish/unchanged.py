"""A language of which nothing has changed since the last build is not built again: its part of the site is taken over, if it still is what was built."""

from __future__ import annotations

import json
from functools import cached_property
from pathlib import Path
from typing import Any

from derivations.catalogue.files import copy_or_share
from derivations.catalogue.store import hash_of
from derivations.publish.kept import keep, read_kept
from derivations.publish.provenance import commit_of
from derivations.publish.remembered import MADE_FROM, MADE_WITH, state_of
from derivations.publish.words import LANGUAGES


class Editions:
    """The languages' parts of the site, as the last build left them and as they would be made now."""

    def __init__(self, root: Path, site: Path, address: str | None) -> None:
        self._site, self._file = site, root / "build" / "editions.json"
        with_it = [state_of(root, [*MADE_WITH, *MADE_FROM]), str(commit_of(root)), address]
        self._made_from = {each: hash_of([*with_it, state_of(root, [f"docs/{each}"])]) for each in LANGUAGES}

    @cached_property
    def unchanged(self) -> list[str]:
        """The languages that are there as they would be built."""
        content = read_kept(self._file)
        before: dict[str, Any] = json.loads(content) if content else {}
        return [
            each
            for each, made_from in self._made_from.items()
            if before.get(each) == [made_from, state_of(self._site, [each])]
        ]

    @property
    def changed(self) -> list[str]:
        """The languages that have to be built."""
        return [each for each in self._made_from if each not in self.unchanged]

    def take_over(self, language: str, folder: Path) -> None:
        """Put a language that has not changed into the site that is being built too."""
        for path in sorted((self._site / language).rglob("*")):
            target = folder / path.relative_to(self._site)
            if path.is_dir():
                target.mkdir(parents=True)
            else:
                target.parent.mkdir(parents=True, exist_ok=True)
                copy_or_share(path, target)

    def remember(self, folder: Path) -> None:
        """Note what was built in `folder`, from what."""
        built = {each: [made_from, state_of(folder, [each])] for each, made_from in self._made_from.items()}
        keep(self._file, json.dumps(built).encode())
