# %% [markdown] tags=["zh"]
# # 逻辑回归：从似然到损失 { #logistic }
#
# 二分类：标签 $\hat{y}^n$ 是 1 或 0（这里的帽子表示真实标签），模型 $f_{w,b}(x)$ 给出类别 1 的概率。
# %% [markdown] tags=["en"]
# # Logistic regression: from likelihood to loss { #logistic }
#
# Two classes: the label $\hat{y}^n$ is one or zero (here the hat marks the true label), and the model $f_{w,b}(x)$ gives the probability of class one.
# %%
"""The negative log-likelihood of 0/1 labels is a sum of sample losses -[ŷ ln f + (1-ŷ) ln(1-f)].

Domain: 0 < f(x^n) < 1, ŷ^n in {0, 1}.  Unit: nats; sums, not means.  Source: article `bce`, sections 2 to 5.
"""

from sympy import Derivative, Integer, Limit, S, Tuple, exp, log

from derivations.core import (
    BCE_STYLE,
    COUNT,
    INDEX,
    LABEL,
    NAME,
    POSITIVE,
    REAL,
    UNIT,
    ArgMax,
    ArgMin,
    Bracket,
    Derivation,
    Dots,
    Named,
    Style,
    chain,
    equals,
    product_of,
    put,
    sum_of,
)
from derivations.core.rules import (
    bound,
    differentiate,
    go_to_limit,
    multiply_over,
    negate,
    reorder,
    rescale,
    rewrite,
    substitute,
    sum_over,
    take_logarithm,
    write_out,
    write_out_sum,
)

logistic = Derivation("logistic", ("逻辑回归", "Logistic regression"), source="bce/2", style=BCE_STYLE)
DOTTED = Style(logarithm=r"\ln", parenthesised=True, times=r"\cdot")
n, N = logistic.symbol("n", INDEX), logistic.symbol("N", COUNT)
w, b, x = (logistic.symbol(name, NAME) for name in "wbx")
f = logistic.family("model", UNIT, "f_{{w,b}}(x^{0})", "f(x^{0})")
label = logistic.family("label", LABEL, r"\hat{{y}}^{0}", "ŷ^{0}")
L, P = logistic.function("L"), logistic.function("P")
sigma = logistic.function("sigma", r"\sigma({0})", "σ({0})")
rest = Dots()

