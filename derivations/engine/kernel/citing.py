"""Rewriting by laws, by meanings and by what has been proved, and what has to hold before something is cited."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from derivations.engine.kernel.arithmetic import member_of, unfold
from derivations.engine.kernel.definedness import argument_defined, defined
from derivations.engine.kernel.laws import LAWS, match
from derivations.engine.kernel.printing import show
from derivations.engine.kernel.scopes import inside
from derivations.engine.kernel.statements import Context, Hypothesis, Line, Refused, Statement
from derivations.engine.kernel.terms import BINDERS, Term, alike, free, fresh, heads, names_in, put, spaces, sym


@dataclass(frozen=True, eq=False)
class Theorem:
    """A statement that the kernel has accepted. Only `prove` makes one."""

    statement: Statement


@dataclass(frozen=True)
class Meaning:
    """A definition as something to cite: the name is what the context says that it is, wherever that is defined."""

    name: str


Library = Mapping[str, "Theorem | Meaning"]
MOST_STEPS = 6_000
"""So many nodes are looked at, and made, for one side of a line."""


def rewritten(term: Term, laws: list[str], cites: Library, context: Context, fired: set[str], fuel: int = 400) -> Term:
    """Use the laws and citations wherever they apply, outside in, until none does."""
    wanted: set[str] | None = set()
    for name in laws:
        wanted = None if wanted is None or not LAWS[name].heads else wanted | set(LAWS[name].heads)
    for cited in cites.values():
        wanted = (
            None
            if wanted is None
            else wanted | ({"app"} if isinstance(cited, Meaning) else {left[0] for left in cited.statement.terms})
        )
    steps = [0]
    while True:
        before = term
        term = once(term, laws, cites, context, fired, wanted, steps)
        if term == before:
            return term
        fuel -= 1
        if not fuel:
            raise Refused(f"the laws {', '.join(laws)} come to no end here")


def once(
    term: Term, laws: list[str], cites: Library, context: Context, fired: set[str], wanted: set[str] | None, steps: list[int]
) -> Term:  # fmt: skip
    steps[0] += 1
    if steps[0] > MOST_STEPS:
        raise Refused(f"the laws {', '.join(laws)} come to no end here")
    if wanted is not None and wanted.isdisjoint(heads(term)):
        return term
    if wanted is None or term[0] in wanted:
        for name in laws:
            law = LAWS[name]
            if not law.heads or term[0] in law.heads:
                found = law.move(term, context)
                if found is not None and found != term:
                    fired.add(name)
                    steps[0] += len(str(found)) // 50
                    return found
        for name, cited in cites.items():
            found = meant(cited, term, context) if isinstance(cited, Meaning) else as_cited(cited, term, context)
            if found is not None and found != term:
                fired.add(name)
                steps[0] += len(str(found)) // 50
                return found
    within = inside(term, context) if term[0] in BINDERS else context
    found = tuple(
        once(part, laws, cites, within if at == 2 else context, fired, wanted, steps)
        if isinstance(part, tuple) and part[0] != "inf"
        else part
        for at, part in enumerate(term)
    )
    return found if found != term else term


def meant(cited: Meaning, term: Term, context: Context) -> Term | None:
    return unfold(term, context) if term[0] == "app" and term[1] == cited.name and cited.name in context.names else None


def as_cited(theorem: Theorem, term: Term, context: Context) -> Term | None:
    """The last term of a chain of equals, for an earlier one, with what fits put in for its quantities."""
    statement = theorem.statement
    equals = next((at for at, relation in enumerate(statement.relations) if relation != "="), len(statement.relations))
    for left in statement.terms[:equals]:
        if left[0] in ("sym", "num", "dec", "neg") and not names_in(left):
            continue
        found = match(left, term, set(statement.context.quantities))
        if found is not None and may_cite(statement, found, context):
            return put(statement.terms[equals], found)
    return None


def may_cite(statement: Statement, found: Mapping[str, Term], context: Context) -> bool:
    """Whether all that a statement asks of its quantities, families and premises holds here, for these values of its quantities."""
    theirs, found = statement.context, dict(found)
    if not theirs.conventions <= context.conventions:
        return False
    used = frozenset().union(*(free(term) for term in statement.terms))
    for name in theirs.quantities.keys() - found.keys():
        if name in used:
            return False
        if name in theirs.speaks_of:  # in ranges and premises alone: the quantity of that name here, or nothing
            if name not in context.quantities:
                return False
            found[name] = sym(name)
    over_spaces = frozenset().union(*map(spaces, statement.terms))
    if any(theirs.quantities.get(each) != context.quantities.get(each) for each in over_spaces):
        return False
    for name, over in theirs.quantities.items():
        if name not in found:
            continue
        try:
            (argument_defined if over.point else defined)(found[name], context)
            if not member_of(found[name], over.moved(found), context):
                return False
        except Refused:
            return False
    asked = [over for name, over in theirs.quantities.items() if name in found]
    asked += [*theirs.families.values(), *(over for premise in theirs.hypotheses for _, over in premise.every)]
    said = (*statement.terms, *theirs.premises, *(end for over in asked for end in over.ends))
    mentioned = set().union(*(closure(term, theirs) for term in said))
    for name, over in theirs.families.items():
        ours = context.families.get(name)
        if name in mentioned and (ours is None or ours != over.moved(found)):
            return False
    if any(context.names.get(name) != definition for name, definition in theirs.names.items() if name in mentioned):
        return False
    return all(premise_holds(premise, found, context) for premise in theirs.hypotheses)


def closure(term: Term, context: Context) -> set[str]:
    """The names and families that a tree speaks of, those in their definitions included."""
    found, ahead = set(), list(names_in(term))
    while ahead:
        name = ahead.pop()
        if name not in found:
            found.add(name)
            ahead += names_in(context.names[name].body) if name in context.names else ()
    return found


def premise_holds(premise: Hypothesis, found: Mapping[str, Term], context: Context) -> bool:
    """Whether a premise of what is cited, for these values, is a premise here. What it holds for every value of is renamed, so that no value speaks of it."""
    new = {name: sym(f"{name}'{next(fresh)}") for name, _ in premise.every}
    left, right = (put(put(side, new), found) for side in premise.sides)
    letters = {new[name][1]: over.moved(new).moved(found) for name, over in premise.every}
    if (free(left) | free(right)) - set(letters) - set(context.quantities):
        return False
    for own in context.hypotheses:
        if own.speaks_of & context.bound:
            continue
        put_in = match(own.left, left, {name for name, _ in own.every})
        if put_in is None or not alike(put(own.right, put_in), right):
            continue
        within = replace(context, quantities={**context.quantities, **letters})
        if all(name in put_in and member_of(put_in[name], over.moved(put_in), within) for name, over in own.every):
            return True
    return False


def by_citation(now: Term, line: Line, context: Context, library: Library) -> None:
    for statement in statements_of(line, library):
        for start, left in enumerate(statement.terms):
            relation = "="
            for at in range(start, len(statement.relations)):
                if relation == "≈" or (relation := composed(relation, statement.relations[at]) or "") == "":
                    break
                found = match(
                    ("eq", left, statement.terms[at + 1]), ("eq", now, line.term), set(statement.context.quantities)
                )
                if found is not None and implies(relation, line.relation) and may_cite(statement, found, context):
                    return
    raise Refused(f"{show(now)} {line.relation} {show(line.term)} is not what {', '.join(line.cites)} says")


def statements_of(line: Line, library: Library) -> list[Statement]:
    return [cited.statement for name in line.cites if isinstance(cited := library[name], Theorem)]


def composed(one: str, other: str) -> str | None:
    """The relation of the ends of two steps."""
    if one == "=" or other == "=":
        return other if one == "=" else one
    if one[0] != other[0] or one[0] not in "<>":
        return None
    return one[0] if len(one + other) < 4 else one


def implies(one: str, other: str) -> bool:
    return one == other or (other in ("<=", ">=") and one in ("=", other[0]))
