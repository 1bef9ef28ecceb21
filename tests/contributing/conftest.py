"""A copy of the checkout that a contributor works in."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.contributing.following import under_git
from tests.publish.conftest import ROOT, Checkout, copied

MORE = (
    "tests",
    "bench",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    ".gitignore",
    "requirements-test.txt",
)


@pytest.fixture
def contributor(tmp_path: Path) -> Checkout:
    """The sources with their tests, installed and under git."""
    checkout = copied(tmp_path / "checkout")
    for name in MORE:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, checkout.folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, checkout.folder)
    for installed in (".venv", "node_modules"):
        (checkout.folder / installed / ".test").touch()
    under_git(checkout.folder)
    return checkout
