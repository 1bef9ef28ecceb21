"""What the site's page `verify` answers, in the reader's browser, is what `python -m derivations verify` answers."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from derivations.catalogue import verify
from derivations.catalogue.permanence import Release, retired
from derivations.catalogue.verify import DIGITS, answered, facts, token
from derivations.publish.citation import FORMATS, Citation
from tests.catalogue.in_browser import answers

Catalogue = dict[str, Any]
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def known(few: Catalogue, of: Callable[[str], Any], monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Facts in which the score was something else in two releases, and something else again in a third."""
    score = of("coin.score")["statement"]
    had = [("1.0.0", "a" * 64, "S = 1"), ("1.1.0", "a" * 64, "S = 1"), ("1.2.0", "b" * 64, "S = 2")]
    releases = [Release(version, "2026-01-01", {"coin.score": {"statement": each, "plain": plain}}, {}) for version, each, plain in had]  # fmt: skip
    reason = {
        "id": "coin.score",
        "date": "2026-02-01",
        "reason": {"zh": "写错了", "en": "it was wrong"},
        "statement": score,
    }
    monkeypatch.setattr(verify, "changed", lambda: [reason])
    return facts(few["equations"], releases)


def test_page_answers_as_the_command(known: dict[str, Any], of: Callable[[str], Any]) -> None:
    citation = Citation(ROOT, "https://example.org/loss/")
    cited = [
        FORMATS[form](citation.equation(of(each), language))
        for form in FORMATS
        for language in ("zh", "en")
        for each in ("coin.score", "coin.mle")
    ]
    good, gone = token(of("coin.score"), "1.0.0"), retired()[0]["id"]
    asked = [
        *cited,
        *(f"coin.score@1.0.0+{'a' * DIGITS}", f"coin.score@1.2.0+{'b' * 64}", f"coin.score@1.0.0+{'c' * DIGITS}"),
        *(f"{gone}@1.0.0+{'0' * DIGITS}", f"coin.scoer@1.0.0+{'0' * DIGITS}", f"zzz.zzz@1.0.0+{'0' * DIGITS}"),
        *(good[:-1], "coin.score@1.0", "coin.score", "coin.scoer@1", "", "a text about coins", "www.example.org"),
        *(f"«{good}»", f"x{good}", f"({good}, p. 3)", good.replace("+", r"\+").replace("@", r"\@"), f"{good[:20]}\u200b{good[20:]}"),
        *(f"coin.mle and {good}", f"coin.score@1.0.0 but {good}", f"{gone}, cut", f"得分{good}", f"， {good}"),
    ]  # fmt: skip
    found = answers(["find.js", "verify.js"], "verifyCitation", known, asked)
    for text, there in zip(asked, found, strict=True):
        assert there == json.loads(json.dumps(asdict(answered(text, known)))), text
    assert {each["kind"] for each in found} == {"unchanged", "changed", "retired", "unknown", "incomplete", "none"}
    assert {each["kind"] for each in found[: len(cited)]} == {"unchanged"}
    changed = found[len(cited)]
    assert (changed["version"], changed["before"], changed["reason"]) == ("1.1.0", "S = 1", "it was wrong")
