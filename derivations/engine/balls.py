"""Trees in ball arithmetic (Arb, through python-flint): what a tree is worth at a point of its context.

A ball contains the true value for certain. What is rational stays an exact fraction until a logarithm, an exponential or a root makes it a ball, so that 0, equality and whole
numbers are decided and not guessed. Derivatives are no rules: the body is evaluated as a power series about the place, and the coefficient is read off. Nothing of the kernel
but the shape of trees is used here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from flint import arb, ctx, fmpq

from derivations.engine import arithmetic
from derivations.engine.arithmetic import Function, LogOfZero, NoValue, Number, Undefined, Unreached, number
from derivations.engine.differentials import derivative
from derivations.engine.kernel.statements import Context
from derivations.engine.kernel.terms import Term

Point = Mapping[str, Any]
"""Values of quantities (exact numbers; a string where the quantity is the point of some space), and of families: one number for all members, a number for each tuple of arguments, or
a function of the arguments."""

PRECISION = 128
STEPS = 4
FINITE, INFINITE = (10, 20, 40, 80), (5, 10, 20, 40)
"""How near a limit's variable comes at each step: 2^-10 … from a number; 2^5 … out towards infinity."""
LONGEST = 20_000
"""Terms of a sum that are written out."""
MOST = 300_000
"""Parts that are worked out for one value, those of sums within sums and of slopes of slopes each time: a second or two."""


def value(term: Term, context: Context, point: Point, precision: int = PRECISION) -> arb:
    """A ball that contains what the tree is worth at the point.

    Raises:
        Undefined: it is worth nothing there, or the ball is too wide to tell.
        NoValue: ball arithmetic cannot say, as for a limit; see `extremes`.
    """
    return ball(Balls(context, point, precision).of(term), precision)


def exact(term: Term, context: Context, point: Point) -> Fraction | None:
    """The value as a fraction, where every operation on the way is rational at the point; else None. Raises as `value` does."""
    found = Balls(context, point).of(term)
    return Fraction(int(found.p), int(found.q)) if isinstance(found, fmpq) else None


def ball(found: Number, precision: int = PRECISION) -> arb:
    """A number as a ball."""
    if isinstance(found, (str, Function)):
        raise NoValue(f"{found!r} is no number")
    with ctx.workprec(precision):
        return found if isinstance(found, arb) else arb(found)


