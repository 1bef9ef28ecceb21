r"""How names are written, and what a writer has to know of a tree: where its minus sign is, how far it reaches, which brackets it needs.

A tree holds no display information. What a quantity or a name looks like stands in a `Style`; what a sum looks like stands in `tex` and `plain`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from string import Formatter

from derivations.engine.kernel.terms import BINDERS, Term, put, sym

GREEK = dict(
    zip(
        [
            "alpha",
            "beta",
            "gamma",
            "delta",
            "epsilon",
            "theta",
            "lambda",
            "mu",
            "nu",
            "sigma",
            "tau",
            "phi",
            "psi",
            "omega",
        ],
        "αβγδεθλμνστφψω",
        strict=True,
    )
)
TALL = re.compile(r"\\(frac|sum|prod|binom|left|underset|lim)(?![a-z])")


class Unwritten(LookupError):
    """Nothing says how this is written."""


@dataclass(frozen=True)
class Written:
    r"""A quantity or a name, as TeX and as plain text. For a name, templates: {0} {1} … stand for its arguments, braces are doubled, as in r"\hat{{y}}_{0}(\theta)".

    Words stand as \word{class}, in both. The engine knows no language.
    """

    tex: str
    plain: str
    partial: str = ""
    """The name as a distribution, without its last argument."""
    partial_plain: str = ""
    unseen: tuple[Term, ...] = ()
    """The arguments that the template leaves out, in their order; where nothing is said, the parameters of the definition, or the points of the context."""


@dataclass(frozen=True)
class Style:
    """An article's typography."""

    symbols: Mapping[str, Written]
    logarithm: str = r"\log"
    parenthesised: bool = False
    r"""Whether a logarithm's argument always has brackets; L(w,b), and what has brackets of its own, need none."""
    times: str = ""
    r"""What stands between factors: nothing (and \cdot where it is needed for reading), or r"\cdot"."""
    index_sets: Mapping[str, str] = field(default_factory=dict)
    r"""What stands under a sum over this letter in place of bounds: "" for \sum_{x}, r"\in\{0,1\}" for \sum_{x\in\{0,1\}}."""

    def letter(self, name: str) -> Written:
        """A quantity or a bound variable. A renamed one, p'7, is written with a prime."""
        base = re.sub(r"'\d*", "", name)
        primes = "'" * name.count("'")
        found = self.symbols.get(base)
        if found is None and base in GREEK:
            found = Written(f"\\{base}", GREEK[base])
        if found is None and len(base) == 1:
            found = Written(base, base)
        if found is None:
            raise Unwritten(f"nothing says how {name} is written: give it its TeX, as in quantity({name!r}, …, tex=…)")
        return Written(found.tex + primes, found.plain + primes) if primes else found

    def applied(self, name: str) -> Written:
        """A name as a template. A distribution without one, p, is written p(x)."""
        found = self.symbols.get(name)
        if found is not None and ("." in name or "{" in found.tex):
            return found
        if "." in name:
            raise Unwritten(f"nothing says how {name} is written")
        short = self.letter(name)
        return Written(short.tex + "({0})", short.plain + "({0})", short.tex, short.plain)


class Kind(IntEnum):
    """What a written tree looks like from outside."""

    SUM, NEGATIVE, PRODUCT, BIG, LOGARITHM, FRACTION, POWER, ATOM = range(8)


HEADS = {
    "+": Kind.SUM, "eq": Kind.SUM, "neg": Kind.NEGATIVE, "*": Kind.PRODUCT, "/": Kind.FRACTION, "d": Kind.FRACTION, "^": Kind.POWER, "exp": Kind.POWER,
    "log": Kind.LOGARITHM, "sum": Kind.BIG, "prod": Kind.BIG, "lim": Kind.BIG, "argmax": Kind.BIG, "argmin": Kind.BIG, "fn": Kind.SUM,
}  # fmt: skip


def kind(term: Term, style: Style) -> Kind:
    """What the tree looks like; a name whose template is a sum or a product is as a sum."""
    if negated(term) is not None:
        return Kind.NEGATIVE
    if term[0] == "app" and compound(style.applied(term[1]).tex):
        return Kind.SUM
    if term[0] == "fn" and distribution(term) is not None:
        return Kind.ATOM
    return HEADS.get(term[0], Kind.ATOM)


def negated(term: Term) -> Term | None:
    """What follows the minus sign, if the tree begins with one."""
    if term[0] == "neg":
        found: Term = term[1]
        return found
    if term[0] in ("num", "dec") and term[1] < 0:
        return (term[0], -term[1], *term[2:])
    return ("inf", "+") if term == ("inf", "-") else None


def reaches_on(term: Term) -> bool:
    """Whether a sum, product, limit or maximum stands last: what follows it could be taken for a part of it."""
    inner = negated(term)
    last = term[-1] if term[0] == "*" else term if inner is None else inner
    return HEADS.get(last[0]) is Kind.BIG or (last is not term and reaches_on(last))


def numeric(term: Term) -> bool:
    """Whether a tree is made of digits and the four operations alone."""
    if term[0] in ("num", "dec"):
        return True
    return term[0] in ("+", "*", "/", "neg", "^", "[]") and all(map(numeric, term[1:]))


