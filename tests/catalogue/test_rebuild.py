"""From the file alone: expressions that are what libraries find, and proofs that the kernel accepts, and none that was altered."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sympy

import derivations
from derivations.catalogue.rebuild import NotThere, check_catalogue, checked, load
from derivations.engine.kernel.statements import Refused

Catalogue = dict[str, Any]
p = sympy.Symbol("p", real=True, positive=True)
LIKELIHOOD = sympy.binomial(10, 8) * p**8 * (1 - p) ** 2
SCORE = sympy.diff(sympy.log(LIKELIHOOD), p)


@pytest.mark.parametrize(("identifier", "oracle"), [
    ("coin.likelihood", LIKELIHOOD),
    ("coin.score", SCORE),
    ("coin.second-derivative", sympy.diff(SCORE, p)),
    ("coin.curvature", sympy.diff(SCORE, p).subs(p, sympy.Rational(4, 5))),
    ("coin.likelihood-derivative", sympy.diff(LIKELIHOOD, p)),
    ("coin.mle", sympy.solve(SCORE, p)[0]),
    ("coin.maximum-value", LIKELIHOOD.subs(p, sympy.Rational(4, 5))),
])  # fmt: skip
def test_expression_is_what_sympy_finds_by_itself(catalogue: Catalogue, identifier: str, oracle: Any) -> None:
    found = load(identifier, catalogue).expression
    assert sympy.simplify(found.subs({each: p for each in found.free_symbols}) - oracle) == 0


def test_every_equation_has_expressions(catalogue: Catalogue) -> None:
    for entry in catalogue["equations"]:
        found = load(entry["id"], catalogue)
        assert len(found.terms) == len(entry["rows"][0]["terms"]) and found.expression in found.terms


def test_load_names_the_nearest() -> None:
    with pytest.raises(NotThere, match=r"coin\.score"):
        derivations.load("coin.scor")
    assert derivations.load("coin.score").record["verdict"] == "proved"


def test_every_proof_is_accepted_from_the_file_alone(catalogue: Catalogue, tmp_path: Path) -> None:
    path = tmp_path / "equations.json"
    path.write_text(json.dumps({key: catalogue[key] for key in ("equations", "names")}), encoding="utf-8")
    counts = check_catalogue(path)
    assert sum(counts.values()) == len(catalogue["equations"])
    assert counts["proved"] > 150 and counts["definition"] > 50


def score(few: Catalogue) -> Catalogue:
    return next(each for each in few["equations"] if each["id"] == "coin.score")


def steps_in(few: Catalogue) -> list[tuple[Catalogue, list[Catalogue], int]]:
    """Every step of every proof, with its list and its place there."""

    def within(entry: Catalogue, steps: list[Catalogue]) -> Iterator[tuple[Catalogue, list[Catalogue], int]]:
        for at, step in enumerate(steps):
            yield entry, steps, at
            for part in step.get("parts", []):
                yield from within(entry, part["steps"])

    return [found for entry in few["equations"] for found in within(entry, entry["proof"]["steps"])]


def no_steps(few: Catalogue) -> None:
    score(few)["proof"]["steps"] = []


def another_statement(few: Catalogue) -> None:
    score(few)["rows"][0]["terms"][1] = ["num", 0]


def wider_range(few: Catalogue) -> None:
    score(few)["context"]["quantities"]["p"] |= {"low": None, "high": None}


def called_certified(few: Catalogue) -> None:
    score(few)["verdict"] = "certified"


def called_a_definition(few: Catalogue) -> None:
    score(few)["verdict"] = "definition"


def cites_itself(few: Catalogue) -> None:
    score(few)["proof"]["steps"] = [
        {"relation": "=", "term": score(few)["rows"][0]["terms"][1], "laws": [], "cites": ["coin.score"]}
    ]


def another_meaning(few: Catalogue) -> None:
    few["names"]["coin.L"]["body"] = ["sym", "p"]


def defined_twice(few: Catalogue) -> None:
    more = next(each for each in few["equations"] if each["id"] == "coin.likelihood")
    few["equations"].append({**more, "id": "coin.again"})


def name_from_nowhere(few: Catalogue) -> None:
    few["names"]["coin.Z"] = {"parameters": [], "body": ["num", 1], "equation": "coin.likelihood"}


def hypothesis_put_in(few: Catalogue) -> None:
    score(few)["context"]["hypotheses"] = [{"left": ["num", 0], "relation": "=", "right": ["num", 1], "every": {}}]


def no_tree(few: Catalogue) -> None:
    score(few)["rows"][0]["terms"][1] = {"num": 1}


def twice(few: Catalogue) -> None:
    few["equations"].append(score(few))


ALTERED: list[Callable[[Catalogue], None]] = [
    no_steps, another_statement, wider_range, called_certified, called_a_definition, cites_itself, another_meaning,
    defined_twice, name_from_nowhere, hypothesis_put_in, no_tree, twice,
]  # fmt: skip


def test_few_are_accepted_as_they_are(few: Catalogue) -> None:
    assert len(list(checked(few))) == len(few["equations"])


@pytest.mark.parametrize("alter", ALTERED, ids=[each.__name__ for each in ALTERED])
def test_catalogue_that_was_altered_is_refused(few: Catalogue, alter: Callable[[Catalogue], None]) -> None:
    alter(few)
    with pytest.raises(Refused):
        list(checked(few))


def test_altered_numbers_in_proofs_are_refused_with_the_identifier(few: Catalogue) -> None:
    """A number one higher, somewhere in a step: in half of the steps, drawn once and for all."""
    found = [each for each in steps_in(few) if each[0]["id"] not in ("coin.at-zero", "coin.at-one")]  # 46·0 is 0 too
    tried = 0
    for entry, steps, at in random.Random(7).sample(found, len(found) // 2):
        kept = steps[at]["term"]
        text = json.dumps(kept)
        at_number = text.find('["num", ')
        if at_number < 0 or len(entry["proof"]["steps"]) == 1 and steps[at] is entry["proof"]["steps"][0]:
            continue
        start = at_number + len('["num", ')
        end = text.index("]", start)
        steps[at]["term"] = json.loads(text[:start] + str(int(text[start:end]) + 1) + text[end:])
        with pytest.raises(Refused, match=entry["id"].partition(".")[0]):
            list(checked(few))
        steps[at]["term"] = kept
        tried += 1
    assert tried > 15
    assert list(checked(few))
