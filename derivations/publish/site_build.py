"""One build of one language's site, from up-to-date derivations to finished files."""

from __future__ import annotations

import json
import logging
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import jieba
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page

from derivations.publish.citation import Citation
from derivations.publish.embeds import LIST_OF_ALL, PageEmbeds, Site
from derivations.publish.faults import PagesAtFault, tex_faults
from derivations.publish.figures import read_figures
from derivations.publish.fonts import install_fonts
from derivations.publish.katex import Katex, TexError
from derivations.publish.kept import keep, read_kept, remove_doubtful, seal
from derivations.publish.mathematics import mark_bare, render_mathematics, without_delimiters
from derivations.publish.notebooks import NotebookPages
from derivations.publish.page_checks import check_pages
from derivations.publish.pages import notebook_page, read_pages
from derivations.publish.root import write_missing, write_root
from derivations.publish.trim import trim_styles
from derivations.publish.words import LANGUAGES

NOT_NEEDED = re.compile(r"assets/(javascripts/lunr/|images/favicon)|\.map$|^assets/early\.js$")
NEEDED = ("lunr.stemmer.support.min.js", "lunr.zh.min.js")
"""Of what Material brings for search in thirty languages, what Chinese takes; English takes nothing."""
LOCAL = "http://127.0.0.1:8000/"
"""Where a site whose address nobody said is looked at."""
STYLES = ("stylesheets/*.css", "katex.css")


