"""What runs in the reader's browser: a derivation's script, as it stands or as the reader has changed it, and what it made, as HTML.

The verdicts are the engine's, which proves every statement again; nothing of what the site has published is believed here.
"""

from __future__ import annotations

import contextlib
import io
import json
import re
import traceback
from collections.abc import Iterator, Mapping
from typing import Any

from markupsafe import Markup

from derivations.catalogue.record import record
from derivations.catalogue.scripts import loaded, meanings_of
from derivations.engine import Derivation, Equation, Unproved
from derivations.engine.trying import failed
from derivations.publish.proofs import Row, rows
from derivations.publish.showing import tried
from derivations.publish.typeset import Entry, display_mathematics, full_mathematics, short_prose
from derivations.words import Words, words_in

PLACED = re.compile(r"(?P<file>\S+):(?P<line>\d+): (?P<of>[\w.-]+: )?(?P<said>.*)", re.DOTALL)
"""How the engine tells what is wrong, and of which equation."""


def run(source: str, file: str, language: str) -> str:
    """Run a script by itself, and say what it made.

    Args:
        file: what the script is called, such as coin.py.
        language: of titles and reasons, "zh" or "en".

    Returns:
        JSON: `equations`, each with `id`, `line` and `html`; `printed`; `error`, which is null, or has `line` (0 where it is unknown) and `said`.
    """
    names: dict[str, Any] = {"__name__": "__main__"}
    printed, wrong = io.StringIO(), None
    with contextlib.redirect_stdout(printed):
        try:
            exec(compile(source, file, "exec"), names)  # noqa: S102  it is the reader's own
        except (Exception, SystemExit) as problem:  # noqa: BLE001  whatever a script raises is told at its line
            wrong = problem
    own = {id(each): each for each in names.values() if isinstance(each, Derivation)}
    derivations = {each.name: each for each in own.values()}
    made = [each for derivation in own.values() for each in derivation.equations.values() if each.script == file]
    words, meanings = _with_titles(words_in(language), made), meanings_of({**loaded(), **derivations})
    equations = [
        {"id": each.id, "line": each.line, "html": drawn(record(each, meanings, "", {language: words}), words)}
        for each in made
    ]
    error = wrong and _told(wrong, file, derivations, words)
    return json.dumps({"equations": equations, "printed": printed.getvalue(), "error": error})


def _told(problem: BaseException, file: str, derivations: Mapping[str, Derivation], words: Words) -> dict[str, Any]:
    """What went wrong in a script, and at which line of it, in the reader's words as far as there are such."""
    if isinstance(problem, Unproved) and (found := PLACED.fullmatch(problem.message)) and found["file"] == file:
        claimed = problem.claimed
        answer = failed(derivations[claimed.id.partition(".")[0]], claimed) if claimed else None
        said = [tried(answer, _with_titles(words, [answer.equation]))] if answer else []
        if answer is None or answer.refutation is None:
            said.append((found["of"] or "") + words.told(found["said"]))
        return {"line": int(found["line"]), "said": "\n\n".join(said)}
    if isinstance(problem, SyntaxError):
        return {"line": problem.lineno or 0, "said": words.told(f"{type(problem).__name__}: {problem.msg}")}
    lines = [each.lineno or 0 for each in traceback.extract_tb(problem.__traceback__) if each.filename == file]
    return {"line": lines[-1] if lines else 0, "said": words.told(f"{type(problem).__name__}: {problem}")}


def _with_titles(words: Words, made: list[Equation]) -> Words:
    """The words, in which an equation that the reader has added is called by its identifier."""
    titles = {each.id: f"`{each.id}`" for each in made} | dict(words.table("titles"))
    return Words(words.language, {**words.tables, "titles": titles}, words.file)


def drawn(entry: Entry, words: Words) -> str:
    """An equation as HTML, its mathematics still as TeX: title, verdict, statement, what it holds for, and the lines of its proof, which open.

    Args:
        entry: as `catalogue.record` makes it.
    """
    language = words.language
    title, identifier, verdict = short_prose(entry["title"][language]), entry["id"], entry["verdict"]
    holds = Markup("").join(_holds(entry, words))
    lines = Markup("").join(_line(row, words) for row in rows(entry, words))
    opened = Markup('<details class="folded"><summary>{}</summary>{}{}</details>').format(
        words["show-proof"] if lines else words["show-more"],
        holds and Markup('<dl class="holds">{}</dl>').format(holds),
        lines and Markup('<div class="lines">{}</div>').format(lines),
    )
    return Markup(
        '<section class="ran {}"><p class="named">{} <code>{}</code> <span class="verdict">{}</span></p><div class="formula">{}</div>{}</section>'
    ).format(
        verdict,
        title,
        identifier,
        words[verdict],
        display_mathematics(entry["tex"][language]),
        opened if lines or holds else "",
    )


def _holds(entry: Entry, words: Words) -> Iterator[Markup]:
    """Under what it is stated."""
    given = entry["hypotheses"] if entry["verdict"] != "definition" else []
    for key, said in (("given", given), ("domain", entry["ranges"])):
        if said:
            each = Markup(" ").join(
                Markup('<span class="each">{}</span>').format(full_mathematics(one["tex"][words.language]))
                for one in said
            )
            yield Markup("<dt>{}</dt><dd>{}</dd>").format(words[key], each)


def _line(row: Row, words: Words) -> Markup:
    """One line of a proof."""
    if row.where and not row.tex:
        return Markup('<p class="case depth-{}">{}</p>').format(row.depth, short_prose(row.where))
    factor = f" {row.where}" if row.where else ""
    cited = [words.table("titles").get(each, each) for each in row.cites]
    why = short_prose(words["comma"].join([*(f"{law}{factor}" for law in row.why), *cited]))
    sign = full_mathematics(row.sign) if row.sign else ""
    return Markup(
        '<div class="line depth-{}"><span class="sign">{}</span><div class="term">{}</div><span class="why">{}</span></div>'
    ).format(row.depth, sign, full_mathematics(row.tex), why)
