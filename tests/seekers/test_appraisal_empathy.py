"""How far a supporter's turn goes in three ways of empathy."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardseek.chat import Message
from hardseek.documents import load
from hardseek.errors import Refused
from hardseek.language import LANGUAGES, Language
from hardseek.seekers.appraisal import Empathy, empathy
from hardseek.seekers.appraisal.empathy import EmpathyPoints

Talk = Callable[..., list[Message]]
POST = {"en": "My dog died last night and the flat is so empty.", "zh": "昨晚我家狗走了，屋里空荡荡的。"}
WARM = {
    "en": "I'm so sorry, that breaks my heart! I hope you feel better soon, sending you hugs!",
    "zh": "听着好心疼，抱抱你！希望你能慢慢好起来！",
}
KNOWING = {
    "en": "I know how you feel. I lost my own dog and I felt so lonely when the flat was empty.",
    "zh": "我懂你的感受，我家狗走的时候我也觉得屋里空荡荡的，心里特别难受。",
}
ASKING = {"en": "What was he like? Do you have somebody with you tonight?", "zh": "它是什么样的狗？今晚有人陪你吗？"}
COLD = {"en": "Buy another one online.", "zh": "网上再买一只。"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_way_is_told_from_a_cold_reply(language: Language, talk: Talk) -> None:
    before = talk(POST[language])
    cold = empathy(COLD[language], before, language)
    assert cold.emotional_reaction == cold.exploration == 0
    assert empathy(WARM[language], before, language).emotional_reaction > 0
    assert empathy(KNOWING[language], before, language).interpretation > cold.interpretation
    assert empathy(ASKING[language], before, language).exploration == 2


def test_a_question_that_fits_anybody_explores_less(talk: Talk) -> None:
    before = talk(POST["en"])
    assert empathy("Are you okay?", before, "en").exploration <= empathy(ASKING["en"], before, "en").exploration


def test_a_turn_without_words_has_none() -> None:
    assert empathy("...", [], "en") == empathy("", [], "zh") == Empathy(0, 0, 0)


@given(text=st.text(max_size=200), before=st.text(max_size=60))
@settings(max_examples=60)
def test_whatever_is_said_has_levels(text: str, before: str) -> None:
    for language in LANGUAGES:
        found = empathy(text, [Message("user", before)], language)
        assert {found.emotional_reaction, found.interpretation, found.exploration} <= {0, 1, 2}


def test_points_for_two_ways_only_are_refused() -> None:
    text = (
        "{id: x, version: 1, levels: {emotional_reaction: [1, 2], interpretation: [1, 2], exploration: [1, 2]}, "
        "points: {short: {emotional_reaction: 1.0, interpretation: 0.0}}}"
    )
    with pytest.raises(Refused, match="'short' needs points for each of emotional_reaction, interpretation, expl"):
        load(text, EmpathyPoints, source="x.yaml")