class CompiledTemplates(BytecodeCache):
    """Templates compiled by earlier builds. Jinja's own cache of this kind runs whatever it finds there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def load_bytecode(self, bucket: Bucket) -> None:
        if content := read_kept(self.folder / bucket.key):
            bucket.bytecode_from_string(content)

    def dump_bytecode(self, bucket: Bucket) -> None:
        keep(self.folder / bucket.key, bucket.bytecode_to_string())


class SiteBuild:
    """Holds what one build knows; each method is one of MkDocs's moments."""

    def __init__(self, root: Path, site: Site, katex: Katex, notebooks: NotebookPages, site_url: str | None) -> None:
        self.root = root
        self.site = site
        self.katex = katex
        self.notebooks = notebooks
        self.site_url = site_url or LOCAL
        self.begins_at = urlsplit(site_url).path.rstrip("/") + "/" if site_url else None
        self.embeds: dict[str, PageEmbeds] = {}
        self.texts: list[str] = []
        self.faults: list[str] = []
        self.keep = True

    @classmethod
    def begin(cls, root: Path, config: MkDocsConfig, site_url: str | None, *, serving: bool) -> SiteBuild:
        """Derive, read and check. Raises PagesAtFault with every fault found."""
        derive(root)
        language = config.extra["language"]
        catalogue = json.loads((root / "build" / "equations.json").read_text(encoding="utf-8"))
        pages = {each: read_pages(Path(config.docs_dir).parent / each) for each in LANGUAGES}
        equations = {entry["id"]: entry for entry in catalogue["equations"]}
        figures = read_figures(root / "build" / "figures", language)
        if faults := check_pages(pages, equations, set(figures), root):
            raise PagesAtFault(faults)
        site = Site(
            language, catalogue, pages[language], figures, Citation(root, site_url or LOCAL), root / "docs" / "theme"
        )
        notebooks = NotebookPages(root, language, catalogue)
        build = cls(root, site, Katex(root, root / "build" / f"katex-{language}.json"), notebooks, site_url)
        build.keep = not serving
        build.configure(config)
        return build

    def configure(self, config: MkDocsConfig) -> None:
        """Settings that follow from others: the address, the list of notebooks, where caches lie."""
        if self.keep:
            config.site_url = f"{self.site_url.rstrip('/')}/{self.site.language}/"
        config.watch.extend(str(self.root / folder) for folder in ("derivations", "docs"))
        config.plugins["mkdocs-jupyter"].config["cache_dir"] = str(self.rendered_notebooks)
        remove_doubtful(self.rendered_notebooks.glob("*.json"))  # the plugin would show them as they are
        jieba.setLogLevel(logging.WARNING)
        jieba.dt.tmp_dir = str(self.root / "build")  # else it writes to the system's
        jieba.dt.cache_file = f"jieba-{self.site.language}.cache"
        (self.root / "build" / jieba.dt.cache_file).unlink(
            missing_ok=True
        )  # our few lines are read as fast, and are whole
        jieba.set_dictionary(
            self.root / "docs" / "terms.txt"
        )  # the subject's words; its own list takes a second to load
        for item in config.nav or []:
            if isinstance(item, dict) and "derivations" in item:
                item["derivations"] = self.notebooks.uris

    @property
    def rendered_notebooks(self) -> Path:
        """Where mkdocs-jupyter keeps what it made of each notebook."""
        return self.root / "build" / f"mkdocs-jupyter-{self.site.language}"

    def add_files(self, files: Files, config: MkDocsConfig) -> Files:
        """The executed notebooks become pages."""
        for file in self.notebooks.files(config):
            files.append(file)
        for file in list(files):
            if NOT_NEEDED.search(file.src_uri) and not file.src_uri.endswith(NEEDED):
                files.remove(file)
        return files

    def learn_addresses(self, nav: Navigation, files: Files) -> None:
        """Pages in reading order, so that an equation's place is the first page that displays it."""
        ordered = [page.file for page in nav.pages]
        rest = [file for file in files.documentation_pages() if file not in ordered]
        for item in nav.items:
            if isinstance(item, Section):
                item.title = self.site.words[item.title.lower()]
        self.site.urls = {file.src_uri: file.url for file in [*ordered, *rest]}
        if LIST_OF_ALL not in self.site.urls:
            raise PagesAtFault([f"{LIST_OF_ALL}: missing; equations that no page displays have their place there"])

    def expand(self, markdown: str, page: Page) -> str:
        """The page with empty elements for embeds."""
        uri = page.file.src_uri
        if uri not in self.site.sources:
            return markdown
        self.embeds[uri] = PageEmbeds(self.site, uri)
        return self.embeds[uri].expand(markdown)

    def fill(self, html: str, page: Page) -> str:
        """The page with its embeds in place, or the notebook cleaned."""
        uri = page.file.src_uri
        if uri in self.embeds:
            html = self.embeds[uri].fill(html)
        elif uri in self.notebooks.uris:
            html = self.notebooks.clean(html, page, PageEmbeds(self.site, uri))
        page.title = without_delimiters(str(page.meta.get("short") or page.title))
        for item in _all_items(page.toc):
            item.title = mark_bare(item.title)
        return html

    def furnish(self, env: Any) -> None:
        """Words and filters of the page templates."""
        env.globals.update(words=self.site.words, language=self.site.language, languages=LANGUAGES)
        env.globals.update(site_root=self.site_url.rstrip("/") + "/")
        env.filters["plain_title"] = without_delimiters
        # Compiling Material's templates is a fifth of a build.
        env.bytecode_cache = CompiledTemplates(self.root / "build" / "templates")

    def finish(self, output: str, page: Page) -> str:
        """The finished page. What KaTeX refuses is collected, so that all pages are heard before the build stops."""
        refused: list[TexError] = []
        finished = render_mathematics(output, self.katex, refused)
        for error in refused:
            written = self._written_at(page.file.src_uri)
            self.faults += tex_faults(error, error.tex, written, self.site.equations, self.root)
        self.texts.append(finished)
        return finished

    def _written_at(self, uri: str) -> Path:
        """The file in which a page is written: Markdown, or the script of a notebook."""
        if uri in self.site.sources:
            return self.site.sources[uri].path
        scripts = {notebook_page(entry["script"]): entry["script"] for entry in self.site.equations.values()}
        return self.root / scripts[uri]

    def end(self, config: MkDocsConfig) -> None:
        """Everything that belongs to the site as a whole. Raises PagesAtFault where KaTeX has refused."""
        folder = Path(config.site_dir)
        self.katex.close()
        seal(self.rendered_notebooks.glob("*.json"))
        if self.faults:
            raise PagesAtFault(self.faults)
        install_fonts(self.root, folder / "assets", self.texts, self.katex.rendered, self.site.language)
        scripts = [path.read_text(encoding="utf-8") for path in (folder / "assets").rglob("*.js")]
        trim_styles(folder / "assets", STYLES, [*self.texts, *scripts], self.root / "build" / "styles")
        if self.keep:
            write_missing(self.root, folder, [self.site.language], self.begins_at)  # in place of Material's
            write_root(self.root, folder.parent, self.begins_at)


def _all_items(items: Any) -> Iterator[Any]:
    """The entries of a table of contents, at every depth."""
    for item in items:
        yield item
        yield from _all_items(item.children)


def derive(root: Path) -> None:
    """Bring build/ up to date with derivations/. Raises PluginError when a derivation fails."""
    from derivations.publish.build import up_to_date

    if up_to_date():
        return
    unwritten = os.environ | {"PYTHONDONTWRITEBYTECODE": "1"}  # a server would see Python's own files change
    done = subprocess.run([sys.executable, "-m", "derivations", "build"], cwd=root, env=unwritten, check=False)
    if done.returncode != 0:
        raise PluginError(f"the derivations did not succeed (exit code {done.returncode}); the site is not built")
