"""Polynomial statements decided by z3, which has nothing in common with the engine: the negation of each is unsatisfiable, and that of a wrong one is not."""

from __future__ import annotations

from typing import Any

import pytest
import z3

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


def as_z3(tree: Any, here: dict[str, z3.ArithRef]) -> z3.ArithRef:
    """A tree without names, letter by letter."""
    kind, *parts = tree
    if kind in ("num", "sym"):
        return z3.RealVal(parts[0]) if kind == "num" else here[parts[0]]
    if kind == "[]":
        return as_z3(parts[0], here)
    if kind == "^":
        assert parts[1][0] == "num", f"{tree} is no polynomial"
        return power(as_z3(parts[0], here), parts[1][1])
    if kind == "binom":
        (n, k) = (part[1] for part in parts)
        return z3.RealVal(1) if k == 0 else as_z3(("binom", ("num", n - 1), ("num", k - 1)), here) * n / k
    values = [as_z3(part, here) for part in parts]
    if kind == "neg":
        return -values[0]
    if kind == "/":
        return values[0] / values[1]
    assert kind in ("+", "*"), f"{tree} is no polynomial"
    found = values[0]
    for each in values[1:]:
        found = found + each if kind == "+" else found * each
    return found


def last(equations: Any, identifier: str, which: int = -1) -> z3.ArithRef:
    return as_z3(equations[identifier].terms[which], {"p": p})


def test_the_gap_below_the_maximum_factors_as_shown_and_is_never_negative(equations):
    gap = last(equations, "coin-sequence.gap")
    assert impossible(gap != at(8, z3.Q(8, 10)) - likelihood(8))
    assert impossible(WITH_ENDS, gap < 0)
    assert impossible(WITH_ENDS, gap == 0, p != z3.Q(4, 5))
    assert not impossible(WITH_ENDS, gap == 0, p != z3.Q(3, 5))


def test_the_likelihood_is_positive_inside_and_zero_at_the_ends(equations):
    shown = last(equations, "coin.likelihood")
    assert impossible(shown != 45 * likelihood(8))
    assert impossible(INSIDE, shown <= 0)
    assert not impossible(WITH_ENDS, shown <= 0)


def test_the_slope_has_three_roots_and_no_other(equations):
    slope = last(equations, "coin.likelihood-derivative", 1)
    assert impossible(slope != last(equations, "coin.likelihood-slope"))
    assert impossible(WITH_ENDS, slope == 0, p != 0, p != z3.Q(4, 5), p != 1)
    assert not impossible(WITH_ENDS, slope == 0, p != 0, p != 1)


def test_the_score_changes_its_sign_at_eight_tenths_alone(equations):
    score = last(equations, "coin.score", 1)
    assert impossible(INSIDE, score > 0, p >= z3.Q(4, 5))
    assert impossible(INSIDE, score <= 0, p < z3.Q(4, 5))


def test_general_k_of_n_has_one_turning_point(equations):
    """For every real k and n with 0 < k < n."""
    k, n = z3.Reals("k n")
    score = as_z3(equations["coin-general.score"].terms[1], {"p": p, "k": k, "n": n})
    both = z3.And(INSIDE, k > 0, k < n)
    assert impossible(both, score <= 0, n * p < k)
    assert impossible(both, score >= 0, n * p > k)


def test_the_expected_squared_error_is_least_at_the_probability(equations):
    q = z3.Real("q")
    shown = as_z3(equations["squared-error.expected-squared-error-decomposed"].terms[1], {"p": p, "q": q})
    assert impossible(shown != p * (1 - q) * (1 - q) + (1 - p) * q * q)
    assert impossible(shown <= p * (1 - p), q != p)


def test_the_second_derivative_of_the_squared_error_takes_both_signs():
    """With p for the sigmoid: 2 p (1 - p)² (3 p - 1) on 0 < p < 1."""
    bend = 2 * p * power(1 - p, 2) * (3 * p - 1)
    assert not impossible(INSIDE, bend < 0)
    assert not impossible(INSIDE, bend > 0)
    assert impossible(INSIDE, p * (1 - p) <= 0)  # that of the cross-entropy does not
