"""The built-in controls: what they say to whom, and that they say it for the same reasons every time."""

import asyncio
import re
import statistics
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardseek.chat import Message
from hardseek.errors import Refused
from hardseek.language import LANGUAGES, Language, detect
from hardseek.seekers.appraisal import appraise, read
from hardseek.supporters import Talk
from hardseek.supporters.builtin import BUILTIN_NAMES, build_builtin, control, describe
from hardseek.supporters.builtin.phrases import phrases
from hardseek.supporters.builtin.supporter import answer

SEEKER: dict[Language, tuple[str, ...]] = {
    "en": (
        "My boss keeps giving me the work nobody else wants, and I'm exhausted.",
        "I was at my desk until ten every night this week.",
        "My sister says I should be grateful to have a salary at all.",
        "Last month I missed my daughter's concert because of a spreadsheet.",
        "I can't picture quitting, we have the mortgage.",
        "My hands shake on the train every morning.",
    ),
    "zh": (
        "领导总把别人不要的活儿塞给我，我真的很累。",
        "这一周我天天加班到十点才走。",
        "我姐说有份工资就该知足了。",
        "上个月为了赶报表，我错过了女儿的演出。",
        "辞职我想都不敢想，房贷还压着呢。",
        "每天早上坐地铁，我的手都在抖。",
    ),
}


def say(name: str, language: Language, *turns: str, seed: int = 7) -> str:
    """Return the last reply of a control to these seeker's turns."""
    return dialogue(name, language, turns, seed)[-1].content


def dialogue(name: str, language: Language, turns: tuple[str, ...], seed: int) -> list[Message]:
    messages: list[Message] = []
    for place, turn in enumerate(turns):
        messages.append(Message("user", turn))
        messages.append(Message("assistant", answer(control(name), Talk("a", language, seed + place), messages)))
    return messages


def appraised(name: str, language: Language, trait: str) -> float:
    """Return the mean of a trait of the appraisal over dialogues with the seeker above."""
    values = []
    for seed in range(0, 1000, 50):
        messages = dialogue(name, language, SEEKER[language], seed)
        for place in range(1, len(messages), 2):
            values.append(float(getattr(appraise(messages[place].content, messages[:place], language), trait)))
    return statistics.mean(values)


