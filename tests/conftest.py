"""What all tests share: the site that `make test` has just built, and every equation, derived once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

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


settings.register_profile("repeatable", deadline=None, derandomize=True, database=None, max_examples=40)
settings.load_profile("repeatable")


class Equations(dict[str, Any]):
    """Short in the report of a failed test, which would print all of them."""

    def __repr__(self) -> str:
        return f"<{len(self)} equations>"


@pytest.fixture(scope="session")
def equations() -> Equations:
    """All equations by identifier, derived and proved once."""
    from derivations.catalogue.scripts import derive
    from derivations.catalogue.scripts import equations as by_identifier

    return Equations(by_identifier(derive()))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A browser on a busy machine loses a key or a frame now and then: its tests have a second chance, which the summary counts."""
    for each in items:
        if each.get_closest_marker("browser"):
            each.add_marker(pytest.mark.flaky(reruns=1))
