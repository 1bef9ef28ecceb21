# %% [markdown] tags=["zh"]
# # 浮点数里的似然与损失 { #floating-point }
#
# 前面的推导都在实数里。计算机里的数有大小的限度：许多概率相乘会变成零，直接套公式会丢掉有效数字。这一页先推导，再当场运行。
# %% [markdown] tags=["en"]
# # Likelihood and loss in floating point { #floating-point }
#
# The derivations so far lived in the real numbers. Numbers in a computer have limits: a product of many probabilities turns into zero, and a formula used as it stands loses digits. Here both are derived first, and run on the spot.
# %%
"""Where a product of halves underflows, the sum of logarithms beside it, and a form of the loss that keeps its digits.

Domain: real scores z, labels y in {0, 1}; IEEE 754 float64.  Unit: nats.  Source: article `bce`, section 4 (a product of many numbers below 1 underflows).
"""

import math
import sys

from sympy import Abs, Integer, Limit, Max, exp, log, oo

from derivations.core import (
    BCE_STYLE,
    COUNT,
    INDEX,
    LABEL,
    REAL,
    UNIT,
    Comparison,
    Derivation,
    Named,
    chain,
    decimal,
    equals,
    product_of,
    rounded,
    sum_of,
)
from derivations.core.enclosure import enclose
from derivations.core.rules import count, go_to_limit, multiply_over, observe, rewrite, substitute, take_logarithm

floating = Derivation("floating-point", ("浮点数", "Floating point"), source="bce/4", style=BCE_STYLE)
i, N = floating.symbol("i", INDEX), floating.symbol("N", COUNT)
y, z = floating.symbol("y", LABEL), floating.symbol("z", REAL)
L = floating.function("L")

# %% [markdown] tags=["zh"]
# ## 连乘会下溢 { #underflow }
#
# float64 有 53 个二进制有效位，最小指数由格式规定；两者都由 Python 给出，不由我们填写。
# %% [markdown] tags=["en"]
# ## A product underflows { #underflow }
#
# The significant bits of float64 and its smallest exponent are fixed by the format; we ask Python for both and type neither.
# %%
BITS, LOWEST = Integer(sys.float_info.mant_dig), Integer(sys.float_info.min_exp - 1)
bits, lowest = Named("m", "m"), Named("e_min", r"e_{\min}")
significant = floating.define("significant-bits", bits, BITS, title=("有效位数", "Significant bits"), rule="observe")
exponent = floating.define("lowest-exponent", lowest, LOWEST, title=("最小指数", "Lowest exponent"), rule="observe")
smallest = floating.step(
    "smallest-number",
    count(Integer(2) ** (LOWEST - (BITS - 1)), significant, exponent),
    names=Named("smallest", r"\varepsilon_0"),
    title=("最小的正数", "The smallest positive number"),
    value=False,
    shown=lambda: equals(Named("smallest", r"\varepsilon_0"), 2 ** (lowest - (bits - 1)), Integer(2) ** Integer(-1074)),
)
smallest
# %%
half = floating.define(
    "half",
    None,
    decimal("0.5").doit(),
    title=("每个概率都是二分之一", "Every probability one half"),
    shown=lambda: equals(Named("f", "f_{w,b}(x^i)"), decimal("0.5")),
)
halves = floating.step(
    "product-of-halves",
    multiply_over(half, i, 1, N),
    names=L(N),
    title=("N 个二分之一之积", "A product of N halves"),
    shown=lambda: equals(L(N), product_of(decimal("0.5"), i, 1, N), Integer(2) ** (-N)),
)
halves


# %%
def first_zero() -> int:
    """Multiply halves in float64 until the product is 0.0, and say how many it took."""
    product, factors = 1.0, 0
    while product != 0.0:
        product, factors = product * 0.5, factors + 1
    return factors


