# %% [markdown] tags=["zh"]
# # 十张猫图 { #cats }
#
# 同一个想法换到分类器上：十张图片都是猫，模型对每一张给出“是猫”的概率 $\hat{y}_i$。
# %% [markdown] tags=["en"]
# # Ten pictures of cats { #cats }
#
# The same idea for a classifier: ten pictures, all cats, and for each the model's probability $\hat{y}_i$ that it is one.
# %%
"""Ten samples of label 1: the likelihood is a product, its negative logarithm is the cross-entropy, and no finite weights reach its bound.

Domain: 0 < ŷ_i < 1.  Unit: nats; sums, not means.  Source: article `mle`, section 2; any number N of samples besides.
"""

from sympy import Integer, Limit, Tuple, exp, log, oo

from derivations.core import (
    COUNT,
    INDEX,
    LABEL,
    NAME,
    REAL,
    UNIT,
    Derivation,
    Named,
    chain,
    decimal,
    equals,
    product_of,
    sum_of,
)
from derivations.core.rules import bound, go_to_limit, multiply_over, negate, substitute, take_logarithm

cats = Derivation("cats", ("十张猫图", "Ten cats"), source="mle/2")
i, N, theta = cats.symbol("i", INDEX), cats.symbol("N", COUNT), cats.symbol("theta", NAME)
y = cats.family("y", LABEL, "y_{0}", "y_{0}")
yhat = cats.family("prediction", UNIT, r"\hat{{y}}_{0}(\theta)", "ŷ_{0}(θ)")
L, P = cats.function("L"), cats.function("P")
loss = cats.function("loss", r"\mathcal{{L}}({0})", "ℒ({0})")

