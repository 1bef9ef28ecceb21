# %% [markdown]
# § expected-loss
# %%
"""The expected loss of a prediction is the conditional entropy of the labels plus an average KL divergence; so it is least where the prediction is the truth.

Domain: K >= 1 inputs with shares in (0, 1], M + 1 labels, true and predicted probabilities in (0, 1]; for the bound they add up to 1.  Unit: nats.
"""

from derivations.cross_entropy import entropy
from derivations.engine import COUNT, REAL, Derivation
from derivations.engine.kernel.statements import Range
from derivations.engine.kernel.terms import ONE, ZERO
from derivations.engine.rules import by
from derivations.logistic import logistic

risk = Derivation("expected-loss", source="own")
risk.index_sets["x"] = ""
risk.use(entropy, "M", "x", "H", "Ent", "KL")
risk.quantity("j", COUNT)
risk.quantity("K", COUNT)
PROBABILITY = Range(ZERO, ONE, high_in=True)
risk.family("share", PROBABILITY, "s_{0}", "s_{0}", parameters="j")
risk.family("truth", PROBABILITY, "p_{0}({1})", "p_{0}({1})", parameters="j, x", partial="p_{0}")
risk.family("guess", PROBABILITY, "q_{0}({1})", "q_{0}({1})", parameters="j, x", partial="q_{0}")

# %% [markdown]
# § decomposition
# %%
expected = risk.define("definition", "R = sum(share(j)*H(truth(j), guess(j)), j, 1, K)")
conditional = risk.define("conditional-entropy", "R_0 = sum(share(j)*Ent(truth(j)), j, 1, K)", tex="R_0", plain="R_0")
RATIO = "truth(j, x)*log(truth(j, x)/guess(j, x))"
decomposed = risk.step(
    "decomposition", by(expected, conditional), "R = R_0 + sum(share(j)*KL(truth(j), guess(j)), j, 1, K)",
    through=[
        "= sum(share(j)*H(truth(j), guess(j)), j, 1, K)",
        "= sum(share(j)*(-sum(truth(j, x)*log(guess(j, x)), x, 0, M)), j, 1, K) | cross-entropy.definition",
        "= sum(share(j)*sum(-truth(j, x)*log(guess(j, x)), x, 0, M), j, 1, K) | sum-linear",
        f"= sum(share(j)*sum(-truth(j, x)*log(truth(j, x)) + {RATIO}, x, 0, M), j, 1, K) | log-quotient",
        f"= sum(share(j)*(-sum(truth(j, x)*log(truth(j, x)), x, 0, M) + sum({RATIO}, x, 0, M)), j, 1, K) | sum-linear",
        "= sum(share(j)*Ent(truth(j)) + share(j)*KL(truth(j), guess(j)), j, 1, K) | cross-entropy.entropy, cross-entropy.kl-divergence",
        "= sum(share(j)*Ent(truth(j)), j, 1, K) + sum(share(j)*KL(truth(j), guess(j)), j, 1, K) | sum-linear",
    ],
)  # fmt: skip
sums = risk.suppose(
    "distributions",
    "sum(truth(j, x), x, 0, M) = 1",
    "sum(guess(j, x), x, 0, M) = 1",
    every={"j": COUNT},
    point={"M": 1, "expected-loss.truth": "1/2", "expected-loss.guess": "1/2"},
)
bound = risk.step(
    "at-least", by(decomposed), "R - R_0 = sum(share(j)*KL(truth(j), guess(j)), j, 1, K) >= 0", given=[sums],
    point={"M": 1, "expected-loss.truth": "1/2", "expected-loss.guess": "1/2"},
    through=[
        "= sum(share(j)*KL(truth(j), guess(j)), j, 1, K)",
        f"= sum(share(j)*sum({RATIO}, x, 0, M), j, 1, K) | cross-entropy.kl-divergence",
        "= -sum(share(j)*sum(truth(j, x)*log(guess(j, x)/truth(j, x)), x, 0, M), j, 1, K) | log-reciprocal, sum-linear",
        ">= -sum(share(j)*sum(truth(j, x)*(guess(j, x)/truth(j, x) - 1), x, 0, M), j, 1, K) | tangent",
        "= -sum(share(j)*sum(guess(j, x) - truth(j, x), x, 0, M), j, 1, K) | collect",
        "= -sum(share(j)*(sum(guess(j, x), x, 0, M) - sum(truth(j, x), x, 0, M)), j, 1, K) | sum-linear",
        "= -sum(share(j)*(1 - 1), j, 1, K) | hypothesis",
    ],
)  # fmt: skip
reached = risk.step("at-truth", by(conditional), "sum(share(j)*H(truth(j), truth(j)), j, 1, K) = R_0")

# %% [markdown]
# § identifiability
# %%
risk.use(logistic, "sigma")
for letter in "abt":
    risk.quantity(letter, REAL)
two = risk.define("two-weights", "f(a, b) = sigma(a + b)", tex="f({0}, {1})", plain="f({0}, {1})")
twins = risk.step("two-weights-twins", by(two), "f(a + t, b - t) = f(a, b)")
