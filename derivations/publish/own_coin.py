"""The coin's derivation on a reader's own counts: the general proofs, with the counts put in, and the digits enclosed."""

from __future__ import annotations

import math

from sympy import Add, Basic, Expr, Integer, Number, Rational, log, loggamma, sqrt

from derivations.core.enclosure import Undecided, rounded
from derivations.core.equation import Equation
from derivations.core.latex import plain
from derivations.core.notation import Chain, Link, put, rebuild

LARGEST = 10**9


class BadCount(ValueError):
    """A count that no coin can show; the message says what was given, what is allowed and what to do."""


def whole_count(given: str, which: str) -> int:
    """A number of tosses, 0 to 10^9.

    Raises:
        BadCount: not a whole number in that range.
    """
    allowed = f"allowed is a whole number from 0 to {LARGEST}, for instance --{which} 8"
    try:
        value = int(given)
    except ValueError:
        raise BadCount(f"--{which} {given!r} is not a whole number; {allowed}") from None
    if not 0 <= value <= LARGEST or not given.strip().lstrip("+").isascii() or "_" in given:
        raise BadCount(f"--{which} {given!r} is out of range; {allowed}")
    return value


def derive(heads: int, tails: int, language: str) -> str:
    """Likelihood, log-likelihood, score, estimate, the proof that it is the maximum, and what the data say about it.

    Raises:
        BadCount: no toss at all.
    """
    if heads + tails == 0:
        raise BadCount(
            "--heads 0 --tails 0 is no toss at all, and every p explains nothing equally well; give at least one toss"
        )
    if heads and tails:
        return "\n".join(_inside(heads, tails, language))
    return "\n".join(_at_an_end(heads + tails, heads > 0, language))


def _inside(heads: int, tails: int, language: str) -> list[str]:
    from derivations import coin_general as general

    tosses = heads + tails
    counts = {general.k: heads, general.n: tosses}
    steps = (general.likelihood, general.log_likelihood, general.score, general.root, general.mle, general.maximum)
    lines = [line for step in steps for line in _step(step, counts, language)]
    share = Rational(heads, tosses)
    log_ways = _log_factorial(tosses) - _log_factorial(heads) - _log_factorial(tails)
    highest = log_ways + heads * log(share, evaluate=False) + tails * log(1 - share, evaluate=False)
    information = general.at_mle.expression.subs(counts)
    error = sqrt(1 / information)
    words = {
        "zh": ("估计", "该处的对数似然", "该处的信息量（观测与 Fisher 相同）", "标准误"),
        "en": ("estimate", "log-likelihood there", "information there (observed and Fisher agree)", "standard error"),
    }[language]
    colon = {"zh": "：", "en": ": "}[language]
    return [
        *lines,
        f"{words[0]}{colon}p = {heads}/{tosses}{_decimal(share)}",
        f"{words[1]}{colon}{rounded(highest, 3).digits()}",
        f"{words[2]}{colon}{information}{_decimal(information)}",
        f"{words[3]}{colon}{rounded(error, 2 - math.floor(math.log10(float(error)))).digits()}",
    ]


def _log_factorial(count: int) -> Expr:
    return loggamma(Integer(count + 1), evaluate=False)


def _at_an_end(tosses: int, all_heads: bool, language: str) -> list[str]:
    from derivations import coin_boundary as boundary

    steps = (
        (
            boundary.all_heads,
            boundary.all_heads_log,
            boundary.all_heads_score,
            boundary.all_heads_roots,
            boundary.all_heads_maximum,
        )
        if all_heads
        else (
            boundary.no_heads,
            boundary.no_heads_log,
            boundary.no_heads_score,
            boundary.no_heads_roots,
            boundary.no_heads_maximum,
        )
    )
    lines = [line for step in steps for line in _step(step, {boundary.n: tosses}, language)]
    end = int(all_heads)
    words = {
        "zh": f"估计：p = {end}。最大值在区间的端点，似然在那里等于 1；没有驻点，标准误不适用。",
        "en": f"estimate: p = {end}. The maximum is at the end of the interval, where the likelihood is 1; there is no stationary point, and no standard error applies.",
    }
    return [*lines, words[language]]


def _step(equation: Equation, counts: dict[Basic, int], language: str) -> list[str]:
    chain = equation.lines[0]
    filled = Chain(
        _filled(chain.first, counts), tuple(Link(link.relation, _filled(link.term, counts)) for link in chain.links)
    )
    return [
        f"{equation.title[language]} ({equation.plain_reason[language]}; {equation.id})",
        f"    {plain(filled, language)}",
    ]


def _filled(term: Basic, counts: dict[Basic, int]) -> Basic:
    return _settled(put(term, {symbol: Integer(value) for symbol, value in counts.items()}))


def _settled(term: Basic) -> Basic:
    """Differences of plain numbers worked out (10 - 8 is 2), all else as written."""
    if not term.args:
        return term
    parts = [_settled(part) for part in term.args]
    value = term.func(*parts) if isinstance(term, Add) and all(part.is_number for part in parts) else None
    return value if isinstance(value, Number) else rebuild(term, parts)


def _decimal(value: Expr) -> str:
    """The value as decimals: all of them where there are at most six, else six significant ones, or more to step off a tie."""
    if isinstance(value, Integer):
        return ""
    for places in range(7):
        if (value * 10**places).is_Integer:
            return f" = {rounded(value, places).digits()}"
    leading = max(0, -math.floor(math.log10(float(value))))
    for places in range(leading + 5, leading + 9):
        try:
            return f" ≈ {rounded(value, places).digits()}"
        except Undecided:
            continue
    return ""
