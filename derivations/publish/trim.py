"""Style sheets without what no page uses: Material's is 137 kB, of which this site needs a fifth."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import tinycss2
from tinycss2.ast import AtRule, QualifiedRule

from derivations.publish.kept import keep, read_kept
from derivations.publish.seen import names

NEGATED = re.compile(r":(?:not|is|where|has)\([^()]*\)")
ASKED_FOR = re.compile(r"[.#]([\w-]+)|\[[\w-]+[~|^$*]?=[\"']?([\w-]+)")
NEVER = re.compile(
    r"rtl|mermaid|tabbed|arithmatex|(success|example|note|keys)$|md-(version|annotation|tag|source|status|tooltip|post|banner|consent|clipboard|code__)"
)
"""Features of Material that this site never turns on, though its scripts know their names."""
USED_VARIABLE = re.compile(r"var\(\s*(--[\w-]+)")


def trim_styles(folder: Path, style_sheets: Iterable[str], occurring: Iterable[str], cache: Path) -> None:
    """Trim style sheets in place to the names that occur in the finished pages and in the scripts that add to them."""
    used = {name for name in occurring if not NEVER.match(name)}
    for path in sorted(path for pattern in style_sheets for path in folder.glob(pattern)):
        style = path.read_text(encoding="utf-8")
        relevant = sorted(used & names(style))
        key = hashlib.sha256("\n".join([style, *relevant]).encode()).hexdigest()[:20]
        known = cache / f"{path.stem}-{key}.css"
        path.write_bytes(read_kept(known) or keep(known, trimmed(style, used).encode()))


def trimmed(style: str, used: set[str]) -> str:
    """A style sheet without rules that no element can match, and without variables that nothing reads."""
    kept = _rules(tinycss2.parse_stylesheet(style, skip_comments=True, skip_whitespace=True), used)
    while (fewer := _without_idle_variables(kept)) != kept:
        kept = fewer
    return kept


def _rules(nodes: list[Any], used: set[str]) -> str:
    return "".join(_rule(node, used) for node in nodes)


def _rule(node: Any, used: set[str]) -> str:
    """One rule as text; nothing if no element of the site can match it."""
    if isinstance(node, QualifiedRule):
        matching = [each for each in _split(tinycss2.serialize(node.prelude)) if _can_match(each, used)]
        return f"{','.join(matching)}{{{tinycss2.serialize(node.content)}}}" if matching else ""
    if isinstance(node, AtRule):
        prelude = tinycss2.serialize(node.prelude)
        if node.content is None:
            return f"@{node.at_keyword}{prelude};"
        if node.at_keyword in ("media", "supports", "layer", "container"):
            inner = _rules(tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True), used)
            return f"@{node.at_keyword}{prelude}{{{inner}}}" if inner else ""
        return f"@{node.at_keyword}{prelude}{{{tinycss2.serialize(node.content)}}}"
    return ""


def _split(prelude: str) -> list[str]:
    """Selectors at the commas that stand outside brackets."""
    parts, depth = [""], 0
    for sign in prelude:
        depth += (sign in "([") - (sign in ")]")
        if sign == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += sign
    return parts


def _can_match(selector: str, used: set[str]) -> bool:
    """Whether every class, id and attribute value that a selector requires occurs on the site."""
    required = NEGATED.sub("", selector)
    return all((found[1] or found[2]) in used for found in ASKED_FOR.finditer(required))


def _without_idle_variables(style: str) -> str:
    read = set(USED_VARIABLE.findall(style))

    def keep(found: re.Match[str]) -> str:
        return found[0] if found[1] in read else ""

    return re.sub(r"(?<=[{;])(--md-[\w-]*icon[\w-]*):(?:url\([^)]*\)|[^;{}])*;?", keep, style)
