"""From Likelihood to Loss: every formula and number of the site, derived with SymPy and proved line by line.

>>> import derivations
>>> derivations.load("coin.score").expression
-2/(1 - p) + 8/p
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from derivations.catalogue.rebuild import Loaded


def load(identifier: str) -> Loaded:
    """An equation by its identifier, offline: its SymPy expression, its terms, and its record in the catalogue.

    Raises:
        NotThere: no equation is called so; the message has the nearest.
    """
    from derivations.catalogue.rebuild import load as found

    return found(identifier)


def check_catalogue(path: str | Path) -> dict[str, int]:
    """Every proof of a catalogue, `equations.json`, checked again by the kernel from that file alone; how many of each verdict.

    Raises:
        Refused: a proof that does not hold; the message has the identifier.
    """
    from derivations.catalogue.rebuild import check_catalogue as checked

    return checked(Path(path))
