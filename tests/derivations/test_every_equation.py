"""Every relation that the catalogue shows, tried in numbers at points drawn here, by a calculator that shares nothing with the engine."""

from __future__ import annotations

from pathlib import Path

import mpmath
import pytest

from tests.derivations.evaluation import NoNumber, drawn_point, is_number, resolved, terms_of, value

IDENTIFIERS = (Path(__file__).parents[1] / "core" / "published_identifiers.txt").read_text(encoding="utf-8").split()


def holds(relation: str, left: mpmath.mpf, right: mpmath.mpf) -> bool:
    if relation == "≈":  # three terms rounded to three decimals are off by at most this
        return abs(left - right) <= mpmath.mpf("0.0005") * 3
    if relation == "=":
        return mpmath.almosteq(left, right, rel_eps=1e-15, abs_eps=1e-15)
    return {"<": left < right, "≤": left <= right, ">": left > right, "≥": left >= right}[relation]


def speaks_of_numbers(equation) -> bool:
    return all(is_number(term) for line in terms_of(equation) for _, term in line)


@pytest.mark.parametrize("identifier", IDENTIFIERS)
def test_relation_holds_in_numbers(equations, identifier):
    equation = equations[identifier]
    if equation.verdict == "definition":
        return
    compared = 0
    for seed in range(8):
        at = drawn_point(equation, seed)
        for line in terms_of(equation):
            previous = line[0][1]
            for relation, term in line[1:]:
                if relation == "=!":
                    continue
                try:
                    left, right = value(previous, at), value(term, at)
                except NoNumber:
                    continue
                assert holds(relation, left, right), f"{identifier} at {at}: {left} {relation} {right}"
                previous, compared = term, compared + 1
    one_term_alone = len(equation.lines[0].terms) == 1
    assert compared or one_term_alone or not speaks_of_numbers(equation), f"{identifier} was never tried"


@pytest.mark.parametrize("identifier", IDENTIFIERS)
def test_computed_form_equals_a_term_shown(equations, identifier):
    equation = equations[identifier]
    if not speaks_of_numbers(equation):
        return
    for seed in range(4):
        at = drawn_point(equation, seed)
        computed = value(resolved(equation, equation.expression), at)
        shown = [term for line in terms_of(equation) for _, term in line]
        assert any(holds("=", computed, value(term, at)) for term in reversed(shown)), (
            f"{identifier} at {at}: computed is {computed}, shown {shown}"
        )


def test_most_relations_are_tried_in_numbers(equations):
    """What is left out are sets, points and places of extrema: tests of their own have them."""
    left_out = [identifier for identifier, equation in equations.items() if not speaks_of_numbers(equation)]
    assert len(left_out) < len(equations) / 6, left_out
