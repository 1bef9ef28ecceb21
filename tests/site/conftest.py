"""The built site's pages, each read once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.site.reading import Page, pages_of


@pytest.fixture(scope="session")
def pages(built_site: Path) -> dict[str, Page]:
    """Every page by its address: zh/cite/index.html."""
    return {page.name: page for page in pages_of(built_site)}


@pytest.fixture(scope="session")
def catalogue(built_site: Path) -> dict[str, Any]:
    """The catalogue as it is published."""
    return json.loads((built_site / "equations.json").read_text(encoding="utf-8"))
