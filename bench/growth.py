"""How the time to derive everything is spent, and how it grows: imports each script in turn, and times finding, kernel and witness apart.

Run by itself, `python -m bench.growth SCRIPT…`, it prints one line of JSON: processor seconds by script, and by part.
"""

from __future__ import annotations

import importlib
import json
import sys
import time
from pathlib import Path
from typing import Any


def seconds(scripts: list[str]) -> dict[str, Any]:
    """Processor seconds; SymPy and the project's own tools are loaded before the clock starts."""
    derivation: Any = importlib.import_module("derivations.engine.derivation")
    proving: Any = importlib.import_module("derivations.engine.proving")
    importlib.import_module("derivations.engine.rules")
    kernel, prove = [0.0], proving.prove

    def timed(*arguments: Any) -> Any:
        start = time.process_time()
        try:
            return prove(*arguments)
        finally:
            kernel[0] += time.process_time() - start

    proving.prove = timed
    taken: dict[str, float] = {}
    statements = []
    for script in scripts:
        start = time.process_time()
        module = importlib.import_module(f"derivations.{Path(script).stem}")
        taken[script] = time.process_time() - start
        own = [each for each in vars(module).values() if isinstance(each, derivation.Derivation)]
        statements += [
            (each.theorem.statement, each.lines)
            for found in own
            if found.name.replace("-", "_") == Path(script).stem
            for each in found.equations.values()
            if each.theorem is not None
        ]
    witness = importlib.import_module("derivations.engine.witness")
    places = witness.Places()
    start = time.process_time()
    for statement, lines in statements:
        witness.witness(statement, lines, places=places)
    parts = {"finding": sum(taken.values()) - kernel[0], "kernel": kernel[0], "witness": time.process_time() - start}
    return {"scripts": taken, "parts": parts, "proofs": len(statements)}


if __name__ == "__main__":
    print(json.dumps(seconds(sys.argv[1:])))
