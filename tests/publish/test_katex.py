"""KaTeX at build time: good TeX becomes HTML and MathML, bad TeX stops the build."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html

from derivations.publish.katex import Katex, TexError, classes_in, declarations, find_node
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


FORMULAS = (
    r"\frac{8}{p} - \sqrt{x_i^2}",
    r"\widehat{abc} \overline{z}",
    r"\left\{\begin{aligned}a&=b\\[1em]c&=d\end{aligned}\right.",
)


def styled(tex: str) -> str:
    """What KaTeX itself makes, inline styles and all."""
    program = f"process.stdout.write(require('katex').renderToString({json.dumps(tex)}, {{displayMode: true}}))"
    done = subprocess.run([find_node(), "-e", program], cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("tex", FORMULAS)
def test_each_inline_style_becomes_classes_that_say_the_same(katex: Katex, tex: str) -> None:
    made = katex.render(tex, display=True)
    rules = dict(re.findall(r"\.([\w-]+)\{([^}]+)!important\}", declarations(classes_in([made]))))
    before, after = (html.fromstring(each) for each in (styled(tex), made))
    pairs = list(zip(before.iter(), after.iter(), strict=True))
    assert sum(1 for old, _ in pairs if old.get("style")) > 5
    for old, new in pairs:
        classes = (new.get("class") or "").split()
        assert new.get("style") is None
        assert [rules[each] for each in classes if each in rules] == [
            each for each in (old.get("style") or "").split(";") if each
        ]
        assert [each for each in classes if each not in rules] == (old.get("class") or "").split()
