# %% [markdown]
# § many-weights
# %%
"""A penalty on many weights, the bias left free: every other setting of the weights costs more, by λ times the squared distance; at the best one the weights are bounded.

Domain: N samples with D features, labels in {0, 1}, real weights w_j and a real bias b, a penalty λ > 0.  Unit: nats; sums, not means.
"""

from derivations.engine import POSITIVE, REAL, Derivation
from derivations.engine.rules import by
from derivations.logistic import sigmoid
from derivations.one_valley import AWAY as DIVERGENCES
from derivations.one_valley import BIAS, PREDICTION, RISE, bias_gradient, curvature, difference, gradient, rise, valley
from derivations.one_valley import WEIGHTS as GRADIENT

weights = Derivation("many-weights", source="own")
weights.use(valley, "N", "D", "n", "c", "t", "b", "u", "e", "w", "W", "v", "x", "label", "sigma", "ell", "a", "A", "g", "f", "F", "C", "B", "E", "M", "G", "Gb")
weights.quantity("lam", POSITIVE, r"\lambda", "λ")

# %% [markdown]
# § penalty
# %%
PENALTY, OTHER = "lam*sum(w(j)**2, j, 1, D)", "lam*sum(W(j)**2, j, 1, D)"
penalised = weights.define("penalised", f"J = C + {PENALTY}", tex=r"J_\lambda", plain="J_λ")
other = weights.define("other-penalised", f"K = E + {OTHER}", tex=r"\tilde{{J}}_\lambda", plain="J~_λ")

# %% [markdown]
# § gradient
# %%
MOVED = "sum(ell(label(n), sum((w(j) + t*indicator(j, c))*x(n, j), j, 1, D) + b), n, 1, N)"
STRETCHED = "lam*sum((w(j) + t*indicator(j, c))**2, j, 1, D)"
partial = weights.define(
    "partial", f"P(c) = d({MOVED} + {STRETCHED}, t, 0)",
    tex=r"\frac{{\partial J_\lambda}}{{\partial w_{0}}}", plain="∂J_λ/∂w_{0}",
)  # fmt: skip
slope = weights.step(
    "partial-slope", by(partial, gradient), "P(c) = G(c) + 2*lam*w(c)",
    through=[
        f"= d({MOVED} + {STRETCHED}, t, 0) | partial", f"= d({MOVED}, t, 0) + d({STRETCHED}, t, 0) | derivative-linear", f"= G(c) + d({STRETCHED}, t, 0) | one-valley.weight-partial",
        "= G(c) + lam*sum(2*(w(j) + 0*indicator(j, c))*indicator(j, c), j, 1, D) | derivative-linear, derivative-power", "= G(c) + lam*sum(2*w(j)*indicator(j, c), j, 1, D) | collect",
        "= G(c) + lam*(2*w(c)) | one-term",
    ],
)  # fmt: skip
by_errors = weights.step(
    "partial-by-errors", by(slope, gradient), "P(c) = sum((f(n) - label(n))*x(n, c), n, 1, N) + 2*lam*w(c)",
    through=["= G(c) + 2*lam*w(c) | partial-slope"],
)  # fmt: skip

