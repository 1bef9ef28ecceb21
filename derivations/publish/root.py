"""The root of the site: the page that sends readers to their language, the one for wrong addresses, and the published catalogue."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader

from derivations.catalogue.files import SCHEMA
from derivations.publish.words import LANGUAGES, WORDS

TAGS = {"zh": "zh-Hans", "en": "en"}
"""What HTML calls the languages."""


def write_root(root: Path, folder: Path, begins_at: str | None) -> None:
    """Write index.html, 404.html and equations.json beside the languages' folders; `begins_at` is as in `write_missing`."""
    _write(root, "root.html", folder / "index.html")
    write_missing(root, folder, LANGUAGES, begins_at)
    shutil.copyfile(root / "build" / "equations.json", folder / "equations.json")
    shutil.copyfile(SCHEMA, folder / SCHEMA.name)


def write_missing(root: Path, folder: Path, shown: Sequence[str], begins_at: str | None) -> None:
    """Write the 404.html of a folder, in the languages `shown`.

    A host shows it at any wrong address, so its links are whole paths: they start with `begins_at`, the path of the
    site on its host, such as /loss/. Where that is unknown (None), a script in the page looks for it.
    """
    up = "../" * (len(shown) == 1)  # without scripts it is right at least where the file lies
    _write(root, "missing.html", folder / "404.html", shown=shown, begins_at=begins_at, up=up)


def _write(root: Path, template: str, target: Path, **values: Any) -> None:
    environment = Environment(loader=FileSystemLoader(root / "docs" / "theme"), autoescape=True)
    page = environment.get_template(template).render(languages=LANGUAGES, tags=TAGS, words=WORDS, **values)
    target.write_text(page + "\n", encoding="utf-8")
