"""Four questions: where the 45 went, sum or mean, the logarithm of zero, a likelihood is no probability; against SciPy."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import integrate, optimize, special, stats

from tests.derivations.oracles import at_last, digits, shows, slope

CATS = -np.log([0.7, 0.9, 0.5])


@pytest.mark.parametrize("p", [0.2, 0.6, 0.95])
def test_factor_of_the_count_is_in_the_value_alone(equations, p):
    shows(equations["the-45.in-order"], stats.bernoulli.pmf([1] * 8 + [0] * 2, p).prod(), p=p)
    shows(equations["the-45.same-score"], slope(lambda at: stats.binom.logpmf(8, 10, at), p, 0.01), p=p)
    assert digits(equations["the-45.logarithms"]) == f"{math.log(math.comb(10, 8)):.3f}"
    shows(equations["the-45.same-ratio"], stats.binom.pmf(8, 10, 0.8) / stats.binom.pmf(8, 10, 0.5))
    assert digits(equations["the-45.count-value"]) == f"{stats.binom.pmf(8, 10, 0.8):.4f}"
    assert at_last(equations["the-45.any-factor"], c=3.5) == pytest.approx(0.8)


def test_bits_are_scipys_entropy_to_base_two(equations):
    true, made = np.array([0.5, 0.25, 0.125, 0.125]), np.full(4, 0.25)
    shows(equations["sum-or-mean.four-symbols"], stats.entropy(true, base=2))
    shows(equations["sum-or-mean.four-alike"], stats.entropy(true, base=2) + stats.entropy(true, made, base=2))
    assert digits(equations["sum-or-mean.three-cats-in-bits"]) == f"{(CATS / math.log(2)).sum():.3f}" == "1.667"
    assert digits(equations["sum-or-mean.three-cats-mean"]) == f"{CATS.mean():.3f}"


def test_clipped_loss_is_numpys(equations):
    def clipped(f):
        return -math.log(np.clip(f, 0.01, None))

    shows(equations["log-zero.ceiling"], clipped(0.004), q=0.004, eps=0.01)
    shows(equations["log-zero.flat"], clipped(0.004), q=0.008, eps=0.01)
    shows(equations["log-zero.unchanged"], clipped(0.3), q=0.3, eps=0.01)
    assert digits(equations["log-zero.seven-places"]) == f"{-math.log(1e-7):.3f}"
    assert digits(equations["log-zero.at-forty"]) == f"{-special.log_expit(-40):.3f}"


def test_area_under_the_likelihood_is_scipys_integral(equations):
    area, _ = integrate.quad(lambda p: stats.binom.pmf(8, 10, p), 0, 1)
    shows(equations["not-a-probability.area"], area)
    shows(equations["not-a-probability.antiderivative-slope"], stats.binom.pmf(8, 10, 0.3), p=0.3)
    best = optimize.minimize_scalar(lambda o: -stats.binom.pmf(8, 10, o / (1 + o)), bounds=(0, 20), method="bounded").x
    assert at_last(equations["not-a-probability.odds-maximum"]) == pytest.approx(best, abs=1e-4)


def test_posterior_is_scipys_beta_on_either_scale(equations):
    shows(equations["not-a-probability.posterior"], stats.beta.pdf(0.3, 9, 3), p=0.3)
    shows(equations["not-a-probability.posterior-in-odds"], stats.betaprime.pdf(1.7, 9, 3), o=1.7)
    best = optimize.minimize_scalar(lambda o: -stats.betaprime.pdf(o, 9, 3), bounds=(0, 20), method="bounded").x
    assert at_last(equations["not-a-probability.posterior-mode-in-odds"]) == pytest.approx(best, abs=1e-4)
