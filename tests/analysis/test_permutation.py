"""Sign-flip tests."""

import numpy as np
import pytest
from scipy import stats  # scipy carries no types

from hardseek.analysis import CardTotals, sign_flip


def differences(*sums: float) -> CardTotals:
    return CardTotals(np.array(sums, np.float64), np.ones(len(sums)))


def test_by_hand() -> None:
    # Of the 8 sign patterns of 1, 2, 3 only +++ and --- reach |6|; of 1, 2, -3 all reach |0|.
    assert sign_flip([differences(1, 2, 3), differences(1, 2, -3)]) == [2 / 8, 1.0]
    # 5, 5, 1: |sum| 11 only by all alike (2); 5, 5, -1: |sum| 9 or more by +++, ++-, and their mirrors (4).
    assert sign_flip([differences(5, 5, 1), differences(5, 5, -1)]) == [2 / 8, 4 / 8]


def test_one_card_tells_nothing_and_none_cannot_be_tested() -> None:
    assert sign_flip([differences(7), differences()]) == [1.0, None]


def test_no_difference() -> None:
    assert sign_flip([differences(0, 0, 0, 0)]) == [1.0]


def test_ties_by_rounding_count() -> None:
    assert sign_flip([differences(0.1, 0.2, -0.3)]) == [1.0]


def test_exact_agrees_with_scipy() -> None:
    sums = np.array([0.8, -0.3, 1.9, 0.4, 2.2, -0.1, 1.3, 0.7, 0.2])
    expected = stats.permutation_test(
        (sums,), np.mean, permutation_type="samples", n_resamples=np.inf, alternative="two-sided"
    )
    assert sign_flip([differences(*sums)]) == [pytest.approx(expected.pvalue)]


def test_random_patterns_agree_with_the_paired_t_test_on_normal_data() -> None:
    generator = np.random.Generator(np.random.PCG64(5))
    sums = generator.normal(0.25, 1.0, 60)
    assert sign_flip([differences(*sums)])[0] == pytest.approx(stats.ttest_1samp(sums, 0.0).pvalue, abs=0.015)


def test_never_zero() -> None:
    assert sign_flip([differences(*[1.0] * 40)]) == [1 / 10_000]


def test_false_alarms_keep_to_their_level() -> None:
    generator = np.random.Generator(np.random.PCG64(8))
    cells = [differences(*row) for row in generator.standard_t(3, (600, 20))]
    alarms = np.mean([p is not None and p < 0.05 for p in sign_flip(cells, flips=999)])
    assert 0.025 < alarms < 0.075
