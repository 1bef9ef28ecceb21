"""Logistic regression against SciPy, scikit-learn and statsmodels."""

from __future__ import annotations

import math

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st
from scipy import optimize, special, stats
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss
from sympy import lambdify

from tests.derivations.evaluation import as_function, resolved, right_side, value

probability = st.floats(1e-9, 1 - 1e-9)
data = st.lists(st.tuples(st.integers(0, 1), probability), min_size=1, max_size=20)


def at_data(drawn) -> dict:
    labels, predictions = zip(*drawn, strict=True)
    return {"logistic_label": as_function(labels), "logistic_model": as_function(predictions), "N": len(drawn)}


def number(equations, identifier, **at) -> float:
    equation = equations[identifier]
    return float(value(resolved(equation, equation.expression), at))


def shown(equations, identifier, which=-1, **at) -> float:
    return float(value(right_side(equations[identifier], which), at))


@given(z=st.floats(-700, 30))
def test_sigmoid_is_scipys_and_lies_between_zero_and_one(equations, z):
    assert number(equations, "logistic.sigmoid", z=z) == pytest.approx(special.expit(z), rel=1e-12)
    assert 0 < value(equations["logistic.sigmoid"].expression, {"z": z}) < 1


@given(label=st.integers(0, 1), f=st.floats(0, 1))
def test_label_probability_is_bernoulli(equations, label, f):
    at = {"logistic_model": lambda n: f, "logistic_label": lambda n: label, "n": 1}
    assert number(equations, "logistic.label-probability", **at) == pytest.approx(stats.bernoulli.pmf(label, f))
    case = "logistic.probability-positive" if label else "logistic.probability-negative"
    assert number(equations, case, **at) == pytest.approx(stats.bernoulli.pmf(label, f))


@given(label=st.integers(0, 1), f=probability)
def test_sample_loss_is_scikit_learns(equations, label, f):
    at = {"logistic_model": lambda n: f, "logistic_label": lambda n: label, "n": 1}
    library = log_loss([label], [f], labels=[0, 1])
    assert number(equations, "logistic.sample-loss", **at) == pytest.approx(library, rel=1e-9)
    case = "logistic.sample-loss-positive" if label else "logistic.sample-loss-negative"
    for which in (1, 2):
        assert shown(equations, case, which, **at) == pytest.approx(library, rel=1e-9)
    assert number(equations, "logistic.log-probability", **at) == pytest.approx(stats.bernoulli.logpmf(label, f))


@given(drawn=data)
def test_nll_is_scikit_learns_loss_summed(equations, drawn):
    labels, predictions = zip(*drawn, strict=True)
    nll = shown(equations, "logistic.nll", **at_data(drawn))
    assert nll == pytest.approx(log_loss(labels, predictions, labels=[0, 1], normalize=False), rel=1e-9)
    assert nll / len(drawn) == pytest.approx(log_loss(labels, predictions, labels=[0, 1]), rel=1e-9)
    assert number(equations, "logistic.bernoulli-likelihood", **at_data(drawn)) == pytest.approx(
        np.prod(stats.bernoulli.pmf(labels, predictions)), rel=1e-9, abs=1e-300
    )


@pytest.mark.parametrize("label, prediction, loss", [(1, 1, 0.0), (0, 0, 0.0), (1, 0, math.inf), (0, 1, math.inf)])
def test_sample_loss_at_the_ends_is_zero_if_right_and_infinite_if_wrong(equations, label, prediction, loss):
    """Only the term that the label keeps is taken: 0 times the logarithm of 0 is left to the mathematics (a limit)."""
    case = "logistic.sample-loss-positive" if label else "logistic.sample-loss-negative"
    assert number(equations, case, logistic_model=lambda n: prediction, n=1) == loss
    limit = "logistic.positive-loss-vanishes" if label else "logistic.negative-loss-vanishes"
    assert number(equations, limit) == 0
    assert stats.bernoulli.logpmf(label, prediction) == -loss


@given(f=st.tuples(probability, probability, probability), rest=st.floats(1e-6, 1))
def test_example_of_three_samples_is_a_product_and_a_sum(equations, f, rest):
    at = {"logistic_model": as_function(f), "rest": rest}
    likelihood = np.prod(stats.bernoulli.pmf([1, 1, 0], f)) * rest
    assert number(equations, "logistic.likelihood", **at) == pytest.approx(likelihood, rel=1e-9)
    assert number(equations, "logistic.log-likelihood", **at) == pytest.approx(math.log(likelihood))
    for identifier in ("logistic.nll-of-product", "logistic.nll-bracketed", "logistic.nll-expanded"):
        assert shown(equations, identifier, **at) == pytest.approx(-math.log(likelihood))
    three = log_loss([1, 1, 0], f, labels=[0, 1], normalize=False)
    assert number(equations, "logistic.nll-of-example", **at) == pytest.approx(three, rel=1e-9)


@given(u=st.floats(1e-300, 1e300), factors=st.tuples(*[st.floats(1e-90, 1e90)] * 3))
def test_logarithm_turns_products_into_sums_and_increases(equations, u, factors):
    a, b, c = factors
    assert number(equations, "logistic.logarithm", u=u) == pytest.approx(math.log(u), rel=1e-12)
    assert number(equations, "logistic.logarithm-increases", u=u) == pytest.approx(1 / u)
    assert number(equations, "logistic.logarithm-of-product", A=a, B=b, C=c) == pytest.approx(
        math.log(a * b * c), abs=1e-9
    )
    assert number(equations, "logistic.product", A=a, B=b, C=c) == pytest.approx(a * b * c)


