"""The one file that knows MkDocs: it is the hook that mkdocs.yml names, and it runs MkDocs for `make site`.

Everything else works on plain data: sources of pages, HTML as text, addresses, a finished folder. Whoever builds the pages with something else writes this
file anew, and no other: Python-Markdown with the extension of `embeds.py`, then `Edition.finish` over the folder.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable
from functools import partial, partialmethod
from importlib import import_module
from pathlib import Path
from typing import Any

import jieba
import nbconvert.exporters.base
import nbconvert.exporters.html
from jinja2 import Environment
from markupsafe import Markup
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, MkDocsException
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.toc import AnchorLink, TableOfContents
from nbconvert.exporters import Exporter, TemplateExporter

from derivations.publish.build import bring_up_to_date
from derivations.publish.edition import Edition
from derivations.publish.embeds import Embedding
from derivations.publish.faults import PagesAtFault, Said, faults_of
from derivations.publish.hosting import site_address
from derivations.publish.kept import CompiledTemplates, remove_doubtful, seal
from derivations.publish.mathematics import mark_bare, without_delimiters
from derivations.publish.notebooks import TEMPLATES
from derivations.publish.words import LANGUAGES

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = {"zh": "mkdocs.yml", "en": "mkdocs.en.yml"}


class _AsItStands:
    """In the place of Beautiful Soup, with which nbconvert reads each page of HTML again and writes it anew, to say something about images that no notebook here has."""

    def __init__(self, page_html: str, features: str) -> None:
        self.page_html = page_html

    def select(self, _: str) -> list[Any]:
        return []

    def __str__(self) -> str:
        return self.page_html


def _with_compiled(exporter: TemplateExporter, create: Callable[[TemplateExporter], Environment]) -> Environment:
    """Templates for notebooks, compiled once for all."""
    made = create(exporter)
    made.bytecode_cache = CompiledTemplates(ROOT / "build" / "templates" / "notebooks")
    return made


# The plugins take a second to load: once, before the languages' builders part. What they do at length for notebooks is left out where nobody here asks for it: nbconvert looks
# through all that is installed, thirty times over, to name its formats in the help of a command, checks the form of each notebook after each of a dozen steps, and compiles the
# template anew for each; mkdocs-jupyter makes each notebook into Markdown to find its headings.
nbconvert.exporters.base.get_export_names = lambda config=None: []
nbconvert.exporters.html.BeautifulSoup = _AsItStands  # type: ignore[misc, assignment]
Exporter._validate_preprocessor = lambda *_: None  # type: ignore[method-assign]
TemplateExporter._create_environment = partialmethod(_with_compiled, TemplateExporter._create_environment)  # type: ignore[assignment, method-assign]
import_module("material.plugins.search.plugin")
vars(import_module("mkdocs_jupyter.plugin"))["_get_nb_toc_tokens"] = lambda path, depth: ([], None)


def build_language(language: str, folder: str) -> list[str]:
    """Build one language into `folder`/LANGUAGE, and return its faults; without any, it is whole."""
    said = Said()
    logging.getLogger("mkdocs").addHandler(said)
    try:
        config = load_config(str(ROOT / SETTINGS[language]), strict=True, site_dir=str(Path(folder) / language))
        config.plugins.on_startup(command="build", dirty=False)
        try:
            build(config)
            config.extra["edition"].read.close()
        finally:
            config.plugins.on_shutdown()
    except Exception as stop:  # noqa: BLE001  whatever stops a build is told in one place
        cause = stop.__context__ if isinstance(stop, Abort) else stop
        if isinstance(cause, MkDocsException):
            cause = PagesAtFault([str(cause)])
        return faults_of(cause, said, language, ROOT)
    return []


# --- The hook: five of MkDocs's events ---


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Derive what has changed, begin the edition, and set what follows from it: the address, the navigation, how embeds are read, where caches lie."""
    if faults := bring_up_to_date(ROOT):
        raise PagesAtFault(faults)
    language = config.extra["language"]
    edition = Edition.begin(ROOT, language, config.nav or [], site_address(os.environ.get("SITE_URL")))
    config.extra["edition"] = edition
    config.site_url = f"{edition.site_url}{language}/" if edition.site_url else ""
    config.nav = edition.navigation
    page_of = lambda markdown: markdown.treeprocessors["relpath"].file.src_uri  # noqa: E731
    config.markdown_extensions.append(Embedding(edition.site, page_of))
    config.plugins["mkdocs-jupyter"].config["cache_dir"] = str(edition.rendered_notebooks)
    remove_doubtful(edition.rendered_notebooks.glob("*.json"))  # the plugin would show them as they are
    import_module("mkdocs_jupyter.config").settings.templates_dir = str(TEMPLATES)
    _teach_chinese(language)
    _pass_over_icons(config.theme)
    return config


