# %% [markdown]
# § logistic
# %%
"""The negative log-likelihood of 0/1 labels is a sum of sample losses -[ŷ ln f + (1-ŷ) ln(1-f)]; on separable data nothing makes it smallest.

Domain: ŷ^n in {0, 1}, f = σ(w·x + b) in (0, 1), any number N of samples.  Unit: nats; sums, not means.  Source: article `bce`, sections 2 to 5.
"""

from typing import Any

from derivations.engine import COUNT, LABEL, POINT, POSITIVE, REAL, UNIT, Derivation, whole_from
from derivations.engine.rules import by, cases, maximise, negate, take_logarithm

logistic = Derivation("logistic", source="bce/2")
for letter, over in {"n": COUNT, "N": COUNT, "w": POINT, "b": POINT, "z": REAL, "u": POSITIVE, "A": POSITIVE, "B": POSITIVE, "C": POSITIVE}.items():
    logistic.quantity(letter, over)
logistic.family("label", LABEL, r"\hat{{y}}^{0}", "ŷ^{0}", parameters="n")
logistic.family("logit", REAL, r"{0} \cdot x^{2} + {1}", "{0}·x^{2} + {1}", parameters="w, b, n")

# %% [markdown]
# § model
# %%
sigmoid = logistic.define("sigmoid", "sigma(z) = 1/(1 + exp(-z))", tex=r"\sigma({0})", plain="σ({0})", source="2")
sigmoid_range = logistic.step("sigmoid-range", by(sigmoid), "0 < sigma(z) < 1", through=["< 1/(1 + exp(-z))", "= sigma(z) | sigmoid", "= 1 - exp(-z)/(1 + exp(-z)) | sigmoid"], source="2")
model = logistic.define("model", "f(w, b, n) = sigma(logit(w, b, n))", tex="f_{{{0},{1}}}(x^{2})", plain="f_{{{0},{1}}}(x^{2})", source="2")
F, F1, F2, F3 = (f"f(w, b, {sample})" for sample in ("n", 1, 2, 3))

# %% [markdown]
# § label-probability
# %%
probability = logistic.define(
    "label-probability", f"P(n) = {F}**label(n)*(1 - {F})**(1 - label(n))", tex=r"P(\hat{{y}}^{0})", plain="P(ŷ^{0})", source="3"
)
WHOLE = f"= {F}**label(n)*(1 - {F})**(1 - label(n)) | label-probability"
PUT_IN = [[WHOLE, f"= {F}**{label}*(1 - {F})**(1 - {label}) | hypothesis"] for label in (0, 1)]
of_one = logistic.step("probability-positive", by(), f"P(n) = {F}", through=PUT_IN[1], where=["label(n) = 1"], source="3")
of_zero = logistic.step("probability-negative", by(), f"P(n) = 1 - {F}", through=PUT_IN[0], where=["label(n) = 0"], source="3")

# %% [markdown]
# § likelihood
# %%
everyone = logistic.define("bernoulli-likelihood", "L(w, b) = prod(P(n), n, 1, N)", tex="L({0}, {1})", plain="L({0}, {1})", source="3")
labels = logistic.suppose("example-labels", "label(1) = 1", "label(2) = 1", "label(3) = 0", source="2")
EXAMPLE: Any = {"given": [labels], "on": {"N": whole_from(4)}}
others = logistic.define("other-factors", "R(w, b) = prod(P(n), n, 4, N)", tex=r"\cdots", plain="⋯", on={"N": whole_from(4)}, source="3")
likelihood = logistic.step(
    "likelihood",
    by(everyone, of_one, of_zero),
    f"L(w, b) = {F1}*{F2}*(1 - {F3})*R(w, b)",
    through=["= prod(P(n), n, 1, N)", "= P(1)*P(2)*P(3)*prod(P(n), n, 4, N) | split-first", f"= {F1}*{F2}*(1 - {F3})*prod(P(n), n, 4, N) | probability-positive, probability-negative"],
    source="3", **EXAMPLE,
)  # fmt: skip
logistic.quantity("w_best", POINT, "w^*", "w*")
logistic.quantity("b_best", POINT, "b^*", "b*")
argmax = logistic.suppose("argmax", "(w_best, b_best) = argmax(L(w, b), (w, b))", source="3")

