"""What a design can show."""

from collections.abc import Callable

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.power import TTestPower

from hardseek.analysis import Spread, cards_needed, minimum_effect, pairs, power, replicates_needed, spread
from hardseek.judging import Dimension

Frames = tuple[pl.DataFrame, pl.DataFrame]
Build = Callable[..., Frames]

RELIEF = Dimension("relief", {}, {}, "higher", -10, 10)
UNIT = Spread(1.0, 0.0, 30, 1.0)


def drops(*cards: list[float]) -> pl.DataFrame:
    rows = [(f"c{place}", drop) for place, card in enumerate(cards) for drop in card]
    return pl.DataFrame(rows, schema=["card", "drop"], orient="row")


def test_spread_by_hand() -> None:
    # Cards of means 1 and 5, each 1 off: within (1 + 1 + 1 + 1) / 2 = 2; between (16 - 2) / 2 = 7.
    found = spread(drops([0.0, 2.0], [4.0, 6.0]))
    assert found is not None
    assert (found.between, found.within, found.cards, found.replicates) == pytest.approx((7.0, 2.0, 2, 2.0))
    assert found.error(4, 2) == pytest.approx(((7 + 2 / 2) / 4) ** 0.5)


def test_spread_of_unequal_cards_by_hand() -> None:
    # n0 = (5 - (9 + 4) / 5) / 1 = 2.4; means 2 and 7, grand 4: ms = 3 * 4 + 2 * 9 = 30; within (2 + 2) / 3.
    found = spread(drops([1.0, 2.0, 3.0], [6.0, 8.0]))
    assert found is not None
    assert found.within == pytest.approx(4 / 3)
    assert found.between == pytest.approx((30 - 4 / 3) / 2.4)


def test_one_pair_a_card_is_all_between_and_one_card_tells_nothing() -> None:
    found = spread(drops([1.0], [3.0], [5.0]))
    assert found == Spread(4.0, 0.0, 3, 1.0)
    assert spread(drops([1.0, 2.0])) is None


def test_it_reads_what_pairs_returns(build: Build) -> None:
    cells = [("a", name, f"c{n}", float(n * side)) for n in range(4) for side, name in enumerate(("average", "worst"))]
    found = spread(pairs(build(cells)[1], RELIEF, "average"))
    assert found is not None
    assert found.between == pytest.approx(np.var([0, -1, -2, -3], ddof=1))


@pytest.mark.parametrize("cards", [5, 12, 40, 90])
@pytest.mark.parametrize("effect", [0.1, 0.5, 1.2])
def test_power_agrees_with_statsmodels(cards: int, effect: float) -> None:
    expected = TTestPower().power(effect, cards, 0.05, alternative="two-sided")
    assert power(effect, UNIT, cards) == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize("cards", [6, 30, 300])
def test_the_smallest_effect_agrees_with_statsmodels(cards: int) -> None:
    expected = TTestPower().solve_power(nobs=cards, alpha=0.05, power=0.8)
    assert minimum_effect(UNIT, cards) == pytest.approx(expected, rel=1e-4)


def test_cards_needed_are_the_fewest_that_do() -> None:
    needed = cards_needed(0.5, UNIT)
    assert needed == 34  # Cohen's tables: n = 33.4 for d = 0.5 in one sample
    assert power(0.5, UNIT, 34) >= 0.8 > power(0.5, UNIT, 33)


def test_replicates_help_only_against_chance() -> None:
    spread = Spread(0.2, 2.0, 20, 1.0)
    needed = replicates_needed(0.5, spread, 20)
    assert needed is not None
    assert power(0.5, spread, 20, needed) >= 0.8 > power(0.5, spread, 20, needed - 1)
    assert replicates_needed(0.5, UNIT, 20) is None
    assert cards_needed(0.0, UNIT) is None


def test_the_edges() -> None:
    still = Spread(0.0, 0.0, 5, 1.0)
    assert (power(0.1, still, 5), power(0.0, still, 5)) == (1.0, 0.0)
    assert minimum_effect(still, 5) == 0.0
    assert power(9.0, UNIT, 1) == 0.0
    assert minimum_effect(UNIT, 1) is None


@given(st.floats(0.01, 5), st.integers(2, 100))
def test_power_is_that_of_either_direction_and_never_below_its_level(effect: float, cards: int) -> None:
    assert power(effect, UNIT, cards) == power(-effect, UNIT, cards)
    assert 0.05 - 1e-9 <= power(effect, UNIT, cards) <= 1.0
