"""MkDocs hook: where the derivations meet the site generator. It only says when; what is done stands in its neighbours.

On every build, the first and each one of `mkdocs serve`, the derivations are brought up to date first, so a page can
never show a stale result.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

ROOT = Path(__file__).resolve().parents[2]
sys.dont_write_bytecode = True  # or the server would see Python's own files change, and rebuild
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))
for loaded in [name for name in sys.modules if name.startswith("derivations")]:
    del sys.modules[loaded]  # under `mkdocs serve`, an edited module is read again

from derivations.publish.site_build import SiteBuild  # noqa: E402  the path has to be set first

_build: SiteBuild | None = None
_serving = False


def _current() -> SiteBuild:
    """The build under way."""
    if _build is None:
        raise RuntimeError("no build has started")
    return _build


def on_startup(command: str, **_: Any) -> None:
    """Remember whether files are for keeping: a server builds into a folder of its own."""
    global _serving
    _serving = command == "serve"


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Derive what changed, read the results, check the pages."""
    global _build
    _build = SiteBuild.begin(ROOT, config, os.environ.get("SITE_URL"), serving=_serving)
    return config


@event_priority(50)
def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the notebooks, before the plugin that renders them looks for them."""
    return _current().add_files(files, config)


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Learn the address of every page, in reading order."""
    _current().learn_addresses(nav, files)
    return nav


def on_page_markdown(markdown: str, page: Page, **_: Any) -> str:
    """Put an empty element in the place of every embed."""
    return _current().expand(markdown, page)


def on_page_content(html: str, page: Page, **_: Any) -> str:
    """Fill the elements in, and collect what search needs."""
    return _current().fill(html, page)


def on_env(env: Any, config: MkDocsConfig, files: Files) -> Any:
    """Give the templates their words and filters."""
    _current().furnish(env)
    return env


def on_post_page(output: str, page: Page, **_: Any) -> str:
    """Render the mathematics, last of all."""
    return _current().finish(output, page)


def on_post_build(config: MkDocsConfig) -> None:
    """Write what belongs to the whole site: fonts, search, catalogue, the page that asks for a language."""
    _current().end(config)
