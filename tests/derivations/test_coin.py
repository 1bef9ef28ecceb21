"""The coin against plain Python, NumPy, SciPy and statsmodels."""

from __future__ import annotations

import math

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import differentiate, optimize, stats

from tests.derivations.evaluation import as_function, integer, right_side, value

TOSSES = [int(toss == "正") for toss in "正正反正正正正反正正"]
BELOW_ONE, ABOVE_ZERO = math.nextafter(1, 0), 1e-25

closed = st.floats(ABOVE_ZERO, 1) | st.sampled_from([0.0, 1.0, 0.8, ABOVE_ZERO, BELOW_ONE])
inside = st.floats(1e-6, 1 - 1e-6)


def number(equations, identifier, **at) -> float:
    return float(value(equations[identifier].expression, at))


def slope(function, place: float, step: float = 1e-3) -> float:
    return float(differentiate.derivative(function, place, initial_step=step, tolerances={"rtol": 1e-10}).df)


# ------------------------------------------------------------ the data


def test_coin_tosses_come_in_the_order_of_the_article(equations):
    assert [integer(toss) for toss in equations["coin-sequence.tosses"].lines[0].last] == TOSSES


def test_coin_counts_follow_from_the_tosses(equations):
    counts = [integer(equations[f"coin-sequence.{name}"].expression) for name in ("length", "heads", "tails")]
    assert counts == [len(TOSSES), int(np.sum(TOSSES)), int(np.sum(np.array(TOSSES) == 0))] == [10, 8, 2]


# ------------------------------------------------------------ this very sequence


@given(p=closed, outcome=st.integers(0, 1))
def test_coin_toss_has_the_bernoulli_probability(equations, p, outcome):
    assert number(equations, "coin-sequence.toss", p=p, x=outcome) == pytest.approx(stats.bernoulli.pmf(outcome, p))
    one_face = "coin-sequence.one-heads" if outcome else "coin-sequence.one-tails"
    assert number(equations, one_face, p=p) == pytest.approx(stats.bernoulli.pmf(outcome, p))


@given(p=closed)
def test_coin_sequence_likelihood_is_the_product_of_its_tosses(equations, p):
    assert number(equations, "coin-sequence.likelihood", p=p) == pytest.approx(
        np.prod(stats.bernoulli.pmf(TOSSES, p)), rel=1e-9, abs=0
    )
    written_out = right_side(equations["coin-sequence.factors"], 1)
    assert float(value(written_out, {"p": p, "coin-sequence_x": as_function(TOSSES)})) == pytest.approx(
        np.prod(stats.bernoulli.pmf(TOSSES, p)), rel=1e-9, abs=0
    )


def test_coin_factors_are_written_in_the_order_of_the_tosses(equations):
    factors = equations["coin-sequence.factors"].parts()[1]["tex"]["en"]
    assert factors == " ".join("p" if toss else "(1 - p)" for toss in TOSSES)


@given(p=inside)
def test_coin_sequence_log_likelihood_adds_up_the_log_probabilities(equations, p):
    assert number(equations, "coin-sequence.log-likelihood", p=p) == pytest.approx(
        stats.bernoulli.logpmf(TOSSES, p).sum()
    )
    assert number(equations, "coin-sequence.heads-log", p=p) == pytest.approx(stats.bernoulli.logpmf(1, p))
    assert number(equations, "coin-sequence.heads-loss", p=p) == pytest.approx(-math.log(p))


@given(p=closed)
def test_coin_gap_is_what_the_likelihood_lacks_to_its_maximum(equations, p):
    highest = math.prod(0.8 if toss else 0.2 for toss in TOSSES)
    lacking = highest - math.prod(p if toss else 1 - p for toss in TOSSES)
    assert float(value(right_side(equations["coin-sequence.gap"]), {"p": p})) == pytest.approx(lacking, abs=1e-15)
    assert float(value(right_side(equations["coin-sequence.gap"]), {"p": p})) >= 0
    assert number(equations, "coin-sequence.highest") == pytest.approx(highest)


# ------------------------------------------------------------ the count


@given(p=closed)
def test_coin_likelihood_is_the_binomial_probability(equations, p):
    assert number(equations, "coin.likelihood", p=p) == pytest.approx(stats.binom.pmf(8, 10, p), rel=1e-9, abs=1e-300)
    assert float(value(right_side(equations["coin.likelihood"]), {"p": p})) == pytest.approx(
        stats.binom.pmf(8, 10, p), rel=1e-9, abs=1e-300
    )


def test_coin_ways_count_the_arrangements_of_eight_heads(equations):
    arrangements = sum(bin(sequence).count("1") == 8 for sequence in range(2**10))
    assert (
        integer(equations["coin.ways"].expression) == integer(equations["coin.ratio"].expression) == arrangements == 45
    )


