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
        digits(equations["questions-coin.fair"]) == f"{stats.binom.pmf(8, 10, 0.8) / stats.binom.pmf(8, 10, 0.5):.2f}"
    )


@pytest.mark.parametrize(("name", "k"), {"seven-heads": 7, "all-heads": 10}.items())
def test_other_counts_have_their_maximum_where_scipy_finds_it(equations, name, k):
    found = optimize.minimize_scalar(lambda p: -stats.binom.pmf(k, 10, p), bounds=(0, 1), method="bounded").x
    assert at_last(equations[f"questions-coin.{name}"], n=10) == pytest.approx(found, abs=1e-4)


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
