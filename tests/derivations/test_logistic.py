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

from tests.derivations.evaluation import as_function, number, value
from tests.derivations.oracles import at_last, shows, slope

probability = st.floats(1e-9, 1 - 1e-9)
data = st.lists(st.tuples(st.integers(0, 1), probability), min_size=1, max_size=20)


def of_sample(label, prediction) -> dict:
    """One sample, number 1: its label, and the logit that gives the prediction."""
    return {"logistic.label": lambda n: label, "logistic.logit": lambda w, b, n: special.logit(prediction), "n": 1}


def of_samples(labels, predictions) -> dict:
    logits = special.logit(np.array(predictions)).tolist()
    return {"logistic.label": as_function(list(labels)), "logistic.logit": as_function(logits), "N": len(labels)}


@given(z=st.floats(-700, 30))
def test_sigmoid_is_scipys_and_lies_between_zero_and_one(equations, z):
    shows(equations["logistic.sigmoid"], special.expit(z), rel=1e-12, abs=0, z=z)
    low, between, high = equations["logistic.sigmoid-range"].terms
    assert (low, high, equations["logistic.sigmoid-range"].relations) == (("num", 0), ("num", 1), ("<", "<"))
    assert 0 < value(between, equations["logistic.sigmoid-range"].context, {"z": z}) < 1


@given(label=st.integers(0, 1), f=probability)
def test_label_probability_is_bernoulli(equations, label, f):
    case = "probability-positive" if label else "probability-negative"
    shows(equations["logistic.model"], f, **of_sample(label, f))
    for name in ("label-probability", case):
        shows(equations[f"logistic.{name}"], stats.bernoulli.pmf(label, f), **of_sample(label, f))


@given(label=st.integers(0, 1), f=probability)
def test_sample_loss_is_scikit_learns(equations, label, f):
    library = log_loss([label], [f], labels=[0, 1])
    case = "sample-loss-positive" if label else "sample-loss-negative"
    for name in ("loss", "sample-loss", case):
        shows(equations[f"logistic.{name}"], library, rel=1e-9, **of_sample(label, f))
    shows(equations["logistic.log-probability"], stats.bernoulli.logpmf(label, f), **of_sample(label, f))


@given(drawn=data)
def test_nll_is_scikit_learns_loss_summed(equations, drawn):
    labels, predictions = zip(*drawn, strict=True)
    at = of_samples(labels, predictions)
    shows(equations["logistic.nll"], log_loss(labels, predictions, labels=[0, 1], normalize=False), rel=1e-8, **at)
    nll = at_last(equations["logistic.nll"], **at)
    assert nll / len(drawn) == pytest.approx(log_loss(labels, predictions, labels=[0, 1]), rel=1e-8)
    product = np.prod(stats.bernoulli.pmf(labels, predictions))
    shows(equations["logistic.bernoulli-likelihood"], product, rel=1e-8, abs=1e-300, **at)


@pytest.mark.parametrize("name, label, prediction", [("positive", 1, 1), ("negative", 0, 0)])
def test_loss_of_a_sample_vanishes_as_the_prediction_becomes_right(equations, name, label, prediction):
    """At 1 (at 0) itself the model never is; the library's distribution may be."""
    shows(equations[f"logistic.{name}-loss-vanishes"], -stats.bernoulli.logpmf(label, prediction))
    near = abs(prediction - 1e-12)
    case = equations[f"logistic.sample-loss-{name}"]
    shows(case, -stats.bernoulli.logpmf(label, near), rel=1e-3, **of_sample(label, near))


@given(
    f=st.tuples(probability, probability, probability),
    more=st.lists(st.tuples(st.integers(0, 1), probability), min_size=1, max_size=4),
)
def test_example_of_three_samples_is_a_product_and_a_sum(equations, f, more):
    labels, predictions = [1, 1, 0, *(label for label, _ in more)], [*f, *(prediction for _, prediction in more)]
    at = of_samples(labels, predictions)
    logs = stats.bernoulli.logpmf(labels, predictions)
    shows(equations["logistic.likelihood"], math.exp(logs.sum()), abs=1e-300, **at)
    shows(equations["logistic.other-factors"], math.exp(logs[3:].sum()), abs=1e-300, **at)
    shows(equations["logistic.other-terms"], logs[3:].sum(), **at)
    shows(equations["logistic.log-likelihood"], logs.sum(), **at)
    for name in ("nll-of-product", "nll-bracketed", "nll-expanded"):
        shows(equations[f"logistic.{name}"], -logs.sum(), **at)
    shows(equations["logistic.nll-of-example"], log_loss([1, 1, 0], f, labels=[0, 1], normalize=False), rel=1e-8, **at)


@given(u=st.floats(1e-9, 1e300), factors=st.tuples(*[st.floats(1e-90, 1e90)] * 3))
def test_logarithm_turns_products_into_sums_and_increases(equations, u, factors):
    a, b, c = factors
    shows(equations["logistic.logarithm"], u, rel=1e-12, u=u)
    shows(equations["logistic.logarithm-increases"], 1 / u, u=u)
    assert 1 / u > 0 and equations["logistic.logarithm-increases"].relations[-1] == ">"
    shows(equations["logistic.logarithm-of-product"], math.log(a * b * c), abs=1e-9, A=a, B=b, C=c)
    shows(equations["logistic.minus-logarithm-of-product"], -math.log(a * b), abs=1e-9, A=a, B=b)


