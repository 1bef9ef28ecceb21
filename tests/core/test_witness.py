"""The second witness agrees with what is true and refuses what is not; its derivatives are compared with SymPy's and its numbers with mpmath's, which it does not use."""

from __future__ import annotations

from dataclasses import replace

import mpmath
import pytest
from flint import arb, fmpq
from sympy import (
    Abs,
    Derivative,
    FiniteSet,
    Function,
    Integer,
    Interval,
    Limit,
    Rational,
    Subs,
    Symbol,
    Tuple,
    diff,
    exp,
    lambdify,
    log,
    oo,
    sqrt,
)

from derivations.core import COUNT, LABEL, REAL, UNIT, ArgMax, Derivation, Roots, above, equals
from derivations.core.domain import Domain, Range
from derivations.core.enclosure import CannotEnclose, NotReal, enclose
from derivations.core.notation import AsDecimal, chain, sum_of
from derivations.core.points import describe, exact_points, free_quantities, points, substitute_point
from derivations.core.rules import count, take_logarithm
from derivations.core.witness import Witnessed, WitnessFailure, witness

p = Symbol("p", positive=True)


@pytest.fixture
def coin():
    """Eight heads in ten, with one equation that is true."""
    made = Derivation("coin", ("硬币", "coin"), source="mle/1")
    made.symbol("p", UNIT)
    likelihood = made.define("likelihood", made.function("L")(p), p**8 * (1 - p) ** 2, title=("似然", "likelihood"))
    return made.step(
        "log", take_logarithm(likelihood), title=("对数", "log"), shown=lambda: equals(log(made.function("L")(p)), 8 * log(p) + 2 * log(1 - p))
    )  # fmt: skip


def claiming(equation, *terms, relation="=", over=None):
    """The equation with another statement, as if the proof had let it pass."""
    domain = equation.domain if over is None else Domain(over)
    shown = chain(terms[0], *(part for term in terms[1:] for part in (relation, term)))
    computed = terms[-1] if relation == "=" else terms[0]
    return replace(equation, lines=(shown,), domain=domain, expression=computed)


def seen(equation) -> Witnessed:
    """What the witness found, of an equation that claims something."""
    found = witness(equation)
    assert found is not None
    return found


# ---------------------------------------------------------------- it agrees, and it refuses


def test_witness_agrees_with_a_true_equation_at_every_point(coin):
    found = seen(coin)
    assert found.points == found.decisive >= 20
    assert 0 < found.widest < 1e-20


def test_witness_refuses_a_wrong_sign_and_names_the_point(coin):
    with pytest.raises(WitnessFailure, match=r"coin\.log.*does not hold at p = "):
        witness(claiming(coin, log(p**8 * (1 - p) ** 2), 8 * log(p) - 2 * log(1 - p)))


def test_witness_refuses_a_difference_near_one_boundary_only(coin):
    # differs by 1e-9 at most, and by 1e-15 in the middle: only balls show it
    with pytest.raises(WitnessFailure):
        witness(claiming(coin, p, p + Rational(1, 10**15) * (1 - p)))


def test_witness_refuses_an_empty_domain(coin):
    j, k = Symbol("j", integer=True, positive=True), Symbol("k", integer=True, positive=True)
    with pytest.raises(WitnessFailure, match="no point"):  # j > k and k > j
        witness(claiming(coin, (j + k) ** 2, j**2 + 2 * j * k + k**2, over={j: above(k), k: above(j)}))


def test_witness_refuses_a_domain_of_an_unknown_kind(coin):
    nothing = {p: Range("nothing", "{0} in {{}}", r"{0} \in \emptyset")}
    with pytest.raises(WitnessFailure, match="no point"):
        witness(claiming(coin, p, p, over=nothing))


def test_witness_refuses_a_domain_that_is_too_large(coin):
    # log(p²) = 2 log p holds for positive p, and not for all real ones
    with pytest.raises(WitnessFailure):
        witness(claiming(coin, log(p**2), 2 * log(p), over={p: REAL}))


def test_witness_refuses_a_quantity_without_a_value(coin):
    with pytest.raises(WitnessFailure, match="stray"):
        witness(claiming(coin, log(Symbol("stray") ** 2), 2 * log(Symbol("stray"))))


