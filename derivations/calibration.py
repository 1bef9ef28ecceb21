# %% [markdown]
# § calibration
# %%
"""Where the slope in the bias is zero, the predictions add up to the labels; the same within a group that has a weight of its own.

Domain: N >= 1 samples, labels in {0, 1}, real logits w·x^n + b.  Unit: nats; sums, not means.
"""

from derivations.engine import COUNT, LABEL, REAL, Derivation
from derivations.engine.rules import by, differentiate
from derivations.logistic import logistic
from derivations.squared_error import sigmoid_slope

calibration = Derivation("calibration", source="own")
calibration.use(logistic, "n", "N", "label", "sigma")
calibration.quantity("i", COUNT)
b, v = calibration.quantity("b", REAL), calibration.quantity("v", REAL)
calibration.quantity("z", REAL)
calibration.family("u", REAL, r"w \cdot x^{0}", "w·x^{0}", parameters="n")
calibration.family("g", LABEL, "g^{0}", "g^{0}", parameters="n")
INNER = "label(n)*log({0}) + (1 - label(n))*log(1 - {0})".format

# %% [markdown]
# § bias
# %%
model = calibration.define("bias-model", "f(b, n) = sigma(u(n) + b)", tex="f_{{{0}}}(x^{1})", plain="f_{0}(x^{1})")
loss = calibration.define(
    "bias-loss", f"loss(b) = sum(-[{INNER('f(b, n)')}], n, 1, N)", tex=r"\mathcal{{L}}({0})", plain="ℒ({0})"
)
model_slope = calibration.step(
    "bias-model-slope",
    by(sigmoid_slope),
    "d(f(b, n), b) = f(b, n)*(1 - f(b, n))",
    through=["= d(1/(1 + exp(-(u(n) + b))), b)"],
)


def steps(of: str, letter: str, cited: str, times: str) -> list[str]:
    """From the loss to its slope, sample by sample; `times`: the slope of the logit."""
    return [
        f"= d(sum(-({INNER(of)}), n, 1, N), {letter}) | {cited}-loss",
        f"= sum(-(label(n)/{of}*d({of}, {letter}) - (1 - label(n))/(1 - {of})*d({of}, {letter})), n, 1, N) | derivative-log, derivative-linear",
        f"= sum(-(label(n)/{of}*{of}*(1 - {of}){times} - (1 - label(n))/(1 - {of})*{of}*(1 - {of}){times}), n, 1, N) | {cited}-model-slope",
    ]


F = "f(b, n)"
slope = calibration.step(
    "bias-slope", by(model_slope), f"d(loss(b), b) = sum({F} - label(n), n, 1, N) = sum({F}, n, 1, N) - sum(label(n), n, 1, N) =! 0",
    through=[*steps(F, "b", "bias", ""), f"= sum({F} - label(n), n, 1, N) | collect"],
)  # fmt: skip
bend = calibration.step(
    "bias-convex", differentiate(slope, b, model_slope), f"d2(loss(b), b) = sum({F}*(1 - {F}), n, 1, N) > 0"
)

# %% [markdown]
# § group
# %%
group = calibration.define(
    "group-model", "h(v, n) = sigma(u(n) + v*g(n))", tex="h_{{{0}}}(x^{1})", plain="h_{0}(x^{1})"
)
H = "h(v, n)"
group_loss = calibration.define(
    "group-loss", f"lossg(v) = sum(-[{INNER(H)}], n, 1, N)", tex=r"\mathcal{{L}}_G({0})", plain="ℒ_G({0})"
)
group_model_slope = calibration.step(
    "group-model-slope", by(), f"d({H}, v) = {H}*(1 - {H})*g(n)", through=["= d(1/(1 + exp(-(u(n) + v*g(n)))), v)"]
)
group_slope = calibration.step(
    "group-slope", by(group_model_slope), f"d(lossg(v), v) = sum(g(n)*({H} - label(n)), n, 1, N) = sum(g(n)*{H}, n, 1, N) - sum(g(n)*label(n), n, 1, N) =! 0",
    through=[*steps(H, "v", "group", "*g(n)"), f"= sum(g(n)*({H} - label(n)), n, 1, N) | collect", f"= sum(g(n)*{H} - g(n)*label(n), n, 1, N) | collect"],
)  # fmt: skip

# %% [markdown]
# § by-hand
# %%
predictions = calibration.observe("example-predictions", "a = (0.9, 0.5, 0.1)", tex="(a_1, a_2, a_3)")
calibration.write("a", "a_{0}", "a_{0}", partial="(a_1, a_2, a_3)")
answers = calibration.observe("example-labels", "y = (1, 1, 0)", tex="(y_1, y_2, y_3)")
calibration.write("y", "y_{0}", "y_{0}", partial="(y_1, y_2, y_3)")
example = calibration.step(
    "example", by(predictions, answers), "sum(a(i), i, 1, 3) - sum(y(i), i, 1, 3) = (0.9 + 0.5 + 0.1) - (1 + 1 + 0) = decimal(-1/2)",
    through=["= (a(1) + a(2) + a(3)) - (y(1) + y(2) + y(3)) | write-out"],
)  # fmt: skip
