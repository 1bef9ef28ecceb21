"""Chebyshev's inequality for the coin, against SciPy's binomial distribution."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats

from tests.derivations.evaluation import number
from tests.derivations.oracles import shows


def far(n, p, e):
    """The probability that the share of heads is at least e away from p."""
    return sum(stats.binom.pmf(k, n, p) for k in range(n + 1) if abs(k / n - p) >= e)


@settings(max_examples=15)
@given(n=st.integers(1, 12), p=st.floats(0.05, 0.95), e=st.floats(0.01, 1.2))
def test_far_counts_are_scipys_and_stay_below_the_bound(equations, n, p, e):
    assume(all(abs(abs(k / n - p) - e) > 1e-9 for k in range(n + 1)))  # floats cannot tell what is at the very edge
    expected = far(n, p, e)
    shows(equations["large-numbers.far-off"], expected, n=n, p=p, e=e)
    chebyshev = equations["large-numbers.chebyshev"]
    bound = stats.binom.var(n, p) / n**2 / e**2
    at = {"n": n, "p": p, "e": e}
    assert [number(chebyshev, term, at) for term in (1, 2)] == pytest.approx([bound, bound])
    assert expected <= bound * (1 + 1e-9)
    assert bound <= number(equations["large-numbers.whatever-the-coin"], 1, at) * (1 + 1e-9)
    shows(equations["large-numbers.mean-square"], stats.binom.var(n, p) / n**2, **at)


@given(a=st.floats(0, 5), b=st.floats(0.01, 5))
def test_the_bracket_is_one_where_the_first_number_is_at_least_the_second(equations, a, b):
    shows(equations["large-numbers.bracket"], float(a >= b), a=a, b=b)
    shows(equations["large-numbers.bracket-bounded"], b * (a >= b), a=a, b=b)


def test_four_and_a_hundred_tosses_are_scipys(equations):
    four, bound = (equations[f"large-numbers.four-tosses{each}"] for each in ("", "-bound"))
    shows(four, stats.binom.pmf([0, 4], 4, 0.5).sum())
    assert number(bound, 1, {}) == pytest.approx(stats.binom.var(4, 0.5) / 4**2 / 0.5**2)
    hundred = number(equations["large-numbers.hundred-tosses"], 1, {"p": 0.3})
    assert hundred == pytest.approx(stats.binom.var(100, 0.5) / 100**2 / 0.2**2)
