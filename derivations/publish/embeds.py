"""Expand the embeds of a page: `eq`, `tex`, `num`, `figure`, `graph`, and the pages that list everything.

An extension of Python-Markdown, with two moves. Before Markdown is parsed, every embed becomes an empty element, which no
Markdown rule can touch and whose ids a checker of links sees. After Markdown is parsed, the element is replaced by its HTML,
with TeX in it as text; `mathematics` turns that into MathML at the very end, so that search keeps the TeX.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, nodes
from markdown import Extension, Markdown
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from markupsafe import Markup

from derivations.catalogue.permanence import releases
from derivations.catalogue.store import hash_of
from derivations.publish.citation import Citation
from derivations.publish.cone import among
from derivations.publish.faults import PagesAtFault
from derivations.publish.figure_files import Figure
from derivations.publish.kept import CompiledTemplates
from derivations.publish.pages import PageSource, embed_environment, notebook_page, numbers_of, relative
from derivations.publish.proofs import Row, laws_of, rows
from derivations.publish.typeset import (
    display_mathematics,
    full_mathematics,
    inline_mathematics,
    rough,
    short_prose,
    true_minus,
    written,
)
from derivations.publish.words import words_in
from derivations.words import read_all

Entry = dict[str, Any]
LIST_OF_ALL = "equations.md"
STAMPS = ("fingerprint", "seal")
"""What a catalogue says of itself, and no page repeats."""
OF_ITS_OWN = frozenset({"eq", "tex", "num", "figure", "graph", "run", "citation", "wheel"})
"""Embeds that show no more of the catalogue than `Site.around` has, and the equations that they name."""
TABLE = '<table class="rows" tabindex="0">'
"""With a class, or Material's script wraps each table after the page is shown, and what follows moves; reached by the keyboard, for one that is too wide is scrolled."""
LINK = re.compile(r"<a\b[^>]*>.*?</a>", re.DOTALL)
UNLINKED = re.compile(r'<a class="embedded"[^>]*>(.*?)</a>', re.DOTALL)
"""Links do not nest: an embed within a link of the page's own is not a link itself."""
SLOT = re.compile(r'<(span|div)[^<>]* data-embed="(\d+)"[^<>]*>.*?</\1>', re.DOTALL)


