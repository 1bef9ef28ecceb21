"""Executed notebooks as pages: one notebook, executed once, read in either language.

mkdocs-jupyter renders them. Of its output only what belongs to a page is kept: not its style sheets (590 kB), its
scripts or its random cell ids, without which the page is the same from build to build.
"""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from typing import Any

import nbformat
from bs4 import BeautifulSoup, Tag
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from derivations.publish.embeds import PageEmbeds
from derivations.publish.pages import notebook_page
from derivations.publish.words import LANGUAGES

HEADING_ID = re.compile(r"\s*\{\s*#([a-z0-9.-]+)\s*\}\s*")
TYPED = re.compile(r"\$([^$\n]+)\$")
STEP = re.compile(r"\b(?:step|define)\(\s*\"([a-z0-9-]+)\"")
SLOT = re.compile(r'<div class="notebook-equation" data-equation="([^"]+)"></div>')


class NotebookPages:
    """The notebooks of one language."""

    def __init__(self, root: Path, language: str, catalogue: dict[str, Any]) -> None:
        """Prepare a copy in `language` of every executed notebook, in the catalogue's order."""
        self.language = language
        self.folder = root / "build" / "pages" / language
        self.equations: dict[str, list[str]] = {}
        for entry in catalogue["equations"]:
            self.equations.setdefault(notebook_page(entry["script"]), []).append(entry["id"])
        executed = {notebook_page(path.name): path for path in (root / "build" / "notebooks").glob("*.ipynb")}
        self.uris = [uri for uri in self.equations if uri in executed]
        for uri in self.uris:
            _write_if_changed(self.folder / uri, in_language(executed[uri], language))

    def files(self, config: MkDocsConfig) -> list[File]:
        """The pages, for MkDocs."""
        return [File(uri, str(self.folder), config.site_dir, config.use_directory_urls) for uri in self.uris]

    def clean(self, page_html: str, page: Page, embeds: PageEmbeds) -> str:
        """What mkdocs-jupyter made, as a page of this site; also sets the page's title and table of contents."""
        soup = BeautifulSoup(page_html, "lxml")
        pieces = [piece for cell in soup.select('[id^="cell-id="]') for piece in self._cell(cell, page.file.src_uri)]
        cleaned = BeautifulSoup("\n".join(pieces), "lxml")
        page.toc = TableOfContents(_contents(cleaned))
        title = cleaned.find("h1")
        if isinstance(title, Tag):
            page.title = title.get_text().strip()
        body = cleaned.body.decode_contents() if cleaned.body else ""
        shown = SLOT.sub(lambda found: embeds.equation_html(html.unescape(found[1])), body)
        return f'<div class="notebook">{shown}</div>'

    def _cell(self, cell: Tag, uri: str) -> list[str]:
        if written := cell.select_one(".jp-MarkdownOutput"):
            return [_prose(written)]
        source = cell.select_one(".jp-InputArea pre")
        outputs = cell.select(".jp-OutputArea-output")
        pieces = self._anchors(source.get_text(), outputs, uri) if source else []
        if source:
            code = "".join(str(child) for child in source.contents).strip("\n")
            pieces.append(f'<div class="highlight" data-search-exclude="true"><pre><code>{code}</code></pre></div>')
        return pieces + [_output(output) for output in outputs]

    def _anchors(self, code: str, outputs: list[Tag], uri: str) -> list[str]:
        """Anchors of the equations that a cell makes without displaying them."""
        displayed = {str(slot["data-equation"]) for output in outputs for slot in output.select("[data-equation]")}
        steps = set(STEP.findall(code))
        made = [identifier for identifier in self.equations[uri] if identifier.partition(".")[2] in steps]
        return [f'<span class="anchor" id="{each}"></span>' for each in made if each not in displayed]


def in_language(path: Path, language: str) -> str:
    """A notebook without the other language's cells, its outputs in this language, as JSON."""
    notebook = nbformat.read(path, as_version=4)
    others = set(LANGUAGES) - {language}
    notebook.cells = [cell for cell in notebook.cells if not others & set(cell.metadata.get("tags", []))]
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        for output in cell.get("outputs", []):
            said = output.get("metadata", {})
            if "equation" in said:
                slot = f'<div class="notebook-equation" data-equation="{html.escape(said["equation"])}"></div>'
                output["data"] = {"text/html": slot}
            elif language in said:
                output["data"] = {"text/markdown": said[language]}
    return json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True)


def _prose(written: Tag) -> str:
    """A text cell: headings with their explicit ids, typed symbols marked for KaTeX."""
    for link in written.select("a.anchor-link"):
        link.decompose()
    for heading in written.find_all(re.compile("^h[1-6]$")):
        heading.attrs = {}
        text = heading.find(string=HEADING_ID)
        if text and (found := HEADING_ID.search(str(text))):
            heading["id"] = found[1]
            text.replace_with(HEADING_ID.sub("", str(text)))
    return TYPED.sub(r'<span class="arithmatex">\\(\1\\)</span>', written.decode_contents().strip())


def _output(output: Tag) -> str:
    """What a code cell printed, returned or drew."""
    slots = output.select("[data-equation]")
    if slots:
        return "".join(str(slot) for slot in slots)
    shown = output.select_one(".jp-RenderedMarkdown, .jp-RenderedHTMLCommon")
    if shown and not output.select_one(".jp-RenderedText"):
        return f'<div class="output">{_prose(shown)}</div>'
    printed = output.find("pre")
    return f'<pre class="output">{html.escape(printed.get_text())}</pre>' if isinstance(printed, Tag) else ""


def _contents(cleaned: BeautifulSoup) -> list[AnchorLink]:
    """Second-level headings, as MkDocs wants a table of contents."""
    found = [tag for tag in cleaned.find_all("h2") if isinstance(tag, Tag) and tag.get("id")]
    return [AnchorLink(tag.get_text().strip(), str(tag["id"]), 2) for tag in found]


def _write_if_changed(path: Path, text: str) -> None:
    """Leave an unchanged file alone."""
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
