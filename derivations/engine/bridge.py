"""Between the kernel's trees and SymPy's: SymPy derives and finds, and what it finds comes back as a tree that the kernel checks."""

from __future__ import annotations

from typing import Any

import sympy
from sympy.core.function import AppliedUndef

from derivations.engine.kernel.arithmetic import positive, sign, unfold
from derivations.engine.kernel.statements import Context, Range, Refused
from derivations.engine.kernel.terms import ONE, Term, free, neg, num, product, sym

SIMPLE: dict[str, Any] = {
    "log": sympy.log,
    "exp": sympy.exp,
    "sqrt": sympy.sqrt,
    "abs": sympy.Abs,
    "max": sympy.Max,
    "binom": sympy.binomial,
}


class Bridge:
    """The two ways, for one context: what SymPy is told of a symbol is what its range says, and no more."""

    def __init__(self, context: Context, solved_for: str = "") -> None:
        self.context, self.solved_for = context, solved_for
        """`solved_for`: the letter that matters, if one does; what does not speak of it stays under its name."""
        self.symbols: dict[str, Any] = {}
        self.bound: dict[str, Range] = {}

    def symbol(self, name: str) -> Any:
        if name not in self.symbols:
            over = self.bound.get(name) or self.context.quantities.get(name) or Range()
            known: dict[str, bool] = {"real": True} if not over.point else {}
            if over.whole:
                known["integer"] = True
            within = self.context.extended(name, over)
            try:
                if not over.point and positive(sym(name), within):
                    known["positive"] = True
                elif not over.point and sign(sym(name), within) == "0+":
                    known["nonnegative"] = True
            except Refused:
                pass
            self.symbols[name] = sympy.Symbol(name, **known)
        return self.symbols[name]

    def out(self, term: Term) -> Any:
        """The tree as SymPy has it, names unfolded."""
        head = term[0]
        match head:
            case "num":
                return sympy.Integer(term[1])
            case "dec":
                return sympy.Rational(term[1], 10 ** term[2])
            case "sym":
                return self.symbol(term[1])
            case "+":
                return sympy.Add(*map(self.out, term[1:]))
            case "*":
                return sympy.Mul(*map(self.out, term[1:]))
            case "neg":
                return -self.out(term[1])
            case "/":
                return self.out(term[1]) / self.out(term[2])
            case "^":
                return self.out(term[1]) ** self.out(term[2])
            case "pi":
                return sympy.pi
            case "[]":
                return self.out(term[1])
            case "is":
                return sympy.KroneckerDelta(*map(self.out, term[1:]))
            case "app" if (
                term[1] in self.context.names
                and (unfolded := unfold(term, self.context)) is not None
                and (not self.solved_for or self.solved_for in free(term))
            ):
                return self.out(unfolded)
            case "app":
                return sympy.Function(term[1], real=True)(*map(self.out, term[2:]))
            case "d":
                inner = sympy.diff(self.out(term[2]), self.symbol(term[1]))
                return inner if term[3] == sym(term[1]) else inner.subs(self.symbol(term[1]), self.out(term[3]))
            case "sum" | "prod":
                self.bound[term[1]] = Range(term[3], term[4], True, True, whole=True)
                kind = sympy.Sum if head == "sum" else sympy.Product
                return kind(self.out(term[2]), (self.symbol(term[1]), self.out(term[3]), self.out(term[4])))
            case "lim":
                at = {"+": sympy.oo, "-": -sympy.oo}[term[3][1]] if term[3][0] == "inf" else self.out(term[3])
                return sympy.limit(self.out(term[2]), self.symbol(term[1]), at, term[4])
        if head in SIMPLE:
            return SIMPLE[head](*map(self.out, term[1:]))
        raise Refused(f"SymPy is not asked about {head}")

    def back(self, expression: Any) -> Term:
        """What SymPy found, as a tree, tidily written."""
        if expression.is_Integer:
            return num(int(expression))
        if expression.is_Rational:
            found = ("/", num(abs(int(expression.p))), num(int(expression.q)))
            return neg(found) if expression.p < 0 else found
        if expression.is_Symbol:
            return sym(expression.name)
        if expression is sympy.pi:
            return ("pi",)
        if expression in (sympy.oo, -sympy.oo):
            return ("inf", "+" if expression is sympy.oo else "-")
        if expression.is_Add:
            return ("+", *(self.back(part) for part in expression.as_ordered_terms()))
        if expression.is_Mul or (
            expression.is_Pow and expression.exp.could_extract_minus_sign() and expression.base is not sympy.E
        ):
            return self.fraction(expression)
        if isinstance(expression, sympy.exp):
            return ("exp", self.back(expression.args[0]))
        if expression.is_Pow:
            if expression.exp == sympy.Rational(1, 2):
                return ("sqrt", self.back(expression.base))
            return ("^", self.back(expression.base), self.back(expression.exp))
        if isinstance(expression, AppliedUndef):
            return ("app", expression.func.__name__, *map(self.back, expression.args))
        if isinstance(expression, (sympy.Sum, sympy.Product)):
            body, (index, low, high) = expression.args
            return (
                "sum" if isinstance(expression, sympy.Sum) else "prod",
                index.name,
                self.back(body),
                self.back(low),
                self.back(high),
            )
        head = next(
            (
                head
                for head, function in SIMPLE.items()
                if isinstance(function, type) and isinstance(expression, function)
            ),
            None,
        )
        if head is not None:
            return (head, *map(self.back, expression.args))
        raise Refused(f"SymPy answers with {expression}, which has no tree here")

    def fraction(self, expression: Any) -> Term:
        sign_of, rest = (-1, -expression) if expression.could_extract_minus_sign() else (1, expression)
        above, below = sympy.fraction(rest)
        if below == 1 and not rest.is_Mul:
            inverted = rest.is_Pow and rest.exp.could_extract_minus_sign()
            found = ("/", ONE, self.back(1 / rest)) if inverted else self.back(rest)
            return neg(found) if sign_of < 0 else found
        found = product(*map(self.back, above.as_ordered_factors())) if above.is_Mul else self.back(above)
        if below != 1:
            found = (
                "/",
                found,
                product(*map(self.back, below.as_ordered_factors())) if below.is_Mul else self.back(below),
            )
        return neg(found) if sign_of < 0 else found
