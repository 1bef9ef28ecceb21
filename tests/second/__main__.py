"""Every alteration of every published proof before both kernels: `python -m tests.second`. It takes minutes; `test_two_kernels.py` draws some."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from tests.second.comparing import Comparison, differences

ROOT = Path(__file__).resolve().parents[2]


def main() -> int:
    path = ROOT / "build" / "equations.json"
    catalogue = json.loads(path.read_text(encoding="utf-8"))
    first = Comparison(catalogue)
    proved = [each for each in catalogue["equations"] if each["verdict"] != "definition"]
    found = differences(ROOT, path, first, [each for entry in proved for each in first.alterations(entry)])
    print(
        f"{found.refused} alterations refused by both kernels, {found.accepted} accepted by both, {len(found.differ)} judged differently"
    )
    print("\n".join(found.differ))
    return bool(found.differ)


if __name__ == "__main__":
    sys.exit(main())
