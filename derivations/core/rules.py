"""The moves a derivation is made of. Each computes with SymPy from earlier equations, remembers them, and gives the reason in both languages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sympy import Add, Dummy, Expr, Integer, Interval, Mul, Product, Set, Sum, Symbol, diff, factor, limit, log, sympify

from derivations.core.algebra import expand_logarithms, normal_form
from derivations.core.certificate import NoCertificate, certify_extremum, certify_roots
from derivations.core.latex import Style, latex, plain
from derivations.core.notation import ArgMax, ArgMin, Optimiser, Text, evaluated

if TYPE_CHECKING:
    from derivations.core.equation import Equation

RULES: dict[str, Text] = {
    "define": Text("定义", "definition"),
    "observe": Text("观测数据", "observed data"),
    "take_logarithm": Text("取对数", "take the logarithm"),
    "negate": Text("取相反数", "change the sign"),
    "differentiate": Text("求导", "differentiate"),
    "solve_for": Text("解方程", "solve"),
    "maximise": Text("求最大值点", "find the maximum"),
    "minimise": Text("求最小值点", "find the minimum"),
    "substitute": Text("代入", "substitute"),
    "multiply_over": Text("独立样本的概率相乘", "independence: multiply over the samples"),
    "write_out": Text("写出前几个样本", "write out the first samples"),
    "sum_over": Text("逐项求和", "sum the terms"),
    "factor": Text("因式分解", "factor"),
    "divide": Text("相除", "divide"),
    "subtract": Text("相减", "subtract"),
    "add": Text("相加", "add"),
    "scale": Text("乘以常数", "multiply by a constant"),
    "power": Text("取幂", "raise to a power"),
    "expect": Text("取期望", "take the expectation"),
    "go_to_limit": Text("取极限", "take the limit"),
    "bound": Text("比较大小", "compare"),
    "run": Text("运行得到", "found by running it"),
    "count": Text("计数", "count"),
    "rename": Text("换成另一篇的记号", "rename into the other article's notation"),
    "reorder": Text("单调变换", "transform monotonically"),
    "rewrite": Text("等价改写", "rewrite"),
}
"""The vocabulary: one name in each language, printed beside the step."""


@dataclass(frozen=True)
class Computed:
    """What a rule computed, from which equations, and why."""

    rule: str
    expression: Any
    parents: tuple[Equation, ...]
    reason: Text
    plain_reason: Text


Write = Callable[[Any], str]
"""Writes an expression into a reason: as inline TeX for the pages, as plain text for the terminal."""


def _computed(
    rule: str, expression: Any, *parents: Equation, detail: Callable[[Write], tuple[str, str]] | None = None
) -> Computed:
    def reason(write: Write) -> Text:
        more = detail(write) if detail else ("", "")
        return Text(RULES[rule].zh + more[0], RULES[rule].en + more[1])

    style = parents[0].style if parents else Style()
    return Computed(
        rule,
        expression,
        parents,
        reason(lambda part: f"${latex(sympify(part), style, 'en')}$"),
        reason(lambda part: plain(sympify(part))),
    )


def take_logarithm(equation: Equation) -> Computed:
    """The natural logarithm of the right-hand side; products become sums where every factor is positive on the domain."""
    return _computed("take_logarithm", expand_logarithms(log(equation.expression), equation.domain), equation)


def negate(equation: Equation) -> Computed:
    """Minus the right-hand side."""
    return _computed("negate", -equation.expression, equation)


def differentiate(equation: Equation, variable: Symbol, times: int = 1, at: Expr | None = None) -> Computed:
    """The derivative with respect to `variable`, `times` times, and its value at a point where one is given."""
    derivative = diff(equation.expression, variable, times)
    if at is None:
        return _computed(
            "differentiate",
            derivative,
            equation,
            detail=lambda write: (f"：对 {write(variable)}", f" with respect to {write(variable)}"),
        )
    return _computed(
        "differentiate",
        derivative.subs(variable, at),
        equation,
        detail=lambda write: (
            f"：对 {write(variable)}，取值于 {write(at)}",
            f" with respect to {write(variable)}, at {write(at)}",
        ),
    )


def solve_for(equation: Equation, variable: Symbol, over: Set) -> Computed:
    """All values of `variable` in `over` at which the right-hand side is zero, as a set; certified complete.

    Raises:
        NoCertificate: roots were left over that could be neither found nor excluded.
    """
    found = certify_roots(equation.expression, variable, over, equation.domain).found
    return _computed(
        "solve_for", found, equation, detail=lambda write: (f"：求 {write(variable)}", f" for {write(variable)}")
    )


def the_root(equation: Equation) -> Computed:
    """The one element of a solution set.

    Raises:
        ValueError: the set has none or several.
    """
    found = list(equation.expression)
    if len(found) != 1:
        raise ValueError(f"{equation.id} has {len(found)} solutions ({equation.expression}); exactly one is needed")
    return _computed("solve_for", found[0], equation)


def maximise(equation: Equation, variable: Symbol, over: Interval, candidates: tuple[Expr, ...]) -> Computed:
    """The one place in `over` where the right-hand side is largest, among the candidates (stationary points and ends), certified.

    Raises:
        NoCertificate: none of the candidates could be certified.
    """
    return _extremum("maximise", equation, variable, over, candidates, largest=True)


def minimise(equation: Equation, variable: Symbol, over: Set, candidates: tuple[Expr, ...]) -> Computed:
    """The one place in `over` where the right-hand side is smallest; as `maximise`."""
    return _extremum("minimise", equation, variable, over, candidates, largest=False)


def _extremum(
    rule: str, equation: Equation, variable: Symbol, over: Set, candidates: tuple[Expr, ...], largest: bool
) -> Computed:
    reasons = []
    for place in candidates:
        try:
            certify_extremum(equation.expression, variable, sympify(place), over, equation.domain, largest)
        except NoCertificate as reason:
            reasons.append(str(reason))
            continue
        return _computed(rule, sympify(place), equation)
    raise NoCertificate(f"no extremum of {equation.id} certified among {candidates}: {'; '.join(reasons)}")


def substitute(
    equation: Equation, values: Mapping[Any, Any], *also: Equation, then: Mapping[Any, Any] | None = None
) -> Computed:
    """The right-hand side with quantities replaced by values (and after that by those in `then`); `also` names the equations that give them."""
    replaced = evaluated(equation.expression.xreplace(dict(values))).xreplace(dict(then or {}))

    def detail(write: Write) -> tuple[str, str]:
        shown = [f"{write(old)} = {write(new)}" for old, new in values.items()]
        return " " + "，".join(shown), " " + ", ".join(shown)

    return _computed("substitute", replaced, equation, *also, detail=detail)


def rename(equation: Equation, names: Mapping[Any, Any], *also: Equation) -> Computed:
    """The right-hand side in another notation: each family of quantities replaced by the one that means the same."""
    renamed = equation.expression.replace(lambda part: part.func in names, lambda part: names[part.func](*part.args))
    return _computed("rename", renamed, equation, *also)


def multiply_over(equation: Equation, index: Symbol, low: Any, high: Any) -> Computed:
    """The product of the right-hand side over independent samples."""
    return _computed("multiply_over", Product(equation.expression, (index, low, high)), equation)


def multiply(*equations: Equation, observed: tuple[Equation, ...] = ()) -> Computed:
    """The product of right-hand sides of independent samples; `observed` names the data that say which samples there are."""
    result: Expr = Integer(1)
    for equation in equations:
        result = result * equation.expression
    return _computed("multiply_over", result, *equations, *observed)


def write_out(equation: Equation, values: Mapping[Any, Any], count: int, others: Expr, *also: Equation) -> Computed:
    """The first `count` factors of a product over samples, with the values observed, times `others`, which stands for all further factors."""
    whole = equation.expression
    if not isinstance(whole, Product):
        raise ValueError(f"{equation.id} is no product over samples; write_out starts from one")
    term, (index, low, _) = whole.args
    first = [term.xreplace({index: low + position}).xreplace(dict(values)) for position in range(count)]
    return _computed("write_out", Mul(*first, others), equation, *also)


def write_out_sum(equation: Equation, values: Mapping[Any, Any], count: int, *also: Equation) -> Computed:
    """The first `count` terms of a sum over samples, with the values observed."""
    whole = equation.expression
    if not isinstance(whole, Sum):
        raise ValueError(f"{equation.id} is no sum over samples; write_out_sum starts from one")
    term, (index, low, _) = whole.args
    return _computed(
        "write_out",
        Add(*(term.xreplace({index: low + position}).xreplace(dict(values)) for position in range(count))),
        equation,
        *also,
    )


def sum_over(equation: Equation, index: Symbol, low: Any, high: Any, *also: Equation) -> Computed:
    """The sum of the right-hand side over samples."""
    return _computed("sum_over", Sum(equation.expression, (index, low, high)), equation, *also)


def factor_out(equation: Equation) -> Computed:
    """The right-hand side as a product of irreducible factors."""
    return _computed("factor", factor(equation.expression), equation)


def divide(above: Equation, below: Equation) -> Computed:
    """The quotient of two right-hand sides."""
    return _computed("divide", normal_form(above.expression / below.expression, above.domain), above, below)


def subtract(left: Equation, right: Equation) -> Computed:
    """The difference of two right-hand sides."""
    return _computed("subtract", left.expression - right.expression, left, right)


def add(left: Equation, right: Equation) -> Computed:
    """The sum of two right-hand sides."""
    return _computed("add", left.expression + right.expression, left, right)


def scale(equation: Equation, constant: Expr, *also: Equation) -> Computed:
    """A constant times the right-hand side; `also` names the equations that give the constant."""
    return _computed("scale", constant * equation.expression, equation, *also)


def power(equation: Equation, exponent: Expr) -> Computed:
    """The right-hand side to a power."""
    return _computed("power", equation.expression**exponent, equation)


def expected_value(probability: Equation, outcome: Symbol, outcomes: tuple[int, ...]) -> Computed:
    """The mean of a discrete quantity: the sum of each outcome times its probability."""
    return _computed(
        "expect", sum(value * probability.expression.subs(outcome, value) for value in outcomes), probability
    )


def expect(equation: Equation, counts: Mapping[Symbol, Expr], *also: Equation) -> Computed:
    """The expectation of a right-hand side that is linear in the counts, given their expectations.

    Raises:
        ValueError: it is not linear in them, so the expectation does not pass through.
    """
    for count in counts:
        if diff(equation.expression, count, 2) != 0:
            raise ValueError(f"{equation.id} is not linear in {count}; its expectation needs more than the mean")
    return _computed("expect", equation.expression.xreplace(dict(counts)), equation, *also)


def go_to_limit(equation: Equation, variable: Expr, to: Any, direction: str = "-") -> Computed:
    """The limit of the right-hand side as `variable` tends to `to`, from below ("-", also for infinity) or from above ("+")."""
    moving = Dummy(positive=True)
    return _computed(
        "go_to_limit", limit(equation.expression.xreplace({variable: moving}), moving, to, direction), equation
    )


def bound(*equations: Equation) -> Computed:
    """An inequality about right-hand sides; the relation shown is what gets proved."""
    return _computed("bound", equations[0].expression, *equations)


def count(expression: Expr, *parents: Equation) -> Computed:
    """A number of ways or of occurrences."""
    return _computed("count", evaluated(expression), *parents)


def observe(value: Expr, *parents: Equation) -> Computed:
    """A number found by running something; the form shown derives it, so that the two are checked against each other."""
    return _computed("run", value, *parents)


def rewrite(equation: Equation, *also: Equation) -> Computed:
    """The same right-hand side in another form."""
    return _computed("rewrite", equation.expression, equation, *also)


def reorder(equation: Equation, *also: Equation) -> Computed:
    """arg max of a positive objective as arg min of its negative logarithm: the logarithm keeps the order, the sign turns it."""
    asked = equation.expression
    if not isinstance(asked, ArgMax):
        raise ValueError(f"{equation.id} is no arg max; reorder starts from one")
    return _computed("reorder", ArgMin(-log(asked.objective), asked.variables, asked.over), equation, *also)


def rescale(equation: Equation, constant: Expr) -> Computed:
    """arg min of an objective as arg min of a positive constant times it: the order stays."""
    asked = equation.expression
    if not isinstance(asked, Optimiser):
        raise ValueError(f"{equation.id} is no arg max or arg min; rescale starts from one")
    return _computed("reorder", asked.func(constant * asked.objective, asked.variables, asked.over), equation)
