"""Dialogues for training a supporter."""

from pathlib import Path

import pytest

from hardseek.chat import Message
from hardseek.dialogues import Dialogue, Turn
from hardseek.judging import Rating
from hardseek.training.data.bars import read_bar
from hardseek.training.data.drops import Drops
from hardseek.training.data.material import Held
from hardseek.training.data.supporter_sft import Unit, supporter_talk
from hardseek.training.dataset import Talk
from training.stored import dialogue, seeker, state, supporter

RATED = (Rating("esc", "esc: empathy", 3.0),)


def mixed_talk() -> Dialogue:
    """A good turn, a bad one, a good one, and one that nobody answers."""
    return dialogue("d", [
        seeker("one", state(8.0)), supporter("good"), seeker("two", state(7.0)), supporter("bad"),
        seeker("three", state(7.5)), supporter("fair"), seeker("four", state(7.0)), supporter("last"),
    ])  # fmt: skip


def row(
    each: Dialogue, *bars: str, unit: Unit = "turns", prompt: str | None = None, drops: Drops | None = None
) -> Talk | None:
    made = supporter_talk(
        Held(Path(), each, None, RATED), "family", [read_bar(bar) for bar in bars], unit=unit,
        prompts={"en": prompt}, drops=drops if drops is not None else Drops(),
    )  # fmt: skip
    assert made is None or isinstance(made.row, Talk)
    return made.row if made is not None and isinstance(made.row, Talk) else None


def test_without_bars_all_turns_are_learnt() -> None:
    found = row(mixed_talk())
    assert found is not None
    assert found.learnt is None
    assert [message.role for message in found.messages] == ["user", "assistant"] * 4
    assert (found.card, found.dialogue, found.condition, found.language) == ("card-d", "d", "average", "en")


def test_turns_above_the_bar_are_learnt_and_the_talk_ends_with_the_last_of_them() -> None:
    drops = Drops()
    found = row(mixed_talk(), "relief>=0.5", drops=drops)
    assert found is not None
    assert found.learnt == (1, 5)
    assert [found.messages[place].content for place in found.learnt] == ["good", "fair"]
    assert found.messages[-1].content == "fair"
    assert dict(drops.counts) == {
        "turns: not relief>=0.5": 1,
        "turns: relief is not known, as no turn of the seeker's follows": 1,
    }


@pytest.mark.parametrize(("bar", "learnt"), [("relief>=0.3", True), ("relief>=0.4", False)])
def test_whole_dialogues_are_held_against_the_mean_of_their_turns(bar: str, learnt: bool) -> None:
    found = row(mixed_talk(), bar, unit="dialogues")  # (1.0 - 0.5 + 0.5) / 3
    assert (found is not None) == learnt
    assert found is None or found.learnt is None


def test_a_rating_of_the_dialogue_decides_over_all_of_it() -> None:
    drops = Drops()
    assert row(mixed_talk(), "esc: empathy>=3") is not None
    assert row(mixed_talk(), "esc: empathy>=4", drops=drops) is None
    assert dict(drops.counts) == {"dialogues: not esc: empathy>=4": 1}


def test_places_count_what_stands_before_the_talk() -> None:
    found = row(mixed_talk(), "relief>=0.9", prompt="Be kind.")
    assert found is not None
    assert found.messages == (Message("system", "Be kind."), Message("user", "one"), Message("assistant", "good"))
    assert found.learnt is None, "every assistant's message that is there is learnt"


def test_where_the_supporter_begins_a_user_stands_before() -> None:
    found = row(dialogue("d", [supporter("Welcome."), seeker("Hi", state(5.0)), supporter("Hello.")]))
    assert found is not None
    assert [message.role for message in found.messages] == ["user", "assistant", "user", "assistant"]
    assert found.messages[0].content == "Hello"


def test_turns_of_one_speaker_are_joined_and_nothing_beyond_a_hole_is_learnt() -> None:
    drops = Drops()
    turns = [
        seeker("a"), seeker("b"), supporter("c"), seeker("d"), supporter("  "), seeker("e"), supporter("f")
    ]  # fmt: skip
    found = row(dialogue("d", turns), drops=drops)
    assert found is not None
    assert [message.content for message in found.messages] == ["a\nb", "c"]
    assert dict(drops.counts) == {"turns: after a turn without text": 2}


@pytest.mark.parametrize("turns", [[seeker("a")], [seeker("a"), supporter("")], [seeker(" "), supporter("b")], []])
def test_a_dialogue_of_which_nothing_can_be_learnt_is_counted(turns: list[Turn]) -> None:
    drops = Drops()
    assert row(dialogue("d", turns), drops=drops) is None
    assert sum(drops.counts.values()) >= 1
