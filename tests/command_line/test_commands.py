"""`python -m derivations`: the commands, with good input and bad. Oracle: SymPy's own reader for the code that is printed."""

from __future__ import annotations

import json
import re
import subprocess
import tomllib
from typing import Any

import pytest
import sympy
import yaml
from click.testing import CliRunner, Result

from derivations.__main__ import main
from derivations.catalogue.making import known_catalogue
from derivations.publish import showing
from derivations.words import words_in
from tests.engine.published import IDENTIFIERS, ROOT


@pytest.fixture(scope="module")
def catalogue() -> dict[str, Any]:
    return known_catalogue()


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, list(arguments))
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


# ------------------------------------------------------------ list, show


def test_list_has_every_equation_with_its_verdict():
    rows = [line.split("\t") for line in run("list").stdout.splitlines()]
    assert [row[0] for row in rows] == list(dict.fromkeys(row[0] for row in rows)) and {len(row) for row in rows} == {3}
    verdicts = {identifier: verdict for identifier, _, verdict in rows}
    assert set(verdicts) == set(IDENTIFIERS)
    assert set(verdicts.values()) <= {"definition", "proved", "certified"}
    assert verdicts["coin.score"] == "proved" and verdicts["three-cats.log-1"] == "certified"


def test_list_of_one_derivation_has_only_its_equations():
    rows = run("list", "--derivation", "three-cats").stdout.splitlines()
    assert rows and all(row.startswith("three-cats.") for row in rows)


def test_list_names_the_nearest_derivation():
    refused = run("list", "--derivation", "coinn")
    assert refused.exit_code == 2 and "coin" in refused.stderr and not refused.stdout


@pytest.mark.parametrize("language, word", [("zh", "类别"), ("en", "class")])
def test_show_as_tex_is_in_the_language_asked_for(language, word):
    shown = run("show", "cross-entropy.two-classes", "--as", "tex", "--language", language).stdout
    assert shown.startswith("H(p_") and rf"\text{{{word}}}" in shown


def test_show_as_sympy_is_code_that_makes_the_number_again():
    code = run("show", "coin.curvature", "--as", "sympy").stdout
    assert eval(code, {name: getattr(sympy, name) for name in ("Rational", "Integer")}) == sympy.Rational(-125, 2)
    names = {name: getattr(sympy, name) for name in ("Rational", "Integer", "Symbol", "Add", "Mul", "Pow", "log")}
    score = eval(run("show", "coin.score", "--as", "sympy").stdout, names)
    (p,) = score.free_symbols
    assert sympy.solve(score, p) == [sympy.Rational(4, 5)]


def test_show_as_json_is_the_entry_of_the_catalogue():
    entry = json.loads(run("show", "coin.mle", "--as", "json").stdout)
    assert entry["id"] == "coin.mle" and entry["value"]["exact"] == "4/5" and entry["value"]["decimal"] == "0.8"
    assert entry["parents"] == ["coin.score-root"]


def test_show_as_mathml_is_mathml():
    if not (ROOT / "node_modules" / "temml").is_dir():
        pytest.skip("Temml is not installed: npm ci")
    shown = run("show", "coin.score", "--as", "mathml").stdout
    assert shown.startswith("<math") and shown.strip().endswith("</math>") and "<mfrac>" in shown


def steps_of_proof(identifier: str) -> list[str]:
    shown = run("show", identifier, "--chain").stdout
    return [line.split(" — ")[0] for line in shown.splitlines() if " — " in line and not line.startswith(" ")]


def test_show_proof_reaches_the_data():
    steps = steps_of_proof("coin-sequence.maximum")
    assert steps[0] == "coin-sequence.tosses" and steps[-1] == "coin-sequence.maximum" and "coin-sequence.gap" in steps


def test_show_proof_tells_the_chain_of_parents():
    steps, shown = steps_of_proof("coin.mle"), run("show", "coin.mle", "--chain").stdout
    assert steps[-1] == "coin.mle" and len(steps) == len(set(steps)) and set(steps) <= set(IDENTIFIERS)
    assert (
        steps.index("coin.likelihood")
        < steps.index("coin.log-likelihood")
        < steps.index("coin.score")
        < steps.index("coin.score-root")
    )
    assert re.search(r"proved · derivations/coin\.py:\d+", shown) and "Value: 4/5 = 0.8" in shown


