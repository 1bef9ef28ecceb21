"""What rests on what, as rows and lines beside them: all that one equation rests on, and the equations of a page.

Each row has its dot. The line of an equation runs down in a lane of its own as far as something rests on it, and turns off to each of these; the last one continues it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from derivations.publish.proofs import chain_of_parents

LANE, ROW = 13, 28
"""How far apart lanes and rows are, in units of the drawing; the style sheet stretches it as high as the rows are."""
Entries = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Picture:
    """Rows, and lines between them.

    Args:
        rows: equations, from top to bottom.
        parents: of each row the rows that it rests on.
    """

    rows: tuple[str, ...]
    parents: Mapping[str, tuple[str, ...]]

    @property
    def height(self) -> int:
        """In units of the drawing."""
        return ROW * len(self.rows)

    @property
    def width(self) -> int:
        """In units of the drawing."""
        return LANE * (1 + max(self.lanes.values()))

    @cached_property
    def lanes(self) -> dict[str, int]:
        """The lane of each row: the first that is free as far as its line runs. The last to rest on an equation may continue its line."""
        at = {identifier: number for number, identifier in enumerate(self.rows)}
        met = {
            each: [at[each], *(at[other] for other in self.rows if each in self.parents[other])] for each in self.rows
        }
        lanes: list[list[str]] = []
        for row in self.rows:
            first, last = min(met[row]), max(met[row])
            free = (
                lane
                for lane in lanes
                if all(
                    max(met[each]) < first
                    or last < min(met[each])
                    or (each in self.parents[row] and max(met[each]) == first == at[row])
                    for each in lane
                )
            )
            if (lane := next(free, None)) is None:
                lanes.append(lane := [])
            lane.append(row)
        return {row: number for number, lane in enumerate(lanes) for row in lane}

    def place(self, identifier: str) -> tuple[float, int]:
        """Where the dot of a row lies."""
        return LANE * (self.lanes[identifier] + 0.5), ROW * self.rows.index(identifier) + ROW // 2

    def lines(self) -> Iterator[tuple[str, str]]:
        """For each step to an equation that rests on another: that equation, and the line as the path of an SVG element."""
        for identifier, parents in self.parents.items():
            for parent in parents:
                (x, y), (end, low) = self.place(parent), self.place(identifier)
                turn = low - ROW // 2 if low > y else low + ROW // 2
                across = x + (LANE // 2 if end > x else -LANE // 2)
                yield (
                    identifier,
                    f"M{x:g} {y}V{low}" if x == end else f"M{x:g} {y}V{turn}Q{x:g} {low} {across:g} {low}H{end:g}",
                )

    def dots(self, among: Collection[str]) -> str:
        """The dots of some rows, as one path of points."""
        return "".join(f"M{x:g} {y}h0" for x, y in (self.place(each) for each in self.rows if each in among))


@dataclass(frozen=True)
class Cone:
    """Around one equation.

    Args:
        picture: all that it rests on, each after what it rests on, and the equation itself as the last.
        used_by: what cites it.
    """

    picture: Picture
    used_by: tuple[str, ...]


def cones(entries: Entries) -> dict[str, Cone]:
    """Of every equation."""
    known = {identifier: dict(entry) for identifier, entry in entries.items()}
    used: dict[str, list[str]] = {identifier: [] for identifier in entries}
    for identifier, entry in known.items():
        for parent in entry["parents"]:
            used[parent].append(identifier)
    return {
        identifier: Cone(Picture(rows, {each: tuple(known[each]["parents"]) for each in rows}), tuple(used[identifier]))
        for identifier in known
        for rows in [tuple(chain_of_parents(known, identifier))]
    }


def among(shown: Sequence[str], entries: Entries) -> Picture:
    """What rests on what among some equations, be it by way of others, without the steps that follow from steps: where c rests on b and b on a, none from a to c."""
    near: dict[str, set[str]] = {}
    below: dict[str, set[str]] = {}

    def look(identifier: str) -> None:
        if identifier in near:
            return
        near[identifier] = set()
        for parent in entries[identifier]["parents"]:
            look(parent)
            near[identifier] |= {parent} if parent in shown else near[parent]
        below[identifier] = near[identifier].union(*(below[each] for each in near[identifier]))

    for each in shown:
        look(each)
    return Picture(
        tuple(shown),
        {
            identifier: tuple(
                each
                for each in shown
                if each in near[identifier] and not any(each in below[other] for other in near[identifier])
            )
            for identifier in shown
        },
    )
