"""Changes between two runs."""

from collections.abc import Callable

import polars as pl
import pytest

from hardseek.analysis import Cell, changes
from hardseek.judging import Dimension

Frames = tuple[pl.DataFrame, pl.DataFrame]
Build = Callable[..., Frames]
RELIEF = Dimension("relief", {}, {}, "higher", -10, 10)
BEFORE = [("a", "average", f"c{n}", 4.0) for n in range(3)] + [("a", "worst", f"c{n}", 1.0 + n) for n in range(3)]
AFTER = [("a", "average", f"c{n}", 5.0) for n in range(3)] + [("a", "worst", f"c{n}", 3.0 + n) for n in range(3)]


def test_scores_by_hand(build: Build) -> None:
    found = changes(build(BEFORE)[1], build(AFTER)[1], [RELIEF], ["system"])
    average, worst = found[Cell("relief", "average", "a")], found[Cell("relief", "worst", "a")]
    assert (average.estimate.mean, average.first, average.other) == (1.0, 4.0, 5.0)
    assert (worst.estimate.mean, worst.first, worst.other) == (2.0, 2.0, 4.0)
    assert (worst.p, worst.q, worst.alone) == (2 / 8, 2 / 8, (0, 0))


def test_drops_by_hand(build: Build) -> None:
    # Drops were 4 - (1, 2, 3), are 5 - (3, 4, 5): each 1 less.
    found = changes(build(BEFORE)[1], build(AFTER)[1], [RELIEF], ["system"], of="drop")
    assert list(found) == [Cell("relief", "worst", "a")]
    worst = found[Cell("relief", "worst", "a")]
    assert (worst.estimate.mean, worst.first, worst.other) == (-1.0, 2.0, 1.0)


def test_what_has_no_counterpart_is_counted(build: Build) -> None:
    more = [*AFTER, ("a", "worst", "new", 9.0), ("b", "worst", "c1", 9.0)]
    found = changes(build([*BEFORE, ("a", "worst", "old", 0.0)])[1], build(more)[1], [RELIEF], ["system"])
    assert found[Cell("relief", "worst", "a")].alone == (1, 1)
    assert found[Cell("relief", "worst", "a")].estimate.mean == 2.0
    assert Cell("relief", "worst", "b") not in found


def test_the_family_is_all_cells_of_all_dimensions(build: Build) -> None:
    cells = [("a", "worst", f"c{n}", float(n)) for n in range(8)]
    up = [("a", "worst", f"c{n}", n + 1.0) for n in range(8)]
    both = [build(some)[1] for some in (cells, up)]
    before, after = (pl.concat([one, one.with_columns(dimension=pl.lit("trust"))]) for one in both)
    trust = Dimension("trust", {}, {}, "higher", -10, 10)
    same = after.with_columns(
        score=pl.when(pl.col("dimension") == "trust").then(pl.col("score") - 1).otherwise(pl.col("score"))
    )
    found = changes(before, same, [RELIEF, trust], ["system"])
    assert found[Cell("relief", "worst", "a")].p == 2 / 256
    assert found[Cell("relief", "worst", "a")].q == pytest.approx(2 * 2 / 256)
    assert found[Cell("trust", "worst", "a")].q == 1.0


def test_nothing_paired(build: Build) -> None:
    assert changes(build(BEFORE)[1], build([])[1], [RELIEF], ["system"]) == {}
