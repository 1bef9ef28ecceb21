"""Mutants of the kernel and of the rules: is one operator or number of the source, made wrong, noticed? `python -m tests.mutation [HOW_MANY]`

Cosmic Ray makes the mutants. The sample is fixed: at most one mutant to a line, drawn by the hash of the line, so that it stays as it is on every machine and while other
lines change. Each is judged by the same few tests and by some derivations that have to be proved, in a process of its own that reads the mutated source in the place of the
file; nothing is written. Nothing is cut short by the clock: one that uses several times the seconds of the processor that the source itself needs has run out of time, which is counted apart and
proves nothing.

A mutant that survives is a test that is missing, or the same program in other words. Those that were looked at are in `survivors.toml` with the reason; a new one fails the run.
"""

from __future__ import annotations

import ast
import hashlib
import importlib
import importlib.abc
import importlib.machinery
import importlib.util
import io
import math
import multiprocessing
import os
import random
import re
import resource
import signal
import sys
import tomllib
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import redirect_stderr, redirect_stdout, suppress
from itertools import islice
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

import pytest
from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.operators.operator import Operator
from cosmic_ray.plugins import get_operator, operator_names

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = 40
SUBJECTS = (
    "kernel/terms",
    "kernel/statements",
    "kernel/polynomials",
    "kernel/scopes",
    "kernel/arithmetic",
    "kernel/definedness",
    "kernel/laws",
    "kernel/finite_sums",
    "kernel/limits",
    "kernel/places",
    "kernel/enclosure",
    "kernel/domains",
    "kernel/citing",
    "kernel/lines",
    "kernel/orders",
    "kernel/nested",
    "kernel/check",
    "rules",
)
JUDGES = [
    f"tests/engine/test_{name}.py" for name in ("terms", "laws", "whole_lines", "signs", "enclosure", "falsehoods")
]
PLAIN = [
    "-x",
    "-q",
    "-c",
    os.devnull,
    "--rootdir",
    str(ROOT),
    "--import-mode=importlib",
    "--assert=plain",
    "-p",
    "no:cacheprovider",
    "-W",
    "ignore",
]
"""How pytest is run: by itself, without the settings and what it remembers."""
PROVED = ("coin", "floating_point", "coin_boundary", "cross_entropy", "three_cats")
"""Derivations that have to be proved still."""
PATIENCE = 5
"""How many times the seconds of the processor that the source itself needs a mutant may use."""
LIBRARIES = ("sympy", "mpmath", "flint", "lark", "hypothesis")
"""Read once, before the processes part."""
NOT_ARITHMETIC = re.compile("NoOp|Shift|Bit|Decorator|_Is(Not)?$")
"""Left out: what fails at once because nothing here has such operators, and `is` for `==`, which mostly is the same."""
NOT_RUN = re.compile(r"TYPE_CHECKING|@dataclass|@cache|raise |Refused\(|^\s*\"\"\"")
"""Left out as well: lines that speak to the type checker, or whose numbers only change a message."""
KNOWN = Path(__file__).with_name("survivors.toml")


class Mutant(NamedTuple):
    module: str
    path: str
    line: int
    before: str
    after: str
    source: str

    @property
    def name(self) -> str:
        return f"{self.path}: {self.before}  →  {self.after}"


# ------------------------------------------------------------ making them


