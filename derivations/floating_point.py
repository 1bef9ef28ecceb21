# %% [markdown]
# § floating-point
# %%
"""Where a product of halves underflows, the sum of logarithms beside it, and a form of the loss that keeps its digits.

Domain: real logits z, labels y in {0, 1}; IEEE 754 float64.  Unit: nats.  Source: article `bce`, section 4 (a product of many numbers below 1 underflows).
"""

import math
import sys

from derivations.engine import COUNT, LABEL, REAL, UNIT, Derivation
from derivations.engine.balls import value
from derivations.engine.kernel.terms import ZERO
from derivations.engine.rules import by, cases, induction, take_logarithm
from derivations.logistic import logistic

floating = Derivation("floating-point", source="bce/4")
floating.use(logistic, "sigma")
N, z, p = floating.quantity("N", COUNT), floating.quantity("z", REAL), floating.quantity("p", UNIT)
floating.quantity("n", COUNT)
floating.quantity("y", LABEL)

# %% [markdown]
# § underflow
# %%
BITS, LOWEST = sys.float_info.mant_dig, sys.float_info.min_exp - 1
bits = floating.observe("significant-bits", f"bits = {BITS}", tex="m")
lowest = floating.observe("lowest-exponent", f"lowest = {LOWEST}", tex=r"e_{{\min}}")
spacing = floating.define("smallest", "eps = 2**(lowest - (bits - 1))", tex=r"\varepsilon_0", plain="ε_0")
smallest = floating.step(
    "smallest-number",
    by(),
    f"eps = 2**(lowest - (bits - 1)) = 2**({LOWEST - (BITS - 1)})",
    through=["= 2**(lowest - (bits - 1)) | smallest", f"= 2**({LOWEST} - ({BITS} - 1)) | lowest-exponent, significant-bits"],
)
# %%
half = floating.define("half", "P(n) = 0.5", on={"n": COUNT}, tex=r"P(\hat{{y}}^{0})", plain="P(ŷ^{0})")
likelihood = floating.define("likelihood", "L(N) = prod(P(n), n, 1, N)")
halves = floating.step(
    "product-of-halves", induction(N), "L(N) = prod(0.5, n, 1, N) = 2**(-N)", through=["= prod(0.5, n, 1, N) | likelihood, half"]
)


# %%
def first_zero() -> int:
    """Multiply halves in float64 until the product is 0.0, and say how many it took."""
    product, factors = 1.0, 0
    while product != 0.0:
        product, factors = product * 0.5, factors + 1
    return factors


found = floating.observe("first-zero", f"N0 = {first_zero()}", tex="N_0")
underflow = floating.step(
    "underflow", by(found), f"1 - (lowest - (bits - 1)) = {first_zero()} = N0", through=[f"= 1 - ({LOWEST} - ({BITS} - 1)) | lowest-exponent, significant-bits"]
)  # fmt: skip
half_of_smallest = floating.step(
    "product-at-underflow",
    by(),
    "L(N0) = eps/2",
    through=["= 2**(-N0) | product-of-halves", f"= 2**(-{first_zero()}) | first-zero", f"= 2**({LOWEST - (BITS - 1)})/2", "= eps/2 | smallest-number"],
)  # fmt: skip
# %%
log_halves = floating.step(
    "logarithm-of-halves",
    take_logarithm(halves),
    "log(L(N)) = sum(log(0.5), n, 1, N) = -N*log(2)",
    through=["= log(prod(0.5, n, 1, N)) | likelihood, half", "= sum(log(0.5), n, 1, N) | log-product", "= N*log(0.5)", "= N*log(1/2)"],
)
log_at_underflow = floating.step("logarithm-at-underflow", by(log_halves), f"log(L(N0)) = -{first_zero()}*log(2) ~ digits(-{first_zero()}*log(2), 3)")

# %% [markdown]
# § from-logits
# %%
naive = floating.define(
    "naive-loss", "Loss(z, y) = -(y*log(sigma(z)) + (1 - y)*log(1 - sigma(z)))", tex=r"\text{{Loss}}({0}, {1})", plain="Loss({0}, {1})", source="5.2"
)  # fmt: skip
factored = floating.step(
    "exponential-factored", by(), "z + log(1 + exp(-z)) = log(1 + exp(z))", through=["= log(exp(z)) + log(1 + exp(-z))", "= log(exp(z)*(1 + exp(-z)))"], source="5.2"
)  # fmt: skip
softplus = floating.step("softplus", cases(z, ZERO, factored), "max(z, 0) + log(1 + exp(-abs(z))) = log(1 + exp(z))", source="5.2")
stable = floating.step(
    "stable-loss",
    by(naive),
    "Loss(z, y) = max(z, 0) - z*y + log(1 + exp(-abs(z)))",
    through=[
        "= -(y*log(sigma(z)) + (1 - y)*log(1 - sigma(z))) | naive-loss",
        "= -(y*log(1/(1 + exp(-z))) + (1 - y)*log(1 - 1/(1 + exp(-z)))) | logistic.sigmoid",
        "= -(y*log(exp(z)/(1 + exp(z))) + (1 - y)*log(1/(1 + exp(z)))) | collect",
        "= -(y*(log(exp(z)) - log(1 + exp(z))) + (1 - y)*(-log(1 + exp(z)))) | log-quotient",
        "= -(y*(z - log(1 + exp(z))) - (1 - y)*log(1 + exp(z))) | log-exp",
        "= log(1 + exp(z)) - z*y",
        "= (max(z, 0) + log(1 + exp(-abs(z)))) - z*y | softplus",
    ],
    source="5.2",
)


# %% [markdown]
# § comparison
# %%
def naive_in_floats(score: float, label: int) -> float:
    """The loss as defined, in float64; infinite where log 0 or an overflow occurs."""
    try:
        f = 1 / (1 + math.exp(-score))
        return -(label * math.log(f) + (1 - label) * math.log(1 - f)) if 0 < f < 1 else _at_saturation(f, label)
    except OverflowError:
        return math.inf if label else math.nan


def _at_saturation(f: float, label: int) -> float:
    """With f rounded to 0 or 1 one logarithm is infinite, and 0 times infinity is not a number: what NumPy would return."""
    return math.nan if f == label else math.inf


def stable_in_floats(score: float, label: int) -> float:
    """The same loss in the form derived above."""
    return max(score, 0.0) - score * label + math.log1p(math.exp(-abs(score)))


def relative_error(computed: float, score: int, label: int) -> float:
    """|computed / true - 1|, the truth being a ball of 2400 bits, which holds its digits at scores of a thousand."""
    if not math.isfinite(computed):
        return math.inf
    true = value(stable.terms[-1], stable.context, {"z": score, "y": label}, precision=2400)
    return float(abs(computed - true) / true)


SCORES = (-1000, -800, -100, -40, -10, -1, 0, 1, 10, 20, 36, 40, 100, 700, 800, 1000)
comparison = [(score, relative_error(naive_in_floats(score, 1), score, 1), relative_error(stable_in_floats(score, 1), score, 1)) for score in SCORES]
comparison

# %% [markdown]
# § log-of-zero
# %%
term = floating.define("entropy-term", "h(p) = p*log(p)", source="6")
vanishing = floating.step("zero-times-log-zero", by(term), 'lim(h(p), p, 0, "+") = lim(p*log(p), p, 0, "+") = 0', source="6")
diverging = floating.step("log-zero", by(), 'lim(log(p), p, 0, "+") = -oo', source="6")
# %%
0.0 * -math.inf
