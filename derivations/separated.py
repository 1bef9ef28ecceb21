# %% [markdown]
# § separated
# %%
"""Data that a line separates have no best weight; a penalty gives exactly one, and a prior keeps the coin's estimate away from 0 and 1.

Domain: a real weight w without bias, a penalty λ > 0; for the coin 0 < p < 1 and 0 <= k <= n.  Unit: nats; sums, not means.
"""

from derivations.engine import COUNT, POSITIVE, REAL, UNIT, Derivation, whole_from
from derivations.engine.kernel.statements import Range
from derivations.engine.kernel.terms import num
from derivations.engine.rules import by, differentiate, locate, maximise, take_logarithm
from derivations.logistic import logistic, mirrored, sigmoid
from derivations.squared_error import sigmoid_slope

separated = Derivation("separated", source="own", conventions=("0^0 = 1",))
w, p = separated.quantity("w", REAL), separated.quantity("p", UNIT)
separated.quantity("lam", POSITIVE, r"\lambda", "λ")
separated.quantity("n", COUNT)
separated.quantity("k", whole_from(0, "n"))
separated.use(logistic, "sigma")

# %% [markdown]
# § two-samples
# %%
likelihood = separated.define("likelihood", "L(w) = (1 - sigma(-w))*sigma(w)")
square = separated.step("likelihood-square", by(likelihood, mirrored), "L(w) = sigma(w)**2", through=["= (1 - sigma(-w))*sigma(w)"])
small = separated.step("at-three", by(square, sigmoid), "L(log(3)) = (3/4)**2 = decimal(5625/10000)", through=["= sigma(log(3))**2 | likelihood-square", "= (1/(1 + exp(-log(3))))**2 | logistic.sigmoid"])
larger = separated.step("at-nine", by(square, sigmoid), "L(log(9)) = (9/10)**2 = decimal(81/100)", through=["= sigma(log(9))**2 | likelihood-square", "= (1/(1 + exp(-log(9))))**2 | logistic.sigmoid"])
large = separated.step("at-ninety-nine", by(square, sigmoid), "L(log(99)) = (99/100)**2 = decimal(9801/10000)", through=["= sigma(log(99))**2 | likelihood-square", "= (1/(1 + exp(-log(99))))**2 | logistic.sigmoid"])

# %% [markdown]
# § penalty
# %%
penalised = separated.define("penalised", "J(w, lam) = -2*log(sigma(w)) + lam*w**2", tex="J_{1}({0})", plain="J_{1}({0})")
loss = separated.step("loss", take_logarithm(square), "-log(L(w)) = -2*log(sigma(w))", through=["= -log(sigma(w)**2) | likelihood-square"])
slope = separated.step(
    "slope", differentiate(penalised, w, sigmoid_slope), "d(J(w, lam), w) = 2*lam*w - 2*(1 - sigma(w))",
    through=["= d(-2*log(sigma(w)) + lam*w**2, w)", "= -2*(1/sigma(w))*d(sigma(w), w) + lam*(2*w) | derivative-log, derivative-power, derivative-linear", "= -2*(1/sigma(w))*(sigma(w)*(1 - sigma(w))) + lam*(2*w) | squared-error.sigmoid-slope"],
)
bend = separated.step("bend", differentiate(slope, w, sigmoid_slope), "d2(J(w, lam), w) = 2*lam + 2*sigma(w)*(1 - sigma(w)) > 0")
starts = separated.step("slope-at-zero", by(slope, sigmoid), "d(J(w, lam), w, 0) = -1 < 0", through=["= 2*lam*0 - 2*(1 - sigma(0)) | slope", "= -2*(1 - 1/(1 + exp(0))) | logistic.sigmoid"])
ends = separated.step("slope-far-out", by(slope), "d(J(w, lam), w, 1/lam) = 2*sigma(1/lam) > 0", through=["= 2*lam*(1/lam) - 2*(1 - sigma(1/lam)) | slope"])
tenth = separated.define("tenth", "g(w) = w/5 - 2*(1 - sigma(w))")
ROOT = "roots(g(w), w, 0, 10)"
tenth_is = separated.step("tenth-is-slope", by(slope), "d(J(w, 1/10), w) = g(w)", through=["= 2*(1/10)*w - 2*(1 - sigma(w)) | slope"])
tenth_slope = separated.step("tenth-slope", differentiate(tenth, w, sigmoid_slope), "d(g(w), w) = 1/5 + 2*sigma(w)*(1 - sigma(w)) > 0")
best = separated.step("best-weight", locate(tenth_slope), f"{ROOT} ~ {{digits({ROOT}, 3)}}")

# %% [markdown]
# § prior
# %%
prior = separated.define("prior", "f(p) = 6*p*(1 - p)")
weighed = separated.define("weighed", "Q(k, p) = p**k*(1 - p)**(n - k)*(6*p*(1 - p))", tex="Q_{{{0}}}({1})", plain="Q_{0}({1})")
log_weighed = separated.step("weighed-log", take_logarithm(weighed), "log(Q(k, p)) = log(6) + (k + 1)*log(p) + (n - k + 1)*log(1 - p)")
score = separated.step("weighed-score", differentiate(log_weighed, p), "d(log(Q(k, p)), p) = (k + 1)/p - (n - k + 1)/(1 - p)")
place = separated.step("weighed-maximum", maximise(score), 'argmax(Q(k, p), p, 0, 1, "()") = (k + 1)/(n + 2)')
TEN = {"n": Range(num(10), num(10), True, True, whole=True)}
coin_place = separated.step("coin-with-prior", by(place), 'argmax(Q(8, p), p, 0, 1, "()") = (8 + 1)/(10 + 2) = decimal(9/12)', on=TEN, point={"n": 10}, through=["= (8 + 1)/(n + 2) | weighed-maximum"])
