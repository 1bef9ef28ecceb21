"""What each figure shows: the function `coin_likelihood` draws the figure coin-likelihood. Its words stand with all others in `derivations/words/`.

No formula and no result is typed here: curves come from the expressions of equations, marked points and digits from their values.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from derivations.publish.curves import Curve, Known
from derivations.publish.sketch import Sketch, formula

if TYPE_CHECKING:
    from matplotlib.axes import Axes

PROBABILITY_TICKS = (0, 0.2, 0.4, 0.6, 0.8, 1)


def as_counted(known: Known) -> str:
    """The estimate as the counts give it, heads over tosses."""
    return str(known["coin.mle"]["parts"][1]["plain"]["en"])


def first_side(known: Known, identifier: str) -> str:
    """What an equation begins with, as a label."""
    return formula(str(known[identifier]["parts"][0]["plain"]["en"]))


def estimate(known: Known) -> dict[str, str | Sequence[str]]:
    """What the words of the coin's figures speak of."""
    height = known.digits("coin.maximum-value")
    return {"counted": as_counted(known), "best": known.digits("coin.mle"), "height": height}


def coin_likelihood(known: Known) -> Sketch:
    """The likelihood of the coin with its maximum."""
    sketch = Sketch("coin-likelihood", estimate(known))
    axes = sketch.panel((0, 1), (0, 0.34), (PROBABILITY_TICKS, (0, 0.1, 0.2, 0.3)))
    curve = sketch.curve(axes, known, "coin.likelihood", "accent")
    mark_maximum(sketch, axes, known.number("coin.mle"), curve, 0, (0.72, 0.315))
    sketch.write(axes, (0, 0.34), first_side(known, "coin.likelihood"), "accent", up=14)
    return sketch


def coin_log_likelihood(known: Known) -> Sketch:
    """Its logarithm, with the same maximiser."""
    sketch = Sketch("coin-log-likelihood", estimate(known))
    axes = sketch.panel((0, 1), (-10, 0), (PROBABILITY_TICKS, (-10, -8, -6, -4, -2, 0)))
    curve = sketch.curve(axes, known, "coin.log-likelihood", "second")
    mark_maximum(sketch, axes, known.number("coin.mle"), curve, -10, (0.66, -1.2))
    sketch.write(axes, (0, 0), first_side(known, "coin.log-likelihood"), "second", up=14)
    return sketch


def mark_maximum(sketch: Sketch, axes: Axes, best: float, curve: Curve, floor: float, at: tuple[float, float]) -> None:
    """A dot on the curve, a line down to the axis, and what stands there."""
    sketch.dashes(axes, (best, best), (floor, curve(best)))
    sketch.dot(axes, best, curve(best))
    sketch.say(axes, at, "maximum", side="right")
    sketch.write(axes, (0.5, floor), "*p*", "quiet", side="center", up=-46)


def sample_loss(known: Known) -> Sketch:
    """The loss of one sample, for either label."""
    sketch = Sketch("sample-loss")
    axes = sketch.panel((0, 1), (0, 4), ((0, 0.25, 0.5, 0.75, 1), (0, 1, 2, 3, 4)))
    for which, colour, at, side in (("positive", "accent", 0.1, "left"), ("negative", "second", 0.9, "right")):
        identifier = f"logistic.sample-loss-{which}"
        sketch.curve(axes, known, identifier, colour)
        sketch.say(axes, (at, 3.1), which, colour, side)
        sketch.write(axes, (at, 3.1), formula(known.label(identifier, "q")), colour, side, up=-26)
    sketch.say(axes, (0, 4), "loss", "quiet", up=14)
    sketch.say(axes, (0.5, 0), "prediction", "quiet", side="center", up=-46)
    return sketch


