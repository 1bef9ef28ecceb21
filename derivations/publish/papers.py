"""The articles as PDFs, made from the finished site by the machine's own Chromium: `make pdf`.

A PDF has what a reader needs away from the site: who wrote it and how to cite it, contents, the article as its page has it, and the proofs of the equations that it
displays. Each formula is an image with words to be read aloud, since Chromium tags mathematics in no other way. It lies beside the article's page, which is told of it.
"""

from __future__ import annotations

import copy
import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urljoin

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from lxml import etree, html
from markupsafe import Markup

from derivations.catalogue.files import write_atomically
from derivations.publish.chinese import chinese_font
from derivations.publish.citation import Citation, Cited
from derivations.publish.typeset import rough
from derivations.publish.words import LANGUAGES, words_in

Entry = dict[str, Any]
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
HOW_TO_INSTALL = "no Chromium on this machine: install the Debian package `chromium` (apt-get install chromium)"
OPTIONS = ("--headless", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--allow-file-access-from-files", "--no-pdf-header-footer", "--generate-pdf-document-outline")  # fmt: skip
WEIGHTS = (400, 600)
PATIENCE = 180
"""Seconds that one PDF may take."""
NOT_PRINTED = ("script", "button", "input")
WITHIN = "https://site.invalid/"
"""Where addresses within the site begin, while its own is not yet put there."""
TOLD = '<link rel="alternate" type="application/pdf"'
FIRST_SAID = '<meta name="citation_title"'
"""What a page says of itself begins here, before any script looks at its links."""
CLASS = "contains(concat(' ', @class, ' '), ' {} ')"


def find_chromium() -> str | None:
    """The path of the first browser of this family on the machine, or None."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def make_papers(root: Path, site: Path, tell: Callable[[str], None]) -> list[Path]:
    """Write a PDF beside the page of each article in each language, and tell the page.

    Raises:
        FileNotFoundError: there is no Chromium, or no site; the message says what to do.
        RuntimeError: Chromium did not print.
    """
    browser = find_chromium()
    if browser is None:
        raise FileNotFoundError(HOW_TO_INSTALL)
    if not (site / "equations.json").is_file():
        raise FileNotFoundError(f"there is no site in {site.name}/: run `make site` first")
    all_papers = list(papers(root, site))
    faces = faces_for(root, all_papers)
    for paper in all_papers:
        tell(f"printing {paper.target.relative_to(site).as_posix()} …")
        write_atomically(paper.target, printed(browser, paper.document(faces)))
        paper.tell_page()
    return [paper.target for paper in all_papers]


def papers(root: Path, site: Path) -> Iterator[Paper]:
    """What can be printed: the pages that say that they are articles."""
    catalogue = json.loads((site / "equations.json").read_text(encoding="utf-8"))
    entries = {entry["id"]: entry for entry in catalogue["equations"]}
    for language in LANGUAGES:
        for page in sorted((site / language).glob("*/index.html")):
            if 'name="citation_technical_report_institution"' in page.read_text(encoding="utf-8"):
                yield Paper(root, site, language, page, entries)


def faces_for(root: Path, shown: Sequence[Paper]) -> dict[int, str]:
    """The addresses of the Chinese typeface in both weights, with the characters that these papers show."""
    text = "".join("".join(html.fromstring(paper.document({})).itertext()) for paper in shown)
    return {weight: chinese_font(root, text, weight).as_uri() for weight in WEIGHTS}


def printed(browser: str, document: str) -> bytes:
    """An HTML file as PDF. Raises RuntimeError, with what Chromium said."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        page, target = Path(home) / "paper.html", Path(home) / "paper.pdf"
        page.write_text(document, encoding="utf-8")
        return _printed(browser, page, target, home)


def _printed(browser: str, page: Path, target: Path, home: str) -> bytes:
    folders = {"HOME": home, "XDG_CONFIG_HOME": home, "XDG_CACHE_HOME": home}  # it leaves its traces there
    sandbox = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    done = subprocess.run(
        [browser, *OPTIONS, *sandbox, f"--user-data-dir={home}", f"--print-to-pdf={target}", page.as_uri()],
        env={**os.environ, **folders},
        capture_output=True,
        text=True,
        errors="replace",
        timeout=PATIENCE,
        check=False,
    )
    if not target.is_file():
        raise RuntimeError(f"{browser} printed nothing, and said: {done.stderr.strip()[-500:]}")
    return target.read_bytes()


@dataclass(frozen=True)
class Paper:
    """An article in one language.

    Args:
        page: the finished page.
        entries: the catalogue's equations by identifier.
    """

    root: Path
    site: Path
    language: str
    page: Path
    entries: dict[str, Entry]

    @property
    def target(self) -> Path:
        """The PDF, in the folder of its page, as Google Scholar wants it."""
        return self.page.with_name(f"{self.page.parent.name}.pdf")

    @cached_property
    def place(self) -> str:
        """Where the page is within the site."""
        return f"{self.language}/{self.page.parent.name}/"

    @cached_property
    def read(self) -> html.HtmlElement:
        return _read(self.page)

    @cached_property
    def url(self) -> str:
        """The page's own address; "" where the site has none."""
        return next(iter(self.read.xpath("/html/head/link[@rel='canonical']/@href")), "")

    @cached_property
    def title(self) -> str:
        return str(self.read.xpath("string(/html/head/meta[@name='citation_title']/@content)"))

    @cached_property
    def cited(self) -> Cited:
        citation = Citation(self.root, self.url.removesuffix(self.place))
        return citation.article(self.title, self.url, self.language)

    @cached_property
    def proved(self) -> dict[str, str]:
        """The equations that it displays and that have lines of proof, with their numbers."""
        shown = {each.get("id"): each.xpath("string(a[@class='number'])") for each in _of_class(self.read, "equation")}
        return {
            identifier: number for identifier, number in shown.items() if self.entries[identifier]["proof"]["steps"]
        }

    def document(self, faces: Mapping[int, str]) -> str:
        """The whole of it as one HTML file, whose style sheets and fonts lie on this machine. `faces`: the addresses of the Chinese typeface by weight."""
        words = words_in(self.language)
        (article,) = self._prepared(self.read.xpath("//article"), self.place)
        (heading,) = article.xpath("h1")
        article.remove(heading)
        proofs = [self._proof(identifier, number) for identifier, number in self.proved.items()]
        sheets = [
            urljoin(self.page.as_uri(), each) for each in self.read.xpath("/html/head/link[@rel='stylesheet']/@href")
        ]
        environment = Environment(
            loader=FileSystemLoader(self.root / "docs" / "theme"), autoescape=True, undefined=StrictUndefined
        )
        return environment.get_template("paper.html").render(
            faces=faces,
            language=self.language,
            words=words,
            paper=self,
            sheets=sheets,
            authors=[f"{given} {family}".strip() for family, given in self.cited.authors],
            sections=[
                (each.get("id"), _inner(each), each.tag == "h3") for each in article.xpath(".//h2[@id] | .//h3[@id]")
            ],
            body=_inner(article),
            proofs=proofs,
            sources=Citation(self.root, "").sources.values(),
        )

    def tell_page(self) -> None:
        """Let the page, and Google Scholar, know of the PDF."""
        text, name = self.page.read_text(encoding="utf-8"), self.target.name
        if TOLD in text:
            return
        head = f'{TOLD} href="{name}">\n'
        head += f'<meta name="citation_pdf_url" content="{self.url}{name}">\n' if self.url else ""
        link = Markup('<p class="pdf"><a href="{}" type="application/pdf">{}</a></p>\n').format(name, words_in(self.language)["as-pdf"])  # fmt: skip
        told = text.replace(FIRST_SAID, f"{head}{FIRST_SAID}", 1).replace("</article>", f"{link}</article>", 1)
        write_atomically(self.page, told)

    def _proof(self, identifier: str, number: str) -> tuple[str, str, Markup, Markup]:
        """An equation's proof as its own page has it: identifier, number, title, lines."""
        place = f"{self.language}/equations/{identifier}/"
        page = self._prepared([_read(self.site / place / "index.html").find(".//article")], place)[0]
        (why,) = page.xpath(".//*[@id='why']")
        kept = [*_of_class(why, "holds"), *_of_class(why, "lines")]
        for each in page.xpath(".//@id/.."):
            del each.attrib["id"]
        shown = Markup("").join(Markup(html.tostring(each, encoding="unicode", with_tail=False)) for each in kept)
        return identifier, number, _inner(page.find(".//h1")), shown

    def _prepared(self, elements: list[html.HtmlElement], place: str) -> list[html.HtmlElement]:
        """Copies for paper: nothing to press, links that lead somewhere, formulas that can be read aloud."""
        copies = [copy.deepcopy(each) for each in elements]
        for element in copies:
            for each in [*element.iter(*NOT_PRINTED), *_of_class(element, "pdf")]:
                each.drop_tree()
            for link in element.iter("a"):
                self._redirect(link, place)
            for formula in element.iter("math"):
                self._name(formula)
        return copies

    def _redirect(self, link: html.HtmlElement, place: str) -> None:
        """Lead a link to where it is in this document, else to the site, else nowhere."""
        address, fragment = urldefrag(urljoin(f"{WITHIN}{place}", link.get("href", "")))
        inside = re.fullmatch(rf"{WITHIN}{self.language}/equations/(?:([\w.-]+)/)?", address)
        if address == f"{WITHIN}{self.place}" and fragment:
            link.set("href", f"#{fragment}")
        elif inside and (inside[1] or fragment) in self.proved:
            link.set("href", f"#proof-{inside[1] or fragment}")
        elif not address.startswith(WITHIN):
            pass
        elif self.url:
            there = address.replace(WITHIN, self.url.removesuffix(self.place), 1)
            link.set("href", f"{there}#{fragment}" if fragment else there)
        else:
            link.attrib.pop("href", None)

    def _name(self, formula: html.HtmlElement) -> None:
        """Make a formula an image with words."""
        tex = formula.get("alttext", "").removeprefix("\\displaystyle ")
        formula.set("role", "img")
        formula.set("aria-label", self._spoken.get(tex) or rough(tex))

    @cached_property
    def _spoken(self) -> dict[str, str]:
        """TeX of the catalogue, and the same as plain text."""
        found = {}
        for entry in self.entries.values():
            for each in (entry, *entry["parts"], *entry["hypotheses"], *entry["ranges"]):
                found[each["tex"][self.language].strip()] = each["plain"][self.language]
        return found


def _read(page: Path) -> html.HtmlElement:
    return html.fromstring(page.read_bytes(), parser=html.HTMLParser(encoding="utf-8"))


def _of_class(element: html.HtmlElement, name: str) -> list[html.HtmlElement]:
    return element.xpath(f".//*[{CLASS.format(name)}]")


def _inner(element: html.HtmlElement) -> Markup:
    """What stands in an element."""
    parts = [html.tostring(each, encoding="unicode") for each in element]
    return Markup(
        etree.tostring(element, method="text", encoding="unicode")
        if not parts
        else Markup.escape(element.text or "") + Markup("".join(parts))
    )
