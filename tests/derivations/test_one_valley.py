"""The loss of logistic regression in all its weights, against scikit-learn's loss and NumPy's matrices."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import special
from sklearn.metrics import log_loss

from tests.derivations.evaluation import number
from tests.derivations.oracles import digits, shows, slope

seeds = st.integers(0, 10**6)


def drawn(seed):
    """Samples, labels, two places and a direction, and the same as families."""
    rng = np.random.default_rng(seed)
    samples, features = rng.integers(1, 5, 2)
    x, labels = rng.normal(size=(samples, features)), rng.integers(0, 2, samples)
    here, there, way = rng.normal(size=(3, features + 1))
    at = {
        "N": int(samples), "D": int(features), "n": 1, "c": 1, "t": 0.5,
        "b": here[-1], "e": there[-1], "u": way[-1],
        "one-valley.w": lambda j: here[int(j) - 1], "one-valley.W": lambda j: there[int(j) - 1],
        "one-valley.v": lambda j: way[int(j) - 1], "one-valley.x": lambda n, j: x[int(n) - 1, int(j) - 1],
        "logistic.label": lambda n: int(labels[int(n) - 1]),
    }  # fmt: skip
    design = np.hstack([x, np.ones((samples, 1))])
    return design, labels, here, there, way, at


def loss(design, labels, place):
    return log_loss(labels, special.expit(design @ place), labels=[0, 1], normalize=False)


@settings(max_examples=4)
@given(seed=seeds)
def test_gradient_and_curvature_are_numpys_matrices(equations, seed):
    design, labels, here, _, way, at = drawn(seed)
    gradient = design.T @ (special.expit(design @ here) - labels)
    shows(equations["one-valley.loss"], loss(design, labels, here), **at)
    shows(equations["one-valley.weight-gradient"], gradient[0], rel=1e-5, abs=1e-7, **at)
    shows(equations["one-valley.bias-gradient"], gradient[-1], rel=1e-5, abs=1e-7, **at)
    place = here + at["t"] * way
    found = special.expit(design @ place)
    hessian = design.T @ np.diag(found * (1 - found)) @ design
    assert np.linalg.eigvalsh(hessian).min() > -1e-9
    shows(equations["one-valley.moved-loss"], loss(design, labels, place), **at)
    shows(equations["one-valley.slope-along"], way @ design.T @ (found - labels), rel=1e-5, abs=1e-7, **at)
    shows(equations["one-valley.curvature"], way @ hessian @ way, rel=1e-4, abs=1e-6, **at)
    assert equations["one-valley.curvature"].relations[-1] == ">="


@settings(max_examples=4)
@given(seed=seeds)
def test_the_loss_lies_above_its_tangent_plane_by_kl_divergences(equations, seed):
    design, labels, here, there, _, at = drawn(seed)
    apart = loss(design, labels, there) - loss(design, labels, here)
    shows(equations["one-valley.loss-difference"], apart, rel=1e-6, abs=1e-9, **at)
    p, q = special.expit(design @ here), special.expit(design @ there)
    plane = (there - here) @ design.T @ (p - labels)
    shows(equations["one-valley.rise-by-gradient"], plane, rel=1e-6, abs=1e-9, **at)
    above = equations["one-valley.above-tangent-plane"]
    assert number(above, 0, at) == pytest.approx(apart, rel=1e-6, abs=1e-9)
    assert number(above, 1, at) == pytest.approx(plane, rel=1e-5, abs=1e-7)
    divergence = (special.rel_entr(p, q) + special.rel_entr(1 - p, 1 - q)).sum()
    assert apart == pytest.approx(plane + divergence)


@given(s=st.floats(-8, 8), r=st.floats(-8, 8), y=st.integers(0, 1), h=st.floats(-3, 3))
def test_one_sample_is_scipys(equations, s, r, y, h):
    def of(z):
        return -(y * special.log_expit(z) + (1 - y) * special.log_expit(-z))

    shows(equations["one-valley.sample-gap"], of(r) - of(s), rel=1e-6, abs=1e-9, s=s, r=r, y=y)
    shows(equations["one-valley.log-odds"], s, rel=1e-6, abs=1e-6, s=s)
    rise = slope(lambda t: of(s + t * h), 0.3, 0.1)
    shows(equations["one-valley.sample-slope"], rise, rel=1e-5, abs=1e-7, s=s, t=0.3, h=h, y=y)


def test_the_middle_of_a_chord_is_above_the_curve(equations):
    values = [-special.log_expit(np.log(each)) for each in (1, 3, 9)]
    assert digits(equations["one-valley.middle"]) == f"{values[1]:.3f}"
    assert digits(equations["one-valley.chord"]) == f"{(values[0] + values[2]) / 2:.3f}"
    assert values[1] < (values[0] + values[2]) / 2
