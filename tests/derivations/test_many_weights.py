"""A penalty on many weights, against scikit-learn and NumPy; and the chords below which the loss stays."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from scipy import special
from sklearn.linear_model import LogisticRegression

from tests.derivations.evaluation import digits, number
from tests.derivations.oracles import shows, slope
from tests.derivations.test_one_valley import drawn, loss, seeds

LAMBDA = 0.3


def penalised(design, labels, place):
    return loss(design, labels, place) + LAMBDA * (place[:-1] ** 2).sum()


@settings(max_examples=4)
@given(seed=seeds)
def test_a_weight_is_pulled_back_as_finite_differences_say(equations, seed):
    design, labels, here, _, _, at = drawn(seed)

    @np.vectorize
    def moved(step):
        return penalised(design, labels, here + step * np.eye(len(here))[0])

    shows(equations["many-weights.penalised"], penalised(design, labels, here), lam=LAMBDA, **at)
    shows(equations["many-weights.partial-slope"], slope(moved, 0.0, 0.1), rel=1e-5, abs=1e-6, lam=LAMBDA, **at)
    assert number(equations["many-weights.penalty-below-loss"], 0, {"lam": LAMBDA, **at}) <= penalised(
        design, labels, here
    )


@settings(max_examples=4)
@given(seed=seeds)
def test_scikit_learns_minimum_is_level_bounded_and_cheapest_by_the_squared_distance(equations, seed):
    design, labels, _, there, _, at = drawn(seed)
    assume(len(set(labels)) == 2)
    fit = LogisticRegression(C=1 / (2 * LAMBDA), tol=1e-12, max_iter=2000).fit(design[:, :-1], labels)
    best = np.append(fit.coef_[0], fit.intercept_)
    at = {**at, "b": best[-1], "one-valley.w": lambda j: best[int(j) - 1], "lam": LAMBDA}
    farther = equations["many-weights.farther-costs-more"]
    assert number(equations["many-weights.partial-slope"], 1, at) == pytest.approx(0, abs=1e-4)
    assert number(farther, 0, at) == pytest.approx(penalised(design, labels, there) - penalised(design, labels, best))
    distance = LAMBDA * ((there - best)[:-1] ** 2).sum()
    assert number(farther, 1, at) == pytest.approx(distance, abs=1e-3)
    shows(equations["many-weights.difference"], number(farther, 0, at), rel=1e-5, abs=1e-8, **at)
    zero = equations["many-weights.at-zero"]
    shows(zero, loss(design, labels, np.zeros_like(best)), **at)
    assert LAMBDA * (best[:-1] ** 2).sum() <= penalised(design, labels, best) <= number(zero, 1, at)


def test_the_farthest_weight_is_where_the_penalty_alone_costs_as_much_as_no_weight(equations):
    assert digits(equations["many-weights.farthest-weight"]) == f"{math.sqrt(2 * math.log(2) / 0.1):.3f}"


@settings(max_examples=4)
@given(seed=seeds)
def test_the_loss_is_below_its_chords_by_scipys_divergences(equations, seed):
    design, labels, here, there, _, at = drawn(seed)
    q = 0.3
    logits = [design @ place for place in (here, there, (1 - q) * here + q * there)]
    start, end, between = (special.expit(each) for each in logits)
    apart = [(special.rel_entr(between, p) + special.rel_entr(1 - between, 1 - p)).sum() for p in (start, end)]
    gap = equations["below-chords.chord-gap"]
    middle = loss(design, labels, (1 - q) * here + q * there)
    shows(equations["below-chords.between-loss"], middle, q=q, **at)
    shows(equations["below-chords.logit-between"], logits[2][0], q=q, **at)
    expected = (1 - q) * apart[0] + q * apart[1]
    assert number(gap, 0, {"q": q, **at}) == pytest.approx(expected, rel=1e-6, abs=1e-9)
    assert number(gap, 1, {"q": q, **at}) == pytest.approx(expected, rel=1e-6, abs=1e-9)
    lowest = equations["below-chords.lowest-nearby"]
    rise = (middle - loss(design, labels, here)) / q
    assert number(lowest, 1, {"q": q, **at}) == pytest.approx(rise, rel=1e-6, abs=1e-9)
    assert number(lowest, 0, {"q": q, **at}) >= rise
