"""Separated data, the penalty and the prior, against SciPy and scikit-learn."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import optimize, special, stats
from sklearn.linear_model import LogisticRegression

from tests.derivations.oracles import at_last, digits, shows, slope


def penalised(w, lam):
    return -2 * special.log_expit(w) + lam * w**2


@given(w=st.floats(-6, 6), lam=st.floats(0.01, 5))
def test_penalised_loss_and_its_slopes_are_scipys(equations, w, lam):
    at = {"w": w, "lam": lam}
    shows(equations["separated.likelihood-square"], special.expit(w) ** 2, **at)
    shows(equations["separated.loss"], penalised(w, 0), **at)
    shows(equations["separated.penalised"], penalised(w, lam), **at)
    shows(equations["separated.slope"], slope(lambda v: penalised(v, lam), w, 0.1), rel=1e-5, abs=1e-7, **at)
    shows(equations["separated.bend"], 2 * lam + 2 * special.expit(w) * special.expit(-w), rel=1e-4, **at)
    shows(equations["separated.slope-far-out"], 2 * special.expit(1 / lam), rel=1e-5, **at)


def test_best_weight_is_scikit_learns(equations):
    model = LogisticRegression(C=1 / (2 * 0.1), fit_intercept=False, tol=1e-12, max_iter=1000)
    weight = model.fit([[-1.0], [1.0]], [0, 1]).coef_[0, 0]
    assert float(digits(equations["separated.best-weight"])) == pytest.approx(weight, abs=6e-4)
    search = optimize.minimize_scalar(
        lambda w: penalised(w, 0.1), bounds=(0, 10), method="bounded", options={"xatol": 1e-9}
    )
    assert digits(equations["separated.best-weight"]) == f"{search.x:.3f}"


@pytest.mark.parametrize(("name", "odds"), [("three", 3), ("nine", 9), ("ninety-nine", 99)])
def test_likelihood_at_odds(equations, name, odds):
    shows(equations[f"separated.at-{name}"], special.expit(np.log(odds)) ** 2)


@given(n=st.integers(1, 30), data=st.data())
def test_prior_of_one_head_and_one_tail_more_is_the_mode_of_scipys_beta(equations, n, data):
    k = data.draw(st.integers(0, n))
    mode = optimize.minimize_scalar(lambda p: -stats.beta.logpdf(p, k + 2, n - k + 2), bounds=(0, 1), method="bounded")
    assert at_last(equations["separated.weighed-maximum"], n=n, k=k) == pytest.approx(mode.x, abs=1e-4)


def test_prior_is_scipys_beta(equations):
    shows(equations["separated.prior"], stats.beta(2, 2).pdf(0.3), p=0.3)
    assert float(digits(equations["separated.coin-with-prior"])) == 0.75
