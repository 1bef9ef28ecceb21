"""What an equation rests on, down to the definitions, and what rests on it: in the order in which one would read it, and as arcs between the rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from derivations.publish.proofs import chain_of_parents

ROW = 28
"""The height of a row, in pixels; the style sheet has the same."""
WIDTH = 96


@dataclass(frozen=True)
class Arc:
    """From a row to one that rests on it, as the path of an SVG element."""

    path: str
    direct: bool


@dataclass(frozen=True)
class Cone:
    """Around one equation.

    Args:
        rows: all that it rests on, each after what it rests on, and the equation itself as the last.
        arcs: between them.
        used_by: what cites it.
    """

    rows: tuple[str, ...]
    arcs: tuple[Arc, ...]
    used_by: tuple[str, ...]

    @property
    def height(self) -> int:
        """Of the picture, in pixels."""
        return ROW * len(self.rows)


def cones(entries: Mapping[str, Mapping[str, Any]]) -> dict[str, Cone]:
    """Of every equation."""
    known = {identifier: dict(entry) for identifier, entry in entries.items()}
    used: dict[str, list[str]] = {identifier: [] for identifier in entries}
    for identifier, entry in known.items():
        for parent in entry["parents"]:
            used[parent].append(identifier)
    return {
        identifier: Cone(rows, _arcs(rows, known), tuple(used[identifier]))
        for identifier in known
        for rows in [tuple(chain_of_parents(known, identifier))]
    }


def _arcs(rows: tuple[str, ...], entries: Mapping[str, Mapping[str, Any]]) -> tuple[Arc, ...]:
    """An arc at the left for each step from an equation to one that cites it; the longer the way, the wider it swings."""
    at = {identifier: number for number, identifier in enumerate(rows)}
    found = []
    for identifier in rows:
        for parent in entries[identifier]["parents"]:
            above, below = (ROW * at[each] + ROW // 2 for each in (parent, identifier))
            swing = WIDTH - 8 - round((WIDTH - 24) * min(1.0, 0.25 + 0.75 * (below - above) / max(ROW * len(rows), 1)))
            found.append(
                Arc(f"M{WIDTH - 6} {above}C{swing} {above} {swing} {below} {WIDTH - 6} {below}", identifier == rows[-1])
            )
    return tuple(found)
