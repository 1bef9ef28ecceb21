"""A plain plotter: lines, bars, dots and words as SVG, in the page's own colours and typefaces.

What it writes has no ids, no styles and no sizes, so that several figures can stand on one page, in light and in dark, and every coordinate is a number that
the panel's scales gave.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from derivations.publish.curves import MINUS, Curve, Known
from derivations.publish.mathml import slanted
from derivations.words import Words, read_all

WIDTH, HEIGHT, SIZE = 480, 330, 18
"""In units of the drawing; a telephone shows its width in some 350 pixels, where no text may be smaller than 12."""
SAMPLES = 96
BEND = 60
"""A radian of a bend has as many samples as a line of so many units."""
PAINTS = {"ink": "currentColor"} | {name: f"var(--{name})" for name in ("accent", "second", "quiet", "rule", "paper")}
BEHIND, CURVES, AXES, DOTS, WORDS = range(5)
"""What is drawn over what."""
LETTERS = '<tspan font-family="STIX Two Math,serif">{}</tspan>'
"""Letters of formulas, as formulas have them."""
Span = tuple[float, float]


class Plot:
    """One figure in all languages.

    Args:
        name: the table of its words, `figures.NAME`.
        values: what its words speak of, {best} and the like; several are put after each other as each language does.
    """

    def __init__(self, name: str, values: Mapping[str, str | Sequence[str]] | None = None, tall: int = HEIGHT) -> None:
        self.name, self.height, self.values = name, tall, values or {}
        self.panels: list[Panel] = []
        """Those whose scales the drawing says, so that play.js can draw on them."""
        self.drawn: list[tuple[int, str]] = []
        """Elements, each with its layer; a text of the figure's own stands as {key}."""

    def panel(
        self,
        x: Span,
        y: Span,
        ticks: tuple[Sequence[float], Sequence[float]] = ((), ()),
        inset: tuple[int, int, int, int] = (52, 12, 52, 36),
    ) -> Panel:
        """A rectangle with scales. `inset`: how far it stands from the left, right, bottom and top of the drawing."""
        left, right, bottom, top = inset
        return Panel(self, (x, y), ((left, WIDTH - right), (self.height - bottom, top)), ticks)

    def line(self, layer: int, points: Sequence[Span], colour: str, width: float, **more: str) -> None:
        """A line through points of the drawing."""
        self.shape(layer, points, False, fill="none", stroke=paint(colour), stroke_width=f"{width:g}", **more)

    def shape(self, layer: int, points: Sequence[Span], closed: bool = False, **attributes: str) -> None:
        """A path; names of attributes are written with a low line."""
        path = (
            "M" * bool(points) + "L".join(f"{short(x)} {short(y)}" for x, y in points) + "z" * (closed and bool(points))
        )
        self.drawn.append((layer, f'<path d="{path}"{written(attributes)}/>'))

    def text(self, at: Span, text: str, colour: str, side: str, size: int = SIZE, **more: str) -> None:
        """A text; what stands in {braces} is a key of the figure's words, *p* an italic p."""
        anchor = {"left": {}, "center": {"text_anchor": "middle"}, "right": {"text_anchor": "end"}}[side]
        look = anchor | ({"font_size": f"{size}"} if size != SIZE else {})
        look |= {"fill": paint(colour)} if colour != "ink" else {}
        shown = f'x="{short(at[0])}" y="{short(at[1])}"{written(look | more)}>{html.escape(text, quote=False)}'
        self.drawn.append((WORDS, f"<text {shown}</text>"))

    def said(self, key: str, words: Words) -> str:
        """Words of the figure in one language: one of its texts, its `alternative` or its `caption`. Raises WordMissing."""
        values = {name: each if isinstance(each, str) else words.listed(each) for name, each in self.values.items()}
        return re.sub(r"\{(\w+)\}", lambda found: values[found[1]], words.of(f"figures.{self.name}", key))

    def svg(self, language: str) -> str:
        """The figure in one language, as an element to stand in a page."""
        words = read_all()[language]
        said = lambda found: html.escape(self.said(found[1], words), quote=False)  # noqa: E731
        elements = [re.sub(r"\{([\w-]+)\}", said, each) for _, each in sorted(self.drawn, key=lambda each: each[0])]
        elements = [re.sub(r"\*(.+?)\*", lambda found: LETTERS.format(slanted(found[1])), each) for each in elements]
        scales = [[*each.spans, *each.sides] for each in self.panels]
        played = f' data-panels="{json.dumps(scales, separators=(",", ":"))}"' if scales else ""
        head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {self.height}"{played} font-family="inherit" font-size="{SIZE}" fill="currentColor">'
        return "\n".join([head, *elements, "</svg>\n"])


