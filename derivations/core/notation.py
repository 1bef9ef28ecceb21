"""How the articles write things, as SymPy objects: decimals, brackets, dots, families such as ŷ_i, arg max.

Each object knows how it looks (the printers in `latex.py` ask it) and what it means: `evaluated` turns it into ordinary SymPy, which is
what proofs are about. Nothing here changes a value.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from sympy import (
    Add,
    Basic,
    Derivative,
    Expr,
    Function,
    Integer,
    KroneckerDelta,
    Limit,
    Mul,
    Pow,
    Product,
    Rational,
    Subs,
    Sum,
    Symbol,
    Tuple,
    sympify,
)
from sympy.core.function import UndefinedFunction
from sympy.core.parameters import evaluate

T = TypeVar("T")


@dataclass(frozen=True)
class Text:
    """The same words in Chinese and in English."""

    zh: str
    en: str

    def __getitem__(self, language: str) -> str:
        return {"zh": self.zh, "en": self.en}[language]

    def as_dict(self) -> dict[str, str]:
        return {"zh": self.zh, "en": self.en}


def text(words: Text | tuple[str, str] | str) -> Text:
    """`Text` from a pair (Chinese, English), or from one string that serves both."""
    if isinstance(words, Text):
        return words
    return Text(words, words) if isinstance(words, str) else Text(*words)


def as_written(build: Callable[[], T]) -> T:
    """What `build` returns, with every operation left as the author wrote it: nothing collected, reordered or computed."""
    with evaluate(False):
        return build()


def flatten(expression: Basic) -> Basic:
    """`(a + b) + c` as `a + b + c`, and the same for products: Python's grouping, which no reader sees, is undone."""
    if not expression.args or isinstance(expression, (AsDecimal, Symbol)):
        return expression
    parts = [flatten(part) for part in expression.args]
    if isinstance(expression, (Add, Mul)):
        kind = Add if isinstance(expression, Add) else Mul
        flat = [inner for part in parts for inner in (part.args if type(part) is kind else [part])]
        return kind(*flat, evaluate=False)
    if isinstance(expression, Pow):
        return Pow(*parts, evaluate=False)
    return rebuild(expression, parts)


def rebuild(expression: Basic, parts: list[Basic]) -> Basic:
    """`expression` with other arguments and no evaluation."""
    if tuple(parts) == expression.args and all(new is old for new, old in zip(parts, expression.args, strict=True)):
        return expression
    if isinstance(expression, (Sum, Product)):
        return _over(type(expression), parts[0], *parts[1:])
    with evaluate(False):
        return expression.func(*parts)


def put(expression: Basic, values: dict[Any, Any]) -> Basic:
    """`expression` with quantities replaced and nothing evaluated: 1 - ŷ becomes 1 - 1, not 0."""
    if expression in values:
        return sympify(values[expression])
    return rebuild(expression, [put(part, values) for part in expression.args]) if expression.args else expression


@cache
def evaluated(expression: Basic) -> Basic:
    """What a written expression means, computed: like SymPy's `doit`, but a sum or product up to a symbolic N stays one (SymPy would search for a closed form)."""
    if not expression.args or isinstance(expression, Symbol):
        return expression
    with evaluate(True):  # the answer is remembered, so it must not depend on where it was first asked for
        return _computed(expression)


def _computed(expression: Basic) -> Basic:
    if isinstance(expression, (AsDecimal, Bracket)):
        return evaluated(expression.args[0])
    parts = [evaluated(part) for part in expression.args]
    if isinstance(expression, (Sum, Product)) and not expression.has(KroneckerDelta):
        term, (index, low, high) = parts[0], parts[1]
        if not term.has(index):
            return term * (high - low + 1) if isinstance(expression, Sum) else term ** (high - low + 1)
        if not (low.is_Integer and high.is_Integer):
            return _over(type(expression), term, (index, low, high))
        terms = [evaluated(term.xreplace({index: Integer(at)})) for at in range(int(low), int(high) + 1)]
        return Add(*terms) if isinstance(expression, Sum) else Mul(*terms)
    rebuilt = expression.func(*parts)
    computes = isinstance(rebuilt, (Derivative, Subs, Limit, Sum, SumOverEvents, KroneckerDelta))
    return rebuilt.doit() if computes else rebuilt


# ---------------------------------------------------------------- quantities with a look of their own


class Named(Symbol):
    r"""A symbol whose LaTeX is not its name, such as $\mathcal{L}$ or $w^*, b^*$."""

    __slots__ = ("latex_form",)

    def __new__(cls, name: str, latex_form: str, **assumptions: bool) -> Named:
        symbol = Symbol.__xnew__(cls, name, **assumptions)
        symbol.latex_form = latex_form
        return symbol

    def _hashable_content(self) -> tuple[Any, ...]:
        return (*super()._hashable_content(), self.latex_form)


class Dots(Symbol):
    r"""`\cdots`: the factors of the samples that are not written out; their logarithm, the terms not written out, is dots again."""

    __slots__ = ()

    def __new__(cls, name: str = "rest") -> Dots:
        return Symbol.__xnew__(cls, name, positive=True)


