"""`verify` and `diff`, as one types them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from derivations.__main__ import main
from derivations.catalogue.making import known_catalogue
from derivations.catalogue.verify import token


def run(*arguments: str, given: str | None = None) -> Result:
    return CliRunner().invoke(main, list(arguments), input=given)


@pytest.fixture(scope="module")
def cited() -> str:
    entry = next(each for each in known_catalogue()["equations"] if each["id"] == "coin.score")
    return token(entry, "1.0.0")


def test_verify_answers_from_argument_and_standard_input(cited: str) -> None:
    for done in (run("verify", f"Score, {cited}."), run("verify", given=f"@misc{{x,\n note = {{{cited}}}\n}}")):
        assert done.exit_code == 0 and done.stdout.startswith("unchanged: coin.score")


def test_verify_exits_with_1_for_what_is_different_and_2_for_what_is_no_citation(cited: str) -> None:
    different = run("verify", cited[:-12] + "0" * 12)
    assert different.exit_code == 1 and different.stdout.startswith("changed:")
    gone = run("verify", "logistic.product@1.0.0+000000000000")
    assert gone.exit_code == 1 and "logistic.logarithm-of-product" in gone.stdout
    cut = run("verify", cited[:-6])
    assert cut.exit_code == 2 and "cut short" in cut.stderr


def test_diff_compares_files(tmp_path: Path) -> None:
    catalogue = known_catalogue()
    old, new = tmp_path / "old.json", tmp_path / "new.json"
    old.write_text(json.dumps({**catalogue, "equations": catalogue["equations"][1:]}), encoding="utf-8")
    new.write_text(json.dumps(catalogue), encoding="utf-8")
    done = run("diff", str(old), str(new))
    assert done.exit_code == 0 and f"- `{catalogue['equations'][0]['id']}`" in done.stdout
    assert "No equation was added" in run("diff", str(new), str(new)).stdout


@pytest.mark.parametrize("text, what", [("{", "is no JSON"), ("[]", "neither a catalogue"), (None, "No such file")])
def test_diff_refuses_what_is_no_catalogue(tmp_path: Path, text: str | None, what: str) -> None:
    file = tmp_path / "bad.json"
    if text is not None:
        file.write_text(text, encoding="utf-8")
    done = run("diff", str(file), str(file))
    assert done.exit_code == 2 and what in done.stderr
