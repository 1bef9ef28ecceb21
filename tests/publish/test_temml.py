"""Temml at build time: good TeX becomes MathML, bad TeX stops the build."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from derivations.publish.kept import keep
from derivations.publish.mathematics import render_mathematics
from derivations.publish.temml import Temml, TexError
from tests.publish.conftest import ROOT


@pytest.fixture
def temml(tmp_path: Path) -> Iterator[Temml]:
    with Temml(ROOT, tmp_path / "cache.json") as running:
        yield running


def test_formula_becomes_mathml_that_knows_its_tex(temml: Temml) -> None:
    made = temml.render(r"\frac{8}{p}", display=True)
    assert made.startswith(r'<math display="block" alttext="\frac{8}{p}">')
    assert "<mfrac><mn>8</mn><mi>p</mi></mfrac>" in made


@pytest.mark.parametrize("tex", [r"\frac{8}", r"\nosuchcommand", r"p^", r"\text{类别", r"类别 = 1", r"\left( p"])
def test_bad_tex_raises_and_names_it(temml: Temml, tex: str) -> None:
    with pytest.raises(TexError) as problem:
        temml.render(tex, display=False)
    assert tex in str(problem.value)


def test_process_survives_bad_tex(temml: Temml) -> None:
    with pytest.raises(TexError):
        temml.render(r"\nosuchcommand", display=False)
    assert "<math" in temml.render("p", display=False)


def test_marked_tex_of_a_page_is_rendered_and_unescaped(temml: Temml) -> None:
    made = render_mathematics(r'<p><span class="arithmatex">\(0 &lt; p\)</span></p>', temml)
    assert "<mn>0</mn><mo>&lt;</mo><mi>p</mi>" in made
    assert "arithmatex" not in made


def test_cache_of_another_temml_is_not_used(tmp_path: Path) -> None:
    cache = tmp_path / "cache.json"
    keep(cache, b'{"temml": "0.0.1 00000000", "formulas": {"inline p": "stale"}}')
    with Temml(ROOT, cache) as temml:
        assert temml.render("p", display=False) != "stale"


def test_cache_that_is_not_json_is_not_used(tmp_path: Path) -> None:
    cache = tmp_path / "cache.json"
    cache.write_text('{"temml": "0.1', encoding="utf-8")
    with Temml(ROOT, cache) as temml:
        assert "<mi>p</mi>" in temml.render("p", display=False)


def test_cache_remembers_what_was_rendered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Temml(ROOT, tmp_path / "cache.json") as first:
        made = first.render("p", display=False)
    monkeypatch.setattr(Temml, "_start", lambda self: pytest.fail("the process was started"))
    with Temml(ROOT, tmp_path / "cache.json") as second:
        assert second.render("p", display=False) == made


@pytest.mark.parametrize("said, clauses", [
    ("模型说“不可能”，偏偏发生了，怎么办？", ["模型说“不可能”，", "偏偏发生了，", "怎么办？"]),
    ("他问：“行吗？”再试", ["他问：", "“行吗？”", "再试"]),
    ('比 <span class="arithmatex">\\(p\\)</span> 大，还是小', ['比 <math> 大，', "还是小"]),
    ("只有一个低谷？", []),
    ("Sum, or mean: which logarithm?", []),
    ("有<em>别的，在内</em>，不动", []),
])  # fmt: skip
def test_chinese_heading_begins_new_lines_between_clauses(temml: Temml, said: str, clauses: list[str]) -> None:
    made = render_mathematics(f'<h2 id="x">{said}</h2><p>一，二</p>', temml)
    assert re.findall('<span class="clause">(.*?)</span>', re.sub("<math.*?</math>", "<math>", made)) == clauses
    assert made.endswith("</h2><p>一，二</p>")


@pytest.mark.parametrize(
    "tex", [r"\hat{y} \begin{aligned}a&=b\\[1em]c&=d\end{aligned}", r"\widetilde{abc} \sqrt{x_i^2}"]
)
def test_no_formula_has_a_style_of_its_own(temml: Temml, tex: str) -> None:
    assert " style=" not in temml.render(tex, display=True)


def test_link_that_is_nothing_but_a_typed_formula_has_a_name(temml: Temml) -> None:
    formula = r'<span class="arithmatex">\(\ell_i\)</span>'
    named, other = render_mathematics(f'<a href="x">{formula}</a> <a href="y">{formula} of one</a>', temml).split("<a")[1:]  # fmt: skip
    assert '<math aria-label="ell_i"' in named
    assert "aria-label" not in other
