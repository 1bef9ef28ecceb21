# %% [markdown]
# § spam
# %%
"""One spam mail, predicted 0.9, 0.5 and 0.1: both losses and both gradients. Sure and wrong, the squared error pushes less than when it is unsure.

Domain: label 1, logits ln 9, 0 and -ln 9.  Unit: nats for the cross-entropy, none for the squared error.  Source: article `bce`, sections 2, 5.2 and 7, worked out here.
"""

from derivations.engine import Derivation
from derivations.engine.rules import by
from derivations.logistic import logistic, sample_loss, sigmoid
from derivations.squared_error import cross_positive, cross_push, half, squared, squared_positive, squared_push

spam = Derivation("spam", source="bce/7")
spam.use(logistic, "n", "w", "b", "label", "logit", "f", "Loss")
spam.use(squared, "y", "z", "sigma", "ell", "s")

# %% [markdown]
# § prediction
# %%
loss = spam.step(
    "loss",
    by(sample_loss),
    "Loss(n) = ell(label(n), logit(w, b, n))",
    through=[
        "= -(label(n)*log(f(w, b, n)) + (1 - label(n))*log(1 - f(w, b, n))) | logistic.sample-loss",
        "= -(label(n)*log(sigma(logit(w, b, n))) + (1 - label(n))*log(1 - sigma(logit(w, b, n)))) | logistic.model",
    ],
    source="5.2",
)
sure = spam.step(
    "prediction-sure",
    by(sigmoid),
    "sigma(log(9)) = 1/(1 + exp(-log(9))) = decimal(9/10)",
    through=["= 1/(1 + exp(-log(9))) | logistic.sigmoid", "= 1/(1 + 1/9) | log-exp"],
    source="2",
)
unsure = spam.step("prediction-unsure", by(half), "sigma(0) = 1/2 = decimal(1/2)", source="2")
wrong = spam.step(
    "prediction-wrong",
    by(sigmoid),
    "sigma(-log(9)) = 1/(1 + exp(log(9))) = decimal(1/10)",
    through=["= 1/(1 + exp(log(9))) | logistic.sigmoid", "= 1/(1 + 9) | log-exp"],
    source="2",
)
# %% [markdown]
# § losses
# %%
spam.step("loss-sure", by(cross_positive, sure), "ell(1, log(9)) = -log(decimal(9/10)) ~ digits(-log(9/10), 3)", source="5.2")
spam.step("squared-sure", by(squared_positive, sure), "s(1, log(9)) = (1 - decimal(9/10))**2 = decimal((1 - 9/10)**2)")
spam.step("loss-unsure", by(cross_positive, unsure), "ell(1, 0) = -log(decimal(1/2)) ~ digits(-log(1/2), 3)", source="5.2")
spam.step("squared-unsure", by(squared_positive, unsure), "s(1, 0) = (1 - decimal(1/2))**2 = decimal((1 - 1/2)**2)")
spam.step("loss-wrong", by(cross_positive, wrong), "ell(1, -log(9)) = -log(decimal(1/10)) ~ digits(-log(1/10), 3)", source="5.2")
spam.step("squared-wrong", by(squared_positive, wrong), "s(1, -log(9)) = (1 - decimal(1/10))**2 = decimal((1 - 1/10)**2)")

# %% [markdown]
# § gradients
# %%
spam.step("gradient-sure", by(cross_push, sure), "d(ell(1, z), z, log(9)) = decimal(9/10) - 1 = decimal(9/10 - 1)")
spam.step("squared-gradient-sure", by(squared_push, sure), "d(s(1, z), z, log(9)) = -2*decimal(9/10)*(1 - decimal(9/10))**2 = decimal(-2*(9/10)*(1 - 9/10)**2)")
spam.step("gradient-unsure", by(cross_push, unsure), "d(ell(1, z), z, 0) = decimal(1/2) - 1 = decimal(1/2 - 1)")
spam.step("squared-gradient-unsure", by(squared_push, unsure), "d(s(1, z), z, 0) = -2*decimal(1/2)*(1 - decimal(1/2))**2 = decimal(-2*(1/2)*(1 - 1/2)**2)")
spam.step("gradient-wrong", by(cross_push, wrong), "d(ell(1, z), z, -log(9)) = decimal(1/10) - 1 = decimal(1/10 - 1)")
spam.step("squared-gradient-wrong", by(squared_push, wrong), "d(s(1, z), z, -log(9)) = -2*decimal(1/10)*(1 - decimal(1/10))**2 = decimal(-2*(1/10)*(1 - 1/10)**2)")