def test_witness_refuses_where_no_point_decides(coin):
    # |x| ≥ 0 at x = log(4) - 2 log(2), which is 0: no ball decides the sign
    nothing = log(Integer(4), evaluate=False) - 2 * log(Integer(2))
    with pytest.raises(WitnessFailure, match="none decided"):
        witness(claiming(coin, nothing, Integer(0), relation="≥"))


@pytest.mark.parametrize(
    ("left", "relation", "right", "holds"),
    [
        (p * (1 - p), "<", Rational(1, 2), True),
        (p * (1 - p), "<", Rational(1, 8), False),
        (log(p), "<", Integer(0), True),
        (log(p), ">", Integer(0), False),
        ((p - Rational(1, 3)) ** 2, "≥", Integer(0), True),
        (p - Rational(1, 3), "≥", Integer(0), False),
    ],
)
def test_inequalities_hold_at_every_point_or_fail(coin, left, relation, right, holds):
    statement = claiming(coin, left, right, relation=relation)
    if holds:
        assert seen(statement).decisive
    else:
        with pytest.raises(WitnessFailure):
            witness(statement)


def test_digits_are_the_nearest_ones_or_fail(coin):
    assert witness(claiming(coin, log(Rational(7, 10)), AsDecimal(Rational(-357, 1000), 3), relation="≈"))
    for wrong in (-356, -358, 357):
        with pytest.raises(WitnessFailure):
            witness(claiming(coin, log(Rational(7, 10)), AsDecimal(Rational(wrong, 1000), 3), relation="≈"))


@pytest.mark.parametrize("place", [Rational(7, 10), Rational(4, 5) + Rational(1, 10**5), Integer(0), Integer(2)])
def test_arg_max_elsewhere_fails(coin, place):
    likelihood = p**8 * (1 - p) ** 2
    assert witness(claiming(coin, ArgMax(likelihood, Tuple(p), Interval(0, 1)), Rational(4, 5)))
    with pytest.raises(WitnessFailure):
        witness(claiming(coin, ArgMax(likelihood, Tuple(p), Interval(0, 1)), place))


def test_an_extremum_that_is_not_the_only_one_fails(coin):
    twice = ((p - Rational(1, 17)) * (p - Rational(2, 17))) ** 2 * -1
    with pytest.raises(WitnessFailure):
        witness(claiming(coin, ArgMax(twice, Tuple(p), Interval(0, 1)), Rational(1, 17)))


@pytest.mark.parametrize("shown", [FiniteSet(), FiniteSet(Rational(1, 2)), FiniteSet(Rational(4, 5), Rational(1, 2))])
def test_roots_missing_added_or_wrong_fail(coin, shown):
    score = Roots(Derivative(log(p**8 * (1 - p) ** 2), p), p, Interval.open(0, 1))
    assert witness(claiming(coin, score, FiniteSet(Rational(4, 5))))
    with pytest.raises(WitnessFailure):
        witness(claiming(coin, score, shown))


@pytest.mark.parametrize("value", [Integer(1), Rational(1, 10**6), oo])
def test_a_limit_that_is_another_fails(coin, value):
    assert seen(claiming(coin, Limit(p * log(p), p, 0, "+"), Integer(0))).approached
    with pytest.raises(WitnessFailure):
        witness(claiming(coin, Limit(p * log(p), p, 0, "+"), value))


def test_limits_towards_infinity_are_followed(coin):
    assert seen(claiming(coin, Limit(log(p), p, 0, "+"), -oo)).approached
    with pytest.raises(WitnessFailure):
        witness(claiming(coin, Limit(p, p, 0, "+"), -oo))


def test_a_wrong_number_of_samples_fails(coin):
    n, i = Symbol("N", integer=True, positive=True), Symbol("i", integer=True, positive=True)
    assert witness(claiming(coin, sum_of(i, i, 1, n), n * (n + 1) / 2, over={n: COUNT}))
    with pytest.raises(WitnessFailure, match="N = "):
        # true for N = 1 and N = 2
        witness(claiming(coin, sum_of(i**2, i, 1, n), n**2 * (n + 3) / 4, over={n: COUNT}))


# ---------------------------------------------------------------- enclosures, derivatives


