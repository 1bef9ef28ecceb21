# %% [markdown] tags=["zh"]
# # 抛硬币：这一串抛掷 { #coin-sequence }
#
# 先不急着数正面。我们从抛掷的先后顺序出发：每一次抛掷贡献一个因子，相互独立，所以相乘。顺序最后只留下两个计数。
# %% [markdown] tags=["en"]
# # The coin: this very sequence { #coin-sequence }
#
# Before counting heads we look at the tosses in their order. Each contributes one factor, and independence multiplies them. In the end only two counts are left of the order.
# %%
"""The likelihood of ten tosses in their order is p^8 (1-p)^2, and 8/10 is the one p in [0, 1] that makes it largest.

Domain: 0 < p < 1.  Unit: nats.  Source: article `mle`, section 1.
"""

from sympy import Integer, Interval, Rational, Tuple, log

from derivations.core import (
    INDEX,
    LABEL,
    NAME,
    UNIT,
    ArgMax,
    AsDecimal,
    Derivation,
    Named,
    equals,
    product_of,
    quotient,
    sum_of,
)
from derivations.core.notation import chain
from derivations.core.rules import (
    bound,
    count,
    maximise,
    multiply,
    negate,
    rewrite,
    substitute,
    subtract,
    take_logarithm,
)

sequence = Derivation("coin-sequence", ("抛硬币：这一串抛掷", "The coin: this very sequence"), source="mle/1")
p = sequence.symbol("p", UNIT)
i = sequence.symbol("i", INDEX)
x = sequence.family("x", NAME, "x_{{{0}}}", "x_{0}")
P, L = sequence.function("P"), sequence.function("L")

# %% [markdown] tags=["zh"]
# ## 数据 { #data }
#
# 正面记 1，反面记 0。
# %% [markdown] tags=["en"]
# ## The data { #data }
#
# Heads is 1, tails is 0.
# %%
TOSSES = tuple(Integer(toss == "H") for toss in "HHTHHHHTHH")

tosses = sequence.define(
    "tosses",
    None,
    None,
    title=("十次抛掷", "The ten tosses"),
    source="1",
    rule="observe",
    shown=lambda: equals(Named("x", r"(x_1, \dots, x_{10})"), Tuple(*TOSSES)),
)
sequence.definitions.update({x(position): toss for position, toss in enumerate(TOSSES, start=1)})
n = len(TOSSES)
length = sequence.step(
    "length",
    count(sum(Integer(1) for _ in TOSSES), tosses),
    title=("抛掷次数", "Number of tosses"),
    shown=lambda: equals(sum_of(Integer(1), i, 1, n), Integer(n)),
)
heads = sequence.step(
    "heads",
    count(sum(TOSSES), tosses),
    title=("正面次数", "Number of heads"),
    shown=lambda: equals(sum_of(x(i), i, 1, n), Integer(8)),
)
tails = sequence.step(
    "tails",
    count(n - sum(TOSSES), tosses),
    title=("反面次数", "Number of tails"),
    shown=lambda: equals(sum_of(1 - x(i), i, 1, n), Integer(2)),
)
tails

# %% [markdown] tags=["zh"]
# ## 似然 { #likelihood }
# %% [markdown] tags=["en"]
# ## The likelihood { #likelihood }
# %%
outcome = sequence.symbol("x", LABEL)
toss = sequence.define(
    "toss",
    P(outcome),
    lambda: p**outcome * (1 - p) ** (1 - outcome),
    title=("一次抛掷的概率", "Probability of one toss"),
)
toss
# %%
each = {value: substitute(toss, {outcome: value}) for value in (Integer(1), Integer(0))}
one_heads = sequence.step(
    "one-heads", each[Integer(1)], title=("一次正面", "One heads"), shown=lambda: equals(P(Integer(1)), p)
)
one_tails = sequence.step(
    "one-tails", each[Integer(0)], title=("一次反面", "One tails"), shown=lambda: equals(P(Integer(0)), 1 - p)
)
one_tails
# %%
observed = {Integer(1): one_heads, Integer(0): one_tails}
likelihood = sequence.step(
    "likelihood",
    multiply(*(observed[value] for value in TOSSES), observed=(tosses,)),
    names=L(p),
    title=("这一串抛掷的似然", "Likelihood of the sequence"),
    shown=lambda: equals(L(p), p**8 * (1 - p) ** 2),
)
factors = sequence.step(
    "factors",
    rewrite(likelihood, tosses),
    reason=("按抛掷的顺序逐个写出", "written out in the order of the tosses"),
    title=("逐次相乘", "Toss by toss"),
    shown=lambda: equals(
        product_of(P(x(i)), i, 1, n), p * p * (1 - p) * p * p * p * p * (1 - p) * p * p, p**8 * (1 - p) ** 2
    ),
)
factors
# %%
log_likelihood = sequence.step(
    "log-likelihood",
    take_logarithm(likelihood),
    title=("对数似然", "Log-likelihood"),
    shown=lambda: equals(log(L(p)), 8 * log(p) + 2 * log(1 - p)),
)
log_likelihood
# %%
heads_log = sequence.step(
    "heads-log",
    take_logarithm(one_heads),
    title=("一次正面的对数", "Logarithm of one heads"),
    shown=lambda: equals(log(P(Integer(1))), log(p)),
)
heads_loss = sequence.step(
    "heads-loss",
    negate(heads_log),
    title=("一次正面的损失", "Loss of one heads"),
    shown=lambda: equals(-log(P(Integer(1))), -log(p)),
)
heads_loss

# %% [markdown] tags=["zh"]
# ## 唯一的最大值点 { #maximum }
#
# 最大值与任意一处的差可以精确分解。每个因子在 $[0,1]$ 上都不为负，只有第一个会等于零，而且只在一处。
# %% [markdown] tags=["en"]
# ## The one maximum { #maximum }
#
# The maximum minus the value anywhere else factors exactly. No factor is negative on $[0,1]$; only the first can be zero, and at one place alone.
# %%
maximum = sequence.step(
    "maximum",
    maximise(likelihood, p, Interval(0, 1), candidates=(0, 1, Rational(sum(TOSSES), n))),
    title=("唯一的最大值点", "The one maximiser"),
    shown=lambda: equals(ArgMax(L(p), Tuple(p), Interval(0, 1)), quotient(8, 10), AsDecimal(Rational(8, 10), 1)),
)
highest = sequence.step(
    "highest", substitute(likelihood, {p: maximum.expression}, maximum), title=("最大的似然", "The largest likelihood"), places=4,
    shown=lambda: equals(L(quotient(8, 10)), quotient(8, 10) ** 8 * quotient(2, 10) ** 2, quotient(Integer(65536), Integer(9765625))),
)  # fmt: skip
gap = sequence.step(
    "gap",
    subtract(highest, likelihood),
    title=("差的精确分解", "The gap, factored exactly"),
    shown=lambda: equals(
        L(quotient(4, 5)) - L(p),
        (5 * p - 4) ** 2 * (125 * p**3 + 75 * p**2 + 40 * p + 16) * (3125 * p**4 * (1 - p) + 256) / Integer(9765625),
    ),
)
nowhere_above = sequence.step(
    "nowhere-above",
    bound(gap),
    title=("处处不超过最大值", "Nowhere above the maximum"),
    shown=lambda: chain(L(quotient(4, 5)) - L(p), "≥", Integer(0)),
)
gap

# %%
sequence.report(__name__)
