"""Exact arithmetic: a tree as a fraction of polynomials over atoms, and the sign that it has on the whole of its domain.

Two trees are equal when cross-multiplied polynomials are the same; nothing is cancelled and nothing is guessed. For signs each quantity is written as
(low + high t)/(1 + t) or low + t with t >= 0, which runs over exactly its range: then coefficients of one sign decide."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

from derivations.engine.kernel.polynomials import (
    MANY_ENDS,
    NUMBER,
    Polynomial,
    Ratio,
    add,
    alike_keys,
    as_number,
    constant,
    equal,
    inverse,
    multiply,
    negative,
    power,
    prime_factors,
)
from derivations.engine.kernel.scopes import inside, settled
from derivations.engine.kernel.statements import Context, Range, Refused
from derivations.engine.kernel.terms import (
    BINDERS,
    ONE,
    ZERO,
    Term,
    bound,
    free,
    fresh,
    minus,
    over_a_space,
    parts,
    put,
    rebuilt,
    sym,
)

FLIP = {"+": "-", "0+": "0-", "-": "+", "0-": "0+", "0": "0", None: None}


class Field:
    """Reads trees as fractions of polynomials over atoms. With `chart`, quantities are written by parameters that are never negative."""

    def __init__(self, chart: bool = False) -> None:
        self.atoms: dict[object, int] = {}
        self.keys: list[tuple[Any, ...]] = []
        self.signs: dict[int, str | None] = {}
        self.turned: set[int] = set()
        """The atoms that stand for minus what their key says. An atom is turned when it is made, or never."""
        self.read: dict[tuple[int, Term], Ratio] = {}
        self.chart = chart
        self.plain = Field.over(self) if chart else self

    @classmethod
    def over(cls, other: Field) -> Field:
        """The same atoms, but not in a chart."""
        found = cls()
        found.atoms, found.keys, found.signs, found.turned = other.atoms, other.keys, other.signs, other.turned
        return found

    def atom(self, key: tuple[Any, ...], has: str | None = None) -> Ratio:
        """What arithmetic does not look into; `has` is its sign where that is known."""
        quick = tuple(
            (frozenset(part[0].items()), frozenset(part[1].items()))
            if isinstance(part, tuple) and part and isinstance(part[0], dict)
            else part
            for part in key
        )
        index = self.atoms.get(quick)
        if index is None:
            index = next((at for at, known in enumerate(self.keys) if alike_keys(known, key)), len(self.keys))
            self.atoms[quick] = index
            if index == len(self.keys):
                self.keys.append(key)
                self.signs[index] = has if has in ("+", "0+") else "+" if has == "-" else "0+" if has == "0-" else None
                self.turned |= {index} if has in ("-", "0-") else set()
        ratio: Ratio = ({((index, 1),): 1}, {NUMBER: 1})
        return negative(ratio) if index in self.turned else ratio

    def signed(self, key: tuple[Any, ...], term: Term, context: Context) -> Ratio:
        return self.atom(key, by_structure(term, context) if self.chart else None)

    def ranged(self, key: tuple[Any, ...], over: Range | None, context: Context) -> Ratio:
        """A quantity, in a chart by its parameter; a closed upper end is tried apart, in `sign`."""
        if over is not None and over.point:
            raise Refused(f"{key[1]} is a point of a space and no number")
        if not self.chart or over is None or (over.low is None and over.high is None):
            return self.atom(key)
        low, high = (None if end is None else self.of(end, context) for end in (over.low, over.high))
        inside_open = "0+" if (over.low_in if low is not None else over.high_in) else "+"
        parameter = self.atom(("parameter", *key), inside_open)
        if low is None:
            return add(high, negative(parameter))  # type: ignore[arg-type]
        if high is None:
            return add(low, parameter)
        return multiply(add(low, multiply(high, parameter)), inverse(add(constant(1), parameter)))

    def of(self, term: Term, context: Context) -> Ratio:
        key = (id(context), term)
        if key not in self.read:
            self.read[key] = self.worked_out(term, context)
        return self.read[key]

    def worked_out(self, term: Term, context: Context) -> Ratio:
        head = term[0]
        match head:
            case "num":
                return constant(term[1])
            case "dec":
                return constant(Fraction(term[1], 10 ** term[2]))
            case "+" | "*":
                found = self.of(term[1], context)
                for part in term[2:]:
                    found = (add if head == "+" else multiply)(found, self.of(part, context))
                return found
            case "neg":
                return negative(self.of(term[1], context))
            case "/":
                return multiply(self.of(term[1], context), inverse(self.of(term[2], context)))
            case "sym":
                over = context.quantities.get(term[1])
                if over is not None and over.low is not None and over.low == over.high and over.low_in and over.high_in:
                    return self.of(over.low, context)  # there is one number in its range
                return self.ranged(term, over, context)
            case "^" | "exp":
                return self.raised(term, context)
            case "app":
                return self.application(term, context)
            case "is" if as_number(self.plainly(minus(*term[1:]), context)) == 0:
                return constant(1)
            case "is" if nonzero(minus(*term[1:]), context):
                return constant(0)
            case "log" | "sqrt" | "abs" | "binom" | "is" | "max":
                key = (head, *(self.plainly(part, context) for part in term[1:]))
                return self.signed(key, term, context)
            case "pi" | "inf":
                return self.atom(term, "+" if head == "pi" else None)
        if head in BINDERS:
            return self.binder(term, context)
        raise Refused(f"no arithmetic for {head}")

    def plainly(self, term: Term, context: Context) -> Ratio:
        return self.plain.of(term, context)

    def application(self, term: Term, context: Context) -> Ratio:
        if self.chart and term[1] in context.names:
            unfolded = unfold(term, context)
            if unfolded is not None:
                return self.of(unfolded, context)
            return self.signed(("app", term[1], *(self.plainly(part, context) for part in term[2:])), term, context)
        key: list[Any] = ["app", term[1]]
        for part in term[2:]:
            is_point = part[0] == "sym" and (over := context.quantities.get(part[1])) is not None and over.point
            is_point = is_point or (
                part[0] == "app" and (over := context.families.get(part[1])) is not None and over.point
            )
            key.append(repr(part) if is_point else self.plainly(part, context))
        return self.ranged(tuple(key), context.families.get(term[1]), context)

    def raised(self, term: Term, context: Context) -> Ratio:
        """Powers. Exponents are taken apart, b^(m + k) = b^m b^k, only where the base is positive."""
        exponent = self.plainly(term[-1], context)
        whole_number = as_number(exponent)
        if term[0] == "^" and whole_number is not None and whole_number.denominator == 1:
            return power(self.of(term[1], context), int(whole_number))
        is_positive = term[0] == "exp" or positive(term[1], context)
        base = None if term[0] == "exp" else self.plainly(term[1], context)
        value = None if base is None else as_number(base)
        if value == 0 and positive(term[2], context):
            return constant(0)
        if value is not None and value > 0:
            found = constant(1)
            for root, often in [
                *prime_factors(value.numerator).items(),
                *((p, -m) for p, m in prime_factors(value.denominator).items()),
            ]:
                found = multiply(
                    found, self.split(("root", root), multiply(exponent, constant(often)), constant(root), context)
                )
            return found
        if not is_positive or set(exponent[1]) != {NUMBER}:
            return self.atom(("power", base, exponent), "+" if is_positive else None)
        own = None if term[0] == "exp" else self.of(term[1], context)
        return self.split(("power", base), exponent, own, context)

    def split(self, key: tuple[Any, ...], exponent: Ratio, own: Ratio | None, context: Context) -> Ratio:
        """b^(m + k/2 + 3) as b^m (b^(k/2)) b^3, over atoms with one monomial each."""
        if set(exponent[1]) != {NUMBER}:
            return self.atom((*key, exponent), "+")
        found = constant(1)
        for monomial, coefficient in exponent[0].items():
            coefficient = Fraction(coefficient) / exponent[1][NUMBER]
            if monomial == NUMBER and own is not None and coefficient.denominator == 1:
                found = multiply(found, power(own, int(coefficient)))
            else:
                unit = {monomial: Fraction(1, coefficient.denominator)}, {NUMBER: 1}
                found = multiply(found, power(self.atom((*key, unit), "+"), coefficient.numerator))
        return found

    def binder(self, term: Term, context: Context) -> Ratio:
        """Sums and the like are the same when their bodies are, whatever the bound letter is called."""
        within, own = inside(term, context), term[1].split(",")
        depth = sum(name.startswith("#") for name in context.quantities)
        new = [f"#{depth + position}" for position in range(len(own))]
        for one, other in zip(own, new, strict=True):
            within = within.extended(other, within.quantities[one])
        body = self.plainly(put(term[2], {one: sym(other) for one, other in zip(own, new, strict=True)}), within)
        rest = (self.plainly(part, context) if isinstance(part, tuple) else part for part in term[3:])
        letters = term[1] if over_a_space(term) else len(own)
        return (
            self.signed((term[0], len(own), body, *rest), term, context)
            if term[0] in ("sum", "prod")
            else self.atom((term[0], letters, body, *rest))
        )


def same(one: Term, other: Term, context: Context) -> bool:
    """Whether two trees are equal by arithmetic alone."""
    field = field_of(context)
    return equal(field.of(one, context), field.of(other, context))


def field_of(context: Context, chart: bool = False) -> Field:
    """The one field of a context."""
    key = ("field", chart)
    if key not in context.memo:
        context.memo[key] = Field(chart)
    return context.memo[key]


def unfold(term: Term, context: Context) -> Term | None:
    """What a name stands for at these arguments; None for a table at an entry that is not known."""
    definition = context.names[term[1]]
    if len(definition.parameters) != len(term) - 2:
        raise Refused(f"{term[1]} takes {len(definition.parameters)} arguments, {len(term) - 2} given")
    body = definition.body
    if body[0] == "table":
        index = as_number(Field().of(term[-1], context)) if term[-1][0] in ("num", "neg", "+") else None
        if index is None:
            return None
        if index.denominator != 1 or not body[1] <= index < body[1] + len(body) - 2:
            raise Refused(f"{term[1]} has no entry {index}")
        body = body[2 + int(index) - body[1]]
    return put(body, dict(zip(definition.parameters, term[2:], strict=True)))


def entries(term: Term, context: Context) -> list[Term]:
    """All that a table may give."""
    definition = context.names[term[1]]
    values = dict(zip(definition.parameters, term[2:], strict=True))
    return [put(body, values) for body in definition.entries]


def of_product(one: str | None, other: str | None) -> str | None:
    if "0" in (one, other):
        return "0"
    if one is None or other is None:
        return None
    return ("0" if len(one + other) > 2 else "") + ("-" if one[-1] != other[-1] else "+")


def of_sum(one: str | None, other: str | None) -> str | None:
    if "0" in (one, other):
        return other if one == "0" else one
    if one is None or other is None or one[-1] != other[-1]:
        return None
    return one[-1] if "+" in (one, other) or "-" in (one, other) else one


def either(one: str | None, other: str | None) -> str | None:
    """The sign of what has one of two signs."""
    if one == other:
        return one
    if one is None or other is None or len({each[-1] for each in (one, other)} - {"0"}) > 1:
        return None
    return "0" + (one if one != "0" else other)[-1]


def of_polynomial(polynomial: Polynomial, field: Field) -> str | None:
    if not polynomial:
        return "0"
    if any(field.signs[atom] is None and exponent % 2 for monomial in polynomial for atom, exponent in monomial):
        return None
    if len({value > 0 for value in polynomial.values()}) == 2:
        return None
    strict = any(all(field.signs[atom] == "+" for atom, _ in monomial) for monomial in polynomial)
    return ("" if strict else "0") + ("+" if next(iter(polynomial.values())) > 0 else "-")


def sign(term: Term, context: Context) -> str | None:
    """ "+", "0+" (not negative), "-", "0-" or "0" on the whole domain; None: not known."""
    known = context.memo.setdefault("signs", {})
    if term not in known:
        found = by_structure(term, context)
        known[term] = found if found in ("+", "-", "0") else by_chart(term, context) or found
    return known[term]


def by_structure(term: Term, context: Context) -> str | None:
    head = term[0]

    def of(part: Term) -> str | None:
        return sign(part, context)

    match head:
        case "num" | "dec":
            return "+" if term[1] else "0"
        case "neg":
            return FLIP[of(term[1])]
        case "pi" | "exp":
            return "+"
        case "*" | "+":
            found = of(term[1])
            for part in term[2:]:
                found = (of_product if head == "*" else of_sum)(found, of(part))
            return found
        case "/":
            below = of(term[2])
            return of_product(of(term[1]), below) if below in ("+", "-") else None
        case "^":
            base = of(term[1])
            if base == "+":
                return "+"
            if base in ("0+", "0") and of(term[2]) in ("+", "0+", "0"):
                return "0+"
            if term[2][0] == "num" and base in ("-", "0-"):
                return base if term[2][1] % 2 else FLIP[base]
            return "0+" if term[2][0] == "num" and term[2][1] % 2 == 0 else None
        case "log":
            return of(minus(term[1], ONE))
        case "sqrt" | "abs":
            return "+" if of(term[1]) in ("+", "-") else "0+" if head == "abs" or of(term[1]) == "0+" else None
        case "max":
            signs = [of(part) for part in term[1:]]
            return "+" if "+" in signs else "0+" if "0+" in signs or "0" in signs else None
        case "binom":
            return "+" if positive_binomial(term, context) else None
        case "is":
            return "0+"
        case "sum" | "prod":
            body = sign(term[2], inside(term, context))
            if head == "prod":
                return body if body in ("+", "0+") else None
            return body if body is None or body == "0" or at_least(term[4], term[3], context) else "0" + body[-1]
        case "app" if term[1] in context.names:
            unfolded = unfold(term, context)
            if unfolded is not None:
                return of(unfolded)
            return of_one(term, entries(term, context), term, context)
    return None


def of_one(term: Term, values: list[Term], member: Term, context: Context) -> str | None:
    """The sign of a tree in which a member is one of some values."""
    signs = [sign(exchanged(term, member, value), context) for value in dict.fromkeys(values)]
    found = signs[0]
    for other in signs[1:]:
        found = either(found, other)
    return found


def by_chart(term: Term, context: Context) -> str | None:
    """The sign by coefficients. An upper end that belongs to a range, of a letter or of one that its range speaks of, is a case of its own."""
    try:
        term = laid_open(term, context)
    except Refused:
        return None
    if closed_ends(term, context) > MANY_ENDS:
        return None
    for name in sorted(reached(term, context)):
        over = context.quantities.get(name)
        if over and over.closes and over.high is not None:
            at_end = sign(put(term, {name: over.high}), settled(context, name, over.high))
            return at_end and either(at_end, sign(term, context.extended(name, replace(over, high_in=False))))
    for member in members(term):
        if member[1] in context.names and unfold(member, context) is None:
            return of_one(term, entries(member, context), member, context)
        over = context.families.get(member[1])
        if over and over.closes and over.high is not None:
            name = f"@{next(fresh)}"
            at_end = sign(exchanged(term, member, over.high), context)
            within = context.extended(name, replace(over, high_in=False))
            return at_end and either(at_end, sign(exchanged(term, member, sym(name)), within))
    field = field_of(context, chart=True)
    try:
        above, below = field.of(term, context)
    except Refused:
        return None
    under = of_polynomial(below, field)
    return of_product(of_polynomial(above, field), under) if under in ("+", "-") else None


def closed_ends(term: Term, context: Context) -> int:
    """How many ends are cases of their own."""
    ranges = [context.quantities.get(name) for name in reached(term, context)] + [
        context.families.get(member[1]) for member in dict.fromkeys(members(term))
    ]
    return sum(over is not None and over.closes for over in ranges)


def laid_open(term: Term, context: Context) -> Term:
    """Names by what they mean, where they stand under no binder."""
    while term[0] == "app" and term[1] in context.names and (unfolded := unfold(term, context)) is not None:
        term = unfolded
    return term if term[0] in BINDERS else rebuilt(term, lambda part: laid_open(part, context))


def reached(term: Term, context: Context) -> set[str]:
    """The letters of a tree, and those that their ranges and the ranges of its members speak of."""
    ranges = [over for member in members(term) if (over := context.families.get(member[1]))]
    found, ahead = set[str](), [*free(term), *(letter for over in ranges for letter in over.speaks_of)]
    while ahead:
        if (letter := ahead.pop()) not in found:
            found.add(letter)
            ahead += context.quantities.get(letter, Range()).speaks_of
    return found


def members(term: Term) -> list[Term]:
    """The applications in a tree that stand under no binder."""
    own = [term] if term[0] == "app" else []
    return own if term[0] in BINDERS else own + [member for part in parts(term) for member in members(part)]


def exchanged(term: Term, old: Term, new: Term) -> Term:
    """The tree with something else in the place of a part; bodies that bind a letter of either speak of another part, and keep it."""
    if term == old or bound(term) & (free(old) | free(new)):
        return new if term == old else term
    return rebuilt(term, lambda part: exchanged(part, old, new))


def positive(term: Term, context: Context) -> bool:
    return sign(term, context) == "+"


def nonzero(term: Term, context: Context) -> bool:
    return sign(term, context) in ("+", "-")


def at_least(term: Term, other: Term, context: Context) -> bool:
    return sign(minus(term, other), context) in ("+", "0+", "0")


def positive_binomial(term: Term, context: Context) -> bool:
    return (
        all(whole(part, context) for part in term[1:])
        and at_least(term[2], ZERO, context)
        and at_least(term[1], term[2], context)
    )


def whole(term: Term, context: Context) -> bool:
    """Whether a tree is a whole number everywhere."""
    match term[0]:
        case "num" | "is":
            return True
        case "sym":
            return (over := context.quantities.get(term[1])) is not None and over.whole
        case "app" if term[1] in context.names:
            unfolded = unfold(term, context)
            return all(
                whole(each, context) for each in ([unfolded] if unfolded is not None else entries(term, context))
            )
        case "app":
            return (over := context.families.get(term[1])) is not None and over.whole
        case "+" | "*" | "neg":
            return all(whole(part, context) for part in parts(term))
        case "binom":
            return positive_binomial(term, context)
        case "sum" | "prod":
            return whole(term[2], inside(term, context))
    return False


def member_of(term: Term, over: Range, context: Context) -> bool:
    """Whether a tree lies in a range, everywhere in the context."""
    if over.point:
        kinds = context.quantities if term[0] == "sym" else context.families if term[0] == "app" else {}
        return term[0] == "tuple" or ((own := kinds.get(term[1])) is not None and own.point)
    if over.whole and not whole(term, context):
        return False
    for end, included, difference in ((over.low, over.low_in, 1), (over.high, over.high_in, -1)):
        if end is not None:
            found = sign(minus(term, end) if difference > 0 else minus(end, term), context)
            if found != "+" and not (included and found in ("0+", "0")):
                return False
    return True
