"""The score's mean and variance, and four intervals, against SciPy and statsmodels."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize, stats
from statsmodels.stats.proportion import proportion_confint

from tests.derivations.oracles import digits, shows

HEADS, TOSSES = 8, 10


@given(n=st.integers(1, 12), p=st.floats(0.05, 0.95), data=st.data())
def test_score_has_mean_zero_and_the_information_as_variance(equations, n, p, data):
    k = data.draw(st.integers(0, n))
    at, score = {"n": n, "p": p, "k": k}, stats.binom(n, p).expect(lambda j: ((j - n * p) / (p * (1 - p))) ** 2)
    shows(equations["intervals.score-as-distance"], (k - n * p) / (p * (1 - p)), rel=1e-5, abs=1e-7, **at)
    shows(equations["intervals.score-mean"], 0, abs=1e-7, **at)
    shows(equations["intervals.score-variance"], score, rel=1e-5, **at)


def likelihood_ratio():
    """The two places where twice the fall of the log-likelihood is the chi-squared point."""
    best, point = HEADS / TOSSES, stats.chi2.ppf(0.95, 1)

    def above(p):
        return 2 * (stats.binom.logpmf(HEADS, TOSSES, best) - stats.binom.logpmf(HEADS, TOSSES, p)) - point

    return optimize.brentq(above, 0.01, best), optimize.brentq(above, best, 0.999)


@pytest.mark.parametrize(
    ("name", "ends"),
    [
        ("wald", lambda: proportion_confint(HEADS, TOSSES, method="normal")),
        ("wilson", lambda: proportion_confint(HEADS, TOSSES, method="wilson")),
        ("clopper-pearson", lambda: proportion_confint(HEADS, TOSSES, method="beta")),
        ("likelihood-ratio", likelihood_ratio),
    ],
)
def test_ends_are_those_of_the_libraries_with_the_normal_point_unrounded(equations, name, ends):
    low, high = ends()
    if name == "wald":  # statsmodels cuts it off where probabilities end
        high = 0.8 + stats.norm.ppf(0.975) * np.sqrt(0.8 * 0.2 / TOSSES)
    for side, end in (("low", low), ("high", high)):
        assert digits(equations[f"intervals.{name}-{side}"]) == f"{end:.3f}"


def test_normal_point_is_scipys_to_two_decimals(equations):
    assert float(digits(equations["intervals.normal-point"])) == round(stats.norm.ppf(0.975), 2)
    assert float(digits(equations["intervals.tail"])) == pytest.approx(stats.norm.sf(stats.norm.ppf(0.975)))


@given(p=st.floats(0.01, 0.99))
def test_tails_are_scipys(equations, p):
    shows(equations["intervals.many-heads"], stats.binom.sf(HEADS - 1, TOSSES, p), rel=1e-6, p=p)
    shows(equations["intervals.few-heads"], stats.binom.cdf(HEADS, TOSSES, p), rel=1e-6, abs=1e-9, p=p)


@settings(max_examples=12)
@given(n=st.integers(1, 40), p=st.floats(0.02, 0.98), data=st.data())
def test_intervals_for_any_counts_meet_scipys_distribution(equations, n, p, data):
    k = data.draw(st.integers(0, n))
    tosses, share, at = stats.binom(n, p), k / n, {"n": n, "p": p, "k": k}
    shows(equations["intervals-general.many-heads"], tosses.sf(k - 1), rel=1e-9, **at)
    shows(equations["intervals-general.few-heads"], tosses.cdf(k), rel=1e-9, **at)
    shows(equations["intervals-general.few-heads-none"], tosses.pmf(0), rel=1e-9, **at)
    shows(equations["intervals-general.wilson"], (share - p) ** 2 / tosses.var() * n**2, rel=1e-9, abs=1e-12, **at)
    ends = {"likelihood-ratio-no-heads": 0, "likelihood-ratio-all-heads": n}
    for name, seen in ends.items():
        shows(equations[f"intervals-general.{name}"], -2 * tosses.logpmf(seen), rel=1e-9, **at)
    if 0 < k < n:
        fall = 2 * (stats.binom.logpmf(k, n, share) - tosses.logpmf(k))
        shows(equations["intervals-general.likelihood-ratio"], fall, rel=1e-6, abs=1e-9, **at)
        error = stats.binom(n, share).std() / n
        shows(equations["intervals-general.standard-error"], error, rel=1e-9, **at)
        shows(equations["intervals-general.wald-low"], share - 1.96 * error, rel=1e-9, abs=1e-12, **at)
        shows(equations["intervals-general.wald-high"], share + 1.96 * error, rel=1e-9, **at)
