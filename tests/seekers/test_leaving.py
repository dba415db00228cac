"""How a talk ends: on a goodbye, helped, or not at all."""

from statistics import fmean

import pytest

from hardseek.cards import packaged_cards
from hardseek.chat import Message
from hardseek.language import Language
from hardseek.luck import Luck
from hardseek.seekers.appraisal import appraise
from hardseek.seekers.leaving import leaving
from hardseek.seekers.person import Person, person_of
from hardseek.seekers.state import SeekerState

ENGAGED = SeekerState(distress=6.0, trust=0.3, openness=0.3, engagement=0.7)
HELPED = SeekerState(distress=3.0, trust=0.7, openness=0.5, engagement=0.7)
HEARD = [Message("user", "my gran died in may and i never got to say goodbye")]


def lucks(many: int) -> list[Luck]:
    return [Luck.of(seed=seed, card="a", condition="average", replicate=0) for seed in range(many)]


def person() -> Person:
    return person_of(packaged_cards("en")[0])


def test_four_in_five_go_on_a_goodbye_and_nobody_goes_without_a_reason() -> None:
    ends = [leaving(ENGAGED, person(), luck, 5, lighter_by=0.0, farewell=1.0) for luck in lucks(1500)]
    assert {end for end in ends if end} == {"withdrew"}
    assert fmean(end is not None for end in ends) == pytest.approx(0.8, abs=0.035)
    assert not any(leaving(ENGAGED, person(), luck, 5, lighter_by=0.0, farewell=0.0) for luck in lucks(200))


def test_who_was_helped_goes_as_one_who_was_helped() -> None:
    ends = [leaving(HELPED, person(), luck, 5, lighter_by=0.0, farewell=1.0) for luck in lucks(1500)]
    assert {end for end in ends if end} == {"resolved"}
    # 0.8 on the goodbye, and 0.35 of the others as on any other turn
    assert fmean(end is not None for end in ends) == pytest.approx(0.8 + 0.2 * 0.35, abs=0.03)


def test_a_talk_that_has_hardly_begun_is_not_left_even_so() -> None:
    assert not any(leaving(HELPED, person(), luck, 2, lighter_by=3.0, farewell=1.0) for luck in lucks(50))


@pytest.mark.parametrize(
    ("language", "text", "takes_leave"),
    [
        ("en", "You're so welcome. Take care!", True),
        ("en", "I wish you all the best with her, bye for now", True),
        ("en", "It was really nice talking with you. Have a good night!", True),
        ("en", "Bye!", True),
        ("en", "I wish you all the best.", True),
        ("en", "I wish you all the best, and I am always here to support you.", False),
        ("en", "It hurts that you never got to say goodbye.", False),
        ("en", "Remember to take care of yourself, and of your mother too.", False),
        ("en", "Did you have a good day at work, or was it more of the same?", False),
        ("en", "How long has it been since you slept a good night?", False),
        ("zh", "好的，那今天先聊到这里，晚安。", True),
        ("zh", "不客气，祝你一切顺利！", True),
        ("zh", "嗯嗯，我们下次再聊", True),
        ("zh", "没来得及跟外婆好好说再见，一定很难受吧。", False),
        ("zh", "你睡前会跟他说晚安吗？", False),
        ("zh", "下次再遇到这种情况，你想怎么说？", False),
    ],
)
def test_a_goodbye_is_taken_as_one_and_talk_of_one_is_not(language: Language, text: str, takes_leave: bool) -> None:
    assert appraise(text, HEARD, language).farewell == float(takes_leave)
