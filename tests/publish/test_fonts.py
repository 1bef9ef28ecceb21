"""The fonts that travel: cut down to what the pages show, and nothing that they show is missing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from derivations.publish.fonts import install_fonts
from derivations.publish.seen import Seen
from derivations.publish.temml import Temml
from tests.publish.conftest import ROOT

TEX = r"\sqrt{p} + \frac{8}{p} - \hat{y}_{i} \mathcal{L} \theta \sum_{i=1}^{N} \in \mathbb{R} \; 0 < p \left( \binom{10}{8} \right)"


@pytest.fixture(scope="module")
def assets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Fonts installed for one page that says little."""
    folder = tmp_path_factory.mktemp("assets")
    root = tmp_path_factory.mktemp("root")
    (root / "node_modules").symlink_to(ROOT / "node_modules")
    with Temml(ROOT, root / "cache.json") as temml:
        formula = temml.render(TEX, display=True)
    page = f"<p>Likelihood <em>odds</em> — 似然 “ok” x&rsquo;s &amp;</p>{formula}"
    install_fonts(root, folder, Seen.of(page), [formula], "en")
    return folder


def characters(path: Path) -> set[str]:
    return {chr(code) for code in TTFont(path).getBestCmap()}


def test_typeface_for_mathematics_has_what_stretches_it(assets: Path) -> None:
    font = TTFont(assets / "fonts" / "STIXTwoMath.woff2")
    constructions = font["MATH"].table.MathVariants.VertGlyphCoverage.glyphs
    names = font.getBestCmap()
    assert {names[ord(each)] for each in "(√∑"} <= set(constructions)


@pytest.mark.parametrize(("font", "needed"), [
    ("STIXTwoMath", "08=+−∈<√∑ℒℝ𝑝𝑖𝑁𝑦𝜃\u2061"),
    ("SourceSerif4-Regular", "Likelhod—‘’“”&k"),
    ("SourceSerif4-Semibold", "‘’“”"),
    ("SourceSerif4-Italic", "ods‘’“”"),
])  # fmt: skip
def test_font_has_what_the_page_shows(assets: Path, font: str, needed: str) -> None:
    assert set(needed) <= characters(assets / "fonts" / f"{font}.woff2")


def test_quotes_on_chinese_pages_are_left_to_the_chinese_font(tmp_path: Path) -> None:
    (tmp_path / "node_modules").symlink_to(ROOT / "node_modules")
    install_fonts(tmp_path, tmp_path / "assets", Seen.of("<p>p 的“似然”&rsquo;</p>"), [], "zh")
    for path in (tmp_path / "assets" / "fonts").iterdir():
        assert not set("‘’“”") & characters(path), path.name


def test_font_has_little_else(assets: Path) -> None:
    assert not set("𝒜𝔞⨀Z") & characters(assets / "fonts" / "STIXTwoMath.woff2")
    assert not set("ZQ%§") & characters(assets / "fonts" / "SourceSerif4-Regular.woff2")
    weights = [path.stat().st_size for path in (assets / "fonts").iterdir()]
    assert sum(weights) < 60_000


def test_style_sheet_names_the_fonts_that_are_there_and_no_others(assets: Path) -> None:
    style = "".join(path.read_text(encoding="utf-8") for path in sorted(assets.glob("*.css")))
    named = set(re.findall(r"url\(fonts/([^)]+)\)", style))
    installed = {path.name for path in (assets / "fonts").iterdir()}
    assert named == installed


def test_cutting_again_gives_the_same_bytes(assets: Path, tmp_path: Path) -> None:
    (tmp_path / "node_modules").symlink_to(ROOT / "node_modules")
    for attempt in ("one", "two"):
        install_fonts(tmp_path, tmp_path / attempt, Seen.of("<p>p</p>"), [], "zh")
        for cached in (tmp_path / "build" / "fonts").iterdir():
            cached.unlink()
    for path in sorted((tmp_path / "one" / "fonts").iterdir()):
        assert path.read_bytes() == (tmp_path / "two" / "fonts" / path.name).read_bytes(), path.name
