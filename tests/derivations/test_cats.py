"""The ten cats and the three against NumPy, scikit-learn and Python's own decimal arithmetic."""

from __future__ import annotations

import math
import sys
from decimal import ROUND_HALF_EVEN, Decimal, localcontext

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import special, stats
from sklearn.metrics import log_loss

from tests.derivations.evaluation import as_function, number, value
from tests.derivations.oracles import at_last, digits, shows

probability = st.floats(1e-9, 1 - 1e-9)
open_unit = st.floats(0, 1, exclude_min=True, exclude_max=True)
ten = st.lists(probability, min_size=10, max_size=10)


def sum_of_losses(predictions) -> float:
    """scikit-learn's loss for labels that are all one: a mean by default, here the sum."""
    return log_loss(np.ones(len(predictions)), predictions, labels=[0, 1], normalize=False)


@given(p=probability, label=st.integers(0, 1))
def test_cats_sample_has_the_bernoulli_probability(equations, p, label):
    shows(equations["cats.sample"], stats.bernoulli.pmf(label, p), cats__yhat=lambda i, theta: p, i=1, x=label)
    shows(equations["cats.sample-likelihood"], stats.bernoulli.pmf(1, p), cats__yhat=lambda i, theta: p, i=1)
    shows(equations["cats.sample-log"], stats.bernoulli.logpmf(1, p), cats__yhat=lambda i, theta: p, i=1)
    shows(equations["cats.sample-loss"], sum_of_losses([p]), cats__yhat=lambda i, theta: p, i=1)


@given(predictions=ten)
def test_ten_cats_have_the_product_as_likelihood(equations, predictions):
    yhat = as_function(predictions)
    for name in ("independence", "likelihood", "likelihood-from-loss"):
        shows(equations[f"cats.{name}"], np.prod(predictions), rel=1e-9, abs=0, cats__yhat=yhat)
    shows(equations["cats.log-likelihood"], stats.bernoulli.logpmf(1, predictions).sum(), cats__yhat=yhat)


@given(predictions=ten)
def test_ten_cats_have_scikit_learns_loss(equations, predictions):
    for name in ("loss", "cross-entropy"):
        shows(equations[f"cats.{name}"], sum_of_losses(predictions), rel=1e-9, cats__yhat=as_function(predictions))


@given(predictions=st.lists(probability, min_size=1, max_size=30))
def test_any_number_of_cats_has_scikit_learns_loss(equations, predictions):
    at = {"cats.yhat": as_function(predictions), "N": len(predictions)}
    for name in ("independence-any-number", "likelihood-any-number"):
        shows(equations[f"cats.{name}"], np.prod(predictions), rel=1e-9, abs=0, **at)
    shows(equations["cats.log-likelihood-any-number"], np.log(predictions).sum(), **at)
    for name in ("loss-any-number", "cross-entropy-any-number"):
        shows(equations[f"cats.{name}"], sum_of_losses(predictions), rel=1e-9, **at)
    mean = log_loss(np.ones(len(predictions)), predictions, labels=[0, 1])
    loss = at_last(equations["cats.cross-entropy-any-number"], **at)
    assert loss / len(predictions) == pytest.approx(mean, rel=1e-9), "a mean is what libraries take by default"


def test_loss_goes_on_where_scikit_learn_clips(equations):
    """The mathematics has no floor; the library moves a probability of 0 up to the spacing of floats at 1."""
    smallest = sys.float_info.min
    shows(equations["cats.loss-by-prediction"], 1022 * math.log(2), q=smallest)
    clipped = log_loss([1], [smallest], labels=[0, 1])
    assert clipped == log_loss([1], [0.0], labels=[0, 1]) == pytest.approx(-math.log(sys.float_info.epsilon))


@given(below=open_unit)
def test_loss_is_positive_below_one_and_vanishes_there(equations, below):
    shows(equations["cats.loss-by-prediction"], -math.log(below), rel=1e-12, q=below)
    assert at_last(equations["cats.loss-by-prediction"], q=below) > 0
    shows(equations["cats.loss-vanishes"], -math.log(1.0))


@given(predictions=st.lists(open_unit, min_size=1, max_size=10))
def test_likelihood_of_cats_stays_below_one(equations, predictions):
    equation = equations["cats.likelihood-below-one"]
    at = {"cats.yhat": as_function(predictions), "N": len(predictions)}
    shows(equation, np.prod(predictions), rel=1e-9, abs=1e-300, **at)
    assert value(equation.terms[0], equation.context, at) < 1
    assert (equation.relations[-1], equation.terms[-1]) == ("<", ("num", 1))


@given(z=st.floats(-30, 30), n=st.integers(1, 20))
def test_one_shared_score_approaches_the_supremum_without_reaching_it(equations, z, n):
    at = {"cats.yhat": lambda i, theta: special.expit(z), "N": n, "z": z}
    shows(equations["cats.shared-score"], special.expit(z) ** n, rel=1e-9, abs=0, **at)
    below = equations["cats.supremum-not-attained"]
    here, further = (value(below.terms[0], below.context, {"z": place, "N": n}) for place in (z, z + 1))
    assert here < further < number(below, -1, {}) == 1
    shows(equations["cats.supremum"], 1, N=n)
    assert special.expit(60.0) ** n == 1, "in floats it is reached, which is rounding and not mathematics"


# ------------------------------------------------------------ three cats

THREE = {"cats.yhat": as_function([0.7, 0.9, 0.5])}


def rounded_by_decimal(number_of: Decimal) -> str:
    return str(number_of.quantize(Decimal("0.001"), rounding=ROUND_HALF_EVEN))


def test_three_cats_round_to_the_digits_of_the_article(equations):
    with localcontext() as context:
        context.prec = 60
        logs = [Decimal(prediction).ln() for prediction in ("0.7", "0.9", "0.5")]
        expected = {f"three-cats.log-{which}": log for which, log in enumerate(logs, start=1)}
        expected |= {f"three-cats.loss-{which}": -log for which, log in enumerate(logs, start=1)}
        expected["three-cats.log-likelihood"] = sum(logs, Decimal(0))
        expected["three-cats.cross-entropy"] = -sum(logs, Decimal(0))
        said = {identifier: rounded_by_decimal(log) for identifier, log in expected.items()}
    assert said["three-cats.log-1"] == "-0.357" and said["three-cats.cross-entropy"] == "1.155"
    for identifier, decimal in said.items():
        assert digits(equations[identifier]) == decimal
        shows(equations[identifier], float(expected[identifier]), rel=1e-14, **THREE)


def test_three_cats_agree_with_scikit_learn(equations):
    for name in ("loss", "cross-entropy"):
        shows(equations[f"three-cats.{name}"], sum_of_losses([0.7, 0.9, 0.5]), rel=1e-12, **THREE)
    for name in ("independence", "likelihood"):
        shows(equations[f"three-cats.{name}"], np.prod([0.7, 0.9, 0.5]), **THREE)
