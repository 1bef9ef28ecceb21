# %% [markdown] tags=["zh"]
# # 抛硬币：十次里八次正面 { #coin }
#
# 十次抛掷，八次正面。哪个 $p$ 让这份数据最可能出现？似然、对数、求导、求根，再证明求得的正是唯一的最大值点。
# %% [markdown] tags=["en"]
# # The coin: eight heads among ten { #coin }
#
# Ten tosses, eight heads. Which $p$ makes these data most probable? Likelihood, logarithm, slope, root, and then the proof that the root is the one maximum.
# %%
"""8 heads in 10 independent tosses: the maximum likelihood estimate is p = 8/10.

Domain: 0 < p < 1, for the maximum 0 <= p <= 1.  Unit: nats.  Source: article `mle`, section 1.
"""

from sympy import Derivative, FiniteSet, Integer, Interval, Rational, Subs, Tuple, binomial, log

from derivations.coin_sequence import heads, length, sequence
from derivations.coin_sequence import likelihood as sequence_likelihood
from derivations.core import UNIT, ArgMax, AsDecimal, Derivation, Named, Roots, Style, chain, equals, quotient
from derivations.core.rules import (
    bound,
    count,
    differentiate,
    divide,
    factor_out,
    maximise,
    scale,
    solve_for,
    substitute,
    take_logarithm,
    the_root,
)

coin = Derivation("coin", ("抛硬币", "The coin"), source="mle/1")
p = coin.symbol("p", UNIT)
L = coin.function("L")
L_sequence = coin.function("L_seq", r"L_{{\text{{seq}}}}({0})", "L_seq({0})")
coin.definitions[L_sequence(p)] = sequence.definitions[sequence.function("L")(p)]

