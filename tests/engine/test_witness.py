"""The witness: what is false is contradicted at a point, and no more points are called decisive than balls decide."""

from __future__ import annotations

from fractions import Fraction

import pytest
from scipy.optimize import brentq, minimize_scalar

from derivations.engine.kernel.statements import Context, Definition, Hypothesis, Line, Part, Range, Statement
from derivations.engine.kernel.terms import ONE, ZERO, Term, num, sym
from derivations.engine.witness import Places, Witnessed, WitnessFailure, witness
from tests.engine.trees import (
    CLOSED,
    COIN,
    COUNT,
    LABEL,
    REAL,
    UNIT,
    app,
    divergence,
    log,
    other,
    over,
    plus,
    ratio,
    slope,
    times,
    to_the,
    total,
)

p, q, w, b, n, N, z, a = map(sym, ["p", "q", "w", "b", "n", "N", "z", "a"])
L = {"L": Definition(("p",), COIN)}
INSIDE = Context({"p": UNIT}, names=L)
NOWHERE = Context(names=L)
SCORE = slope(log(app("L", p)), "p")
SOLVED = plus(over(num(8), p), ("neg", over(num(2), other(p))))
ALL = (("inf", "-"), ("inf", "+"), "()")
NONE = frozenset[str]()


def tried(context: Context, *chain: Term | str, lines: tuple[Line, ...] = ()) -> Witnessed:
    return witness(Statement(context, chain[::2], chain[1::2]), lines)  # type: ignore[arg-type]


def refuted(context: Context, *chain: Term | str, match: str | None = None) -> bool:
    with pytest.raises(WitnessFailure, match=match):
        tried(context, *chain)
    return True


def best(function: str, ends: str, *, largest: bool = True, low: Term = ZERO, high: Term = ONE) -> Term:
    return ("argmax" if largest else "argmin", "p", app(function, p), low, high, ends)


# ---------------------------------------------------------------- relations of values


def test_witness_derivative_agrees_and_a_wrong_one_does_not() -> None:
    found = tried(INSIDE, SCORE, "=", SOLVED)
    assert found.points == found.decisive >= 12 and found.widest < 1e-18 and not found.approached
    assert refuted(INSIDE, SCORE, "=", plus(SOLVED, ("neg", ONE)), match="p = ")


def test_witness_poles_and_logarithms_of_nothing_are_found() -> None:
    half = ratio(1, 2)
    cancelled = over(plus(to_the(p, 2), ("neg", ratio(1, 4))), plus(p, ("neg", half)))
    assert refuted(Context({"p": UNIT}), cancelled, "=", plus(p, half), match="division by 0")
    assert refuted(Context({"z": CLOSED}), ("exp", log(z)), "=", z, match="z = 0")
    assert refuted(Context({"p": CLOSED}), times(p, log(p)), "<=", ZERO)
    stated = Context({"p": CLOSED}, conventions=frozenset({"0 log 0 = 0"}))
    assert tried(stated, times(p, log(p)), "<=", ZERO).decisive >= 12


def test_witness_order_and_its_case_of_equality() -> None:
    both = Context({"p": UNIT, "q": UNIT})
    found = tried(both, divergence(p, q), ">=", ZERO)
    assert found.decisive == found.points
    assert refuted(both, divergence(p, q), ">", ZERO, match="p = 1/2, q = 1/2")
    assert refuted(both, divergence(p, q), "<=", ZERO)
    unequal = Context({"p": UNIT, "q": UNIT}, hypotheses=(Hypothesis(p, "<", q),))
    assert tried(unequal, divergence(p, q), ">", ZERO).decisive > 5


def test_witness_capture_is_found() -> None:
    context = Context(
        {"i": REAL}, {"y": REAL}, {"F": Definition(("a",), total(times(a, app("y", sym("i"))), "i", ONE, num(3)))}
    )
    captured = total(times(sym("i"), app("y", sym("i"))), "i", ONE, num(3))
    assert refuted(context, app("F", sym("i")), "=", captured)


def test_witness_likelihood_of_all_labels() -> None:
    context = Context({"N": COUNT}, {"f": UNIT, "y": LABEL})
    f, y = app("f", n), app("y", n)
    left = log(("prod", "n", times(to_the(f, y), to_the(other(f), other(y))), ONE, N))
    right = plus(times(y, log(f)), times(other(y), log(other(f))))
    assert tried(context, left, "=", total(right, "n", ONE, N)).decisive > 40
    assert refuted(context, left, "=", total(times(y, log(f)), "n", ONE, N))
    assert refuted(context, left, "=", total(right, "n", ZERO, N))