@given(p=inside)
def test_coin_ratio_of_count_to_sequence_is_the_same_everywhere(equations, p):
    both = stats.binom.pmf(8, 10, p) / np.prod(stats.bernoulli.pmf(TOSSES, p))
    assert number(equations, "coin.ratio") == pytest.approx(both, rel=1e-9)


@given(p=inside)
def test_coin_log_likelihood_is_the_binomial_log_probability(equations, p):
    assert number(equations, "coin.log-likelihood", p=p) == pytest.approx(stats.binom.logpmf(8, 10, p))


@given(p=st.floats(0.02, 0.98))
def test_coin_slopes_are_those_of_the_binomial_probability(equations, p):
    step = min(p, 1 - p) / 4
    score = slope(lambda at: stats.binom.logpmf(8, 10, at), p, step)
    assert number(equations, "coin.score", p=p) == pytest.approx(score, rel=1e-6, abs=1e-6)
    likelihood_slope = slope(lambda at: stats.binom.pmf(8, 10, at), p, step)
    for identifier in ("coin.likelihood-slope", "coin.likelihood-derivative"):
        assert number(equations, identifier, p=p) == pytest.approx(likelihood_slope, rel=1e-6, abs=1e-8)
    bend = slope(lambda at: 8 / at - 2 / (1 - at), p, step)
    assert number(equations, "coin.second-derivative", p=p) == pytest.approx(bend, rel=1e-6)
    assert number(equations, "coin.concave", p=p) < 0
    assert number(equations, "coin-information.observed", p=p) == pytest.approx(-bend, rel=1e-6)


def test_mle_of_eight_heads_in_ten_is_four_fifths(equations):
    search = optimize.minimize_scalar(
        lambda p: -stats.binom.logpmf(8, 10, p), bounds=(0, 1), method="bounded", options={"xatol": 1e-10}
    )
    crossing = optimize.brentq(lambda p: slope(lambda at: stats.binom.logpmf(8, 10, at), p), 0.6, 0.95)
    for identifier in ("coin.mle", "coin.maximum", "coin.same-maximiser", "coin-sequence.maximum"):
        assert number(equations, identifier) == 0.8
        assert search.x == pytest.approx(number(equations, identifier), abs=1e-5)
        assert crossing == pytest.approx(number(equations, identifier), abs=1e-6)
    assert equations["coin.score-root"].expression == {equations["coin.mle"].expression}


def test_coin_maximum_value_is_the_largest_binomial_probability(equations):
    grid = stats.binom.pmf(8, 10, np.linspace(0, 1, 100_001))
    assert number(equations, "coin.maximum-value") == pytest.approx(grid.max())
    assert equations["coin.maximum-value"].value.digits.digits() == f"{grid.max():.3f}" == "0.302"


def test_likelihood_roots_are_those_numpy_finds(equations):
    likelihood = 45 * np.polynomial.Polynomial([0, 1]) ** 8 * np.polynomial.Polynomial([1, -1]) ** 2
    slope_over_p7 = np.polynomial.Polynomial(likelihood.deriv().coef[7:])
    assert not likelihood.deriv().coef[:7].any(), "p = 0 is a root of order seven"
    found = sorted({0.0, *np.round(slope_over_p7.roots().real, 9)})
    assert sorted(float(root) for root in equations["coin.likelihood-roots"].expression) == pytest.approx(found)
    assert found == pytest.approx([0, 0.8, 1])


def test_coin_ends_are_minima_and_no_other_place_is(equations):
    assert number(equations, "coin.at-zero") == stats.binom.pmf(8, 10, 0) == 0
    assert number(equations, "coin.at-one") == stats.binom.pmf(8, 10, 1) == 0
    assert (stats.binom.pmf(8, 10, np.linspace(0, 1, 1001)[1:-1]) > 0).all()


def test_coin_information_is_what_statsmodels_estimates(equations):
    fit = sm.Logit(TOSSES, np.ones((10, 1))).fit(disp=0, tol=1e-12)
    p = fit.predict()[0]
    standard_error = fit.bse[0] * p * (1 - p)  # from the scale of the logit to that of p
    assert p == pytest.approx(number(equations, "coin.mle"))
    assert number(equations, "coin-information.standard-error") == pytest.approx(standard_error)
    assert equations["coin-information.standard-error"].value.digits.digits() == f"{standard_error:.3f}"
    for identifier in ("coin-information.observed-at-mle", "coin-information.fisher-at-mle"):
        assert number(equations, identifier) == pytest.approx(standard_error**-2)
    assert number(equations, "coin.curvature") == pytest.approx(-(standard_error**-2)) == pytest.approx(-62.5)


# ------------------------------------------------------------ any counts

counts = st.integers(2, 60).flatmap(lambda n: st.tuples(st.just(n), st.integers(1, n - 1)))


