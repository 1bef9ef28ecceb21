# %% [markdown]
# § cats
# %%
"""Ten samples of label 1: the likelihood is a product, its negative logarithm is the cross-entropy, and no finite weights reach its bound.

Domain: 0 < ŷ_i < 1.  Unit: nats; sums, not means.  Source: article `mle`, section 2; any number N of samples besides.
"""

from derivations.engine import COUNT, LABEL, POINT, REAL, UNIT, Derivation
from derivations.engine.rules import by, differentiate, go_to_limit, maximise, negate, take_logarithm
from derivations.logistic import logistic
from derivations.squared_error import sigmoid_slope

cats = Derivation("cats", source="mle/2")
theta = cats.quantity("theta", POINT)
cats.quantity("i", COUNT)
cats.quantity("x", LABEL)
cats.quantity("N", COUNT)
cats.quantity("dots", REAL, r"\dots", "…")
cats.family("yhat", UNIT, r"\hat{{y}}_{0}({1})", "ŷ_{0}({1})", parameters="i, theta")

# %% [markdown]
# § sample
# %%
outputs = cats.observe("example-outputs", "outputs = (0.7, 0.8, 0.6, dots)", tex=r"\hat{{y}}_{0}", source="2")
cats.write("outputs", r"\hat{{y}}_{0}", "ŷ_{0}", partial=r"(\hat{{y}}_1, \hat{{y}}_2, \hat{{y}}_3, \dots)")
labels = cats.define("labels", "y(i) = 1", on={"i": COUNT}, tex="y_{0}", plain="y_{0}", source="2")
sample = cats.define("sample", "P(i, x) = yhat(i, theta)**x*(1 - yhat(i, theta))**(1 - x)", tex="P_{0}({1})", plain="P_{0}({1})", source="2.1")
sample_likelihood = cats.step(
    "sample-likelihood", by(labels, sample), "P(i, y(i)) = P(i, 1) = yhat(i, theta)", source="2.1",
    through=["= P(i, 1)", "= yhat(i, theta)**1*(1 - yhat(i, theta))**(1 - 1) | sample"],
)  # fmt: skip

# %% [markdown]
# § ten
# %%
independence = cats.define("independence", "L(theta) = prod(P(i, y(i)), i, 1, 10)", source="2.1")
likelihood = cats.step("likelihood", by(sample_likelihood), "L(theta) = prod(yhat(i, theta), i, 1, 10)", source="2.1")
log_likelihood = cats.step("log-likelihood", take_logarithm(likelihood), "log(L(theta)) = sum(log(yhat(i, theta)), i, 1, 10)", source="2.2")
loss = cats.define(
    "loss",
    "loss(theta) = -sum([y(i)*log(yhat(i, theta)) + (1 - y(i))*log(1 - yhat(i, theta))], i, 1, 10)",
    tex=r"\mathcal{{L}}({0})", plain="ℒ({0})", source="2.2",
)  # fmt: skip
cross_entropy = cats.step(
    "cross-entropy",
    by(labels, log_likelihood),
    "loss(theta) = -sum(log(yhat(i, theta)), i, 1, 10) = -log(L(theta))",
    through=["= -sum([1*log(yhat(i, theta)) + (1 - 1)*log(1 - yhat(i, theta))], i, 1, 10) | loss, labels"],
    source="2.2",
)
likelihood_from_loss = cats.step("likelihood-from-loss", by(cross_entropy), "exp(-loss(theta)) = exp(log(L(theta))) = L(theta)", source="2.2")

# %% [markdown]
# § any-number
# %%
any_independence = cats.define("independence-any-number", "L_N(theta) = prod(P(i, y(i)), i, 1, N)", tex="L_N({0})", plain="L_N({0})", source="2.1")
any_likelihood = cats.step("likelihood-any-number", by(sample_likelihood), "L_N(theta) = prod(yhat(i, theta), i, 1, N)", source="2.1")
any_log_likelihood = cats.step("log-likelihood-any-number", take_logarithm(any_likelihood), "log(L_N(theta)) = sum(log(yhat(i, theta)), i, 1, N)", source="2.2")
any_loss = cats.define(
    "loss-any-number",
    "loss_N(theta) = -sum([y(i)*log(yhat(i, theta)) + (1 - y(i))*log(1 - yhat(i, theta))], i, 1, N)",
    tex=r"\mathcal{{L}}_N({0})", plain="ℒ_N({0})", source="2.2",
)  # fmt: skip
any_cross_entropy = cats.step(
    "cross-entropy-any-number",
    by(labels, any_log_likelihood),
    "loss_N(theta) = -sum(log(yhat(i, theta)), i, 1, N) = -log(L_N(theta))",
    through=["= -sum([1*log(yhat(i, theta)) + (1 - 1)*log(1 - yhat(i, theta))], i, 1, N) | loss-any-number, labels"],
    source="2.2",
)

# %% [markdown]
# § supremum
# %%
q = cats.quantity("q", UNIT, r"\hat{y}", "ŷ")
by_prediction = cats.define("loss-by-prediction", "ell(q) = -log(q)", tex=r"\ell({0})", plain="ℓ({0})", source="2.2")
sample_log = cats.step("sample-log", take_logarithm(sample_likelihood), "log(P(i, y(i))) = log(yhat(i, theta))", source="2.2")
sample_loss = cats.step("sample-loss", negate(sample_log), "-log(P(i, y(i))) = -log(yhat(i, theta)) = ell(yhat(i, theta))", source="2.2")
loss_vanishes = cats.step("loss-vanishes", go_to_limit(by_prediction, q, 1, "-"), 'lim(ell(q), q, 1, "-") = 0', source="2.2")
below_one = cats.step("likelihood-below-one", by(any_likelihood), "L_N(theta) = prod(yhat(i, theta), i, 1, N) < 1", source="2.1")

# %%
z = cats.quantity("z", REAL)
cats.use(logistic, "sigma")
shared_logit = cats.suppose("shared-logit", "yhat(i, theta) = sigma(z)", every={"i": COUNT}, point={"z": 0, "cats.yhat": "1/2"}, source="2.1")
one_logit = cats.define("likelihood-by-logit", "L_shared(z) = sigma(z)**N", tex=r"\widetilde{{L}}({0})", plain="L~({0})", source="2.1")
shared_score = cats.step(
    "shared-score", by(any_likelihood, one_logit), "L_N(theta) = sigma(z)**N = L_shared(z)", given=[shared_logit], point={"z": "0", "cats.yhat": "1/2"}, source="2.1"
)
supremum = cats.step("supremum", go_to_limit(one_logit, z, "oo"), "lim(L_shared(z), z, oo) = 1", through=["= (1/(1 + 0))**N"], source="2.1")
never_reached = cats.step("supremum-not-attained", by(one_logit), "L_shared(z) = sigma(z)**N < 1", source="2.1")
shared_slope = cats.step(
    "shared-slope",
    differentiate(one_logit, z, sigmoid_slope),
    "d(L_shared(z), z) = N*sigma(z)**N*(1 - sigma(z)) > 0",
    through=["= d(sigma(z)**N, z)", "= N*sigma(z)**(N - 1)*d(sigma(z), z) | derivative-power", "= N*sigma(z)**(N - 1)*sigma(z)*(1 - sigma(z)) | squared-error.sigmoid-slope"],
    source="2.1",
)
no_maximiser = cats.step("no-maximiser", maximise(shared_slope), "argmax(L_shared(z), z) = {}", source="2.1")
