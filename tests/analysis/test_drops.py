"""Paired drops."""

from collections.abc import Callable
from typing import Literal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardseek.analysis import Cell, comparable, drops, means, pairs
from hardseek.judging import Dimension

Frames = tuple[pl.DataFrame, pl.DataFrame]
Build = Callable[..., Frames]

CELLS = [
    ("a", "average", "c1", 5.0),
    ("a", "average", "c2", 3.0),
    ("a", "average", "c3", 4.0),
    ("a", "worst", "c1", 2.0),  # lost 3
    ("a", "worst", "c2", 2.0),  # lost 1
    ("a", "worst", "c3", 2.0),  # lost 2
]


def dimension(better: Literal["higher", "lower", "neither"] = "higher") -> Dimension:
    return Dimension("relief", {}, {}, better, 0, 10)


def test_by_hand(build: Build) -> None:
    found = drops(build(CELLS)[1], [dimension()], "average", ["system"])
    assert list(found) == [Cell("relief", "worst", "a")]
    drop = found[Cell("relief", "worst", "a")]
    assert drop.estimate.mean == pytest.approx(2.0)
    assert (drop.reference, drop.hard) == (4.0, 2.0)
    assert (drop.estimate.n, drop.estimate.cards) == (3, 3)
    assert drop.p == drop.q == 2 / 8


def test_a_loss_is_positive_where_lower_is_better(build: Build) -> None:
    measures = build([(s, c, card, 10.0 - score) for s, c, card, score in CELLS])[1]
    found = drops(measures, [dimension("lower")], "average", [])
    assert found[Cell("relief", "worst")].estimate.mean == pytest.approx(2.0)


def test_where_neither_is_better_it_is_reference_minus_hard(build: Build) -> None:
    found = drops(build(CELLS)[1], [dimension("neither")], "average", [])
    assert found[Cell("relief", "worst")].estimate.mean == pytest.approx(2.0)


def test_only_pairs_count(build: Build) -> None:
    alone = [*CELLS, ("a", "average", "c4", 9.0), ("a", "worst", "c5", 0.0), ("b", "worst", "c1", 1.0)]
    found = drops(build(alone)[1], [dimension()], "average", ["system"])
    assert list(found) == [Cell("relief", "worst", "a")]
    assert found[Cell("relief", "worst", "a")].estimate.n == 3
    assert found[Cell("relief", "worst", "a")].reference == 4.0


def test_replicates_and_languages_are_paired_with_their_own(build: Build) -> None:
    cells = [
        ("a", "average", "c1", 5.0),
        ("a", "average", "c1", 7.0),
        ("a", "worst", "c1", 4.0),
        ("a", "worst", "c1", 2.0),
    ]
    paired = pairs(build(cells)[1], dimension(), "average").sort("replicate")
    assert paired["drop"].to_list() == [1.0, 5.0]
    assert paired["reference_dialogue"].to_list() == ["d0", "d1"]


def test_failed_and_unscored_have_no_pair(build: Build) -> None:
    cells = [*CELLS[:4], ("a", "worst", "c2", None), ("a", "worst", "c3", float("nan"))]
    dialogues, measures = build(cells, endings={0: "failed"})
    assert pairs(comparable(measures, dialogues), dimension(), "average").is_empty()
    assert comparable(measures, dialogues)["dialogue"].to_list() == ["d1", "d2", "d3"]


def test_dialogues_whose_ending_is_unknown_are_kept(build: Build) -> None:
    dialogues, measures = build(CELLS, endings=dict.fromkeys(range(6)))
    assert comparable(measures, dialogues).height == 6


def test_pooling_gives_every_pair_the_same_weight(build: Build) -> None:
    more = [*CELLS, ("b", "average", "c1", 9.0), ("b", "worst", "c1", 1.0)]
    pooled = drops(build(more)[1], [dimension()], "average", [])[Cell("relief", "worst")]
    assert pooled.estimate.mean == pytest.approx((3 + 1 + 2 + 8) / 4)
    assert pooled.estimate.cards == 3


def test_family_is_all_cells_of_a_dimension(build: Build) -> None:
    cells = [
        *(("a", "average", f"c{n}", 5.0) for n in range(6)),
        *(("a", "worst", f"c{n}", 4.0) for n in range(6)),
        *(("a", "hard", f"c{n}", 5.0 - (-1) ** n) for n in range(6)),
    ]
    found = drops(build(cells)[1], [dimension()], "average", ["system"])
    worst, hard = found[Cell("relief", "worst", "a")], found[Cell("relief", "hard", "a")]
    assert (worst.p, worst.q) == (2 / 64, 2 * 2 / 64)
    assert (hard.p, hard.q) == (1.0, 1.0)


@given(st.lists(st.tuples(st.floats(0, 10), st.floats(0, 10)), min_size=2, max_size=8))
def test_turning_the_scale_around_changes_nothing(build: Build, scores: list[tuple[float, float]]) -> None:
    cells = [
        ("a", name, f"c{n}", pair[side])
        for side, name in enumerate(("average", "worst"))
        for n, pair in enumerate(scores)
    ]
    turned = [(system, condition, card, -score) for system, condition, card, score in cells]
    higher = drops(build(cells)[1], [dimension("higher")], "average", [])[Cell("relief", "worst")]
    lower = drops(build(turned)[1], [dimension("lower")], "average", [])[Cell("relief", "worst")]
    assert lower.estimate == higher.estimate
    assert lower.p == higher.p


def test_means_keep_to_the_scale(build: Build) -> None:
    cells = [("a", "average", f"c{n}", 10.0 if n else 0.0) for n in range(6)]
    mean = means(build(cells)[1], [dimension()], ["system"])[Cell("relief", "average", "a")]
    assert mean.mean == pytest.approx(50 / 6)
    assert mean.low is not None and 0 <= mean.low < 50 / 6
    assert mean.high == 10.0


def test_dimensions_not_asked_for_are_passed_over(build: Build) -> None:
    measures = build(CELLS, dimension="other")[1]
    assert means(measures, [dimension()], []) == {}
    assert drops(measures, [dimension()], "average", []) == {}
