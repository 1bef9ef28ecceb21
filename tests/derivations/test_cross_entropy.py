"""Cross-entropy, entropy and KL divergence against SciPy and scikit-learn."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import optimize, special, stats
from sklearn.metrics import log_loss

from tests.derivations.evaluation import as_function, number, value
from tests.derivations.oracles import at_last, digits, shows, slope

inside = st.floats(1e-6, 1 - 1e-6)
rows = st.lists(st.tuples(st.floats(0.01, 1), st.floats(0.01, 1)), min_size=1, max_size=8)
data = st.lists(st.tuples(st.integers(0, 1), st.floats(1e-9, 1 - 1e-9)), min_size=1, max_size=12)


def two_distributions(drawn) -> tuple[np.ndarray, np.ndarray]:
    p, q = (np.array(column) / sum(column) for column in zip(*drawn, strict=True))
    return p, q


def from_zero(numbers):
    """A distribution over 0, 1, …"""
    return lambda x: float(numbers[int(x)])


# ------------------------------------------------------------ any two distributions


@given(drawn=rows)
def test_cross_entropy_of_any_events_is_entropy_plus_scipys_divergence(equations, drawn):
    p, q = two_distributions(drawn)
    at = {"p": from_zero(p), "q": from_zero(q), "M": len(p) - 1}
    shows(equations["cross-entropy.definition"], stats.entropy(p) + stats.entropy(p, q), **at)
    shows(equations["cross-entropy.entropy"], stats.entropy(p), **at)
    shows(equations["cross-entropy.kl-divergence"], stats.entropy(p, q), abs=1e-12, **at)


@given(drawn=rows)
def test_kl_divergence_of_any_events_is_scipys_and_not_negative(equations, drawn):
    p, q = two_distributions(drawn)
    at = {"cross-entropy.r": from_zero(p), "cross-entropy.s": from_zero(q), "M": len(p) - 1}
    shows(equations["cross-entropy.decomposition"], stats.entropy(p) + stats.entropy(p, q), **at)
    for name in ("gibbs", "at-least-entropy"):
        shows(equations[f"cross-entropy.{name}"], stats.entropy(p, q), abs=1e-12, **at)
        assert equations[f"cross-entropy.{name}"].relations[-1] == ">="
        assert equations[f"cross-entropy.{name}"].terms[-1] == ("num", 0)
    shows(equations["cross-entropy.gibbs-equality"], stats.entropy(p, p), **at)


# ------------------------------------------------------------ one sample, and all of them


@given(label=st.integers(0, 1), f=st.floats(1e-9, 1 - 1e-9))
def test_cross_entropy_of_a_sample_is_scikit_learns_loss(equations, label, f):
    library = log_loss([label], [f], labels=[0, 1])
    at = {"logistic.label": lambda n: label, "logistic.logit": lambda w, b, n: special.logit(f), "n": 1, "M": 1}
    for name in ("two-classes", "bernoulli", "equals-sample-loss"):
        shows(equations[f"cross-entropy.{name}"], library, rel=1e-8, **at)
    shows(equations["cross-entropy.kl-equals-sample-loss"], library, rel=1e-8, **at)
    shows(equations["cross-entropy.kl-of-label"], library, rel=1e-8, y=label, q=f)
    shows(equations["cross-entropy.entropy-of-label"], stats.bernoulli.entropy(label), y=label, M=1)


@given(label=st.integers(0, 1), f=inside)
def test_cross_entropy_distributions_are_rows_for_one_and_zero_that_add_to_one(equations, label, f):
    at = {"logistic.label": lambda n: label, "logistic.logit": lambda w, b, n: special.logit(f), "n": 1}
    for name, of_one in (("true-distribution", label), ("model-distribution", f)):
        equation = equations[f"cross-entropy.{name}"]
        one, zero = (float(value(terms[1], equation.context, at)) for terms, _ in equation.rows)
        assert (one, zero) == pytest.approx((of_one, 1 - of_one))
        assert [terms[0][-1] for terms, _ in equation.rows] == [("num", 1), ("num", 0)]


@given(drawn=data)
def test_cross_entropy_summed_is_the_nll(equations, drawn):
    labels, predictions = zip(*drawn, strict=True)
    logits = special.logit(np.array(predictions)).tolist()
    at = {"logistic.label": as_function(list(labels)), "logistic.logit": as_function(logits), "N": len(drawn), "M": 1}
    library = log_loss(labels, predictions, labels=[0, 1], normalize=False)
    shows(equations["cross-entropy.sum-equals-nll"], library, rel=1e-8, **at)


# ------------------------------------------------------------ two Bernoulli distributions


@given(p=inside, q=inside)
def test_cross_entropy_splits_into_scipys_entropy_and_divergence(equations, p, q):
    entropy, divergence = stats.bernoulli.entropy(p), special.rel_entr([p, 1 - p], [q, 1 - q]).sum()
    for name in ("entropy-of-bernoulli", "entropy-positive", "at-q-equal-p"):
        shows(equations[f"cross-entropy.{name}"], entropy, p=p, M=1)
    for name in ("kl-of-two-bernoullis", "kl-nonnegative"):
        shows(equations[f"cross-entropy.{name}"], divergence, abs=1e-12, p=p, q=q, M=1)
    shows(equations["cross-entropy.of-two-bernoullis"], entropy + divergence, p=p, q=q, M=1)
    assert equations["cross-entropy.entropy-positive"].relations[-1] == ">" and entropy > 0


@given(p=inside, q=inside, steps=st.integers(-3, 3))
def test_kl_divergence_is_zero_at_q_equal_p_and_nowhere_else(equations, p, q, steps):
    neighbour = p
    for _ in range(abs(steps)):
        neighbour = math.nextafter(neighbour, math.copysign(math.inf, steps))
    equation = equations["cross-entropy.kl-of-two-bernoullis"]
    for other in (q, neighbour):
        found = value(equation.terms[-1], equation.context, {"p": p, "q": other, "M": 1})
        assert (found > 0) if other != p else abs(found) < 1e-35
    shows(equations["cross-entropy.kl-at-minimum"], 0, p=p, M=1)


@given(p=st.floats(0.01, 0.99))
def test_kl_minimiser_is_found_by_search(equations, p):
    def divergence(q: float) -> float:
        return stats.entropy([p, 1 - p], [q, 1 - q])

    search = optimize.minimize_scalar(divergence, bounds=(0, 1), method="bounded", options={"xatol": 1e-12})
    for name in ("kl-minimiser", "minimiser"):
        assert at_last(equations[f"cross-entropy.{name}"], p=p, M=1) == pytest.approx(search.x, abs=1e-4)


@given(p=st.floats(0.05, 0.95), q=st.floats(0.05, 0.95))
def test_kl_slope_is_that_of_scipys_divergence(equations, p, q):
    numeric = slope(lambda at: special.rel_entr(p, at) + special.rel_entr(1 - p, 1 - at), q, 0.01)
    shows(equations["cross-entropy.kl-slope"], numeric, abs=1e-7, p=p, q=q, M=1)


def test_entropy_of_one_hot_labels_is_zero(equations):
    for name, p in (("entropy-of-one-hot", 1.0), ("entropy-of-other-one-hot", 0.0)):
        shows(equations[f"cross-entropy.{name}"], special.entr([p, 1 - p]).sum(), M=1)


def test_kl_divergence_is_not_symmetric(equations):
    one, other = stats.entropy([1 / 2, 1 / 2], [1 / 4, 3 / 4]), stats.entropy([1 / 4, 3 / 4], [1 / 2, 1 / 2])
    for name, library in (("kl-one-way", one), ("kl-other-way", other)):
        shows(equations[f"cross-entropy.{name}"], library, M=1)
        assert digits(equations[f"cross-entropy.{name}"]) == f"{library:.3f}"
    assert one != pytest.approx(other, rel=0.05)
    assert number(equations["cross-entropy.kl-one-way"], 0, {"M": 1}) > number(
        equations["cross-entropy.kl-other-way"], 0, {"M": 1}
    )
