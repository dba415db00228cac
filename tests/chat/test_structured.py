"""Structured answers: what is sent, what is read, and what is never guessed."""

import asyncio
from typing import Annotated, Any, Literal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat.asking import HELLO, endpoint, with_model
from hardseek.chat import FaultError, Message
from hardseek.chat.client import ChatModel
from hardseek.chat.json_object import NotOneObject, one_object
from hardseek.chat.schema import shape_in_words, strict_schema
from hardseek.chat.structured import Structured, ask
from hardseek.language import Language
from servers import Answer, Asked, Script, Server, always, completion, error, in_turn


class Verdict(msgspec.Struct):
    why: str
    score: Literal[0, 1, 2, 3, 4]


class Inner(msgspec.Struct):
    kind: Literal["a", "b"]
    share: Annotated[float, msgspec.Meta(ge=0, le=1)]


class Outer(msgspec.Struct):
    parts: list[Inner]
    note: str | None
    sure: bool


GOOD = '{"why": "it says so", "score": 3}'
VERDICT = Verdict("it says so", 3)


def asked(server: Server, **given: Any) -> Structured[Verdict]:
    return with_model(server, lambda model: ask(model, HELLO, Verdict, name="verdict", **given))


def refused(script: Script | Answer, **given: Any) -> tuple[FaultError, Server]:
    with Server(script if not isinstance(script, Answer) else always(script)) as server:
        with pytest.raises(FaultError) as caught:
            asked(server, **given)
        return caught.value, server


def test_values_with_what_they_took() -> None:
    with Server(always(completion(GOOD))) as server:
        found = asked(server, seed=5)
    assert (found.value, found.repaired) == (VERDICT, False)
    assert (found.usage.tokens_in, found.usage.tokens_out, found.usage.attempts) == (7, 3, 1)
    assert server.asked[0].body["seed"] == 5


def test_the_schema_is_strict_and_the_prompt_says_the_shape() -> None:
    with Server(always(completion(GOOD))) as server:
        asked(server)
        body = server.asked[0].body
    assert body["response_format"] == {
        "type": "json_schema",
        "json_schema": {
            "name": "verdict",
            "strict": True,
            "schema": {
                "type": "object",
                "properties": {"why": {"type": "string"}, "score": {"type": "integer", "enum": [0, 1, 2, 3, 4]}},
                "required": ["why", "score"],
                "additionalProperties": False,
            },
        },
    }
    (message,) = body["messages"]
    assert message["role"] == "user"
    assert message["content"].startswith(HELLO[0].content)
    assert message["content"].endswith('{"why": string, "score": 0 | 1 | 2 | 3 | 4}')


def test_every_object_of_a_schema_is_closed_and_complete() -> None:
    schema = strict_schema(Outer)
    inner = schema["properties"]["parts"]["items"]
    assert schema["required"] == ["parts", "note", "sure"]
    assert inner["required"] == ["kind", "share"]
    assert schema["additionalProperties"] is inner["additionalProperties"] is False
    assert inner["properties"]["share"] == {"type": "number"}  # bounds are refused by some servers
    assert schema["properties"]["note"] == {"anyOf": [{"type": "string"}, {"type": "null"}]}
    assert shape_in_words(Outer) == (
        '{"parts": [{"kind": "a" | "b", "share": number >= 0, <= 1}, ...], "note": string | null, "sure": true | false}'
    )


def test_a_shape_with_a_default_is_refused_as_it_would_stand_for_what_was_left_out() -> None:
    class Lax(msgspec.Struct):
        score: int = 3

    with pytest.raises(TypeError, match=r"Lax\.score has a default"):
        strict_schema(Lax)


def test_a_shape_that_strict_modes_do_not_know_is_refused() -> None:
    class Odd(msgspec.Struct):
        table: dict[str, int]

    with pytest.raises(TypeError, match=r"Odd\.table"):
        strict_schema(Odd)


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        f"```json\n{GOOD}\n```",
        f"```\n{GOOD}\n```",
        f"Here is my verdict:\n{GOOD}\nLet me know if you need 2 or 4 more.",
        f"<think>score {{maybe}} 1? {{\"score\": 1}}</think>{GOOD}",
        f"As asked for ({{why, score}}): {GOOD}",
        f"{GOOD}\n{GOOD}",
        '{"score": 3.0, "why": "it says so", "certainty": 0.9}',
        '[{"why": "it says so", "score": 3}]',
    ],
    ids=["bare", "fenced", "fence-without-name", "in-prose", "reasoning", "braces-in-prose", "said-twice",
         "another-order-and-a-field-more", "in-a-list"],
)  # fmt: skip
def test_what_can_be_read(text: str) -> None:
    with Server(always(completion(text))) as server:
        found = asked(server)
    assert (found.value, found.repaired, server.count) == (VERDICT, False, 1)


