"""A sketch: what every figure is made with. Its curves are sampled from an equation's own expression.

Matplotlib draws once; the words are set afterwards, in each language.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from io import StringIO
from typing import TYPE_CHECKING, Any

import numpy as np

from derivations.publish.curves import MINUS, Curve, Known
from derivations.publish.svg import COLOURS, EQUATION, for_page
from derivations.words import Words, read_all

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDTH, HEIGHT, SIZE = 560, 350, 18
"""In units of the drawing; a telephone shows its width in some 350 pixels."""
SAMPLES = 96


class Sketch:
    """One figure: a Matplotlib drawing, and the words in it, which Matplotlib never sees.

    Args:
        name: the table of its words, `figures.NAME`.
        values: what its words speak of, {best} and the like; several are put after each other as each language does.
    """

    def __init__(self, name: str, values: Mapping[str, str | Sequence[str]] | None = None, tall: int = HEIGHT) -> None:
        from matplotlib.figure import Figure

        self.figure = Figure(figsize=(WIDTH / 72, tall / 72))
        self.figure.patch.set_visible(False)
        self.name, self.height, self.values_said = name, tall, values or {}
        self.words: dict[str, str] = {}
        """A key of the figure's words for each text, or `=` and the text itself."""

    def panel(
        self,
        x: tuple[float, float],
        y: tuple[float, float],
        ticks: tuple[Sequence[float], Sequence[float]],
        inset: tuple[int, int, int, int] = (52, 12, 52, 36),
    ) -> Axes:
        """Axes with a line below, and one at the left where it has ticks. `inset`: left, right, bottom, top."""
        left, right, bottom, top = inset
        wide, high = WIDTH - left - right, self.height - bottom - top
        axes = self.figure.add_axes((left / WIDTH, bottom / self.height, wide / WIDTH, high / self.height))
        axes.set(xlim=x, ylim=y, xticks=ticks[0], yticks=ticks[1])
        axes.patch.set_visible(False)
        axes.spines[["top", "right"]].set_visible(False)
        axes.spines[:].set(color=COLOURS["quiet"], linewidth=1)
        axes.spines["left"].set_visible(bool(ticks[1]))
        for axis in (axes.xaxis, axes.yaxis):
            axis.set_major_formatter(lambda at, _: f"{at:g}".replace("-", MINUS))
        axes.tick_params(color=COLOURS["quiet"], labelcolor=COLOURS["quiet"], labelsize=SIZE - 2, width=1, length=4)
        return axes

    def curve(self, axes: Axes, known: Known, identifier: str, colour: str, sign: int = 1) -> Curve:
        """The equation's expression wherever the panel shows it, turned upside down for `sign` -1."""
        expression = known.function(identifier)

        def value(at: Any) -> Any:
            with np.errstate(all="ignore"):
                return sign * expression(at)

        low, high = axes.get_ylim()
        fine = np.linspace(*axes.get_xlim(), 100_001)
        seen = fine[(value(fine) >= low) & (value(fine) <= high)]
        if not len(seen):
            raise ValueError(f"{identifier} is nowhere within the panel, which shows {low:g} to {high:g}")
        first, last = seen[0], seen[-1]
        at = (first + last) / 2 - (last - first) / 2 * np.cos(np.linspace(0, np.pi, SAMPLES))  # denser near the ends
        axes.plot(at, value(at), color=COLOURS[colour], lw=2.5, gid=EQUATION + identifier)
        return value

    def values(self, axes: Axes, x: Sequence[float], y: Sequence[float], identifier: str, colour: str) -> None:
        """Numbers that were computed at the points `x`, joined by a line."""
        axes.plot(x, y, color=COLOURS[colour], lw=2.5, gid=EQUATION + identifier)

    def bar(self, axes: Axes, at: float, low: float, known: Known, identifier: str, colour: str) -> float:
        """A bar as high as the equation's value, standing at `low`; where it ends."""
        high = low + known.number(identifier)
        gid = EQUATION + identifier
        axes.bar(at, high - low, 0.62, low, color=COLOURS[colour], ec=COLOURS["paper"], lw=1.5, gid=gid)
        return high

    def dot(self, axes: Axes, x: float, y: float) -> None:
        """A marked point."""
        axes.plot([x, x], [y, y], color=COLOURS["ink"], lw=10, solid_capstyle="round", clip_on=False, zorder=5)

    def dashes(self, axes: Axes, x: Sequence[float], y: Sequence[float]) -> None:
        """A fine broken line."""
        axes.plot(x, y, color=COLOURS["quiet"], lw=1, dashes=(4, 4), dash_capstyle="butt", clip_on=False, zorder=1)

    def say(
        self, axes: Axes, at: tuple[float, float], key: str, colour: str = "ink", side: str = "left", up: int = 0
    ) -> None:
        """Words of the figure's own, in each language."""
        self._place(axes, at, key, colour, side, up)

    def write(
        self, axes: Axes, at: tuple[float, float], text: str, colour: str = "ink", side: str = "left", up: int = 0
    ) -> None:
        """A text that is the same in all languages; it starts at, ends at (`side="right"`) or is centred on a point, raised by some units."""
        self._place(axes, at, f"={text}", colour, side, up)

    def _place(self, axes: Axes, at: tuple[float, float], said: str, colour: str, side: str, up: int) -> None:
        key = f"#{len(self.words)}"
        self.words[key] = said
        place: dict[str, Any] = {"xytext": (0, up), "textcoords": "offset points", "ha": side, "va": "baseline"}
        axes.annotate(key, at, fontsize=SIZE, color=COLOURS[colour], annotation_clip=False, **place)

    def said(self, key: str, words: Words) -> str:
        """Words of the figure in one language: one of its texts, its `alternative` or its `caption`. Raises WordMissing."""
        values = {
            name: each if isinstance(each, str) else words.listed(each) for name, each in self.values_said.items()
        }
        text = words.of(f"figures.{self.name}", key)
        return re.sub(r"\{(\w+)\}", lambda found: values[found[1]], text)

    def svg(self, language: str) -> str:
        """The figure in one language."""
        import matplotlib

        drawn, words = StringIO(), read_all()[language]
        with matplotlib.rc_context({"svg.fonttype": "none", "svg.hashsalt": "figures", "path.simplify": False}):
            self.figure.savefig(drawn, format="svg", metadata={"Date": None, "Creator": None})
        texts = {key: said[1:] if said.startswith("=") else self.said(said, words) for key, said in self.words.items()}
        return for_page(drawn.getvalue(), texts, SIZE)


def formula(plain: str) -> str:
    """Plain text of a formula as a label: its letters italic, true minus signs, no brackets around a logarithm's single argument."""
    shown = plain.replace("-", MINUS)
    shown = re.sub(r"(log|ln)\((\w(?:\(\w\))?)\)", r"\1 \2", shown)
    return re.sub(r"\b([A-Za-z])\b", r"*\1*", shown)
