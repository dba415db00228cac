"""The course of a dialogue: whose turn it is, and when it is at its end."""

from typing import Literal

from hypothesis import given
from hypothesis import strategies as st

from hardseek.dialogues import Course, Ending, Speaker, Turn
from hardseek.seekers import Move, SeekerState, Trace


def seeker(text: str, ending: Literal["resolved", "withdrew"] | None = None) -> Turn:
    state = SeekerState(distress=5, trust=0.5, openness=0.5, engagement=0.5)
    return Turn("seeker", text, Trace(state=state, move=Move("tell", ending=ending)))


def test_seeker_and_supporter_take_turns_until_the_exchanges_are_used_up() -> None:
    kept: list[Turn] = []
    course = Course((), greeting=None, keep=kept.append)
    stood: list[tuple[Speaker, Ending | None]] = []
    for turn in (seeker("a"), Turn("supporter", "b"), seeker("c"), Turn("supporter", "d")):
        stood.append((course.next, course.ending(2)))
        course.say(turn)
    assert stood == [("seeker", None), ("supporter", None), ("seeker", None), ("supporter", None)]
    assert (course.next, course.ending(2), course.ending(3)) == ("seeker", "limit", None)
    assert [turn.text for turn in kept] == ["a", "b", "c", "d"]


def test_last_words_are_answered_before_the_seeker_has_left() -> None:
    course = Course((), greeting=None, keep=lambda turn: None)
    course.say(seeker("bye", "withdrew"))
    assert (course.leaving, course.ending(9)) == ("withdrew", None)
    course.say(Turn("supporter", "take care"))
    assert course.ending(9) == "withdrew"
    assert course.ending(1) == "withdrew"  # leaving at the limit is leaving


def test_a_greeting_is_said_once_and_counts_as_no_exchange() -> None:
    kept: list[Turn] = []
    course = Course((), greeting="hello", keep=kept.append)
    assert (course.next, course.ending(1), [turn.text for turn in kept]) == ("seeker", None, ["hello"])
    again = Course(kept, greeting="hello", keep=kept.append)
    assert (again.next, len(again.messages), len(kept)) == ("seeker", 1, 1)


@given(st.integers(0, 9), st.booleans())
def test_taken_up_anywhere_it_stands_where_it_stood(turns: int, greeted: bool) -> None:
    said: list[Turn] = []
    course = Course((), greeting="hello" if greeted else None, keep=said.append)
    for place in range(turns):
        course.say(seeker(str(place)) if course.next == "seeker" else Turn("supporter", str(place)))
    again = Course(tuple(said), greeting="hello" if greeted else None, keep=said.append)
    assert (again.messages, again.last, again.next) == (course.messages, course.last, course.next)
    assert [again.ending(most) for most in range(1, 7)] == [course.ending(most) for most in range(1, 7)]
