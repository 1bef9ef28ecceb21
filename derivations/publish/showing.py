"""One equation on the terminal: a readable proof with its chain of parents, or a format that programs read."""

from __future__ import annotations

import json
import re
from typing import Any

from derivations.publish.catalogue import BUILD, ROOT, derive, equations

Entries = dict[str, dict[str, Any]]

WORDS = {
    "zh": {
        "definition": "定义",
        "proved": "已证明",
        "certified": "数字已验证",
        "from": "来自",
        "because": "理由",
        "holds": "范围",
        "proof": "证明",
        "script": "出处",
        "value": "数值",
    },
    "en": {
        "definition": "definition",
        "proved": "proved",
        "certified": "certified",
        "from": "from",
        "because": "by",
        "holds": "where",
        "proof": "proof",
        "script": "derived at",
        "value": "value",
    },
}


def as_form(entries: Entries, identifier: str, form: str, language: str) -> str:
    """The equation as TeX, MathML, SymPy code, JSON or a readable proof."""
    entry = entries[identifier]
    if form == "tex":
        return entry["tex_by_language"][language]
    if form == "mathml":
        return mathml(entry["tex_by_language"][language])
    if form == "json":
        return json.dumps(entry, ensure_ascii=False, indent=1)
    if form == "sympy":
        return sympy_code(identifier)
    return proof(entries, identifier, language)


def evidence(entry: dict[str, Any], language: str) -> str:
    """What the second witness and the wrong variants showed, and with which versions."""
    found = entry["evidence"]
    if found is None:
        return {"zh": "定义，不作断言，无需核对。", "en": "A definition: it claims nothing, and nothing was tried."}[
            language
        ]
    counts = found["variants"]
    chance = {
        "zh": f"另有 {counts['equivalent']} 个变式恰好与原式相等（已证明），不计在内。",
        "en": f"{counts['equivalent']} more variants were equal by chance, proved so and not counted.",
    }[language]
    versions = ", ".join(f"{name} {number}" for name, number in found["versions"].items())
    return "\n".join([found["text"][language], *([chance] if counts["equivalent"] else []), versions])


def mathml(tex: str) -> str:
    """The formula as MathML, made by KaTeX as on the pages.

    Raises:
        FileNotFoundError: KaTeX is not installed; the message says how to install it.
    """
    from derivations.publish.katex import Katex

    with Katex(ROOT, BUILD / "katex-terminal.json") as katex:
        rendered = katex.render(tex, display=True)
    return re.search(r"<math.*?</math>", rendered, flags=re.DOTALL)[0]  # type: ignore[index]


def sympy_code(identifier: str) -> str:
    """What SymPy computed, as code that makes it again (`srepr`)."""
    from sympy import srepr

    return srepr(equations(derive())[identifier].expression)


def chain_of_parents(entries: Entries, identifier: str) -> list[str]:
    """The equation's ancestors and the equation itself, each after those it follows from."""
    ordered: list[str] = []

    def visit(current: str) -> None:
        if current in ordered:
            return
        for parent in entries[current]["parents"]:
            visit(parent)
        ordered.append(current)

    visit(identifier)
    return ordered


def proof(entries: Entries, identifier: str, language: str) -> str:
    """The chain of parents, one step a paragraph, the equation asked for last."""
    words = WORDS[language]
    paragraphs = []
    for step in chain_of_parents(entries, identifier):
        entry = entries[step]
        lines = [f"{step} — {entry['title'][language]}", f"    {entry['plain']}"]
        reason = untex(entry["reason_plain"][language]) + (
            f" ({words['from']} {', '.join(entry['parents'])})" if entry["parents"] else ""
        )
        lines.append(f"    {words['because']}: {reason}")
        lines.append(f"    {words['holds']}: {entry['domain']['text']}")
        if entry["proof"]["text"][language]:
            lines.append(f"    {words[entry['verdict']]}: {untex(entry['proof']['text'][language])}")
        else:
            lines.append(f"    {words[entry['verdict']]}")
        if entry["value"]:
            lines.append(
                f"    {words['value']}: {entry['value']['exact']} {'=' if entry['value']['complete'] else '≈'} {entry['value']['decimal']}"
            )
        lines.append(f"    {words['script']}: {entry['script']}:{entry['line']}")
        paragraphs.append("\n".join(lines))
    return "\n\n".join(paragraphs)


TEX_MARKS = (
    (r"\\frac\{([^{}]*)\}\{([^{}]*)\}", r"(\1)/(\2)"),
    (r"\\(?:left|right|,|;)", ""),
    (r"\\sigma", "σ"),
    (r"\\ln", "ln"),
    (r"\\log", "log"),
)


def untex(words: str) -> str:
    """A sentence with inline TeX, as it can be read on a terminal."""

    def plain_text(found: re.Match[str]) -> str:
        inside = found[1]
        for pattern, replacement in TEX_MARKS:
            inside = re.sub(pattern, replacement, re.sub(pattern, replacement, inside))
        return re.sub(r"[{}\\]", "", inside)

    return re.sub(r"\$([^$]*)\$", plain_text, words)
