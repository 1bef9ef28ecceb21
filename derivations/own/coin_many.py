# %% [markdown]
# § coin
# %%
heads, tails = 600, 400

# %%
from fractions import Fraction

from derivations import coin_general
from derivations.engine import UNIT, Derivation, whole_from
from derivations.engine.rules import by, maximise, solve_for, the_root
from derivations.own.wording import decimals, root, times

tosses = heads + tails
share, variance = Fraction(heads, tosses), Fraction(heads * tails, tosses**3)
WAYS, BEST, AT = f"binomial({tosses}, {heads})", f"{heads}/{tosses}", {"n": tosses, "k": heads}
coin = Derivation("own-coin", source="mle/1.2", conventions=("0^0 = 1",))
p = coin.quantity("p", UNIT)
n, k = coin.quantity("n", whole_from(tosses, tosses)), coin.quantity("k", whole_from(heads, heads))
coin.use(coin_general.general, "L", "J")

# %% [markdown]
# § likelihood
# %%
log_likelihood = coin.step(
    "log-likelihood",
    by(coin_general.log_likelihood),
    f"log(L(k, p)) = log({WAYS}) + {times(heads, 'log(p)')} + {times(tails, 'log(1 - p)')}",
    point=AT,
)

# %% [markdown]
# § maximum
# %%
score = coin.step("score", by(coin_general.score), f"d(log(L(k, p)), p) = {heads}/p - {tails}/(1 - p) =! 0", point=AT)
score_root = coin.step("score-root", solve_for(score), f"roots(d(log(L(k, p)), p), p, 0, 1) = {{{BEST}}}", point=AT)
estimate = coin.step(
    "estimate",
    the_root(score_root),
    f"p = {BEST}{decimals(share, BEST, 1 - share)}",
    where=["d(log(L(k, p)), p) = 0"],
    point={**AT, "p": BEST},
)
maximum = coin.step("maximum", maximise(score), f"argmax(L(k, p), p, 0, 1) = {BEST}", point=AT)
if tosses <= 2_000:  # larger numbers of arrangements take their time
    highest = coin.step(
        "log-likelihood-there",
        by(log_likelihood),
        f"log(L(k, {BEST})) = log({WAYS}) + {times(heads, f'log({BEST})')} + {times(tails, f'log(1 - {BEST})')} ~ digits(log({WAYS}) + {heads}*log({BEST}) + {tails}*log(1 - {BEST}), 3)",
        point=AT,
    )

# %% [markdown]
# § information
# %%
information = coin.step(
    "information",
    by(coin_general.at_mle),
    f"J(k, k/n) = n**3/(k*(n - k)) = {1 / variance}{decimals(1 / variance)}",
    point=AT,
)
error, lines = root(variance)
standard_error = coin.step(
    "standard-error",
    by(information),
    f"1/sqrt(J(k, k/n)) = {error}",
    through=[f"= 1/sqrt({1 / variance}) | information", f"= sqrt({variance}) | root-quotient", *lines],
    point=AT,
)
