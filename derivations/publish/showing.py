"""One equation on the terminal: the lines of its proof as the mark on a page opens them, or a format that programs read."""

from __future__ import annotations

import json
from functools import partial
from typing import Any

from derivations.catalogue.files import BUILD, ROOT
from derivations.catalogue.record import record
from derivations.catalogue.scripts import loaded, meanings_of
from derivations.engine.kernel.terms import Term
from derivations.engine.plain import plain
from derivations.engine.refuting import NOWHERE
from derivations.engine.trying import Answer
from derivations.publish.proofs import Row, chain_of_parents, rows
from derivations.publish.typeset import untex
from derivations.words import Words

Entries = dict[str, dict[str, Any]]
FORMS = ("proof", "tex", "mathml", "sympy", "json")
WIDTH = 64
"""Reasons stand in this column, if the formula leaves room."""


def shown(
    catalogue: dict[str, Any], identifier: str, form: str, words: Words, chain: bool = False, evidenced: bool = False
) -> str:
    """The equation as TeX, MathML, SymPy code, JSON or a readable proof.

    Args:
        chain: with all that it rests on before it; JSON is a list then.
        evidenced: in the place of a proof, what speaks for it besides; JSON has that already.
    """
    entries = {entry["id"]: entry for entry in catalogue["equations"]}
    asked = chain_of_parents(entries, identifier) if chain else [identifier]
    if form == "json":
        found = [entries[each] for each in asked]
        return json.dumps(found if chain else found[0], ensure_ascii=False, indent=1)
    if form == "proof":
        told = evidence if evidenced else proof
        return "\n\n".join(told(entries[each], words) for each in asked)
    if form == "sympy":
        return "\n".join(sympy_code(catalogue, each) for each in asked)
    texts = [str(entries[each]["tex"][words.language]) for each in asked]
    return "\n".join(map(mathml, texts) if form == "mathml" else texts)


def evidence(entry: dict[str, Any], words: Words) -> str:
    """What the witness and the wrong variants showed, and with which versions."""
    found, title = entry["evidence"], f"{entry['id']} — {untex(entry['title'][words.language])}"
    if found is None:
        return f"{title}\n{words.of('terminal', 'nothing-tried')}"
    counts = found["variants"]
    said = [
        title,
        words["witness-said"].format(*(found[key] for key in ("points", "decisive", "widest", "lines", "claimed"))),
        *([words["witness-approached"]] if found["approached"] else []),
        f"{words['variants-label']}{words['colon']}{words['variants-said'].format(counts['wrong'], counts['by_kernel'], counts['by_witness'])}",
        *([words.of("terminal", "equal-by-chance").format(counts["equal"])] if counts["equal"] else []),
        *found["said"],
        ", ".join(f"{name} {number}" for name, number in found["versions"].items()),
    ]
    return "\n".join(said)


def mathml(tex: str) -> str:
    """The formula as MathML, made by Temml as on the pages.

    Raises:
        FileNotFoundError: Temml is not installed; the message says how to install it.
    """
    from derivations.publish.temml import Temml

    with Temml(ROOT, BUILD / "temml-terminal.json") as temml:
        return temml.render(tex, display=True)


def sympy_code(catalogue: dict[str, Any], identifier: str) -> str:
    """What the left side comes out as, as code that makes it in SymPy."""
    from derivations.catalogue.rebuild import load
    from derivations.catalogue.sympy_code import code

    return code(load(identifier, catalogue).expression)


def proof(entry: dict[str, Any], words: Words) -> str:
    """The statement, what it holds for, and the lines of its proof."""
    language = words.language
    lines = [f"{entry['id']} — {untex(entry['title'][language])}", f"    {entry['plain'][language]}"]
    lines += conditions(entry, words)
    if found := proof_lines(entry, words):
        lines += ["", *found, ""]
    elif entry["parents"]:
        lines.append(_said("parents", words["comma"].join(entry["parents"]), words))
    lines.append(f"    {words[entry['verdict']]} · {entry['script']}:{entry['line']}{_value(entry, words)}")
    return "\n".join(lines)