# %% [markdown]
# § logarithm
# %%
logarithm = logistic.step("logarithm", by(), "exp(log(u)) = u", source="4")
increasing = logistic.step("logarithm-increases", by(), "d(log(u), u) = 1/u > 0", source="4")
same_places = logistic.step("same-places", by(), "argmax(L(w, b), (w, b)) = argmin([-log(L(w, b))], (w, b))", source="4")
argmin_nll = logistic.step(
    "argmin-nll", by(), "(w_best, b_best) = argmax(L(w, b), (w, b)) = argmin([-log(L(w, b))], (w, b))", given=[argmax], source="4"
)
log_of_product = logistic.step("logarithm-of-product", by(), "log(A*B*C) = log(A) + log(B) + log(C)", source="4", times=r"\cdot")
minus_log_of_product = logistic.step("minus-logarithm-of-product", by(), "-log(A*B) = -log(A) - log(B)", source="4", times=r"\cdot")

# %% [markdown]
# § expansion
# %%
EXPANDED = f"log({F1}) + log({F2}) + log(1 - {F3}) + log(R(w, b))"
other_terms = logistic.step("other-terms", by(others), "log(R(w, b)) = sum(log(P(n)), n, 4, N)", on={"N": whole_from(4)}, source="5.1")
log_likelihood = logistic.step("log-likelihood", take_logarithm(likelihood), f"log(L(w, b)) = {EXPANDED}", source="5.1", **EXAMPLE)
nll_of_product = logistic.step(
    "nll-of-product", negate(likelihood), f"-log(L(w, b)) = -log([{F1}*{F2}*(1 - {F3})*R(w, b)])", source="5.1", **EXAMPLE
)
nll_bracketed = logistic.step(
    "nll-bracketed",
    by(nll_of_product),
    f"-log(L(w, b)) = -[{EXPANDED}]",
    through=[f"= -log({F1}*{F2}*(1 - {F3})*R(w, b))", f"= -({EXPANDED}) | log-product"],
    source="5.1", **EXAMPLE,
)  # fmt: skip
nll_expanded = logistic.step(
    "nll-expanded", by(), f"-log(L(w, b)) = -log({F1}) - log({F2}) - log(1 - {F3}) - log(R(w, b))", through=[f"= -({EXPANDED}) | nll-bracketed"], source="5.1", **EXAMPLE
)  # fmt: skip

# %% [markdown]
# § sample-loss
# %%
INNER = f"label(n)*log({F}) + (1 - label(n))*log(1 - {F})"
log_probability = logistic.step("log-probability", take_logarithm(probability), f"log(P(n)) = {INNER}", source="5.2")
loss = logistic.define("loss", "Loss(n) = -log(P(n))", tex=r"\text{{Loss}}_{0}", plain="Loss_{0}", source="5.2")
sample_loss = logistic.step(
    "sample-loss", negate(loss), f"Loss(n) = -[{INNER}]", through=["= -log(P(n))", f"= -({INNER}) | log-probability"], source="5.2"
)
WITH_ONE, WITH_ZERO = (INNER.replace("label(n)", value) for value in "10")
positive_loss = logistic.step(
    "sample-loss-positive", by(), f"Loss(n) = -[{WITH_ONE}] = -log({F})", through=[f"= -({INNER}) | sample-loss", f"= -({WITH_ONE}) | hypothesis"],
    where=["label(n) = 1"], source="5.2", times=r"\cdot",
)  # fmt: skip
negative_loss = logistic.step(
    "sample-loss-negative", by(), f"Loss(n) = -[{WITH_ZERO}] = -log(1 - {F})", through=[f"= -({INNER}) | sample-loss", f"= -({WITH_ZERO}) | hypothesis"],
    where=["label(n) = 0"], source="5.2", times=r"\cdot",
)  # fmt: skip
logistic.quantity("q", UNIT, "f", "f")
right_one = logistic.step("positive-loss-vanishes", by(), 'lim(-log(q), q, 1, "-") = 0', source="5.2")
right_zero = logistic.step("negative-loss-vanishes", by(), 'lim(-log(1 - q), q, 0, "+") = 0', source="5.2")

