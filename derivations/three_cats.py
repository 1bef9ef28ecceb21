# %% [markdown]
# § three-cats
# %%
"""Predictions 0.7, 0.9 and 0.5 for three cats: log-likelihood -1.155, cross-entropy 1.155.

Domain: constants.  Unit: nats; a sum, not a mean.  Source: article `mle`, section 4.
"""

from derivations.cats import cats, labels, sample_likelihood
from derivations.engine import Derivation
from derivations.engine.rules import by, negate, take_logarithm

three = Derivation("three-cats", source="mle/4")
three.use(cats, "theta", "i", "yhat", "y", "P")
three.write("yhat", r"\hat{{y}}_{0}", "ŷ_{0}")

# %% [markdown]
# § data
# %%
first = three.suppose("prediction-1", "yhat(1, theta) = 0.7")
second = three.suppose("prediction-2", "yhat(2, theta) = 0.9")
third = three.suppose("prediction-3", "yhat(3, theta) = 0.5")
given = [first, second, third]

# %% [markdown]
# § log-likelihood
# %%
independence = three.define("independence", "L(theta) = prod(P(i, y(i)), i, 1, 3)")
product = three.step("likelihood", by(sample_likelihood), "L(theta) = 0.7*0.9*0.5 = decimal(0.7*0.9*0.5)", given=given)
log_1 = three.step("log-1", by(first), "log(yhat(1, theta)) = log(0.7) ~ digits(log(0.7), 3)", given=[first])
log_2 = three.step("log-2", by(second), "log(yhat(2, theta)) = log(0.9) ~ digits(log(0.9), 3)", given=[second])
log_3 = three.step("log-3", by(third), "log(yhat(3, theta)) = log(0.5) ~ digits(log(0.5), 3)", given=[third])
log_likelihood = three.step(
    "log-likelihood",
    take_logarithm(product),
    "log(L(theta)) = log(0.7) + log(0.9) + log(0.5) ~ digits(log(0.7), 3) + digits(log(0.9), 3) + digits(log(0.5), 3) = digits(log(0.7*0.9*0.5), 3)",
    through=["= log(0.7*0.9*0.5) | likelihood", "= log(0.7) + log(0.9) + log(0.5) | log-product"],
    given=given,
)

# %% [markdown]
# § cross-entropy
# %%
loss = three.define("loss", "loss(theta) = -sum([y(i)*log(yhat(i, theta)) + (1 - y(i))*log(1 - yhat(i, theta))], i, 1, 3)", tex=r"\mathcal{{L}}", plain="ℒ")
cross_entropy = three.step(
    "cross-entropy",
    by(labels),
    "loss(theta) = -(log(0.7) + log(0.9) + log(0.5)) ~ digits(-log(0.7*0.9*0.5), 3)",
    through=[
        "= -sum([1*log(yhat(i, theta)) + (1 - 1)*log(1 - yhat(i, theta))], i, 1, 3) | loss, cats.labels",
        "= -sum(log(yhat(i, theta)), i, 1, 3)",
        "= -(log(yhat(1, theta)) + log(yhat(2, theta)) + log(yhat(3, theta))) | write-out",
        "= -(log(0.7) + log(0.9) + log(0.5)) | hypothesis",
    ],
    given=given,
)

# %% [markdown]
# § each
# %%
loss_1 = three.step("loss-1", negate(log_1), "-log(yhat(1, theta)) = -log(0.7) ~ digits(-log(0.7), 3)", given=[first])
loss_2 = three.step("loss-2", negate(log_2), "-log(yhat(2, theta)) = -log(0.9) ~ digits(-log(0.9), 3)", given=[second])
loss_3 = three.step("loss-3", negate(log_3), "-log(yhat(3, theta)) = -log(0.5) ~ digits(-log(0.5), 3)", given=[third])
