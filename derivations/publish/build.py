"""Everything that the pages are made from, brought up to date: executed notebooks, catalogue, figures."""

from __future__ import annotations

from collections.abc import Callable

from derivations.publish import catalogue
from derivations.publish.kept import write_if_changed


def up_to_date() -> bool:
    """Whether nothing would be made: catalogue, notebooks and figures are what the scripts say now."""
    from derivations.publish import drawing, execute

    return catalogue.read_catalogue() is not None and not execute.stale_notebooks() and drawing.is_current()


def build_all(tell: Callable[[str], None]) -> list[str]:
    """Make what has changed, and return the names of what was made.

    The scripts run once: as notebooks, which are the modules that the catalogue then reads.

    Raises:
        Unproved, CellFailed: a derivation stopped; what was there before is left as it was.
    """
    from derivations.publish import execute
    from derivations.publish.drawing import draw_all

    made = []
    if catalogue.read_catalogue() is None or execute.stale_notebooks():
        before = catalogue.whole_fingerprint()
        notebooks = execute.execute_all(lambda name: tell(f"deriving {name} …"))
        derived = catalogue.catalogue_of(catalogue.derive(), before)
        made += execute.keep(notebooks)
        if write_if_changed(catalogue.CATALOGUE, catalogue.as_text(derived)):
            made.append("equations.json")
    made += [f"{name}.svg" for name in draw_all(report=lambda name: tell(f"drawing {name} …"))]
    return made
