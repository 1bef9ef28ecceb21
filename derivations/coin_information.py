# %% [markdown]
# § coin-information
# %%
"""How sharply 8 heads in 10 speak about p: observed and Fisher information are the same at the estimate, and one over their root is the standard error.

Domain: 0 < p < 1; 0 < k < n where both faces are to be seen.  Unit: information in nats per squared unit of p; the standard error in units of p.
Source: article `mle`, section 1, carried on.
"""

from derivations.coin import coin, second_derivative
from derivations.coin_general import INSIDE, at_mle, fisher, general, variance_of_mean
from derivations.engine import UNIT, Derivation
from derivations.engine.rules import by

information = Derivation("coin-information", source="mle/1.2", conventions=("0^0 = 1",))
p = information.quantity("p", UNIT)
information.use(general, "n", "k", "I", J_k="J", Var="V")
information.use(coin, "L")
information.write("J_k", "J_{{{0}}}({1})", "J_{0}({1})")

# %% [markdown]
# § observed-information
# %%
definition = information.define("observed-definition", "J(p) = -d2(log(L(p)), p)")
observed = information.step("observed", by(second_derivative), "J(p) = -d2(log(L(p)), p) = 8/p**2 + 2/(1 - p)**2")
observed_at_mle = information.step(
    "observed-at-mle", by(observed), "J(8/10) = 125/2", through=["= 8/(8/10)**2 + 2/(1 - 8/10)**2", "= 25/2 + 50"]
)

# %% [markdown]
# § expected-information
# %%
expected = information.step("fisher", by(fisher), "I(10, p) = 10/(p*(1 - p))")
expected_at_mle = information.step(
    "fisher-at-mle", by(expected), "I(10, 8/10) = 125/2", through=["= 10/((8/10)*(1 - 8/10))"]
)
general_at_mle = information.step(
    "fisher-at-estimate", by(fisher), "I(n, k/n) = n**3/(k*(n - k))", on=INSIDE, through=["= n/((k/n)*(1 - k/n))"]
)
same = information.step(
    "same-at-estimate", by(at_mle, general_at_mle), "J_k(k, k/n) = n**3/(k*(n - k)) = I(n, k/n)", on=INSIDE
)

# %% [markdown]
# § standard-error
# %%
variance = information.step("variance", by(variance_of_mean, expected), "Var(10, p) = p*(1 - p)/10 = 1/I(10, p)")
variance_at_mle = information.step(
    "variance-at-mle", by(variance), "Var(10, 8/10) = 2/125", through=["= (8/10)*(1 - 8/10)/10"]
)
standard_error = information.step(
    "standard-error",
    by(variance, expected_at_mle),
    "sqrt(Var(10, 8/10)) = 1/sqrt(I(10, 8/10)) = sqrt(2/125) ~ digits(sqrt(2/125), 3)",
    through=[
        "= sqrt(1/I(10, 8/10)) | variance",
        "= 1/sqrt(I(10, 8/10)) | root-quotient, fisher-at-mle",
        "= 1/sqrt(125/2) | fisher-at-mle",
        "= sqrt(2/125) | root-quotient",
    ],
)