def test_witness_a_coincidence_for_small_n_is_found() -> None:
    """n (n - 1)(n - 2) is 0 for n = 1, 2 and for no other n."""
    cube = times(n, plus(n, ("neg", ONE)), plus(n, ("neg", num(2))))
    assert refuted(Context({"n": COUNT}), cube, "=", ZERO)


# ---------------------------------------------------------------- counting


def test_witness_constants_are_one_point_however_many_quantities_there_are() -> None:
    found = tried(INSIDE, app("L", ratio(8, 10)), "=", ratio(589824, 1953125))
    assert (found.points, found.decisive, found.widest) == (1, 1, 0.0)


def test_witness_points_that_differ_in_nothing_read_count_once() -> None:
    labels = Context({"n": COUNT, "p": UNIT}, {"y": LABEL})
    y = app("y", num(1))
    found = tried(labels, times(y, y), "=", y)
    assert (found.points, found.decisive) == (2, 2)


def test_witness_an_equality_that_no_ball_decides_is_not_decisive() -> None:
    """log 4 >= 2 log 2: the balls overlap at every precision."""
    found = tried(NOWHERE, log(num(4)), ">=", times(num(2), log(num(2))))
    assert (found.points, found.decisive) == (1, 0)


def test_witness_at_a_root_nothing_is_decided_and_elsewhere_it_is() -> None:
    """(log p - log(1/2))² >= 0: undecided at p = 1/2 alone, where the balls are no exact numbers."""
    square = to_the(plus(log(p), log(num(2))), 2)
    found = tried(Context({"p": UNIT}), square, ">=", ZERO)
    assert found.decisive == found.points - 1


def test_witness_places_shared_by_statements_do_not_add_up() -> None:
    places, context = Places(), Context({"p": UNIT, "q": UNIT})
    witness(Statement(context, (plus(p, q), plus(q, p)), ("=",)), places=places)
    found = witness(Statement(context, (num(2), num(2)), ("=",)), places=places)
    assert found.points == 1


def test_witness_claims_nothing_for_what_is_asked() -> None:
    found = tried(INSIDE, SCORE, "=!", ZERO)
    assert (found.points, found.decisive) == (0, 0)


def test_witness_the_inhabitant_is_tried() -> None:
    """False at p = 22/71 alone."""
    odd = ("is", p, ratio(22, 71))
    context = Context({"p": UNIT})
    assert tried(context, odd, "=", ZERO).decisive
    with pytest.raises(WitnessFailure, match="22/71"):
        witness(Statement(context, (odd, ZERO), ("=",), {"p": Fraction(22, 71)}))


# ---------------------------------------------------------------- rounding


def test_witness_digits_are_certified() -> None:
    seven = log(("dec", 7, 1))
    assert tried(NOWHERE, seven, "≈", ("neg", ("dec", 357, 3))).decisive == 1
    assert refuted(NOWHERE, seven, "≈", ("neg", ("dec", 356, 3)))
    assert refuted(NOWHERE, ratio(1, 8), "≈", ("dec", 13, 2))
    assert tried(NOWHERE, best("L", "[]"), "=", ratio(8, 10), "≈", ("dec", 8, 1)).decisive == 1
    assert refuted(NOWHERE, best("L", "[]"), "=", ratio(8, 10), "≈", ("dec", 9, 1))


# ---------------------------------------------------------------- limits


def test_witness_limits_are_followed_and_say_so() -> None:
    found = tried(NOWHERE, ("lim", "p", times(p, log(p)), ZERO, "+"), "=", ZERO)
    assert found.approached and found.decisive == 1 and found.widest < 1e-9
    logistic = over(ONE, plus(ONE, ("exp", ("neg", z))))
    assert tried(NOWHERE, ("lim", "z", logistic, ("inf", "+"), "-"), "=", ONE).decisive == 1
    assert tried(NOWHERE, ("lim", "p", log(p), ZERO, "+"), "=", ("inf", "-")).decisive == 1


