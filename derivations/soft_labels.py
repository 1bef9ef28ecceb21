# %% [markdown]
# § soft-labels
# %%
"""A smoothed label has a cross-entropy whose least value is its own entropy, above zero, and which is reached at a finite gap between the logits.

Domain: classes 0, 1, …, M, so C = M + 1 of them, M >= 1; smoothing 0 < ε <= 1, for the sum and the mixture ε = 0 too; predictions in (0, 1].  Unit: nats.
"""

from typing import Any

from derivations.cross_entropy import entropy
from derivations.engine import CLOSED_UNIT, Derivation, whole_from
from derivations.engine.kernel.statements import Range
from derivations.engine.kernel.terms import ONE, ZERO, num
from derivations.engine.rules import by, differentiate

soft = Derivation("soft-labels", source="own", conventions=("0 log 0 = 0",))
soft.index_sets["x"] = ""
soft.use(entropy, "x", "H", "Ent", "KL")
PROBABILITY = Range(ZERO, ONE, high_in=True)
soft.quantity("M", whole_from(1))
for letter in "ac":
    soft.quantity(letter, whole_from(1, "M"))
e = soft.quantity("e", PROBABILITY, r"\varepsilon", "ε")
soft.family("q", PROBABILITY, "q({0})", "q({0})", parameters="x", partial="q")

# %% [markdown]
# § label
# %%
count = soft.define("classes", "C = M + 1")
label = soft.define(
    "label", "p(e, x) = (1 - e)*indicator(x, 0) + e/C", tex="p_{{{0}}}({1})", plain="p_{0}({1})", partial="p_{{{0}}}"
)
total = soft.step("label-sum", by(label, count), "sum(p(e, x), x, 0, M) = 1", on={"e": CLOSED_UNIT})
true = soft.step(
    "label-of-true-class", by(), "p(e, 0) = 1 - e + e/C", on={"e": CLOSED_UNIT}, through=["= (1 - e)*1 + e/C | label"]
)
other = soft.step(
    "label-of-other-class", by(), "p(e, a) = e/C", on={"e": CLOSED_UNIT}, through=["= (1 - e)*0 + e/C | label"]
)
mixture = soft.step(
    "mixture", by(), "H(p(e), q) = -(1 - e)*log(q(0)) - e/C*sum(log(q(x)), x, 0, M)", on={"e": CLOSED_UNIT},
    through=[
        "= -sum(p(e, x)*log(q(x)), x, 0, M) | cross-entropy.definition",
        "= -sum((1 - e)*indicator(x, 0)*log(q(x)) + e/C*log(q(x)), x, 0, M) | label",
        "= -(1 - e)*sum(indicator(x, 0)*log(q(x)), x, 0, M) - e/C*sum(log(q(x)), x, 0, M) | sum-linear",
        "= -(1 - e)*log(q(0)) - e/C*sum(log(q(x)), x, 0, M) | one-term",
    ],
)  # fmt: skip

