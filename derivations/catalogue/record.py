"""An equation as the catalogue has it: a record that pages, command line and anyone's own programs read, and nothing else.

What decides is in trees (`forms.py` says how they are written); beside each stands the same for readers, as TeX and as plain text, in each language.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from derivations.catalogue.conditions import condition
from derivations.catalogue.domain import both, chain, condition_shown, hypothesis_shown, ranges_of, relation_shown
from derivations.catalogue.forms import as_json, context_json, line_json, lines_json, point_json
from derivations.catalogue.store import hash_of
from derivations.catalogue.telling import told
from derivations.catalogue.value import value_of
from derivations.engine.digits import digits
from derivations.engine.equation import Equation
from derivations.engine.kernel.statements import Context, Line
from derivations.engine.kernel.terms import ONE, Term
from derivations.engine.tex import RELATIONS, parts_tex
from derivations.engine.writing import Style
from derivations.words import Words

Languages = Mapping[str, Words]
SIGNS = RELATIONS | {"<=>": r"\Leftrightarrow"}
"""In a proof each sign has a column, where a long arrow has no room."""
SAID_LATER = ("collect", "rounding")
"""Laws that are not worth naming beside others."""
MOST_NAMED = 3
MOST_PLACES = 31
"""The kernel tells two constants apart by at most 30 digits."""


def record(equation: Equation, meanings: Mapping[str, str], own_hash: str, languages: Languages) -> dict[str, Any]:
    """An equation as JSON.

    Args:
        meanings: the equation that defines each name.
        own_hash: what `content_hash` says.
    """
    style, context = equation.style, equation.context
    said = Said(style, languages)
    tex, plain = written(equation)
    return {
        "id": equation.id,
        "derivation": equation.id.partition(".")[0],
        "verdict": equation.verdict,
        "title": {language: words.title(equation.id) for language, words in languages.items()},
        "defines": equation.defines,
        "rows": [
            {"terms": list(map(as_json, terms)), "relations": list(relations)} for terms, relations in equation.rows
        ],
        "tex": said.tex(tex),
        "parts": [part for terms, relations in equation.rows for part in said.parts(terms, relations)],
        "plain": said.plain(plain),
        "context": context_json(context),
        "names": [meanings[name] for name in context.names if name in meanings],
        "ranges": [
            {"of": each["of"], "tex": said.tex(each["tex"]), "plain": said.plain(each["plain"])}
            for each in ranges_of(equation)
        ],
        "hypotheses": [said.both(hypothesis_shown(each, style)) for each in context.hypotheses],
        "given": [each.id for each in equation.premises],
        "conventions": sorted(context.conventions),
        "inhabitant": point_json(equation.inhabitant),
        "proof": {"steps": said.steps(equation.terms[0], equation.lines, context)},
        "rule": equation.rule,
        "reason": {language: reason(equation, words) for language, words in languages.items()},
        "parents": parents(equation, meanings),
        "value": value_of(equation),
        "source": equation.source,
        "script": equation.script,
        "line": equation.line,
        "hash": own_hash,
    }


def written(equation: Equation) -> tuple[str, str]:
    """An equation as TeX and as plain text, words in it as \\word{…}."""
    shown = [chain(terms, relations, equation.style) for terms, relations in equation.rows]
    rows = r" \\ ".join(aligned(terms, relations, equation.style) for terms, relations in equation.rows)
    tex = rf"\begin{{aligned}} {rows} \end{{aligned}}" if len(shown) > 1 else shown[0][0]
    return tex, "; ".join(text for _, text in shown)


def aligned(terms: Sequence[Term], relations: Sequence[str], style: Style) -> str:
    """One row of several, with the relation below the others'."""
    first, *rest = parts_tex(terms, relations, style)
    return f"{first['tex']} " + " ".join(
        f"{'&' if at == 0 else ''}{each['relation']} {each['tex']}" for at, each in enumerate(rest)
    )


def told_apart(one: Term, other: Term, context: Context) -> list[Term]:
    """Two constants as correctly rounded decimals, at least three places, as many as it takes to tell them apart."""
    rounded = ([digits(each, context, places) for each in (one, other)] for places in range(3, MOST_PLACES))
    return next(each for each in rounded if each[0] != each[1])


