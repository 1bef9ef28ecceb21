"""Mutants of `derivations/`: does a test notice when one operator or number of the source is another? `python -m tests.mutation [HOW_MANY]`

Cosmic Ray makes the mutants, since it also changes what stands outside functions, as most of a derivation does. They are made in copies of the checkout, never in the
checkout itself, and are a sample: at most one to a line, drawn by the hash of the line, so that the sample stays as it is while other lines change. It is cut short when
the time is up.

A mutant is killed by a test that fails, or by running out of time. One that survives is a test that is missing, or the same program in other words: a wider search, a
margin or a number of sample points moved by one, a shortcut not taken. Such mutants cannot be told apart by a machine, so some always survive, and the share is a
measure and no goal: of sixty, twenty-one survived, about half of them the same program in other words, the rest in the second witness, whose unit tests are still
thin. Above LIMIT something is broken, such as tests that no longer look at the equations, and the run fails.
"""

from __future__ import annotations

import ast
import hashlib
import os
import queue
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from difflib import ndiff
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.operators.operator import Operator
from cosmic_ray.plugins import get_operator, operator_names

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = 24
SECONDS, SECONDS_EACH = 90, 60
"""No mutant of the sample is begun later than this (a larger sample has more time); one that takes longer than this does not end."""
LIMIT = 0.6
EVERY = [
    "tests/derivations/test_every_equation.py",
    "tests/derivations/test_articles.py",
    "tests/core/test_derivation.py",
]
"""The tests that look at every equation, beside a module's own."""
NOT_ARITHMETIC = re.compile("NoOp|Shift|Bit|Decorator|_Is(Not)?$")
"""Left out: what fails at once because SymPy's terms have no such operators, and `is` for `==`, which mostly is the same."""
NOT_RUN = re.compile("TYPE_CHECKING|@dataclass")
"""Left out as well: lines that speak to the type checker, or keep a programmer from a slip."""


class Mutant(NamedTuple):
    path: str
    line: int
    source: str
    mutated: str


def meaning(source: str) -> str:
    """The source without its annotations, which nothing evaluates."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        for name in {"annotation", "returns"} & set(node._fields):
            setattr(node, name, None)
    return ast.dump(tree)


def mutants(checkout: Path) -> Iterator[Mutant]:
    """At most one to a line, in an order drawn by lot, and only those that are another program."""
    names = [name for name in operator_names() if not NOT_ARITHMETIC.search(name)]
    operators = [operator() for operator in map(get_operator, names) if not operator.arguments()]
    by_line: dict[tuple[Path, int, str], list[tuple[Operator, int]]] = {}
    for file in sorted([*checkout.glob("derivations/[!_]*.py"), *checkout.glob("derivations/core/[!_]*.py")]):
        text = file.read_text(encoding="utf-8")
        nodes, lines = list(ast_nodes(get_ast(text))), text.splitlines()
        for operator in operators:
            starts = (start for node in nodes for start, _ in operator.mutation_positions(node))
            for occurrence, (line, _) in enumerate(starts):
                if not NOT_RUN.search(lines[line - 1]):
                    by_line.setdefault((file, line, lines[line - 1]), []).append((operator, occurrence))
    drawn = {place: hashlib.sha256(f"{place[0].name} {place[2]}".encode()).digest() for place in by_line}
    for file, line, text in sorted(by_line, key=lambda place: (drawn[place], place)):
        source = file.read_text(encoding="utf-8")
        mutated = mutate_code(source, *random.Random(drawn[file, line, text]).choice(by_line[file, line, text]))
        with suppress(SyntaxError):
            if meaning(mutated) != meaning(source):
                yield Mutant(file.relative_to(checkout).as_posix(), line, source, mutated)


def tests_of(checkout: Path, path: str) -> list[str]:
    """The tests named after the module or after a word of its name; else those that import it. Then those that look at every equation."""
    module = Path(path).with_suffix("")
    folder = checkout / "tests" / ("core" if module.parent.name == "core" else "derivations")
    words = [module.name, *module.name.split("_")]
    own = [file for file in (folder / f"test_{word}.py" for word in words) if file.is_file()][:1] or [
        file
        for file in sorted(folder.glob("test_*.py"))
        if ".".join(module.parts) + " " in file.read_text(encoding="utf-8")
    ]
    return list(dict.fromkeys([*(file.relative_to(checkout).as_posix() for file in own), *EVERY]))


def run(checkout: Path, tests: list[str], seconds: float) -> tuple[int | None, str]:
    """The exit code of pytest, None when time ran out; and the first test that failed, or else the end of what pytest said."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "--color=no", *tests]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    with subprocess.Popen(
        command, cwd=checkout, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        try:
            said, _ = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            return None, ""
    failed = re.search(r"^(?:FAILED|ERROR) ([^\s[]+)", said, re.MULTILINE)
    return process.returncode, failed[1] if failed else said[-500:]


def try_mutants(folder: Path, how_many: int) -> tuple[dict[Mutant, tuple[int | None, str]], list[str]]:
    """What pytest said to each mutant, and the survivors in words."""
    workers = os.cpu_count() or 1
    free: queue.Queue[Path] = queue.Queue()
    for number in range(workers):
        checkout = folder / str(number)
        for name in ("derivations", "tests"):
            shutil.copytree(ROOT / name, checkout / name)
        shutil.copy(ROOT / "pyproject.toml", checkout)
        free.put(checkout)
    found: dict[Mutant, tuple[int | None, str]] = {}
    survivors: list[str] = []

    def attempt(mutant: Mutant) -> None:
        if time.monotonic() > end:
            return
        checkout = free.get()
        file = checkout / mutant.path
        file.write_text(mutant.mutated, encoding="utf-8")
        found[mutant] = outcome = run(checkout, tests_of(checkout, mutant.path), SECONDS_EACH)
        file.write_text(mutant.source, encoding="utf-8")
        free.put(checkout)
        if outcome[0] == 0:
            lines = ndiff(mutant.source.splitlines(), mutant.mutated.splitlines())
            survivors.append(
                "\n    ".join([f"{mutant.path}:{mutant.line}", *(each for each in lines if each[0] in "-+")])
            )

    sample = list(islice(mutants(folder / "0"), how_many))
    end = time.monotonic() + SECONDS * max(1, how_many / SAMPLE)
    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(attempt, sample))
    return found, sorted(survivors)


def main() -> int:
    how_many = int(sys.argv[1]) if len(sys.argv) > 1 else SAMPLE
    with tempfile.TemporaryDirectory(prefix="mutation-") as folder:
        found, survivors = try_mutants(Path(folder), how_many)
        killers = sorted({test for code, test in found.values() if code in (1, 2)})
        code, failed = run(Path(folder) / "0", killers or EVERY, 4 * SECONDS_EACH)
    if code != 0 or not found or not {code for code, _ in found.values()} <= {None, 0, 1, 2}:
        print(f"mutation: the tests do not run, or fail without any mutant: {failed}")
        return 1
    late = sum(code is None for code, _ in found.values())
    share = len(survivors) / len(found)
    print(
        f"mutation: {len(found)} mutants, {len(found) - len(survivors)} killed ({late} by time), "
        f"{len(survivors)} survived ({share:.0%}; limit {LIMIT:.0%}, some are always the same program in other words)"
    )
    for survivor in survivors:
        print(f"  {survivor}")
    return int(share > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
