# %% [markdown]
# § the-45
# %%
"""The number of arrangements, 45, multiplies the likelihood of eight heads in ten and moves nothing: not the maximiser, not the score, not a ratio.

Domain: 0 < p < 1, for the maximum 0 <= p <= 1; c > 0.  Unit: nats.  Source: article `mle`, section 1.1, asked further.
"""

from derivations import coin, coin_sequence
from derivations.engine import CLOSED_UNIT, POSITIVE, UNIT, Derivation
from derivations.engine.rules import by, maximise

factor = Derivation("the-45", source="mle/1.1", conventions=("0^0 = 1",))
p, c = factor.quantity("p", UNIT), factor.quantity("c", POSITIVE)
factor.use(coin.coin, "L")
factor.use(coin_sequence.sequence, L_seq="L")
factor.write("L_seq", r"L_{{\text{{seq}}}}({0})")

# %% [markdown]
# § what-stays
# %%
in_order = factor.step("in-order", by(coin_sequence.likelihood), "L_seq(p) = p**8*(1 - p)**2", on={"p": CLOSED_UNIT})
any_factor = factor.step(
    "any-factor",
    maximise(coin_sequence.maximum),
    "argmax(c*L_seq(p), p, 0, 1) = argmax(L_seq(p), p, 0, 1) = 8/10",
    through=["= argmax(L_seq(p), p, 0, 1) | positive-factor"],
)
difference = factor.step(
    "logarithms",
    by(coin.log_likelihood, coin_sequence.log_likelihood),
    "log(L(p)) - log(L_seq(p)) = log(binomial(10, 8)) ~ digits(log(45), 3)",
)
score = factor.step(
    "same-score",
    by(coin.score, coin_sequence.log_likelihood),
    "d(log(L(p)), p) = 8/p - 2/(1 - p) = d(log(L_seq(p)), p)",
)
ratio = factor.step(
    "same-ratio",
    by(coin.likelihood, coin_sequence.likelihood),
    "L(8/10)/L(1/2) = (8/10)**8*(2/10)**2/(1/2)**10 = L_seq(8/10)/L_seq(1/2)",
)

# %% [markdown]
# § what-changes
# %%
count = factor.step(
    "count-value",
    by(coin.ratio, coin.likelihood, coin.ways),
    "L(8/10) = 45*(8/10)**8*(2/10)**2 ~ digits(L(8/10), 4)",
    through=["= binomial(10, 8)*(8/10)**8*(1 - 8/10)**2", "= 45*(8/10)**8*(2/10)**2 | coin.ways"],
)
