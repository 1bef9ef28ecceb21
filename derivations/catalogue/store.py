"""What is dear to work out is kept once, under the hash of all that it was worked out from.

Each entry says what it holds and the hash of that; one that does not agree with itself, or that stands under another's key, is worked out again. That is no secret seal:
whoever can write here can forge an entry. So CI starts from nothing, and a build says how much it took over.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from derivations.catalogue.files import FOLDER, STORE, parsed, write_atomically


def hash_of(content: Any) -> str:
    """One number for any JSON."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@lru_cache(maxsize=2)
def hashes_of(catalogue: bytes) -> dict[str, str]:
    """The hash of each equation's record, worked out once for each catalogue, like `parsed`."""
    return {entry["id"]: hash_of(entry) for entry in parsed(catalogue)["equations"]}


def fingerprint(files: Iterable[Path], packages: Iterable[str] = ()) -> str:
    """One number for the contents of files and the versions of packages."""
    digest = hashlib.sha256()
    for name in packages:
        digest.update(f"{name} {version(name)}\n".encode())
    for path in files:
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def engine_fingerprint() -> str:
    """The state of the engine and of what it calculates with."""
    return fingerprint(sorted((FOLDER / "engine").rglob("*.py")), ("sympy", "python-flint", "mpmath"))


class Store:
    """Entries of one kind, one file each; `taken` counts those that were taken over."""

    def __init__(self, kind: str, folder: Path | None = None) -> None:
        self.kind, self.folder = kind, (folder or STORE) / kind
        self.taken = self.made = 0
        self.used: set[str] = set()

    def read(self, key: str) -> Any | None:
        """What is kept under a key, if it is what was put there."""
        self.used.add(key)
        try:
            entry = json.loads((self.folder / f"{key}.json").read_text(encoding="utf-8"))
            genuine = entry["key"] == key and entry["hash"] == hash_of([key, entry["value"]])
        except (OSError, ValueError, KeyError, TypeError):
            return None
        self.taken += genuine
        return entry["value"] if genuine else None

    def keep(self, key: str, value: Any) -> Any:
        """Put something under a key; what comes back is what a reader will get."""
        self.made += 1
        self.used.add(key)
        entry = {"key": key, "hash": hash_of([key, value]), "value": value}
        write_atomically(self.folder / f"{key}.json", json.dumps(entry, ensure_ascii=False) + "\n")
        return value

    def forget_others(self) -> None:
        """Remove whatever was not asked for."""
        for file in self.folder.glob("*.json"):
            if file.stem not in self.used:
                file.unlink(missing_ok=True)