# %% [markdown]
# § nll
# %%
nll = logistic.step(
    "nll",
    negate(everyone, log_probability),
    f"-log(L(w, b)) = sum(-[{INNER}], n, 1, N)",
    through=["= -log(prod(P(n), n, 1, N))", "= -sum(log(P(n)), n, 1, N)", "= sum(-log(P(n)), n, 1, N) | sum-linear", f"= sum(-({INNER}), n, 1, N) | log-probability"],
    source="5.3",
)  # fmt: skip
terms = logistic.step(
    "nll-of-example", by(positive_loss, negative_loss), f"sum(Loss(n), n, 1, 3) = -log({F1}) - log({F2}) - log(1 - {F3})", given=[labels], source="5.3"
)  # fmt: skip

# %% [markdown]
# § conventions
# %%
MINIMISERS = "argmin([-log(L(w, b))], (w, b))"
mean = logistic.step("mean-same-minimiser", by(), f"{MINIMISERS} = argmin([-(1/N)*log(L(w, b))], (w, b))", source="5.3")
bits = logistic.step("bits-same-minimiser", by(), f"{MINIMISERS} = argmin([-log(L(w, b))/log(2)], (w, b))", source="5.3")

# %% [markdown]
# § separation
# %%
t, y = logistic.quantity("t", POSITIVE), logistic.quantity("y", LABEL)
logistic.family("m", POSITIVE, "m_{0}", "m_{0}", parameters="n")
logistic.quantity("tw", POINT, "t w", "tw")
logistic.quantity("tb", POINT, "t b", "tb")
mirrored = logistic.step(
    "sigmoid-symmetry", by(sigmoid), "1 - sigma(-z) = sigma(z)",
    through=["= 1 - 1/(1 + exp(z)) | sigmoid", "= exp(z)/(1 + exp(z))", "= 1/(1 + exp(-z))", "= sigma(z) | sigmoid"], source="2",
)  # fmt: skip
signed = logistic.step("signed-logit", cases(y, None, mirrored), "sigma((2*y - 1)*z)**y*(1 - sigma((2*y - 1)*z))**(1 - y) = sigma(z)", source="3")
separable = logistic.suppose("separable", "logit(tw, tb, n) = (2*label(n) - 1)*(t*m(n))", every={"n": COUNT}, source="3")
RAY, SIGNED = "f(tw, tb, n)", "sigma((2*label(n) - 1)*(t*m(n)))"
ray = logistic.step(
    "separable-likelihood", by(), "L(tw, tb) = prod(sigma(t*m(n)), n, 1, N)",
    through=[
        f"= prod({RAY}**label(n)*(1 - {RAY})**(1 - label(n)), n, 1, N) | bernoulli-likelihood, label-probability",
        f"= prod({SIGNED}**label(n)*(1 - {SIGNED})**(1 - label(n)), n, 1, N) | model, hypothesis",
        "= prod(sigma(t*m(n)), n, 1, N) | signed-logit",
    ],
    given=[separable], source="3",
)  # fmt: skip
rising = logistic.step("separable-slope", by(sigmoid), "d(sum(log(sigma(t*m(n))), n, 1, N), t) = sum(m(n)*(1 - sigma(t*m(n))), n, 1, N) > 0", source="3")
nowhere = logistic.step("no-maximiser", maximise(rising), 'argmax(prod(sigma(t*m(n)), n, 1, N), t, 0, oo, "()") = {}', source="3")
below = logistic.step("separable-bound", by(), "prod(sigma(t*m(n)), n, 1, N) < 1", source="3")
approached = logistic.step(
    "separable-supremum", by(sigmoid), "lim(prod(sigma(t*m(n)), n, 1, N), t, oo) = 1", through=["= lim(prod(1/(1 + exp(-t*m(n))), n, 1, N), t, oo)", "= prod(1/(1 + 0), n, 1, N) | limit"], source="3"
)  # fmt: skip
