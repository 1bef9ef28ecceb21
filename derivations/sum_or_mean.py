# %% [markdown]
# § sum-or-mean
# %%
"""Bits are nats over ln 2, and the cross-entropy in bits is the mean length of a code made for s where r is true; its excess is D_KL/ln 2.

Domain: distributions over 0, 1, …, M with values in (0, 1]; 0 < p < 1 for the slope.  Unit: nats, or bits where the logarithm is to base two.  Source: article `bce`, section 5.3, asked further.
"""

from derivations import coin_sequence, cross_entropy, three_cats
from derivations.engine import POSITIVE, UNIT, Derivation
from derivations.engine.rules import by

units = Derivation("sum-or-mean", source="bce/5.3", conventions=("0 log 0 = 0",))
units.index_sets["x"] = ""
units.use(cross_entropy.entropy, "M", "x", "r", "s", "H", "Ent", "KL")
u, p = units.quantity("u", POSITIVE), units.quantity("p", UNIT)

# %% [markdown]
# § bits
# %%
binary = units.define("binary-logarithm", "lb(u) = log(u)/log(2)", tex=r"\log_2({0})", plain="log_2({0})")
one = units.step("one-bit", by(binary), "-lb(1/2) = 1")
bits = units.define(
    "cross-entropy-in-bits",
    "Bits(p, q) = -sum(p(x)*lb(q(x)), x, 0, M)",
    distributions="p q",
    tex="H_2({0}, {1})",
    plain="H_2({0}, {1})",
)
conversion = units.step(
    "bits-from-nats",
    by(bits, binary, cross_entropy.definition),
    "Bits(r, s) = H(r, s)/log(2)",
    through=[
        "= -sum(r(x)*lb(s(x)), x, 0, M) | cross-entropy-in-bits",
        "= -sum(r(x)*(log(s(x))/log(2)), x, 0, M) | binary-logarithm",
        "= -sum(1/log(2)*(r(x)*log(s(x))), x, 0, M) | collect",
        "= -(1/log(2))*sum(r(x)*log(s(x)), x, 0, M) | sum-linear",
        "= H(r, s)/log(2) | cross-entropy.definition",
    ],
)
excess = units.step(
    "excess",
    by(conversion, cross_entropy.decomposition),
    "Bits(r, s) = Ent(r)/log(2) + KL(r, s)/log(2)",
    through=["= H(r, s)/log(2) | bits-from-nats", "= (Ent(r) + KL(r, s))/log(2) | cross-entropy.decomposition"],
)

# %% [markdown]
# § code
# %%
length = units.define("code-length", "len(x) = -lb(s(x))", tex=r"\ell({0})", plain="ℓ({0})")
mean_length = units.step("mean-length", by(length, bits), "sum(r(x)*len(x), x, 0, M) = Bits(r, s)")
two = units.step(
    "two-bits",
    by(binary),
    "-lb(1/4) = 2",
    through=["= -log(1/4)/log(2) | binary-logarithm", "= -log((1/2)**2)/log(2)", "= -2*log(1/2)/log(2) | log-power"],
)
three = units.step(
    "three-bits",
    by(binary),
    "-lb(1/8) = 3",
    through=["= -log(1/8)/log(2) | binary-logarithm", "= -log((1/2)**3)/log(2)", "= -3*log(1/2)/log(2) | log-power"],
)
made = units.step(
    "four-symbols",
    by(one, two, three),
    "1/2*(-lb(1/2)) + 1/4*(-lb(1/4)) + 1/8*(-lb(1/8)) + 1/8*(-lb(1/8)) = 1/2*1 + 1/4*2 + 1/8*3 + 1/8*3 = decimal(7/4)",
    through=["= 1/2*1 + 1/4*2 + 1/8*3 + 1/8*3 | one-bit, two-bits, three-bits"],
    times=r"\cdot",
)
even = units.step(
    "four-alike", by(two), "1/2*(-lb(1/4)) + 1/4*(-lb(1/4)) + 1/8*(-lb(1/4)) + 1/8*(-lb(1/4)) = 2", times=r"\cdot"
)

# %% [markdown]
# § three-cats
# %%
units.use(three_cats.three, "theta", "i", "yhat", "loss")
given = three_cats.given
cats = units.step(
    "three-cats-in-bits",
    by(three_cats.cross_entropy),
    "loss(theta)/log(2) = -(log(0.7) + log(0.9) + log(0.5))/log(2) ~ digits(-log(0.7*0.9*0.5)/log(2), 3)",
    given=given,
)
cats_mean = units.step(
    "three-cats-mean",
    by(three_cats.cross_entropy),
    "loss(theta)/3 = -(log(0.7) + log(0.9) + log(0.5))/3 ~ digits(-log(0.7*0.9*0.5)/3, 3)",
    given=given,
)

# %% [markdown]
# § step
# %%
units.use(coin_sequence.sequence, L_seq="L")
units.write("L_seq", r"L_{{\text{{seq}}}}({0})")
slope = units.step("slope-of-the-mean", by(), "d(-log(L_seq(p))/10, p) = d(-log(L_seq(p)), p)/10")
