"""Wrong variants of statements and of proofs' lines, which the witness and the kernel have to refute, each alone.

A checker that has never refused anything is not known to check. So what is written is spoilt in the ways in which one mistypes and misremembers. A variant that happens to be
true is recognised (the kernel accepts it and no point contradicts it, or it is worth exactly the same at every point) and not counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice, zip_longest
from typing import Any

from flint import fmpq

from derivations.engine import narrowing
from derivations.engine.arithmetic import NoValue, Undefined
from derivations.engine.claims import NO_VALUE, Claim, agrees, claims
from derivations.engine.deciding import PRECISIONS, At
from derivations.engine.kernel.statements import Context, Definition, Line, Statement
from derivations.engine.kernel.terms import ONE, Term, alike, free, minus, names_in, num, put, sym
from derivations.engine.witness import Narrowed, Places, different

MOST, MOST_OF_A_LINE = 20, 6
"""Variants made of one term, taken in turn from every kind."""
SHOWN = 4
"""Wrong variants of a statement that are published with it."""

TURNED = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}

Accepts = Callable[[Statement, tuple[Line, ...]], bool]
"""Whether the kernel accepts a statement with these lines as its proof."""


@dataclass(frozen=True)
class Variant:
    """A statement with its proof, spoilt in one way.

    Args:
        claims: the relations that the change touches, in `context`.
        changed: the term before and after; None where a relation was turned.
        solutions: values of a variable at which equations are tried.
        place: of the term of the statement that was changed; None where it was another.
    """

    kind: str
    statement: Statement
    lines: tuple[Line, ...]
    context: Context
    claims: tuple[Claim, ...]
    changed: tuple[Term, Term] | None
    solutions: tuple[tuple[str, Term], ...] = ()
    place: int | None = None

    def __str__(self) -> str:
        return f"{self.kind}: {'; '.join(map(str, self.claims))}"


@dataclass(frozen=True)
class Totals:
    """What became of the variants.

    Args:
        made: all of them.
        equal: those true by chance: accepted by the kernel, or exactly equal at every point, and contradicted at none.
        unrefuted: those that hold, decided, at every point, and that this proof does not prove: true as far as points tell, so not counted as wrong.
        by_witness, by_kernel: of the wrong ones, those that each refutes alone.
        survived: the wrong ones that a checker let pass, and which checker.
        stated: of the wrong ones that both refute, those in which a term of the statement was changed.
    """

    made: int = 0
    equal: int = 0
    unrefuted: tuple[str, ...] = ()
    by_witness: int = 0
    by_kernel: int = 0
    survived: tuple[str, ...] = ()
    stated: tuple[Variant, ...] = ()

    @property
    def wrong(self) -> int:
        """Variants that are not true."""
        return self.made - self.equal - len(self.unrefuted)

    def __add__(self, other: Totals) -> Totals:
        return Totals(
            self.made + other.made,
            self.equal + other.equal,
            self.unrefuted + other.unrefuted,
            self.by_witness + other.by_witness,
            self.by_kernel + other.by_kernel,
            self.survived + other.survived,
            self.stated + other.stated,
        )


def put_to_the_test(
    statement: Statement,
    lines: tuple[Line, ...],
    accepts: Accepts,
    narrowed: Narrowed = narrowing.narrowed,
    places: Places | None = None,
) -> Totals:
    """Every variant put to both checkers, one without the other.

    Args:
        accepts: the kernel alone; what it raises is not caught.
        narrowed, places: as for `witness`.
    """
    places, points, totals = places or Places(), dict[int, list[At]](), Totals()
    for variant in variants(statement, lines, narrowed):
        context = variant.context
        if id(context) not in points:
            given = statement.inhabitant if context is statement.context else None
            points[id(context)] = [At(context, point) for point in places.of(context, given).points]
        own = points[id(context)]
        holds, accepted = tried(own, variant), accepts(variant.statement, variant.lines)
        if holds is not False and (accepted or _same(own, variant)):
            totals += Totals(made=1, equal=1)
        elif holds:
            totals += Totals(made=1, unrefuted=(str(variant),))
        else:
            passed = {"witness": holds is None, "kernel": accepted}
            survived = tuple(f"{variant} (by the {who})" for who, said in passed.items() if said)
            stated = (variant,) if not survived and variant.place is not None else ()
            totals += Totals(1, 0, (), int(holds is False), int(not accepted), survived, stated)
    return totals


def telling(stated: Iterable[Variant]) -> list[Variant]:
    """A few of them for readers: with a value on one side at least, of the last term first, each of another kind."""
    by_kind: dict[str, Variant] = {}
    for variant in sorted(stated, key=lambda each: -(each.place or 0)):
        if any({claim.left[0], claim.right[0]} - {*NO_VALUE, "lim"} for claim in variant.claims):
            by_kind.setdefault(variant.kind, variant)
    return list(by_kind.values())[:SHOWN]


def tried(own: list[At], variant: Variant) -> bool | None:
    """What balls say of a variant at the points: False where one contradicts it, True where all decide for it, else None."""
    terms = [term for claim in variant.claims for term in (claim.left, claim.right)]
    decided = True
    for at in different(own, variant.context, terms, variant.solutions):
        for claim in variant.claims:
            found = agrees(at, claim).agrees
            if found is False:
                if at in own:  # where one variant fails, the next is likely to
                    own.insert(0, own.pop(own.index(at)))
                return False
            decided = decided and found is True
    return True if decided else None


def _same(own: list[At], variant: Variant) -> bool:
    """Whether the changed term is worth exactly what the right one is, as a fraction, at every point."""
    if variant.changed is None:
        return False
    try:
        pairs = [[at.of(term, PRECISIONS[0]) for term in variant.changed] for at in own]
    except (Undefined, NoValue):
        return False
    exact = all(isinstance(before, fmpq) and isinstance(after, fmpq) for before, after in pairs)
    return exact and all(before == after for before, after in pairs)


def variants(
    statement: Statement, lines: tuple[Line, ...] = (), narrowed: Narrowed = narrowing.narrowed
) -> Iterator[Variant]:
    """Variants of each term and relation of a statement (where the proof has the same term, it is changed there too), and of each other line."""
    context, terms, relations = statement.context, statement.terms, statement.relations
    for n, term in enumerate(terms):
        for kind, other in islice(spoilt(term, context), MOST):
            changed = replace(statement, terms=(*terms[:n], other, *terms[n + 1 :]))
            proof = tuple(replace(line, term=other) if line.term == term else line for line in lines)
            touched = tuple(claim for claim in claims(changed.terms, relations) if other in (claim.left, claim.right))
            if touched:
                yield Variant(kind, changed, proof, context, touched, (term, other), _ends([*terms, other]), n)
    for n, relation in enumerate(relations):
        if relation in TURNED:
            turned = (*relations[:n], TURNED[relation], *relations[n + 1 :])
            claim = Claim(terms[n], TURNED[relation], terms[n + 1])
            yield Variant("relation turned", replace(statement, relations=turned), lines, context, (claim,), None)
    for kind, where, touched, proof, changes, solutions in _of_lines(context, terms[0], lines, narrowed, terms):
        yield Variant(kind, statement, proof, where, touched, changes, solutions)


def _ends(terms: Iterable[Term]) -> tuple[tuple[str, Term], ...]:
    """What equations `V = t` among terms say of V."""
    equations = (term for term in terms if term[0] == "eq" and term[1][0] == "sym")
    return tuple((left[1], right) for _, left, right in equations if left[1] not in free(right))


def _of_lines(
    context: Context,
    first: Term,
    lines: tuple[Line, ...],
    narrowed: Narrowed,
    done: tuple[Term, ...] = (),
    solutions: tuple[tuple[str, Term], ...] = (),
) -> Iterator[tuple[str, Context, tuple[Claim, ...], tuple[Line, ...], tuple[Term, Term] | None, Any]]:
    chain = [first, *(line.term for line in lines)]
    solutions = (*solutions, *_ends(chain))
    relations = [line.relation for line in lines]
    for n, line in enumerate(lines):
        if line.term not in done and line.relation != "=!":
            for kind, other in islice(spoilt(line.term, context), MOST_OF_A_LINE):
                spoilt_chain = [*chain[: n + 1], other, *chain[n + 2 :]]
                touched = tuple(c for c in claims(spoilt_chain, relations) if other in (c.left, c.right))
                proof = (*lines[:n], replace(line, term=other), *lines[n + 1 :])
                yield kind, context, touched, proof, (line.term, other), (*solutions, *_ends([other]))
        if line.relation in TURNED:
            turned = TURNED[line.relation]
            proof = (*lines[:n], replace(line, relation=turned), *lines[n + 1 :])
            yield "relation turned", context, (Claim(chain[n], turned, chain[n + 1]),), proof, None, solutions
        for m, part in enumerate(line.parts):
            inner = narrowed(context, chain[n], line, m)
            if inner is not None:
                stated = narrowing.solutions(chain[n], line)
                for kind, where, touched, proof, changes, own in _of_lines(
                    inner, part.first, part.lines, narrowed, solutions=stated
                ):
                    parts = (*line.parts[:m], replace(part, lines=proof), *line.parts[m + 1 :])
                    outer = (*lines[:n], replace(line, parts=parts), *lines[n + 1 :])
                    yield kind, where, touched, outer, changes, own


# ---------------------------------------------------------------- one term


def spoilt(term: Term, context: Context) -> Iterator[tuple[str, Term]]:
    """A term spoilt in one way each, no two alike: one of each kind, then the second of each, and so on."""
    kinds = [
        [("sign", ("neg", term))] if term[0] not in ("eq", "set", "tuple", "argmax", "argmin", "roots") else [],
        *([(kind, other) for other in _at_sites(term, change)] for kind, change in _CHANGES.items()),
        [("swapped symbols", other) for other in _swapped(term, context)],
        [("swapped arguments", other) for other in _at_sites(term, lambda node: _exchanged(node, context))],
    ]
    seen: list[Term] = [term]
    for row in zip_longest(*kinds):
        for found in row:
            if found is not None and not any(alike(found[1], each) for each in seen):
                seen.append(found[1])
                yield found


def _at_sites(term: Term, change: Callable[[Term], Iterator[Term]]) -> Iterator[Term]:
    """The term with one change at one place: every place, every way. The ends of sums and intervals have a kind of their own."""
    yield from change(term)
    inner = (
        range(2, 3)
        if term[0] in ("sum", "prod", "d", "lim", "argmax", "argmin", "roots", "fn")
        else range(1, len(term))
    )
    for n in inner:
        if isinstance(term[n], tuple) and not (term[0] == "^" and n == 2 and term[n][0] == "num"):
            for other in _at_sites(term[n], change):
                yield (*term[:n], other, *term[n + 1 :])


def _signs(node: Term) -> Iterator[Term]:
    if node[0] == "+":
        for n in range(1, len(node)):
            yield (*node[:n], node[n][1] if node[n][0] == "neg" else ("neg", node[n]), *node[n + 1 :])
    elif node[0] == "neg":
        yield node[1]


def _coefficients(node: Term) -> Iterator[Term]:
    if node[0] == "num":
        yield num(node[1] + 1)
    elif node[0] == "dec":
        yield ("dec", node[1] + 1, node[2])


def _exponents(node: Term) -> Iterator[Term]:
    if node[0] == "^":
        yield ("^", node[1], num(node[2][1] + 1) if node[2][0] == "num" else ("+", node[2], ONE))


def _fewer(head: str, least: int) -> Callable[[Term], Iterator[Term]]:
    def change(node: Term) -> Iterator[Term]:
        if node[0] == head and len(node) > least:
            for n in range(1, len(node)):
                rest = (*node[1:n], *node[n + 1 :])
                yield rest[0] if len(rest) == 1 and head != "set" else (head, *rest)
        elif node[0] == "/" and head == "*":
            yield node[1]

    return change


def _kinds_turned(node: Term) -> Iterator[Term]:
    other = {"sum": "prod", "prod": "sum", "argmax": "argmin", "argmin": "argmax"}.get(node[0])
    if other:
        yield (other, *node[1:])


def _bounds(node: Term) -> Iterator[Term]:
    if node[0] in ("sum", "prod"):
        yield (*node[:3], ("+", node[3], ONE), node[4])
        yield (*node[:4], minus(node[4], ONE))


def _exchanged(node: Term, context: Context) -> Iterator[Term]:
    named = node[0] == "app" and len(node) == 4 and len(context.names.get(node[1], _NONE).parameters) == 2
    if node[0] in ("/", "binom") or named:
        yield (*node[:-2], node[-1], node[-2])


def _swapped(term: Term, context: Context) -> Iterator[Term]:
    """Symbols, and families, of like range exchanged throughout; and p for 1 - p."""
    quantities = list(context.quantities.items())
    for n, (one, over) in enumerate(quantities):
        for other, range_ in quantities[n + 1 :]:
            if range_ == over and not over.point:
                yield put(term, {one: sym(other), other: sym(one)})
        if (over.low, over.high) == (num(0), ONE):
            yield put(term, {one: minus(ONE, sym(one))})
    families = list(context.families.items())
    for n, (one, over) in enumerate(families):
        for other, range_ in families[n + 1 :]:
            if range_ == over and {one, other} & names_in(term):
                yield put(term, {one: sym(other), other: sym(one)})


_NONE = Definition((), ONE)
_CHANGES: dict[str, Callable[[Term], Iterator[Term]]] = {
    "sign": _signs,
    "coefficient": _coefficients,
    "exponent": _exponents,
    "term dropped": _fewer("+", 2),
    "factor dropped": _fewer("*", 2),
    "member dropped": _fewer("set", 1),
    "sum and product": _kinds_turned,
    "end one off": _bounds,
}