# %% [markdown] tags=["zh"]
# ## 似然 { #likelihood }
#
# 只知道“十次里八次正面”而不问顺序时，同样的计数有多种排法，每一种的概率都相同。
# %% [markdown] tags=["en"]
# ## The likelihood { #likelihood }
#
# If all we are told is the count and not the order, several sequences give the same count, and each has the same probability.
# %%
ways = coin.step(
    "ways",
    count(binomial(length.expression, heads.expression), length, heads),
    title=("排法的数目", "Number of arrangements"),
    source="1.1",
    shown=lambda: equals(binomial(10, 8), Integer(45)),
)
likelihood = coin.step(
    "likelihood",
    scale(sequence_likelihood, ways.expression, ways),
    names=L(p),
    title=("似然函数（likelihood）", "Likelihood"),
    source="1.1",
    style=Style(times=r"\cdot"),
    reason=("每种排法概率相同，概率相加", "every arrangement has the same probability; they add up"),
    shown=lambda: equals(L(p), binomial(10, 8) * p**8 * (1 - p) ** 2),
)
likelihood
# %%
ratio = coin.step(
    "ratio",
    divide(likelihood, sequence_likelihood),
    title=("与这一串抛掷的似然之比", "Ratio to the likelihood of the sequence"),
    source="1.1",
    shown=lambda: equals(L(p) / L_sequence(p), binomial(10, 8), Integer(45)),
)
ratio
# %% [markdown] tags=["zh"]
# ## 对数似然与得分函数 { #score }
# %% [markdown] tags=["en"]
# ## Log-likelihood and score { #score }
# %%
log_likelihood = coin.step(
    "log-likelihood",
    take_logarithm(likelihood),
    title=("对数似然（log-likelihood）", "Log-likelihood"),
    source="1.2",
    shown=lambda: equals(log(L(p)), log(binomial(10, 8)) + 8 * log(p) + 2 * log(1 - p)),
)
log_likelihood
# %%
score = coin.step(
    "score",
    differentiate(log_likelihood, p),
    title=("得分函数（score）", "Score"),
    source="1.2",
    shown=lambda: chain(Derivative(log(L(p)), p), "=", 8 / p - 2 / (1 - p), "=!", Integer(0)),
)
score
# %%
INSIDE, WITH_ENDS = Interval.open(0, 1), Interval(0, 1)
score_root = coin.step(
    "score-root",
    solve_for(score, p, INSIDE),
    title=("得分函数唯一的根", "The score's one root"),
    source="1.2",
    shown=lambda: equals(Roots(Derivative(log(L(p)), p), p, INSIDE), FiniteSet(quotient(8, 10))),
)
mle = coin.step(
    "mle",
    the_root(score_root),
    names=Named("p_hat", "p"),
    title=("最大似然估计", "Maximum likelihood estimate"),
    source="1.2",
    shown=lambda: equals(Named("p_hat", "p"), quotient(8, 10), Rational(4, 5), AsDecimal(Rational(4, 5), 1)),
)
mle
# %% [markdown] tags=["zh"]
# ## 为什么是最大值 { #maximum }
#
# 导数为零只说明“走平了”。二阶导数说明它在那里向下弯；而在整个 $[0,1]$ 上唯一，则由导数的因式分解保证。
# %% [markdown] tags=["en"]
# ## Why it is the maximum { #maximum }
#
# A zero slope only says that the curve is level. The second derivative says that it bends down there; that there is no higher place on all of $[0,1]$ follows from the factors of the slope.
# %%
second_derivative = coin.step(
    "second-derivative",
    differentiate(log_likelihood, p, 2),
    title=("二阶导数", "Second derivative"),
    source="1.2",
    shown=lambda: equals(Derivative(log(L(p)), (p, 2)), -8 / p**2 - 2 / (1 - p) ** 2),
)
concave = coin.step(
    "concave",
    bound(second_derivative),
    title=("处处向下弯", "Concave everywhere"),
    source="1.2",
    shown=lambda: chain(Derivative(log(L(p)), (p, 2)), "<", Integer(0)),
)
curvature = coin.step(
    "curvature",
    substitute(second_derivative, {p: mle.expression}, mle),
    title=("最大值点处的二阶导数", "Second derivative at the maximum"),
    source="1.2",
    shown=lambda: equals(Subs(Derivative(log(L(p)), (p, 2)), p, quotient(8, 10)), -Rational(125, 2)),
)
maximum = coin.step(
    "maximum",
    maximise(likelihood, p, WITH_ENDS, candidates=(0, mle.expression, 1)),
    title=("整个区间上唯一的最大值点", "The one maximiser on the whole interval"),
    source="1.2",
    shown=lambda: equals(ArgMax(L(p), Tuple(p), WITH_ENDS), quotient(8, 10)),
)
same_maximiser = coin.step(
    "same-maximiser",
    maximise(sequence_likelihood, p, WITH_ENDS, candidates=(maximum.expression,)),
    title=("系数不改变最大值点", "The coefficient does not move the maximiser"),
    source="1.2",
    shown=lambda: equals(
        ArgMax(L_sequence(p), Tuple(p), WITH_ENDS), ArgMax(L(p), Tuple(p), WITH_ENDS), quotient(8, 10)
    ),
)
maximum_value = coin.step(
    "maximum-value",
    substitute(likelihood, {p: mle.expression}, mle),
    title=("最大的似然", "The largest likelihood"),
    source="1.2",
    shown=lambda: chain(
        L(quotient(8, 10)),
        "=",
        45 * Rational(4, 5) ** 8 * Rational(1, 5) ** 2,
        "=",
        quotient(589824, 1953125),
        "≈",
        AsDecimal(Rational(302, 1000), 3),
    ),
)
maximum
# %% [markdown] tags=["zh"]
# ## 如果不取对数 { #without-logarithm }
#
# 对似然本身求导，会多出两个根：它们在区间的两端，似然在那里取最小值零。
# %% [markdown] tags=["en"]
# ## Without the logarithm { #without-logarithm }
#
# The slope of the likelihood itself has two more roots. They sit at the ends of the interval, where the likelihood has its minimum, zero.
# %%
unfactored = coin.step(
    "likelihood-slope",
    differentiate(likelihood, p),
    title=("似然的导数", "Slope of the likelihood"),
    source="1.2",
    shown=lambda: equals(Derivative(L(p), p), 45 * (8 * p**7 * (1 - p) ** 2 - 2 * p**8 * (1 - p))),
)
slope = coin.step(
    "likelihood-derivative",
    factor_out(unfactored),
    title=("似然的导数，分解之后", "Slope of the likelihood, factored"),
    source="1.2",
    shown=lambda: chain(Derivative(L(p), p), "=", 90 * p**7 * (1 - p) * (4 - 5 * p), "=!", Integer(0)),
)
likelihood_roots = coin.step(
    "likelihood-roots",
    solve_for(slope, p, WITH_ENDS),
    title=("似然的导数的三个根", "The three roots of the likelihood's slope"),
    source="1.2",
    shown=lambda: equals(Roots(Derivative(L(p), p), p, WITH_ENDS), FiniteSet(Integer(0), quotient(8, 10), Integer(1))),
)
at_zero = coin.step(
    "at-zero",
    substitute(likelihood, {p: Integer(0)}, likelihood_roots),
    title=("左端点", "The left end"),
    source="1.2",
    shown=lambda: equals(L(Integer(0)), Integer(0)),
)
at_one = coin.step(
    "at-one",
    substitute(likelihood, {p: Integer(1)}, likelihood_roots),
    title=("右端点", "The right end"),
    source="1.2",
    shown=lambda: equals(L(Integer(1)), Integer(0)),
)
ends_are_minima = coin.step(
    "ends-are-minima",
    bound(likelihood, at_zero, at_one),
    title=("两端是最小值", "The ends are minima"),
    source="1.2",
    shown=lambda: chain(L(p), ">", Integer(0)),
)
likelihood_roots

# %%
coin.report(__name__)