# %% [markdown]
# § least
# %%
sums = soft.suppose("distribution", "sum(q(x), x, 0, M) = 1", point={"M": 1, "soft-labels.q": "1/2"})
SAID: Any = {"given": [sums], "point": {"M": 1, "soft-labels.q": "1/2"}}
RATIO = "p(e, x)*log(p(e, x)/q(x))"
split = soft.step(
    "decomposition", by(), "H(p(e), q) - Ent(p(e)) = KL(p(e), q)",
    through=[
        "= -sum(p(e, x)*log(q(x)), x, 0, M) + sum(p(e, x)*log(p(e, x)), x, 0, M) | cross-entropy.definition, cross-entropy.entropy",
        "= sum(-p(e, x)*log(q(x)) + p(e, x)*log(p(e, x)), x, 0, M) | sum-linear",
        f"= sum({RATIO}, x, 0, M) | log-quotient",
        "= KL(p(e), q) | cross-entropy.kl-divergence",
    ],
)  # fmt: skip
gibbs = soft.step(
    "at-least", by(split), "H(p(e), q) - Ent(p(e)) = KL(p(e), q) >= 0", **SAID,
    through=[
        "= KL(p(e), q)", f"= sum({RATIO}, x, 0, M) | cross-entropy.kl-divergence", "= -sum(p(e, x)*log(q(x)/p(e, x)), x, 0, M) | log-reciprocal, sum-linear",
        ">= -sum(p(e, x)*(q(x)/p(e, x) - 1), x, 0, M) | tangent", "= -sum(q(x) - p(e, x), x, 0, M) | collect",
        "= sum(p(e, x), x, 0, M) - sum(q(x), x, 0, M) | sum-linear", "= 1 - 1 | label-sum, hypothesis",
    ],
)  # fmt: skip
TRUE, OTHER = "(1 - e + e/C)", "(e/C)"
least = soft.step(
    "least", by(), f"Ent(p(e)) = -{TRUE}*log{TRUE} - M*{OTHER}*log{OTHER} > 0",
    through=[
        "= -sum(p(e, x)*log(p(e, x)), x, 0, M) | cross-entropy.entropy",
        "= -(p(e, 0)*log(p(e, 0)) + sum(p(e, c)*log(p(e, c)), c, 1, M)) | split-first",
        f"= -({TRUE}*log{TRUE} + sum({OTHER}*log{OTHER}, c, 1, M)) | label",
        f"= -{TRUE}*log{TRUE} - M*{OTHER}*log{OTHER} | equal-terms",
    ],
)  # fmt: skip

# %% [markdown]
# § gap
# %%
gap = soft.define("gap", f"G(e) = log({TRUE}/{OTHER})", tex=r"\Delta({0})", plain="Δ({0})")
reached = soft.step(
    "gap-of-true-class", by(), "exp(G(e))/(exp(G(e)) + M*exp(0)) = p(e, 0)",
    through=[f"= ({TRUE}/{OTHER})/({TRUE}/{OTHER} + M) | gap, log-exp", f"= {TRUE}/({TRUE} + M*{OTHER}) | collect", f"= {TRUE} | classes"],
)  # fmt: skip
reached_others = soft.step(
    "gap-of-other-class", by(other), "exp(0)/(exp(G(e)) + M*exp(0)) = p(e, a)",
    through=[f"= 1/({TRUE}/{OTHER} + M) | gap, log-exp", f"= {OTHER}/({TRUE} + M*{OTHER}) | collect", f"= {OTHER} | classes"],
)  # fmt: skip
falls = soft.step("gap-falls", differentiate(gap, e), "d(G(e), e) = -C/(e*(C - e*(C - 1))) < 0")
hard = soft.step(
    "hard-label", by(), 'lim(-G(e), e, 0, "+") = -oo',
    through=[f'= lim(log({OTHER}/{TRUE}), e, 0, "+") | gap, log-reciprocal', "= -oo | limit"],
)  # fmt: skip

# %% [markdown]
# § by-hand
# %%
TEN: Any = {"on": {"M": Range(num(9), num(9), True, True, whole=True)}, "point": {"M": 9}}
MIXED = "-91/100*log(91/100) - 9/100*log(1/100)"
ten = soft.step(
    "ten-classes",
    by(),
    f"Ent(p(1/10)) = {MIXED} ~ digits({MIXED}, 3)",
    **TEN,
    through=[
        "= -(1 - 1/10 + (1/10)/C)*log(1 - 1/10 + (1/10)/C) - M*((1/10)/C)*log((1/10)/C) | least",
        f"= {MIXED} | classes",
    ],
)
ten_gap = soft.step(
    "ten-classes-gap",
    by(),
    "G(1/10) = log(91) ~ digits(log(91), 3)",
    **TEN,
    through=["= log((1 - 1/10 + (1/10)/C)/((1/10)/C)) | gap", "= log(91) | classes"],
)
