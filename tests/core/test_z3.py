"""Polynomial statements decided by z3, which has nothing in common with SymPy: the negation of each is unsatisfiable, and that of a wrong one is not."""

from __future__ import annotations

import pytest
import z3
from sympy import Poly, Symbol

from derivations.core.notation import evaluated
from derivations.core.proof import Prover
from derivations.publish.catalogue import derive, equations

p = z3.Real("p")
INSIDE, WITH_ENDS = z3.And(p > 0, p < 1), z3.And(p >= 0, p <= 1)


def power(base: z3.ArithRef, exponent: int) -> z3.ArithRef:
    result: z3.ArithRef = z3.RealVal(1)
    for _ in range(exponent):
        result = result * base
    return result


def impossible(*conditions: z3.BoolRef) -> bool:
    """Whether no real number satisfies them all. "Unknown" is a failure, not a pass."""
    solver = z3.Solver()
    solver.set("timeout", 20_000)
    solver.add(*conditions)
    found = solver.check()
    assert found != z3.unknown, solver.reason_unknown()
    return found == z3.unsat


def likelihood(k: int) -> z3.ArithRef:
    return power(p, k) * power(1 - p, 10 - k)


def at(k: int, place: z3.ArithRef) -> z3.ArithRef:
    return power(place, k) * power(1 - place, 10 - k)


@pytest.mark.parametrize("k", range(11))
def test_no_p_beats_or_equals_k_tenths(k):
    place = z3.Q(k, 10)
    assert impossible(WITH_ENDS, p != place, likelihood(k) >= at(k, place))


@pytest.mark.parametrize("k", range(11))
def test_a_place_one_tenth_off_is_beaten(k):
    place = z3.Q(k + 1 if k < 10 else 9, 10)
    assert not impossible(WITH_ENDS, p != place, likelihood(k) >= at(k, place))


def as_z3(expression, variable: Symbol) -> z3.ArithRef:
    """A polynomial with rational coefficients, carried over coefficient by coefficient."""
    total: z3.ArithRef = z3.RealVal(0)
    for (degree,), coefficient in Poly(expression, variable).terms():
        total = total + z3.Q(int(coefficient.p), int(coefficient.q)) * power(p, degree)
    return total


@pytest.fixture(scope="module")
def site():
    return equations(derive())


def sides(equation):
    """Both sides of an equation's first relation as polynomials in p."""
    prover = Prover(equation.definitions, equation.domain, equation.style)
    first, second = (evaluated(prover.resolve(term)) for term in equation.lines[0].terms[:2])
    (variable,) = first.free_symbols
    return as_z3(first, variable), as_z3(second, variable)


def test_the_gap_below_the_maximum_factors_as_shown_and_is_never_negative(site):
    left, right = sides(site["coin-sequence.gap"])
    assert impossible(left != right)
    assert impossible(WITH_ENDS, right < 0)
    assert impossible(WITH_ENDS, right == 0, p != z3.Q(4, 5))
    assert not impossible(WITH_ENDS, right == 0, p != z3.Q(3, 5))


def test_the_likelihood_is_positive_inside_and_zero_at_the_ends(site):
    left, right = sides(site["coin.likelihood"])
    assert impossible(INSIDE, right <= 0)
    assert impossible(left != right)
    assert not impossible(WITH_ENDS, right <= 0)


def test_the_slope_has_three_roots_and_no_other(site):
    _, slope = sides(site["coin.likelihood-derivative"])
    assert impossible(WITH_ENDS, slope == 0, p != 0, p != z3.Q(4, 5), p != 1)
    assert not impossible(WITH_ENDS, slope == 0, p != 0, p != 1)


def test_the_score_changes_its_sign_at_eight_tenths_alone():
    score_times = 8 * (1 - p) - 2 * p  # the score times p (1 - p), which is positive inside
    assert impossible(INSIDE, score_times > 0, p >= z3.Q(4, 5))
    assert impossible(INSIDE, score_times <= 0, p < z3.Q(4, 5))


def test_general_k_of_n_has_one_turning_point():
    """The score of k heads in n times p (1 - p) is k - n p: positive before k/n, negative after, for every real k and n with 0 < k < n."""
    k, n = z3.Reals("k n")
    both = z3.And(INSIDE, k > 0, k < n)
    assert impossible(both, (k * (1 - p) - (n - k) * p) * n != n * (k - n * p))
    assert impossible(both, k * (1 - p) - (n - k) * p <= 0, n * p < k)
    assert impossible(both, k * (1 - p) - (n - k) * p >= 0, n * p > k)


def test_the_second_derivative_of_the_squared_error_takes_both_signs():
    """With s for the sigmoid: 2 s (1 - s)² (3 s - 1) on 0 < s < 1."""
    bend = 2 * p * power(1 - p, 2) * (3 * p - 1)
    assert not impossible(INSIDE, bend < 0)
    assert not impossible(INSIDE, bend > 0)
    assert impossible(INSIDE, p * (1 - p) <= 0)  # that of the cross-entropy does not
