"""What figures to play with compute: JavaScript printed from the catalogue says the same, number by number, as the derivation to fifty digits."""

from __future__ import annotations

import json
import math
import random
import subprocess
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import sympy
from sympy.core.function import AppliedUndef

from derivations.catalogue.making import known_catalogue
from derivations.catalogue.rebuild import NotThere, load
from derivations.publish.playing import ASKED, formula, formulas
from derivations.publish.shared import script
from derivations.publish.temml import find_node
from derivations.words import read_all

SOURCE = (Path(__file__).resolve().parents[2] / "docs" / "theme" / "assets" / "play.js").read_text(encoding="utf-8")
ASKED_FOR = sorted(set(ASKED.findall(SOURCE)))
OBSERVED = ["plane.first-feature", "plane.labels", "plane.second-feature"]
LEAST, NEARLY_ONE = 5e-324, 1 - 2**-53
VALUES: dict[str, list[float]] = {
    "k": [0, 1, 8, 25, 50, 100],
    "n": [1, 2, 10, 50, 100],
    "N": [3],
    "C": [3],
    "c": [1, 3],
    "theta": [0],
    "y": [0, 1],
    "z": [-800, -745, -40, -4, -1e-300, 0, 1, 36.8, 40, 709, 800],
    "t": [-12, 0, 12],
    "q": [0, LEAST, 1e-16, 0.25, NEARLY_ONE, 1],
    "D": [2],
    "w": [0],
    "b": [-30, 0, 0.5, 36.8],
    "u": [0, 1],
    "lam": [0, LEAST, 0.1, 1],
    "p": [0, LEAST, 1e-300, 1e-16, 0.01, 0.5, 0.8, NEARLY_ONE, 1],
}
"""Of each quantity, its edges in floating point included."""
FAMILIES: dict[str, list[list[Any]]] = {
    "z": [[1.79, 1.1, 0], [690, -745, -1e-300], [-4, 4, 4]],
    "v": [[1, 0, 0], [0, 0, 1]],
    "yhat": [[0.7, 0.9, 0.5], [LEAST, NEARLY_ONE, 1]],
    "label": [[0, 1, 0], [1, 1, 1]],
    "logit": [[0.5, -4, 40], [-745, 1e-300, 36.8]],
    "w": [[1, -0.5, 0], [-4, 4, 1]],
    "x": [[[1, 0.5], [-1.5, 3], [-20, 20]]],
}
"""Of each family, its first three members, or rows of them."""
BEFORE = {"logit": 2}
"""How many arguments stand before the index of a family."""
MOST = 8
"""Points of a formula with a sum, over which SymPy takes long: so many at which it holds, and so many others."""


def run(calls: list[tuple[str, dict[str, Any]]], text: str) -> list[float | None]:
    """What the published script gives for each formula at each point; None for what is not defined."""
    member = f"(...at) => at.slice({json.dumps(BEFORE)}[name] ?? 0).reduce((found, i) => found[i - 1] ?? found, each)"
    given = (
        f"Object.fromEntries(Object.entries(at).map(([name, each]) => [name, Array.isArray(each) ? {member} : each]))"
    )
    answer = "JSON.stringify(CALLS.map(([name, at]) => { const found = of(name, GIVEN); return found === undefined ? null : String(found); }))"
    answer = answer.replace("GIVEN", given)
    done = printed(f"const CALLS = {json.dumps(calls)};\n", text, answer)
    return [None if each is None else float(each) for each in json.loads(done)]


def printed(before: str, text: str, answer: str) -> str:
    """What the published script prints of an expression."""
    program = f"{before}{text.removesuffix('})();' + chr(10))}console.log({answer});}})();"
    done = subprocess.run([find_node(), "-"], input=program, capture_output=True, text=True, encoding="utf-8")
    assert not done.stderr, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def catalogue() -> dict[str, Any]:
    return known_catalogue()


@pytest.fixture(scope="module")
def text(catalogue: dict[str, Any]) -> str:
    return script(SOURCE, formulas(SOURCE, catalogue), read_all()["en"])


