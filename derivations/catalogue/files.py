"""Where things lie, and how a file is written: whole or not at all."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[1]
"""The package `derivations`."""


def home() -> Path:
    """The checkout; of an installed package a folder of the user's own, since nothing is written beside what is installed."""
    if (FOLDER.parent / "mkdocs.yml").exists():
        return FOLDER.parent
    caches = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(caches) / "from-likelihood-to-loss"


ROOT = home()
BUILD = ROOT / "build"
CATALOGUE = BUILD / "equations.json"
STORE = ROOT / ".cache" / "store"
SCHEMA = FOLDER / "catalogue" / "equations.schema.json"
RETIRED = FOLDER / "retired.json"
"""Identifiers that were given up, each with the reason and what replaces it."""
CHANGED = FOLDER / "changed.json"
"""Identifiers that say something else than in the last release, each with the reason."""
RELEASES = FOLDER / "releases"
"""What each release published."""


@lru_cache(maxsize=16)
def parsed(content: bytes) -> Any:
    """JSON, read once for each content, also for processes that part from this one later. Nobody changes what comes of it.

    Raises:
        ValueError: it is none.
    """
    return json.loads(content)


def write_atomically(path: Path, content: str | bytes) -> None:
    """Write beside the file and move it into place, so that no reader ever sees half of it, and a full disk leaves what was there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
        os.chmod(beside, 0o644)
        os.replace(beside, path)
    except BaseException as problem:
        Path(beside).unlink(missing_ok=True)
        if isinstance(problem, OSError):
            problem.filename = str(path)  # which the system does not say when a disk is full
        raise


def write_or_share(path: Path, content: str, before: Path) -> None:
    """Write a new file; where the one at `before` is the same, share it, which takes a tenth of the time. Neither is ever changed in place."""
    encoded = content.encode()
    with contextlib.suppress(OSError):
        if before.read_bytes() == encoded:
            os.link(before, path)
            return
    path.write_bytes(encoded)


def copy_or_share(source: Path, target: Path) -> None:
    """The same for a file as it is."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def write_compact(path: Path, content: Any) -> None:
    """Write JSON for programs alone: short, and the same every time."""
    write_atomically(path, json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n")


def write_if_changed(path: Path, content: str) -> bool:
    """Write only what differs, so that whatever watches the file sees real changes; whether it was written."""
    with contextlib.suppress(OSError):
        if path.read_bytes() == content.encode():
            return False
    write_atomically(path, content)
    return True
