"""Install the fonts that the site uses, cut down to the characters that it shows.

A typeface for mathematics weighs more than ten pages when it travels whole. Here each keeps only what the pages of one
language contain. Chinese text uses the fonts of the reader's system.
"""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Set
from io import BytesIO
from pathlib import Path
from string import ascii_lowercase

from fontTools import subset
from fontTools.ttLib import TTFont

from derivations.publish.kept import keep, read_kept
from derivations.publish.mathml import SLANTED, slanted
from derivations.publish.seen import Seen, characters

TEXT_FONTS = {
    "SourceSerif4-Regular": ("source-serif-4-latin-400-normal", "font-weight:400"),
    "SourceSerif4-Italic": ("source-serif-4-latin-400-italic", "font-weight:400;font-style:italic"),
    "SourceSerif4-Semibold": ("source-serif-4-latin-600-normal", "font-weight:600 700"),
}
ALONE = re.compile(r"<mi>(.)</mi>")
UNSEEN = "\N{SQUARE ROOT}\N{FUNCTION APPLICATION}"
"""What is in no page as text and yet is asked for: roots, and what stands between a function and its argument."""
CHINESE_SHARES = "‘’“”—…·"
"""Punctuation that Chinese sets full width and Latin sets narrow: on Chinese pages it is left to the Chinese font."""
QUOTES = "‘’“”"
"""The apostrophe among them: on English pages always Latin, whatever the pages of the day contain."""


def install_fonts(root: Path, assets: Path, pages: Seen, formulas: list[str], language: str) -> None:
    """Write assets/fonts.css and assets/fonts/*.woff2 for what is seen of the finished pages, and for their formulas."""
    modules, cutter = root / "node_modules", Cutter(root / "build" / "fonts", assets / "fonts")
    shown = pages.characters
    latin = shown - set(CHINESE_SHARES) if language == "zh" else shown | set(QUOTES)
    emphasised = pages.emphasised | set(ascii_lowercase + QUOTES)
    faces = []
    for name, (file, style) in TEXT_FONTS.items():
        source = modules / "@fontsource" / "source-serif-4" / "files" / f"{file}.woff2"
        address = cutter.install(source, name, latin & emphasised if name.endswith("Italic") else latin)
        faces.append(f'@font-face{{font-family:"Source Serif 4";{style};font-display:block;src:{address}}}')
    address = cutter.install(mathematics(root), "STIXTwoMath", in_formulas(formulas) | shown & set(SLANTED.values()))
    faces.append(f'@font-face{{font-family:"STIX Two Math";font-display:block;src:{address}}}')
    (assets / "fonts.css").write_text("\n".join(faces) + "\n", encoding="utf-8")


def mathematics(root: Path) -> Path:
    """The file of the typeface for mathematics: as WOFF, since to read its five thousand letters from WOFF2 takes a second and a half."""
    return root / "node_modules" / "@fontsource" / "stix-two-math" / "files" / "stix-two-math-latin-400-normal.woff"


def in_formulas(formulas: list[str]) -> frozenset[str]:
    """The characters that browsers ask the mathematical typeface for."""
    letters = {letter for formula in formulas for letter in ALONE.findall(formula)}
    return characters("".join(formulas)) | set(slanted("".join(letters))) | set(UNSEEN)


class Cutter:
    """Cuts fonts down, and remembers the cuts."""

    def __init__(self, cache: Path, folder: Path) -> None:
        self.cache, self.folder = cache, folder
        for each in (cache, folder):
            each.mkdir(parents=True, exist_ok=True)

    def install(self, source: Path, name: str, shown: Set[str]) -> str:
        """Cut a font down to the characters `shown`; returns what `src` says to reach it from the style sheet."""
        text = "".join(sorted(shown))
        key = hashlib.sha256(source.read_bytes() + text.encode()).hexdigest()[:20]
        made = self.cache / f"{source.stem}-{key}.woff2"
        font = read_kept(made) or keep(made, cut(source, text))
        (self.folder / f"{name}.woff2").write_bytes(font)
        return f'url(fonts/{name}.woff2) format("woff2")'


def cut(source: Path, shown: str) -> bytes:
    """The font with these characters only, as WOFF2, the same bytes every time."""
    logging.getLogger("fontTools").setLevel(logging.ERROR)  # it warns of fonts that do not say when they were made
    options = subset.Options(
        flavor="woff2", hinting=False, layout_features=["kern", "liga", "onum", "lnum", "tnum", "ssty"]
    )
    font = TTFont(source, recalcTimestamp=False)
    cutter = subset.Subsetter(options)
    cutter.populate(text=shown)
    cutter.subset(font)
    font.flavorData.minorVersion = 0  # of the wrapping, which says nothing of the font
    return _written(font, "woff2")


def unwrapped(source: Path) -> bytes:
    """The whole font as TrueType, uncompressed."""
    return _written(TTFont(source, recalcTimestamp=False), None)


def _written(font: TTFont, flavour: str | None) -> bytes:
    font.flavor = flavour
    written = BytesIO()
    font.save(written, reorderTables=False)
    return written.getvalue()
