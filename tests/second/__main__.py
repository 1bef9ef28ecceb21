"""Every alteration of every published proof before both kernels, and every statement and wrong variant tried as in the browser: `python -m tests.second`. It takes minutes; the tests draw some."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from tests.second.attacking import answers, misjudged, texts
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
    asked = [
        (identifier, said["text"], "refuted" if n else "proved", ", ".join(filter(None, each["domain"])))
        for identifier, each in texts(ROOT, path, [entry["id"] for entry in proved]).items()
        for n, said in enumerate(each["statements"])
        if said["text"]
    ]
    tried = answers(ROOT, path, [{"id": each, "text": text, "domain": domain} for each, text, _, domain in asked])
    faults = [fault for (each, text, wanted, _), answer in zip(asked, tried, strict=True) for fault in misjudged(each, text, wanted, answer)]  # fmt: skip
    bad = [each for each in faults if not each.endswith(": neither")]
    print(
        f"{len(asked)} statements and wrong variants tried: {len(asked) - len(faults)} judged as they are, {len(bad)} wrongly"
    )
    print("\n".join(faults))
    return bool(found.differ or bad)


if __name__ == "__main__":
    sys.exit(main())