def content_hash(equation: Equation, hashes: Mapping[str, str]) -> str:
    """One number for what is stated and how it is proved, all that this rests on included, and for nothing else."""
    context = context_json(equation.context)
    bodies = {
        name: [list(meaning.parameters), as_json(meaning.body)] for name, meaning in equation.context.names.items()
    }
    rows = [[list(map(as_json, terms)), list(relations)] for terms, relations in equation.rows]
    rests = [hashes[each] for each in equation.cites]
    return hash_of(
        [rows, equation.defines, context, bodies, point_json(equation.inhabitant), lines_json(equation.lines), rests]
    )


def parents(equation: Equation, meanings: Mapping[str, str]) -> list[str]:
    """What the proof cites, and the suppositions that it is given."""
    named = (
        [meanings[name] for name in equation.context.names if name in meanings]
        if equation.verdict == "definition"
        else []
    )
    return list(
        dict.fromkeys(
            [
                *equation.cites,
                *(each.id for each in equation.premises),
                *(each for each in named if each != equation.id),
            ]
        )
    )


def laws_of(lines: Sequence[Line]) -> list[str]:
    """The laws of a proof, each once, as they come."""
    found: dict[str, None] = {}
    for line in lines:
        found.update(dict.fromkeys(line.laws))
        for part in line.parts:
            found.update(dict.fromkeys(laws_of(part.lines)))
    return list(found)


def reason(equation: Equation, words: Words) -> str:
    """Why it is true, in a few words: the laws of the outer lines, each as what it did first."""
    named: dict[str, str] = {}
    now = equation.terms[0]
    for line in equation.lines:
        for law in line.laws:
            named.setdefault(law, told(law, now, line, words))
        now = line.term
    telling = [law for law in named if law not in SAID_LATER] or ([] if equation.cites else list(named))
    said = [named[law] for law in telling[:MOST_NAMED]]
    return words.listed(said) + (words["and-more"] if len(telling) > MOST_NAMED else "")


class Said:
    """Trees and conditions as readers see them, in all languages."""

    def __init__(self, style: Style, languages: Languages) -> None:
        self.style, self.languages = style, languages

    def tex(self, text: str) -> dict[str, str]:
        """TeX by language."""
        return {language: words.tex(text) for language, words in self.languages.items()}

    def plain(self, text: str) -> dict[str, str]:
        """Plain text by language."""
        return {language: words.plain(text) for language, words in self.languages.items()}

    def both(self, shown: tuple[str, str]) -> dict[str, dict[str, str]]:
        """TeX and plain text by language."""
        return {"tex": self.tex(shown[0]), "plain": self.plain(shown[1])}

    def parts(self, terms: Sequence[Term], relations: Sequence[str]) -> list[dict[str, Any]]:
        """The terms of a chain, each with the relation that leads to it."""
        signs = ["", *(RELATIONS[relation] for relation in relations)]
        return [
            {"relation": sign, **self.both(both(term, self.style))} for sign, term in zip(signs, terms, strict=True)
        ]

    def steps(self, first: Term, lines: Sequence[Line], context: Context) -> list[dict[str, Any]]:
        """The lines of a proof with what is read of them."""
        found, now = [], first
        for line in lines:
            step = (
                line_json(line)
                | {"sign": self.both((SIGNS[line.relation], relation_shown(line.relation)))}
                | self.both(both(line.term, self.style))
            )
            if line.by is not None and line.by[0] != "tuple":
                divided = "multiply" in line.laws and line.by[:2] == ("/", ONE)
                step["factor"] = self.both(both(line.by[2] if divided else line.by, self.style))
            if "digits" in line.laws:
                step["numbers"] = self.both(chain(told_apart(now, line.term, context), [line.relation], self.style))
            for number, part in enumerate(step.get("parts", [])):
                where = condition(context, now, line, number)
                own = line.parts[number]
                part |= {"where": {"kind": where.kind, **self.both(condition_shown(where, self.style))}}
                part |= self.both(both(own.first, self.style)) | {
                    "steps": self.steps(own.first, own.lines, where.context)
                }
            found.append(step)
            now = line.term
        return found
