"""The coin against plain Python, NumPy, SciPy and statsmodels."""

from __future__ import annotations

import math

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import optimize, stats

from derivations.engine.tex import parts_tex
from tests.derivations.evaluation import number
from tests.derivations.oracles import at_last, digits, members, shows, slope

TOSSES = [int(toss == "正") for toss in "正正反正正正正反正正"]
BELOW_ONE, ABOVE_ZERO = math.nextafter(1, 0), 1e-25

closed = st.floats(ABOVE_ZERO, 1) | st.sampled_from([0.0, 1.0, 0.8, ABOVE_ZERO, BELOW_ONE])
inside = st.floats(1e-6, 1 - 1e-6)


# ------------------------------------------------------------ the data


def test_coin_tosses_come_in_the_order_of_the_article(equations):
    assert members(equations["coin-sequence.tosses"]) == TOSSES


def test_coin_counts_follow_from_the_tosses(equations):
    for name, count in (("length", len(TOSSES)), ("heads", sum(TOSSES)), ("tails", TOSSES.count(0))):
        shows(equations[f"coin-sequence.{name}"], count)


# ------------------------------------------------------------ this very sequence


@given(p=closed, outcome=st.integers(0, 1))
def test_coin_toss_has_the_bernoulli_probability(equations, p, outcome):
    shows(equations["coin-sequence.toss"], stats.bernoulli.pmf(outcome, p), p=p, x=outcome)
    one_face = "coin-sequence.one-heads" if outcome else "coin-sequence.one-tails"
    shows(equations[one_face], stats.bernoulli.pmf(outcome, p), p=p)


@given(p=closed)
def test_coin_sequence_likelihood_is_the_product_of_its_tosses(equations, p):
    product = np.prod(stats.bernoulli.pmf(TOSSES, p))
    for name in ("independence", "factors", "likelihood"):
        shows(equations[f"coin-sequence.{name}"], product, rel=1e-9, abs=0, p=p)


def test_coin_factors_are_written_in_the_order_of_the_tosses(equations):
    equation = equations["coin-sequence.factors"]
    factors = parts_tex(equation.terms, equation.relations, equation.style)[1]["tex"]
    assert factors == r" \cdot ".join("p" if toss else "(1 - p)" for toss in TOSSES)


@given(p=inside)
def test_coin_sequence_log_likelihood_adds_up_the_log_probabilities(equations, p):
    shows(equations["coin-sequence.log-likelihood"], stats.bernoulli.logpmf(TOSSES, p).sum(), p=p)
    shows(equations["coin-sequence.heads-log"], stats.bernoulli.logpmf(1, p), p=p)
    shows(equations["coin-sequence.heads-loss"], -math.log(p), p=p)


@given(p=closed)
def test_coin_gap_is_what_the_likelihood_lacks_to_its_maximum(equations, p):
    highest = math.prod(0.8 if toss else 0.2 for toss in TOSSES)
    lacking = highest - math.prod(p if toss else 1 - p for toss in TOSSES)
    shows(equations["coin-sequence.gap"], lacking, abs=1e-15, p=p)
    assert at_last(equations["coin-sequence.gap"], p=p) >= 0
    shows(equations["coin-sequence.highest"], highest)


# ------------------------------------------------------------ the count


@given(p=closed)
def test_coin_likelihood_is_the_binomial_probability(equations, p):
    shows(equations["coin.likelihood"], stats.binom.pmf(8, 10, p), rel=1e-9, abs=1e-300, p=p)


def test_coin_ways_count_the_arrangements_of_eight_heads(equations):
    arrangements = sum(bin(sequence).count("1") == 8 for sequence in range(2**10))
    for name in ("ways", "arrangements"):
        shows(equations[f"coin.{name}"], arrangements)


@given(p=inside)
def test_coin_ratio_of_count_to_sequence_is_the_same_everywhere(equations, p):
    both = stats.binom.pmf(8, 10, p) / np.prod(stats.bernoulli.pmf(TOSSES, p))
    shows(equations["coin.ratio"], both, rel=1e-9, p=p)


@given(p=inside)
def test_coin_log_likelihood_is_the_binomial_log_probability(equations, p):
    shows(equations["coin.log-likelihood"], stats.binom.logpmf(8, 10, p), p=p)


@given(p=st.floats(0.02, 0.98))
def test_coin_slopes_are_those_of_the_binomial_probability(equations, p):
    step = min(p, 1 - p) / 4
    shows(equations["coin.score"], slope(lambda at: stats.binom.logpmf(8, 10, at), p, step), abs=1e-6, p=p)
    likelihood_slope = slope(lambda at: stats.binom.pmf(8, 10, at), p, step)
    for name in ("likelihood-slope", "likelihood-derivative"):
        shows(equations[f"coin.{name}"], likelihood_slope, abs=1e-8, p=p)
    bend = slope(lambda at: 8 / at - 2 / (1 - at), p, step)
    for name in ("second-derivative", "concave"):
        shows(equations[f"coin.{name}"], bend, p=p)
    for name in ("observed-definition", "observed"):
        shows(equations[f"coin-information.{name}"], -bend, p=p)
    assert bend < 0 and equations["coin.concave"].relations == ("<",)


