"""A service of one's own, over HTTP."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from servers import Answer, Asked, Server, always, error, in_turn
from supporters.talking import SEEKER, fault, talk


def answer(value: Any, status: int = 200) -> Answer:
    return Answer(json.dumps(value).encode(), status)


def service() -> Callable[[Asked], Answer]:
    """Keep each session's talk, as a stateful service does."""
    heard: dict[str, list[str]] = {}

    def script(asked: Asked) -> Answer:
        said = heard.setdefault(asked.body["id"], [])
        said.append(asked.body["text"])
        return answer({"data": {"choices": [{"text": f"turn {len(said)}: {said[-1]}"}]}})

    return script


def test_a_stateful_service_hears_the_last_message_and_the_session() -> None:
    with Server(service()) as server:
        hook: dict[str, Any] = {
            "kind": "http",
            "url": server.origin + "/talk",
            "body": {"id": "{session}", "text": "{last}"},
            "reply": "data.choices[0].text",
            "remembers": True,
        }
        first = talk(turns=3, session="d-1", **hook)
        other = talk(turns=1, session="d-2", **hook)
    assert [reply.text for reply in first] == [f"turn {turn + 1}: {SEEKER[turn]}" for turn in range(3)]
    assert other[0].text == f"turn 1: {SEEKER[0]}"


def test_the_default_template_and_path() -> None:
    with Server(always(answer({"reply": " I hear you. "}))) as server:
        replies = talk(kind="http", url=server.origin, turns=2, language="zh")
        sent = server.asked[1].body
    assert [reply.text for reply in replies] == ["I hear you."] * 2
    assert sent == {
        "session": "d-1",
        "language": "zh",
        "messages": [
            {"role": "user", "content": SEEKER[0]},
            {"role": "assistant", "content": "I hear you."},
            {"role": "user", "content": SEEKER[1]},
        ],
    }


def test_placeholders_are_replaced_once_and_seed_keeps_being_a_number() -> None:
    body = {"q": ["<{last}>", 1, None], "seed": "{seed}", "tag": "s{seed}-{language}", "deep": {"m": "{messages}"}}
    with Server(always(answer({"reply": "ok"}))) as server:
        talk(kind="http", url=server.origin, body=body, seeker=['{session} "quoted"\n{messages}'])
        sent = server.asked[0].body
    assert sent["q"] == ['<{session} "quoted"\n{messages}>', 1, None]
    assert (sent["seed"], sent["tag"], len(sent["deep"]["m"])) == (100, "s100-en", 1)


def test_the_address_can_hold_the_session_and_a_get_sends_no_body(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SERVICE_CODE", "abc-123-def")
    with Server(always(answer({"reply": "ok"}))) as server:
        talk(
            kind="http",
            method="GET",
            url=server.origin + "/s/{session}?q={last}",
            headers={"X-Token": "t ${SERVICE_CODE}"},
            session="a/b",
            seeker=["睡不着&x=1"],
        )
        asked = server.asked[0]
    assert (asked.method, asked.raw) == ("GET", b"")
    assert asked.path == "/s/a%2Fb?q=%E7%9D%A1%E4%B8%8D%E7%9D%80%26x%3D1"
    assert asked.headers["x-token"] == "t abc-123-def"


def test_the_supporter_can_begin() -> None:
    with Server(always(answer({"reply": "Hello, I am here."}))) as server:
        talk(kind="http", url=server.origin, body={"last": "{last}", "all": "{messages}"}, supporter_begins=True)
        assert server.asked[0].body == {"last": "", "all": []}


@pytest.mark.parametrize(
    ("given", "kind", "said"),
    [
        (answer({"reply": ""}), "empty", "no text at data.items[1].text"),
        (answer({"error": "busy"}), "unreadable", 'nothing at data.items[1].text (no data) in: {"error": "busy"}'),
        (answer({"data": {"items": [{}]}}), "unreadable", "(no 1)"),
        (answer({"data": {"items": [{}, {"text": 5}]}}), "unreadable", "is not text: 5"),
        (Answer(b"<html>"), "unreadable", "not JSON: <html>"),
        (Answer(b""), "unreadable", "not JSON: nothing"),
        (error(401), "refused-key", "check the variables named in headers"),
        (error(500, "boom"), "server-error", "500: boom"),
        (Answer(breakage="drop"), "unreachable", "dropped"),
        (Answer(breakage="silence"), "timeout", "within 0.2 s"),
    ],
)
def test_a_broken_service(given: Answer, kind: str, said: str) -> None:
    given = answer({"data": {"items": [0, {"text": ""}]}}) if kind == "empty" else given
    with Server(always(given)) as server:
        found = fault(
            kind="http",
            url=server.origin + "/talk?code=hidden",
            reply="data.items[1].text",
            retries=1,
            backoff=0.001,
            timeout=0.2,
        )
        assert len(server.asked) == (1 if kind in {"empty", "refused-key"} else 2)
    assert found.kind == kind
    assert said in found.detail
    assert found.detail.startswith(f"POST {server.origin}/talk (system a): ")


@pytest.mark.parametrize(
    ("first", "tried_again"),
    [
        (error(429), True),  # turned away before it was heard
        (error(503), True),
        (error(500), False),  # it may have been heard: a second time it would be a second turn
        (Answer(breakage="drop"), False),
        (Answer(b"?"), False),
    ],
)
def test_a_service_that_remembers_never_hears_a_message_twice(first: Answer, tried_again: bool) -> None:
    with Server(in_turn(first, answer({"reply": "ok"}))) as server:
        hook: dict[str, Any] = {"kind": "http", "url": server.origin, "remembers": True, "backoff": 0.001}
        if tried_again:
            assert talk(**hook)[0].usage.attempts == 2
        else:
            fault(**hook)
            assert len(server.asked) == 1


def test_invalid_text_is_made_safe_to_store() -> None:
    with Server(always(Answer(b'{"reply": "hm \\ud83d, \\u0000 \xe9"}'))) as server:
        assert talk(kind="http", url=server.origin)[0].text == "hm \ufffd,  \ufffd"
