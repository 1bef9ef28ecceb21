"""Rigorous enclosures: a SymPy expression evaluated in ball arithmetic (Arb, through python-flint), and the digits that a ball decides.

A ball contains the true value for certain. A ball that excludes 0 refutes an identity; one that contains 0 proves nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flint import arb, ctx, fmpq
from sympy import Add, Basic, E, Expr, Integer, Mul, Pow, Product, Rational, Sum, Symbol, Tuple, pi
from sympy.core.function import AppliedUndef
from sympy.core.parameters import evaluate

from derivations.core.notation import AsDecimal, Bracket, SumOverEvents

Assignment = Mapping[Any, Any]
"""Values of symbols (`Rational`, int or `arb`), and of families: a function of integer indices that returns such a value."""


class CannotEnclose(ValueError):
    """The expression has a part with no value in ball arithmetic; the message names it."""


class Undecided(ArithmeticError):
    """The enclosure stays too wide to decide the last digit asked for."""


def to_ball(value: Any) -> arb:
    """An exact number, or a ball itself, as a ball at the current precision."""
    if isinstance(value, arb):
        return value
    if isinstance(value, (int, Integer)):
        return arb(int(value))
    if isinstance(value, Rational):
        return arb(fmpq(int(value.p), int(value.q)))
    raise CannotEnclose(f"{value!r} is no exact number; give an int, a Rational or a ball")


def enclose(expression: Basic, at: Assignment | None = None, precision: int = 106) -> arb:
    """A ball that contains the value of `expression` at the point `at`.

    Args:
        expression: real-valued, built from + · ^ exp log √ | | max, finite sums and products, binomials, and quantities named in `at`.
        at: the value of every free quantity.
        precision: in bits.

    Raises:
        CannotEnclose: a quantity has no value, or a function is not known.
    """
    before, ctx.prec = ctx.prec, precision
    try:
        return _ball(expression, dict(at or {}))
    finally:
        ctx.prec = before


def _ball(expression: Basic, at: dict[Any, Any]) -> arb:
    if expression in at:
        return to_ball(at[expression])
    if isinstance(expression, (Integer, Rational)):
        return to_ball(expression)
    if expression is pi:
        return arb.pi()
    if expression is E:
        return arb(1).exp()
    if isinstance(expression, AppliedUndef) and expression.func in at:
        return to_ball(at[expression.func](*(_index(argument, at) for argument in expression.args)))
    if isinstance(expression, (Sum, Product)):
        return _finite(expression, at)
    if isinstance(expression, SumOverEvents):
        term, index, events = expression.args
        if isinstance(events, Tuple):
            return sum((_ball(term, {**at, index: event}) for event in events), arb(0))
    if isinstance(expression, (AsDecimal, Bracket)):
        return _ball(expression.args[0], at)
    if isinstance(expression, Pow):
        return _power(expression, at)
    function = _FUNCTIONS.get(expression.func.__name__)
    if function is None:
        raise CannotEnclose(
            f"no ball arithmetic for {expression} ({expression.func.__name__}); free quantities need a value"
        )
    return function(*(_ball(argument, at) for argument in expression.args))


def _index(argument: Basic, at: dict[Any, Any]) -> Any:
    value = argument.xreplace(
        {key: Integer(val) for key, val in at.items() if isinstance(key, Symbol) and isinstance(val, (int, Integer))}
    )
    return int(value) if value.is_Integer else value


def _finite(expression: Basic, at: dict[Any, Any]) -> arb:
    term, (index, low, high) = expression.args
    first, last = _index(low, at), _index(high, at)
    if not (isinstance(first, int) and isinstance(last, int)):
        raise CannotEnclose(f"the bounds of {expression} have no value")
    total = arb(0) if isinstance(expression, Sum) else arb(1)
    for position in range(first, last + 1):
        part = _ball(term, {**at, index: position})
        total = total + part if isinstance(expression, Sum) else total * part
    return total


def _power(expression: Pow, at: dict[Any, Any]) -> arb:
    base, exponent = expression.args
    if isinstance(exponent, Rational) and exponent.q == 2:
        return _ball(base, at).sqrt() ** int(exponent.p)
    power = _ball(exponent, at)
    if power.is_exact() and power == power.floor():
        return _ball(base, at) ** int(power.unique_fmpz())
    return _ball(base, at) ** power


def _sum(*parts: arb) -> arb:
    return sum(parts, arb(0))


def _product(*parts: arb) -> arb:
    result = arb(1)
    for part in parts:
        result *= part
    return result


def _binomial(upper: arb, lower: arb) -> arb:
    return upper.bin(int(lower.unique_fmpz()))


def _maximum(*parts: arb) -> arb:
    result = parts[0]
    for part in parts[1:]:
        result = result.max(part)
    return result


_FUNCTIONS: dict[str, Callable[..., arb]] = {
    Add.__name__: _sum,
    Mul.__name__: _product,
    "log": lambda x: x.log(),
    "exp": lambda x: x.exp(),
    "loggamma": lambda x: x.lgamma(),
    "Abs": lambda x: abs(x),
    "Max": _maximum,
    "binomial": _binomial,
    "KroneckerDelta": lambda i, j: arb(1 if i == j else 0),
}


def decide(question: Callable[[int], Any], what: str, precisions: tuple[int, ...] = (106, 212, 424, 848)) -> Any:
    """The answer of `question(precision)`, asked at rising precision until it is not None.

    Raises:
        Undecided: no precision decided it: a tie, or a value too close to call.
    """
    for precision in precisions:
        answer = question(precision)
        if answer is not None:
            return answer
    raise Undecided(f"{what}: not decided at {precisions[-1]} bits; a tie or an enclosure too wide")


def rounded(expression: Expr, places: int) -> AsDecimal:
    """`expression` (a real constant) to `places` decimals, the nearest such decimal, decided by an enclosure.

    Raises:
        Undecided: the value lies on a tie, or the ball never leaves it.
    """
    units = 10 ** int(places)

    def nearest(precision: int) -> int | None:
        value = enclose(expression, precision=precision)
        with ctx.workprec(precision):
            low = (value * units + arb(fmpq(1, 2))).floor().unique_fmpz()
        return None if low is None else int(low)

    with evaluate(True):  # also when a script calls this inside a form that is kept as written
        if isinstance(expression, Rational) and 2 * expression * units % 2 == 1:
            raise Undecided(f"{expression} is a tie at {places} decimals; show it exactly or with more places")
        count = decide(nearest, f"{expression} to {places} decimals")
        return AsDecimal(Rational(count, units), places)


def same_digits(shown: AsDecimal, expression: Expr) -> bool:
    """Whether `shown` is `expression` correctly rounded to the places shown."""
    return rounded(expression, int(shown.args[1])).args[0] == shown.args[0]


def sign(expression: Basic, at: Assignment | None = None) -> int | None:
    """1 or -1 where the enclosure at 424 bits excludes 0, None where it contains 0."""
    ball = enclose(expression, at, precision=424)
    return 1 if ball > 0 else -1 if ball < 0 else None
