# %% [markdown]
# § cross-entropy
# %%
"""The Bernoulli cross-entropy is the sample loss of logistic regression; H(p, q) = H(p) + KL(p‖q), and KL is never negative, for any number of classes.

Domain: distributions over 0, 1, …, M with values in (0, 1]; for labels ŷ^n in {0, 1}.  Unit: nats.  Source: article `bce`, section 6.
"""

from derivations.engine import CLOSED_UNIT, LABEL, NATURAL, UNIT, Derivation, whole_from
from derivations.engine.kernel.statements import Range
from derivations.engine.kernel.terms import ONE, ZERO
from derivations.engine.rules import by, cases, differentiate, maximise
from derivations.logistic import logistic, nll, sample_loss

entropy = Derivation("cross-entropy", source="bce/6", conventions=("0 log 0 = 0",))
entropy.index_sets["x"] = ""
entropy.use(logistic, "n", "N", "w", "b", "label", "f", "L", "Loss")
entropy.quantity("M", NATURAL)
entropy.quantity("x", whole_from(0, "M"))
p, q = entropy.quantity("p", UNIT), entropy.quantity("q", UNIT)
TWO = {"M": Range(ONE, ONE, True, True, whole=True)}
entropy.family("r", Range(ZERO, ONE, high_in=True), "r({0})", parameters="x", partial="r")
entropy.family("s", Range(ZERO, ONE, high_in=True), "s({0})", parameters="x", partial="s")

# %% [markdown]
# § definition
# %%
definition = entropy.define("definition", "H(p, q) = -sum(p(x)*log(q(x)), x, 0, M)", distributions="p q")

# %% [markdown]
# § distributions
# %%
true_distribution = entropy.define(
    "true-distribution", "ptrue(n, 1) = label(n)", "ptrue(n, 0) = 1 - label(n)",
    tex=r"p(\word{{class}}={1})", plain=r"p(\word{{class}}={1})", partial=r"p_{{\text{{true for }} x^{0}}}",
)  # fmt: skip
model_distribution = entropy.define(
    "model-distribution", "qmodel(n, 1) = f(w, b, n)", "qmodel(n, 0) = 1 - f(w, b, n)",
    tex=r"q(\word{{class}}={1})", plain=r"q(\word{{class}}={1})", partial=r"q_{{\text{{model for }} x^{0}}}",
)  # fmt: skip

# %% [markdown]
# § substitution
# %%
INNER = "label(n)*log(f(w, b, n)) + (1 - label(n))*log(1 - f(w, b, n))"
CLASSES = "ptrue(n, 1)*log(qmodel(n, 1)) + ptrue(n, 0)*log(qmodel(n, 0))"
two_classes = entropy.step(
    "two-classes", by(definition), f"H(ptrue(n), qmodel(n)) = -[{CLASSES}]",
    through=["= -sum(ptrue(n, x)*log(qmodel(n, x)), x, 0, M)", f"= -({CLASSES}) | write-out"], on=TWO,
)  # fmt: skip
bernoulli = entropy.step(
    "bernoulli", by(), f"H(ptrue(n), qmodel(n)) = -[{INNER}]", through=[f"= -({CLASSES}) | two-classes", f"= -({INNER}) | true-distribution, model-distribution"], on=TWO
)  # fmt: skip

# %% [markdown]
# § same-as-loss
# %%
is_sample_loss = entropy.step("equals-sample-loss", by(sample_loss), "H(ptrue(n), qmodel(n)) = Loss(n)", through=[f"= -({INNER}) | bernoulli"], on=TWO)
is_nll = entropy.step(
    "sum-equals-nll", by(nll), "sum(H(ptrue(n), qmodel(n)), n, 1, N) = -log(L(w, b))", through=[f"= sum(-({INNER}), n, 1, N) | bernoulli"], on=TWO
)  # fmt: skip

