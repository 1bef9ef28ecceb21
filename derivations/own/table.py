# %% [markdown]
# § table
# %%
labels = (1, 0, 1)
predictions = ("0.9", "0.2", "0.75")

# %%
from collections.abc import Sequence
from fractions import Fraction
from math import prod

from derivations.engine import UNIT, Derivation, Equation, whole_from
from derivations.engine.rules import by
from derivations.own.wording import decimals, places

N, ONE_BY_ONE = len(labels), range(len(labels))
seen = [f"({each})" if "/" in each else each for each in predictions]
exact = [Fraction(each) for each in predictions]
factors = [each if label else f"(1 - {each})" for label, each in zip(labels, seen, strict=True)]
worth = [value if label else 1 - value for label, value in zip(labels, exact, strict=True)]
together, small, unsure = (
    prod(worth, start=Fraction(1)),
    sum((1 - value for value in worth), Fraction()),
    all(0 < value < 1 for value in exact),
)
PRODUCT, LOGARITHMS = "*".join(factors), " + ".join(f"log({each})" for each in factors)
table = Derivation("own-table", source="mle/2.2", conventions=("0^0 = 1", "0 log 0 = 0"))
i = table.quantity("i", whole_from(1, N))


# %% [markdown]
# § data
# %%
def listed(name: str, letter: str, values: Sequence[object], tex: str, plain: str) -> Equation:
    """Data in one row; a single one is told by its index."""
    if N == 1:
        return table.define(name, f"{letter}(1) = {values[0]}", tex=f"{tex}_{{0}}", plain=f"{plain}_{{0}}")
    found = table.observe(name, f"{letter} = ({', '.join(map(str, values))})", tex=f"{tex}_{{0}}")
    table.write(letter, f"{tex}_{{0}}", f"{plain}_{{0}}", partial=rf"({tex}_1, \dots, {tex}_{{{{{N}}}}})")
    return found


given = listed("labels", "y", labels, "y", "y")
predicted = listed("predictions", "yhat", seen, r"\hat{{y}}", "ŷ")
probability = table.define("probability", "P(i) = yhat(i)**y(i)*(1 - yhat(i))**(1 - y(i))", tex="P_{0}", plain="P_{0}")
independence = table.define("likelihood-definition", f"L = prod(P(i), i, 1, {N})")

# %% [markdown]
# § likelihood
# %%
samples = [
    table.step(
        f"probability-{at + 1}",
        by(given, predicted, probability),
        f"P({at + 1}) = {seen[at]}**{labels[at]}*(1 - {seen[at]})**(1 - {labels[at]}) = {factors[at]}"
        + (f" = {worth[at]}" if "(" in factors[at] and worth[at] in (0, 1) else ""),
        through=[f"= yhat({at + 1})**y({at + 1})*(1 - yhat({at + 1}))**(1 - y({at + 1})) | probability"],
    )
    for at in ONE_BY_ONE
]
telling = ONE_BY_ONE if together else [worth.index(Fraction())]  # one factor 0 is enough
likelihood = table.step(
    "likelihood",
    by(independence, *samples),
    f"L = {PRODUCT}" + ("" if PRODUCT in seen else decimals(together, PRODUCT)),
    through=[
        f"= prod(P(i), i, 1, {N}) | likelihood-definition",
        f"= {'*'.join(f'P({at + 1})' for at in ONE_BY_ONE)} | write-out",
        f"= {PRODUCT} | {', '.join(f'probability-{at + 1}' for at in telling)}",
    ],
)

# %% [markdown]
# § losses
# %%
losses = [
    table.step(
        f"loss-{at + 1}",
        by(samples[at]),
        f"-log(P({at + 1})) = -[{labels[at]}*log({seen[at]}) + (1 - {labels[at]})*log(1 - {seen[at]})] = -log({factors[at]})"
        + (" = 0" if worth[at] == 1 else f" ~ digits(-log({factors[at]}), {places(1 - worth[at])})"),
    )
    for at in ONE_BY_ONE
    if worth[at]
]

# %% [markdown]
# § loss
# %%
if together:
    LOSS, put_in = "-log(L)", [f"= -log({PRODUCT}) | likelihood"]
    if unsure:
        LOSS = "loss"
        definition = table.define(
            "loss-definition", f"loss = -sum([y(i)*log(yhat(i)) + (1 - y(i))*log(1 - yhat(i))], i, 1, {N})",
            tex=r"\mathcal{{L}}", plain="ℒ",
        )  # fmt: skip
        identity = table.step(
            "cross-entropy",
            by(definition, probability, independence),
            "loss = -log(L)",
            through=[
                f"= -sum(y(i)*log(yhat(i)) + (1 - y(i))*log(1 - yhat(i)), i, 1, {N}) | loss-definition",
                f"= -sum(log(yhat(i)**y(i)) + log((1 - yhat(i))**(1 - y(i))), i, 1, {N}) | log-power",
                f"= -log(prod(yhat(i)**y(i)*(1 - yhat(i))**(1 - y(i)), i, 1, {N})) | log-product",
                f"= -log(prod(P(i), i, 1, {N})) | probability",
                "= -log(L) | likelihood-definition",
            ],
        )
        put_in = ["= -log(L) | cross-entropy", *put_in]
    loss = table.step(
        "loss",
        by(likelihood),
        f"{LOSS} = -[{LOGARITHMS}]" + (f" ~ digits(-log({PRODUCT}), {places(small)})" if together < 1 else " = 0"),
        through=[*put_in, *([f"= -({LOGARITHMS}) | log-product"] if N > 1 else [])],
    )
    if unsure:
        back = table.step("likelihood-from-loss", by(identity), "exp(-loss) = exp(log(L)) = L")
else:
    u = table.quantity("u", UNIT)
    endless = table.step("endless", by(), 'lim(log(u), u, 0, "+") = -oo')

# %% [markdown]
# § units
# %%
if 0 < together < 1:
    for name, divisor, size in (("mean", f"{N}", small / N), ("bits", "log(2)", small)):
        if divisor != "1":
            table.step(
                name,
                by(loss),
                f"{LOSS}/{divisor} ~ digits(-log({PRODUCT})/{divisor}, {places(size)})",
                through=[
                    f"= -({LOGARITHMS})/{divisor} | loss" if unsure else f"= -log({PRODUCT})/{divisor} | likelihood"
                ],
            )
