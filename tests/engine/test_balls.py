"""Balls hold the true value, and say where there is none. Oracle: mpmath."""

from __future__ import annotations

from fractions import Fraction

import mpmath
import pytest
from flint import arb, ctx
from hypothesis import assume, given
from hypothesis import strategies as st

from derivations.engine.arithmetic import NoValue, Undefined
from derivations.engine.balls import Balls, exact, value
from derivations.engine.kernel.statements import Context, Definition
from derivations.engine.kernel.terms import ONE, ZERO, Term, num, sym
from tests.engine.trees import (
    CLOSED,
    COIN,
    REAL,
    UNIT,
    app,
    log,
    other,
    over,
    plus,
    ratio,
    slope,
    times,
    to_the,
    total,
    worth,
)

p, q, x, n, k = map(sym, "pqxnk")
HALF = Fraction(1, 2)
POINT = {"x": Fraction(3, 7), "y": Fraction(5, 4)}
LEAVES = st.one_of(st.integers(-2, 5).map(num), st.sampled_from([sym("x"), sym("y")]))


def grown(inner: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
    pair = st.tuples(inner, inner)
    return st.one_of(
        st.tuples(st.sampled_from(["+", "*", "/", "max"]), inner, inner),
        st.tuples(st.sampled_from(["neg", "log", "exp", "sqrt", "abs"]), inner),
        st.tuples(st.just("^"), inner, st.integers(0, 3).map(num)),
        pair.map(lambda both: total(plus(both[0], times(n, both[1])), "n", ONE, num(3))),
        pair.map(lambda both: ("prod", "n", plus(both[0], times(n, both[1])), ONE, num(3))),
    )


TREES = st.recursive(LEAVES, grown, max_leaves=6)


def holds(ball: arb, true: mpmath.mpf) -> bool:
    with ctx.workprec(200):
        exact_enough = arb(mpmath.nstr(true, 45))
        return bool(abs(ball - exact_enough) <= 1e-30 * (1 + abs(exact_enough)))


@given(TREES)
def test_balls_value_is_that_of_mpmath(term: Term) -> None:
    try:
        found = value(term, Context(), POINT, 200)
    except Undefined:
        assume(False)
    with mpmath.workdps(50):
        true = worth(term, POINT)
        assume(abs(true) < 1e30)
        assert holds(found, true)


@given(TREES)
def test_balls_undefined_only_where_mpmath_has_no_real_value(term: Term) -> None:
    try:
        value(term, Context(), POINT)
        return
    except Undefined as reason:
        if not reason.certain:
            return
    with mpmath.workdps(50), pytest.raises((ValueError, ZeroDivisionError)):
        worth(term, POINT)


@given(TREES)
def test_balls_first_derivative_is_that_of_mpmath(term: Term) -> None:
    try:
        found = value(slope(term, "x"), Context(), POINT, 200)
    except Undefined:
        assume(False)
    with mpmath.workdps(60):
        true = worth(slope(term, "x"), POINT)
        assume(abs(true) < 1e10)
        assert abs(float(found) - float(true)) < 1e-12 * (1 + abs(float(true)))


def test_balls_derivatives_within_derivatives() -> None:
    context = Context({"p": UNIT}, names={"L": Definition(("p",), COIN)})
    score = slope(log(app("L", p)), "p")
    assert value(slope(score, "p"), context, {"p": Fraction(1, 3)}).overlaps(arb(-76.5))
    assert value(slope(slope(score, "p"), "p"), context, {"p": Fraction(1, 3)}).overlaps(arb(418.5))
    assert value(slope(slope(score, "p"), "p", ratio(1, 3)), context, {}).overlaps(arb(418.5))


def test_balls_mixed_derivatives() -> None:
    term = ("exp", times(x, to_the(sym("y"), 2)))
    with mpmath.workdps(30):
        true = mpmath.diff(lambda a, b: mpmath.exp(a * b * b), (mpmath.mpf(3) / 7, mpmath.mpf(5) / 4), (1, 1))
    found = value(slope(slope(term, "y"), "x"), Context(), POINT)
    assert abs(float(found) - float(true)) < 1e-12


def test_balls_derivative_at_another_place_follows_the_chain_rule() -> None:
    inner = slope(to_the(x, 3), "x", times(x, x))  # 3·(x²)², of which the derivative is 12·x³
    assert value(slope(inner, "x"), Context(), POINT).overlaps(arb(12) * (arb(3) / 7) ** 3)


@pytest.mark.parametrize(
    "term",
    [
        log(ZERO),
        log(("neg", ONE)),
        over(ONE, ZERO),
        over(ONE, plus(p, ("neg", ratio(1, 2)))),
        to_the(ZERO, 0),
        to_the(ZERO, ("neg", ONE)),
        to_the(("neg", ONE), ratio(1, 3)),
        ("sqrt", ("neg", ONE)),
        times(ZERO, log(ZERO)),
        ("binom", num(3), ("neg", ONE)),
        slope(("abs", x), "x", ZERO),
        total(ONE, "n", ONE, ratio(5, 2)),
    ],
)
def test_balls_what_has_no_value_is_undefined_for_certain(term: Term) -> None:
    with pytest.raises(Undefined) as raised:
        value(term, Context({"p": UNIT}), {"p": HALF})
    assert raised.value.certain


def test_balls_a_division_that_no_ball_decides_is_not_certain() -> None:
    nearly = plus(("exp", log(num(2))), ("neg", num(2)))
    with pytest.raises(Undefined) as raised:
        value(over(ONE, nearly), Context(), {})
    assert not raised.value.certain


def test_balls_conventions_hold_only_where_they_are_stated() -> None:
    stated = Context({"p": CLOSED}, conventions=frozenset({"0^0 = 1", "0 log 0 = 0"}))
    at = {"p": Fraction(0)}
    assert exact(to_the(p, p), stated, at) == 1
    assert exact(times(p, log(p)), stated, at) == 0
    assert exact(("neg", times(("neg", log(p)), p)), stated, at) == 0
    for term in (times(ONE, log(p)), times(p, plus(log(p), ONE)), log(p), times(p, over(ONE, p))):
        with pytest.raises(Undefined):
            value(term, stated, at)


def test_balls_rational_values_are_exact() -> None:
    context = Context({"p": UNIT}, names={"L": Definition(("p",), COIN)})
    assert exact(app("L", ratio(8, 10)), context, {}) == Fraction(589824, 1953125)
    assert exact(log(p), context, {"p": HALF}) is None
    assert exact(("sqrt", ratio(4, 9)), context, {}) == Fraction(2, 3)


def test_balls_names_do_not_capture() -> None:
    context = Context(
        {"i": REAL},
        {"y": REAL},
        {"F": Definition(("a",), total(times(sym("a"), app("y", sym("i"))), "i", ONE, num(2)))},
    )
    point = {"i": Fraction(5), "y": {(1,): 3, (2,): 4}}
    assert exact(app("F", sym("i")), context, point) == 35
    inside = total(app("F", sym("i")), "i", ONE, num(2))
    assert exact(inside, context, point) == 21


def test_balls_a_free_quantity_of_a_definition_is_the_contexts() -> None:
    context = Context({"p": UNIT}, names={"P": Definition(("x",), times(to_the(p, x), to_the(other(p), other(x))))})
    assert exact(total(app("P", x), "x", ZERO, ONE), context, {"p": Fraction(1, 3)}) == 1


def test_balls_tables_and_distributions_as_arguments() -> None:
    names = {
        "t": Definition(("i", "c"), ("table", 1, num(7), sym("i"))),
        "E": Definition(("f",), total(times(x, app("f", x)), "x", ONE, num(2))),
        "P": Definition(("p", "x"), times(p, x)),
    }
    context = Context({"p": UNIT}, names=names)
    assert exact(app("E", ("fn", "c", app("t", num(3), sym("c")))), context, {}) == 7 + 2 * 3
    assert exact(app("E", ("fn", "x", app("P", p, x))), context, {"p": HALF}) == Fraction(5, 2)
    with pytest.raises(Undefined):
        value(app("t", num(3), num(4)), context, {})


def test_balls_indicator_and_binomial() -> None:
    assert exact(total(times(("is", k, num(2)), k), "k", ZERO, num(4)), Context(), {}) == 2
    assert exact(total(("binom", num(6), k), "k", ZERO, num(6)), Context(), {}) == 64
    with pytest.raises(Undefined) as raised:
        value(("is", log(num(4)), times(num(2), log(num(2)))), Context(), {})
    assert not raised.value.certain


def test_balls_points_of_spaces_are_no_numbers() -> None:
    context = Context({"theta": REAL}, {"f": UNIT})
    assert exact(app("f", sym("theta")), context, {"theta": "#1", "f": {("#1",): HALF}}) == HALF
    for term in (plus(sym("theta"), ONE), sym("theta"), sym("nobody"), app("f", log(num(2)))):
        with pytest.raises(NoValue):
            value(term, context, {"theta": "#1", "f": HALF})


def test_balls_a_limit_has_no_value() -> None:
    with pytest.raises(NoValue):
        value(("lim", "p", p, ZERO, "+"), Context(), {})


def test_balls_say_what_they_read() -> None:
    context = Context({"p": UNIT, "q": UNIT}, {"y": REAL})
    balls = Balls(context, {"p": HALF, "q": HALF, "y": lambda n: n})
    balls.of(plus(p, app("y", num(3))))
    assert set(balls.used) == {"p", ("y", (3,))}
