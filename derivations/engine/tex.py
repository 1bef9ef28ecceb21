r"""Trees as TeX: exactly what the tree says, in its order. Nothing is sorted, merged or left out.

What TeX alone does not decide is decided here once, and `tex.lark` reads by the same decisions: a letter directly before a bracket is an application (a product has a thin
space, q\,(1-q)); a sum reaches over one term, a logarithm over one factor, and neither is followed by another factor; a limit shows its side.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from derivations.engine.kernel.terms import Term, sym
from derivations.engine.writing import (
    TALL,
    Kind,
    Style,
    brackets,
    distribution,
    filled,
    grown,
    kind,
    negated,
    numeric,
    reaches_on,
    script,
    settled,
)

RELATIONS = {
    "=": "=", "<": "<", ">": ">", "<=": r"\le", ">=": r"\ge", "≈": r"\approx", "=!": r"\overset{\word{set}}{=}", "<=>": r"\iff",
}  # fmt: skip

MANY = 6
r"""Of more factors than these each has a \cdot before it, where a line can be broken."""


def tex(term: Term, style: Style) -> str:
    """The tree as TeX."""
    return Tex(style).side(settled(term))


def chain_tex(terms: Sequence[Term], relations: Sequence[str], style: Style) -> str:
    """A chain of terms, or of equations, as one line of TeX."""
    return " ".join(f"{part['relation']} {part['tex']}".strip() for part in parts_tex(terms, relations, style))


def parts_tex(terms: Sequence[Term], relations: Sequence[str], style: Style) -> list[dict[str, str]]:
    """The terms of a chain, each with the relation that leads to it, as TeX; the first has none."""
    signs = ["", *(RELATIONS[relation] for relation in relations)]
    writer = Tex(style)
    ways = [writer.side, *([writer.of] * len(relations))]
    texts = (
        way(settled(term)) if term[0] == "tuple" else tex(term, style) for way, term in zip(ways, terms, strict=True)
    )
    return [{"relation": sign, "tex": text} for sign, text in zip(signs, texts, strict=True)]


def decimal(digits: int, places: int) -> str:
    """The digits as printed: 7 with one place is 0.7."""
    text = str(digits).rjust(places + 1, "0")
    return f"{text[:-places]}.{text[-places:]}" if places else text


class Tex:
    """One style's TeX."""

    def __init__(self, style: Style) -> None:
        self.style = style

    def side(self, term: Term) -> str:
        """A whole side: of names, w^*, b^*, the brackets are left out."""
        if term[0] == "eq":
            return f"{self.side(term[1])} = {self.side(term[2])}"
        if term[0] == "tuple" and len(term) > 2 and all(part[0] in ("sym", "app") for part in term[1:]):
            return ", ".join(map(self.of, term[1:]))
        return self.of(term)

    def of(self, term: Term) -> str:
        """The tree, as it stands where nothing is around it."""
        inner = negated(term)
        if inner is not None:
            return "-" + self.within(inner, Kind.SUM, Kind.NEGATIVE)
        match term:
            case ("num", value):
                return str(value)
            case ("dec", digits, places):
                return decimal(digits, places)
            case ("sym", name):
                return self.style.letter(name).tex
            case ("pi",) | ("inf", _):
                return r"\pi" if term[0] == "pi" else r"\infty"
            case ("app", name, *arguments):
                return self.template(self.style.applied(name).tex, arguments)
            case ("+", *addends):
                return self.addends(addends)
            case ("*", *factors):
                return self.product(factors)
            case ("/", above, below):
                return rf"\frac{{{self.of(above)}}}{{{self.of(below)}}}"
            case ("binom", above, below):
                return rf"\binom{{{self.of(above)}}}{{{self.of(below)}}}"
            case ("^", base, exponent):
                return f"{self.base(base)}^{script(self.slim(exponent))}"
            case ("exp", exponent):
                return f"e^{{{self.slim(exponent)}}}"
            case ("log", argument):
                return self.logarithm(argument)
            case ("sqrt", body):
                return rf"\sqrt{{{self.of(body)}}}"
            case ("abs", body):
                text = self.of(body)
                return rf"\left\lvert {text} \right\rvert" if TALL.search(text) else rf"\lvert {text} \rvert"
            case ("max", *parts):
                return brackets(self.listed(parts), name=r"\max")
            case ("is", one, other):
                return brackets(f"{self.of(one)} = {self.of(other)}", "[]")
            case ("[]", body):
                return rf"\left[ {self.listed(body[1:]) if body[0] == 'tuple' else self.of(body)} \right]"
            case ("tuple", *parts):
                return brackets(self.listed(parts))
            case ("table", _, *parts):
                return brackets(self.listed(parts))
            case ("set",):
                return r"\varnothing"
            case ("set", *parts):
                return rf"\left\{{ {self.listed(parts)} \right\}}"
            case (("sum" | "prod"), variable, body, low, high):
                return rf"\{term[0]}{self.bounds(variable, low, high)} {self.reach(body)}"
            case ("d", variable, body, at):
                return self.derivative(variable, body, at)
            case ("lim", variable, body, at, side):
                return rf"\lim_{{{self.letter(variable)} \to {self.place(at, side)}}} {self.reach(body)}"
            case (("argmax" | "argmin"), variable, body, *ends):
                return rf"\underset{{{self.under(variable, ends)}}}{{\arg \{term[0][3:]}}} {self.reach(body)}"
            case ("roots", variable, body, *ends):
                over = self.under(variable, ends, everywhere=True)
                return rf"\left\{{ {over} : {self.of(body)} = 0 \right\}}"
            case ("fn", variable, body):
                return self.function(term, variable, body)
            case ("eq", _, _):
                return self.side(term)
        raise TypeError(f"no TeX for {term!r}")

    def letter(self, variable: str) -> str:
        return self.style.letter(variable).tex

    def listed(self, parts: Sequence[Term]) -> str:
        return ", ".join(map(self.of, parts))

    def within(self, term: Term, *kinds: Kind) -> str:
        """The tree, with brackets if it is of one of these kinds."""
        text = self.of(term)
        return brackets(text) if kind(term, self.style) in kinds else text

    def slim(self, term: Term) -> str:
        """An argument, index or power: a small fraction lies flat, L(8/10)."""
        if term[0] == "/" and all(part[0] in ("num", "sym") and negated(part) is None for part in term[1:]):
            return f"{self.of(term[1])}/{self.of(term[2])}"
        return self.of(term)

    def template(self, template: str, arguments: Sequence[Term]) -> str:
        texts = [(self.slim(each), kind(each, self.style) in (Kind.ATOM, Kind.POWER)) for each in arguments]
        return grown(filled(template, texts, script="{{{}}}"))

    def rest(self, term: Term) -> bool:
        r"""Whether this is the \cdots of a product."""
        return term[0] in ("sym", "app") and self.of(term) == r"\cdots"

    def addends(self, addends: Sequence[Term]) -> str:
        r"""A sum. The logarithm of a product's \cdots is the \cdots of the sum."""
        found = ""
        for at, addend in enumerate(addends):
            inner = negated(addend)
            body, sign = (addend, "+") if inner is None else (inner, "-")
            if body[0] == "log" and self.rest(body[1]):
                text = r"\cdots"
            else:
                text = self.within(body, Kind.SUM, Kind.NEGATIVE)
                if reaches_on(body) and not all(map(reaches_on, addends[at + 1 :])) or self.rest(body):
                    text = brackets(text)
            found += f" {sign} {text}" if found else text if sign == "+" else f"-{text}"
        return found

    def product(self, factors: Sequence[Term]) -> str:
        texts, style = [], self.style
        for factor in factors:
            last = factor is factors[-1]
            open_ended = () if last else (Kind.LOGARITHM, Kind.BIG)
            texts.append(self.within(factor, Kind.SUM, Kind.NEGATIVE, Kind.PRODUCT, *open_ended))
        pairs = list(zip(factors, factors[1:], texts, texts[1:], strict=False))
        dotted = bool(style.times) and not (len(factors) == 2 and coefficient(factors[0]) and not texts[1][0].isdigit())
        dotted = dotted or len(factors) > MANY or any(asks(one, other, text) for one, other, _, text in pairs)
        found = texts[0]
        for one, _, before, text in pairs:
            letters = one[0] in ("sym", "app", "pi") and not before.endswith((")", "]"))
            thin = letters and re.match(r"[(\[]|\\left[(\[]", text)
            found += rf" \cdot {text}" if dotted else rf"\,{text}" if thin else f" {text}"
        return found

    def base(self, base: Term) -> str:
        text = self.of(base)
        raised = "^" in re.sub(r"\([^()]*\)|\{[^{}]*\}", "", text)
        plain = kind(base, self.style) is Kind.ATOM and base[0] not in ("binom", "sqrt", "inf")
        return text if plain and not raised else brackets(text)

    def logarithm(self, argument: Term) -> str:
        name, text = self.style.logarithm, self.of(argument)
        if argument[0] == "[]":
            return f"{name} {text}"
        capital = argument[0] == "app" and re.match(r"(\\mathcal\{)?[A-Z]", text)
        bare = (
            argument[0] in ("num", "dec", "sym", "app", "/", "binom", "sqrt", "pi", "abs") and negated(argument) is None
        )
        if kind(argument, self.style) is Kind.SUM or not bare or (self.style.parenthesised and not capital):
            return brackets(text, name=name)
        return name + ("" if text.startswith("\\") else " ") + text

    def bounds(self, variable: str, low: Term, high: Term) -> str:
        letter = self.letter(variable)
        if variable in self.style.index_sets:
            return f"_{{{letter}{self.style.index_sets[variable]}}}"
        return f"_{{{letter}={self.slim(low)}}}^{{{self.slim(high)}}}"

    def reach(self, body: Term) -> str:
        """The body of a sum, product, limit or maximum: one term."""
        inner = negated(body)
        if inner is not None and inner[0] == "[]":
            return self.of(body)
        return self.within(body, Kind.SUM, Kind.NEGATIVE)

    def derivative(self, variable: str, body: Term, at: Term) -> str:
        order = 1
        while body[0] == "d" and body[1] == variable and body[3] == sym(variable):
            order, body = order + 1, body[2]
        power = f"^{script(str(order))}" if order > 1 else ""
        below = f"{{d{self.letter(variable)}{power}}}"
        named = body[1] if body[0] == "log" else body
        if named[0] == "app" and kind(named, self.style) is Kind.ATOM:
            found = rf"\frac{{d{power}{self.of(body)}}}{below}"
        else:
            found = rf"\frac{{d{power}}}{below}" + self.of(body if body[0] == "[]" else ("[]", body))
        return found if at == sym(variable) else rf"\left. {found} \right|_{{{self.letter(variable)}={self.slim(at)}}}"

    def place(self, at: Term, side: str) -> str:
        """Where a limit goes to, and from which side; at infinity there is only one."""
        if at[0] == "inf":
            return self.of(at)
        text = self.slim(at)
        single = at[0] in ("num", "dec", "sym") and negated(at) is None and "^" not in text
        return f"{text if single else f'({text})'}^{side}"

    def under(self, variable: str, ends: Sequence[Term | str], everywhere: bool = False) -> str:
        names = ",".join(map(self.letter, variable.split(",")))
        if "," in variable or not ends or (not everywhere and ends[0][0] == ends[1][0] == "inf"):
            return names
        low, high, shape = self.slim(tuple(ends[0])), self.slim(tuple(ends[1])), str(ends[2])
        return rf"{names}\in{shape[0]}{low},{high}{shape[1]}"

    def function(self, term: Term, variable: str, body: Term) -> str:
        r"""A distribution: by its name, else as x \mapsto …."""
        named = distribution(term)
        if named is None:
            return rf"{self.letter(variable)} \mapsto {self.of(body)}"
        name, arguments = named
        written = self.style.applied(name)
        template = written.partial or written.tex.removesuffix(f"({{{len(arguments)}}})")
        if not written.partial and template == written.tex:
            return rf"{self.letter(variable)} \mapsto {self.of(body)}"
        return self.template(template, arguments)


def coefficient(term: Term) -> bool:
    return term[0] == "num" and term[1] > 1


def asks(one: Term, other: Term, text: str) -> bool:
    r"""Whether a product would not be read, or not well (p p), without a \cdot between two factors, the second of which is written so."""
    plain = one[0] in ("num", "dec", "/")
    if one == other or one in (("num", 0), ("num", 1)) or one[0] in ("binom", "d") or (numeric(one) and not plain):
        return True
    if numeric(one) and numeric(other) or text[0].isdigit() or negated(other) is not None:
        return True
    return one[0] in ("num", "dec") and text.startswith((r"\frac", r"\left."))
