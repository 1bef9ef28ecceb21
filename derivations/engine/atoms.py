r"""TeX as the marks that a reader sees, and the table that says which marks are names.

Blanks, sizes of brackets and thin spaces leave no mark, but for a thin space before a bracket: p\,(1-p) is a product, p(1-p) an application or nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from derivations.engine.kernel.statements import Context
from derivations.engine.kernel.terms import BINDERS, Term, names_in, sym
from derivations.engine.writing import Style, Written, compound, distribution, settled

Value = Callable[[Term, Mapping[str, Any]], Any]
"""What a name is worth at its arguments: of ("app", NAME, …) at a point that has what the arguments speak of."""


class Unreadable(ValueError):
    """This cannot be read, or reads in two ways."""


MARK = re.compile(
    r"\\(?:text|word)\{[^{}]*\}|\\mathopen\{\}|\\(?:left|right)\s*(?:\\[a-zA-Z]+|\\.|.)|\\[a-zA-Z]+|\\.|(?<=[_^])\d|\d+(?:\.\d+)?|\S"
)
UNSEEN = {r"\mathopen{}", r"\;", r"\:", r"\!", "\\ "}
OPENING, CLOSING = {"(", "[", "{", r"\{", r"\lvert", r"\left."}, {")", "]", "}", r"\}", r"\rvert", r"\right|"}
HOLE = 0xE000


def marks(tex: str) -> list[str]:
    """What a reader sees, in order. 2 3 is seen as 23."""
    tex = re.sub(r"(?<=[\d.])\s+(?=[\d.])|(?<=[_^])\s+", "", tex)
    found = []
    for mark in MARK.findall(tex):
        sized = re.fullmatch(r"\\(left|right)\s*(.*)", mark)
        if sized and sized[2] not in (".", "|"):
            mark = sized[2]
        elif sized:
            mark = f"\\{sized[1]}{sized[2]}"
        if mark not in UNSEEN:
            found.append(mark)
    follow = [*found[1:], ""]
    return [mark for mark, after in zip(found, follow, strict=True) if mark != r"\," or after in ("(", "[")]


def closing(seen: Sequence[str], start: int) -> int:
    """Where the bracket closes that opens here."""
    depth = 0
    for at in range(start, len(seen)):
        depth += (seen[at] in OPENING) - (seen[at] in CLOSING)
        if depth == 0:
            return at
    raise Unreadable(f"a bracket {seen[start]} does not close")


@dataclass(frozen=True)
class Atom:
    """A name as marks; whole numbers stand for its arguments."""

    key: str
    form: str  # "letter", "name", or "partial": a name without its last argument, as a distribution
    pattern: tuple[str | int, ...]
    arity: int = 0
    unseen: tuple[tuple[int, Term], ...] = ()
    """The arguments that are not shown."""
    whole: bool = False
    """A sum or a product: it is read only where nothing stands beside it."""

    @property
    def rest(self) -> bool:
        r"""The \cdots of a product; among the terms of a sum its logarithm."""
        return self.pattern == (r"\cdots",)

    def match(self, seen: Sequence[str], start: int) -> tuple[int, dict[int, list[str]]] | None:
        """Where the name ends that begins here, and the marks of its arguments."""
        at = start
        found: dict[int, list[str]] = {}
        for place, piece in enumerate(self.pattern):
            if at >= len(seen):
                return None
            if isinstance(piece, str):
                if seen[at] != piece:
                    return None
                at += 1
                continue
            if self.pattern[place - 1] in ("_", "^"):
                end = closing(seen, at) + 1 if seen[at] == "{" else at + 1
                inside = list(seen[at + 1 : end - 1] if seen[at] == "{" else seen[at:end])
            else:
                after = self.pattern[place + 1] if place + 1 < len(self.pattern) else None
                end = next(
                    (k for k in level(seen, at) if seen[k] == after or (after is None and seen[k] in {*CLOSING, "="})),
                    -1 if after else len(seen),
                )
                inside = list(seen[at : max(end, at)])
            if not argument_like(inside) or found.get(piece, inside) != inside:
                return None
            found[piece], at = inside, end
        return at, found


def level(seen: Sequence[str | int], start: int) -> Iterator[int]:
    """The places from here on that no bracket encloses."""
    depth = 0
    for at in range(start, len(seen)):
        if depth == 0:
            yield at
        depth += (seen[at] in OPENING) - (seen[at] in CLOSING)
        if depth < 0:
            return


def argument_like(seen: Sequence[str]) -> bool:
    """Whether the marks could be an argument: no words, no list, no star."""
    outside = [seen[at] for at in level(seen, 0)]
    return (
        bool(seen)
        and list(seen) != ["*"]
        and not any(mark in ("=", ",") or mark.startswith((r"\text", r"\word")) for mark in outside)
    )


@dataclass(frozen=True)
class Table:
    """All names of a derivation, each with its own marks."""

    atoms: tuple[Atom, ...]
    logarithm: str
    index_sets: Mapping[str, tuple[str, ...]]
    """The marks under a sum in place of bounds, of the letter with this key."""
    ranges: Mapping[str, tuple[Term, Term]]
    """What such a letter runs over."""
    context: Context
    value: Value

    def at(self, seen: Sequence[str], start: int) -> tuple[Atom, int, dict[int, list[str]]] | None:
        """The name that begins here: the longest one."""
        found = [(match[0], atom, match[1]) for atom in self.atoms if (match := atom.match(seen, start)) is not None]
        if not found:
            return None
        end = max(each[0] for each in found)
        longest = [each for each in found if each[0] == end]
        if len(longest) > 1:
            both = " and as ".join(atom.key for _, atom, _ in longest)
            raise Unreadable(f"{' '.join(seen[start:end])} reads as {both}")
        return longest[0][1], end, longest[0][2]


def table(
    style: Style, context: Context, value: Value, terms: Sequence[Term] = (), words: Mapping[str, str] | None = None
) -> Table:
    r"""The table for these terms. `words` are what the publisher put for \word{…}.

    Raises:
        Unreadable: two names look alike, or nothing says which argument a name leaves out.
    """
    uses = [part for term in terms for part in everything(settled(term))]
    atoms = atoms_of(style, context, uses, words)
    sets = {letter: tuple(marks(style.letter(letter).tex + text)) for letter, text in style.index_sets.items()}
    ranges: dict[str, tuple[Term, Term]] = {}
    for part in uses:
        if part[0] in ("sum", "prod") and part[1] in sets and ranges.setdefault(part[1], part[3:]) != part[3:]:
            raise Unreadable(f"the sums over {part[1]} do not show that they have different ends")
    return Table(atoms, style.logarithm, sets, ranges, context, value)


def atoms_of(
    style: Style, context: Context, uses: Sequence[Term], words: Mapping[str, str] | None = None
) -> tuple[Atom, ...]:
    """The names of a style and of these nodes of trees, each with its own marks. `words` and errors as in `table`."""
    arities = {part[1]: len(part) - 2 for part in uses if part[0] == "app"}
    letters = {part[1] for part in uses if part[0] == "sym"}.union(
        *(part[1].split(",") for part in uses if part[0] in BINDERS)
    )
    applied = frozenset().union(*map(names_in, uses)) | set(context.names) | set(context.families)
    atoms = []
    for key in sorted({*style.symbols, *applied, *letters}):
        written = style.symbols.get(key)
        named = key in applied or (written is not None and ("." in key or holes_in(written.tex)))
        if named and (key in style.symbols or key in arities):
            alone = any(part[0] == "fn" and (distribution(part) or ("",))[0] == key for part in uses)
            atoms += names(key, style.applied(key), arities.get(key), context, words or {}, alone)
        if not named or (key in letters and "." not in key) or (key in arities and key not in style.symbols):
            atoms.append(Atom(key, "letter", pattern(style.letter(key).tex, words or {}, False)))
    unique(atoms)
    return tuple(atoms)


def everything(term: Term) -> Iterator[Term]:
    yield term
    for part in term[1:]:
        if isinstance(part, tuple):
            yield from everything(part)


def holes_in(template: str) -> bool:
    return re.search(r"(?<!\{)\{\d\}", template) is not None


def pattern(template: str, words: Mapping[str, str], formatted: bool = True) -> tuple[str | int, ...]:
    """A template as marks, with numbers for the arguments."""
    tex = template.format(*(chr(HOLE + each) for each in range(10))) if formatted else template
    tex = re.sub(
        r"\\word\{(\w+)\}", lambda found: f"\\text{{{words[found[1]]}}}" if found[1] in words else found[0], tex
    )
    return tuple(ord(mark) - HOLE if ord(mark[0]) >= HOLE else mark for mark in marks(tex))


def names(
    key: str, written: Written, arity: int | None, context: Context, words: Mapping[str, str], alone: bool
) -> list[Atom]:
    """A name's marks with its arguments, and without its last if it may stand as a distribution."""
    definition = context.names.get(key)
    points = [sym(name) for name, over in context.quantities.items() if over.point]
    found = []
    stripped = re.sub(r"\(\{\d\}\)$", "", written.tex)
    last = stripped if alone and stripped != written.tex else ""
    for form, template in (("name", written.tex), ("partial", written.partial or last)):
        if not template or (form == "partial" and "." not in key):
            continue
        shape = pattern(template, words)
        shown = {piece for piece in shape if isinstance(piece, int)}
        count = arity if arity is not None else len(definition.parameters) if definition else max(shown, default=-1) + 1
        left = [each for each in range(count - (form == "partial")) if each not in shown]
        parameters = [sym(name) for name in definition.parameters] if definition else []
        declared = list(written.unseen) if form == "name" or len(written.unseen) == len(left) else []
        given = declared or [parameters[each] for each in left if parameters] or points
        if arity is not None and len(given) != len(left) and left:
            if form == "partial":
                continue
            raise Unreadable(f"{key}: nothing says which {len(left)} of its arguments {template} leaves out")
        unseen = tuple(zip(left, given, strict=False))
        found.append(Atom(key, form, shape, count, unseen, compound(written.tex)))
    return found


def unique(atoms: Sequence[Atom]) -> None:
    """No marks are two names, nor a name and a power of another."""
    for one in atoms:
        if one.pattern in (("d",), ("e",)):
            raise Unreadable(f"{one.key} is written {one.pattern[0]}, which the derivative and the exponential have")
        for other in atoms:
            if one is other:
                continue
            text = [chr(HOLE + piece) if isinstance(piece, int) else piece for piece in other.pattern]
            match = one.match(text, 0)
            if match is None:
                continue
            raised = text[match[0] : match[0] + 1] == ["^"] and argument_like(text[match[0] + 1 :][:1])
            if match[0] == len(text) or raised:
                what = " ".join("…" if ord(mark[0]) >= HOLE else mark for mark in text)
                raise Unreadable(f"{what} reads as {one.key} and as {other.key}")
