# %% [markdown]
# § coin-general
# %%
"""k heads in n tosses, both faces seen: the maximum likelihood estimate is k/n, and the information about p is n/(p (1-p)), one over its variance.

Domain: 0 < p < 1, n = 1, 2, 3, …, 0 <= k <= n, for the estimate 0 < k < n; `coin_boundary.py` has k = 0 and k = n.  Unit: nats.
Source: article `mle`, section 1, made general.
"""

from derivations.coin_sequence import one_heads, one_tails, sequence
from derivations.engine import CLOSED_UNIT, COUNT, UNIT, Derivation, whole_from
from derivations.engine.rules import by, differentiate, maximise, solve_for, take_logarithm, the_root

general = Derivation("coin-general", source="mle/1", conventions=("0^0 = 1",), index_sets={"x": r"\in\{0,1\}"})
p = general.quantity("p", UNIT)
n = general.quantity("n", COUNT)
k = general.quantity("k", whole_from(0, "n"))
INSIDE = {"n": whole_from(2), "k": whole_from(1, "n - 1")}
general.use(sequence, "P")

# %% [markdown]
# § inside
# %%
likelihood = general.define(
    "likelihood", "L(k, p) = binomial(n, k)*p**k*(1 - p)**(n - k)", tex="L_{{{0}}}({1})", plain="L_{0}({1})"
)
log_likelihood = general.step(
    "log-likelihood", take_logarithm(likelihood), "log(L(k, p)) = log(binomial(n, k)) + k*log(p) + (n - k)*log(1 - p)"
)
score = general.step(
    "score", differentiate(log_likelihood, p), "d(log(L(k, p)), p) = k/p - (n - k)/(1 - p) =! 0",
    through=[
        "= d(log(binomial(n, k)) + k*log(p) + (n - k)*log(1 - p), p)",
        "= k*(1/p) + (n - k)*(1/(1 - p))*(-1) | derivative-log, derivative-linear",
    ],
)  # fmt: skip
score_root = general.step("score-root", solve_for(score), "roots(d(log(L(k, p)), p), p, 0, 1) = {k/n}", on=INSIDE)
mle = general.step("mle", the_root(score_root), "p = k/n", where=["d(log(L(k, p)), p) = 0"], on=INSIDE)
maximum = general.step("maximum", maximise(score), "argmax(L(k, p), p, 0, 1) = k/n", on=INSIDE)

