"""From marks to a tree of what was read: names become single marks, and the grammar `tex.lark` says how marks stand together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from lark import Lark, Token, Tree
from lark.exceptions import LarkError
from lark.lexer import Lexer

from derivations.engine.atoms import Atom, Table, Unreadable, closing, level

RELATIONS = {"=": "=", "<": "<", ">": ">", r"\le": "<=", r"\ge": ">=", r"\approx": "≈", r"\iff": "<=>"}
SIGNS = {
    ",": "_COMMA", r"\mapsto": "_MAPSTO", "/": "_SLASH", "+": "_PLUS", "-": "_MINUS", r"\cdot": "_CDOT", r"\sum": "SUM", r"\prod": "PROD", "_": "_SUB",
    "^": "_SUP", "{": "_OPEN", "}": "_CLOSE", r"\lim": "_LIM", r"\to": "_TO", r"\underset": "_UNDERSET", r"\arg": "_ARG", r"\max": "MAX", r"\min": "MIN",
    r"\in": "_IN", "(": "_ROUND", ")": "_UNROUND", "[": "_SQUARE", "]": "_UNSQUARE", "e": "_EULER", r"\pi": "_PI", r"\infty": "_INF", r"\varnothing": "_EMPTY",
    r"\lvert": "_LVERT", r"\rvert": "_RVERT", r"\frac": "_FRAC", r"\binom": "_BINOM", r"\sqrt": "_SQRT", "d": "_D", r"\left.": "_DOT", r"\right|": "_BAR",
    r"\{": "_LSET", r"\}": "_RSET", ":": "_COLON",
}  # fmt: skip


@dataclass(frozen=True)
class Named:
    """A name as it was read, with its arguments."""

    atom: Atom
    arguments: Mapping[int, Tree[Any]]


class Given(Lexer):
    """The marks come ready."""

    def __init__(self, _: Any) -> None:
        pass

    def lex(self, data: Any) -> Iterator[Token]:  # type: ignore[override]
        return iter(data)


@cache
def grammar() -> Lark:
    """Strict: a conflict in the grammar, by which something could read in two ways, is an error."""
    text = Path(__file__).with_name("tex.lark").read_text(encoding="utf-8")
    return Lark(text, parser="lalr", lexer=Given, start=["statement", "argument"], strict=True, maybe_placeholders=True)


def parsed(seen: Sequence[str], table: Table, start: str) -> Tree[Any]:
    parser = grammar().parse_interactive(start=start)
    try:
        for token in tokens(seen, table):
            parser.feed_token(token)
        found: Tree[Any] = parser.feed_eof()
    except LarkError as reason:
        raise Unreadable(f"{' '.join(seen)}: {str(reason).splitlines()[0]}") from reason
    return found


def tokens(seen: Sequence[str], table: Table) -> Iterator[Token]:
    """The marks, with each name as one of them."""
    at = 0
    while at < len(seen):
        script = at > 0 and seen[at - 1] in ("_", "^")
        rest = seen[at : at + 1] if script else seen[at:]
        over = under(rest, table)
        if over is not None:
            yield Token("SUM" if seen[at] == r"\sum" else "PROD", seen[at])
            yield Token("OVERSET", over[0])
            at += over[1]
            continue
        if (
            rest[0] == r"\overset"
            and len(rest) > 6
            and rest[4:7] == ["{", "=", "}"]
            and rest[2].startswith((r"\text", r"\word"))
        ):
            yield Token("REL", "=!")
            at += 7
            continue
        if rest[0] == r"\,":
            at += 1
            continue
        found = table.at(rest, 0)
        if found is None:
            yield plain(rest, table, script)
            at += 1
            continue
        atom, end, arguments = found
        if rest[end - 1] not in (")", "]") and rest[end : end + 1] in (["("], ["["]):
            raise Unreadable(f"{' '.join(rest[: end + 1])} … : an application or a product")
        if rest[end : end + 1] == ["^"] and any(atom.pattern[each] == "^" for each in level(atom.pattern, 0)):
            raise Unreadable(f"{' '.join(rest[:end])} ^ … : two powers")
        kind = "WHOLE" if atom.whole else "NAME" if atom.form == "letter" else "APP"
        read = {place: parsed(part, table, "argument") for place, part in arguments.items()}
        yield Token(kind, Named(atom, read))
        at += end


def plain(rest: Sequence[str], table: Table, script: bool) -> Token:
    mark = rest[0]
    if mark in RELATIONS:
        return Token("REL", RELATIONS[mark])
    if mark == table.logarithm:
        return Token("_LOG", mark)
    if mark[0].isdigit():
        if not script and rest[1:2] == [r"\frac"]:
            raise Unreadable(f"{mark} directly before a fraction: a product or a mixed number")
        return Token("NUM", mark)
    if mark == r"\pi" and rest[1:2] in (["("], ["["]):
        raise Unreadable(f"{mark} {rest[1]} … : an application or a product")
    if mark not in SIGNS:
        raise Unreadable(f"{mark}: no name of this table begins so")
    return Token(SIGNS[mark], mark)


def under(rest: Sequence[str], table: Table) -> tuple[str, int] | None:
    """The letter that a sum without bounds runs over, and how many marks say so."""
    if rest[0] not in (r"\sum", r"\prod") or list(rest[1:3]) != ["_", "{"]:
        return None
    end = closing(rest, 2)
    for letter, shown in table.index_sets.items():
        if tuple(rest[3:end]) == shown:
            return letter, end + 1
    return None
