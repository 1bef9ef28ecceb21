"""On paper: A4, as many sheets as the text needs, and only those proofs that the reader opened. An article's PDF is read back by another library."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from playwright.sync_api import Browser
from pypdf import PdfReader

from derivations.publish.papers import Paper, faces_for, find_chromium, printed
from tests.browser.chromium import at_rest
from tests.browser.test_reading import LANGUAGES, opened

pytestmark = pytest.mark.browser
ROOT = Path(__file__).resolve().parents[2]
ARTICLE = "likelihood-to-cross-entropy/"
A4 = (595, 842)
"""Its width and height in points."""
SHEETS = 16
"""The coin's article may fill these, with its asides, its answers, what rests on what and its list of symbols; with every proof open a shorter one filled 21."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_article_is_printed_on_a_reasonable_number_of_a4_sheets(
    chromium: Browser, site_server: str, language: str
) -> None:
    with opened(chromium, site_server) as watched:
        at_rest(watched.page, f"{site_server}{language}/{ARTICLE}")
        document = watched.page.pdf(prefer_css_page_size=True)
    boxes = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]", document)
    assert {(round(float(width)), round(float(height))) for width, height in boxes} == {A4}
    assert 4 < len(re.findall(rb"/Type\s*/Page\b", document)) <= SHEETS


def test_printing_shows_the_proof_that_was_opened_and_no_other(chromium: Browser, site_server: str) -> None:
    with opened(chromium, site_server) as watched:
        page = watched.page
        at_rest(page, f"{site_server}en/{ARTICLE}")
        page.locator("[id='coin.score'] a.proof").click()
        page.locator("[id='coin.score'] .opened").wait_for()
        page.emulate_media(media="print")
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        seen = page.locator(".equation .opened:visible").evaluate_all(
            "(proofs) => proofs.map((each) => each.parentElement.id)"
        )
        assert seen == ["coin.score"]
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        page.emulate_media(media="screen")
        assert page.locator(".equation .opened:visible").count() == 1
    assert watched.wrong == []


# ------------------------------------------------------------ a PDF, as `make pdf` makes it


def paper_of(site: Path, page: Path) -> Paper:
    catalogue = json.loads((site / "equations.json").read_text(encoding="utf-8"))
    return Paper(ROOT, site, page.parents[1].name, page, {entry["id"]: entry for entry in catalogue["equations"]})


@pytest.fixture(scope="module")
def paper(built_site: Path, chromium: Browser) -> Paper:
    """The shorter article in Chinese, which is the harder language."""
    return paper_of(built_site, built_site / "zh" / "deriving-cross-entropy" / "index.html")


@pytest.fixture(scope="module")
def document(paper: Paper) -> str:
    return paper.document(faces_for(ROOT, [paper]))


@pytest.fixture(scope="module")
def pdf(document: str) -> PdfReader:
    return PdfReader(BytesIO(printed(str(find_chromium()), document)))


def nodes(tree: Any) -> Iterator[dict[str, Any]]:
    """Every tag of a PDF."""
    tree = tree.get_object() if hasattr(tree, "get_object") else tree
    for each in tree if isinstance(tree, list) else [tree.get("/K", [])] if isinstance(tree, dict) else []:
        yield from nodes(each)
    if isinstance(tree, dict) and "/S" in tree:
        yield tree


def titles(outline: Any) -> list[str]:
    return [title for each in outline for title in (titles(each) if isinstance(each, list) else [each.title])]


def test_pdf_begins_with_title_authors_and_citation_and_ends_with_references(pdf: PdfReader, paper: Paper) -> None:
    first = [line.strip() for line in pdf.pages[0].extract_text().splitlines() if line.strip()]
    assert first[:3] == [
        "1",
        paper.title,
        "The From Likelihood to Loss authors",
    ]  # the number of the page is written first, below
    assert "".join(paper.cited.text("line").split()) in "".join("".join(first).split())
    assert pdf.metadata is not None and pdf.metadata.title == paper.title
    last = pdf.pages[-1].extract_text()
    assert "参考文献" in last and "唐豆" in last.partition("参考文献")[2]
    assert [page.extract_text().split()[0] for page in pdf.pages] == [str(n) for n in range(1, len(pdf.pages) + 1)]
    assert {(round(page.mediabox.width), round(page.mediabox.height)) for page in pdf.pages} == {A4}


