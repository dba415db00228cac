"""A judge's mean corrected by people: unbiased where the judge is biased, and no worse than people alone."""

import numpy as np
import pytest

from hardseek.analysis.agreement import prediction_powered_mean

GAP = float("nan")


def test_a_judge_that_always_adds_one_is_brought_back() -> None:
    generator = np.random.default_rng(1)
    truth = generator.integers(1, 6, size=1_000).astype(np.float64)
    people = np.where(np.arange(1_000) < 100, truth, GAP)

    found = prediction_powered_mean(truth + 1, people)

    assert found is not None
    assert found.judged == pytest.approx(truth.mean() + 1)
    # lambda is kept below 1 by n / N = 100 / 900.
    assert found.weight == pytest.approx(0.9, abs=0.05)
    assert found.mean == pytest.approx(truth.mean(), abs=0.05)
    assert found.high - found.low < 0.25


def test_the_correction_is_computed_by_hand() -> None:
    # Rated: people 2, 4; judge 1, 3. Unrated: judge 2, 4.
    found = prediction_powered_mean(np.array([1.0, 3, 2, 4]), np.array([2.0, 4, GAP, GAP]))

    assert found is not None
    # cov = 2, var of the judge's 1, 3, 2, 4 = 5 / 3, n / N = 1: lambda = 2 / (2 * 5 / 3) = 0.6.
    assert found.weight == pytest.approx(0.6)
    # 0.6 * 3 + mean(2 - 0.6, 4 - 1.8) = 1.8 + 1.8
    assert found.mean == pytest.approx(3.6)
    # 0.36 * 2 / 2 + var(1.4, 2.2) / 2 = 0.36 + 0.16
    assert found.high - found.mean == pytest.approx(1.959963984540054 * 0.52**0.5)


def test_a_judge_that_guesses_is_not_used() -> None:
    generator = np.random.default_rng(2)
    people = generator.normal(size=400)

    found = prediction_powered_mean(-people, np.where(np.arange(400) < 50, people, GAP))

    assert found is not None
    assert found.weight == 0
    assert found.mean == pytest.approx(people[:50].mean())


def test_the_interval_holds_the_truth_as_often_as_it_says() -> None:
    generator = np.random.default_rng(4)
    covered = 0
    for _ in range(400):
        truth = generator.normal(3, 1, size=300)
        judge = truth + generator.normal(0.5, 0.7, size=300)
        found = prediction_powered_mean(judge, np.where(np.arange(300) < 60, truth, GAP))
        assert found is not None
        covered += found.low <= 3 <= found.high

    assert 0.91 <= covered / 400 <= 0.98


def test_too_little_is_not_corrected() -> None:
    assert prediction_powered_mean(np.array([1.0, 2, 3]), np.array([1.0, GAP, GAP])) is None
    assert prediction_powered_mean(np.array([1.0, 2]), np.array([1.0, 2])) is None
