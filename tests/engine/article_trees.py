"""The articles' 28 displayed equations as trees, written by hand, and the names that occur in them: for each identifier its lines, each a chain of terms and relations."""

from __future__ import annotations

from typing import Any

from derivations.engine.kernel.terms import minus, neg, num, sym
from derivations.engine.writing import Style, Written

Tree = tuple[Any, ...]
p, theta, i, n, w, b, x = map(sym, ("p", "theta", "i", "n", "w", "b", "x"))
ONE = num(1)


def app(name: str, *arguments: Tree) -> Tree:
    return ("app", name, *arguments)


def log(term: Tree) -> Tree:
    return ("log", term)


def over(above: Tree, below: Tree) -> Tree:
    return ("/", above, below)


COIN = Style({"p": Written("p", "p"), "coin.L": Written("L({0})", "L({0})")})
CATS = Style(
    symbols={
        "theta": Written(r"\theta", "θ"),
        "i": Written("i", "i"),
        "N": Written("N", "N"),
        "cats.L": Written("L({0})", "L({0})"),
        "cats.loss": Written(r"\mathcal{{L}}({0})", "loss({0})"),
        "three.loss": Written(r"\mathcal{{L}}", "loss", unseen=(theta,)),
        "cats.yhat": Written(r"\hat{{y}}_{0}(\theta)", "ŷ_{0}(θ)", unseen=(theta,)),
        "categorical.yhat": Written(r"\hat{{y}}_{{{0},{1}}}(\theta)", "ŷ_({0}, {1})(θ)", unseen=(theta,)),
        "categorical.true": Written("c_{{true}}", "c_true", unseen=(i,)),
    }
)
BCE = Style(
    symbols={
        "w": Written("w", "w"),
        "b": Written("b", "b"),
        "n": Written("n", "n"),
        "N": Written("N", "N"),
        "best.w": Written("w^*", "w*"),
        "best.b": Written("b^*", "b*"),
        "rest": Written(r"\cdots", "⋯"),
        "logistic.L": Written("L({0}, {1})", "L({0}, {1})"),
        "logistic.f": Written("f_{{w,b}}(x^{0})", "f_{{w,b}}(x^{0})", unseen=(w, b)),
        "logistic.y": Written(r"\hat{{y}}^{0}", "ŷ^{0}"),
        "logistic.loss": Written(r"\text{{Loss}}_{0}", "Loss_{0}"),
        "ce.H": Written("H({0}, {1})", "H({0}, {1})"),
        "ce.p": Written(
            r"p(\word{{class}}={1})",
            r"p(\word{{class}}={1})",
            r"p_{{\text{{true for }} x^{0}}}",
            "p_{{true for x^{0}}}",
            unseen=(n,),
        ),
        "ce.q": Written(
            r"q(\word{{class}}={1})",
            r"q(\word{{class}}={1})",
            r"q_{{\text{{model for }} x^{0}}}",
            "q_{{model for x^{0}}}",
            unseen=(n,),
        ),
        "p": Written("p", "p"),
        "q": Written("q", "q"),
        "x": Written("x", "x"),
    },
    logarithm=r"\ln",
    parenthesised=True,
    index_sets={"x": ""},
)
WORDS = {"class": "类别"}


def f(at: Tree) -> Tree:
    return app("logistic.f", at, w, b)


def y(at: Tree) -> Tree:
    return app("logistic.y", at)


L, H_pq = app("logistic.L", w, b), app("ce.H", sym("p"), sym("q"))
f1, f2, f3, rest = f(num(1)), f(num(2)), f(num(3)), sym("rest")
likelihood = ("*", f1, f2, minus(ONE, f3), rest)
nll = neg(log(L))
STAR = ("tuple", app("best.w"), app("best.b"))
ARGMAX, ARGMIN = ("argmax", "w,b", L), ("argmin", "w,b", ("[]", neg(log(L))))


def loss_with(label: Tree, other: Tree) -> Tree:
    return neg(("[]", ("+", ("*", label, log(f(n))), ("*", other, log(minus(ONE, f(n)))))))


loss_n, loss = app("logistic.loss", n), loss_with(y(n), minus(ONE, y(n)))
true, model = ("fn", "c", app("ce.p", n, sym("c"))), ("fn", "c", app("ce.q", n, sym("c")))
H_n = app("ce.H", true, model)


def of_class(which: int) -> Tree:
    return ("*", app("ce.p", n, num(which)), log(app("ce.q", n, num(which))))


