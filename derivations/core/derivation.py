"""A derivation: a script's equations in order, each proved as it is added."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sympy import Expr, Function, S, Symbol
from sympy.core.function import UndefinedFunction

from derivations.core.certificate import NoCertificate
from derivations.core.domain import Domain, Range
from derivations.core.enclosure import CannotEnclose, Undecided
from derivations.core.equation import Equation, Value, constant
from derivations.core.latex import Style, plain
from derivations.core.notation import (
    ArgMax,
    ArgMin,
    AsDecimal,
    Chain,
    Named,
    Roots,
    Text,
    as_written,
    equals,
    evaluated,
    family,
    text,
)
from derivations.core.proof import NotProved, Proof, Prover, Refuted
from derivations.core.rules import RULES, Computed

Shown = Callable[[], Any]
"""Builds what is shown: a `Chain`, or a list of chains (one a line), or the right-hand side alone. It runs without evaluation."""


WHOLE, POSITIVE_WHOLE = {"integer": True, "nonnegative": True}, {"integer": True, "positive": True}
ASSUMPTIONS: dict[str, dict[str, bool]] = {
    "unit": {"positive": True},
    "closed_unit": {"nonnegative": True},
    "positive": {"positive": True},
    "real": {"real": True},
    "label": WHOLE,
    **dict.fromkeys(("count", "above", "up_to", "index"), POSITIVE_WHOLE),
}
"""What SymPy is told of a quantity, by the kind of its range; the rest of the range is the chart's business."""


class Unproved(Exception):
    """An equation whose shown form does not follow; the message has its identifier, both forms and what was found."""


class Derivation:
    """One result, derived step by step.

    Args:
        name: the first part of every identifier, `coin` in `coin.score`.
        title: in both languages.
        source: where the articles say it, `mle/1`.
        style: the typography of that article.
    """

    def __init__(self, name: str, title: tuple[str, str], source: str, style: Style | None = None) -> None:
        self.name, self.title, self.source, self.style = name, text(title), source, style or Style()
        self.domain = Domain()
        self.definitions: dict[Expr, Expr] = {}
        self.equations: dict[str, Equation] = {}

    # ------------------------------------------------------------ quantities

    def symbol(self, name: str, over: Range, latex_form: str | None = None) -> Symbol:
        """A free quantity and the set it ranges over."""
        facts = ASSUMPTIONS.get(over.kind, {})
        symbol = Named(name, latex_form, **facts) if latex_form else Symbol(name, **facts)
        self.domain.add(symbol, over)
        return symbol

    def family(self, name: str, over: Range, latex_form: str | Text, plain_form: str | Text) -> UndefinedFunction:
        """A quantity with indices, every member of which ranges over the same set."""
        members = family(f"{self.name}_{name}", latex_form, plain_form, **ASSUMPTIONS.get(over.kind, {}))
        self.domain.add(members, over)
        return members

    def share(self, quantity: Any, over: Range) -> Any:
        """A quantity of another derivation, used here as it is there."""
        self.domain.add(quantity, over)
        return quantity

    def function(self, name: str, latex_form: str | None = None, plain_form: str | None = None) -> UndefinedFunction:
        """A name for something that a definition will give, such as L."""
        return family(f"{name}", latex_form, plain_form or name) if latex_form else Function(name)

    # ------------------------------------------------------------ steps

    def define(
        self,
        key: str,
        name: Expr | None,
        meaning: Expr | Shown | None,
        *,
        title: tuple[str, str],
        shown: Shown | None = None,
        **details: Any,
    ) -> Equation:
        """A definition: `name` stands for `meaning` from here on, an expression or a function that writes one. `rule="observe"` marks data."""
        rule = details.pop("rule", "define")
        if callable(meaning) and not isinstance(meaning, Expr):
            written = as_written(meaning)
            shown, meaning = shown or (lambda: equals(name, written)), evaluated(written)
        if name is not None and meaning is not None:
            self.definitions[name] = meaning
        lines = self._lines(shown or (lambda: equals(name, meaning)), name)
        computed = Computed(
            rule,
            meaning if meaning is not None else lines[0].last,
            tuple(details.pop("parents", ())),
            RULES[rule],
            RULES[rule],
        )
        reader = Prover(dict(self.definitions), self.domain, self.style)
        reader.domain = self._domain_of(lines, computed, reader)
        return self._add(key, computed, lines, title, details, (), reader)

    def step(
        self,
        key: str,
        computed: Computed,
        *,
        title: tuple[str, str],
        shown: Shown,
        names: Expr | None = None,
        where: dict[Expr, Expr] | None = None,
        **details: Any,
    ) -> Equation:
        """One move: what a rule computed, in the form that is shown, proved.

        Args:
            names: a quantity that from here on stands for the result.
            shown: see `Shown`.
            where: what further names stand for, in this step alone: the values observed in an example.
            details: `source`, `places` (decimals of the value), `value` (False for none), `reason`.

        Raises:
            Unproved: shown and computed do not agree, or it could not be told.
        """
        if names is not None:
            self.definitions[names] = computed.expression
        lines = self._lines(shown, names)
        identifier = f"{self.name}.{key}"
        definitions = {**self.definitions, **(where or {})}
        prover = Prover(definitions, self.domain, self.style)
        prover.domain = self._domain_of(lines, computed, prover)
        try:
            proofs = [proof for line in lines[:1] for proof in prover.chain(line, computed.expression)]
            proofs += [
                prover.relation(line.terms[n], link.relation, link.term)
                for line in lines[1:]
                for n, link in enumerate(line.links)
            ]
        except (Refuted, NotProved, NoCertificate, Undecided, CannotEnclose) as problem:
            shown_text = "; ".join(plain(line) for line in lines)
            raise Unproved(
                f"{identifier}: {type(problem).__name__}\n  shown:    {shown_text}\n  computed: {plain(computed.expression)}\n  {problem}"
            ) from problem
        return self._add(key, computed, lines, title, details, tuple(proofs), prover)

    def _lines(self, shown: Shown, name: Expr | None) -> tuple[Chain, ...]:
        built = as_written(shown)
        if isinstance(built, Chain):
            return (built,)
        if isinstance(built, list):
            return tuple(built)
        return (equals(name, built),)

    def _domain_of(self, lines: tuple[Chain, ...], computed: Computed, reader: Prover) -> Domain:
        said = [term for line in lines for term in line.terms]
        resolved = [reader.resolve(term) for term in said]
        return self.domain.of(
            [*said, *resolved, *([computed.expression] if hasattr(computed.expression, "atoms") else [])]
        )

    def _add(
        self,
        key: str,
        computed: Computed,
        lines: tuple[Chain, ...],
        title: tuple[str, str],
        details: dict[str, Any],
        proofs: tuple[Proof, ...],
        prover: Prover,
    ) -> Equation:
        identifier = f"{self.name}.{key}"
        if identifier in self.equations:
            raise ValueError(f"{identifier} is used twice; identifiers are unique and permanent")
        frame = sys._getframe(2)
        rounds = any(proof.method == "enclosure" for proof in proofs)
        verdict = "definition" if computed.rule in ("define", "observe") else "certified" if rounds else "proved"
        equation = Equation(
            id=identifier,
            title=text(title),
            lines=lines,
            expression=computed.expression,
            rule=computed.rule,
            reason=text(details.get("reason", computed.reason)),
            plain_reason=text(details.pop("reason", computed.plain_reason)),
            parents=tuple(dict.fromkeys(parent.id for parent in computed.parents)),
            domain=prover.domain.without(bound_variables(lines)),
            proofs=proofs,
            verdict=verdict,
            value=self._value(computed.expression, lines, details),
            source=f"{self.source.partition('/')[0]}/{details.pop('source', self.source.partition('/')[2])}",
            script=f"derivations/{Path(frame.f_code.co_filename).name}",
            line=frame.f_lineno,
            style=details.pop("style", self.style),
            definitions=prover.definitions,
        )
        if details:
            raise TypeError(f"{identifier}: unknown details {sorted(details)}")
        self.equations[identifier] = equation
        return equation

    def _value(self, computed: Any, lines: tuple[Chain, ...], details: dict[str, Any]) -> Value | None:
        places, wanted = details.pop("places", None), details.pop("value", computed)
        if wanted is False or len(lines) > 1 or not constant(wanted):
            return None
        last = lines[0].last
        if places is None and isinstance(last, AsDecimal):
            places = int(last.args[1])
        return Value.of(wanted, places)

    # ------------------------------------------------------------ reading it

    def report(self, run_as: str) -> Summary | None:
        """The last line of a script. Run by itself, it prints every step; a notebook shows the totals that it returns."""
        if run_as != "__main__" or "ipykernel" in sys.modules:
            return Summary(self)
        for equation in self.equations.values():
            print(f"{equation.id}\n    {equation.plain()}\n    {equation.plain_reason.en} — {equation.verdict}")
        print(Summary(self))
        return None


