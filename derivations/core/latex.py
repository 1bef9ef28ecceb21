r"""LaTeX and plain text of what is shown, in the authored order and the articles' typography.

SymPy's own printer sorts terms and writes `\log{\left(p \right)}`; the articles write `8\log p + 2\log(1-p)`. This printer keeps the order in
which a formula was written and sets logarithms, decimals, sums and extrema as the articles do. Words inside formulas follow the language.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sympy import Add, Basic, Expr, Integer, Mul, Number, Pow, Product, Rational, S, Sum, Symbol, Tuple, log
from sympy.core.function import AppliedUndef
from sympy.printing.latex import LatexPrinter
from sympy.printing.str import StrPrinter

from derivations.core.notation import ArgMin, AsDecimal, Bracket, Chain, Dots, Named, Optimiser, SumOverEvents

LATEX_RELATIONS = {
    "=": "=",
    "=!": "=",
    "≈": r"\approx",
    "<": "<",
    "≤": r"\le",
    ">": ">",
    "≥": r"\ge",
    "∈": r"\in",
    "≠": r"\ne",
}

GREEK = {"theta": "θ", "sigma": "σ", "mu": "μ", "epsilon": "ε", "lambda": "λ"}


@dataclass(frozen=True)
class Style:
    r"""An article's typography: the name of the natural logarithm, whether its argument always has parentheses, the sign for a product."""

    logarithm: str = r"\log"
    parenthesised: bool = False
    times: str = " "


def split_sign(term: Expr) -> tuple[str, Expr]:
    """A term of a sum as its sign and what follows it."""
    if isinstance(term, Number) and term < 0:
        return "-", -term
    if isinstance(term, AsDecimal) and term.args[0] < 0:
        return "-", AsDecimal(-term.args[0], term.args[1])
    if isinstance(term, Mul) and isinstance(term.args[0], Number) and term.args[0] < 0:
        rest = term.args[1:] if term.args[0] == -1 else (-term.args[0], *term.args[1:])
        return "-", rest[0] if len(rest) == 1 else Mul(*rest, evaluate=False)
    return "", term


def fraction_runs(factors: tuple[Expr, ...]) -> list[tuple[list[Expr], list[Expr]]]:
    """The factors in order, as fractions: each run of numerators with the denominators that follow it."""
    runs: list[tuple[list[Expr], list[Expr]]] = [([], [])]
    for factor in factors:
        if isinstance(factor, Pow) and isinstance(factor.exp, Number) and factor.exp < 0 and factor.base is not S.Exp1:
            below = factor.base if factor.exp == -1 else Pow(factor.base, -factor.exp, evaluate=False)
            runs[-1][1].append(below)
        else:
            if runs[-1][1]:
                runs.append(([], []))
            runs[-1][0].append(factor)
    return runs


def in_order(members: Any) -> list[Expr]:
    """The members of a finite set, smallest first where they are numbers."""
    return sorted(
        members.args, key=lambda member: (0, float(member), "") if member.is_number else (1, 0.0, str(member))
    )


class _Authored:
    """What both printers share: the order is the author's."""

    def _terms(self, expression: Expr) -> list[tuple[str, Expr]]:
        return [split_sign(term) for term in expression.args]

    def _print_Add(self, expression: Expr, order: Any = None) -> str:
        pieces: list[str] = []
        for sign, term in self._terms(expression):
            body = self._print(term)  # type: ignore[attr-defined]
            body = self._parenthesise(body) if isinstance(term, Add) else body  # type: ignore[attr-defined]
            pieces.append(f"{' - ' if sign else ' + '}{body}" if pieces else f"{sign}{body}")
        return "".join(pieces)


