"""KaTeX at build time: good TeX becomes HTML and MathML, bad TeX stops the build."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from derivations.publish.katex import Katex, TexError
from derivations.publish.kept import keep
from derivations.publish.mathematics import render_mathematics
from tests.publish.conftest import ROOT


@pytest.fixture
def katex(tmp_path: Path) -> Iterator[Katex]:
    with Katex(ROOT, tmp_path / "cache.json") as running:
        yield running


def test_formula_becomes_html_for_eyes_and_mathml_for_readers(katex: Katex) -> None:
    made = katex.render(r"\frac{8}{p}", display=True)
    assert 'class="katex-display"' in made
    assert "<mfrac><mn>8</mn><mi>p</mi></mfrac>" in made


@pytest.mark.parametrize("tex", [r"\frac{8}", r"\nosuchcommand", r"p^", r"\text{类别", r"类别 = 1", r"\left( p"])
def test_bad_tex_raises_and_names_it(katex: Katex, tex: str) -> None:
    with pytest.raises(TexError) as problem:
        katex.render(tex, display=False)
    assert tex in str(problem.value)


def test_process_survives_bad_tex(katex: Katex) -> None:
    with pytest.raises(TexError):
        katex.render(r"\nosuchcommand", display=False)
    assert "katex" in katex.render("p", display=False)


def test_marked_tex_of_a_page_is_rendered_and_unescaped(katex: Katex) -> None:
    made = render_mathematics(r'<p><span class="arithmatex">\(0 &lt; p\)</span></p>', katex)
    assert "<mn>0</mn><mo>&lt;</mo><mi>p</mi>" in made
    assert "arithmatex" not in made


def test_cache_of_another_katex_is_not_used(tmp_path: Path) -> None:
    cache = tmp_path / "cache.json"
    keep(cache, b'{"katex": "0.0.1 00000000", "formulas": {"inline p": "stale"}}')
    with Katex(ROOT, cache) as katex:
        assert katex.render("p", display=False) != "stale"


def test_cache_that_is_not_json_is_not_used(tmp_path: Path) -> None:
    cache = tmp_path / "cache.json"
    cache.write_text('{"katex": "0.1', encoding="utf-8")
    with Katex(ROOT, cache) as katex:
        assert "<mi>p</mi>" in katex.render("p", display=False)


def test_cache_remembers_what_was_rendered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Katex(ROOT, tmp_path / "cache.json") as first:
        made = first.render("p", display=False)
    monkeypatch.setattr(Katex, "_start", lambda self: pytest.fail("the process was started"))
    with Katex(ROOT, tmp_path / "cache.json") as second:
        assert second.render("p", display=False) == made
