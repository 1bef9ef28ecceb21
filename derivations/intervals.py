# %% [markdown]
# § intervals
# %%
"""How sure is 8 heads in 10 of p? The score has mean 0 and the variance I(p); four usual 95 % intervals, each from its own equation.

Domain: 0 < p < 1, n = 1, 2, 3, …  Unit: of p; 1.96 is the normal table's point, to two decimals, below which 97.5 % lie.
"""

from derivations.coin import coin
from derivations.coin import score as coin_score
from derivations.coin_general import fisher, general, mean_score, score, spread
from derivations.coin_information import information, variance_at_mle
from derivations.engine import UNIT, Derivation
from derivations.engine.rules import by, differentiate, locate

intervals = Derivation("intervals", source="own", conventions=("0^0 = 1",))
p = intervals.quantity("p", UNIT)
intervals.use(general, "n", "k", "I", "Pr", L_k="L")
intervals.use(information, "Var")
intervals.use(coin, "L")
intervals.write("L_k", "L_{{{0}}}({1})", "L_{0}({1})")

# %% [markdown]
# § score
# %%
slope = intervals.define("score", "U(k, p) = d(log(L_k(k, p)), p)", tex="U_{{{0}}}({1})", plain="U_{0}({1})")
distance = intervals.step(
    "score-as-distance", by(score), "U(k, p) = (k - n*p)/(p*(1 - p))", through=["= d(log(L_k(k, p)), p)", "= k/p - (n - k)/(1 - p) | coin-general.score"]
)  # fmt: skip
mean = intervals.step(
    "score-mean", by(distance, mean_score), "sum(U(j, p)*Pr(j), j, 0, n) = 0",
    through=[
        "= sum((j - n*p)/(p*(1 - p))*Pr(j), j, 0, n) | score-as-distance", "= sum((j - n*p)*Pr(j)/(p*(1 - p)), j, 0, n) | collect",
        "= sum((j - n*p)*Pr(j), j, 0, n)/(p*(1 - p)) | sum-linear", "= 0/(p*(1 - p)) | coin-general.distance-from-the-mean",
    ],
)  # fmt: skip
variance = intervals.step(
    "score-variance", by(distance, spread, mean_score, fisher), "sum(U(j, p)**2*Pr(j), j, 0, n) = I(n, p)",
    through=[
        "= sum(((j - n*p)/(p*(1 - p)))**2*Pr(j), j, 0, n) | score-as-distance",
        "= sum((j*(j - n*p)*Pr(j) - n*p*((j - n*p)*Pr(j)))/(p*(1 - p))**2, j, 0, n) | collect",
        "= (sum(j*(j - n*p)*Pr(j), j, 0, n) - n*p*sum((j - n*p)*Pr(j), j, 0, n))/(p*(1 - p))**2 | sum-linear",
        "= (n*p*(1 - p) - n*p*0)/(p*(1 - p))**2 | coin-general.spread, coin-general.distance-from-the-mean", "= n/(p*(1 - p)) | collect",
    ],
)  # fmt: skip

# %% [markdown]
# § wald
# %%
point = intervals.observe("normal-point", "normal = 1.96", tex="z")
tail = intervals.observe("tail", "rest = 0.025", tex="h")
intervals.write("normal", "z", "z")
intervals.write("rest", "h", "h")
low = intervals.step("wald-low", by(point, variance_at_mle), "8/10 - normal*sqrt(Var(10, 8/10)) = 8/10 - normal*sqrt(2/125) ~ digits(8/10 - normal*sqrt(2/125), 3)")
high = intervals.step("wald-high", by(point, variance_at_mle), "8/10 + normal*sqrt(Var(10, 8/10)) = 8/10 + normal*sqrt(2/125) ~ digits(8/10 + normal*sqrt(2/125), 3)")
outside = intervals.step("wald-outside", by(point), "8/10 + normal*sqrt(2/125) > 1")

# %% [markdown]
# § wilson
# %%
BELOW, ABOVE = "roots({0}, p, 0, 8/10)".format, "roots({0}, p, 8/10, 1)".format
ANYWHERE = "roots({0}, p, 0, 1)".format


def to_three(root: str) -> str:
    """The root, and its digits."""
    return f"{root} ~ {{digits({root}, 3)}}"


wilson = intervals.define("wilson", "W(p) = (8/10 - p)**2/(p*(1 - p)/10)")
wilson_slope = intervals.step("wilson-slope", differentiate(wilson, p), "d(W(p), p) = -10*(8/10 - p)*(8/10*(1 - p) + 2/10*p)/(p*(1 - p))**2")
wilson_low = intervals.step("wilson-low", locate(wilson_slope), to_three(BELOW("W(p) - normal**2")))
wilson_high = intervals.step("wilson-high", locate(wilson_slope), to_three(ABOVE("W(p) - normal**2")))

# %% [markdown]
# § likelihood-ratio
# %%
ratio = intervals.define("likelihood-ratio", "R(p) = 2*(log(L(8/10)) - log(L(p)))")
ratio_slope = intervals.step("likelihood-ratio-slope", differentiate(ratio, p, coin_score), "d(R(p), p) = -20*(8/10 - p)/(p*(1 - p))", through=["= d(2*(log(L(8/10)) - log(L(p))), p)", "= -2*d(log(L(p)), p) | derivative-linear", "= -2*(8/p - 2/(1 - p)) | coin.score"])
ratio_low = intervals.step("likelihood-ratio-low", locate(ratio_slope), to_three(BELOW("R(p) - normal**2")))
ratio_high = intervals.step("likelihood-ratio-high", locate(ratio_slope), to_three(ABOVE("R(p) - normal**2")))

# %% [markdown]
# § clopper-pearson
# %%
many = intervals.define("many-heads", "T(p) = sum(binomial(10, j)*p**j*(1 - p)**(10 - j), j, 8, 10)", tex=r"P_{0}(K\ge 8)", plain="P_{0}(K≥8)")
few = intervals.define("few-heads", "B(p) = 1 - sum(binomial(10, j)*p**j*(1 - p)**(10 - j), j, 9, 10)", tex=r"P_{0}(K\le 8)", plain="P_{0}(K≤8)")
few_slope = intervals.step("few-heads-slope", by(few), "d(B(p), p) = -90*p**8*(1 - p)")
many_slope = intervals.step("many-heads-slope", by(many), "d(T(p), p) = 360*p**7*(1 - p)**2")
exact_low = intervals.step("clopper-pearson-low", locate(many_slope), to_three(ANYWHERE("T(p) - rest")))
exact_high = intervals.step("clopper-pearson-high", locate(few_slope), to_three(ANYWHERE("B(p) - rest")))
