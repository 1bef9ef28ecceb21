"""What a page of prose contains, read without rendering it: its embeds, its headings, and where each stands.

Jinja2's own syntax tree gives the embeds with their line numbers, so a page is understood in one way only: the way it
will be expanded.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from pathlib import Path, PurePosixPath
from posixpath import relpath
from typing import Any

from jinja2 import Environment, StrictUndefined, TemplateSyntaxError, nodes

HEADING = re.compile(r"^(?:/{3,} \w+ \| )?(?P<marks>#{1,6})\s+(?P<text>.*?)\s*(?:\{\s*#(?P<id>[^\s}]+)\s*\})?\s*$")
"""A heading may be the title of a block: `/// aside | ### Title { #id }`."""
FENCE = re.compile(r"^\s*(```|~~~)")
FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
EMBED = re.compile(r"\{\{.*?\}\}", re.DOTALL)


@dataclass(frozen=True)
class Embed:
    """One call such as `eq("coin.score")` on a page."""

    name: str
    arguments: tuple[Any, ...]
    options: tuple[tuple[str, Any], ...]
    line: int

    @property
    def identifier(self) -> str | None:
        """What the embed asks for, where it asks for one thing."""
        return self.arguments[0] if self.arguments and isinstance(self.arguments[0], str) else None

    @property
    def call(self) -> str:
        """The embed as a reader would write it, for comparing languages and for messages."""
        options = [f"{name}={value!r}" for name, value in self.options]
        return f"{self.name}({', '.join([*map(repr, self.arguments), *options])})"


@dataclass(frozen=True)
class Heading:
    """A heading, with the id that both languages share."""

    level: int
    text: str
    id: str | None
    line: int


@dataclass
class PageSource:
    """One Markdown page as it was written."""

    path: Path
    uri: str
    text: str
    embeds: list[Embed] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    problems: list[tuple[int, str]] = field(default_factory=list)

    @cached_property
    def embedded(self) -> frozenset[str]:
        """The identifiers of all equations that the page embeds in any form."""
        return frozenset(embed.identifier for embed in self.embeds if embed.identifier)

    @cached_property
    def displayed(self) -> list[str]:
        """The identifiers of the equations on a line of their own, (1) first."""
        return [embed.identifier for embed in self.embeds if embed.name == "eq" and embed.identifier]

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Their numbers for reading, (1), (2), …"""
        return {identifier: number for number, identifier in enumerate(self.displayed, start=1)}

    @property
    def shown_of_it(self) -> list[Any]:
        """What other pages show of it: its headings, and what it embeds."""
        return [[each.text for each in self.headings], [[each.name, each.identifier] for each in self.embeds]]

    @cached_property
    def blanked(self) -> str:
        """The text with front matter and embeds blanked out, every line still in its place."""
        blank = lambda found: re.sub(r"[^\n]", " ", found.group())  # noqa: E731
        return EMBED.sub(lambda found: "\x00" + blank(found)[1:], FRONT_MATTER.sub(blank, self.text))


def notebook_page(script: str) -> str:
    """The page of a script: derivations/coin_general.py is read at derivations/coin-general/."""
    return f"derivations/{Path(script).stem.replace('_', '-')}.ipynb"


def address_of(uri: str) -> str:
    """Where a page is found below its language's folder: a folder of its own, so that addresses name no file."""
    path = PurePosixPath(uri).with_suffix("")
    folder = path.parent if path.name == "index" else path
    return "" if folder == PurePosixPath(".") else f"{folder}/"


@cache
def relative(address: str, reader_at: str) -> str:
    """One page's address as seen from another."""
    return relpath(address or ".", reader_at or ".") + "/"


def embed_environment() -> Environment:
    """Jinja2 as pages use it: embeds only. `{#` is left alone, because `{#id}` is how Markdown writes a heading's id."""
    return Environment(
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        autoescape=False,
        comment_start_string="{##",
        comment_end_string="##}",
    )


def read_page(path: Path, folder: Path) -> PageSource:
    """Read one page; whatever is malformed is collected in `problems` as (line, message)."""
    return _understood(path, path.relative_to(folder).as_posix(), path.read_text(encoding="utf-8"))


@lru_cache(maxsize=200)
def _understood(path: Path, uri: str, text: str) -> PageSource:
    source = PageSource(path, uri, text)
    try:
        tree = embed_environment().parse(source.text)
    except TemplateSyntaxError as error:
        source.problems.append((error.lineno, f"malformed embed: {error.message}"))
    else:
        _collect_embeds(tree, source)
    _collect_headings(source)
    return source


def read_pages(folder: Path) -> dict[str, PageSource]:
    """Every Markdown page below `folder`, by its address in it."""
    return {page.uri: page for page in (read_page(path, folder) for path in sorted(folder.rglob("*.md")))}


def numbers_of(pages: Mapping[str, PageSource]) -> dict[str, list[str]]:
    """Of each page that displays equations their identifiers, (1) first."""
    return {uri.removesuffix(".md"): source.displayed for uri, source in pages.items() if source.displayed}


def _collect_embeds(tree: nodes.Template, source: PageSource) -> None:
    """Embeds in order of appearance. Anything in braces that is not a plain call of a name is a problem."""
    for node in tree.body:
        if not isinstance(node, nodes.Output):
            source.problems.append(
                (node.lineno, f"malformed embed: {type(node).__name__.lower()} is not used in pages")
            )
            continue
        for part in node.nodes:
            if isinstance(part, nodes.TemplateData):
                continue
            if not isinstance(part, nodes.Call) or not isinstance(part.node, nodes.Name):
                source.problems.append((part.lineno, 'malformed embed: write it as {{ name("identifier") }}'))
                continue
            _collect_call(part, part.node.name, source)


def _collect_call(call: nodes.Call, name: str, source: PageSource) -> None:
    """Keep one call whose arguments are all constants."""
    try:
        arguments = tuple(argument.as_const() for argument in call.args)
        options = tuple((option.key, option.value.as_const()) for option in call.kwargs)
    except nodes.Impossible:
        source.problems.append((call.lineno, f"malformed embed: the arguments of {name} must be quoted"))
        return
    if call.dyn_args is not None or call.dyn_kwargs is not None:
        source.problems.append((call.lineno, f"malformed embed: {name} takes no starred arguments"))
        return
    source.embeds.append(Embed(name, arguments, options, call.lineno))


def _collect_headings(source: PageSource) -> None:
    """Headings outside fenced code."""
    fenced = False
    for number, line in enumerate(source.blanked.splitlines(), start=1):
        if FENCE.match(line):
            fenced = not fenced
        elif not fenced and (found := HEADING.match(line)):
            source.headings.append(Heading(len(found["marks"]), found["text"], found["id"], number))
