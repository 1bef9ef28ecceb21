"""The same record before both kernels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from derivations.catalogue.forms import as_context, as_lines, as_point, as_term
from derivations.catalogue.rebuild import checked_entry, cited, in_order, meanings_in
from derivations.engine.equation import used
from derivations.engine.kernel.check import Meaning, Theorem, prove
from derivations.engine.kernel.statements import Refused, Statement
from derivations.publish.second import judged
from tests.second.altering import alterations

Record = dict[str, Any]
Altered = tuple[str, Record]


class Comparison:
    """The first kernel before altered records of a catalogue; of the true ones it proves those that are cited."""

    def __init__(self, catalogue: Record) -> None:
        self.meanings, self.library = meanings_in(catalogue), dict[str, Theorem | Meaning]()
        self.ahead = {each["id"]: each for each in in_order(catalogue["equations"])}
        self.proved = [each["id"] for each in catalogue["equations"] if each["verdict"] != "definition"]

    def known(self, identifier: str) -> bool:
        """Whether an equation can be cited: it is proved now, if it was not."""
        if entry := self.ahead.pop(identifier, None):
            for each in cited(entry["proof"]["steps"]):
                self.known(each)
            checked_entry(entry, self.meanings, self.library)
        return identifier in self.library

    def alterations(self, entry: Record) -> Iterator[Altered]:
        """Of one record."""
        return alterations(entry, self.meanings, self.proved)

    def why_not(self, record: Record) -> str:
        """Why the first kernel refuses a record; "" where it accepts it."""
        try:
            (row,) = record["rows"]
            if record["verdict"] != ("certified" if "≈" in row["relations"] else "proved"):
                return "the verdict is not what the relations say"
            lines, terms = as_lines(record["proof"]["steps"]), tuple(map(as_term, row["terms"]))
            context, point = as_context(record["context"], self.meanings), as_point(record["inhabitant"])
            library = {key: self.library[key] for key in used(lines) if self.known(key)}
            prove(Statement(context, terms, tuple(row["relations"]), point), lines, library)
        except (
            Refused,
            ValueError,
            KeyError,
            TypeError,
            IndexError,
            AttributeError,
            ArithmeticError,
            RecursionError,
        ) as why:
            return str(why) or repr(why)
        return ""


@dataclass(frozen=True)
class Found:
    """How many alterations both refuse and both accept, and those about which they differ."""

    refused: int
    accepted: int
    differ: list[str]


def differences(root: Path, catalogue: Path, first: Comparison, altered: list[Altered]) -> Found:
    """What both kernels say of altered records."""
    ours = [first.why_not(record) for _, record in altered]
    theirs = judged(root, catalogue, [record for _, record in altered])["altered"]
    differ = [
        f"{record['id']}: {kind}: the {'second' if one else 'first'} kernel accepts it; the other: {one or other}"
        for (kind, record), one, other in zip(altered, ours, theirs, strict=True)
        if bool(one) != bool(other)
    ]
    both = sum(bool(one) and bool(other) for one, other in zip(ours, theirs, strict=True))
    return Found(both, len(altered) - both - len(differ), differ)