class AuthoredLatex(_Authored, LatexPrinter):
    """SymPy's LaTeX printer, taught the articles' order and notation."""

    def __init__(self, style: Style, language: str) -> None:
        super().__init__({"order": "none", "fold_short_frac": False})
        self.style, self.language = style, language

    @staticmethod
    def _parenthesise(body: str) -> str:
        tall = any(command in body for command in (r"\frac", r"\sum", r"\prod", r"\binom", r"\left["))
        return rf"\left({body}\right)" if tall else f"({body})"

    def _factor(self, factor: Expr, alone: bool) -> str:
        body = self._print(factor)
        return self._parenthesise(body) if isinstance(factor, Add) and not alone else body

    def _product(self, factors: list[Expr]) -> str:
        pieces = ""
        for position, factor in enumerate(factors):
            body = self._factor(factor, alone=len(factors) == 1)
            if position + 1 < len(factors) and isinstance(factor, (log, Sum, Product)):
                body = self._parenthesise(body)
            if position:
                digits = body[0].isdigit() and (pieces[-1].isdigit() or pieces[-1] == "}")
                sign = r" \cdot " if digits or self.style.times != " " else " "
                pieces += sign + body
            else:
                pieces = body
        return pieces

    def _print_Mul(self, expression: Expr) -> str:
        sign, rest = split_sign(expression)
        if sign:
            body = self._print(rest)
            return sign + (self._parenthesise(body) if isinstance(rest, Add) else body)
        pieces: list[str] = []
        for above, below in fraction_runs(rest.args if isinstance(rest, Mul) else (rest,)):
            if len(above) > 1 and above[0] == 1 and self.style.times == " ":
                above = above[1:]
            numerator = self._product(above) if above else "1"
            alone = len(pieces) == 0 and not below and not isinstance(rest, Mul)
            if below:
                pieces.append(rf"\frac{{{numerator}}}{{{self._product(below)}}}")
            else:
                pieces.append(
                    self._parenthesise(numerator)
                    if len(above) == 1 and isinstance(above[0], Add) and not alone
                    else numerator
                )
        return (" " if self.style.times == " " else r" \cdot ").join(pieces)

    def _print_Integer(self, value: Integer) -> str:
        return str(value)

    def _print_Rational(self, value: Rational) -> str:
        return rf"\frac{{{value.p}}}{{{value.q}}}" if value >= 0 else rf"-\frac{{{-value.p}}}{{{value.q}}}"

    def _print_Pow(self, power: Pow) -> str:
        base, exponent = power.args
        if exponent == Rational(1, 2):
            return rf"\sqrt{{{self._print(base)}}}"
        if isinstance(exponent, Number) and exponent < 0 and base is not S.Exp1:
            return self._print_Mul(Mul(Integer(1), power, evaluate=False))
        if base is S.Exp1:
            return rf"e^{{{self._print(exponent)}}}"
        body = self._print(base)
        simple = isinstance(base, (Symbol, AppliedUndef)) or (isinstance(base, Integer) and base >= 0)
        raised = self._print(exponent)
        raised = raised if len(raised) == 1 else f"{{{raised}}}"
        if isinstance(base, AppliedUndef) and "^" in body:
            body = f"{{{body}}}" if body.endswith(")") else self._parenthesise(body)
        return f"{body if simple else self._parenthesise(body)}^{raised}"

    def _print_exp(self, expression: Expr, exp: Any = None) -> str:
        return rf"e^{{{self._print(expression.args[0])}}}"

    def _print_binomial(self, expression: Expr, exp: Any = None) -> str:
        upper, lower = expression.args
        return rf"\binom{{{self._print(upper)}}}{{{self._print(lower)}}}"

    def _print_log(self, expression: Expr, exp: Any = None) -> str:
        argument = expression.args[0]
        if isinstance(argument, Dots):
            return r"\cdots"
        name, body = self.style.logarithm, self._print(argument)
        if isinstance(argument, Bracket):
            return f"{name} {body}"
        compound = isinstance(argument, (Add, Mul, Pow, Rational)) and not isinstance(argument, Integer)
        likelihood = isinstance(argument, AppliedUndef) and str(argument.func).startswith("L")
        if compound or (self.style.parenthesised and not likelihood and not isinstance(argument, (AsDecimal, Integer))):
            return name + self._parenthesise(body)
        return f"{name}{body}" if body.startswith("\\") else f"{name} {body}"

    def _print_Max(self, expression: Expr, exp: Any = None) -> str:
        ordered = sorted(expression.args, key=lambda part: part.is_number)  # z before 0
        return rf"\max({', '.join(map(self._print, ordered))})"

    def _print_KroneckerDelta(self, expression: Expr, exp: Any = None) -> str:
        return rf"\delta_{{{','.join(map(self._print, expression.args))}}}"

    def _print_AsDecimal(self, expression: AsDecimal, exp: Any = None) -> str:
        return expression.digits()

    def _print_Bracket(self, expression: Bracket, exp: Any = None) -> str:
        inside = expression.args[0]
        body = ", ".join(map(self._print, inside)) if isinstance(inside, Tuple) else self._print(inside)
        return rf"\left[ {body} \right]"

    def _print_Dots(self, symbol: Dots) -> str:
        return r"\cdots"

    def _print_Named(self, symbol: Named) -> str:
        return symbol.latex_form

    def _print_AppliedUndef(self, expression: AppliedUndef) -> str:
        arguments = [self._print(argument) for argument in expression.args]
        form = getattr(expression.func, "latex_form", None)
        if form is None:
            return self._print(Symbol(str(expression.func))) + self._parenthesise(", ".join(arguments))
        return form[self.language].format(*arguments)

    _print_Function = _print_AppliedUndef

    def _big(self, operator: str, expression: Expr) -> str:
        term, (index, low, high) = expression.args[0], expression.args[1]
        body = self._print(term)
        if isinstance(term, Add):
            body = self._parenthesise(body)
        return rf"{operator}_{{{self._print(index)}={self._print(low)}}}^{{{self._print(high)}}} {body}"

    def _print_Sum(self, expression: Expr) -> str:
        return self._big(r"\sum", expression)

    def _print_Product(self, expression: Expr) -> str:
        return self._big(r"\prod", expression)

    def _print_SumOverEvents(self, expression: SumOverEvents, exp: Any = None) -> str:
        term, index, _ = expression.args
        return rf"\sum_{{{self._print(index)}}} {self._print(term)}"

    def _optimiser(self, expression: Optimiser) -> str:
        name = r"\arg \min" if isinstance(expression, ArgMin) else r"\arg \max"
        under = ",".join(self._print(variable) for variable in expression.variables)
        if expression.over is not S.UniversalSet:
            under += rf"\in {self._print(expression.over)}"
        return rf"\underset{{{under}}}{{{name}}} {self._print(expression.objective)}"

    _print_ArgMax = _print_ArgMin = lambda self, expression, exp=None: self._optimiser(expression)

    def _print_Roots(self, expression: Any, exp: Any = None) -> str:
        function, variable, over = map(self._print, expression.args)
        return rf"\left\{{{variable} \in {over} : {function} = 0\right\}}"

    def _print_EmptySet(self, expression: Any) -> str:
        return r"\varnothing"

    def _print_Derivative(self, expression: Any) -> str:
        function, (variable, order) = expression.args[0], expression.args[1]
        power = "" if order == 1 else f"^{self._print(order)}"
        inside = self._print(function)
        if isinstance(function, (Add, Mul)):
            return rf"\frac{{d{power}}}{{d{self._print(variable)}{power}}} {self._parenthesise(inside)}"
        return rf"\frac{{d{power}{inside}}}{{d{self._print(variable)}{power}}}"

    def _print_Subs(self, expression: Any) -> str:
        body, variables, points = expression.args
        where = ", ".join(f"{self._print(v)}={self._print(at)}" for v, at in zip(variables, points, strict=True))
        return rf"\left. {self._print(body)} \right|_{{{where}}}"

    def _print_Limit(self, expression: Any) -> str:
        body, variable, to, _ = expression.args
        inner = self._print(body)
        return rf"\lim_{{{self._print(variable)} \to {self._print(to)}}} {self._parenthesise(inner) if isinstance(body, Add) else inner}"

    def _print_FiniteSet(self, expression: Any) -> str:
        return r"\left\{" + ",\\, ".join(self._print(item) for item in in_order(expression)) + r"\right\}"

    def _print_Interval(self, interval: Any) -> str:
        left, right = "(" if interval.left_open else "[", ")" if interval.right_open else "]"
        return f"{left}{self._print(interval.start)},{self._print(interval.end)}{right}"

    def _print_Tuple(self, expression: Any) -> str:
        return f"({', '.join(self._print(item) for item in expression)})"


