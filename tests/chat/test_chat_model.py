"""What a chat model sends, and what it makes of good answers."""

import asyncio
import json
from typing import Any

import pytest

from chat.asking import HELLO, ask, endpoint, with_model
from hardseek.chat import Message
from hardseek.chat.client import ChatModel
from hardseek.errors import Refused
from servers import Answer, Server, always, completion, echo


def test_an_answer_with_what_it_took() -> None:
    with Server(always(completion("That sounds hard.").later(0.02))) as server:
        answer = ask(server)
    assert answer.text == "That sounds hard."
    assert (answer.usage.model, answer.usage.finish_reason) == ("served", "stop")
    assert (answer.usage.tokens_in, answer.usage.tokens_out, answer.usage.attempts) == (7, 3, 1)
    assert answer.usage.latency is not None
    assert 0.02 <= answer.usage.latency < 1


def test_what_is_sent() -> None:
    with Server() as server:
        ask(
            server,
            [Message("system", "Be kind."), Message("user", "我睡不着“真的”\n\t…")],
            seed=2**31 - 1,
            sampling={"temperature": 0.7, "max_tokens": 200, "stop": ["\n"]},
            extra_body={"chat_template_kwargs": {"enable_thinking": False}},
            headers={"X-Team": "esc"},
        )
        asked = server.asked[0]
    assert (asked.method, asked.path) == ("POST", "/v1/chat/completions")
    assert asked.headers["content-type"] == "application/json"
    assert asked.headers["x-team"] == "esc"
    assert "authorization" not in asked.headers
    assert asked.body == {
        "model": "m",
        "temperature": 0.7,
        "max_tokens": 200,
        "stop": ["\n"],
        "chat_template_kwargs": {"enable_thinking": False},
        "messages": [{"role": "system", "content": "Be kind."}, {"role": "user", "content": "我睡不着“真的”\n\t…"}],
        "seed": 2**31 - 1,
    }


@pytest.mark.parametrize(
    ("fields", "sent"),
    [({"sampling": {"seeded": False}}, None), ({"extra_body": {"seed": 5}}, 5), ({}, 9)],
)
def test_the_seed_is_left_to_the_endpoint_where_it_says_so(fields: dict[str, Any], sent: int | None) -> None:
    with Server() as server:
        ask(server, seed=9, **fields)
        assert server.asked[0].body.get("seed") == sent
        assert server.asked[0].raw.count(b'"seed"') == (sent is not None)


@pytest.mark.parametrize(
    ("base", "path"),
    [
        ("/v1", "/v1/chat/completions"),
        ("/v1/", "/v1/chat/completions"),
        ("/v1/chat/completions", "/v1/chat/completions"),
        ("", "/chat/completions"),
        ("/deployments/a%2Fb?api-version=2", "/deployments/a%2Fb/chat/completions?api-version=2"),
    ],
)
def test_where_it_is_sent(base: str, path: str) -> None:
    with Server() as server:
        ask(server, base_url=server.origin + base)
        assert server.asked[0].path == path


@pytest.mark.parametrize("name", ["messages", "stream"])
def test_extra_body_cannot_take_over(name: str) -> None:
    with Server() as server, pytest.raises(Refused, match=rf"extra_body\.{name}"):
        ChatModel(endpoint(server, extra_body={name: True}))


@pytest.mark.parametrize(
    ("base", "said"),
    [
        ("http://me:hunter2hunter2@localhost/v1", "http://localhost/v1: take the name and password out"),
        ("http://me:hunter2hunter2@local:host/v1", "http://local:host/v1: not an address"),
        ("http://", "http://: not an address"),
    ],
)
def test_an_address_that_cannot_be_used_is_refused_without_its_password(base: str, said: str) -> None:
    with Server() as server, pytest.raises(Refused) as refused:
        ChatModel(endpoint(server, base_url=base))
    assert said in str(refused.value)
    assert "hunter2" not in str(refused.value)


def test_content_in_parts_leaves_out_what_is_not_said() -> None:
    parts = [
        {"type": "thinking", "thinking": [{"type": "text", "text": "hm"}]},
        {"type": "reasoning", "text": "secret plan"},
        {"type": "text", "text": "I hear "},
        {"type": "text", "text": "you."},
    ]
    with Server(always(completion(None, content=parts))) as server:
        assert ask(server).text == "I hear you."


def test_reasoning_is_left_out_in_either_form() -> None:
    apart = completion("I hear you.", reasoning_content="secret plan", reasoning="secret plan")
    within = completion("<think>\nsecret plan\n</think>\n\nI hear you.")
    for answer in (apart, within):
        with Server(always(answer)) as server:
            assert ask(server).text == "I hear you."


def test_a_refusal_is_what_the_model_says() -> None:
    with Server(always(completion(None, refusal="I can't help with that."))) as server:
        assert ask(server).text == "I can't help with that."


def test_fields_of_other_servers_are_passed_over() -> None:
    answer = {"choices": [{"message": {"content": "Hi", "tool_calls": []}, "logprobs": None}], "timings": {"a": 1}}
    with Server(always(Answer(json.dumps(answer).encode()))) as server:
        usage = ask(server).usage
    assert (usage.model, usage.tokens_in, usage.finish_reason) == (None, None, None)


def test_invalid_text_is_made_safe_to_store() -> None:
    surrogate = completion("I hear you \ud83d, really\0").body
    assert b"\\ud83d," in surrogate
    latin = surrogate.replace(b"\\ud83d", b"\xe9")
    for body in (surrogate, latin):
        with Server(always(Answer(body))) as server:
            text = ask(server).text
        assert text == "I hear you \ufffd, really"
        assert text.encode()


def test_a_lone_surrogate_of_ours_is_made_safe_to_send() -> None:
    with Server() as server:
        ask(server, [Message("user", "hm \ud83d")])
        assert server.asked[0].messages[0]["content"] == "hm \ufffd"


def test_a_reply_of_200_kb_comes_whole() -> None:
    long = "还是很难受。" * 34_000
    with Server(always(completion(long))) as server:
        assert ask(server).text == long


def test_models_of_one_server_share_connections_and_the_lower_limit() -> None:
    async def go() -> None:
        models = [ChatModel(endpoint(server, model=name, concurrency=limit)) for name, limit in (("a", 8), ("b", 3))]
        for model in models:
            await model.complete(HELLO)
        await asyncio.gather(*(model.complete(HELLO) for model in models for _ in range(10)))
        await models[0].close()
        await models[1].complete(HELLO)
        await models[1].close()

    with Server(lambda asked: echo(asked).later(0.005)) as server:
        asyncio.run(go())
        assert server.most_at_once == 3
        assert server.connected == 3
        assert {asked.body["model"] for asked in server.asked} == {"a", "b"}


def test_a_model_outlives_an_event_loop() -> None:
    with Server() as server:
        model = ChatModel(endpoint(server))

        async def once() -> str:
            text = (await model.complete(HELLO)).text
            await model.close()
            return text

        assert asyncio.run(once()) == asyncio.run(once())


def test_closing_twice_does_no_harm() -> None:
    async def use(model: ChatModel) -> None:
        await model.complete(HELLO)
        await model.close()

    with Server() as server:
        with_model(server, use)


def test_the_environments_proxy_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    with Server() as proxy, Server() as server:
        monkeypatch.setenv("http_proxy", proxy.origin)
        ask(server, base_url="http://models.invalid/v1")
        assert proxy.asked[0].path == "http://models.invalid/v1/chat/completions"
        monkeypatch.setenv("no_proxy", "127.0.0.1")
        ask(server)
        assert len(server.asked) == 1