class Balls:
    """The values of trees at one point.

    `used` is what was read of the point: two points are different for a tree where that differs.
    With `near` (0 … 3) a limit is worth what its body is that near to the limit's place: a sequence, and no value.
    """

    def __init__(self, context: Context, point: Point, precision: int = PRECISION, near: int | None = None) -> None:
        self.context, self.precision, self.near = context, precision, near
        self.point = point
        self.used: dict[Any, Any] = {}
        self.local: dict[str, Number] = {}
        self.known: dict[Any, Number] = {}
        self.cap = self.depth = self.done = 0

    def of(self, term: Term, local: Mapping[str, Any] | None = None) -> Number:
        """The value, a fraction where it is rational; `local` are values of bound variables."""
        before, self.local = self.local, {name: number(given) for name, given in (local or {}).items()}
        self.done = 0
        try:
            with ctx.workprec(self.precision):
                return self.part(term)
        except (
            TypeError,
            AttributeError,
        ) as reason:  # flint refuses to add what is no number, which has no logarithm either
            raise NoValue(f"arithmetic with what is no number: {reason}") from reason
        finally:
            self.local = before

    def part(self, term: Term) -> Number:
        kind = _KINDS.get(term[0])
        if kind is None:
            raise NoValue(f"no ball arithmetic for {term[0]!r}")
        self.done += 1
        if self.done > MOST:
            raise NoValue("too long to work out")
        return kind(self, term)

    def _whole(self, term: Term) -> int:
        found = self.part(term)
        if isinstance(found, fmpq) and found.q == 1:
            return int(found.p)
        if isinstance(found, (fmpq, str)):
            raise Undefined(f"a sum or product to {found}, which is no whole number")
        raise NoValue(f"{found} is not known to be a whole number")

    def _sym(self, term: Term) -> Number:
        name = term[1]
        if name in self.local:
            return self.local[name]
        if name in self.context.names or name in self.context.families:
            return Function(lambda arguments: self._apply(name, arguments), {})
        if name not in self.point:
            raise NoValue(f"{name} has no value")
        found = self.used[name] = number(self.point[name])
        return found

    def _app(self, term: Term) -> Number:
        arguments = [self.part(part) for part in term[2:]]
        function = self.local.get(term[1])
        return function.call(arguments) if isinstance(function, Function) else self._apply(term[1], arguments)

    def _apply(self, name: str, arguments: list[Number]) -> Number:
        definition = self.context.names.get(name)
        if definition is None:
            return self._member(name, tuple(_key(argument) for argument in arguments))
        if len(arguments) != len(definition.parameters):
            raise NoValue(f"{name} takes {len(definition.parameters)} arguments")
        key: Any = None
        if all(isinstance(each, (fmpq, str)) for each in arguments):  # a fraction's own hash takes ten times as long
            key = (name, *((each.p, each.q) if isinstance(each, fmpq) else each for each in arguments))
            if key in self.known:
                return self.known[key]
        before, self.local = self.local, dict(zip(definition.parameters, arguments, strict=True))
        try:
            body = definition.body
            found = self._table(name, body, _key(arguments[-1])) if body[0] == "table" else self.part(body)
        finally:
            self.local = before
        if key is not None:
            self.known[key] = found
        return found

    def _table(self, name: str, body: Term, place: Any) -> Number:
        first = body[1] if isinstance(body[1], int) else self._whole(body[1])
        if not (isinstance(place, int) and first <= place < first + len(body) - 2):
            raise Undefined(f"{name} has no entry {place}")
        return self.part(body[2 + place - first])

    def _member(self, name: str, key: tuple[Any, ...]) -> Number:
        if (name, key) in self.used:
            return self.used[name, key]
        given = self.point.get(name) if name in self.context.families else None
        if given is None or (isinstance(given, Mapping) and key not in given):
            raise NoValue(f"{name} has no value: {', '.join(map(str, key))}")
        found = given(*key) if callable(given) else given[key] if isinstance(given, Mapping) else given
        self.used[name, key] = found = number(found)
        return found

    def _fn(self, term: Term) -> Number:
        local = dict(self.local)

        def call(arguments: list[Number]) -> Number:
            before, self.local = self.local, {**local, term[1]: arguments[0]}
            try:
                return self.part(term[2])
            finally:
                self.local = before

        return Function(call, local)

    def _product(self, term: Term) -> Number:
        found, zero, lost = fmpq(1), False, None
        for part in term[1:]:
            try:
                factor = self.part(part)
            except LogOfZero as reason:
                if not self._logarithm(part):
                    raise
                lost = reason
                continue
            zero = zero or (isinstance(factor, fmpq) and factor == 0)
            found = found * factor
        if lost is not None and not (zero and "0 log 0 = 0" in self.context.conventions):
            raise lost
        return fmpq(0) if zero else found

    def _logarithm(self, term: Term) -> bool:
        """Whether a factor is a logarithm, up to a sign, a divisor and the name it goes by."""
        if term[0] in ("neg", "[]", "/", "*"):
            return any(self._logarithm(part) for part in (term[1:] if term[0] == "*" else term[1:2]))
        if term[0] == "app" and term[1] in self.context.names:
            return self._logarithm(self.context.names[term[1]].body)
        return bool(term[0] == "log")

    def _finite(self, term: Term) -> Number:
        _, variable, body, low, high = term
        first, last = self._whole(low), self._whole(high)
        if last - first > LONGEST:
            raise NoValue(f"{last - first} terms are too many to write out")
        found, adding, before = fmpq(0) if term[0] == "sum" else fmpq(1), term[0] == "sum", self.local
        self.local = dict(before)
        try:
            for place in range(first, last + 1):
                self.local[variable] = fmpq(place)
                part = self.part(body)
                found = found + part if adding else found * part
        finally:
            self.local = before
        return found

    def along(self, term: Term, place: Number) -> Number:
        before, self.local = self.local, {**self.local, term[1]: place}
        try:
            return self.part(term[2])
        finally:
            self.local = before

    def _limit(self, term: Term) -> Number:
        if self.near is None:
            raise Unreached("a limit can only be followed")
        _, _, _, at, side = term
        if at[0] == "inf":
            return self.along(term, fmpq(2 ** INFINITE[self.near]) * (1 if at[1] == "+" else -1))
        return self.along(term, self.part(at) + fmpq(1 if side == "+" else -1, 2 ** FINITE[self.near]))

    def _is(self, term: Term) -> Number:
        one, other = self.part(term[1]), self.part(term[2])
        if isinstance(one, str) or isinstance(other, str) or (isinstance(one, fmpq) and isinstance(other, fmpq)):
            return fmpq(one == other)
        if arithmetic.constant(one - other) != 0:
            return fmpq(0)
        raise Undefined("equality of two balls", certain=False)


def _key(argument: Number) -> Any:
    """What numbers a member of a family: a whole number, a fraction, or the point of some space."""
    if isinstance(argument, fmpq):
        return int(argument.p) if argument.q == 1 else Fraction(int(argument.p), int(argument.q))
    if isinstance(argument, str):
        return argument
    raise NoValue(f"{argument} numbers no member of a family")


def _by(function: Callable[..., Number]) -> Callable[[Balls, Term], Number]:
    """The value of a tree whose parts are evaluated first."""
    return lambda balls, term: function(*[balls.part(part) for part in term[1:]])


def _sum(*parts: Number) -> Number:
    found = parts[0]
    for part in parts[1:]:
        found = found + part
    return found


_KINDS: dict[str, Callable[[Balls, Term], Number]] = {
    "num": lambda balls, term: fmpq(term[1]),
    "dec": lambda balls, term: fmpq(term[1], 10 ** term[2]),
    "pi": lambda balls, term: arb.pi(),
    "[]": lambda balls, term: balls.part(term[1]),
    "^": lambda balls, term: arithmetic.power(
        balls.part(term[1]), balls.part(term[2]), "0^0 = 1" in balls.context.conventions
    ),
    "sym": Balls._sym,
    "app": Balls._app,
    "fn": Balls._fn,
    "*": Balls._product,
    "sum": Balls._finite,
    "prod": Balls._finite,
    "d": derivative,
    "lim": Balls._limit,
    "is": Balls._is,
    "+": _by(_sum),
    "neg": _by(lambda one: -one),
    "/": _by(arithmetic.quotient),
    "log": _by(arithmetic.log),
    "exp": _by(arithmetic.exp),
    "sqrt": _by(arithmetic.sqrt),
    "abs": _by(arithmetic.absolute),
    "max": _by(arithmetic.largest),
    "binom": _by(arithmetic.binomial),
}
