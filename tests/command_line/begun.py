"""Commands in processes of their own, in which SymPy and the engine are loaded already, but no derivation: to load them takes longer than most derivations do."""

from __future__ import annotations

import json
import multiprocessing
import os
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor

from click.testing import CliRunner

from derivations.__main__ import main

BEGUN = multiprocessing.get_context(
    "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
)
if BEGUN.get_start_method() == "forkserver":
    BEGUN.set_forkserver_preload([__name__, "sympy", "derivations.engine.rules", "derivations.catalogue.checking"])


Answer = tuple[int, str, str]


def run(*arguments: str) -> Answer:
    """The exit code of a command, what it says, and what it says on standard error."""
    with ProcessPoolExecutor(1, mp_context=BEGUN) as process:
        return process.submit(_run, arguments).result(timeout=240)


def run_each(commands: Mapping[str, tuple[str, ...]], after: Mapping[str, str]) -> dict[str, Answer]:
    """The same of several commands by name, each in a process of its own in which nothing was done but the command that it comes `after`, and those that this one came after."""
    if not hasattr(os, "fork"):  # Windows
        return {name: run(*arguments) for name, arguments in commands.items()}
    with ProcessPoolExecutor(1, mp_context=BEGUN) as process:
        return process.submit(_run_after, "", dict(commands), dict(after)).result(timeout=600)


def _run_after(before: str, commands: dict[str, tuple[str, ...]], after: dict[str, str]) -> dict[str, Answer]:
    found: dict[str, Answer] = {}
    for name in (each for each in commands if after[each] == before):
        reading, writing = os.pipe()
        child = os.fork()
        if not child:
            try:
                answers = {name: _run(commands[name])} | _run_after(name, commands, after)
                with open(writing, "w", encoding="utf-8") as told:
                    json.dump(answers, told)
            finally:
                os._exit(0)
        os.close(writing)
        with open(reading, encoding="utf-8") as told:
            found |= json.load(told)
        os.waitpid(child, 0)
    return found


def _run(arguments: tuple[str, ...]) -> Answer:
    done = CliRunner().invoke(main, arguments)
    return done.exit_code, done.stdout, done.stderr