def meaning(source: str) -> str:
    """The source without its annotations, which nothing evaluates."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        for name in {"annotation", "returns"} & set(node._fields):
            setattr(node, name, None)
    return ast.dump(tree)


def mutants() -> Iterator[Mutant]:
    """At most one to a line, in an order drawn by lot, and only those that are another program."""
    names = [name for name in operator_names() if not NOT_ARITHMETIC.search(name)]
    operators = [operator() for operator in map(get_operator, names) if not operator.arguments()]
    by_line: dict[tuple[str, int, str], list[tuple[Operator, int]]] = {}
    sources = {name: (ROOT / "derivations" / "engine" / f"{name}.py").read_text(encoding="utf-8") for name in SUBJECTS}
    for name, source in sources.items():
        nodes, lines = list(ast_nodes(get_ast(source))), source.splitlines()
        for operator in operators:
            starts = (start for node in nodes for start, _ in operator.mutation_positions(node))
            for occurrence, (line, _) in enumerate(starts):
                if not NOT_RUN.search(lines[line - 1]):
                    by_line.setdefault((name, line, lines[line - 1]), []).append((operator, occurrence))
    drawn = {place: hashlib.sha256(f"{place[0]} {place[2].strip()}".encode()).digest() for place in by_line}
    for place in sorted(by_line, key=lambda place: (drawn[place], place)):
        name, line, _ = place
        mutated = mutate_code(sources[name], *random.Random(drawn[place]).choice(by_line[place]))
        with suppress(SyntaxError):
            if meaning(mutated) != meaning(sources[name]):
                pair = next(
                    pair
                    for pair in zip(sources[name].splitlines(), mutated.splitlines(), strict=True)
                    if len(set(pair)) == 2
                )
                yield Mutant(
                    f"derivations.engine.{name.replace('/', '.')}",
                    f"{name}.py",
                    line,
                    pair[0].strip(),
                    pair[1].strip(),
                    mutated,
                )


# ------------------------------------------------------------ judging them


class Instead(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """One module's source, in the place of its file."""

    def __init__(self, mutant: Mutant) -> None:
        self.mutant = mutant

    def find_spec(self, name: str, path: object = None, target: object = None) -> importlib.machinery.ModuleSpec | None:
        return importlib.util.spec_from_loader(name, self) if name == self.mutant.module else None

    def exec_module(self, module: ModuleType) -> None:
        file = str(ROOT / "derivations" / "engine" / self.mutant.path)
        module.__file__ = file
        exec(compile(self.mutant.source, file, "exec"), module.__dict__)


def judge(mutant: Mutant | None, seconds: float | None) -> None:
    """In a process of its own: ends with 0 if nothing is noticed."""
    if seconds is not None:
        resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(seconds), math.ceil(seconds) + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.dont_write_bytecode = True
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"  # none is needed, and to find them takes a while
    if mutant is not None:
        sys.meta_path.insert(0, Instead(mutant))
    said = io.StringIO()
    with redirect_stdout(said), redirect_stderr(said):
        try:
            code = int(pytest.main([*PLAIN, *JUDGES]))
            for name in PROVED if code == 0 else ():
                importlib.import_module(f"derivations.{name}")
        except BaseException:
            code = 1
    if mutant is None and code:
        os.write(2, said.getvalue().encode())
    os._exit(code)


def outcome(mutant: Mutant | None, seconds: float | None = None) -> str:
    process = multiprocessing.get_context("fork").Process(target=judge, args=(mutant, seconds))
    process.start()
    process.join()
    if process.exitcode == -signal.SIGXCPU:
        return "out of time"
    return "survived" if process.exitcode == 0 else "killed"


def known() -> dict[str, str]:
    """Survivors that were looked at, each with the reason why it is no gap, or what is missing."""
    return {each["mutant"]: each["reason"] for each in tomllib.loads(KNOWN.read_text(encoding="utf-8"))["survivor"]}


def report(found: Sequence[tuple[Mutant, str]]) -> int:
    """Says what became of the sample; 1 if there is a new survivor."""
    counts = {kind: sum(said == kind for _, said in found) for kind in ("killed", "survived", "out of time")}
    print(
        f"mutation: {len(found)} mutants, {counts['killed']} killed, {counts['survived']} survived, {counts['out of time']} ran out of time"
    )
    survivors = {mutant.name for mutant, said in found if said == "survived"}
    for mutant, said in found:
        if said == "out of time" or (said == "survived" and mutant.name not in known()):
            print(f"  {said}: {mutant.path}:{mutant.line}\n    - {mutant.before}\n    + {mutant.after}")
    for stale in sorted(known().keys() & {mutant.name for mutant, _ in found} - survivors):
        print(f"  no survivor any more, to be taken from {KNOWN.name}: {stale}")
    new = survivors - known().keys()
    if new:
        print(
            f"  {len(new)} new: write the test that notices, or say in {KNOWN.relative_to(ROOT)} why there is nothing to notice"
        )
    return int(bool(new))


def main() -> int:
    os.chdir(ROOT)
    for name in LIBRARIES:
        importlib.import_module(name)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    if outcome(None) != "survived":
        print("mutation: the tests fail without any mutant")
        return 1
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = PATIENCE * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    sample = list(islice(mutants(), int(sys.argv[1]) if len(sys.argv) > 1 else SAMPLE))
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        outcomes = list(pool.map(lambda mutant: outcome(mutant, seconds), sample))
    return report(list(zip(sample, outcomes, strict=True)))


if __name__ == "__main__":
    sys.exit(main())
