"""Luck: keyed, independent of order, and of the right shape."""

import math
import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardseek.luck import Luck

LUCK = Luck.of(seed=1, card="a", condition="average", replicate=0)


def test_a_draw_depends_on_its_key_and_place_and_nothing_else() -> None:
    again = Luck.of(seed=1, card="a", condition="average", replicate=0)
    again.unit(0, "something else")  # draws in between change nothing
    assert again.unit(3, "move") == LUCK.unit(3, "move")


@pytest.mark.parametrize(
    "other",
    [
        Luck.of(seed=2, card="a", condition="average", replicate=0),
        Luck.of(seed=1, card="b", condition="average", replicate=0),
        Luck.of(seed=1, card="a", condition="worst", replicate=0),
        Luck.of(seed=1, card="a", condition="average", replicate=1),
    ],
)
def test_each_part_of_the_key_matters(other: Luck) -> None:
    assert other.unit(0, "move") != LUCK.unit(0, "move")


def test_turn_and_purpose_matter() -> None:
    assert len({LUCK.unit(0, "move"), LUCK.unit(1, "move"), LUCK.unit(0, "words")}) == 3


def test_a_draw_is_the_same_on_every_machine() -> None:
    # The first eight bytes of keyed BLAKE2b, shifted to 53 bits: computed once with hashlib alone.
    from hashlib import blake2b

    key = blake2b(b"1\x1fa\x1faverage\x1f0", digest_size=16).digest()
    expected = int.from_bytes(blake2b(b"0\x1fmove", digest_size=8, key=key).digest(), "big") >> 11
    assert LUCK.integer(0, "move") == expected


def test_unit_draws_are_uniform() -> None:
    draws = [LUCK.unit(turn, "uniform") for turn in range(4000)]
    assert all(0 <= draw < 1 for draw in draws)
    assert statistics.mean(draws) == pytest.approx(0.5, abs=0.02)
    assert statistics.pvariance(draws) == pytest.approx(1 / 12, abs=0.005)


def test_normal_draws_are_standard() -> None:
    draws = [LUCK.normal(turn, "normal") for turn in range(4000)]
    assert statistics.mean(draws) == pytest.approx(0, abs=0.05)
    assert statistics.pstdev(draws) == pytest.approx(1, abs=0.04)
    assert all(math.isfinite(draw) for draw in draws)


def test_weighing_follows_the_weights_and_never_takes_a_zero() -> None:
    picks = [LUCK.weigh({"a": 3.0, "b": 1.0, "never": 0.0}, turn, "weigh") for turn in range(4000)]
    assert picks.count("a") / len(picks) == pytest.approx(0.75, abs=0.03)
    assert "never" not in picks


def test_weighing_refuses_weights_that_say_nothing() -> None:
    with pytest.raises(ValueError, match="not all 0"):
        LUCK.weigh({"a": 0.0}, 0, "weigh")


@given(st.lists(st.integers(), max_size=20), st.integers(0, 50))
def test_a_shuffle_keeps_everything(options: list[int], turn: int) -> None:
    assert sorted(LUCK.shuffle(options, turn, "shuffle")) == sorted(options)
