# %% [markdown] tags=["zh"]
# # 任意多个类别 { #categorical }
#
# 现在类别可以有许多个。标签是 one-hot 的：真实类别处为 1，其余为 0；模型给每个类别一个概率。
# %% [markdown] tags=["en"]
# # Any number of classes { #categorical }
#
# Now there may be many classes. A label is one-hot: one at the true class and zero elsewhere; the model gives each class a probability.
# %%
"""N samples, C classes, one-hot labels: the cross-entropy is the negative log-likelihood, for every N and C.

Domain: 0 < ŷ_{i,c} < 1; 1 <= c_true <= C.  Unit: nats; sums, not means.  Source: article `mle`, section 7.
"""

from sympy import Derivative, Integer, KroneckerDelta, Limit, Tuple, log

from derivations.core import (
    COUNT,
    INDEX,
    NAME,
    UNIT,
    Bracket,
    Derivation,
    Named,
    Style,
    chain,
    decimal,
    equals,
    product_of,
    rounded,
    sum_of,
    up_to,
)
from derivations.core.rules import (
    differentiate,
    go_to_limit,
    multiply_over,
    negate,
    rewrite,
    substitute,
    take_logarithm,
)

categorical = Derivation("categorical", ("任意多个类别", "Any number of classes"), source="mle/7")
i, c = categorical.symbol("i", INDEX), categorical.symbol("c", INDEX)
N, theta = categorical.symbol("N", COUNT), categorical.symbol("theta", NAME)
C = categorical.symbol("C", COUNT)
true_class = categorical.family("true_class", up_to(C), "c_{{true}}", "c_true")
c_true = true_class(i)
y = categorical.family("label", NAME, "y_{{{0},{1}}}", "y_{0},{1}")
yhat = categorical.family("prediction", UNIT, r"\hat{{y}}_{{{0},{1}}}(\theta)", "ŷ_{0},{1}(θ)")
L, P = categorical.function("L"), categorical.function("P", "P(y_{{{0}}})", "P(y_{0})")
loss = categorical.function("loss", r"\mathcal{{L}}({0})", "ℒ({0})")

# %% [markdown] tags=["zh"]
# ## 一个样本 { #sample }
# %% [markdown] tags=["en"]
# ## One sample { #sample }
# %%
label = categorical.define("label", y(i, c), KroneckerDelta(c, c_true), title=("one-hot 标签", "One-hot label"))
sample = categorical.define(
    "sample", P(i), yhat(i, c_true), title=("一个样本的概率", "Probability of one sample"), source="7.1"
)
sample_log = categorical.step(
    "sample-log-likelihood",
    take_logarithm(sample),
    title=("一个样本的对数似然", "Log-likelihood of one sample"),
    source="7.1",
    shown=lambda: equals(log(P(i)), log(yhat(i, c_true))),
)
one_hot = categorical.step(
    "one-hot",
    negate(sample_log),
    title=("对类别求和，只剩真实类别", "The sum over classes keeps the true one alone"),
    source="7.2",
    shown=lambda: equals(-sum_of(y(i, c) * log(yhat(i, c)), c, 1, C), -log(yhat(i, c_true))),
)
one_hot
# %% [markdown] tags=["zh"]
# ## 全部样本 { #all-samples }
# %% [markdown] tags=["en"]
# ## All samples { #all-samples }
# %%
likelihood = categorical.step(
    "likelihood",
    multiply_over(sample, i, 1, N),
    names=L(theta),
    title=("似然", "Likelihood"),
    source="7.1",
    shown=lambda: equals(L(theta), product_of(yhat(i, c_true), i, 1, N)),
)
likelihood
# %%
log_likelihood = categorical.step(
    "log-likelihood",
    take_logarithm(likelihood),
    title=("对数似然", "Log-likelihood"),
    source="7.2",
    shown=lambda: equals(log(L(theta)), sum_of(log(yhat(i, c_true)), i, 1, N)),
)
log_likelihood
# %%
cross_entropy = categorical.step(
    "cross-entropy",
    negate(log_likelihood),
    names=loss(theta),
    title=("交叉熵损失", "Cross-entropy loss"),
    source="7.2",
    shown=lambda: equals(loss(theta), -sum_of(log(yhat(i, c_true)), i, 1, N)),
)
identity = categorical.step(
    "nll-identity",
    rewrite(cross_entropy, likelihood),
    title=("交叉熵就是负对数似然", "Cross-entropy is the negative log-likelihood"),
    source="7.2",
    shown=lambda: equals(loss(theta), -log(L(theta))),
)
identity

