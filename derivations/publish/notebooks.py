"""Executed notebooks as pages: one notebook, executed once, read in either language.

mkdocs-jupyter renders them by the template in `notebook/`, which says what of a notebook belongs to a page of this site: no style sheets (mkdocs-jupyter's own
have 590 kB), no scripts, no random ids, so that a page is small and the same from build to build.
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

from derivations.catalogue.files import write_if_changed
from derivations.publish.embeds import PageEmbeds
from derivations.publish.jupyter import BEGINS
from derivations.publish.pages import notebook_page
from derivations.words import WordMissing, read_all

TYPED = re.compile(r"\$([^$\n]+)\$")
ALIGNED = re.compile(r'style="text-align:\s*(\w+);?"')
PLAIN_TOKEN = re.compile(r'<span class="(?:n|p|w|o)">([^<]*)</span>')
"""Names, punctuation, blanks and operators, which no colour tells apart here."""
SECTION = re.compile(r"^§ ([\w.-]+)\s*$", re.MULTILINE)
TEMPLATES = Path(__file__).with_name("notebook")
CODE = re.compile(r'(<div class="highlight".*?</div>)', re.DOTALL)
GAP = re.compile(r"(<pre\b.*?</pre>)|(?<=>)\s*\n\s*(?=<)", re.DOTALL)
"""Lines that the template leaves empty; but not in what is set as it stands."""
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
        self.folder = root / "build" / "pages" / language
        executed = {notebook_page(path.name): path for path in (root / "build" / "notebooks").glob("*.ipynb")}
        made = dict.fromkeys(notebook_page(entry["script"]) for entry in catalogue["equations"])
        self.uris = [uri for uri in made if uri in executed]
        self.language = language
        self.executed = executed
        self.names = {uri: executed[uri].stem for uri in self.uris}
        """What each is called as a script, and as a notebook that is taken along."""
        self.sections: dict[str, list[tuple[str, str]]] = {}
        for uri in self.uris:
            notebook = in_language(_read(executed[uri]), language, Path(uri).stem)
            said = [cell.metadata["section"] for cell in notebook.cells if "section" in cell.metadata]
            self.sections[uri] = [(each["id"], each["heading"]) for each in said if each["heading"]]
            write_if_changed(self.folder / uri, json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True))

    def page(self, rendered: str, embeds: PageEmbeds) -> NotebookPage:
        """What the template made of a notebook, with its mathematics marked and its equations in place."""
        rendered = (
            rendered.rpartition("<style>")[0] or rendered
        )  # mkdocs-jupyter's colours for code; the site has its own
        rendered = GAP.sub(lambda found: found[1] or "\n", rendered)
        rendered = ALIGNED.sub(r'align="\1"', rendered)  # the site's policy allows no inline style
        marked = TYPED.sub(r'<span class="arithmatex">\\(\1\\)</span>', PLAIN_TOKEN.sub(r"\1", rendered))
        shown = SLOT.sub(lambda found: embeds.equation_html(html.unescape(found[1])), marked.strip())
        folded = (
            rf'<details class="folded setup"><summary>{html.escape(embeds.site.words["setup"])}</summary>\1</details>'
        )
        run = embeds.run_html(Path(embeds.uri).stem)
        shown = CODE.sub(embeds.render("take-along.html", name=self.names[embeds.uri]) + run + folded, shown, count=1)
        (_, title), *sections = self.sections[embeds.uri]
        return NotebookPage(shown, title, sections)

    def to_take_along(self, uri: str, equations: Mapping[str, Mapping[str, Any]]) -> str:
        """A notebook as a file of its own, which runs in Jupyter wherever this project is installed."""
        notebook = in_language(_read(self.executed[uri]), self.language, Path(uri).stem)
        for cell in notebook.cells:
            if said := cell.metadata.get("section"):
                cell.source = (
                    f"{'#' * said['level']} {said['heading']}\n\n{said['text']}" if said["heading"] else said["text"]
                )
            for output in cell.get("outputs", []):
                if identifier := output.metadata.pop("equation", None):
                    entry = equations[identifier]
                    tex, plain = (entry[form][self.language] for form in ("tex", "plain"))
                    output.data = {"text/latex": f"$${tex}$$", "text/plain": plain}
                elif "metadata" in output:
                    output.metadata = {}
            cell.metadata = {}
        begins = BEGINS.format(language=self.language)
        notebook.cells.insert(1, nbformat.v4.new_code_cell(begins, id="begin"))
        return json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _read(path: Path) -> nbformat.NotebookNode:
    """A notebook that we have written ourselves: to check its form again takes longer than to read it."""
    read: nbformat.NotebookNode = nbformat.v4.reads_json(path.read_text(encoding="utf-8"))
    return read


def in_language(notebook: nbformat.NotebookNode, language: str, derivation: str) -> nbformat.NotebookNode:
    """A notebook with this language's words in the place of each `§ section`, and its outputs in this language."""
    words = read_all()[language].derivation(derivation)
    sections = words.get("sections", {})
    for number, cell in enumerate(notebook.cells):
        if cell.cell_type == "markdown" and (found := SECTION.search(cell.source)):
            said = cell.metadata["section"] = _section(sections, found[1], number)
            heading = f"{'#' * said['level']} {said['heading']} {{ #{said['id']} }}" if said["heading"] else ""
            cell.source = f"{heading}\n\n{said['text']}".strip()
        cell.metadata.pop("execution", None)
        for output in cell.get("outputs", []):
            said = output.get("metadata", {})
            if "equation" in said:
                slot = f'<div class="notebook-equation" data-equation="{html.escape(said["equation"])}"></div>'
                output["data"] = {"text/html": slot}
            elif "table" in said:
                output["data"] = {"text/markdown": _table(words["tables"][said["table"]], said["rows"])}
    return notebook


def _section(sections: Mapping[str, Any], name: str, number: int) -> dict[str, Any]:
    """A section's heading and text; the first of a script is the page's own.

    Raises:
        WordMissing: the language has no such section.
    """
    if name not in sections:
        raise WordMissing(f"no section {name!r}; there are {', '.join(sections)}")
    words = sections[name]
    heading, text = words.get("heading", ""), words.get("text", "").strip()
    return {"id": name, "level": 1 if number == 0 else 2, "heading": heading, "text": text}


def _table(columns: list[str], rows: list[list[str]]) -> str:
    """A table as Markdown."""
    lines = [columns, ["---:"] * len(columns), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
