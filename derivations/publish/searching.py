"""What the site's search reads: each equation once, at its own page; mathematics as plain text; and what else people call what a title speaks of."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from unicodedata import lookup, normalize

from derivations.catalogue.finding import also_called

TEX = re.compile(r"\\\((.*?)\\\)|\\\[(.*?)\\\]", re.DOTALL)
LISTED = "equations/#"
"""Where the list of all equations shows one, whose own page is found in its place."""
BREAK = "\N{ZERO WIDTH SPACE}"
"""Stands between Chinese words, which no blank tells apart."""
ACCENTS = {"hat": "\N{COMBINING CIRCUMFLEX ACCENT}", "bar": "\N{COMBINING MACRON}"}
SIGNS = {"le": "≤", "ge": "≥", "in": "∈", "cdot": "·", "dots": "…", "cdots": "⋯", "infty": "∞", "to": "→"}


def make_searchable(folder: Path, catalogue: Mapping[str, Any], language: str) -> None:
    """Rewrite the index in the finished folder of a language."""
    path = folder / "search" / "search_index.json"
    index = json.loads(path.read_text(encoding="utf-8"))
    plain = {
        said["tex"][language]: said["plain"][language]
        for entry in catalogue["equations"]
        for said in (entry, *entry["parts"])
    }

    def spelt(found: re.Match[str]) -> str:
        tex = html.unescape(found[1] or found[2]).replace(BREAK, "").strip()
        return html.escape(plain.get(tex) or without_tex(tex), quote=False)

    for doc in index["docs"]:
        doc["location"] = re.sub(rf"^{LISTED}(.+)", r"equations/\1/", doc["location"])
        for key in ("title", "text"):
            doc[key] = TEX.sub(spelt, doc[key])
        if more := also_called(doc["title"].replace(BREAK, "")):
            doc["text"] += f" <p>{html.escape(', '.join(more))}</p>"
    path.write_text(json.dumps(index, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def without_tex(tex: str) -> str:
    r"""A symbol as plain text: \hat{y}_i is ŷ_i, \theta is θ."""
    tex = re.sub(r"\\(hat|bar)\{?(\w)\}?", lambda found: normalize("NFC", found[2] + ACCENTS[found[1]]), tex)
    tex = re.sub(r"\\(?:text|mathrm|mathbb|operatorname)\b", "", tex)
    tex = re.sub(r"\\(\w+)", lambda found: SIGNS.get(found[1]) or _greek(found[1]), tex)
    return " ".join(re.sub(r"\\[,;:! ]|[\\{}]", "", tex).split())


def _greek(name: str) -> str:
    try:
        return lookup(f"GREEK SMALL LETTER {name.removeprefix('var')}")
    except KeyError:
        return f"{name} "
