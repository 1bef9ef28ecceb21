# %% [markdown]
# § one-valley
# %%
"""The cross-entropy of logistic regression is convex in weights and bias together: where its gradient is zero, nothing is lower anywhere.

Domain: N samples with D features, labels ŷ^n in {0, 1}, real weights w_j and a real bias b.  Unit: nats; sums, not means.  Source: article `bce`, section 7, carried on.
"""

from derivations.engine import COUNT, LABEL, REAL, Derivation, whole_from
from derivations.engine.rules import by, differentiate
from derivations.logistic import logistic, sigmoid
from derivations.squared_error import squared

valley = Derivation("one-valley", source="bce/7")
for letter, over in {"N": COUNT, "D": COUNT, "n": whole_from(1, "N"), "c": whole_from(1, "D"), "y": LABEL, "b": REAL, "u": REAL, "s": REAL, "h": REAL, "r": REAL}.items():
    valley.quantity(letter, over)
t, e = valley.quantity("t", REAL), valley.quantity("e", REAL, r"\tilde{b}", "b~")
valley.family("w", REAL, "w_{0}", "w_{0}", parameters="j")
valley.family("W", REAL, r"\tilde{{w}}_{0}", "w~_{0}", parameters="j")
valley.family("v", REAL, "v_{0}", "v_{0}", parameters="j")
valley.family("x", REAL, "x_{1}^{0}", "x_{1}^{0}", parameters="n, j")
valley.use(logistic, "sigma", "label")
valley.use(squared, "ell")

# %% [markdown]
# § loss
# %%
logit = valley.define("logit", "a(n) = sum(w(j)*x(n, j), j, 1, D) + b", tex="z^{0}", plain="z^{0}")
model = valley.define("model", "f(n) = sigma(a(n))", tex="f(x^{0})", plain="f(x^{0})")
loss = valley.define("loss", "C = sum(ell(label(n), a(n)), n, 1, N)", tex=r"\mathcal{{L}}", plain="ℒ")

# %% [markdown]
# § gradient
# %%
ON, OFF = "sigma(s + t*h)", "(1 - sigma(s + t*h))"
sigmoid_slope = valley.step(
    "sigmoid-slope", differentiate(sigmoid, t), f"d({ON}, t) = h*{ON}*{OFF}",
    through=[
        "= d(1/(1 + exp(-(s + t*h))), t) | logistic.sigmoid", "= h*exp(-(s + t*h))/(1 + exp(-(s + t*h)))**2 | derivative-quotient, derivative-exp, derivative-linear",
        "= h*(1/(1 + exp(-(s + t*h))))*(1 - 1/(1 + exp(-(s + t*h))))",
    ],
)
sample_slope = valley.step(
    "sample-slope", by(sigmoid_slope), f"d(ell(y, s + t*h), t) = h*({ON} - y)",
    through=[
        f"= d(-(y*log({ON}) + (1 - y)*log(1 - {ON})), t) | squared-error.cross-entropy", f"= -(y/{ON}*d({ON}, t) - (1 - y)/{OFF}*d({ON}, t)) | derivative-log, derivative-linear",
        f"= -(y/{ON}*h*{ON}*{OFF} - (1 - y)/{OFF}*h*{ON}*{OFF}) | sigmoid-slope",
    ],
)
one_weight = valley.define("weight-partial", "G(c) = d(sum(ell(label(n), sum((w(j) + t*indicator(j, c))*x(n, j), j, 1, D) + b), n, 1, N), t, 0)", tex=r"\frac{{\partial \mathcal{{L}}}}{{\partial w_{0}}}", plain="∂ℒ/∂w_{0}")
gradient = valley.step(
    "weight-gradient", by(one_weight, sample_slope), "G(c) = sum((f(n) - label(n))*x(n, c), n, 1, N)",
    through=[
        "= d(sum(ell(label(n), sum(w(j)*x(n, j) + t*indicator(j, c)*x(n, j), j, 1, D) + b), n, 1, N), t, 0) | weight-partial",
        "= d(sum(ell(label(n), sum(w(j)*x(n, j), j, 1, D) + t*x(n, c) + b), n, 1, N), t, 0) | sum-linear, one-term", "= d(sum(ell(label(n), a(n) + t*x(n, c)), n, 1, N), t, 0) | logit",
        "= sum(d(ell(label(n), a(n) + t*x(n, c)), t, 0), n, 1, N) | derivative-linear", "= sum(x(n, c)*(sigma(a(n) + 0*x(n, c)) - label(n)), n, 1, N) | sample-slope",
    ],
)
one_bias = valley.define("bias-partial", "Gb = d(sum(ell(label(n), a(n) + t), n, 1, N), t, 0)", tex=r"\frac{{\partial \mathcal{{L}}}}{{\partial b}}", plain="∂ℒ/∂b")
bias_gradient = valley.step(
    "bias-gradient", by(one_bias, sample_slope), "Gb = sum(f(n) - label(n), n, 1, N)",
    through=[
        "= d(sum(ell(label(n), a(n) + t), n, 1, N), t, 0) | bias-partial", "= d(sum(ell(label(n), a(n) + t*1), n, 1, N), t, 0)",
        "= sum(d(ell(label(n), a(n) + t*1), t, 0), n, 1, N) | derivative-linear", "= sum(1*(sigma(a(n) + 0*1) - label(n)), n, 1, N) | sample-slope",
    ],
)

