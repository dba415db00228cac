"""Bounds of means with missing scores."""

from collections.abc import Callable

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardseek.analysis import Cell, missing
from hardseek.judging import Dimension

Frames = tuple[pl.DataFrame, pl.DataFrame]
Build = Callable[..., Frames]
RELIEF = Dimension("relief", {}, {}, "higher", 0, 10)
CELL = Cell("relief", "worst", "a")


def test_by_hand(build: Build) -> None:
    cells = [("a", "worst", f"c{n}", score) for n, score in enumerate((4.0, 8.0, None, float("nan"), 6.0))]
    dialogues, measures = build(cells, endings={4: "failed"}, faults={4: "timeout"})
    found = missing(measures, dialogues, [RELIEF], ["system"])[CELL]
    assert (found.scored, found.unscored, found.failed) == (2, 2, 1)
    assert (found.share, found.many) == (3 / 5, True)
    assert found.low is not None and found.high is not None
    assert (found.low.mean, found.high.mean) == (12 / 5, (12 + 30) / 5)
    assert found.low.low is not None and found.low.low <= 12 / 5


def test_a_failed_dialogue_that_has_no_measure_is_missing_too(build: Build) -> None:
    dialogues, measures = build([("a", "worst", "c1", 1.0), ("a", "worst", "c2", None)], endings={1: "failed"})
    found = missing(measures.head(1), dialogues, [RELIEF], ["system"])[CELL]
    assert (found.scored, found.unscored, found.failed) == (1, 0, 1)


def test_what_does_not_apply_is_not_missing(build: Build) -> None:
    dialogues, measures = build([("a", "worst", "c1", 1.0), ("a", "worst", "c2", None)])
    inapplicable = measures.with_columns(unscored=pl.when(pl.col("score").is_null()).then(pl.lit("does not apply")))
    found = missing(inapplicable, dialogues, [RELIEF], ["system"])[CELL]
    assert (found.scored, found.unscored, found.share, found.many) == (1, 0, 0.0, False)


def test_an_open_scale_has_no_bound(build: Build) -> None:
    dialogues, measures = build([("a", "worst", "c1", None), ("a", "worst", "c2", 3.0)])
    found = missing(measures, dialogues, [Dimension("relief", {}, {}, "higher", 0)], ["system"])[CELL]
    assert found.low is not None and found.low.mean == 1.5
    assert found.high is None


def test_nothing(build: Build) -> None:
    dialogues, measures = build([])
    assert missing(measures, dialogues, [RELIEF], []) == {}


@given(st.lists(st.tuples(st.floats(0, 10), st.booleans()), min_size=1, max_size=12))
def test_the_mean_of_all_is_between_the_bounds_whatever_is_missing(
    build: Build, truth: list[tuple[float, bool]]
) -> None:
    cells = [("a", "worst", f"c{n}", None if gone else score) for n, (score, gone) in enumerate(truth)]
    dialogues, measures = build(cells)
    found = missing(measures, dialogues, [RELIEF], ["system"])[CELL]
    assert found.low is not None and found.low.mean is not None
    assert found.high is not None and found.high.mean is not None
    mean = sum(score for score, _ in truth) / len(truth)
    assert found.low.mean - 1e-9 <= mean <= found.high.mean + 1e-9
    if not any(gone for _, gone in truth):
        assert found.low.mean == pytest.approx(found.high.mean)
