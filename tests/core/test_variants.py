"""Wrong variants are made of every kind, and each checker alone refutes them; a checker or an equation that was tampered with is noticed."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from sympy import Derivative, Function, Integer, Interval, Rational, Symbol, Tuple, log

from derivations.core import COUNT, LABEL, UNIT, ArgMax, ArgMin, Derivation, equals
from derivations.core import evidence as evidence_module
from derivations.core import refuting as refuting_module
from derivations.core.domain import Domain
from derivations.core.evidence import deep_check, evidence_of, totals
from derivations.core.exact import sign_of
from derivations.core.notation import as_written, chain, sum_of
from derivations.core.refuting import VariantSurvived, tried_variants
from derivations.core.rules import differentiate, take_logarithm
from derivations.core.variants import variants
from derivations.core.witness import WitnessFailure

p, q = Symbol("p", positive=True), Symbol("q", positive=True)
n, i = Symbol("N", integer=True, positive=True), Symbol("i", integer=True, positive=True)
y = Symbol("y", integer=True, nonnegative=True)
H = Function("H")


@pytest.fixture
def coin():
    """A derivation with a logarithm and a slope."""
    made = Derivation("coin", ("硬币", "coin"), source="mle/1")
    made.symbol("p", UNIT)
    name = made.function("L")(p)
    likelihood = made.define("likelihood", name, p**8 * (1 - p) ** 2, title=("似然", "likelihood"))
    logarithm = made.step(
        "log", take_logarithm(likelihood), title=("对数", "log"), shown=lambda: equals(log(name), 8 * log(p) + 2 * log(1 - p))
    )  # fmt: skip
    made.step(
        "score",
        differentiate(logarithm, p),
        title=("得分", "score"),
        shown=lambda: equals(Derivative(log(name), p), 8 / p - 2 / (1 - p)),
    )
    return made


def kinds(right, relation="=", ranges=None, functions=()):
    domain = Domain(ranges or {p: UNIT, q: UNIT, y: LABEL, n: COUNT})
    made = variants(Symbol("left"), relation, as_written(lambda: right), domain, functions)
    return {variant.kind: variant.right for variant in made}


@pytest.mark.parametrize(
    ("kind", "right"),
    [
        ("sign turned", p),
        ("coefficient one off", 8 * p),
        ("exponent one off", p**8),
        ("p and 1 - p swapped", p),
        ("labels swapped", y * log(p)),
        ("term dropped", p + q),
        ("factor dropped", p * q),
        ("1/N added", sum_of(p**i, i, 1, n)),
        ("logarithm to base 2", log(p)),
        ("product for sum", sum_of(p**i, i, 1, n)),
        ("index bound one off", sum_of(p**i, i, 1, n)),
        ("largest for smallest", ArgMax(p * (1 - p), Tuple(p), Interval(0, 1))),
    ],
)
def test_every_kind_of_variant_is_made(kind, right):
    assert kinds(right)[kind] != right


def test_arguments_are_exchanged_where_a_name_has_a_definition():
    assert kinds(H(p, q), functions=[H(p, q)])["arguments exchanged"] == H(q, p)
    assert "arguments exchanged" not in kinds(H(p, q))


def test_an_inequality_is_reversed_and_a_decimal_is_moved_by_one_unit():
    from derivations.core.notation import AsDecimal

    assert variants(p, "<", Integer(1), Domain({p: UNIT}))[0].relation == ">"
    shown = kinds(AsDecimal(Rational(-357, 1000), 3), "≈")
    assert shown["last digit one off"].args[0] in (Rational(-356, 1000), Rational(-358, 1000))


def test_no_two_variants_are_alike_and_none_is_the_original():
    right = as_written(lambda: 8 * log(p) + 2 * log(1 - p))
    made = variants(log(p), "=", right, Domain({p: UNIT}))
    assert len({variant.right for variant in made}) == len(made) > 10
    assert right not in {variant.right for variant in made}


def test_both_checkers_refute_every_variant(coin):
    for equation in list(coin.equations.values())[1:]:
        counts = tried_variants(equation)
        wrong = counts["made"] - counts["equivalent"]
        assert counts["refuted_by_proof"] == counts["refuted_by_enclosure"] == wrong > 10
        assert counts["survived"] == []


def test_a_variant_that_is_equal_by_chance_is_recognised():
    made = Derivation("even", ("偶", "even"), source="mle/1")
    made.symbol("p", UNIT)
    name = made.function("f")(p)
    start = made.define("start", name, p * (1 - p), title=("一", "one"))
    # p (1 - p) is the same for p and for 1 - p
    step = made.step(
        "log", take_logarithm(start), title=("对数", "log"), shown=lambda: equals(log(name), log(p * (1 - p)))
    )
    counts = tried_variants(step)
    assert counts["equivalent"] >= 1
    assert counts["survived"] == []


def test_a_prover_that_proves_everything_lets_all_variants_pass(coin, monkeypatch):
    monkeypatch.setattr(refuting_module.ByProof, "proves", lambda *_: True)
    counts = tried_variants(coin.equations["coin.log"])
    assert counts["refuted_by_proof"] == 0
    assert len([line for line in counts["survived"] if "by proof" in line]) == counts["made"] - counts["equivalent"]


def test_an_enclosure_too_wide_lets_all_variants_pass(coin, monkeypatch):
    from derivations.core.statements import Comparison

    monkeypatch.setattr(refuting_module.Balls, "compare", lambda *_: Comparison(None))
    counts = tried_variants(coin.equations["coin.log"])
    assert counts["refuted_by_enclosure"] == 0
    assert counts["survived"]
    with pytest.raises((VariantSurvived, WitnessFailure), match=r"coin\.log"):
        evidence_of(coin.equations["coin.log"])


def test_exact_arithmetic_that_decides_nothing_lets_variants_pass(coin, monkeypatch):
    monkeypatch.setattr("derivations.core.exact.sign_of", lambda number: None)
    counts = tried_variants(coin.equations["coin.score"])
    assert counts["refuted_by_proof"] <= 1  # a division by zero needs no sign
    assert len(counts["survived"]) > 10


def test_exact_signs_need_no_balls(monkeypatch):
    monkeypatch.setattr("derivations.core.enclosure.enclose", None)
    assert sign_of(log(8) - 3 * log(2)) == 0
    assert sign_of(log(3) - log(2)) == 1
    assert sign_of(Rational(1, 3) - Rational(1, 2)) == -1
    assert sign_of(log(2) ** 2 - log(2)) == -1


# ---------------------------------------------------------------- evidence


def test_evidence_says_what_was_tried_in_both_languages(coin):
    found = evidence_of(coin.equations["coin.score"])
    assert found is not None
    json.dumps(found)
    assert found["points"] == found["decisive"] > 0
    wrong = found["variants"]["made"] - found["variants"]["equivalent"]
    assert f"{wrong} wrong variants, {wrong} refuted by proof, {wrong} by enclosure" in found["text"]["en"]
    assert f"{wrong} 个错误的变式" in found["text"]["zh"]
    for language in found["text"].values():
        assert "proved" not in language
        assert "已证" not in language
    assert evidence_of(coin.equations["coin.likelihood"]) is None


def test_a_tampered_equation_has_no_evidence(coin):
    true = coin.equations["coin.score"]
    wrong = replace(true, lines=(chain(true.lines[0].first, "=", 8 / p + 2 / (1 - p)),))
    with pytest.raises(WitnessFailure, match=r"coin\.score.* p = "):
        evidence_of(wrong)


def test_unchanged_equations_are_not_tried_again_and_changed_ones_are(coin, tmp_path: Path, monkeypatch):
    tried: list[str] = []
    cache = tmp_path / "evidence.json"
    first = deep_check({"coin": coin}, tried.append, cache)
    assert tried == list(coin.equations)
    tried.clear()
    assert deep_check({"coin": coin}, tried.append, cache) == first
    assert tried == []
    meant = coin.equations["coin.score"]
    coin.equations["coin.score"] = replace(meant, definitions={**meant.definitions, Symbol("other"): Integer(1)})
    deep_check({"coin": coin}, tried.append, cache)
    assert tried == ["coin.score"]
    tried.clear()
    monkeypatch.setattr(evidence_module, "version", lambda name: "another")
    deep_check({"coin": coin}, tried.append, cache)
    assert tried == list(coin.equations)


def test_a_spoilt_cache_is_made_again(coin, tmp_path: Path):
    cache = tmp_path / "evidence.json"
    cache.write_text("{ not json")
    found = deep_check({"coin": coin}, cache_path=cache)
    assert json.loads(cache.read_text())["coin.score"]["evidence"] == found["coin.score"]
    assert totals(found).startswith("2 equations tried")


def test_one_failure_stops_the_check_and_keeps_what_was_found(coin, tmp_path: Path):
    true = coin.equations["coin.score"]
    coin.equations["coin.score"] = replace(true, lines=(chain(true.lines[0].first, "=", 8 / p),))
    with pytest.raises(WitnessFailure, match=r"coin\.score"):
        deep_check({"coin": coin}, cache_path=tmp_path / "evidence.json")
    assert "coin.log" in json.loads((tmp_path / "evidence.json").read_text())
    assert "coin.score" not in json.loads((tmp_path / "evidence.json").read_text())


def test_arg_min_for_arg_max_is_refuted_by_both():
    made = Derivation("turned", ("反", "turned"), source="mle/1")
    made.symbol("p", UNIT)
    from derivations.core.rules import maximise

    name = made.function("L")(p)
    likelihood = made.define("likelihood", name, p**3 * (1 - p), title=("似然", "likelihood"))
    whole = Interval(0, 1)
    best = made.step(
        "best", maximise(likelihood, p, whole, (Rational(3, 4),)), title=("最大", "best"), shown=lambda: equals(ArgMax(name, Tuple(p), whole), Rational(3, 4))
    )  # fmt: skip
    turned = replace(best, lines=(equals(ArgMin(name, Tuple(p), whole), Rational(3, 4)),))
    assert tried_variants(best)["survived"] == []
    with pytest.raises(WitnessFailure, match=r"turned\.best"):
        evidence_of(turned)
