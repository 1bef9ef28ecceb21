# %% [markdown] tags=["zh"]
# # 与均方误差相比 { #squared-error }
#
# “交叉熵比均方误差更适合分类”其实是三句话：关于梯度，关于凸性，关于噪声模型。每一句都可以推导。
# %% [markdown] tags=["en"]
# # Compared with the squared error { #squared-error }
#
# “Cross-entropy suits classification better than the squared error” is three claims: about the gradient, about convexity, about the noise model. Each can be derived.
# %%
"""Against the squared error: the gradient does not fade, the loss is convex in the score, and the noise model is that of labels, not of measurements.

Domain: real scores z, labels y in {0, 1}.  Unit: nats for the cross-entropy, none for the squared error.  Source: article `bce`, section 7, and `mle`, section 7.5.
"""

from sympy import Derivative, Integer, Limit, Subs, exp, log, oo, pi, sqrt

from derivations.core import BCE_STYLE, LABEL, POSITIVE, REAL, Derivation, chain, equals, quotient
from derivations.core.rules import differentiate, go_to_limit, negate, substitute, take_logarithm

squared = Derivation(
    "squared-error", ("与均方误差相比", "Compared with the squared error"), source="bce/7", style=BCE_STYLE
)
z, y = squared.symbol("z", REAL), squared.symbol("y", LABEL)
sigma = squared.function("sigma", r"\sigma({0})", "σ({0})")
C, S, P = squared.function("C"), squared.function("S"), squared.function("P")
squared.definitions[sigma(z)] = 1 / (1 + exp(-z))
s = squared.definitions[sigma(z)]

