"""What is cited holds for the values that are put in, its ranges and premises too; constants are told apart by digits only where they differ."""

from __future__ import annotations

import pytest

from derivations.engine import COUNT, REAL, UNIT, Derivation, Unproved, whole_from
from derivations.engine.rules import by


def with_family(name: str) -> Derivation:
    made = Derivation(name, source="mle/1")
    made.quantity("C", COUNT)
    made.quantity("N", COUNT)
    made.quantity("i", COUNT)
    made.family("a", REAL, "a_{0}")
    return made


def test_premise_for_a_range_is_asked_for_on_the_range_that_is_put_in() -> None:
    made = with_family("ranges")
    made.quantity("c", whole_from(1, "C"))
    zero = made.suppose("zero", "a(c) = 0", every={"c": whole_from(1, "C")})
    known = made.step("known", by(), "sum(a(c), c, 1, C) = 0", given=[zero], point={"C": 1, "ranges.a": 0})
    made.step(
        "same",
        by(known),
        "1 + sum(a(k), k, 1, C) = 1",
        through=["= 1 | known"],
        given=[zero],
        point={"C": 1, "ranges.a": 0},
    )
    with pytest.raises(Unproved, match="does not follow"):
        made.step(
            "one-more",
            by(known),
            "sum(a(c), c, 1, C + 1) = 0",
            through=["= 0 | known"],
            given=[zero],
            point={"C": 1, "ranges.a": 0},
        )


def test_premise_for_every_value_is_not_captured_by_what_is_put_in() -> None:
    made = with_family("capture")
    constant = made.suppose("constant", "a(i) = N", every={"i": whole_from(1, 3)})
    known = made.step("known", by(), "N + 0*a(1) = a(2)", given=[constant], point={"N": 1, "capture.a": 1})
    values = {(1,): 1, (2,): 2, (3,): 3}
    growing = made.suppose("growing", "a(i) = i", every={"i": whole_from(1, 3)}, point={"capture.a": values})
    with pytest.raises(Unproved, match="does not follow"):
        made.step(
            "wrong",
            by(known),
            "i + 0*a(1) = a(2)",
            through=["= a(2) | known"],
            given=[growing],
            point={"i": 2, "capture.a": values},
        )


def test_premise_that_speaks_of_what_is_bound_here_is_not_used() -> None:
    made = with_family("bound")
    first = made.suppose("first", "a(N) = 0")
    known = made.step(
        "known", by(), "a(N) = 0", through=["= 0 | hypothesis"], given=[first], point={"N": 1, "bound.a": 0}
    )
    with pytest.raises(Unproved):
        made.step(
            "wrong",
            by(known),
            "sum(a(N), N, 1, 3) = 0",
            given=[first],
            point={"N": 1, "bound.a": {(1,): 0, (2,): 5, (3,): 5}},
        )


def test_digits_tell_constants_apart() -> None:
    made = with_family("digits")
    made.step("below", by(), "exp(1) < 3", through=["< 3 | digits"])
    made.step("above", by(), "log(3) > 1", through=["> 1 | digits"])
    for name, text in (("turned", "exp(1) > 3"), ("equal", "exp(log(2)) < 2"), ("varies", "exp(N) < 3")):
        with pytest.raises(Unproved):
            made.step(name, by(), text, through=[f"{text[-3]} {text[-1]} | digits"])


def test_premise_whose_range_speaks_of_what_is_bound_here_is_not_used() -> None:
    made = with_family("range-bound")
    made.quantity("c", COUNT)
    zero = made.suppose("zero", "a(c) = 0", every={"c": whole_from(1, "C")})
    known = made.step("known", by(), "sum(a(c), c, 1, C) = 0", given=[zero], point={"C": 1, "range-bound.a": 0})
    values = {(at,): int(at > 1) for at in range(1, 5)}
    for name, text in (("members", "sum(a(C), C, 1, 4) = 0"), ("sums", "sum(sum(a(c), c, 1, C), C, 1, 4) = 0")):
        with pytest.raises(Unproved):
            made.step(name, by(known), text, given=[zero], point={"C": 1, "range-bound.a": values})


def test_premise_for_a_range_that_speaks_of_another_letter() -> None:
    made = Derivation("letters", source="mle/1")
    made.quantity("n", COUNT)
    made.quantity("c", COUNT)
    made.family("a", REAL, "a_{{{0},{1}}}", parameters="n, c")
    zero = made.suppose("zero", "a(n, c) = 0", every={"n": whole_from(1, 3), "c": whole_from(1, "n")})
    values = {(n, c): int(c > n) for n in range(1, 10) for c in range(1, 10)}
    made.step("within", by(), "a(3, 2) = 0", given=[zero], point={"letters.a": values})
    for name, text in (("beyond", "a(2, 3) = 0"), ("bound", "sum(a(2, 3), n, 4, 5) = 0")):
        with pytest.raises(Unproved):
            made.step(name, by(), text, given=[zero], point={"letters.a": values})
    with pytest.raises(Unproved, match="does not hold"):
        made.suppose("false", "indicator(c, 2)*n = 0", every={"n": whole_from(1, 3), "c": whole_from(1, "n")})


def test_sums_of_sums_are_matched_letter_by_letter() -> None:
    made = Derivation("shadow", source="mle/1")
    made.quantity("x", REAL)
    made.family("b", REAL, "b_{{{0},{1}}}", parameters="i, k")
    known = made.step("known", by(), "sum(sum(x*b(i, i), i, 1, 2), i, 1, 2) = x*(2*b(1, 1) + 2*b(2, 2))")
    with pytest.raises(Unproved, match="does not follow"):
        made.step(
            "wrong",
            by(known),
            "sum(sum(x*b(i, k), k, 1, 2), i, 1, 2) = x*(2*b(1, 1) + 2*b(2, 2))",
            through=["= x*(2*b(1, 1) + 2*b(2, 2)) | known"],
        )


def test_names_written_alike_are_refused_though_they_never_meet() -> None:
    made = Derivation("alike", source="mle/1")
    made.quantity("p", UNIT)
    made.define("first", "F(p) = p", tex="G({0})")
    made.step("before", by(), "F(p) + F(p) = 2*F(p)")
    made.define("second", "G(p) = p**2")
    with pytest.raises(Unproved, match=r"claim: G .* reads as .*alike\.first.*alike\.second"):
        made.step("claim", by(), "p + p = 2*p")


def test_letters_written_alike_are_refused_though_they_never_meet() -> None:
    made = Derivation("alike", source="mle/1")
    made.quantity("t", UNIT, r"\theta")
    made.quantity("theta", UNIT)
    made.step("one", by(), "t + t = 2*t")
    with pytest.raises(Unproved, match="reads as t and as theta"):
        made.step("two", by(), "theta + theta = 2*theta")
