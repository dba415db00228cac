"""The statistics of validity, by hand and against scipy."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats  # scipy carries no types

from hardseek.validity.statistics import auc, cohens_d, explained, interval, pearson, repeats_needed, spearman

numbers = st.lists(st.integers(-5, 5).map(float), min_size=3, max_size=12)


def test_auc_counts_ties_by_half() -> None:
    # Pairs (3,1) (3,2) (2,1) won, (2,2) tied: 3.5 of 4.
    assert auc([3, 2], [1, 2]) == pytest.approx(3.5 / 4)
    assert auc([], [1]) is None


@given(numbers, numbers)
def test_auc_is_mann_whitney(good: list[float], poor: list[float]) -> None:
    u = stats.mannwhitneyu(good, poor).statistic
    assert auc(good, poor) == pytest.approx(u / (len(good) * len(poor)))


def test_the_share_that_groups_explain() -> None:
    # Mean 3: between 2 * (2 - 3)^2 + 2 * (4 - 3)^2 = 4, in all 4 + 0 + 0 + 4 = 8.
    assert explained([[1, 3], [3, 5]]) == pytest.approx(0.5)
    assert explained([[2, 2], [2]]) is None
    assert explained([]) is None


def test_cohens_d() -> None:
    # Means 3 and 1, both with a variance of 2 (n - 1): 2 / sqrt(2).
    assert cohens_d([2, 4], [0, 2]) == pytest.approx(2**0.5)
    assert cohens_d([1, 1], [0, 0]) is None
    assert cohens_d([1], [0, 2]) is None


@given(numbers.flatmap(lambda a: st.tuples(st.just(a), st.permutations(a))))
def test_correlations_are_those_of_scipy(both: tuple[list[float], list[float]]) -> None:
    ones, others = both
    if len(set(ones)) == 1:
        assert pearson(ones, others) is None
        assert spearman(ones, others) is None
    else:
        assert pearson(ones, others) == pytest.approx(stats.pearsonr(ones, others).statistic, abs=1e-9)
        assert spearman(ones, others) == pytest.approx(stats.spearmanr(ones, others).statistic, abs=1e-9)


def test_repeats_by_spearman_and_brown() -> None:
    assert repeats_needed(0.5, 0.8) == pytest.approx(4)  # 4 * 0.5 / (1 + 3 * 0.5) = 0.8
    assert repeats_needed(0.0, 0.8) is None
    assert repeats_needed(None, 0.8) is None


def test_an_interval_draws_whole_cards() -> None:
    assert interval([[1.0, 1.0], [1.0]], sum, draws=200) == (2.0, 4.0)
    assert interval([[1.0]], sum) is None
    assert interval([[1.0], [2.0]], lambda _: None) is None
