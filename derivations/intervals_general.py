# %% [markdown]
# § intervals-general
# %%
"""The four intervals for k heads in n tosses, as functions of p that meet a level at their ends; with only heads, or none, the likelihood ratio has a form of its own.

Domain: n = 1, 2, 3, …; 0 <= k <= n; 0 < p < 1, and where the estimate is divided by or its logarithm taken, 0 < k < n.  Unit: none for the deviations and probabilities, of p for Wald's ends.
"""

from derivations.coin_boundary import all_heads_certain, all_heads_log, boundary, no_heads_certain, no_heads_log
from derivations.coin_general import INSIDE, general, log_likelihood, variance_of_mean
from derivations.engine import UNIT, Derivation
from derivations.engine.rules import by
from derivations.intervals import intervals, point

every = Derivation("intervals-general", source="own", conventions=("0^0 = 1",))
p = every.quantity("p", UNIT)
every.use(general, "n", "k", "L", "Pr", "V")
every.use(boundary)
every.use(intervals, "normal")

# %% [markdown]
# § normal
# %%
error = every.step(
    "standard-error", by(variance_of_mean), "sqrt(V(n, k/n)) = sqrt(k/n*(1 - k/n)/n)", on=INSIDE, through=["= sqrt(k/n*(1 - k/n)/n) | coin-general.variance-of-estimate"]
)  # fmt: skip
low = every.step("wald-low", by(error, point), "k/n - normal*sqrt(V(n, k/n)) = k/n - normal*sqrt(k/n*(1 - k/n)/n)", on=INSIDE)
high = every.step("wald-high", by(error, point), "k/n + normal*sqrt(V(n, k/n)) = k/n + normal*sqrt(k/n*(1 - k/n)/n)", on=INSIDE)
wilson = every.define("wilson", "W(k, p) = (k/n - p)**2/(p*(1 - p)/n)", tex="W_{{{0}}}({1})", plain="W_{0}({1})")
of_variance = every.step("wilson-of-variance", by(wilson, variance_of_mean), "W(k, p) = (k/n - p)**2/V(n, p)", through=["= (k/n - p)**2/(p*(1 - p)/n)", "= (k/n - p)**2/V(n, p) | coin-general.variance-of-estimate"])

# %% [markdown]
# § likelihood-ratio
# %%
ratio = every.step(
    "likelihood-ratio", by(log_likelihood), "2*(log(L(k, k/n)) - log(L(k, p))) = 2*(k*(log(k/n) - log(p)) + (n - k)*(log(1 - k/n) - log(1 - p)))", on=INSIDE,
    through=["= 2*(log(binomial(n, k)) + k*log(k/n) + (n - k)*log(1 - k/n) - (log(binomial(n, k)) + k*log(p) + (n - k)*log(1 - p))) | coin-general.log-likelihood"],
)  # fmt: skip
none = every.step(
    "likelihood-ratio-no-heads", by(no_heads_log, no_heads_certain), "2*(log(L(0, 0)) - log(L(0, p))) = -2*n*log(1 - p)",
    through=["= 2*(log(1) - log(L(0, p))) | coin-boundary.no-heads-at-zero", "= 2*(log(1) - n*log(1 - p)) | coin-boundary.no-heads-log-likelihood"],
)  # fmt: skip
all_of_them = every.step(
    "likelihood-ratio-all-heads", by(all_heads_log, all_heads_certain), "2*(log(L(n, 1)) - log(L(n, p))) = -2*n*log(p)",
    through=["= 2*(log(1) - log(L(n, p))) | coin-boundary.all-heads-at-one", "= 2*(log(1) - n*log(p)) | coin-boundary.all-heads-log-likelihood"],
)  # fmt: skip

# %% [markdown]
# § clopper-pearson
# %%
many = every.define("many-heads", "T(k, p) = sum(Pr(j), j, k, n)", tex=r"P_{1}(K\ge {0})", plain="P_{1}(K≥{0})")
few = every.define("few-heads", "B(k, p) = sum(Pr(j), j, 0, k)", tex=r"P_{1}(K\le {0})", plain="P_{1}(K≤{0})")
fewest = every.step("few-heads-none", by(few), "B(0, p) = (1 - p)**n", through=["= sum(Pr(j), j, 0, 0)", "= Pr(0) | write-out", "= binomial(n, 0)*p**0*(1 - p)**n", "= 1*p**0*(1 - p)**n | choose"])
