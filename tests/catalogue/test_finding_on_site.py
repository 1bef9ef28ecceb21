"""What the site finds, in the reader's browser, is what `python -m derivations find` finds."""

from __future__ import annotations

import random
from typing import Any

import pytest

from derivations.catalogue import permanence
from derivations.catalogue.finding import NothingFound, find, index
from derivations.catalogue.permanence import NoNumber, Release
from tests.catalogue.in_browser import answers

Catalogue = dict[str, Any]
FIRST = Release("1.0.0", "2026-11-21", {}, {"notation": ["coin.mle", "coin.score"]})
ASKED = [
    *("coin.score", " coin.score ", "coin.scroe", "three-cats.log-2", "COIN.SCORE"),
    *("1.0.0 notation (2)", "v1.0.0 notation 1", "1.0.0 notation (3)", "1.0.0 nowhere (1)", "2.0.0 notation (1)"),
    *("MLE", "极大似然", "KL散度", "relative entropy", "均方误差", "log loss", "cross-entropy decomposition", "likelyhood"),
    *("zzzz", "没有的东西", "交插熵", "", "  ", "a", "p", "constructor", "x-y", "one-hot label"),
    *("8/p - 2/(1-p)", "8/theta - 2/(1-theta)", r"\frac{8}{q} - \frac{2}{1-q}", r"\frac{8 - 10 q}{q(1-q)}", "8/p - 3/(1-p)", "8/p - 2.000001/(1-p)"),
    *(r"-[y\log p+(1-y)\log(1-p)]", r"-\left[t \ln s + (1-t)\ln(1-s)\right]", r"\binom{10}{8} p^8 (1-p)^2", "45*x**8*(1-x)**2"),
    *("binomial(n, k) * p**k * (1-p)**(n-k)", r"\binom{n}{k} p^k (1-p)^{n-k}", r"\binom{a-b}{b}", "binom(3)"),
    *(r"\frac{1}{1+e^{-u}}", r"\sigma(u)", "sigma(z)*(1-sigma(z))", r"1 - \frac{1}{1+e^{-z}} = \frac{1}{1+e^{z}}"),
    *(r"\frac{h}{m}", "0.8", "p = 4/5", "1/0", "log(-p)", "e^{800p}", "1/(1+exp(1000*p))", "p^p^p", "0.00001*p", "1000000 p"),
    *(r"x_1 \cdot x_{1,2}", "a_hat + b", "a*b - c*d*(8/p - 2/(1-p))", "|p - y|", "p − y", "$p \\times y$", "2/3/p", "(((", "p +", ")", "٣ + p", "2²", "p ? q", "×·−"),
]  # fmt: skip


def asked_of_python(asked: str, catalogue: Catalogue, searched: dict[str, Any]) -> dict[str, Any]:
    try:
        found = find(asked, catalogue, searched)
    except (NothingFound, NoNumber):
        return {"by": "nothing", "identifiers": []}
    return {"by": found.by, "identifiers": list(found.identifiers)}


def nonsense(count: int) -> list[str]:
    """Texts that look like formulas or words, drawn at random, the same every time."""
    draw = random.Random(8)
    pieces = [
        *"pqxy0189.+-*/^_(){}[]=,|! $²",
        r"\frac",
        r"\log",
        r"\hat",
        r"\binom",
        "log",
        "exp",
        "**",
        "coin",
        "熵",
        "-",
    ]
    return ["".join(draw.choices(pieces, k=draw.randint(1, 9))) for _ in range(count)]


def test_site_finds_what_the_command_finds(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(permanence, "releases", lambda: [FIRST])
    searched, asked = index(catalogue, [FIRST]), [*ASKED, *nonsense(80)]
    kinds = set()
    for text, there in zip(asked, answers(["find.js"], "findEquations", searched, asked), strict=True):
        assert there == asked_of_python(text, catalogue, searched), text
        kinds.add(there["by"])
    assert kinds == {"identifier", "number", "formula", "words", "nearest", "nothing"}
