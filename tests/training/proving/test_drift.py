"""Affective drift, on dialogues whose tone is known."""

import pytest

from hardseek.chat import Message
from hardseek.dialogues import Transcript
from hardseek.training.proving.drift import drift


def talk(*said: str) -> Transcript:
    messages = []
    for text in said:
        messages += [Message("user", text), Message("assistant", "I see.")]
    return Transcript("en", tuple(messages))


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (("I am tired.", "It rained.", "Thank you.", "Thanks."), 1.0),
        (("Thank you.", "It rained.", "I am tired.", "That doesn't help."), -1.0),
        (("Thanks.", "It rained.", "Thanks.", "It rained."), 0.0),
        (("That doesn't help.", "That won't work.", "middle", "Thank you.", "Thanks."), 2.0),
        (("Thanks.", "It rained.", "Thanks."), None),
    ],
    ids=["warmer", "colder", "the same", "an odd turn belongs to neither half", "too short"],
)
def test_drift_is_the_later_half_less_the_earlier_one(said: tuple[str, ...], expected: float | None) -> None:
    assert drift(talk(*said)) == expected
