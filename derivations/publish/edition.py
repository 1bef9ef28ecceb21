"""One language's edition of the site, from up-to-date derivations to finished files, as plain data: no site generator is known here."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from markupsafe import Markup

from derivations.catalogue.files import parsed, write_atomically, write_compact, write_or_share
from derivations.catalogue.permanence import releases
from derivations.catalogue.store import hash_of, hashes_of
from derivations.catalogue.verify import facts
from derivations.publish.card import NAME, card
from derivations.publish.citation import Citation
from derivations.publish.embeds import PageEmbeds, Site
from derivations.publish.equation_pages import EquationPage, EquationPages, Frame
from derivations.publish.faults import PagesAtFault, tex_faults
from derivations.publish.feed import atom
from derivations.publish.figure_files import read_figures
from derivations.publish.fonts import install_fonts
from derivations.publish.here.offered import folder_name
from derivations.publish.hosting import name_by_content
from derivations.publish.mathematics import render_mathematics
from derivations.publish.metadata import About, Heads
from derivations.publish.notebooks import NotebookPage, NotebookPages
from derivations.publish.page_checks import check_pages
from derivations.publish.pages import address_of, notebook_page, read_pages
from derivations.publish.remembered import MADE_WITH, Remembered, state_of
from derivations.publish.searching import make_searchable
from derivations.publish.seen import Seen, names
from derivations.publish.shared import PLAYED, script, shared
from derivations.publish.temml import Temml, TexError
from derivations.publish.trim import trim_styles
from derivations.publish.wheel import wheel_name
from derivations.publish.words import LANGUAGES

Entry = dict[str, Any]
NOT_NEEDED = re.compile(r"assets/(javascripts/lunr/|images/favicon|stylesheets/palette)|\.map$|^assets/early\.js$")
NEEDED = ("lunr.stemmer.support.min.js", "lunr.zh.min.js")
"""Of what Material brings for search in thirty languages, what Chinese takes; English takes nothing."""
SEARCHED_WITH = ("docs/terms.txt", "mkdocs.yml", "requirements.txt")
"""What a page's entries in the search depend on, besides the page."""
OWN = "own"
"""What an article says that it follows, if it follows none."""
QUESTIONS = "questions/"
"""The folder of pages that answer one question each."""
RUN = "docs/theme/assets/run.js"
"""The script that runs derivations in the reader's browser, without its words."""
STYLES = ("stylesheets/*.css",)


