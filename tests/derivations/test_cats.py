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

from tests.derivations.evaluation import as_function, right_side, value

probability = st.floats(1e-9, 1 - 1e-9)
ten = st.lists(probability, min_size=10, max_size=10)


def number(equations, identifier, **at) -> float:
    return float(value(equations[identifier].expression, at))


def shown(equations, identifier, which=-1, **at) -> float:
    return float(value(right_side(equations[identifier], which), at))


def sum_of_losses(predictions) -> float:
    """scikit-learn's loss for labels that are all one: a mean by default, here the sum."""
    return log_loss(np.ones(len(predictions)), predictions, labels=[0, 1], normalize=False)


@given(p=st.floats(0, 1), label=st.integers(0, 1))
def test_cats_sample_has_the_bernoulli_probability(equations, p, label):
    at = {"cats_prediction": lambda i: p, "cats_y": lambda i: label, "i": 1}
    assert number(equations, "cats.sample", **at) == pytest.approx(stats.bernoulli.pmf(label, p))


@given(predictions=ten)
def test_ten_cats_have_the_product_as_likelihood(equations, predictions):
    at = {"cats_prediction": as_function(predictions)}
    assert number(equations, "cats.likelihood", **at) == pytest.approx(np.prod(predictions), rel=1e-9, abs=0)
    assert number(equations, "cats.log-likelihood", **at) == pytest.approx(np.log(predictions).sum())
    assert shown(equations, "cats.log-likelihood", **at) == pytest.approx(stats.bernoulli.logpmf(1, predictions).sum())


@given(predictions=ten)
def test_ten_cats_have_scikit_learns_loss(equations, predictions):
    at = {"cats_prediction": as_function(predictions)}
    for form in (1, 2):
        assert shown(equations, "cats.cross-entropy", form, **at) == pytest.approx(sum_of_losses(predictions), rel=1e-9)


@given(predictions=st.lists(probability, min_size=1, max_size=30))
def test_any_number_of_cats_has_scikit_learns_loss(equations, predictions):
    at = {"cats_prediction": as_function(predictions), "N": len(predictions)}
    assert number(equations, "cats.likelihood-any-number", **at) == pytest.approx(np.prod(predictions), rel=1e-9, abs=0)
    assert shown(equations, "cats.log-likelihood-any-number", **at) == pytest.approx(np.log(predictions).sum())
    loss = shown(equations, "cats.cross-entropy-any-number", 1, **at)
    assert loss == pytest.approx(sum_of_losses(predictions), rel=1e-9)
    mean = log_loss(np.ones(len(predictions)), predictions, labels=[0, 1])
    assert loss / len(predictions) == pytest.approx(mean, rel=1e-9), "a mean is what libraries take by default"


def test_loss_goes_on_where_scikit_learn_clips(equations):
    """The mathematics has no floor; the library moves a probability of 0 up to the spacing of floats at 1."""
    smallest = sys.float_info.min
    assert number(equations, "cats.loss-by-prediction", q=smallest) == pytest.approx(1022 * math.log(2))
    clipped = log_loss([1], [smallest], labels=[0, 1])
    assert clipped == log_loss([1], [0.0], labels=[0, 1]) == pytest.approx(-math.log(sys.float_info.epsilon))


@given(below=st.floats(0, 1, exclude_min=True, exclude_max=True))
def test_loss_is_positive_below_one_and_vanishes_there(equations, below):
    assert number(equations, "cats.loss-by-prediction", q=below) == pytest.approx(-math.log(below), rel=1e-12)
    assert number(equations, "cats.loss-by-prediction", q=below) > 0
    assert number(equations, "cats.loss-by-prediction", q=1) == number(equations, "cats.loss-vanishes") == 0


@given(predictions=st.lists(st.floats(0, 1, exclude_min=True, exclude_max=True), min_size=1, max_size=10))
def test_likelihood_of_cats_stays_below_one(equations, predictions):
    at = {"cats_prediction": as_function(predictions), "N": len(predictions)}
    assert value(right_side(equations["cats.likelihood-below-one"], 0), at) < 1


@given(z=st.floats(-30, 30), n=st.integers(1, 20))
def test_one_shared_score_approaches_the_supremum_without_reaching_it(equations, z, n):
    likelihood = number(equations, "cats.shared-score", z=z, N=n)
    assert likelihood == pytest.approx(special.expit(z) ** n, rel=1e-9)
    assert value(equations["cats.shared-score"].expression, {"z": z, "N": n}) < number(equations, "cats.supremum") == 1
    assert value(equations["cats.shared-score"].expression, {"z": z + 1, "N": n}) > likelihood
    assert special.expit(60.0) ** n == 1, "in floats it is reached, which is rounding and not mathematics"


# ------------------------------------------------------------ three cats


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
        digits = {identifier: rounded_by_decimal(log) for identifier, log in expected.items()}
    assert digits["three-cats.log-1"] == "-0.357" and digits["three-cats.cross-entropy"] == "1.155"
    for identifier, said in digits.items():
        assert equations[identifier].value.digits.digits() == said
        assert equations[identifier].lines[0].last.digits() == said
        assert number(equations, identifier) == pytest.approx(float(expected[identifier]), rel=1e-14)


def test_three_cats_agree_with_scikit_learn(equations):
    assert number(equations, "three-cats.cross-entropy") == pytest.approx(sum_of_losses([0.7, 0.9, 0.5]), rel=1e-12)
    assert number(equations, "three-cats.likelihood") == pytest.approx(np.prod([0.7, 0.9, 0.5]))
