# %% [markdown]
# § softmax
# %%
"""C real logits as C probabilities: the loss of the true class has the gradient ŷ - y, its second derivative in any direction is a variance, and two classes give the sigmoid.

Domain: C >= 2 classes, real logits z_c, a direction of real numbers v_c, a real step t, the true class k.  Unit: nats.
"""

from derivations.engine import REAL, Derivation, whole_from
from derivations.engine.kernel.statements import Range
from derivations.engine.kernel.terms import num
from derivations.engine.rules import by, differentiate
from derivations.logistic import logistic, sigmoid

softmax = Derivation("softmax", source="own")
t = softmax.quantity("t", REAL)
softmax.quantity("C", whole_from(2))
for letter in "cik":
    softmax.quantity(letter, whole_from(1, "C"))
softmax.family("z", REAL, "z_{0}", "z_{0}", parameters="c")
softmax.family("v", REAL, "v_{0}", "v_{0}", parameters="c")
softmax.use(logistic, "sigma")

# %% [markdown]
# § definition
# %%
SUM = "sum(exp(z(j)), j, 1, C)"
prediction = softmax.define("prediction", f"yhat(c) = exp(z(c))/{SUM}", tex=r"\hat{{y}}_{0}", plain="ŷ_{0}")
positive = softmax.step("positive", by(prediction), "yhat(c) > 0")
TOTAL = [f"= sum(exp(z(c))/{SUM}, c, 1, C)", f"= sum(exp(z(c)), c, 1, C)/{SUM} | sum-linear"]
total = softmax.step("total", by(prediction), "sum(yhat(c), c, 1, C) = 1", through=TOTAL)
ratio = softmax.step(
    "ratio", by(prediction), "yhat(i)/yhat(c) = exp(z(i) - z(c))",
    through=[f"= (exp(z(i))/{SUM})/(exp(z(c))/{SUM})", "= exp(z(i))/exp(z(c)) | collect"],
)  # fmt: skip
label = softmax.define("label", "y(c) = indicator(c, k)", tex="y_{0}", plain="y_{0}")
loss = softmax.define("loss", "ell = -log(yhat(k))", tex=r"\ell", plain="ℓ")
by_logits = softmax.step(
    "loss-by-logits", by(loss, prediction), f"ell = log({SUM}) - z(k)",
    through=[f"= -log(exp(z(k))/{SUM})", f"= -(log(exp(z(k))) - log({SUM})) | log-quotient"],
)  # fmt: skip
two = softmax.step(
    "two-classes", by(prediction, sigmoid), "yhat(1) = sigma(z(1) - z(2))", on={"C": Range(num(2), num(2), True, True, whole=True)},
    through=[f"= exp(z(1))/{SUM}", "= exp(z(1))/(exp(z(1)) + exp(z(2))) | write-out", "= 1/(1 + exp(z(2))/exp(z(1)))", "= 1/(1 + exp(-(z(1) - z(2))))"],
)  # fmt: skip

# %% [markdown]
# § gradient
# %%
ABOVE = "exp(z(i) + {0}*indicator(i, c))".format
BELOW = "sum(exp(z(j) + {0}*indicator(j, c)), j, 1, C)".format
GROWTH = "sum(exp(z(j) + 0*indicator(j, c))*indicator(j, c), j, 1, C)"
one_logit = softmax.define(
    "partial", f"G(c) = d(log({BELOW('t')}) - z(k) - t*indicator(c, k), t, 0)", tex=r"\frac{{\partial \ell}}{{\partial z_{0}}}", plain="∂ℓ/∂z_{0}"
)  # fmt: skip
gradient = softmax.step(
    "gradient", by(one_logit, prediction, label), "G(c) = yhat(c) - y(c)",
    through=[
        f"= d(log({BELOW('t')}) - z(k) - t*indicator(c, k), t, 0) | partial",
        f"= {GROWTH}/{BELOW('0')} - indicator(c, k) | derivative-log, derivative-linear, derivative-exp",
        f"= exp(z(c))/{SUM} - indicator(c, k) | one-term",
        "= yhat(c) - indicator(c, k) | prediction",
    ],
)  # fmt: skip
balance = softmax.step(
    "gradient-sum", by(gradient, total), "sum(G(c), c, 1, C) = 0",
    through=[
        "= sum(yhat(c) - y(c), c, 1, C) | gradient", "= sum(yhat(c), c, 1, C) - sum(y(c), c, 1, C) | sum-linear",
        "= 1 - sum(y(c), c, 1, C) | total", "= 1 - sum(indicator(c, k), c, 1, C) | label", "= 1 - 1 | one-term",
    ],
)  # fmt: skip
spread = softmax.define(
    "prediction-partial", f"H(i, c) = d({ABOVE('t')}/{BELOW('t')}, t, 0)", tex=r"\frac{{\partial \hat{{y}}_{0}}}{{\partial z_{1}}}", plain="∂ŷ_{0}/∂z_{1}"
)  # fmt: skip
hessian = softmax.step(
    "hessian", by(spread, prediction), "H(i, c) = yhat(i)*(indicator(i, c) - yhat(c))",
    through=[
        f"= d({ABOVE('t')}/{BELOW('t')}, t, 0)",
        f"= ({ABOVE('0')}*indicator(i, c)*{BELOW('0')} - {ABOVE('0')}*{GROWTH})/{BELOW('0')}**2 | derivative-quotient, derivative-linear, derivative-exp",
        f"= (exp(z(i))*indicator(i, c)*{SUM} - exp(z(i))*exp(z(c)))/{SUM}**2 | one-term",
        f"= exp(z(i))/{SUM}*(indicator(i, c) - exp(z(c))/{SUM}) | collect",
    ],
)  # fmt: skip