def distribution(term: Term) -> tuple[str, tuple[Term, ...]] | None:
    """A name over its last argument, as fn c: p(n, c): the name and its other arguments."""
    _, variable, body = term
    if body[0] != "app" or len(body) < 3 or body[-1] != sym(variable) or sym(variable) in body[2:-1]:
        return None
    return body[1], body[2:-1]


def settled(term: Term, depth: Mapping[str, int] | None = None) -> Term:
    """The tree with p', p'' … for bound variables that were renamed p'7, p'12."""
    depth = depth or {}
    if term[0] in BINDERS:
        for variable in term[1].split(","):
            if re.search(r"'\d", variable):
                base = variable.partition("'")[0]
                depth = {**depth, base: depth.get(base, 0) + 1}
                new = base + "'" * depth[base]
                own = ",".join(new if each == variable else each for each in term[1].split(","))
                term = (term[0], own, put(term[2], {variable: sym(new)}), *term[3:])
    return tuple(settled(part, depth) if isinstance(part, tuple) else part for part in term)


# ------------------------------------------------------------ templates


def compound(template: str) -> bool:
    """Whether a template is a sum or a product, and no single mark."""
    bare = re.sub(r"\{\{|\}\}|\{\d\}", lambda found: {"{{": "{", "}}": "}"}.get(found[0], "x"), template)
    while (inner := re.sub(r"\{[^{}]*\}|\([^()]*\)|\[[^][]*\]", "", bare)) != bare:
        bare = inner
    return re.search(r"[+\-=<>/]|\\cdot(?!s)|\\times", re.sub(r"[_^].", "", bare)) is not None


def holes(template: str) -> list[tuple[str, int | None]]:
    """A template as pieces: what stands literally, and the number of the argument that follows it."""
    return [(text, int(hole) if hole is not None else None) for text, hole, _, _ in Formatter().parse(template)]


def named(
    letter: str, parameters: Sequence[str], hidden: int, tex: str = "", plain: str = "", partial: str = ""
) -> Written:
    """How a name is written, given by templates for the arguments that are not hidden, which come after the `hidden` ones; as L(p) where nothing is said."""
    shown = ", ".join(f"{{{at}}}" for at in range(hidden, len(parameters)))
    usual = f"{letter}({shown})" if shown else letter
    tex, plain, partial = (shifted(each, hidden) for each in (tex, plain, partial))
    unseen = tuple(sym(each) for at, each in enumerate(parameters) if f"{{{at}}}" not in (tex or usual))
    return Written(tex or usual, plain or usual, partial, letter, unseen)


def shifted(template: str, by: int) -> str:
    """The template for arguments that stand `by` places later."""
    doubled = ((re.sub(r"[{}]", r"\g<0>\g<0>", text), hole) for text, hole in holes(template))
    return "".join(text + (f"{{{hole + by}}}" if hole is not None else "") for text, hole in doubled)


def enclosed(before: str, after: str) -> bool:
    """Whether what stands between two literal pieces needs no brackets of its own."""
    return bool(re.search(r"([(\[{,|=_^]|\\,|\\\|)\s*$", before)) and bool(re.match(r"\s*([)\]},|=]|\\,|\\\|)", after))


def filled(template: str, arguments: Sequence[tuple[str, bool]], script: str = "({})") -> str:
    """A template with its arguments, each with whether it is a single thing. What is long is enclosed as `script` says where it is an index."""
    pieces = holes(template)
    found = ""
    for at, (before, hole) in enumerate(pieces):
        found += before
        if hole is None:
            continue
        text, single = arguments[hole]
        after = pieces[at + 1][0] if at + 1 < len(pieces) else ""
        if found.endswith(("_", "^")):
            alone = r"[^\W_]+" if script == "({})" and found.endswith("_") else r"\\[a-zA-Z]+|\w"
            text = text if re.fullmatch(alone, text) else script.format(text)
        elif not single and not enclosed(found, after):
            text = f"({text})"
        found += text
    return found


def brackets(text: str, shape: str = "()", name: str = "") -> str:
    """A bracket, directly behind a name if there is one; only around what is tall does it grow."""
    if not TALL.search(text):
        return f"{name}{shape[0]}{text}{shape[1]}"
    opening = r"\mathopen{}\left" if name else r"\left"
    return rf"{name}{opening}{shape[0]}{text}\right{shape[1]}"


def grown(text: str) -> str:
    """A filled template: the brackets grow around what is tall in them."""
    starts: list[int] = []
    at = 0
    while at < len(text):
        sized = text[:at].endswith((r"\left", r"\right"))
        if text[at] == "(" and not sized:
            starts.append(at)
        elif text[at] == ")" and not sized and starts:
            start = starts.pop()
            bigger = brackets(text[start + 1 : at], name=text[:start] or " ").removeprefix(" ")
            text, at = bigger + text[at + 1 :], len(bigger) - 1
        at += 1
    return text


def script(text: str) -> str:
    """An index or a power, in braces where it is more than one mark."""
    return text if re.fullmatch(r"\\[a-zA-Z]+|[A-Za-z0-9]", text) else f"{{{text}}}"