# %% [markdown] tags=["zh"]
# ## 一个样本 { #sample }
#
# 标签 $y_i$ 是一次“抛掷”，只是这枚硬币的 $p$ 由模型给出。
# %% [markdown] tags=["en"]
# ## One sample { #sample }
#
# A label $y_i$ is one toss, of a coin whose $p$ the model supplies.
# %%
outputs = cats.define(
    "example-outputs",
    None,
    None,
    title=("模型的输出（举例）", "Outputs of the model, for instance"),
    source="2",
    rule="observe",
    shown=lambda: equals(
        Named("outputs", r"(\hat{y}_1, \hat{y}_2, \hat{y}_3, \dots)"),
        Tuple(decimal("0.7"), decimal("0.8"), decimal("0.6"), Named("more", r"\dots")),
    ),
)
sample = cats.define(
    "sample",
    P(y(i)),
    lambda: yhat(i) ** y(i) * (1 - yhat(i)) ** (1 - y(i)),
    title=("一个标签的概率", "Probability of one label"),
    source="2.1",
)
sample_likelihood = cats.step(
    "sample-likelihood",
    substitute(sample, {y(i): Integer(1)}),
    names=P(Integer(1)),
    title=("标签为 1 的样本", "A sample of label one"),
    source="2.1",
    shown=lambda: equals(P(Integer(1)), yhat(i)),
)
sample_likelihood
# %% [markdown] tags=["zh"]
# ## 十个样本 { #ten }
# %% [markdown] tags=["en"]
# ## Ten samples { #ten }
# %%
likelihood = cats.step(
    "likelihood",
    multiply_over(sample_likelihood, i, 1, 10),
    names=L(theta),
    title=("十张猫图的似然", "Likelihood of ten cats"),
    source="2.1",
    shown=lambda: equals(L(theta), product_of(yhat(i), i, 1, 10)),
)
likelihood
# %%
log_likelihood = cats.step(
    "log-likelihood",
    take_logarithm(likelihood),
    title=("对数似然", "Log-likelihood"),
    source="2.2",
    shown=lambda: equals(log(L(theta)), sum_of(log(yhat(i)), i, 1, 10)),
)
log_likelihood
# %%
cross_entropy = cats.step(
    "cross-entropy",
    negate(log_likelihood),
    names=loss(theta),
    title=("交叉熵损失（cross-entropy）", "Cross-entropy loss"),
    source="2.2",
    shown=lambda: equals(loss(theta), -sum_of(log(yhat(i)), i, 1, 10), -log(L(theta))),
)
cross_entropy
# %% [markdown] tags=["zh"]
# ## 任意多个样本 { #any-number }
# %% [markdown] tags=["en"]
# ## Any number of samples { #any-number }
# %%
any_likelihood = cats.step(
    "likelihood-any-number",
    multiply_over(sample_likelihood, i, 1, N),
    names=L(theta),
    title=("任意 N 张猫图的似然", "Likelihood of N cats"),
    source="2.1",
    shown=lambda: equals(L(theta), product_of(yhat(i), i, 1, N)),
)
any_log_likelihood = cats.step(
    "log-likelihood-any-number",
    take_logarithm(any_likelihood),
    title=("任意 N 张猫图的对数似然", "Log-likelihood of N cats"),
    source="2.2",
    shown=lambda: equals(log(L(theta)), sum_of(log(yhat(i)), i, 1, N)),
)
any_cross_entropy = cats.step(
    "cross-entropy-any-number",
    negate(any_log_likelihood),
    names=loss(theta),
    title=("任意 N 张猫图的交叉熵", "Cross-entropy of N cats"),
    source="2.2",
    shown=lambda: equals(loss(theta), -sum_of(log(yhat(i)), i, 1, N), -log(L(theta))),
)
any_cross_entropy
# %% [markdown] tags=["zh"]
# ## 到不了的上确界 { #supremum }
#
# 预测趋于 1，损失趋于 0；可是只要权重有限，sigmoid 给出的预测总小于 1，似然也就总小于 1。这里取最简单的模型：所有图片共用一个打分 $z$。
# %% [markdown] tags=["en"]
# ## A supremum out of reach { #supremum }
#
# As predictions tend to one the loss tends to zero. But with finite weights a sigmoid stays below one, and so does the likelihood. The simplest such model gives every picture the same score $z$.
# %%
q = cats.symbol("q", UNIT, latex_form=r"\hat{y}")
sample_log = cats.step(
    "sample-log",
    take_logarithm(sample_likelihood),
    title=("一张猫图的对数似然", "Log-likelihood of one cat"),
    source="2.2",
    shown=lambda: equals(log(P(Integer(1))), log(yhat(i))),
)
sample_loss = cats.step(
    "sample-loss",
    negate(sample_log),
    title=("一张猫图的损失", "Loss of one cat"),
    source="2.2",
    shown=lambda: equals(-log(P(Integer(1))), -log(yhat(i))),
)
by_prediction = cats.step(
    "loss-by-prediction",
    substitute(sample_loss, {yhat(i): q}),
    names=loss(q),
    title=("损失作为预测的函数", "The loss as a function of the prediction"),
    source="2.2",
    shown=lambda: equals(loss(q), -log(q)),
)
loss_vanishes = cats.step(
    "loss-vanishes",
    go_to_limit(by_prediction, q, 1, "-"),
    title=("预测趋于 1，损失趋于 0", "The loss vanishes as the prediction tends to one"),
    source="2.2",
    shown=lambda: equals(Limit(-log(q), q, 1, "-"), Integer(0)),
)
loss_vanishes
# %%
below_one = cats.step(
    "likelihood-below-one",
    bound(any_likelihood),
    title=("似然总小于 1", "The likelihood stays below one"),
    source="2.1",
    shown=lambda: chain(product_of(yhat(i), i, 1, N), "<", Integer(1)),
)
z = cats.symbol("z", REAL)
shared_score = cats.step(
    "shared-score",
    substitute(any_likelihood, {yhat(i): 1 / (1 + exp(-z))}),
    names=L(z),
    title=("共用一个打分的似然", "Likelihood with one shared score"),
    source="2.1",
    reason=("每个预测都取 $\\sigma(z)$", "every prediction is $\\sigma(z)$"),
    shown=lambda: equals(L(z), (1 / (1 + exp(-z))) ** N),
)
supremum = cats.step(
    "supremum",
    go_to_limit(shared_score, z, oo),
    title=("上确界是 1", "The supremum is one"),
    source="2.1",
    shown=lambda: equals(Limit(L(z), z, oo, "-"), Integer(1)),
)
never_reached = cats.step(
    "supremum-not-attained",
    bound(shared_score, supremum),
    title=("有限的打分到不了上确界", "No finite score attains it"),
    source="2.1",
    shown=lambda: chain(L(z), "<", Integer(1)),
)
never_reached

# %%
cats.report(__name__)
