"""Many classes and one-hot labels against SciPy's multinomial distribution and scikit-learn's loss."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from sklearn.metrics import log_loss

from tests.derivations.evaluation import as_function, right_side, value

weights = st.floats(1e-3, 1)


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
        "categorical_prediction": as_function(predictions),
        "categorical_true_class": as_function(true.tolist()),
        "N": many,
        "C": classes,
    }


def numbers(equations, identifier, which, **at) -> float:
    return float(value(right_side(equations[identifier], which), at))


@given(drawn=predictions_and_classes(), data=st.data())
def test_one_hot_sum_keeps_the_true_class_alone(equations, drawn, data):
    predictions, true = drawn
    i = data.draw(st.integers(1, len(true)))
    one_hot = np.eye(predictions.shape[1])[true[i - 1] - 1]
    for which in (0, 1):
        loss = numbers(equations, "categorical.one-hot", which, **at_data(predictions, true), i=i)
        assert loss == pytest.approx(-stats.multinomial(1, predictions[i - 1]).logpmf(one_hot))
        assert loss == pytest.approx(-(one_hot * np.log(predictions[i - 1])).sum())


@given(true=st.integers(1, 6), c=st.integers(1, 6))
def test_one_hot_label_is_a_row_of_the_identity(equations, true, c):
    at = {"c": c, "i": 1, "categorical_true_class": lambda i: true}
    assert value(equations["categorical.label"].expression, at) == np.eye(6)[true - 1, c - 1]


@given(drawn=predictions_and_classes())
def test_categorical_loss_is_scikit_learns_summed(equations, drawn):
    predictions, true = drawn
    at = at_data(predictions, true)
    likelihood = numbers(equations, "categorical.likelihood", -1, **at)
    assert likelihood == pytest.approx(np.prod([row[right - 1] for row, right in zip(predictions, true, strict=True)]))
    assert numbers(equations, "categorical.log-likelihood", -1, **at) == pytest.approx(math.log(likelihood))
    library = log_loss(true, predictions, labels=range(1, at["C"] + 1), normalize=False)
    for identifier in ("categorical.cross-entropy", "categorical.nll-identity"):
        assert numbers(equations, identifier, -1, **at) == pytest.approx(library)
        assert float(value(equations[identifier].expression, at)) == pytest.approx(library)


@given(q=st.floats(0, 1, exclude_min=True, exclude_max=True), more=st.floats(0, 1, exclude_min=True, exclude_max=True))
def test_categorical_loss_falls_towards_zero_as_the_prediction_grows(equations, q, more):
    loss = float(value(equations["categorical.loss-by-prediction"].expression, {"q": q}))
    assert loss == pytest.approx(-math.log(q), rel=1e-12)
    higher = float(value(equations["categorical.loss-by-prediction"].expression, {"q": max(q, more)}))
    assert 0 < higher <= loss
    assert float(value(equations["categorical.loss-falls"].expression, {"q": q})) == pytest.approx(-1 / q)
    assert value(equations["categorical.loss-vanishes"].expression, {}) == -math.log(1.0) == 0


def test_categorical_example_has_scikit_learns_loss(equations):
    library = log_loss([1], [[0.3, 0.7]], labels=[0, 1])
    assert float(value(equations["categorical.example-loss"].expression, {})) == pytest.approx(library)
    assert float(value(equations["categorical.example-log-likelihood"].expression, {})) == pytest.approx(-library)
    assert equations["categorical.example-loss"].value.digits.digits() == f"{library:.3f}" == "0.357"
