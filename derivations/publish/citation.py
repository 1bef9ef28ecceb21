"""How to cite the site and each equation, from the one place where it is written: CITATION.cff."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml
from pybtex.database import BibliographyData, Entry, Person

FORMATS = ("bibtex", "apa", "csl")


class Citation:
    """The site as a work, in the formats that other programs read."""

    def __init__(self, root: Path, site_url: str) -> None:
        """Read CITATION.cff; the address is the one given there, else where the site is built for."""
        path = root / "CITATION.cff"
        self.work: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else {}
        self.url = str(self.work.get("url") or site_url).rstrip("/") + "/"
        self.title = str(self.work.get("title", "From Likelihood to Loss"))
        self.version = str(self.work.get("version", ""))
        self.date = str(self.work.get("date-released", ""))
        self.authors = [
            (str(who.get("family-names") or who.get("name") or who.get("alias")), str(who.get("given-names", "")))
            for who in self.work.get("authors", [])
        ]

    def text(self, form: str) -> str:
        """The citation in one of FORMATS."""
        return {"bibtex": self.bibtex, "apa": self.apa, "csl": self.csl}[form]()

    def bibtex(self) -> str:
        """A @software entry, as biblatex and Zotero read it; names of groups in braces."""
        people = [Person(f"{family}, {given}") if given else Person(f"{{{family}}}") for family, given in self.authors]
        fields = {"title": f"{{{self.title}}}", "version": self.version, "date": self.date, "url": self.url}
        entry = Entry("software", {name: value for name, value in fields.items() if value}, {"author": people})
        return BibliographyData({"from-likelihood-to-loss": entry}).to_string("bibtex").strip()

    def apa(self) -> str:
        """One line in the APA's style."""
        names = [f"{family}, {given[0]}." if given else family for family, given in self.authors]
        authors = ", & ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
        version = f" (Version {self.version})" if self.version else ""
        return (
            f"{authors.rstrip('.')}. ({self.date[:4] or 'n.d.'}). {self.title}{version} [Computer software]. {self.url}"
        )

    def csl(self) -> str:
        """CSL-JSON, as citation managers exchange it."""
        authors = [
            {"family": family, "given": given} if given else {"literal": family} for family, given in self.authors
        ]
        item: dict[str, Any] = {"id": "from-likelihood-to-loss", "type": "software", "title": self.title}
        item |= {"author": authors, "version": self.version, "URL": self.url}
        if self.date:
            item["issued"] = {"date-parts": [[int(part) for part in self.date.split("-")]]}
        return json.dumps([item], ensure_ascii=False, indent=2)

    def address(self, language: str, identifier: str) -> str:
        """Where an equation can be found for good."""
        return f"{self.url}{language}/equations/#{identifier}"
