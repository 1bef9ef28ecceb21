"""Commands in processes of their own, in which SymPy and the engine are loaded already, but no derivation: to load them takes longer than most derivations do."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor

from click.testing import CliRunner

from derivations.__main__ import main

BEGUN = multiprocessing.get_context(
    "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
)
if BEGUN.get_start_method() == "forkserver":
    BEGUN.set_forkserver_preload([__name__, "sympy", "derivations.engine.rules", "derivations.catalogue.checking"])


def run(*arguments: str) -> tuple[int, str, str]:
    """The exit code of a command, what it says, and what it says on standard error."""
    with ProcessPoolExecutor(1, mp_context=BEGUN) as process:
        return process.submit(_run, arguments).result(timeout=240)


def _run(arguments: tuple[str, ...]) -> tuple[int, str, str]:
    done = CliRunner().invoke(main, arguments)
    return done.exit_code, done.stdout, done.stderr
