"""The example in CONTRIBUTING.md, from the empty file to the finished page, as it stands there."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from derivations.words import read_all
from tests.contributing.following import HALVES, blocks
from tests.publish.conftest import Checkout

ENGLISH = list(blocks(HALVES["en"]))


def test_both_languages_have_the_same_blocks_in_the_same_order() -> None:
    assert list(blocks(HALVES["zh"])) == ENGLISH
    assert len(ENGLISH) > 10


def test_every_block_of_code_is_followed() -> None:
    for half in HALVES.values():
        assert half.count("\n```") == 2 * len(list(blocks(half)))


@pytest.mark.slow
def test_who_follows_the_text_has_a_page_with_proof_figure_and_test(contributor: Checkout) -> None:
    said = ""
    for block in ENGLISH:
        done = block.follow(contributor)
        if done is not None:
            assert done.returncode == 0, f"{block.text}{done.stdout}{done.stderr}"
            said += done.stdout
    assert "11 equations in 1 derivation: 5 definition, 6 proved, 0 certified; none failed" in said
    assert read_all()["en"].law("rises-falls") in said
    assert re.search(r"^tests +[1-9]\d* passed, 0 failed.*: tests/derivations/test_exponential\.py", said, re.MULTILINE)
    assert contributor.catalogue_file.is_file()
    proved = {each["id"]: each for each in contributor.catalogue()["equations"]}
    assert proved["exponential.maximum"]["verdict"] == "proved" and proved["exponential.maximum"]["proof"]["steps"]
    for language, words in read_all().items():
        page = (contributor.folder / "site" / language / "exponential" / "index.html").read_text(encoding="utf-8")
        for part in (
            'id="exponential.maximum"',
            words.law("rises-falls"),
            'data-equation="exponential.three-factors"',
            '<span class="num">0.2</span>',
        ):
            assert part in page, f"{language}: {part}"
        home = (contributor.folder / "site" / language / "index.html").read_text(encoding="utf-8")
        assert 'href="exponential/"' in home and 'href="derivations/exponential/"' in home


@pytest.mark.slow
def test_an_example_that_no_longer_works_is_noticed(contributor: Checkout) -> None:
    """One sign in the first block, and its first command fails."""
    derivation, command = ENGLISH[0], ENGLISH[1]
    replace(derivation, text=derivation.text.replace("n/r - s =! 0", "n/r + s =! 0")).follow(contributor)
    done = command.follow(contributor)
    assert done is not None and done.returncode == 1
    assert "exponential.score" in done.stderr and "derivations/exponential.py:" in done.stderr


@pytest.mark.slow
def test_what_is_left_out_is_named_with_the_file_and_the_line_to_add(contributor: Checkout) -> None:
    """Without the words of one language, the line of the navigation and the permanent list; each is asked for by `make check`."""
    for block in ENGLISH:
        if block.file and block.file not in ("mkdocs.yml", "tests/engine/published_identifiers.txt"):
            block.follow(contributor)
    words = contributor.folder / "derivations" / "words" / "en.toml"
    words.write_text(
        words.read_text(encoding="utf-8").replace('"exponential.score" = "Score of the waiting times"\n', ""),
        encoding="utf-8",
    )
    done = contributor.make("check")
    assert done.returncode != 0
    assert re.search(r"derivations/words/en\.toml:\d+: \[titles\] has no 'exponential\.score'", done.stdout), (
        done.stdout
    )
    listed = next(block.text for block in ENGLISH if block.file.endswith("published_identifiers.txt"))
    told = "\n".join(line.strip() for line in done.stdout.splitlines())
    assert f"add to tests/engine/published_identifiers.txt:\n{listed}" in told
    assert "mkdocs.yml: the nav does not list exponential.md: add `- exponential.md`" in done.stdout
