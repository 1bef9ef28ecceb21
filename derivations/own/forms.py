"""What was derived from somebody's numbers, to be taken along: text, Markdown, LaTeX, a notebook with its outputs, the script, the catalogue's JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from derivations.catalogue.forms import meaning_json
from derivations.catalogue.making import VERSION
from derivations.engine import Equation
from derivations.own.deriving import CELL, SECTION, Own, Record
from derivations.publish.jupyter import BEGINS, as_shown
from derivations.publish.proofs import Row, rows
from derivations.publish.showing import proof
from derivations.publish.typeset import untex

Cell = tuple[str, str, list[Equation]]
MATHEMATICS = re.compile(r"(\$[^$]*\$)")
SPECIAL = re.compile(r"[\\{}&%#_^~]")
HEAD = r"""\documentclass[a4paper]{%s}
\usepackage[margin=2cm]{geometry}
\usepackage{amsmath, amssymb}
\allowdisplaybreaks
\begin{document}
"""


def text(own: Own) -> str:
    """Every statement with the lines of its proof, as on a terminal, and in short what it came to."""
    language = own.words.language
    said = [proof(own.records[each.id], own.words) for each in own.shown]
    results = [f"{untex(each['title'][language])}{own.words['colon']}{each['plain'][language]}" for each in own.results]
    return "\n\n".join([own.title, *said, "\n".join([*results, *endless(own)])])


def endless(own: Own) -> list[str]:
    """That the loss is infinite, and whose doing that is."""
    return [own.words.of("own", "infinite").format(at) for at in own.impossible[:1]]


def markdown(own: Own) -> str:
    """A page of Markdown, with formulas between dollar signs, as GitHub and notebooks read it."""
    proof = "$$\n\\begin{{aligned}}\n{}\n\\end{{aligned}}\n$$"
    return _page(own, "# {}", "## {}", "**{}.** ({})", "$$\n{}\n$$", proof, "&&", str)


def latex(own: Own) -> str:
    """A document of LaTeX, complete; a Chinese one is for XeLaTeX."""
    head = HEAD % ("ctexart" if own.words.language == "zh" else "article")
    proof = "\\begin{{alignat*}}{{2}}\n{}\n\\end{{alignat*}}"  # which goes on on the next page
    body = _page(
        own,
        r"\section*{{{}}}",
        r"\subsection*{{{}}}",
        r"\paragraph{{{}}}({})",
        "\\[\n{}\n\\]",
        proof,
        r"&& \qquad",
        escaped,
    )
    return f"{head}{body}\\end{{document}}\n"


def _page(
    own: Own, title: str, heading: str, named: str, formula: str, proof: str, gap: str, prose: Callable[[str], str]
) -> str:
    """The page of one's own numbers; `gap` stands between a line and its reason."""
    words, language = own.words, own.words.language
    numbers = {each.id: str(at) for at, each in enumerate(own.shown, 1)}
    found = [title.format(prose(own.title))]
    for name, shown in own.sections:
        found.append(heading.format(prose(own.heading(name))))
        for each in shown:
            entry = own.records[each.id]
            said = [
                f"{prose(words[key])}{words['colon']}{what}"
                for key, what in conditions(entry, language, words["semicolon"])
            ]
            found += [
                named.format(prose(entry["title"][language]), numbers[each.id]),
                formula.format(entry["tex"][language]),
            ]
            found.append(" · ".join([prose(words[entry["verdict"]]), *said]))
            if lines := [_line(row, numbers, words["comma"], gap) for row in rows(entry, words)]:
                found.append(proof.format(" \\\\\n".join(lines)))
    found.append(heading.format(prose(words.of("own", "results"))))
    found += [f"{prose(each['title'][language])}{words['colon']}${each['tex'][language]}$" for each in own.results]
    return "\n\n".join([*found, *map(prose, endless(own)), prose(words.of("own", "copied-from"))]) + "\n"


