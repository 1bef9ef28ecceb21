"""Install the fonts that the site uses, cut down to the characters that it shows.

KaTeX's fonts are nine tenths of a page's weight when they travel whole. Here each keeps only what the pages of one
language contain. Chinese text uses the fonts of the reader's system.
"""

from __future__ import annotations

import hashlib
import re
import shutil
from io import BytesIO
from pathlib import Path
from string import ascii_lowercase

from fontTools import subset
from fontTools.ttLib import TTFont

TEXT_FONTS = {
    "SourceSerif4-Regular": "source-serif-4-latin-400-normal",
    "SourceSerif4-Italic": "source-serif-4-latin-400-italic",
    "SourceSerif4-Semibold": "source-serif-4-latin-600-normal",
}
FONT_FACE = re.compile(r"@font-face\{[^}]*\}")
FONT_FILE = re.compile(r"fonts/(KaTeX_[\w-]+)\.woff2")
EMPHASIS = re.compile(r"<(?:em|i|cite)\b[^>]*>(.*?)</(?:em|i|cite)>", re.DOTALL)
TAG = re.compile(r"<[^>]*>")
ANNOTATION = re.compile(r"<annotation.*?</annotation>", re.DOTALL)
RADICAL = "\N{SQUARE ROOT}"
CHINESE_SHARES = "‘’“”—…·"
"""Punctuation that Chinese sets full width and Latin sets narrow: on Chinese pages it is left to the Chinese font."""


def install_fonts(root: Path, assets: Path, pages: list[str], language: str) -> None:
    """Write assets/fonts/*.woff2 and assets/katex.css for these finished pages."""
    text = "".join(TAG.sub("", ANNOTATION.sub("", page)) for page in pages)
    shown = "".join(sorted({character for character in text if character.isprintable()} | {RADICAL, " ", "\u00a0"}))
    latin = shown if language == "en" else "".join(each for each in shown if each not in CHINESE_SHARES)
    folder, cache = assets / "fonts", root / "build" / "fonts"
    folder.mkdir(parents=True, exist_ok=True)
    cache.mkdir(parents=True, exist_ok=True)
    sources = root / "node_modules" / "@fontsource" / "source-serif-4" / "files"
    emphasised = {sign for page in pages for found in EMPHASIS.findall(page) for sign in found} | set(ascii_lowercase)
    for name, file in TEXT_FONTS.items():
        wanted = "".join(sign for sign in latin if sign in emphasised) if name.endswith("Italic") else latin
        _install(sources / f"{file}.woff2", folder / f"{name}.woff2", wanted, cache)
    katex = root / "node_modules" / "katex" / "dist"
    style = (katex / "katex.min.css").read_text(encoding="utf-8")
    kept = {name for name in FONT_FILE.findall(style) if _is_used(name, pages)}
    for name in sorted(kept):
        _install(katex / "fonts" / f"{name}.woff2", folder / f"{name}.woff2", shown, cache)
    (assets / "katex.css").write_text(FONT_FACE.sub(lambda face: _only_woff2(face[0], kept), style), encoding="utf-8")


USED_BY = {
    "Main-Regular": "katex",
    "Math-Italic": "mathnormal",
    "Main-Bold": "mathbf|textbf",
    "Main-Italic": "mathit|textit",
    "Math-BoldItalic": "boldsymbol",
    "AMS-Regular": "amsrm|mathbb",
    "Caligraphic-Regular": "mathcal",
    "Typewriter-Regular": "mathtt|texttt",
    "SansSerif-Regular": "mathsf|textsf",
    "Script-Regular": "mathscr",
    "Fraktur-Regular": "mathfrak",
    "Size1-Regular": "size1|small-op",
    "Size2-Regular": "size2|large-op",
    "Size3-Regular": "size3",
    "Size4-Regular": "size4|delim-size4",
}
"""The classes in KaTeX's HTML that ask for a font."""


def _is_used(name: str, pages: list[str]) -> bool:
    """Whether any page has an element that KaTeX's style sheet sets in this font."""
    classes = USED_BY.get(name.removeprefix("KaTeX_"))
    asked = re.compile(rf'class="[^"]*(?<![\w-])(?:{classes})(?![\w-])') if classes else None
    return bool(asked) and any(asked.search(page) for page in pages) if asked else False


def _only_woff2(face: str, kept: set[str]) -> str:
    """A font-face rule that names one file, or nothing for a font that no page uses."""
    found = FONT_FILE.search(face)
    if not found or found[1] not in kept:
        return ""
    return re.sub(r"src:[^}]*", f'font-display:block;src:url(fonts/{found[1]}.woff2) format("woff2")', face)


def _install(source: Path, target: Path, characters: str, cache: Path) -> None:
    """Cut a font down, or take the cut made for the same characters before."""
    key = hashlib.sha256(source.read_bytes() + characters.encode()).hexdigest()[:20]
    made = cache / f"{source.stem}-{key}.woff2"
    if not made.exists():
        made.write_bytes(_cut(source, characters))
    shutil.copyfile(made, target)


def _cut(source: Path, characters: str) -> bytes:
    """The font with these characters only, the same bytes every time."""
    options = subset.Options(flavor="woff2", hinting=False, layout_features=["kern", "liga", "onum", "lnum", "tnum"])
    font = TTFont(source, recalcTimestamp=False)
    cutter = subset.Subsetter(options)
    cutter.populate(text=characters)
    cutter.subset(font)
    font.flavor = "woff2"
    cut = BytesIO()
    font.save(cut, reorderTables=False)
    return cut.getvalue()
