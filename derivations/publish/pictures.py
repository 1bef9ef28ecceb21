"""What each figure shows, in the words of both languages.

No formula and no result is typed here: curves come from the expressions of equations, marked points and digits from
their values.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

from sympy import Symbol

from derivations.core.latex import plain
from derivations.core.notation import Text
from derivations.publish.sketch import Curve, Sketch, digits, formula, in_letter, number

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from derivations.core.equation import Equation

Equations = dict[str, "Equation"]
PROBABILITY_TICKS = (0, 0.2, 0.4, 0.6, 0.8, 1)


def as_counted(estimate: Equation) -> str:
    """The estimate as the counts give it, heads over tosses."""
    return plain(estimate.lines[0].links[0].term)


def coin_likelihood(known: Equations) -> Sketch:
    """The likelihood of the coin with its maximum."""
    likelihood, mle, top = known["coin.likelihood"], known["coin.mle"], known["coin.maximum-value"]
    best, height, counted = digits(mle), digits(top), as_counted(mle)
    sketch = Sketch(
        Text(
            f"曲线：似然 L(p) 随 p 变化。两端为零，先缓慢上升，在 p = {counted} = {best} 处达到最大值，约 {height}，随后陡降。",
            f"A curve: the likelihood L(p) against p. It is zero at both ends, rises slowly at first, reaches its maximum, about {height}, at p = {counted} = {best}, and falls steeply.",
        ),
        Text(
            f"似然 $L(p)$。最可能产生这份数据的 $p$ 是 {counted}，那里的似然约为 {height}。",
            f"The likelihood $L(p)$. The $p$ that makes the data most probable is {counted}; the likelihood there is about {height}.",
        ),
    )
    axes = sketch.panel((0, 1), (0, 0.34), (PROBABILITY_TICKS, (0, 0.1, 0.2, 0.3)))
    curve = sketch.curve(axes, likelihood, "accent")
    mark_maximum(sketch, axes, number(mle), curve, 0, (0.72, 0.315), counted)
    sketch.write(axes, (0, 0.34), formula(likelihood.lines[0].first, likelihood), "accent", up=14)
    return sketch


def coin_log_likelihood(known: Equations) -> Sketch:
    """Its logarithm, with the same maximiser."""
    log_likelihood, mle = known["coin.log-likelihood"], known["coin.mle"]
    best, counted = digits(mle), as_counted(mle)
    sketch = Sketch(
        Text(
            f"曲线：对数似然 log L(p) 随 p 变化。处处向下弯，最大值点同样是 p = {counted} = {best}；靠近两端时趋于负无穷。",
            f"A curve: the log-likelihood log L(p) against p. It bends down everywhere, has its maximum at the same p = {counted} = {best}, and falls without bound towards both ends.",
        ),
        Text(
            f"对数似然 $\\log L(p)$。取对数改变了曲线的形状，没有改变最大值点：仍是 {counted}。",
            f"The log-likelihood $\\log L(p)$. The logarithm changes the shape of the curve but not where its maximum lies: still {counted}.",
        ),
    )
    axes = sketch.panel((0, 1), (-10, 0), (PROBABILITY_TICKS, (-10, -8, -6, -4, -2, 0)))
    curve = sketch.curve(axes, log_likelihood, "second")
    mark_maximum(sketch, axes, number(mle), curve, -10, (0.66, -1.2), counted)
    sketch.write(axes, (0, 0), formula(log_likelihood.lines[0].first, log_likelihood), "second", up=14)
    return sketch


def mark_maximum(
    sketch: Sketch, axes: Axes, best: float, curve: Curve, floor: float, at: tuple[float, float], counted: str
) -> None:
    """A dot on the curve, a line down to the axis, and what stands there."""
    sketch.dashes(axes, (best, best), (floor, curve(best)))
    sketch.dot(axes, best, curve(best))
    sketch.write(axes, at, (f"最大：*p* = {counted}", f"maximum at *p* = {counted}"), side="right")
    sketch.write(axes, (0.5, floor), "*p*", "quiet", side="center", up=-46)


def sample_loss(known: Equations) -> Sketch:
    """The loss of one sample, for either label."""
    positive, negative = known["logistic.sample-loss-positive"], known["logistic.sample-loss-negative"]
    sketch = Sketch(
        Text(
            "两条曲线：单个样本的损失随预测概率 q 变化。正例的损失从左端的无穷大降到右端的零，负例的恰好相反，两者左右对称。",
            "Two curves: the loss of one sample against the predicted probability q. For label one it falls from infinity at the left to zero at the right; for label zero it does the reverse. Each is the mirror image of the other.",
        ),
        Text(
            "单个样本的损失，$q$ 是模型给正例的概率。预测越接近标签，损失越接近零；错得越有把握，损失越大，没有上限。",
            "The loss of one sample, where $q$ is the probability that the model gives to label one. It vanishes as the prediction approaches the label, and grows without bound as the model becomes sure of the wrong one.",
        ),
    )
    axes = sketch.panel((0, 1), (0, 4), ((0, 0.25, 0.5, 0.75, 1), (0, 1, 2, 3, 4)))
    sketch.curve(axes, positive, "accent")
    sketch.curve(axes, negative, "second")
    for equation, colour, at, side, who in (
        (positive, "accent", 0.1, "left", ("正例", "label one")),
        (negative, "second", 0.9, "right", ("负例", "label zero")),
    ):
        shown = formula(in_letter(equation.expression, Symbol("q")), equation)
        sketch.write(axes, (at, 3.1), who, colour, side)
        sketch.write(axes, (at, 3.1), shown, colour, side, up=-26)
    sketch.write(axes, (0, 4), ("损失", "loss"), "quiet", up=14)
    sketch.write(axes, (0.5, 0), ("预测概率 *q*", "predicted probability *q*"), "quiet", side="center", up=-46)
    return sketch


def three_cats(known: Equations) -> Sketch:
    """The losses of three pictures as bars, and their sum."""
    losses = [known[f"three-cats.loss-{which}"] for which in (1, 2, 3)]
    predictions = [digits(known[f"three-cats.prediction-{which}"]) for which in (1, 2, 3)]
    shown, total = [digits(loss) for loss in losses], digits(known["three-cats.cross-entropy"])
    sketch = Sketch(
        Text(
            f"柱状图：预测为 {'、'.join(predictions)} 的三张猫图，损失依次约为 {'、'.join(shown)}；旁边一柱由三段叠成，合计约 {total}。",
            f"Bars: three pictures of cats, predicted with {', '.join(predictions)}, have losses of about {', '.join(shown)}; beside them the three are stacked, about {total} in all.",
        ),
        Text(
            f"三张猫图各自的损失：模型对正确答案越没有把握，损失越大。合计约 {total}，就是交叉熵。",
            f"The losses of the three cats: the less sure the model is of the right answer, the larger the loss. Their sum, about {total}, is the cross-entropy.",
        ),
    )
    axes = sketch.panel((-0.5, 3.6), (0, 1.2), ((), ()), inset=(6, 6, 64, 40))
    below = 0.0
    for place, (loss, guess) in enumerate(zip(losses, predictions, strict=True)):
        top = sketch.bar(axes, place, 0, loss, "accent")
        below = sketch.bar(axes, 3.1, below, loss, "second")
        sketch.write(axes, (place, top), digits(loss), side="center", up=9)
        sketch.write(axes, (place, 0), guess, side="center", up=-24)
    sketch.write(axes, (3.1, below), total, side="center", up=9)
    sketch.write(axes, (3.1, 0), ("合计", "sum"), side="center", up=-24)
    sketch.write(
        axes, (1, 0), ("预测：这张图是猫的概率", "prediction: probability of a cat"), "quiet", "center", up=-50
    )
    sketch.write(axes, (-0.31, 1.2), ("损失", "loss"), "quiet", up=6)
    return sketch


def squared_error_gradient(known: Equations) -> Sketch:
    """The gradients of the two losses over the score, for label one."""
    cross, squared = known["squared-error.cross-entropy-push"], known["squared-error.squared-error-push"]
    stays = digits(known["squared-error.cross-entropy-gradient-stays"])
    fades = digits(known["squared-error.squared-error-gradient-fades"])
    sketch = Sketch(
        Text(
            f"两条曲线：正例的损失对打分 z 的梯度。打分很低、错得离谱时，交叉熵的梯度趋于 {stays}，平方误差的梯度趋于 {fades}；打分很高时两者都趋于零。",
            f"Two curves: the gradient of the loss with respect to the score z, for label one. Where the score is very low and the prediction badly wrong, the gradient of the cross-entropy tends to {stays} and that of the squared error to {fades}; where the score is high, both vanish.",
        ),
        Text(
            f"正例的损失对打分 $z$ 的梯度。错得离谱时，交叉熵的梯度趋于 {stays}，仍在推动；平方误差的梯度趋于 {fades}，几乎不动。",
            f"The gradient with respect to the score $z$, for label one. Where the prediction is badly wrong, that of the cross-entropy tends to {stays} and keeps pushing; that of the squared error tends to {fades} and hardly moves anything.",
        ),
    )
    axes = sketch.panel((-6, 6), (-1.05, 0), ((-6, -3, 0, 3, 6), (-1, -0.5, 0)), inset=(52, 14, 52, 36))
    sketch.curve(axes, cross, "accent")
    sketch.curve(axes, squared, "second")
    sketch.write(axes, (0.4, -0.55), ("交叉熵", "cross-entropy"), "accent")
    sketch.write(axes, (-5.7, -0.2), ("平方误差", "squared error"), "second")
    sketch.write(axes, (-6, 0), ("梯度", "gradient"), "quiet", up=14)
    sketch.write(axes, (0, -1.05), ("打分 *z*", "score *z*"), "quiet", "center", up=-46)
    sketch.write(axes, (-6, -1.05), ("← 错得离谱", "← badly wrong"), "quiet", up=-46)
    sketch.write(axes, (6, -1.05), ("判断正确 →", "correct →"), "quiet", "right", up=-46)
    return sketch


def floating_point_error(known: Equations) -> Sketch:
    """The relative error in float64 of the loss as defined, and of the form that starts from the score, for label one."""
    from derivations import floating_point

    sketch = Sketch(
        Text(
            "两条曲线：标签为一时，两种写法在浮点数里的相对误差随打分 z 变化，纵轴是误差的数量级。由打分直接计算，误差始终在机器精度附近；按定义计算，打分越大误差越大，最后有效数字全部丢失。",
            "Two curves: the relative error in floating point of two forms of the loss for label one, against the score z; the vertical axis counts powers of ten. Straight from the score the error stays near the machine precision. As defined it grows with the score until no digit is left.",
        ),
        Text(
            "标签为一时损失的相对误差（纵轴是十的几次方），与区间算术给出的真值相比。打分越大，按定义计算丢掉的数字越多。",
            "The relative error of the loss for label one, in powers of ten, against the true value enclosed in ball arithmetic. The larger the score, the more digits the definition loses.",
        ),
    )
    axes = sketch.panel((-40, 40), (-18, 0.5), ((-40, -20, 0, 20, 40), (-16, -12, -8, -4, 0)))
    scores = range(-40, 41)
    for form, colour, equation in (
        (floating_point.naive_in_floats, "second", known["floating-point.naive-loss"]),
        (floating_point.stable_in_floats, "accent", known["floating-point.stable-loss"]),
    ):
        errors = [floating_point.relative_error(form(float(score), 1), score, 1) for score in scores]
        sketch.values(axes, scores, [math.log10(max(error, 1e-18)) for error in errors], equation, colour)
    sketch.write(axes, (14, -6.5), ("按定义", "as defined"), "second", "right")
    sketch.write(axes, (-38, -13.6), ("由打分直接计算", "straight from the score"), "accent")
    sketch.write(axes, (-40, 0.5), ("误差的数量级", "error, power of ten"), "quiet", up=14)
    sketch.write(axes, (0, -18), ("打分 *z*", "score *z*"), "quiet", "center", up=-46)
    return sketch


def home(known: Equations) -> Sketch:
    """From likelihood to loss: the highest place of one is the lowest of the other."""
    likelihood, log_likelihood, mle = (known[f"coin.{name}"] for name in ("likelihood", "log-likelihood", "mle"))
    best, counted = number(mle), as_counted(mle)
    sketch = Sketch(
        Text(
            f"上下两条曲线共用横轴 p。上面的似然在 p = {counted} 处最高；取负对数得到下面的损失，它在同一处最低。",
            f"Two curves over the same p, one above the other. The likelihood, above, is highest at p = {counted}; its negative logarithm, the loss below, is lowest at the same place.",
        ),
        Text(
            f"似然取负对数，就成了损失：山顶变成谷底，位置不变，都在 {counted}。",
            f"The negative logarithm turns likelihood into loss: the summit becomes the bottom of a valley, and stays where it is, at {counted}.",
        ),
        height=400,
    )
    above = sketch.panel((0, 1), (0, 0.32), ((), ()), inset=(12, 12, 234, 14))
    below = sketch.panel((0, 1), (0, 8), ((0, 1), ()), inset=(12, 12, 44, 206))
    high = sketch.curve(above, likelihood, "accent")
    low = sketch.curve(below, log_likelihood, "second", sign=-1)
    sketch.dashes(above, (best, best), (0, high(best)))
    sketch.dashes(below, (best, best), (0, 10.13))
    sketch.dot(above, best, high(best))
    sketch.dot(below, best, low(best))
    name, loss = likelihood.lines[0].first, log_likelihood.lines[0].first
    said, turned = formula(name, likelihood), formula(-loss, log_likelihood)
    sketch.write(above, (0.02, 0.2), (f"似然 {said}", f"likelihood {said}"), "accent")
    sketch.write(below, (best - 0.02, 8), ("取负对数 ↓", "negative logarithm ↓"), "quiet", "right", up=14)
    sketch.write(below, (0.02, 2.2), (f"损失 {turned}", f"loss {turned}"), "second")
    sketch.write(below, (best, 0), f"*p* = {counted}", "ink", "center", up=-26)
    return sketch


PICTURES: dict[str, Callable[[Equations], Sketch]] = {
    "coin-likelihood": coin_likelihood,
    "coin-log-likelihood": coin_log_likelihood,
    "sample-loss": sample_loss,
    "three-cats": three_cats,
    "squared-error-gradient": squared_error_gradient,
    "floating-point-error": floating_point_error,
    "home": home,
}
"""Every figure by the name that pages embed it with."""
