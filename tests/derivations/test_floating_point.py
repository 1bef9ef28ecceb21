"""What happens in float64, against float64 itself: NumPy, SciPy, and Python's fractions."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import special

from tests.derivations.evaluation import integer, resolved, right_side, value


def number(equations, identifier, **at) -> float:
    equation = equations[identifier]
    return float(value(resolved(equation, equation.expression), at))


def test_format_is_that_of_numpys_float64(equations):
    assert number(equations, "floating-point.significant-bits") == np.finfo(np.float64).nmant + 1
    assert number(equations, "floating-point.lowest-exponent") == np.finfo(np.float64).minexp
    smallest = equations["floating-point.smallest-number"].expression
    assert Fraction(int(smallest.p), int(smallest.q)) == Fraction(np.nextafter(0.0, 1.0).item())


def test_product_of_halves_underflows_where_numpys_does(equations):
    products = np.cumprod(np.full(1200, 0.5))
    first_zero = int(np.argmax(products == 0)) + 1
    assert integer(equations["floating-point.underflow"].expression) == first_zero == 1075
    assert number(equations, "floating-point.product-of-halves", N=first_zero - 1) == products[first_zero - 2] > 0


def test_sum_of_logarithms_stays_an_ordinary_number(equations):
    total = np.log(np.full(1075, 0.5)).sum()
    assert number(equations, "floating-point.logarithm-of-halves", N=1075) == pytest.approx(total)
    assert number(equations, "floating-point.logarithm-at-underflow") == pytest.approx(total)
    assert equations["floating-point.logarithm-at-underflow"].value.digits.digits() == f"{total:.3f}" == "-745.133"


@given(z=st.floats(-60, 60) | st.sampled_from([-1000.0, -710.0, 0.0, 710.0, 1000.0]), y=st.integers(0, 1))
def test_stable_loss_is_scipys_logarithm_of_the_sigmoid(equations, z, y):
    library = -(special.log_expit(z) if y else special.log_expit(-z))
    assert float(value(right_side(equations["floating-point.stable-loss"]), {"z": z, "y": y})) == pytest.approx(
        library, rel=1e-12
    )


def test_zero_times_the_logarithm_of_zero_counts_as_zero(equations):
    assert number(equations, "floating-point.zero-times-log-zero") == special.xlogy(0.0, 0.0) == 0
    assert math.isnan(0.0 * -math.inf), "what the code does with it"
    with np.errstate(divide="ignore"):
        assert np.log(0.0) == -math.inf
    assert equations["floating-point.log-zero"].expression.is_infinite
