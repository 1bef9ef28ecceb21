# %% [markdown] tags=["zh"]
# # 三张猫图，用数字验证 { #three-cats }
#
# 三张猫图，模型给出三个概率。对数似然与交叉熵只差一个符号；每一位小数都由区间算术确定。
# %% [markdown] tags=["en"]
# # Three cats in numbers { #three-cats }
#
# Three pictures of cats and the model's three probabilities. Log-likelihood and cross-entropy differ by a sign; every decimal is decided by a rigorous enclosure.
# %%
"""Predictions 0.7, 0.9 and 0.5 for three cats: log-likelihood -1.155, cross-entropy 1.155.

Domain: constants.  Unit: nats; a sum, not a mean.  Source: article `mle`, section 4.
"""

from sympy import log

from derivations.cats import theta
from derivations.core import AsDecimal, Derivation, Equation, Named, chain, decimal, equals, rounded
from derivations.core.rules import multiply, negate, take_logarithm

three = Derivation("three-cats", ("三张猫图", "Three cats"), source="mle/4")
L = three.function("L")
loss = Named("loss", r"\mathcal{L}")
PREDICTIONS = (decimal("0.7"), decimal("0.9"), decimal("0.5"))


# %% [markdown] tags=["zh"]
# ## 数据 { #data }
# %% [markdown] tags=["en"]
# ## The data { #data }
# %%
def observed(which: int, prediction: AsDecimal) -> Equation:
    name = Named(f"yhat_{which}", rf"\hat{{y}}_{which}")
    return three.define(
        f"prediction-{which}",
        name,
        prediction.doit(),
        title=(f"第 {which} 张的预测", f"Prediction for picture {which}"),
        rule="observe",
        shown=lambda: equals(name, prediction),
    )


given = [observed(which, prediction) for which, prediction in enumerate(PREDICTIONS, start=1)]
given[-1]
# %% [markdown] tags=["zh"]
# ## 似然与它的对数 { #log-likelihood }
# %% [markdown] tags=["en"]
# ## The likelihood and its logarithm { #log-likelihood }
# %%
product = three.step(
    "likelihood",
    multiply(*given),
    names=L(theta),
    title=("三张猫图的似然", "Likelihood of the three"),
    shown=lambda: equals(L(theta), PREDICTIONS[0] * PREDICTIONS[1] * PREDICTIONS[2], decimal("0.315")),
)
product


# %%
def logarithm(which: int, one: Equation, prediction: AsDecimal) -> Equation:
    return three.step(
        f"log-{which}",
        take_logarithm(one),
        title=(f"第 {which} 张的对数", f"Logarithm for picture {which}"),
        shown=lambda: chain(log(prediction), "≈", rounded(log(prediction.doit()), 3)),
    )


logs = [logarithm(which, *pair) for which, pair in enumerate(zip(given, PREDICTIONS, strict=True), start=1)]
logs[-1]
# %%
terms = [rounded(log(prediction.doit()), 3) for prediction in PREDICTIONS]
total = rounded(log(product.expression), 3)
log_likelihood = three.step(
    "log-likelihood",
    take_logarithm(product),
    title=("三张猫图的对数似然", "Log-likelihood of the three"),
    shown=lambda: chain(
        log(L(theta)),
        "=",
        log(PREDICTIONS[0]) + log(PREDICTIONS[1]) + log(PREDICTIONS[2]),
        "≈",
        terms[0] + terms[1] + terms[2],
        "=",
        total,
    ),
)
log_likelihood
# %% [markdown] tags=["zh"]
# ## 交叉熵 { #cross-entropy }
# %% [markdown] tags=["en"]
# ## The cross-entropy { #cross-entropy }
# %%
cross_entropy = three.step(
    "cross-entropy",
    negate(log_likelihood),
    names=loss,
    title=("三张猫图的交叉熵", "Cross-entropy of the three"),
    shown=lambda: chain(
        loss, "=", -(log(PREDICTIONS[0]) + log(PREDICTIONS[1]) + log(PREDICTIONS[2])), "≈", AsDecimal(-total.doit(), 3)
    ),
)
cross_entropy


# %% [markdown] tags=["zh"]
# ## 每张图的损失 { #each }
#
# 把握越小，损失越大：三个加数就是三张图各自的损失。
# %% [markdown] tags=["en"]
# ## The loss of each picture { #each }
#
# The less sure the model, the larger the loss: the three terms are the losses of the three pictures.
# %%
def loss_of(which: int, one: Equation, prediction: AsDecimal) -> Equation:
    return three.step(
        f"loss-{which}",
        negate(one),
        title=(f"第 {which} 张的损失", f"Loss of picture {which}"),
        shown=lambda: chain(-log(prediction), "≈", rounded(-log(prediction.doit()), 3)),
    )


losses = [loss_of(which, *pair) for which, pair in enumerate(zip(logs, PREDICTIONS, strict=True), start=1)]
losses[-1]

# %%
three.report(__name__)
