"""The judge: a statement is proved when every line follows from the line above by the laws that it names, and nothing else decides.

A line holds when both sides, rewritten by its laws and citations until none applies, are the same fraction over atoms. Each law that is named must be needed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from math import comb
from weakref import WeakSet

from derivations.engine.kernel.arithmetic import (
    ALONE,
    Field,
    argument_defined,
    as_number,
    binder_defined,
    defined,
    inside,
    member_of,
    nonzero,
    positive,
    regular,
    same,
    sign,
    size,
    unfold,
    whole,
)  # fmt: skip
from derivations.engine.kernel.enclosure import enclosed, rounds_to
from derivations.engine.kernel.laws import LAWS, match
from derivations.engine.kernel.printing import show
from derivations.engine.kernel.statements import Context, Definition, Hypothesis, Line, Part, Range, Refused, Statement
from derivations.engine.kernel.terms import (
    BINDERS,
    ONE,
    ZERO,
    Term,
    alike,
    bare,
    free,
    fresh,
    heads,
    letter,
    minus,
    names_in,
    neg,
    num,
    parts,
    put,
    spaces,
    sym,
    well_formed,
)

WHOLE_LINE = frozenset({"collect", "sign", "tangent", "below-one", "rises-falls", "rises", "falls", "gap", "solve", "never-zero", "cases", "induction", "rounding", "digits", "only-root", "touches", "zero-product"})  # fmt: skip
EQUATIONS = frozenset({"multiply"})
"""Laws from one equation to the next."""
"""Laws about a line and not about a node."""
CONVENTIONS = frozenset({"0^0 = 1", "0 log 0 = 0"})
COMPOSED = {"=": "=", "<": "<", ">": ">", "<=": "<=", ">=": ">="}


@dataclass(frozen=True, eq=False)
class Theorem:
    """A statement that the kernel has accepted. Only `prove` makes one."""

    statement: Statement


@dataclass(frozen=True)
class Meaning:
    """A definition as something to cite: the name is what the context says that it is, wherever that is defined."""

    name: str


_ACCEPTED: WeakSet[Theorem] = WeakSet()
MANY = 10_000
"""So many terms of a sum, bits of a power at the most."""
MOST_STEPS = 6_000
"""So many nodes are looked at, and made, for one side of a line."""
Library = Mapping[str, "Theorem | Meaning"]


# --- definitions and contexts ------------------------------------------------------------------------------------------


def check_definition(name: str, definition: Definition, context: Context) -> None:
    """Refuse a definition of a name that has a meaning, that speaks of what is no parameter, or of itself; or that is not defined on its domain."""
    if name in context.names or name in context.families:
        raise Refused(f"{name} has a meaning already")
    parameters = set(definition.parameters)
    if len(parameters) < len(definition.parameters):
        raise Refused(f"{name}: a parameter is named twice")
    stray = free(definition.body) - parameters
    unknown = names_in(definition.body) - set(context.names) - set(context.families) - parameters
    if stray or unknown:
        raise Refused(f"{name}: {', '.join(sorted(stray | unknown))} has no meaning in the definition")
    if definition.body[0] in ALONE - {"tuple"}:
        raise Refused(f"{name}: {show(definition.body)} is no number, and no point")
    functions = names_in(definition.body) & parameters
    if functions:  # of distributions: what it is for is checked wherever it is used
        return
    for body in definition.body[2:] if definition.body[0] == "table" else (definition.body,):
        argument_defined(body, context)


def check_forms(context: Context) -> None:
    """Refuse letters that are names, names that are two things, and definitions that speak of themselves or of what they do not have."""
    applied = context.names.keys() | context.families.keys()
    if unknown := context.conventions - CONVENTIONS:
        raise Refused(f"{', '.join(sorted(unknown))} is no convention; there are {', '.join(sorted(CONVENTIONS))}")
    if context.names.keys() & context.families.keys() or "?" in applied:
        raise Refused("a name is a family too")
    letters = [*context.quantities, *(name for premise in context.hypotheses for name, _ in premise.every)]
    if any(not letter(name) or "'" in name or name in applied for name in letters):
        raise Refused("a letter is a name too, or no letter")
    ranges = [
        *context.quantities.values(),
        *context.families.values(),
        *(over for premise in context.hypotheses for _, over in premise.every),
    ]
    ends = [end for over in ranges for end in (over.low, over.high) if end is not None]
    bodies = [
        body for each in context.names.values() for body in (each.body[2:] if each.body[0] == "table" else (each.body,))
    ]
    if not all(
        map(
            well_formed,
            [*ends, *bodies, *(side for premise in context.hypotheses for side in (premise.left, premise.right))],
        )
    ):
        raise Refused("what the context says is no formula")
    for name, meaning in context.names.items():
        own = set(meaning.parameters)
        if not all(map(letter, own)) or len(own) < len(meaning.parameters) or own & applied:
            raise Refused(f"{name}: a parameter is a name, no letter, or there twice")
        if (
            free(meaning.body) - own
            or names_in(meaning.body) - own - applied
            or name in closure(meaning.body, context)
            or meaning.body[0] in ALONE - {"tuple"}
        ):
            raise Refused(f"{name} speaks of itself, or of what is no parameter and has no meaning")
        if meaning.body[0] == "table" and (type(meaning.body[1]) is not int or len(meaning.body) < 3 or not own):
            raise Refused(f"{name} is no table")


def check_context(context: Context, inhabitant: Mapping[str, object]) -> None:
    """Refuse a domain without a single point: the point that is shown must lie in every range and satisfy every premise."""
    reader = Evaluation(context, inhabitant)
    for name, over in context.quantities.items():
        if not over.point:
            reader.in_range(name, reader.number(sym(name)), over)
    for over in (*context.quantities.values(), *context.families.values()):
        for end in (over.low, over.high):
            if end is not None:
                defined(end, context)
    for name, over in context.families.items():
        values = inhabitant.get(name)
        for value in (values.values() or (None,)) if isinstance(values, Mapping) else () if over.point else (values,):
            if not isinstance(value, (int, Fraction)):
                raise Refused(f"no number of {name} is shown")
            reader.in_range(name, Fraction(value), over)
    for premise in context.hypotheses:
        if premise.relation == "=" and about_points(premise.left, context) and about_points(premise.right, context):
            continue
        within = replace(context, quantities={**context.quantities, **dict(premise.every)})
        for side in (premise.left, premise.right):
            well_placed(side, within)
        for values in reader.instances(premise):
            one, other = (
                Evaluation(context, {**inhabitant, **values}).number(side) for side in (premise.left, premise.right)
            )
            if premise.relation != "=" or one != other:
                raise Refused(
                    f"the premise {show(premise.left)} = {show(premise.right)} does not hold at the point that is shown: {one}, {other}"
                )


def about_points(term: Term, context: Context) -> bool:
    """Whether a side of a premise is made of points alone, or the place of a maximum over points: such an equation is true where every space has one point."""
    if term[0] in ("argmax", "argmin", "tuple"):
        return all(
            about_points(sym(name) if isinstance(name, str) else name, context)
            for name in (term[1].split(",") if term[0] != "tuple" else term[1:])
        )
    return term[0] == "sym" and member_of(term, Range(point=True), context)


class Evaluation:
    """Exact values at one point, by counting out sums and products."""

    def __init__(self, context: Context, point: Mapping[str, object]) -> None:
        self.context, self.point = context, point

    def number(self, term: Term) -> Fraction:
        of = self.number
        match term[0]:
            case "num":
                return Fraction(term[1])
            case "dec":
                return Fraction(term[1], 10 ** term[2])
            case "sym" if isinstance(value := self.point.get(term[1]), (int, Fraction)):
                return Fraction(value)
            case "+":
                return sum(map(of, term[1:]), Fraction(0))
            case "*":
                found = Fraction(1)
                for part in term[1:]:
                    found *= of(part)
                return found
            case "neg":
                return -of(term[1])
            case "/" if below := of(term[2]):
                return of(term[1]) / below
            case "^" if (exponent := of(term[2])).denominator == 1:
                base = of(term[1])
                stated = exponent > 0 or base != 0 or (exponent == 0 and "0^0 = 1" in self.context.conventions)
                if stated and abs(exponent) * size(base) <= MANY:
                    return base ** int(exponent)
            case "exp" if of(term[1]) == 0:
                return Fraction(1)
            case "log" if of(term[1]) == 1:
                return Fraction(0)
            case "is":
                return Fraction(of(term[1]) == of(term[2]))
            case "binom" if (
                all(of(part).denominator == 1 for part in term[1:]) and 0 <= of(term[2]) <= of(term[1]) <= MANY
            ):
                return Fraction(comb(int(of(term[1])), int(of(term[2]))))
            case "sum" | "prod" if (
                all(of(end).denominator == 1 for end in term[3:]) and 0 <= of(term[4]) - of(term[3]) + 1 <= MANY
            ):
                found = Fraction(term[0] == "prod")
                for at in range(int(of(term[3])), int(of(term[4])) + 1):
                    value = Evaluation(self.context, {**self.point, term[1]: at}).number(term[2])
                    found = found + value if term[0] == "sum" else found * value
                return found
            case "d":
                return self.slope(term)
            case "app" if term[1] in self.context.names:
                unfolded = unfold((*term[:2], *map(self.settled, term[2:])), self.context)
                if unfolded is not None:
                    return of(unfolded)
            case "app" if term[1] in self.context.families:
                values = self.point.get(term[1])
                if isinstance(values, Mapping):
                    values = values.get(tuple(of(part) for part in term[2:] if not self.is_point(part)))
                if isinstance(values, (int, Fraction)):
                    self.in_range(term[1], Fraction(values), self.context.families[term[1]])
                    return Fraction(values)
        raise Refused(f"{show(term)} has no exact value at the point that shows that the domain is not empty")

    def slope(self, term: Term) -> Fraction:
        """A derivative, by the laws of logarithms and then of derivatives."""
        meanings = {name: Meaning(name) for name in self.context.names}
        logarithms = ["log-product", "log-power", "log-quotient", "log-exp"]
        found = rewritten(term, logarithms, meanings, self.context, set())
        found = rewritten(found, [name for name in LAWS if name.startswith("derivative")], {}, self.context, set())
        if any(part[0] == "d" for part in (found, *parts(found))):
            raise Refused(f"{show(term)} has no exact value at the point that shows that the domain is not empty")
        return self.number(found)

    def settled(self, term: Term) -> Term:
        if term[0] == "sym" and isinstance(given := self.point.get(term[1]), (int, Fraction)):
            value = Fraction(given)
            return (
                num(value.numerator) if value.denominator == 1 else ("/", num(value.numerator), num(value.denominator))
            )
        return term

    def is_point(self, term: Term) -> bool:
        return member_of(term, Range(point=True), self.context)

    def in_range(self, name: str, value: Fraction, over: Range) -> None:
        low, high = (None if end is None else self.number(end) for end in (over.low, over.high))
        fits = (low is None or low < value or (over.low_in and low == value)) and (
            high is None or value < high or (over.high_in and value == high)
        )
        if not fits or (over.whole and value.denominator != 1):
            raise Refused(f"{name} = {value}, the point that is shown, is outside of its range")

    def instances(self, premise: Hypothesis) -> list[dict[str, object]]:
        """Enough values of the letters that a premise holds for: all, or one where it says the same for every one."""
        found: list[dict[str, object]] = [{}]
        endless: set[str] = set()
        for name, over in premise.every:
            if over.point:
                continue
            if (
                not over.whole
                or over.low is None
                or any(endless & free(end) for end in (over.low, over.high) if end is not None)
            ):
                raise Refused(f"a premise for every {name}: only whole numbers with a first are supported")
            if over.high is None and not all(self.indifferent(side, name) for side in (premise.left, premise.right)):
                raise Refused(
                    f"a premise for every {name} without end has to speak of it as the argument of a family alone"
                )
            endless |= set() if over.high is not None else {name}
            more = []
            for each in found:
                at = Evaluation(self.context, {**self.point, **each})
                first = int(at.number(over.low))
                last = first if over.high is None else int(at.number(over.high))
                more += [{**each, name: value} for value in range(first, last + 1)]
            found = more
        return found

    def indifferent(self, term: Term, letter: str) -> bool:
        """Whether a tree has one value for all values of a letter: it is an argument of families that are shown with one value."""
        if letter not in free(term):
            return True
        if term[0] == "app" and term[1] in self.context.families:
            return not isinstance(self.point.get(term[1]), Mapping)
        unfolded = unfold(term, self.context) if term[0] == "app" and term[1] in self.context.names else None
        if unfolded is not None:
            return self.indifferent(unfolded, letter)
        return (
            bool(parts(term))
            and term[0] not in ("sym", "is")
            and all(self.indifferent(part, letter) for part in parts(term))
        )


# --- rewriting ---------------------------------------------------------------------------------------------------------


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
        if name in spoken_of(theirs):  # in ranges and premises alone: the quantity of that name here, or nothing
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
    said = [end for over in asked for end in (over.low, over.high) if end is not None]
    said += [side for premise in theirs.hypotheses for side in (premise.left, premise.right)]
    mentioned = set().union(*(closure(term, theirs) for term in (*statement.terms, *said)))
    for name, over in theirs.families.items():
        ours = context.families.get(name)
        if name in mentioned and (ours is None or not same_range(ours, over, found)):
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


def spoken_of(context: Context) -> frozenset[str]:
    """The quantities that ranges and premises speak of."""
    ranges = [*context.quantities.values(), *context.families.values()]
    own = [free(end) for over in ranges for end in (over.low, over.high) if end is not None]
    return frozenset().union(*own, *(premise.speaks_of for premise in context.hypotheses))


def same_range(ours: Range, theirs: Range, found: Mapping[str, Term]) -> bool:
    return ours == theirs.moved(found)


def premise_holds(premise: Hypothesis, found: Mapping[str, Term], context: Context) -> bool:
    """Whether a premise of what is cited, for these values, is a premise here. What it holds for every value of is renamed, so that no value speaks of it."""
    new = {name: sym(f"{name}'{next(fresh)}") for name, _ in premise.every}
    left, right = (put(put(side, new), found) for side in (premise.left, premise.right))
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


# --- lines -------------------------------------------------------------------------------------------------------------


def holds(now: Term, line: Line, context: Context, library: Library) -> None:
    """Refuse a line that does not follow."""
    unknown = [name for name in line.laws if name not in LAWS and name not in WHOLE_LINE] + [
        name for name in line.cites if name not in library
    ]
    if unknown:
        raise Refused(f"no law and no equation of the name {', '.join(unknown)}")
    if not line.laws and not line.cites:
        raise Refused("a line without a law")
    own = [name for name in line.laws if name in WHOLE_LINE]
    if len({*line.laws, *line.cites}) < len(line.laws) + len(line.cites):
        raise Refused("a law, or an equation, is named twice")
    if own and (len(line.laws) > 1 or (line.cites and own not in (["only-root"], ["touches"]))):
        raise Refused(f"{own[0]} is a line of its own, and cites nothing")
    judge = JUDGES.get(own[0]) if own and own[0] != "collect" else None
    if (line.by is not None and own[:1] not in (["cases"], ["induction"])) or (
        line.parts and own[:1] not in [[name] for name in NESTED]
    ):
        raise Refused("the law takes neither parts nor anything to be used with")
    if line.relation != "=" and (
        own[:1] not in (["cases"], ["sign"], ["tangent"], ["below-one"], ["rounding"], ["digits"])
        if own
        else not line.cites
    ):
        raise Refused(f"no law shows {line.relation} here")
    if line.relation != "=" and not line.cites and not {now[0], line.term[0]}.isdisjoint(ALONE):
        raise Refused(f"{show(now)} {line.relation} {show(line.term)}: only numbers are smaller and larger")
    if judge is not None:
        judge(now, line, context, library)
    elif line.relation == "=":
        equal_by(now, line, context, library)
    elif line.cites and not line.laws:
        by_citation(now, line, context, library)
    else:
        raise Refused(f"no law shows {line.relation} here")


def equal_by(now: Term, line: Line, context: Context, library: Library) -> None:
    laws, cites = [name for name in line.laws if name in LAWS], {name: library[name] for name in line.cites}

    def proves(some: list[str], cited: Library) -> bool:
        fired: set[str] = set()
        one, other = (rewritten(side, some, cited, context, fired) for side in (now, line.term))
        return alike(one, other) or (
            one[0] not in ("tuple", "set") and other[0] not in ("tuple", "set") and same(one, other, context)
        )

    if not proves(laws, cites):
        raise Refused(f"{show(now)}  =  {show(line.term)}  does not follow by {', '.join([*line.laws, *line.cites])}")
    idle = [name for name in laws if proves([each for each in laws if each != name], cites)]
    idle += [name for name in cites if proves(laws, {key: value for key, value in cites.items() if key != name})]
    if idle:
        raise Refused(f"{', '.join(idle)} is named and not needed")


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


SIGNS = {"<": ("-",), ">": ("+",), "<=": ("-", "0-", "0"), ">=": ("+", "0+", "0")}


def judge_sign(now: Term, line: Line, context: Context, library: Library) -> None:
    difference = now if line.term == ZERO else neg(line.term) if now == ZERO else minus(now, line.term)
    found = sign(difference, context)
    if line.relation not in SIGNS or found not in SIGNS[line.relation]:
        raise Refused(f"the sign of {show(difference)} is not known to be {line.relation} 0")


def judge_tangent(now: Term, line: Line, context: Context, library: Library) -> None:
    """log t <= t - 1, for each logarithm, where the tree rises (falls) with it."""
    places: list[Term] = []
    if (
        line.relation not in ("<=", ">=")
        or not same(raised(now, context, places, line.relation == "<="), line.term, context)
        or not places
    ):
        raise Refused(f"not by log t <= t - 1: {show(line.term)}")


def raised(term: Term, context: Context, places: list[Term], up: bool) -> Term:
    if not any_log(term):
        return term
    match term[0]:
        case "log":
            if not up or not positive(term[1], context):
                raise Refused("log t <= t - 1 does not bound from this side")
            places.append(term[1])
            return minus(term[1], ONE)
        case "neg":
            return neg(raised(term[1], context, places, not up))
        case "+":
            return ("+", *(raised(part, context, places, up) for part in term[1:]))
        case "*" if all(not any_log(part) and sign(part, context) in ("+", "0+") for part in term[1:-1]):
            return (*term[:-1], raised(term[-1], context, places, up))
        case "sum":
            return (*term[:2], raised(term[2], inside(term, context), places, up), *term[3:])
    raise Refused(f"log t <= t - 1 is of no use in {show(term)}")


def any_log(term: Term) -> bool:
    return term[0] == "log" or any(any_log(part) for part in parts(term))


def judge_touches(now: Term, line: Line, context: Context, library: Library) -> None:
    """log t = t - 1 at t = 1 alone: what is supposed to be 0, and is a sum of t - 1 - log t times what is positive, is so where each t is 1."""
    for statement in statements_of(line, library):
        for total, relation, gaps in zip(statement.terms, statement.relations, statement.terms[1:], strict=False):
            if relation != "=" or line.relation != "=" or gaps[0] != "sum" or not supposed(total, context):
                continue
            *weights, gap = gaps[2][1:] if gaps[2][0] == "*" else (gaps[2],)
            of = gap[1] if gap[0] == "+" else ZERO
            found = match(of, ("/", now, line.term), {gaps[1]}) or {}
            if (
                gap == ("+", of, neg(ONE), neg(("log", of)))
                and all(positive(each, inside(gaps, context)) for each in (*weights, of))
                and gaps[1] in found
                and member_of(found[gaps[1]], Range(gaps[3], gaps[4], True, True, whole=True), context)
                and may_cite(statement, {each: sym(each) for each in statement.context.quantities}, context)
            ):
                return
    raise Refused(f"no sum of t - 1 - log t, for t = {show(now)} / {show(line.term)} among others, is supposed to be 0")


def supposed(term: Term, context: Context) -> bool:
    """Whether a premise of its own says that the term is 0."""
    return any(
        alike(own.left, term)
        and (own.relation, own.right) == ("=", ZERO)
        and not own.every
        and not own.speaks_of & context.bound
        for own in context.hypotheses
    )


def judge_below_one(now: Term, line: Line, context: Context, library: Library) -> None:
    """A product of one or more factors between 0 and 1, or such a power, is below 1."""
    if line.relation != "<" or line.term != ONE:
        raise Refused("that a product is below 1 shows < 1 alone")
    if now[0] == "prod":
        within, body, some = inside(now, context), now[2], sign(("+", minus(now[4], now[3]), ONE), context) == "+"
    elif now[0] == "^":
        within, body, some = context, now[1], positive(now[2], context) and whole(now[2], context)
    else:
        raise Refused(f"{show(now)} is no product of many factors")
    if not (some and positive(body, within) and positive(minus(ONE, body), within)):
        raise Refused(f"not every factor of {show(now)} is known to lie between 0 and 1")


def judge_rounding(now: Term, line: Line, context: Context, library: Library) -> None:
    """Every decimal is the correct rounding of the term above it, decided by an enclosure in exact fractions."""
    if line.relation != "≈" or not rounds_to(now, line.term, context):
        raise Refused(f"{show(line.term)} is not the rounding of {show(now)}")


def judge_digits(now: Term, line: Line, context: Context, library: Library) -> None:
    """Two constants, told apart by as many digits as it takes (at most 30)."""
    if line.relation not in ("<", ">"):
        raise Refused("digits tell what is smaller and what is larger")
    less, more = (now, line.term) if line.relation == "<" else (line.term, now)
    if all(enclosed(minus(more, less), context, Fraction(1, 10**places))[0] <= 0 for places in (6, 30)):
        raise Refused(f"{show(less)} is not seen to be below {show(more)}")


# --- largest and smallest ----------------------------------------------------------------------------------------------


def interval(now: Term, context: Context) -> tuple[str, Term, Range, Range]:
    """The variable, the body, the interval and its inside."""
    if now[0] not in ("argmax", "argmin") or "," in now[1]:
        raise Refused(f"{show(now)} does not ask for the place of a maximum on an interval")
    over = inside(now, context).quantities[now[1]]
    return now[1], now[2], over, replace(over, low_in=False, high_in=False)


def slope_sign(part: Part, now: Term, over: Range, relation: str, context: Context, library: Library) -> None:
    """A part of a proof that shows the sign of the slope, of the body or (where it is positive) of its logarithm, on an open interval."""
    variable, body, _, inner = interval(now, context)
    within = context.extended(variable, over, binding=True)
    plain, logarithmic = (("d", variable, of, sym(variable)) for of in (body, ("log", body)))
    if part.first not in (plain, logarithmic):
        raise Refused(f"{show(part.first)} is not the slope of {show(body)}, nor of its logarithm")
    if part.first == logarithmic and not positive(body, context.extended(variable, inner, binding=True)):
        raise Refused(f"{show(body)} is not known to be positive inside")
    found = follow(part.first, part.lines, within, library)
    if not implies(found, relation) or part.lines[-1].term != ZERO:
        raise Refused(f"the slope is to be shown {relation} 0 here")


def judge_rises_falls(now: Term, line: Line, context: Context, library: Library) -> None:
    """Rises before and falls after (falls and rises): the one maximiser (minimiser)."""
    variable, body, over, _ = interval(now, context)
    place = line.term
    if (
        variable in free(place)
        or not member_of(place, replace(over, low_in=False, high_in=False), context)
        or len(line.parts) != 2
    ):
        raise Refused("two parts, before and after a place inside of the interval, are asked for")
    regular(body, variable, context.extended(variable, over, binding=True), smooth=False)
    signs = (">", "<") if now[0] == "argmax" else ("<", ">")
    slope_sign(line.parts[0], now, Range(over.low, place), signs[0], context, library)
    slope_sign(line.parts[1], now, Range(place, over.high), signs[1], context, library)


def judge_monotone(now: Term, line: Line, context: Context, library: Library) -> None:
    """Rises (falls) all the way: largest at the end that belongs to the interval, and nowhere if none does."""
    variable, body, over, inner = interval(now, context)
    rises = "rises" in line.laws
    if len(line.parts) != 1:
        raise Refused("one part, the sign of the slope, is asked for")
    regular(body, variable, context.extended(variable, over, binding=True), smooth=False)
    slope_sign(line.parts[0], now, inner, ">" if rises else "<", context, library)
    at_high = rises == (now[0] == "argmax")
    end, included = (over.high, over.high_in) if at_high else (over.low, over.low_in)
    if line.term != (end if included else ("set",)):
        raise Refused(f"the place is {show(end) if included and end else 'nowhere'}")


def judge_gap(now: Term, line: Line, context: Context, library: Library) -> None:
    """The value there minus the value anywhere is positive anywhere else: the one maximiser."""
    variable, body, over, _ = interval(now, context)
    place, sides = line.term, []
    if variable in free(place) or not member_of(place, over, context) or len(line.parts) != 1:
        raise Refused("one part, the gap, is asked for, and a place in the interval")
    within = context.extended(variable, over, binding=True)
    best, here = put(body, {variable: place}), body
    part = line.parts[0]
    if part.first != (minus(best, here) if now[0] == "argmax" else minus(here, best)):
        raise Refused("the gap is the value at the place minus the value anywhere")
    if follow(part.first, part.lines, within, library) != "=":
        raise Refused("the gap is to be shown equal to what has a sign")
    gap = part.lines[-1].term
    for low, high, low_in, high_in in ((over.low, place, over.low_in, False), (place, over.high, False, over.high_in)):
        empty = low is not None and high is not None and same(low, high, context)
        sides.append(
            empty or positive(gap, context.extended(variable, Range(low, high, low_in, high_in), binding=True))
        )
    if not all(sides):
        raise Refused(f"{show(gap)} is not known to be positive everywhere else")


# --- roots -------------------------------------------------------------------------------------------------------------


def judge_solve(now: Term, line: Line, context: Context, library: Library) -> None:
    """body = 0, by equations that say the same, down to the root, or to a product that is zero where a factor is."""
    if now[0] != "roots" or line.term[0] != "set" or len(line.parts) != 1:
        raise Refused("the roots of an equation, its solution set and one part are asked for")
    variable, part, within = now[1], line.parts[0], inside(now, context)
    over = within.quantities[variable]
    equation = ("eq", now[2], ZERO)
    if part.first != equation or not part.lines:
        raise Refused(f"the equation to begin with is {show(equation)}")
    defined(now[2], within)
    for step in part.lines:
        judge_equation(equation, step, within, library)
        equation = step.term
    if (equation[1] == sym(variable)) != (line.laws == ("solve",)):
        raise Refused(f"{show(equation)} is " + ("not solved" if line.laws == ("solve",) else "no product"))
    found = roots_of(equation, variable, within)
    for root in found:
        if not member_of(root, over, context):
            raise Refused(f"{show(root)} is not known to lie in the interval")
    listed = line.term[1:]
    pairs = ((found, listed), (listed, found))
    if len(found) != len(listed) or not all(
        any(same(one, other, context) for other in these) for those, these in pairs for one in those
    ):
        raise Refused(f"the roots are {', '.join(map(show, found))}")


def judge_equation(before: Term, step: Line, context: Context, library: Library) -> None:
    if step.relation != "<=>" or step.term[0] != "eq":
        raise Refused("an equation follows from an equation by <=>")
    for side in step.term[1:]:
        defined(side, context)
    if step.laws == ("multiply",) and step.by is not None:
        defined(step.by, context)
        if not nonzero(step.by, context):
            raise Refused(f"{show(step.by)} may be 0")
        if not same(("*", step.by, minus(*before[1:])), minus(*step.term[1:]), context):
            raise Refused(f"{show(step.term)} is not {show(before)} times {show(step.by)}")
    elif not step.cites and step.laws == ("collect",):
        difference = minus(*step.term[1:])
        if not same(minus(*before[1:]), difference, context) and not same(minus(*before[1:]), neg(difference), context):
            raise Refused(f"{show(step.term)} is not {show(before)} rearranged")
    else:
        for one, other in zip(before[1:], step.term[1:], strict=True):
            if one != other:
                equal_by(one, Line("=", other, step.laws, step.cites), context, library)


def roots_of(equation: Term, variable: str, context: Context) -> list[Term]:
    """v = root, or a product of factors = 0 each of which is linear in v or nowhere 0."""
    left, right = equation[1:]
    if left == sym(variable) and variable not in free(right):
        return [right]
    if right != ZERO:
        raise Refused(f"{show(equation)} is neither {variable} = … nor a product = 0")
    found: list[Term] = []
    for factor in left[1:] if left[0] == "*" else (left,):
        inner = factor[1] if factor[0] == "^" and factor[2][0] == "num" and factor[2][1] else factor
        if nonzero(inner, context):
            continue
        at_zero, at_one = (put(inner, {variable: at}) for at in (ZERO, ONE))
        slope = minus(at_one, at_zero)
        if not same(inner, ("+", at_zero, ("*", slope, sym(variable))), context) or not nonzero(slope, context):
            raise Refused(f"the factor {show(factor)} is neither linear in {variable} nor nowhere 0")
        root = ("/", neg(at_zero), slope)
        if not any(same(root, other, context) for other in found):
            found.append(root)
    return found


def judge_never_zero(now: Term, line: Line, context: Context, library: Library) -> None:
    if now[0] != "roots" or line.term != ("set",) or len(line.parts) != 1:
        raise Refused("the roots of an equation, the empty set and one part are asked for")
    part, within = line.parts[0], inside(now, context)
    if part.first != now[2]:
        raise Refused(f"the part is to begin with {show(now[2])}")
    if follow(part.first, part.lines, within, library) not in ("<", ">") or part.lines[-1].term != ZERO:
        raise Refused("what is never 0 is to be shown < 0 or > 0")


def judge_only_root(now: Term, line: Line, context: Context, library: Library) -> None:
    """A quantity that satisfies an equation, of which the roots are known to be one, is that root."""
    for statement in statements_of(line, library):
        for roots, found in zip(statement.terms, statement.terms[1:], strict=False):
            if roots[0] != "roots" or found[0] != "set" or len(found) != 2 or now[0] != "sym" or not may_cite(
                statement, {each: sym(each) for each in statement.context.quantities}, context
            ):  # fmt: skip
                continue
            premise = put(roots[2], {roots[1]: now})
            over = inside(roots, context).quantities[roots[1]]
            if (
                supposed(premise, context)
                and now[1] not in context.bound
                and member_of(now, over, context)
                and same(found[1], line.term, context)
            ):
                return
    raise Refused(
        f"{show(now)} is not supposed to satisfy the equation of {', '.join(line.cites)}, or its root is another"
    )


# --- cases and induction -----------------------------------------------------------------------------------------------


def judge_cases(now: Term, line: Line, context: Context, library: Library) -> None:
    """Each value of a label in turn; or a quantity from a point on, and below it."""
    if line.by is None:
        raise Refused("cases of what? `by` names the quantity, or the quantity and the point where the cases part")
    cases: list[tuple[Context, dict[str, Term]]] = []
    of = line.by[1] if line.by[0] == "tuple" else line.by
    if of[0] != "sym" or of[1] not in context.quantities or of[1] in context.bound:
        raise Refused(f"cases of {show(of)}, which is no quantity of the statement")
    over = context.quantities[of[1]]
    if line.by[0] == "tuple":
        at = line.by[2]
        defined(at, context)
        if of[1] in free(at) or over.point or (over.whole and not whole(at, context)):
            raise Refused("the cases part at a number that does not vary")
        cases.append((context.extended(of[1], replace(over, low=at, low_in=True)), {}))
        below = replace(over, high=minus(at, ONE) if over.whole else at, high_in=over.whole)
        single = over.whole and over.low is not None and below.high is not None and same(over.low, below.high, context)
        cases.append(
            (context, {of[1]: over.low}) if single and over.low is not None else (context.extended(of[1], below), {})
        )
        upper_ok = over.low is None or at_least_or_whole(at, over, context)
        if not upper_ok or (over.high is not None and not positive(minus(over.high, at), context)):
            raise Refused("the cases part outside of the range")
    else:
        first, last = (None if end is None else as_number(Field().of(end, context)) for end in (over.low, over.high))
        if not over.whole or first is None or last is None or not over.low_in or not over.high_in or last - first > 9:
            raise Refused(f"{show(of)} does not take a few values")
        cases = [(context, {of[1]: num(value)}) for value in range(int(first), int(last) + 1)]
    if len(line.parts) != len(cases):
        raise Refused(f"{len(cases)} cases are asked for")
    for part, (within, values) in zip(line.parts, cases, strict=True):
        one, other = put(now, values), put(line.term, values)
        if part.first != one or not part.lines or part.lines[-1].term != other:
            raise Refused(f"the case is to begin with {show(one)} and to end with {show(other)}")
        if not implies(follow(part.first, part.lines, within, library), line.relation):
            raise Refused(f"the case does not show {line.relation}")


def at_least_or_whole(at: Term, over: Range, context: Context) -> bool:
    return over.low is None or positive(minus(at, over.low), context)


def judge_induction(now: Term, line: Line, context: Context, library: Library) -> None:
    """For the first whole number; and from one to the next."""
    if line.by is None or line.by[0] != "sym" or line.relation != "=" or len(line.parts) != 2:
        raise Refused("induction: `by` names the whole number; a base and a step are asked for")
    name = line.by[1]
    over = context.quantities.get(name)
    if (
        over is None
        or not over.whole
        or over.low is None
        or not over.low_in
        or not whole(over.low, context)
        or over.high is not None
        or name in context.bound
    ):
        raise Refused(f"{name} does not run over the whole numbers from a first one on")
    ends = [
        end
        for each in (*context.quantities.values(), *context.families.values())
        for end in (each.low, each.high)
        if end is not None
    ]
    if any(
        name in free(term)
        for term in [*ends, *(side for premise in context.hypotheses for side in (premise.left, premise.right))]
    ) or any(name in premise.speaks_of for premise in context.hypotheses):
        raise Refused(f"a premise or a range speaks of {name}")
    following = ("+", sym(name), ONE)
    supposed = replace(context, hypotheses=(*context.hypotheses, Hypothesis(now, "=", line.term)))
    for part, within, value in ((line.parts[0], context, over.low), (line.parts[1], supposed, following)):
        one, other = put(now, {name: value}), put(line.term, {name: value})
        if part.first != one or not part.lines or part.lines[-1].term != other:
            raise Refused(f"base and step run from {show(one)} to {show(other)}")
        if follow(part.first, part.lines, within, library) != "=":
            raise Refused("base and step are to show =")


NESTED = frozenset({"rises-falls", "rises", "falls", "gap", "solve", "zero-product", "never-zero", "cases", "induction"})
JUDGES = {
    "sign": judge_sign, "tangent": judge_tangent, "below-one": judge_below_one, "rounding": judge_rounding, "digits": judge_digits, "rises-falls": judge_rises_falls,
    "rises": judge_monotone, "falls": judge_monotone, "gap": judge_gap, "solve": judge_solve, "zero-product": judge_solve, "never-zero": judge_never_zero,
    "only-root": judge_only_root, "touches": judge_touches, "cases": judge_cases, "induction": judge_induction,
}  # fmt: skip


# --- statements --------------------------------------------------------------------------------------------------------


def follow(first: Term, lines: tuple[Line, ...], context: Context, library: Library) -> str:
    """Check lines one after the other; the relation of their two ends."""
    if not lines:
        raise Refused("an empty proof")
    placed(first, context, library)
    now, relation = first, "="
    for line in lines:
        line = replace(line, term=bare(line.term))
        if line.relation not in COMPOSED:
            raise Refused(f"no line inside of a proof stands in the relation {line.relation}")
        placed(line.term, context, library)
        holds(now, line, context, library)
        relation = composed(relation, line.relation) or _refuse(f"{relation} and {line.relation} run both ways")
        now = line.term
    return relation


def _refuse(message: str) -> str:
    raise Refused(message)


def placed(term: Term, context: Context, library: Library) -> None:
    """Defined as it is written, or with what it speaks of as a cited equation says it: equals are defined together."""
    try:
        well_placed(term, context)
    except Refused:
        other = rewritten(
            term, [], {name: cited for name, cited in library.items() if isinstance(cited, Theorem)}, context, set()
        )
        if other == term:
            raise
        well_placed(other, context)


def well_placed(term: Term, context: Context) -> None:
    """A whole line may also be a set, an infinity, a limit or the place of a maximum; none of these is part of anything."""
    if term[0] == "app" and term[1] in context.names and (unfolded := unfold(term, context)) is not None:
        well_placed(unfolded, context)
    elif term[0] in ("inf", "set"):
        for part in parts(term):
            defined(part, context)
    elif term[0] == "tuple":
        for part in parts(term):
            if not member_of(part, Range(point=True), context):
                defined(part, context)
    elif term[0] in ALONE - {"eq"}:
        binder_defined(term, context)
    else:
        defined(term, context)


def trees_of(lines: tuple[Line, ...]) -> Iterator[Term]:
    for line in lines:
        yield line.term
        yield from () if line.by is None else (line.by,)
        for part in line.parts:
            yield part.first
            yield from trees_of(part.lines)


def prove(statement: Statement, lines: tuple[Line, ...], library: Library) -> Theorem:
    """Accept a statement whose lines run through all its terms, in order and in its relations; refuse it with what failed."""
    try:
        return accepted(statement, lines, library)
    except RecursionError:
        raise Refused("too deep, or ranges that speak of each other") from None


def accepted(statement: Statement, lines: tuple[Line, ...], library: Library) -> Theorem:
    if any(
        not isinstance(cited, Meaning) and (not isinstance(cited, Theorem) or cited not in _ACCEPTED)
        for cited in library.values()
    ):
        raise Refused("what is cited has not been proved")
    if not all(map(well_formed, (*statement.terms, *trees_of(lines)))):
        raise Refused("what is stated, or a line of its proof, is no formula")
    check_forms(statement.context)
    check_context(statement.context, statement.inhabitant)
    terms, relations = [bare(term) for term in statement.terms], list(statement.relations)
    if relations and relations[-1] == "=!":
        if terms[-1] != ZERO:
            raise Refused("only 0 can be asked for")
        terms, relations = terms[:-1], relations[:-1]
    if len(terms) != len(relations) + 1 or not relations or not lines or "=!" in relations:
        raise Refused("an empty proof, or nothing is claimed")
    for term in terms:
        placed(term, statement.context, library)
    if terms[-1][0] == "lim":
        raise Refused("that a limit exists is shown by its value")
    now, since, reached = terms[0], "=", 0
    for line in lines:
        line = replace(line, term=bare(line.term), parts=tuple(map(bare_part, line.parts)))
        if since == "≈":
            raise Refused("nothing follows from what is rounded")
        if line.relation == "≈":
            since = "≈" if since == "=" else _refuse("≈ after an inequality")
        else:
            since = composed(since, line.relation) or _refuse(f"{since} and {line.relation} run both ways")
        placed(line.term, statement.context, library)
        holds(now, line, statement.context, library)
        now = line.term
        if reached < len(relations) and alike(now, terms[reached + 1]) and implies(since, relations[reached]):
            reached, since = reached + 1, "="
    if reached < len(relations) or not alike(now, terms[-1]):
        raise Refused(
            f"the proof ends in {show(now)}, and {show(terms[min(reached + 1, len(terms) - 1)])} is to be reached by {relations[min(reached, len(relations) - 1)]}"
        )
    theorem = Theorem(replace(statement, terms=tuple(terms), relations=tuple(relations)))
    _ACCEPTED.add(theorem)
    return theorem


def bare_part(part: Part) -> Part:
    return Part(
        bare(part.first),
        tuple(replace(line, term=bare(line.term), parts=tuple(map(bare_part, line.parts))) for line in part.lines),
    )