@given(counts=counts, p=inside)
def test_general_coin_is_the_binomial_distribution(equations, counts, p):
    n, k = counts
    at = {"n": n, "k": k, "p": p}
    assert number(equations, "coin-general.likelihood", **at) == pytest.approx(
        stats.binom.pmf(k, n, p), rel=1e-8, abs=1e-300
    )
    assert number(equations, "coin-general.log-likelihood", **at) == pytest.approx(
        stats.binom.logpmf(k, n, p), rel=1e-8, abs=1e-8
    )


@given(counts=counts, p=st.floats(0.05, 0.95))
def test_general_score_and_information_are_slopes(equations, counts, p):
    n, k = counts
    at = {"n": n, "k": k, "p": p}
    score = slope(lambda place: stats.binom.logpmf(k, n, place), p, 0.01)
    assert number(equations, "coin-general.score", **at) == pytest.approx(score, rel=1e-5, abs=1e-5)
    bend = slope(lambda place: k / place - (n - k) / (1 - place), p, 0.01)
    assert number(equations, "coin-general.second-derivative", **at) == pytest.approx(bend, rel=1e-5)
    assert number(equations, "coin-general.observed-information", **at) == pytest.approx(-bend, rel=1e-5)


@given(counts=counts)
def test_general_mle_is_found_by_search(equations, counts):
    n, k = counts
    search = optimize.minimize_scalar(
        lambda p: -stats.binom.logpmf(k, n, p), bounds=(0, 1), method="bounded", options={"xatol": 1e-10}
    )
    for identifier in ("coin-general.mle", "coin-general.maximum"):
        assert number(equations, identifier, n=n, k=k) == pytest.approx(search.x, abs=1e-5)
    (root,) = equations["coin-general.score-root"].expression
    assert float(value(root, {"n": n, "k": k})) == pytest.approx(search.x, abs=1e-5)


@given(counts=counts)
def test_general_information_at_the_estimate_gives_the_usual_standard_error(equations, counts):
    n, k = counts
    usual = stats.bernoulli.std(k / n) / math.sqrt(n)
    assert number(equations, "coin-general.observed-information-at-mle", n=n, k=k) == pytest.approx(usual**-2)


@given(n=st.integers(1, 40), p=st.floats(0.01, 0.99))
def test_fisher_information_is_the_expectation_of_the_observed(equations, n, p):
    expected = stats.binom.expect(lambda k: k / p**2 + (n - k) / (1 - p) ** 2, args=(n, p))
    assert number(equations, "coin-general.fisher-information", n=n, p=p) == pytest.approx(expected, rel=1e-6)
    assert number(equations, "coin-general.mean-of-heads", n=n, p=p) == pytest.approx(stats.binom.mean(n, p))
    assert number(equations, "coin-general.mean-of-one", p=p) == pytest.approx(stats.bernoulli.mean(p))
    assert number(equations, "coin-information.fisher", p=p) == pytest.approx(
        stats.binom.expect(lambda k: k / p**2 + (10 - k) / (1 - p) ** 2, args=(10, p)), rel=1e-6
    )


# ------------------------------------------------------------ no heads, nothing but heads


@given(n=st.integers(1, 60), p=closed)
def test_coin_at_the_ends_is_the_binomial_distribution_too(equations, n, p):
    assert number(equations, "coin-boundary.no-heads-likelihood", n=n, p=p) == pytest.approx(
        stats.binom.pmf(0, n, p), rel=1e-8, abs=1e-300
    )
    assert number(equations, "coin-boundary.all-heads-likelihood", n=n, p=p) == pytest.approx(
        stats.binom.pmf(n, n, p), rel=1e-8, abs=1e-300
    )
    for k in (0, n):
        assert number(equations, "coin-boundary.likelihood", n=n, k=k, p=p) == pytest.approx(
            stats.binom.pmf(k, n, p), rel=1e-8, abs=1e-300
        )


@given(n=st.integers(1, 60), p=st.floats(0.02, 0.98))
def test_coin_at_the_ends_has_no_stationary_point(equations, n, p):
    falling, rising = (slope(lambda at, k=k: stats.binom.logpmf(k, n, at), p, 0.005) for k in (0, n))
    assert number(equations, "coin-boundary.no-heads-score", n=n, p=p) == pytest.approx(falling, rel=1e-5)
    assert number(equations, "coin-boundary.all-heads-score", n=n, p=p) == pytest.approx(rising, rel=1e-5)
    assume(abs(falling) > 1e-9)
    assert falling < 0 < rising
    for which in ("no", "all"):
        assert not list(equations[f"coin-boundary.{which}-heads-roots"].expression)


@pytest.mark.parametrize("n", [1, 2, 10, 60])
def test_coin_at_the_ends_is_largest_at_an_end(equations, n):
    grid = np.linspace(0, 1, 2001)
    assert grid[np.argmax(stats.binom.pmf(0, n, grid))] == number(equations, "coin-boundary.no-heads-maximum") == 0
    assert grid[np.argmax(stats.binom.pmf(n, n, grid))] == number(equations, "coin-boundary.all-heads-maximum") == 1
