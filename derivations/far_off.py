# %% [markdown]
# § far-off
# %%
"""A label of one that is given the probability 1/100: the gradient of the cross-entropy is about fifty times that of the squared error.

Domain: the logit -log 99, the label 1.  Unit: nats per unit of the logit for the cross-entropy.
"""

from derivations.engine import Derivation
from derivations.engine.rules import by
from derivations.squared_error import cross_push, squared, squared_push

far = Derivation("far-off", source="own")
far.use(squared, "z", "sigma", "ell", "s")

# %% [markdown]
# § by-hand
# %%
prediction = far.step("prediction", by(), "sigma(-log(99)) = 1/(1 + exp(log(99))) = 1/100")
cross = far.step(
    "cross-entropy",
    by(cross_push, prediction),
    "d(ell(1, z), z, -log(99)) = 1/100 - 1 = decimal(-99/100)",
    through=["= sigma(-log(99)) - 1 | squared-error.cross-entropy-push"],
)
SQUARED = "-2*(1/100)*(1 - 1/100)**2"
square = far.step(
    "squared-error", by(squared_push, prediction), f"d(s(1, z), z, -log(99)) = {SQUARED} = decimal({SQUARED})",
    through=["= -2*sigma(-log(99))*(1 - sigma(-log(99)))**2 | squared-error.squared-error-push"],
)  # fmt: skip
ratio = far.step(
    "ratio", by(cross, square), "d(ell(1, z), z, -log(99))/d(s(1, z), z, -log(99)) = (99/100)/(2*(1/100)*(99/100)**2) = 5000/99 ~ digits(5000/99, 3)",
)  # fmt: skip
