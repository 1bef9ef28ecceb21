"""What is published says what was proved: altered TeX does not pass."""

from __future__ import annotations

import copy

import pytest

from derivations.catalogue.making import records
from derivations.catalogue.reading import SaysAnother, read_back
from derivations.catalogue.scripts import derivations_in
from derivations.words import read_all

ALTERED = {
    "another number": (r"\frac{8}{p}", r"\frac{7}{p}"),
    "another sign": ("- ", "+ "),
    "another letter": ("{p}", "{q}"),
    "no asking": (r"\overset{\text{set}}{=} 0", "= 0"),
}


@pytest.fixture(scope="module")
def coin():
    from derivations import coin, coin_sequence

    made = {each.name: each for module in (coin_sequence, coin) for each in derivations_in(module)}
    return made["coin"], {each["id"]: each for each in records(made, read_all())}


def test_published_tex_of_statement_and_lines_says_what_was_proved(coin):
    derivation, entries = coin
    for identifier in ("coin.score", "coin.maximum", "coin.likelihood"):
        assert read_back(derivation.equations[identifier], entries[identifier], read_all()) > 1


@pytest.mark.parametrize("kind", ALTERED)
def test_altered_statement_is_told_with_its_identifier(coin, kind):
    derivation, entries = coin
    record = copy.deepcopy(entries["coin.score"])
    old, new = ALTERED[kind]
    assert old in record["tex"]["en"]
    record["tex"]["en"] = record["tex"]["en"].replace(old, new, 1)
    with pytest.raises(SaysAnother, match="coin.score"):
        read_back(derivation.equations["coin.score"], record, read_all())


def test_altered_line_of_a_nested_proof_is_told(coin):
    derivation, entries = coin
    record = copy.deepcopy(entries["coin.maximum"])
    line = record["proof"]["steps"][0]["parts"][1]["steps"][-2]["tex"]
    line["zh"] = line["zh"].replace("5", "6")
    with pytest.raises(SaysAnother, match="zh"):
        read_back(derivation.equations["coin.maximum"], record, read_all())
