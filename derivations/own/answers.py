"""What the page for numbers of one's own asks, in the reader's browser: what was typed goes in, what was derived comes out, as texts of JSON. Nothing leaves the browser."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from derivations.own import deriving, forms, typed
from derivations.own.deriving import Own, Record
from derivations.publish.here.script import drawn
from derivations.publish.typeset import full_mathematics, short_prose
from derivations.words import Words, words_in


def answer(request: str) -> str:
    """Derive what was asked for.

    Args:
        request: JSON with `kind` and `language`, and what was typed: `heads` and `tails` for "coin", `predictions` for "cats", `table` for "table".

    Returns:
        JSON: `faults`, each with the `field` that it is about and what is `said`; if there are none, also `kind`, `html`, `markdown`, `tex`, `notebook`, and how many statements were `proved`.
    """
    asked = json.loads(request)
    words = words_in(asked["language"])
    try:
        own = _derived(asked, words)
    except typed.BadInput as problem:
        return json.dumps({"faults": [{"field": each.field, "said": each.said(words)} for each in problem.faults]})
    taken = {form: forms.FORMS[form](own) for form in ("markdown", "tex", "notebook")}
    proved = sum(each.verdict != "definition" for each in own.derivation.equations.values())
    return json.dumps({"faults": [], "kind": own.derivation.name, "html": html(own), "proved": proved, **taken})


def _derived(asked: Mapping[str, Any], words: Words) -> Own:
    if asked["kind"] == "coin":
        names = words.of("own.form", "heads"), words.of("own.form", "tails")
        return deriving.coin(*typed.counts(asked["heads"], asked["tails"], names), words)
    if asked["kind"] == "cats":
        predictions = typed.predictions(typed.listed(asked["predictions"]))
        return deriving.table((1,) * len(predictions), predictions, words, "cats")
    return deriving.table(*typed.table(asked["table"]), words)


def html(own: Own) -> str:
    """In short what it came to, then every statement with its verdict and its proof; mathematics still as TeX."""
    language, colon = own.words.language, own.words["colon"]
    results = [
        Markup("<li>{}{}{}</li>").format(
            short_prose(each["title"][language]), colon, full_mathematics(_shortly(each, language))
        )
        for each in own.results
    ]
    results += [Markup("<li>{}</li>").format(each) for each in forms.endless(own)]
    parts = [Markup('<h3 tabindex="-1">{}</h3><ul class="results">{}</ul>').format(own.title, Markup("").join(results))]
    for name, shown in own.sections:
        statements = Markup("").join(Markup(drawn(own.records[each.id], own.words)) for each in shown)
        parts.append(Markup("<h4>{}</h4>{}").format(own.heading(name), statements))
    return Markup("").join(parts)


def _shortly(entry: Record, language: str) -> str:
    """What a chain begins with, and what it comes to."""
    first, last = entry["parts"][0], entry["parts"][-1]
    return f"{first['tex'][language]} {last['relation']} {last['tex'][language]}"
