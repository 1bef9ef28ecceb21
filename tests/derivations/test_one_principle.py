"""One principle, the expected loss, soft labels and calibration against NumPy, SciPy and scikit-learn."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import special, stats
from sklearn.linear_model import LogisticRegression

from tests.derivations.evaluation import as_function
from tests.derivations.oracles import at_last, digits, shows, slope

weights = st.floats(0.01, 1)
few = settings(max_examples=8)
unit = st.floats(1e-3, 1 - 1e-3)


@st.composite
def observations(draw):
    """N observations of M + 1 events, some perhaps never seen, and a model's probabilities."""
    model = np.array(draw(st.lists(weights, min_size=2, max_size=5)))
    seen = draw(st.lists(st.integers(0, len(model) - 1), min_size=1, max_size=8))
    return np.array(seen), model / model.sum()


def from_zero(rows):
    """Rows are counted from one, events from zero."""
    return lambda j, x: float(rows[int(j) - 1][int(x)])


# ------------------------------------------------------------ any observations


@few
@given(drawn=observations())
def test_mean_negative_log_likelihood_is_scipys_entropy_and_divergence_of_the_frequencies(equations, drawn):
    seen, model = drawn
    counts = np.bincount(seen, minlength=len(model))
    frequencies, many = counts / len(seen), len(seen)
    at = {
        "one-principle.seen": as_function(seen.tolist()),
        "one-principle.model": lambda theta, x: float(model[int(x)]),
        "N": many,
        "M": len(model) - 1,
        "theta": "θ",
    }
    ways = special.gammaln(many + 1) - special.gammaln(counts + 1).sum()
    log_likelihood = stats.multinomial(many, model).logpmf(counts) - ways
    shows(equations["one-principle.likelihood"], math.exp(log_likelihood), **at)
    shows(equations["one-principle.log-likelihood"], log_likelihood, **at)
    shows(equations["one-principle.cross-entropy"], -log_likelihood / many, **at)
    shows(
        equations["one-principle.decomposition"], stats.entropy(frequencies) + stats.entropy(frequencies, model), **at
    )
    shows(equations["one-principle.frequency-sum"], 1, **at)
    for event, share in enumerate(frequencies):
        shows(equations["one-principle.frequency"], share, x=event, **at)


@few
@given(n=st.integers(1, 12), data=st.data(), p=unit)
def test_coin_has_scipys_likelihood_for_no_heads_and_all_heads_too(equations, n, data, p):
    k, at = data.draw(st.integers(0, n)), {"n": n, "p": p, "M": 1}
    at["k"] = k
    log_likelihood = stats.binom(n, p).logpmf(k) - math.log(math.comb(n, k))
    shows(equations["one-principle.tosses"], math.exp(log_likelihood), **at)
    shows(equations["one-principle.coin"], -log_likelihood / n, **at)
    own, model = [k / n, 1 - k / n], [p, 1 - p]
    shows(equations["one-principle.coin-decomposition"], stats.entropy(own) + stats.entropy(own, model), **at)


def test_eight_heads_and_a_fair_coin_add_up_by_hand(equations):
    own, fair = [0.8, 0.2], [0.5, 0.5]
    found = [digits(equations[f"one-principle.{each}"]) for each in ("fair-coin", "eight-of-ten-entropy", "fair-coin-divergence")]  # fmt: skip
    assert found == [f"{each:.3f}" for each in (math.log(2), stats.entropy(own), stats.entropy(own, fair))]
    assert float(found[0]) == pytest.approx(float(found[1]) + float(found[2]))


@few
@given(rows=st.lists(st.lists(weights, min_size=3, max_size=3), min_size=1, max_size=4), data=st.data())
def test_divergence_from_a_one_hot_label_is_scipys(equations, rows, data):
    predictions = np.array(rows) / np.sum(rows, axis=1, keepdims=True)
    i, true = data.draw(st.integers(1, len(rows))), data.draw(st.integers(1, 3))
    at = {"categorical.yhat": as_function(predictions.tolist()), "categorical.true": lambda i: true, "C": 3, "i": i}
    expected = stats.entropy(np.eye(3)[true - 1], predictions[i - 1])
    shows(equations["sample-by-sample.class-divergence"], expected, **at)
    shows(equations["sample-by-sample.class-divergence-is-loss"], expected, **at)


# ------------------------------------------------------------ the expected loss


