"""What the tests of the catalogue share: the catalogue, derived once, and copies of it to be altered."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from derivations.catalogue.making import known_catalogue

Catalogue = dict[str, Any]


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """As it was built, or derived now."""
    return known_catalogue()


@pytest.fixture
def of(catalogue: Catalogue) -> Callable[[str], Catalogue]:
    """A record by its identifier."""
    return lambda identifier: next(each for each in catalogue["equations"] if each["id"] == identifier)


@pytest.fixture
def few(catalogue: Catalogue) -> Catalogue:
    """A copy with the coin alone, to be altered."""
    own = [copy.deepcopy(each) for each in catalogue["equations"] if each["derivation"] in ("coin", "coin-sequence")]
    defined = {each["defines"] for each in own}
    names = {name: said for name, said in catalogue["names"].items() if name in defined}
    return {**catalogue, "equations": own, "names": copy.deepcopy(names)}
