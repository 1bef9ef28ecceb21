"""What readers see of a finished page, as far as its fonts and style sheets have to know."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

EMPHASIS = re.compile(r"<(?:em|i|cite)\b[^>]*>(.*?)</(?:em|i|cite)>", re.DOTALL)
TAG = re.compile(r"<[^>]*>")
BETWEEN = bytes(sign for sign in range(128) if not chr(sign).isalnum() and chr(sign) not in "-_")
"""What ends a word in ASCII, in which names are written."""
APART = bytes.maketrans(BETWEEN, b" " * len(BETWEEN))


@dataclass(frozen=True)
class Seen:
    """Of one page or of many.

    Args:
        characters: that are shown; `emphasised`: those among them that are set in italics.
        names: every word in the page's HTML, so every class, id and element.
    """

    characters: frozenset[str] = frozenset()
    emphasised: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()

    @classmethod
    def of(cls, page_html: str) -> Seen:
        """Of one page, or of anything that is written in HTML."""
        emphasised = " ".join(EMPHASIS.findall(page_html))
        return cls(characters(page_html), characters(emphasised), names(page_html))

    @classmethod
    def kept(cls, parts: Mapping[str, Iterable[str]]) -> Seen:
        """As `to_keep` gave it."""
        return cls(**{name: frozenset(part) for name, part in parts.items()})

    def to_keep(self) -> dict[str, list[str]]:
        """As JSON can hold it."""
        return {name: sorted(part) for name, part in vars(self).items()}

    @classmethod
    def of_all(cls, each: Iterable[Seen]) -> Seen:
        """Of several taken together."""
        parts = zip(*((one.characters, one.emphasised, one.names) for one in each), strict=True)
        return cls(*(frozenset().union(*part) for part in parts))


def characters(page_html: str) -> frozenset[str]:
    """What readers see of some HTML."""
    seen = set(html.unescape(TAG.sub("", page_html)))
    return frozenset({sign for sign in seen if sign.isprintable()} | {" ", "\u00a0"})


def names(text: str) -> frozenset[str]:
    """Every word of a page, a script or a style sheet."""
    return frozenset(text.encode().translate(APART).decode().split())
