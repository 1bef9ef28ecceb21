"""Certificates: given for what is true, refused for what is not or cannot be told. Oracles: SciPy's search, NumPy's roots, exact fractions."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import FiniteSet, Function, Integer, Interval, Poly, Product, Rational, S, Symbol, exp, log

from derivations.core.certificate import (
    NoCertificate,
    at_least_zero,
    bounded_by_induction,
    certify_extremum,
    certify_roots,
)
from derivations.core.domain import COUNT, INDEX, POSITIVE, REAL, UNIT, Domain, above
from derivations.core.notation import product_of

p, q = Symbol("p", positive=True), Symbol("q", positive=True)
z = Symbol("z", real=True)
k, n = Symbol("k", integer=True, positive=True), Symbol("n", integer=True, positive=True)
i = Symbol("i", integer=True, positive=True)
f = Function("f", positive=True)
OPEN, CLOSED, ONE = Interval.open(0, 1), Interval(0, 1), Domain({p: UNIT})


@settings(max_examples=12)
@given(heads=st.integers(1, 30), tails=st.integers(1, 30))
def test_maximiser_of_any_coin_is_certified_and_its_neighbours_are_not(heads, tails):
    likelihood, place = p**heads * (1 - p) ** tails, Rational(heads, heads + tails)
    certificate = certify_extremum(likelihood, p, place, CLOSED, ONE)
    assert certificate.place == place and dict(certificate.ends) == {0: 0, 1: 0}
    for wrong in (
        place + Rational(1, 1000),
        place - Rational(1, 1000),
        1 - place if heads != tails else Integer(0),
        Integer(0),
        Integer(1),
    ):
        with pytest.raises(NoCertificate):
            certify_extremum(likelihood, p, wrong, CLOSED, ONE)
    with pytest.raises(NoCertificate):
        certify_extremum(likelihood, p, place, CLOSED, ONE, largest=False)


@given(heads=st.integers(1, 12), tails=st.integers(1, 12), at=st.fractions(0, 1, max_denominator=60))
def test_factor_of_the_certificate_makes_up_the_slope(heads, tails, at):
    """slope of the logarithm = (place - p) times the factor, in exact fractions that SymPy does not see."""
    if not 0 < at < 1:
        return
    certificate = certify_extremum(p**heads * (1 - p) ** tails, p, Rational(heads, heads + tails), CLOSED, ONE)
    factor = certificate.factor.subs(p, Rational(at.numerator, at.denominator))
    slope = heads / at - tails / (1 - at)
    assert (Fraction(heads, heads + tails) - at) * Fraction(int(factor.p), int(factor.q)) == slope


def test_maximiser_at_an_end_needs_the_end_in_the_set():
    for power, end in ((p**3, 1), ((1 - p) ** 3, 0)):
        assert certify_extremum(power, p, Integer(end), CLOSED, ONE).place == end
        with pytest.raises(NoCertificate):
            certify_extremum(power, p, Integer(end), OPEN, ONE)
        with pytest.raises(NoCertificate):
            certify_extremum(power, p, Integer(1 - end), CLOSED, ONE)


def test_maximiser_outside_the_set_is_refused():
    for place in (3, -1, Rational(11, 10)):
        with pytest.raises(NoCertificate, match="lie in"):
            certify_extremum(-((p - place) ** 2), p, Integer(1) * place, CLOSED, ONE)
    assert certify_extremum(-((z - 3) ** 2), z, Integer(3), S.Reals, Domain({z: REAL})).place == 3


def test_maximiser_in_letters_needs_a_domain_that_puts_it_inside():
    likelihood = p**k * (1 - p) ** (n - k)
    assert certify_extremum(likelihood, p, k / n, CLOSED, Domain({p: UNIT, k: COUNT, n: above(k)})).place == k / n
    with pytest.raises(NoCertificate):
        certify_extremum(likelihood, p, k / n, CLOSED, Domain({p: UNIT, k: COUNT, n: COUNT}))


@pytest.mark.parametrize("function", [
    Integer(5) + 0 * p, (p - Rational(1, 2)) ** 3, p**2, (p - Rational(1, 2)) ** 2, -((p - Rational(1, 4)) ** 2) * (p - Rational(3, 4)) ** 2, p * (2 * p - 1) ** 2,
])  # fmt: skip
def test_place_that_is_no_unique_maximum_is_refused(function):
    """Constant, inflection, rising, minimum, two maxima, local maximum below an end."""
    for place in (Rational(1, 2), Rational(1, 4), Rational(1, 6)):
        with pytest.raises(NoCertificate):
            certify_extremum(function, p, place, CLOSED, ONE)


def test_extrema_on_other_sets_are_refused():
    with pytest.raises(NoCertificate, match="were? given|was given"):
        certify_extremum(p * (2 - p), p, Integer(1), Interval(0, 2), Domain({p: POSITIVE}))


@given(
    found=st.sets(st.fractions(0, 1, max_denominator=12), min_size=1, max_size=3),
    outside=st.sets(st.integers(2, 5), max_size=2),
)
def test_roots_of_a_polynomial_are_those_it_was_made_from(found, outside):
    polynomial = Poly.from_list([1], p)
    for root in [*found, *map(Fraction, outside)]:
        polynomial *= Poly(p - Rational(root.numerator, root.denominator), p)
    expression = polynomial.as_expr()
    certificate = certify_roots(expression, p, CLOSED, ONE)
    assert certificate.found == FiniteSet(*(Rational(root.numerator, root.denominator) for root in found))
    numeric = np.roots([float(coefficient) for coefficient in polynomial.all_coeffs()])
    assert sum(-1e-4 <= root.real <= 1 + 1e-4 for root in numeric) == len(found)
    inside = certify_roots(expression, p, OPEN, ONE).found
    assert inside == FiniteSet(*(root for root in certificate.found if root not in (0, 1)))


@pytest.mark.parametrize("function", [1 / p, p**2 + 1, (1 + p) / (2 - p), n / p])
def test_function_without_zeros_has_none(function):
    assert certify_roots(function, p, OPEN, Domain({p: UNIT, n: COUNT})).found == S.EmptySet


def test_root_that_cannot_be_found_is_not_overlooked():
    """p^5 + 3p - 1 has a zero in (0, 1) that has no closed form: refused, not said to be absent."""
    assert np.sign(0**5 - 1) != np.sign(1 + 3 - 1)
    with pytest.raises(NoCertificate, match="free of zeros"):
        certify_roots(p**5 + 3 * p - 1, p, OPEN, ONE)
    with pytest.raises(NoCertificate):
        certify_roots(0 * p, p, OPEN, ONE)


def test_root_in_letters_is_placed_inside_or_outside_or_refused():
    bounded = Domain({p: UNIT, k: COUNT, n: above(k)})
    assert certify_roots(k - n * p, p, OPEN, bounded).found == FiniteSet(k / n)
    assert certify_roots(n - k * p, p, OPEN, bounded).found == S.EmptySet
    with pytest.raises(NoCertificate, match="neither inside"):
        certify_roots(k - n * p, p, OPEN, Domain({p: UNIT, k: COUNT, n: COUNT}))


def test_product_of_probabilities_stays_below_one():
    domain = Domain({n: COUNT, i: INDEX, f: UNIT, z: REAL})
    assert bounded_by_induction(product_of(f(i), i, 1, n), Integer(1), n, domain)
    assert bounded_by_induction((1 / (1 + exp(-z))) ** n, Integer(1), n, domain)
    assert not bounded_by_induction(product_of(1 + f(i), i, 1, n), Integer(1), n, domain)
    assert not bounded_by_induction(product_of(f(i), i, 1, n), Rational(1, 2), n, domain)
    assert not bounded_by_induction(Product(f(i) * n, (i, 1, n)), Integer(1), n, domain)
    assert not bounded_by_induction(product_of(f(i), i, 1, n), Integer(1), n, Domain({n: COUNT, i: INDEX, f: POSITIVE}))


def test_at_least_zero_needs_a_minimum_that_is_zero():
    both = Domain({p: UNIT, q: UNIT})
    divergence = p * log(p / q) + (1 - p) * log((1 - p) / (1 - q))
    assert at_least_zero(divergence, both).largest is False
    for wrong in (
        divergence - Rational(1, 10**9),
        -divergence,
        log(p / q),
        p * log(p / q) - (1 - p) * log((1 - p) / (1 - q)),
    ):
        with pytest.raises(NoCertificate):
            at_least_zero(wrong, both)
