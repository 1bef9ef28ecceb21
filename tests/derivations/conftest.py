"""What the tests of the derivations share: every equation, derived once."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import settings

settings.register_profile("repeatable", deadline=None, derandomize=True, database=None, max_examples=40)
settings.load_profile("repeatable")


class Equations(dict[str, Any]):
    """Short in the report of a failed test, which would print all of them."""

    def __repr__(self) -> str:
        return f"<{len(self)} equations>"


@pytest.fixture(scope="session")
def equations() -> Equations:
    """All equations by identifier, with their SymPy expressions."""
    from derivations.publish.catalogue import derive
    from derivations.publish.catalogue import equations as by_identifier

    return Equations(by_identifier(derive()))
