# %% [markdown]
# § log-zero
# %%
"""A certain and wrong prediction costs infinitely much; clipping at ε puts a ceiling of -ln ε on the loss and a gradient of zero beneath; the logit needs neither.

Domain: 0 < q < 1; 0 < ε < 1; label 1, or label 0 at the logit 40.  Unit: nats.  Source: article `bce`, section 5.2, asked further.
"""

import math

from derivations import floating_point
from derivations.engine import POSITIVE, UNIT, Derivation
from derivations.engine.kernel.statements import Range
from derivations.engine.kernel.terms import ZERO, sym
from derivations.engine.rules import by
from derivations.logistic import logistic, sigmoid

zero = Derivation("log-zero", source="bce/5.2")
q, eps = zero.quantity("q", UNIT, "f", "f"), zero.quantity("eps", UNIT, r"\varepsilon", "ε")
zero.quantity("c", POSITIVE)
zero.use(logistic, "z", "sigma")
zero.use(floating_point.floating, "y", "Loss")
BELOW, ABOVE = {"q": Range(ZERO, sym("eps"))}, {"q": Range(sym("eps"), UNIT.high)}

# %% [markdown]
# § infinite
# %%
any_cost = zero.step("any-cost", by(), "-log(exp(-c)) = c")

# %% [markdown]
# § clipping
# %%
clipped = zero.define("clipped", "C(q) = -log(max(q, eps))")
ceiling = zero.step("ceiling", by(clipped), "C(q) = -log(eps)", on=BELOW)
stuck = zero.step("flat", by(ceiling), "C(q/2) = C(q)", on=BELOW, through=["= -log(eps) | ceiling"])
halved = zero.step("halved", by(), "-log(q/2) = -log(q) + log(2)", through=["= -(log(q) - log(2)) | log-quotient"])
unchanged = zero.step("unchanged", by(clipped), "C(q) = -log(q)", on=ABOVE)
seven = zero.step("seven-places", by(), "-log(10**(-7)) = 7*log(10) ~ digits(7*log(10), 3)")

# %% [markdown]
# § from-the-logit
# %%
computed = zero.observe("sigmoid-in-float64", f"f40 = {1 / (1 + math.exp(-40)):g}", tex="s")
lost = zero.step(
    "rounded-away",
    by(computed, sigmoid),
    "1 - f40 = 0 < 1 - sigma(40)",
    through=["= 1 - 1 | sigmoid-in-float64", "= 0", "< 1 - sigma(40)"],
)
forty = zero.step(
    "at-forty", by(floating_point.stable), "Loss(40, 0) = 40 + log(1 + exp(-40)) ~ digits(Loss(40, 0), 3)"
)