@pytest.mark.parametrize(
    "function",
    [p**8 * (1 - p) ** 2, log(p) / (1 - p), exp(-p) / sqrt(p), 1 / (1 + exp(-p)), p**p, (2 + p) ** Rational(-3, 2), Abs(p - 3)],
)  # fmt: skip
@pytest.mark.parametrize("order", [1, 2, 3])
def test_derivatives_by_power_series_are_those_by_rules(function, order):
    at = Rational(2, 7)
    by_series = enclose(Derivative(function, (p, order)), {p: at})
    by_rules = enclose(diff(function.replace(Abs, lambda x: -x), p, order), {p: at})
    assert by_series.overlaps(by_rules)
    assert by_series.is_finite()
    with mpmath.workdps(40):
        numeric = float(mpmath.diff(lambdify(p, function, "mpmath"), mpmath.mpf(2) / 7, order))
    assert float(by_series.mid()) == pytest.approx(numeric, rel=1e-6, abs=1e-9)


def test_a_derivative_at_a_value_is_taken_before_the_value_is_put_in():
    curvature = enclose(Subs(Derivative(log(p**8 * (1 - p) ** 2), (p, 2)), p, Rational(4, 5)))
    assert curvature.contains(arb(fmpq(-125, 2)))
    assert not curvature.contains(arb(0))


def test_what_has_no_real_value_is_said_to_have_none():
    for nowhere in (log(-p), log(p - p), sqrt(-p), 1 / (p - Rational(1, 2))):
        with pytest.raises((NotReal, CannotEnclose)):
            enclose(nowhere, {p: Rational(1, 2)})


# ---------------------------------------------------------------- points


def test_points_cover_the_middle_and_both_ends():
    drawn = [at[p] for at in points(Domain({p: UNIT}), 24)]
    assert all(0 < value < 1 for value in drawn)
    assert min(drawn) < Rational(1, 10**4)
    assert max(drawn) > 1 - Rational(1, 10**4)
    assert any(Rational(1, 4) < value < Rational(3, 4) for value in drawn)


def test_points_run_through_all_label_vectors_up_to_five():
    n, y = Symbol("N", integer=True, positive=True), Function("y")
    seen = {
        (at[n], tuple(at[y](index) for index in range(1, at[n] + 1)))
        for at in points(Domain({n: COUNT, y: LABEL}), counts=(1, 2, 3, 4, 5))
    }
    assert len(seen) == 2 + 4 + 8 + 16 + 32


def test_points_depend_on_the_domain_alone():
    first, second = ([describe(at) for at in points(Domain({p: UNIT}))] for _ in range(2))
    assert first == second


def test_bound_variables_are_not_free():
    i, n = Symbol("i", integer=True), Symbol("N", integer=True, positive=True)
    assert free_quantities(sum_of(p**i, i, 1, n)) == {p, n}
    assert free_quantities(ArgMax(p * n, Tuple(p), Interval(0, 1))) == {n}
    assert free_quantities(Subs(p * n, p, i)) == {n, i}


def test_exact_points_give_exact_values():
    z = Symbol("z", real=True)
    sigmoid = 1 / (1 + exp(-z))
    values = [substitute_point(sigmoid, at) for at in exact_points(Domain({z: REAL}), {z})]
    assert values
    assert all(value.is_Rational and 0 < value < 1 for value in values)


def test_definitions_whose_words_differ_from_their_meaning_fail():
    made = Derivation("words", ("词", "words"), source="mle/1")
    x = made.symbol("x", UNIT)
    f = made.function("f")(x)
    right = made.define("right", f, x * (1 - x), title=("一", "one"), shown=lambda: equals(f, x - x**2))
    wrong = made.define("wrong", f, x * (1 - x), title=("二", "two"), shown=lambda: equals(f, x - x**3))
    assert seen(right).decisive
    with pytest.raises(WitnessFailure, match=r"words\.wrong"):
        witness(wrong)


def test_a_count_is_witnessed_as_a_constant():
    made = Derivation("counting", ("数", "counting"), source="mle/1")
    i = Symbol("i", integer=True)
    ten = made.step(
        "ten", count(Integer(10)), title=("十", "ten"), shown=lambda: equals(sum_of(Integer(1), i, 1, 10), Integer(10))
    )
    assert seen(ten).constant
