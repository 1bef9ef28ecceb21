"""Rigorous enclosures: a SymPy expression evaluated in ball arithmetic (Arb, through python-flint), and the digits that a ball decides.

A ball contains the true value for certain. A ball that excludes 0 refutes an identity; one that contains 0 proves nothing. Derivatives are not SymPy's: the function is
evaluated as a power series with balls for coefficients, and the derivative is read off the series.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flint import arb, arb_series, ctx, fmpq
from sympy import Add, Basic, Derivative, E, Expr, Integer, Mul, Pow, Product, Rational, Subs, Sum, Symbol, Tuple, pi
from sympy.core.function import AppliedUndef
from sympy.core.parameters import evaluate

from derivations.core.notation import AsDecimal, Bracket, SumOverEvents

Assignment = Mapping[Any, Any]
"""Values of symbols (`Rational`, int or `arb`), and of families: a function of integer indices that returns such a value."""

Ball = arb | arb_series
"""A number, or, while a derivative is taken, a power series about one."""


class CannotEnclose(ValueError):
    """The expression has a part with no value in ball arithmetic; the message names it."""


class NotReal(CannotEnclose):
    """The expression certainly has no real value at the point: the logarithm of a number that is not positive, a root of a negative one, a division by 0."""


class Undecided(ArithmeticError):
    """The enclosure stays too wide to decide the last digit asked for."""


def to_ball(value: Any) -> Ball:
    """An exact number, or a ball itself, as a ball at the current precision."""
    if isinstance(value, (arb, arb_series)):
        return value
    if isinstance(value, (int, Integer)):
        return arb(int(value))
    if isinstance(value, Rational):
        return arb(fmpq(int(value.p), int(value.q)))
    raise CannotEnclose(f"{value!r} is no exact number; give an int, a Rational or a ball")


def enclose(expression: Basic, at: Assignment | None = None, precision: int = 106) -> arb:
    """A ball that contains the value of `expression` at the point `at`.

    Args:
        expression: real-valued, built from + · ^ exp log √ | | max, finite sums and products, binomials, derivatives, and quantities named in `at`.
        at: the value of every free quantity.
        precision: in bits.

    Raises:
        CannotEnclose: a quantity has no value, or a function is not known.
    """
    before, ctx.prec = ctx.prec, precision
    try:
        return _value(_ball(expression, dict(at or {})))
    finally:
        ctx.prec = before


def _ball(expression: Basic, at: dict[Any, Any]) -> Ball:
    if expression in at:
        return to_ball(at[expression])
    if isinstance(expression, Rational):
        return to_ball(expression)
    if expression is pi:
        return arb.pi()
    if expression is E:
        return arb(1).exp()
    if isinstance(expression, AppliedUndef):
        return _member(expression, at)
    if isinstance(expression, (Sum, Product)):
        return _finite(expression, at)
    if isinstance(expression, Derivative):
        return _derivative(expression, at)
    if isinstance(expression, Subs):
        inner, variables, values = expression.args
        return _ball(inner, {**at, **{x: _ball(v, at) for x, v in zip(variables, values, strict=True)}})
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


def _member(expression: AppliedUndef, at: dict[Any, Any]) -> Ball:
    """One member of a family: given by itself (`y(1)`), or by the family's function of the indices."""
    indices = tuple(_index(argument, at) for argument in expression.args)
    if expression.func in at:
        return to_ball(at[expression.func](*indices))
    named = expression.func(*indices)
    if named in at:
        return to_ball(at[named])
    raise CannotEnclose(f"{expression} has no value")


def _index(argument: Basic, at: dict[Any, Any]) -> Any:
    if argument in at and isinstance(at[argument], (int, Integer)):
        return int(at[argument])
    if isinstance(argument, AppliedUndef) and argument.func in at:
        member = at[argument.func](*(_index(inner, at) for inner in argument.args))
        return int(member) if isinstance(member, (int, Integer)) else member
    value = argument.xreplace(
        {key: Integer(val) for key, val in at.items() if isinstance(key, Symbol) and isinstance(val, (int, Integer))}
    )
    return int(value) if value.is_Integer else value


def _derivative(expression: Derivative, at: dict[Any, Any]) -> arb:
    """The k-th coefficient of the power series about the point, times k!: nothing is differentiated by rules."""
    function, *by = expression.args
    if len(by) != 1 or isinstance(at.get(by[0][0]), arb_series) or not by[0][1].is_Integer:
        raise CannotEnclose(f"{expression}: only derivatives with respect to one variable, of a stated order")
    variable, order = by[0][0], int(by[0][1])
    before, ctx.cap = ctx.cap, order + 1
    try:
        series = _ball(function, {**at, variable: arb_series([_value(_ball(variable, at)), 1])})
        return (series[order] if isinstance(series, arb_series) else arb(0)) * arb(order).fac()
    finally:
        ctx.cap = before


