"""How to cite the site and each equation: what there is to say comes from CITATION.cff and the catalogue, and is written in the formats that people and programs read.

The citation of an equation can be checked: it has `coin.score@1.0.0+5f0c1a2b3c4d` in it, which `python -m derivations verify` and the page `verify` understand.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import yaml
from pybtex.database import BibliographyData, Entry, Person
from pybtex.database.output import bibtex

from derivations.catalogue.verify import token
from derivations.publish.provenance import Commit, commit_of, content_id
from derivations.publish.typeset import untex
from derivations.publish.words import words_in

Author = tuple[str, str]
"""Family name, or the name of a group, and given name."""
KEY = "from-likelihood-to-loss"
ANONYMOUS = "anonymous"
"""How CITATION.cff says that a work names no author."""


@dataclass(frozen=True)
class Cited:
    """A work, or an equation in it.

    Args:
        key: by which a bibliography calls it.
        within: the title of the work that it stands in; "" for the work itself.
        date: as 2026-11-21; "" if it is not known.
        url: "" where the site has no address: then none is claimed.
        notes: what identifies it, to be held against a later catalogue.
    """

    key: str
    title: str
    within: str
    authors: tuple[Author, ...]
    version: str
    date: str
    url: str
    notes: tuple[str, ...]
    language: str

    def text(self, form: str) -> str:
        """In one of FORMATS."""
        return FORMATS[form](self)

    def bibtex(self) -> str:
        """An entry that BibTeX, biblatex and Zotero read: @software for the work, @misc for what stands in it; names of groups in braces."""
        people = [_person(*each) for each in self.authors]
        fields = {
            "title": f"{{{self.title}}}",
            "howpublished": f"{{{self.within}}}" if self.within else "",
            "version": self.version,
            "year": self.date[:4],
            "date": self.date,
            "url": self.url,
            "note": "; ".join(self.notes),
        }
        kept = {name: value for name, value in fields.items() if value}
        entry = Entry("misc" if self.within else "software", kept, {"author": people})
        return str(BIBTEX.to_string(BibliographyData({self.key: entry}))).strip()

    def ris(self) -> str:
        """RIS, as EndNote, Zotero and Mendeley read it."""
        lines = [
            ("TY", "ELEC" if self.within else "COMP"),
            ("ID", self.key),
            *(("AU", f"{family}, {given}" if given else family) for family, given in self.authors),
            ("TI", self.title),
            ("T2", self.within),
            ("PY", self.date[:4]),
            ("DA", self.date.replace("-", "/")),
            ("ET", self.version),
            ("LA", self.language),
            ("UR", self.url),
            *(("N1", note) for note in self.notes),
        ]
        return "\n".join([*(f"{tag}  - {value}" for tag, value in lines if value), "ER  - "])

    def csl(self) -> str:
        """CSL-JSON, as citation managers exchange it."""
        authors = [
            {"family": family, "given": given} if given else {"literal": family} for family, given in self.authors
        ]
        item: dict[str, Any] = {
            "id": self.key,
            "type": "webpage" if self.within else "software",
            "title": self.title,
            "container-title": self.within,
            "author": authors,
            "version": self.version,
            "language": self.language,
            "URL": self.url,
            "note": "; ".join(self.notes),
        }
        if self.date:
            item["issued"] = {"date-parts": [[int(part) for part in self.date.split("-")]]}
        return json.dumps([{name: value for name, value in item.items() if value}], ensure_ascii=False, indent=2)

    def line(self) -> str:
        """One line: in Chinese after GB/T 7714, in other languages after the APA."""
        return {"gbt": self._gbt, "apa": self._apa}[self.words["citation-style"]]()

    @property
    def words(self) -> dict[str, str]:
        return words_in(self.language)

    def _apa(self) -> str:
        names = [f"{family}, {given[0]}." if given else family for family, given in self.authors]
        authors = ", & ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
        version = f" (Version {self.version})" if self.version else ""
        what = (
            f"{self.title}. In {self.within}{version}" if self.within else f"{self.title}{version} [Computer software]"
        )
        return f"{authors.rstrip('.')}. ({self.date[:4] or 'n.d.'}). {what}. {'. '.join([*self.notes, self.url or self.words['no-address']])}"

    def _gbt(self) -> str:
        authors = ", ".join(f"{family} {given[0]}" if given else family for family, given in self.authors)
        within = f"//{self.within}" if self.within else ""
        version = f": {self.version} 版" if self.version else ""
        date = f"({self.date})" if self.date else ""
        return (
            f"{authors}. {self.title}[{'EB' if self.within else 'CP'}/OL]{within}{version}. {date}. "
            f"{'. '.join([*self.notes, self.url or self.words['no-address']])}"
        )


@dataclass(frozen=True)
class Source:
    """A work by others that an article of the site follows. No authors: it names none."""

    title: str
    authors: tuple[str, ...]
    date: str


JOINTS = ("; ", ". ", "\nN1  - ")
"""What stands before a note that is not the first, in each of the formats."""
FORMATS = {"line": Cited.line, "bibtex": Cited.bibtex, "ris": Cited.ris, "csl": Cited.csl}


class Citation:
    """The site as a work."""

    def __init__(self, root: Path, site_url: str) -> None:
        """Read CITATION.cff; the address is the one given there, else where the site is built for, "" for none."""
        path = root / "CITATION.cff"
        self.root = root
        self.work: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else {}
        address = str(self.work.get("url") or site_url).rstrip("/")
        self.url = f"{address}/" if address else ""
        self.title = str(self.work.get("title", KEY))
        self.version = str(self.work.get("version", ""))
        self.date = str(self.work.get("date-released", ""))
        self.authors = _authors(self.work)
        self.sources = {
            str(each["abbreviation"]): Source(
                title=str(each["title"]),
                authors=tuple(f"{given} {family}".strip() for family, given in _authors(each) if family != ANONYMOUS),
                date=str(each.get("date-released", "")),
            )
            for each in self.work.get("references", [])
        }
        """By the short names that equations and pages call them."""

    @cached_property
    def commit(self) -> Commit:
        """What is checked out."""
        return commit_of(self.root)

    def site(self, language: str) -> Cited:
        """The work itself."""
        return Cited(KEY, self.title, "", self.authors, self.version, self.date, self.url, self.state(), language)

    def article(self, title: str, url: str, language: str) -> Cited:
        """A page that follows an article, as a part of the work. `url`: "" where the site has no address."""
        within = words_in(language)["site"]
        return Cited(KEY, title, within, self.authors, self.version, self.date, url, self.state(), language)

    def equation(self, entry: Mapping[str, Any], language: str) -> Cited:
        """One equation, as a part of the work."""
        script = self.root / entry["script"]
        return Cited(
            key=entry["id"],
            title=words_in(language)["with-identifier"].format(untex(entry["title"][language]), entry["id"]),
            within=words_in(language)["site"],
            authors=self.authors,
            version=self.version,
            date=self.date,
            url=self.address(language, entry["id"]),
            notes=(token(dict(entry), self.version), *self.state(), content_id(script, entry["line"])),
            language=language,
        )

    def state(self) -> tuple[str, ...]:
        """The commit and its date, where there is one; with a plus where files were changed since."""
        if not self.commit.hash:
            return ()
        return (f"commit {self.commit.short} ({self.commit.date})",)

    def address(self, language: str, identifier: str) -> str:
        """Where an equation can be found for good; "" where the site has no address."""
        return f"{self.url}{language}/equations/{identifier}/" if self.url else ""


ITSELF = re.compile(r"[A-Za-z0-9\u4e00-\u9fff（）、，；：《》 .,:;/()+@={}-]*")


class _BibTeX(bibtex.Writer):
    """pybtex's, which looks up every character of every field in LaTeX's tables, but for what stands there for itself."""

    def _encode(self, text: str) -> str:
        return text if ITSELF.fullmatch(text) else str(super()._encode(text))


BIBTEX = _BibTeX()


@cache
def _person(family: str, given: str) -> Person:
    return Person(f"{family}, {given}" if given else f"{{{family}}}")


def _authors(work: Mapping[str, Any]) -> tuple[Author, ...]:
    return tuple(
        (str(who.get("family-names") or who.get("name") or who.get("alias")), str(who.get("given-names", "")))
        for who in work.get("authors", [])
    )
