# %% [markdown]
# § coin
# %%
heads, tails = 10, 0

# %%
from derivations import coin_boundary as known
from derivations import coin_general
from derivations.engine import CLOSED_UNIT, UNIT, Derivation, whole_from
from derivations.engine.rules import by, differentiate, maximise, solve_for
from derivations.own.wording import times

tosses = heads + tails
coin = Derivation("own-coin", source="mle/1.2", conventions=("0^0 = 1",))
p, n = coin.quantity("p", UNIT), coin.quantity("n", whole_from(tosses, tosses))
coin.use(coin_general.general, "L")
if heads:
    L, FACE, SLOPE, SIGN, END = "L(n, p)", "p", f"{tosses}/p", ">", 1
    general, general_log, general_certain = known.all_heads, known.all_heads_log, known.all_heads_certain
else:
    L, FACE, SLOPE, SIGN, END = "L(0, p)", "(1 - p)", f"-{tosses}/(1 - p)", "<", 0
    general, general_log, general_certain = known.no_heads, known.no_heads_log, known.no_heads_certain
AT = {"n": tosses}

# %% [markdown]
# § likelihood
# %%
if heads or tosses <= 400:  # larger powers of 1 - p are not multiplied out
    likelihood = coin.step("likelihood", by(general), f"{L} = {FACE}**n", on={"p": CLOSED_UNIT}, point=AT)
log_likelihood = coin.step("log-likelihood", by(general_log), f"log({L}) = {times(tosses, f'log({FACE})')}", point=AT)

# %% [markdown]
# § end
# %%
score = coin.step("score", differentiate(log_likelihood, p), f"d(log({L}), p) = {SLOPE} {SIGN} 0", point=AT)
no_root = coin.step("no-root", solve_for(score), f"roots(d(log({L}), p), p, 0, 1) = {{}}", point=AT)
maximum = coin.step("maximum", maximise(score), f"argmax({L}, p, 0, 1) = {END}", point=AT)
certain = coin.step("certain", by(general_certain), f"{L.replace('p', str(END))} = 1", point=AT)
