"""The protocol of the worst-case framework: plan an emotion, word it, leave by a mark."""

import asyncio
import json
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from hardseek.chat import FaultError, Message
from hardseek.language import LANGUAGES, Language, detect
from hardseek.seekers import Emotion, Part, Trace, Utterance
from hardseek.seekers.conditions import packaged_conditions
from hardseek.seekers.emotions import emotion_labels, emotion_name
from hardseek.seekers.protocols.emotion_prompts import behaviours_on
from hardseek.seekers.spec import EmotionPlannerSeeker, build_seeker
from servers import Answer, Asked, Script, Server, always, completion, in_turn

MakePart = Callable[..., Part]
VOLATILE = {"emotional_volatility": 0.8}
ALL = {"low_engagement": 0.8, "resistance": 0.8, "limited_disclosure": 0.8, "negative_interpretation": 0.8, **VOLATILE}
TALK = (Message("user", "bad week"), Message("assistant", "What made it so bad?"))


def planned(label: str = "sadness", **more: str) -> str:
    return json.dumps({"label": label, "description": "You feel heavy.", **more}, ensure_ascii=False)


def plays(label: str = "sadness", says: str = "dunno", reason: str = "nobody asked") -> Script:
    """Plan for the planner, word for the speaker."""

    def script(asked: Asked) -> Answer:
        if "response_format" not in asked.body:
            return completion(says)
        further = "reason" in asked.body["response_format"]["json_schema"]["schema"]["properties"]
        return completion(planned(label, reason=reason) if further else planned(label))

    return script


def speak(
    server: Server, part: Part, talk: Sequence[Message] = (), last: Trace | None = None, **fields: Any
) -> Utterance:
    plain = {"kind": "emotion-planner", "base_url": server.base_url, "model": "m", "backoff": 0.001, **fields}

    async def go() -> Utterance:
        seeker = build_seeker(EmotionPlannerSeeker.model_validate(plain))
        try:
            return await seeker.speak(part, talk, last)
        finally:
            await seeker.close()

    return asyncio.run(go())


def test_an_emotion_is_planned_and_then_worded(part: MakePart) -> None:
    with Server(plays()) as server:
        first = speak(server, part())
        plan, words = server.asked
    assert (first.text, first.trace) == ("dunno", Trace(emotion=Emotion("sadness", "You feel heavy.")))
    assert "response_format" in plan.body
    assert "response_format" not in words.body
    assert words.messages[0]["role"] == "system"
    assert "sadness. You feel heavy." in words.messages[-1]["content"]
    assert (first.usage.tokens_in, first.usage.attempts) == (14, 2)