@pytest.mark.parametrize("name", BUILTIN_NAMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_control_answers_in_the_language_of_the_talk(name: str, language: Language) -> None:
    for place in range(1, len(SEEKER[language])):
        assert detect(say(name, language, *SEEKER[language][:place])) == language


@pytest.mark.parametrize("name", BUILTIN_NAMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_control_can_begin(name: str, language: Language) -> None:
    assert answer(control(name), Talk("a", language, 1), [])


@pytest.mark.parametrize("name", BUILTIN_NAMES)
def test_the_supporter_says_what_the_engine_words_whatever_the_session_is_called(name: str) -> None:
    supporter = build_builtin(name)
    messages = [Message("user", SEEKER["en"][0])]
    reply = asyncio.run(supporter.reply(Talk("one", "en", 3), messages))
    assert reply.text == answer(control(name), Talk("another", "en", 3), messages)
    assert not supporter.remembers


def test_another_seed_gives_another_wording() -> None:
    assert len({say("balanced-helper", "en", SEEKER["en"][0], seed=seed) for seed in range(30)}) > 5


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("trait", ["understanding", "validation", "open_question"])
def test_good_controls_are_above_every_poor_one(language: Language, trait: str) -> None:
    values = {name: appraised(name, language, trait) for name in BUILTIN_NAMES}
    good = [value for name, value in values.items() if control(name).quality == "good"]
    poor = [value for name, value in values.items() if control(name).quality == "poor"]
    assert min(good) > max(poor) + 0.1, values


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("name", "trait"),
    [
        ("early-adviser", "early_advice"),
        ("cheerleader", "minimising"),
        ("template-repeater", "template"),
        ("template-repeater", "repetition"),
        ("interrogator", "interrogation"),
    ],
)
def test_a_poor_control_fails_in_its_own_way(language: Language, name: str, trait: str) -> None:
    others = [appraised(other, language, trait) for other in BUILTIN_NAMES if other != name]
    assert appraised(name, language, trait) > max(others) + 0.3


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_listener_never_advises_a_seeker_who_asks_for_nothing(language: Language) -> None:
    for seed in range(0, 1000, 50):
        for message in dialogue("reflective-listener", language, SEEKER[language], seed)[1::2]:
            marks = [phrase.mark for phrase in phrases(language)["suggest"]]
            assert not any(mark in message.content for mark in marks)


def test_the_helper_suggests_one_thing_with_leave_once_enough_was_told() -> None:
    said = [message.content for message in dialogue("balanced-helper", "en", SEEKER["en"], 7)[1::2]]
    bank = phrases("en")
    with_idea = [place for place, text in enumerate(said) if any(phrase.mark in text for phrase in bank["suggest"])]
    assert with_idea == [3]
    assert any(phrase.mark in said[3] for phrase in bank["ask-leave"])


def test_the_reflection_turns_the_person() -> None:
    reply = say("reflective-listener", "en", "My sister says I should be grateful to have a salary at all.")
    assert "your sister says you should be grateful to have a salary at all" in reply
    reply = say("reflective-listener", "zh", "我姐说有份工资就该知足了。")
    assert "你姐说有份工资就该知足了" in reply


@pytest.mark.parametrize(
    ("language", "turn"), [("en", "idk"), ("en", "i dont know, whatever"), ("zh", "嗯"), ("zh", "不知道")]
)
@pytest.mark.parametrize("name", ["balanced-helper", "reflective-listener"])
def test_a_few_words_are_met_without_pressure_and_without_parroting(name: str, language: Language, turn: str) -> None:
    for seed in range(40):
        reply = say(name, language, SEEKER[language][0], turn, seed=seed)
        assert turn not in re.sub(r"不知道怎么讲|嗯，不知道", "", reply).lower()
        assert any(phrase.mark in reply for phrase in phrases(language)["ease"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_complaint_is_met_with_an_apology(language: Language) -> None:
    complaint = "You don't get it." if language == "en" else "你根本没懂我在说什么。"
    reply = say("balanced-helper", language, SEEKER[language][0], complaint)
    assert ("sorry" in reply) if language == "en" else bool(re.search("对不起|抱歉|不好意思", reply))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["balanced-helper", "reflective-listener"])
def test_risk_is_asked_about_and_people_are_named_who_can_be_reached(name: str, language: Language) -> None:
    risk = "Sometimes I don't want to be here anymore." if language == "en" else "有时候真的不想活了。"
    yes = "yes" if language == "en" else "嗯"
    for turns in ((risk,), (risk, yes)):
        reply = say(name, language, SEEKER[language][0], *turns)
        assert read(reply, language).cues["risk_care"] >= 1
        assert re.search("crisis line", reply) if language == "en" else re.search("热线", reply)


def test_who_it_is_and_what_to_do_is_answered() -> None:
    assert "program" in say("balanced-helper", "en", "Are you a bot?")
    assert "程序" in say("balanced-helper", "zh", "你是机器人吗？")
    first = say("balanced-helper", "en", SEEKER["en"][0], "What should I do?")
    second = say("balanced-helper", "en", *SEEKER["en"][:3], "What should I do?")
    assert not any(phrase.mark in first for phrase in phrases("en")["suggest"])
    assert any(phrase.mark in second for phrase in phrases("en")["suggest"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_moves_can_be_made_in_both_languages(language: Language) -> None:
    moves = {step.move for name in BUILTIN_NAMES for rule in control(name).rules for step in rule.say}
    assert moves == set(phrases(language))


@pytest.mark.parametrize("name", BUILTIN_NAMES)
def test_the_last_rules_of_a_control_leave_nothing_unanswered(name: str) -> None:
    kinds = {"silence", "risk", "complaint", "thanks", "identity", "advice-sought", "question", "brief", "telling"}
    always = [rule for rule in control(name).rules if not rule.told and not rule.unsaid]
    met = {kind for rule in always for kind in rule.heard or kinds}
    assert met == kinds


@given(turns=st.lists(st.text(max_size=80), max_size=6), seed=st.integers(0, 2**31 - 1))
@settings(max_examples=60)
def test_whatever_is_said_there_is_a_reply_and_always_the_same(turns: list[str], seed: int) -> None:
    for language in LANGUAGES:
        for name in BUILTIN_NAMES:
            first = dialogue(name, language, tuple(turns), seed)
            assert first == dialogue(name, language, tuple(turns), seed)
            assert all(message.content.strip() for message in first[1::2])


def test_a_turn_without_end_is_answered_at_once() -> None:
    endless = [Message("user", "so tired of my boss " * 10_000)]
    began = time.perf_counter()
    assert len(answer(control("balanced-helper"), Talk("a", "en", 1), endless)) < 500
    assert time.perf_counter() - began < 1


def test_an_unknown_name_is_refused_with_the_nearest() -> None:
    with pytest.raises(Refused, match="did you mean cheerleader"):
        build_builtin("cheer-leader")


@pytest.mark.parametrize("name", BUILTIN_NAMES)
def test_each_control_is_described_in_both_languages(name: str) -> None:
    assert detect(describe(name, "en")) == "en"
    assert detect(describe(name, "zh")) == "zh"