def family(name: str, latex_form: str | Text, plain_form: str | Text, **assumptions: bool) -> UndefinedFunction:
    r"""A quantity with indices or arguments, such as $\hat{y}_i(\theta)$: `{0}`, `{1}`, … stand for them in both forms.

    Args:
        name: internal and unique: two families of one name are one family.
        assumptions: SymPy's (`positive`, `real`, `integer`, …), true for every member.
    """
    members = UndefinedFunction(name, **assumptions)
    members.latex_form, members.plain_form = text(latex_form), text(plain_form)
    return members


# ---------------------------------------------------------------- notations that stand for a value


class AsDecimal(Function):
    """A rational number shown with a decimal point: `AsDecimal(7/10, 1)` is 0.7, shown to one place."""

    nargs = 2

    def doit(self, **hints: Any) -> Expr:
        return self.args[0]

    def digits(self) -> str:
        """The digits shown. Exact by construction: the value is a whole number of units of the last place."""
        value, places = self.args
        scaled = value * Integer(10) ** places
        if not scaled.is_Integer:
            raise ValueError(f"{value} has more than {places} decimal places; round it first (enclosure.rounded)")
        whole = str(abs(int(scaled))).rjust(int(places) + 1, "0")
        sign = "-" if scaled < 0 else ""
        return sign + (f"{whole[: -int(places)]}.{whole[-int(places) :]}" if places > 0 else whole)


def decimal(digits: str) -> AsDecimal:
    """A datum that the article writes with a decimal point: `decimal("0.7")`."""
    return AsDecimal(Rational(digits), len(digits.partition(".")[2]))


class Bracket(Function):
    r"""Square brackets that the article sets: $-\left[ … \right]$."""

    nargs = 1

    def doit(self, **hints: Any) -> Expr:
        return self.args[0].doit(**hints)


def quotient(numerator: Any, denominator: Any) -> Expr:
    """A fraction that is not reduced: `quotient(8, 10)` shows 8/10."""
    return Mul(sympify(numerator), Pow(sympify(denominator), -1, evaluate=False), evaluate=False)


# ---------------------------------------------------------------- sums, products and extrema


def _over(kind: type, term: Expr, *limits: Any) -> Expr:
    """A sum or product kept as written: SymPy's constructor would multiply the term by 1 and distribute signs."""
    kept = Expr.__new__(kind)
    kept._args = (sympify(term), *(Tuple(*limit) for limit in limits))
    kept.is_commutative = True
    return kept


def sum_of(term: Expr, index: Symbol, low: Any, high: Any) -> Sum:
    r"""$\sum_{index=low}^{high} term$, the term as written."""
    return _over(Sum, term, (index, low, high))


def product_of(term: Expr, index: Symbol, low: Any, high: Any) -> Product:
    r"""$\prod_{index=low}^{high} term$, the term as written."""
    return _over(Product, term, (index, low, high))


class SumOverEvents(Function):
    r"""$\sum_{x} term$, x over a finite set of events: a `Tuple` of them, or a symbol for the set when it is left open."""

    nargs = 3

    def doit(self, **hints: Any) -> Expr:
        term, index, events = self.args
        if not isinstance(events, Tuple):
            return SumOverEvents(term.doit(**hints), index, events)
        return Add(*(term.subs(index, event).doit(**hints) for event in events))


class Optimiser(Function):
    r"""$\arg\max$ or $\arg\min$ of an objective over variables, on a set (an interval, or `UniversalSet` when it goes without saying)."""

    nargs = 3

    @property
    def objective(self) -> Expr:
        return self.args[0]

    @property
    def variables(self) -> Tuple:
        return self.args[1]

    @property
    def over(self) -> Basic:
        return self.args[2]

    def doit(self, **hints: Any) -> Expr:
        return self.func(self.objective.doit(**hints), self.variables, self.over)


class ArgMax(Optimiser):
    """Where the objective is largest."""


class ArgMin(Optimiser):
    """Where the objective is smallest."""


class Roots(Function):
    r"""The solution set $\{x \in over : function = 0\}$."""

    nargs = 3


@dataclass(frozen=True)
class Link:
    """One more term of a chain, with the relation that leads to it: '=', '≈', '<', '≤', '>', '≥', '∈', or '=!' for a condition set."""

    relation: str
    term: Basic


RELATIONS = ("=", "≈", "<", "≤", ">", "≥", "∈", "=!")


@dataclass(frozen=True)
class Chain:
    """A statement as it is shown: a first term, then relations with terms: a = b ≈ c."""

    first: Basic
    links: tuple[Link, ...]

    @property
    def terms(self) -> tuple[Basic, ...]:
        return (self.first, *(link.term for link in self.links))

    @property
    def last(self) -> Basic:
        return self.terms[-1]


def chain(first: Any, *rest: Any) -> Chain:
    """`chain(a, "=", b, "≈", c)`. The relation "=!" is shown as = and sets a condition (the score *set* to zero), claiming nothing."""
    if len(rest) % 2:
        raise ValueError(f"a chain alternates terms and relations; {len(rest) + 1} parts were given")
    for relation in rest[::2]:
        if relation not in RELATIONS:
            raise ValueError(f"{relation!r} is not a relation of a chain; allowed: {', '.join(RELATIONS)}")
    pairs = zip(rest[::2], rest[1::2], strict=True)
    links = tuple(Link(relation, flatten(sympify(term, evaluate=False))) for relation, term in pairs)
    return Chain(flatten(sympify(first, evaluate=False)), links)


def equals(*terms: Any) -> Chain:
    """A chain of equalities."""
    return chain(terms[0], *(part for term in terms[1:] for part in ("=", term)))