def test_pdf_has_fonts_that_can_be_searched_and_copied(pdf: PdfReader) -> None:
    resources: list[Any] = [page["/Resources"] for page in pdf.pages]
    fonts = [font.get_object() for each in resources for font in each["/Font"].values()]
    assert {font["/Subtype"] for font in fonts} == {"/Type0"}  # no Type 3
    assert any("NotoSerifSC" in font["/BaseFont"] for font in fonts)
    assert "交叉熵" in "".join(page.extract_text() for page in pdf.pages)


def test_every_formula_of_a_pdf_can_be_read_aloud(pdf: PdfReader, document: str, paper: Paper) -> None:
    root = html.fromstring(document)
    said = [each.get("aria-label") for each in root.xpath("//*[@role='img']")]
    formulas = root.xpath("//math")
    assert len(formulas) > 200
    assert all(each.xpath("ancestor-or-self::*[@role='img' and @aria-label!='']") for each in formulas)
    tagged = [node.get("/Alt") for node in nodes(pdf.root_object["/StructTreeRoot"]) if node["/S"] == "/Figure"]
    assert sorted(filter(None, tagged)) == sorted(said)
    assert tagged.count(None) == len(root.xpath("//figure")), "each holds a drawing, which has words"
    assert paper.entries["logistic.nll"]["plain"]["zh"] in said
    assert pdf.root_object["/Lang"] == "zh"


def test_pdf_has_an_outline_with_every_section_and_every_proof(pdf: PdfReader, paper: Paper) -> None:
    outline = titles(pdf.outline)
    headings = paper.read.xpath("//article//*[self::h2 or self::h3][@id]")
    sections = [" ".join(each.text_content().split()) for each in headings]
    assert len(sections) > 8 and [each for each in outline if each in sections] == sections
    assert len(paper.proved) > 20
    assert all(any(each.endswith(f" {number}") for each in outline) for number in paper.proved.values())


def test_links_of_a_pdf_lead_within_it_where_the_site_has_no_address(
    pdf: PdfReader, document: str, paper: Paper
) -> None:
    links = [link.get_object() for page in pdf.pages for link in page.get("/Annots", [])]
    assert len([link for link in links if "/Dest" in link]) > 100
    if paper.url:
        pytest.skip("the site was built for an address")
    assert [link["/A"]["/URI"] for link in links if "/URI" in link.get("/A", {})] == []
    root = html.fromstring(document)
    assert {each[1:] for each in root.xpath("//a/@href")} <= set(root.xpath("//@id"))


def test_links_of_a_pdf_lead_to_the_site_where_it_has_an_address(built_site: Path, tmp_path: Path) -> None:
    page = tmp_path / "en" / "deriving-cross-entropy" / "index.html"
    page.parent.mkdir(parents=True)
    address = "https://example.org/loss/"
    made = (built_site / "en" / "deriving-cross-entropy" / "index.html").read_text(encoding="utf-8")
    made = "\n".join(line for line in made.splitlines() if "application/pdf" not in line)  # as before `make pdf`
    canonical = f'<link rel="canonical" href="{address}en/deriving-cross-entropy/">'
    page.write_text(made.replace("</head>", f"{canonical}</head>"), encoding="utf-8")
    paper = paper_of(built_site, page)
    outside = {each for each in html.fromstring(paper.document({})).xpath("//a/@href") if not each.startswith("#")}
    assert f"{address}en/deriving-cross-entropy/" in outside and len(outside) > 5
    for each in outside:
        assert each.startswith(address), each
        assert (built_site / each.removeprefix(address).partition("#")[0] / "index.html").is_file(), each
    paper.tell_page()
    told = page.read_text(encoding="utf-8")
    paper.tell_page()
    assert page.read_text(encoding="utf-8") == told
    root = html.fromstring(told)
    (there,) = root.xpath("/html/head/meta[@name='citation_pdf_url']/@content")
    assert there == f"{address}en/deriving-cross-entropy/deriving-cross-entropy.pdf"
    assert root.xpath("//article//a[@type='application/pdf']/@href") == ["deriving-cross-entropy.pdf"]
    assert (
        root.xpath("count(//link[@type='application/pdf']/preceding::script)") == 0
    )  # else Material's looks for a sitemap beside it
