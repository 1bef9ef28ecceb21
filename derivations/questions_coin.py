# %% [markdown]
# § questions-coin
# %%
"""Answers to the short questions of the first article: other values of p, other counts, ten heads at p = 8/10, a model that always says one half.

Domain: 0 <= p <= 1; 10 tosses, three cats.  Unit: nats.  Source: article `mle`, sections 1 and 4, asked further.
"""

from derivations import coin, coin_sequence
from derivations.cats import cats, labels
from derivations.coin import likelihood, ways
from derivations.coin_sequence import highest, one_heads
from derivations.engine import CLOSED_UNIT, COUNT, UNIT, Derivation
from derivations.engine.rules import by, maximise
from derivations.three_cats import three

questions = Derivation("questions-coin", source="mle/1", conventions=("0^0 = 1",))
questions.quantity("p", CLOSED_UNIT)
questions.use(coin.coin, "L")
questions.use(coin_sequence.sequence, "P", L_seq="L")
questions.write("L_seq", r"L_{{\text{{seq}}}}({0})")

# %% [markdown]
# § other-places
# %%
questions.step(
    "at-half", by(likelihood, ways), "L(decimal(1/2)) = 45*decimal(1/2)**8*(1 - decimal(1/2))**2 ~ digits(L(1/2), 3)"
)
questions.step(
    "at-seven-tenths",
    by(likelihood, ways),
    "L(decimal(7/10)) = 45*decimal(7/10)**8*(1 - decimal(7/10))**2 ~ digits(L(7/10), 3)",
)
questions.step(
    "at-nine-tenths",
    by(likelihood, ways),
    "L(decimal(9/10)) = 45*decimal(9/10)**8*(1 - decimal(9/10))**2 ~ digits(L(9/10), 3)",
)
questions.step(
    "fair",
    by(likelihood),
    "L(decimal(8/10))/L(decimal(1/2)) = decimal(8/10)**8*decimal(2/10)**2/decimal(1/2)**10 ~ digits(L(8/10)/L(1/2), 3)",
)

# %% [markdown]
# § other-counts
# %%
seven_score = questions.step(
    "seven-heads-score",
    by(),
    "d(log(binomial(10, 7)*p**7*(1 - p)**3), p) = 7/p - 3/(1 - p)",
    on={"p": UNIT},
    through=[
        "= d(log(binomial(10, 7)) + 7*log(p) + 3*log(1 - p), p) | log-product, log-power",
        "= 7*(1/p) + 3*(1/(1 - p))*(-1) | derivative-log, derivative-linear",
    ],
)
questions.step(
    "seven-heads", maximise(seven_score), "argmax(binomial(10, 7)*p**7*(1 - p)**3, p, 0, 1) = 7/10 = decimal(7/10)"
)
only_heads = questions.define("only-heads", "T(p) = prod(P(1), i, 1, 10)", tex="P_{{10}}({0})", plain="P_10({0})")
ten = questions.step("ten-heads-likelihood", by(only_heads, one_heads), "T(p) = p**10")
questions.step("all-heads", maximise(ten), "argmax(T(p), p, 0, 1) = 1")

# %% [markdown]
# § most-probable
# %%
questions.step("ten-heads", by(ten), "T(8/10) = (8/10)**10 ~ digits((8/10)**10, 3)")
questions.step("this-sequence", by(highest), "L_seq(8/10) = (8/10)**8*(2/10)**2 ~ digits(L_seq(8/10), 4)")

# %% [markdown]
# § always-half
# %%
questions.use(cats, "theta", "i", "yhat", "y")
questions.use(three, "loss")
halves = questions.suppose("halves", "yhat(i, theta) = 0.5", every={"i": COUNT})
questions.step(
    "always-half",
    by(labels),
    "loss(theta) = -(log(0.5) + log(0.5) + log(0.5)) = 3*log(2) ~ digits(3*log(2), 3)",
    through=["= -(log(0.5) + log(0.5) + log(0.5))", "= -3*log(1/2)"],
    given=[halves],
)
