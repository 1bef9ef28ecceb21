"""What all tests share: the site that `make test` has just built."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def built_site() -> Path:
    """The folder `site/`. `make test` builds it first; it is read here, never changed."""
    site = ROOT / "site"
    missing = [
        name
        for name in ("index.html", "equations.json", "zh/index.html", "en/index.html")
        if not (site / name).is_file()
    ]
    if missing:
        pytest.fail(f"site/ lacks {', '.join(missing)}: run `make site` first")
    return site