class AuthoredPlain(_Authored, StrPrinter):
    """One line of plain text, for the terminal and for search."""

    def __init__(self, language: str) -> None:
        super().__init__({"order": "none"})
        self.language = language

    @staticmethod
    def _parenthesise(body: str) -> str:
        return f"({body})"

    def _print_Mul(self, expression: Expr) -> str:
        sign, rest = split_sign(expression)
        factors = rest.args if isinstance(rest, Mul) else (rest,)
        pieces = []
        for above, below in fraction_runs(factors):
            top = "·".join(self._wrapped(item) for item in above) or "1"
            under = "·".join(self._wrapped(item) for item in below)
            several = len(below) > 1 or any(isinstance(item, Mul) for item in below)
            pieces.append(f"{top}/({under})" if several else f"{top}/{under}" if below else top)
        return sign + "·".join(pieces)

    def _wrapped(self, factor: Expr) -> str:
        body = self._print(factor)
        return f"({body})" if isinstance(factor, Add) else body

    def _print_Pow(self, power: Pow, rational: bool = False) -> str:
        base, exponent = power.args
        if exponent == Rational(1, 2):
            return f"√({self._print(base)})"
        if isinstance(exponent, Number) and exponent < 0:
            return self._print_Mul(Mul(Integer(1), power, evaluate=False))
        raised = self._print(exponent)
        simple = exponent.is_Atom and exponent.is_nonnegative is not False
        compound = isinstance(base, (Add, Mul)) or (isinstance(base, Number) and not (base.is_Integer and base >= 0))
        body = f"({self._print(base)})" if compound else self._print(base)
        return f"{body}^{raised if simple else f'({raised})'}"

    def _print_log(self, expression: Expr) -> str:
        argument = expression.args[0]
        return "⋯" if isinstance(argument, Dots) else f"log({self._print(argument)})"

    def _print_binomial(self, expression: Expr) -> str:
        return f"C({self._print(expression.args[0])}, {self._print(expression.args[1])})"

    def _print_AsDecimal(self, expression: AsDecimal) -> str:
        return expression.digits()

    def _print_Symbol(self, symbol: Symbol) -> str:
        return GREEK.get(symbol.name, symbol.name)

    _print_Named = _print_Symbol

    def _print_Bracket(self, expression: Bracket) -> str:
        inside = expression.args[0]
        return f"[{', '.join(map(self._print, inside)) if isinstance(inside, Tuple) else self._print(inside)}]"

    def _print_Dots(self, symbol: Dots) -> str:
        return "⋯"

    def _print_AppliedUndef(self, expression: AppliedUndef) -> str:
        arguments = [self._print(argument) for argument in expression.args]
        form = getattr(expression.func, "plain_form", None)
        return form[self.language].format(*arguments) if form else f"{expression.func}({', '.join(arguments)})"

    _print_Function = _print_AppliedUndef

    def _print_Sum(self, expression: Expr) -> str:
        return self._big("Σ", expression)

    def _print_Product(self, expression: Expr) -> str:
        return self._big("Π", expression)

    def _big(self, operator: str, expression: Expr) -> str:
        term, (index, low, high) = expression.args[0], expression.args[1]
        return f"{operator}[{self._print(index)}={self._print(low)}..{self._print(high)}] {self._wrapped(term)}"

    def _print_SumOverEvents(self, expression: SumOverEvents) -> str:
        return f"Σ[{self._print(expression.args[1])}] {self._print(expression.args[0])}"

    def _optimiser(self, expression: Optimiser) -> str:
        name = "arg min" if isinstance(expression, ArgMin) else "arg max"
        over = "" if expression.over is S.UniversalSet else f" in {self._print(expression.over)}"
        return f"{name}[{', '.join(map(self._print, expression.variables))}{over}] {self._print(expression.objective)}"

    _print_ArgMax = _print_ArgMin = lambda self, expression: self._optimiser(expression)

    def _print_Roots(self, expression: Any) -> str:
        function, variable, over = map(self._print, expression.args)
        return f"{{{variable} in {over} : {function} = 0}}"

    def _print_EmptySet(self, expression: Any) -> str:
        return "{}"

    def _print_FiniteSet(self, expression: Any) -> str:
        return "{" + ", ".join(self._print(item) for item in in_order(expression)) + "}"

    def _print_Derivative(self, expression: Any) -> str:
        function, (variable, order) = expression.args[0], expression.args[1]
        power = "" if order == 1 else f"^{order}"
        return f"d{power} {self._print(function)}/d{self._print(variable)}{power}"

    def _print_Subs(self, expression: Any) -> str:
        body, variables, points = expression.args
        return f"{self._print(body)} at {', '.join(f'{v} = {self._print(at)}' for v, at in zip(variables, points, strict=True))}"

    def _print_Limit(self, expression: Any) -> str:
        body, variable, to, _ = expression.args
        return f"lim[{self._print(variable)} → {self._print(to)}] {self._print(body)}"

    def _print_Interval(self, interval: Any) -> str:
        left, right = "(" if interval.left_open else "[", ")" if interval.right_open else "]"
        return f"{left}{self._print(interval.start)}, {self._print(interval.end)}{right}"

    def _print_Tuple(self, expression: Any) -> str:
        return f"({', '.join(self._print(item) for item in expression)})"


def latex(shown: Basic | Chain, style: Style, language: str) -> str:
    """LaTeX of an expression or of a whole chain."""
    printer = AuthoredLatex(style, language)
    if isinstance(shown, Chain):
        links = "".join(f" {LATEX_RELATIONS[link.relation]} {printer.doprint(link.term)}" for link in shown.links)
        return printer.doprint(shown.first) + links
    return printer.doprint(shown)


def plain(shown: Basic | Chain, language: str = "en") -> str:
    """The same as one line of plain text."""
    printer = AuthoredPlain(language)
    if isinstance(shown, Chain):
        links = "".join(f" {link.relation.rstrip('!')} {printer.doprint(link.term)}" for link in shown.links)
        return printer.doprint(shown.first) + links
    return printer.doprint(shown)
