"""The worst card, the worst cell, the worst of several tries; and what is left of them on other replicates."""

from collections.abc import Callable
from itertools import combinations
from typing import Literal

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardseek.analysis import Cell, reexamined, worst_cards, worst_cells, worst_of
from hardseek.judging import Dimension

Frames = tuple[pl.DataFrame, pl.DataFrame]
Build = Callable[..., Frames]


def dimension(better: Literal["higher", "lower", "neither"] = "higher") -> Dimension:
    return Dimension("relief", {}, {}, better, -10, 10)


CELLS = [  # replicates 0 and 1 of each
    ("a", "worst", "c1", 1.0), ("a", "worst", "c1", 9.0),
    ("a", "worst", "c2", 4.0), ("a", "worst", "c2", 2.0),
    ("b", "worst", "c1", 7.0), ("b", "worst", "c1", 7.0),
]  # fmt: skip


def test_all_replicates_pick_and_nothing_is_held_out(build: Build) -> None:
    (worst,) = worst_cells(build(CELLS)[1], dimension(), 1)
    assert (worst.system, worst.card, worst.score, worst.n) == ("a", "c2", 3.0, 2)
    assert (worst.again, worst.again_n) == (None, 0)


def test_one_half_picks_and_the_other_examines(build: Build) -> None:
    found = reexamined(build(CELLS)[1], dimension(), 2)
    assert found is not None
    assert [(cell.card, cell.score, cell.again) for cell in found.cells] == [("c1", 1.0, 9.0), ("c2", 4.0, 2.0)]
    assert (found.picked, found.again.mean, found.again.cards) == (2.5, 5.5, 2)


def test_where_lower_is_better_the_worst_is_the_highest(build: Build) -> None:
    (worst,) = worst_cells(build(CELLS)[1], dimension("lower"), 1)
    assert (worst.system, worst.score) == ("b", 7.0)


def test_one_replicate_has_no_other_half(build: Build) -> None:
    assert reexamined(build([("a", "worst", "c1", 1.0)])[1], dimension(), 3) is None


def test_what_has_no_better_way_has_no_worst(build: Build) -> None:
    with pytest.raises(ValueError, match="no better way"):
        worst_cells(build(CELLS)[1], dimension("neither"), 1)


def test_selection_bias_is_gone_on_the_other_half(build: Build) -> None:
    # Nothing but chance: what is picked looks bad, and is worth what everything is worth.
    generator = np.random.Generator(np.random.PCG64(4))
    cells = [("a", "worst", f"c{card}", float(x)) for card in range(200) for x in generator.normal(0, 1, 2)]
    found = reexamined(build(cells)[1], dimension(), 20)
    assert found is not None and found.again.mean is not None
    assert found.picked < -1.3
    assert abs(found.again.mean) < 0.6


def test_worst_card_of_every_cell(build: Build) -> None:
    found = worst_cards(build(CELLS)[1], dimension(), ["system"])
    assert found[Cell("relief", "worst", "a")].card == "c2"
    assert found[Cell("relief", "worst", "b")].card == "c1"
    pooled = worst_cards(build(CELLS)[1], dimension(), [])[Cell("relief", "worst")]
    assert (pooled.system, pooled.card, pooled.score) == ("all", "c2", 3.0)


def test_worst_of_two_by_hand(build: Build) -> None:
    found = worst_of(build([*CELLS, ("a", "worst", "c3", 0.0)])[1], [dimension()], 2, ["system"])
    a = found[Cell("relief", "worst", "a")]
    assert (a.estimate.mean, a.estimate.cards, a.left_out) == ((1 + 2) / 2, 2, 1)


def test_more_tries_than_replicates_are_not_guessed(build: Build) -> None:
    assert worst_of(build(CELLS)[1], [dimension()], 3, []) == {}


@given(st.lists(st.floats(-9, 9), min_size=2, max_size=6), st.integers(1, 3), st.sampled_from(["higher", "lower"]))
def test_agrees_with_all_ways_to_choose(
    build: Build, scores: list[float], tries: int, better: Literal["higher", "lower"]
) -> None:
    measures = build([("a", "worst", "c", score) for score in scores])[1]
    found = worst_of(measures, [dimension(better)], tries, [])
    pick = min if better == "higher" else max
    ways = [pick(chosen) for chosen in combinations(scores, tries)]
    if ways:
        assert found[Cell("relief", "worst")].estimate.mean == pytest.approx(np.mean(ways), abs=1e-9)
    else:
        assert found == {}
