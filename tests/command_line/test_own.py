"""`coin`, `cats`, `table`: derivations on anybody's numbers, and what cannot be read. Oracles: SciPy, scikit-learn, mpmath; both kernels for the proofs."""

from __future__ import annotations

import codecs
import json
import re
import subprocess
from decimal import Decimal
from fractions import Fraction
from functools import cache
from shutil import which

import mpmath
import nbformat
import pytest
from click.testing import CliRunner, Result
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy import stats
from sklearn.metrics import log_loss

import derivations
from derivations.__main__ import main
from derivations.catalogue.checking import of_file
from derivations.catalogue.reading import read_back
from derivations.own import answers, deriving, forms, typed
from derivations.own.deriving import Own
from derivations.publish.second import judged
from derivations.words import read_all, words_in
from tests.engine.published import ROOT


def run(*arguments: str, given: str | bytes = "") -> Result:
    result = CliRunner().invoke(main, list(arguments), input=given)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def coin(heads: int, tails: int) -> Own:
    return deriving.coin(heads, tails, words_in("en"))


def table(labels: list[int], predictions: list[str], kind: str = "table") -> Own:
    return deriving.table(labels, typed.predictions(predictions), words_in("en"), kind)


def plain(own: Own, name: str) -> str:
    return own.records[f"{own.derivation.name}.{name}"]["plain"]["en"]


def last_number(said: str) -> float:
    return float(re.findall(r"-?\d+(?:\.\d+)?", said)[-1])


@cache
def examples() -> dict[str, Own]:
    """One of each script, and of each way through it."""
    return {
        "coin": coin(8, 2),
        "once": coin(1, 1),
        "many": coin(600, 1),
        "end": coin(0, 3),
        "table": table([1, 0, 1], ["0.9", "0.2", "1/3"]),
        "certain": table([1, 0], ["1", "0.25"]),
        "impossible": table([1, 0, 0], ["0.9", "1", "1"]),
        "cats": table([1], ["0.3"], "cats"),
    }


NAMES = ("coin", "once", "many", "end", "table", "certain", "impossible", "cats")


# ------------------------------------------------------------ the coin


@settings(max_examples=6)
@given(heads=st.integers(1, 200), tails=st.integers(1, 200))
def test_coin_of_any_counts_has_scipys_numbers(heads, tails):
    own, n = coin(heads, tails), heads + tails
    assert plain(own, "estimate").startswith(f"p = {heads}/{n}")
    assert last_number(plain(own, "estimate")) == pytest.approx(heads / n, rel=6e-3)
    expected = stats.binom.logpmf(heads, n, heads / n)
    assert last_number(plain(own, "log-likelihood-there")) == pytest.approx(expected, abs=6e-4)
    assert last_number(plain(own, "standard-error")) == pytest.approx(stats.bernoulli.std(heads / n) / n**0.5, rel=6e-3)
    assert last_number(plain(own, "information")) == pytest.approx(n / stats.bernoulli.var(heads / n), rel=1e-4)


@pytest.mark.parametrize("heads, tails", [(1, 127), (33, 95), (10**9, 1), (10**9, 10**9), (1, 1), (3, 5), (999_998, 1)])
def test_coin_shows_a_share_apart_from_0_and_1_correctly_rounded(heads, tails):
    """Shares that are ties in decimal, very small ones, the largest counts."""
    said, share = plain(coin(heads, tails), "estimate"), Fraction(heads, heads + tails)
    shown = Decimal(said.rpartition(" ")[2])
    assert 0 < shown < 1 and (" ≈ " in said) == (Fraction(shown) != share)
    assert abs(Fraction(shown) - share) <= Fraction(1, 2 * 10 ** len(str(shown).partition(".")[2]))
    assert abs(Fraction(shown) - share) < min(share, 1 - share) * Fraction(1, 100)


def test_coin_of_eight_and_two_is_the_articles():
    output = run("coin", "--heads", "8", "--tails", "2").stdout
    assert "p = 8/10 = 0.8" in output and "125/2 = 62.5" in output and "√(2/125) ≈ 0.126" in output
    assert "C(10, 8)·p^8·(1 - p)^2" in output and "≈ -1.197" in output
    for line in ("For 8/10 < p < 1", "⇔ 8·(1 - p) = 2·p", "derivative of a logarithm", "by the signs of its factors"):
        assert line in output, line


def test_coin_leaves_out_ones_and_has_all_digits_where_there_are_few():
    assert "1·" not in plain(examples()["once"], "log-likelihood") and "^1" not in plain(
        examples()["once"], "likelihood"
    )
    own = coin(2, 2)
    assert plain(own, "estimate").endswith("= 0.5") and plain(own, "standard-error").endswith("1/4 = 0.25")


