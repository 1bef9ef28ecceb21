"""The built site, read as its readers' machines read it."""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from lxml import html

LANGUAGES = ("zh", "en")
CODE = ("script", "style", "code", "pre", "math", "svg")


@dataclass(frozen=True)
class Page:
    """One HTML file."""

    site: Path
    path: Path

    @property
    def name(self) -> str:
        """Its address below the site's root: zh/cite/index.html."""
        return self.path.relative_to(self.site).as_posix()

    @property
    def language(self) -> str:
        return self.name.partition("/")[0]

    @property
    def below_language(self) -> str:
        """The same for both languages: cite/index.html."""
        return self.name.partition("/")[2]

    @cached_property
    def source(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def root(self) -> html.HtmlElement:
        return html.fromstring(self.source.encode(), parser=html.HTMLParser(encoding="utf-8"))

    @cached_property
    def article(self) -> html.HtmlElement:
        return self.root.find(".//article")

    @cached_property
    def anchors(self) -> list[str]:
        """The ids of the page's own text, in order."""
        return self.article.xpath(".//@id")

    @cached_property
    def equations(self) -> list[str]:
        """The identifiers of the equations that it displays, in order."""
        return [each.get("id") for each in self.article.find_class("equation")]

    @cached_property
    def figures(self) -> list[str]:
        return [each.get("id") for each in self.article.iter("figure")]

    @cached_property
    def numbers(self) -> list[str]:
        """The numbers embedded in its text."""
        return [each.text_content() for each in self.article.find_class("num")]

    @cached_property
    def prose(self) -> str:
        """What a reader sees as text: no code, no drawings, no mathematics."""
        body = copy.deepcopy(self.root.find("body"))
        for element in [*body.iter(*CODE)]:
            element.drop_tree()
        return body.text_content()

    def tex(self, element: html.HtmlElement) -> list[str]:
        """The TeX of the formulas within an element."""
        return [each.get("alttext") for each in element.iter("math")]


def pages_of(site: Path) -> list[Page]:
    """Every page of both languages."""
    return [Page(site, path) for language in LANGUAGES for path in sorted((site / language).rglob("*.html"))]


def addresses(text: str) -> list[str]:
    """What a style sheet would fetch."""
    return re.findall(r"url\(\s*[\"']?([^\"')]+)", text) + re.findall(r"@import\s+[\"']([^\"']+)", text)