def test_a_line_break_within_a_string_is_no_mistake() -> None:
    with Server(always(completion('{"why": "one\ntwo", "score": 0}'))) as server:
        assert asked(server).value == Verdict("one\ntwo", 0)


UNREADABLE = {
    "prose": ("I would give it 3 out of 4.", "there is no JSON object"),
    "a number": ("3", "there is no JSON object"),
    "two objects": (f'{GOOD} or else {{"why": "hm", "score": 1}}', "more than one JSON object"),
    "missing": ('{"why": "it says so"}', "missing required field `score`"),
    "wrong type": ('{"why": "it says so", "score": "3"}', r"Expected `int`, got `str`"),
    "a truth for a number": ('{"why": "it says so", "score": true}', r"Expected `int`, got `bool`"),
    "out of range": ('{"why": "it says so", "score": 7}', "Invalid enum value 7"),
    "in between": ('{"why": "it says so", "score": 2.5}', r"Expected `int`, got `float`"),
    "null": ('{"why": "it says so", "score": null}', r"Expected `int`, got `null`"),
    "not a number": ('{"why": "it says so", "score": NaN}', "broken"),
    "a key twice": ('{"why": "it says so", "score": 1, "score": 3}', "broken"),
    "quotes of another language": ("{'why': 'it says so', 'score': 3}", "broken"),
    "does not end": ('{"why": "it says so", "score": 3', "broken"),
    "whole inside what does not end": (f'{{"first": {GOOD}, "second":', "broken"),
    "refusal": ("I'm sorry, but I can't help with that.", "there is no JSON object"),
    "much too deep": ('{"a":' * 50_000, "broken"),
}


@pytest.mark.parametrize(("text", "wrong"), UNREADABLE.values(), ids=UNREADABLE)
def test_what_cannot_be_read_is_repaired_once(text: str, wrong: str) -> None:
    with Server(in_turn(completion(text), completion(GOOD))) as server:
        found = asked(server)
        first, second = (request.messages for request in server.asked)
    assert (found.value, found.repaired) == (VERDICT, True)
    assert (found.usage.tokens_in, found.usage.tokens_out, found.usage.attempts) == (14, 6, 2)
    assert second[: len(first)] == first
    assert [message["role"] for message in second[len(first) :]] == ["assistant", "user"]
    assert second[-2]["content"] == text[:4000]
    assert wrong in second[-1]["content"]


@pytest.mark.parametrize(("text", "wrong"), UNREADABLE.values(), ids=UNREADABLE)
def test_what_cannot_be_read_twice_is_a_fault_of_content_that_says_what_it_cost(text: str, wrong: str) -> None:
    caught, server = refused(completion(text))
    assert (caught.fault.kind, caught.fault.lasting, server.count) == ("malformed", True, 2)
    assert "no verdict in two answers" in caught.fault.detail
    assert "\n" not in caught.fault.detail
    assert (caught.usage.tokens_in, caught.usage.tokens_out, caught.usage.attempts) == (14, 6, 2)


def test_an_answer_that_was_cut_off_is_asked_for_again_shorter() -> None:
    with Server(in_turn(completion('{"why": "it sa', finish_reason="length"), completion(GOOD))) as server:
        assert asked(server).repaired
        assert "cut off, so write less" in server.asked[1].messages[-1]["content"]


def test_a_fault_is_told_in_english_whatever_the_talk_is_in() -> None:
    caught, server = refused(completion("三分吧"), language="zh")
    assert "没有 JSON 对象" in server.asked[1].messages[-1]["content"]
    assert "for there is no JSON object in it; it said: 三分吧;" in caught.fault.detail


def test_a_refusal_in_its_own_field_is_read_as_what_was_said() -> None:
    caught, _ = refused(completion(None, refusal="I won't rate this."))
    assert caught.fault.kind == "malformed"
    assert "I won't rate this." in caught.fault.detail


def test_an_empty_answer_is_a_fault_of_its_own_and_costs() -> None:
    caught, server = refused(completion("", finish_reason="length"))
    assert (caught.fault.kind, server.count) == ("empty", 1)
    assert (caught.usage.tokens_in, caught.usage.tokens_out, caught.usage.attempts) == (7, 3, 1)


