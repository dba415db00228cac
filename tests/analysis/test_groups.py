"""Groups of systems against each other."""

from collections.abc import Callable

import numpy as np
import polars as pl
import pytest
from scipy import stats  # scipy carries no types

from hardseek.analysis import contrast
from hardseek.errors import Refused

Frames = tuple[pl.DataFrame, pl.DataFrame]
Build = Callable[..., Frames]
GROUPS = {"general": ["a", "b"], "specialised": ["c"]}


def test_by_hand_systems_weigh_the_same_and_only_shared_cards_count(build: Build) -> None:
    cells = [
        ("a", "worst", "c1", 1.0), ("a", "worst", "c1", 3.0), ("b", "worst", "c1", 6.0), ("c", "worst", "c1", 1.0),
        ("a", "worst", "c2", 2.0), ("b", "worst", "c2", 2.0), ("c", "worst", "c2", 1.0),
        ("a", "worst", "c3", 9.0), ("c", "worst", "c3", 0.0), ("a", "average", "c1", 9.0),
    ]  # fmt: skip
    found = contrast(build(cells)[1], "relief", "worst", GROUPS)
    # c1: (2 + 6) / 2 - 1 = 3; c2: 2 - 1 = 1; c3 lacks b.
    assert (found.estimate.mean, found.estimate.cards, found.left_out) == (2.0, 2, 1)
    assert (found.one, found.other, found.p) == (3.0, 1.0, 2 / 4)


def test_agrees_with_a_paired_test(build: Build) -> None:
    generator = np.random.Generator(np.random.PCG64(2))
    x = generator.normal(size=(3, 80)) + np.array([[0.3], [0.3], [0.0]])
    cells = [(name, "worst", f"c{card:02}", float(x[at, card])) for at, name in enumerate("abc") for card in range(80)]
    found = contrast(build(cells)[1], "relief", "worst", GROUPS)
    difference = x[:2].mean(axis=0) - x[2]
    low, high = stats.t.interval(0.95, 79, difference.mean(), stats.sem(difference))
    assert (found.estimate.low, found.estimate.high) == pytest.approx((low, high), abs=0.04)
    assert found.p == pytest.approx(stats.ttest_1samp(difference, 0).pvalue, abs=0.02)


def test_nothing_shared(build: Build) -> None:
    found = contrast(build([("a", "worst", "c1", 1.0)])[1], "relief", "worst", GROUPS)
    assert (found.estimate.mean, found.one, found.p, found.left_out) == (None, None, None, 1)


@pytest.mark.parametrize(
    ("groups", "says"),
    [
        ({"one": ["a"]}, "two groups"),
        ({"one": ["a"], "other": []}, "two groups"),
        ({"one": ["a", "b"], "other": ["b"]}, "b: in both groups"),
    ],
)
def test_two_groups_make_a_contrast(build: Build, groups: dict[str, list[str]], says: str) -> None:
    with pytest.raises(Refused, match=says):
        contrast(build([])[1], "relief", "worst", groups)
