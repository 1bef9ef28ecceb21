# %% [markdown] tags=["zh"]
# # 抛硬币：全是反面，全是正面 { #coin-boundary }
#
# 若 $n$ 次里一次正面也没有，或者全是正面，得分函数从不为零：没有驻点可求。最大值仍在，只是落在区间的端点。
# %% [markdown] tags=["en"]
# # The coin: all tails, all heads { #coin-boundary }
#
# If $n$ tosses show no heads at all, or nothing but heads, the score is never zero: there is no stationary point to find. The maximum is still there, at an end of the interval.
# %%
"""With 0 heads in n the estimate is 0, with n heads it is 1: the maximum is at the end and no stationary point exists.

Domain: n = 1, 2, 3, …; 0 <= p <= 1.  Unit: nats.  Source: article `mle`, section 1, where its method stops.
"""

from sympy import Derivative, Integer, Interval, S, Symbol, Tuple, binomial, log

from derivations.core import COUNT, NAME, UNIT, ArgMax, Derivation, Roots, chain, equals
from derivations.core.rules import bound, differentiate, maximise, solve_for, substitute, take_logarithm

boundary = Derivation("coin-boundary", ("抛硬币：端点情形", "The coin at the ends"), source="mle/1.2")
p = boundary.symbol("p", UNIT)
n = boundary.symbol("n", COUNT)
k = boundary.share(Symbol("k", integer=True, nonnegative=True), NAME)
L = boundary.function("L")
L_0 = boundary.function("L_0", "L_{{0}}({0})", "L_0({0})")
L_n = boundary.function("L_n", "L_{{n}}({0})", "L_n({0})")
INSIDE, WITH_ENDS = Interval.open(0, 1), Interval(0, 1)

likelihood = boundary.define(
    "likelihood",
    L(p),
    lambda: binomial(n, k) * p**k * (1 - p) ** (n - k),
    title=("n 次里 k 次正面的似然", "Likelihood of k heads in n"),
)
likelihood
# %% [markdown] tags=["zh"]
# ## 一次正面也没有 { #no-heads }
# %% [markdown] tags=["en"]
# ## No heads { #no-heads }
# %%
no_heads = boundary.step(
    "no-heads-likelihood",
    substitute(likelihood, {k: Integer(0)}),
    names=L_0(p),
    title=("全是反面的似然", "Likelihood of no heads"),
    shown=lambda: equals(L_0(p), (1 - p) ** n),
)
no_heads_log = boundary.step(
    "no-heads-log-likelihood",
    take_logarithm(no_heads),
    title=("全是反面的对数似然", "Log-likelihood of no heads"),
    shown=lambda: equals(log(L_0(p)), n * log(1 - p)),
)
no_heads_score = boundary.step(
    "no-heads-score",
    differentiate(no_heads_log, p),
    title=("全是反面的得分函数", "Score of no heads"),
    shown=lambda: equals(Derivative(log(L_0(p)), p), -n / (1 - p)),
)
no_heads_falling = boundary.step(
    "no-heads-falling",
    bound(no_heads_score),
    title=("一路下降", "Falling all the way"),
    shown=lambda: chain(Derivative(log(L_0(p)), p), "<", Integer(0)),
)
no_heads_roots = boundary.step(
    "no-heads-roots",
    solve_for(no_heads_score, p, INSIDE),
    title=("没有驻点", "No stationary point"),
    shown=lambda: equals(Roots(Derivative(log(L_0(p)), p), p, INSIDE), S.EmptySet),
)
no_heads_maximum = boundary.step(
    "no-heads-maximum",
    maximise(no_heads, p, WITH_ENDS, candidates=(0, 1)),
    title=("最大值在左端", "The maximum is at the left end"),
    shown=lambda: equals(ArgMax(L_0(p), Tuple(p), WITH_ENDS), Integer(0)),
)
no_heads_maximum
# %% [markdown] tags=["zh"]
# ## 全是正面 { #all-heads }
# %% [markdown] tags=["en"]
# ## Nothing but heads { #all-heads }
# %%
all_heads = boundary.step(
    "all-heads-likelihood",
    substitute(likelihood, {k: n}),
    names=L_n(p),
    title=("全是正面的似然", "Likelihood of all heads"),
    shown=lambda: equals(L_n(p), p**n),
)
all_heads_log = boundary.step(
    "all-heads-log-likelihood",
    take_logarithm(all_heads),
    title=("全是正面的对数似然", "Log-likelihood of all heads"),
    shown=lambda: equals(log(L_n(p)), n * log(p)),
)
all_heads_score = boundary.step(
    "all-heads-score",
    differentiate(all_heads_log, p),
    title=("全是正面的得分函数", "Score of all heads"),
    shown=lambda: equals(Derivative(log(L_n(p)), p), n / p),
)
all_heads_rising = boundary.step(
    "all-heads-rising",
    bound(all_heads_score),
    title=("一路上升", "Rising all the way"),
    shown=lambda: chain(Derivative(log(L_n(p)), p), ">", Integer(0)),
)
all_heads_roots = boundary.step(
    "all-heads-roots",
    solve_for(all_heads_score, p, INSIDE),
    title=("没有驻点", "No stationary point"),
    shown=lambda: equals(Roots(Derivative(log(L_n(p)), p), p, INSIDE), S.EmptySet),
)
all_heads_maximum = boundary.step(
    "all-heads-maximum",
    maximise(all_heads, p, WITH_ENDS, candidates=(0, 1)),
    title=("最大值在右端", "The maximum is at the right end"),
    shown=lambda: equals(ArgMax(L_n(p), Tuple(p), WITH_ENDS), Integer(1)),
)
all_heads_maximum

# %%
boundary.report(__name__)
