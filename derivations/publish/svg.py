"""Matplotlib's SVG, made fit for a page: only lines, shapes and words, in the page's own colours and typefaces.

What is left has no ids, no styles and no sizes, so that several figures can stand on one page, in light and in dark.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from itertools import cycle
from xml.etree import ElementTree

COLOURS = {
    "ink": "#010101",
    "accent": "#010102",
    "second": "#010103",
    "quiet": "#010104",
    "rule": "#010105",
    "paper": "#010106",
}
"""What a drawing says to Matplotlib; each stands for a colour that the page decides."""

PAINTS = {code: "currentColor" if name == "ink" else f"var(--{name})" for name, code in COLOURS.items()}
SPACE = "{http://www.w3.org/2000/svg}"
LINK = "{http://www.w3.org/1999/xlink}href"
EQUATION = "equation:"
"""A curve whose gid starts so is drawn from that equation, and says so."""

NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def for_page(drawing: str, words: Mapping[str, str], size: int) -> str:
    """The drawing as an element to stand in a page, its words in one language.

    `words` has what to write in place of each text; in it, *p* is an italic p. `size` is the size of most texts.

    Raises:
        ValueError: a colour that is not among COLOURS.
    """
    root = ElementTree.fromstring(drawing)
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{root.get("viewBox")}" font-family="inherit" font-size="{size}" fill="currentColor">',
            *_elements(root, {}, "", words, size),
            "</svg>\n",
        ]
    )


def _elements(
    node: ElementTree.Element, marks: dict[str, str], equation: str, words: Mapping[str, str], size: int
) -> Iterator[str]:
    """What is drawn inside `node`. `marks` collects shapes that are defined once and used in several places."""
    for child in node:
        name = child.tag.removeprefix(SPACE)
        style = dict(re.findall(r"([\w-]+): ([^;]+)", child.get("style", "")))
        if name == "defs":
            marks |= {path.get("id", ""): path.get("d", "") for path in child.iter(f"{SPACE}path")}
        elif name == "g":
            source = (child.get("id") or "").partition(EQUATION)[2]
            yield from _elements(child, marks, source or equation, words, size)
        elif name == "path":
            said = f' data-equation="{html.escape(equation)}"' if equation else ""
            yield f'<path d="{_moved(child.get("d", ""))}"{_paint(style)}{said}/>'
        elif name == "use":
            at = float(child.get("x", 0)), float(child.get("y", 0))
            yield f'<path d="{_moved(marks[child.get(LINK, "")[1:]], *at)}"{_paint(style | {"fill": "none"})}/>'
        elif name == "text":
            yield _text(child, style, words, size)


def _text(node: ElementTree.Element, style: dict[str, str], words: Mapping[str, str], size: int) -> str:
    written = html.escape(words.get(node.text or "", node.text or ""), quote=False)
    written = re.sub(r"\*(.+?)\*", r'<tspan font-family="KaTeX_Math,serif" font-style="italic">\1</tspan>', written)
    own = float(style["font-size"].removesuffix("px"))
    look = f' font-size="{own:g}"' if own != size else ""
    if style["text-anchor"] != "start":
        look += f' text-anchor="{style["text-anchor"]}"'
    if (paint := _colour(style["fill"])) != "currentColor":
        look += f' fill="{paint}"'
    return f'<text x="{_short(node.get("x"))}" y="{_short(node.get("y"))}"{look}>{written}</text>'


def _paint(style: dict[str, str]) -> str:
    """Fill and stroke as attributes, where they differ from what an element has anyway."""
    attributes = {"fill": _colour(style.get("fill", "none"))}
    if "stroke" in style:
        attributes["stroke"] = _colour(style["stroke"])
        attributes["stroke-width"] = style.get("stroke-width", "1")
        attributes |= {key: style[key] for key in ("stroke-dasharray",) if key in style}
        if style.get("stroke-linecap") == "round":
            attributes["stroke-linecap"] = "round"
    return "".join(f' {key}="{value}"' for key, value in attributes.items())


def _colour(code: str) -> str:
    if code == "none":
        return code
    if code not in PAINTS:
        raise ValueError(f"the colour {code} in a figure: use one of {', '.join(COLOURS)}, which follow the page")
    return PAINTS[code]


def _moved(path: str, right: float = 0.0, down: float = 0.0) -> str:
    """Path data moved, to a tenth of a unit, which is finer than a screen."""
    parts = []
    for command, numbers in re.findall(r"([A-Za-z])([^A-Za-z]*)", path):
        shifts = cycle((right, down))
        parts.append(command + " ".join(_short(float(each) + next(shifts)) for each in NUMBER.findall(numbers)))
    return "".join(parts)


def _short(number: str | float | None) -> str:
    """A coordinate to one decimal."""
    return f"{round(float(number or 0), 1) + 0.0:g}"
