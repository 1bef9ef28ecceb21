"""Whether the TeX says what the trees say: it is read back, and what is read is worth the same at a point."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from mpmath import mp

from derivations.engine.atoms import Table, Unreadable, everything, table
from derivations.engine.kernel.statements import Context, Statement
from derivations.engine.kernel.terms import Term, free
from derivations.engine.reading import evaluate, read
from derivations.engine.tex import chain_tex
from derivations.engine.worth import DIGITS, Value, number, opaque, real, weight
from derivations.engine.writing import Style, settled

CLOSE = 1e-25
"""How far two values may be apart, relative to their size. (An absolute measure lets wrong small numbers pass.)"""


def agrees(statement: Statement, style: Style, point: Mapping[str, Any] | None = None, **more: Any) -> bool:
    """Whether the statement's TeX says what its trees say."""
    return not disagreements(statement, style, point, **more)


def disagreements(statement: Statement, style: Style, point: Mapping[str, Any] | None = None, **more: Any) -> list[str]:
    """Where the statement's TeX does not say what its trees say; see `differences`."""
    tex = more.pop("tex", None) or chain_tex(statement.terms, statement.relations, style)
    return differences(tex, statement.terms, statement.relations, statement.context, style, point, **more)


def differences(
    tex: str,
    terms: Sequence[Term],
    relations: Sequence[str],
    context: Context,
    style: Style,
    point: Mapping[str, Any] | None = None,
    value: Value = opaque,
    words: Mapping[str, str] | None = None,
) -> list[str]:
    r"""Where TeX does not say what a chain of terms, or of equations, says.

    Quantities that the point does not have get some number of their range. A name is worth what `value` says; `opaque` makes every name, and every argument, different.
    `words` are what stands in the TeX for \\word{…}.
    """
    try:
        known = table(style, context, value, terms, words)
        hidden = list(unlike(known, terms))
        sides = evaluate(read(tex, known), full := {**somewhere(terms, context), **(point or {})})
    except Unreadable as reason:
        return [str(reason)]
    with mp.workdps(DIGITS):
        shown = [(relation, number(side, full, value)) for relation, side in flat(terms, relations)]
    if [relation for relation, _ in sides] != [relation for relation, _ in shown]:
        return [
            *hidden,
            f"read are the relations {[each for each, _ in sides[1:]]}, not {[each for each, _ in shown[1:]]}",
        ]
    pairs = enumerate(zip(sides, shown, strict=True), 1)
    apart = [(at, one, other) for at, ((_, one), (_, other)) in pairs if not same(one, other)]
    return [*hidden, *(f"side {at} reads as {brief(one)}, and is {brief(other)}" for at, one, other in apart)]


def flat(terms: Sequence[Term], relations: Sequence[str]) -> Iterator[tuple[str, Term]]:
    """All sides, with the relations that lead to them: of an equation both."""
    for relation, term in zip(["", *relations], terms, strict=True):
        term = settled(term)
        yield relation, term[1] if term[0] == "eq" else term
        if term[0] == "eq":
            yield "=", term[2]


def same(one: Any, other: Any) -> bool:
    """Whether two values are one, up to rounding. What has no value is like nothing."""
    if isinstance(one, tuple) or isinstance(other, tuple):
        both = isinstance(one, tuple) and isinstance(other, tuple) and len(one) == len(other)
        return both and all(map(same, one, other))
    if isinstance(one, str) or isinstance(other, str) or mp.isinf(one) or mp.isinf(other):
        return bool(one == other)
    return bool(abs(one - other) <= CLOSE * max(abs(one), abs(other)))


def brief(value: Any) -> str:
    return mp.nstr(value, 8) if not isinstance(value, tuple) else f"({', '.join(map(brief, value))})"


def unlike(known: Table, terms: Sequence[Term]) -> Iterator[str]:
    """Arguments that a name leaves out although they are not what it is said to leave out."""
    unseen = {atom.key: atom.unseen for atom in known.atoms if atom.form == "name"}
    partial = {atom.key: atom.unseen for atom in known.atoms if atom.form == "partial"}
    for term in terms:
        for part in everything(settled(term)):
            over = part[0] == "fn" and part[2][0] == "app" and part[2][-1] == ("sym", part[1])
            whole, which = (part[2], partial) if over else (part, unseen)
            for place, given in which.get(whole[1], ()) if whole[0] == "app" else ():
                if len(whole) <= place + 2 or whole[place + 2] != given:
                    yield f"{whole[1]} does not show its argument {place + 1}, and it is not {given}"


def somewhere(terms: Sequence[Term], context: Context) -> dict[str, Any]:
    """Some number for every quantity, of its range."""
    terms = [settled(term) for term in terms]
    counts = {
        name
        for term in terms
        for part in everything(term)
        if part[0] in ("sum", "prod")
        for end in part[3:]
        for name in free(end)
    }
    letters = sorted(set(context.quantities).union(*map(free, terms)))
    found: dict[str, Any] = {}
    with mp.workdps(DIGITS):
        for at, name in enumerate(letters):
            over, step = context.quantities.get(name), weight(name) - mp.mpf(1) / 2
            if over is None or over.point:
                found[name] = 3 + at if name in counts else step
                continue
            low, high = (end_of(end, found) for end in (over.low, over.high))
            if over.whole:
                whole = (int(low) if low is not None else 0) + 2 + at
                found[name] = whole if high is None else min(whole, int(high))
            elif low is not None or high is not None:
                base = low if low is not None else high - 1
                found[name] = base + (high - base if high is not None else 2) * step
            else:
                found[name] = 3 * step - 1
    return found


def end_of(end: Term | None, point: Mapping[str, Any]) -> Any:
    """An end of a range, where it is known already."""
    if (
        end is None
        or end[0] == "inf"
        or not free(end) <= set(point)
        or any(part[0] == "app" for part in everything(end))
    ):
        return None
    return real(number(end, point, opaque))
