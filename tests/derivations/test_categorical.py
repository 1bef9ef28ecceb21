"""Many classes and one-hot labels against SciPy's multinomial distribution and scikit-learn's loss."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from sklearn.metrics import log_loss

from tests.derivations.evaluation import as_function, number
from tests.derivations.oracles import digits, members, shows

weights = st.floats(1e-3, 1)
open_unit = st.floats(0, 1, exclude_min=True, exclude_max=True)


@st.composite
def predictions_and_classes(draw):
    """N rows of C probabilities that add to one, and for each row the class that is true."""
    classes = draw(st.integers(2, 5))
    rows = draw(st.lists(st.lists(weights, min_size=classes, max_size=classes), min_size=1, max_size=6))
    true = draw(st.lists(st.integers(1, classes), min_size=len(rows), max_size=len(rows)))
    return np.array(rows) / np.sum(rows, axis=1, keepdims=True), np.array(true)


def at_data(predictions, true) -> dict:
    many, classes = predictions.shape
    return {
        "categorical.yhat": as_function(predictions.tolist()),
        "categorical.true": as_function(true.tolist()),
        "N": many,
        "C": classes,
    }


@given(drawn=predictions_and_classes(), data=st.data())
def test_one_hot_sum_keeps_the_true_class_alone(equations, drawn, data):
    predictions, true = drawn
    i = data.draw(st.integers(1, len(true)))
    one_hot, at = np.eye(predictions.shape[1])[true[i - 1] - 1], {**at_data(predictions, true), "i": i}
    log_probability = float(stats.multinomial(1, predictions[i - 1]).logpmf(one_hot))
    assert log_probability == pytest.approx((one_hot * np.log(predictions[i - 1])).sum())
    for name in ("sample-cross-entropy", "one-hot", "loss-by-prediction"):
        shows(equations[f"categorical.{name}"], -log_probability, **at)
    shows(equations["categorical.sample-log-likelihood"], log_probability, **at)
    shows(equations["categorical.sample"], math.exp(log_probability), **at)
    shows(equations["categorical.label-sum"], one_hot.sum(), **at)


@given(true=st.integers(1, 6), c=st.integers(1, 6))
def test_one_hot_label_is_a_row_of_the_identity(equations, true, c):
    shows(equations["categorical.label"], np.eye(6)[true - 1, c - 1], c=c, i=1, categorical__true=lambda i: true)


@given(drawn=predictions_and_classes())
def test_categorical_loss_is_scikit_learns_summed(equations, drawn):
    predictions, true = drawn
    at = at_data(predictions, true)
    likelihood = np.prod([row[right - 1] for row, right in zip(predictions, true, strict=True)])
    for name in ("independence", "likelihood"):
        shows(equations[f"categorical.{name}"], likelihood, **at)
    shows(equations["categorical.log-likelihood"], math.log(likelihood), **at)
    library = log_loss(true, predictions, labels=range(1, at["C"] + 1), normalize=False)
    for name in ("loss", "double-sum", "cross-entropy", "nll-identity"):
        shows(equations[f"categorical.{name}"], library, **at)


@given(q=open_unit, more=open_unit)
def test_categorical_loss_falls_towards_zero_as_the_prediction_grows(equations, q, more):
    falls = equations["categorical.loss-falls"]
    if q > 1e-12:  # nearer to 0, finite differences reach beyond it
        shows(falls, -1 / q, q=q)
    assert falls.relations[-1] == "<"
    at = {"categorical.true": lambda i: 1, "i": 1, "C": 1}
    loss, higher = (
        number(equations["categorical.loss-by-prediction"], -1, {**at, "categorical.yhat": lambda i, c, theta, f=f: f})
        for f in (q, max(q, more))
    )
    assert loss == pytest.approx(-math.log(q), rel=1e-12)
    assert 0 < higher <= loss
    shows(equations["categorical.loss-vanishes"], -math.log(1.0))


def test_categorical_example_has_scikit_learns_loss(equations):
    assert members(equations["categorical.example-prediction"]) == [0.3, 0.7]
    assert members(equations["categorical.example-label"]) == [0, 1]
    library = log_loss([1], [[0.3, 0.7]], labels=[0, 1])
    shows(equations["categorical.example-loss"], library)
    shows(equations["categorical.example-log-likelihood"], -library)
    assert digits(equations["categorical.example-loss"]) == f"{library:.3f}" == "0.357"
