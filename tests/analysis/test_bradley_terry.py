"""Strengths from preferences: known values, ties, clusters, and order."""

import math

import numpy as np
import pytest

from hardseek.analysis.bradley_terry import Contest, strengths


def _between(one: str, other: str, wins: int, losses: int, *, card: str = "c") -> list[Contest]:
    won = [Contest(f"{card}{place}", one, other, 1.0) for place in range(wins)]
    return won + [Contest(f"{card}{wins + place}", one, other, 0.0) for place in range(losses)]


def test_two_systems_are_as_far_apart_as_the_log_odds_of_winning() -> None:
    # With half a win added to each: 30.5 against 10.5.
    first, second = strengths(_between("good", "poor", 30, 10))

    assert (first.system, second.system) == ("good", "poor")
    assert first.value - second.value == pytest.approx(math.log(30.5 / 10.5), abs=1e-6)
    assert first.value == pytest.approx(-second.value)
    assert (first.wins, first.contests) == (30, 40)


def test_three_systems_have_the_strengths_they_were_made_with() -> None:
    truth = {"a": 1.0, "b": 0.0, "c": -1.0}
    generator = np.random.default_rng(2)
    contests = [
        Contest(f"card {card}", one, other, float(generator.random() < 1 / (1 + math.exp(truth[other] - truth[one]))))
        for card in range(800)
        for one, other in (("a", "b"), ("a", "c"), ("b", "c"))
    ]

    found = {strength.system: strength for strength in strengths(contests, draws=200)}

    for name, value in truth.items():
        strength = found[name]
        assert strength.value == pytest.approx(value, abs=0.15)
        assert strength.low is not None
        assert strength.high is not None
        assert strength.low < value < strength.high


def test_ties_are_half_a_win_for_each() -> None:
    tied = strengths([Contest(f"c{place}", "a", "b", 0.5) for place in range(10)])

    assert [strength.value for strength in tied] == pytest.approx([0, 0])
    assert [strength.wins for strength in tied] == [5, 5]


def test_who_won_everything_has_a_finite_strength() -> None:
    first, _ = strengths(_between("a", "b", 20, 0))

    assert math.isfinite(first.value)
    assert first.value == pytest.approx(math.log(20.5 / 0.5) / 2, abs=1e-6)


def test_cards_are_drawn_whole() -> None:
    many = [Contest("one card", "a", "b", 1.0) for _ in range(50)] + [
        Contest("other", "a", "b", 0.0) for _ in range(50)
    ]

    wide = strengths(many, draws=200)[0]

    assert wide.value == pytest.approx(0, abs=1e-9)
    assert wide.low is not None
    assert wide.low == pytest.approx(math.log(0.5 / 100.5) / 2, abs=1e-3)


def test_one_card_has_no_interval_and_nothing_has_no_strength() -> None:
    assert strengths([Contest("c", "a", "b", 1.0)])[0].low is None
    assert strengths([]) == []
