"""Drawings made at build time: build/figures/NAME.LANGUAGE.svg, listed with their words in figures.json."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup


@dataclass(frozen=True)
class Figure:
    """One drawing in one language."""

    name: str
    svg: Markup
    alternative: str
    caption: str


def read_figures(folder: Path, language: str) -> dict[str, Figure]:
    """All drawings by name. figures.json holds {"NAME": {"alternative": {"zh", "en"}, "caption": {"zh", "en"}}}."""
    index = folder / "figures.json"
    if not index.exists():
        return {}
    listed = json.loads(index.read_text(encoding="utf-8"))
    return {
        name: Figure(
            name,
            Markup((folder / f"{name}.{language}.svg").read_text(encoding="utf-8")),
            texts["alternative"][language],
            texts["caption"][language],
        )
        for name, texts in listed.items()
    }
