"""Citations, read back by libraries other than those that wrote them; titles in Chinese, people and groups, with an address and without."""

from __future__ import annotations

import hashlib
import json
import subprocess
from dataclasses import replace
from functools import reduce
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import bibtexparser
import pytest
import rispy
import yaml
from citeproc import Citation as Asked
from citeproc import CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from pybtex.database.output import bibtex

from derivations.catalogue.verify import verify
from derivations.publish.citation import FORMATS, ITSELF, JOINTS, Citation, Cited
from derivations.publish.provenance import Commit, commit_of, content_id
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
ENTRY: dict[str, Any] = {
    "id": "coin.score",
    "title": {"zh": "得分函数（score）", "en": "Score"},
    "statement": "0ec34891148c" + "0" * 52,
    "script": "coin.py",
    "line": 3,
    "plain": {"en": "8/p - 2/(1 - p)"},
    "hypotheses": [],
    "ranges": [],
}
TOKEN = "coin.score@1.2.3+0ec34891148c"
SCRIPT = "a = 1\n\nb = a.step(\n    2,\n)\nc = 3\n"


def made(folder: Path, address: str) -> Citation:
    (folder / "CITATION.cff").write_text(WRITTEN, encoding="utf-8")
    (folder / "coin.py").write_text(SCRIPT, encoding="utf-8")
    return Citation(folder, address)


@pytest.fixture
def work(tmp_path: Path) -> Citation:
    """A work with a person and a group as its authors."""
    return made(tmp_path, ADDRESS)


@pytest.fixture(params=["zh", "en"])
def score(work: Citation, request: pytest.FixtureRequest) -> Cited:
    """An equation in it, in each language."""
    return work.equation(ENTRY, request.param)


# ------------------------------------------------------------ read back


def test_bibtex_of_an_equation_is_read_back(score: Cited) -> None:
    library = bibtexparser.parse_string(score.text("bibtex"))
    assert not library.failed_blocks
    (entry,) = library.entries
    fields = {field.key: str(field.value).strip("{}") for field in entry.fields}
    assert (entry.key, entry.entry_type) == ("coin.score", "misc")
    assert score.title == fields["title"] and "coin.score" in fields["title"]
    assert fields["author"] == "Ng, Ada and {The Group of Six"
    assert fields["url"] == f"{ADDRESS}/{score.language}/equations/coin.score/"
    assert (fields["year"], fields["version"], fields["howpublished"]) == ("2025", "1.2.3", score.within)
    assert TOKEN in fields["note"]


def test_bibtex_of_the_work_is_read_back(work: Citation) -> None:
    (entry,) = bibtexparser.parse_string(work.site("en").text("bibtex")).entries
    assert entry.entry_type == "software" and "A Work" in entry.fields_dict["title"].value


def test_ris_of_an_equation_is_read_back(score: Cited) -> None:
    (entry,) = rispy.loads(score.text("ris"))
    assert entry["type_of_reference"] == "ELEC" and entry["id"] == "coin.score"
    assert entry["authors"] == ["Ng, Ada", "The Group of Six"]
    assert entry["title"] == score.title and entry["secondary_title"] == score.within
    assert (entry["year"], entry["date"]) == ("2025", "2025/06/12")
    assert entry["urls"] == [score.url] and entry["notes"][0] == TOKEN


def test_csl_goes_through_a_citation_processor(score: Cited) -> None:
    items = json.loads(score.text("csl"))
    source = CiteProcJSON(items)
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = CitationStylesBibliography(style, source, formatter.plain)
    bibliography.register(Asked([CitationItem("coin.score")]))
    (line,) = map(str, bibliography.bibliography())
    assert "Ng" in line and "The Group of Six" in line and "2025" in line and score.title in line
    assert items[0]["note"].startswith(TOKEN)


# ------------------------------------------------------------ one line


