"""One step of a derivation, with everything that is known about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sympy import Basic, Expr, Rational, nan, oo, zoo
from sympy.core.function import AppliedUndef

from derivations.core.domain import Domain, name_of
from derivations.core.enclosure import rounded
from derivations.core.latex import LATEX_RELATIONS, Style, latex, plain
from derivations.core.notation import AsDecimal, Chain, Text
from derivations.core.proof import Proof
from derivations.core.rules import RULES

VERDICTS = {
    "definition": Text("定义", "definition"),
    "proved": Text("已证明", "proved"),
    "certified": Text("数字已验证", "certified"),
}
"""`definition`: nothing to prove. `proved`: an exact symbolic proof. `certified`: a rigorous enclosure decides the digits shown."""


@dataclass(frozen=True)
class Value:
    """A number: exact, and the decimal digits shown (all of them, or correctly rounded)."""

    exact: Expr
    digits: AsDecimal
    complete: bool

    @classmethod
    def of(cls, exact: Expr, places: int | None) -> Value:
        """The value of a constant, to `places` decimals; None shows all decimals where there are at most six, else three."""
        if isinstance(exact, Rational):
            for enough in range(7):
                if (exact * 10**enough).is_Integer:
                    if places is None or places >= enough:
                        return cls(exact, AsDecimal(exact, max(enough, places or 0)), True)
                    break
        return cls(exact, rounded(exact, 3 if places is None else places), False)


@dataclass(frozen=True)
class Equation:
    """A statement that is shown, what SymPy computed for it, and why the two agree.

    `expression` is the computed right-hand side, which later steps start from.
    """

    id: str
    title: Text
    lines: tuple[Chain, ...]
    expression: Any
    rule: str
    reason: Text
    plain_reason: Text
    parents: tuple[str, ...]
    domain: Domain
    proofs: tuple[Proof, ...]
    verdict: str
    value: Value | None
    source: str
    script: str
    line: int
    style: Style
    definitions: dict[Expr, Expr]

    def tex(self, language: str) -> str:
        """The whole statement as LaTeX."""
        if len(self.lines) == 1:
            return latex(self.lines[0], self.style, language)
        rows = []
        for line in self.lines:
            first, *links = self._parts_of(line, language)
            rows.append(
                f"{first[1]} &" + "".join(f" {LATEX_RELATIONS[relation]} {body}" for relation, body in links).lstrip()
            )
        return r"\begin{aligned} " + r" \\ ".join(rows) + r" \end{aligned}"

    def plain(self, language: str = "en") -> str:
        """The whole statement as one line of text."""
        return "; ".join(plain(line, language) for line in self.lines)

    def _parts_of(self, line: Chain, language: str) -> list[tuple[str, str]]:
        return [
            ("", latex(line.first, self.style, language)),
            *((link.relation, latex(link.term, self.style, language)) for link in line.links),
        ]

    def parts(self) -> list[dict[str, Any]]:
        """The terms of the chain, each with the relation that leads to it (LaTeX)."""
        both = zip(
            *([part for line in self.lines for part in self._parts_of(line, language)] for language in ("zh", "en")),
            strict=True,
        )
        return [{"relation": LATEX_RELATIONS.get(zh[0], ""), "tex": {"zh": zh[1], "en": en[1]}} for zh, en in both]

    def domain_record(self) -> dict[str, Any]:
        """The domain in LaTeX and in text, with a point that satisfies it."""
        conditions = self.domain.conditions()
        tex = [over.latex_form.format(self._quantity_tex(quantity)) for quantity, over in conditions]
        words = [over.plain_form.format(name_of(quantity)) for quantity, over in conditions]
        return {"tex": r",\; ".join(tex), "text": "; ".join(words) or "no free quantity", "point": self.domain.point()}

    def _quantity_tex(self, quantity: Any) -> str:
        if isinstance(quantity, Basic) and quantity.is_Symbol:
            return latex(quantity, self.style, "en")
        form = getattr(quantity, "latex_form", None)
        return form["en"].format(*"inc") if form else str(quantity)

    def value_record(self) -> dict[str, Any] | None:
        if self.value is None:
            return None
        return {
            "exact": str(self.value.exact),
            "exact_tex": latex(self.value.exact, self.style, "en"),
            "decimal": self.value.digits.digits(),
            "complete": self.value.complete,
        }

    def record(self) -> dict[str, Any]:
        """The equation as the catalogue lists it."""
        tex = {language: self.tex(language) for language in ("zh", "en")}
        methods = list(dict.fromkeys(proof.method for proof in self.proofs))
        words = list(dict.fromkeys(proof.text for proof in self.proofs))
        return {
            "id": self.id,
            "derivation": self.id.partition(".")[0],
            "title": self.title.as_dict(),
            "verdict": self.verdict,
            "tex": tex["zh"],
            "tex_by_language": tex,
            "parts": self.parts(),
            "plain": self.plain(),
            "shown": "; ".join(str(term) for line in self.lines for term in line.terms),
            "computed": str(self.expression),
            "rule": self.rule,
            "reason": self.reason.as_dict(),
            "reason_plain": self.plain_reason.as_dict(),
            "parents": list(self.parents),
            "domain": self.domain_record(),
            "proof": {
                "method": ", ".join(methods),
                "text": {"zh": "".join(w.zh for w in words), "en": " ".join(w.en for w in words)},
            },
            "value": self.value_record(),
            "source": self.source,
            "script": self.script,
            "line": self.line,
            "evidence": None,
        }

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> tuple[dict[str, str], dict[str, Any]]:
        """For notebooks: the formula, its reason and verdict; both languages travel in the metadata."""
        shown = {language: self._markdown(language) for language in ("zh", "en")}
        return {"text/markdown": shown["en"], "text/plain": self.plain()}, {**shown, "equation": self.id}

    def _markdown(self, language: str) -> str:
        stop = {"zh": "。", "en": "."}[language]
        return f"$$\n{self.tex(language)}\n$$\n\n`{self.id}` · {self.reason[language]} · **{VERDICTS[self.verdict][language]}**{stop}"

    def __str__(self) -> str:
        return f"{self.id}: {self.plain()}  [{RULES[self.rule].en}; {self.verdict}]"


def constant(expression: Any) -> bool:
    """Whether an expression is one real number, with a value to print."""
    if not isinstance(expression, Expr) or expression.atoms(AppliedUndef):
        return False
    return expression.is_number and expression not in (oo, -oo, zoo, nan) and expression.is_real is True
