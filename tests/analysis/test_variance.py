"""Variance components."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pandas
import pingouin
import polars as pl
import pytest

from hardseek.analysis import Variance, variance
from hardseek.errors import Refused

Frames = tuple[pl.DataFrame, pl.DataFrame]
Build = Callable[..., Frames]


def frame(build: Build, scores: npt.NDArray[np.float64]) -> pl.DataFrame:
    """Lay out scores, systems x conditions x cards x replicates."""
    return build(
        [(f"s{place[0]}", f"k{place[1]}", f"c{place[2]:03}", float(score)) for place, score in np.ndenumerate(scores)]
    )[1]


def test_cards_alone_by_hand(build: Build) -> None:
    # Cards of means 1 and 5, replicates 1 off: ms between = 2 * (4 + 4) = 16, within = 2; (16 - 2) / 2 = 7.
    found = variance(frame(build, np.array([[[[0.0, 2.0], [4.0, 6.0]]]])), "relief")
    assert found.component("card").variance == pytest.approx(7.0)
    assert found.component("residual").variance == pytest.approx(2.0)
    assert found.component("card").share == pytest.approx(7 / 9)
    assert [component.name for component in found.components] == ["card", "residual"]


@pytest.mark.filterwarnings("ignore:The inplace keyword")  # pingouin's, of pandas
def test_agrees_with_an_anova_table_of_two_factors(build: Build) -> None:
    columns = ("condition", "card", "score")
    generator = np.random.Generator(np.random.PCG64(1))
    scores = generator.normal(size=(1, 3, 5, 4)) + generator.normal(0, 2, size=(1, 1, 5, 1))
    measures = frame(build, scores)
    data = pandas.DataFrame({name: measures[name].to_list() for name in columns})
    table = pingouin.anova(data=data, dv="score", between=["condition", "card"], detailed=True)
    ms = dict(zip(table["Source"], table["MS"], strict=True))
    found = variance(measures, "relief")
    both = (ms["condition * card"] - ms["Residual"]) / 4
    assert found.component("residual").variance == pytest.approx(ms["Residual"])
    assert found.component("condition x card").variance == pytest.approx(both)
    assert found.component("card").variance == pytest.approx((ms["card"] - ms["condition * card"]) / (3 * 4))
    assert found.component("condition").variance == pytest.approx((ms["condition"] - ms["condition * card"]) / (5 * 4))


def test_luck_that_all_systems_share_is_told_from_the_residual(build: Build) -> None:
    # x = luck alone: of two systems, both have the same scores.
    luck = np.random.Generator(np.random.PCG64(2)).normal(size=(1, 2, 40, 3))
    found = variance(frame(build, np.repeat(luck, 2, axis=0)), "relief")
    assert found.component("residual").variance == pytest.approx(0.0, abs=1e-9)
    assert found.component("luck").variance == pytest.approx(1.0, abs=0.2)
    assert abs(found.component("condition x card").variance) < 0.25


def simulated(seed: int) -> npt.NDArray[np.float64]:
    """Draw scores with known components."""
    generator = np.random.Generator(np.random.PCG64(seed))

    def part(sd: float, *shape: int) -> npt.NDArray[np.float64]:
        return generator.normal(0, sd, shape)

    return (
        part(1.0, 6, 1, 1, 1) + part(0.7, 1, 5, 1, 1) + part(1.2, 1, 1, 30, 1) + part(0.5, 6, 5, 1, 1)
        + part(0.6, 1, 5, 30, 1) + part(0.8, 1, 5, 30, 2) + part(0.9, 6, 5, 30, 2)
    )  # fmt: skip


def test_components_are_unbiased(build: Build) -> None:
    found: list[Variance] = [variance(frame(build, simulated(seed)), "relief") for seed in range(30)]
    truth = {
        "system": 1.0, "condition": 0.49, "card": 1.44, "system x condition": 0.25, "system x card": 0.0,
        "condition x card": 0.36, "system x condition x card": 0.0, "luck": 0.64, "residual": 0.81,
    }  # fmt: skip
    for name, value in truth.items():
        estimates = np.array([each.component(name).variance for each in found])
        error = estimates.std(ddof=1) / np.sqrt(len(estimates))
        assert abs(estimates.mean() - value) < 3 * error, name


def test_the_jackknife_tells_how_far_it_would_vary_with_other_cards(build: Build) -> None:
    found = [variance(frame(build, simulated(seed)), "relief") for seed in range(30)]
    for name in ("card", "luck", "residual"):
        estimates = [each.component(name).variance for each in found]
        errors = [each.component(name).error for each in found]
        assert None not in errors
        assert np.mean(np.array(errors, np.float64)) == pytest.approx(np.std(estimates, ddof=1), rel=0.45)


def test_incomplete_cards_are_left_out_and_named(build: Build) -> None:
    scores = np.random.Generator(np.random.PCG64(3)).normal(size=(2, 2, 4, 2))
    measures = frame(build, scores)
    lacking = measures.filter(~((pl.col("card") == "c002") & (pl.col("system") == "s1") & (pl.col("replicate") == 1)))
    found = variance(lacking, "relief")
    whole = variance(frame(build, np.delete(scores, 2, axis=2)), "relief")
    assert found.left_out == ("c002",)
    assert found.levels == {"system": 2, "condition": 2, "card": 3}
    names = [component.name for component in whole.components]
    assert [found.component(name).variance for name in names] == pytest.approx(
        [whole.component(name).variance for name in names]
    )


def test_a_system_that_some_condition_has_not_is_left_out_and_named(build: Build) -> None:
    scores = np.random.Generator(np.random.PCG64(3)).normal(size=(3, 2, 4, 1))
    measures = frame(build, scores)
    found = variance(measures.filter((pl.col("system") != "s2") | (pl.col("condition") == "k0")), "relief")
    whole = variance(frame(build, scores[:2]), "relief")
    assert (found.partial, found.left_out, found.levels["system"]) == (("s2",), (), 2)
    assert found.component("card").variance == pytest.approx(whole.component("card").variance)


def test_one_replicate_cannot_tell_the_greatest_interaction_from_chance(build: Build) -> None:
    found = variance(frame(build, np.random.Generator(np.random.PCG64(3)).normal(size=(2, 2, 6, 1))), "relief")
    names = [component.name for component in found.components]
    assert "system x condition x card" not in names
    assert "luck" not in names
    assert names[-1] == "residual"


def test_too_few_cards_are_refused_in_words(build: Build) -> None:
    measures = build([("a", "average", "c1", 1.0), ("a", "worst", "c1", 1.0), ("a", "worst", "c2", 1.0)])[1]
    with pytest.raises(Refused, match=r"relief: .* two cards .* found 1 \(incomplete: 1, such as c2\)"):
        variance(measures, "relief")
    with pytest.raises(Refused, match="found 0"):
        variance(build([])[1], "relief")


def test_scores_that_do_not_vary_have_no_share(build: Build) -> None:
    found = variance(frame(build, np.full((2, 2, 3, 2), 4.0)), "relief")
    assert all(component.share == 0.0 for component in found.components)
    assert found.mean == 4.0
