# %% [markdown]
# § notation
# %%
"""The losses of the two articles are one expression once labels and predictions carry the same names.

Domain: predictions in (0, 1), labels in {0, 1}, any number N of samples.  Unit: nats.  Source: articles `mle`, sections 2 and 7, and `bce`, section 5.
"""

from derivations.cats import cats
from derivations.engine import COUNT, LABEL, POSITIVE, UNIT, Derivation
from derivations.engine.rules import by, negate, take_logarithm
from derivations.logistic import logistic, nll

notation = Derivation("notation", source="mle/2")
notation.use(cats, "i", "theta", "yhat", "P")
notation.use(logistic, "n", "N", "w", "b", "label", "f", L_bce="L")
notation.quantity("u", POSITIVE)
notation.family("y", LABEL, "y_{0}", "y_{0}", parameters="i")

# %% [markdown]
# § map
# %%
labels = notation.suppose("labels", "y(n) = label(n)", every={"n": COUNT})
predictions = notation.suppose("predictions", "yhat(n, theta) = f(w, b, n)", every={"n": COUNT}, point={"logistic.logit": 0, "cats.yhat": "1/2"})
parameters = notation.suppose("parameters", "theta = (w, b)")
logarithms = notation.define("logarithms", "ln(u) = log(u)", tex=r"\ln({0})", plain="ln({0})")

# %% [markdown]
# § mle-loss
# %%
INNER = "y(i)*log(yhat(i, theta)) + (1 - y(i))*log(1 - yhat(i, theta))"
mle_log = notation.step("mle-log-probability", take_logarithm(cats.equations["cats.sample"]), f"log(P(i, y(i))) = {INNER}")
mle_sample = notation.step("mle-sample-loss", negate(mle_log), f"-log(P(i, y(i))) = -({INNER})")
likelihood = notation.define("likelihood", "L(theta) = prod(P(i, y(i)), i, 1, N)")
mle_loss = notation.define("mle-loss", f"loss(theta) = -sum([{INNER}], i, 1, N)", tex=r"\mathcal{{L}}({0})", plain="ℒ({0})")
mle_nll = notation.step(
    "mle-nll",
    by(mle_loss, likelihood),
    "loss(theta) = -log(L(theta))",
    through=[f"= -sum({INNER}, i, 1, N)", "= -sum(log(P(i, y(i))), i, 1, N) | mle-log-probability", "= -log(prod(P(i, y(i)), i, 1, N)) | log-product"],
)

# %% [markdown]
# § same
# %%
MAP = [labels, predictions]
WITH_LOG = "label(n)*log(f(w, b, n)) + (1 - label(n))*log(1 - f(w, b, n))"
WITH_LN = WITH_LOG.replace("log", "ln")
renamed = notation.step(
    "renamed",
    by(mle_loss),
    f"loss(theta) = -sum([{WITH_LN}], n, 1, N)",
    through=[f"= -sum({INNER}, i, 1, N)", f"= -sum({WITH_LOG}, n, 1, N) | hypothesis", f"= -sum({WITH_LN}, n, 1, N) | logarithms"],
    given=MAP, point={"logistic.logit": 0, "cats.yhat": "1/2"},
)  # fmt: skip
same = notation.step(
    "same-loss",
    by(nll),
    "loss(theta) = -ln(L_bce(w, b))",
    through=[f"= -sum({INNER}, i, 1, N) | mle-loss", f"= -sum({WITH_LN}, n, 1, N) | hypothesis, logarithms", f"= sum(-({WITH_LN}), n, 1, N) | sum-linear", "= -ln(L_bce(w, b)) | logistic.nll, logarithms"],
    given=MAP, point={"logistic.logit": 0, "cats.yhat": "1/2"},
)  # fmt: skip

# %% [markdown]
# § two-of-many
# %%
notation.family("Y", LABEL, "y_{{{0},{1}}}", "y_{0},{1}", parameters="i, c")
notation.family("Q", UNIT, r"\hat{{y}}_{{{0},{1}}}({2})", "ŷ_{0},{1}({2})", parameters="i, c, theta")
classes = notation.suppose(
    "two-classes", "Y(i, 1) = y(i)", "Y(i, 2) = 1 - y(i)", "Q(i, 1, theta) = yhat(i, theta)", "Q(i, 2, theta) = 1 - yhat(i, theta)",
    source="7", point={"i": 1, "notation.y": 1, "notation.Y": {(1, 1): 1, (1, 2): 0}},
)  # fmt: skip
binary = notation.step(
    "binary-of-categorical",
    by(),
    f"-sum(Y(i, c)*log(Q(i, c, theta)), c, 1, 2) = -({INNER})",
    through=["= -(Y(i, 1)*log(Q(i, 1, theta)) + Y(i, 2)*log(Q(i, 2, theta))) | write-out", f"= -({INNER}) | hypothesis"],
    given=[classes], source="7", point={"i": 1, "notation.y": 1, "notation.Y": {(1, 1): 1, (1, 2): 0}},
)  # fmt: skip