@event_priority(50)
def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the notebooks, before the plugin that renders them looks for them, and leave out what of the theme is not needed."""
    edition = config.extra["edition"]
    for uri in edition.notebooks.uris:
        files.append(File(uri, str(edition.notebooks.folder), config.site_dir, config.use_directory_urls))
    for file in list(files):
        if edition.leaves_out(file.src_uri):
            files.remove(file)
    return files


def on_page_markdown(markdown: str, page: Any, config: MkDocsConfig, files: Files) -> None:
    """Have a page taken over as the last build read it, if nothing of it has changed, nor of what it shows of others."""
    edition = config.extra["edition"]
    if page.file.src_uri not in edition.notebooks.uris:
        page.render = partial(_render_once, page, page.render, edition)


def on_env(env: Any, config: MkDocsConfig, files: Files) -> Any:
    """All pages are read: clean the notebooks, mark the mathematics in titles, and give the templates their words and filters."""
    edition = config.extra["edition"]
    for file in files.documentation_pages():
        page = file.page
        assert page is not None  # noqa: S101  it is a documentation page
        if file.src_uri in edition.notebooks.uris:
            notebook = edition.notebook(page.content or "", file.src_uri)
            page.content, page.title = notebook.html, notebook.title
            page.toc = TableOfContents([AnchorLink(title, anchor, 2) for anchor, title in notebook.sections])
        page.title = without_delimiters(str(page.meta.get("short") or page.title))
        _mark_titles(page.toc)
    env.globals.update(words=edition.site.words, language=edition.site.language, languages=LANGUAGES)
    env.globals.update(head=lambda page: edition.head(page.file.src_uri, _plain(page), page.meta))
    env.filters["plain_title"] = without_delimiters
    _remember_what_is_searched(vars(config.plugins["material/search"])["search_index"], edition)
    env.bytecode_cache = CompiledTemplates(ROOT / "build" / "templates")  # compiling Material's is a fifth of a build
    return env


def on_post_build(config: MkDocsConfig) -> None:
    """Everything is written, the search's index too: finish the folder."""
    edition = config.extra["edition"]
    seal(edition.rendered_notebooks.glob("*.json"))
    edition.finish(Path(config.site_dir))


def _render_once(page: Any, render: Callable[..., None], edition: Edition, config: MkDocsConfig, files: Files) -> None:
    def made() -> dict[str, Any]:
        render(config, files)
        return {
            "content": page.content,
            "title": page._title_from_render,
            "contents": _as_lists(page.toc),
            "anchors": sorted(page.present_anchor_ids),
            "links": {file.src_uri: anchors for file, anchors in page.links_to_anchors.items()},
        }

    made_from = [
        page.markdown,
        page.meta,
        page.url,
        [file.src_uri for file in files],
        *edition.shown_on(page.file.src_uri),
    ]
    known = edition.read.page(page.file.src_uri, made_from, made)
    page.content, page._title_from_render = known["content"], known["title"]
    page.toc = TableOfContents(_as_links(known["contents"]))
    page.present_anchor_ids = set(known["anchors"])
    page.links_to_anchors = {files.src_uris[uri]: anchors for uri, anchors in known["links"].items()}


def _as_lists(items: Iterable[AnchorLink]) -> list[Any]:
    return [[each.title, each.id, each.level, _as_lists(each.children)] for each in items]


def _as_links(kept: list[Any]) -> list[AnchorLink]:
    made = []
    for title, anchor, level, below in kept:
        made.append(AnchorLink(title, anchor, level))
        made[-1].children = _as_links(below)
    return made


def _plain(page: Any) -> str:
    """What a page is called, as plain text; the first is called what the site is."""
    return "" if page.is_homepage else str(Markup(without_delimiters(str(page.title))).striptags())


def _remember_what_is_searched(index: Any, edition: Edition) -> None:
    """Have the search take over the entries of pages that have not changed: to read them all again is a fifth of a build."""
    add = index.add_entry_from_context

    def remembered(page: Any) -> None:
        def made() -> list[dict[str, Any]]:
            before = len(index.entries)
            add(page)
            entries: list[dict[str, Any]] = index.entries[before:]
            del index.entries[before:]
            return entries

        made_from = [page.content, page.url, str(page.title), page.meta, [str(each) for each in page.toc]]
        index.entries += edition.searched.page(page.file.src_uri, made_from, made)

    index.add_entry_from_context = remembered


def _mark_titles(items: Any) -> None:
    """Mark the mathematics in a table of contents, at every depth."""
    for item in items:
        item.title = mark_bare(item.title)
        _mark_titles(item.children)


def _pass_over_icons(theme: Any) -> None:
    """Have MkDocs look for a theme's files without Material's twelve thousand icons, each of which it would leave out: that is a tenth of a build."""
    environment_of = theme.get_env

    def environment() -> Any:
        made = environment_of()
        made.loader.list_templates = partial(_visible, theme.dirs)
        return made

    theme.get_env = environment


def _visible(folders: list[str]) -> list[str]:
    """All files below some folders, but for those below hidden folders."""
    found = set()
    for top in folders:
        for folder, below, names in os.walk(top):
            below[:] = [each for each in below if not each.startswith(".")]
            found |= {(Path(folder) / name).relative_to(top).as_posix() for name in names}
    return sorted(found)


def _teach_chinese(language: str) -> None:
    """Tell the search's jieba the subject's words; its own list takes a second to load."""
    jieba.setLogLevel(logging.WARNING)
    jieba.dt.tmp_dir = str(ROOT / "build")  # else it writes to the system's
    jieba.dt.cache_file = f"jieba-{language}.cache"
    (ROOT / "build" / jieba.dt.cache_file).unlink(missing_ok=True)  # our few lines are read as fast, and are whole
    jieba.set_dictionary(ROOT / "docs" / "terms.txt")
