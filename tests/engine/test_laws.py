"""Each law, rightly applied once, and wrongly in each way that it could be: then it has to stay silent."""

from __future__ import annotations

import pytest

from derivations.engine import CLOSED_UNIT, COUNT, LABEL, NATURAL, POSITIVE, REAL, UNIT, Derivation
from derivations.engine.kernel.arithmetic import same
from derivations.engine.kernel.check import WHOLE_LINE
from derivations.engine.kernel.laws import LAWS
from derivations.engine.kernel.statements import Context, Hypothesis, Range
from derivations.engine.kernel.terms import alike, num, sym

RANGES = {
    "p": UNIT, "q": CLOSED_UNIT, "x": REAL, "z": REAL, "u": POSITIVE, "v": POSITIVE, "n": COUNT, "m": NATURAL, "y": LABEL,
    "k": Range(num(1), sym("n"), True, True, whole=True), "l": Range(num(0), sym("n"), True, True, whole=True),
}  # fmt: skip

RIGHT = {
    "log-product": ("log(u*v)", "log(u) + log(v)"),
    "log-quotient": ("log(u/v)", "log(u) - log(v)"),
    "log-reciprocal": ("log(v/u)", "-log(u/v)"),
    "zero-log-zero": ("q*log(q/p)", "q*log(q) - q*log(p)"),
    "log-power": ("log(u**x)", "x*log(u)"),
    "log-exp": ("log(exp(x))", "x"),
    "log-one": ("log(3/3)", "0"),
    "power-one": ("(p + (1 - p))**n", "1"),
    "power-product": ("(u*v)**x", "u**x*v**x"),
    "root-quotient": ("1/sqrt(u)", "sqrt(1/u)"),
    "root-square": ("sqrt(u)**2", "u"),
    "by-sign": ("abs(-u)", "--u"),
    "choose": ("binomial(10, 8)", "10*9/(2*1)"),
    "derivative-linear": ("d(3*x + 5, x)", "d(3*x, x) + d(5, x)"),
    "derivative-log": ("d(log(1 - p), p)", "1/(1 - p)*d(1 - p, p)"),
    "derivative-exp": ("d(exp(-x), x)", "exp(-x)*d(-x, x)"),
    "derivative-power": ("d((1 - p)**8, p)", "8*(1 - p)**(8 - 1)*d(1 - p, p)"),
    "derivative-root": ("d(sqrt(1 - p), p)", "1/(2*sqrt(1 - p))*d(1 - p, p)"),
    "derivative-product": ("d(x*exp(x), x)", "d(x, x)*exp(x) + x*d(exp(x), x)"),
    "derivative-quotient": ("d(1/u, u)", "-(1*d(u, u)/u**2)"),
    "sum-linear": ("sum(3*a(i), i, 1, n)", "3*sum(a(i), i, 1, n)"),
    "sum-exchange": ("sum(sum(a(i)*a(j), j, 1, m), i, 1, n)", "sum(sum(a(i)*a(j), i, 1, n), j, 1, m)"),
    "equal-terms": ("prod(p, i, 1, n)", "p**n"),
    "write-out": ("sum(a(i), i, 1, 3)", "a(1) + a(2) + a(3)"),
    "split-first": ("sum(a(i), i, 1, n)", "a(1) + sum(a(i), i, 2, n)"),
    "split-last": ("sum(a(i), i, 1, n + 1)", "sum(a(i), i, 1, n) + a(n + 1)"),
    "one-term": ("sum(indicator(i, k)*a(i), i, 1, n)", "a(k)"),
    "zero-term": ("sum(i*a(i), i, 0, n)", "sum(i*a(i), i, 1, n)"),
    "shift-index": ("sum(a(i), i, 1, n)", "sum(a(i + 1), i, 0, n - 1)"),
    "absorption": ("k*binomial(n, k)", "n*binomial(n - 1, k - 1)"),
    "binomial-theorem": ("sum(binomial(n, i)*p**i*(1 - p)**(n - i), i, 0, n)", "(p + (1 - p))**n"),
    "limit": ('lim(-log(p), p, 1, "-")', "-log(1)"),
    "positive-factor": ("argmax(3*p, p, 0, 1)", "argmax(p, p, 0, 1)"),
    "added-constant": ("argmax(p + 3, p, 0, 1)", "argmax(p, p, 0, 1)"),
    "minus-swaps": ("argmin(-p, p, 0, 1)", "argmax(p, p, 0, 1)"),
    "log-keeps-order": ('argmax(log(p), p, 0, 1, "(]")', 'argmax(p, p, 0, 1, "(]")'),
    "hypothesis": ("a(2)", "7"),
}

