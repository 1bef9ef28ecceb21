"""The root of the site: the page that sends readers to their language, and the published catalogue."""

from __future__ import annotations

import shutil
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from derivations.catalogue.files import SCHEMA
from derivations.publish.words import LANGUAGES, WORDS


def write_root(root: Path, folder: Path) -> None:
    """Write index.html, 404.html and equations.json beside the languages' folders."""
    environment = Environment(loader=FileSystemLoader(root / "docs" / "theme"), autoescape=True)
    template = environment.get_template("root.html")
    for name in ("index.html", "404.html"):
        page = template.render(languages=LANGUAGES, words=WORDS, missing=name == "404.html")
        (folder / name).write_text(page + "\n", encoding="utf-8")
    shutil.copyfile(root / "build" / "equations.json", folder / "equations.json")
    shutil.copyfile(SCHEMA, folder / SCHEMA.name)
