"""Points of a domain: its ends, its middle, equal numbers, all labels, several N; every hypothesis satisfied, and said where not."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from typing import Any

import pytest

from derivations.engine.kernel.statements import Context, Hypothesis, Range
from derivations.engine.kernel.terms import ONE, ZERO, num, sym
from derivations.engine.points import NoPoint, points
from tests.engine.trees import CLOSED, COUNT, LABEL, REAL, SPACE, UNIT, app, other, over, plus, ratio, times, total

i, c, n, N, C, k, p, q, z, theta = map(sym, ["i", "c", "n", "N", "C", "k", "p", "q", "z", "theta"])
UP_TO_N = Range(ONE, N, True, True, True)


def of(context: Context, *names: str, inhabitant: dict[str, Any] | None = None) -> list[tuple[Any, ...]]:
    return [tuple(at[name] for name in names) for at in points(context, inhabitant).points]


def test_points_closed_ends_themselves_and_places_close_to_open_ones() -> None:
    drawn = of(Context({"p": CLOSED, "q": UNIT}), "p", "q")
    assert {0, 1, Fraction(1, 2)} <= {p for p, _ in drawn}
    assert all(0 < q < 1 for _, q in drawn)
    assert min(q for _, q in drawn) < Fraction(1, 10**5) and max(q for _, q in drawn) > 1 - Fraction(1, 10**5)


def test_points_equal_quantities_and_unequal_ones() -> None:
    drawn = of(Context({"p": UNIT, "q": UNIT}), "p", "q")
    assert (
        sum(p == q for p, q in drawn) >= 3 and sum(p < q for p, q in drawn) >= 3 and sum(p > q for p, q in drawn) >= 3
    )


def test_points_reals_include_nought_and_both_signs() -> None:
    drawn = {z for (z,) in of(Context({"z": REAL}), "z")}
    assert 0 in drawn and min(drawn) < -1 and max(drawn) > 1 and any(0 < abs(z) < Fraction(1, 1000) for z in drawn)


def test_points_ends_that_are_terms_are_reached_in_the_order_of_dependence() -> None:
    context = Context(
        {"p": Range(ZERO, over(k, n)), "k": Range(ZERO, n, True, True, True), "n": COUNT}, conventions=frozenset()
    )
    with pytest.raises(NoPoint):  # k = 0 leaves no p between 0 and 0 … at the inhabitant
        points(context, {"n": 1, "k": 0, "p": 0})
    drawn = points(context)
    assert all(0 < at["p"] < at["k"] / at["n"] for at in drawn.points)
    assert drawn.said  # k = 0 was drawn, and has no p
    free = Context({"k": Range(ZERO, n, True, True, True), "n": COUNT})
    assert {"first", "last", "between"} == {
        "first" if k == 0 else "last" if k == n else "between" for k, n in of(free, "k", "n")
    }
    assert {n for _, n in of(free, "k", "n")} <= set(range(1, 8)) and len({n for _, n in of(free, "k", "n")}) >= 4


def test_points_an_open_end_of_whole_numbers_is_left_out() -> None:
    drawn = of(Context({"k": Range(ZERO, num(4), False, False, True)}), "k")
    assert {k for (k,) in drawn} == {1, 2, 3}
    assert {k for (k,) in of(Context({"k": Range(ratio(1, 2), ratio(5, 2), True, True, True)}), "k")} == {1, 2}


def test_points_all_label_vectors_up_to_length_four() -> None:
    drawn = points(Context({"N": COUNT}, {"y": LABEL})).points
    seen = {tuple(int(at["y"](m)) for m in range(1, int(at["N"]) + 1)) for at in drawn}
    for length in range(1, 5):
        assert set(product((0, 1), repeat=length)) <= seen


def test_points_members_are_equal_at_some_points_and_unequal_at_others() -> None:
    drawn = points(Context({}, {"p": UNIT, "q": UNIT})).points
    alike = [at["p"](1) == at["p"](2) for at in drawn]
    twins = [at["p"](1) == at["q"](1) != at["p"](2) for at in drawn]
    assert any(alike) and not all(alike) and any(twins)
    assert all(at["p"](1) == at["p"](1) and 0 < at["p"](3) < 1 for at in drawn)


def test_points_distributions_add_to_one_for_every_sample_and_parameter() -> None:
    rule = Hypothesis(total(app("f", i, c, theta), "c", ONE, C), "=", ONE, (("i", COUNT), ("theta", SPACE)))
    context = Context({"C": Range(num(2), None, True, False, True), "t": SPACE}, {"f": UNIT}, hypotheses=(rule,))
    for at in points(context).points:
        for sample, token in product((1, 2), ("#1", "#3")):
            members = [at["f"](sample, m, token) for m in range(1, int(at["C"]) + 1)]
            assert sum(members) == 1 and all(0 < member < 1 for member in members)


def test_points_one_hot_labels_and_sums_written_out() -> None:
    rule = Hypothesis(total(app("y", c), "c", ONE, num(3)), "=", ONE)
    vectors = {
        tuple(at["y"](m) for m in (1, 2, 3)) for at in points(Context({}, {"y": LABEL}, hypotheses=(rule,))).points
    }
    assert vectors == {(1, 0, 0), (0, 1, 0), (0, 0, 1)}
    two = Hypothesis(plus(app("f", i, num(1)), app("f", i, num(2))), "=", ONE, (("i", COUNT),))
    drawn = points(Context({}, {"f": UNIT}, hypotheses=(two,))).points
    assert all(at["f"](5, 1) + at["f"](5, 2) == 1 for at in drawn)
    assert len({at["f"](5, 1) for at in drawn}) > 5


def test_points_members_and_quantities_that_equations_set() -> None:
    context = Context(
        {"n": COUNT, "p": UNIT, "q": UNIT},
        {"y": LABEL},
        hypotheses=(Hypothesis(app("y", n), "=", ONE), Hypothesis(q, "=", over(other(p), num(2)))),
    )
    for at in points(context).points:
        assert at["y"](int(at["n"])) == 1 and at["q"] == (1 - at["p"]) / 2
    assert {int(at["y"](int(at["n"]) + 1)) for at in points(context).points} == {0, 1}


def test_points_inequalities_for_every_member() -> None:
    """Separable data: every signed logit is positive."""
    signed = times(plus(times(num(2), app("y", i)), ("neg", ONE)), app("z", i))
    context = Context(
        {"N": COUNT}, {"y": LABEL, "z": REAL}, hypotheses=(Hypothesis(signed, ">", ZERO, (("i", UP_TO_N),)),)
    )
    drawn = points(context).points
    assert any(at["N"] >= 4 for at in drawn)
    for at in drawn:
        assert all((2 * at["y"](m) - 1) * at["z"](m) > 0 for m in range(1, int(at["N"]) + 1))


def test_points_what_cannot_be_satisfied_is_said() -> None:
    never = Hypothesis(times(p, p), "=", num(2))
    with pytest.raises(NoPoint, match="could not be satisfied"):
        points(Context({"p": UNIT}, hypotheses=(never,)))
    odd = Fraction(1009, 2003)  # no simple fraction: nothing finds it
    seldom = Hypothesis(times(p, p), "=", ratio(1009**2, 2003**2))
    drawn = points(Context({"p": UNIT}, hypotheses=(seldom,)), {"p": odd})
    assert [at["p"] for at in drawn.points] == [odd]
    assert drawn.said and "could not be satisfied" in drawn.said[0]


def test_points_the_inhabitant_is_the_first_and_has_to_be_one() -> None:
    context = Context({"p": UNIT, "N": COUNT}, {"y": LABEL})
    first = points(context, {"p": Fraction(22, 71), "N": 2, "y": {(1,): 1, (2,): 0}}).points[0]
    assert (first["p"], first["N"], first["y"](1), first["y"](2)) == (Fraction(22, 71), 2, 1, 0)
    for wrong in ({"p": 0, "N": 2}, {"p": Fraction(1, 2), "N": Fraction(5, 2)}, {"p": 2, "N": 1}):
        with pytest.raises(NoPoint):
            points(context, wrong)
    with pytest.raises(NoPoint):
        points(Context({"p": UNIT}, hypotheses=(Hypothesis(p, "<", ratio(1, 4)),)), {"p": Fraction(1, 2)})


def test_points_an_empty_domain_has_none() -> None:
    with pytest.raises(NoPoint):
        points(Context({"p": Range(ONE, ZERO)}))
    with pytest.raises(NoPoint):
        points(Context({"p": UNIT}, hypotheses=(Hypothesis(ZERO, "=", ONE),)))


def test_points_are_the_same_every_time() -> None:
    context = Context({"p": UNIT, "z": REAL, "N": COUNT}, {"y": LABEL, "f": UNIT})

    def drawn() -> list[Any]:
        return [(at["p"], at["z"], at["N"], at["y"](3), at["f"](2)) for at in points(context).points]

    assert drawn() == drawn() and len(set(drawn())) > 30


def test_points_of_spaces_are_opaque_and_differ() -> None:
    assert {at["w"] for at in points(Context({"w": SPACE})).points} >= {"#1", "#2"}
    assert {type(at["w"]) for at in points(Context({"w": SPACE})).points} == {str}


def test_points_an_equation_that_is_not_linear_is_solved_between_two_signs() -> None:
    """The score of k heads in n is 0 at p = k/n."""
    score = plus(over(k, p), ("neg", over(plus(n, ("neg", k)), other(p))))
    context = Context(
        {"n": Range(num(2), None, True, False, True), "k": Range(ZERO, n, False, False, True), "p": UNIT},
        hypotheses=(Hypothesis(score, "=", ZERO),),
    )
    drawn = points(context).points
    assert len(drawn) > 12 and all(at["p"] == at["k"] / at["n"] for at in drawn)


def test_points_a_hypothesis_about_what_is_shadowed_does_not_hold_inside() -> None:
    context = Context({"p": UNIT}, hypotheses=(Hypothesis(p, "<", ratio(1, 4)),))
    assert all(at["p"] < Fraction(1, 4) for at in points(context).points)
    assert any(at["p"] > Fraction(1, 2) for at in points(context.extended("p", UNIT, binding=True)).points)
