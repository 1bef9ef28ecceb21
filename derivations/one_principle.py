# %% [markdown]
# § one-principle
# %%
"""Maximum likelihood is the minimum of the KL divergence to the data: whatever is observed, and for the coin.

Domain: N >= 1 observations of M + 1 events, the model's probabilities in (0, 1], frequencies in [0, 1] with 0 log 0 = 0; for the coin 0 <= k <= n and
0 < p < 1.  Unit: nats; means over the observations.
"""

from derivations.cross_entropy import TWO, cross, entropy, kl_two, own_two
from derivations.engine import COUNT, POINT, UNIT, Derivation, whole_from
from derivations.engine.kernel.statements import Range
from derivations.engine.kernel.terms import ONE, ZERO
from derivations.engine.rules import by, take_logarithm

one = Derivation("one-principle", source="own", conventions=("0 log 0 = 0",))
one.index_sets["x"] = ""
one.use(entropy, "M", "x", "H", "Ent", "KL")
one.quantity("i", COUNT)
one.quantity("N", COUNT)
one.quantity("theta", POINT)
one.family("seen", whole_from(0, "M"), "x_{0}", "x_{0}", parameters="i")
one.family("model", Range(ZERO, ONE, high_in=True), "p_{0}({1})", "p_{0}({1})", parameters="theta, x", partial="p_{0}")

# %% [markdown]
# § principle
# %%
independence = one.define("likelihood", "L(theta) = prod(model(theta, seen(i)), i, 1, N)")
frequency = one.define(
    "frequency",
    "phat(x) = sum(indicator(x, seen(i)), i, 1, N)/N",
    tex=r"\hat{{p}}_N({0})",
    plain="p̂_N({0})",
    partial=r"\hat{{p}}_N",
)
total = one.step(
    "frequency-sum", by(), "sum(phat(x), x, 0, M) = 1",
    through=[
        "= sum(sum(indicator(x, seen(i)), i, 1, N)/N, x, 0, M) | frequency",
        "= sum(sum(indicator(x, seen(i)), i, 1, N), x, 0, M)/N | sum-linear",
        "= sum(sum(indicator(x, seen(i)), x, 0, M), i, 1, N)/N | sum-exchange",
        "= sum(1, i, 1, N)/N | one-term",
    ],
)  # fmt: skip
log_likelihood = one.step(
    "log-likelihood", take_logarithm(independence), "log(L(theta)) = sum(log(model(theta, seen(i))), i, 1, N)"
)
cross_entropy = one.step(
    "cross-entropy", by(), "H(phat, model(theta)) = -(1/N)*log(L(theta))",
    through=[
        "= -sum(phat(x)*log(model(theta, x)), x, 0, M) | cross-entropy.definition",
        "= -sum(1/N*sum(indicator(x, seen(i)), i, 1, N)*log(model(theta, x)), x, 0, M) | frequency",
        "= -(1/N)*sum(sum(indicator(x, seen(i))*log(model(theta, x)), i, 1, N), x, 0, M) | sum-linear",
        "= -(1/N)*sum(sum(indicator(x, seen(i))*log(model(theta, x)), x, 0, M), i, 1, N) | sum-exchange",
        "= -(1/N)*sum(log(model(theta, seen(i))), i, 1, N) | one-term",
        "= -(1/N)*log(L(theta)) | log-likelihood",
    ],
)  # fmt: skip
split = one.step(
    "decomposition", by(), "H(phat, model(theta)) = Ent(phat) + KL(phat, model(theta))",
    through=[
        "= -sum(phat(x)*log(model(theta, x)), x, 0, M) | cross-entropy.definition",
        "= sum(-phat(x)*log(phat(x)) + phat(x)*log(phat(x)/model(theta, x)), x, 0, M) | zero-log-zero, sum-linear",
        "= -sum(phat(x)*log(phat(x)), x, 0, M) + sum(phat(x)*log(phat(x)/model(theta, x)), x, 0, M) | sum-linear",
        "= Ent(phat) + KL(phat, model(theta)) | cross-entropy.entropy, cross-entropy.kl-divergence",
    ],
)  # fmt: skip
same = one.step(
    "same-parameter", by(cross_entropy, split), "argmax(L(theta), theta) = argmin(KL(phat, model(theta)), theta)",
    through=[
        "= argmin(-log(L(theta)), theta) | log-keeps-order, minus-swaps",
        "= argmin(-(1/N)*log(L(theta)), theta) | positive-factor",
        "= argmin(H(phat, model(theta)), theta) | cross-entropy",
        "= argmin(Ent(phat) + KL(phat, model(theta)), theta) | decomposition",
        "= argmin(KL(phat, model(theta)), theta) | added-constant",
    ],
)  # fmt: skip