underflow = floating.step(
    "underflow",
    observe(Integer(first_zero()), halves, smallest),
    names=Named("N_0", "N_0"),
    title=("乘到第几个变成零", "The factor at which it becomes zero"),
    reason=("当场运行得到，并与格式推出的结果相同", "found by running it, and the same as derived from the format"),
    shown=lambda: equals(Named("N_0", "N_0"), 1 - (lowest - (bits - 1)), Integer(1075)),
)
underflow
# %% [markdown] tags=["zh"]
# 同样这么多项，取了对数再相加，不过是一个寻常的数。
# %% [markdown] tags=["en"]
# The same number of terms, as a sum of logarithms, is an ordinary number.
# %%
log_halves = floating.step(
    "logarithm-of-halves",
    take_logarithm(halves),
    title=("对数之和", "The sum of logarithms"),
    shown=lambda: equals(log(L(N)), sum_of(log(decimal("0.5")), i, 1, N), -N * log(Integer(2))),
)
log_at_underflow = floating.step(
    "logarithm-at-underflow",
    substitute(log_halves, {N: underflow.expression}, underflow),
    title=("积已为零，对数之和一切如常", "The product is zero, the sum of logarithms is well"),
    shown=lambda: chain(-1075 * log(Integer(2)), "≈", rounded(-1075 * log(Integer(2)), 3)),
)
log_at_underflow
# %% [markdown] tags=["zh"]
# ## 由打分直接算损失 { #from-logits }
#
# 先算 $\sigma(z)$ 再取对数，会在 $z$ 很大或很小时丢失数字。把单个样本的损失换一种写法，指数运算就永远不会溢出。
# %% [markdown] tags=["en"]
# ## The loss straight from the score { #from-logits }
#
# To compute $\sigma(z)$ first and its logarithm after loses digits where $z$ is far from zero. Written in another way, the loss of a sample never asks for an exponential that overflows.
# %%
sigma = floating.function("sigma", r"\sigma({0})", "σ({0})")
Loss = floating.function("loss", r"\text{{Loss}}({0}, {1})", "Loss({0}, {1})")
floating.definitions[sigma(z)] = 1 / (1 + exp(-z))
s = floating.definitions[sigma(z)]
naive = floating.define(
    "naive-loss",
    Loss(z, y),
    -(y * log(s) + (1 - y) * log(1 - s)),
    title=("按定义计算", "As defined"),
    source="5.2",
    shown=lambda: equals(Loss(z, y), -(y * log(sigma(z)) + (1 - y) * log(1 - sigma(z)))),
)
stable = floating.step(
    "stable-loss",
    rewrite(naive),
    title=("由打分直接计算", "Straight from the score"),
    source="5.2",
    shown=lambda: equals(Loss(z, y), Max(z, Integer(0)) - z * y + log(1 + exp(-Abs(z)))),
)
stable


# %% [markdown] tags=["zh"]
# 下表比较两种写法在 float64 里的结果与区间算术给出的真值（相对误差；标签为一）。
# %% [markdown] tags=["en"]
# The table holds both forms, computed in float64, against the true value enclosed in ball arithmetic (relative error; label one). At the largest scores the true loss is smaller than the smallest float64: there the stable form gives zero, which is a relative error of one.
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
    """|computed / true - 1|, the truth being an enclosure at 2400 bits, which holds its digits at scores of a thousand."""
    if not math.isfinite(computed):
        return math.inf
    true = enclose(stable.expression, {z: score, y: label}, precision=2400)
    return float(abs(computed - true) / true)


SCORES = (-1000, -800, -100, -40, -10, -1, 0, 1, 10, 20, 36, 40, 100, 700, 800, 1000)
comparison = Comparison(
    header=(("打分 z", "score z"), ("按定义", "as defined"), ("由打分直接", "straight from the score")),
    rows=tuple(
        (
            score,
            relative_error(naive_in_floats(score, 1), score, 1),
            relative_error(stable_in_floats(score, 1), score, 1),
        )
        for score in SCORES
    ),
)
comparison
# %% [markdown] tags=["zh"]
# ## 零的对数 { #log-of-zero }
#
# 数学上，概率趋于零，它的对数趋于负无穷，而 $p \ln p$ 趋于零，所以约定这一项取零。代码里，零乘以负无穷得到的不是数（NaN）；各家的库因此先作截断。
# %% [markdown] tags=["en"]
# ## The logarithm of zero { #log-of-zero }
#
# In mathematics, as a probability tends to zero its logarithm tends to minus infinity, while $p \ln p$ tends to zero, which is why that term counts as zero. In code, zero times minus infinity is not a number, and so the libraries clip first.
# %%
p = floating.symbol("p", UNIT)
term = floating.define(
    "entropy-term",
    floating.function("h")(p),
    p * log(p),
    title=("熵的一项", "A term of the entropy"),
    source="6",
    shown=lambda: equals(floating.function("h")(p), p * log(p)),
)
vanishing = floating.step(
    "zero-times-log-zero",
    go_to_limit(term, p, 0, "+"),
    title=("零乘以零的对数", "Zero times the logarithm of zero"),
    source="6",
    shown=lambda: equals(Limit(p * log(p), p, 0, "+"), Integer(0)),
)
single = floating.define("logarithm", floating.function("g")(p), log(p), title=("对数", "The logarithm"), source="6")
diverging = floating.step(
    "log-zero",
    go_to_limit(single, p, 0, "+"),
    title=("零的对数", "The logarithm of zero"),
    source="6",
    shown=lambda: equals(Limit(log(p), p, 0, "+"), -oo),
)
diverging
# %%
0.0 * -math.inf

# %%
floating.report(__name__)
