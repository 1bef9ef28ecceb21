# %% [markdown] tags=["zh"]
# # 抛硬币：数据说得有多准 { #coin-information }
#
# 曲线在顶点弯得越急，数据对 $p$ 说得越准。弯曲的程度就是信息量，它的平方根的倒数是标准误。
# %% [markdown] tags=["en"]
# # The coin: how sharply the data speak { #coin-information }
#
# The more sharply the curve bends at its top, the more the data say about $p$. That bend is the information; one over its root is the standard error.
# %%
"""Observed and Fisher information of 8 heads in 10 at p = 8/10, and the standard error of the estimate.

Domain: 0 < p < 1.  Unit: information in nats per squared unit of p; the standard error in units of p.  Source: article `mle`, section 1, carried on.
"""

from sympy import Derivative, Rational, log, sqrt

from derivations.coin import coin, curvature, mle, second_derivative
from derivations.coin_general import fisher, n
from derivations.coin_sequence import length
from derivations.core import UNIT, AsDecimal, Derivation, chain, equals, quotient
from derivations.core.rules import negate, power, substitute

information = Derivation("coin-information", ("抛硬币：信息量", "The coin: information"), source="mle/1.2")
p = information.symbol("p", UNIT)
L, J, I = (information.function(name) for name in "LJI")
information.definitions[L(p)] = coin.definitions[L(p)]

observed = information.step(
    "observed",
    negate(second_derivative),
    names=J(p),
    title=("观测信息量（observed information）", "Observed information"),
    shown=lambda: equals(J(p), -Derivative(log(L(p)), (p, 2)), 8 / p**2 + 2 / (1 - p) ** 2),
)
observed_at_mle = information.step(
    "observed-at-mle",
    negate(curvature),
    title=("估计处的观测信息量", "Observed information at the estimate"),
    shown=lambda: equals(J(quotient(8, 10)), quotient(125, 2)),
)
observed_at_mle
# %%
expected = information.step(
    "fisher",
    substitute(fisher, {n: length.expression}, length),
    names=I(p),
    title=("Fisher 信息量（Fisher information）", "Fisher information"),
    shown=lambda: equals(I(p), 10 / (p * (1 - p))),
)
expected_at_mle = information.step(
    "fisher-at-mle",
    substitute(expected, {p: mle.expression}, mle),
    title=("估计处的 Fisher 信息量", "Fisher information at the estimate"),
    shown=lambda: equals(I(quotient(8, 10)), quotient(125, 2)),
)
expected_at_mle
# %%
standard_error = information.step(
    "standard-error",
    power(expected_at_mle, -Rational(1, 2)),
    title=("标准误（standard error）", "Standard error"),
    reason=("Fisher 信息量平方根的倒数", "one over the root of the Fisher information"),
    shown=lambda: chain(
        1 / sqrt(I(quotient(8, 10))), "=", sqrt(quotient(2, 125)), "≈", AsDecimal(Rational(126, 1000), 3)
    ),
)
standard_error

# %%
information.report(__name__)