class Edition:
    """Holds what the build of one language knows."""

    def __init__(self, root: Path, site: Site, notebooks: NotebookPages, navigation: Any, site_url: str | None) -> None:
        self.root = root
        self.site = site
        self.notebooks = notebooks
        self.site_url = site_url
        self.picture = next((site.figures[name] for name in site.figures_on("index.md")), None)
        self.heads = Heads(site, site_url, self.picture.alternative if self.picture else "")
        self.navigation = [self._section(item) if isinstance(item, dict) else item for item in navigation]
        site.urls = {uri: address_of(uri) for uri in self._reading_order()}
        self.searched = self._remembered("searched", state_of(root, SEARCHED_WITH))
        self.read = self._remembered(
            "read",
            state_of(root, [*MADE_WITH, "build/figures"]),
            site.around,
            hash_of([[uri, source.shown_of_it] for uri, source in site.sources.items()]),
        )

    @classmethod
    def begin(cls, root: Path, language: str, navigation: Any, site_url: str | None) -> Edition:
        """Read and check the pages and what they embed. Raises PagesAtFault with every fault found."""
        content = (root / "build" / "equations.json").read_bytes()
        catalogue = parsed(content)
        pages = {each: read_pages(root / "docs" / each) for each in LANGUAGES}
        equations = {entry["id"]: entry for entry in catalogue["equations"]}
        figures = read_figures(root / "build" / "figures", language)
        if faults := check_pages(pages, equations, set(figures), root, [language]):
            raise PagesAtFault(faults)
        citation = Citation(root, site_url or "")
        site = Site(
            language,
            catalogue,
            pages[language],
            figures,
            citation,
            root / "docs" / "theme",
            compiled=root / "build" / "templates" / "embeds",
            wheel=wheel_name(root),
            python=folder_name(root),
            hashes=hashes_of(content),
        )
        return cls(root, site, NotebookPages(root, language, catalogue), navigation, site_url)

    def _section(self, item: dict[str, Any]) -> dict[str, Any]:
        """A section of the navigation under its name in this language; the notebooks fill theirs."""
        return {
            self.site.words[name]: self.notebooks.uris if name == "derivations" else pages
            for name, pages in item.items()
        }

    def _reading_order(self) -> list[str]:
        """All pages that there are, those in the navigation first, so that an equation's place is the first page that displays it."""
        listed = [
            uri for item in self.navigation for uri in ([item] if isinstance(item, str) else sum(item.values(), []))
        ]
        there_are = {*self.site.sources, *self.notebooks.uris}
        return [uri for uri in dict.fromkeys([*listed, *self.site.sources]) if uri in there_are]

    def _remembered(self, kind: str, *with_it: str | bool | None) -> Remembered:
        """What was made of pages by earlier builds of this language."""
        return Remembered(self.root / "build" / f"{kind}-{self.site.language}.json", hash_of(with_it))

    @property
    def rendered_notebooks(self) -> Path:
        """Where what was made of each notebook is kept."""
        return self.root / "build" / f"mkdocs-jupyter-{self.site.language}"

    def shown_on(self, uri: str) -> list[str]:
        """What a page is made from besides what is written on it: the equations that it shows; where it says how to cite the site the commit and the address, which change while all other pages stay as they are."""
        cites = any(embed.name == "citation" for embed in self.site.sources[uri].embeds)
        return [*self.site.hashes_on(uri), *([str(self.site.citation.commit), self.site.citation.url] if cites else [])]

    def leaves_out(self, uri: str) -> bool:
        """Whether a file of the theme is not needed here."""
        return bool(NOT_NEEDED.search(uri)) and not uri.endswith(NEEDED)

    def notebook(self, page_html: str, uri: str) -> NotebookPage:
        """A notebook that was made into HTML, as a page of this site."""
        made_from = [page_html, *self.site.hashes_on(uri)]
        made = self.read.page(uri, made_from, lambda: vars(self.notebooks.page(page_html, PageEmbeds(self.site, uri))))
        return NotebookPage(**made)

    def head(self, uri: str, title: str, said: Mapping[str, Any]) -> Markup:
        """What a page says of itself in its head. `title`: "" for the first page; `said`: what stands above its text: description, and the article that it follows."""
        words, sources, follows = self.site.words, self.site.citation.sources, said.get("follows")
        if follows not in (None, OWN, *sources):
            raise PagesAtFault([f"{uri}: follows {follows}: no such source; CITATION.cff has {', '.join(sources) or 'none'} under references; {OWN} is an article that follows none"])  # fmt: skip
        kind = "derivation" if uri in self.notebooks.uris else "article" if follows else "page" if title else "home"
        kind = "question" if uri.startswith(QUESTIONS) else kind
        description = str(said.get("description") or words["site-said"])
        about = About(kind, title or words["site"], description, address_of(uri), sources.get(str(follows)))
        return Markup(self.heads.of(about))

    def finish(self, folder: Path) -> None:
        """The last pass, over the folder of all pages: mathematics, fonts, styles, and the assets' names.

        Raises:
            PagesAtFault: Temml refuses some TeX; all of it is told at once.
        """
        pages, equations, formulas = self._mathematics(folder)
        made = shared(self.root)
        write_compact(folder / "assets" / "find.json", made["find.json"])
        cited = facts(self.site.catalogue["equations"], releases(), self.site.language)
        write_compact(folder / "assets" / "verify.json", cited)
        source = (self.root / PLAYED).read_text(encoding="utf-8")
        played = script(source, made["play.js"], self.site.language_words)
        (folder / "assets" / "play.js").write_text(played, encoding="utf-8")
        words = json.dumps(self.site.language_words.table("run"), ensure_ascii=False)
        run = (self.root / RUN).read_text(encoding="utf-8")
        (folder / "assets" / "run.js").write_text(f"const WORDS = {words};\n{run}", encoding="utf-8")
        seen = Seen.of_all(
            [*self._seen(pages), *(each for _, each in equations), Seen(frozenset(filter(str.isprintable, played)))]
        )
        install_fonts(self.root, folder / "assets", seen, formulas, self.site.language)
        scripts = [names(path.read_text(encoding="utf-8")) for path in (folder / "assets").rglob("*.js")]
        trim_styles(folder / "assets", STYLES, seen.names.union(*scripts), self.root / "build" / "styles")
        name_by_content(folder)
        self._offer_derivations(folder)
        if self.picture:
            (folder / NAME).write_bytes(card(self.root, self.site.words["site"], self.picture.svg))
        self.searched.close()
        self.write_equations(folder, [page for page, _ in equations])
        (folder / "feed.xml").write_text(atom(releases(), self.site), encoding="utf-8")

    def _offer_derivations(self, folder: Path) -> None:
        """Each derivation as a script and as a notebook, beside its page."""
        for uri, name in self.notebooks.names.items():
            place = folder / address_of(uri)
            executed = self.notebooks.executed[uri].read_text(encoding="utf-8")
            made_from = [executed, *self.site.hashes_on(uri)]
            taken = self.read.page(f"{uri} taken along", made_from, partial(self.notebooks.to_take_along, uri, self.site.equations))  # fmt: skip
            write_atomically(place / f"{name}.ipynb", taken)
            write_atomically(
                place / f"{name}.py", (self.root / "derivations" / f"{name}.py").read_text(encoding="utf-8")
            )

    def _seen(self, pages: list[str]) -> list[Seen]:
        """What is seen of each page."""
        kept = self._remembered("seen", state_of(self.root, ["derivations/publish/seen.py"]))
        found = [
            Seen.kept(kept.page(uri, page, lambda page=page: Seen.of(page).to_keep()))  # type: ignore[misc]
            for uri, page in zip(self.site.urls, pages, strict=True)
        ]
        kept.close()
        return found

    def _mathematics(self, folder: Path) -> tuple[list[str], list[tuple[EquationPage, Seen]], list[str]]:
        """Render the mathematics of every page; all pages, equations' own and what is seen of them, and all formulas, as they are now."""
        faults: list[str] = []
        pages = []
        with Temml(self.root, self.root / "build" / f"temml-{self.site.language}.json") as temml:
            for uri, address in self.site.urls.items():
                refused: list[TexError] = []
                path = folder / address / "index.html"
                pages.append(render_mathematics(path.read_text(encoding="utf-8"), temml, refused))
                path.write_text(pages[-1], encoding="utf-8")
                for error in refused:
                    faults += tex_faults(error, error.tex, self._written_at(uri), self.site.equations, self.root)
            equations = self.equations(temml, faults)
        if faults:
            raise PagesAtFault(list(dict.fromkeys(faults)))
        return pages, equations, temml.rendered

    def equations(self, temml: Temml, faults: list[str]) -> list[tuple[EquationPage, Seen]]:
        """Equations' own pages, and what is seen of each. Only those are made that have changed. `faults` takes what Temml refuses."""
        made = EquationPages(self.site, self.heads)
        kept = self._remembered(
            "equation-pages",
            temml.version,
            state_of(self.root, MADE_WITH),
            self.site_url,
            self.heads.picture,
        )

        def finished(entry: Entry) -> dict[str, Any]:
            asked, refused = len(temml.asked), []  # type: int, list[TexError]
            page = vars(made.page(entry))
            page["body"] = render_mathematics(page["body"], temml, refused)
            for error in refused:
                faults.extend(tex_faults(error, error.tex, self.root / entry["script"], self.site.equations, self.root))
            return {"page": page, "formulas": temml.asked[asked:], "seen": Seen.of(page["body"]).to_keep()}

        found = []
        for entry in self.site.equations.values():
            known = kept.page(entry["id"], made.made_from(entry), partial(finished, entry))
            for tex, display in known["formulas"]:
                temml.render(tex, display=display)  # what is not asked for is forgotten
            found.append((made.at_commit(EquationPage(**known["page"])), Seen.kept(known["seen"])))
        if not faults:
            kept.close()
        return found

    def write_equations(self, folder: Path, equations: list[EquationPage]) -> None:
        """Write each equation's own page, in the frame of the list of all, and let the search find it."""
        frame = Frame(folder, self.site.words["site"])
        for page in equations:
            path = folder / "equations" / page.identifier / "index.html"
            path.parent.mkdir(parents=True, exist_ok=True)
            before = self.root / "site" / self.site.language / "equations" / page.identifier / "index.html"
            write_or_share(path, frame.around(page), before)
        make_searchable(folder, self.site.catalogue, self.site.language)

    def _written_at(self, uri: str) -> Path:
        """The file in which a page is written: Markdown, or the script of a notebook."""
        if uri in self.site.sources:
            return self.site.sources[uri].path
        scripts = {notebook_page(entry["script"]): entry["script"] for entry in self.site.equations.values()}
        return self.root / scripts[uri]