WRONG = [
    ("log-product", "log(x*z)"), ("log-product", "log(u + v)"), ("log-product", "log(q*p)"), ("log-product", "log(prod(a(i), i, 1, n))"),
    ("log-quotient", "log(x/z)"), ("log-quotient", "log(p/q)"),
    ("log-reciprocal", "log(u/v)"), ("log-reciprocal", "log(x/u)"),
    ("zero-log-zero", "x*log(x/p)"), ("zero-log-zero", "q*log(q/x)"), ("zero-log-zero", "q*log(p/q)"), ("zero-log-zero", "p*log(q/p)"), ("zero-log-zero", "q*log(q)"),
    ("log-power", "log(x**2)"), ("log-power", "log(q**2)"), ("log-power", "log(sqrt(q))"),
    ("log-exp", "exp(log(u) + log(v))"), ("log-exp", "log(exp(x) + 1)"), ("log-exp", "exp(u*v)"),
    ("log-one", "log(2)"), ("log-one", "log(p)"),
    ("power-one", "p**n"), ("power-one", "(2*p)**n"),
    ("power-product", "(x*z)**u"), ("power-product", "(u + v)**x"),
    ("root-quotient", "1/sqrt(q)"), ("root-quotient", "u/sqrt(v)"),
    ("root-square", "sqrt(x**2)"), ("root-square", "sqrt(u)**3"),
    ("by-sign", "abs(x)"), ("by-sign", "max(x, z)"),
    ("choose", "binomial(n, 2)"), ("choose", "binomial(8, 10)"), ("choose", "binomial(l, k)"),
    ("derivative-linear", "d(x*exp(x), x)"), ("derivative-linear", "d(1/x, x)"), ("derivative-linear", "d(log(x), x)"),
    ("derivative-log", "d(log(v), u)"), ("derivative-log", "d(exp(u), u)"),
    ("derivative-exp", "d(exp(z), x)"), ("derivative-exp", "d(2**x, x)"),
    ("derivative-power", "d(2**u, u)"), ("derivative-power", "d(u**u, u)"), ("derivative-power", "d(v**3, u)"),
    ("derivative-root", "d(sqrt(q), q)"), ("derivative-root", "d(sqrt(v), u)"),
    ("derivative-product", "d(v*v, u)"), ("derivative-product", "d(u + u, u)"),
    ("derivative-quotient", "d(u/v, u)"),
    ("sum-linear", "sum(a(i)*a(i), i, 1, n)"), ("sum-linear", "sum(i*a(i), i, 1, n)"),
    ("sum-exchange", "sum(sum(a(i)*a(j), j, 1, n), i, 1, m)"), ("sum-exchange", "sum(sum(a(j), j, 1, i), i, 1, n)"), ("sum-exchange", "sum(sum(a(i), i, 1, m), i, 1, n)"),
    ("sum-exchange", "sum(prod(a(i)*a(j), j, 1, m), i, 1, n)"),
    ("equal-terms", "sum(i, i, 1, n)"),
    ("write-out", "sum(a(i), i, 1, n)"), ("write-out", "sum(a(i), i, 1, 1000)"),
    ("split-first", "sum(a(i), i, 1, m)"), ("split-first", "sum(a(i), i, 2, n)"), ("split-first", "sum(a(i), i, 1, 3)"),
    ("split-last", "sum(a(i), i, 1, n)"), ("split-last", "sum(a(i), i, 3, n + 1)"),
    ("one-term", "sum(indicator(i, l)*a(i), i, 1, n)"), ("one-term", "sum(indicator(i, x)*a(i), i, 1, n)"), ("one-term", "sum(indicator(i, i)*a(i), i, 1, n)"),
    ("one-term", "sum(indicator(i, n + 1)*a(i), i, 1, n)"),
    ("zero-term", "sum(i*a(i), i, 1, n)"), ("zero-term", "sum((1 + i)*a(i), i, 0, n)"), ("zero-term", "sum(i*a(i), i, 0, m - 1)"),
    ("shift-index", "sum(a(i), i, 0, n)"),
    ("absorption", "l*binomial(n, l)"), ("absorption", "n*binomial(n, k)"),
    ("binomial-theorem", "sum(binomial(n, i)*p**i*(1 - p)**(n - i), i, 1, n)"), ("binomial-theorem", "sum(binomial(n, i)*p**i*(1 - p)**i, i, 0, n)"),
    ("binomial-theorem", "sum(binomial(n, i)*p**i*i**(n - i), i, 0, n)"),
    ("limit", 'lim(log(p), p, 1, "-") + 1'), ("limit", 'lim(1/p, p, 0, "+")'), ("limit", "lim(exp(x), x, oo)"), ("limit", 'lim(abs(p), p, 0, "+")'), ("limit", "lim(exp(x)*exp(-x), x, oo)"),
    ("limit", "lim(x*exp(-x), x, oo)"), ("limit", 'lim(p**(1/log(p)), p, 0, "+")'),
    ("limit", "lim(exp(-(z*x)), x, oo)"), ("limit", "lim(exp(-(q*x)), x, oo)"), ("limit", "lim(exp(-(x*x)), x, -oo)"), ("limit", "lim(exp(u*x), x, oo)"),
    ("limit", "lim(prod(exp(-(a(i)*x)), i, 1, n), x, oo)"), ("limit", "lim(sum(exp(-(b(i)*i*x)), i, 0, n), x, oo)"),
    ("positive-factor", "argmax(p - 3, p, 0, 1)"), ("positive-factor", "argmax(x*p, p, 0, 1)"), ("positive-factor", "argmax(q*p, p, 0, 1)"),
    ("added-constant", "argmax(3*p, p, 0, 1)"), ("added-constant", "argmax(p + p**2, p, 0, 1)"), ("added-constant", "argmax(3 + x, p, 0, 1)"),
    ("minus-swaps", "argmin(p, p, 0, 1)"),
    ("log-keeps-order", "argmax(log(x), x, 0, 1)"), ("log-keeps-order", "argmax(exp(p), p, 0, 1)"),
    ("hypothesis", "a(x)"), ("hypothesis", "sum(a(n), n, 1, 3)"), ("hypothesis", "b(2)"),
]  # fmt: skip


