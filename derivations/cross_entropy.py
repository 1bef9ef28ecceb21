# %% [markdown] tags=["zh"]
# # 交叉熵 { #cross-entropy }
#
# 交叉熵来自信息论：$H(p,q)$ 比较真实分布 $p$ 与预测分布 $q$。把逻辑回归的两个分布代进去，得到的正是单个样本的损失。
# %% [markdown] tags=["en"]
# # Cross-entropy { #cross-entropy }
#
# Cross-entropy comes from information theory: $H(p,q)$ holds a predicted distribution $q$ against the true one, $p$. Put in the two distributions of logistic regression and out comes the loss of one sample.
# %%
"""The Bernoulli cross-entropy is the sample loss of logistic regression; H(p, q) = H(p) + KL(p‖q), and KL is never negative.

Domain: 0 < f(x^n) < 1, ŷ^n in {0, 1}; for two distributions 0 < p < 1 and 0 < q < 1.  Unit: nats.  Source: article `bce`, section 6.
"""

from sympy import Derivative, Integer, Interval, Limit, Symbol, Tuple, log

from derivations.core import (
    BCE_STYLE,
    CLOSED_UNIT,
    INDEX,
    UNIT,
    ArgMin,
    Bracket,
    Derivation,
    Named,
    SumOverEvents,
    Text,
    chain,
    equals,
    sum_of,
)
from derivations.core.domain import COUNT, LABEL
from derivations.core.rules import (
    add,
    bound,
    differentiate,
    go_to_limit,
    minimise,
    rewrite,
    substitute,
    subtract,
    sum_over,
)
from derivations.logistic import L as likelihood_name
from derivations.logistic import Loss as loss_name
from derivations.logistic import N, b, everyone, f, label, n, nll, sample_loss, w

entropy = Derivation("cross-entropy", ("交叉熵", "Cross-entropy"), source="bce/6", style=BCE_STYLE)
for quantity, over in ((n, INDEX), (N, COUNT), (f, UNIT), (label, LABEL)):
    entropy.share(quantity, over)
x = entropy.symbol("x", INDEX)
events = Symbol("X")
p_at, q_at = entropy.family("p", CLOSED_UNIT, "p({0})", "p({0})"), entropy.family("q", UNIT, "q({0})", "q({0})")
H = entropy.function("H")

