"""Proof: that what is shown equals what was computed, on the whole domain.

`Prover` reads names by their definitions (L(p) by its likelihood) and proves each relation of a chain. It returns how it proved it, or raises: `Refuted` with a point where both
sides differ, `NotProved` where neither proof nor counterexample was found. "Could not tell" is never a pass.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sympy import Abs, Add, Basic, Derivative, Expr, FiniteSet, Integer, Max, Mul, Product, Set, Sum, Symbol, Tuple, log
from sympy.core.function import AppliedUndef

from derivations.core.algebra import expand_logarithms, named_products, next_step, normal_form, positive
from derivations.core.certificate import (
    NoCertificate,
    at_least_zero,
    bounded_by_induction,
    certify_extremum,
    certify_roots,
)
from derivations.core.domain import Domain
from derivations.core.enclosure import CannotEnclose, enclose, same_digits
from derivations.core.latex import Style, latex
from derivations.core.notation import ArgMax, ArgMin, AsDecimal, Chain, Dots, Optimiser, Roots, Text, evaluated
from derivations.core.points import describe, points


class Refuted(ValueError):
    """Both sides differ at a point of the domain; the message names it."""


class NotProved(ValueError):
    """Neither a proof nor a counterexample was found."""


@dataclass(frozen=True)
class Proof:
    """How a statement was proved: the method's name, and a sentence in each language."""

    method: str
    text: Text


IDENTICAL = Proof("identical", Text("两边化为同一个表达式。", "Both sides come out as the same expression."))
ALGEBRA = Proof(
    "algebra",
    Text(
        "两边之差在整个定义域上精确化简为零。",
        "The difference of the two sides simplifies to exactly zero on the whole domain.",
    ),
)
CASES = Proof(
    "cases", Text("标签取 0 与取 1，两种情形逐一证明。", "Proved for label 0 and for label 1, the only two cases.")
)
SIGN_CASES = Proof(
    "sign cases", Text("分别就正、负、零三种情形证明。", "Proved for positive, for negative and for zero.")
)
INDUCTION = Proof(
    "induction",
    Text(
        "对样本数归纳：一个样本时成立，每增加一个样本仍成立。",
        "By induction on the number of samples: true for one, and kept by every sample added.",
    ),
)
SIGNS = Proof(
    "signs", Text("以正数为参数改写后，每一项都为正。", "Written in terms of positive numbers, every term is positive.")
)
MONOTONE = Proof(
    "monotone",
    Text(
        "对数严格递增，正的常数因子不改变大小次序，换号则最大变为最小。",
        "The logarithm increases strictly, a positive constant factor keeps the order, and a change of sign turns largest into smallest.",
    ),
)
ROUNDING = Proof(
    "enclosure", Text("区间算术给出的包围确定了所示的每一位数字。", "A rigorous enclosure decides every digit shown.")
)
CONDITION = Proof(
    "condition", Text("等于零是要求的条件，不是恒等式。", "Being zero is the condition asked for, not an identity.")
)


