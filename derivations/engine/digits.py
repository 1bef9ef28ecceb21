"""Digits that an enclosure decides: correct rounding, half-way cases refused, nothing typed."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from flint import arb, ctx, fmpq

from derivations.engine.arithmetic import NoValue, Number, Undefined
from derivations.engine.balls import Balls, Point, exact
from derivations.engine.kernel.printing import show
from derivations.engine.kernel.statements import Context, Refused
from derivations.engine.kernel.terms import Term, alike, bare, neg, parts, rebuilt

RISING = (128, 256, 1024, 4096)
"""Bits, raised until the last digit is decided."""


MOST = 30
"""Decimals that are written out."""


class Undecided(ArithmeticError):
    """A tie, or a value whose last digit no enclosure decides; the message says which."""


def digits(term: Term, context: Context, places: int, point: Point | None = None) -> Term:
    """The decimal with so many places that is nearest to the value: ("dec", n, places), or ("neg", …) of it; 0 has no sign.

    Args:
        places: at least 0.
        point: values of what is free in the term.

    Raises:
        Undecided: the value lies half-way between two decimals, or may.
        Undefined, NoValue: as `balls.value`.
    """
    return _dec(_nearest(term, context, point or {}, places), places)


def in_digits(term: Term, context: Context) -> Term:
    """Decimals in the place of what is to be rounded, ("digits", t, places), or to be written out, ("decimal", t), from the exact value.

    Raises:
        Refused: no enclosure decides the last one, or they do not end.
    """
    try:
        match term:
            case ("digits", ("roots", *_) as exactly, places):
                return root_digits(exactly, context, places)
            case ("digits", exactly, places):
                return digits(exactly, context, places)
            case ("decimal", exactly):
                return written_out(exactly, context)
    except (ArithmeticError, NoValue) as problem:
        raise Refused(str(problem)) from None
    return rebuilt(term, lambda part: in_digits(part, context))


def root_digits(term: Term, context: Context, places: int) -> Term:
    """The decimal nearest to a root, by halving the interval between two places of unlike sign. Raises Undecided: there are none."""
    _, variable, body, *ends, _ = term
    low, high = (exact(end, context, {}) for end in ends)

    def rises(at: Fraction) -> bool:
        found = Balls(context, {variable: at}, RISING[1]).of(body)
        if not (found > 0 or found < 0):
            raise Undecided(f"{show(body)} has no sign at {variable} = {at}")
        return bool(found > 0)

    if low is None or high is None:
        raise Undecided(f"{show(term)}: no interval between numbers")
    little = (high - low) / 10**9
    low, high = low + little, high - little
    before = rises(low)
    if before == rises(high):
        raise Undecided(f"{show(body)} does not change its sign")
    for _ in range(4 * places + 20):
        middle = (low + high) / 2
        low, high = (middle, high) if rises(middle) == before else (low, middle)
    return _dec(int((low * 10**places + Fraction(1, 2)) // 1), places)


def written_out(term: Term, context: Context) -> Term:
    """A rational constant as the decimal that it is. Raises Undecided: its decimals do not end."""
    value = exact(term, context, {})
    for places in range(MOST):
        if value is not None and (value * 10**places).denominator == 1:
            return _dec(int(value * 10**places), places)
    raise Undecided(f"the decimals of {show(term)} do not end: say how many with ~ digits(…, places)")


def typed_decimals(terms: Iterable[Term]) -> set[Term]:
    """The decimals that are written in some trees."""
    return set().union(*({term} if term[0] == "dec" else typed_decimals(parts(term)) for term in terms))


def is_rounding_of(shown: Term, term: Term, context: Context, point: Point | None = None) -> bool:
    """Whether what stands after ≈ is what stands before it, correctly rounded: as a whole, or in each part of a tree of the same shape.

    Raises as `digits` does.
    """
    decimal = _decimal(shown)
    if decimal is not None:
        units, places = decimal
        return _nearest(term, context, point or {}, places) == units
    one, other = bare(shown), bare(term)
    if one[0] != other[0] or len(one) != len(other) or one[0] not in ("+", "*", "neg", "/", "tuple"):
        return alike(one, other)
    return all(is_rounding_of(part, whole, context, point) for part, whole in zip(one[1:], other[1:], strict=True))


def significant(term: Term, context: Context, figures: int, point: Point | None = None) -> str:
    """The value to so many significant figures, as text: "0.0001234", or "1.234e-12" where it is very small or large.

    Raises as `digits` does; also Undecided where the value is 0 and cannot be known to be.
    """
    for precision in RISING:
        found = Balls(context, point or {}, precision).of(term)
        if isinstance(found, fmpq) and found == 0:
            return "0"
        if found != 0:
            break
    else:
        raise Undecided("the value may be 0")
    places = figures - 1 - _exponent(found)
    units = _nearest(term, context, point or {}, places)
    if abs(units) >= 10**figures:  # 9.99 became 10.0
        places -= 1
        units = _nearest(term, context, point or {}, places)
    sign, text, exponent = "-" if units < 0 else "", str(abs(units)), figures - 1 - places
    if exponent < -5 or exponent >= max(figures, 16):
        return f"{sign}{text[0]}{'.' if figures > 1 else ''}{text[1:]}e{exponent}"
    if places <= 0:
        return sign + text + "0" * -places
    text = text.rjust(places + 1, "0")
    return f"{sign}{text[:-places]}.{text[-places:]}"


def _dec(units: int, places: int) -> Term:
    return ("dec", units, places) if units >= 0 else neg(("dec", -units, places))


def _decimal(shown: Term) -> tuple[int, int] | None:
    if shown[0] == "dec":
        return shown[1], shown[2]
    inner = _decimal(shown[1]) if shown[0] in ("neg", "[]") else None
    if inner is None:
        return None
    return (-inner[0], inner[1]) if shown[0] == "neg" else inner


def _nearest(term: Term, context: Context, point: Point, places: int) -> int:
    """The whole number nearest to value · 10^places."""
    half, scale = fmpq(1, 2), fmpq(10) ** places
    unknown: Undefined | None = None
    for precision in RISING:
        try:
            found = Balls(context, point, precision).of(term)
        except Undefined as reason:
            if reason.certain:
                raise
            unknown = reason
            continue
        if isinstance(found, fmpq):
            shifted = found * scale + half
            if shifted.q == 1:
                raise Undecided(f"{found} lies half-way between two decimals with {places} places; show it exactly")
            return int(shifted.floor())
        with ctx.workprec(precision):
            whole = (found * scale + half).floor().unique_fmpz()
        if whole is not None:
            return int(whole)
    raise unknown or Undecided(
        f"not decided to {places} places at {RISING[-1]} bits: a tie, or a value too close to one"
    )


def _exponent(found: Number) -> int:
    """The power of ten of the first figure, perhaps one too small."""
    if isinstance(found, fmpq):
        size = abs(Fraction(int(found.p), int(found.q)))
        guess = len(str(size.numerator)) - len(str(size.denominator))
        return guess if size >= Fraction(10) ** guess else guess - 1
    with ctx.workprec(64):
        low = (arb(abs(found)).log() / arb(10).log()).floor().mid()
    return int(float(low))
