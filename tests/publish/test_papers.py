"""What papers are made of: the Chinese typeface, and words for symbols that pages type."""

from __future__ import annotations

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from derivations.publish import papers
from derivations.publish.chinese import chinese_font
from derivations.publish.temml import NotInstalled
from derivations.publish.typeset import rough
from tests.publish.conftest import ROOT


@pytest.mark.parametrize("weight", papers.WEIGHTS)
def test_chinese_typeface_is_one_font_with_the_characters_that_are_shown(weight: int) -> None:
    font = TTFont(chinese_font(ROOT, "似然 and 交叉熵，→ p", weight))
    assert set(font.getBestCmap()) == set(map(ord, "似然交叉熵，→"))
    assert font["name"].getDebugName(6) == f"NotoSerifSC-{weight}"
    assert "glyf" in font and "fvar" not in font and font["maxp"].numGlyphs < 20


def test_chinese_typeface_that_is_not_installed_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotInstalled, match="Chinese typeface is missing from node_modules/"):
        chinese_font(tmp_path, "似然", 400)


@pytest.mark.parametrize(
    ("tex", "said"), [(r"\hat{y}_i", "hat y_i"), (r"p_{\text{true}}", "p_true"), (r"\log", "log"), ("K/n", "K/n")]
)
def test_typed_symbol_has_words(tex: str, said: str) -> None:
    assert rough(tex) == said


def test_without_chromium_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(papers, "find_chromium", lambda: None)
    with pytest.raises(FileNotFoundError, match="Debian package `chromium`"):
        papers.make_papers(ROOT, tmp_path, print)


def test_without_a_site_it_is_said_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(papers, "find_chromium", lambda: "chromium")
    with pytest.raises(FileNotFoundError, match="run `make site` first"):
        papers.make_papers(ROOT, tmp_path, print)
