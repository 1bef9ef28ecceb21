"""The answers to the articles' short questions, against SciPy and scikit-learn."""

from __future__ import annotations

import pytest
from scipy import optimize, special, stats
from sklearn.metrics import brier_score_loss, log_loss

from tests.derivations.oracles import at_last, digits, shows, slope


@pytest.mark.parametrize(("name", "p"), {"at-half": 0.5, "at-seven-tenths": 0.7, "at-nine-tenths": 0.9}.items())
def test_eight_heads_in_ten_have_scipys_probability(equations, name, p):
    assert digits(equations[f"questions-coin.{name}"]) == f"{stats.binom.pmf(8, 10, p):.3f}"


def test_eight_tenths_against_a_fair_coin(equations):
    assert (
        digits(equations["questions-coin.fair"]) == f"{stats.binom.pmf(8, 10, 0.8) / stats.binom.pmf(8, 10, 0.5):.3f}"
    )


@pytest.mark.parametrize(("name", "k"), {"seven-heads": 7, "all-heads": 10}.items())
def test_other_counts_have_their_maximum_where_scipy_finds_it(equations, name, k):
    found = optimize.minimize_scalar(lambda p: -stats.binom.pmf(k, 10, p), bounds=(0, 1), method="bounded").x
    assert at_last(equations[f"questions-coin.{name}"]) == pytest.approx(found, abs=1e-4)


def test_estimate_makes_other_data_more_probable_than_those_seen(equations):
    ten, seen = stats.bernoulli.pmf([1] * 10, 0.8).prod(), stats.bernoulli.pmf([1] * 8 + [0] * 2, 0.8).prod()
    assert digits(equations["questions-coin.ten-heads"]) == f"{ten:.3f}"
    assert digits(equations["questions-coin.this-sequence"]) == f"{seen:.4f}"
    assert ten > seen
    shows(equations["questions-coin.ten-heads-likelihood"], ten, p=0.8)


def test_model_that_always_says_one_half_loses_ln_2_a_sample(equations):
    always = {"theta": "θ", "i": 1, "cats.yhat": lambda i, theta: 0.5}
    shows(
        equations["questions-coin.always-half"], log_loss([1] * 3, [0.5] * 3, labels=[0, 1], normalize=False), **always
    )
    for label in (0, 1):
        shows(equations["questions-spam.always-half"], log_loss([label], [0.5], labels=[0, 1]), y=label)


def test_surer_and_wrong_costs_what_scikit_learn_says(equations):
    shows(equations["questions-spam.prediction-surer"], special.expit(special.logit(0.01)))
    shows(equations["questions-spam.surer-and-wrong"], log_loss([1], [0.01], labels=[0, 1]))
    shows(equations["questions-spam.surer-squared"], brier_score_loss([1], [0.01], labels=[0, 1]))
    push = slope(lambda z: special.expit(-z) ** 2, special.logit(0.01), 0.1)
    assert at_last(equations["questions-spam.surer-squared-gradient"]) == pytest.approx(push, rel=1e-6)
    shows(equations["questions-spam.label-zero"], log_loss([0], [0.9], labels=[0, 1]))


@pytest.mark.parametrize("p", [0.2, 0.5, 0.95])
def test_score_of_seven_heads_is_the_slope_of_scipys_logarithm(equations, p):
    shows(equations["questions-coin.seven-heads-score"], slope(lambda at: stats.binom.logpmf(7, 10, at), p, 0.01), p=p)
