# %% [markdown]
# § questions-coin
# %%
"""Answers to the short questions of the first article: other values of p, other counts, a model that always says one half.

Domain: constants; 10 tosses, three cats.  Unit: nats.  Source: article `mle`, sections 1 and 4, asked further.
"""

from typing import Any

from derivations import coin, coin_boundary, coin_general
from derivations.cats import cats, labels
from derivations.coin import likelihood, maximum_value, ways
from derivations.engine import CLOSED_UNIT, COUNT, Derivation, whole_from
from derivations.engine.rules import by, maximise
from derivations.three_cats import three

questions = Derivation("questions-coin", source="mle/1", conventions=("0^0 = 1",))
questions.quantity("p", CLOSED_UNIT)
questions.use(coin.coin, "L")
questions.use(coin_general.general, "n", "k", L_kn="L")
TEN: Any = {"on": {"n": whole_from(10, 10)}, "where": ["n = 10"], "point": {"n": 10}}

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
    "L(decimal(8/10))/L(decimal(1/2)) = decimal(8/10)**8*decimal(2/10)**2/decimal(1/2)**10 ~ digits(L(8/10)/L(1/2), 2)",
)

# %% [markdown]
# § other-counts
# %%
seven = questions.step(
    "seven-heads", by(coin_general.maximum), "argmax(L_kn(7, p), p, 0, 1) = 7/10 = decimal(7/10)", **TEN
)
all_ten = questions.step(
    "all-heads",
    maximise(coin_boundary.all_heads),
    "argmax(L_kn(10, p), p, 0, 1) = argmax(p**10, p, 0, 1) = 1",
    through=["= argmax(p**10, p, 0, 1) | hypothesis, coin-boundary.all-heads-likelihood"],
    **TEN,
)

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
