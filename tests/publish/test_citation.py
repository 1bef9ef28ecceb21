"""Citations that other programs can read, from CITATION.cff."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from pybtex.database import parse_string

from derivations.publish.citation import Citation
from tests.publish.conftest import ROOT

ADDRESS = "https://example.org/somewhere"
WRITTEN = """
cff-version: 1.2.0
title: A Work & its Title
version: 1.2.3
date-released: 2025-06-12
authors:
  - {family-names: Ng, given-names: Ada}
  - {name: The Group of Six}
"""


@pytest.fixture
def work(tmp_path: Path) -> Citation:
    """A work with a person and a group as its authors."""
    (tmp_path / "CITATION.cff").write_text(WRITTEN, encoding="utf-8")
    return Citation(tmp_path, ADDRESS)


def test_bibtex_is_read_by_pybtex_as_it_was_meant(work: Citation) -> None:
    (entry,) = parse_string(work.text("bibtex"), "bibtex").entries.values()
    assert entry.type == "software"
    assert [str(person) for person in entry.persons["author"]] == ["Ng, Ada", "{The Group of Six}"]
    assert entry.fields["date"] == "2025-06-12"
    assert entry.fields["version"] == "1.2.3"
    assert entry.fields["url"] == f"{ADDRESS}/"
    assert "A Work" in entry.fields["title"]


def test_csl_is_json_with_authors_and_date(work: Citation) -> None:
    (item,) = json.loads(work.text("csl"))
    assert item["author"] == [{"family": "Ng", "given": "Ada"}, {"literal": "The Group of Six"}]
    assert item["issued"] == {"date-parts": [[2025, 6, 12]]}
    assert (item["type"], item["title"], item["URL"]) == ("software", "A Work & its Title", f"{ADDRESS}/")


def test_apa_names_authors_year_and_title(work: Citation) -> None:
    assert work.text("apa") == (
        "Ng, A., & The Group of Six. (2025). A Work & its Title (Version 1.2.3) [Computer software]. https://example.org/somewhere/"
    )


@pytest.mark.parametrize("language", ["zh", "en"])
def test_equation_has_an_address_of_its_own(work: Citation, language: str) -> None:
    assert work.address(language, "coin.score") == f"{ADDRESS}/{language}/equations/#coin.score"


def test_citation_file_of_the_site_is_complete() -> None:
    written = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert {"cff-version", "message", "title", "authors", "license"} <= set(written)
    ours = Citation(ROOT, ADDRESS)
    (entry,) = parse_string(ours.text("bibtex"), "bibtex").entries.values()
    (item,) = json.loads(ours.text("csl"))
    assert entry.persons["author"] and item["author"]
    assert written["title"] in ours.text("apa")