def conditions(entry: Record, language: str, semicolon: str) -> Iterator[tuple[str, str]]:
    """What a statement holds for: the key of each word, and TeX."""
    if entry["hypotheses"] and entry["verdict"] != "definition":
        yield "given", semicolon.join(f"${each['tex'][language]}$" for each in entry["hypotheses"])
    if entry["ranges"]:
        yield "domain", semicolon.join(f"${each['tex'][language]}$" for each in entry["ranges"])
    if entry["conventions"]:
        yield (
            "conventions",
            semicolon.join(f"${each.replace('log', chr(92) + 'log')}$" for each in entry["conventions"]),
        )


def _line(row: Row, numbers: dict[str, str], comma: str, gap: str) -> str:
    """A row of a proof, its reasons at the right: laws by their names, equations by their numbers here."""
    indent = r"\quad " * row.depth
    if row.where and not row.tex:
        return rf"& {indent}\text{{{escaped(row.where)}}}"
    cites = [f"({numbers[each]})" if each in numbers else each for each in row.cites]
    why = comma.join([*(f"{law} {row.where}".strip() for law in row.why), *cites])
    sign = f"{row.sign}{{}} " if row.sign else ""
    return f"& {indent}{sign}{row.tex}" + (rf" {gap} \text{{{escaped(why)}}}" if why else "")


def escaped(text: str) -> str:
    """Prose for LaTeX; what stands between dollar signs is mathematics."""
    parts = MATHEMATICS.split(text)
    return "".join(
        each if at % 2 else SPECIAL.sub(lambda found: rf"\{found[0]}", each) for at, each in enumerate(parts)
    )


def cells(own: Own) -> list[Cell]:
    """The script's cells: what each is ("markdown" or "code"), its text in the reader's language, the equations that it made."""
    found, at = list[Cell](), 1
    made = own.derivation.equations.values()
    for cell in CELL.split(own.script)[1:]:
        last = at + cell.count("\n") + 1
        if section := SECTION.match(cell):
            level = "#" if not found else "##"
            found.append(("markdown", f"{level} {own.heading(own.kind if not found else section[1])}", []))
        else:
            found.append(("code", cell.strip(), [each for each in made if at < each.line <= last]))
        at = last
    return found


def script(own: Own) -> str:
    """The script as a file of its own, in cells that Jupyter and editors know."""
    shown = (f"# %% [markdown]\n# {said}" if kind == "markdown" else f"# %%\n{said}" for kind, said, _ in cells(own))
    return "\n\n".join(shown) + "\n"


def notebook(own: Own) -> str:
    """A Jupyter notebook with its outputs, which runs wherever this project's package is installed."""
    language, made = own.words.language, list[dict[str, Any]]()
    first, *others = cells(own)
    begins: list[Cell] = [
        ("markdown", own.words.of("own", "notebook-needs"), []),
        ("code", BEGINS.format(language=language), []),
    ]
    count = 0
    for at, (kind, said, equations) in enumerate([first, *begins, *others]):
        cell: dict[str, Any] = {"cell_type": kind, "id": f"own-{at}", "metadata": {}, "source": said}
        if kind == "code":
            count += 1
            shown = [
                {"output_type": "display_data", "data": as_shown(each, language), "metadata": {}} for each in equations
            ]
            cell |= {"execution_count": count, "outputs": shown}
        made.append(cell)
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    whole = {
        "cells": made,
        "metadata": {"kernelspec": kernel, "language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def as_json(own: Own) -> str:
    """A catalogue of these equations and of all that they rest on: `derivations.check_catalogue` checks it, and so does the second kernel."""
    bodies = {name: body for each in own.records for name, body in own.known[each].context.names.items()}
    bodies |= {each.defines: own.bodies[each.defines] for key in own.records if (each := own.known[key]).defines}
    names = {name: {**meaning_json(body), "equation": own.meanings[name]} for name, body in bodies.items()}
    return json.dumps(
        {"form": VERSION, "names": names, "equations": [*own.records.values()]}, ensure_ascii=False, indent=1
    )


FORMS: dict[str, Callable[[Own], str]] = {
    "text": text, "markdown": markdown, "tex": latex, "notebook": notebook, "script": script, "json": as_json,
}  # fmt: skip