# %% [markdown]
# § convexity
# %%
LINE = "sum((w(j) + t*v(j))*x(n, j), j, 1, D) + (b + t*u)"
moved_logit = valley.define("moved-logit", f"A(n, t) = {LINE}", tex="z^{0}({1})", plain="z^{0}({1})")
rate = valley.define("logit-rate", "g(n) = sum(v(j)*x(n, j), j, 1, D) + u", tex=r"\dot{{z}}^{0}", plain="ż^{0}")
straight = valley.step(
    "logit-moves-straight", by(moved_logit, rate), "A(n, t) = a(n) + t*g(n)",
    through=[
        "= sum(w(j)*x(n, j) + t*v(j)*x(n, j), j, 1, D) + b + t*u | moved-logit", "= sum(w(j)*x(n, j), j, 1, D) + t*sum(v(j)*x(n, j), j, 1, D) + b + t*u | sum-linear",
        "= a(n) + t*(sum(v(j)*x(n, j), j, 1, D) + u) | logit",
    ],
)
moved_loss = valley.define("moved-loss", "M(t) = sum(ell(label(n), A(n, t)), n, 1, N)", tex=r"\mathcal{{L}}({0})", plain="ℒ({0})")
slope = valley.step(
    "slope-along", by(moved_loss, sample_slope), "d(M(t), t) = sum(g(n)*(sigma(a(n) + t*g(n)) - label(n)), n, 1, N)",
    through=[
        "= d(sum(ell(label(n), A(n, t)), n, 1, N), t) | moved-loss", "= d(sum(ell(label(n), a(n) + t*g(n)), n, 1, N), t) | logit-moves-straight",
        "= sum(d(ell(label(n), a(n) + t*g(n)), t), n, 1, N) | derivative-linear",
    ],
)
PREDICTION = "sigma(a(n) + t*g(n))"
curvature = valley.step(
    "curvature", by(slope, sigmoid_slope), f"d2(M(t), t) = sum(g(n)**2*{PREDICTION}*(1 - {PREDICTION}), n, 1, N) >= 0",
    through=[
        f"= d(sum(g(n)*({PREDICTION} - label(n)), n, 1, N), t) | slope-along", f"= sum(g(n)*d({PREDICTION}, t), n, 1, N) | derivative-linear",
        f"= sum(g(n)*(g(n)*{PREDICTION}*(1 - {PREDICTION})), n, 1, N) | sigmoid-slope",
    ],
)

