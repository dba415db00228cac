"""What a turn, or a dialogue, must reach."""

from pathlib import Path

import pytest

from hardseek.errors import Refused
from hardseek.judging import Rating
from hardseek.training.data.bars import means, read_bar, refuse_unmeasured, turn_measures
from hardseek.training.data.material import Held
from training.stored import dialogue, seeker, state, supporter, talk


def held(turns: int = 3) -> Held:
    return Held(Path(), talk("a", turns), None, (Rating("esc", "esc: empathy", 3.0), Rating("esc", "esc: care", None)))


def test_a_bar_is_a_name_a_direction_and_a_number() -> None:
    bar = read_bar(" response >= 0.05")
    assert (bar.name, bar.least, bar.value, bar.of_dialogue) == ("response", True, 0.05, False)
    assert bar.text == "response >= 0.05", "messages repeat it as it was given"
    assert read_bar("early_advice<=0.2").least is False
    assert read_bar("esc: empathy>=3").of_dialogue
    assert read_bar("dialogue:advice<=0.5").of_dialogue
    assert read_bar("dialogue:advice<=0.5").text == "dialogue:advice<=0.5"


@pytest.mark.parametrize("wrong", ["response", "response>0.1", "response>=high", ">=1", ""])
def test_anything_else_is_refused(wrong: str) -> None:
    with pytest.raises(Refused, match="NAME>=NUMBER"):
        read_bar(wrong)


def test_both_directions_include_the_value_and_what_is_not_measured_is_not_known() -> None:
    assert read_bar("trust>=0.5").reached({"trust": 0.5}) is True
    assert read_bar("trust<=0.5").reached({"trust": 0.5}) is True
    assert read_bar("trust<=0.4").reached({"trust": 0.5}) is False
    assert read_bar("trust<=0.4").reached({}) is None


def test_turns_are_measured_by_words_and_by_the_response() -> None:
    found = turn_measures(held())
    assert sorted(found) == [1, 3, 5]
    assert found[1]["relief"] == pytest.approx(1.0)
    assert found[1]["response"] == pytest.approx(0.1)
    assert found[1]["length"] == 3.0
    assert "relief" not in found[5], "no turn of the seeker's follows the last one"
    assert means(found)["relief"] == pytest.approx(1.0)


def test_advice_before_understanding_is_seen() -> None:
    turns = [seeker("I lost my job", state(8.0)), supporter("You should go for a run every day.")]
    found = turn_measures(Held(Path(), dialogue("a", turns), None, ()))
    assert found[1]["early_advice"] > 0.3


def test_a_rating_that_nobody_gave_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(Refused, match=r"^--bar esc: empathi>=3: .*did you mean esc: empathy\?"):
        refuse_unmeasured([read_bar("esc: empathi>=3")], [held()])
    refuse_unmeasured([read_bar("esc: empathy>=3"), read_bar("response>=0")], [held()])


def test_without_a_hidden_state_the_response_cannot_be_used_and_that_is_said() -> None:
    people = Held(Path(), dialogue("a", [seeker("hi"), supporter("hello"), seeker("bye")]), None, ())
    with pytest.raises(Refused, match="no hidden state stands behind the seekers"):
        refuse_unmeasured([read_bar("response>=0")], [people])
    refuse_unmeasured([read_bar("understanding>=0.2")], [people])