class Panel:
    """A part of the drawing with a scale across and one upward: an axis below, and one at the left where it has ticks."""

    def __init__(self, plot: Plot, spans: tuple[Span, Span], sides: tuple[Span, Span], ticks: Any) -> None:
        self.plot, self.spans, self.sides = plot, spans, sides
        (x, y), ((left, right), (bottom, top)) = spans, sides
        plot.line(AXES, [(left, bottom), (right, bottom)], "quiet", 1)
        for tick in ticks[0]:
            at, _ = self.place(tick, y[0])
            plot.line(AXES, [(at, bottom), (at, bottom + 4)], "quiet", 1)
            plot.text((at, bottom + 20), number(tick), "quiet", "center", SIZE - 1)
        if ticks[1]:
            plot.line(AXES, [(left, bottom), (left, top)], "quiet", 1)
        for tick in ticks[1]:
            _, at = self.place(x[0], tick)
            plot.line(AXES, [(left, at), (left - 4, at)], "quiet", 1)
            plot.text((left - 8, at + 6), number(tick), "quiet", "right", SIZE - 1)

    def place(self, x: Any, y: Any) -> tuple[Any, Any]:
        """Where a pair of numbers lies in the drawing."""
        across, upward = (
            start + (at - low) / (high - low) * (end - start)
            for at, (low, high), (start, end) in zip((x, y), self.spans, self.sides, strict=True)
        )
        return across, upward

    def curve(
        self,
        known: Known,
        identifier: str,
        colour: str,
        sign: int = 1,
        over: Span | None = None,
        samples: int = SAMPLES,
    ) -> Curve:
        """The equation's expression wherever the panel shows it, turned upside down for `sign` -1, or a part of it."""
        expression = known.function(identifier)

        def value(at: Any) -> Any:
            with np.errstate(all="ignore"):
                return sign * expression(at)

        across, (low, high) = self.spans
        fine = np.linspace(*(over or across), 100_001)
        seen = fine[(value(fine) >= low) & (value(fine) <= high)]
        if not len(seen):
            raise ValueError(f"{identifier} is nowhere within the panel, which shows {low:g} to {high:g}")
        run, rise = np.diff(self.place(seen, value(seen)))
        way = np.cumsum(np.hypot(run, rise)[1:] + BEND * np.abs(np.diff(np.arctan2(rise, run))))
        at = np.interp(np.linspace(0, way[-1], samples), [0, *way], seen[1:])  # denser where it is steep or bends
        at[0] = seen[0]
        self.values(at, value(at), identifier, colour)
        return value

    def values(self, x: Sequence[float], y: Sequence[float], identifier: str, colour: str) -> None:
        """Numbers at the points `x`, joined by a line, which says whose they are; what is infinite has no place in a drawing."""
        self.through([each for each in zip(x, y, strict=True) if np.isfinite(each[1])], colour, 2.5, identifier)

    def block(self, x: Span, y: Span, **look: str) -> None:
        """A rectangle; none at all where it would stand on its head."""
        corners = [self.place(x[0], y[0]), self.place(x[1], y[0]), self.place(x[1], y[1]), self.place(x[0], y[1])]
        self.plot.shape(CURVES, corners if y[1] > y[0] else [], closed=True, **look)

    def bar(self, at: float, low: float, known: Known, identifier: str, colour: str, **more: str) -> float:
        """A bar as high as the equation's value, standing at `low`; where it ends."""
        high = low + known.number(identifier)
        look = {"fill": paint(colour), "stroke": paint("paper"), "stroke_width": "1.5", "data_equation": identifier}
        self.block((at - 0.31, at + 0.31), (low, high), **look, **more)
        return high

    def through(self, points: Any, colour: str, width: float, identifier: str | None = None, **more: str) -> None:
        """A line through points, which says whose it is where it is an equation's."""
        more |= {"data_equation": identifier} if identifier else {}
        self.plot.line(CURVES if identifier else AXES, [self.place(*each) for each in points], colour, width, **more)

    def stretch(self, x: Span, y: float, identifier: str, colour: str) -> None:
        """A stretch of the axis, raised to y: an interval, which says whose it is."""
        self.through([(each, y) for each in x], colour, 5, identifier)

    def dot(self, x: float, y: float, colour: str = "ink", wide: float = 10, **more: str) -> None:
        """A marked point. `data_part`, here and below: what play.js calls it."""
        self.plot.line(DOTS, [self.place(x, y)] * 2, colour, wide, stroke_linecap="round", **more)

    def level(self, value: Callable[[Any, Any], Any], colour: str, width: float, **more: str) -> None:
        """Where a function that is linear in the plane is zero, within the panel."""
        (left, right), (low, high) = self.spans
        corners, found = [(left, low), (right, low), (right, high), (left, high)], []
        for (x, y), (to, up) in zip(corners, [*corners[1:], corners[0]], strict=True):
            here, there = value(x, y), value(to, up)
            if (here > 0) != (there > 0):
                part = here / (here - there)
                found.append((x + part * (to - x), y + part * (up - y)))
        self.through(found, colour, width, **more)

    def dashes(self, x: Span, y: Span, **more: str) -> None:
        """A fine broken line."""
        points = [self.place(*each) for each in zip(x, y, strict=True)]
        self.plot.line(BEHIND, points, "quiet", 1, stroke_dasharray="4,4", **more)

    def say(self, at: Span, text: str, colour: str = "ink", side: str = "left", up: float = 0, **more: str) -> None:
        """A text that starts at, ends at (`side="right"`) or is centred on a point, raised by some units."""
        x, y = self.place(*at)
        self.plot.text((x, y - up), text, colour, side, SIZE, **more)


def paint(colour: str) -> str:
    """What an attribute says for a colour of the page. Raises ValueError for one that would not follow light and dark."""
    if colour not in PAINTS:
        raise ValueError(f"the colour {colour} in a figure: use one of {', '.join(PAINTS)}, which follow the page")
    return PAINTS[colour]


def written(attributes: Mapping[str, str]) -> str:
    """Attributes of an element."""
    return "".join(f' {name.replace("_", "-")}="{html.escape(each)}"' for name, each in attributes.items())


def number(at: float) -> str:
    """A number beside a tick."""
    return f"{at:g}".replace("-", MINUS)


def short(coordinate: float) -> str:
    """A coordinate to a tenth of a unit, which is finer than a screen."""
    return f"{round(float(coordinate), 1) + 0.0:g}"
