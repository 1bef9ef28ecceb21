# %% [markdown]
# § coin
# %%
"""8 heads in 10 independent tosses: the maximum likelihood estimate is p = 8/10.

Domain: 0 < p < 1, for the maximum 0 <= p <= 1.  Unit: nats.  Source: article `mle`, section 1.
"""

from derivations import coin_sequence
from derivations.engine import CLOSED_UNIT, UNIT, Derivation
from derivations.engine.rules import by, differentiate, maximise, solve_for, take_logarithm, the_root

coin = Derivation("coin", source="mle/1.2", conventions=("0^0 = 1",))
p = coin.quantity("p", UNIT)
coin.use(coin_sequence.sequence, L_seq="L")
coin.write("L_seq", r"L_{{\text{{seq}}}}({0})")

# %% [markdown]
# § likelihood
# %%
ways = coin.step("ways", by(), "binomial(10, 8) = 45", through=["= 10*9/(2*1) | choose"], source="1.1")
arrangements = coin.step(
    "arrangements",
    by(ways),
    "sum(sum(1, j, i + 1, 10), i, 1, 9) = 45 = binomial(10, 8)",
    through=["= sum(10 - i, i, 1, 9) | equal-terms", "= 9 + 8 + 7 + 6 + 5 + 4 + 3 + 2 + 1 | write-out"],
    source="1.1",
)
likelihood = coin.define(
    "likelihood", "L(p) = binomial(10, 8)*p**8*(1 - p)**2", on={"p": CLOSED_UNIT}, times=r"\cdot", source="1.1"
)
ratio = coin.step(
    "ratio",
    by(coin_sequence.likelihood, ways),
    "L(p)/L_seq(p) = binomial(10, 8) = 45",
    through=["= binomial(10, 8)*p**8*(1 - p)**2/(p**8*(1 - p)**2) | likelihood, coin-sequence.likelihood"],
    source="1.1",
)

# %% [markdown]
# § score
# %%
log_likelihood = coin.step(
    "log-likelihood", take_logarithm(likelihood), "log(L(p)) = log(binomial(10, 8)) + 8*log(p) + 2*log(1 - p)"
)
score = coin.step(
    "score",
    differentiate(log_likelihood, p),
    "d(log(L(p)), p) = 8/p - 2/(1 - p) =! 0",
    through=[
        "= d(log(binomial(10, 8)) + 8*log(p) + 2*log(1 - p), p)",
        "= 8*(1/p) + 2*(1/(1 - p))*(-1) | derivative-log, derivative-linear",
    ],
)
score_root = coin.step("score-root", solve_for(score), "roots(d(log(L(p)), p), p, 0, 1) = {8/10}")
mle = coin.step(
    "mle", the_root(score_root), "p = 8/10 = 4/5 = decimal(4/5)", where=["d(log(L(p)), p) = 0"], point={"p": "4/5"}
)

# %% [markdown]
# § maximum
# %%
second_derivative = coin.step("second-derivative", differentiate(score, p), "d2(log(L(p)), p) = -8/p**2 - 2/(1 - p)**2")
concave = coin.step("concave", by(second_derivative), "d2(log(L(p)), p) < 0")
curvature = coin.step(
    "curvature",
    by(second_derivative),
    "d2(log(L(p)), p, 8/10) = -125/2",
    through=["= -8/(8/10)**2 - 2/(1 - 8/10)**2", "= -25/2 - 50"],
)
maximum = coin.step("maximum", maximise(score), "argmax(L(p), p, 0, 1) = 8/10")
same_maximiser = coin.step(
    "same-maximiser",
    maximise(coin_sequence.likelihood, maximum),
    "argmax(L_seq(p), p, 0, 1) = argmax(L(p), p, 0, 1) = 8/10",
    through=[
        "= argmax(p**8*(1 - p)**2, p, 0, 1)",
        "= argmax(binomial(10, 8)*p**8*(1 - p)**2, p, 0, 1) | positive-factor",
    ],
)
maximum_value = coin.step(
    "maximum-value",
    by(ways),
    "L(8/10) = 45*(4/5)**8*(1/5)**2 = 589824/1953125 ~ digits(L(8/10), 3)",
    through=["= binomial(10, 8)*(8/10)**8*(1 - 8/10)**2"],
)

# %% [markdown]
# § without-logarithm
# %%
unfactored = coin.step(
    "likelihood-slope",
    differentiate(likelihood, p, ways),
    "d(L(p), p) = 45*(8*p**7*(1 - p)**2 - 2*p**8*(1 - p))",
    on={"p": CLOSED_UNIT},
    through=[
        "= d(45*p**8*(1 - p)**2, p) | likelihood, ways",
        "= 45*(8*p**7*(1 - p)**2 + p**8*2*(1 - p)*(-1)) | derivative-product, derivative-power, derivative-linear",
    ],
)
slope = coin.step(
    "likelihood-derivative",
    by(unfactored),
    "d(L(p), p) = 90*p**7*(1 - p)*(4 - 5*p) =! 0",
    on={"p": CLOSED_UNIT},
    through=["= 45*(8*p**7*(1 - p)**2 - 2*p**8*(1 - p))", "= 90*p**7*(1 - p)*(4*(1 - p) - p)"],
)
likelihood_roots = coin.step("likelihood-roots", solve_for(slope), 'roots(d(L(p), p), p, 0, 1, "[]") = {0, 8/10, 1}')
at_zero = coin.step("at-zero", by(likelihood), "L(0) = 0", through=["= binomial(10, 8)*0**8*(1 - 0)**2 | likelihood"])
at_one = coin.step("at-one", by(likelihood), "L(1) = 0", through=["= binomial(10, 8)*1**8*(1 - 1)**2 | likelihood"])
ends_are_minima = coin.step(
    "ends-are-minima", by(likelihood), "L(p) > 0", through=["= binomial(10, 8)*p**8*(1 - p)**2"]
)
