"""How mathematics and numbers are written into HTML, before Temml renders what is marked as TeX."""

from __future__ import annotations

import html
import re
from typing import Any

from markupsafe import Markup

Entry = dict[str, Any]


def written(entry: Entry, part: str | int | None, language: str, form: str = "tex") -> str:
    """The TeX, or the `plain` text, of a whole equation, of its first or last part, or of the part with a given index."""
    if part is None:
        return entry[form][language]
    index = {"left": 0, "right": -1}[part] if isinstance(part, str) else part
    return entry["parts"][index][form][language]


def inline_mathematics(tex: str, said: str = "") -> Markup:
    """TeX in running text, marked the way pymdownx.arithmatex marks what is typed. `said`: what a link that is nothing but this formula is called."""
    label = Markup(' aria-label="{}"').format(said) if said else ""
    return Markup('<span class="arithmatex"{}>\\({}\\)</span>').format(label, tex)


def display_mathematics(tex: str) -> Markup:
    """TeX on a line of its own."""
    return Markup('<div class="arithmatex">\\[{}\\]</div>').format(tex)


def full_mathematics(tex: str) -> Markup:
    """TeX in a proof's line, as large as on a line of its own."""
    return inline_mathematics(rf"\displaystyle {tex}")


def short_prose(text: str) -> Markup:
    """A line of text in which $…$ marks mathematics and backticks mark code."""
    marked = re.sub(r"\$([^$]+)\$", r'<span class="arithmatex">\\(\1\\)</span>', html.escape(text, quote=False))
    return Markup(re.sub(r"`([^`]+)`", r"<code>\1</code>", marked))


def true_minus(number: str) -> str:
    """A number with a minus sign instead of a hyphen."""
    return number.replace("-", "\N{MINUS SIGN}")


def untex(words: str) -> str:
    """Words with inline TeX or code as plain text, for a terminal, a title, a citation."""
    return re.sub(r"[$`\\{}]", "", words)


def rough(tex: str) -> str:
    r"""TeX that only names a symbol, as plain text: \hat{y}_i is "hat y_i"."""
    return " ".join(
        re.sub(r"[{}\\]", "", re.sub(r"\\(\w+)", r" \1 ", re.sub(r"\\(text|mathrm|,|;|!)\b", "", tex))).split()
    )
