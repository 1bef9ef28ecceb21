"""What takes long to work out and is the same in every language: made once, by the process that derives, which has SymPy loaded."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from derivations.catalogue.files import parsed
from derivations.catalogue.finding import index
from derivations.publish.remembered import MADE_WITH, Remembered, state_of
from derivations.words import Words

PLAYED = "docs/theme/assets/play.js"
"""The script of the figures to play with, without what it computes."""


def shared(root: Path) -> dict[str, Any]:
    """By the files that they go into: what the figures to play with compute, and what equations are found by. Both are made of what equations state, not of their proofs, and again only if that has changed, or what makes them."""
    catalogue = parsed((root / "build" / "equations.json").read_bytes())
    stated = [[each["id"], each["title"], each["statement"]] for each in catalogue["equations"]]
    made_from = [catalogue["names"], catalogue["derivations"], stated]

    def printed() -> dict[str, str]:
        from derivations.publish.playing import formulas  # SymPy takes half a second to load

        return formulas((root / PLAYED).read_text(encoding="utf-8"), catalogue)

    kept = Remembered(root / "build" / "shared.json", state_of(root, MADE_WITH))
    made = {
        "play.js": kept.page("play.js", made_from, printed),
        "find.json": kept.page("find.json", made_from, lambda: index(catalogue)),
    }
    kept.close()
    return made


def script(source: str, printed: Mapping[str, str], words: Words) -> str:
    """The script with the formulas that it asks for."""
    named = ",\n".join(f"{json.dumps(name)}: {text}" for name, text in printed.items())
    said: Mapping[str, Any] = {**words.table("play"), "colon": words["colon"]}
    return f'"use strict";\n(() => {{\nconst FORMULAS = {{\n{named}\n}};\nconst WORDS = {json.dumps(said, ensure_ascii=False)};\n{source}}})();\n'
