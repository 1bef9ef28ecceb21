"""Executed notebooks as pages: one notebook, executed once, read in either language.

mkdocs-jupyter renders them. Of its output only what belongs to a page is kept: not its style sheets (590 kB), its
scripts or its random cell ids, without which the page is the same from build to build.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from lxml.html import HtmlElement, fragment_fromstring, tostring

from derivations.catalogue.files import write_if_changed
from derivations.publish.embeds import PageEmbeds
from derivations.publish.pages import notebook_page
from derivations.words import WordMissing, read_all

HEADING_ID = re.compile(r"\s*\{\s*#([a-z0-9.-]+)\s*\}\s*")
TYPED = re.compile(r"\$([^$\n]+)\$")
INLINED = re.compile(r"<(style|script)\b.*?</\1>", re.DOTALL)
PLAIN_TOKEN = re.compile(r'<span class="(?:n|p|w|o)">([^<]*)</span>')
"""Names, punctuation, blanks and operators, which no colour tells apart here."""
SECTION = re.compile(r"^§ ([\w.-]+)\s*$", re.MULTILINE)
SLOT = re.compile(r'<div class="notebook-equation" data-equation="([^"]+)"></div>')


@dataclass(frozen=True)
class NotebookPage:
    """A notebook as a page: its HTML, its title, and its sections' anchors and titles."""

    html: str
    title: str
    sections: list[tuple[str, str]]


class NotebookPages:
    """The notebooks of one language."""

    def __init__(self, root: Path, language: str, catalogue: dict[str, Any]) -> None:
        """Prepare a copy in `language` of every executed notebook, in the catalogue's order."""
        self.language = language
        self.folder = root / "build" / "pages" / language
        self.equations: dict[str, dict[str, int]] = {}
        for entry in catalogue["equations"]:
            self.equations.setdefault(notebook_page(entry["script"]), {})[entry["id"]] = entry["line"]
        self.made: dict[str, list[str]] = {}
        """The equations that each cell makes, by the cell's id."""
        executed = {notebook_page(path.name): path for path in (root / "build" / "notebooks").glob("*.ipynb")}
        self.uris = [uri for uri in self.equations if uri in executed]
        for uri in self.uris:
            notebook = nbformat.read(executed[uri], as_version=4)
            for cell in notebook.cells:
                first, last = cell.metadata.get("lines", (1, 0))
                self.made[cell.id] = [each for each, line in self.equations[uri].items() if first <= line <= last]
            write_if_changed(self.folder / uri, in_language(notebook, language, Path(uri).stem))

    def clean(self, page_html: str, embeds: PageEmbeds) -> NotebookPage:
        """What mkdocs-jupyter made, as a page of this site."""
        tree = fragment_fromstring(INLINED.sub("", page_html), create_parent="div")
        headings: list[HtmlElement] = []
        pieces = [
            piece for cell in tree.xpath('.//*[starts-with(@id, "cell-id=")]') for piece in self._cell(cell, headings)
        ]
        said = [(each.tag, str(each.get("id")), each.text_content().strip()) for each in headings]
        title = next((text for tag, _, text in said if tag == "h1"), embeds.uri)
        sections = [(anchor, text) for tag, anchor, text in said if tag == "h2"]
        shown = SLOT.sub(lambda found: embeds.equation_html(html.unescape(found[1])), "\n".join(pieces))
        return NotebookPage(f'<div class="notebook">{shown}</div>', title, sections)

    def _cell(self, cell: HtmlElement, headings: list[HtmlElement]) -> list[str]:
        if written := _of_class(cell, "jp-MarkdownOutput"):
            return [_prose(written[0], headings)]
        sources = [pre for area in _of_class(cell, "jp-InputArea") for pre in area.iter("pre")]
        outputs = _of_class(cell, "jp-OutputArea-output")
        pieces = self._anchors(cell.get("id").removeprefix("cell-id="), outputs)
        if sources:
            code = PLAIN_TOKEN.sub(r"\1", _inside(sources[0])).strip("\n")
            pieces.append(f'<div class="highlight" data-search-exclude="true"><pre><code>{code}</code></pre></div>')
        return pieces + [_output(output, headings) for output in outputs]

    def _anchors(self, cell_id: str, outputs: list[HtmlElement]) -> list[str]:
        """Anchors of the equations that a cell makes without displaying them."""
        displayed = {slot.get("data-equation") for output in outputs for slot in output.xpath(".//*[@data-equation]")}
        made = self.made.get(cell_id, [])
        return [f'<span class="anchor" id="{each}"></span>' for each in made if each not in displayed]


