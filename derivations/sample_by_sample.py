# %% [markdown]
# § sample-by-sample
# %%
"""Each sample has a distribution of labels of its own and a prediction of its own: the likelihood is largest where their KL divergences have the least sum.

Domain: labels ŷ^n in {0, 1} with predictions in (0, 1); C >= 2 classes, one-hot labels, 0 < ŷ_{i,c} < 1; 0 log 0 = 0.  Unit: nats; sums, not means.
"""

from derivations.categorical import categorical, prediction_sum
from derivations.categorical import log_likelihood as class_log_likelihood
from derivations.cross_entropy import TWO, entropy, is_nll, is_sample_loss, kl_loss
from derivations.engine import Derivation
from derivations.engine.rules import by

samples = Derivation("sample-by-sample", source="own", conventions=("0 log 0 = 0",))
samples.index_sets["x"] = ""

# %% [markdown]
# § labels
# %%
samples.use(entropy, "M", "x", "n", "N", "H", "KL", "ptrue", "qmodel", "w", "b", "Loss", Lw="L")
DIVERGENCES = "sum(KL(ptrue(n), qmodel(n)), n, 1, N)"
labels = samples.step(
    "labels", by(kl_loss, is_sample_loss, is_nll), f"{DIVERGENCES} = -log(Lw(w, b))", on=TWO,
    through=["= sum(Loss(n), n, 1, N) | cross-entropy.kl-equals-sample-loss", "= sum(H(ptrue(n), qmodel(n)), n, 1, N) | cross-entropy.equals-sample-loss"],
)  # fmt: skip
labels_places = samples.step(
    "labels-same-parameter", by(labels), f"argmax(Lw(w, b), (w, b)) = argmin({DIVERGENCES}, (w, b))", on=TWO,
    through=["= argmin(-log(Lw(w, b)), (w, b)) | log-keeps-order, minus-swaps"],
)  # fmt: skip

# %% [markdown]
# § classes
# %%
samples.use(categorical, "C", "c", "y", "yhat", "true", "theta", "i", Lc="L")
classes = samples.define(
    "class-divergence", "D(i) = sum(y(i, c)*log(y(i, c)/yhat(i, c, theta)), c, 1, C)", tex="D_{0}", plain="D_{0}"
)
ONE_HOT = "indicator(c, true(i))"
of_class = samples.step(
    "class-divergence-is-loss", by(), "D(i) = -log(yhat(i, true(i), theta))",
    through=[
        f"= sum({ONE_HOT}*log({ONE_HOT}/yhat(i, c, theta)), c, 1, C) | class-divergence, categorical.label",
        "= log(1/yhat(i, true(i), theta)) | one-term",
    ],
)  # fmt: skip
classes_places = samples.step(
    "classes-same-parameter", by(class_log_likelihood), "argmax(Lc(theta), theta) = argmin(sum(D(i), i, 1, N), theta)", given=[prediction_sum],
    through=[
        "= argmin(-log(Lc(theta)), theta) | log-keeps-order, minus-swaps",
        "= argmin(-sum(log(yhat(i, true(i), theta)), i, 1, N), theta) | categorical.log-likelihood",
        "= argmin(sum(-log(yhat(i, true(i), theta)), i, 1, N), theta) | sum-linear",
        "= argmin(sum(D(i), i, 1, N), theta) | class-divergence-is-loss",
    ],
)  # fmt: skip
