"""Trees as one line of plain text, for terminals and for search: C(10, 8)·p^8·(1 - p)^2. Exactly what the tree says, in its order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from unicodedata import normalize

from derivations.engine.kernel.terms import Term, sym
from derivations.engine.tex import decimal
from derivations.engine.writing import Kind, Style, Written, distribution, filled, kind, negated, reaches_on, settled

RELATIONS = {"=": "=", "<": "<", ">": ">", "<=": "≤", ">=": "≥", "≈": "≈", "=!": "≟", "<=>": "⇔"}
SIGNS = {r"\in": " ∈ ", r"\{": "{", r"\}": "}", r"\ldots": "…", r"\,": " "}
POWERS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def plain(term: Term, style: Style) -> str:
    """The tree as one line of text."""
    return Plain(style).side(settled(term))


def chain_plain(terms: Sequence[Term], relations: Sequence[str], style: Style) -> str:
    """A chain of terms, or of equations, as one line of text."""
    signs = (RELATIONS[relation] for relation in relations)
    rest = (f" {sign} {plain(term, style)}" for sign, term in zip(signs, terms[1:], strict=True))
    return plain(terms[0], style) + "".join(rest)


def unbracketed(text: str) -> str:
    """What stands outside of all brackets."""
    inner = re.sub(r"\([^()]*\)", "", text)
    return text if inner == text else unbracketed(inner)


def partial_of(written: Written) -> str:
    """The template of a name as a distribution: that of the TeX, where there are plain signs for all that it says; else its letter."""
    template = re.sub(r"\\text\{\{(.*?) ?\}\}", r"\1", written.partial).replace(r"\dots", "…")
    template = re.sub(
        r"\\hat\{\{(\w)\}\}", lambda found: normalize("NFC", f"{found[1]}\N{COMBINING CIRCUMFLEX ACCENT}"), template
    )
    template = re.sub(r"([_^])\{\{(\w+)\}\}", r"\1\2", template)
    return written.partial_plain if "\\" in template or not template else template


class Plain:
    """One style's text."""

    def __init__(self, style: Style) -> None:
        self.style = style

    def side(self, term: Term) -> str:
        """A whole side: of names, w*, b*, the brackets are left out."""
        if term[0] == "eq":
            return f"{self.side(term[1])} = {self.side(term[2])}"
        if term[0] == "tuple" and len(term) > 2 and all(part[0] in ("sym", "app") for part in term[1:]):
            return self.listed(term[1:])
        return self.of(term)

    def of(self, term: Term) -> str:
        """The tree, as it stands where nothing is around it."""
        inner = negated(term)
        if inner is not None:
            return "-" + self.within(inner, Kind.NEGATIVE)
        match term:
            case ("num", value):
                return str(value)
            case ("dec", digits, places):
                return decimal(digits, places)
            case ("sym", name):
                return self.letter(name)
            case ("pi",) | ("inf", _):
                return "π" if term[0] == "pi" else "∞"
            case ("app", name, *arguments):
                return self.template(self.style.applied(name).plain, arguments)
            case ("+", *addends):
                return self.addends(addends)
            case ("*", *factors):
                return "·".join(self.factor(factor, factor is factors[-1]) for factor in factors)
            case ("/", above, below):
                return f"{self.above(above)}/{self.within(below, Kind.FRACTION)}"
            case ("binom", above, below):
                return f"C({self.listed([above, below])})"
            case ("^", base, exponent):
                text = self.within(base, Kind.POWER)
                return f"{f'({text})' if '^' in unbracketed(text) else text}^{self.exponent(exponent)}"
            case ("exp", exponent):
                return f"e^{self.exponent(exponent)}"
            case ("log", body):
                text = self.of(body)
                return "⋯" if text == "⋯" else self.style.logarithm.lstrip("\\") + f"({text})"
            case ("sqrt", body):
                return f"√({self.of(body)})"
            case ("abs", body):
                return f"|{self.of(body)}|"
            case ("max", *parts):
                return f"max({self.listed(parts)})"
            case ("is", one, other):
                return f"[{self.of(one)} = {self.of(other)}]"
            case ("[]", body):
                return f"[{self.listed(body[1:]) if body[0] == 'tuple' else self.of(body)}]"
            case ("tuple", *parts) | ("table", _, *parts):
                return f"({self.listed(parts)})"
            case ("set", *parts):
                return f"{{{self.listed(parts)}}}" if parts else "∅"
            case (("sum" | "prod"), variable, body, low, high):
                sign = "Σ" if term[0] == "sum" else "Π"
                return f"{sign}_{{{self.bounds(variable, low, high)}}} {self.reach(body)}"
            case ("d", variable, body, at):
                return self.derivative(variable, body, at)
            case ("lim", variable, body, at, side):
                place = self.of(at) if at[0] == "inf" else f"{self.within(at, Kind.POWER)}{side}"
                return f"lim_{{{self.letter(variable)}→{place}}} {self.reach(body)}"
            case (("argmax" | "argmin"), variable, body, *ends):
                return f"arg {term[0][3:]}_{{{self.under(variable, ends)}}} {self.reach(body)}"
            case ("roots", variable, body, *ends):
                return f"{{{self.under(variable, ends, everywhere=True)} : {self.of(body)} = 0}}"
            case ("fn", variable, body):
                return self.function(term, variable, body)
            case ("eq", _, _):
                return self.side(term)
        raise TypeError(f"no text for {term!r}")

    def letter(self, variable: str) -> str:
        return self.style.letter(variable).plain

    def listed(self, parts: Sequence[Term]) -> str:
        return ", ".join(map(self.of, parts))

    def within(self, term: Term, highest: Kind) -> str:
        """The tree, with brackets unless it holds together more tightly than this."""
        text = self.of(term)
        tight = Kind.ATOM if term[0] == "log" else kind(term, self.style)
        return f"({text})" if tight <= highest else text

    def above(self, term: Term) -> str:
        return self.of(term) if term[0] == "*" and not reaches_on(term) else self.within(term, Kind.FRACTION)

    def factor(self, factor: Term, last: bool) -> str:
        if factor[0] in ("log", "exp", "^", "d") or (last and kind(factor, self.style) is Kind.BIG):
            return self.of(factor)
        return self.within(factor, Kind.FRACTION)

    def template(self, template: str, arguments: Sequence[Term]) -> str:
        return filled(template, [(self.of(each), kind(each, self.style) is Kind.ATOM) for each in arguments])

    def addends(self, addends: Sequence[Term]) -> str:
        found = ""
        for at, addend in enumerate(addends):
            inner = negated(addend)
            body, sign = (addend, "+") if inner is None else (inner, "-")
            text = self.within(body, Kind.NEGATIVE)
            if reaches_on(body) and not all(map(reaches_on, addends[at + 1 :])):
                text = f"({text})"
            found += f" {sign} {text}" if found else text if sign == "+" else f"-{text}"
        return found

    def exponent(self, term: Term) -> str:
        text = self.of(term)
        return text if re.fullmatch(r"\w+", text) else f"({text})"

    def bounds(self, variable: str, low: Term, high: Term) -> str:
        letter = self.letter(variable)
        if variable not in self.style.index_sets:
            return f"{letter}={self.of(low)}..{self.of(high)}"
        found = letter + self.style.index_sets[variable]
        for sign, text in SIGNS.items():
            found = found.replace(sign, text)
        return found

    def reach(self, body: Term) -> str:
        """The body of a sum, product, limit or maximum: one term."""
        inner = negated(body)
        return self.of(body) if inner is not None and inner[0] == "[]" else self.within(body, Kind.NEGATIVE)

    def derivative(self, variable: str, body: Term, at: Term) -> str:
        order = 1
        while body[0] == "d" and body[1] == variable and body[3] == sym(variable):
            order, body = order + 1, body[2]
        power = str(order).translate(POWERS) if order > 1 else ""
        letter, inside = self.letter(variable), self.of(body[1] if body[0] == "[]" else body)
        found = f"d{power}/d{letter}{power} [{inside}]"
        return found if at == sym(variable) else f"({found})|_{{{letter} = {self.of(at)}}}"

    def under(self, variable: str, ends: Sequence[Term | str], everywhere: bool = False) -> str:
        names = ",".join(map(self.letter, variable.split(",")))
        if "," in variable or not ends or (not everywhere and ends[0][0] == ends[1][0] == "inf"):
            return names
        return f"{names} ∈ {ends[2][0]}{self.of(tuple(ends[0]))}, {self.of(tuple(ends[1]))}{ends[2][1]}"

    def function(self, term: Term, variable: str, body: Term) -> str:
        """A distribution: by its name, else as x ↦ …."""
        named = distribution(term)
        if named is not None:
            name, arguments = named
            written = self.style.applied(name)
            template = partial_of(written) or written.plain.removesuffix(f"({{{len(arguments)}}})")
            if partial_of(written) or template != written.plain:
                return self.template(template, arguments)
        return f"{self.letter(variable)} ↦ {self.of(body)}"
