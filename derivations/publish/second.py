"""The second kernel (`docs/theme/assets/kernel.js`, which readers' browsers run) under Node: the build stops where it does not accept what the first one proved."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from derivations.catalogue.files import parsed
from derivations.publish.remembered import Remembered, state_of
from derivations.publish.temml import find_node

PROGRAM = Path(__file__).with_name("second.mjs")
KERNEL = Path("docs/theme/assets/kernel.js")


def judged(root: Path, catalogue: Path, altered: Iterable[Any] = ()) -> dict[str, Any]:
    """What the second kernel says of a catalogue.

    Args:
        root: the checkout that has the kernel.
        altered: records to be judged beside the true ones.

    Returns:
        `equations` and `lines`: how many it accepted; `refused`: why, by identifier; `undefined`: names that no equation defines; `altered`: of each why it is refused, or "".
    """
    done = subprocess.run(
        [find_node(), str(PROGRAM), str(root / KERNEL), str(catalogue)],
        input="\n".join(map(json.dumps, altered)),
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    if done.returncode:
        raise RuntimeError(f"the second kernel broke off: {done.stderr.strip()}")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def disagreements(root: Path) -> list[str]:
    """Where the two kernels differ about the catalogue, by identifier; it is looked at again only if the second kernel has changed, or what it reads."""
    catalogue = root / "build" / "equations.json"
    said = parsed(catalogue.read_bytes())
    made_with = state_of(root, [KERNEL.as_posix()]) + state_of(PROGRAM.parent, [PROGRAM.name])
    kept = Remembered(root / "build" / "second-kernel.json", made_with)
    found = kept.page("catalogue", [said["names"], said["equations"]], lambda: judged(root, catalogue))
    kept.close()
    return [
        *(
            f"{name}: the two kernels differ: the second does not accept it: {why}"
            for name, why in found["refused"].items()
        ),
        *(f"{name}: it has a meaning, and no equation defines it" for name in found["undefined"]),
    ]
