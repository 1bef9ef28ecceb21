"""A sketch: what every figure is made with. Its curves are sampled from an equation's own expression.

Matplotlib draws once; the words are set afterwards, in each language.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from io import StringIO
from typing import TYPE_CHECKING, Any

import numpy as np
from sympy import Expr, Symbol, lambdify
from sympy.core.function import AppliedUndef

from derivations.core.latex import plain
from derivations.core.notation import Text, text
from derivations.publish.svg import COLOURS, EQUATION, for_page

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from derivations.core.equation import Equation

WIDTH, HEIGHT, SIZE = 560, 350, 18
"""In units of the drawing; a telephone shows its width in some 350 pixels."""
SAMPLES = 96
MINUS = "\N{MINUS SIGN}"
Curve = Callable[[Any], Any]


class Sketch:
    """One figure: a Matplotlib drawing, and the words in it, which Matplotlib never sees."""

    def __init__(self, alternative: Text, caption: Text, height: int = HEIGHT) -> None:
        from matplotlib.figure import Figure

        self.figure = Figure(figsize=(WIDTH / 72, height / 72))
        self.figure.patch.set_visible(False)
        self.height = height
        self.alternative, self.caption = alternative, caption
        self.words: dict[str, Text] = {}

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

    def curve(self, axes: Axes, equation: Equation, colour: str, sign: int = 1) -> Curve:
        """The equation's expression wherever the panel shows it, turned upside down for `sign` -1."""
        expression = function_of(equation.expression)

        def value(at: Any) -> Any:
            with np.errstate(all="ignore"):
                return sign * expression(at)

        low, high = axes.get_ylim()
        fine = np.linspace(*axes.get_xlim(), 100_001)
        seen = fine[(value(fine) >= low) & (value(fine) <= high)]
        first, last = seen[0], seen[-1]
        at = (first + last) / 2 - (last - first) / 2 * np.cos(np.linspace(0, np.pi, SAMPLES))  # denser near the ends
        axes.plot(at, value(at), color=COLOURS[colour], lw=2.5, gid=EQUATION + equation.id)
        return value

    def values(self, axes: Axes, x: Sequence[float], y: Sequence[float], equation: Equation, colour: str) -> None:
        """Numbers that were computed at the points `x`, joined by a line."""
        axes.plot(x, y, color=COLOURS[colour], lw=2.5, gid=EQUATION + equation.id)

    def bar(self, axes: Axes, at: float, low: float, equation: Equation, colour: str) -> float:
        """A bar as high as the equation's value, standing at `low`; where it ends."""
        high = low + number(equation)
        gid = EQUATION + equation.id
        axes.bar(at, high - low, 0.62, low, color=COLOURS[colour], ec=COLOURS["paper"], lw=1.5, gid=gid)
        return high

    def dot(self, axes: Axes, x: float, y: float) -> None:
        """A marked point."""
        axes.plot([x, x], [y, y], color=COLOURS["ink"], lw=10, solid_capstyle="round", clip_on=False, zorder=5)

    def dashes(self, axes: Axes, x: Sequence[float], y: Sequence[float]) -> None:
        """A fine broken line."""
        axes.plot(x, y, color=COLOURS["quiet"], lw=1, dashes=(4, 4), dash_capstyle="butt", clip_on=False, zorder=1)

    def write(
        self,
        axes: Axes,
        at: tuple[float, float],
        words: Text | tuple[str, str] | str,
        colour: str = "ink",
        side: str = "left",
        up: int = 0,
    ) -> None:
        """Words that start at, end at (`side="right"`) or are centred on a point, raised by some units."""
        key = f"#{len(self.words)}"
        self.words[key] = text(words)
        place: dict[str, Any] = {"xytext": (0, up), "textcoords": "offset points", "ha": side, "va": "baseline"}
        axes.annotate(key, at, fontsize=SIZE, color=COLOURS[colour], annotation_clip=False, **place)

    def svg(self, language: str) -> str:
        """The figure in one language."""
        import matplotlib

        drawn = StringIO()
        with matplotlib.rc_context({"svg.fonttype": "none", "svg.hashsalt": "figures", "path.simplify": False}):
            self.figure.savefig(drawn, format="svg", metadata={"Date": None, "Creator": None})
        return for_page(drawn.getvalue(), {key: words[language] for key, words in self.words.items()}, SIZE)


def in_letter(expression: Expr, letter: Symbol) -> Expr:
    """An expression in one quantity, a symbol or an applied function such as f(x^n), with a letter in its place."""
    (quantity,) = expression.atoms(AppliedUndef) or expression.free_symbols
    return expression.xreplace({quantity: letter})


def function_of(expression: Expr) -> Curve:
    """An expression in one quantity as a function of numbers."""
    at = Symbol("at", real=True)
    return lambdify(at, in_letter(expression, at), "numpy")


def number(equation: Equation) -> float:
    """Where an equation's value lies on an axis.

    Raises:
        ValueError: the equation is not about a number.
    """
    if equation.value is None:
        raise ValueError(f"{equation.id} has no value to mark in a figure")
    return float(equation.value.exact)


def digits(equation: Equation) -> str:
    """The decimals of an equation's value, as the pages print them."""
    if equation.value is None:
        raise ValueError(f"{equation.id} has no value to print in a figure")
    return equation.value.digits.digits().replace("-", MINUS)


def formula(expression: Expr, equation: Equation) -> str:
    """An expression as a label: its letters italic, the logarithm named as in the article that the equation is from."""
    shown = plain(expression).replace("-", MINUS)
    shown = re.sub(r"log\((\w(?:\(\w\))?)\)", r"log \1", shown)
    shown = re.sub(r"\b([A-Za-z])\b", r"*\1*", shown)
    return shown.replace("log", equation.style.logarithm.removeprefix("\\"))