@few
@given(
    drawn=st.lists(st.tuples(weights, *[st.tuples(weights, weights, weights)] * 2), min_size=1, max_size=4),
)
def test_expected_loss_is_conditional_entropy_and_mean_divergence(equations, drawn):
    shares = np.array([each[0] for each in drawn])
    shares, truth, guess = (shares / shares.sum(), *(np.array([each[at] for each in drawn]) for at in (1, 2)))
    truth, guess = (each / each.sum(axis=1, keepdims=True) for each in (truth, guess))
    at = {"expected-loss.share": as_function(shares.tolist()), "K": len(drawn), "M": 2}
    at |= {"expected-loss.truth": from_zero(truth), "expected-loss.guess": from_zero(guess)}
    conditional, divergence = shares @ stats.entropy(truth, axis=1), shares @ stats.entropy(truth, guess, axis=1)
    shows(equations["expected-loss.conditional-entropy"], conditional, **at)
    shows(equations["expected-loss.at-truth"], conditional, **at)
    for name in ("definition", "decomposition"):
        shows(equations[f"expected-loss.{name}"], conditional + divergence, **at)
    shows(equations["expected-loss.at-least"], divergence, abs=1e-9, **at)


# ------------------------------------------------------------ soft labels


@few
@given(classes=st.integers(2, 12), smoothing=unit, logits=st.lists(st.floats(-4, 4), min_size=12, max_size=12))
def test_smoothed_label_has_scipys_entropies(equations, classes, smoothing, logits):
    label = np.full(classes, smoothing / classes)
    label[0] += 1 - smoothing
    prediction = special.softmax(logits[:classes])
    at = {"e": smoothing, "M": classes - 1, "soft-labels.q": lambda x: float(prediction[int(x)])}
    for x in range(classes):
        shows(equations["soft-labels.label"], label[x], x=x, **at)
    shows(equations["soft-labels.label-sum"], label.sum(), **at)
    shows(equations["soft-labels.mixture"], stats.entropy(label) + stats.entropy(label, prediction), **at)
    shows(equations["soft-labels.decomposition"], stats.entropy(label, prediction), abs=1e-9, **at)
    shows(equations["soft-labels.least"], stats.entropy(label), **at)
    gap = at_last(equations["soft-labels.gap"], **at)
    assert special.softmax([gap, *[0] * (classes - 1)]) == pytest.approx(label)
    shows(equations["soft-labels.gap-of-true-class"], label[0], **at)
    shows(equations["soft-labels.gap-of-other-class"], label[1], a=1, **at)
    falls = slope(lambda e: np.log(((1 - e) + e / classes) / (e / classes)), smoothing, smoothing / 10)
    shows(equations["soft-labels.gap-falls"], falls, rel=1e-5, **at)


def test_ten_classes_smoothed_by_a_tenth_are_as_computed_by_hand(equations):
    assert digits(equations["soft-labels.ten-classes"]) == f"{stats.entropy([0.91] + [0.01] * 9):.3f}"
    assert digits(equations["soft-labels.ten-classes-gap"]) == f"{math.log(0.91 / 0.01):.3f}"


# ------------------------------------------------------------ calibration


def test_fit_of_scikit_learn_is_balanced_and_so_is_a_group_that_has_a_weight(equations):
    draw = np.random.default_rng(7)
    feature, group = draw.normal(size=24), np.arange(24) % 3 == 0
    labels = (draw.random(24) < special.expit(feature + group)).astype(int)
    inputs = np.column_stack([feature, group])
    fit = LogisticRegression(C=np.inf, tol=1e-12, max_iter=10_000).fit(inputs, labels)
    (w, v), b = fit.coef_[0], fit.intercept_[0]
    at = {"logistic.label": as_function(labels.tolist()), "N": len(labels), "b": b, "v": v}
    at["calibration.g"] = as_function(group.astype(int).tolist())
    without_bias, without_group = feature * w + group * v, feature * w + b
    assert labels[group].any() and not labels[group].all(), "the group's weight would run away"
    for name, logits in (("bias", without_bias), ("group", without_group)):
        here = {**at, "calibration.u": as_function(logits.tolist())}
        shows(equations[f"calibration.{name}-slope"], 0, abs=1e-4, **here)
        assert at_last(equations[f"calibration.{name}-slope"], **{**here, "b": b + 1, "v": v + 1}) > 0.5


def test_gradients_at_one_in_a_hundred_are_those_of_plain_differences(equations):
    z = special.logit(0.01)
    cross, squared = (
        slope(lambda at: -np.log(special.expit(at)), z),
        slope(lambda at: (1 - special.expit(at)) ** 2, z),
    )
    shows(equations["far-off.prediction"], special.expit(z))
    shows(equations["far-off.cross-entropy"], cross, rel=1e-5)
    shows(equations["far-off.squared-error"], squared, rel=1e-5)
    assert digits(equations["far-off.ratio"]) == f"{0.99 / (2 * 0.01 * 0.99**2):.3f}"
