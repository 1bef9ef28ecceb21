"""Cross-entropy beside the squared error, against SciPy and scikit-learn: gradients, curvature, noise, valleys."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import optimize, special, stats
from sklearn.metrics import brier_score_loss, log_loss

from tests.derivations.evaluation import number
from tests.derivations.oracles import at_last, digits, members, shows, slope

scores = st.floats(-20, 20)
probability = st.floats(0.01, 0.99)


# ------------------------------------------------------------ one score


@given(z=scores, y=st.integers(0, 1))
def test_losses_of_a_score_are_scikit_learns(equations, z, y):
    shows(equations["squared-error.cross-entropy"], log_loss([y], [special.expit(z)], labels=[0, 1]), z=z, y=y)
    brier = brier_score_loss([y], [special.expit(z)], labels=[0, 1])
    shows(equations["squared-error.squared-error"], brier, rel=1e-6, z=z, y=y)
    shows(equations["squared-error.cross-entropy-positive"], -special.log_expit(z), z=z)
    shows(equations["squared-error.squared-error-positive"], special.expit(-z) ** 2, z=z)


@given(z=st.floats(-8, 8), y=st.integers(0, 1))
def test_gradients_of_a_score_are_slopes(equations, z, y):
    def cross(at):
        return -(y * special.log_expit(at) + (1 - y) * special.log_expit(-at))

    def squared(at):
        return (y - special.expit(at)) ** 2

    shows(equations["squared-error.sigmoid-slope"], slope(special.expit, z, 0.1), rel=1e-5, abs=1e-8, z=z)
    for loss, function in (("cross-entropy", cross), ("squared-error", squared)):
        gradient = slope(function, z, 0.1)
        shows(equations[f"squared-error.{loss}-gradient"], gradient, rel=1e-5, abs=1e-8, z=z, y=y)
        if y:
            shows(equations[f"squared-error.{loss}-push"], gradient, rel=1e-5, abs=1e-8, z=z)
    bend = slope(lambda at: -2 * special.expit(at) * special.expit(-at) ** 2, z, 0.1)
    shows(equations["squared-error.squared-error-bend"], bend, rel=1e-4, abs=1e-8, z=z)


@given(z=scores, y=st.integers(0, 1))
def test_cross_entropy_of_a_score_is_convex_everywhere(equations, z, y):
    shows(equations["squared-error.cross-entropy-convex"], special.expit(z) * special.expit(-z), rel=1e-9, z=z, y=y)
    assert equations["squared-error.cross-entropy-convex"].relations[-1] == ">"


def test_squared_error_of_a_score_bends_both_ways(equations):
    step = 1e-3
    for way, z, sigmoid in (("down", -math.log(3), "quarter"), ("up", 0.0, "half")):
        lower, here, upper = ((1 - special.expit(z + move)) ** 2 for move in (-step, 0, step))
        bends = equations[f"squared-error.squared-error-bends-{way}"]
        shows(bends, (lower - 2 * here + upper) / step**2, rel=1e-4, z=z)
        assert (at_last(bends) < 0) is (way == "down")
        shows(equations[f"squared-error.sigmoid-{sigmoid}"], special.expit(z))


def test_gradients_far_off_stay_for_one_loss_and_fade_for_the_other(equations):
    far = -60.0
    shows(equations["squared-error.cross-entropy-gradient-stays"], special.expit(far) - 1)
    fades = -2 * special.expit(far) * special.expit(-far) ** 2
    shows(equations["squared-error.squared-error-gradient-fades"], fades, abs=1e-20)


# ------------------------------------------------------------ noise


@given(t=st.floats(-5, 5), mu=st.floats(-5, 5), v=st.floats(0.1, 10))
def test_gaussian_noise_gives_the_squared_error_and_a_constant(equations, t, mu, v):
    normal, at = stats.norm(mu, math.sqrt(v)), {"t": t, "mu": mu, "v": v}
    shows(equations["squared-error.gaussian"], normal.pdf(t), **at)
    shows(equations["squared-error.gaussian-log"], normal.logpdf(t), **at)
    shows(equations["squared-error.gaussian-nll"], -normal.logpdf(t), **at)
    least = -stats.norm(t, math.sqrt(v)).logpdf(t)
    assert at_last(equations["squared-error.gaussian-nll"], **at) - least == pytest.approx(
        (t - mu) ** 2 / (2 * v), abs=1e-9
    )
    assert at_last(equations["squared-error.gaussian-least"], t=t, v=v) == t


@given(z=scores, y=st.integers(0, 1), v=st.floats(0.1, 10))
def test_gaussian_noise_about_the_prediction_gives_the_squared_error_of_a_label(equations, z, y, v):
    library = -stats.norm(special.expit(z), math.sqrt(v)).logpdf(y)
    shows(equations["squared-error.gaussian-squared-error"], library, z=z, y=y, v=v)


@given(p=probability, q=probability)
def test_expected_squared_error_is_scipys_and_least_at_the_probability(equations, p, q):
    def expected(prediction: float) -> float:
        return stats.bernoulli.expect(lambda y: (y - prediction) ** 2, args=(p,))

    for name in ("expected-squared-error", "expected-squared-error-decomposed"):
        shows(equations[f"squared-error.{name}"], expected(q), p=p, q=q)
    shows(equations["squared-error.expected-squared-error-gap"], expected(q) - expected(p), p=p, q=q)
    search = optimize.minimize_scalar(expected, bounds=(0, 1), method="bounded", options={"xatol": 1e-10})
    assert at_last(equations["squared-error.expected-squared-error-least"], p=p) == pytest.approx(search.x, abs=1e-4)


# ------------------------------------------------------------ three samples, two valleys


def sums(equations):
    """The two losses of the three samples as functions of the weight, in NumPy."""
    x, y = (np.array(members(equations[f"two-valleys.{name}"])) for name in ("inputs", "labels"))

    def squared(w: float) -> float:
        return float(((y - special.expit(w * x)) ** 2).sum())

    def cross(w: float) -> float:
        return float(-(y * special.log_expit(w * x) + (1 - y) * special.log_expit(-w * x)).sum())

    return squared, cross


@given(w=st.floats(-3, 6))
def test_sums_of_three_samples_are_scikit_learns(equations, w):
    squared, cross = sums(equations)
    shows(equations["two-valleys.cross-entropy-sum"], cross(w), w=w)
    for name in ("squared-error-sum", "three-squared-errors"):
        shows(equations[f"two-valleys.{name}"], squared(w), w=w)
    x, y = (members(equations[f"two-valleys.{name}"]) for name in ("inputs", "labels"))
    brier = brier_score_loss(y, special.expit(w * np.array(x)), labels=[0, 1])
    assert squared(w) == pytest.approx(len(x) * brier)


def test_squared_error_of_three_samples_has_two_valleys_by_search(equations):
    squared, cross = sums(equations)
    for name, w in (("left-wall", -1), ("left", -0.12), ("ridge", 0.5), ("right", 1.95), ("right-wall", 5)):
        equation = equations[f"two-valleys.at-{name}"]
        shows(equation, squared(w))
        assert digits(equation) == f"{squared(w):.3f}"
    left, right = (
        optimize.minimize_scalar(squared, bounds=bounds, method="bounded", options={"xatol": 1e-9}).x
        for bounds in ((-1, 0.5), (0.5, 5))
    )
    assert left == pytest.approx(-0.12, abs=0.05) and right == pytest.approx(1.95, abs=0.1)
    assert squared(left) < squared(right) < min(squared(0.5), squared(5))
    for side in ("left", "right"):
        equation = equations[f"two-valleys.{side}-valley"]
        bottom, wall, ridge = (number(equation, which, {}) for which in range(3))
        assert bottom < wall < ridge and equation.relations == ("<", "<")
    slopes = np.sign(np.diff([cross(w) for w in np.linspace(-1, 5, 400)]))
    assert (np.diff(slopes) != 0).sum() == 1, "the cross-entropy falls and then rises: one valley"


@given(w=st.floats(-2, 3), a=st.floats(-3, 3), y=st.integers(0, 1))
def test_slopes_in_the_weight_are_those_of_scipy(equations, w, a, y):
    _, cross = sums(equations)
    rise = slope(lambda at: special.expit(at * a), w, 0.1)
    shows(equations["two-valleys.sigmoid-slope-in-weight"], rise, rel=1e-5, abs=1e-8, w=w, a=a)
    rise = slope(lambda at: -(y * special.log_expit(at * a) + (1 - y) * special.log_expit(-at * a)), w, 0.1)
    shows(equations["two-valleys.cross-entropy-slope-in-weight"], rise, rel=1e-5, abs=1e-8, w=w, a=a, y=y)
    step = 1e-3
    bend = (cross(w - step) - 2 * cross(w) + cross(w + step)) / step**2
    shows(equations["two-valleys.cross-entropy-sum-convex"], bend, rel=1e-2, abs=1e-4, w=w)
    assert at_last(equations["two-valleys.cross-entropy-sum-convex"], w=w) > 0