# %% [markdown]
# § number-of-heads
# %%
one_mean = general.step(
    "mean-of-one",
    by(one_heads, one_tails),
    "sum(x*P(x), x, 0, 1) = p",
    on={"p": CLOSED_UNIT},
    through=["= 0*P(0) + 1*P(1) | write-out"],
)
distribution = general.define("distribution", "Pr(k) = binomial(n, k)*p**k*(1 - p)**(n - k)", tex="P(K={0})", plain="P(K={0})")
total = general.step(
    "total-probability",
    by(distribution),
    "sum(Pr(j), j, 0, n) = 1",
    through=["= sum(binomial(n, j)*p**j*(1 - p)**(n - j), j, 0, n)", "= (p + (1 - p))**n | binomial-theorem", "= 1**n"],
)
mean = general.define("mean", "EK = sum(j*Pr(j), j, 0, n)", tex=r"\mathrm{{E}}[K]", plain="E[K]")
mean_of_heads = general.step(
    "mean-of-heads",
    by(distribution),
    "EK = sum(j*Pr(j), j, 0, n) = n*p",
    through=[
        "= sum(j*Pr(j), j, 0, n)",
        "= sum(j*binomial(n, j)*p**j*(1 - p)**(n - j), j, 0, n)",
        "= sum(j*binomial(n, j)*p**j*(1 - p)**(n - j), j, 1, n) | zero-term",
        "= sum(n*binomial(n - 1, j - 1)*p**j*(1 - p)**(n - j), j, 1, n) | absorption",
        "= sum(n*p*binomial(n - 1, j - 1)*p**(j - 1)*(1 - p)**(n - j), j, 1, n) | collect",
        "= n*p*sum(binomial(n - 1, j - 1)*p**(j - 1)*(1 - p)**(n - j), j, 1, n) | sum-linear",
        "= n*p*sum(binomial(n - 1, j)*p**j*(1 - p)**(n - 1 - j), j, 0, n - 1) | shift-index",
        "= n*p*(p + (1 - p))**(n - 1) | binomial-theorem",
        "= n*p | collect",
    ],
)
mean_score = general.step(
    "distance-from-the-mean",
    by(total, mean_of_heads),
    "sum((j - n*p)*Pr(j), j, 0, n) = 0",
    through=[
        "= sum(j*Pr(j) - n*p*Pr(j), j, 0, n) | collect",
        "= sum(j*Pr(j), j, 0, n) - n*p*sum(Pr(j), j, 0, n) | sum-linear",
        "= EK - n*p*1 | mean, total-probability",
    ],
)
slope = general.step(
    "probability-slope",
    differentiate(distribution, p),
    "d(Pr(k), p) = (k - n*p)*Pr(k)/(p*(1 - p))",
    through=[
        "= d(binomial(n, k)*p**k*(1 - p)**(n - k), p)",
        "= binomial(n, k)*(k*p**(k - 1)*(1 - p)**(n - k) - p**k*(n - k)*(1 - p)**(n - k - 1)) | derivative-product, derivative-power, derivative-linear",
        "= (k/p - (n - k)/(1 - p))*binomial(n, k)*p**k*(1 - p)**(n - k) | collect",
        "= (k/p - (n - k)/(1 - p))*Pr(k)",
    ],
)
spread = general.step(
    "spread",
    by(slope, mean_of_heads),
    "sum(j*(j - n*p)*Pr(j), j, 0, n) = n*p*(1 - p)",
    through=[
        "= sum(p*(1 - p)*j*((j - n*p)*Pr(j)/(p*(1 - p))), j, 0, n) | collect",
        "= sum(p*(1 - p)*j*d(Pr(j), p), j, 0, n) | probability-slope",
        "= p*(1 - p)*sum(j*d(Pr(j), p), j, 0, n) | sum-linear",
        "= p*(1 - p)*d(sum(j*Pr(j), j, 0, n), p) | derivative-linear",
        "= p*(1 - p)*d(EK, p) | mean",
        "= p*(1 - p)*d(n*p, p) | mean-of-heads",
        "= p*(1 - p)*n | derivative-linear",
    ],
)
variance = general.define(
    "variance",
    "V(n, p) = sum((j/n - EK/n)**2*Pr(j), j, 0, n)",
    tex=r"\mathrm{{Var}}_{{{1}}}(K/{0})",
    plain="Var_{1}(K/{0})",
)
variance_of_mean = general.step(
    "variance-of-estimate",
    by(mean_of_heads, spread, mean_score),
    "V(n, p) = p*(1 - p)/n",
    through=[
        "= sum((j/n - EK/n)**2*Pr(j), j, 0, n)",
        "= sum((j/n - n*p/n)**2*Pr(j), j, 0, n)",
        "= sum((j - n*p)**2*Pr(j)/n**2, j, 0, n)",
        "= sum((j*(j - n*p)*Pr(j) - n*p*((j - n*p)*Pr(j)))/n**2, j, 0, n) | collect",
        "= (sum(j*(j - n*p)*Pr(j), j, 0, n) - n*p*sum((j - n*p)*Pr(j), j, 0, n))/n**2 | sum-linear",
        "= (n*p*(1 - p) - n*p*0)/n**2 | spread, distance-from-the-mean",
    ],
)

# %% [markdown]
# § information
# %%
second = general.step(
    "second-derivative", differentiate(score, p), "d2(log(L(k, p)), p) = -k/p**2 - (n - k)/(1 - p)**2"
)
observed = general.define("observed", "J(k, p) = -d2(log(L(k, p)), p)", tex="J_{{{0}}}({1})", plain="J_{0}({1})")
observed_information = general.step("observed-information", by(second), "J(k, p) = k/p**2 + (n - k)/(1 - p)**2")
at_mle = general.step(
    "observed-information-at-mle",
    by(observed_information),
    "J(k, k/n) = n**3/(k*(n - k))",
    on=INSIDE,
    through=["= k/(k/n)**2 + (n - k)/(1 - k/n)**2", "= n**2/k + n**2/(n - k)"],
)
expected = general.define("expected", "I(n, p) = sum(J(j, p)*Pr(j), j, 0, n)", tex="I_{{{0}}}({1})", plain="I_{0}({1})")
fisher = general.step(
    "fisher-information",
    by(observed_information, total, mean_of_heads),
    "I(n, p) = n/(p*(1 - p))",
    through=[
        "= sum(J(j, p)*Pr(j), j, 0, n)",
        "= sum((j/p**2 + (n - j)/(1 - p)**2)*Pr(j), j, 0, n)",
        "= sum(j*Pr(j)/p**2 + (n*Pr(j) - j*Pr(j))/(1 - p)**2, j, 0, n) | collect",
        "= sum(j*Pr(j), j, 0, n)/p**2 + (n*sum(Pr(j), j, 0, n) - sum(j*Pr(j), j, 0, n))/(1 - p)**2 | sum-linear",
        "= EK/p**2 + (n*1 - EK)/(1 - p)**2 | mean, total-probability",
        "= n*p/p**2 + (n - n*p)/(1 - p)**2",
        "= n/p + n/(1 - p)",
    ],
)
bound = general.step("one-over-information", by(variance_of_mean, fisher), "V(n, p) = p*(1 - p)/n = 1/I(n, p)")
