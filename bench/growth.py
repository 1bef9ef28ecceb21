"""How the time to derive everything grows with the number of equations: imports each script in turn and says how long it took.

Run by itself, `python -m bench.growth SCRIPT…`, it prints one line of JSON: seconds by script.
"""

from __future__ import annotations

import importlib
import json
import sys
import time
from pathlib import Path


def seconds_by_script(scripts: list[str]) -> dict[str, float]:
    """Seconds to derive and prove what each script holds; SymPy and the project's own tools are loaded before the clock starts."""
    importlib.import_module("derivations.core")
    taken = {}
    for script in scripts:
        start = time.perf_counter()
        importlib.import_module(f"derivations.{Path(script).stem}")
        taken[script] = time.perf_counter() - start
    return taken


if __name__ == "__main__":
    print(json.dumps(seconds_by_script(sys.argv[1:])))