# %% [markdown] tags=["zh"]
# ## 定义 { #definition }
#
# 求和遍历所有可能的事件 $x$。
# %% [markdown] tags=["en"]
# ## The definition { #definition }
#
# The sum runs over all possible events $x$.
# %%
definition = entropy.define(
    "definition",
    None,
    -SumOverEvents(p_at(x) * log(q_at(x)), x, events),
    title=("交叉熵的定义", "Definition of cross-entropy"),
    source="6",
    shown=lambda: equals(H(Symbol("p"), Symbol("q")), -SumOverEvents(p_at(x) * log(q_at(x)), x, events)),
)
definition
# %% [markdown] tags=["zh"]
# ## 两个分布 { #distributions }
# %% [markdown] tags=["en"]
# ## The two distributions { #distributions }
# %%
CLASS = Text(r"\text{{类别}}", r"\text{{class}}")
p_class = entropy.family(
    "p_class", CLOSED_UNIT, Text(f"p({CLASS.zh}={{0}})", f"p({CLASS.en}={{0}})"), Text("p(类别={0})", "p(class={0})")
)
q_class = entropy.family(
    "q_class", UNIT, Text(f"q({CLASS.zh}={{0}})", f"q({CLASS.en}={{0}})"), Text("q(类别={0})", "q(class={0})")
)
ONE, ZERO = Integer(1), Integer(0)
true = {p_class(ONE): label(n), p_class(ZERO): 1 - label(n)}
modelled = {q_class(ONE): f(n), q_class(ZERO): 1 - f(n)}
true_distribution = entropy.define(
    "true-distribution",
    None,
    None,
    title=("真实分布", "The true distribution"),
    source="6",
    shown=lambda: [equals(p_class(ONE), label(n)), equals(p_class(ZERO), 1 - label(n))],
)
model_distribution = entropy.define(
    "model-distribution",
    None,
    None,
    title=("模型的分布", "The model's distribution"),
    source="6",
    shown=lambda: [equals(q_class(ONE), f(n)), equals(q_class(ZERO), 1 - f(n))],
)
model_distribution
# %% [markdown] tags=["zh"]
# ## 代入 { #substitution }
# %% [markdown] tags=["en"]
# ## Putting them in { #substitution }
# %%
of_sample = H(Named("p_true", r"p_{\text{true for } x^n}"), Named("q_model", r"q_{\text{model for } x^n}"))
two_classes = entropy.step(
    "two-classes",
    substitute(
        definition,
        {events: Tuple(ONE, ZERO)},
        then={p_at(ONE): p_class(ONE), p_at(ZERO): p_class(ZERO), q_at(ONE): q_class(ONE), q_at(ZERO): q_class(ZERO)},
    ),
    names=of_sample,
    title=("两个类别的交叉熵", "Cross-entropy of two classes"),
    source="6",
    reason=("对两个事件求和", "sum over the two events"),
    shown=lambda: equals(of_sample, -Bracket(p_class(ONE) * log(q_class(ONE)) + p_class(ZERO) * log(q_class(ZERO)))),
)
two_classes
# %%
bernoulli = entropy.step(
    "bernoulli",
    substitute(two_classes, {**true, **modelled}, true_distribution, model_distribution),
    names=of_sample,
    title=("一个样本的交叉熵", "Cross-entropy of one sample"),
    source="6",
    reason=("代入两个分布", "put in the two distributions"),
    shown=lambda: equals(of_sample, -Bracket(label(n) * log(f(n)) + (1 - label(n)) * log(1 - f(n)))),
)
bernoulli
# %% [markdown] tags=["zh"]
# ## 与损失相同 { #same-as-loss }
# %% [markdown] tags=["en"]
# ## The same as the loss { #same-as-loss }
# %%
entropy.definitions[loss_name(n)] = sample_loss.expression
entropy.definitions[likelihood_name(w, b)] = everyone.expression
is_sample_loss = entropy.step(
    "equals-sample-loss",
    rewrite(bernoulli, sample_loss),
    title=("交叉熵就是单个样本的损失", "The cross-entropy is the loss of one sample"),
    source="6",
    shown=lambda: equals(of_sample, loss_name(n)),
)
is_nll = entropy.step(
    "sum-equals-nll",
    sum_over(bernoulli, n, 1, N, nll),
    title=("求和就是负对数似然", "Summed, it is the negative log-likelihood"),
    source="6",
    shown=lambda: equals(sum_of(of_sample, n, 1, N), -log(likelihood_name(w, b))),
)
is_nll
# %% [markdown] tags=["zh"]
# ## 它衡量的是什么 { #decomposition }
#
# 交叉熵常被说成“两个分布的差异”。准确地说，差异是 KL 散度；交叉熵还要加上真实分布自身的熵。只有熵为零时（例如 one-hot 标签），它才能降到零。
# %% [markdown] tags=["en"]
# ## What it measures { #decomposition }
#
# Cross-entropy is often called the difference of two distributions. More exactly, the difference is the KL divergence, and cross-entropy adds the entropy of the true distribution. Only where that entropy is zero, as for one-hot labels, can it fall to zero.
# %%
p, q = entropy.symbol("p", UNIT), entropy.symbol("q", UNIT)
KL = entropy.function("KL", r"D_{{\mathrm{{KL}}}}({0} \,\|\, {1})", "KL({0}‖{1})")
cross = entropy.define(
    "of-two-bernoullis",
    H(p, q),
    lambda: -(p * log(q) + (1 - p) * log(1 - q)),
    title=("两个 Bernoulli 分布的交叉熵", "Cross-entropy of two Bernoulli distributions"),
    source="6",
    parents=(two_classes,),
)
own = entropy.define(
    "entropy", H(p), lambda: -(p * log(p) + (1 - p) * log(1 - p)), title=("熵（entropy）", "Entropy"), source="6"
)
divergence = entropy.step(
    "kl-divergence",
    subtract(cross, own),
    names=KL(p, q),
    title=("KL 散度（KL divergence）", "KL divergence"),
    source="6",
    shown=lambda: equals(KL(p, q), p * log(p / q) + (1 - p) * log((1 - p) / (1 - q))),
)
decomposition = entropy.step(
    "decomposition",
    add(own, divergence),
    title=("交叉熵 = 熵 + KL 散度", "Cross-entropy = entropy + KL divergence"),
    source="6",
    shown=lambda: equals(H(p, q), H(p) + KL(p, q)),
)
decomposition
# %%
slope = entropy.step(
    "kl-slope",
    differentiate(divergence, q),
    title=("KL 散度对 q 的导数", "Slope of the KL divergence in q"),
    source="6",
    shown=lambda: equals(Derivative(KL(p, q), q), (q - p) / (q * (1 - q))),
)
INSIDE = Interval.open(0, 1)
nearest = entropy.step(
    "kl-minimiser",
    minimise(divergence, q, INSIDE, candidates=(p,)),
    title=("只在 q = p 处最小", "Smallest at q = p alone"),
    source="6",
    shown=lambda: equals(ArgMin(KL(p, q), Tuple(q), INSIDE), p),
)
at_nearest = entropy.step(
    "kl-at-minimum",
    substitute(divergence, {q: p}, nearest),
    title=("q = p 时 KL 散度为零", "The KL divergence is zero at q = p"),
    source="6",
    shown=lambda: equals(KL(p, p), Integer(0)),
)
not_negative = entropy.step(
    "kl-nonnegative",
    bound(divergence, nearest, at_nearest),
    title=("KL 散度不为负", "The KL divergence is never negative"),
    source="6",
    shown=lambda: chain(KL(p, q), "≥", Integer(0)),
)
not_negative
# %%
floor = entropy.step(
    "at-q-equal-p",
    substitute(cross, {q: p}),
    title=("q = p 时交叉熵等于熵", "At q = p the cross-entropy is the entropy"),
    source="6",
    shown=lambda: equals(H(p, p), H(p)),
)
positive_entropy = entropy.step(
    "entropy-positive",
    bound(own),
    title=("两类都可能出现时，熵大于零", "With both classes possible, the entropy is positive"),
    source="6",
    shown=lambda: chain(H(p), ">", Integer(0)),
)
one_hot = entropy.step(
    "entropy-of-one-hot",
    go_to_limit(own, p, 1, "-"),
    title=("one-hot 标签的熵为零", "The entropy of a one-hot label is zero"),
    source="6",
    shown=lambda: equals(Limit(H(p), p, 1, "-"), Integer(0)),
)
other_one_hot = entropy.step(
    "entropy-of-other-one-hot",
    go_to_limit(own, p, 0, "+"),
    title=("另一种 one-hot 标签也一样", "And so is that of the other"),
    source="6",
    shown=lambda: equals(Limit(H(p), p, 0, "+"), Integer(0)),
)
other_one_hot

# %%
entropy.report(__name__)