def conditions(entry: dict[str, Any], words: Words, domain: str = "domain") -> list[str]:
    """What a statement holds for, or is claimed for: premises, ranges, conventions."""
    lines = []
    if entry["hypotheses"] and entry["verdict"] != "definition":
        premises = words["semicolon"].join(each["plain"][words.language] for each in entry["hypotheses"])
        lines.append(_said("given", premises, words))
    if entry["ranges"]:
        ranges = words["semicolon"].join(each["plain"][words.language] for each in entry["ranges"])
        lines.append(_said(domain, ranges, words))
    if entry["conventions"]:
        lines.append(_said("conventions", words["semicolon"].join(entry["conventions"]), words))
    return lines


def proof_lines(entry: dict[str, Any], words: Words) -> list[str]:
    """The rows of a proof, as on paper; none for what has nothing to prove."""
    return [_line(row, words) for row in rows(entry, words)]


def tried(answer: Answer, words: Words) -> str:
    """What became of a statement that somebody tried: its proof, or a point where it fails, or that there is neither."""
    equation, say, language = answer.equation, partial(words.of, "terminal"), words.language

    def written(term: Term, relation: str = "", value: Term | None = None) -> str:
        other = f" {relation} {plain(value, equation.style)}" if value else ""
        return words.plain(f"{plain(term, equation.style)}{other}")

    entry = record(equation, meanings_of(loaded()), "", {language: words})
    entry["ranges"] += [{"plain": {language: written(("sym", name), "=", at)}} for name, at in answer.settled.items()]
    lines = [
        f"{say(f'try-{answer.verdict}')}{words['colon']}{entry['plain'][language]}",
        *conditions(entry, words, "domain" if equation.theorem else "claimed-for"),
        "",
    ]
    if answer.verdict == "proved":
        return "\n".join([*lines, *proof_lines(entry, words)])
    if answer.refutation is None:
        return "\n".join([*lines, say("try-open").format(answer.tried)])
    place = words["comma"].join(written(what, "=", value) for what, value in answer.refutation.at)
    lines.append(say("try-at").format(place) if place else say("try-fails"))
    for side in answer.refutation.sides:
        if side.value == NOWHERE:
            lines.append(f"    {say('try-nowhere').format(written(side.term))}")
        elif side.value is not None and side.value != side.term:
            lines.append(f"    {written(side.term, '=' if side.exact else '≈', side.value)}")
        else:
            lines.append(f"    {written(side.term)}")
    return "\n".join(lines)


def _said(key: str, text: str, words: Words) -> str:
    return f"    {words[key]}{words['colon']}{text}"


def _line(row: Row, words: Words) -> str:
    """One row of a proof, its reasons at the right, or below where there is no room."""
    indent = "    " + "    " * row.depth
    if row.plain_where and not row.plain:
        return f"{indent}{row.plain_where}"
    shown = f"{indent}{row.plain_sign or ' '} {row.plain}"
    factor = f" {row.plain_where}" if row.plain_where else ""
    why = words["comma"].join([*(f"{law}{factor}" for law in row.why), *row.cites])
    if not why:
        return shown
    return f"{shown:<{WIDTH}}  {why}" if len(shown) <= WIDTH else f"{shown}\n{'':<{WIDTH}}  {why}"


def _value(entry: dict[str, Any], words: Words) -> str:
    value = entry["value"]
    if not value:
        return ""
    rest = "" if value["decimal"] == value["exact"] else f" {'=' if value['complete'] else '≈'} {value['decimal']}"
    exact = value["exact"] if len(value["exact"]) <= WIDTH else ""
    return f" · {words['value']}{words['colon']}{f'{exact}{rest}'.strip()}"
