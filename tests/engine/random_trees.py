"""Trees of every form, drawn at random, in the names of `forms`."""

from __future__ import annotations

from random import Random

from derivations.engine.kernel.terms import neg, num, sym
from tests.engine.forms import Tree

BOUND, OTHERS = "ijm", ["+", "+", "+", "*", "*", "*", "neg", "/", "/", "^", "log", "exp", "sqrt", "abs", "max", "binom"]
NAMED = ["L", "L", "y", "z", "s", "u", "D"]
BINDING = ["sum", "prod", "d", "lim", "argmax", "[]", "is"]


def tree(draw: Random, depth: int, bound: str = "") -> Tree:
    """A tree of at most this depth in which these variables are bound."""

    def part(more: str = "") -> Tree:
        return tree(draw, depth - 1, bound + more)

    if depth == 0 or draw.random() < 0.12:
        return leaf(draw, bound)
    kind = draw.choice(OTHERS + NAMED[:3] + BINDING + ["named"])
    variable = draw.choice(BOUND)
    if kind in ("+", "*"):
        return (kind, *(part() for _ in range(draw.randint(2, 3))))
    if kind in ("neg", "log", "exp", "sqrt", "abs", "[]"):
        return (kind, part())
    if kind in ("/", "^", "max", "binom", "is"):
        return (kind, part(), part())
    if kind in ("sum", "prod"):
        return (kind, variable, part(variable), num(1), draw.choice([num(2), sym("n"), num(11)]))
    if kind == "d":
        return ("d", "p", part(), draw.choice([sym("p"), num(3), part()]))
    if kind == "lim":
        return (
            "lim",
            "p",
            part(),
            draw.choice([num(0), ("/", sym("k"), sym("n")), ("inf", "+"), neg(num(1))]),
            draw.choice("+-"),
        )
    if kind == "argmax":
        return (draw.choice(["argmax", "argmin"]), "p", part(), num(0), num(1), draw.choice(["[]", "()", "(]"]))
    name = draw.choice(NAMED)
    if name == "D":
        return ("app", "c.D", ("fn", "c", ("app", "c.P", sym("c"))), ("fn", variable, part(variable)))
    return ("app", f"c.{name}", *(part() for _ in range(2 if name == "u" else 1)))


def leaf(draw: Random, bound: str) -> Tree:
    """A tree of depth 0, or nearly."""
    small = [
        sym(draw.choice("pqknzx" + bound)),
        num(draw.randint(0, 12)),
        ("dec", draw.randint(1, 99), draw.randint(1, 2)),
        ("pi",),
    ]
    named = [("app", "c.L", sym("p")), ("app", "c.y", sym("n")), ("app", "c.z", sym("n")), neg(sym("p")), neg(num(2))]
    return draw.choice([*small, *named])