def in_language(notebook: nbformat.NotebookNode, language: str, derivation: str) -> str:
    """A notebook with this language's words in the place of each `§ section`, its outputs in this language, as JSON."""
    words = read_all()[language].derivation(derivation)
    sections = words.get("sections", {})
    for number, cell in enumerate(notebook.cells):
        if cell.cell_type == "markdown":
            found = SECTION.search(cell.source)
            cell.source = _section(sections, found[1], number) if found else cell.source
        cell.metadata.pop("execution", None)
        for output in cell.get("outputs", []):
            said = output.get("metadata", {})
            if "equation" in said:
                slot = f'<div class="notebook-equation" data-equation="{html.escape(said["equation"])}"></div>'
                output["data"] = {"text/html": slot}
            elif "table" in said:
                output["data"] = {"text/markdown": _table(words["tables"][said["table"]], said["rows"])}
    return json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True)


def _section(sections: Mapping[str, Any], name: str, number: int) -> str:
    """A section's heading and text; the first of a script is the page's own.

    Raises:
        WordMissing: the language has no such section.
    """
    if name not in sections:
        raise WordMissing(f"no section {name!r}; there are {', '.join(sections)}")
    words = sections[name]
    heading = f"{'#' if number == 0 else '##'} {words['heading']} {{ #{name} }}" if words.get("heading") else ""
    return f"{heading}\n\n{words.get('text', '').strip()}".strip()


def _table(columns: list[str], rows: list[list[str]]) -> str:
    """A table as Markdown."""
    lines = [columns, ["---:"] * len(columns), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _of_class(part: HtmlElement, name: str) -> list[HtmlElement]:
    return part.xpath(f'.//*[contains(concat(" ", normalize-space(@class), " "), " {name} ")]')


def _inside(part: HtmlElement) -> str:
    """The markup between an element's tags."""
    return html.escape(part.text or "", quote=False) + "".join(tostring(child, encoding="unicode") for child in part)


def _prose(written: HtmlElement, headings: list[HtmlElement]) -> str:
    """A text cell: headings with their explicit ids, typed symbols marked for KaTeX."""
    for link in _of_class(written, "anchor-link"):
        link.drop_tree()
    for heading in written.iter("h1", "h2", "h3", "h4", "h5", "h6"):
        heading.attrib.clear()
        if found := HEADING_ID.search(heading.text_content()):
            heading.set("id", found[1])
            for part in heading.iter():
                part.text, part.tail = (HEADING_ID.sub("", each) if each else each for each in (part.text, part.tail))
        headings.append(heading)
    return TYPED.sub(r'<span class="arithmatex">\\(\1\\)</span>', _inside(written).strip())


def _output(output: HtmlElement, headings: list[HtmlElement]) -> str:
    """What a code cell printed, returned or drew."""
    slots = output.xpath(".//*[@data-equation]")
    if slots:
        return "".join(tostring(slot, encoding="unicode", with_tail=False) for slot in slots)
    shown = _of_class(output, "jp-RenderedMarkdown") or _of_class(output, "jp-RenderedHTMLCommon")
    if shown and not _of_class(output, "jp-RenderedText"):
        return f'<div class="output">{_prose(shown[0], headings)}</div>'
    printed = next(output.iter("pre"), None)
    return f'<pre class="output">{html.escape(printed.text_content())}</pre>' if printed is not None else ""
