"""Cross-entropy, entropy and KL divergence against SciPy; the map between the articles; the squared error."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import differentiate, optimize, special, stats
from sklearn.metrics import brier_score_loss, log_loss

from tests.derivations.evaluation import as_function, resolved, right_side, value

inside = st.floats(1e-6, 1 - 1e-6)
data = st.lists(st.tuples(st.integers(0, 1), st.floats(1e-9, 1 - 1e-9)), min_size=1, max_size=20)
scores = st.floats(-20, 20)


def number(equations, identifier, **at) -> float:
    equation = equations[identifier]
    return float(value(resolved(equation, equation.expression), at))


def shown(equations, identifier, which=-1, **at) -> float:
    return float(value(right_side(equations[identifier], which), at))


def slope(function, place: float, step: float) -> float:
    return float(differentiate.derivative(function, place, initial_step=step, tolerances={"rtol": 1e-10}).df)


# ------------------------------------------------------------ cross-entropy


@given(rows=st.lists(st.tuples(st.floats(0.01, 1), st.floats(0.01, 1)), min_size=2, max_size=8))
def test_cross_entropy_of_any_events_is_entropy_plus_scipys_divergence(equations, rows):
    p, q = (np.array(column) / sum(column) for column in zip(*rows, strict=True))
    at = {"cross-entropy_p": as_function(p), "cross-entropy_q": as_function(q), "X": range(1, len(p) + 1)}
    assert shown(equations, "cross-entropy.definition", **at) == pytest.approx(stats.entropy(p) + stats.entropy(p, q))


@given(label=st.integers(0, 1), f=st.floats(1e-9, 1 - 1e-9))
def test_cross_entropy_of_a_sample_is_scikit_learns_loss(equations, label, f):
    library = log_loss([label], [f], labels=[0, 1])
    classes = {
        "cross-entropy_p_class": lambda c: label if c else 1 - label,
        "cross-entropy_q_class": lambda c: f if c else 1 - f,
    }
    assert shown(equations, "cross-entropy.two-classes", **classes) == pytest.approx(library, rel=1e-9)
    sample = {"logistic_label": lambda n: label, "logistic_model": lambda n: f, "n": 1}
    for identifier in ("cross-entropy.bernoulli", "cross-entropy.equals-sample-loss"):
        assert shown(equations, identifier, **sample) == pytest.approx(library, rel=1e-9)


def test_cross_entropy_distributions_add_to_one(equations):
    for identifier in ("cross-entropy.true-distribution", "cross-entropy.model-distribution"):
        one, zero = equations[identifier].lines
        at = {"logistic_label": lambda n: 1, "logistic_model": lambda n: 0.3, "n": 1}
        assert value(one.last, at) + value(zero.last, at) == 1
        assert [int(line.first.args[0]) for line in (one, zero)] == [1, 0]


@given(drawn=data)
def test_cross_entropy_summed_is_the_nll(equations, drawn):
    labels, predictions = zip(*drawn, strict=True)
    at = {"logistic_label": as_function(labels), "logistic_model": as_function(predictions), "N": len(drawn)}
    library = log_loss(labels, predictions, labels=[0, 1], normalize=False)
    for which in (0, 1):
        assert shown(equations, "cross-entropy.sum-equals-nll", which, **at) == pytest.approx(library, rel=1e-9)


@given(p=inside, q=inside)
def test_cross_entropy_splits_into_scipys_entropy_and_divergence(equations, p, q):
    entropy, divergence = stats.bernoulli.entropy(p), special.rel_entr([p, 1 - p], [q, 1 - q]).sum()
    assert number(equations, "cross-entropy.entropy", p=p) == pytest.approx(entropy)
    assert number(equations, "cross-entropy.entropy-positive", p=p) > 0
    for form in (number, shown):
        assert form(equations, "cross-entropy.kl-divergence", p=p, q=q) == pytest.approx(
            divergence, rel=1e-6, abs=1e-12
        )
    assert number(equations, "cross-entropy.of-two-bernoullis", p=p, q=q) == pytest.approx(entropy + divergence)
    assert shown(equations, "cross-entropy.decomposition", p=p, q=q) == pytest.approx(entropy + divergence)
    assert shown(equations, "cross-entropy.at-q-equal-p", 0, p=p) == pytest.approx(entropy)


@given(p=inside, q=inside, steps=st.integers(-3, 3))
def test_kl_divergence_is_zero_at_q_equal_p_and_nowhere_else(equations, p, q, steps):
    neighbour = p
    for _ in range(abs(steps)):
        neighbour = math.nextafter(neighbour, math.copysign(math.inf, steps))
    divergence = equations["cross-entropy.kl-divergence"].expression
    for other in (q, neighbour):
        found = value(divergence, {"p": p, "q": other})
        assert (found > 0) if other != p else abs(found) < 1e-35
    assert number(equations, "cross-entropy.kl-at-minimum") == 0


@given(p=st.floats(0.01, 0.99))
def test_kl_minimiser_is_found_by_search(equations, p):
    def divergence(q: float) -> float:
        return stats.entropy([p, 1 - p], [q, 1 - q])

    search = optimize.minimize_scalar(divergence, bounds=(0, 1), method="bounded", options={"xatol": 1e-12})
    assert number(equations, "cross-entropy.kl-minimiser", p=p) == pytest.approx(search.x, abs=1e-4)


@given(p=st.floats(0.05, 0.95), q=st.floats(0.05, 0.95))
def test_kl_slope_is_that_of_scipys_divergence(equations, p, q):
    numeric = slope(lambda at: special.rel_entr(p, at) + special.rel_entr(1 - p, 1 - at), q, 0.01)
    for form in (number, shown):
        assert form(equations, "cross-entropy.kl-slope", p=p, q=q) == pytest.approx(numeric, rel=1e-6, abs=1e-7)


def test_entropy_of_one_hot_labels_is_zero(equations):
    for identifier, p in (("cross-entropy.entropy-of-one-hot", 1.0), ("cross-entropy.entropy-of-other-one-hot", 0.0)):
        assert number(equations, identifier) == stats.bernoulli.entropy(p) == special.entr([p, 1 - p]).sum() == 0


# ------------------------------------------------------------ the two notations


@given(drawn=data)
def test_losses_of_both_articles_are_scikit_learns(equations, drawn):
    labels, predictions = zip(*drawn, strict=True)
    of_mle = {"cats_y": as_function(labels), "cats_prediction": as_function(predictions), "N": len(drawn)}
    of_bce = {"logistic_label": as_function(labels), "logistic_model": as_function(predictions), "N": len(drawn)}
    library = log_loss(labels, predictions, labels=[0, 1], normalize=False)
    assert shown(equations, "notation.mle-loss", **of_mle) == pytest.approx(library, rel=1e-9)
    for identifier in ("notation.renamed", "notation.same-loss"):
        assert shown(equations, identifier, **of_bce) == pytest.approx(library, rel=1e-9)
        assert number(equations, identifier, **of_bce) == pytest.approx(library, rel=1e-9)


@given(label=st.integers(0, 1), prediction=st.floats(1e-9, 1 - 1e-9))
def test_binary_loss_is_the_categorical_loss_of_two_classes(equations, label, prediction):
    library = log_loss([1 - label], [[prediction, 1 - prediction]], labels=[0, 1])
    at = {"cats_y": lambda i: label, "cats_prediction": lambda i: prediction, "i": 1}
    assert shown(equations, "notation.binary-of-categorical", **at) == pytest.approx(library, rel=1e-9)
    assert number(equations, "notation.mle-sample-loss", **at) == pytest.approx(library, rel=1e-9)
    assert number(equations, "notation.mle-log-probability", **at) == pytest.approx(
        stats.bernoulli.logpmf(label, prediction)
    )


def test_logarithms_of_both_articles_are_natural(equations):
    for u in (1e-5, 0.5, 1, math.e, 1e5):
        assert number(equations, "notation.logarithms", u=u) == pytest.approx(math.log(u), abs=1e-15)


# ------------------------------------------------------------ the squared error


@given(z=scores, y=st.integers(0, 1))
def test_losses_of_a_score_are_scikit_learns(equations, z, y):
    assert number(equations, "squared-error.cross-entropy", z=z, y=y) == pytest.approx(
        log_loss([y], [special.expit(z)], labels=[0, 1]), rel=1e-6
    )
    assert number(equations, "squared-error.squared-error", z=z, y=y) == pytest.approx(
        brier_score_loss([y], [special.expit(z)], labels=[0, 1]), rel=1e-9
    )
    assert number(equations, "squared-error.cross-entropy-positive", z=z) == pytest.approx(-special.log_expit(z))
    assert number(equations, "squared-error.squared-error-positive", z=z) == pytest.approx(special.expit(-z) ** 2)


@given(z=st.floats(-8, 8), y=st.integers(0, 1))
def test_gradients_of_a_score_are_slopes(equations, z, y):
    def cross(at):
        return -(y * special.log_expit(at) + (1 - y) * special.log_expit(-at))

    def squared(at):
        return (y - special.expit(at)) ** 2

    for identifier, function in (
        ("squared-error.cross-entropy-gradient", cross),
        ("squared-error.squared-error-gradient", squared),
    ):
        for form in (number, shown):
            assert form(equations, identifier, z=z, y=y) == pytest.approx(slope(function, z, 0.1), rel=1e-5, abs=1e-8)
    if y:
        assert number(equations, "squared-error.cross-entropy-push", z=z) == pytest.approx(
            slope(cross, z, 0.1), rel=1e-5
        )
        assert number(equations, "squared-error.squared-error-push", z=z) == pytest.approx(
            slope(squared, z, 0.1), rel=1e-5, abs=1e-8
        )
        bend = slope(lambda at: -2 * special.expit(at) * special.expit(-at) ** 2, z, 0.1)
        assert number(equations, "squared-error.squared-error-bend", z=z) == pytest.approx(bend, rel=1e-4, abs=1e-8)


@given(z=scores, y=st.integers(0, 1))
def test_cross_entropy_of_a_score_is_convex_everywhere(equations, z, y):
    assert number(equations, "squared-error.cross-entropy-convex", z=z, y=y) == pytest.approx(
        special.expit(z) * special.expit(-z), rel=1e-9
    )
    assert number(equations, "squared-error.cross-entropy-convex", z=z, y=y) > 0


def test_squared_error_of_a_score_bends_both_ways(equations):
    step = 1e-3
    for identifier, z in (
        ("squared-error.squared-error-bends-down", -math.log(3)),
        ("squared-error.squared-error-bends-up", 0.0),
    ):
        lower, here, upper = ((1 - special.expit(z + move)) ** 2 for move in (-step, 0, step))
        assert number(equations, identifier) == pytest.approx((lower - 2 * here + upper) / step**2, rel=1e-4)
    assert (
        number(equations, "squared-error.squared-error-bends-down")
        < 0
        < number(equations, "squared-error.squared-error-bends-up")
    )


def test_gradients_far_off_stay_for_one_loss_and_fade_for_the_other(equations):
    far = -60.0
    assert special.expit(far) - 1 == number(equations, "squared-error.cross-entropy-gradient-stays") == -1
    assert -2 * special.expit(far) * special.expit(-far) ** 2 == pytest.approx(
        number(equations, "squared-error.squared-error-gradient-fades"), abs=1e-20
    )


@given(t=st.floats(-5, 5), mu=st.floats(-5, 5), v=st.floats(0.1, 10))
def test_gaussian_noise_gives_the_squared_error_and_a_constant(equations, t, mu, v):
    normal, at = stats.norm(mu, math.sqrt(v)), {"t": t, "mu": mu, "v": v}
    assert number(equations, "squared-error.gaussian", **at) == pytest.approx(normal.pdf(t))
    assert number(equations, "squared-error.gaussian-log", **at) == pytest.approx(normal.logpdf(t))
    assert shown(equations, "squared-error.gaussian-nll", **at) == pytest.approx(-normal.logpdf(t))
    elsewhere = shown(equations, "squared-error.gaussian-nll", **(at | {"t": mu}))
    assert shown(equations, "squared-error.gaussian-nll", **at) - elsewhere == pytest.approx(
        (t - mu) ** 2 / (2 * v), abs=1e-9
    )
