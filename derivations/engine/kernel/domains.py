"""Definitions that mean something, and contexts that are not empty: the point that is shown lies in every range and satisfies every premise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from math import comb

from derivations.engine.kernel.arithmetic import member_of, unfold
from derivations.engine.kernel.citing import Meaning, closure, rewritten
from derivations.engine.kernel.definedness import ALONE, argument_defined, defined
from derivations.engine.kernel.laws import LAWS
from derivations.engine.kernel.lines import well_placed
from derivations.engine.kernel.polynomials import size
from derivations.engine.kernel.printing import show
from derivations.engine.kernel.statements import Context, Definition, Hypothesis, Range, Refused, refuse
from derivations.engine.kernel.terms import Term, free, letter, names_in, num, parts, sym, well_formed

CONVENTIONS = frozenset({"0^0 = 1", "0 log 0 = 0"})
MANY = 10_000
"""So many terms of a sum, bits of a power at the most."""


def check_definition(name: str, definition: Definition, context: Context) -> None:
    """Refuse a definition of a name that has a meaning, that speaks of what is no parameter, or of itself; or that is not defined on its domain."""
    refuse(name in context.names or name in context.families, "{} has a meaning already", name)
    parameters = set(definition.parameters)
    refuse(len(parameters) < len(definition.parameters), "{}: a parameter is named twice", name)
    stray = free(definition.body) - parameters
    unknown = names_in(definition.body) - set(context.names) - set(context.families) - parameters
    if stray or unknown:
        raise Refused(f"{name}: {', '.join(sorted(stray | unknown))} has no meaning in the definition")
    refuse(definition.body[0] in ALONE - {"tuple"}, "{}: {} is no number, and no point", name, definition.body)
    functions = names_in(definition.body) & parameters
    if functions:  # of distributions: what it is for is checked wherever it is used
        return
    for body in definition.entries:
        argument_defined(body, context)


def check_forms(context: Context) -> None:
    """Refuse letters that are names, names that are two things, and definitions that speak of themselves or of what they do not have."""
    applied = context.names.keys() | context.families.keys()
    if unknown := context.conventions - CONVENTIONS:
        raise Refused(f"{', '.join(sorted(unknown))} is no convention; there are {', '.join(sorted(CONVENTIONS))}")
    refuse(context.names.keys() & context.families.keys() or "?" in applied, "a name is a family too")
    letters = [*context.quantities, *(name for premise in context.hypotheses for name, _ in premise.every)]
    refuse(
        any(not letter(name) or "'" in name or name in applied for name in letters),
        "a letter is a name too, or no letter",
    )
    ranges = [*context.ranges, *(over for premise in context.hypotheses for _, over in premise.every)]
    said = [end for over in ranges for end in over.ends] + [
        body for each in context.names.values() for body in each.entries
    ]
    refuse(not all(map(well_formed, (*said, *context.premises))), "what the context says is no formula")
    for name, meaning in context.names.items():
        own = set(meaning.parameters)
        refuse(
            not all(map(letter, own)) or len(own) < len(meaning.parameters) or own & applied,
            "{}: a parameter is a name, no letter, or there twice",
            name,
        )
        refuse(
            free(meaning.body) - own
            or names_in(meaning.body) - own - applied
            or name in closure(meaning.body, context)
            or meaning.body[0] in ALONE - {"tuple"},
            "{} speaks of itself, or of what is no parameter and has no meaning",
            name,
        )
        refuse(
            meaning.body[0] == "table" and (type(meaning.body[1]) is not int or len(meaning.body) < 3 or not own),
            "{} is no table",
            name,
        )


def check_context(context: Context, inhabitant: Mapping[str, object]) -> None:
    """Refuse a domain without a single point: the point that is shown must lie in every range and satisfy every premise."""
    reader = Evaluation(context, inhabitant)
    for name, over in context.quantities.items():
        if not over.point:
            reader.in_range(name, reader.number(sym(name)), over)
    for end in (end for over in context.ranges for end in over.ends):
        defined(end, context)
    for name, over in context.families.items():
        values = inhabitant.get(name)
        for value in (values.values() or (None,)) if isinstance(values, Mapping) else () if over.point else (values,):
            if not isinstance(value, (int, Fraction)):
                raise Refused(f"no number of {name} is shown")
            reader.in_range(name, Fraction(value), over)
    for premise in context.hypotheses:
        if premise.relation == "=" and all(about_points(side, context) for side in premise.sides):
            continue
        within = replace(context, quantities={**context.quantities, **dict(premise.every)})
        for side in premise.sides:
            well_placed(side, within)
        for values in reader.instances(premise):
            one, other = map(Evaluation(context, {**inhabitant, **values}).number, premise.sides)
            refuse(
                premise.relation != "=" or one != other,
                "the premise {} = {} does not hold at the point that is shown: {}, {}",
                premise.left,
                premise.right,
                one,
                other,
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
        refuse(
            any(part[0] == "d" for part in (found, *parts(found))),
            "{} has no exact value at the point that shows that the domain is not empty",
            term,
        )
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
        refuse(
            not fits or (over.whole and value.denominator != 1),
            "{} = {}, the point that is shown, is outside of its range",
            name,
            value,
        )

    def instances(self, premise: Hypothesis) -> list[dict[str, object]]:
        """Enough values of the letters that a premise holds for: all, or one where it says the same for every one."""
        found: list[dict[str, object]] = [{}]
        endless: set[str] = set()
        for name, over in premise.every:
            if over.point:
                continue
            if not over.whole or over.low is None or endless & over.speaks_of:
                raise Refused(f"a premise for every {name}: only whole numbers with a first are supported")
            if over.high is None and not all(self.indifferent(side, name) for side in premise.sides):
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