def three_cats(known: Known) -> Sketch:
    """The losses of three pictures as bars, and their sum."""
    losses = [f"three-cats.loss-{which}" for which in (1, 2, 3)]
    predictions = [known.digits(f"three-cats.prediction-{which}") for which in (1, 2, 3)]
    total = known.digits("three-cats.cross-entropy")
    losses_shown = [known.digits(loss) for loss in losses]
    sketch = Sketch("three-cats", {"predictions": predictions, "losses": losses_shown, "total": total})
    axes = sketch.panel((-0.5, 3.6), (0, 1.2), ((), ()), inset=(6, 6, 64, 40))
    below = 0.0
    for place, (loss, guess) in enumerate(zip(losses, predictions, strict=True)):
        top = sketch.bar(axes, place, 0, known, loss, "accent")
        below = sketch.bar(axes, 3.1, below, known, loss, "second")
        sketch.write(axes, (place, top), known.digits(loss), side="center", up=9)
        sketch.write(axes, (place, 0), guess, side="center", up=-24)
    sketch.write(axes, (3.1, below), total, side="center", up=9)
    sketch.say(axes, (3.1, 0), "sum", side="center", up=-24)
    sketch.say(axes, (1, 0), "prediction", "quiet", "center", up=-50)
    sketch.say(axes, (-0.31, 1.2), "loss", "quiet", up=6)
    return sketch


def squared_error_gradient(known: Known) -> Sketch:
    """The gradients of the two losses over the score, for label one."""
    stays = known.digits("squared-error.cross-entropy-gradient-stays")
    fades = known.digits("squared-error.squared-error-gradient-fades")
    sketch = Sketch("squared-error-gradient", {"stays": stays, "fades": fades})
    axes = sketch.panel((-6, 6), (-1.05, 0), ((-6, -3, 0, 3, 6), (-1, -0.5, 0)), inset=(52, 14, 52, 36))
    sketch.curve(axes, known, "squared-error.cross-entropy-push", "accent")
    sketch.curve(axes, known, "squared-error.squared-error-push", "second")
    sketch.say(axes, (0.4, -0.55), "cross", "accent")
    sketch.say(axes, (-5.7, -0.2), "squared", "second")
    sketch.say(axes, (-6, 0), "gradient", "quiet", up=14)
    sketch.say(axes, (0, -1.05), "score", "quiet", "center", up=-46)
    sketch.say(axes, (-6, -1.05), "wrong", "quiet", up=-46)
    sketch.say(axes, (6, -1.05), "right", "quiet", "right", up=-46)
    return sketch


def floating_point_error(known: Known) -> Sketch:
    """The relative error in float64 of the loss as defined, and of the form that starts from the score, for label one."""
    from derivations import floating_point

    sketch = Sketch("floating-point-error")
    axes = sketch.panel((-40, 40), (-18, 0.5), ((-40, -20, 0, 20, 40), (-16, -12, -8, -4, 0)))
    scores = range(-40, 41)
    for form, colour, identifier in (
        (floating_point.naive_in_floats, "second", "floating-point.naive-loss"),
        (floating_point.stable_in_floats, "accent", "floating-point.stable-loss"),
    ):
        errors = [floating_point.relative_error(form(float(score), 1), score, 1) for score in scores]
        sketch.values(axes, scores, [math.log10(max(error, 1e-18)) for error in errors], identifier, colour)
    sketch.say(axes, (14, -6.5), "naive", "second", "right")
    sketch.say(axes, (-38, -13.6), "stable", "accent")
    sketch.say(axes, (-40, 0.5), "error", "quiet", up=14)
    sketch.say(axes, (0, -18), "score", "quiet", "center", up=-46)
    return sketch


def home(known: Known) -> Sketch:
    """From likelihood to loss: the highest place of one is the lowest of the other."""
    best, said = known.number("coin.mle"), first_side(known, "coin.likelihood")
    turned = formula(f"-{known['coin.log-likelihood']['parts'][0]['plain']['en']}")
    sketch = Sketch("home", {**estimate(known), "said": said, "turned": turned}, tall=400)
    above = sketch.panel((0, 1), (0, 0.32), ((), ()), inset=(12, 12, 234, 14))
    below = sketch.panel((0, 1), (0, 8), ((0, 1), ()), inset=(12, 12, 44, 206))
    high = sketch.curve(above, known, "coin.likelihood", "accent")
    low = sketch.curve(below, known, "coin.log-likelihood", "second", sign=-1)
    sketch.dashes(above, (best, best), (0, high(best)))
    sketch.dashes(below, (best, best), (0, 10.13))
    sketch.dot(above, best, high(best))
    sketch.dot(below, best, low(best))
    sketch.say(above, (0.02, 0.2), "likelihood", "accent")
    sketch.say(below, (best - 0.02, 8), "turn", "quiet", "right", up=14)
    sketch.say(below, (0.02, 2.2), "loss", "second")
    sketch.write(below, (best, 0), f"*p* = {as_counted(known)}", "ink", "center", up=-26)
    return sketch