# %% [markdown] tags=["zh"]
# ## 两种损失 { #losses }
#
# 两者都看作打分 $z$ 的函数，预测是 $\sigma(z)$。
# %% [markdown] tags=["en"]
# ## The two losses { #losses }
#
# Both as functions of the score $z$; the prediction is $\sigma(z)$.
# %%
cross_entropy = squared.define(
    "cross-entropy",
    C(z),
    -(y * log(s) + (1 - y) * log(1 - s)),
    title=("交叉熵", "Cross-entropy"),
    shown=lambda: equals(C(z), -(y * log(sigma(z)) + (1 - y) * log(1 - sigma(z)))),
)
squared_error = squared.define(
    "squared-error",
    S(z),
    (y - s) ** 2,
    title=("平方误差", "Squared error"),
    shown=lambda: equals(S(z), (y - sigma(z)) ** 2),
)
squared_error
# %% [markdown] tags=["zh"]
# ## 梯度 { #gradient }
#
# 交叉熵的梯度就是误差本身：错得越多，推得越用力。平方误差的梯度多了两个因子，在错得最离谱的地方反而趋于零。
# %% [markdown] tags=["en"]
# ## The gradient { #gradient }
#
# The gradient of the cross-entropy is the error itself: the further off, the harder the push. That of the squared error carries two more factors, and fades just where the prediction is most wrong.
# %%
cross_slope = squared.step(
    "cross-entropy-gradient",
    differentiate(cross_entropy, z),
    title=("交叉熵的梯度", "Gradient of the cross-entropy"),
    shown=lambda: equals(Derivative(C(z), z), sigma(z) - y),
)
squared_slope = squared.step(
    "squared-error-gradient",
    differentiate(squared_error, z),
    title=("平方误差的梯度", "Gradient of the squared error"),
    shown=lambda: equals(Derivative(S(z), z), 2 * (sigma(z) - y) * sigma(z) * (1 - sigma(z))),
)
squared_slope
# %%
C_1, S_1 = squared.function("C_1", "C_{{1}}({0})", "C_1({0})"), squared.function("S_1", "S_{{1}}({0})", "S_1({0})")
cross_positive = squared.step(
    "cross-entropy-positive",
    substitute(cross_entropy, {y: Integer(1)}),
    names=C_1(z),
    title=("标签为 1 的交叉熵", "Cross-entropy for label one"),
    shown=lambda: equals(C_1(z), -log(sigma(z))),
)
squared_positive = squared.step(
    "squared-error-positive",
    substitute(squared_error, {y: Integer(1)}),
    names=S_1(z),
    title=("标签为 1 的平方误差", "Squared error for label one"),
    shown=lambda: equals(S_1(z), (1 - sigma(z)) ** 2),
)
cross_push = squared.step(
    "cross-entropy-push",
    differentiate(cross_positive, z),
    title=("标签为 1：交叉熵的梯度", "Label one: gradient of the cross-entropy"),
    shown=lambda: equals(Derivative(C_1(z), z), sigma(z) - 1),
)
squared_push = squared.step(
    "squared-error-push",
    differentiate(squared_positive, z),
    title=("标签为 1：平方误差的梯度", "Label one: gradient of the squared error"),
    shown=lambda: equals(Derivative(S_1(z), z), -2 * sigma(z) * (1 - sigma(z)) ** 2),
)
cross_stays = squared.step(
    "cross-entropy-gradient-stays",
    go_to_limit(cross_push, z, -oo, "+"),
    title=("错得最离谱时，交叉熵的梯度还在", "Where the prediction is most wrong, this gradient stays"),
    shown=lambda: equals(Limit(sigma(z) - 1, z, -oo, "+"), Integer(-1)),
)
squared_fades = squared.step(
    "squared-error-gradient-fades",
    go_to_limit(squared_push, z, -oo, "+"),
    title=("错得最离谱时，平方误差的梯度消失", "There this one fades"),
    shown=lambda: equals(Limit(-2 * sigma(z) * (1 - sigma(z)) ** 2, z, -oo, "+"), Integer(0)),
)
squared_fades
# %% [markdown] tags=["zh"]
# ## 凸性 { #convexity }
#
# 交叉熵的二阶导数处处为正，是凸函数。平方误差的二阶导数变号，不是。
# %% [markdown] tags=["en"]
# ## Convexity { #convexity }
#
# The second derivative of the cross-entropy is positive everywhere, so it is convex. That of the squared error changes its sign.
# %%
cross_bend = squared.step(
    "cross-entropy-convex",
    differentiate(cross_slope, z),
    title=("交叉熵的二阶导数", "Second derivative of the cross-entropy"),
    shown=lambda: chain(Derivative(C(z), (z, 2)), "=", sigma(z) * (1 - sigma(z)), ">", Integer(0)),
)
squared_bend = squared.step(
    "squared-error-bend",
    differentiate(squared_push, z),
    title=("平方误差的二阶导数", "Second derivative of the squared error"),
    shown=lambda: equals(Derivative(S_1(z), (z, 2)), 2 * sigma(z) * (1 - sigma(z)) ** 2 * (3 * sigma(z) - 1)),
)
far_off = squared.step(
    "squared-error-bends-down",
    substitute(squared_bend, {z: -log(3)}),
    title=("一处向下弯", "Bending down at one place"),
    shown=lambda: chain(Subs(Derivative(S_1(z), (z, 2)), z, -log(Integer(3))), "=", -quotient(9, 128), "<", Integer(0)),
)
half_way = squared.step(
    "squared-error-bends-up",
    substitute(squared_bend, {z: Integer(0)}),
    title=("另一处向上弯", "Bending up at another"),
    shown=lambda: chain(Subs(Derivative(S_1(z), (z, 2)), z, Integer(0)), "=", quotient(1, 8), ">", Integer(0)),
)
half_way
# %% [markdown] tags=["zh"]
# ## 噪声模型 { #noise }
#
# 平方误差也是一种负对数似然，只不过它假定标签等于预测加上高斯噪声。标签只取 0 与 1，这个假定并不成立。
# %% [markdown] tags=["en"]
# ## The noise model { #noise }
#
# The squared error, too, is a negative log-likelihood: it assumes the label is the prediction plus Gaussian noise. For labels that are zero or one, that assumption does not hold.
# %%
t, m, v = squared.symbol("t", REAL), squared.symbol("mu", REAL), squared.symbol("v", POSITIVE, latex_form=r"\sigma^2")
density = squared.define(
    "gaussian",
    P(t),
    lambda: exp(-((t - m) ** 2) / (2 * v)) / sqrt(2 * pi * v),
    title=("高斯噪声的密度", "Density under Gaussian noise"),
)
log_density = squared.step(
    "gaussian-log",
    take_logarithm(density),
    title=("高斯噪声的对数密度", "Its logarithm"),
    shown=lambda: equals(log(P(t)), -((t - m) ** 2) / (2 * v) - log(2 * pi * v) / 2),
)
gaussian_nll = squared.step(
    "gaussian-nll",
    negate(log_density),
    title=("它的负对数：平方误差加常数", "Its negative logarithm: the squared error, up to a factor and a constant"),
    shown=lambda: equals(-log(P(t)), (t - m) ** 2 / (2 * v) + log(2 * pi * v) / 2),
)
gaussian_nll

# %%
squared.report(__name__)