@dataclass
class Site:
    """What embeds need to know of one language's site."""

    language: str
    catalogue: dict[str, Any]
    sources: dict[str, PageSource]
    figures: dict[str, Figure]
    citation: Citation
    templates: Path
    urls: dict[str, str] = field(default_factory=dict)
    """Address of each page below the site's folder, by its source file."""
    compiled: Path | None = None
    """Where compiled templates are kept between builds, if they are."""
    wheel: str = ""
    """What the project's wheel is called."""
    python: str = ""
    """The folder above the languages with what runs derivations in the reader's browser."""
    hashes: dict[str, str] = field(default_factory=dict)
    """Of the records of all equations."""

    def __post_init__(self) -> None:
        """Index the catalogue, and make the environment that prints equations."""
        self.equations: dict[str, Entry] = {entry["id"]: entry for entry in self.catalogue["equations"]}
        self.words = words_in(self.language)
        self.language_words = read_all()[self.language]
        self.environment = Environment(
            loader=FileSystemLoader(self.templates),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            bytecode_cache=CompiledTemplates(self.compiled) if self.compiled else None,
        )
        self.environment.filters["inline"] = inline_mathematics
        self.environment.filters["display"] = display_mathematics
        self.environment.filters["true_minus"] = true_minus
        self.environment.filters["prose"] = short_prose
        self.environment.filters["rough"] = rough
        self.environment.filters["full"] = full_mathematics

    @cached_property
    def definitions(self) -> set[str]:
        """The equations that need no proof."""
        return {name for name, entry in self.equations.items() if entry["verdict"] == "definition"}

    @cached_property
    def around(self) -> str:
        """One number for what pages say of equations that they do not show, of the catalogue as a whole, and of what runs it."""
        catalogue = {key: said for key, said in self.catalogue.items() if key not in ("equations", *STAMPS)}
        others = {name: [each["title"], each["parents"], each["verdict"]] for name, each in self.equations.items()}
        return hash_of([catalogue, others, self.wheel, self.python])

    def hashes_on(self, uri: str) -> list[str]:
        """The hashes of the equations that a page shows: all of them, if it has lists."""
        if uri not in self.sources:
            derivation = f"{Path(uri).stem}."
            return [said for name, said in self.hashes.items() if name.startswith(derivation)]
        source = self.sources[uri]
        listed = not OF_ITS_OWN.issuperset(each.name for each in source.embeds)
        return [said for name, said in self.hashes.items() if listed or name in source.embedded]

    def numbers_on(self, uri: str) -> dict[str, int]:
        """The numbers for reading, (1), (2), …, of the equations displayed on a page."""
        return self.sources[uri].numbers if uri in self.sources else {}

    @cached_property
    def first_displays(self) -> dict[str, str]:
        """The first page that displays each equation, of those that one does."""
        return {identifier: uri for uri in reversed(self.urls) for identifier in self.numbers_on(uri)}

    def place_of(self, identifier: str, reader_at: str) -> str:
        """The page where an equation stands: this one, else the first that displays it, else the list of all.

        Raises:
            PagesAtFault: there is no list of all.
        """
        if LIST_OF_ALL not in self.urls:
            raise PagesAtFault([f"{LIST_OF_ALL}: missing; equations that no page displays have their place there"])
        if identifier in self.numbers_on(reader_at):
            return reader_at
        return self.first_displays.get(identifier, LIST_OF_ALL)

    def link(self, page: str, anchor: str, reader_at: str) -> str:
        """A relative address that works under any path."""
        fragment = f"#{anchor}" if anchor else ""
        return fragment if page == reader_at else relative(self.urls[page], self.urls[reader_at]) + fragment

    def title_of(self, page: str) -> Markup:
        """What a page calls itself in its first heading."""
        headings = self.sources[page].headings
        return short_prose(headings[0].text if headings else page)

    def convention(self, said: str) -> str:
        """A convention as TeX."""
        return said.replace("log ", r"\log ")

    def figures_on(self, uri: str) -> list[str]:
        """The figures that a page shows, in its order."""
        shown = self.sources[uri].embeds if uri in self.sources else []
        return [embed.identifier for embed in shown if embed.name == "figure" and embed.identifier]

    def pages_using(self, identifier: str) -> list[str]:
        """The pages that embed an equation in any form."""
        return [uri for uri in self.urls if uri in self.sources and identifier in self.sources[uri].embedded]


