"""`check FILE.py`: a derivation from outside of the project, proved and told of as the project's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from derivations.catalogue.checking import Failed, check

GOOD = """
from derivations.engine import UNIT, Derivation
from derivations.engine.rules import by, differentiate, take_logarithm

mine = Derivation("mine", source="own")
p = mine.quantity("p", UNIT)
likelihood = mine.define("likelihood", "L(p) = p**3*(1 - p)")
log = mine.step("log", take_logarithm(likelihood), "log(L(p)) = 3*log(p) + log(1 - p)")
score = mine.step("score", differentiate(log, p), "d(log(L(p)), p) = 3/p - 1/(1 - p)")
"""


@pytest.fixture
def script(tmp_path: Path) -> Path:
    path = tmp_path / "outside.py"
    path.write_text(GOOD, encoding="utf-8")
    return path


def test_derivation_from_outside_is_proved(script: Path) -> None:
    assert check(script, deep=False) == "3 equations in 1 derivation: 1 definition, 2 proved, 0 certified; none failed."


def test_deep_check_tries_lines_and_variants(script: Path) -> None:
    said = check(script, deep=True).splitlines()
    assert len(said) == 3 and "refuted by the kernel" in said[2]
    wrong, by_kernel = (int(part.split()[0]) for part in said[2].split(":")[0:1] + [said[2].split(": ")[1]])
    assert wrong == by_kernel > 20


@pytest.mark.parametrize(("old", "new", "said"), [
    ("3/p - 1/(1 - p)", "3/p + 1/(1 - p)", ["outside.py:9:", "mine.score", "3/p + 1/(1 - p)", "it is false", "at p = "]),
    ("3*log(p) + log(1 - p)", "4*log(p) + log(1 - p)", ["outside.py:8:", "mine.log", "it is false"]),
    ("3/p - 1/(1 - p)", "3/q - 1/(1 - p)", ["outside.py:9:", "score", "q"]),
    ("3/p - 1/(1 - p)", "3/p - (1/(1 - p)", ["outside.py:9:", "score"]),
    ("p**3*(1 - p)", "log(p - 1)", ["outside.py:7:", "likelihood"]),
    ("import by,", "import buy,", ["outside.py:3:", "ImportError", "buy"]),
    ('step("score"', 'step("Log_Max"', ["outside.py:9:", "'Log_Max' is no identifier", "small letters"]),
    ("1/(1 - p)\")", '1/(1 - p)", through=["= 3/p - 1/(1 - p) | no-such-law"])', ["outside.py:9:", "mine.score", "no law", "no-such-law"]),
    ('p = mine.quantity("p", UNIT)', 'p = mine.quantity("p", UNIT)\nmine.family("L", UNIT, "L_{0}")', ["outside.py:8:", "L has a meaning already", "outside.py:7"]),
    ("p**3*(1 - p)", "log(p)/(p - p)", ["outside.py:7:", "likelihood", "denominator"]),
    ("score = mine", "score == mine", ["outside.py:9:", "NameError", "score"]),
    ("score = mine.step(", "score = mine.step((", ["outside.py:9:"]),
    ('mine.step("score"', 'mine.step("log"', ["outside.py:9:", "mine.log", "twice"]),
    ("log = mine", 'mine.define("again", "L(p) = p")\nlog = mine', ["outside.py:8:", "has a meaning already", "outside.py:7"]),
])  # fmt: skip
def test_what_is_wrong_is_told_with_file_line_and_statement(script: Path, old: str, new: str, said: list[str]) -> None:
    assert old in GOOD
    script.write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(Failed) as failed:
        check(script, deep=False)
    for part in said:
        assert part in str(failed.value)
    assert "Traceback" not in str(failed.value)


def test_file_without_a_derivation_is_told(script: Path) -> None:
    script.write_text("x = 1\n", encoding="utf-8")
    with pytest.raises(Failed, match="makes no derivation"):
        check(script, deep=False)


def test_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(Failed, match="no such file"):
        check(tmp_path / "nowhere.py", deep=False)


def test_deep_check_reads_what_is_printed(script: Path) -> None:
    script.write_text(
        GOOD + 'mine.quantity("q", UNIT, tex="+")\nmine.step("odd", by(), "p - q + q = p")\n', encoding="utf-8"
    )
    assert check(script, deep=False).startswith("4 equations")
    with pytest.raises(Failed, match=r"outside\.py:8: mine\.log: the TeX .* \\log\(1 - p\)"):
        check(script, deep=True)


def test_letters_that_are_written_alike_are_refused(script: Path) -> None:
    script.write_text(
        GOOD + 'mine.quantity("q", UNIT, tex="p")\nmine.step("twins", by(), "p - q + q = p")\n', encoding="utf-8"
    )
    with pytest.raises(Failed, match="outside.py:11: twins: p reads as p and as q"):
        check(script, deep=False)


def test_two_derivations_of_one_name_are_told(script: Path) -> None:
    script.write_text(
        GOOD + 'again = Derivation("mine", source="mle/1")\nagain.step("one", by(), "1 + 1 = 2")\n', encoding="utf-8"
    )
    with pytest.raises(Failed, match="two derivations have one name"):
        check(script, deep=False)