@pytest.mark.parametrize(
    ("limit", "value"),
    [
        (("lim", "p", times(p, log(p)), ZERO, "+"), ONE),
        (("lim", "p", log(p), ZERO, "+"), ("inf", "+")),
        (("lim", "p", p, ZERO, "+"), ("inf", "+")),
        (("lim", "z", over(("abs", z), z), ("inf", "-"), "+"), ONE),
        (("lim", "z", over(("abs", z), z), ZERO, "-"), ONE),
        (("lim", "p", log(p), ZERO, "-"), ("inf", "-")),
    ],
)
def test_witness_wrong_limits_are_contradicted(limit: Term, value: Term) -> None:
    assert refuted(NOWHERE, limit, "=", value)


def test_witness_a_limit_too_slow_to_tell_is_undecided() -> None:
    found = tried(NOWHERE, ("lim", "p", over(ONE, log(p)), ZERO, "+"), "=", ZERO)
    assert (found.points, found.decisive) == (1, 0)


# ---------------------------------------------------------------- maximisers and roots


def test_witness_the_maximiser_is_that_of_scipy() -> None:
    found = minimize_scalar(lambda x: -(x**8) * (1 - x) ** 2, bounds=(0, 1), method="bounded").x
    assert abs(found - 0.8) < 1e-5
    assert tried(NOWHERE, best("L", "[]"), "=", ratio(8, 10)).decisive == 1
    for wrong in (ratio(7, 10), ratio(799, 1000), ratio(800001, 1000000), ZERO, ONE, num(2)):
        assert refuted(NOWHERE, best("L", "[]"), "=", wrong)


def test_witness_ends_count_where_they_belong() -> None:
    assert tried(NOWHERE, ("argmax", "p", to_the(other(p), 3), ZERO, ONE, "[]"), "=", ZERO).decisive == 1
    assert refuted(
        NOWHERE, ("argmax", "p", to_the(other(p), 3), ZERO, ONE, "(]"), "=", ZERO, match="not in the interval"
    )
    assert refuted(NOWHERE, ("argmax", "p", times(p, p), ("neg", ONE), ONE, "[]"), "=", ONE)  # a tie with the other end
    assert tried(NOWHERE, ("argmax", "p", times(p, p), ("neg", ONE), ONE, "(]"), "=", ONE).decisive == 1
    assert refuted(NOWHERE, ("argmax", "p", log(p), ZERO, ONE, "[]"), "=", ONE, match="log 0")


def test_witness_a_maximum_that_is_nowhere() -> None:
    logistic = ("argmax", "z", over(ONE, plus(ONE, ("exp", ("neg", z)))), *ALL)
    found = tried(NOWHERE, logistic, "=", ("set",))
    assert found.approached and found.decisive == 1
    assert tried(NOWHERE, ("argmin", "p", p, ZERO, ONE, "(]"), "=", ("set",)).decisive == 1
    assert refuted(NOWHERE, ("argmin", "p", p, ZERO, ONE, "[]"), "=", ("set",))
    assert tried(NOWHERE, best("L", "[]"), "=", ("set",)).decisive == 0


def test_witness_a_minimiser_that_depends_on_a_quantity() -> None:
    least = ("argmin", "q", divergence(p, q), ZERO, ONE, "()")
    assert tried(Context({"p": UNIT}), least, "=", p).decisive >= 12
    assert refuted(Context({"p": UNIT}), least, "=", other(p))
    whole_line = ("argmin", "z", to_the(plus(z, ("neg", p)), 2), *ALL)
    assert tried(Context({"p": REAL}), whole_line, "=", p).decisive >= 12


def test_witness_two_optimisers_over_all_parameters() -> None:
    product = ("prod", "n", app("f", n, w, b), ONE, N)
    context = Context({"N": COUNT}, {"f": UNIT}, {"L": Definition(("w", "b"), product)})
    most = ("argmax", "w,b", app("L", w, b), *ALL)
    assert tried(context, most, "=", ("argmin", "w,b", ("neg", log(app("L", w, b))), *ALL)).decisive > 5
    assert refuted(context, most, "=", ("argmin", "w,b", log(app("L", w, b)), *ALL))
    assert refuted(context, most, "=", ("argmax", "w,b", other(app("L", w, b)), *ALL))


