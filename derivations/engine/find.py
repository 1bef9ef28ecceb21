"""The finder: lines from one term to another, breadth first over the laws, from both ends. It is not trusted; the kernel checks what it finds.

A line is one law (with the derivative of a sum beside that of its terms), used wherever it applies, and tidied.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from derivations.engine.kernel.arithmetic import same
from derivations.engine.kernel.check import Meaning, Theorem, holds, rewritten
from derivations.engine.kernel.laws import LAWS
from derivations.engine.kernel.statements import Context, Line, Refused
from derivations.engine.kernel.terms import BINDERS, ONE, ZERO, Term, alike, heads, neg, rebuilt

LINEAR = "derivative-linear"
MOVES: tuple[tuple[str, ...], ...] = (
    ("hypothesis",), ("log-product",), ("log-power",), ("log-quotient",), ("log-exp",), ("log-one",),
    ("one-term",), ("write-out",), ("split-first",), ("equal-terms",), ("sum-linear",), ("choose",), ("power-one",), ("by-sign",),
    (LINEAR,), ("derivative-log", LINEAR), ("derivative-log",), ("derivative-power", LINEAR), ("derivative-power",), ("derivative-exp", LINEAR), ("derivative-exp",),
    ("derivative-quotient", LINEAR), ("derivative-quotient",), ("derivative-product", LINEAR), ("derivative-product", "derivative-power", LINEAR), ("derivative-product",),
    ("derivative-root", LINEAR), ("limit",), ("minus-swaps",), ("log-keeps-order",), ("positive-factor",), ("added-constant",), ("root-quotient",), ("root-square",), ("power-product",),
    ("log-reciprocal",),
)  # fmt: skip
SEARCH = 260
"""How many terms are looked at before the finder gives up."""
LONG, MUCH = 10_000, 500_000
"""Terms that are longer, as Python writes them, are not followed; when so much was written the finder gives up."""


@dataclass(frozen=True)
class Move:
    laws: tuple[str, ...]
    cites: tuple[str, ...] = ()


def tidy(term: Term) -> Term:
    """The same, without nested sums and products, zeros, ones and double signs."""
    if term[0] in BINDERS:
        return (
            term[0],
            term[1],
            tidy(term[2]),
            *(tidy(part) if isinstance(part, tuple) else part for part in term[3:]),
        )
    term = rebuilt(term, tidy)
    match term[0]:
        case "+":
            flat = [
                part
                for each in term[1:]
                for part in (
                    each[1:]
                    if each[0] == "+"
                    else negated(each[1])
                    if each[0] == "neg" and each[1][0] == "+"
                    else (each,)
                )
            ]
            flat = [part for part in flat if part != ZERO]
            return flat[0] if len(flat) == 1 else ("+", *flat) if flat else ZERO
        case "*":
            flat = [part for each in term[1:] for part in (each[1:] if each[0] == "*" else (each,))]
            minus_signs = sum(part[0] == "neg" for part in flat)
            flat = [part[1] if part[0] == "neg" else part for part in flat]
            flat = [part for each in flat for part in (each[1:] if each[0] == "*" else (each,)) if part != ONE]
            if ZERO in flat:
                return ZERO
            found = flat[0] if len(flat) == 1 else ("*", *flat) if flat else ONE
            return neg(found) if minus_signs % 2 else found
        case "neg" if term[1][0] == "neg":
            return term[1][1]
        case "neg" if term[1] == ZERO:
            return ZERO
        case "neg" if term[1][0] == "+":
            return ("+", *negated(term[1]))
        case "/" if term[1] == ZERO:
            return ZERO
        case "/" if term[2] == ONE:
            return term[1]
        case "/" if term[1][0] == "neg":
            return neg(("/", term[1][1], term[2]))
        case "^" if term[2] == ONE:
            return term[1]
        case "^" if term[2][0] == "+" and all(
            part[0] == "num" or (part[0] == "neg" and part[1][0] == "num") for part in term[2][1:]
        ):
            value = sum(part[1] if part[0] == "num" else -part[1][1] for part in term[2][1:])
            return tidy(("^", term[1], ("num", value))) if value >= 0 else term
    return term


def negated(total: Term) -> tuple[Term, ...]:
    return tuple(part[1] if part[0] == "neg" else neg(part) for part in total[1:])


class Finder:
    """Searches lines in one context, with what may be cited."""

    def __init__(
        self,
        context: Context,
        library: Mapping[str, Theorem | Meaning],
        cites: Iterable[str],
        moves: Iterable[tuple[str, ...]] = (),
        meanings: Iterable[str] = (),
    ) -> None:
        self.context, self.library = context, library
        self.asked, self.meanings = tuple(cites), tuple(meanings)
        self.cites = tuple(dict.fromkeys((*self.asked, *self.meanings)))
        self.laws = tuple(moves) or MOVES
        self.moves = [Move((), (name,)) for name in self.cites] + [Move(laws) for laws in self.laws]
        self.written = [0]

    def within(self, context: Context, more: tuple[tuple[str, ...], ...] = ()) -> Finder:
        """The same in another context."""
        found = Finder(context, self.library, self.asked, (*self.laws, *more), self.meanings)
        found.written = self.written
        return found

    def theorems(self) -> dict[str, Theorem]:
        """What may be cited and is no definition."""
        return {name: cited for name in self.cites if isinstance(cited := self.library[name], Theorem)}

    def after(self, term: Term) -> Iterable[tuple[Term, Move]]:
        """What one law makes of a term."""
        present = heads(term)
        for move in self.moves:
            if move.laws and LAWS[move.laws[0]].heads and present.isdisjoint(LAWS[move.laws[0]].heads):
                continue
            if move.laws == ("hypothesis",) and not self.context.hypotheses:
                continue
            fired: set[str] = set()
            try:
                found = rewritten(
                    term, list(move.laws), {name: self.library[name] for name in move.cites}, self.context, fired
                )
            except (Refused, RecursionError):
                self.written[0] += 2 * LONG
                continue
            if fired >= {*move.laws, *move.cites} and (tidied := tidy(found)) != term:
                long = len(str(tidied))
                self.written[0] += long
                if self.written[0] > MUCH:
                    raise Refused("no lines were found: the terms grow and grow")
                if long < LONG:
                    yield tidied, move

    def equal(self, one: Term, other: Term) -> bool:
        try:
            return same(one, other, self.context)
        except Refused:
            return False

    def lines(self, start: Term, relation: str, target: Term) -> list[Line] | None:
        """Lines that end in the target, or None: from what was asked for alone, if that is enough; else with definitions."""

        def search(finder: Finder, limit: int = SEARCH) -> list[Line] | None:
            return (
                finder.equals(start, target, limit)
                if relation == "="
                else finder.unequal(start, relation, target, limit)
            )

        if self.asked and self.meanings:
            first = Finder(self.context, self.library, self.asked, self.laws)
            first.written = self.written
            found = search(first, limit=40)
            if found is not None and any(set(line.cites) & set(self.asked) for line in found):
                return found
        return search(self)

    def joined(self, term: Term, target: Term, tail: list[Line]) -> list[Line] | None:
        if alike(term, target):
            return tail
        return [Line("=", target, ("collect",)), *tail] if self.equal(term, target) else None

    def equals(self, start: Term, target: Term, limit: int = SEARCH) -> list[Line] | None:
        forward: dict[Term, list[Line]] = {start: []}
        backward: dict[Term, list[Line]] = {target: []}
        edges = [[start], [target]]
        if (found := self.joined(start, target, [])) is not None:
            return found or None
        for depth in range(14):
            ahead = depth % 3 != 2
            known, edge = (forward, edges[0]) if ahead else (backward, edges[1])
            if not edge:
                known, edge, ahead = (backward, edges[1], False) if ahead else (forward, edges[0], True)
            new: list[Term] = []
            for term in edge:
                for made, move in self.after(term):
                    if made in known:
                        continue
                    known[made] = (
                        [*known[term], Line("=", made, move.laws, move.cites)]
                        if ahead
                        else [Line("=", term, move.laws, move.cites), *known[term]]
                    )
                    new.append(made)
                    for other in list(backward if ahead else forward):
                        one, two = (made, other) if ahead else (other, made)
                        tail = self.joined(one, two, backward[two])
                        if tail is not None:
                            return self.shortened(start, [*forward[one], *tail], target)
            edges[0 if ahead else 1] = new
            if (not edges[0] and not edges[1]) or len(forward) + len(backward) > limit:
                return None
        return None

    def shortened(self, start: Term, lines: list[Line], target: Term) -> list[Line]:
        """Two lines in one where the second only collects what the first made; lines that name what they do not need are mended."""
        found, now, at = [], start, 0
        if lines and lines[-1].term != target:  # the same, but for the names of bound letters
            lines = [*lines[:-1], replace(lines[-1], term=target)]
        while at < len(lines):
            line = lines[at]
            following = lines[at + 1] if at + 1 < len(lines) else None
            if (
                following
                and following.laws == ("collect",)
                and len(line.laws) < 2
                and line.laws not in (("collect",), ("hypothesis",))
            ):
                both = Line("=", following.term, line.laws, line.cites)
                if len(str(following.term)) < 90 and self.valid(now, both):
                    line, at = both, at + 1
            if not self.valid(now, line):
                for fewer in ((line.laws[:1], line.cites), (("collect",), ())):
                    if self.valid(now, Line("=", line.term, *fewer)):
                        line = Line("=", line.term, *fewer)
                        break
            found.append(line)
            now, at = line.term, at + 1
        return found

    def valid(self, now: Term, line: Line) -> bool:
        try:
            holds(now, line, self.context, self.library)
        except Refused:
            return False
        return True

    def unequal(self, start: Term, relation: str, target: Term, limit: int = SEARCH) -> list[Line] | None:
        seen: dict[Term, list[Line]] = {start: []}
        edge = [start]
        while edge and len(seen) < limit:
            for term in edge:
                for laws, cites in [((), (name,)) for name in self.cites] + [
                    (("below-one",), ()),
                    (("sign",), ()),
                    (("tangent",), ()),
                    (("digits",), ()),
                ]:
                    line = Line(relation, target, laws, cites)
                    if self.valid(term, line):
                        return [*seen[term], line]
            new = []
            for term in edge:
                for made, move in self.after(term):
                    if made not in seen:
                        seen[made] = [*seen[term], Line("=", made, move.laws, move.cites)]
                        new.append(made)
            edge = new
        return None
