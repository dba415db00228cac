"""Every statistic against an implementation of somebody else's, to 1e-9, on drawn and on awkward ratings."""

import warnings

import krippendorff
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats
from sklearn.metrics import accuracy_score, cohen_kappa_score

from analysis.agreement.matrices import matrices, once
from hardseek.analysis.agreement import (
    exact,
    icc_average,
    icc_single,
    kendall,
    krippendorff_alpha,
    pearson,
    quadratic_kappa,
    spearman,
)
from hardseek.analysis.agreement.alpha import Level
from hardseek.analysis.agreement.panel import Array

CLOSE = 1e-9


def _two(scores: Array) -> tuple[Array, Array]:
    """Return what both of the first two raters scored."""
    both = ~np.isnan(scores[:, :2]).any(axis=1)
    return scores[both, 0], scores[both, 1]


@given(matrices())
def test_kappa_is_that_of_scikit_learn(scores: Array) -> None:
    x, y = _two(scores)
    assume(len(x) > 0 and (len(np.unique(x)) > 1 or len(np.unique(y)) > 1))

    expected = cohen_kappa_score(x.astype(int), y.astype(int), labels=list(range(1, 6)), weights="quadratic")

    assert quadratic_kappa(scores[:, 0], scores[:, 1], once(len(scores)))[0] == pytest.approx(expected, abs=CLOSE)


@given(matrices())
def test_exact_accuracy_is_that_of_scikit_learn(scores: Array) -> None:
    x, y = _two(scores)
    assume(len(x) > 0)

    assert exact(scores[:, 0], scores[:, 1], once(len(scores)))[0] == pytest.approx(accuracy_score(x, y), abs=CLOSE)


@given(matrices())
def test_correlations_are_those_of_scipy(scores: Array) -> None:
    x, y = _two(scores)
    assume(len(np.unique(x)) > 1 and len(np.unique(y)) > 1)
    weights = once(len(scores))

    assert pearson(scores[:, 0], scores[:, 1], weights)[0] == pytest.approx(stats.pearsonr(x, y).statistic, abs=CLOSE)
    assert spearman(scores[:, 0], scores[:, 1], weights)[0] == pytest.approx(stats.spearmanr(x, y).statistic, abs=CLOSE)
    assert kendall(scores[:, 0], scores[:, 1], weights)[0] == pytest.approx(stats.kendalltau(x, y).statistic, abs=CLOSE)


def test_kendall_of_many_distinct_scores_is_that_of_scipy() -> None:
    generator = np.random.default_rng(3)
    x = generator.normal(size=200)
    y = x + generator.normal(size=200)

    assert kendall(x, y, once(200))[0] == pytest.approx(stats.kendalltau(x, y).statistic, abs=CLOSE)


@pytest.mark.parametrize("level", ["nominal", "ordinal", "interval"])
@given(scores=matrices())
def test_alpha_is_that_of_krippendorff(level: Level, scores: Array) -> None:
    pairable = scores[(~np.isnan(scores)).sum(axis=1) > 1]
    assume(len(np.unique(pairable[~np.isnan(pairable)])) > 1)

    expected = krippendorff.alpha(scores.T, level_of_measurement=level)

    assert krippendorff_alpha(scores, once(len(scores)), level=level)[0] == pytest.approx(expected, abs=CLOSE)


@settings(max_examples=30)  # pandas is slow to come up, and slow
@given(matrices(gaps=False, raters=4))
def test_icc_is_that_of_pingouin(scores: Array) -> None:
    assume(np.ptp(scores) > 0)
    single, average = _pingouin(scores)
    assume(np.isfinite([single, average]).all())

    assert icc_single(scores, once(len(scores)))[0] == pytest.approx(single, abs=CLOSE)
    assert icc_average(scores, once(len(scores)))[0] == pytest.approx(average, abs=CLOSE)


@given(matrices(gaps=False), st.integers(0, 2**32 - 1))
def test_a_weight_is_so_many_copies_of_the_item(scores: Array, seed: int) -> None:
    times = np.random.default_rng(seed).integers(0, 4, size=len(scores))
    assume(times.sum() > 2)
    weights, copied = times[None, :].astype(np.float64), np.repeat(scores, times, axis=0)
    x, y = copied[:, 0], copied[:, 1]

    for of_two in (quadratic_kappa, exact, pearson, spearman, kendall):
        expected = of_two(x, y, once(len(copied)))[0]
        assert of_two(scores[:, 0], scores[:, 1], weights)[0] == pytest.approx(expected, abs=CLOSE, nan_ok=True)
    for of_panel in (icc_single, icc_average):
        assert of_panel(scores, weights)[0] == pytest.approx(
            of_panel(copied, once(len(copied)))[0], abs=CLOSE, nan_ok=True
        )
    for level in ("nominal", "ordinal", "interval"):
        expected = krippendorff_alpha(copied, once(len(copied)), level=level)[0]
        found = krippendorff_alpha(scores, weights, level=level)[0]
        assert found == pytest.approx(expected, abs=CLOSE, nan_ok=True)


def _pingouin(scores: Array) -> tuple[float, float]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of pandas, seaborn and of divisions by nothing: not ours
        import pandas
        import pingouin

        items, raters = scores.shape
        long = pandas.DataFrame(
            {
                "item": np.repeat(np.arange(items), raters),
                "rater": np.tile(np.arange(raters), items),
                "score": scores.ravel(),
            }
        )
        table = pingouin.intraclass_corr(long, "item", "rater", "score").set_index("Type")["ICC"]
    return float(table["ICC(A,1)"]), float(table["ICC(A,k)"])
