# %% [markdown] tags=["zh"]
# # 两篇文章，两套记号 { #notation }
#
# 同一个 $\hat{y}$，一篇里是预测，另一篇里是真实标签；一篇写 $\log$，另一篇写 $\ln$。这里把两套记号对上，并证明两个损失是同一个表达式。
# %% [markdown] tags=["en"]
# # Two articles, two notations { #notation }
#
# One $\hat{y}$ is a prediction in the one article and a true label in the other; one writes $\log$, the other $\ln$. Here the two are matched, and the two losses proved to be one expression.
# %%
"""The losses of the two articles are one expression once labels and predictions carry the same names.

Domain: predictions in (0, 1), labels in {0, 1}, any number N of samples.  Unit: nats.  Source: articles `mle`, sections 2 and 7, and `bce`, section 5.
"""

from sympy import Tuple, log

from derivations.cats import cats, sample, theta, y, yhat
from derivations.core import BCE_STYLE, COUNT, INDEX, LABEL, NAME, POSITIVE, UNIT, Derivation, equals, sum_of
from derivations.core.rules import negate, rename, rewrite, sum_over, take_logarithm
from derivations.logistic import L as bce_likelihood
from derivations.logistic import N, b, everyone, f, label, n, nll, w

notation = Derivation("notation", ("两套记号", "Two notations"), source="mle/2")
for quantity, over in ((n, INDEX), (N, COUNT), (f, UNIT), (label, LABEL), (yhat, UNIT), (y, LABEL), (theta, NAME)):
    notation.share(quantity, over)
i = notation.symbol("i", INDEX)
P, loss = cats.function("P"), cats.function("loss", r"\mathcal{{L}}({0})", "ℒ({0})")

# %% [markdown] tags=["zh"]
# ## 对照 { #map }
# %% [markdown] tags=["en"]
# ## The map { #map }
# %%
labels = notation.define("labels", None, None, title=("真实标签", "True label"), shown=lambda: equals(y(n), label(n)))
predictions = notation.define(
    "predictions", None, None, title=("预测", "Prediction"), shown=lambda: equals(yhat(n), f(n))
)
parameters = notation.define(
    "parameters", None, None, title=("参数", "Parameters"), shown=lambda: equals(theta, Tuple(w, b))
)
predictions
# %%
u = notation.symbol("u", POSITIVE)
ln = notation.function("ln", r"\ln({0})", "ln({0})")
logarithms = notation.define(
    "logarithms", ln(u), log(u), title=("对数", "Logarithm"), shown=lambda: equals(log(u), ln(u))
)
logarithms
# %% [markdown] tags=["zh"]
# ## `mle` 那一篇，标签可取 0 与 1 { #mle-loss }
#
# 那一篇的图片全是猫，标签都是 1。把标签放开，同样的两步给出一般的损失。
# %% [markdown] tags=["en"]
# ## The `mle` article with labels of both kinds { #mle-loss }
#
# Its pictures are all cats, every label one. Let the labels vary, and the same two moves give the general loss.
# %%
notation.definitions[P(y(i))] = sample.expression
mle_log = notation.step(
    "mle-log-probability",
    take_logarithm(sample),
    title=("一个标签的对数概率", "Log-probability of one label"),
    shown=lambda: equals(log(P(y(i))), y(i) * log(yhat(i)) + (1 - y(i)) * log(1 - yhat(i))),
)
mle_sample = notation.step(
    "mle-sample-loss",
    negate(mle_log),
    title=("一个样本的损失", "Loss of one sample"),
    shown=lambda: equals(-log(P(y(i))), -(y(i) * log(yhat(i)) + (1 - y(i)) * log(1 - yhat(i)))),
)
mle_loss = notation.step(
    "mle-loss",
    sum_over(mle_sample, i, 1, N),
    names=loss(theta),
    title=("`mle` 记号下的损失", "The loss in the notation of `mle`"),
    shown=lambda: equals(loss(theta), -sum_of(y(i) * log(yhat(i)) + (1 - y(i)) * log(1 - yhat(i)), i, 1, N)),
)
mle_loss
# %% [markdown] tags=["zh"]
# ## 两个损失是同一个 { #same }
# %% [markdown] tags=["en"]
# ## The two losses are one { #same }
# %%
notation.definitions[bce_likelihood(w, b)] = everyone.expression
translation = {y: label, yhat: f}
renamed = notation.step(
    "renamed",
    rename(mle_loss, translation, labels, predictions, parameters, logarithms),
    title=("换成 `bce` 的记号", "In the notation of `bce`"),
    style=BCE_STYLE,
    value=False,
    shown=lambda: equals(-sum_of(label(n) * log(f(n)) + (1 - label(n)) * log(1 - f(n)), n, 1, N)),
)
same = notation.step(
    "same-loss",
    rename(mle_loss, translation, nll),
    title=("两个损失是同一个表达式", "The two losses are one expression"),
    style=BCE_STYLE,
    names=loss(theta),
    shown=lambda: equals(loss(theta), -log(bce_likelihood(w, b))),
)
same
# %% [markdown] tags=["zh"]
# ## 两个类别，是多类别的特例 { #two-of-many }
#
# 一般情形对类别求和；只有两个类别时，和里正好是这两项。
# %% [markdown] tags=["en"]
# ## Two classes among many { #two-of-many }
#
# In general one sums over classes. With two of them, the sum has just these two terms.
# %%
c = notation.symbol("c", INDEX)
y_class = notation.family("class-label", NAME, "y_{{{0},{1}}}", "y_{0},{1}")
yhat_class = notation.family("class-prediction", UNIT, r"\hat{{y}}_{{{0},{1}}}(\theta)", "ŷ_{0},{1}(θ)")
second = {y_class(i, 1): y(i), y_class(i, 2): 1 - y(i), yhat_class(i, 1): yhat(i), yhat_class(i, 2): 1 - yhat(i)}
classes = notation.define(
    "two-classes",
    None,
    None,
    title=("两个类别", "Two classes"),
    source="7",
    shown=lambda: [equals(quantity, value) for quantity, value in second.items()],
)
binary = notation.step(
    "binary-of-categorical",
    rewrite(mle_sample, classes),
    title=("二分类是多分类的特例", "The binary loss is a case of the general one"),
    source="7",
    where=second,
    shown=lambda: equals(
        -sum_of(y_class(i, c) * log(yhat_class(i, c)), c, 1, 2), -(y(i) * log(yhat(i)) + (1 - y(i)) * log(1 - yhat(i)))
    ),
)
binary

# %%
notation.report(__name__)
