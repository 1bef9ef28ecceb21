# %% [markdown] tags=["zh"]
# # 抛硬币：一般的 n 次与 k 次 { #coin-general }
#
# 抛 $n$ 次，出现 $k$ 次正面，正反面都出现过。八次与十次换成字母，推导一步不变。
# %% [markdown] tags=["en"]
# # The coin: k heads in n { #coin-general }
#
# Now $n$ tosses with $k$ heads, and at least one of each face. Eight and ten become letters, and no step changes.
# %%
"""k heads in n tosses, both faces seen: the maximum likelihood estimate is k/n, and the information about p is n/(p (1-p)).

Domain: 0 < p < 1 and 0 < k < n; `coin_boundary.py` has k = 0 and k = n.  Unit: nats.  Source: article `mle`, section 1, made general.
"""

from sympy import Derivative, FiniteSet, Integer, Interval, Tuple, binomial, log

from derivations.coin_sequence import outcome, sequence, toss
from derivations.core import COUNT, LABEL, UNIT, ArgMax, Derivation, Named, Roots, SumOverEvents, above, chain, equals
from derivations.core.rules import (
    differentiate,
    expect,
    expected_value,
    maximise,
    negate,
    scale,
    solve_for,
    substitute,
    take_logarithm,
    the_root,
)

general = Derivation("coin-general", ("抛硬币：一般情形", "The coin in general"), source="mle/1")
p = general.symbol("p", UNIT)
k = general.symbol("k", COUNT)
n = general.symbol("n", above(k))
L, J, I, P = (general.function(name) for name in "LJIP")
E = general.function("E", r"\mathrm{{E}}[{0}]", "E[{0}]")
x = general.share(outcome, LABEL)
general.definitions[P(x)] = sequence.definitions[P(x)]
INSIDE, WITH_ENDS = Interval.open(0, 1), Interval(0, 1)

# %% [markdown] tags=["zh"]
# ## 正反面都出现 { #inside }
# %% [markdown] tags=["en"]
# ## Both faces seen { #inside }
# %%
likelihood = general.define(
    "likelihood",
    L(p),
    lambda: binomial(n, k) * p**k * (1 - p) ** (n - k),
    title=("一般的似然", "Likelihood in general"),
)
log_likelihood = general.step(
    "log-likelihood",
    take_logarithm(likelihood),
    title=("一般的对数似然", "Log-likelihood in general"),
    shown=lambda: equals(log(L(p)), log(binomial(n, k)) + k * log(p) + (n - k) * log(1 - p)),
)
score = general.step(
    "score",
    differentiate(log_likelihood, p),
    title=("一般的得分函数", "Score in general"),
    shown=lambda: chain(Derivative(log(L(p)), p), "=", k / p - (n - k) / (1 - p), "=!", Integer(0)),
)
score
# %%
root = general.step(
    "score-root",
    solve_for(score, p, INSIDE),
    title=("得分函数唯一的根", "The score's one root"),
    shown=lambda: equals(Roots(Derivative(log(L(p)), p), p, INSIDE), FiniteSet(k / n)),
)
mle = general.step(
    "mle",
    the_root(root),
    names=Named("p_hat", r"\hat{p}"),
    title=("一般的最大似然估计", "The estimate in general"),
    shown=lambda: equals(Named("p_hat", r"\hat{p}"), k / n),
)
maximum = general.step(
    "maximum",
    maximise(likelihood, p, WITH_ENDS, candidates=(mle.expression,)),
    title=("唯一的最大值点", "The one maximiser"),
    shown=lambda: equals(ArgMax(L(p), Tuple(p), WITH_ENDS), k / n),
)
maximum
# %% [markdown] tags=["zh"]
# ## 信息量与标准误 { #information }
#
# 曲线在顶点弯得越急，数据对 $p$ 说得越准。观测信息量是对数似然二阶导数的相反数，Fisher 信息量是它的期望。
# %% [markdown] tags=["en"]
# ## Information and standard error { #information }
#
# The more sharply the curve bends at its top, the more the data say about $p$. The observed information is minus the second derivative; its expectation is the Fisher information.
# %%
second = general.step(
    "second-derivative",
    differentiate(log_likelihood, p, 2),
    title=("一般的二阶导数", "Second derivative in general"),
    shown=lambda: equals(Derivative(log(L(p)), (p, 2)), -k / p**2 - (n - k) / (1 - p) ** 2),
)
observed = general.step(
    "observed-information",
    negate(second),
    names=J(p),
    title=("观测信息量（observed information）", "Observed information"),
    shown=lambda: equals(J(p), -Derivative(log(L(p)), (p, 2)), k / p**2 + (n - k) / (1 - p) ** 2),
)
at_mle = general.step(
    "observed-information-at-mle",
    substitute(observed, {p: mle.expression}, mle),
    title=("估计处的观测信息量", "Observed information at the estimate"),
    shown=lambda: equals(J(k / n), n**3 / (k * (n - k))),
)
one_mean = general.step(
    "mean-of-one",
    expected_value(toss, outcome, (1, 0)),
    title=("一次抛掷的均值", "Mean of one toss"),
    shown=lambda: equals(SumOverEvents(x * P(x), x, Tuple(1, 0)), p),
)
mean = general.step(
    "mean-of-heads",
    scale(one_mean, n),
    names=E(k),
    title=("正面次数的均值", "Mean number of heads"),
    reason=("均值相加，每次抛掷一份", "means add up, one for each toss"),
    shown=lambda: equals(E(k), n * p),
)
fisher = general.step(
    "fisher-information",
    expect(observed, {k: mean.expression}, mean),
    names=I(p),
    title=("Fisher 信息量", "Fisher information"),
    shown=lambda: equals(I(p), n / (p * (1 - p))),
)
fisher

# %%
general.report(__name__)
