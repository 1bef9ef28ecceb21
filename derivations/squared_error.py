# %% [markdown]
# § squared-error
# %%
"""Against the squared error: the gradient does not fade, the loss is convex in the logit, and the noise model is that of labels, not of measurements.

Domain: real logits z, labels y in {0, 1}; for the Gaussian density a variance v that is fixed.  Unit: nats for the cross-entropy, none for the squared error.  Source: article `bce`, section 7, and `mle`, section 7.5.
"""

from derivations.engine import CLOSED_UNIT, LABEL, POSITIVE, REAL, UNIT, Derivation
from derivations.engine.rules import by, differentiate, go_to_limit, maximise, negate, substitute, take_logarithm
from derivations.logistic import logistic, sigmoid

squared = Derivation("squared-error", source="bce/7")
z = squared.quantity("z", REAL)
y = squared.quantity("y", LABEL)
squared.use(logistic, "sigma")

# %% [markdown]
# § losses
# %%
sigmoid_slope = squared.step("sigmoid-slope", differentiate(sigmoid, z), "d(sigma(z), z) = sigma(z)*(1 - sigma(z))")
cross_entropy = squared.define(
    "cross-entropy", "ell(y, z) = -(y*log(sigma(z)) + (1 - y)*log(1 - sigma(z)))", tex=r"\ell_{0}({1})", plain="ℓ_{0}({1})"
)
squared_error = squared.define("squared-error", "s(y, z) = (y - sigma(z))**2", tex="s_{0}({1})", plain="s_{0}({1})")

# %% [markdown]
# § gradient
# %%
cross_slope = squared.step(
    "cross-entropy-gradient",
    differentiate(cross_entropy, z),
    "d(ell(y, z), z) = sigma(z) - y",
    through=[
        "= d(-(y*log(sigma(z)) + (1 - y)*log(1 - sigma(z))), z) | cross-entropy",
        "= -(y/sigma(z)*d(sigma(z), z) - (1 - y)/(1 - sigma(z))*d(sigma(z), z)) | derivative-log, derivative-linear",
        "= -(y/sigma(z)*sigma(z)*(1 - sigma(z)) - (1 - y)/(1 - sigma(z))*sigma(z)*(1 - sigma(z))) | sigmoid-slope",
        "= -(y*(1 - sigma(z)) - (1 - y)*sigma(z))",
    ],
)
squared_slope = squared.step(
    "squared-error-gradient",
    differentiate(squared_error, z),
    "d(s(y, z), z) = 2*(sigma(z) - y)*sigma(z)*(1 - sigma(z))",
    through=[
        "= d((y - sigma(z))**2, z) | squared-error",
        "= -2*(y - sigma(z))*d(sigma(z), z) | derivative-power, derivative-linear",
        "= 2*(sigma(z) - y)*sigma(z)*(1 - sigma(z)) | sigmoid-slope",
    ],
)

# %%
cross_positive = squared.step("cross-entropy-positive", substitute(cross_entropy, {"y": 1}), "ell(1, z) = -log(sigma(z))", through=["= -(1*log(sigma(z)) + (1 - 1)*log(1 - sigma(z))) | cross-entropy"])
squared_positive = squared.step("squared-error-positive", substitute(squared_error, {"y": 1}), "s(1, z) = (1 - sigma(z))**2")
cross_push = squared.step("cross-entropy-push", substitute(cross_slope, {"y": 1}), "d(ell(1, z), z) = sigma(z) - 1")
squared_push = squared.step("squared-error-push", substitute(squared_slope, {"y": 1}), "d(s(1, z), z) = -2*sigma(z)*(1 - sigma(z))**2", through=["= 2*(sigma(z) - 1)*sigma(z)*(1 - sigma(z)) | squared-error-gradient"])
cross_stays = squared.step(
    "cross-entropy-gradient-stays",
    go_to_limit(cross_push, z, "-oo"),
    "lim(d(ell(1, z), z), z, -oo) = lim(sigma(z) - 1, z, -oo) = -1",
    through=["= lim(sigma(z) - 1, z, -oo)", "= lim(exp(z)/(1 + exp(z)) - 1, z, -oo)", "= 0/(1 + 0) - 1"],
)
squared_fades = squared.step(
    "squared-error-gradient-fades",
    go_to_limit(squared_push, z, "-oo"),
    "lim(d(s(1, z), z), z, -oo) = lim(-2*sigma(z)*(1 - sigma(z))**2, z, -oo) = 0",
    through=[
        "= lim(-2*sigma(z)*(1 - sigma(z))**2, z, -oo)",
        "= lim(-2*(exp(z)/(1 + exp(z)))*(1 - exp(z)/(1 + exp(z)))**2, z, -oo)",
        "= -2*(0/(1 + 0))*(1 - 0/(1 + 0))**2 | limit",
    ],
)

