# %% [markdown]
# § below-chords
# %%
"""Between two settings of the weights the loss stays below the chord. So what is lowest nearby is lowest everywhere; no slope is needed to see it.

Domain: N samples with D features, labels ŷ^n in {0, 1}, real weights and a real bias; q in (0, 1) is the part of the way.  Unit: nats; sums, not means.
"""

from derivations.engine import UNIT, Derivation
from derivations.engine.rules import by
from derivations.one_valley import GAP, sample_gap, valley

chords = Derivation("below-chords", source="bce/7")
chords.use(valley, "N", "D", "n", "y", "s", "r", "b", "e", "w", "W", "x", "label", "sigma", "ell", "a", "B", "C", "E")
q = chords.quantity("q", UNIT)

# %% [markdown]
# § sample
# %%
divergence = chords.define("divergence", f"KL(s, r) = {GAP}", tex=r"D_{{\mathrm{{KL}}}}(\sigma({0}) \Vert \sigma({1}))", plain="D_KL(σ({0}) ‖ σ({1}))")
MIDDLE = "((1 - q)*s + q*r)"
APART = f"(1 - q)*KL({MIDDLE}, s) + q*KL({MIDDLE}, r)"
sample = chords.step(
    "sample-chord", by(sample_gap, divergence), f"(1 - q)*ell(y, s) + q*ell(y, r) - ell(y, {MIDDLE}) = {APART}",
    through=[
        f"= (1 - q)*[ell(y, s) - ell(y, {MIDDLE})] + q*[ell(y, r) - ell(y, {MIDDLE})] | collect",
        f"= (1 - q)*((sigma({MIDDLE}) - y)*(s - {MIDDLE}) + KL({MIDDLE}, s)) + q*((sigma({MIDDLE}) - y)*(r - {MIDDLE}) + KL({MIDDLE}, r)) | one-valley.sample-gap, divergence",
    ],
)  # fmt: skip

# %% [markdown]
# § all-samples
# %%
mixed_logit = chords.define("between-logit", "m(q, n) = sum(((1 - q)*w(j) + q*W(j))*x(n, j), j, 1, D) + ((1 - q)*b + q*e)", tex="z_{0}^{1}", plain="z_{0}^{1}")
between = chords.step(
    "logit-between", by(mixed_logit), "m(q, n) = (1 - q)*a(n) + q*B(n)",
    through=[
        "= sum((1 - q)*(w(j)*x(n, j)) + q*(W(j)*x(n, j)), j, 1, D) + ((1 - q)*b + q*e)", "= (1 - q)*sum(w(j)*x(n, j), j, 1, D) + q*sum(W(j)*x(n, j), j, 1, D) + ((1 - q)*b + q*e) | sum-linear",
        "= (1 - q)*(sum(w(j)*x(n, j), j, 1, D) + b) + q*(sum(W(j)*x(n, j), j, 1, D) + e) | collect",
    ],
)  # fmt: skip
mixed_loss = chords.define("between-loss", "M(q) = sum(ell(label(n), m(q, n)), n, 1, N)", tex=r"\mathcal{{L}}_{0}", plain="ℒ_{0}")
HALFWAY = "((1 - q)*a(n) + q*B(n))"
DIVERGENCES = "sum((1 - q)*KL(m(q, n), a(n)) + q*KL(m(q, n), B(n)), n, 1, N)"
SUMS = "(1 - q)*sum(KL(m(q, n), a(n)), n, 1, N) + q*sum(KL(m(q, n), B(n)), n, 1, N)"


def never_negative(before: str) -> list[str]:
    """What the sum of divergences stands in is at least what it is without it: ln t <= t - 1, for every logarithm."""

    def both(term: str) -> str:
        """The term for both classes and both ends."""
        ways = ((part, end, one) for part, end in (("(1 - q)", "a(n)"), ("q", "B(n)")) for one in ("sigma({})", "(1 - sigma({}))"))
        return " + ".join(f"{part}*" + term.format(m=one.format("m(q, n)"), end=one.format(end)) for part, end, one in ways)

    return [
        f"= {before}sum({both('{m}*log({m}/{end})')}, n, 1, N) | divergence", f"= {before}sum({both('(-({m}*log({end}/{m})))')}, n, 1, N) | log-reciprocal",
        f">= {before}sum({both('(-({m}*({end}/{m} - 1)))')}, n, 1, N) | tangent", f"= {before}sum(0, n, 1, N) | collect",
    ]


gap = chords.step(
    "chord-gap", by(sample, between), f"(1 - q)*C + q*E - M(q) = {SUMS} >= 0",
    through=[
        "= (1 - q)*sum(ell(label(n), a(n)), n, 1, N) + q*sum(ell(label(n), B(n)), n, 1, N) - sum(ell(label(n), m(q, n)), n, 1, N) | one-valley.loss, one-valley.other-loss, between-loss",
        "= sum((1 - q)*ell(label(n), a(n)) + q*ell(label(n), B(n)) - ell(label(n), m(q, n)), n, 1, N) | sum-linear",
        f"= sum((1 - q)*ell(label(n), a(n)) + q*ell(label(n), B(n)) - ell(label(n), {HALFWAY}), n, 1, N) | logit-between",
        f"= sum((1 - q)*KL({HALFWAY}, a(n)) + q*KL({HALFWAY}, B(n)), n, 1, N) | sample-chord",
        f"= {DIVERGENCES} | logit-between", f"= {SUMS} | sum-linear", f"= {DIVERGENCES} | sum-linear", *never_negative(""),
    ],
)  # fmt: skip

# %% [markdown]
# § no-false-valley
# %%
lowest = chords.step(
    "lowest-nearby", by(gap), "E - C >= (M(q) - C)/q",
    through=["= (M(q) - C)/q + [(1 - q)*C + q*E - M(q)]/q | collect", f"= (M(q) - C)/q + 1/q*[{SUMS}] | chord-gap", f"= (M(q) - C)/q + 1/q*{DIVERGENCES} | sum-linear", *never_negative("(M(q) - C)/q + 1/q*")],
)  # fmt: skip