coin_L, cats_L = app("coin.L", p), app("cats.L", theta)
ten_logs = ("sum", "i", log(app("cats.yhat", i, theta)), num(1), num(10))
of_true = app("categorical.yhat", i, app("categorical.true", i), theta)
logs_of_true = ("sum", "i", log(of_true), num(1), sym("N"))
three_logs = ("+", log(("dec", 7, 1)), log(("dec", 9, 1)), log(("dec", 5, 1)))
rounded = ("+", neg(("dec", 357, 3)), neg(("dec", 105, 3)), neg(("dec", 693, 3)))

Line = tuple[list[Tree], list[str]]
LINES: dict[str, list[Line]] = {
    "coin.likelihood": [
        (
            [coin_L, ("*", ("binom", num(10), num(8)), ("^", p, num(8)), ("^", minus(ONE, p), num(2)))],
            ["="],
        )
    ],
    "coin.log-likelihood": [
        (
            [
                log(coin_L),
                (
                    "+",
                    log(("binom", num(10), num(8))),
                    ("*", num(8), log(p)),
                    ("*", num(2), log(minus(ONE, p))),
                ),
            ],
            ["="],
        )
    ],
    "coin.score": [
        (
            [("d", "p", log(coin_L), p), minus(over(num(8), p), over(num(2), minus(ONE, p))), num(0)],
            ["=", "=!"],
        )
    ],
    "coin.mle": [([p, ("dec", 8, 1)], ["="])],
    "cats.likelihood": [([cats_L, ("prod", "i", app("cats.yhat", i, theta), num(1), num(10))], ["="])],
    "cats.log-likelihood": [([log(cats_L), ten_logs], ["="])],
    "cats.cross-entropy": [([app("cats.loss", theta), neg(ten_logs), neg(log(cats_L))], ["=", "="])],
    "three-cats.log-likelihood": [([log(cats_L), three_logs, rounded, neg(("dec", 1155, 3))], ["=", "≈", "="])],
    "three-cats.cross-entropy": [([app("three.loss", theta), neg(three_logs), ("dec", 1155, 3)], ["=", "≈"])],
    "categorical.likelihood": [([cats_L, ("prod", "i", of_true, num(1), sym("N"))], ["="])],
    "categorical.log-likelihood": [([log(cats_L), logs_of_true], ["="])],
    "categorical.cross-entropy": [([app("cats.loss", theta), neg(logs_of_true)], ["="])],
    "categorical.nll-identity": [([app("cats.loss", theta), neg(log(cats_L))], ["="])],
    "logistic.likelihood": [([L, likelihood], ["="])],
    "logistic.argmax": [([STAR, ARGMAX], ["="])],
    "logistic.argmin-nll": [([STAR, ARGMAX, ARGMIN], ["=", "="])],
    "logistic.nll-of-product": [([nll, neg(log(("[]", likelihood)))], ["="])],
    "logistic.nll-bracketed": [([nll, neg(("[]", ("+", log(f1), log(f2), log(minus(ONE, f3)), log(rest))))], ["="])],
    "logistic.nll-expanded": [
        ([nll, ("+", neg(log(f1)), neg(log(f2)), neg(log(minus(ONE, f3))), neg(log(rest)))], ["="])
    ],
    "logistic.sample-loss": [([loss_n, loss], ["="])],
    "logistic.sample-loss-positive": [([loss_n, loss_with(ONE, minus(ONE, ONE)), neg(log(f(n)))], ["=", "="])],
    "logistic.sample-loss-negative": [
        ([loss_n, loss_with(num(0), minus(ONE, num(0))), neg(log(minus(ONE, f(n))))], ["=", "="])
    ],
    "logistic.nll": [([nll, ("sum", "n", loss, ONE, sym("N"))], ["="])],
    "cross-entropy.definition": [
        (
            [
                H_pq,
                neg(("sum", "x", ("*", app("p", x), log(app("q", x))), num(1), num(4))),
            ],
            ["="],
        )
    ],
    "cross-entropy.true-distribution": [
        ([app("ce.p", n, num(1)), y(n)], ["="]),
        ([app("ce.p", n, num(0)), minus(ONE, y(n))], ["="]),
    ],
    "cross-entropy.model-distribution": [
        ([app("ce.q", n, num(1)), f(n)], ["="]),
        ([app("ce.q", n, num(0)), minus(ONE, f(n))], ["="]),
    ],
    "cross-entropy.two-classes": [([H_n, neg(("[]", ("+", of_class(1), of_class(0))))], ["="])],
    "cross-entropy.bernoulli": [([H_n, loss], ["="])],
}


def style_of(identifier: str) -> Style:
    """The typography of the row's article, with the names of its derivation: 13 rows are of the first, 15 of the second."""
    if identifier.startswith(("logistic.", "cross-entropy.")):
        return BCE
    return COIN if identifier.startswith("coin.") else CATS
