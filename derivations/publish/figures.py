"""What each figure shows: the function `coin_likelihood` draws the figure coin-likelihood. Its words stand with all others in `derivations/words/`.

No formula and no result is typed here: curves come from the expressions of equations, marked points and digits from their values.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence

import numpy as np

from derivations.publish.curves import MINUS, Curve, Known
from derivations.publish.plotter import BEHIND, Panel, Plot, paint

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


def coin_likelihood(known: Known) -> Plot:
    """The likelihood of the coin with its maximum."""
    plot = Plot("coin-likelihood", estimate(known))
    panel = plot.panel((0, 1), (0, 0.34), (PROBABILITY_TICKS, (0, 0.1, 0.2, 0.3)))
    curve = panel.curve(known, "coin.likelihood", "accent")
    mark_maximum(panel, known.number("coin.mle"), curve, 0, (0.72, 0.315))
    panel.say((0, 0.34), first_side(known, "coin.likelihood"), "accent", up=14)
    return plot


def coin_log_likelihood(known: Known) -> Plot:
    """Its logarithm, with the same maximiser."""
    plot = Plot("coin-log-likelihood", estimate(known))
    panel = plot.panel((0, 1), (-10, 0), (PROBABILITY_TICKS, (-10, -8, -6, -4, -2, 0)))
    curve = panel.curve(known, "coin.log-likelihood", "second")
    mark_maximum(panel, known.number("coin.mle"), curve, -10, (0.66, -1.2))
    panel.say((0, 0), first_side(known, "coin.log-likelihood"), "second", up=14)
    return plot


def mark_maximum(panel: Panel, best: float, curve: Curve, floor: float, at: tuple[float, float]) -> None:
    """A dot on the curve, a line down to the axis, and what stands there."""
    panel.dashes((best, best), (floor, curve(best)))
    panel.dot(best, curve(best))
    panel.say(at, "{maximum}", side="right")
    panel.say((0.5, floor), "*p*", "quiet", side="center", up=-46)


def sample_loss(known: Known) -> Plot:
    """The loss of one sample, for either label."""
    plot = Plot("sample-loss")
    panel = plot.panel((0, 1), (0, 4), ((0, 0.25, 0.5, 0.75, 1), (0, 1, 2, 3, 4)))
    for which, colour, at, side in (("positive", "accent", 0.1, "left"), ("negative", "second", 0.9, "right")):
        identifier = f"logistic.sample-loss-{which}"
        panel.curve(known, identifier, colour)
        panel.say((at, 3.1), f"{{{which}}}", colour, side)
        panel.say((at, 3.1), formula(known.label(identifier, "q")), colour, side, up=-26)
    panel.say((0, 4), "{loss}", "quiet", up=14)
    panel.say((0.5, 0), "{prediction}", "quiet", side="center", up=-46)
    return plot


def three_cats(known: Known) -> Plot:
    """The losses of three pictures as bars, and their sum."""
    losses = [f"three-cats.loss-{which}" for which in (1, 2, 3)]
    predictions = [known.digits(f"three-cats.prediction-{which}") for which in (1, 2, 3)]
    total = known.digits("three-cats.cross-entropy")
    losses_shown = [known.digits(loss) for loss in losses]
    plot = Plot("three-cats", {"predictions": predictions, "losses": losses_shown, "total": total})
    panel = plot.panel((-0.5, 3.6), (0, 1.2), inset=(6, 6, 64, 40))
    plot.panels.append(panel)
    below = 0.0
    for place, (loss, guess) in enumerate(zip(losses, predictions, strict=True)):
        top = panel.bar(place, 0, known, loss, "accent", data_part=f"bar-{place}")
        below = panel.bar(3.1, below, known, loss, "second", data_part=f"stack-{place}")
        panel.say((place, top), known.digits(loss), side="center", up=9, data_part=f"loss-{place}")
        panel.say((place, 0), guess, side="center", up=-24, data_part=f"prediction-{place}")
    panel.say((3.1, below), total, side="center", up=9, data_part="total")
    panel.say((3.1, 0), "{sum}", side="center", up=-24)
    panel.say((1, 0), "{prediction}", "quiet", "center", up=-50)
    panel.say((-0.31, 1.2), "{loss}", "quiet", up=6)
    return plot


def squared_error_gradient(known: Known) -> Plot:
    """The gradients of the two losses over the score, for label one."""
    stays = known.digits("squared-error.cross-entropy-gradient-stays")
    fades = known.digits("squared-error.squared-error-gradient-fades")
    plot = Plot("squared-error-gradient", {"stays": stays, "fades": fades})
    panel = plot.panel((-6, 6), (-1.05, 0), ((-6, -3, 0, 3, 6), (-1, -0.5, 0)), inset=(52, 14, 52, 36))
    panel.curve(known, "squared-error.cross-entropy-push", "accent")
    panel.curve(known, "squared-error.squared-error-push", "second")
    panel.say((0.4, -0.55), "{cross}", "accent")
    panel.say((-5.7, -0.25), "{squared}", "second")
    panel.say((-6, 0), "{gradient}", "quiet", up=14)
    panel.say((0, -1.05), "{score}", "quiet", "center", up=-46)
    panel.say((-6, -1.05), "{wrong}", "quiet", up=-46)
    panel.say((6, -1.05), "{right}", "quiet", "right", up=-46)
    return plot


def one_sample(known: Known) -> Plot:
    """Both losses of one sample over the logit, and both gradients beneath them, with a dot where the model is sure and wrong."""
    plot = Plot("one-sample", tall=480)
    above = plot.panel((-10, 10), (0, 8), ((), (0, 4, 8)), inset=(40, 12, 262, 36))
    below = plot.panel((-10, 10), (-1.1, 1.1), ((-10, -5, 0, 5, 10), (-1, 0, 1)), inset=(40, 12, 52, 256))
    plot.panels += [above, below]
    below.dashes((-10, 10), (0, 0))
    curves = (
        (above, "cross-entropy-positive", "accent", "loss"),
        (above, "squared-error-positive", "second", "squared"),
        (below, "cross-entropy-push", "accent", "gradient"),
        (below, "squared-error-push", "second", "squared-gradient"),
    )
    for panel, name, colour, part in curves:
        value = panel.curve(known, f"squared-error.{name}", colour, samples=84)
        panel.dot(-4, value(-4), data_part=part)
    above.say((-10, 8), "{losses}", "quiet", up=14)
    below.say((-10, 1.1), "{gradients}", "quiet", up=10)
    above.say((10, 6.4), "{cross}", "accent", "right")
    above.say((10, 6.4), "{squared}", "second", "right", up=-24)
    below.say((0, -1.1), "{logit}", "quiet", "center", up=-46)
    return plot


def entropies(known: Known) -> Plot:
    """The cross-entropy of two Bernoulli distributions as an area: the entropy, and what the wrong prediction adds to it or takes away."""
    p, q = known.bernoullis("cross-entropy.kl-one-way")
    plot = Plot("entropies", tall=380)
    panel = plot.panel((0, 1), (0, 3.1), ((0, 0.5, 1), (0, 1, 2, 3)), inset=(40, 12, 52, 66))
    plot.panels.append(panel)
    surprise = known.function("cats.loss-by-prediction")
    for at, (span, own, other) in enumerate((((0, p), p, q), ((p, 1), 1 - p, 1 - q))):
        heights = surprise(own), surprise(other)
        panel.block(span, (0, heights[0]), fill=paint("second"), stroke=paint("paper"), data_part=f"entropy-{at}")
        panel.block(span, heights, fill=paint("accent"), stroke=paint("paper"), data_part=f"more-{at}")
        less = {"stroke_width": "2", "stroke_dasharray": "5,4"}
        panel.block(span, heights[::-1], fill=paint("paper"), stroke=paint("accent"), data_part=f"less-{at}", **less)
    panel.say((0, 3.1), "{entropy}", "second", up=42)
    panel.say((0, 3.1), "{more}", "accent", up=20)
    panel.say((1, 3.1), "{less}", "accent", "right", up=20)
    panel.say((0.5, 0), "{width}", "quiet", "center", up=-46)
    return plot


def two_valleys(known: Known) -> Plot:
    """Squared error and cross-entropy of the same three samples over the one weight."""
    marked = ("left", "ridge", "right")
    points = {which: known.point(f"two-valleys.at-{which}") for which in marked}
    shown = {which: str(known[f"two-valleys.at-{which}"]["parts"][-1]["plain"]["en"]) for which in marked}
    plot = Plot("two-valleys", shown, tall=470)
    above = plot.panel((-3, 6), (0.3, 1.6), ((), (0.5, 1, 1.5)), inset=(44, 12, 236, 36))
    below = plot.panel((-3, 6), (0, 5), ((-3, 0, 3, 6), (0, 2, 4)), inset=(44, 12, 52, 282))
    above.curve(known, "two-valleys.three-squared-errors", "second")
    below.curve(known, "two-valleys.cross-entropy-sum", "accent")
    for which, side, up in (("left", "center", -24), ("ridge", "left", 10), ("right", "center", -24)):
        above.dot(*points[which])
        above.say(points[which], f"{{{which}}}", side=side, up=up)
    above.say((-3, 1.6), "{squared}", "second", up=14)
    below.say((-3, 5), "{cross}", "accent", up=14)
    below.say((0.5, 1.3), "{one}")
    below.say((1.5, 0), "{weight}", "quiet", side="center", up=-46)
    return plot


def four_intervals(known: Known) -> Plot:
    """The likelihood of the coin, its logarithm and its score, and beneath them four intervals for p, one of which leaves the unit interval."""
    kinds = ("wald", "wilson", "likelihood-ratio", "clopper-pearson")
    ends = {f"{kind}-{end}": known.digits(f"intervals.{kind}-{end}") for kind in kinds for end in ("low", "high")}
    said = {**estimate(known), **{name.replace("-", "_"): end for name, end in ends.items()}}
    plot = Plot("four-intervals", said, tall=620)
    across, best = (-0.12, 1.12), known.number("coin.mle")
    curves = (
        ("coin.likelihood", "accent", (0, 0.33), 502, 32),
        ("coin.log-likelihood", "second", (-16, 0), 396, 150),
        ("coin.score", "ink", (-50, 50), 290, 256),
    )
    for identifier, colour, upward, bottom, top in curves:
        panel = plot.panel(across, upward, inset=(12, 12, bottom, top))
        panel.curve(known, identifier, colour, over=(0, 1))
        panel.say((-0.12, upward[1]), f"{{{identifier.partition('.')[2]}}}", colour, up=2)
        plot.panels.append(panel)
    likelihood, _, score = plot.panels
    score.dashes(across, (0, 0))
    bars = plot.panel(across, (0, 4), ((0, 0.2, 0.4, 0.6, 0.8, 1), ()), inset=(12, 12, 46, 362))
    plot.panels.append(bars)
    high = known.function("coin.likelihood")(best)
    (x, y), (_, foot) = likelihood.place(best, high), bars.place(best, 0)
    plot.line(BEHIND, [(x, y), (x, foot)], "quiet", 1, stroke_dasharray="4,4", data_part="down")
    plot.line(BEHIND, [(x, y), (x, y)], "second", 1.5, data_part="at")
    likelihood.dot(best, high, data_part="best")
    for end in (0, 1):
        bars.dashes((end, end), (0, 4))
    for row, kind in enumerate(kinds):
        low, up = (float(ends[f"{kind}-{end}"]) for end in ("low", "high"))
        bars.stretch((low, up), 3.3 - row, f"intervals.{kind}", "second" if up > 1 else "accent")
        bars.say((0.5, 3.3 - row), f"{{{kind}}}", side="center", up=9, data_part=kind)
    bars.say((0.5, 0), "*p*", "quiet", side="center", up=-42)
    return plot


def simplex(known: Known) -> Plot:
    """Softmax of three logits as a point of a triangle, and where it goes as one logit moves."""
    shares = [known.number(f"softmax.example-{each}") for each in (1, 2, 3)]
    plot = Plot("simplex", {"shares": [known.digits(f"softmax.example-{each}") for each in (1, 2, 3)]}, tall=400)
    panel = plot.panel((0, 1), (0, 0.75**0.5), inset=(60, 60, 40, 48))
    plot.panels.append(panel)
    corners = np.array([(0.5, 0.75**0.5), (0, 0), (1, 0)])
    panel.through(corners[[0, 1, 2, 0]], "quiet", 1)
    moved, (_, *logits) = known.expression("softmax.moved-prediction"), known.expression("softmax.example-logits")
    at = {
        "C": 3,
        "t": np.arctanh(np.linspace(-1, 1, 23)[1:-1]) * 6,
        "softmax.z": lambda each: known.worth(logits[int(each) - 1], {}),
    }
    for raised, colour in ((1, "accent"), (2, "second"), (3, "second")):
        at["softmax.v"] = lambda each, raised=raised: float(each == raised)
        way = [known.worth(moved, {**at, "c": each}) for each in (1, 2, 3)]
        panel.through(np.transpose(way) @ corners, colour, 2, "softmax.moved-prediction", data_part=f"way-{raised}")
    x, y = shares @ corners
    panel.dot(x, y, data_part="shares")
    panel.say((x + 0.047, y), f"({', '.join(plot.values['shares'])})", up=-6, data_part="said")
    for corner, word, up in zip(corners, ("first", "second", "third"), (12, -24, -24), strict=True):
        panel.say(tuple(corner), f"{{{word}}}", side="center", up=up)
    return plot


def plane(known: Known) -> Plot:
    """Ten samples in the plane and a line between them, as a penalty has it, and how the weights grow step by step, with the penalty and without."""
    labels, *features = (known.observed(f"plane.{each}") for each in ("labels", "first-feature", "second-feature"))
    given = {
        "N": len(labels), "D": len(features), "logistic.label": lambda n: labels[int(n) - 1],
        "one-valley.x": lambda n, j: features[int(j) - 1][int(n) - 1],
    }  # fmt: skip
    start, penalty, steps = (1, 0, 0), 0.1, 15
    runs = {"without": known.fitted(given, start, 0, steps), "with": known.fitted(given, start, penalty, steps)}
    lengths = {name: np.hypot(run[:, 0], run[:, 1]) for name, run in runs.items()}
    said = {name: f"{each[-1]:.2f}" for name, each in lengths.items()}
    plot = Plot("plane", {**said, "penalty": f"{penalty:g}"}, tall=620)
    above = plot.panel((-3, 3), (-2.5, 2.5), inset=(12, 12, 220, 20))
    below = plot.panel((0, steps), (0, 1.05 * lengths["without"][-1]), ((0, 5, 10, 15), ()), inset=(12, 12, 52, 440))
    plot.panels += [above, below]
    logits, scores = known.expression("one-valley.logit"), np.linspace(0, 10, 100_001)
    sure = float(np.interp(0.9, known.function("logistic.sigmoid")(scores), scores))

    def logit(weights: Sequence[float], raised: float = 0.0) -> Callable[[float, float], float]:
        own = {**given, "n": 1, "b": weights[-1], "one-valley.w": lambda j: weights[int(j) - 1]}
        return lambda *at: float(raised + known.worth(logits, {**own, "one-valley.x": lambda n, j: at[int(j) - 1]}))

    best = runs["with"][-1]
    above.level(logit(start), "quiet", 1.5, data_part="start", stroke_dasharray="5,5")
    above.level(logit(best), "ink", 2.5, data_part="line")
    for name, raised in (("low", sure), ("high", -sure)):
        above.level(logit(best, raised), "second" if name == "low" else "accent", 1.2, data_part=name)
    x, y = features[0][0], features[1][0]
    for colour, wide, part in (("ink", 24, "frame"), ("paper", 21, "gap"), ("accent", 12, "moved")):
        above.dot(x, y, colour, wide, data_part=part)
    for label, x, y in list(zip(labels, *features, strict=True))[1:]:
        above.dot(x, y, "accent" if label else "second", 12)
        if not label:
            above.dot(x, y, "paper", 7)
    above.say((3, 2.5), "{one}", "accent", "right", up=-18)
    above.say((-3, -2.5), "{zero}", "second", up=10)
    above.say((3, -2.5), "*x*₁", "quiet", "right", up=-20)
    above.say((-3, 2.5), "*x*₂", "quiet", up=-16)
    for name, colour in (("without", "second"), ("with", "accent")):
        below.through(list(enumerate(lengths[name])), colour, 2.5, data_part=f"length-{name}")
    below.dot(steps, lengths["with"][-1], data_part="step")
    below.say((0, below.spans[1][1]), "{length}", "quiet", up=8)
    below.say((0.4, below.spans[1][1]), "{without}", "second", up=-22, data_part="without")
    below.say((0.4, below.spans[1][1]), "{with}", "accent", up=-44, data_part="with")
    below.say((steps / 2, 0), "{steps}", "quiet", "center", up=-44)
    return plot


def floating_point_error(known: Known) -> Plot:
    """The relative error in float64 of the loss as defined, and of the form that starts from the score, for label one."""
    from derivations import floating_point

    plot = Plot("floating-point-error")
    panel = plot.panel((-40, 40), (-18, 0.5), ((-40, -20, 0, 20, 40), (-16, -12, -8, -4, 0)))
    scores = range(-40, 41)
    for form, colour, identifier in (
        (floating_point.naive_in_floats, "second", "floating-point.naive-loss"),
        (floating_point.stable_in_floats, "accent", "floating-point.stable-loss"),
    ):
        errors = [floating_point.relative_error(form(float(score), 1), score, 1) for score in scores]
        panel.values(scores, [math.log10(max(error, 1e-18)) for error in errors], identifier, colour)
    panel.say((14, -6.5), "{naive}", "second", "right")
    panel.say((-38, -13.6), "{stable}", "accent")
    panel.say((-40, 0.5), "{error}", "quiet", up=14)
    panel.say((0, -18), "{score}", "quiet", "center", up=-46)
    return plot


def home(known: Known) -> Plot:
    """From likelihood to loss: the highest place of one is the lowest of the other."""
    best, said = known.number("coin.mle"), first_side(known, "coin.likelihood")
    turned = formula(f"-{known['coin.log-likelihood']['parts'][0]['plain']['en']}")
    plot = Plot("home", {**estimate(known), "said": said, "turned": turned}, tall=400)
    above = plot.panel((0, 1), (0, 0.32), inset=(12, 12, 234, 14))
    below = plot.panel((0, 1), (0, 8), ((0, 1), ()), inset=(12, 12, 44, 206))
    high = above.curve(known, "coin.likelihood", "accent")
    low = below.curve(known, "coin.log-likelihood", "second", sign=-1)
    above.dashes((best, best), (0, high(best)))
    below.dashes((best, best), (0, 10.13))
    above.dot(best, high(best))
    below.dot(best, low(best))
    above.say((0.02, 0.2), "{likelihood}", "accent")
    below.say((best - 0.02, 8), "{turn}", "quiet", "right", up=14)
    below.say((0.02, 2.2), "{loss}", "second")
    below.say((best, 0), f"*p* = {as_counted(known)}", "ink", "center", up=-26)
    return plot


def formula(plain: str) -> str:
    """Plain text of a formula as a label: its letters italic, true minus signs, no brackets around a logarithm's single argument."""
    shown = plain.replace("-", MINUS)
    shown = re.sub(r"(log|ln)\((\w(?:\(\w\))?)\)", r"\1 \2", shown)
    return re.sub(r"\b([A-Za-z])\b", r"*\1*", shown)
