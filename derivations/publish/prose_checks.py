"""Prose names things; it never states mathematics or numbers by hand. What does is found here.

Python's markdown-it tells text from code, links and mathematics, so no rule needs to guess at Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.amsmath import amsmath_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.texmath import texmath_plugin

from derivations.publish.pages import PageSource

ALLOWED = (
    r"CC BY 4\.0",
    r"CC BY-SA 4\.0",
    r"Python 3(?:\.\d+)*",
    r"Node(?:\.js)? \d+",
    r"SymPy \d+(?:\.\d+)*",
    r"Temml \d+(?:\.\d+)*",
    r"SHA-256",
    r"Beta\(2, 2\)",
    r"UTF-8",
    r"SHA-\d+",
    r"float(?:32|64)",
    r"IEEE 754",
    r"\d{4}-\d{2}-\d{2}",
    r"ISO \d+",
    r"CSL 1\.0(?:\.\d+)?",
    r"CFF 1\.2\.0",
    r"APA 7",
    r"Z3|z3",
    r"[(（](?:19|20)\d\d[)）]",  # the year of a book
    r"§\d+(?:\.\d+)*(?:–\d+(?:\.\d+)*)?",  # where in it
)
"""Names with digits in them. A name that is missing here is added here, where everyone can see it."""

NAMES = re.compile("|".join(rf"(?<![\w.]){name}(?![\w])" for name in ALLOWED), re.ASCII)
END = r"[01](?:(?: or | and |、| 或 | 与 )[01])?"
STRUCTURE = re.compile(
    rf"(?:(?:标签(?:也可以)?|目标|类别|[记算]作|取|[加合]起来等于|面积|接近|靠近|趋[于近]|变成|舍入成|小于|大于|超过)(?:都|全|应)?(?:[是为取])? {END}|{END} 之间|以 (?:2|10) 为底|第 [12] 类|从 0 (?:数起|编号)"
    rf"|\b(?:labels?|targets?|class|counts?|counted|rounds|rounded|close|closer|tends?|goes|go|towards?|below|above|between|adds? up|brackets?|else)(?: is| are| be| all| of| as| to| towards| that)* {END}"
    r"|\bbase (?:2|10))(?![.,/]?\d|[%²³])"
)
"""Labels, the ends of what a probability may be, bases of logarithms: numbers that no derivation finds. No digit follows them: 1.5 is none."""
DIGIT = re.compile(r"[\d\u00b2\u00b3\u00b9\u2070-\u2079\u2080-\u2089\u00bc-\u00be\u2150-\u215e]+(?:[.,/]\d+)*%?")
STATES_A_FACT = re.compile(
    r"[=<>]|\\(?:approx|le|leq|ge|geq|ne|neq|equiv|sim|propto|in|to|Rightarrow|implies|iff|lt|gt|coloneqq)(?![a-zA-Z])"
    r"|\d\.\d|\\frac\s*\{?\d|^\s*-?\d+\s*$"
)
HEADING_ID = re.compile(r"\{\s*#[^}]*\}")
DISPLAYED = ("math_block", "math_block_label", "math_block_eqno", "amsmath", "math_inline_double")


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    parser.use(footnote_plugin).use(deflist_plugin).use(amsmath_plugin)
    parser.use(texmath_plugin, delimiters="brackets")
    return parser.use(dollarmath_plugin, double_inline=True, allow_digits=True)


def check_prose(source: PageSource) -> Iterator[tuple[int, str]]:
    """Displayed TeX, inline TeX that states a fact, and digits, with their lines."""
    yield from faults_in(source.blanked)


@lru_cache(maxsize=200)
def faults_in(text: str) -> list[tuple[int, str]]:
    """The same for a text."""
    return list(_faults_in(text))


def _faults_in(text: str) -> Iterator[tuple[int, str]]:
    for token in _parser().parse(text):
        line = token.map[0] + 1 if token.map else text[: text.find("\\[")].count("\n") + 1
        if (
            token.type in DISPLAYED
            or token.type == "fence"
            and token.info.strip().split(" ")[0] in ("math", "latex", "tex")
        ):
            yield line, 'displayed TeX typed by hand: derive it and embed it with {{ eq("…") }}'
        elif token.type == "inline":
            yield from _check_inline(token, line)


def _check_inline(block: Token, line: int) -> Iterator[tuple[int, str]]:
    """The parts of one paragraph, heading or table cell."""
    for token in block.children or []:
        if token.type in ("softbreak", "hardbreak"):
            line += 1
        elif token.type in DISPLAYED:
            yield line, 'displayed TeX typed by hand: derive it and embed it with {{ eq("…") }}'
        elif token.type == "math_inline" and (found := STATES_A_FACT.search(token.content)):
            yield line, f"${token.content}$: typed TeX states a fact ({found.group()}): embed it with tex or num"
        elif token.type == "text":
            yield from _check_text(token.content, line)
        elif token.type == "image":
            yield from _check_inline(token, line)


def _check_text(text: str, line: int) -> Iterator[tuple[int, str]]:
    """Digits that are neither part of a listed name nor structure."""
    plain = STRUCTURE.sub("", HEADING_ID.sub("", NAMES.sub("", text)))
    for found in DIGIT.finditer(plain):
        yield (
            line,
            f"{found.group()}: a number typed in the prose: embed it with num, or say it in words; a name that has it is added to ALLOWED in derivations/publish/prose_checks.py",
        )