def test_witness_two_optimisers_of_one_interval() -> None:
    alike = ("argmax", "p", times(to_the(p, 8), to_the(other(p), 2)), ZERO, ONE, "[]")
    assert tried(NOWHERE, alike, "=", best("L", "[]"), "=", ratio(8, 10)).decisive == 1
    near = ("argmax", "p", times(to_the(p, 9), to_the(other(p), 2)), ZERO, ONE, "[]")
    assert refuted(NOWHERE, near, "=", best("L", "[]"), "=", ratio(8, 10), match="p = ")
    assert refuted(
        NOWHERE, ("argmax", "p", times(to_the(p, 2), to_the(other(p), 8)), ZERO, ONE, "[]"), "=", best("L", "[]")
    )


def test_witness_roots_are_those_of_scipy() -> None:
    inner = brentq(lambda x: 8 * x**7 * (1 - x) ** 2 - 2 * x**8 * (1 - x), 0.1, 0.95)
    assert abs(inner - 0.8) < 1e-9
    all_of = ("roots", "p", slope(app("L", p), "p"), ZERO, ONE, "[]")
    eight = ratio(8, 10)
    assert tried(NOWHERE, all_of, "=", ("set", ZERO, eight, ONE)).decisive == 1
    for wrong in (
        ("set", ZERO, ONE),
        ("set", eight, ONE),
        ("set", ZERO, eight),
        ("set", ZERO, ratio(1, 2), eight, ONE),
        ("set",),
    ):
        assert refuted(NOWHERE, all_of, "=", wrong)
    score = ("roots", "p", SCORE, ZERO, ONE, "()")
    assert tried(NOWHERE, score, "=", ("set", eight)).decisive == 1
    assert tried(NOWHERE, ("roots", "p", over(ONE, other(p)), ZERO, ONE, "()"), "=", ("set",)).decisive == 1


def test_witness_tuples_and_sets() -> None:
    context = Context({"p": UNIT})
    assert tried(context, ("tuple", p, plus(p, p)), "=", ("tuple", p, times(num(2), p))).decisive > 5
    assert refuted(context, ("tuple", p, plus(p, p)), "=", ("tuple", times(num(2), p), p))
    assert tried(context, ("set", ONE, p), "=", ("set", p, ONE)).decisive > 5
    assert refuted(context, ("set", ONE, p), "=", ("set", p))
    assert refuted(context, ("set", ONE, p), "=", ("set", p, num(2)))


# ---------------------------------------------------------------- lines


def equations(*terms: Term) -> tuple[Line, ...]:
    return tuple(Line("<=>", term) for term in terms)


def test_witness_lines_are_tried_one_by_one() -> None:
    middle = plus(times(num(8), slope(log(p), "p")), times(num(2), slope(log(other(p)), "p")))
    right = (Line("=", middle), Line("=", SOLVED))
    found = tried(INSIDE, SCORE, "=", SOLVED, lines=right)
    assert (found.lines, found.claimed) == (2, 2)
    wrong = (Line("=", plus(middle, ONE)), Line("=", SOLVED))
    with pytest.raises(WitnessFailure):
        tried(INSIDE, SCORE, "=", SOLVED, lines=wrong)


def test_witness_equations_that_are_solved_are_tried_at_the_solution() -> None:
    first = ("eq", SCORE, ZERO)
    steps = [
        ("eq", times(num(8), other(p)), times(num(2), p)),
        ("eq", times(num(10), p), num(8)),
        ("eq", p, ratio(8, 10)),
    ]
    statement = Statement(INSIDE, (first, steps[-1]), ("<=>",))
    found = witness(statement, equations(*steps))
    assert (found.lines, found.claimed) == (3, 3)
    for place, wrong in ((1, ("eq", times(num(10), p), num(7))), (0, ("eq", times(num(8), p), times(num(2), p)))):
        spoilt = [*steps[:place], wrong, *steps[place + 1 :]]
        with pytest.raises(WitnessFailure):
            witness(statement, equations(*spoilt))


def test_witness_parts_are_tried_in_the_contexts_they_are_handed() -> None:
    before = INSIDE.extended("p", Range(ZERO, ratio(8, 10)))
    part = Part(SCORE, (Line("=", SOLVED), Line(">", ZERO)))
    line = Line("=", ratio(8, 10), parts=(part,))
    statement = Statement(NOWHERE, (best("L", "[]"), ratio(8, 10)), ("=",))
    assert witness(statement, (line,), lambda context, now, line, number: before).lines == 3
    with pytest.raises(WitnessFailure):
        witness(statement, (line,), lambda context, now, line, number: INSIDE)
    untried = witness(statement, (line,), lambda context, now, line, number: None)
    assert untried.lines == 1 and "was not tried" in untried.said[0]