# ------------------------------------------------------------ fitted models


def regression_data(seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Sixty samples of two features, with labels that no line separates."""
    draw = np.random.default_rng(seed)
    features = draw.normal(size=(60, 2))
    labels = (features @ [1.0, -0.5] + draw.logistic(size=60) > 0.2).astype(int)
    labels[:2] = 0, 1
    features[1] = features[0]
    return features, labels


def newton(equations, features: np.ndarray, labels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Weights (the bias first) and their standard errors, from the catalogue's slope and bend of one sample's loss."""
    slope, bend = (
        lambdify(sorted(expression.free_symbols, key=str), expression, "numpy")
        for expression in (
            equations["squared-error.cross-entropy-gradient"].expression,
            equations["squared-error.cross-entropy-convex"].expression,
        )
    )
    design = np.column_stack([np.ones(len(features)), features])
    weights = np.zeros(design.shape[1])
    for _ in range(30):
        scores = design @ weights
        curvature = design.T @ (design * np.asarray(bend(labels, scores))[:, None])
        weights = weights - np.linalg.solve(curvature, design.T @ slope(labels, scores))
    return weights, np.sqrt(np.diag(np.linalg.inv(curvature)))


@pytest.mark.parametrize("seed", range(5))
def test_newton_on_the_derived_slope_finds_scikit_learns_weights(equations, seed):
    features, labels = regression_data(seed)
    weights, _ = newton(equations, features, labels)
    library = LogisticRegression(C=np.inf, tol=1e-10, max_iter=10_000).fit(features, labels)
    assert weights == pytest.approx([library.intercept_[0], *library.coef_[0]], abs=1e-4)


@pytest.mark.parametrize("seed", range(5))
def test_newton_on_the_derived_bend_finds_statsmodels_standard_errors(equations, seed):
    features, labels = regression_data(seed)
    weights, errors = newton(equations, features, labels)
    fit = sm.Logit(labels, sm.add_constant(features)).fit(disp=0, tol=1e-12)
    assert weights == pytest.approx(fit.params, abs=1e-7)
    assert errors == pytest.approx(fit.bse, rel=1e-6)


@pytest.mark.parametrize("seed", range(5))
def test_nll_is_minus_statsmodels_log_likelihood(equations, seed):
    features, labels = regression_data(seed)
    weights = np.random.default_rng(seed).normal(size=3)
    design = sm.add_constant(features)
    drawn = list(zip(labels.tolist(), special.expit(design @ weights).tolist(), strict=True))
    assert shown(equations, "logistic.nll", **at_data(drawn)) == pytest.approx(
        -sm.Logit(labels, design).loglike(weights)
    )


@pytest.mark.parametrize("identifier, which", [
    ("logistic.mean-same-minimiser", 0), ("logistic.mean-same-minimiser", 1), ("logistic.bits-same-minimiser", 1),
])  # fmt: skip
def test_minimiser_of_every_objective_is_that_of_statsmodels(equations, identifier, which):
    """The objectives as the catalogue shows them (sum, mean, bits), minimised by SciPy."""
    features, labels = regression_data(11)
    features, labels = features[:14], labels[:14]
    design = sm.add_constant(features)
    objective = right_side(equations[identifier], which).objective

    def loss(weights: np.ndarray) -> float:
        drawn = list(zip(labels.tolist(), special.expit(design @ weights).tolist(), strict=True))
        return float(value(objective, at_data(drawn)))

    found = optimize.minimize(loss, np.zeros(3), method="BFGS", options={"gtol": 1e-8}).x
    assert found == pytest.approx(sm.Logit(labels, design).fit(disp=0, tol=1e-12).params, abs=1e-3)


def test_largest_likelihood_is_where_the_nll_is_smallest(equations):
    """On a grid of weights, with labels 1, 1, 0 and a fourth sample that stands behind the dots."""
    largest, smallest = (right_side(equations["logistic.argmin-nll"], which) for which in (1, 2))
    assert (type(largest).__name__, type(smallest).__name__) == ("ArgMax", "ArgMin")
    samples, grid = (
        np.array([0.5, 2.0, -0.3, 0.1]),
        [(w, b) for w in np.linspace(-3, 6, 19) for b in np.linspace(-3, 3, 13)],
    )
    likelihoods, losses = [], []
    for w, b in grid:
        f = special.expit(w * samples + b)
        at = {"logistic_model": as_function(f), "rest": 1 - f[3]}
        likelihoods.append(value(largest.objective, at))
        losses.append(value(smallest.objective, at))
    assert grid[int(np.argmax(likelihoods))] == grid[int(np.argmin(losses))]
    assert 0 < int(np.argmax(likelihoods)) < len(grid) - 1


def test_separable_data_have_no_finite_best_weights(equations):
    """All labels one, as with the ten cats: the likelihood rises with every step and stays below its supremum."""
    likelihoods = [value(equations["cats.shared-score"].expression, {"z": z, "N": 10}) for z in (0, 1, 5, 20, 40, 80)]
    assert likelihoods == sorted(likelihoods) and likelihoods[-1] < 1
    weights = [
        LogisticRegression(C=strength, max_iter=10_000, tol=1e-12).fit([[-1.0], [1.0]], [0, 1]).coef_[0, 0]
        for strength in (1e2, 1e4, 1e6)
    ]
    assert weights[0] + 2 < weights[1] and weights[1] + 2 < weights[2], "the weaker the penalty, the larger the weights"