# %% [markdown] tags=["zh"]
# ## 模型 { #model }
#
# sigmoid 把任何实数变成 $(0,1)$ 里的数，所以可以当概率用。
# %% [markdown] tags=["en"]
# ## The model { #model }
#
# The sigmoid turns any real number into a number in $(0,1)$, so it can serve as a probability.
# %%
z = logistic.symbol("z", REAL)
sigmoid = logistic.define("sigmoid", sigma(z), 1 / (1 + exp(-z)), title=("sigmoid 函数", "The sigmoid"), source="2")
sigmoid_range = logistic.step(
    "sigmoid-range",
    bound(sigmoid),
    title=("sigmoid 的值域", "The sigmoid's range"),
    source="2",
    shown=lambda: chain(Integer(0), "<", sigma(z), "<", Integer(1)),
)
model = logistic.define(
    "model",
    Named("f(x)", "f_{w,b}(x)"),
    sigma(Named("score", r"w \cdot x + b")),
    title=("模型", "The model"),
    source="2",
)
sigmoid_range
# %% [markdown] tags=["zh"]
# ## 一个标签的概率 { #label-probability }
# %% [markdown] tags=["en"]
# ## The probability of one label { #label-probability }
# %%
probability = logistic.define(
    "label-probability",
    P(label(n)),
    lambda: f(n) ** label(n) * (1 - f(n)) ** (1 - label(n)),
    title=("标签的概率（Bernoulli 形式）", "Probability of a label (Bernoulli form)"),
    source="3",
)
of_one = logistic.step(
    "probability-positive",
    substitute(probability, {label(n): Integer(1)}),
    title=("标签为 1", "Label one"),
    source="3",
    shown=lambda: equals(P(Integer(1)), f(n)),
    names=P(Integer(1)),
)
of_zero = logistic.step(
    "probability-negative",
    substitute(probability, {label(n): Integer(0)}),
    title=("标签为 0", "Label zero"),
    source="3",
    shown=lambda: equals(P(Integer(0)), 1 - f(n)),
    names=P(Integer(0)),
)
of_zero
# %% [markdown] tags=["zh"]
# ## 似然，与它的最大值点 { #likelihood }
#
# 例子：标签依次为 1、1、0，其后还有别的样本，用 $\cdots$ 表示。
# %% [markdown] tags=["en"]
# ## The likelihood and where it is largest { #likelihood }
#
# The example: labels one, one, zero, and further samples, written $\cdots$.
# %%
everyone = logistic.step(
    "bernoulli-likelihood",
    multiply_over(probability, n, 1, N),
    names=L(w, b),
    title=("全部样本的似然（Bernoulli 形式）", "Likelihood of all samples (Bernoulli form)"),
    source="3",
    shown=lambda: equals(L(w, b), product_of(f(n) ** label(n) * (1 - f(n)) ** (1 - label(n)), n, 1, N)),
)
observed = {label(Integer(1)): Integer(1), label(Integer(2)): Integer(1), label(Integer(3)): Integer(0)}
labels = logistic.define(
    "example-labels",
    None,
    None,
    title=("例子的标签", "The example's labels"),
    source="2",
    rule="observe",
    shown=lambda: [equals(sample, value) for sample, value in observed.items()],
)
likelihood = logistic.step(
    "likelihood",
    write_out(everyone, observed, len(observed), rest, labels),
    names=L(w, b),
    title=("似然函数", "Likelihood"),
    source="3",
    shown=lambda: equals(L(w, b), f(1) * f(2) * (1 - f(3)) * rest),
)
likelihood
# %%
EVERYWHERE = S.UniversalSet
best = Named("best", "w^*, b^*")
argmax = logistic.define(
    "argmax",
    best,
    ArgMax(L(w, b), Tuple(w, b), EVERYWHERE),
    title=("最大似然估计", "Maximum likelihood estimate"),
    source="3",
    parents=(likelihood,),
)
u = logistic.symbol("u", POSITIVE)
ell = logistic.function("ell", r"\ell({0})", "ℓ({0})")
logarithm = logistic.define("logarithm", ell(u), log(u), title=("自然对数", "The natural logarithm"), source="4")
increasing = logistic.step(
    "logarithm-increases",
    differentiate(logarithm, u),
    title=("对数严格递增", "The logarithm increases"),
    source="4",
    shown=lambda: chain(Derivative(log(u), u), "=", 1 / u, ">", Integer(0)),
)
argmin_nll = logistic.step(
    "argmin-nll",
    reorder(argmax, increasing),
    title=("最大化似然，就是最小化负对数似然", "Maximising the likelihood is minimising its negative logarithm"),
    source="4",
    shown=lambda: equals(
        best, ArgMax(L(w, b), Tuple(w, b), EVERYWHERE), ArgMin(Bracket(-log(L(w, b))), Tuple(w, b), EVERYWHERE)
    ),
)
argmin_nll
# %% [markdown] tags=["zh"]
# ## 负对数似然，在例子上展开 { #expansion }
# %% [markdown] tags=["en"]
# ## The negative log-likelihood, expanded on the example { #expansion }
# %%
A, B, C = (logistic.symbol(name, POSITIVE) for name in "ABC")
product = logistic.define(
    "product", L(A, B, C), A * B * C, title=("三个独立样本", "Three independent samples"), source="4", style=DOTTED
)
log_of_product = logistic.step(
    "logarithm-of-product",
    take_logarithm(product),
    title=("积的对数等于对数的和", "The logarithm of a product is a sum"),
    source="4",
    style=DOTTED,
    shown=lambda: equals(log(A * B * C), log(A) + log(B) + log(C)),
)
log_likelihood = logistic.step(
    "log-likelihood",
    take_logarithm(likelihood),
    title=("对数似然", "Log-likelihood"),
    source="5.1",
    shown=lambda: equals(log(L(w, b)), log(f(1)) + log(f(2)) + log(1 - f(3)) + log(rest)),
)
nll_of_product = logistic.step(
    "nll-of-product",
    negate(log_likelihood),
    title=("负对数似然：代入乘积", "Negative log-likelihood: the product put in"),
    source="5.1",
    shown=lambda: equals(-log(L(w, b)), -log(Bracket(f(1) * f(2) * (1 - f(3)) * rest))),
)
nll_bracketed = logistic.step(
    "nll-bracketed",
    rewrite(nll_of_product, log_of_product),
    title=("负对数似然：积变成和", "Negative log-likelihood: the product becomes a sum"),
    source="5.1",
    shown=lambda: equals(-log(L(w, b)), -Bracket(log(f(1)) + log(f(2)) + log(1 - f(3)) + log(rest))),
)
nll_expanded = logistic.step(
    "nll-expanded",
    rewrite(nll_bracketed),
    title=("负对数似然：去掉括号", "Negative log-likelihood: the bracket opened"),
    source="5.1",
    shown=lambda: equals(-log(L(w, b)), -log(f(1)) - log(f(2)) - log(1 - f(3)) - log(rest)),
)
nll_expanded
# %% [markdown] tags=["zh"]
# ## 两种标签，一个式子 { #sample-loss }
# %% [markdown] tags=["en"]
# ## One expression for both labels { #sample-loss }
# %%
Loss = logistic.function("Loss", r"\text{{Loss}}_{0}", "Loss_{0}")
log_probability = logistic.step(
    "log-probability",
    take_logarithm(probability),
    title=("标签的对数概率", "Log-probability of a label"),
    source="5.2",
    shown=lambda: equals(log(P(label(n))), label(n) * log(f(n)) + (1 - label(n)) * log(1 - f(n))),
)
sample_loss = logistic.step(
    "sample-loss",
    negate(log_probability),
    names=Loss(n),
    title=("单个样本的损失", "Loss of one sample"),
    source="5.2",
    shown=lambda: equals(Loss(n), -Bracket(label(n) * log(f(n)) + (1 - label(n)) * log(1 - f(n)))),
)
sample_loss
# %%
positive_loss = logistic.step(
    "sample-loss-positive",
    substitute(sample_loss, {label(n): Integer(1)}),
    names=Loss(n),
    title=("标签为 1 的损失", "Loss for label one"),
    source="5.2",
    style=DOTTED,
    shown=lambda: equals(Loss(n), put(sample_loss.lines[0].last, {label(n): 1}), -log(f(n))),
)
negative_loss = logistic.step(
    "sample-loss-negative",
    substitute(sample_loss, {label(n): Integer(0)}),
    names=Loss(n),
    title=("标签为 0 的损失", "Loss for label zero"),
    source="5.2",
    style=DOTTED,
    shown=lambda: equals(Loss(n), put(sample_loss.lines[0].last, {label(n): 0}), -log(1 - f(n))),
)
negative_loss
# %%
q = logistic.symbol("q", UNIT, latex_form="f")
right_one = logistic.step(
    "positive-loss-vanishes",
    go_to_limit(positive_loss, f(n), 1, "-"),
    title=("标签为 1：预测趋于 1，损失趋于 0", "Label one: the loss vanishes as the prediction tends to one"),
    source="5.2",
    shown=lambda: equals(Limit(-log(q), q, 1, "-"), Integer(0)),
)
right_zero = logistic.step(
    "negative-loss-vanishes",
    go_to_limit(negative_loss, f(n), 0, "+"),
    title=("标签为 0：预测趋于 0，损失趋于 0", "Label zero: the loss vanishes as the prediction tends to zero"),
    source="5.2",
    shown=lambda: equals(Limit(-log(1 - q), q, 0, "+"), Integer(0)),
)
right_zero
# %% [markdown] tags=["zh"]
# ## 全部样本之和 { #nll }
# %% [markdown] tags=["en"]
# ## The sum over all samples { #nll }
# %%
logistic.definitions[L(w, b)] = everyone.expression  # from here on L is the likelihood of all N samples again
logistic.definitions[Loss(n)] = sample_loss.expression
nll = logistic.step(
    "nll",
    sum_over(sample_loss, n, 1, N),
    title=("负对数似然", "Negative log-likelihood"),
    source="5.3",
    shown=lambda: equals(
        -log(L(w, b)), sum_of(-Bracket(label(n) * log(f(n)) + (1 - label(n)) * log(1 - f(n))), n, 1, N)
    ),
)
nll
# %%
terms = logistic.step(
    "nll-of-example",
    write_out_sum(nll, observed, len(observed), labels),
    title=("例子的三项就在这个和里", "The example's three terms are in this sum"),
    source="5.3",
    where=observed,
    shown=lambda: equals(sum_of(Loss(n), n, 1, 3), -log(f(1)) - log(f(2)) - log(1 - f(3))),
)
terms
# %% [markdown] tags=["zh"]
# ## 求和还是平均，自然对数还是以 2 为底 { #conventions }
#
# 这里的损失是和。除以样本数 $N$ 或换成以 2 为底的对数，数值会变，最小值点不变。
# %% [markdown] tags=["en"]
# ## Sum or mean, natural or binary logarithm { #conventions }
#
# The loss here is a sum. Dividing by the number $N$ of samples, or taking logarithms to base two, changes its value and not its minimiser.
# %%
mean = logistic.step(
    "mean-same-minimiser",
    rescale(argmin_nll, 1 / N),
    title=("取平均不改变最小值点", "The mean has the same minimiser"),
    source="5.3",
    shown=lambda: equals(
        ArgMin(Bracket(-log(L(w, b))), Tuple(w, b), EVERYWHERE),
        ArgMin(Bracket(-(1 / N) * log(L(w, b))), Tuple(w, b), EVERYWHERE),
    ),
)
bits = logistic.step(
    "bits-same-minimiser",
    rescale(argmin_nll, 1 / log(2)),
    title=("换底不改变最小值点", "Another base has the same minimiser"),
    source="5.3",
    shown=lambda: equals(
        ArgMin(Bracket(-log(L(w, b))), Tuple(w, b), EVERYWHERE),
        ArgMin(Bracket(-log(L(w, b)) / log(Integer(2))), Tuple(w, b), EVERYWHERE),
    ),
)
bits

# %%
logistic.report(__name__)