class PageEmbeds:
    """The embeds of one page."""

    def __init__(self, site: Site, uri: str) -> None:
        self.site = site
        self.uri = uri
        self.numbers = site.numbers_on(uri)
        self.slots: list[str] = []

    def expand(self, markdown: str) -> str:
        """The page with every embed turned into an empty element."""
        functions: dict[str, Callable[..., str]] = {
            "eq": self.eq,
            "tex": self.tex,
            "num": self.num,
            "figure": self.figure,
            "graph": self.graph,
            "equations": self.equations,
            "trust": self.trust,
            "laws": self.laws,
            "numbers": self.all_numbers,
            "verify": self.verify,
            "check_all": self.check_all,
            "own": self.own,
            "offline": self.offline,
            "symbols": self.symbols,
            "citation": self.citation,
            "wheel": self.wheel,
            "run": self.run,
        }
        parts = [part for node in embed_environment().parse(markdown).body for part in node.nodes]  # type: ignore[attr-defined]
        return "".join(
            part.data
            if isinstance(part, nodes.TemplateData)
            else functions[part.node.name](
                *(each.as_const() for each in part.args), **{each.key: each.value.as_const() for each in part.kwargs}
            )
            for part in parts
        )

    def fill(self, page_html: str) -> str:
        """The rendered page with every empty element replaced by what it stands for."""
        page_html = LINK.sub(
            lambda link: SLOT.sub(lambda found: UNLINKED.sub(r"\1", self._in(found)), link[0]), page_html
        )
        return SLOT.sub(self._in, page_html).replace("<table>", TABLE).replace("<th></th>", "<td></td>")

    def _in(self, found: re.Match[str]) -> str:
        return self.slots[int(found[2])]

    def eq(self, identifier: str) -> str:
        """A displayed equation, with its number, its reason and what proves it."""
        return self._slot("div", self.equation_html(identifier), anchors=[identifier])

    def tex(self, identifier: str, part: str | int | None = None) -> str:
        """An equation, or one part of its chain, within a line of text."""
        entry, language = self.site.equations[identifier], self.site.language
        formula = inline_mathematics(written(entry, part, language), written(entry, part, language, "plain"))
        return self._slot("span", self._reference(identifier, formula))

    def num(self, identifier: str, form: str = "decimal") -> str:
        """The value of an equation within a line of text."""
        value = true_minus(self.site.equations[identifier]["value"][form])
        return self._slot("span", self._reference(identifier, Markup('<span class="num">{}</span>').format(value)))

    def figure(self, name: str) -> str:
        """A drawing made from the derivations' own expressions."""
        return self._slot("div", self.render("figure.html", figure=self.site.figures[name]))

    def graph(self) -> str:
        """What rests on what among the equations that the page displays."""
        return self._slot("div", self.render("graph.html", drawn=among(list(self.numbers), self.site.equations)))

    def equations(self) -> str:
        """Every equation: formula, verdict, where it is derived and where it is used."""
        everything = list(self.site.equations)
        return self._slot("div", self.render("equations.html", identifiers=everything), anchors=everything)

    def trust(self) -> str:
        """How many equations each derivation has, and by which verdict they stand."""
        return self._slot("div", self.render("trust.html"))

    def laws(self) -> str:
        """Every law by which lines of proofs follow: its name, its formula, and in how many proofs it is used."""
        used = Counter(law for entry in self.site.equations.values() for law in laws_of(entry["proof"]["steps"]))
        return self._slot("div", self.render("laws.html", used=used))

    def all_numbers(self) -> str:
        """Which equation each number stands for: of the pages as they are now, if no release has them so, then of each release, the last one first."""
        now, known = numbers_of(self.site.sources), releases()[::-1]
        editions = [("", "", now)] if not known or known[0].numbers != now else []
        editions += [(each.version, each.date, each.numbers) for each in known]
        return self._slot("div", self.render("numbers.html", editions=editions))

    def verify(self) -> str:
        """A field for a citation, which is held against what equations say today."""
        return self._slot("div", self.render("verify.html"))

    def check_all(self) -> str:
        """A button that has every proof checked again by the second kernel, in the reader's browser."""
        return self._slot("div", self.render("check-all.html"))

    def own(self) -> str:
        """Forms for numbers of one's own, derived in the reader's browser."""
        return self._slot("div", self.render("own.html"))

    def offline(self) -> str:
        """What the reader's browser keeps, to be read without a network."""
        return self._slot("div", self.render("offline.html"))

    def symbols(self) -> str:
        """What the symbols of this page mean: at its end, and called up from anywhere on it.

        The words have them by equation: what `coin.likelihood` begins with is a symbol, and so is what ranges over something in it, `coin.likelihood p`.

        Raises:
            PagesAtFault: the words have none for this page, or name what is not there.
        """
        table, words = f"symbols.{self.uri.removesuffix('.md')}", self.site.language_words
        if not words.table(table):
            raise PagesAtFault([f"{words.place(table)}: [{table}] is missing; {self.uri} asks for its symbols"])
        listed = []
        for key, meaning in words.table(table).items():
            identifier, _, quantity = key.partition(" ")
            entry = self.site.equations.get(identifier, {"parts": [], "ranges": []})
            found = entry["parts"][:1] if not quantity else [each for each in entry["ranges"] if each["of"] == quantity]
            if not found:
                raise PagesAtFault(
                    [f"{words.place(table, key)}: [{table}] {key!r}: no such equation, or it has no such quantity"]
                )
            listed.append((found[0]["tex"][self.site.language], self.link(identifier), meaning))
        return self._slot("div", self.render("symbols.html", listed=listed))

    def citation(self, form: str) -> str:
        """How to cite the site, to be copied."""
        return self._slot(
            "div", self.render("citation.html", text=self.site.citation.site(self.site.language).text(form))
        )

    def wheel(self) -> str:
        """A link to this project as a package that `pip` installs."""
        return self._slot("span", Markup('<a href="{}" download>{}</a>').format(self.wheel_link, self.site.wheel))

    def run(self, derivation: str) -> str:
        """A button that runs a derivation in the reader's browser, and lets the reader change it."""
        return self._slot("div", self.run_html(derivation))

    def run_html(self, derivation: str, of: str = "") -> str:
        """The same as it stands in a page. `of`: the equation that readers of the page look for in it."""
        script = f"{self.to(f'derivations/{derivation}/')}{derivation.replace('-', '_')}.py"
        return self.render("run.html", script=script, of=of)

    @property
    def wheel_link(self) -> str:
        """Where the wheel lies, as seen from this page."""
        return self.to("..") + self.site.wheel

    def to(self, folder: str) -> str:
        """A folder, as seen from this page."""
        return relative(folder, self.site.urls[self.uri])

    def equation_html(self, identifier: str) -> str:
        """One equation as a block; also used for the outputs of notebooks."""
        return self.render(
            "equation.html", equation=self.site.equations[identifier], number=self.numbers.get(identifier)
        )

    def proof_rows(self, entry: Entry) -> list[Row]:
        """The lines of a proof."""
        return rows(entry, self.site.language_words)

    def name_of(self, identifier: str) -> Markup:
        """How a proof's line calls an equation: by its number on this page, else by its title."""
        if identifier in self.numbers:
            return Markup("({})").format(self.numbers[identifier])
        return short_prose(self.site.equations[identifier]["title"][self.site.language])

    def render(self, template: str, **values: Any) -> str:
        """One of the templates in docs/theme/embeds/."""
        shared = {"page": self, "site": self.site, "language": self.site.language, "words": self.site.words}
        return self.site.environment.get_template(f"embeds/{template}").render(**shared, **values)

    def _reference(self, identifier: str, inner: Markup) -> str:
        target = self.link(identifier)
        return Markup('<a class="embedded" href="{}" data-equation="{}">{}</a>').format(target, identifier, inner)

    def link(self, identifier: str) -> str:
        """Where an equation stands, as seen from this page."""
        return self.site.link(self.site.place_of(identifier, self.uri), identifier, self.uri)

    def asset(self, name: str) -> str:
        """A file of the theme's, as seen from this page."""
        return relative("assets", self.site.urls[self.uri]) + name

    def own_page(self, identifier: str) -> str:
        """The page that an equation has for itself, as seen from this page."""
        return relative(f"equations/{identifier}/", self.site.urls[self.uri])

    def script_link(self, entry: Entry) -> str | None:
        """The notebook page on which an equation is derived."""
        notebook = notebook_page(entry["script"])
        return self.site.link(notebook, entry["id"], self.uri) if notebook in self.site.urls else None

    def _slot(self, element: str, content: str, anchors: list[str] | None = None) -> str:
        self.slots.append(str(content))
        inside = "".join(f'<i id="{html.escape(anchor)}"></i>' for anchor in anchors or [])
        return f'<{element} data-embed="{len(self.slots) - 1}">{inside}</{element}>'


