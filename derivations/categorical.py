# %% [markdown]
# § categorical
# %%
"""N samples, C classes, one-hot labels: the cross-entropy of labels and predictions is the negative log-likelihood, for every N and C.

Domain: C >= 2; 0 < ŷ_{i,c} < 1, for each i they sum to 1; 1 <= c_true <= C, one for each i (the article leaves the i out).
Unit: nats; sums, not means.  Source: article `mle`, section 7.
"""

from derivations.cats import by_prediction as ell
from derivations.cats import cats
from derivations.engine import COUNT, POINT, UNIT, Derivation, whole_from
from derivations.engine.rules import by, differentiate, go_to_limit, negate, take_logarithm

categorical = Derivation("categorical", source="mle/7")
theta = categorical.quantity("theta", POINT)
categorical.quantity("i", COUNT)
categorical.quantity("N", COUNT)
categorical.quantity("C", whole_from(2))
categorical.quantity("c", whole_from(1, "C"))
categorical.family("true", whole_from(1, "C"), "c_{{true}}", "c_true", parameters="i")
categorical.family("yhat", UNIT, r"\hat{{y}}_{{{0},{1}}}({2})", "ŷ_{0},{1}({2})", parameters="i, c, theta")

# %% [markdown]
# § sample
# %%
label = categorical.define("label", "y(i, c) = indicator(c, true(i))", tex="y_{{{0},{1}}}", plain="y_{0},{1}")
label_sum = categorical.step("label-sum", by(label), "sum(y(i, c), c, 1, C) = 1")
prediction_sum = categorical.suppose("prediction-sum", "sum(yhat(i, c, theta), c, 1, C) = 1", every={"i": COUNT, "theta": POINT})
sample = categorical.define("sample", "P(i) = yhat(i, true(i), theta)", tex="P(y_{{{0}}})", plain="P(y_{0})", source="7.1")
sample_log = categorical.step("sample-log-likelihood", take_logarithm(sample), "log(P(i)) = log(yhat(i, true(i), theta))", given=[prediction_sum], source="7.1")
one_hot = categorical.step(
    "one-hot", by(label), "-sum(y(i, c)*log(yhat(i, c, theta)), c, 1, C) = -log(yhat(i, true(i), theta))", given=[prediction_sum], source="7.2"
)

# %% [markdown]
# § all-samples
# %%
independence = categorical.define("independence", "L(theta) = prod(P(i), i, 1, N)", source="7.1")
likelihood = categorical.step("likelihood", by(sample), "L(theta) = prod(yhat(i, true(i), theta), i, 1, N)", given=[prediction_sum], source="7.1")
log_likelihood = categorical.step(
    "log-likelihood", take_logarithm(likelihood), "log(L(theta)) = sum(log(yhat(i, true(i), theta)), i, 1, N)", given=[prediction_sum], source="7.2"
)
of_sample = categorical.define(
    "sample-cross-entropy",
    "H(i) = -sum(y(i, c)*log(yhat(i, c, theta)), c, 1, C)",
    tex=r"H(p_{{\text{{true}},{0}}}, p_{{\text{{model}},{0}}})", plain="H(p_true,{0}, p_model,{0})", source="7.2",
)  # fmt: skip
loss = categorical.define("loss", "loss(theta) = sum(H(i), i, 1, N)", tex=r"\mathcal{{L}}({0})", plain="ℒ({0})", source="7.2")
double_sum = categorical.step(
    "double-sum", by(loss, of_sample), "loss(theta) = -sum(sum(y(i, c)*log(yhat(i, c, theta)), c, 1, C), i, 1, N)", given=[prediction_sum], source="7.2"
)
cross_entropy = categorical.step(
    "cross-entropy", by(one_hot, of_sample), "loss(theta) = -sum(log(yhat(i, true(i), theta)), i, 1, N)", given=[prediction_sum], source="7.2"
)
identity = categorical.step("nll-identity", by(cross_entropy, log_likelihood), "loss(theta) = -log(L(theta))", given=[prediction_sum], source="7.2")
same_parameter = categorical.step(
    "same-parameter",
    by(identity),
    "argmin(loss(theta), theta) = argmax(L(theta), theta)",
    through=["= argmin(-log(L(theta)), theta) | nll-identity", "= argmax(log(L(theta)), theta) | minus-swaps", "= argmax(L(theta), theta) | log-keeps-order"],
    given=[prediction_sum],
    source="7.2",
)

# %% [markdown]
# § vanishing
# %%
q = categorical.quantity("q", UNIT, r"\hat{y}_{i,c_{true}}", "ŷ_i,c_true")
categorical.use(cats, "ell")
by_prediction = categorical.step(
    "loss-by-prediction", by(one_hot), "-sum(y(i, c)*log(yhat(i, c, theta)), c, 1, C) = ell(yhat(i, true(i), theta))", given=[prediction_sum], source="7.3"
)
falling = categorical.step("loss-falls", differentiate(ell, q), "d(ell(q), q) = -1/q < 0", source="7.3")
vanishing = categorical.step("loss-vanishes", go_to_limit(ell, q, 1, "-"), 'lim(ell(q), q, 1, "-") = 0', source="7.3")

# %% [markdown]
# § example
# %%
example = categorical.observe("example-prediction", "outputs = [(0.3, 0.7)]", tex=r"\hat{{y}}_{0}", source="7.4")
categorical.write("outputs", r"\hat{{y}}_{0}", "ŷ_{0}", partial=r"\hat{{y}}")
target = categorical.observe("example-label", "target = [(0, 1)]", tex="y_{0}", source="7.4")
categorical.write("target", "y_{0}", "y_{0}", partial="y")
example_log = categorical.step(
    "example-log-likelihood",
    by(example, target),
    "sum(target(c)*log(outputs(c)), c, 1, 2) = 0*log(0.3) + 1*log(0.7) = log(0.7) ~ digits(log(0.7), 3)",
    through=["= target(1)*log(outputs(1)) + target(2)*log(outputs(2)) | write-out", "= 0*log(0.3) + 1*log(0.7) | example-prediction, example-label"],
    times=r"\cdot", source="7.4",
)  # fmt: skip
example_loss = categorical.step("example-loss", negate(example_log), "-sum(target(c)*log(outputs(c)), c, 1, 2) = -log(0.7) ~ digits(-log(0.7), 3)", source="7.4")
