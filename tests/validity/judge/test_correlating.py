"""Correlations of automatic measures with people, against scipy and by hand."""

import numpy as np
import pytest
from scipy import stats

from hardseek.validity.judge import Given, correlations


def _given(scores: dict[str, list[float | None]], dimension: str = "empathy") -> list[Given]:
    return [
        Given(f"d{item}", rater, dimension, score) for rater, mine in scores.items() for item, score in enumerate(mine)
    ]


def test_coefficients_are_those_of_scipy_with_the_mean_of_people() -> None:
    generator = np.random.default_rng(3)
    truth = generator.normal(size=40)
    ann, bob = (np.clip(np.round(truth + generator.normal(size=40) + 3), 1, 5).tolist() for _ in range(2))
    measure = (truth + generator.normal(size=40)).tolist()
    mean = [(a + b) / 2 for a, b in zip(ann, bob, strict=True)]

    found = correlations(
        _given({"ann": ann, "bob": bob}), {"metrics/x": {f"d{i}": value for i, value in enumerate(measure)}}, draws=200
    )

    by = {made.kind: made for made in found if made.measure == "metrics/x"}
    assert by["pearson"].value == pytest.approx(stats.pearsonr(measure, mean).statistic)
    assert by["spearman"].value == pytest.approx(stats.spearmanr(measure, mean).statistic)
    assert by["kendall"].value == pytest.approx(stats.kendalltau(measure, mean).statistic)
    assert all(made.interval is not None and made.interval[0] < (made.value or 0) < made.interval[1] for made in found)
    people = {made.kind: made.value for made in found if made.measure is None}
    assert people["pearson"] == pytest.approx(stats.pearsonr(ann, bob).statistic)


def test_what_is_missing_is_left_out_on_either_side() -> None:
    given = _given({"ann": [1, 2, None, 4, 5]})
    measured = {"m/a": {"d0": 1.0, "d1": 2.0, "d2": 9.0, "d3": 3.0}, "m/few": {"d0": 1.0, "d1": 2.0}, "m/same": {
        "d0": 1.0, "d1": 1.0, "d3": 1.0, "d4": 1.0}}  # fmt: skip

    found = {(made.measure, made.kind): made for made in correlations(given, measured, draws=200)}

    assert found["m/a", "spearman"].value == pytest.approx(1.0)
    assert found["m/a", "spearman"].items == 3  # d2 was not rated, d4 not measured
    assert found["m/same", "pearson"].value is None  # what does not vary correlates with nothing
    assert not [measure for measure, _ in found if measure in {"m/few", None}]  # too few; one person has no others


def test_dimensions_and_languages_are_told_apart() -> None:
    rising, falling = _given({"ann": [1, 2, 3]}), _given({"ann": [3, 2, 1]}, "skill")
    chinese = [Given(f"d{item}", "ann", "empathy", 3.0 - item, None, "zh") for item in range(3)]
    measured = {"m/a": {"d0": 1.0, "d1": 2.0, "d2": 3.0}}

    found = correlations([*rising, *falling, *chinese], measured, draws=200)

    pearson = {(made.dimension, made.language): made.value for made in found if made.kind == "pearson"}
    assert list(pearson) == [("empathy", "en"), ("empathy", "zh"), ("skill", "en")]
    assert list(pearson.values()) == pytest.approx([1.0, -1.0, -1.0])
