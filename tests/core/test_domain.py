"""Ranges, their charts and the points drawn from them."""

from __future__ import annotations

from fractions import Fraction
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sympy import Function, Integer, Rational, Symbol

from derivations.core.domain import COUNT, INDEX, LABEL, NAME, POSITIVE, REAL, UNIT, Domain, Range, above, up_to
from derivations.core.points import points, substitute_point
from tests.derivations.evaluation import value

t, p, r = (Symbol(name, positive=True) for name in "tpr")
z = Symbol("z", real=True)
k, n, C = (Symbol(name, integer=True, positive=True) for name in "knC")
y = Symbol("y", integer=True, nonnegative=True)
f, labels, c = (
    Function("f", positive=True),
    Function("labels", integer=True),
    Function("c", integer=True, positive=True),
)
BASE = Symbol("base", integer=True, positive=True)

SETS = {
    "unit": (UNIT, lambda number: 0 < number < 1),
    "positive": (POSITIVE, lambda number: number > 0),
    "real": (REAL, lambda number: True),
    "count": (COUNT, lambda number: number > 0),
    "above": (above(BASE), lambda number: number > 3),
}


@pytest.mark.parametrize("kind", SETS)
@given(parameter=st.floats(1e-12, 1e12))
def test_chart_maps_positive_numbers_into_its_set(kind, parameter):
    over, belongs = SETS[kind]
    assert belongs(value(over.chart(t), {"t": parameter, "base": 3}))


@pytest.mark.parametrize("kind, targets", [
    ("unit", [1e-9, 0.5, 1 - 1e-9]), ("positive", [1e-9, 1, 1e9]), ("real", [-20, 0, 20]), ("above", [4, 5, 100]),
])  # fmt: skip
def test_chart_reaches_every_place_of_its_set(kind, targets):
    """The chart increases, so that it takes the value by bisection."""
    over, _ = SETS[kind]
    for target in targets:
        low, high = 1e-12, 1e12
        for _ in range(400):
            middle = (low * high) ** 0.5
            low, high = (middle, high) if value(over.chart(t), {"t": middle, "base": 3}) < target else (low, middle)
        assert float(value(over.chart(t), {"t": low, "base": 3})) == pytest.approx(target, rel=1e-6, abs=1e-6)


@pytest.mark.parametrize("over", [LABEL, INDEX, NAME, up_to(C)])
def test_finite_sets_and_names_have_no_chart(over):
    assert over.chart(t) is None


WHOLE = Domain(
    {n: above(k), k: COUNT, p: UNIT, r: POSITIVE, z: REAL, y: LABEL, f: UNIT, labels: LABEL, C: COUNT, c: up_to(C)}
)


def test_points_satisfy_their_domain():
    drawn = list(points(WHOLE))
    assert len(drawn) > 50
    for at in drawn:
        assert 0 < at[p] < 1 and at[r] > 0 and at[y] in (0, 1) and at[z].is_real
        assert at[n] > at[k] >= 1 and at[n] == int(at[n]) and at[k] == int(at[k])
        for index in range(1, 8):
            assert 0 < at[f](index) < 1 and at[labels](index) in (0, 1) and 1 <= at[c](index) <= at[C]
            assert at[f](index) == at[f](index), "a member keeps its value"


def test_points_go_near_both_boundaries_and_far_out():
    drawn = [at[p] for at in points(Domain({p: UNIT}))]
    assert min(drawn) < Rational(1, 10**4) and max(drawn) > 1 - Rational(1, 10**4)
    assert any(Rational(1, 5) < one < Rational(4, 5) for one in drawn)
    scores = [at[z] for at in points(Domain({z: REAL}))]
    assert min(scores) < -15 and max(scores) > 15 and any(abs(score) < 2 for score in scores)


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5])
def test_points_run_through_all_label_vectors(size):
    domain = Domain({k: COUNT, labels: LABEL})
    vectors = {tuple(at[labels](index) for index in range(1, size + 1)) for at in points(domain, counts=(size,))}
    assert len(vectors) == 2**size


def test_points_run_through_several_counts():
    assert {int(at[k]) for at in points(Domain({k: COUNT, p: UNIT}))} == {1, 2, 3, 5}


def test_points_are_the_same_each_time():
    first, second = ([str(at[p]) for at in islice(points(Domain({p: UNIT, k: COUNT})), 20)] for _ in range(2))
    assert first == second


def test_points_of_a_range_that_is_not_understood_are_none():
    assert list(points(Domain({p: Range("between two others", "{0}", "{0}")}))) == []


def test_points_of_bounds_in_a_circle_are_none():
    assert list(points(Domain({n: above(k), k: above(n)}))) == []


def test_domain_point_satisfies_its_conditions(equations):
    """The point that the catalogue publishes, read back from its text."""
    checks = {
        "unit": lambda number, base: 0 < number < 1,
        "closed_unit": lambda number, base: 0 <= number <= 1,
        "positive": lambda number, base: number > 0,
        "real": lambda number, base: True,
        "label": lambda number, base: number in (0, 1),
        "count": lambda number, base: number >= 1 and number.denominator == 1,
        "above": lambda number, base: number > base and number.denominator == 1,
        "up_to": lambda number, base: 1 <= number <= base and number.denominator == 1,
    }
    checked = 0
    for equation in equations.values():
        conditions, point = equation.domain.conditions(), equation.domain.point()
        assert len(point) == len(conditions), f"{equation.id}: two quantities share a name in {point}"
        for (_, over), number in zip(conditions, point.values(), strict=True):
            base = Fraction(point[over.base.name]) if over.base is not None else None
            assert checks[over.kind](Fraction(number), base), f"{equation.id}: {point}"
            checked += 1
    assert checked > 100


def test_domain_of_an_expression_keeps_what_it_speaks_of_and_its_bounds():
    part = WHOLE.of([n + p])
    assert set(part.ranges) == {n, k, p}
    assert set(WHOLE.of([f(1)]).ranges) == {f}
    assert WHOLE.labels() == [y, labels]


def test_slack_writes_a_bounded_integer_as_its_bound_and_the_rest():
    rest = Domain({k: COUNT, n: above(k)}).with_slack(n - k)
    assert rest.is_positive and rest.free_symbols.isdisjoint({n, k})


def test_substituted_point_is_the_value_there():
    at = {p: Rational(1, 4), f: lambda index: Rational(1, index + 1), k: Integer(3)}
    assert substitute_point(p * f(2) + k, at) == Rational(1, 12) + 3
