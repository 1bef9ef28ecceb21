"""Two kernels in two languages judge alike: the published proofs, and proofs altered in every way that `altering.py` knows. `python -m tests.second` compares all there are."""

from __future__ import annotations

import gzip
import json
import random
import shutil
from pathlib import Path
from typing import Any

import pytest

from derivations.publish.second import KERNEL, disagreements, judged
from tests.engine import test_attacks
from tests.second.comparing import Comparison, differences
from tests.second.listening import listened

ROOT = Path(__file__).resolve().parents[2]
SEED, EQUATIONS, OF_EACH = 20261122, 60, 10
Catalogue = dict[str, Any]


@pytest.fixture(scope="module")
def catalogue(built_site: Path) -> Catalogue:
    return json.loads((built_site / "equations.json").read_text(encoding="utf-8"))


def lines_in(steps: list[Catalogue]) -> int:
    return sum(1 + sum(lines_in(part["steps"]) for part in step.get("parts", [])) for step in steps)


def test_second_kernel_accepts_every_published_proof(built_site: Path, catalogue: Catalogue) -> None:
    found = judged(ROOT, built_site / "equations.json")
    assert (found["refused"], found["undefined"]) == ({}, [])
    assert found["equations"] == len(catalogue["equations"]) > 500
    assert found["lines"] == sum(lines_in(each["proof"]["steps"]) for each in catalogue["equations"])


def test_two_kernels_agree_on_altered_proofs(built_site: Path, catalogue: Catalogue) -> None:
    """Of some equations, drawn once and for all, some alterations of every kind."""
    draw, compared = random.Random(SEED), Comparison(catalogue)
    proved = [each for each in catalogue["equations"] if each["verdict"] != "definition"]
    altered = []
    for entry in draw.sample(proved, EQUATIONS):
        own = list(compared.alterations(entry))
        altered += draw.sample(own, min(OF_EACH, len(own)))
    found = differences(ROOT, built_site / "equations.json", compared, altered)
    assert found.differ == []
    assert found.refused > 450 and found.accepted > 15, "alterations that both refuse, and some that change nothing"


def test_attacks_by_hand_are_judged_alike(built_site: Path) -> None:
    """What was put before the first kernel to have a falsehood accepted, and what is right beside it."""
    heard: list[tuple[Catalogue, str]] = []
    for attack in [*test_attacks.HAND_MADE.values(), test_attacks.test_what_is_right_beside_all_this_is_proved]:
        listened(attack, heard)
    said = judged(ROOT, built_site / "equations.json", [each for each, _ in heard])["altered"]
    differ = [
        (each["record"]["rows"], one, other)
        for (each, one), other in zip(heard, said, strict=True)
        if bool(one) != bool(other)
    ]
    assert differ == []
    assert sum(map(bool, said)) > 50 and not all(said)


def test_build_stops_where_they_differ(tmp_path: Path, catalogue: Catalogue) -> None:
    """What the first kernel would have let pass, had it been wrong, is found by the second, and named."""
    few = json.loads(json.dumps({key: catalogue[key] for key in ("names", "equations")}))
    entries = {each["id"]: each for each in few["equations"]}
    score, last = entries["coin.score"], entries["coin.score"]["proof"]["steps"][-1]
    last["term"] = score["rows"][0]["terms"][1] = json.loads(json.dumps(last["term"]).replace("8", "9"))
    entries["coin.maximum-value"]["proof"]["steps"][0]["relation"] = "<"
    entries["cats.loss-vanishes"]["proof"]["steps"][0]["laws"] = ["sum-linear"]
    false = {"left": ["num", 0], "relation": "=", "right": ["num", 1], "every": {}}
    entries["logistic.separable-slope"]["context"]["hypotheses"].append(false)
    few["names"]["coin.Z"] = {"parameters": [], "body": ["num", 1], "equation": "coin.likelihood"}
    (tmp_path / "build").mkdir()
    (tmp_path / KERNEL).parent.mkdir(parents=True)
    shutil.copy(ROOT / KERNEL, tmp_path / KERNEL)
    (tmp_path / "build" / "equations.json").write_text(json.dumps(few), encoding="utf-8")
    found = disagreements(tmp_path)
    spoilt = {"coin.score", "coin.maximum-value", "cats.loss-vanishes", "logistic.separable-slope", "coin.Z"}
    assert spoilt <= {each.partition(":")[0] for each in found}
    assert found[0].startswith("coin.score: the two kernels differ: the second does not accept it: ")
    assert disagreements(tmp_path) == found, "kept, and said again"


def test_it_travels_light(built_site: Path) -> None:
    for path in built_site.glob("*/assets/kernel.*.js"):
        assert len(gzip.compress(path.read_bytes(), 6)) < 25_000


def test_every_law_is_told(catalogue: Catalogue) -> None:
    """Whoever adds a law tells in PROOFS.md what it asks; else nobody could write a kernel from it."""
    told = (ROOT / "derivations" / "catalogue" / "PROOFS.md").read_text(encoding="utf-8")
    source = (ROOT / KERNEL).read_text(encoding="utf-8")
    for name in catalogue["laws"]:
        assert f"| `{name}`" in told or f", `{name}`" in told, name
        assert f'"{name}"' in source, name