@pytest.mark.parametrize("heads, tails, end", [(0, 1, 0), (0, 10**9, 0), (10, 0, 1)])
def test_coin_without_one_face_has_its_maximum_at_the_end(heads, tails, end):
    own = coin(heads, tails)
    assert plain(own, "maximum").endswith(f"= {end}") and plain(own, "no-root").endswith("= ∅")
    assert plain(own, "certain").endswith("= 1") and "standard-error" not in own.names


@pytest.mark.parametrize("typed_as", ["8", "８", " 8", "+8", "008", "0" * 5000 + "8"])
def test_coin_reads_every_way_of_typing_eight(typed_as):
    assert typed.counts(typed_as, "２") == (8, 2)


@pytest.mark.parametrize("given_as", ["1_000", "1,000", "1 000", "1.000", "1'000", "１，０００"])
def test_coin_says_how_a_number_with_separators_is_written(given_as):
    refused = run("coin", "--heads", given_as, "--tails", "1")
    assert refused.exit_code == 2 and not refused.stdout
    assert "without separators: 1000." in refused.stderr and "out of range" not in refused.stderr


@pytest.mark.parametrize(
    "bad", ["-3", "2.5", "x", "1e3", "nan", "", "8/2", "٣", "1_0", "10000000000", "9" * 5000, "0x10"]
)
def test_coin_refuses_what_is_no_count(bad):
    refused = run("coin", "--heads", bad, "--tails", bad)
    assert refused.exit_code == 2 and not refused.stdout and len(refused.stderr) < 400
    assert all(f"error: {name}: " in refused.stderr for name in ("--heads", "--tails"))  # both are told at once
    assert (bad or "''")[:30] in refused.stderr and "allowed" in refused.stderr
    assert ("out of range" in refused.stderr) == (bad.isascii() and bad.isdigit())


def test_coin_refuses_no_toss_at_all_and_asks_for_both_counts():
    assert "at least one toss" in run("coin", "--heads", "0", "--tails", "0").stderr
    refused = run("coin", "--heads", "3")
    assert refused.exit_code == 2 and "--tails" in refused.stderr


# ------------------------------------------------------------ predictions and tables

DECIMALS = st.integers(1, 999).map(lambda each: f"0.{each:03}")


@settings(max_examples=6)
@given(st.lists(st.tuples(st.integers(0, 1), DECIMALS), min_size=2, max_size=7))
@example([(1, "0.500"), (0, "0.500")])
@example([(1, "0.001")] * 2)
def test_table_of_any_samples_has_scikit_learns_loss(rows):
    labels, predictions = map(list, zip(*rows, strict=True))
    own = table(labels, predictions)
    expected = log_loss(labels, [[1 - float(each), float(each)] for each in predictions], labels=[0, 1])
    assert last_number(plain(own, "mean")) == pytest.approx(expected, abs=6e-4)
    assert last_number(plain(own, "loss")) == pytest.approx(expected * len(rows), abs=6e-4)
    assert last_number(plain(own, "bits")) == pytest.approx(expected * len(rows) / mpmath.log(2), abs=6e-4)
    for at, (label, prediction) in enumerate(rows, 1):
        likely = mpmath.mpf(prediction) if label else 1 - mpmath.mpf(prediction)
        assert last_number(plain(own, f"loss-{at}")) == pytest.approx(float(-mpmath.log(likely)), rel=6e-3)


def test_cats_of_the_article_are_the_articles():
    output = run("cats", "0.7", "0.9", "0.5").stdout
    assert "L = 0.7·0.9·0.5 = 0.315" in output and "log(0.7) + log(0.9) + log(0.5)] ≈ 1.155" in output
    assert "e^(-ℒ) = e^(log(L)) = L" in output and "ℒ/log(2) ≈ 1.667" in output


def test_certain_and_right_costs_nothing_certain_and_wrong_costs_without_end():
    own = examples()["certain"]
    assert plain(own, "loss-1").endswith("-log(1) = 0") and last_number(plain(own, "loss")) == 0.288
    own = examples()["impossible"]
    assert own.impossible == [2, 3] and plain(own, "likelihood").endswith("= 0") and "loss" not in own.names
    assert "sample 2 was called impossible and happened" in forms.text(own)
    assert plain(table([0, 1], ["0", "1.000"]), "loss").endswith("= 0")


def test_a_very_small_loss_is_not_shown_as_zero():
    own = table([1], ["0.99999999"])
    assert last_number(plain(own, "loss")) == pytest.approx(1e-8, rel=6e-3)


