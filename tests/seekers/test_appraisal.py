"""What is taken in from a supporter's turn, in both languages."""

import time
from collections.abc import Callable
from statistics import median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardseek.chat import Message
from hardseek.language import Language
from hardseek.seekers import Appraisal
from hardseek.seekers.appraisal import appraise, cues, read

Talk = Callable[..., list[Message]]

SEEKER: dict[Language, str] = {
    "en": "My flatmate ignores me since we argued about the rent. She leaves the kitchen when I walk in.",
    "zh": "我跟室友因为房租吵了一架，她再也不理我了，我一进厨房她就走开。",
}
# The same thing said in both languages, by what it is.
TURNS: dict[str, dict[Language, str]] = {
    "reflection": {
        "en": "It sounds like since that argument about the rent your flatmate shuts you out, even in the kitchen, and "
        "that must be so lonely.",
        "zh": "听起来自从因为房租吵架，室友就把你晾在一边，连厨房都待不住，心里一定很难受。",
    },
    "open question": {
        "en": "What is it like for you when she leaves the kitchen?",
        "zh": "她从厨房走开的时候，你是什么感觉？",
    },
    "closed question": {"en": "Do you rent the flat together?", "zh": "你们是一起租的吗？"},
    "advice": {
        "en": "You should write her a letter. Maybe you could try to cook for her, or talk to a counselor.",
        "zh": "你可以先给她写封信，试着主动做顿饭，或者找个心理咨询师聊聊。",
    },
    "template": {
        "en": "I'm so sorry to hear that. I understand how you feel. Everything will be okay.",
        "zh": "我非常理解你的感受，我会一直陪着你，一切都会好起来的，加油。",
    },
    "minimising": {
        "en": "It's not a big deal. Others have it worse, don't worry so much.",
        "zh": "这没什么大不了的，你想太多了，别难过。",
    },
    "siding": {
        "en": "She is so selfish, and you did nothing wrong. You deserve better.",
        "zh": "她也太过分了，你完全没错，离开她，你值得更好。",
    },
    "interrogation": {
        "en": "How old are you? Do you work? When did it start? Is she older?",
        "zh": "你多大了？你工作了吗？什么时候开始的？她比你大吗？",
    },
}
MARK: dict[str, Callable[[Appraisal], float]] = {
    "reflection": lambda a: a.understanding,
    "open question": lambda a: a.open_question,
    "closed question": lambda a: a.closed_question,
    "advice": lambda a: a.advice,
    "template": lambda a: a.template,
    "minimising": lambda a: a.minimising,
    "siding": lambda a: a.siding,
    "interrogation": lambda a: a.interrogation,
}
LANGUAGES: tuple[Language, ...] = ("en", "zh")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", MARK)
def test_each_kind_of_turn_is_highest_on_its_own_mark(kind: str, language: Language, talk: Talk) -> None:
    before = talk(SEEKER[language])
    own = MARK[kind](appraise(TURNS[kind][language], before, language))
    assert own >= 0.5
    # A turn that asks four things asks open and closed questions too.
    others = set(TURNS) - {kind} - ({"interrogation"} if kind.endswith("question") else set())
    assert all(own > MARK[kind](appraise(TURNS[other][language], before, language)) for other in others)


@pytest.mark.parametrize("language", LANGUAGES)
def test_understanding_is_specific_to_this_seeker(language: Language, talk: Talk) -> None:
    other = {"en": "I failed my driving test for the third time.", "zh": "我考驾照第三次没过。"}[language]
    here = appraise(TURNS["reflection"][language], talk(SEEKER[language]), language)
    there = appraise(TURNS["reflection"][language], talk(other), language)
    assert there.understanding <= 0.05
    assert here.understanding > 0.5
    assert there.validation < here.validation


@pytest.mark.parametrize("language", LANGUAGES)
def test_giving_the_seekers_words_back_whole_is_worth_half(language: Language, talk: Talk) -> None:
    before = talk(SEEKER[language])
    parroted = appraise(SEEKER[language], before, language).understanding
    reflected = appraise(TURNS["reflection"][language], before, language).understanding
    assert parroted < 0.5 * reflected


@pytest.mark.parametrize("language", LANGUAGES)
def test_advice_is_early_until_understanding_has_been_shown(language: Language, talk: Talk) -> None:
    advice = TURNS["advice"][language]
    at_once = appraise(advice, talk(SEEKER[language]), language)
    more = {"en": "Yes, I hate going home.", "zh": "对，我都不想回去了。"}[language]
    heard = talk(SEEKER[language], TURNS["reflection"][language], more, TURNS["reflection"][language], more)
    later = appraise(advice, heard, language)
    assert at_once.advice == later.advice
    assert at_once.early_advice > 0.75 * at_once.advice
    assert later.early_advice < 0.5 * later.advice