def _finite(expression: Basic, at: dict[Any, Any]) -> Ball:
    term, (index, low, high) = expression.args
    first, last = _index(low, at), _index(high, at)
    if not (isinstance(first, int) and isinstance(last, int)):
        raise CannotEnclose(f"the bounds of {expression} have no value")
    total: Ball = arb(0) if isinstance(expression, Sum) else arb(1)
    for position in range(first, last + 1):
        part = _ball(term, {**at, index: position})
        total = total + part if isinstance(expression, Sum) else total * part
    return total


def _power(expression: Pow, at: dict[Any, Any]) -> Ball:
    base, exponent = expression.args
    if base is E:
        return _ball(exponent, at).exp()
    if isinstance(exponent, Rational) and exponent.q == 2:
        return _whole_power(_root(_ball(base, at)), int(exponent.p))
    power = _ball(exponent, at)
    if isinstance(power, arb) and power.is_integer():
        return _whole_power(_ball(base, at), _whole(power))
    below = _ball(base, at)
    if _value(below) < 0:
        raise NotReal(f"{expression}: a negative base")
    return below**power


def _whole(ball: arb) -> int:
    whole = ball.unique_fmpz()
    if whole is None:
        raise CannotEnclose(f"{ball} is no whole number")
    return int(whole)


def _value(ball: Ball) -> arb:
    """The number itself: of a power series, its first coefficient."""
    return ball[0] if isinstance(ball, arb_series) else ball


def _whole_power(base: Ball, exponent: int) -> Ball:
    if exponent < 0 and _value(base).is_zero():
        raise NotReal("a division by 0")
    return base**exponent if exponent >= 0 else 1 / base**-exponent


def _root(ball: Ball) -> Ball:
    if _value(ball) < 0:
        raise NotReal("the root of a negative number")
    return ball.sqrt()


def _log(ball: Ball) -> Ball:
    if _value(ball) <= 0:
        raise NotReal("the logarithm of a number that is not positive")
    return ball.log()


def _absolute(ball: Ball) -> Ball:
    """|x|; as a series where the sign is decided, so that its derivative is that of x or of -x."""
    if isinstance(ball, arb):
        return abs(ball)
    if not (ball[0] > 0 or ball[0] < 0):
        raise CannotEnclose("the derivative of an absolute value at a point that may be 0")
    return ball if ball[0] > 0 else -ball


def _sum(*parts: Ball) -> Ball:
    return sum(parts, arb(0))


def _product(*parts: Ball) -> Ball:
    result: Ball = arb(1)
    for part in parts:
        result *= part
    return result


def _binomial(upper: arb, lower: arb) -> arb:
    return upper.bin(_whole(lower))


def _maximum(*parts: Ball) -> Ball:
    result = parts[0]
    for part in parts[1:]:
        if isinstance(result, arb) and isinstance(part, arb):
            result = result.max(part)
        elif _value(result) > _value(part) or _value(part) > _value(result):
            result = result if _value(result) > _value(part) else part
        else:
            raise CannotEnclose("the derivative of a maximum at a point where both may be largest")
    return result


_FUNCTIONS: dict[str, Callable[..., Ball]] = {
    Add.__name__: _sum,
    Mul.__name__: _product,
    "log": _log,
    "exp": lambda x: x.exp(),
    "loggamma": lambda x: x.lgamma(),
    "Abs": _absolute,
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
            shifted = value * units + arb(fmpq(1, 2))
            low = shifted.floor().unique_fmpz()
            if low is not None and shifted.is_exact() and shifted == low:
                raise Undecided(f"{expression} is a tie at {places} decimals; show it exactly or with more places")
        return None if low is None else int(low)

    with evaluate(True):  # also when a script calls this inside a form that is kept as written
        count = decide(nearest, f"{expression} to {places} decimals")
        return AsDecimal(Rational(count, units), places)


def same_digits(shown: AsDecimal, expression: Expr) -> bool:
    """Whether `shown` is `expression` correctly rounded to the places shown."""
    return rounded(expression, int(shown.args[1])).args[0] == shown.args[0]


def sign(expression: Basic, at: Assignment | None = None) -> int | None:
    """1 or -1 where the enclosure at 424 bits excludes 0, None where it contains 0."""
    ball = enclose(expression, at, precision=424)
    return 1 if ball > 0 else -1 if ball < 0 else None