# %% [markdown]
# § convexity
# %%
TOP, ALONG = "exp(z(c) + t*v(c))", "sum(exp(z(j) + t*v(j)), j, 1, C)"
PUSH, WEIGHED = "sum(exp(z(j) + t*v(j))*v(j), j, 1, C)", f"sum(exp(z(j) + t*v(j))*v(j)/{ALONG}, j, 1, C)"
moved = softmax.define("moved-prediction", f"S(c, t) = {TOP}/{ALONG}", tex=r"\hat{{y}}_{0}({1})", plain="ŷ_{0}({1})")
moved_loss = softmax.define("moved-loss", f"M(t) = log({ALONG}) - z(k) - t*v(k)", tex=r"\ell({0})", plain="ℓ({0})")
mean = softmax.define("mean-direction", "m(t) = sum(S(j, t)*v(j), j, 1, C)", tex=r"\bar{{v}}({0})", plain="v̄({0})")
moved_total = softmax.step(
    "moved-total", by(moved), "sum(S(c, t), c, 1, C) = 1", through=[f"= sum({TOP}/{ALONG}, c, 1, C)", f"= sum({TOP}, c, 1, C)/{ALONG} | sum-linear"]
)  # fmt: skip
slope = softmax.step(
    "slope-along", differentiate(moved_loss, t, mean, moved), "d(M(t), t) = m(t) - v(k)",
    through=[
        f"= d(log({ALONG}) - z(k) - t*v(k), t) | moved-loss",
        f"= {PUSH}/{ALONG} - v(k) | derivative-log, derivative-linear, derivative-exp",
        f"= {WEIGHED} - v(k) | sum-linear", "= sum(S(j, t)*v(j), j, 1, C) - v(k) | moved-prediction",
    ],
)  # fmt: skip
moved_slope = softmax.step(
    "moved-prediction-slope", differentiate(moved, t, mean), "d(S(c, t), t) = S(c, t)*(v(c) - m(t))",
    through=[
        f"= d({TOP}/{ALONG}, t)", f"= ({TOP}*v(c)*{ALONG} - {TOP}*{PUSH})/{ALONG}**2 | derivative-quotient, derivative-linear, derivative-exp",
        f"= {TOP}/{ALONG}*(v(c) - {PUSH}/{ALONG}) | collect", f"= {TOP}/{ALONG}*(v(c) - {WEIGHED}) | sum-linear",
        "= S(c, t)*(v(c) - sum(S(j, t)*v(j), j, 1, C)) | moved-prediction",
    ],
)  # fmt: skip
SQUARES, MEAN = "sum(S(j, t)*v(j)**2, j, 1, C)", "sum(S(j, t)*v(j), j, 1, C)"
curvature = softmax.step(
    "curvature", by(slope, moved_slope), f"d2(M(t), t) = {SQUARES} - {MEAN}**2",
    through=[
        "= d(m(t) - v(k), t) | slope-along", "= d(m(t), t) | derivative-linear", f"= d({MEAN}, t) | mean-direction", "= sum(v(j)*d(S(j, t), t), j, 1, C) | derivative-linear",
        "= sum(v(j)*(S(j, t)*(v(j) - m(t))), j, 1, C) | moved-prediction-slope", "= sum(S(j, t)*v(j)**2 - m(t)*(S(j, t)*v(j)), j, 1, C) | collect",
        f"= {SQUARES} - m(t)*{MEAN} | sum-linear", f"= {SQUARES} - {MEAN}**2 | mean-direction",
    ],
)  # fmt: skip
variance = softmax.step(
    "variance", by(curvature, moved_total), "d2(M(t), t) = sum(S(j, t)*(v(j) - m(t))**2, j, 1, C) >= 0",
    through=[
        f"= {SQUARES} - {MEAN}**2 | curvature", f"= {SQUARES} - m(t)**2 | mean-direction", f"= {SQUARES} - 2*m(t)*m(t) + m(t)**2*1 | collect",
        f"= {SQUARES} - 2*m(t)*{MEAN} + m(t)**2*sum(S(j, t), j, 1, C) | mean-direction, moved-total",
        "= sum(S(j, t)*v(j)**2 - 2*m(t)*S(j, t)*v(j) + m(t)**2*S(j, t), j, 1, C) | sum-linear",
    ],
)  # fmt: skip

# %% [markdown]
# § example
# %%
scores = softmax.observe("example-logits", "x = (log(6), log(3), 0)", tex="x_{0}")
shares = softmax.define(
    "example-prediction",
    "q(c) = exp(x(c))/sum(exp(x(j)), j, 1, 3)",
    tex="q_{0}",
    plain="q_{0}",
    on={"c": whole_from(1, 3)},
)
POWERS = "(exp(log(6)) + exp(log(3)) + exp(0))"
for at, (value, power) in enumerate({"6": "exp(log(6))", "3": "exp(log(3))", "1": "exp(0)"}.items(), 1):
    softmax.step(
        f"example-{at}", by(shares, scores), f"q({at}) = {value}/(6 + 3 + 1) = decimal({value}/10)",
        through=[f"= exp(x({at}))/(exp(x(1)) + exp(x(2)) + exp(x(3))) | example-prediction, write-out", f"= {power}/{POWERS} | example-logits"],
    )  # fmt: skip
example_loss = softmax.step(
    "example-loss",
    by(shares),
    "-log(q(1)) = -log(decimal(6/10)) ~ digits(-log(6/10), 3)",
    through=["= -log(decimal(6/10)) | example-1"],
)
example_gradient = softmax.step(
    "example-gradient", by(shares), "q(1) - 1 = decimal(-4/10)", through=["= decimal(6/10) - 1 | example-1"]
)