def test_from_the_second_turn_on_there_is_a_reason_and_the_emotion_before(part: MakePart) -> None:
    last = Trace(emotion=Emotion("anger", "You boil."))
    with Server(plays("disappointment")) as server:
        second = speak(server, part(), TALK, last)
        plan, words = server.asked
    assert second.trace.emotion == Emotion("disappointment", "You feel heavy.", "nobody asked")
    assert "anger" in plan.messages[-1]["content"]
    assert "Supporter: What made it so bad?" in plan.messages[-1]["content"]
    assert [message["role"] for message in words.messages] == ["system", "user", "assistant", "user"]
    assert words.messages[-1]["content"].startswith("What made it so bad?\n\n[")
    assert "Why: nobody asked" in words.messages[-1]["content"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_prompts_are_in_the_language_of_the_card_and_offer_all_labels(language: Language, part: MakePart) -> None:
    with Server(plays()) as server:
        speak(server, part(language, **ALL), TALK, Trace(emotion=Emotion("sadness")))
        prompts = [
            message["content"] for asked in server.asked for message in asked.messages if "\n" in message["content"]
        ]
        guide = server.asked[0].messages[0]["content"]
    assert all(detect(text) == language for text in prompts if "JSON" not in text)
    assert all(label.name in guide for label in emotion_labels())
    assert all("{" not in asked.messages[0]["content"] for asked in server.asked)
    if language == "zh":
        assert "悲伤（sadness）" in guide
        assert "上一条的情绪是：悲伤" in server.asked[0].messages[-1]["content"]


@pytest.mark.parametrize("label", ["sadness", "悲伤", "难过", " Sadness "])
def test_labels_are_stored_under_their_english_names(label: str, part: MakePart) -> None:
    with Server(plays(label)) as server:
        emotion = speak(server, part("zh")).trace.emotion
    assert emotion is not None
    assert emotion.label == "sadness"
    assert emotion_name(label) == "sadness"


def test_a_label_outside_the_set_is_asked_for_once_more(part: MakePart) -> None:
    with Server(in_turn(completion(planned("fatigue")), completion(planned("grief")), completion("dunno"))) as server:
        first = speak(server, part())
        assert "'fatigue'" in server.asked[1].messages[-1]["content"]
    assert first.trace.emotion == Emotion("grief", "You feel heavy.")
    assert first.usage.attempts == 3


@pytest.mark.parametrize(
    "answer", [planned("fatigue"), "I feel sad.", '{"label": "grief"}'], ids=["label", "prose", "short"]
)
def test_a_plan_that_is_wrong_twice_is_a_fault_of_content(answer: str, part: MakePart) -> None:
    with Server(always(completion(answer))) as server:
        with pytest.raises(FaultError) as caught:
            speak(server, part())
        assert server.count == 2
    assert (caught.value.fault.kind, caught.value.fault.lasting) == ("malformed", True)
    assert caught.value.usage.attempts == 2


def forced(part: Part, turns: int) -> list[bool]:
    """Tell at which turns it is ordered to get worse, as the trace and the prompt have it."""
    found = []
    with Server(plays()) as server:
        for turn in range(1, turns + 1):
            said = speak(server, part, TALK * turn, Trace(emotion=Emotion("sadness")))
            assert said.trace.emotion is not None
            told = "gets worse, whatever" in server.asked[-2].messages[-1]["content"]
            assert told == said.trace.emotion.forced
            found.append(told)
    return found


def test_it_gets_worse_by_keyed_luck_only_where_volatility_is_on(part: MakePart) -> None:
    worse = [at for replicate in range(4) for at in forced(part(replicate=replicate, **VOLATILE), 10)]
    # 40 draws at 0.3: within 4 standard deviations of 12.
    assert 1 <= sum(worse) <= 23
    assert worse[:10] == forced(part(**VOLATILE), 10), "the same luck every time"
    assert not any(forced(part(low_engagement=0.9), 10))
    assert not any(forced(part(emotional_volatility=0.29), 10))


def test_the_chance_of_getting_worse_is_the_published_one(part: MakePart) -> None:
    draws = [part(replicate=r).luck.chance(0.3, turn, "deterioration") for r in range(200) for turn in range(1, 20)]
    assert sum(draws) / len(draws) == pytest.approx(0.3, abs=0.03)


def test_the_first_turn_never_gets_worse_as_nothing_came_before(part: MakePart) -> None:
    for replicate in range(15):
        with Server(plays()) as server:
            emotion = speak(server, part(replicate=replicate, **VOLATILE)).trace.emotion
        assert emotion is not None
        assert not emotion.forced


@pytest.mark.parametrize(
    ("label", "leaving"),
    [("relief", "resolved"), ("gratitude", "resolved"), ("anger", "withdrew"), ("neutral", "withdrew"),
     ("confusion", "withdrew"), ("realization", "withdrew")],
)  # fmt: skip
def test_only_a_pleasant_last_emotion_counts_as_resolved(label: str, leaving: str, part: MakePart) -> None:
    with Server(plays(label, "ok, i'm off then. <END>")) as server:
        last = speak(server, part(), TALK, Trace(emotion=Emotion("sadness")))
    assert last.text == "ok, i'm off then."
    assert last.trace.ending == last.trace.leaving == leaving
    assert last.trace.emotion is not None
    assert last.trace.emotion.label == label, "the emotion at the end is kept"


def test_without_the_mark_nobody_leaves(part: MakePart) -> None:
    with Server(plays("relief", "thanks, bye!")) as server:
        assert speak(server, part(), TALK, Trace(emotion=Emotion("sadness"))).trace.ending is None


def test_the_mark_alone_is_no_message(part: MakePart) -> None:
    answers = (completion(planned(reason="x")), completion("<END>"), completion("forget it <END>"))
    with Server(in_turn(*answers)) as server:
        last = speak(server, part(), TALK, Trace(emotion=Emotion("sadness")))
        assert "no message in it" in server.asked[2].messages[-1]["content"]
    assert (last.text, last.trace.ending, last.usage.attempts) == ("forget it", "withdrew", 3)
    with Server(plays(says="<END>")) as server, pytest.raises(FaultError) as caught:
        speak(server, part(), TALK, Trace(emotion=Emotion("sadness")))
    assert (caught.value.fault.kind, caught.value.usage.attempts) == ("empty", 3)


def test_the_planner_can_be_another_model_with_room_of_its_own(part: MakePart) -> None:
    with Server(plays()) as planner, Server(plays()) as server:
        speak(server, part(), sampling={"max_tokens": 40}, planner={"base_url": planner.base_url, "model": "p"})
        assert (planner.asked[0].body["model"], "max_tokens" in planner.asked[0].body) == ("p", False)
        assert (server.asked[0].body["model"], server.asked[0].body["max_tokens"]) == ("m", 40)
    with Server(plays()) as server:
        speak(server, part(), sampling={"max_tokens": 40})
        assert [asked.body["max_tokens"] for asked in server.asked] == [540, 40]


def test_what_the_plan_cost_is_told_when_the_words_fail(part: MakePart) -> None:
    with Server(in_turn(completion(planned()), completion(""))) as server, pytest.raises(FaultError) as caught:
        speak(server, part())
    assert (caught.value.fault.kind, caught.value.usage.attempts) == ("empty", 2)


def test_behaviours_are_on_or_off() -> None:
    on = {name: behaviours_on(condition.profile) for name, condition in packaged_conditions().items()}
    assert on["average"] == ()
    assert on["volatility"] == ("emotional_volatility",)
    assert on["worst-2026"] == ("low_engagement", "resistance", "limited_disclosure", "emotional_volatility")
    assert len(on["worst"]) == 5


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_behaviour_changes_the_prompts_of_both_models(language: Language, part: MakePart) -> None:
    def guides(**profile: object) -> list[str]:
        with Server(plays()) as server:
            speak(server, part(language, **profile))
            return [asked.messages[0]["content"] for asked in server.asked]

    plain = guides()
    for axis in ALL:
        assert all(one != other for one, other in zip(plain, guides(**{axis: 0.8}), strict=True)), axis
    arguing = guides(resistance=0.8, resistance_form="arguing")
    assert arguing != guides(resistance=0.8)


def test_seeds_follow_the_turn_and_the_luck_alone(part: MakePart) -> None:
    def seeds(replicate: int, says: str) -> list[int]:
        with Server(plays()) as server:
            speak(server, part(replicate=replicate), (Message("user", says), TALK[1]), Trace(emotion=Emotion("fear")))
            return [asked.body["seed"] for asked in server.asked]

    assert seeds(0, "one") == seeds(0, "two") != seeds(1, "one")
    assert len(set(seeds(0, "one"))) == 2


def test_a_supporter_that_wrote_first_is_taken_into_account(part: MakePart) -> None:
    with Server(plays()) as server:
        first = speak(server, part(), (Message("assistant", "Hello, how are you?"),))
        assert "Hello, how are you?" in server.asked[0].messages[-1]["content"]
        assert [message["role"] for message in server.asked[1].messages] == ["system", "user"]
    assert first.trace.emotion == Emotion("sadness", "You feel heavy.", "nobody asked")
