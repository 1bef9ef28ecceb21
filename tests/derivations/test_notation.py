"""The map between the two articles against scikit-learn: one loss under two notations."""

from __future__ import annotations

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy import special, stats
from sklearn.metrics import log_loss

from tests.derivations.evaluation import as_function
from tests.derivations.oracles import shows

prediction = st.floats(1e-9, 1 - 1e-9)
data = st.lists(st.tuples(st.integers(0, 1), prediction), min_size=1, max_size=12)


@given(drawn=data)
def test_losses_of_both_articles_are_scikit_learns(equations, drawn):
    labels, predictions = zip(*drawn, strict=True)
    of_mle = {"notation.y": as_function(list(labels)), "cats.yhat": as_function(list(predictions)), "N": len(drawn)}
    logits = special.logit(np.array(predictions)).tolist()
    of_bce = {"logistic.label": as_function(list(labels)), "logistic.logit": as_function(logits)}
    library = log_loss(labels, predictions, labels=[0, 1], normalize=False)
    for name in ("mle-loss", "mle-nll"):
        shows(equations[f"notation.{name}"], library, rel=1e-8, **of_mle)
    for name in ("renamed", "same-loss"):
        shows(equations[f"notation.{name}"], library, rel=1e-8, **of_mle, **of_bce)
    product = np.prod(stats.bernoulli.pmf(labels, predictions))
    shows(equations["notation.likelihood"], product, rel=1e-8, abs=1e-300, **of_mle)


@given(label=st.integers(0, 1), yhat=prediction)
def test_binary_loss_is_the_categorical_loss_of_two_classes(equations, label, yhat):
    library = log_loss([1 - label], [[yhat, 1 - yhat]], labels=[0, 1])
    at = {
        "notation.y": lambda i: label,
        "cats.yhat": lambda i, theta: yhat,
        "notation.Y": lambda i, c: [label, 1 - label][c - 1],
        "notation.Q": lambda i, c, theta: [yhat, 1 - yhat][c - 1],
        "i": 1,
    }
    for name in ("binary-of-categorical", "mle-sample-loss"):
        shows(equations[f"notation.{name}"], library, rel=1e-9, **at)
    shows(equations["notation.mle-log-probability"], stats.bernoulli.logpmf(label, yhat), **at)


def test_logarithms_of_both_articles_are_natural(equations):
    for u in (1e-5, 0.5, 1, math.e, 1e5):
        shows(equations["notation.logarithms"], math.log(u), abs=1e-15, u=u)
