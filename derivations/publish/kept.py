"""Files that are kept between builds: written whole, and believed only while they are what was written.

Each kept file has its SHA-256 beside it. One that was cut short, emptied or altered does not agree with that any more; it counts as absent, and is made again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from derivations.catalogue.files import write_atomically


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


class CompiledTemplates(BytecodeCache):
    """Templates of Jinja compiled by earlier builds. Jinja's own cache of this kind runs whatever it finds there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def load_bytecode(self, bucket: Bucket) -> None:
        if content := read_kept(self.folder / bucket.key):
            bucket.bytecode_from_string(content)

    def dump_bytecode(self, bucket: Bucket) -> None:
        keep(self.folder / bucket.key, bucket.bytecode_to_string())
