"""A Chinese typeface for what is made on this machine and read on others: Noto Serif SC, cut down to the characters that are shown.

The package brings it as a hundred small variable fonts. Here they become one ordinary TrueType font of one weight: Chromium writes that into a PDF as it is,
and makes hundreds of fonts of drawings (Type 3) from what most machines have, which nobody can search or copy well.
"""

from __future__ import annotations

import hashlib
import json
import logging
from io import BytesIO
from pathlib import Path

from fontTools import subset
from fontTools.merge import Merger
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

from derivations.publish.fonts import CHINESE_SHARES
from derivations.publish.kept import keep, read_kept
from derivations.publish.temml import TO_DO, NotInstalled

NOT_MERGED = ["GSUB", "GPOS", "GDEF", "BASE", "STAT", "HVAR", "MVAR", "vhea", "vmtx", "prep", "gasp"]
"""What the parts have besides outlines and widths."""
FIRST = 0x2190
"""Below it, signs are Latin, but for the punctuation that Chinese shares with it."""


def chinese_font(root: Path, text: str, weight: int) -> Path:
    """A TrueType font with the Chinese characters and punctuation of a text that the typeface has. Raises NotInstalled."""
    package = root / "node_modules" / "@fontsource-variable" / "noto-serif-sc"
    try:
        ranges = json.loads((package / "unicode.json").read_text(encoding="utf-8"))
        version = json.loads((package / "package.json").read_text(encoding="utf-8"))["version"]
    except (OSError, ValueError, LookupError):
        raise NotInstalled(f"the Chinese typeface is missing from node_modules/ {TO_DO}") from None
    wanted = {ord(sign) for sign in text if ord(sign) >= FIRST or sign in CHINESE_SHARES}
    key = hashlib.sha256(f"{version} {weight} {sorted(wanted)}".encode()).hexdigest()[:20]
    made = root / "build" / "fonts" / f"NotoSerifSC-{weight}-{key}.ttf"
    if read_kept(made) is None:
        parts = []
        for name, said in ranges.items():
            if here := {code for code in wanted if _within(said, code)}:
                wanted -= here
                file = f"noto-serif-sc-{name.strip('[]')}-wght-normal.woff2"
                parts.append(_part(package / "files" / file, here, weight))
        made.parent.mkdir(parents=True, exist_ok=True)
        keep(made, _merged(parts, weight))
    return made


def _within(ranges: str, code: int) -> bool:
    """Whether a code point is in ranges written as in CSS: U+4E00-4E0A,U+4E0D."""
    for each in ranges.split(","):
        first, _, last = each.strip().removeprefix("U+").partition("-")
        if int(first, 16) <= code <= int(last or first, 16):
            return True
    return False


def _part(file: Path, codes: set[int], weight: int) -> BytesIO:
    """Some characters of one of the package's files, in one weight."""
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    font = TTFont(file, recalcTimestamp=False)
    cutter = subset.Subsetter(subset.Options(hinting=False, layout_features=[], drop_tables=NOT_MERGED))
    cutter.populate(unicodes=codes)
    cutter.subset(font)
    instantiateVariableFont(font, {"wght": weight}, inplace=True)
    return _written(font)


def _merged(parts: list[BytesIO], weight: int) -> bytes:
    font = Merger().merge(parts)
    for kind, name in ((1, "Noto Serif SC"), (4, f"Noto Serif SC {weight}"), (6, f"NotoSerifSC-{weight}")):
        font["name"].setName(name, kind, 3, 1, 0x409)  # else it is called as its lightest weight
    return _written(font).getvalue()


def _written(font: TTFont) -> BytesIO:
    font.flavor = None
    written = BytesIO()
    font.save(written)
    written.seek(0)
    return written
