"""A copy of the checkout to build and touch in, with the same packages installed."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
INSTALLED = (".venv", "node_modules")
NOT_COPIED = (*INSTALLED, ".git", ".cache", ".hypothesis", "build", "site", "__pycache__")


def copy_checkout(into: Path) -> Path:
    """The project's own files, and links to what is installed."""
    copy = into / "checkout"
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(*NOT_COPIED))
    for name in INSTALLED:
        (copy / name).symlink_to(ROOT / name)
    return copy


def unbuild(copy: Path) -> None:
    """Removes all that was built and derived. What a first build tried stays: it has no counterpart among the usual tools."""
    for name in ("build", "site", ".cache/store/derivations"):
        shutil.rmtree(copy / name, ignore_errors=True)


def fingerprints(site: Path) -> dict[str, str]:
    """The SHA-256 of every file of a site, by its path."""
    return {
        str(file.relative_to(site)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(site.rglob("*"))
        if file.is_file()
    }
