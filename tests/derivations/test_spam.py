"""One spam mail under three predictions, against scikit-learn and finite differences."""

from __future__ import annotations

import pytest
from scipy import special
from sklearn.metrics import brier_score_loss, log_loss

from tests.derivations.oracles import at_last, digits, shows, slope

MAILS = {"sure": 0.9, "unsure": 0.5, "wrong": 0.1}


@pytest.mark.parametrize(("name", "f"), MAILS.items())
def test_losses_of_a_spam_mail_are_scikit_learns(equations, name, f):
    shows(equations[f"spam.prediction-{name}"], special.expit(special.logit(f)))
    cross = log_loss([1], [f], labels=[0, 1])
    assert digits(equations[f"spam.loss-{name}"]) == f"{cross:.3f}"
    shows(equations[f"spam.squared-{name}"], brier_score_loss([1], [f], labels=[0, 1]))


@pytest.mark.parametrize(("name", "f"), MAILS.items())
def test_gradients_of_a_spam_mail_are_slopes_in_the_logit(equations, name, f):
    cross = slope(lambda z: -special.log_expit(z), special.logit(f), 0.1)
    squared = slope(lambda z: special.expit(-z) ** 2, special.logit(f), 0.1)
    assert at_last(equations[f"spam.gradient-{name}"]) == pytest.approx(cross, rel=1e-6)
    assert at_last(equations[f"spam.squared-gradient-{name}"]) == pytest.approx(squared, rel=1e-6)


def test_wrong_mail_is_pushed_less_than_the_unsure_one_by_the_squared_error_alone(equations):
    def push(loss, name):
        return abs(at_last(equations[f"spam.{loss}-{name}"]))

    assert push("squared-gradient", "wrong") < push("squared-gradient", "unsure")
    assert push("gradient", "wrong") > push("gradient", "unsure") > push("gradient", "sure")


@pytest.mark.parametrize("label", [0, 1])
@pytest.mark.parametrize("z", [-3.0, 0.4, 6.0])
def test_loss_of_a_sample_is_that_of_its_logit(equations, label, z):
    at = {"n": 1, "w": "w", "b": "b", "logistic.label": lambda n: label, "logistic.logit": lambda w, b, n: z}
    shows(equations["spam.loss"], log_loss([label], [special.expit(z)], labels=[0, 1]), **at)
