# %% [markdown]
# § coin-sequence
# %%
"""The likelihood of ten tosses in their order is p^8 (1-p)^2, and 8/10 is the one p in [0, 1] that makes it largest.

Domain: 0 < p < 1, for the maximum 0 <= p <= 1.  Unit: nats.  Source: article `mle`, section 1.
"""

from derivations.engine import CLOSED_UNIT, LABEL, UNIT, Derivation
from derivations.engine.rules import by, maximise, negate, take_logarithm

sequence = Derivation("coin-sequence", source="mle/1", conventions=("0^0 = 1",))
p = sequence.quantity("p", CLOSED_UNIT)
sequence.quantity("x", LABEL)

# %% [markdown]
# § data
# %%
tosses = sequence.observe("tosses", "x = (1, 1, 0, 1, 1, 1, 1, 0, 1, 1)", tex=r"(x_1, \dots, x_{10})")
sequence.write("x", "x_{{{0}}}", "x_{0}", partial=r"(x_1, \dots, x_{{10}})")
length = sequence.step(
    "length", by(), "sum(1, i, 1, 10) = 10", through=["= 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 | write-out"]
)
heads = sequence.step(
    "heads", by(), "sum(x(i), i, 1, 10) = 8", through=["= 1 + 1 + 0 + 1 + 1 + 1 + 1 + 0 + 1 + 1 | write-out, tosses"]
)
tails = sequence.step(
    "tails",
    by(),
    "sum(1 - x(i), i, 1, 10) = 2",
    through=["= sum(1, i, 1, 10) - sum(x(i), i, 1, 10) | sum-linear", "= 10 - 8 | length, heads"],
)

# %% [markdown]
# § likelihood
# %%
toss = sequence.define("toss", "P(x) = p**x*(1 - p)**(1 - x)", on={"x": LABEL})
one_heads = sequence.step("one-heads", by(toss), "P(1) = p", through=["= p**1*(1 - p)**0 | toss"])
one_tails = sequence.step("one-tails", by(toss), "P(0) = 1 - p", through=["= p**0*(1 - p)**1 | toss"])
joint = sequence.define("independence", "L(p) = prod(P(x(i)), i, 1, 10)")
factors = sequence.step(
    "factors",
    by(one_heads, one_tails),
    "prod(P(x(i)), i, 1, 10) = p*p*(1 - p)*p*p*p*p*(1 - p)*p*p = p**8*(1 - p)**2",
    through=[
        "= P(x(1))*P(x(2))*P(x(3))*P(x(4))*P(x(5))*P(x(6))*P(x(7))*P(x(8))*P(x(9))*P(x(10)) | write-out",
        "= P(1)*P(1)*P(0)*P(1)*P(1)*P(1)*P(1)*P(0)*P(1)*P(1) | tosses",
        "= p*p*(1 - p)*p*p*p*p*(1 - p)*p*p | one-heads, one-tails",
    ],
)
likelihood = sequence.step("likelihood", by(factors), "L(p) = p**8*(1 - p)**2")
log_likelihood = sequence.step(
    "log-likelihood", take_logarithm(likelihood), "log(L(p)) = 8*log(p) + 2*log(1 - p)", on={"p": UNIT}
)
heads_log = sequence.step("heads-log", take_logarithm(one_heads), "log(P(1)) = log(p)", on={"p": UNIT})
heads_loss = sequence.step("heads-loss", negate(heads_log), "-log(P(1)) = -log(p)", on={"p": UNIT})

# %% [markdown]
# § maximum
# %%
highest = sequence.step("highest", by(likelihood), "L(8/10) = (8/10)**8*(2/10)**2 = 65536/9765625")
gap = sequence.step(
    "gap",
    by(likelihood),
    "L(8/10) - L(p) = (5*p - 4)**2*(125*p**3 + 75*p**2 + 40*p + 16)*(3125*p**4*(1 - p) + 256)/9765625",
    through=[
        "= (8/10)**8*(2/10)**2 - p**8*(1 - p)**2 | likelihood",
        "= ((4/5)**4*(1/5))**2 - (p**4*(1 - p))**2 | collect",
        "= (256/3125 - p**4*(1 - p))*(256/3125 + p**4*(1 - p)) | collect",
        "= (3125*p**5 - 3125*p**4 + 256)*(3125*p**4*(1 - p) + 256)/9765625 | collect",
    ],
)
nowhere_above = sequence.step("nowhere-above", by(gap), "L(8/10) - L(p) >= 0")
maximum = sequence.step("maximum", maximise(gap, gap=True), "argmax(L(p), p, 0, 1) = 8/10 = decimal(8/10)")
