"""Softmax, its loss, its gradient and its second derivatives against SciPy and NumPy."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy import special

from tests.derivations.evaluation import as_function
from tests.derivations.oracles import digits, members, shows, slope

number = st.floats(-5, 5)
logits = st.lists(st.tuples(number, number), min_size=2, max_size=5)


def loss(scores, true):
    return special.logsumexp(scores) - scores[true - 1]


@given(both=logits, data=st.data())
def test_softmax_and_its_derivatives_are_scipys(equations, both, data):
    scores = np.array([z for z, _ in both])
    c, i, k = (data.draw(st.integers(1, len(both))) for _ in range(3))
    at = {"softmax.z": as_function(scores.tolist()), "C": len(both), "c": c, "i": i, "k": k}
    found, moved = special.softmax(scores), np.eye(len(both))[c - 1]
    shows(equations["softmax.prediction"], found[c - 1], **at)
    shows(equations["softmax.total"], 1, **at)
    shows(equations["softmax.ratio"], found[i - 1] / found[c - 1], **at)
    shows(equations["softmax.label"], int(c == k), **at)
    for name in ("loss", "loss-by-logits"):
        shows(equations[f"softmax.{name}"], loss(scores, k), **at)
    rise = slope(lambda t: np.array([loss(scores + step * moved, k) for step in np.ravel(t)]).reshape(np.shape(t)), 0)
    shows(equations["softmax.gradient"], rise, rel=1e-5, abs=1e-7, **at)
    shows(equations["softmax.gradient-sum"], 0, abs=1e-7, **at)
    matrix = np.diag(found) - np.outer(found, found)
    shows(equations["softmax.hessian"], matrix[i - 1, c - 1], rel=1e-5, abs=1e-7, **at)
    assert np.linalg.eigvalsh(matrix).min() > -1e-12


@given(both=logits, data=st.data(), t=st.floats(-1, 1))
def test_second_derivative_along_a_direction_is_numpys_variance(equations, both, data, t):
    scores, direction = map(np.array, zip(*both, strict=True))
    c, k = (data.draw(st.integers(1, len(both))) for _ in range(2))
    families = {"softmax.z": as_function(scores.tolist()), "softmax.v": as_function(direction.tolist())}
    at = {**families, "C": len(both), "c": c, "k": k, "t": t}
    found = special.softmax(scores + t * direction)
    mean = np.average(direction, weights=found)
    shows(equations["softmax.moved-prediction"], found[c - 1], **at)
    shows(equations["softmax.moved-loss"], loss(scores + t * direction, k), **at)
    shows(equations["softmax.mean-direction"], mean, **at)
    shows(equations["softmax.slope-along"], mean - direction[k - 1], rel=1e-5, abs=1e-7, **at)
    shows(
        equations["softmax.moved-prediction-slope"], found[c - 1] * (direction[c - 1] - mean), rel=1e-5, abs=1e-7, **at
    )
    variance = np.average((direction - mean) ** 2, weights=found)
    for name in ("curvature", "variance"):
        shows(equations[f"softmax.{name}"], variance, rel=1e-4, abs=1e-6, **at)
    assert equations["softmax.variance"].relations[-1] == ">="


@given(one=number, other=number)
def test_two_classes_give_the_logistic_function_of_the_difference(equations, one, other):
    at = {"softmax.z": as_function([one, other]), "C": 2}
    shows(equations["softmax.two-classes"], special.expit(one - other), **at)


def test_three_classes_are_what_scipy_makes_of_their_logits(equations):
    found = special.softmax(members(equations["softmax.example-logits"]))
    for c, share in enumerate(found, 1):
        shows(equations[f"softmax.example-{c}"], share)
    shows(equations["softmax.example-gradient"], found[0] - 1)
    assert digits(equations["softmax.example-loss"]) == f"{-np.log(found[0]):.3f}"
