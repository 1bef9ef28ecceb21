"""What a page says of itself in its head: to readers of citations (Google Scholar, Zotero), to catalogues (Dublin Core), to search engines (JSON-LD) and to whoever shares a link (Open Graph).

Where the site will be is said only if somebody said it (SITE_URL); without that, nothing claims an address.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jinja2.utils import htmlsafe_json_dumps

from derivations.publish.card import NAME
from derivations.publish.citation import Source
from derivations.publish.embeds import Site
from derivations.publish.root import alternates

LICENCES = "https://spdx.org/licenses/"
LEARNING = "LearningResource"
TYPES = {
    "home": ["WebSite"],
    "article": ["ScholarlyArticle", LEARNING],
    "derivation": [LEARNING],
    "question": [LEARNING],
    "equation": ["ScholarlyArticle", LEARNING],
    "page": ["WebPage"],
}
"""The kinds of pages, in the words of schema.org."""


@dataclass(frozen=True)
class About:
    """What there is to say of one page.

    Args:
        kind: one of TYPES.
        place: its address below that of its language.
        follows: the article by others that it follows, if any.
        identifier: by which its content can be held against a later catalogue; "" for none.
        parents: the places of pages on which its content rests.
        record: the same for programs, as an address below the site's; "" for none.
    """

    kind: str
    title: str
    description: str
    place: str
    follows: Source | None = None
    identifier: str = ""
    parents: tuple[str, ...] = ()
    record: str = ""


class Heads:
    """The heads of the pages of one language.

    Args:
        address: where the site will be; None: nobody said.
        picture: what is to be seen in the picture that goes with a shared link; "" for none.
    """

    def __init__(self, site: Site, address: str | None, picture: str = "") -> None:
        self.site, self.address, self.picture = site, address, picture

    def of(self, about: About) -> str:
        """What the page says of itself, as HTML for its head."""
        citation = self.site.citation
        return self.site.environment.get_template("embeds/head.html").render(
            about=about,
            url=self._url(about.place),
            alternates=alternates(self.address, about.place) if self.address else {},
            card=self._card(),
            picture=self.picture,
            authors=[", ".join(name).strip() for name in citation.authors],
            names=self._names(),
            date=citation.date,
            version=citation.version,
            licences=self._licences(),
            data=htmlsafe_json_dumps(self.linked_data(about), ensure_ascii=False),
            language=self.site.language,
            words=self.site.words,
        )

    def linked_data(self, about: About) -> dict[str, Any]:
        """The page as JSON-LD, in the vocabulary of schema.org."""
        citation, url = self.site.citation, self._url(about.place)
        home = {"@type": "WebSite", "name": self.site.words["site"], "url": self._url("")}
        source = about.follows
        based_on = (
            [{"@type": "Article", "name": source.title, "author": list(source.authors), "datePublished": source.date}]
            if source
            else []
        )
        record = {"@type": "MediaObject", "encodingFormat": "application/json", "contentUrl": f"{self.address}{about.record}"}  # fmt: skip
        said = {
            "@context": "https://schema.org",
            "@type": TYPES[about.kind],
            "@id": url,
            "url": url,
            "name": about.title,
            "headline": about.title if "ScholarlyArticle" in TYPES[about.kind] else "",
            "description": about.description,
            "image": self._card(),
            "identifier": about.identifier,
            "inLanguage": self.site.language,
            "author": [
                {"@type": "Person", "familyName": family, "givenName": given}
                if given
                else {"@type": "Organization", "name": family}
                for family, given in citation.authors
            ],
            "datePublished": citation.date,
            "version": citation.version,
            "license": self._licences(),
            "keywords": ", ".join(citation.work.get("keywords", [])) if about.kind == "home" else "",
            "isPartOf": _without_empty(home) if about.kind != "home" else {},
            "isBasedOn": [_without_empty(each) for each in based_on]
            + [{"@id": self._url(each)} for each in about.parents if self.address],
            "encoding": record if about.record and self.address else {},
        }
        return _without_empty(said)

    def _url(self, place: str) -> str:
        return f"{self.address}{self.site.language}/{place}" if self.address else ""

    def _card(self) -> str:
        return self._url(NAME) if self.picture else ""

    def _names(self) -> list[str]:
        return [f"{given} {family}".strip() for family, given in self.site.citation.authors]

    def _licences(self) -> list[str]:
        said = self.site.citation.work.get("license", [])
        return [f"{LICENCES}{each}" for each in ([said] if isinstance(said, str) else said)]


def _without_empty(said: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in said.items() if value}
