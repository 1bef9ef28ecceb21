"""Files that are kept between builds: written whole, and believed only while they are what was written.

Each kept file has its SHA-256 beside it. One that was cut short, emptied or altered does not agree with that any more; it counts as absent, and is made again.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path


def write_atomically(path: Path, content: str | bytes) -> None:
    """Write beside the file and move it into place, so that no reader ever sees half of it, and a full disk leaves what was there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
        os.chmod(beside, 0o644)
        os.replace(beside, path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise


def write_if_changed(path: Path, content: str) -> bool:
    """Write only what differs, so that whatever watches the file sees real changes; whether it was written."""
    with contextlib.suppress(OSError):
        if path.read_bytes() == content.encode():
            return False
    write_atomically(path, content)
    return True


def read_kept(path: Path) -> bytes | None:
    """The file as it was kept; None if it is missing or is not that any more."""
    try:
        content, seal = path.read_bytes(), _seal_of(path).read_bytes()
    except OSError:
        return None
    return content if seal == _seal(content) else None


def keep(path: Path, content: bytes) -> bytes:
    """Write a file to be believed later; returns what was written."""
    write_atomically(path, content)
    write_atomically(_seal_of(path), _seal(content))
    return content


def remove_doubtful(paths: Iterable[Path]) -> None:
    """Remove those files, written by others, that are not what they were when they were sealed."""
    for path in paths:
        if path.exists() and read_kept(path) is None:
            path.unlink()


def seal(paths: Iterable[Path]) -> None:
    """Vouch for files that others have just written without a fault."""
    for path in paths:
        if path.exists() and read_kept(path) is None:
            write_atomically(_seal_of(path), _seal(path.read_bytes()))


def _seal_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.sha256")


def _seal(content: bytes) -> bytes:
    return hashlib.sha256(content).hexdigest().encode() + b"\n"