def test_an_empty_repair_costs_both() -> None:
    caught, _ = refused(in_turn(completion("no"), completion("<think>hm</think>")))
    assert caught.fault.kind == "empty"
    assert (caught.usage.tokens_in, caught.usage.attempts) == (14, 2)


def takes_no_schemas(status: int) -> Script:
    def script(request: Asked) -> Answer:
        return error(status, "unknown field") if "response_format" in request.body else completion(GOOD)

    return script


@pytest.mark.parametrize("status", [400, 422])
def test_a_server_that_takes_no_schemas_is_asked_without_and_remembered(status: int) -> None:
    async def twice(model: ChatModel) -> list[Structured[Verdict]]:
        return [await ask(model, HELLO, Verdict, name="verdict") for _ in range(2)]

    with Server(takes_no_schemas(status)) as server:
        first, second = with_model(server, twice)
        sent = ["response_format" in request.body for request in server.asked]
    assert first.value == second.value == VERDICT
    assert sent == [True, False, False]
    assert (first.usage.attempts, second.usage.attempts) == (2, 1)


def test_a_request_that_fails_without_a_schema_too_says_nothing_about_schemas() -> None:
    async def twice(model: ChatModel) -> tuple[FaultError, bool]:
        with pytest.raises(FaultError) as caught:
            await ask(model, HELLO, Verdict, name="verdict")
        return caught.value, model.takes_schemas

    with Server(always(error(400, "too many tokens"))) as server:
        caught, takes = with_model(server, twice)
    assert (caught.fault.kind, takes, server.count) == ("bad-request", True, 2)
    assert caught.usage.attempts == 2


def test_a_key_that_is_refused_is_not_tried_without_a_schema() -> None:
    caught, server = refused(error(401))
    assert (caught.fault.kind, server.count) == ("refused-key", 1)


def test_a_format_of_the_endpoint_s_own_stands() -> None:
    own = {"type": "json_object"}
    with Server(always(completion(GOOD))) as server:
        with_model(
            server, lambda model: ask(model, HELLO, Verdict, name="verdict"), extra_body={"response_format": own}
        )
        assert server.asked[0].body["response_format"] == own
        assert server.asked[0].raw.count(b"response_format") == 1


def too_short(verdict: Verdict) -> str | None:
    return "`why` needs a sentence" if len(verdict.why) < 12 else None


def test_what_a_check_finds_wrong_is_repaired_like_the_rest() -> None:
    with Server(in_turn(completion(GOOD), completion('{"why": "it says so twice", "score": 4}'))) as server:
        found = asked(server, check=too_short)
        assert "`why` needs a sentence" in server.asked[1].messages[-1]["content"]
    assert (found.value.score, found.repaired) == (4, True)
    caught, _ = refused(completion(GOOD), check=too_short)
    assert (caught.fault.kind, "needs a sentence" in caught.fault.detail) == ("malformed", True)


@pytest.mark.parametrize(("language", "words"), [("en", "Answer with one JSON object"), ("zh", "只回答一个")])
def test_the_shape_is_asked_for_in_the_language_of_the_prompt(language: Language, words: str) -> None:
    with Server(always(completion(GOOD))) as server:
        asked(server, language=language)
        assert words in server.asked[0].messages[-1]["content"]


def test_the_shape_follows_what_is_not_the_user_s_as_a_message_of_its_own() -> None:
    async def go() -> None:
        model = ChatModel(endpoint(server))
        talk = [Message("user", "Hello."), Message("assistant", "Hi.")]
        await ask(model, talk, Verdict, name="verdict")
        await model.close()

    with Server(always(completion(GOOD))) as server:
        asyncio.run(go())
        assert [message["role"] for message in server.asked[0].messages] == ["user", "assistant", "user"]


@given(st.dictionaries(st.text(), st.one_of(st.text(), st.integers(), st.booleans(), st.none())), st.booleans())
def test_an_object_is_found_whatever_its_strings_hold(value: dict[str, Any], spaced: bool) -> None:
    text = msgspec.json.encode(value).decode()
    assert one_object(f"so }} then:\n```json\n{text}\n``` done" if spaced else text) == value


@given(st.text(alphabet='{}[]":,\\ a1\n', max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        assert isinstance(one_object(text), dict)
    except NotOneObject as refusal:
        assert refusal.why in {"none", "several", "broken"}