# %% [markdown]
# § no-false-valley
# %%
P, NOT_P, Q, NOT_Q = "sigma(s)", "(1 - sigma(s))", "sigma(r)", "(1 - sigma(r))"
log_odds = valley.step(
    "log-odds", by(sigmoid), "log(sigma(s)) - log(1 - sigma(s)) = s",
    through=[
        "= log(1/(1 + exp(-s))) - log(1 - 1/(1 + exp(-s))) | logistic.sigmoid", "= log(1/(1 + exp(-s))) - log(exp(-s)/(1 + exp(-s)))",
        "= -log(1 + exp(-s)) - (log(exp(-s)) - log(1 + exp(-s))) | log-quotient", "= -log(1 + exp(-s)) - (-s - log(1 + exp(-s))) | log-exp",
    ],
)
FALL = f"(log({P}) - log({Q}))"
GAP = f"{P}*log({P}/{Q}) + {NOT_P}*log({NOT_P}/{NOT_Q})"
sample_gap = valley.step(
    "sample-gap", by(log_odds), f"ell(y, r) - ell(y, s) = (sigma(s) - y)*(r - s) + {GAP}",
    through=[
        f"= -(y*log({Q}) + (1 - y)*log({NOT_Q})) + (y*log({P}) + (1 - y)*log({NOT_P})) | squared-error.cross-entropy",
        f"= (sigma(s) - y)*((log({Q}) - log({NOT_Q})) - (log({P}) - log({NOT_P}))) + {P}*(log({P}) - log({Q})) + {NOT_P}*(log({NOT_P}) - log({NOT_Q})) | collect",
        f"= (sigma(s) - y)*(r - s) + {P}*(log({P}) - log({Q})) + {NOT_P}*(log({NOT_P}) - log({NOT_Q})) | log-odds",
    ],
)
other_logit = valley.define("other-logit", "B(n) = sum(W(j)*x(n, j), j, 1, D) + e", tex=r"\tilde{{z}}^{0}", plain="z~^{0}")
other_model = valley.define("other-model", "F(n) = sigma(B(n))", tex=r"\tilde{{f}}(x^{0})", plain="f~(x^{0})")
other_loss = valley.define("other-loss", "E = sum(ell(label(n), B(n)), n, 1, N)", tex=r"\tilde{{\mathcal{{L}}}}", plain="ℒ~")
APART = "f(n)*log(f(n)/F(n)) + (1 - f(n))*log((1 - f(n))/(1 - F(n)))"
RISE, AWAY = "sum((f(n) - label(n))*(B(n) - a(n)), n, 1, N)", f"sum({APART}, n, 1, N)"
STEP, BIAS = "(f(n) - label(n))*(W(j) - w(j))*x(n, j)", "(e - b)*sum(f(n) - label(n), n, 1, N)"
WEIGHTS = "sum((W(j) - w(j))*sum((f(n) - label(n))*x(n, j), n, 1, N), j, 1, D)"
difference = valley.step(
    "loss-difference", by(sample_gap), f"E - C = {RISE} + {AWAY}",
    through=[
        "= sum(ell(label(n), B(n)), n, 1, N) - sum(ell(label(n), a(n)), n, 1, N) | other-loss, loss", "= sum(ell(label(n), B(n)) - ell(label(n), a(n)), n, 1, N) | sum-linear",
        f"= sum((sigma(a(n)) - label(n))*(B(n) - a(n)) + {GAP.replace('(s)', '(a(n))').replace('(r)', '(B(n))')}, n, 1, N) | sample-gap",
        f"= sum((f(n) - label(n))*(B(n) - a(n)) + {APART}, n, 1, N) | model, other-model", f"= {RISE} + {AWAY} | sum-linear",
    ],
)
rise = valley.step(
    "rise-by-gradient", by(logit, other_logit), f"{RISE} = {WEIGHTS} + {BIAS}",
    through=[
        "= sum((f(n) - label(n))*(sum(W(j)*x(n, j), j, 1, D) + e - (sum(w(j)*x(n, j), j, 1, D) + b)), n, 1, N) | logit, other-logit",
        "= sum((f(n) - label(n))*(sum(W(j)*x(n, j) - w(j)*x(n, j), j, 1, D) + e - b), n, 1, N) | sum-linear",
        "= sum((f(n) - label(n))*sum((W(j) - w(j))*x(n, j), j, 1, D) + (e - b)*(f(n) - label(n)), n, 1, N) | collect",
        f"= sum(sum({STEP}, j, 1, D), n, 1, N) + {BIAS} | sum-linear", f"= sum(sum({STEP}, n, 1, N), j, 1, D) + {BIAS} | sum-exchange", f"= {WEIGHTS} + {BIAS} | sum-linear",
    ],
)
PLANE = "sum((W(j) - w(j))*G(j), j, 1, D) + (e - b)*Gb"
above = valley.step(
    "above-tangent-plane", by(difference, rise), f"E - C >= {PLANE}",
    through=[
        f"= {RISE} + {AWAY} | loss-difference", f"= {RISE} + sum(-(f(n)*log(F(n)/f(n)) + (1 - f(n))*log((1 - F(n))/(1 - f(n)))), n, 1, N) | log-reciprocal",
        f">= {RISE} + sum(-(f(n)*(F(n)/f(n) - 1) + (1 - f(n))*((1 - F(n))/(1 - f(n)) - 1)), n, 1, N) | tangent",
        f"= {RISE} + sum(0, n, 1, N) | collect", f"= {RISE} | equal-terms", f"= {WEIGHTS} + {BIAS} | rise-by-gradient", f"= {PLANE} | weight-gradient, bias-gradient",
    ],
)

# %% [markdown]
# § example
# %%
below = valley.step("middle", by(), "ell(1, log(3)) = log(4/3) ~ digits(log(4/3), 3)", through=["= -(1*log(sigma(log(3))) + (1 - 1)*log(1 - sigma(log(3)))) | squared-error.cross-entropy"])
ends = valley.step(
    "chord", by(), "(ell(1, 0) + ell(1, log(9)))/2 = (log(2) + log(10/9))/2 ~ digits((log(2) + log(10/9))/2, 3)",
    through=["= (-(1*log(sigma(0)) + (1 - 1)*log(1 - sigma(0))) - (1*log(sigma(log(9))) + (1 - 1)*log(1 - sigma(log(9)))))/2 | squared-error.cross-entropy", "= (-log(sigma(0)) - log(sigma(log(9))))/2"],
)