class Prover:
    """Proves relations between expressions over a domain, given what names stand for.

    Args:
        definitions: an applied name such as `L(p)` to the expression it stands for.
        domain: the ranges of all free quantities.
    """

    def __init__(self, definitions: dict[Expr, Expr], domain: Domain, style: Style) -> None:
        self.definitions, self.domain, self.style = definitions, domain, style
        self._resolved: dict[Basic, Basic] = {}
        self._general = {
            (name.func, len(name.args)): (name.args, meaning)
            for name, meaning in definitions.items()
            if isinstance(name, AppliedUndef) and name.args and set(name.args) <= meaning.free_symbols
        }

    def resolve(self, expression: Basic) -> Basic:
        """The expression with every name read by its definition, nothing else evaluated."""
        if expression not in self._resolved:
            read = expression
            for _ in range(8):
                previous, read = read, self._read_once(read)
                if read is previous:
                    break
            else:
                raise ValueError(f"the definitions of {expression} go round in a circle")
            self._resolved[expression] = read
        return self._resolved[expression]

    def _read_once(self, expression: Basic) -> Basic:
        meanings: dict[Basic, Basic] = {}
        for part in expression.atoms(Symbol, AppliedUndef):
            if part in self.definitions:
                meanings[part] = self.definitions[part]
            elif (part.func, len(part.args)) in self._general:
                parameters, meaning = self._general[part.func, len(part.args)]
                meanings[part] = meaning.xreplace(dict(zip(parameters, part.args, strict=True)))
        return expression.xreplace(meanings) if meanings else expression

    def chain(self, shown: Chain, computed: Basic) -> list[Proof]:
        """Every relation of the chain proved, and that the chain states what was computed."""
        proofs: list[Proof] = []
        previous = shown.first
        for link in shown.links:
            proofs.append(self.relation(previous, link.relation, link.term))
            if link.relation != "=!":
                previous = link.term
        proofs.append(self._states(shown, computed))
        return proofs

    def _states(self, shown: Chain, computed: Basic) -> Proof:
        """That the chain speaks of what was computed: its second term where it starts with =, else one of the terms that are compared."""
        if shown.links and shown.links[0].relation == "=":
            return self.equal(shown.terms[1], computed)
        if not shown.links or shown.links[0].relation not in "<≤>≥":
            return self.equal(shown.first, computed)
        for term in shown.terms:
            try:
                return self.equal(term, computed)
            except (Refuted, NotProved):
                continue
        raise NotProved("none of the terms compared is what was computed")

    def relation(self, left: Basic, relation: str, right: Basic) -> Proof:
        """One relation proved.

        Raises:
            Refuted, NotProved
        """
        if relation == "=!":
            return CONDITION
        if relation == "≈":
            return self.approximates(left, right)
        if relation == "=":
            return self.equal(left, right)
        if relation == "∈":
            return self.member(left, right)
        if relation not in "<≤>≥":
            raise ValueError(f"{relation!r} is no relation that can be proved")
        greater, smaller = (left, right) if relation in ">≥" else (right, left)
        return self.greater(greater, smaller, strictly=relation in "<>")

    def equal(self, left: Basic, right: Basic) -> Proof:
        """left = right on the whole domain."""
        a, b = self.resolve(left), self.resolve(right)
        if isinstance(a, Roots) or isinstance(b, Roots):
            return self._roots(*((a, b) if isinstance(a, Roots) else (b, a)))
        if isinstance(a, Optimiser) or isinstance(b, Optimiser):
            return self._optimisers(a, b)
        a, b = self._evaluated(a), self._evaluated(b)
        if a == b:
            return IDENTICAL
        if isinstance(a, (Set, Tuple)) or isinstance(b, (Set, Tuple)):
            raise NotProved(f"{a} and {b} are not the same")
        return self._zero(a - b, left, right)

    def _evaluated(self, expression: Basic) -> Basic:
        """What a resolved expression comes to; logarithms are split before a derivative is taken, which keeps symbolic exponents out of the way."""
        split = expression
        if expression.has(Derivative):
            split = expression.replace(
                lambda part: isinstance(part, Derivative),
                lambda part: part.func(expand_logarithms(part.expr, self.domain), *part.args[1:]),
            )
        first = evaluated(split)
        resolved = self.resolve(first)
        return first if resolved == first else evaluated(resolved)

    def _zero(self, difference: Expr, left: Basic, right: Basic) -> Proof:
        difference = self.domain.with_slack(difference)
        if normal_form(difference, self.domain) == 0:
            return ALGEBRA
        if self._by_induction(difference):
            return INDUCTION
        if self._by_cases(difference):
            return CASES
        if self._by_sign(difference):
            return SIGN_CASES
        self._refute(left, right)
        raise NotProved(f"neither proof nor counterexample: {left} against {right}")

    def _by_induction(self, difference: Expr) -> bool:
        counts = [
            q
            for q, over in self.domain.ranges.items()
            if over.kind == "count" and q in difference.free_symbols and difference.has(Sum, Product)
        ]
        for count in counts:
            first = evaluated(difference.subs(count, 1))
            following = next_step(difference, count)
            if following is None:
                continue
            added = named_products(following - difference, self.domain)
            if normal_form(first, self.domain) == 0 and normal_form(added, self.domain) == 0:
                return True
        return False

    def _by_cases(self, difference: Expr) -> bool:
        labels = [
            item
            for label in self.domain.labels()
            for item in (
                [label] if isinstance(label, Symbol) else difference.atoms(AppliedUndef) & set(difference.atoms(label))
            )
        ]
        if not labels or len(labels) > 4 or difference.has(Sum, Product):
            return False
        cases: Iterable[Expr] = [difference]
        for label in labels:
            cases = [case.subs(label, value) for case in cases for value in (0, 1)]
        return all(normal_form(case, self.domain) == 0 for case in cases)

    def _by_sign(self, difference: Expr) -> bool:
        reals = [q for q, over in self.domain.ranges.items() if over.kind == "real" and q in difference.free_symbols]
        if len(reals) != 1 or not difference.has(Abs, Max):
            return False
        size = Symbol("size", positive=True)
        cases = (difference.xreplace({reals[0]: value}) for value in (size, -size, Integer(0)))
        return all(normal_form(case, self.domain) == 0 for case in cases)

    def _refute(self, left: Basic, right: Basic) -> None:
        a, b = evaluated(self.resolve(left)), evaluated(self.resolve(right))
        for at in points(self.domain.of([a, b])):
            try:
                if not enclose(a, at).overlaps(enclose(b, at)):
                    raise Refuted(
                        f"at {describe(at)}: {left} is {enclose(a, at).str(8)}, {right} is {enclose(b, at).str(8)}; they differ by {(enclose(a, at) - enclose(b, at)).str(3)}"
                    )
            except CannotEnclose:
                return

    def approximates(self, left: Basic, right: Basic) -> Proof:
        """Every decimal shown is the correctly rounded value of its term: for a sum of decimals, term by term."""
        exact = self.resolve(left)
        shown = right.args if not isinstance(right, AsDecimal) and right.args else (right,)
        terms = exact.args if len(shown) > 1 and isinstance(exact, Add) and isinstance(right, Add) else (exact,)
        if len(shown) != len(terms) or not all(isinstance(part, AsDecimal) or part.has(AsDecimal) for part in shown):
            raise NotProved(f"{right} does not show {left} term by term in decimals")
        for digits, term in zip(shown, terms, strict=True):
            value, negative = (
                (digits.args[1], True) if isinstance(digits, Mul) and digits.args[0] == -1 else (digits, False)
            )
            meant = evaluated(-term if negative else term)
            if not same_digits(value, meant):
                raise Refuted(f"{value.digits()} is shown for {meant}, which is {enclose(meant).str(12)}")
        return ROUNDING

    def greater(self, greater: Basic, smaller: Basic, strictly: bool) -> Proof:
        """greater > smaller (or ≥) on the whole domain."""
        a, b = self._evaluated(self.resolve(greater)), self._evaluated(self.resolve(smaller))
        if positive(a - b, self.domain, strictly):
            return SIGNS
        for count, over in self.domain.ranges.items():
            if over.kind == "count" and strictly and bounded_by_induction(b, a, count, self.domain):
                return INDUCTION
        try:
            if not strictly:
                return self._minimum(at_least_zero(a - b, self.domain))
        except NoCertificate as reason:
            raise NotProved(f"{greater} ≥ {smaller}: {reason}") from reason
        raise NotProved(f"neither proof nor counterexample: {greater} above {smaller}")

    def _minimum(self, certificate: Any) -> Proof:
        where = self._slope_words(certificate)
        return Proof("minimum", Text(where.zh + "那里的值不为负。", where.en + " Its value there is not negative."))

    def member(self, element: Basic, of: Basic) -> Proof:
        """Membership in a solution set written out."""
        found = evaluated(self.resolve(of))
        if isinstance(found, FiniteSet) and evaluated(self.resolve(element)) in found:
            return IDENTICAL
        raise NotProved(f"{element} is not shown to be in {of}")

    def _roots(self, asked: Roots, shown: Basic) -> Proof:
        function, variable, over = asked.args
        certificate = certify_roots(self._evaluated(function), variable, over, self.domain)
        other = (
            certify_roots(self._evaluated(shown.args[0]), shown.args[1], shown.args[2], self.domain).found
            if isinstance(shown, Roots)
            else FiniteSet(*(evaluated(item) for item in shown.args))
        )
        if certificate.found != other:
            raise Refuted(f"the roots of {function} in {over} are {certificate.found}, and {other} is shown")
        rest = latex(certificate.cofactor, self.style, "en")
        if not certificate.multiplicities:
            return Proof(
                "roots", Text(f"式子 ${rest}$ 在那里没有零点。", f"The expression ${rest}$ has no zero there.")
            )
        return Proof(
            "roots",
            Text(
                f"分解出这些根之后，余下的因子 ${rest}$ 没有别的零点。",
                f"Once these roots are divided out, the factor left, ${rest}$, has no further zero.",
            ),
        )

    def _optimisers(self, a: Basic, b: Basic) -> Proof:
        if isinstance(a, Optimiser) and isinstance(b, Optimiser):
            if self._canonical(a) == self._canonical(b):
                return MONOTONE
            raise NotProved(f"{a} and {b} are not shown to be the same")
        asked, place = (a, b) if isinstance(a, Optimiser) else (b, a)
        (variable,) = asked.variables
        try:
            certificate = certify_extremum(
                evaluated(asked.objective),
                variable,
                evaluated(place),
                asked.over,
                self.domain,
                isinstance(asked, ArgMax),
            )
        except NoCertificate as reason:
            raise NotProved(f"{asked} at {place}: {reason}") from reason
        return Proof("extremum", self._slope_words(certificate))

    def _slope_words(self, certificate: Any) -> Text:
        x, place = (latex(part, self.style, "en") for part in (certificate.variable, certificate.place))
        factor = latex(certificate.factor, self.style, "en")
        heights = [latex(height, self.style, "en") for end, height in certificate.ends if end != certificate.place]
        logarithm = (
            Text("对数的导数", "the slope of its logarithm")
            if certificate.slope_of is not certificate.function and certificate.largest
            else Text("导数", "its slope")
        )
        sign = "" if certificate.largest else "-"
        zh = f"{logarithm.zh}等于 ${sign}({place} - {x})$ 乘以恒正的 ${factor}$，所以所求的最值只在 ${x} = {place}$ 处取到"
        en = f"{logarithm.en} is ${sign}({place} - {x})$ times ${factor}$, which is positive, so the extremum asked for is at ${x} = {place}$ and nowhere else"
        at_ends = {
            0: Text("。", "."),
            1: Text(
                f"；另一端的值 ${''.join(heights)}$ 也不及它。",
                f"; at the other end the value is ${''.join(heights)}$, short of it.",
            ),
        }.get(
            len(heights),
            Text(
                f"；两端的值 ${', '.join(heights)}$ 也不及它。",
                f"; at the ends the values are ${', '.join(heights)}$, short of it.",
            ),
        )
        return Text(zh + at_ends.zh, en[0].upper() + en[1:] + at_ends.en)

    def _canonical(self, optimiser: Optimiser) -> tuple[Expr, Basic, Basic]:
        """The objective to be maximised, with its increasing wrappings taken off: logarithms, positive constant factors, brackets."""
        objective = evaluated(optimiser.objective) * (Integer(-1) if isinstance(optimiser, ArgMin) else Integer(1))
        for _ in range(6):
            factors = Mul.make_args(objective)
            free = set(optimiser.variables)
            varying = [part for part in factors if not self._constant(part, free)]
            constant = Mul(*(part for part in factors if part not in varying))
            if constant != 1 and len(varying) >= 1 and positive(constant, self.domain):
                objective = Mul(*varying)
            elif isinstance(objective, log) and self._is_likelihood(objective.args[0]):
                objective = objective.args[0]
            else:
                break
        return objective, optimiser.variables, optimiser.over

    def _constant(self, part: Expr, variables: set[Any]) -> bool:
        if part.atoms(AppliedUndef, Dots):
            return False
        return not (part.free_symbols & variables)

    def _is_likelihood(self, argument: Expr) -> bool:
        resolved = named_products(evaluated(self.resolve(argument)), self.domain)
        return positive(resolved, self.domain)
