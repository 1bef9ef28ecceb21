"""Statements tried under Node as readers' browsers try them."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from derivations.publish.temml import find_node

PROGRAM = Path(__file__).with_name("attack.mjs")
ASSETS = Path("docs/theme/assets")
Record = dict[str, Any]


def answers(root: Path, catalogue: Path, asked: Iterable[Record]) -> list[Record]:
    """What becomes of statements: `attack.mjs` says how they are asked for, and how it answers."""
    done = subprocess.run(
        [find_node(), str(PROGRAM), str(root / ASSETS), str(catalogue)],
        input="\n".join(map(json.dumps, asked)),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"what tries statements broke off: {done.stderr.strip()[-500:]}")
    return [json.loads(line) for line in done.stdout.splitlines()]


def texts(root: Path, catalogue: Path, identifiers: Iterable[str]) -> dict[str, Record]:
    """Of each equation its statement and its wrong variants as they are typed, each with what is read from it, and its domain."""
    asked = list(identifiers)
    found = answers(root, catalogue, [{"id": each, "all": True} for each in asked])
    return dict(zip(asked, found, strict=True))


def spoilt(text: str) -> list[tuple[str, str]]:
    """A text with one sign, one number, one exponent, and one end of it changed, as readers do."""
    number = list(re.finditer(r"(?<![\w.])\d+(?![\w.])", text))
    found = [("sign", text.replace(" + ", " - ", 1) if " + " in text else text.replace(" - ", " + ", 1))]
    if number:
        last = number[-1]
        found.append(("number", f"{text[: last.start()]}{int(last[0]) + 1}{text[last.end() :]}"))
    if "^" in text:
        found.append(("exponent", re.sub(r"\^(\w+)(?!.*\^)", r"^(\1 + 1)", text)))
    found.append(("one more", f"{text} + 1"))
    found.append(("another way", f"{text} + 1 - 1"))
    return [(kind, other) for kind, other in found if other != text]


def misjudged(identifier: str, text: str, wanted: str, answer: Record) -> list[str]:
    """What is to be said of an answer other than the one that was wanted."""
    return [] if answer.get("verdict") == wanted else [f"{identifier}: {text}: {answer.get('verdict') or answer}"]
