"""What a statement holds for, as its readers see it: ranges, hypotheses, conventions, as TeX and as plain text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from derivations.catalogue.conditions import Condition
from derivations.engine.equation import Equation
from derivations.engine.kernel.check import closure
from derivations.engine.kernel.statements import Context, Hypothesis, Range
from derivations.engine.kernel.terms import Term, free, num, parts, sym
from derivations.engine.plain import RELATIONS as PLAIN
from derivations.engine.plain import chain_plain, plain
from derivations.engine.tex import chain_tex, tex
from derivations.engine.writing import Style

Shown = tuple[str, str]
"""TeX, and plain text."""
FEW = 4
"""Up to so many whole numbers are listed."""


def both(term: Term, style: Style) -> Shown:
    """A tree, as TeX and as plain text."""
    return tex(term, style), plain(term, style)


def chain(terms: Iterable[Term], relations: Iterable[str], style: Style) -> Shown:
    """A chain, as TeX and as plain text."""
    links, signs = tuple(terms), tuple(relations)
    return chain_tex(links, signs, style), chain_plain(links, signs, style)


def ranged(term: Term, over: Range, style: Style) -> Shown | None:
    """Which values something takes; None for the points of a space."""
    if over.point:
        return None
    shown, text = both(term, style)
    if text in ("…", "⋯"):
        return None
    low, high = over.low, over.high
    if over.whole and low is not None:
        if high is None and low[0] == "num":
            first = [str(low[1] + more) for more in range(3)]
            return rf"{shown} \in \{{{', '.join(first)}, \dots\}}", f"{text} = {', '.join(first)}, …"
        if high is not None and low[0] == high[0] == "num" and high[1] - low[1] < FEW:
            if low == high:
                return chain((term, low), ("=",), style)
            values = [str(value) for value in range(low[1], high[1] + 1)]
            return rf"{shown} \in \{{{', '.join(values)}\}}", f"{text} ∈ {{{', '.join(values)}}}"
        if high is not None:
            ends, plain_ends = zip(both(low, style), both(high, style), strict=True)
            return rf"{shown} \in \{{{ends[0]}, \dots, {ends[1]}\}}", f"{text} = {plain_ends[0]}, …, {plain_ends[1]}"
    if low is None and high is None:
        return (
            (rf"{shown} \in \mathbb{{Z}}", f"{text} ∈ ℤ")
            if over.whole
            else (rf"{shown} \in \mathbb{{R}}", f"{text} ∈ ℝ")
        )
    below, above = ("<=" if over.low_in else "<"), ("<=" if over.high_in else "<")
    if low is not None and high is not None:
        return chain((low, term, high), (below, above), style)
    end, relation = (low, below.replace("<", ">")) if high is None else (high, above)
    return chain((term, end or num(0)), (relation,), style)


def condition_shown(found: Condition, style: Style) -> Shown:
    """Under which condition a part of a proof stands: a range, a value, or the letter of an induction."""
    letter = sym(found.letter)
    if found.value is not None:
        return chain((letter, found.value), ("=",), style)
    if found.over is not None:
        return ranged(letter, found.over, style) or both(letter, style)
    return both(letter, style)


def hypothesis_shown(each: Hypothesis, style: Style) -> Shown:
    """A premise, with the letters that it holds for all of."""
    shown, text = chain((each.left, each.right), (each.relation,), style)
    if each.left[0] == "fn" or not each.every:
        return shown, text
    over = [found for name, range_ in each.every if (found := ranged(sym(name), range_, style))]
    return (
        rf"{shown} \;\; ({', '.join(one for one, _ in over)})" if over else shown,
        f"{text} ({'; '.join(two for _, two in over)})" if over else text,
    )


def occurrences(term: Term, name: str) -> Iterator[Term]:
    """Where a family is applied."""
    if term[0] == "app" and term[1] == name:
        yield term
    for part in parts(term):
        yield from occurrences(part, name)


def events(terms: Iterable[Term], context: Context, style: Style) -> dict[str, Shown]:
    """What a sum runs over whose bounds are not written under it, by the one quantity that bounds it: x ∈ {0, 1}; x = 0, …, M."""
    found: dict[str, Shown] = {}
    waiting = list(terms)
    while waiting:
        term = waiting.pop()
        waiting += parts(term)
        if term[0] != "sum" or style.index_sets.get(term[1]) != "" or term[4][0] != "sym":
            continue
        over = context.quantities.get(term[4][1])
        last = over.high if over and over.low == over.high and over.high else term[4]
        shown = ranged(sym(term[1]), Range(term[3], last, True, True, whole=True), style)
        if shown:
            found[term[4][1]] = shown
    return found


def ranges_of(equation: Equation) -> list[dict[str, str]]:
    """The ranges of all quantities and families that the statement, or a premise, speaks of; each with its name, TeX and plain text."""
    context, style = equation.context, equation.style
    premises = [side for each in context.hypotheses for side in (each.left, each.right)]
    terms = [term for row in equation.rows for term in row[0]] + premises
    spoken = [*terms, *(context.names[name].body for name in reached(terms, context) if name in context.names)]
    letters = {letter for term in terms for letter in free(term)}
    families = [name for name in context.families if name in reached(terms, context)]
    ends = [end for name in families for end in (context.families[name].low, context.families[name].high) if end]
    letters |= {letter for end in ends for letter in free(end)}
    shown_sums = events(terms, context, style)
    summed = events([*spoken, *(name.body for name in context.names.values())], context, style)
    found: list[tuple[str, Shown | None]] = []
    for name, over in context.quantities.items():
        if name in summed and (name in shown_sums or over.low != over.high):
            found.append((name, summed[name]))
        if name in letters and not (name in summed and over.low == over.high):
            found.append((name, ranged(sym(name), over, style)))
    for name in families:
        places = sorted(
            (place for term in spoken for place in occurrences(term, name)),
            key=lambda place: not_general(place, context),
        )
        if places:
            found.append((name, ranged(places[0], context.families[name], style)))
    once = {shown: name for name, shown in found if shown}
    return [{"of": name, "tex": shown[0], "plain": shown[1]} for shown, name in once.items()]


def not_general(place: Term, context: Context) -> tuple[bool, int, str]:
    """Whether an application is of single members, f(x^1), and not of any, f(x^n); long ones last, and of two alike always the same."""
    return any(not free(each) for each in place[2:]), len(str(place)), str(place)


def reached(terms: Iterable[Term], context: Context) -> set[str]:
    """The names and families that some terms speak of, through definitions too."""
    return set().union(*(closure(term, context) for term in terms)) if terms else set()


def relation_shown(relation: str) -> str:
    """A relation in plain text."""
    return PLAIN[relation]