def test_line_is_as_each_language_cites(work: Citation) -> None:
    english, chinese = (work.equation(ENTRY, language).text("line") for language in ("en", "zh"))
    where = f"{ADDRESS}/{{}}/equations/coin.score/"
    assert english.startswith(
        f"Ng, A., & The Group of Six. (2025). Score (coin.score). In From Likelihood to Loss (Version 1.2.3). {TOKEN}. "
    )
    assert english.endswith(where.format("en"))
    assert chinese.startswith(
        f"Ng A, The Group of Six. 得分函数（score）（coin.score）[EB/OL]//从似然到损失: 1.2.3 版. (2025-06-12). {TOKEN}. "
    )
    assert chinese.endswith(where.format("zh"))
    assert work.site("en").text("line") == (
        "Ng, A., & The Group of Six. (2025). A Work & its Title (Version 1.2.3) [Computer software]. https://example.org/somewhere/"
    )


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_without_an_address_none_is_claimed(tmp_path: Path, language: str, form: str) -> None:
    text = made(tmp_path, "").equation(ENTRY, language).text(form)
    assert TOKEN in text and "1.2.3" in text and "swh:1:cnt:" in text
    assert "http" not in text and "localhost" not in text and "127.0.0.1" not in text
    if form == "line":
        assert text.endswith({"zh": "尚无公开网址", "en": "No public address yet"}[language])


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_can_be_checked(score: Cited, form: str) -> None:
    assert verify(score.text(form), [ENTRY], []).kind == "unchanged"
    assert verify(score.text(form), [{**ENTRY, "statement": "f" * 64}], []).kind == "changed"


# ------------------------------------------------------------ where it stands for good


def test_lines_of_a_script_have_the_hash_that_git_gives_them(work: Citation, tmp_path: Path) -> None:
    hashed = subprocess.run(["git", "hash-object", "coin.py"], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert content_id(tmp_path / "coin.py", 3) == f"swh:1:cnt:{hashed.stdout.strip()};lines=3-5"
    assert content_id(tmp_path / "coin.py", 1).endswith(";lines=1")
    assert hashlib.sha1(f"blob {len(SCRIPT)}\0{SCRIPT}".encode()).hexdigest() == hashed.stdout.strip()


def test_commit_is_named_with_its_date_and_a_plus_where_files_were_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL"):
        monkeypatch.setenv(name, "somebody")
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2026-02-03T12:00:00+00:00")
    work = made(tmp_path, "")
    for command in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "--message", "first"]):
        subprocess.run(["git", *command], cwd=tmp_path, check=True)
    (said,) = work.state()
    assert said == f"commit {commit_of(tmp_path).hash[:12]} (2026-02-03)"
    (tmp_path / "coin.py").write_text("other = 1\n", encoding="utf-8")
    commit_of.cache_clear()
    (said,) = Citation(tmp_path, "").state()
    assert "+ (2026-02-03)" in said


def test_where_there_is_no_repository_no_commit_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert commit_of(tmp_path / "nowhere") == Commit() == commit_of(tmp_path)


@pytest.mark.parametrize("form", FORMATS)
def test_without_a_commit_its_note_goes_with_what_joins_it_to_the_others(score: Cited, form: str) -> None:
    token, script = score.notes
    commit = "commit 0123456789ab+ (2026-11-21)"
    longer = replace(score, notes=(token, commit, script)).text(form)
    assert reduce(lambda text, joint: text.replace(joint + commit, ""), JOINTS, longer) == score.text(form) != longer


def test_citation_file_is_as_the_official_schema_wants_it() -> None:
    brought = distribution("check-jsonschema").locate_file("check_jsonschema/builtin_schemas/vendor")
    schema = json.loads(Path(f"{brought}/citation-file-format.json").read_text(encoding="utf-8"))
    written = yaml.load((ROOT / "CITATION.cff").read_text(encoding="utf-8"), yaml.BaseLoader)  # a date is a text there
    checker = Draft7Validator(schema, format_checker=Draft7Validator.FORMAT_CHECKER)
    assert [each.message for each in checker.iter_errors(written)] == []
    for key, value in (("type", "poem"), ("date-released", "2026-13-41"), ("authors", [])):
        assert not checker.is_valid({**written, key: value}), key


def test_citation_file_of_the_site_is_complete() -> None:
    written = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert {"cff-version", "message", "title", "authors", "license"} <= set(written)
    ours = Citation(ROOT, ADDRESS).site("en")
    (entry,) = bibtexparser.parse_string(ours.text("bibtex")).entries
    (item,) = json.loads(ours.text("csl"))
    assert entry.fields_dict["author"].value and item["author"]
    assert written["title"] in ours.text("line")


@given(st.from_regex(ITSELF, fullmatch=True))
def test_what_is_not_looked_up_for_bibtex_stands_for_itself(text: str) -> None:
    assert bibtex.Writer()._encode(text) == text
