"""A page for each equation, at an address of its own for good: /en/equations/coin.score/.

They are made from the catalogue by a template of ours, not through Markdown, and stand in the frame of a page that the site generator made: the list of all equations. What a
mark on an article's page opens is fetched from here.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, replace
from functools import cached_property, partial, reduce
from pathlib import Path
from typing import Any

from derivations.catalogue.permanence import history, releases
from derivations.publish.citation import JOINTS
from derivations.publish.cone import Cone, cones
from derivations.publish.embeds import LIST_OF_ALL, PageEmbeds, Site
from derivations.publish.metadata import About, Heads
from derivations.publish.provenance import Commit, content_id
from derivations.publish.typeset import untex

Entry = dict[str, Any]
FRAME = "equations/index.html"
ARTICLE = re.compile(r"(<article\b[^>]*>).*(</article>)", re.DOTALL)
CONTENTS = re.compile(r'<nav class="md-nav md-nav--secondary".*?</nav>', re.DOTALL)
"""The frame's table of contents is that of another page."""
NEIGHBOURS = re.compile(r'<link rel="(?:prev|next)"[^>]*>\s*|<nav class="md-footer__inner.*?</nav>', re.DOTALL)
OWN_ADDRESS = re.compile(r'(?<=/equations/)(?=")')
"""Where the frame says its own address: canonical, in other languages."""
TITLE = re.compile(r"(?<=<title>).*?(?=</title>)", re.DOTALL)
OWN_HEAD = re.compile(r'<meta name="description".*?<script type="application/ld\+json">.*?</script>', re.DOTALL)
"""What it says of itself."""
ANY = Commit("any of them")
"""In the place of a commit: what is kept of a page is the same for all."""
TITLED, HEAD, BODY, NAMED = "\x00titled\x00", "\x00head\x00", "\x00body\x00", "\x00named\x00"
"""What each page puts into the frame."""
PLACE = re.compile("(\x00[a-z]+\x00)")


class EquationEmbeds(PageEmbeds):
    """What the page of an equation says of others: their titles, and links to their pages."""

    def __init__(self, site: Site) -> None:
        super().__init__(site, LIST_OF_ALL)
        self.numbers = {}

    def to(self, folder: str) -> str:
        return f"../{super().to(folder)}"

    def link(self, identifier: str) -> str:
        """The page of another equation, as seen from this one."""
        return f"../{identifier}/"

    def script_link(self, entry: Entry) -> str | None:
        """The notebook page on which an equation is derived."""
        found = super().script_link(entry)
        return found and f"../{found}"

    @cached_property
    def trying(self) -> dict[str, str]:
        """What is said where readers try to break an equation, as on the terminal."""
        words = self.site.language_words
        of = partial(words.of, "terminal")
        verdicts = {key: of(f"try-{key}") for key in ("proved", "refuted", "neither", "at", "fails", "nowhere", "open", "late")}  # fmt: skip
        signs = {"colon": words["colon"], "comma": words["comma"], "unreachable": words["check-unreachable"]}
        return {**words.table("trying"), **verdicts, **signs}

    def shown_on(self, identifier: str) -> Iterator[tuple[Any, str, int | None]]:
        """The pages that show an equation: title, address as seen from this one, number there."""
        for uri in self.site.pages_using(identifier):
            number = self.site.numbers_on(uri).get(identifier)
            address = self.site.link(uri, identifier if number else "", LIST_OF_ALL)
            if uri != LIST_OF_ALL:
                yield self.site.title_of(uri), f"../{address}", number


@dataclass(frozen=True)
class EquationPage:
    """The page of one equation: its title as plain text, what it says of itself, and what stands in the frame."""

    identifier: str
    title: str
    head: str
    body: str


class EquationPages:
    """The pages of all equations in one language."""

    def __init__(self, site: Site, heads: Heads) -> None:
        self.site, self.heads = site, heads
        self.embeds = EquationEmbeds(site)
        self.citation = copy(site.citation)
        self.citation.commit = ANY
        self.releases = releases()

    @cached_property
    def cones(self) -> dict[str, Cone]:
        """What each rests on."""
        return cones(self.site.equations)

    def made_from(self, entry: Entry) -> list[Any]:
        """All that an equation's page is made from, besides what all pages are made with."""
        script = content_id(self.site.citation.root / entry["script"], entry["line"])
        return [
            self.site.around,
            self.site.hashes[entry["id"]],
            script,
            *self.embeds.shown_on(entry["id"]),
            self.embeds.script_link(entry),
        ]

    def page(self, entry: Entry) -> EquationPage:
        """One page, its mathematics still as TeX, and cited at any commit."""
        language = self.site.language
        cited = self.citation.equation(entry, language)
        body = self.embeds.render(
            "equation-page.html",
            equation=entry,
            cone=self.cones[entry["id"]],
            shown_on=list(self.embeds.shown_on(entry["id"])),
            cited=cited,
            events=history(entry["id"], entry["statement"], self.releases),
        )
        title, formula = untex(entry["title"][language]), entry["plain"][language]
        about = About(
            kind="equation",
            title=cited.title,
            description=f"{title}{self.site.words['colon']}{formula}",
            place=f"equations/{entry['id']}/",
            identifier=cited.notes[0],
            parents=tuple(f"equations/{each}/" for each in entry["parents"]),
            record=f"equations/{entry['id']}.json",
        )
        return EquationPage(entry["id"], title, self.heads.of(about), body)

    def at_commit(self, page: EquationPage) -> EquationPage:
        """The page cited at the commit that is checked out; where there is none, no note speaks of it."""
        (any_commit,), this = self.citation.state(), self.site.citation.state()
        if this:
            return replace(page, body=page.body.replace(any_commit, this[0]))
        return replace(page, body=reduce(lambda body, joint: body.replace(joint + any_commit, ""), JOINTS, page.body))


class Frame:
    """The list of all equations, finished, as the frame of pages that stand one folder deeper."""

    def __init__(self, folder: Path, name: str) -> None:
        """`folder`: the finished one of a language; `name`: what the site is called."""
        made = (folder / FRAME).read_text(encoding="utf-8")
        made = ARTICLE.sub(rf"\1{BODY}\2", made, count=1)
        made = NEIGHBOURS.sub("", CONTENTS.sub("", made))
        made = re.sub(r'((?:href|src)="|"base": "|"search": "|new URL\(")(?=\.)', r"\1../", made)
        made = OWN_ADDRESS.sub(f"{NAMED}/", made)
        made = made.replace('href="#equations"', f'href="#{NAMED}"')
        made = TITLE.sub(f"{TITLED} · {NAMED} · {html.escape(name)}", made, count=1)
        self.parts = PLACE.split(OWN_HEAD.sub(HEAD, made, count=1))

    def around(self, page: EquationPage) -> str:
        """The whole page."""
        said = {TITLED: html.escape(page.title), HEAD: page.head, NAMED: page.identifier, BODY: page.body}
        return "".join(said.get(part, part) for part in self.parts)
