"""Replace the TeX that a finished page still shows as text by MathML."""

from __future__ import annotations

import html
import re

from markupsafe import Markup

from derivations.publish.temml import Temml, TexError
from derivations.publish.typeset import rough

MARKED = re.compile(
    r'<(?P<element>span|div) class="arithmatex"(?P<said> aria-label="[^"]*")?>(?:\\\((?P<inline>.*?)\\\)|\\\[(?P<display>.*?)\\\])</(?P=element)>',
    re.DOTALL,
)
FOLLOWED = re.compile(
    r'(?:<a class="embedded"[^>]*>)?<span class="arithmatex"[^>]*>\\\([^<]{1,40}\\\)</span>(?:</a>)?[，。；：、！？）」”,.;:!?)]'
)
"""A short formula in a line of text with the punctuation after it: browsers would begin a line with that."""
HEADING = re.compile(r'(<h[1-3]\b[^>]*>)((?:[^<]+|<span class="arithmatex"[^>]*>[^<]*</span>)*)(?=</h[1-3]>)')
BETWEEN_CLAUSES = re.compile("(?<=[，：；、。？！])(?![”’）」])|(?<=[，：；、。？！][”’）」])")
"""Where a Chinese heading had better begin a new line, since browsers know no words and would tear one."""
LINKED = re.compile(r'(<a [^>]*><span class="arithmatex")>\\\(([^<]*)\\\)(?=</span></a>)')
"""A typed formula that is all there is of a link: what the link is called has to be said."""
BARE = re.compile(r"\\\((.*?)\\\)")


def render_mathematics(page_html: str, temml: Temml, refused: list[TexError] | None = None) -> str:
    """The page with all its mathematics rendered.

    Args:
        refused: collects what Temml refuses, which then stays TeX, so that all of it can be told at once.

    Raises:
        TexError: Temml refuses, and nobody collects it.
    """

    def rendered(found: re.Match[str]) -> str:
        display = found["display"] is not None
        tex = html.unescape(found["display"] if display else found["inline"]).strip()
        try:
            return temml.render(tex, display=display).replace("<math", f"<math{found['said'] or ''}", 1)
        except TexError as error:
            if refused is None:
                raise
            refused.append(error)
            return found[0]

    named = LINKED.sub(_named, HEADING.sub(_in_clauses, page_html))
    return MARKED.sub(rendered, FOLLOWED.sub(r'<span class="nowrap">\g<0></span>', named))


def _in_clauses(found: re.Match[str]) -> str:
    clauses = [each for each in BETWEEN_CLAUSES.split(found[2]) if each]
    apart = "".join(f'<span class="clause">{each}</span>' for each in clauses)
    return found[1] + (apart if len(clauses) > 1 else found[2])


def _named(found: re.Match[str]) -> str:
    said = Markup(' aria-label="{}"').format(rough(html.unescape(found[2])))
    return f"{found[1]}{said}>\\({found[2]}\\)"


def mark_bare(text: str) -> str:
    r"""Mark `\(…\)` left in a heading's text, as MkDocs hands it to the table of contents."""
    return BARE.sub(r'<span class="arithmatex">\\(\1\\)</span>', text)


def without_delimiters(text: str) -> str:
    r"""A heading as plain text, for a window title: `\(p\)` becomes p."""
    return BARE.sub(r"\1", text)