class Summary:
    """How many equations a derivation has, by verdict."""

    def __init__(self, derivation: Derivation) -> None:
        verdicts = [equation.verdict for equation in derivation.equations.values()]
        self.counts = {verdict: verdicts.count(verdict) for verdict in ("definition", "proved", "certified")}

    def __str__(self) -> str:
        total = sum(self.counts.values())
        return f"{total} equations: {self.counts['definition']} definitions, {self.counts['proved']} proved, {self.counts['certified']} certified."

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> tuple[dict[str, str], dict[str, str]]:
        zh = f"共 {sum(self.counts.values())} 个等式：定义 {self.counts['definition']}，已证明 {self.counts['proved']}，数字已验证 {self.counts['certified']}。"
        return {"text/markdown": str(self), "text/plain": str(self)}, {"zh": zh, "en": str(self)}


def bound_variables(lines: tuple[Chain, ...]) -> set[Any]:
    """Variables that a statement binds itself, with a set of their own: those of an arg max over an interval, of a solution set."""
    terms = [term for line in lines for term in line.terms]
    extrema = [node for term in terms for node in term.atoms(ArgMax, ArgMin) if node.over is not S.UniversalSet]
    roots = [node for term in terms for node in term.atoms(Roots)]
    return {variable for node in extrema for variable in node.variables} | {node.args[1] for node in roots}


class Comparison:
    """A table of numbers that a script computed, with its header in both languages."""

    def __init__(self, header: tuple[tuple[str, str], ...], rows: tuple[tuple[Any, ...], ...]) -> None:
        self.header, self.rows = tuple(map(text, header)), rows

    def table(self, language: str) -> str:
        """Markdown; numbers that were computed in floating point to two significant digits."""
        lines = [[words[language] for words in self.header], ["---:"] * len(self.header)]
        lines += [
            [f"{cell:.1e}" if isinstance(cell, float) and cell else f"{cell:g}" for cell in row] for row in self.rows
        ]
        return "\n".join("| " + " | ".join(line) + " |" for line in lines).replace("inf", "∞")

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> tuple[dict[str, str], dict[str, str]]:
        return {"text/markdown": self.table("en"), "text/plain": self.table("en")}, {
            "zh": self.table("zh"),
            "en": self.table("en"),
        }