@given(z=st.floats(-30, 30), y=st.integers(0, 1))
def test_signed_logit_gives_the_label_its_probability(equations, z, y):
    shows(equations["logistic.signed-logit"], stats.bernoulli.pmf(y, special.expit((2 * y - 1) * z)), z=z, y=y)


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
    """Weights (the bias first) and their standard errors, from the derived slope and bend of one sample's loss."""

    def at_samples(name: str, scores: np.ndarray) -> np.ndarray:
        equation = equations[f"squared-error.{name}"]
        pairs = zip(labels, scores, strict=True)
        return np.array([number(equation, 1, {"y": int(y), "z": float(z)}) for y, z in pairs])

    design = np.column_stack([np.ones(len(features)), features])
    weights = np.zeros(design.shape[1])
    for _ in range(12):
        scores = design @ weights
        curvature = design.T @ (design * at_samples("cross-entropy-convex", scores)[:, None])
        weights = weights - np.linalg.solve(curvature, design.T @ at_samples("cross-entropy-gradient", scores))
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
    at = of_samples(labels.tolist(), special.expit(design @ weights))
    shows(equations["logistic.nll"], -sm.Logit(labels, design).loglike(weights), **at)


@pytest.mark.parametrize("identifier, which", [
    ("logistic.mean-same-minimiser", 0), ("logistic.mean-same-minimiser", 1), ("logistic.bits-same-minimiser", 1),
])  # fmt: skip
def test_minimiser_of_every_objective_is_that_of_statsmodels(equations, identifier, which):
    """The objectives as they are shown (sum, mean, bits), minimised by SciPy."""
    features, labels = regression_data(11)
    features, labels = features[:14], labels[:14]
    design = sm.add_constant(features)
    kind, _, objective, *_ = equations[identifier].terms[which]
    assert kind == "argmin"

    def loss(weights: np.ndarray) -> float:
        logits = as_function((design @ weights).tolist())
        at = {"logistic.label": as_function(labels.tolist()), "logistic.logit": logits, "N": len(labels)}
        return float(value(objective, equations[identifier].context, at))

    found = optimize.minimize(loss, np.zeros(3), method="BFGS", options={"gtol": 1e-8}).x
    assert found == pytest.approx(sm.Logit(labels, design).fit(disp=0, tol=1e-12).params, abs=1e-3)


@pytest.mark.parametrize("identifier", ["logistic.argmin-nll", "logistic.same-places"])
def test_largest_likelihood_is_where_the_nll_is_smallest(equations, identifier):
    """On a grid of weights, with labels 1, 1, 0 and a fourth sample."""
    equation = equations[identifier]
    largest, smallest = equation.terms[-2:]
    assert (largest[0], smallest[0]) == ("argmax", "argmin")
    samples = [0.5, 2.0, -0.3, 0.1]
    grid = [(w, b) for w in np.linspace(-3, 6, 13) for b in np.linspace(-3, 3, 9)]
    at = {"logistic.label": as_function([1, 1, 0, 0]), "logistic.logit": lambda w, b, n: w * samples[n - 1] + b, "N": 4}
    likelihoods, losses = (
        [float(value(optimum[2], equation.context, {**at, "w": w, "b": b})) for w, b in grid]
        for optimum in (largest, smallest)
    )
    assert grid[int(np.argmax(likelihoods))] == grid[int(np.argmin(losses))]
    assert 0 < int(np.argmax(likelihoods)) < len(grid) - 1


@given(t=st.floats(0.01, 20), margins=st.lists(st.floats(0.1, 2), min_size=1, max_size=6), signs=st.integers(0, 63))
def test_likelihood_of_separable_data_rises_along_the_ray(equations, t, margins, signs):
    labels = [signs >> which & 1 for which in range(len(margins))]
    logits = [(2 * label - 1) * t * margin for label, margin in zip(labels, margins, strict=True)]
    likelihood = np.prod(stats.bernoulli.pmf(labels, special.expit(logits)))
    at = {**of_samples(labels, np.full(len(labels), 0.5)), "t": t, "logistic.m": as_function(margins)}
    at["logistic.logit"] = as_function(logits)
    shows(equations["logistic.separable-likelihood"], likelihood, **at)
    rise = slope(
        lambda at: special.log_expit(at * np.array(margins)[:, None, None]).sum(axis=0).reshape(np.shape(at)), t, t / 10
    )
    shows(equations["logistic.separable-slope"], rise, rel=1e-4, abs=1e-9, **at)
    assert at_last(equations["logistic.separable-slope"], **at) > 0


def test_separable_data_have_no_finite_best_weights(equations):
    """All labels one, as with the ten cats: the likelihood rises with every step and stays below its supremum."""
    below = equations["cats.supremum-not-attained"]
    likelihoods = [value(below.terms[0], below.context, {"z": z, "N": 10}) for z in (0, 1, 5, 20, 40, 80)]
    assert likelihoods == sorted(set(likelihoods)) and likelihoods[-1] < 1
    weights = [
        LogisticRegression(C=strength, max_iter=10_000, tol=1e-12).fit([[-1.0], [1.0]], [0, 1]).coef_[0, 0]
        for strength in (1e2, 1e4, 1e6)
    ]
    assert weights[0] + 2 < weights[1] and weights[1] + 2 < weights[2], "the weaker the penalty, the larger the weights"
    assert equations["logistic.no-maximiser"].terms[-1] == ("set",)
