"""Statements about polynomials, decided again by counting real roots; the counts are compared with numpy's roots."""

from __future__ import annotations

import random

import numpy as np
import pytest
from sympy import Interval, Poly, Rational, Symbol, binomial

from derivations.core.certificate import NoCertificate, certify_extremum, certify_roots
from derivations.core.domain import Domain
from derivations.core.sturm import WrongCount, agrees_on_roots, countable, gap, roots_in

p = Symbol("p", positive=True)
INSIDE, WITH_ENDS = Interval.open(0, 1), Interval(0, 1)


@pytest.mark.parametrize("k", range(11))
def test_k_heads_of_ten_have_one_maximiser_by_counting_roots(k):
    likelihood = binomial(10, k) * p**k * (1 - p) ** (10 - k)
    certify_extremum(likelihood, p, Rational(k, 10), WITH_ENDS, Domain())
    found = gap(likelihood, p, Rational(k, 10), WITH_ENDS)
    assert found.elsewhere == 0
    assert found.order == (1 if k in (0, 10) else 2)


@pytest.mark.parametrize("place", [Rational(7, 10), Rational(9, 10), Rational(0), Rational(1), Rational(4001, 5000)])
def test_another_place_than_eight_tenths_is_refused(place):
    with pytest.raises(WrongCount):
        gap(p**8 * (1 - p) ** 2, p, place, WITH_ENDS)
    with pytest.raises(NoCertificate):
        certify_extremum(p**8 * (1 - p) ** 2, p, place, WITH_ENDS, Domain())


def test_a_minimum_is_not_a_maximum():
    bowl = (p - Rational(1, 3)) ** 2
    assert gap(bowl, p, Rational(1, 3), WITH_ENDS, largest=False).order == 2
    with pytest.raises(WrongCount):
        gap(bowl, p, Rational(1, 3), WITH_ENDS, largest=True)


def test_two_equal_maxima_are_refused():
    twice = -(((p - Rational(1, 4)) * (p - Rational(3, 4))) ** 2)
    with pytest.raises(WrongCount, match="1 further"):
        gap(twice, p, Rational(1, 4), WITH_ENDS)


def test_a_turning_point_without_extremum_is_refused():
    with pytest.raises(WrongCount):
        gap((p - Rational(1, 2)) ** 3, p, Rational(1, 2), WITH_ENDS)


def test_roots_at_the_ends_count_where_the_ends_belong():
    slope = 90 * p**7 * (1 - p) * (4 - 5 * p)
    assert roots_in(slope, p, WITH_ENDS) == 3
    assert roots_in(slope, p, INSIDE) == 1
    assert len(certify_roots(slope, p, WITH_ENDS, Domain()).found) == 3
    for wrong in (2, 4):
        with pytest.raises(WrongCount):
            agrees_on_roots(slope, p, WITH_ENDS, wrong)


def test_counts_agree_with_numpy_on_random_polynomials():
    draw = random.Random(7)
    for _ in range(60):
        polynomial = Poly([draw.randrange(-9, 10) for _ in range(draw.randrange(2, 8))] + [draw.randrange(1, 9)], p)
        if polynomial.degree() < 1:
            continue
        roots = np.roots([float(c) for c in polynomial.all_coeffs()])
        real = {round(float(root.real), 6) for root in roots if abs(root.imag) < 1e-9 and 1e-9 < root.real < 1 - 1e-9}
        assert roots_in(polynomial.as_expr(), p, INSIDE) == len(real), polynomial


def test_what_is_no_polynomial_is_not_counted():
    assert not countable(1 / p, p, WITH_ENDS)
    assert not countable(p * Symbol("k"), p, WITH_ENDS)
    with pytest.raises(WrongCount):
        roots_in(p - p, p, WITH_ENDS)