def exactly(expression: Any, at: dict[str, Any]) -> tuple[float, float]:
    """The derivation's own expression to fifty digits at floats taken exactly, and the largest of the numbers that it adds up."""
    values = {letter: sympy.Rational(at[letter.name]) for letter in expression.free_symbols}

    def member(found: Any) -> Any:
        inside = at[found.name.partition(".")[2]]
        for each in found.args[BEFORE.get(found.name.partition(".")[2], 0) :]:
            inside = inside[int(each) - 1] if isinstance(inside, list) else inside
        return sympy.Rational(inside)

    of = lambda part: float(part.subs(values).doit().replace(lambda e: isinstance(e, AppliedUndef), member).evalf(50))  # noqa: E731
    sums = (
        []
        if expression.has(sympy.Sum, AppliedUndef)
        else [each for each in sympy.preorder_traversal(expression) if each.is_Add]
    )
    addends = [abs(of(each)) for inner in sums for each in inner.args]
    members = np.abs(np.hstack([np.ravel(each) for each in at.values()])) if any(map(np.ndim, at.values())) else ()
    return of(expression), max([each for each in [*addends, *members] if math.isfinite(each)], default=0)


@pytest.mark.parametrize("identifier", [each for each in ASKED_FOR if each not in OBSERVED])
def test_formula_of_a_figure_is_its_derivation_to_the_last_digits(
    identifier: str, catalogue: dict[str, Any], text: str
) -> None:
    loaded = load(identifier, catalogue)
    ranges = loaded.record["context"]["quantities"]
    letters = {each.name for each in loaded.expression.free_symbols}
    ends = json.dumps([ranges[each][end] for each in letters & set(ranges) for end in ("low", "high")])
    letters |= {each for each in ranges if f'["sym", "{each}"]' in ends}
    families = [name.partition(".")[2] for name in loaded.record["context"]["families"]]
    within: dict[str, list[Any]] = {
        **{name: VALUES[name] for name in sorted(letters)},
        **{name: FAMILIES[name] for name in families},
    }
    points = [dict(zip(within, each, strict=True)) for each in product(*within.values())]
    if loaded.expression.has(sympy.Sum):
        random.Random(identifier).shuffle(points)
        points = sorted(points, key=lambda each: not holds(each, ranges))[:MOST] + points[:MOST]
    found = run([(identifier, point) for point in points], text)
    defined = 0
    for point, value in zip(points, found, strict=True):
        if value is None:
            assert not holds(point, ranges), (identifier, point, "is said not to be defined")
            continue
        assert holds(point, ranges), (identifier, point, value)
        defined += 1
        exact, scale = exactly(loaded.expression, point)
        assert value == pytest.approx(exact, rel=4e-13, abs=max(1e-300, 1e-14 * scale)), (identifier, point)
    assert defined >= min(len(points), 3)


@pytest.mark.parametrize("identifier", OBSERVED)
def test_observed_numbers_of_a_figure_are_the_derivations(
    identifier: str, catalogue: dict[str, Any], text: str
) -> None:
    listed = json.loads(printed("", text, f"JSON.stringify(of({json.dumps(identifier)}))"))
    assert listed == [float(each) for each in load(identifier, catalogue).expression] and len(listed) == 10


def holds(point: dict[str, float], ranges: dict[str, Any]) -> bool:
    """Whether a point lies in the domain that the catalogue states, read anew from its record."""

    def end(tree: Any) -> float:
        match tree:
            case ["num", value]:
                return value
            case ["sym", name]:
                return point[name]
            case ["+", one, ["neg", other]]:
                return end(one) - end(other)
        raise AssertionError(tree)

    for name, over in ranges.items():
        if name not in point:
            continue
        if over["low"] is not None and not (
            point[name] > end(over["low"]) or over["low_in"] and point[name] == end(over["low"])
        ):
            return False
        if over["high"] is not None and not (
            point[name] < end(over["high"]) or over["high_in"] and point[name] == end(over["high"])
        ):
            return False
    return True


def test_nothing_that_the_script_computes_is_typed_in_it() -> None:
    assert len(ASKED_FOR) > 10
    rest = SOURCE.replace("Math.log(height)", "").replace("Math.log(there)", "")  # of values that are the catalogue's
    assert not [name for name in ("Math.log", "Math.exp", "Math.sqrt", "Math.pow") if name in rest]


def test_script_that_asks_for_what_is_not_there_is_told_what_is_near(catalogue: dict[str, Any]) -> None:
    with pytest.raises(NotThere, match=r"'coin-general\.scor' is no equation; nearest: coin-general\.score"):
        formula("coin-general.scor", catalogue)
    with pytest.raises(NotThere, match="is no equation"):
        formulas('of("coin.nowhere")', catalogue)


def test_script_stays_under_twelve_kilobytes(text: str) -> None:
    import gzip

    assert len(gzip.compress(text.encode())) < 12_000
