"""Proportional odds: against values worked out by hand, another implementation's, and what must always hold."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import expit
from sklearn.linear_model import LogisticRegression

from hardseek.judging.scorer.ordinal import expected, fit, log_likelihood


def _drawn(many: int, points: float, cuts: list[float], seed: int = 3) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    x = random.normal(size=(many, 1))
    latent = x[:, 0] * points + random.logistic(size=many)
    return x, np.digitize(latent, cuts)


def test_two_levels_are_a_logistic_regression() -> None:
    x, levels = _drawn(400, 1.0, [0.3])
    ours = fit(x, levels, np.array([2.0]))
    theirs = LogisticRegression(C=0.5, tol=1e-10, max_iter=1000).fit(x, levels)

    assert ours.points[0] == pytest.approx(theirs.coef_[0, 0], abs=1e-4)
    assert ours.cuts[0] == pytest.approx(-theirs.intercept_[0], abs=1e-4)


def test_what_the_data_were_drawn_from_is_found_again() -> None:
    x, levels = _drawn(20_000, 1.5, [-1.0, 0.5, 2.0])
    found = fit(x, levels, np.array([1e-6]))

    assert found.points[0] == pytest.approx(1.5, abs=0.06)
    assert found.cuts == pytest.approx([-1.0, 0.5, 2.0], abs=0.06)


def test_without_columns_that_matter_the_cuts_are_the_logits_of_the_shares() -> None:
    levels = np.array([0] * 20 + [1] * 30 + [2] * 50)
    found = fit(np.zeros((100, 1)), levels, np.array([1.0]))

    assert found.cuts == pytest.approx([np.log(0.2 / 0.8), np.log(0.5 / 0.5)], abs=1e-3)


def test_a_stronger_prior_pulls_points_towards_nothing() -> None:
    x, levels = _drawn(300, 1.0, [0.0, 1.0])
    free, held, fixed = (abs(fit(x, levels, np.array([each])).points[0]) for each in (1e-6, 50.0, 1e6))

    assert free > held > fixed
    assert fixed < 0.001


def test_the_estimate_is_where_the_likelihood_is_highest() -> None:
    x, levels = _drawn(300, 1.0, [0.0, 1.0])
    found = fit(x, levels, np.array([1e-9]))
    best = log_likelihood(x @ found.points, found.cuts, levels)

    for shift in (-0.1, 0.1):
        assert log_likelihood(x @ (found.points + shift), found.cuts, levels) < best
        assert log_likelihood(x @ found.points, found.cuts + shift, levels) < best


def test_the_expected_rating_by_hand() -> None:
    # Chances of being above the two cuts at a score of 0: 1/(1+e^1) and 1/(1+e^2).
    above = [expit(-1.0), expit(-2.0)]
    assert expected(np.array([0.0]), np.array([1.0, 2.0]), np.array([1.0, 3.0, 4.0]))[0] == pytest.approx(
        1 + 2 * above[0] + 1 * above[1]
    )


@given(st.lists(st.floats(-30, 30), min_size=2, max_size=20))
def test_expected_ratings_keep_to_the_scale_and_rise_with_the_score(scores: list[float]) -> None:
    found = expected(np.sort(np.array(scores)), np.array([-1.0, 0.0, 3.0]), np.array([1.0, 2.0, 3.0, 4.0]))

    assert ((found >= 1) & (found <= 4)).all()
    assert (np.diff(found) >= 0).all()


@pytest.mark.parametrize("levels", [[0, 0, 0], [0, 2, 2]])
def test_levels_that_cannot_be_told_apart_are_refused(levels: list[int]) -> None:
    with pytest.raises(ValueError, match="numbered from 0"):
        fit(np.zeros((3, 1)), np.array(levels), np.array([1.0]))
