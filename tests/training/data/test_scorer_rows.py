"""Scores for training a scorer."""

from pathlib import Path

import pytest

from hardseek.errors import Refused
from hardseek.judging import Rating
from hardseek.training.data.drops import Drops
from hardseek.training.data.material import Held
from hardseek.training.data.scores import score_samples
from hardseek.training.dataset import Score
from training.stored import talk


def held(*ratings: Rating, name: str = "d") -> Held:
    return Held(Path(), talk(name), None, ratings)


def rows(all_held: list[Held], judges: list[str] | None = None) -> tuple[list[Score], dict[str, int]]:
    drops = Drops()
    found = score_samples(all_held, [each.dialogue.card for each in all_held], judges or [], drops)
    return [each.row for each in found if isinstance(each.row, Score)], dict(drops.counts)


def test_opinions_are_rows_and_what_only_counts_is_not() -> None:
    found, counts = rows([
        held(Rating("people", "empathy", 3.0), Rating("indicators", "advice", 0.5), Rating("seeker", "relief", 1.0)),
        held(Rating("people", "empathy", 4.0), Rating("people", "care", None, "no answer"), name="e"),
    ])  # fmt: skip
    assert [(row.item, row.rater, row.dimension, row.score, row.cluster) for row in found] == [
        ("d", "people", "empathy", 3.0, "one"), ("e", "people", "empathy", 4.0, "one")
    ]  # fmt: skip
    assert counts == {"scores: unscored": 1}


def test_a_named_judge_is_taken_whoever_it_is() -> None:
    both = [held(Rating("indicators", "advice", 0.5)), held(Rating("indicators", "advice", 0.1), name="e")]
    assert len(rows(both, ["indicators"])[0]) == 2
    with pytest.raises(Refused, match="rated none of the dialogues; there are: indicators"):
        rows(both, ["esc"])
    with pytest.raises(Refused, match="nobody gave an opinion"):
        rows(both)


def test_a_dimension_of_one_value_teaches_nothing() -> None:
    one = held(Rating("people", "empathy", 3.0), Rating("people", "care", 1.0))
    two = held(Rating("people", "empathy", 3.0), Rating("people", "care", 2.0), name="e")
    found, counts = rows([one, two])
    assert {row.dimension for row in found} == {"care"}
    assert counts == {"scores: of a dimension with one value only": 2}
    with pytest.raises(Refused, match="every dimension has one value only"):
        rows([held(Rating("people", "empathy", 3.0))])
    with pytest.raises(Refused, match="all ratings are unscored"):
        rows([held(Rating("people", "empathy", None, "no answer"))])
