"""Mutants of `derivations/`: does a test notice when one operator or number of the source is another? `python -m tests.mutation [HOW_MANY]`

Cosmic Ray makes the mutants, since it also changes what stands outside functions, as most of a derivation does. They are made in copies of the checkout, never in the
checkout itself, and are a sample, the same every time: at most one to a line, drawn with a fixed seed and cut short when the time is up.

A mutant is killed by a test that fails, or by running out of time. One that survives is a test that is missing, or the same program in other words: a wider search, a
margin or a number of sample points moved by one, a shortcut not taken. Such mutants cannot be told apart by a machine, so some always survive, and the share is a
measure and no goal. Above LIMIT, more survive than that explains, and the run fails.
"""

from __future__ import annotations

import ast
import os
import random
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

ROOT = Path(__file__).resolve().parents[2]
SAMPLE, SEED = 32, 20
SECONDS, SECONDS_EACH = 150, 60
"""No mutant is begun later than this; one that takes longer than this does not end."""
LIMIT = 0.25
NOT_ARITHMETIC = re.compile("NoOp|Shift|Bit|Decorator")
"""Kinds that nearly every program notices, because numbers and SymPy's terms have no such operators: they would flatter the share."""


class Mutant(NamedTuple):
    path: str
    line: int
    operator: str
    occurrence: int

    def of(self, source: str) -> str | None:
        return mutate_code(source, get_operator(self.operator)(), self.occurrence)


def meaning(source: str) -> str:
    """The source without its annotations, which nothing evaluates."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        for name in {"annotation", "returns"} & set(node._fields):
            setattr(node, name, None)
    return ast.dump(tree)


def mutants() -> list[Mutant]:
    """One to a line, in an order drawn at random."""
    by_line: dict[tuple[str, int], list[Mutant]] = {}
    names = [name for name in operator_names() if not NOT_ARITHMETIC.search(name)]
    operators = [(name, get_operator(name)()) for name in names if not get_operator(name).arguments()]
    for file in sorted([*(ROOT / "derivations").glob("*.py"), *(ROOT / "derivations" / "core").glob("*.py")]):
        if file.stem.startswith("__"):
            continue
        path, nodes = file.relative_to(ROOT).as_posix(), list(ast_nodes(get_ast(file.read_text(encoding="utf-8"))))
        for name, operator in operators:
            starts = (start for node in nodes for start, _ in operator.mutation_positions(node))
            for occurrence, (line, _) in enumerate(starts):
                by_line.setdefault((path, line), []).append(Mutant(path, line, name, occurrence))
    draw = random.Random(SEED)
    drawn = [draw.choice(by_line[place]) for place in sorted(by_line)]
    draw.shuffle(drawn)
    return drawn


def tests_of(path: str) -> list[str]:
    """The tests named after the module or, if none are, after the first word of its name; then those that look at every equation."""
    stem = Path(path).stem
    words = (stem, stem.split("_")[0], stem.split("_")[-1])
    for word in words:
        named = [*ROOT.glob(f"tests/core/test_{word}.py"), *ROOT.glob(f"tests/derivations/test_{word}.py")]
        if named:
            break
    every = [f"tests/derivations/test_{name}.py" for name in ("every_equation", "articles")]
    return [*(file.relative_to(ROOT).as_posix() for file in named), *every, "tests/core/test_derivation.py"]


def run(folder: Path, tests: list[str], seconds: float) -> tuple[int | None, str]:
    """The exit code of pytest, None when time ran out, and the first test that failed."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:randomly", *tests]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "COLUMNS": "500"}
    try:
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=seconds)
    except subprocess.TimeoutExpired:
        return None, ""
    failed = re.search(r"^(?:FAILED|ERROR) (\S+?)(?: - |$)", done.stdout, re.MULTILINE)
    return done.returncode, failed[1] if failed else ""


def main() -> None:
    print(len(mutants()))


if __name__ == "__main__":
    main()
