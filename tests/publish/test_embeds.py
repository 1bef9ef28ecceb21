"""What an embed becomes: anchored, numbered, with its evidence, in the page's language, under any path."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html
from markupsafe import Markup

from derivations.publish.citation import Citation
from derivations.publish.embeds import PageEmbeds, Site
from derivations.publish.figure_files import Figure
from derivations.publish.pages import read_pages
from tests.publish.conftest import EQUATIONS, ROOT

PAGES = {
    "one.md": '# One { #one }\n\n{{ eq("coin.score") }}\n\n{{ eq("coin.mle") }}\n',
    "two.md": '# Two { #two }\n\n{{ num("coin.mle") }}\n',
    "equations.md": "# All { #all }\n\n{{ equations() }}\n",
}
URLS = {"one.md": "one/", "two.md": "deep/two/", "equations.md": "equations/"}


def site(folder: Path, language: str = "en") -> Site:
    for name, text in PAGES.items():
        (folder / name).write_text(text, encoding="utf-8")
    figure = Figure("drawn", Markup("<svg></svg>"), "what it shows", "a caption with $p$")
    catalogue = {"equations": list(EQUATIONS.values())}
    citation = Citation(ROOT, "https://example.org/")
    templates = ROOT / "docs" / "theme"
    made = Site(language, catalogue, read_pages(folder), {"drawn": figure}, citation, templates)
    made.urls = URLS
    return made


def rendered(folder: Path, uri: str, markdown: str, language: str = "en") -> html.HtmlElement:
    """The embeds of a page with nothing else on it; Markdown leaves the empty elements as they are."""
    page = PageEmbeds(site(folder, language), uri)
    return html.fragment_fromstring(page.fill(page.expand(markdown)), create_parent="main")


def test_eq_has_the_identifier_as_its_anchor_and_its_number(tmp_path: Path) -> None:
    (equation,) = rendered(tmp_path, "one.md", '{{ eq("coin.mle") }}').find_class("equation")
    assert equation.get("id") == "coin.mle"
    assert equation.findtext("a[@class='number']") == "(2)"
    assert equation.find("a[@class='number']").get("href") == "#coin.mle"
    assert "p = 0.8" in equation.find_class("formula")[0].text_content()


@pytest.mark.parametrize(("language", "words"), [
    ("en", ["proved", "differentiated", ", from (1)"]),
    ("zh", ["已证明", "求导", "，由 (1)"]),
])  # fmt: skip
def test_mark_tells_the_reason_and_leads_to_the_page_of_the_equation(
    tmp_path: Path, language: str, words: list[str]
) -> None:
    (mark,) = rendered(tmp_path, "one.md", '{{ eq("coin.mle") }}', language).find_class("proof")
    assert mark.tag == "a" and mark.get("href") == "../equations/coin.mle/"
    assert all(word in mark.text_content() for word in words)


@pytest.mark.parametrize(("uri", "shown"), [
    ("one.md", {"coin.score", "coin.mle"}), ("two.md", {"coin.mle"}),
    ("equations.md", set(EQUATIONS)), ("derivations/coin.ipynb", {name for name in EQUATIONS if name.startswith("coin.")}),
])  # fmt: skip
def test_page_is_made_from_the_equations_that_it_shows(tmp_path: Path, uri: str, shown: set[str]) -> None:
    made = site(tmp_path)
    made.hashes = {name: f"hash of {name}" for name in EQUATIONS}
    assert made.hashes_on(uri) == [f"hash of {name}" for name in EQUATIONS if name in shown]


def test_num_prints_a_true_minus_sign(tmp_path: Path) -> None:
    assert rendered(tmp_path, "two.md", '{{ num("coin.loss") }}').text_content() == "\N{MINUS SIGN}0.357"


@pytest.mark.parametrize(("call", "shown"), [
    ('num("coin.mle")', "0.8"),
    ('num("coin.mle", "exact")', "4/5"),
    ('tex("coin.score", part="left")', r"\(S(p)\)"),
    ('tex("coin.score", part="right")', r"\(0\)"),
    ('tex("coin.score", part=1)', r"\(\frac{8}{p} - \frac{2}{1 - p}\)"),
    ('tex("coin.mle")', r"\(p = 0.8\)"),
])  # fmt: skip
def test_inline_embed_shows_what_it_asks_for(tmp_path: Path, call: str, shown: str) -> None:
    assert rendered(tmp_path, "two.md", f"{{{{ {call} }}}}").text_content() == shown


@pytest.mark.parametrize(("uri", "identifier", "target"), [
    ("one.md", "coin.mle", "#coin.mle"),
    ("two.md", "coin.mle", "../../one/#coin.mle"),
    ("two.md", "coin.loss", "../../equations/#coin.loss"),
])  # fmt: skip
def test_inline_embed_leads_to_where_the_equation_stands(
    tmp_path: Path, uri: str, identifier: str, target: str
) -> None:
    assert rendered(tmp_path, uri, f'{{{{ num("{identifier}") }}}}').find("a").get("href") == target


def test_embed_within_a_link_is_not_a_link_itself(tmp_path: Path) -> None:
    inside = rendered(tmp_path, "two.md", '<a href="x">of {{ num("coin.mle") }}</a>')
    assert [link.get("href") for link in inside.iter("a")] == ["x"]
    assert inside.text_content() == "of 0.8"


def test_figure_has_a_text_alternative_and_a_caption(tmp_path: Path) -> None:
    figure = rendered(tmp_path, "two.md", '{{ figure("drawn") }}').find("figure")
    assert figure.find(".//*[@role='img']").get("aria-label") == "what it shows"
    assert figure.findtext("figcaption").startswith("a caption with ")


def test_list_of_all_equations_has_each_one_under_its_identifier(tmp_path: Path) -> None:
    listed = rendered(tmp_path, "equations.md", "{{ equations() }}")
    assert [heading.get("id") for heading in listed.find_class("name")] == list(EQUATIONS)