def test_mle_of_eight_heads_in_ten_is_four_fifths(equations):
    search = optimize.minimize_scalar(
        lambda p: -stats.binom.logpmf(8, 10, p), bounds=(0, 1), method="bounded", options={"xatol": 1e-10}
    )
    crossing = optimize.brentq(lambda p: slope(lambda at: stats.binom.logpmf(8, 10, at), p), 0.6, 0.95)
    for identifier in ("coin.maximum", "coin.same-maximiser", "coin-sequence.maximum"):
        shows(equations[identifier], 0.8)
        assert search.x == pytest.approx(at_last(equations[identifier]), abs=1e-5)
        assert crossing == pytest.approx(at_last(equations[identifier]), abs=1e-6)
    shows(equations["coin.mle"], 0.8, p=0.8)
    assert members(equations["coin.score-root"]) == [0.8]


def test_coin_maximum_value_is_the_largest_binomial_probability(equations):
    grid = stats.binom.pmf(8, 10, np.linspace(0, 1, 100_001))
    shows(equations["coin.maximum-value"], grid.max())
    assert digits(equations["coin.maximum-value"]) == f"{grid.max():.3f}" == "0.302"


def test_likelihood_roots_are_those_numpy_finds(equations):
    likelihood = 45 * np.polynomial.Polynomial([0, 1]) ** 8 * np.polynomial.Polynomial([1, -1]) ** 2
    slope_over_p7 = np.polynomial.Polynomial(likelihood.deriv().coef[7:])
    assert not likelihood.deriv().coef[:7].any(), "p = 0 is a root of order seven"
    found = sorted({0.0, *np.round(slope_over_p7.roots().real, 9)})
    assert sorted(members(equations["coin.likelihood-roots"])) == pytest.approx(found) == [0, 0.8, 1]


@given(p=inside)
def test_coin_ends_are_minima_and_no_other_place_is(equations, p):
    shows(equations["coin.at-zero"], stats.binom.pmf(8, 10, 0))
    shows(equations["coin.at-one"], stats.binom.pmf(8, 10, 1))
    shows(equations["coin.ends-are-minima"], stats.binom.pmf(8, 10, p), p=p)
    assert equations["coin.ends-are-minima"].relations == (">",) and stats.binom.pmf(8, 10, p) > 0


def test_coin_information_is_what_statsmodels_estimates(equations):
    fit = sm.Logit(TOSSES, np.ones((10, 1))).fit(disp=0, tol=1e-12)
    p = fit.predict()[0]
    standard_error = fit.bse[0] * p * (1 - p)  # from the scale of the logit to that of p
    assert p == pytest.approx(at_last(equations["coin.maximum"]))
    shows(equations["coin-information.standard-error"], standard_error)
    assert digits(equations["coin-information.standard-error"]) == f"{standard_error:.3f}"
    shows(equations["coin-information.variance-at-mle"], standard_error**2)
    for name in ("observed-at-mle", "fisher-at-mle"):
        shows(equations[f"coin-information.{name}"], standard_error**-2)
    shows(equations["coin.curvature"], -(standard_error**-2))


# ------------------------------------------------------------ any counts

counts = st.integers(2, 60).flatmap(lambda n: st.tuples(st.just(n), st.integers(1, n - 1)))
few = st.integers(1, 6)


@given(counts=counts, p=inside)
def test_general_coin_is_the_binomial_distribution(equations, counts, p):
    n, k = counts
    for name in ("likelihood", "distribution"):
        shows(equations[f"coin-general.{name}"], stats.binom.pmf(k, n, p), rel=1e-8, abs=1e-300, n=n, k=k, p=p)
    log_likelihood = equations["coin-general.log-likelihood"]
    shows(log_likelihood, stats.binom.logpmf(k, n, p), rel=1e-8, abs=1e-8, n=n, k=k, p=p)


@given(counts=counts, p=st.floats(0.05, 0.95))
def test_general_score_and_information_are_slopes(equations, counts, p):
    n, k = counts
    score = slope(lambda place: stats.binom.logpmf(k, n, place), p, 0.01)
    shows(equations["coin-general.score"], score, rel=1e-5, abs=1e-5, n=n, k=k, p=p)
    bend = slope(lambda place: k / place - (n - k) / (1 - place), p, 0.01)
    shows(equations["coin-general.second-derivative"], bend, rel=1e-5, n=n, k=k, p=p)
    for name in ("observed", "observed-information"):
        shows(equations[f"coin-general.{name}"], -bend, rel=1e-5, n=n, k=k, p=p)
    change = slope(lambda place: stats.binom.pmf(k, n, place), p, 0.01)
    shows(equations["coin-general.probability-slope"], change, rel=1e-5, abs=1e-8, n=n, k=k, p=p)


