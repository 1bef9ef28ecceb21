"""Digits: the value of a constant between two fractions, as close as is asked for."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, comb, floor, isqrt

from derivations.engine.kernel.arithmetic import unfold
from derivations.engine.kernel.statements import Context, Refused
from derivations.engine.kernel.terms import Term, num, put

Ball = tuple[Fraction, Fraction]
ZERO = Fraction(0)
MANY = 100
LARGEST = 10_000
"""The largest exponent, the largest number under a binomial, the largest power of e and the most places that are worked out."""


def rounds_to(exact: Term, shown: Term, context: Context) -> bool:
    """Whether each decimal in `shown` is the correct rounding of what stands in its place in `exact`, or of the whole."""
    if shown[0] == "neg" and shown[1][0] == "dec":
        value, places = -Fraction(shown[1][1], 10 ** shown[1][2]), shown[1][2]
    elif shown[0] == "dec":
        value, places = Fraction(shown[1], 10 ** shown[2]), shown[2]
    elif shown[0] == exact[0] == "+" and len(shown) == len(exact):
        return all(rounds_to(one, other, context) for one, other in zip(exact[1:], shown[1:], strict=True))
    elif shown[0] == exact[0] == "neg":
        return rounds_to(exact[1], shown[1], context)
    else:
        return False
    half = Fraction(1, 2 * 10**places)
    low, high = enclosed(exact, context, half / 10**6)
    return value - half < low and high < value + half


def enclosed(term: Term, context: Context, width: Fraction) -> Ball:
    """Two fractions between which the value lies, the same where it is rational; narrower for a smaller `width`."""
    low, high = worked_out(term, context, width)
    return (low, high) if low == high else outwards(low, high, width)


def outwards(low: Fraction, high: Fraction, width: Fraction) -> Ball:
    """Fractions with a small denominator, a little further out: long ones cost time."""
    scale = 2 ** (20 + (width.denominator // width.numerator).bit_length())
    return Fraction(floor(low * scale), scale), Fraction(ceil(high * scale), scale)


def worked_out(term: Term, context: Context, width: Fraction) -> Ball:

    if width < Fraction(1, 10**LARGEST):
        raise Refused("no more digits than these")

    def of(part: Term) -> Ball:
        return outward(enclosed(part, context, width / 2**10), width)

    match term[0]:
        case "num":
            return Fraction(term[1]), Fraction(term[1])
        case "dec":
            return Fraction(term[1], 10 ** term[2]), Fraction(term[1], 10 ** term[2])
        case "app" if term[1] in context.names and (unfolded := unfold(term, context)) is not None:
            return of(unfolded)
        case "neg":
            low, high = of(term[1])
            return -high, -low
        case "+":
            balls = [of(part) for part in term[1:]]
            return sum((low for low, _ in balls), ZERO), sum((high for _, high in balls), ZERO)
        case "*":
            found = of(term[1])
            for part in term[2:]:
                found = hull(found, of(part))
            return found
        case "/":
            low, high = of(term[2])
            if low <= 0 <= high:
                raise Refused("a denominator that may be 0")
            return hull(of(term[1]), (1 / high, 1 / low))
        case "^":
            times, other = of(term[2])
            if times != other or times.denominator != 1 or not 0 <= times <= LARGEST:
                raise Refused("no digits for a power whose exponent is not a whole number, or is as large as this")
            found, base = (Fraction(1), Fraction(1)), of(term[1])
            for _ in range(int(times)):
                found = hull(found, base)
                if found[0].denominator.bit_length() + abs(found[1].numerator).bit_length() > 20 * LARGEST:
                    raise Refused("a power as large as this has no digits")
            return found
        case "binom" if term[1][0] == term[2][0] == "num" and term[1][1] <= LARGEST:
            return Fraction(comb(term[1][1], term[2][1])), Fraction(comb(term[1][1], term[2][1]))
        case "sum" | "prod" if term[3][0] == term[4][0] == "num" and 0 <= term[4][1] - term[3][1] < MANY:
            each = [put(term[2], {term[1]: num(at)}) for at in range(term[3][1], term[4][1] + 1)]
            return of(("+" if term[0] == "sum" else "*", *each))
        case "sqrt":
            low, high = of(term[1])
            if high < 0:
                raise Refused("a root of what is negative")
            return root(max(low, ZERO), width), root(high, width) + width
        case "log":
            low, high = of(term[1])
            if low <= 0:
                raise Refused("a logarithm of what may not be positive")
            return logarithm(low, width)[0], logarithm(high, width)[1]
        case "exp":
            low, high = of(term[1])
            if high > LARGEST // 10 or low < -LARGEST // 10:
                raise Refused("an exponent as large as this has no digits")
            return exponential(low, width)[0], exponential(high, width)[1]
    raise Refused(f"no digits for {term[0]}")


def outward(ball: Ball, width: Fraction) -> Ball:
    """A slightly larger ball whose ends have fewer digits, where they have many; a number that is known stays."""
    low, high = ball
    if low == high:
        return ball
    scale = 2**20 * (width.denominator // width.numerator + 1)
    return (low if low.denominator < scale else Fraction(low * scale // 1, scale)), (
        high if high.denominator < scale else -Fraction(-high * scale // 1, scale)
    )


def hull(one: Ball, other: Ball) -> Ball:
    ends = [a * b for a in one for b in other]
    return min(ends), max(ends)


def root(value: Fraction, width: Fraction) -> Fraction:
    """The root from below, to within `width`."""
    scale = 2 * width.denominator // width.numerator + 1
    return Fraction(isqrt(int(value * scale * scale)), scale)


def logarithm(value: Fraction, width: Fraction) -> Ball:
    """log v = m log 2 + 2 artanh((u - 1)/(u + 1)) with u = v/2^m near 1."""
    doublings = value.numerator.bit_length() - value.denominator.bit_length()
    near = value / Fraction(2) ** doublings
    low, high = artanh((near - 1) / (near + 1), width)
    ends = [2 * doublings * end for end in artanh(Fraction(1, 3), width / (1 + abs(2 * doublings)))]
    return 2 * low + min(ends), 2 * high + max(ends)


def artanh(x: Fraction, width: Fraction) -> Ball:
    """x + x^3/3 + x^5/5 + …, the rest below the next term over 1 - x^2."""
    total, power, odd = ZERO, x, 1
    while True:
        total, power, odd = total + power / odd, power * x * x, odd + 2
        rest = abs(power) / odd / (1 - x * x)
        if rest < width / 4:
            return total - rest, total + rest


def exponential(value: Fraction, width: Fraction) -> Ball:
    """e^v = (e^(v/2^m))^(2^m), each by its series for an exponent of at most 1/2."""
    halvings = max(0, (abs(value.numerator) // value.denominator).bit_length() + 1)
    small, total, term, count = value / 2**halvings, Fraction(1), Fraction(1), 1
    while True:
        term = term * small / count
        total, count = total + term, count + 1
        if abs(term) < width / 2 ** (2 * halvings + 8) / max(1, 3 ** (int(value) + 1) if value > 0 else 1):
            break
    found = (total - abs(term), total + abs(term))
    for _ in range(halvings):
        found = outwards(found[0] ** 2, found[1] ** 2, width / 2 ** (2 * halvings + 8))
    return found
