"""What happens in float64, against float64 itself: NumPy, SciPy, and Python's fractions."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy import special

from tests.derivations.comparing import holds
from tests.derivations.evaluation import number, value
from tests.derivations.oracles import at_last, digits, shows


def test_format_is_that_of_numpys_float64(equations):
    shows(equations["floating-point.significant-bits"], np.finfo(np.float64).nmant + 1)
    shows(equations["floating-point.lowest-exponent"], np.finfo(np.float64).minexp)
    smallest = Fraction(np.nextafter(0.0, 1.0).item())
    for name in ("smallest", "smallest-number"):
        equation = equations[f"floating-point.{name}"]
        found = value(equation.terms[-1], equation.context, {})
        assert smallest.numerator == 1 and found * smallest.denominator == 1


def test_product_of_halves_underflows_where_numpys_does(equations):
    products = np.cumprod(np.full(1200, 0.5))
    first_zero = int(np.argmax(products == 0)) + 1
    assert first_zero == 1075
    shows(equations["floating-point.first-zero"], first_zero)
    shows(equations["floating-point.underflow"], first_zero)
    last = products[first_zero - 2]
    assert last > 0
    for name in ("likelihood", "product-of-halves"):
        shows(equations[f"floating-point.{name}"], last, abs=0, N=first_zero - 1)
    shows(equations["floating-point.half"], 0.5, n=1)
    tie = equations["floating-point.product-at-underflow"]
    below, half = (value(term, tie.context, {}) for term in tie.terms)
    assert below == half > 0 and float(2 * half) == np.nextafter(0.0, 1.0), (
        "half of the smallest number is rounded to 0"
    )


def test_sum_of_logarithms_stays_an_ordinary_number(equations):
    total = np.log(np.full(1075, 0.5)).sum()
    shows(equations["floating-point.logarithm-of-halves"], total, N=1075)
    shows(equations["floating-point.logarithm-at-underflow"], total)
    assert digits(equations["floating-point.logarithm-at-underflow"]) == f"{total:.3f}" == "-745.133"


@given(z=st.floats(-60, 60) | st.sampled_from([-1000.0, -710.0, 0.0, 710.0, 1000.0]), y=st.integers(0, 1))
def test_stable_loss_is_scipys_logarithm_of_the_sigmoid(equations, z, y):
    library = -(special.log_expit(z) if y else special.log_expit(-z))
    stable = equations["floating-point.stable-loss"]
    assert math.isclose(number(stable, -1, {"z": z, "y": y}), library, rel_tol=1e-12, abs_tol=1e-300)
    if abs(z) < 60:
        for name in ("naive-loss", "stable-loss"):
            shows(equations[f"floating-point.{name}"], library, rel=1e-9, z=z, y=y)
        softplus = np.logaddexp(0, z)
        for name in ("exponential-factored", "softplus"):
            shows(equations[f"floating-point.{name}"], softplus, rel=1e-9, z=z)


def test_zero_times_the_logarithm_of_zero_counts_as_zero(equations):
    shows(equations["floating-point.zero-times-log-zero"], special.xlogy(0.0, 0.0))
    shows(equations["floating-point.entropy-term"], special.xlogy(0.25, 0.25), p=0.25)
    assert at_last(equations["floating-point.zero-times-log-zero"]) == 0
    assert math.isnan(0.0 * -math.inf), "what the code does with it"


def test_logarithm_of_zero_is_minus_infinity_as_numpy_has_it(equations):
    with np.errstate(divide="ignore"):
        assert np.log(0.0) == -math.inf
    equation = equations["floating-point.log-zero"]
    assert equation.terms[-1] == ("inf", "-")
    assert holds(equation.terms[0], "=", ("inf", "-"), equation.context, {})
    assert not holds(equation.terms[0], "=", ("inf", "+"), equation.context, {})