# %% [markdown]
# § farther
# %%
PLANE = "sum((W(j) - w(j))*P(j), j, 1, D) + (e - b)*Gb"
AWAY = "lam*sum((W(j) - w(j))**2, j, 1, D)"
squares = weights.step(
    "squares", by(), f"{OTHER} - {PENALTY} = sum(2*lam*w(j)*(W(j) - w(j)), j, 1, D) + {AWAY}",
    through=["= sum(lam*W(j)**2 - lam*w(j)**2, j, 1, D) | sum-linear", "= sum(2*lam*w(j)*(W(j) - w(j)) + lam*(W(j) - w(j))**2, j, 1, D) | collect"],
)  # fmt: skip
SHIFT = "sum(2*lam*w(j)*(W(j) - w(j)), j, 1, D)"
identity = weights.step(
    "difference", by(difference, rise, gradient, bias_gradient, squares, slope), f"K - J = {PLANE} + {AWAY} + {DIVERGENCES}", on={"t": REAL},
    through=[
        f"= E + {OTHER} - (C + {PENALTY}) | penalised, other-penalised", f"= [E - C] + [{OTHER} - {PENALTY}] | collect",
        f"= {RISE} + {DIVERGENCES} + {SHIFT} + {AWAY} | one-valley.loss-difference, squares", f"= {GRADIENT} + {BIAS} + {DIVERGENCES} + {SHIFT} + {AWAY} | one-valley.rise-by-gradient",
        f"= sum((W(j) - w(j))*G(j), j, 1, D) + (e - b)*Gb + {DIVERGENCES} + {SHIFT} + {AWAY} | one-valley.weight-gradient, one-valley.bias-gradient",
        f"= sum((W(j) - w(j))*G(j) + 2*lam*w(j)*(W(j) - w(j)), j, 1, D) + (e - b)*Gb + {DIVERGENCES} + {AWAY} | sum-linear",
        f"= sum((W(j) - w(j))*(G(j) + 2*lam*w(j)), j, 1, D) + (e - b)*Gb + {DIVERGENCES} + {AWAY} | collect",
    ],
)  # fmt: skip
farther = weights.step(
    "farther-costs-more", by(identity), f"K - J >= {PLANE} + {AWAY}", on={"t": REAL},
    through=[
        f"= {PLANE} + {AWAY} + {DIVERGENCES} | difference", f"= {PLANE} + {AWAY} + sum(-(f(n)*log(F(n)/f(n)) + (1 - f(n))*log((1 - F(n))/(1 - f(n)))), n, 1, N) | log-reciprocal",
        f">= {PLANE} + {AWAY} + sum(-(f(n)*(F(n)/f(n) - 1) + (1 - f(n))*((1 - F(n))/(1 - f(n)) - 1)), n, 1, N) | tangent", f"= {PLANE} + {AWAY} + sum(0, n, 1, N) | collect",
    ],
)  # fmt: skip

# %% [markdown]
# § bounded
# %%
HALF = "-(label(n)*log(1/2) + (1 - label(n))*log(1/2))"
at_zero = weights.step(
    "at-zero", by(sigmoid), "sum(ell(label(n), 0), n, 1, N) = N*log(2)",
    through=["= sum(-(label(n)*log(sigma(0)) + (1 - label(n))*log(1 - sigma(0))), n, 1, N) | squared-error.cross-entropy", f"= sum({HALF}, n, 1, N) | logistic.sigmoid", "= sum(log(2), n, 1, N) | log-quotient"],
)  # fmt: skip
below = weights.step(
    "penalty-below-loss", by(penalised), f"{PENALTY} <= J",
    through=["= J - C | penalised", "= J - sum(-(label(n)*log(f(n)) + (1 - label(n))*log(1 - f(n))), n, 1, N) | one-valley.loss, one-valley.model, squared-error.cross-entropy"],
)  # fmt: skip
farthest = weights.step("farthest-weight", by(), "sqrt(2*log(2)/(1/10)) = sqrt(20*log(2)) ~ digits(sqrt(20*log(2)), 3)")

# %% [markdown]
# § bend
# %%
LENGTH = "lam*sum((w(j) + t*v(j))**2, j, 1, D)"
BENDS = f"sum(g(n)**2*{PREDICTION}*(1 - {PREDICTION}), n, 1, N)"
moved = weights.define("moved-penalised", f"Q(t) = M(t) + {LENGTH}", tex=r"J_\lambda({0})", plain="J_λ({0})", on={"t": REAL})
along = weights.step(
    "slope-along", by(moved), "d(Q(t), t) = d(M(t), t) + 2*lam*sum(v(j)*(w(j) + t*v(j)), j, 1, D)", on={"t": REAL},
    through=[f"= d(M(t) + {LENGTH}, t) | moved-penalised", f"= d(M(t), t) + d({LENGTH}, t) | derivative-linear", "= d(M(t), t) + lam*sum(2*(w(j) + t*v(j))*v(j), j, 1, D) | derivative-linear, derivative-power"],
)  # fmt: skip
bend = weights.step(
    "curvature", by(along, curvature), f"d2(Q(t), t) = {BENDS} + 2*lam*sum(v(j)**2, j, 1, D)", on={"t": REAL},
    through=[
        "= d(d(M(t), t) + 2*lam*sum(v(j)*(w(j) + t*v(j)), j, 1, D), t) | slope-along", "= d2(M(t), t) + 2*lam*d(sum(v(j)*(w(j) + t*v(j)), j, 1, D), t) | derivative-linear",
        f"= {BENDS} + 2*lam*sum(v(j)*v(j), j, 1, D) | one-valley.curvature, derivative-linear",
    ],
)  # fmt: skip
