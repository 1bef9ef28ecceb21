# %% [markdown]
# § questions-spam
# %%
"""Answers to the short questions of the second article: surer and wrong costs twice as much, and one half costs ln 2 whatever the label.

Domain: labels 0 and 1, logits -ln 99, ln 9 and 0.  Unit: nats for the cross-entropy, none for the squared error.  Source: article `bce`, sections 5.2 and 7, asked further.
"""

from derivations.engine import Derivation
from derivations.engine.rules import by
from derivations.logistic import sigmoid
from derivations.spam import sure
from derivations.squared_error import cross_entropy, cross_positive, half, squared, squared_positive, squared_push

questions = Derivation("questions-spam", source="bce/5.2")
questions.use(squared, "y", "z", "sigma", "ell", "s")

# %% [markdown]
# § surer
# %%
surer = questions.step(
    "prediction-surer",
    by(sigmoid),
    "sigma(-log(99)) = 1/(1 + exp(log(99))) = decimal(1/100)",
    through=["= 1/(1 + exp(log(99))) | logistic.sigmoid", "= 1/(1 + 99) | log-exp"],
    source="2",
)
questions.step(
    "surer-and-wrong",
    by(cross_positive, surer),
    "ell(1, -log(99)) = -log(decimal(1/100)) = 2*(-log(decimal(1/10))) ~ digits(-log(1/100), 3)",
    through=[
        "= -log(decimal(1/100)) | squared-error.cross-entropy-positive, prediction-surer",
        "= -log((1/10)**2)",
        "= -2*log(1/10) | log-power",
    ],
)
questions.step(
    "surer-squared",
    by(squared_positive, surer),
    "s(1, -log(99)) = (1 - decimal(1/100))**2 = decimal((1 - 1/100)**2)",
    source="7",
)
questions.step(
    "surer-squared-gradient",
    by(squared_push, surer),
    "d(s(1, z), z, -log(99)) = -2*decimal(1/100)*(1 - decimal(1/100))**2 = decimal(-2*(1/100)*(1 - 1/100)**2)",
    source="7",
)

# %% [markdown]
# § other-label
# %%
questions.step(
    "label-zero",
    by(cross_entropy, sure),
    "ell(0, log(9)) = -log(1 - decimal(9/10)) ~ digits(-log(1/10), 3)",
    through=[
        "= -(0*log(sigma(log(9))) + (1 - 0)*log(1 - sigma(log(9)))) | squared-error.cross-entropy",
        "= -log(1 - sigma(log(9)))",
    ],
)

# %% [markdown]
# § always-half
# %%
questions.step(
    "always-half",
    by(cross_entropy, half),
    "ell(y, 0) = log(2) ~ digits(log(2), 3)",
    through=[
        "= -(y*log(sigma(0)) + (1 - y)*log(1 - sigma(0))) | squared-error.cross-entropy",
        "= -(y*log(1/2) + (1 - y)*log(1 - 1/2)) | squared-error.sigmoid-half",
        "= -log(1/2)",
    ],
)
