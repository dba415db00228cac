"""The worst share of dialogues."""

from collections.abc import Callable
from typing import Literal

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardseek.analysis import Cell, tails
from hardseek.judging import Dimension

Frames = tuple[pl.DataFrame, pl.DataFrame]
Build = Callable[..., Frames]
CELL = Cell("relief", "worst", "a")


def dimension(better: Literal["higher", "lower", "neither"] = "higher") -> Dimension:
    return Dimension("relief", {}, {}, better, -10, 10)


def cells(scores: list[float]) -> list[tuple[str, str, str, float]]:
    return [("a", "worst", f"c{place}", score) for place, score in enumerate(scores)]


def test_by_hand(build: Build) -> None:
    # The worst quarter of eight: the two lowest. Of ten: two and half of the third, (1 + 2 + 3 / 2) / 2.5.
    eight = tails(build(cells([1, 9, 2, 8, 7, 6, 5, 4]))[1], [dimension()], 0.25, ["system"])[CELL]
    assert eight.estimate.mean == pytest.approx(1.5)
    assert (eight.dialogues, eight.cards, eight.estimate.n, eight.estimate.cards) == (2, 2, 8, 8)
    ten = tails(build(cells([1, 9, 2, 8, 7, 6, 5, 4, 3, 10]))[1], [dimension()], 0.25, ["system"])[CELL]
    assert ten.estimate.mean == pytest.approx(1.8)
    assert ten.dialogues == 3


def test_a_tenth_of_thirty_is_three_whatever_binary_makes_of_it(build: Build) -> None:
    tail = tails(build(cells([float(n) for n in range(30)]))[1], [dimension()], 0.1, ["system"])[CELL]
    assert (tail.estimate.mean, tail.dialogues) == pytest.approx((1.0, 3))


def test_where_lower_is_better_the_tail_is_the_highest(build: Build) -> None:
    tail = tails(build(cells([1, 9, 2, 8]))[1], [dimension("lower")], 0.5, ["system"])[CELL]
    assert tail.estimate.mean == pytest.approx(8.5)


def test_where_neither_is_better_there_is_no_tail(build: Build) -> None:
    assert tails(build(cells([1, 2, 3]))[1], [dimension("neither")], 0.5, []) == {}


def test_the_whole_is_the_mean_with_its_interval(build: Build) -> None:
    from hardseek.analysis import means

    measures = build(cells([1, 9, 2, 8, 7, 6, 5, 4]))[1]
    whole = tails(measures, [dimension()], 1.0, ["system"])[CELL].estimate
    plain = means(measures, [dimension()], ["system"])[CELL]
    assert (whole.mean, whole.low, whole.high) == pytest.approx((plain.mean, plain.low, plain.high))


@pytest.mark.parametrize("share", [0.0, -0.1, 1.5])
def test_a_share_is_a_share(build: Build, share: float) -> None:
    with pytest.raises(ValueError, match="share of dialogues"):
        tails(build([])[1], [dimension()], share, [])


def test_nothing_has_no_tail(build: Build) -> None:
    assert tails(build([])[1], [dimension()], 0.1, []) == {}


@given(st.lists(st.integers(-10, 10), min_size=1, max_size=30), st.sampled_from([0.1, 0.25, 0.5, 0.9]))
def test_agrees_with_rockafellar_and_uryasevs_maximum(build: Build, scores: list[int], share: float) -> None:
    # cvar = max over q of q - mean(max(q - x, 0)) / share, reached at one of the scores.
    x = np.array(scores, np.float64)
    greatest = max(q - np.maximum(q - x, 0).mean() / share for q in x)
    found = tails(build(cells([float(score) for score in scores]))[1], [dimension()], share, ["system"])[CELL]
    assert found.estimate.mean == pytest.approx(greatest, abs=1e-9)