# %% [markdown]
# § convexity
# %%
cross_bend = squared.step("cross-entropy-convex", differentiate(cross_slope, z, sigmoid_slope), "d2(ell(y, z), z) = sigma(z)*(1 - sigma(z)) > 0")
squared_bend = squared.step(
    "squared-error-bend",
    differentiate(squared_push, z),
    "d2(s(1, z), z) = 2*sigma(z)*(1 - sigma(z))**2*(3*sigma(z) - 1)",
    through=[
        "= d(-2*sigma(z)*(1 - sigma(z))**2, z) | squared-error-push",
        "= -2*(d(sigma(z), z)*(1 - sigma(z))**2 - 2*sigma(z)*(1 - sigma(z))*d(sigma(z), z)) | derivative-product, derivative-power, derivative-linear",
        "= -2*sigma(z)*(1 - sigma(z))*((1 - sigma(z))**2 - 2*sigma(z)*(1 - sigma(z))) | sigmoid-slope",
        "= -2*sigma(z)*(1 - sigma(z))**2*((1 - sigma(z)) - 2*sigma(z))",
    ],
)
quarter = squared.step("sigmoid-quarter", by(), "sigma(-log(3)) = 1/(1 + exp(log(3))) = 1/4")
half = squared.step("sigmoid-half", by(), "sigma(0) = 1/(1 + exp(0)) = 1/2")
far_off = squared.step(
    "squared-error-bends-down",
    by(squared_bend, quarter),
    "d2(s(1, z), z, -log(3)) = -9/128 < 0",
    through=["= 2*(1/4)*(1 - 1/4)**2*(3*(1/4) - 1) | squared-error-bend, sigmoid-quarter"],
)
half_way = squared.step(
    "squared-error-bends-up",
    substitute(squared_bend, {"z": 0}, half),
    "d2(s(1, z), z, 0) = 1/8 > 0",
    through=["= 2*(1/2)*(1 - 1/2)**2*(3*(1/2) - 1) | squared-error-bend, sigmoid-half"],
)

# %% [markdown]
# § noise
# %%
t, mu = squared.quantity("t", REAL), squared.quantity("mu", REAL)
squared.quantity("v", POSITIVE)
density = squared.define("gaussian", "phi(mu, t) = exp(-(t - mu)**2/(2*v))/sqrt(2*pi*v)", tex=r"\varphi_{{{0}}}({1})", plain="φ_{0}({1})")
log_density = squared.step("gaussian-log", take_logarithm(density), "log(phi(mu, t)) = -(t - mu)**2/(2*v) - log(2*pi*v)/2")
gaussian_nll = squared.step("gaussian-nll", negate(log_density), "-log(phi(mu, t)) = (t - mu)**2/(2*v) + log(2*pi*v)/2")
as_measured = squared.step("gaussian-squared-error", by(gaussian_nll, squared_error), "-log(phi(sigma(z), y)) = s(y, z)/(2*v) + log(2*pi*v)/2")
gaussian_least = squared.step("gaussian-least", maximise(gaussian_nll), "argmin(-log(phi(mu, t)), mu) = argmin((t - mu)**2, mu) = t")

# %% [markdown]
# § expectation
# %%
p, q = squared.quantity("p", UNIT), squared.quantity("q", CLOSED_UNIT)
bernoulli = squared.define("bernoulli", "B(1) = p", "B(0) = 1 - p", tex="P(Y={0})", plain="P(Y={0})")
expected = squared.define("expected-squared-error", "E(q) = sum(B(y)*(y - q)**2, y, 0, 1)", tex=r"\mathrm{{E}}[(Y - {0})^2]", plain="E[(Y - {0})²]")
decomposed = squared.step(
    "expected-squared-error-decomposed",
    by(expected, bernoulli),
    "E(q) = p*(1 - p) + (q - p)**2",
    through=["= sum(B(y)*(y - q)**2, y, 0, 1) | expected-squared-error", "= (1 - p)*(0 - q)**2 + p*(1 - q)**2 | write-out, bernoulli"],
)
excess = squared.step(
    "expected-squared-error-gap", by(decomposed), "E(q) - E(p) = (q - p)**2",
    through=["= p*(1 - p) + (q - p)**2 - (p*(1 - p) + (p - p)**2) | expected-squared-error-decomposed"],
)  # fmt: skip
proper = squared.step("expected-squared-error-least", maximise(excess, gap=True), "argmin(E(q), q, 0, 1) = p")
