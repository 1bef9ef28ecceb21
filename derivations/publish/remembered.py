"""What is made of each page, kept from one build to the next under the hash of all that it was made from."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from derivations.catalogue.files import parsed
from derivations.catalogue.store import hash_of
from derivations.publish.kept import keep, read_kept

MADE_WITH = (*(f"derivations/{name}" for name in ("catalogue", "engine", "publish", "releases", "words", "changed.json", "retired.json")), "docs/theme", "docs/terms.txt", "CITATION.cff", "mkdocs.yml", "mkdocs.en.yml", "requirements.txt", "requirements-browser.txt", "package-lock.json")  # fmt: skip
"""What pages are made with."""
MADE_FROM = ("derivations", "build/equations.json", "build/figures")
"""What they are made from, besides what people write in them."""


def state_of(root: Path, names: Iterable[str]) -> str:
    """One number for the contents of files and folders, and for where in them each file lies."""
    digest = hashlib.sha256()
    for name in names:
        top = root / name
        for path in [str(top)] if top.is_file() else sorted(below(str(top))):
            digest.update(f"{path.removeprefix(str(root))}\0".encode() + content_of(path))
    return digest.hexdigest()


def content_of(path: str) -> bytes:
    """The SHA-256 of a file."""
    return of_file(path, _sha256)


def _sha256(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()


def of_file(path: str, work_out: Callable[[bytes], Any]) -> Any:
    """What a function makes of a file's content; while a process lives, a file is read again only if it was changed, whatever it is called."""
    said = os.stat(path)
    key = (work_out, said.st_dev, said.st_ino, said.st_mtime_ns, said.st_size)
    if key not in _WORKED_OUT:
        _WORKED_OUT[key] = work_out(Path(path).read_bytes())
    return _WORKED_OUT[key]


_WORKED_OUT: dict[tuple[Any, ...], Any] = {}


def below(folder: str) -> Iterator[str]:
    """All files below a folder, but for what Python keeps there."""
    for here, folders, files in os.walk(folder):
        folders[:] = [each for each in folders if each != "__pycache__"]
        yield from (os.path.join(here, each) for each in files)


class Remembered:
    """A file of pages by name. What was made with something else, or from something else, is made again."""

    def __init__(self, path: Path, made_with: str) -> None:
        self._path, self._made_with = path, made_with
        content = read_kept(path)
        kept = parsed(content) if content else {}
        self._known: dict[str, Any] = dict(kept["pages"]) if kept.get("made_with") == made_with else {}
        self._before = {name: each["key"] for name, each in self._known.items()}
        self._used: dict[str, Any] = {}

    def page(self, name: str, made_from: Any, make: Callable[[], Any]) -> Any:
        """What is made of a page, as JSON gives it back."""
        key = hash_of(made_from)
        if self._known.get(name, {}).get("key") != key:
            self._known[name] = {"key": key, "made": make()}
        self._used[name] = self._known[name]
        return self._used[name]["made"]

    def close(self) -> None:
        """Keep what this build used. Not called after a fault."""
        if {name: each["key"] for name, each in self._used.items()} == self._before:
            return
        kept = {"made_with": self._made_with, "pages": self._used}
        keep(self._path, json.dumps(kept, ensure_ascii=False).encode())
