# %% [markdown]
# § large-numbers
# %%
"""The more tosses, the less probable it is that the share of heads is far from p: Chebyshev's inequality, by counting.

Domain: 0 < p < 1, n = 1, 2, 3, …, a distance ε > 0.  Unit: of p for the distance; probabilities have none.
"""

from derivations.coin_general import distribution, general, mean_of_heads, variance_of_mean
from derivations.engine import NOT_NEGATIVE, POSITIVE, UNIT, Derivation
from derivations.engine.rules import by, cases

numbers = Derivation("large-numbers", source="own", conventions=("0^0 = 1",))
p = numbers.quantity("p", UNIT)
numbers.use(general, "n", "Pr", "EK", Var="V")
a, b = numbers.quantity("a", NOT_NEGATIVE), numbers.quantity("b", POSITIVE)
numbers.quantity("e", POSITIVE, r"\varepsilon", "ε")

# %% [markdown]
# § bracket
# %%
bracket = numbers.define("bracket", "at_least(a, b) = indicator(max(a, b), a)", tex=r"\left[{0} \ge {1}\right]", plain="[{0} ≥ {1}]")
bounded = numbers.step("bracket-bounded", cases(a, b, bracket), "b*at_least(a, b) = a - max(a - b, 0) - a*(1 - at_least(a, b))**2")

# %% [markdown]
# § chebyshev
# %%
SQUARE = "(j/n - p)**2"
FAR = f"at_least({SQUARE}, e**2)"
LEFT = f"sum(({SQUARE} - max({SQUARE} - e**2, 0) - {SQUARE}*(1 - {FAR})**2)*Pr(j), j, 0, n)"
OVER = f"sum(max({SQUARE} - e**2, 0)*Pr(j) + {SQUARE}*(1 - {FAR})**2*Pr(j), j, 0, n)"
outside = numbers.define("far-off", f"Far(n, p, e) = sum({FAR}*Pr(j), j, 0, n)", tex=r"P(\lvert K/{0} - {1} \rvert \ge {2})", plain="P(|K/{0} - {1}| ≥ {2})")
mean_square = numbers.step(
    "mean-square", by(mean_of_heads), f"Var(n, p) = sum({SQUARE}*Pr(j), j, 0, n)",
    through=["= sum((j/n - EK/n)**2*Pr(j), j, 0, n) | coin-general.variance", "= sum((j/n - n*p/n)**2*Pr(j), j, 0, n) | coin-general.mean-of-heads"],
)
chebyshev = numbers.step(
    "chebyshev", by(outside, bounded, mean_square, variance_of_mean), "Far(n, p, e) <= Var(n, p)/e**2 = p*(1 - p)/(n*e**2)",
    through=[
        f"= sum({FAR}*Pr(j), j, 0, n) | far-off", f"= sum((e**2*{FAR})*Pr(j)/e**2, j, 0, n) | collect", f"= sum((e**2*{FAR})*Pr(j), j, 0, n)/e**2 | sum-linear",
        f"= {LEFT}/e**2 | bracket-bounded", f"= sum({SQUARE}*Pr(j) - (max({SQUARE} - e**2, 0)*Pr(j) + {SQUARE}*(1 - {FAR})**2*Pr(j)), j, 0, n)/e**2 | collect", f"= (sum({SQUARE}*Pr(j), j, 0, n) - {OVER})/e**2 | sum-linear",
        f"<= sum({SQUARE}*Pr(j), j, 0, n)/e**2 | sign", "= Var(n, p)/e**2 | mean-square",
    ],
)  # fmt: skip
less = numbers.step("less", by(), "(1/4 - a)/(n*e**2) <= (1/4)/(n*e**2)")
whatever = numbers.step(
    "whatever-the-coin", by(chebyshev, less), "Far(n, p, e) <= 1/(4*n*e**2)",
    through=["<= p*(1 - p)/(n*e**2) | chebyshev", "= (1/4 - (1/2 - p)**2)/(n*e**2) | collect", "<= (1/4)/(n*e**2) | less"],
)

# %% [markdown]
# § example
# %%
four = numbers.step(
    "four-tosses", by(outside, distribution, bracket), "Far(4, 1/2, 1/2) = 2*(1/2)**4 = decimal(125/1000)",
    through=[
        "= sum(at_least((j/4 - 1/2)**2, (1/2)**2)*(binomial(4, j)*(1/2)**j*(1 - 1/2)**(4 - j)), j, 0, 4) | far-off, coin-general.distribution",
        "= sum(indicator(max((j/4 - 1/2)**2, (1/2)**2), (j/4 - 1/2)**2)*(binomial(4, j)*(1/2)**j*(1 - 1/2)**(4 - j)), j, 0, 4) | bracket",
    ],
)  # fmt: skip
promised = numbers.step("four-tosses-bound", by(chebyshev), "Far(4, 1/2, 1/2) <= (1/2)*(1 - 1/2)/(4*(1/2)**2) = decimal(1/4)")
hundred = numbers.step("hundred-tosses", by(whatever), "Far(100, p, 1/5) <= 1/(4*100*(1/5)**2) = decimal(1/16)")