@pytest.mark.parametrize("language", LANGUAGES)
def test_saying_the_same_again_is_repetition(language: Language, talk: Talk) -> None:
    said = TURNS["template"][language]
    again = appraise(said, talk(SEEKER[language], said, SEEKER[language]), language)
    new = appraise(TURNS["open question"][language], talk(SEEKER[language], said, SEEKER[language]), language)
    assert again.repetition == 1.0
    assert new.repetition == 0.0


@pytest.mark.parametrize(
    ("asked", "reply", "language"),
    [
        ("Do you think she will ever talk to me again?", "I can't know, but people often do after a while.", "en"),
        ("你觉得她还会理我吗？", "我没法替她回答，不过吵完之后气头会慢慢过去。", "zh"),
    ],
)
def test_a_question_is_answered_by_a_statement_not_by_a_question(
    asked: str, reply: str, language: Language, talk: Talk
) -> None:
    question = {"en": "What do you think?", "zh": "你觉得呢？"}[language]
    assert appraise(reply, talk(asked), language).answered >= 0.5
    assert appraise(question, talk(asked), language).answered == 0.0
    assert appraise(reply, talk(SEEKER[language]), language).answered == 0.0


@pytest.mark.parametrize(
    ("said", "care", "language"),
    [
        ("Some nights I don't want to wake up.", "Are you safe right now? Is there someone with you?", "en"),
        ("有时候晚上睡着了就不想醒。", "你现在安全吗？身边有没有人可以陪着你？", "zh"),
    ],
)
def test_risk_is_looked_at_only_where_the_card_has_it(said: str, care: str, language: Language, talk: Talk) -> None:
    met = appraise(care, talk(said), language, risk=True)
    passed_over = appraise(TURNS["closed question"][language], talk(said), language, risk=True)
    unasked = appraise(care, talk(said), language)
    assert met.risk_care >= 0.6
    assert (passed_over.risk_care, unasked.risk_care) == (0.0, 0.0)
    assert passed_over.minimising >= 0.6 > met.minimising


def test_a_turn_without_words_is_nothing() -> None:
    assert appraise("...!?", [], "en") == Appraisal()
    assert appraise("", [], "zh") == Appraisal()


def test_questions_open_and_closed_are_told_apart() -> None:
    reading = read("Is it late? What happened then? You could rest.", "en")
    assert (reading.closed_questions, reading.open_questions) == (1, 1)
    chinese = read("你睡了吗？后来怎么了？", "zh")
    assert (chinese.closed_questions, chinese.open_questions) == (1, 1)


def test_a_suggestion_put_as_a_question_is_no_open_question() -> None:
    reading = read("How about taking a walk?", "en")
    assert reading.open_questions == 0
    assert reading.cues["advice"] >= 1


def test_curly_apostrophes_are_read_like_straight_ones() -> None:
    curly, straight = "It’s not a big deal, don’t worry.", "It's not a big deal, don't worry."
    assert read(curly, "en").cues == read(straight, "en").cues


def test_words_meet_across_their_endings() -> None:
    assert read("She argued, worries, exams", "en").terms == read("arguing worry exam", "en").terms


def test_cues_match_whole_words_only() -> None:
    assert not cues("en").find(["thanksgiving"])
    assert "thanks" in {group for group, _ in cues("en").find(["many", "thanks"])}


@given(text=st.text(max_size=300), before=st.lists(st.text(max_size=60), max_size=5), risk=st.booleans())
@settings(max_examples=150)
def test_every_value_is_from_0_to_1_whatever_is_said(text: str, before: list[str], *, risk: bool) -> None:
    transcript = [Message("assistant" if place % 2 else "user", said) for place, said in enumerate(before)]
    for language in LANGUAGES:
        appraisal = appraise(text, transcript, language, risk=risk)
        values = [getattr(appraisal, name) for name in Appraisal.__struct_fields__]
        assert all(0.0 <= value <= 1.0 for value in values)
        assert appraisal.early_advice <= appraisal.advice


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_turn_without_end_is_read_as_fast_as_a_long_one(language: Language, talk: Talk) -> None:
    cues(language)
    endless = TURNS["advice"][language] * 5000
    assert len(endless) > 100_000
    start = time.perf_counter()
    appraise(endless, talk(SEEKER[language]), language)
    assert time.perf_counter() - start < 0.1


@pytest.mark.parametrize("language", LANGUAGES)
def test_appraisal_takes_well_under_a_millisecond(language: Language, talk: Talk) -> None:
    before = talk(*[SEEKER[language], TURNS["reflection"][language]] * 6, SEEKER[language])
    turn = TURNS["reflection"][language] + TURNS["advice"][language]
    times = []
    for number in range(200):
        start = time.perf_counter()
        appraise(f"{turn} {number}", before, language)
        times.append(time.perf_counter() - start)
    assert median(times) < 1e-3  # alone on its core it takes a tenth of this
