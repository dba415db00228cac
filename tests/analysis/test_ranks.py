"""The rank of systems, and how sure it is."""

from collections.abc import Callable
from typing import Literal

import numpy as np
import polars as pl
import pytest

from hardseek.analysis import ranking
from hardseek.judging import Dimension

Frames = tuple[pl.DataFrame, pl.DataFrame]
Build = Callable[..., Frames]


def dimension(better: Literal["higher", "lower", "neither"] = "higher") -> Dimension:
    return Dimension("relief", {}, {}, better, -10, 10)


def cells(means: dict[str, float], cards: int = 20, noise: float = 1.0) -> list[tuple[str, str, str, float]]:
    generator = np.random.Generator(np.random.PCG64(7))
    return [
        (system, "worst", f"c{card:02}", mean + noise * generator.normal())
        for system, mean in means.items()
        for card in range(cards)
    ]


def test_clear_systems_have_clear_places(build: Build) -> None:
    found = ranking(build(cells({"poor": 0, "good": 10, "middle": 5}))[1], dimension(), "worst")
    assert [(rank.system, rank.rank, rank.low, rank.high, rank.best) for rank in found.ranks] == [
        ("good", 1, 1, 1, 1), ("middle", 2, 2, 2, 0), ("poor", 3, 3, 3, 0)
    ]  # fmt: skip
    assert found.groups == ()
    assert all(q < 0.05 for q in found.apart.values())
    assert (found.cards, found.left_out) == (20, 0)


def test_where_lower_is_better_the_least_is_first(build: Build) -> None:
    found = ranking(build(cells({"low": 0, "high": 10}))[1], dimension("lower"), "worst")
    assert [rank.system for rank in found.ranks] == ["low", "high"]


def test_what_no_test_tells_apart_stands_in_one_group(build: Build) -> None:
    found = ranking(build(cells({"a": 5.0, "b": 5.05, "c": 0.0, "d": 0.1}))[1], dimension(), "worst")
    assert {frozenset(group) for group in found.groups} == {frozenset("ab"), frozenset("cd")}
    a, b = (rank for rank in found.ranks if rank.system in "ab")
    assert (a.low, a.high, b.low, b.high) == (1, 2, 1, 2)
    assert a.best is not None and b.best is not None
    assert a.best + b.best == pytest.approx(1.0)


def test_a_system_can_be_in_two_groups(build: Build) -> None:
    spread = np.tile([-1.0, 1.0], 10)
    shifts = {"a": 0.0, "b": 0.6, "c": 1.2}  # a and b, b and c alternate; a and c are always 1.2 apart
    made = [
        (name, "worst", f"c{card:02}", shift + (spread[card] * 2 if name == "b" else 0.0))
        for name, shift in shifts.items()
        for card in range(20)
    ]
    found = ranking(build(made)[1], dimension(), "worst")
    assert found.groups == (("c", "b"), ("b", "a"))


def test_equals_share_their_places(build: Build) -> None:
    found = ranking(build(cells({"a": 1.0, "b": 1.0, "c": 0.0}, noise=0.0))[1], dimension(), "worst")
    assert [(rank.rank, rank.best) for rank in found.ranks] == [(1.5, 0.5), (1.5, 0.5), (3.0, 0.0)]


def test_only_cards_that_all_systems_met_count(build: Build) -> None:
    made = [*cells({"a": 1.0, "b": 0.0}, cards=5), ("a", "worst", "only a", -100.0)]
    found = ranking(build(made)[1], dimension(), "worst")
    assert (found.cards, found.left_out) == (5, 1)
    assert found.ranks[0].system == "a"


def test_one_card_and_one_system_and_none(build: Build) -> None:
    one = ranking(build(cells({"a": 1.0, "b": 0.0}, cards=1))[1], dimension(), "worst")
    assert [(rank.low, rank.best) for rank in one.ranks] == [(None, None), (None, None)]
    alone = ranking(build(cells({"a": 1.0}))[1], dimension(), "worst")
    assert [(rank.system, rank.rank, rank.best) for rank in alone.ranks] == [("a", 1.0, 1.0)]
    assert (alone.groups, alone.apart) == ((), {})
    assert ranking(build([])[1], dimension(), "worst").ranks == ()


def test_the_share_of_draws_in_which_it_is_best_agrees_with_the_normal_curve(build: Build) -> None:
    from scipy import stats  # scipy carries no types

    made = cells({"a": 0.0, "b": 0.2}, cards=60)
    measures = build(made)[1]
    scores = {name: measures.filter(system=name).sort("card")["score"].to_numpy() for name in "ab"}
    difference = scores["b"] - scores["a"]
    found = {rank.system: rank.best for rank in ranking(measures, dimension(), "worst").ranks}
    expected = stats.norm.cdf(difference.mean() / (difference.std() / 60**0.5))
    assert found["b"] == pytest.approx(expected, abs=0.03)


def test_what_has_no_better_way_has_no_best(build: Build) -> None:
    with pytest.raises(ValueError, match="no better way"):
        ranking(build([])[1], dimension("neither"), "worst")