def test_a_table_as_long_as_allowed_is_derived():
    own = table([1, 0] * (typed.ROWS // 2), ["0.123456", "99.5%"] * (typed.ROWS // 2))
    expected = -10 * (mpmath.log("0.123456") + mpmath.log("0.005"))
    assert last_number(plain(own, "loss")) == pytest.approx(float(expected), abs=6e-4)


READ = ((1, 0, 1), ("0.9", "0.2", "0.75"))


@pytest.mark.parametrize(
    "pasted",
    [
        "label,prediction\n1,0.9\n0,0.2\n1,0.75\n",
        "\ufeff1, 0.9\r\n\r\n 0 , 0.2\r\n,\r\n1,.75",
        "Prediction;Label\n0,9;1\n0,2;0\n75%;1",
        "预测\t标签\t编号\n0,9\t1\t7\n2e-1\t0\t8\n0.75\t1\t9",
        "１，０．９\n０，０．２\n１，０．７５",
        '1,"0,9"\n0,"0,2"\n1,"0,75"',
        "1 0.9\n0   0.2\n1 75%",
    ],
)
def test_table_reads_what_spreadsheets_and_people_write(pasted):
    assert typed.table(pasted) == READ


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_table_file_may_be_in_any_encoding_of_spreadsheets(encoding):
    assert typed.table(typed.decoded("标签,预测\n1,0.9\n0,0.2\n1,0.75".encode(encoding))) == READ
    with pytest.raises(typed.BadInput):
        typed.decoded(codecs.BOM_UTF16_LE + b"\x00\xd8\x00")


BAD = [
    ("1,0.9\n\n2,0.5\nx,0.1", ["row 3: 2 is no label", "row 4: x is no label"]),
    ("1,nope\n0,\n1,1.5\n0,-0.1", ["row 1: nope is no pred", "row 2: ''", "row 3: 1.5 is not b", "row 4: -0.1 is not b"]),
    ("1\n0,0.5,0.5", ["row 1: 1 (columns: 1)", "row 2: 0, 0.5, 0.5 (columns: 3)"]),
    ("1,0,9", ["separate the columns by a semicolon"]),
    ("a,b\n1,0.9", ["the header says a, b", "label and prediction"]),
    ("", ["no row"]),
    ("label,prediction\n", ["no row"]),
    ("1,0.5\n" * 21, ["21 rows", "at most 20"]),
    ("1,0." + "3" * 30, ["too many digits"]),
    ("1,0.5\n1," + "9" * 140_000, ["row 2: 1,99", "two are needed"]),  # more than the csv module reads as one cell
    ("1,1/0\n1,1e999", ["1/0 is no prediction", "too many digits"]),
]  # fmt: skip


@pytest.mark.parametrize("pasted, said", BAD, ids=range(len(BAD)))
def test_table_names_each_bad_row_with_what_was_given_and_what_is_allowed(pasted, said):
    refused = run("table", "-", given=pasted)
    assert refused.exit_code == 2 and not refused.stdout
    assert all(each in refused.stderr for each in said), refused.stderr
    chinese = run("table", "-", "--language", "zh", given=pasted)
    assert len(chinese.stderr.splitlines()) == len(refused.stderr.splitlines()) and "row " not in chinese.stderr


@pytest.mark.parametrize(
    "arguments, said",
    [
        ((), ["at least one"]),
        (("0.9", "1.2", "x", "-0.5"), ["prediction 2: 1.2 is not b", "prediction 3: x is no", "prediction 4: -0.5 is"]),
        (("0.5",) * 21, ["21 predictions", "at most 20"]),
    ],
)
def test_cats_names_each_bad_prediction(arguments, said):
    refused = run("cats", *arguments)
    assert refused.exit_code == 2 and not refused.stdout and all(each in refused.stderr for each in said)


# ------------------------------------------------------------ proofs, and what is taken along


@pytest.mark.parametrize("name", NAMES)
def test_both_kernels_accept_what_is_handed_out_as_json(name, tmp_path):
    file = tmp_path / "own.json"
    file.write_text(forms.as_json(examples()[name]), encoding="utf-8")
    counts = derivations.check_catalogue(file)
    assert sum(counts.values()) == len(examples()[name].records)
    second = judged(ROOT, file)
    assert not second["refused"] and not second["undefined"] and second["equations"] == sum(counts.values())


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_the_tex_of_every_line_says_what_was_proved(name, language):
    own = examples()[name].spoken_in(words_in(language))
    read = sum(read_back(each, own.records[each.id], {language: words_in(language)}) for each in own.shown)
    assert read >= len(own.shown)
    assert own.title and all(each["title"][language].strip() for each in own.records.values())


@pytest.mark.parametrize("form", ["markdown", "tex"])
def test_every_statement_and_every_line_is_in_the_page(form):
    own, said = examples()["table"], forms.FORMS[form](examples()["table"])
    for entry in own.records.values():
        assert entry["tex"]["en"] in said and all(step["tex"]["en"] in said for step in entry["proof"]["steps"])
    inside = "aligned" if form == "markdown" else "alignat*"
    proofs = said.count(rf"\begin{{{inside}}}")
    assert proofs == said.count(rf"\end{{{inside}}}") > 5 and "own-table." not in said
    displayed = said.count("$$") / 2 - proofs if form == "markdown" else said.count("\\[")
    assert displayed == len(own.shown)


def test_latex_is_a_document_whose_braces_close():
    said = run("coin", "--heads", "8", "--tails", "2", "--as", "tex", "--language", "zh").stdout
    assert said.startswith(r"\documentclass[a4paper]{ctexart}") and said.endswith("\\end{document}\n")
    assert len(re.findall(r"(?<!\\){", said)) == len(re.findall(r"(?<!\\)}", said))
    assert said.count(r"\left") == said.count(r"\right")


@pytest.mark.slow
@pytest.mark.skipif(not which("xelatex"), reason="no xelatex: apt install texlive-xetex texlive-lang-chinese")
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", ["coin", "end", "table"])
def test_latex_is_set_and_nothing_runs_over_the_margin(name, language, tmp_path):
    (tmp_path / "mine.tex").write_text(forms.latex(examples()[name].spoken_in(words_in(language))), encoding="utf-8")
    command = ["xelatex", "-interaction=nonstopmode", "-halt-on-error", "mine.tex"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0 and "Overfull" not in done.stdout, done.stdout[-2000:]
    assert (tmp_path / "mine.pdf").is_file()


@pytest.mark.parametrize("name", ["coin", "many", "end", "table"])
def test_script_that_is_taken_along_derives_the_same(name, tmp_path):
    file = tmp_path / "mine.py"
    file.write_text(forms.script(examples()[name]), encoding="utf-8")
    (made,) = of_file(file).values()
    assert list(made.equations) == list(examples()[name].derivation.equations)


def test_notebook_is_one_and_has_each_equation_below_its_cell():
    own = examples()["table"]
    made = nbformat.reads(forms.notebook(own), as_version=4)
    nbformat.validate(made)
    code = [each for each in made.cells if each.cell_type == "code"]
    shown = [output.data["text/plain"] for cell in code for output in cell.outputs]
    assert shown == [own.records[each]["plain"]["en"] for each in own.derivation.equations]
    at = next(cell for cell in code if "probability-" in cell.source and cell.outputs)
    assert len(at.outputs) == 4 and "show_equations" in code[0].source and "labels = (1, 0, 1)" in code[1].source


def test_commands_speak_chinese():
    for arguments, said in (
        (("coin", "--heads", "8", "--tails", "2"), "最大似然估计：p = 8/10 = 0.8"),
        (("cats", "0.9", "0"), "损失是无穷大：第 2 个样本"),
    ):
        output = run(*arguments, "--language", "zh").stdout
        assert said in output and "proved" not in output
    assert set(read_all()) == {"zh", "en"}


@pytest.mark.parametrize(
    "said",
    ["0.9 0.7 0.8", "0.9,0.7,0.8", "0,9; 0,7;0,8", "0,9 0,7\n0,8", "90%，70%、0.8", "0.9, 0.7, .8,", "９/10 0.7 0.8"],
)
def test_predictions_in_a_row_are_read_however_they_are_separated(said):
    assert list(map(Fraction, typed.predictions(typed.listed(said)))) == [Fraction(9 - each, 10) for each in (0, 2, 1)]


def test_page_is_answered_with_what_was_derived_or_with_what_could_not_be_read():
    request = {"kind": "coin", "language": "zh", "heads": "8", "tails": "x"}
    answer = json.loads(answers.answer(json.dumps(request)))
    assert [each["field"] for each in answer["faults"]] == ["tails"] and "反面次数：x 不是整数" in str(answer)
    answer = json.loads(answers.answer(json.dumps({**request, "tails": "2"})))
    assert answer["faults"] == [] and answer["proved"] == 9 and answer["html"].count("<section") == 11
    assert all(answer[form] == forms.FORMS[form](coin(8, 2).spoken_in(words_in("zh"))) for form in ("markdown", "tex"))


def test_json_is_the_catalogues_form():
    said = json.loads(run("coin", "--heads", "8", "--tails", "2", "--as", "json").stdout)
    assert said["form"] == "2" and [each["id"] for each in said["equations"]][0] == "own-coin.likelihood"
