# %% [markdown]
# § two-valleys
# %%
"""Three samples on which the squared error has two valleys, one of them false; the cross-entropy has one on any data.

Domain: a real weight w, no bias.  Unit: nats for the cross-entropy, none for the squared error.  Source: article `bce`, section 7, worked out here.
"""

from derivations.engine import COUNT, REAL, Derivation
from derivations.engine.rules import by, differentiate, maximise
from derivations.logistic import sigmoid
from derivations.squared_error import squared, squared_error

valleys = Derivation("two-valleys", source="bce/7")
valleys.use(squared, "y", "sigma", "ell", "s")
w = valleys.quantity("w", REAL)
valleys.quantity("a", REAL)
valleys.quantity("n", COUNT)

# %% [markdown]
# § data
# %%
inputs = valleys.observe("inputs", "x = (1, 20, -1/10)", tex="x_{0}")
valleys.write("x", "x_{0}", "x_{0}", partial="(x_1, x_2, x_3)")
labels = valleys.observe("labels", "label = (1, 0, 1)", tex="y_{0}")
valleys.write("label", "y_{0}", "y_{0}", partial="(y_1, y_2, y_3)")
total = valleys.define("squared-error-sum", "S(w) = sum(s(label(n), w*x(n)), n, 1, 3)")
three = valleys.step(
    "three-squared-errors",
    by(inputs, labels, squared_error),
    "S(w) = (1 - sigma(w))**2 + sigma(20*w)**2 + (1 - sigma(-w/10))**2",
    through=[
        "= sum((label(n) - sigma(w*x(n)))**2, n, 1, 3) | squared-error-sum, squared-error.squared-error",
        "= (label(1) - sigma(w*x(1)))**2 + (label(2) - sigma(w*x(2)))**2 + (label(3) - sigma(w*x(3)))**2 | write-out",
        "= (1 - sigma(w*1))**2 + (0 - sigma(w*20))**2 + (1 - sigma(w*(-1/10)))**2 | inputs, labels",
    ],
)

# %% [markdown]
# § valleys
# %%
far_left = valleys.step(
    "at-left-wall",
    by(three),
    "S(-1) ~ digits(S(-1), 3)",
    through=["= (1 - sigma(-1))**2 + sigma(-20)**2 + (1 - sigma(decimal(1/10)))**2"],
)
left = valleys.step(
    "at-left",
    by(three),
    "S(decimal(-12/100)) ~ digits(S(-12/100), 3)",
    through=["= (1 - sigma(decimal(-12/100)))**2 + sigma(decimal(-24/10))**2 + (1 - sigma(decimal(12/1000)))**2"],
)
ridge = valleys.step(
    "at-ridge",
    by(three),
    "S(decimal(1/2)) ~ digits(S(1/2), 3)",
    through=["= (1 - sigma(decimal(1/2)))**2 + sigma(10)**2 + (1 - sigma(decimal(-5/100)))**2"],
)
right = valleys.step(
    "at-right",
    by(three),
    "S(decimal(195/100)) ~ digits(S(195/100), 3)",
    through=["= (1 - sigma(decimal(195/100)))**2 + sigma(39)**2 + (1 - sigma(decimal(-195/1000)))**2"],
)
far_right = valleys.step(
    "at-right-wall",
    by(three),
    "S(5) ~ digits(S(5), 3)",
    through=["= (1 - sigma(5))**2 + sigma(100)**2 + (1 - sigma(decimal(-1/2)))**2"],
)
one_valley = valleys.step("left-valley", by(three), "S(decimal(-12/100)) < S(-1) < S(decimal(1/2))", through=["< S(-1) | digits", "< S(decimal(1/2)) | digits"])
other_valley = valleys.step("right-valley", by(three), "S(decimal(195/100)) < S(5) < S(decimal(1/2))", through=["< S(5) | digits", "< S(decimal(1/2)) | digits"])
floor = valleys.step("right-floor", by(three), "S(w) > sigma(20*w)**2")
lowest = valleys.step("right-floor-lowest", maximise(sigmoid), "argmin(sigma(20*w)**2, w, 1/2, 5) = 1/2")
higher = valleys.step("right-valley-higher", by(), "S(decimal(-12/100)) < sigma(20*(1/2))**2")

# %% [markdown]
# § one-valley
# %%
slope_in_weight = valleys.step(
    "sigmoid-slope-in-weight",
    differentiate(sigmoid, w),
    "d(sigma(w*a), w) = a*sigma(w*a)*(1 - sigma(w*a))",
    through=[
        "= d(1/(1 + exp(-w*a)), w) | logistic.sigmoid",
        "= -d(exp(-w*a), w)/(1 + exp(-w*a))**2 | derivative-quotient, derivative-linear",
        "= a*exp(-w*a)/(1 + exp(-w*a))**2 | derivative-exp, derivative-linear",
        "= a*(1/(1 + exp(-w*a)))*(1 - 1/(1 + exp(-w*a)))",
    ],
)
cross_in_weight = valleys.step(
    "cross-entropy-slope-in-weight",
    by(slope_in_weight),
    "d(ell(y, w*a), w) = a*(sigma(w*a) - y)",
    through=[
        "= d(-(y*log(sigma(w*a)) + (1 - y)*log(1 - sigma(w*a))), w) | squared-error.cross-entropy",
        "= -(y/sigma(w*a)*d(sigma(w*a), w) - (1 - y)/(1 - sigma(w*a))*d(sigma(w*a), w)) | derivative-log, derivative-linear",
        "= -(y/sigma(w*a)*a*sigma(w*a)*(1 - sigma(w*a)) - (1 - y)/(1 - sigma(w*a))*a*sigma(w*a)*(1 - sigma(w*a))) | sigmoid-slope-in-weight",
        "= -(y*a*(1 - sigma(w*a)) - (1 - y)*a*sigma(w*a))",
    ],
)
cross_total = valleys.define("cross-entropy-sum", "C(w) = sum(ell(label(n), w*x(n)), n, 1, 3)", tex=r"\mathcal{{L}}({0})", plain="ℒ({0})")
cross_convex = valleys.step(
    "cross-entropy-sum-convex",
    by(cross_in_weight, slope_in_weight),
    "d2(C(w), w) = sum(x(n)**2*sigma(w*x(n))*(1 - sigma(w*x(n))), n, 1, 3) > 0",
)
