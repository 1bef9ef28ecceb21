# %% [markdown]
# § coin-boundary
# %%
"""With 0 heads in n the estimate is 0, with n heads it is 1: the maximum is at the end and no stationary point exists.

Domain: n = 1, 2, 3, …; 0 <= k <= n; 0 <= p <= 1, with 0^0 = 1.  Unit: nats.  Source: article `mle`, section 1, where its method stops.
"""

from derivations import coin_general
from derivations.engine import CLOSED_UNIT, UNIT, Derivation
from derivations.engine.rules import by, differentiate, maximise, solve_for, take_logarithm

boundary = Derivation("coin-boundary", source="mle/1.2", conventions=("0^0 = 1",))
p = boundary.quantity("p", UNIT)
boundary.use(coin_general.general, "n", "k", "L")
WITH_ENDS = {"p": CLOSED_UNIT}

likelihood = boundary.step("likelihood", by(), "L(k, p) = binomial(n, k)*p**k*(1 - p)**(n - k)", on=WITH_ENDS)

# %% [markdown]
# § no-heads
# %%
no_heads = boundary.step(
    "no-heads-likelihood", by(likelihood), "L(0, p) = binomial(n, 0)*p**0*(1 - p)**n = (1 - p)**n", on=WITH_ENDS,
    through=["= binomial(n, 0)*p**0*(1 - p)**n | likelihood", "= 1*p**0*(1 - p)**n | choose"],
)
no_heads_log = boundary.step("no-heads-log-likelihood", take_logarithm(no_heads), "log(L(0, p)) = n*log(1 - p)")
no_heads_score = boundary.step("no-heads-score", differentiate(no_heads_log, p), "d(log(L(0, p)), p) = -n/(1 - p)", through=["= d(n*log(1 - p), p)", "= n*(1/(1 - p))*(-1) | derivative-log, derivative-linear"])
no_heads_falling = boundary.step("no-heads-falling", by(no_heads_score), "d(log(L(0, p)), p) < 0")
no_heads_roots = boundary.step("no-heads-roots", solve_for(no_heads_falling), "roots(d(log(L(0, p)), p), p, 0, 1) = {}")
no_heads_maximum = boundary.step("no-heads-maximum", maximise(no_heads_falling), "argmax(L(0, p), p, 0, 1) = 0")
no_heads_certain = boundary.step("no-heads-at-zero", by(no_heads), "L(0, 0) = (1 - 0)**n = 1")
no_heads_below = boundary.step(
    "no-heads-below-one",
    by(no_heads, no_heads_certain),
    "L(0, p) = (1 - p)**n < 1 = L(0, 0)",
    through=["= (1 - p)**n", "< 1", "= L(0, 0) | no-heads-at-zero"],
)

# %% [markdown]
# § all-heads
# %%
all_heads = boundary.step(
    "all-heads-likelihood", by(likelihood), "L(n, p) = binomial(n, n)*p**n*(1 - p)**0 = p**n", on=WITH_ENDS,
    through=["= binomial(n, n)*p**n*(1 - p)**0 | likelihood", "= 1*p**n*(1 - p)**0 | choose"],
)
all_heads_log = boundary.step("all-heads-log-likelihood", take_logarithm(all_heads), "log(L(n, p)) = n*log(p)")
all_heads_score = boundary.step("all-heads-score", differentiate(all_heads_log, p), "d(log(L(n, p)), p) = n/p", through=["= d(n*log(p), p)", "= n/p | derivative-log, derivative-linear"])
all_heads_rising = boundary.step("all-heads-rising", by(all_heads_score), "d(log(L(n, p)), p) > 0")
all_heads_roots = boundary.step(
    "all-heads-roots", solve_for(all_heads_rising), "roots(d(log(L(n, p)), p), p, 0, 1) = {}"
)
all_heads_maximum = boundary.step("all-heads-maximum", maximise(all_heads_rising), "argmax(L(n, p), p, 0, 1) = 1")
all_heads_certain = boundary.step("all-heads-at-one", by(all_heads), "L(n, 1) = 1**n = 1")
all_heads_below = boundary.step(
    "all-heads-below-one",
    by(all_heads, all_heads_certain),
    "L(n, p) = p**n < 1 = L(n, 1)",
    through=["= p**n", "< 1", "= L(n, 1) | all-heads-at-one"],
)