def test_show_has_the_lines_of_the_proof_with_laws_and_cases():
    shown = run("show", "coin.maximum").stdout
    for line in (
        "For 0 < p < 8/10",
        "For 8/10 < p < 1",
        "= 8/p - 2/(1 - p)",
        "> 0",
        "< 0",
        "coin.score",
        "over a common denominator",
        "by the signs of its factors",
    ):
        assert line in shown, line
    assert (
        shown.index("For 0 < p < 8/10")
        < shown.index("> 0")
        < shown.index("For 8/10 < p < 1")
        < shown.index("< 0\n" if "< 0\n" in shown else "        < 0")
    )
    given = run("show", "coin.mle").stdout
    assert "Given: d/dp [log(L(p))] = 0" in given and "Holds for: 0 < p < 1" in given
    assert "设对 N 成立" in run("show", "floating-point.product-of-halves", "--language", "zh").stdout


def test_show_evidence_tells_points_and_variants():
    shown = run("show", "coin.score", "--evidence").stdout
    assert re.search(r"points of the domain: \d+", shown) and "Wrong variants: " in shown and "python-flint" in shown


def test_show_evidence_as_json_is_the_entry_with_its_evidence():
    entry = json.loads(run("show", "coin.score", "--evidence", "--as", "json").stdout)
    assert (
        entry["id"] == "coin.score" and entry["evidence"]["points"] > 0 and entry["evidence"]["variants"]["wrong"] > 0
    )


@pytest.mark.parametrize("form", ["tex", "mathml", "sympy"])
def test_show_refuses_evidence_in_a_form_that_has_none(form):
    refused = run("show", "coin.score", "--evidence", "--as", form)
    assert refused.exit_code == 2 and not refused.stdout and f"no form as {form}" in refused.stderr


def test_show_chain_as_json_and_tex_is_the_whole_chain():
    steps = steps_of_proof("coin.mle")
    assert [entry["id"] for entry in json.loads(run("show", "coin.mle", "--chain", "--as", "json").stdout)] == steps
    texts = run("show", "coin.mle", "--chain", "--as", "tex").stdout.splitlines()
    assert len(texts) == len(steps) and texts[-1] == run("show", "coin.mle", "--as", "tex").stdout.strip()


@pytest.mark.parametrize("form, language", [("proof", "en"), ("proof", "zh"), ("tex", "zh")])
def test_show_works_for_every_equation(catalogue, form, language):
    """What `show` prints, without reading the catalogue hundreds of times."""
    for identifier in IDENTIFIERS:
        assert showing.shown(catalogue, identifier, form, words_in(language)).strip(), identifier


@pytest.mark.parametrize(
    "given_name, nearest", [("coin.scor", "coin.score"), ("logistic.nl", "logistic.nll"), ("Coin.mle", "coin.mle")]
)
def test_show_of_an_unknown_identifier_names_the_nearest(given_name, nearest):
    refused = run("show", given_name)
    assert refused.exit_code == 2 and not refused.stdout
    assert repr(given_name) in refused.stderr and nearest in refused.stderr


def test_show_of_nonsense_says_where_to_look():
    refused = run("show", "zzzz")
    assert refused.exit_code == 2 and "python -m derivations list" in refused.stderr


def test_show_refuses_an_unknown_form():
    refused = run("show", "coin.mle", "--as", "word")
    assert refused.exit_code == 2 and "tex" in refused.stderr


def test_check_proves_everything(equations):
    checked = run("check")
    assert checked.exit_code == 0
    assert re.search(rf"\b{len(equations)} equations\b", checked.stdout) and "none failed" in checked.stdout


def test_command_that_does_not_exist_is_refused():
    refused = run("prove")
    assert refused.exit_code == 2 and "prove" in refused.stderr


@pytest.mark.parametrize(
    "typed, nearest", [(["sho"], "show"), (["chek"], "check"), (["show", "coin.mle", "--chian"], "--chain")]
)
def test_misspelt_command_or_option_names_the_nearest(typed, nearest):
    refused = run(*typed)
    assert refused.exit_code == 2 and f"'{nearest}'" in refused.stderr


def test_version_is_that_of_the_settings_and_of_the_citation():
    said = run("--version").stdout
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))["version"]
    assert re.match(rf"from-likelihood-to-loss {re.escape(version)}\b", said) and version == cited


def test_version_has_the_commit_of_a_checkout():
    if not (ROOT / ".git").exists():
        pytest.skip("no git here")
    asked = subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True)
    if asked.returncode:
        pytest.skip(asked.stderr)
    (commit,) = re.findall(r"\(commit ([0-9a-f]{12})\+?\)", run("--version").stdout)
    assert asked.stdout.startswith(commit)