@given(counts=counts)
def test_general_mle_is_found_by_search(equations, counts):
    n, k = counts
    search = optimize.minimize_scalar(
        lambda p: -stats.binom.logpmf(k, n, p), bounds=(0, 1), method="bounded", options={"xatol": 1e-10}
    )
    assert at_last(equations["coin-general.maximum"], n=n, k=k) == pytest.approx(search.x, abs=1e-5)
    assert number(equations["coin-general.mle"], -1, {"n": n, "k": k}) == pytest.approx(search.x, abs=1e-5)
    assert members(equations["coin-general.score-root"], n=n, k=k) == pytest.approx([search.x], abs=1e-5)


@given(n=st.integers(2, 12), data=st.data())
def test_general_information_at_the_estimate_gives_the_usual_standard_error(equations, n, data):
    k = data.draw(st.integers(1, n - 1))
    usual = stats.bernoulli.std(k / n) / math.sqrt(n)
    for identifier in (
        "coin-general.observed-information-at-mle",
        "coin-information.fisher-at-estimate",
        "coin-information.same-at-estimate",
    ):
        shows(equations[identifier], usual**-2, n=n, k=k)


@settings(max_examples=15)
@given(n=few, p=st.floats(0.01, 0.99))
def test_mean_and_variance_of_heads_are_scipys(equations, n, p):
    shows(equations["coin-general.mean-of-one"], stats.bernoulli.mean(p), p=p)
    shows(equations["coin-general.total-probability"], 1, n=n, p=p)
    for name in ("mean", "mean-of-heads"):
        shows(equations[f"coin-general.{name}"], stats.binom.mean(n, p), n=n, p=p)
    shows(equations["coin-general.distance-from-the-mean"], 0, n=n, p=p)
    shows(equations["coin-general.spread"], stats.binom.var(n, p), n=n, p=p)
    for name in ("variance", "variance-of-estimate", "one-over-information"):
        shows(equations[f"coin-general.{name}"], stats.binom.var(n, p) / n**2, n=n, p=p)
    shows(equations["coin-information.variance"], stats.binom.var(10, p) / 100, p=p)


@given(n=few, p=st.floats(0.01, 0.99))
def test_fisher_information_is_the_expectation_of_the_observed(equations, n, p):
    def expected(count: int) -> float:
        return stats.binom.expect(lambda k: k / p**2 + (count - k) / (1 - p) ** 2, args=(count, p))

    for name in ("expected", "fisher-information"):
        shows(equations[f"coin-general.{name}"], expected(n), n=n, p=p)
    shows(equations["coin-information.fisher"], expected(10), p=p)


# ------------------------------------------------------------ no heads, nothing but heads


@given(n=st.integers(1, 60), p=closed)
def test_coin_at_the_ends_is_the_binomial_distribution_too(equations, n, p):
    for k, name in ((0, "no-heads-likelihood"), (n, "all-heads-likelihood"), (0, "likelihood"), (n, "likelihood")):
        expected = stats.binom.pmf(k, n, p)
        shows(equations[f"coin-boundary.{name}"], expected, rel=1e-8, abs=1e-300, n=n, k=k, p=p)


@given(n=st.integers(1, 60), p=st.floats(0.02, 0.98))
def test_coin_at_the_ends_has_no_stationary_point(equations, n, p):
    falling, rising = (slope(lambda at, k=k: stats.binom.logpmf(k, n, at), p, 0.005) for k in (0, n))
    for which, found, way in (("no", falling, "falling"), ("all", rising, "rising")):
        shows(equations[f"coin-boundary.{which}-heads-score"], found, rel=1e-5, n=n, p=p)
        shows(equations[f"coin-boundary.{which}-heads-{way}"], found, rel=1e-5, n=n, p=p)
        assert members(equations[f"coin-boundary.{which}-heads-roots"]) == []
    assume(abs(falling) > 1e-9)
    assert falling < 0 < rising


@given(n=st.integers(1, 60), p=st.floats(0.02, 0.98))
def test_coin_at_the_ends_has_the_binomial_log_probability(equations, n, p):
    for which, k in (("no", 0), ("all", n)):
        expected = stats.binom.logpmf(k, n, p)
        shows(equations[f"coin-boundary.{which}-heads-log-likelihood"], expected, rel=1e-8, n=n, p=p)
        assert number(equations[f"coin-boundary.{which}-heads-below-one"], 1, {"n": n, "p": p}) < 1


@pytest.mark.parametrize("n", [1, 2, 10, 60])
def test_coin_at_the_ends_is_largest_at_an_end(equations, n):
    grid = np.linspace(0, 1, 2001)
    for which, k, end in (("no", 0, "zero"), ("all", n, "one")):
        place = grid[np.argmax(stats.binom.pmf(k, n, grid))]
        assert at_last(equations[f"coin-boundary.{which}-heads-maximum"], n=n) == place
        shows(equations[f"coin-boundary.{which}-heads-at-{end}"], stats.binom.pmf(k, n, place), n=n)
