# %% [markdown]
# § plane
# %%
"""Ten samples in the plane, five of either label, which a line separates; with one of them moved between two of the others none does.

Domain: real weights w_1 and w_2, a real bias b; a real place s.  Unit: none.
"""

from derivations.engine import REAL, Derivation, whole_from
from derivations.engine.rules import by

plane = Derivation("plane", source="own")
plane.quantity("n", whole_from(1, 10))
plane.quantity("w1", REAL, "w_1", "w_1")
plane.quantity("w2", REAL, "w_2", "w_2")
for letter in "bs":
    plane.quantity(letter, REAL)

# %% [markdown]
# § samples
# %%
across = plane.observe("first-feature", "x = (1, 0.5, 2, 2.5, -0.5, -2, -1, 0.5, -1.5, -0.5)", tex=r"(x_1^1, \dots, x_1^{{10}})")
upward = plane.observe("second-feature", "v = (0.5, 2, 1.5, -0.5, 1.5, 1, 0, -1, -1.5, -2)", tex=r"(x_2^1, \dots, x_2^{{10}})")
labels = plane.observe("labels", "y = (1, 1, 1, 1, 1, 0, 0, 0, 0, 0)", tex=r"(\hat{{y}}^1, \dots, \hat{{y}}^{{10}})")
plane.write("x", "x_1^{0}", "x_1^{0}", partial=r"(x_1^1, \dots, x_1^{{10}})")
plane.write("v", "x_2^{0}", "x_2^{0}", partial=r"(x_2^1, \dots, x_2^{{10}})")
plane.write("y", r"\hat{{y}}^{0}", "ŷ^{0}", partial=r"(\hat{{y}}^1, \dots, \hat{{y}}^{{10}})")

# %% [markdown]
# § moved
# %%
logit = plane.define("logit", "z(n) = w1*x(n) + w2*v(n) + b", tex="z^{0}", plain="z^{0}")
moved = plane.define("moved-logit", "m(s) = w1*s + w2*v(1) + b", tex="z^1({0})", plain="z^1({0})")
between = plane.step("between", by(moved, logit, across, upward), "m(-1.5) = (z(6) + z(7))/2")