@pytest.fixture(scope="module")
def scope() -> Derivation:
    made = Derivation("laws", source="mle/1")
    for letter, over in RANGES.items():
        made.quantity(letter, over)
    made.family("a", REAL, "a_{0}")
    made.family("b", POSITIVE, "b_{0}")
    return made


def context(scope: Derivation) -> Context:
    premise = Hypothesis(scope.scope.read("a(n + 1 - n + 0)"), "=", num(7))
    supposed = (Hypothesis(scope.scope.read("a(2)"), "=", num(7)), premise)
    return Context(RANGES, scope.families, {}, supposed, frozenset({"0 log 0 = 0"}))


@pytest.mark.parametrize("name", LAWS)
def test_law_says_what_is_right(scope: Derivation, name: str) -> None:
    given, expected = (scope.scope.read(text) for text in RIGHT[name])
    here = context(scope)
    found = LAWS[name].move(given, here)
    assert found is not None, name
    assert alike(found, expected) or same(found, expected, here), found


@pytest.mark.parametrize(("name", "text"), WRONG)
def test_law_stays_silent_where_it_does_not_hold(scope: Derivation, name: str, text: str) -> None:
    given = scope.scope.read(text)
    found = LAWS[name].move(given, context(scope)) if not LAWS[name].heads or given[0] in LAWS[name].heads else None
    assert found is None, found


def test_zero_log_zero_is_silent_where_the_convention_is_not_stated(scope: Derivation) -> None:
    assert LAWS["zero-log-zero"].move(scope.scope.read("q*log(q/p)"), Context(RANGES)) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [("indicator(k, k)", 1), ("indicator(n + 1, 1 + n)", 1), ("indicator(k, 0)", 0), ("indicator(n + 1, n)", 0), ("indicator(l, 0)", None), ("indicator(k, n)", None)],
)  # fmt: skip
def test_indicator_is_a_number_only_where_it_is_the_same_everywhere(
    scope: Derivation, text: str, number: int | None
) -> None:
    found = [each for each in (0, 1) if same(scope.scope.read(text), num(each), context(scope))]
    assert found == ([] if number is None else [number])


def test_every_law_is_misused_here() -> None:
    assert {name for name, _ in WRONG} == set(LAWS) == set(RIGHT)
    assert not set(LAWS) & WHOLE_LINE