# %% [markdown]
# § decomposition
# %%
own = entropy.define("entropy", "Ent(p) = -sum(p(x)*log(p(x)), x, 0, M)", distributions="p", tex="H({0})", plain="H({0})")
divergence = entropy.define(
    "kl-divergence", "KL(p, q) = sum(p(x)*log(p(x)/q(x)), x, 0, M)", distributions="p q", tex=r"D_{{\mathrm{{KL}}}}({0} \,\|\, {1})", plain="KL({0}‖{1})"
)  # fmt: skip
decomposition = entropy.step(
    "decomposition", by(definition, own, divergence), "H(r, s) = Ent(r) + KL(r, s)",
    through=[
        "= -sum(r(x)*log(s(x)), x, 0, M) | definition", "= sum(-r(x)*log(s(x)), x, 0, M) | sum-linear",
        "= sum(-r(x)*log(r(x)) + r(x)*log(r(x)/s(x)), x, 0, M) | log-quotient",
        "= -sum(r(x)*log(r(x)), x, 0, M) + sum(r(x)*log(r(x)/s(x)), x, 0, M) | sum-linear", "= Ent(r) + KL(r, s) | entropy, kl-divergence",
    ],
)  # fmt: skip
sums = entropy.suppose("distributions", "sum(r(x), x, 0, M) = 1", "sum(s(x), x, 0, M) = 1")
EVEN = {"M": 1, "cross-entropy.r": "1/2", "cross-entropy.s": "1/2"}
RECIPROCAL = ["= sum(r(x)*log(r(x)/s(x)), x, 0, M) | kl-divergence", "= -sum(r(x)*log(s(x)/r(x)), x, 0, M) | log-reciprocal, sum-linear"]
gibbs = entropy.step(
    "gibbs", by(), "KL(r, s) >= 0", given=[sums], point=EVEN,
    through=[
        *RECIPROCAL, ">= -sum(r(x)*(s(x)/r(x) - 1), x, 0, M) | tangent", "= -sum(s(x) - r(x), x, 0, M)",
        "= sum(r(x), x, 0, M) - sum(s(x), x, 0, M) | sum-linear", "= 1 - 1 | hypothesis",
    ],
)  # fmt: skip
ADDED = ["= sum(s(x), x, 0, M) - sum(r(x), x, 0, M) - sum(r(x)*log(s(x)/r(x)), x, 0, M) | hypothesis", "= sum(s(x) - r(x) - r(x)*log(s(x)/r(x)), x, 0, M) | sum-linear"]
gaps = entropy.step(
    "kl-as-gaps", by(), "KL(r, s) = sum(r(x)*(s(x)/r(x) - 1 - log(s(x)/r(x))), x, 0, M)", through=[*RECIPROCAL, *ADDED], given=[sums], point=EVEN
)
equal = entropy.step("gibbs-equality", by(divergence), "KL(r, r) = 0")
only_equal = entropy.step("gibbs-only-equal", by(gaps), "s(x) = r(x)", through=["= r(x) | touches, kl-as-gaps"], where=["KL(r, s) = 0"], given=[sums], point=EVEN)
at_least = entropy.step("at-least-entropy", by(decomposition, gibbs), "H(r, s) - Ent(r) = KL(r, s) >= 0", given=[sums], point=EVEN)

# %% [markdown]
# § two-bernoullis
# %%
outcome = entropy.define("bernoulli-distribution", "B(p, 1) = p", "B(p, 0) = 1 - p", on={"p": CLOSED_UNIT}, tex="B_{0}({1})", plain="B_{0}({1})", partial="B_{0}")
OWN, CROSS, BETWEEN = (f"p*log({one}) + (1 - p)*log({other})" for one, other in (("p", "1 - p"), ("q", "1 - q"), ("p/q", "(1 - p)/(1 - q)")))


def both(sign: str, term: str, cited: str, result: str) -> list[str]:
    """The sum over both outcomes, its two terms, their values."""
    one, zero = term.replace("x", "1"), term.replace("x", "0")
    return [f"= {sign}sum({term}, x, 0, M) | {cited}", f"= {sign}({one} + {zero}) | write-out", f"= {sign}({result}) | bernoulli-distribution"]