# %% [markdown]
# § coin
# %%
one.quantity("p", UNIT)
one.quantity("n", COUNT)
one.quantity("k", whole_from(0, "n"))
one.use(entropy, "B")
LOGS = "k*log(p) + (n - k)*log(1 - p)"
tosses = one.define("tosses", "S(k, p) = p**k*(1 - p)**(n - k)", tex="L_{{{0}}}({1})", plain="L_{0}({1})")
tosses_log = one.step("tosses-log", take_logarithm(tosses), f"log(S(k, p)) = {LOGS}")
SUM, SHARE = "sum(B(k/n, x)*log({}), x, 0, M)".format, "k/n*log({}) + (1 - k/n)*log({})".format
coin = one.step(
    "coin", by(), "H(B(k/n), B(p)) = -(1/n)*log(S(k, p))", on=TWO,
    through=[
        f"= -{SUM('B(p, x)')} | cross-entropy.definition",
        "= -(B(k/n, 1)*log(B(p, 1)) + B(k/n, 0)*log(B(p, 0))) | write-out",
        f"= -({SHARE('p', '1 - p')}) | cross-entropy.bernoulli-distribution",
        f"= -(1/n)*({LOGS}) | collect",
        "= -(1/n)*log(S(k, p)) | tosses-log",
    ],
)  # fmt: skip
coin_split = one.step(
    "coin-decomposition", by(), "H(B(k/n), B(p)) = Ent(B(k/n)) + KL(B(k/n), B(p))", on=TWO,
    through=[
        f"= -{SUM('B(p, x)')} | cross-entropy.definition",
        "= sum(-B(k/n, x)*log(B(k/n, x)) + B(k/n, x)*log(B(k/n, x)/B(p, x)), x, 0, M) | zero-log-zero, sum-linear",
        f"= -{SUM('B(k/n, x)')} + {SUM('B(k/n, x)/B(p, x)')} | sum-linear",
        "= Ent(B(k/n)) + KL(B(k/n), B(p)) | cross-entropy.entropy, cross-entropy.kl-divergence",
    ],
)  # fmt: skip

# %% [markdown]
# § by-hand
# %%
OWN, BETWEEN = "-(8/10*log(8/10) + 2/10*log(2/10))", "8/10*log(8/5) + 2/10*log(2/5)"
fair = one.step(
    "fair-coin", by(cross), "H(B(8/10), B(1/2)) = log(2) ~ digits(log(2), 3)", on=TWO,
    through=["= -(8/10*log(1/2) + (1 - 8/10)*log(1 - 1/2)) | cross-entropy.of-two-bernoullis", "= -log(1/2) | collect", "= log(2) | log-quotient"],
)  # fmt: skip
left_over = one.step(
    "eight-of-ten-entropy", by(own_two), f"Ent(B(8/10)) = {OWN} ~ digits({OWN}, 3)", on=TWO,
    through=["= -(8/10*log(8/10) + (1 - 8/10)*log(1 - 8/10)) | cross-entropy.entropy-of-bernoulli"],
)  # fmt: skip
too_much = one.step(
    "fair-coin-divergence", by(kl_two), f"KL(B(8/10), B(1/2)) = {BETWEEN} ~ digits({BETWEEN}, 3)", on=TWO,
    through=["= 8/10*log((8/10)/(1/2)) + (1 - 8/10)*log((1 - 8/10)/(1 - 1/2)) | cross-entropy.kl-of-two-bernoullis"],
)  # fmt: skip