# %% [markdown] tags=["zh"]
# ## 预测越准，损失越小 { #vanishing }
# %% [markdown] tags=["en"]
# ## Better predictions, smaller loss { #vanishing }
# %%
q = categorical.symbol("q", UNIT, latex_form=r"\hat{y}_{i,c_{true}}")
by_prediction = categorical.step(
    "loss-by-prediction",
    substitute(one_hot, {yhat(i, c_true): q}),
    names=loss(q),
    title=("损失作为预测的函数", "The loss as a function of the prediction"),
    source="7.3",
    shown=lambda: equals(loss(q), -log(q)),
)
falling = categorical.step(
    "loss-falls",
    differentiate(by_prediction, q),
    title=("预测变大，损失变小", "The loss falls as the prediction grows"),
    source="7.3",
    shown=lambda: chain(Derivative(loss(q), q), "=", -1 / q, "<", Integer(0)),
)
vanishing = categorical.step(
    "loss-vanishes",
    go_to_limit(by_prediction, q, 1, "-"),
    title=("预测趋于 1，损失趋于 0", "The loss vanishes as the prediction tends to one"),
    source="7.3",
    shown=lambda: equals(Limit(loss(q), q, 1, "-"), Integer(0)),
)
vanishing
# %% [markdown] tags=["zh"]
# ## 一个例子：方向一致 { #example }
#
# 真实类别是猫（第二个分量）。对数似然要变大，损失要变小，说的是同一件事。
# %% [markdown] tags=["en"]
# ## An example: one direction { #example }
#
# The true class is cat, the second component. Raising the log-likelihood and lowering the loss are the same thing.
# %%
outputs = (decimal("0.3"), decimal("0.7"))
example = categorical.define(
    "example-prediction",
    None,
    None,
    title=("模型的输出", "The model's output"),
    source="7.4",
    rule="observe",
    shown=lambda: equals(Named("yhat", r"\hat{y}"), Bracket(Tuple(*outputs))),
)
target = categorical.define(
    "example-label",
    None,
    None,
    title=("真实类别的 one-hot 标签", "The one-hot label of the true class"),
    source="7.4",
    rule="observe",
    shown=lambda: equals(Named("y", "y"), Bracket(Tuple(Integer(0), Integer(1)))),
)
probability = {Integer(1): outputs[0].doit(), Integer(2): outputs[1].doit()}
example_log = categorical.step(
    "example-log-likelihood",
    substitute(sample_log, {yhat(i, c_true): probability[Integer(2)]}, example, target),
    title=("这个样本的对数似然", "Log-likelihood of this sample"),
    source="7.4",
    style=Style(times=r"\cdot"),
    shown=lambda: chain(
        0 * log(outputs[0]) + 1 * log(outputs[1]), "=", log(outputs[1]), "≈", rounded(log(outputs[1].doit()), 3)
    ),
)
example_loss = categorical.step(
    "example-loss",
    negate(example_log),
    title=("这个样本的损失", "Loss of this sample"),
    source="7.4",
    shown=lambda: chain(-log(outputs[1]), "≈", rounded(-log(outputs[1].doit()), 3)),
)
example_loss

# %%
categorical.report(__name__)