class Embedding(Extension):
    """Embeds for Python-Markdown.

    Args:
        page_of: the source file, below the language's folder, of the page that is being converted.
    """

    def __init__(self, site: Site, page_of: Callable[[Markdown], str]) -> None:
        super().__init__()
        self.site, self.page_of = site, page_of

    def extendMarkdown(self, md: Markdown) -> None:
        """Stand before and after all other rules."""
        expand = _Expand(self, md)
        md.preprocessors.register(expand, "embeds", 1000)
        md.postprocessors.register(_Fill(expand), "embeds", -1000)


class _Expand(Preprocessor):
    def __init__(self, embedding: Embedding, md: Markdown) -> None:
        super().__init__(md)
        self.embedding = embedding
        self.page: PageEmbeds | None = None

    def run(self, lines: list[str]) -> list[str]:
        """The page's text with empty elements."""
        self.page = PageEmbeds(self.embedding.site, self.embedding.page_of(self.md))
        return self.page.expand("\n".join(lines)).split("\n")


class _Fill(Postprocessor):
    def __init__(self, expand: _Expand) -> None:
        super().__init__()
        self.expand = expand

    def run(self, text: str) -> str:
        """The page's HTML with the elements filled."""
        return self.expand.page.fill(text) if self.expand.page else text
