# %% [markdown]
# § not-a-probability
# %%
"""Over p the likelihood of eight heads in ten has the area 1/11, not 1; in odds its values stay, while a density's would move; with a uniform prior the posterior is 11 L.

Domain: 0 <= p <= 1, odds 0 < o.  Unit: none.  Source: article `mle`, section 1, asked further.
"""

from derivations import coin
from derivations.coin import likelihood, maximum, ways
from derivations.engine import CLOSED_UNIT, POSITIVE, Derivation
from derivations.engine.rules import by, differentiate, maximise

area = Derivation("not-a-probability", source="mle/1", conventions=("0^0 = 1",))
p, o = area.quantity("p", CLOSED_UNIT), area.quantity("o", POSITIVE)
area.use(coin.coin, "L")

# %% [markdown]
# § area
# %%
antiderivative = area.define("antiderivative", "A(p) = 5*p**9 - 9*p**10 + 45/11*p**11")
slope = area.step(
    "antiderivative-slope",
    differentiate(antiderivative, p, likelihood, ways),
    "d(A(p), p) = L(p)",
    through=[
        "= 45*p**8 - 90*p**9 + 45*p**10 | antiderivative, derivative-power, derivative-linear",
        "= 45*p**8*(1 - p)**2",
        "= binomial(10, 8)*p**8*(1 - p)**2 | coin.ways",
    ],
)
total = area.step("area", by(antiderivative), "A(1) - A(0) = 5 - 9 + 45/11 = 1/11")

# %% [markdown]
# § odds
# %%
in_odds = area.define("in-odds", "M(o) = L(o/(1 + o))")
written = area.step("likelihood-in-odds", by(in_odds, likelihood, ways), "M(o) = 45*o**8/(1 + o)**10")
same_value = area.step("same-value", by(in_odds), "M(4) = L(8/10)")
odds_maximum = area.step("odds-maximum", maximise(written), 'argmax(M(o), o, 0, oo, "()") = 4')
jacobian = area.step("odds-scale", by(), "d(o/(1 + o), o) = 1/(1 + o)**2")

# %% [markdown]
# § posterior
# %%
posterior = area.define("posterior", "D(p) = 11*L(p)")
one = area.step("posterior-area", by(total), "11*A(1) - 11*A(0) = 1")
mode = area.step("posterior-mode", maximise(maximum), "argmax(D(p), p, 0, 1) = argmax(L(p), p, 0, 1) = 8/10")
density = area.define("density-in-odds", "E(o) = D(o/(1 + o))*d(o/(1 + o), o)")
of_odds = area.step(
    "posterior-in-odds",
    by(posterior, written, jacobian),
    "E(o) = 495*o**8/(1 + o)**12",
    through=[
        "= D(o/(1 + o))*d(o/(1 + o), o) | density-in-odds",
        "= D(o/(1 + o))*(1/(1 + o)**2) | odds-scale",
        "= 11*L(o/(1 + o))*(1/(1 + o)**2) | posterior",
        "= 11*M(o)*(1/(1 + o)**2) | in-odds",
    ],
)
moved = area.step("posterior-mode-in-odds", maximise(of_odds), 'argmax(E(o), o, 0, oo, "()") = 2')
