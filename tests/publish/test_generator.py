"""One file knows MkDocs; embeds need nothing but Python-Markdown."""

from __future__ import annotations

import ast
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from markdown import Markdown
from mkdocs.structure.files import File, Files
from mkdocs.structure.toc import AnchorLink, TableOfContents

from derivations.publish import generator
from derivations.publish.embeds import Embedding
from derivations.publish.pages import address_of, relative
from derivations.publish.remembered import Remembered
from tests.publish.conftest import ROOT
from tests.publish.test_embeds import site

ALONE = Path("publish/generator.py")
SITE_GENERATOR = ("mkdocs", "mkdocs_jupyter", "material")


def imported(path: Path) -> set[str]:
    """The packages that a file imports, wherever in it."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {each.name.partition(".")[0] for each in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.partition(".")[0])
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("import_module"):
            names |= {str(each.value).partition(".")[0] for each in node.args if isinstance(each, ast.Constant)}
    return names


def test_one_file_knows_mkdocs() -> None:
    package = ROOT / "derivations"
    knowing = {
        path.relative_to(package) for path in package.rglob("*.py") if not imported(path).isdisjoint(SITE_GENERATOR)
    }
    assert knowing == {ALONE}


def test_embeds_are_expanded_by_python_markdown_alone(tmp_path: Path) -> None:
    markdown = Markdown(extensions=["tables", Embedding(site(tmp_path), lambda _: "two.md")])
    shown = markdown.convert('# Two\n\nIt is {{ num("coin.mle") }}, *says* {{ tex("coin.score", part="left") }}.')
    assert '<a class="embedded" href="../../one/#coin.mle"' in shown
    assert r"\(S(p)\)" in shown
    assert "<em>says</em>" in shown
    assert "data-embed" not in shown


@pytest.mark.parametrize(("uri", "address"), [
    ("index.md", ""),
    ("one.md", "one/"),
    ("deep/two.md", "deep/two/"),
    ("deep/index.md", "deep/"),
    ("derivations/coin-general.ipynb", "derivations/coin-general/"),
])  # fmt: skip
def test_page_has_a_folder_of_its_own(uri: str, address: str) -> None:
    assert address_of(uri) == address


@pytest.mark.parametrize(("to", "reader_at", "link"), [
    ("one/", "deep/two/", "../../one/"),
    ("", "one/", "../"),
    ("one/", "", "one/"),
    ("deep/two/", "deep/three/", "../two/"),
])  # fmt: skip
def test_links_are_relative(to: str, reader_at: str, link: str) -> None:
    assert relative(to, reader_at) == link


def test_page_is_read_once_until_it_changes_and_never_taken_over_from_a_build_that_stopped(tmp_path: Path) -> None:
    files, read = Files([File(name, str(tmp_path), str(tmp_path), True) for name in ("a.md", "b.md")]), []

    def built(markdown: str, stopped: bool = False) -> SimpleNamespace:
        edition = SimpleNamespace(read=Remembered(tmp_path / "read.json", "made with it"), shown_on=lambda uri: [])
        page = SimpleNamespace(file=files.src_uris["a.md"], markdown=markdown, meta={}, url="a/")

        def render(config: Any, files: Files) -> None:
            read.append(markdown)
            page.content, page._title_from_render, page.present_anchor_ids = markdown.upper(), "A", {"one", "two"}
            page.links_to_anchors = {files.src_uris["b.md"]: {"there": "b.md#there"}}
            page.toc = TableOfContents([AnchorLink("One", "one", 1)])
            page.toc.items[0].children = [AnchorLink("Two", "two", 2)]

        generator._render_once(page, render, edition, None, files)  # type: ignore[arg-type]
        if not stopped:
            edition.read.close()
        return page

    for markdown in ("text", "text", "other"):
        page = built(markdown)
        assert (page.content, page._title_from_render, page.present_anchor_ids) == (
            markdown.upper(),
            "A",
            {"one", "two"},
        )
        assert page.links_to_anchors == {files.src_uris["b.md"]: {"there": "b.md#there"}}
        ((one,), (two,)) = (page.toc.items, page.toc.items[0].children)
        assert (one.title, one.id, one.level, two.title, two.id, two.level) == ("One", "one", 1, "Two", "two", 2)
    assert read == ["text", "other"]
    for _ in range(2):
        built("a link that leads nowhere", stopped=True)
    assert read[2:] == ["a link that leads nowhere"] * 2
