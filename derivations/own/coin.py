# %% [markdown]
# § coin
# %%
heads, tails = 8, 2

# %%
from fractions import Fraction

from derivations.engine import CLOSED_UNIT, UNIT, Derivation
from derivations.engine.rules import by, differentiate, maximise, solve_for, take_logarithm, the_root
from derivations.own.wording import decimals, power, root, times

tosses = heads + tails
share, variance = Fraction(heads, tosses), Fraction(heads * tails, tosses**3)
WAYS, BEST = f"binomial({tosses}, {heads})", f"{heads}/{tosses}"
LOGARITHM = f"log({WAYS}) + {times(heads, 'log({0})')} + {times(tails, 'log(1 - {0})')}"
coin = Derivation("own-coin", source="mle/1.2", conventions=("0^0 = 1",))
p = coin.quantity("p", UNIT)

# %% [markdown]
# § likelihood
# %%
likelihood = coin.define(
    "likelihood", f"L(p) = {WAYS}*{power('p', heads)}*{power('(1 - p)', tails)}", on={"p": CLOSED_UNIT}, times=r"\cdot"
)
log_likelihood = coin.step("log-likelihood", take_logarithm(likelihood), f"log(L(p)) = {LOGARITHM.format('p')}")

# %% [markdown]
# § maximum
# %%
score = coin.step(
    "score",
    differentiate(log_likelihood, p),
    f"d(log(L(p)), p) = {heads}/p - {tails}/(1 - p) =! 0",
    through=[
        f"= d({LOGARITHM.format('p')}, p)",
        f"= {times(heads, '(1/p)')} + {times(tails, '(1/(1 - p))')}*(-1) | derivative-log, derivative-linear",
    ],
)
score_root = coin.step("score-root", solve_for(score), f"roots(d(log(L(p)), p), p, 0, 1) = {{{BEST}}}")
estimate = coin.step(
    "estimate",
    the_root(score_root),
    f"p = {BEST}{decimals(share, BEST, 1 - share)}",
    where=["d(log(L(p)), p) = 0"],
    point={"p": BEST},
)
maximum = coin.step("maximum", maximise(score), f"argmax(L(p), p, 0, 1) = {BEST}")
highest = coin.step(
    "log-likelihood-there",
    by(log_likelihood),
    f"log(L({BEST})) = {LOGARITHM.format(BEST)} ~ digits(log(L({BEST})), 3)",
)

# %% [markdown]
# § information
# %%
second = coin.step(
    "second-derivative", differentiate(score, p), f"d2(log(L(p)), p) = -{heads}/p**2 - {tails}/(1 - p)**2"
)
observed = coin.define("information-definition", "J(p) = -d2(log(L(p)), p)")
information = coin.step(
    "information",
    by(second),
    f"J({BEST}) = {1 / variance}{decimals(1 / variance)}",
    through=[f"= {heads}/({BEST})**2 + {tails}/(1 - {BEST})**2"],
)
error, lines = root(variance)
standard_error = coin.step(
    "standard-error",
    by(information),
    f"1/sqrt(J({BEST})) = {error}",
    through=[f"= 1/sqrt({1 / variance}) | information", f"= sqrt({variance}) | root-quotient", *lines],
)
