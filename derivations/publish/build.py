"""Everything that the pages are made from, brought up to date: catalogue, figures, executed notebooks."""

from __future__ import annotations

from collections.abc import Callable

from derivations.publish import catalogue


def build_all(tell: Callable[[str], None]) -> list[str]:
    """Make what has changed, and return the names of what was made.

    Raises:
        Unproved, CellFailed: a derivation stopped; what was there before is left as it was.
    """
    made = []
    if catalogue.read_catalogue() is None:
        tell("deriving and proving …")
        catalogue.current_catalogue()
        made.append("equations.json")
    from derivations.publish.drawing import draw_all

    made += [f"{name}.svg" for name in draw_all(report=lambda name: tell(f"drawing {name} …"))]
    from derivations.publish.execute import build_notebooks

    made += [f"{name}.ipynb" for name in build_notebooks(lambda name: tell(f"running {name} …"))]
    return made