cross = entropy.step("of-two-bernoullis", by(), f"H(B(p), B(q)) = -({CROSS})", through=both("-", "B(p, x)*log(B(q, x))", "definition", CROSS), on=TWO)
own_two = entropy.step("entropy-of-bernoulli", by(), f"Ent(B(p)) = -({OWN})", through=both("-", "B(p, x)*log(B(p, x))", "entropy", OWN), on=TWO)
SPLIT = both("", "B(p, x)*log(B(p, x)/B(q, x))", "kl-divergence", BETWEEN)
kl_two = entropy.step("kl-of-two-bernoullis", by(), f"KL(B(p), B(q)) = {BETWEEN}", through=SPLIT, on=TWO)
slope = entropy.step("kl-slope", differentiate(kl_two, q), "d(KL(B(p), B(q)), q) = (q - p)/(q*(1 - q))", on=TWO)
nearest = entropy.step("kl-minimiser", maximise(slope), 'argmin(KL(B(p), B(q)), q, 0, 1, "()") = p', on=TWO)
PLACE = 'argmin({}, q, 0, 1, "()")'.format
trained = entropy.step(
    "minimiser", by(nearest), f"{PLACE('H(B(p), B(q))')} = p", on=TWO,
    through=[
        f"= {PLACE(f'-({CROSS})')} | of-two-bernoullis", f"= {PLACE(f'-({CROSS}) + ({OWN})')} | added-constant",
        f"= {PLACE('p*(log(p) - log(q)) + (1 - p)*(log(1 - p) - log(1 - q))')} | collect",
        f"= {PLACE(BETWEEN)} | log-quotient", f"= {PLACE('KL(B(p), B(q))')} | kl-of-two-bernoullis",
    ],
)  # fmt: skip
SAME = BETWEEN.replace("q", "p")
at_nearest = entropy.step("kl-at-minimum", by(kl_two), "KL(B(p), B(p)) = 0", through=[f"= {SAME}", "= p*0 + (1 - p)*0 | log-one"], on=TWO)
not_negative = entropy.step(
    "kl-nonnegative", by(kl_two), "KL(B(p), B(q)) >= 0", on=TWO,
    through=[
        f"= {BETWEEN}", "= -(p*log(q/p) + (1 - p)*log((1 - q)/(1 - p))) | log-reciprocal",
        ">= -(p*(q/p - 1) + (1 - p)*((1 - q)/(1 - p) - 1)) | tangent", "= -((q - p) + ((1 - q) - (1 - p)))",
    ],
)  # fmt: skip
floor = entropy.step("at-q-equal-p", by(cross, own_two), "H(B(p), B(p)) = Ent(B(p))", through=[f"= -({OWN})"], on=TWO)
positive_entropy = entropy.step("entropy-positive", by(own_two), "Ent(B(p)) > 0", through=[f"= -({OWN})"], on=TWO)
UP, DOWN = (f'= lim(-({OWN}), p, {end})' for end in ('1, "-"', '0, "+"'))
one_hot = entropy.step("entropy-of-one-hot", by(own_two), 'lim(Ent(B(p)), p, 1, "-") = 0', through=[UP, "= -(1*log(1) + 0) | limit"], on=TWO)
other_one_hot = entropy.step("entropy-of-other-one-hot", by(own_two), 'lim(Ent(B(p)), p, 0, "+") = 0', through=[DOWN, "= -(0 + 1*log(1)) | limit"], on=TWO)

# %% [markdown]
# § asymmetric
# %%
PUT_IN = "{0}*log(({0})/({1})) + (1 - {0})*log((1 - {0})/(1 - {1}))".format
FORWARD, BACKWARD = "1/2*log(2) + 1/2*log(2/3)", "1/4*log(1/2) + 3/4*log(3/2)"
one_way = entropy.step("kl-one-way", by(kl_two), f"KL(B(1/2), B(1/4)) = {FORWARD} ~ digits({FORWARD}, 3)", through=[f"= {PUT_IN('1/2', '1/4')}"], on=TWO)
other_way = entropy.step("kl-other-way", by(kl_two), f"KL(B(1/4), B(1/2)) = {BACKWARD} ~ digits({BACKWARD}, 3)", through=[f"= {PUT_IN('1/4', '1/2')}"], on=TWO)

# %% [markdown]
# § labels
# %%
y = entropy.quantity("y", LABEL)
OF_LABEL = both("-", "B(y, x)*log(B(y, x))", "entropy", "y*log(y) + (1 - y)*log(1 - y)")
own_label = entropy.step("entropy-of-label", cases(y), "Ent(B(y)) = 0", through=OF_LABEL, on=TWO)
terms = entropy.step("kl-of-label", cases(y), "y*log(y/q) + (1 - y)*log((1 - y)/(1 - q)) = -(y*log(q) + (1 - y)*log(1 - q))")
F, LABELLED = "f(w, b, n)", "label(n)*log(label(n)/f(w, b, n)) + (1 - label(n))*log((1 - label(n))/(1 - f(w, b, n)))"
SUMMED = "sum(ptrue(n, x)*log(ptrue(n, x)/qmodel(n, x)), x, 0, M)"
WRITTEN = "ptrue(n, 1)*log(ptrue(n, 1)/qmodel(n, 1)) + ptrue(n, 0)*log(ptrue(n, 0)/qmodel(n, 0))"
kl_loss = entropy.step(
    "kl-equals-sample-loss", by(sample_loss), "KL(ptrue(n), qmodel(n)) = Loss(n)", on=TWO,
    through=[f"= {SUMMED} | kl-divergence", f"= {WRITTEN} | write-out", f"= {LABELLED} | true-distribution, model-distribution", f"= -({INNER}) | kl-of-label"],
)  # fmt: skip
