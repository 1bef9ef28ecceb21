"""A language is a file: the same keys in each, all that is asked for, and a third one works without a line of code."""

from __future__ import annotations

import re
import shutil
import tomllib
from pathlib import Path
from typing import Any

import pytest

from derivations import coin, coin_sequence
from derivations.catalogue.files import FOLDER
from derivations.catalogue.making import every_law, laws, records
from derivations.catalogue.scripts import SCRIPTS, derivations_in, script_path
from derivations.engine.kernel.laws import LAWS
from derivations.words import WordMissing, faults, languages, read_all

Catalogue = dict[str, Any]
SECTION = re.compile(r"^# § ([\w.-]+)$", re.MULTILINE)
WORD = re.compile(r"\\word\{+([^{}]+)\}")


def test_no_language_lacks_a_word_or_has_one_more(catalogue: Catalogue) -> None:
    wanted = {"titles": [each["id"] for each in catalogue["equations"]], "laws": every_law()}
    assert faults(wanted) == []


def test_every_law_has_a_name_and_its_formula_or_says_why_not() -> None:
    formulas = tomllib.loads((FOLDER / "catalogue" / "laws.toml").read_text(encoding="utf-8"))
    assert set(formulas) == set(every_law())
    named = laws(read_all())
    assert len({law["name"]["en"] for law in named.values()}) == len(named)
    assert {key for key, law in named.items() if not law["tex"]["en"]} <= set(every_law()) - set(LAWS) | {"hypothesis"}


@pytest.mark.parametrize("script", SCRIPTS)
def test_every_section_of_a_script_has_its_words(script: str) -> None:
    sections = SECTION.findall(script_path(script).read_text(encoding="utf-8"))
    assert sections and sections[0] == script.replace("_", "-")
    for words in read_all().values():
        assert set(words.derivation(script.replace("_", "-"))["sections"]) == set(sections)


def test_every_word_within_a_formula_is_there() -> None:
    sources = [*FOLDER.glob("*.py"), *(FOLDER / "engine").glob("*.py"), FOLDER / "catalogue" / "laws.toml"]
    asked = {word for path in sources for word in WORD.findall(path.read_text(encoding="utf-8"))} - {"…"}
    for words in read_all().values():
        assert asked - {"class}"} <= set(words.table("formulas"))


@pytest.fixture
def three(tmp_path: Path) -> Path:
    """Esperanto, as far as a test speaks it: every word of English with another in front."""
    for language in languages():
        shutil.copy(FOLDER / "words" / f"{language}.toml", tmp_path)
    english = (tmp_path / "en.toml").read_text(encoding="utf-8")
    invented = re.sub(r'^((?:"[^"]+"|[\w-]+) = ["\'])(?!["\'])', r"\1ĉi-", english, flags=re.MULTILINE)
    (tmp_path / "eo.toml").write_text(invented.replace("position = 2", "position = 3"), encoding="utf-8")
    return tmp_path


def test_third_language_is_one_more_file(three: Path) -> None:
    by_language = read_all(three)
    assert list(by_language) == [*languages(), "eo"] and faults({}, three) == []
    derived = {each.name: each for module in (coin_sequence, coin) for each in derivations_in(module)}
    score = next(each for each in records(derived, by_language) if each["id"] == "coin.score")
    assert score["title"]["eo"] == "ĉi-Score" and r"\text{ĉi-set}" in score["tex"]["eo"]
    assert score["reason"]["eo"].startswith("ĉi-derivative of a logarithm")
    assert set(score["proof"]["steps"][0]["tex"]) == {"zh", "en", "eo"}


def edit(file: Path, *changes: tuple[str, str]) -> None:
    """The words of an earlier reading are forgotten."""
    text = file.read_text(encoding="utf-8")
    for old, new in changes:
        assert re.search(old, text, re.MULTILINE), old
        text = re.sub(old, new, text, count=1, flags=re.MULTILINE)
    file.write_text(text, encoding="utf-8")
    read_all.cache_clear()


def line_of(file: Path, begins: str) -> int:
    lines = file.read_text(encoding="utf-8").splitlines()
    return next(at for at, line in enumerate(lines, 1) if line.lstrip('"').startswith(begins))


def test_missing_odd_empty_and_exchanged_words_are_told_once_with_file_and_line(three: Path) -> None:
    odd, short = three / "eo.toml", three / "zh.toml"
    edit(
        odd,
        ('"coin.score" = "ĉi-Score"', '"coin.scoer" = "ĉi-Score"'),
        (r"\[derivations.coin.sections.maximum\]", "[derivations.coin.sections.maximun]"),
    )
    edit(
        short,
        (r'^"coin\.ways" = .*\n', ""),
        (r'^"coin\.ratio" = .*', '"coin.ratio" = " "'),
        (r'^"coin\.mle" = .*', '"coin.mle" = "Estimate"'),
    )
    wanted = {
        "titles": list(read_all()["en"].table("titles")),
        "derivations.coin.sections": list(read_all()["en"].table("derivations.coin.sections")),
    }
    assert sorted(faults(wanted, three)) == sorted(
        [
            f"eo.toml:{line_of(odd, 'coin.scoer')}: [titles] has no 'coin.score'; it has 'coin.scoer', which nothing asks for",
            f"eo.toml:{line_of(odd, '[derivations.coin.sections.maximun')}: [derivations.coin.sections] has no 'maximum'; it has 'maximun', which nothing asks for",
            f"zh.toml:{line_of(short, '[titles]')}: [titles] has no 'coin.ways'; nearest: coin.score, coin.ratio, coin.at-one",
            f"zh.toml:{line_of(short, 'coin.ratio')}: [titles] 'coin.ratio' is empty",
            f"zh.toml:{line_of(short, 'coin.mle')}: [titles] 'coin.mle' is 'Estimate', which is in another language",
        ]
    )
    with pytest.raises(WordMissing, match=r"eo\.toml:\d+: \[titles\] has no 'coin\.score'; nearest: coin\.scoer"):
        read_all(three)["eo"].title("coin.score")


def test_words_that_are_no_toml_end_the_program_with_file_and_line(three: Path) -> None:
    edit(three / "eo.toml", (r"^\[titles\]", "[titles"))
    with pytest.raises(SystemExit, match=rf"derivations/words/eo\.toml:{line_of(three / 'eo.toml', '[titles')}: "):
        read_all(three)


def test_nothing_is_made_while_a_language_lacks_a_title(three: Path) -> None:
    path = three / "eo.toml"
    path.write_text(
        re.sub(r'^"coin-sequence\.heads" = .*\n', "", path.read_text(encoding="utf-8"), flags=re.MULTILINE),
        encoding="utf-8",
    )
    read_all.cache_clear()
    derived = {each.name: each for each in derivations_in(coin_sequence)}
    with pytest.raises(WordMissing, match=r"eo\.toml.*coin-sequence\.heads"):
        records(derived, read_all(three))
