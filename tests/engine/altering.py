"""Alterations of published TeX: what a slip of the pen, or of a printer, would leave."""

from __future__ import annotations

import re
from collections.abc import Iterator

SWAPS = {
    "log": "ln", "ln": "log", "sum": "prod", "prod": "sum", "max": "min", "min": "max", "frac": "binom", "binom": "frac", "hat": "bar", "infty": "pi",
}  # fmt: skip


def alterations(tex: str) -> dict[str, str]:
    """Every altered string, with the kind of its alteration."""
    found = {altered: kind for kind, altered in _all(tex)}
    found.pop(tex, None)
    return found


def _all(tex: str) -> Iterator[tuple[str, str]]:
    for start, inner, end, after in pairs(tex):
        yield "bracket", f"{tex[:start]} {tex[inner:end]} {tex[after:]}"
    for kind, pattern, replacements in (
        ("sign", r"\+", ["-"]),
        ("sign", r"-", ["+", " "]),
        ("script", r"[_^](\{[^{}]*\}|.)", [""]),
        ("dot or space", r"\\cdot(?!s)|\\,", [" "]),
        ("relation", r" = | < |\\approx", [" > "]),
        ("letter", r"(?<![a-zA-Z\\{])[a-zA-Z](?![a-zA-Z}])|(?<=\{)[a-zA-Z](?=\})", list("pqnkiNx")),
    ):
        for mark in re.finditer(pattern, tex):
            yield from ((kind, tex[: mark.start()] + new + tex[mark.end() :]) for new in replacements)
    for mark in re.finditer(r"\d", tex):
        yield "digit", f"{tex[: mark.start()]}{(int(mark[0]) + 1) % 10}{tex[mark.end() :]}"
    for mark in re.finditer(rf"\\({'|'.join(SWAPS)})(?![a-z])", tex):
        yield from (("operator", tex[: mark.start()] + new + tex[mark.end() :]) for new in (f"\\{SWAPS[mark[1]]}", ""))
    for mark in re.finditer(r"(\S+) ([+-]) (\S+)", tex):
        yield "order", f"{tex[: mark.start()]}{mark[3]} {mark[2]} {mark[1]}{tex[mark.end() :]}"


def pairs(tex: str) -> Iterator[tuple[int, int, int, int]]:
    """For every pair of brackets: where it begins, where its inside begins and ends, and what comes after it."""
    for opening in re.finditer(r"(?:\\left)?([(\[])", tex):
        depth = 0
        for at in range(opening.end() - 1, len(tex)):
            depth += (tex[at] in "([") - (tex[at] in ")]")
            if depth == 0:
                sized = tex[:at].endswith(r"\right")
                yield opening.start(), opening.end(), at - 6 * sized, at + 1
                break
