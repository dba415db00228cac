"""Means and their intervals."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats  # scipy carries no types
from threadpoolctl import threadpool_info

from hardseek.analysis import CardTotals, Estimate, estimate
from hardseek.analysis.bootstrap import resamples

Scores = list[list[float]]
"""Of each card."""


def totals(scores: Scores) -> CardTotals:
    return CardTotals(
        np.array([sum(card) for card in scores], np.float64), np.array([len(card) for card in scores], np.float64)
    )


cards = st.lists(st.lists(st.floats(-5, 5, allow_subnormal=False), min_size=1, max_size=4), min_size=2, max_size=12)


def test_mean_weighs_every_score_alike() -> None:
    (found,) = estimate([totals([[1.0, 2.0, 3.0], [10.0]])])
    assert found.mean == pytest.approx(16 / 4)
    assert (found.n, found.cards) == (4, 2)


def test_nothing_to_average() -> None:
    (found,) = estimate([totals([])])
    assert (found.mean, found.low, found.high, found.n, found.cards) == (None, None, None, 0, 0)


def test_one_card_has_no_interval() -> None:
    (found,) = estimate([totals([[1.0, 5.0]])])
    assert (found.mean, found.low, found.high) == (3.0, None, None)


def test_equal_scores_leave_no_doubt() -> None:
    (found,) = estimate([totals([[2.0], [2.0, 2.0], [2.0]])])
    assert (found.mean, found.low, found.high) == (2.0, 2.0, 2.0)


def test_repeating_every_dialogue_does_not_narrow_the_interval() -> None:
    once: Scores = [[1.0], [4.0], [2.0], [8.0], [3.0], [6.0]]
    single, double = estimate([totals(once), totals([card * 2 for card in once])])
    assert double.n == 2 * single.n
    assert double.low == pytest.approx(single.low)
    assert double.high == pytest.approx(single.high)


def test_a_cell_does_not_depend_on_the_others() -> None:
    cell = totals([[1.0], [4.0], [2.0, 3.0], [8.0]])
    alone = estimate([cell])[0]
    among = estimate([totals([[0.0], [1.0]]), cell, totals([[9.0], [1.0], [4.0], [4.0]])])[1]
    assert among == alone


def test_same_seed_same_interval_other_seed_other_interval() -> None:
    cell = totals([[n**1.5, n % 7] for n in range(20)])
    assert estimate([cell], seed=1) == estimate([cell], seed=1)
    assert estimate([cell], seed=1)[0].low != estimate([cell], seed=2)[0].low


@given(cards, st.floats(-20, 20))
def test_shifting_every_score_shifts_the_interval(scores: Scores, by: float) -> None:
    plain, shifted = estimate([totals(scores), totals([[score + by for score in card] for card in scores])], draws=200)
    assert plain.mean is not None and plain.low is not None and plain.high is not None
    assert shifted.mean == pytest.approx(plain.mean + by, abs=1e-6)
    width = plain.high - plain.low
    assert shifted.low == pytest.approx(plain.low + by, abs=1e-4 + 1e-4 * width)
    assert shifted.high == pytest.approx(plain.high + by, abs=1e-4 + 1e-4 * width)


@given(cards)
def test_interval_holds_its_mean(scores: Scores) -> None:
    (found,) = estimate([totals(scores)], draws=200)
    assert found.mean is not None and found.low is not None and found.high is not None
    assert found.low <= found.mean <= found.high


def test_agrees_with_students_t_on_many_normal_cards() -> None:
    scores = np.random.Generator(np.random.PCG64(3)).normal(2.0, 1.5, 400)
    (found,) = estimate([CardTotals(scores, np.ones(400))])
    low, high = stats.t.interval(0.95, 399, scores.mean(), stats.sem(scores))
    assert found.low == pytest.approx(low, abs=0.02)
    assert found.high == pytest.approx(high, abs=0.02)


@pytest.mark.parametrize(
    ("kind", "number", "least"),
    [("normal", 8, 0.92), ("normal", 50, 0.92), ("skewed", 16, 0.90), ("skewed", 50, 0.91), ("rare", 30, 0.92)],
)
def test_intervals_cover_the_truth(kind: str, number: int, least: float) -> None:
    """Coverage of 800 trials; its Monte Carlo error is about 0.008."""
    generator = np.random.Generator(np.random.PCG64(11))
    trials = 800
    if kind == "normal":
        sums, truth = 3 * generator.normal(size=(trials, number)) + generator.normal(0, 3**0.5, (trials, number)), 0.0
    elif kind == "skewed":
        sums, truth = (
            generator.gamma(3.0, 1.0, (trials, number)) + 2 * generator.exponential(1.0, (trials, number)),
            5 / 3,
        )
    else:
        sums, truth = generator.binomial(3, generator.beta(0.5, 4.5, (trials, number))).astype(np.float64), 0.1
    found = estimate([CardTotals(row, np.full(number, 3.0)) for row in sums], draws=600)
    covered = np.mean(
        [each.low is not None and each.high is not None and each.low <= truth <= each.high for each in found]
    )
    assert least <= covered <= 0.99


def test_an_interval_ends_where_the_scale_does() -> None:
    found = Estimate(1.0, -2.0, 7.0, 9, 3)
    assert found.within(0, 5) == Estimate(1.0, 0.0, 5.0, 9, 3)
    assert found.within(None, 10) == found
    assert Estimate(1.0, None, None, 1, 1).within(0, 5).low is None


def test_small_products_are_left_to_one_thread_and_others_afterwards_are_not() -> None:
    def threads() -> list[int]:
        return [each["num_threads"] for each in threadpool_info() if each["user_api"] == "blas"]

    before = threads()
    within = [threads() for _ in resamples(4, draws=3)]
    assert within and all(found == [1] * len(before) for found in within)
    assert threads() == before
