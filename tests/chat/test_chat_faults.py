"""Broken servers: what is tried again, what is not, and what the user is told."""

import asyncio
import email.utils
import socket
import time
from typing import Any

import pytest

from chat.asking import HELLO, ask, endpoint, fault, with_model
from hardseek.chat import FaultError, FaultKind
from hardseek.chat.client import ChatModel
from hardseek.chat.retry import Backoff
from servers import Answer, Asked, Server, always, completion, echo, error, in_turn

GOOD = completion("I hear you.")


@pytest.mark.parametrize(
    ("answer", "kind", "said"),
    [
        (error(401, "Incorrect API key provided"), "refused-key", "401: Incorrect API key provided"),
        (error(403, "not for you"), "refused-key", "403: not for you"),
        (error(404, "The model `m` does not exist"), "unknown-model", "404: The model `m` does not exist"),
        (error(400, "max_tokens is too large"), "bad-request", "400: max_tokens is too large"),
        (error(402, "Insufficient Balance"), "bad-request", "402: Insufficient Balance"),
        (Answer(b'{"detail": [{"loc": ["body"], "msg": "bad"}]}', 422), "bad-request", '422: [{"loc": ["body"]'),
        (Answer(b"", 405), "bad-request", "405: no message"),
        (Answer(b"", 307, {"Location": "https://other.example/v1?k=v"}), "bad-request", "https://other.example/v1"),
        (error(429, "You exceeded your quota", code="insufficient_quota"), "rate-limited", "exceeded your quota"),
        (completion(""), "empty", "without text"),
        (completion(None), "empty", "without text"),
        (completion("<think>so much to think about", finish_reason="length"), "empty", "finish_reason length"),
        (completion("I", finish_reason="content_filter"), "filtered", "content_filter"),
        (error(400, "blocked", code="content_filter"), "filtered", "400: blocked"),
        (error(400, "Content Exists Risk"), "filtered", "Content Exists Risk"),
        (error(400, "inappropriate", code="data_inspection_failed"), "filtered", "inappropriate"),
    ],
)
def test_what_does_not_pass_is_told_at_once(answer: Answer, kind: FaultKind, said: str) -> None:
    found, server = fault(answer)
    assert found.kind == kind
    assert len(server.asked) == 1
    assert found.detail.startswith(f"POST {server.base_url}/chat/completions (model m): ")
    assert said in found.detail
    assert "\n" not in found.detail


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (error(429), "rate-limited"),
        (error(408), "timeout"),
        (error(409), "server-error"),
        (error(500), "server-error"),
        (error(502), "server-error"),
        (error(503), "server-error"),
        (error(504), "server-error"),
        (error(529), "server-error"),
        (Answer(breakage="drop"), "unreachable"),
        (Answer(GOOD.body, breakage="drop-in-body"), "unreachable"),
        (Answer(b"<html>Bad gateway</html>"), "unreadable"),
        (Answer(b""), "unreadable"),
        (Answer(b'{"choices": []}'), "unreadable"),
        (Answer(b'{"choices": "none"}'), "unreadable"),
        (Answer(b"[1, 2"), "unreadable"),
        (Answer(b"[" * 100_000), "unreadable"),
        (Answer(b'{"error": {"code": 502, "message": "upstream"}}'), "server-error"),
        (Answer(b'{"error": "overloaded"}'), "unreadable"),
    ],
)
def test_what_may_pass_is_tried_again(answer: Answer, kind: FaultKind) -> None:
    found, server = fault(answer, retries=2)
    assert found.kind == kind
    assert len(server.asked) == 3
    assert "(3 attempts)" in found.detail
    with Server(in_turn(answer, answer, GOOD)) as recovering:
        recovered = ask(recovering, retries=2)
    assert (recovered.text, recovered.usage.attempts) == ("I hear you.", 3)


def test_a_server_that_is_not_there() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with Server() as server, pytest.raises(FaultError) as caught:
        ask(server, base_url=f"http://127.0.0.1:{port}/v1", retries=1)
    assert caught.value.fault.kind == "unreachable"
    assert "no connection: " in caught.value.fault.detail
    assert "(2 attempts)" in caught.value.fault.detail


def test_a_name_that_is_not_known() -> None:
    with Server() as server, pytest.raises(FaultError) as caught:
        ask(server, base_url="http://models.invalid/v1", retries=0)
    assert caught.value.fault.kind == "unreachable"


def test_what_speaks_no_http() -> None:
    async def nonsense(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"SSH-2.0-OpenSSH_9.2\r\n\r\n")
        writer.close()

    async def go() -> FaultError:
        async with await asyncio.start_server(nonsense, "127.0.0.1", 0) as listening:
            port = listening.sockets[0].getsockname()[1]
            model = ChatModel(endpoint(Server(), base_url=f"http://127.0.0.1:{port}/v1", retries=0))
            with pytest.raises(FaultError) as caught:
                await model.complete(HELLO)
            await model.close()
            return caught.value

    assert asyncio.run(go()).fault.kind in {"unreadable", "unreachable"}


@pytest.mark.parametrize("breakage", ["silence", "endless-body"])
def test_a_reply_that_never_ends(breakage: Any) -> None:
    began = time.perf_counter()
    found, server = fault(Answer(breakage=breakage), timeout=0.1, retries=1)
    assert found.kind == "timeout"
    assert "no complete answer within 0.1 s" in found.detail
    assert len(server.asked) == 2
    assert time.perf_counter() - began < 2


def test_an_endless_body_is_not_read_beyond_8_mib(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hardseek.chat.call.LARGEST_ANSWER", 1024 * 1024)
    found, _ = fault(Answer(breakage="endless-body"), timeout=20, retries=0)
    assert found.kind == "unreadable"
    assert "more than 1 MiB" in found.detail


@pytest.mark.parametrize("status", [401, 403, 404])
def test_a_lasting_fault_is_remembered(status: int) -> None:
    async def twice(model: ChatModel) -> list[str]:
        details = []
        for _ in range(2):
            with pytest.raises(FaultError) as caught:
                await model.complete(HELLO)
            details.append(str(caught.value))
        return details

    with Server(always(error(status))) as server:
        first, second = with_model(server, twice)
        assert first == second
        assert len(server.asked) == 1


def test_what_the_user_can_do_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOME_KEY", "abcdefghijkl")
    with_key, _ = fault(error(401), api_key_env="SOME_KEY")
    without, _ = fault(error(401))
    unknown, server = fault(error(404), model="gpt-9")
    assert "check the key in $SOME_KEY" in with_key.detail
    assert "api_key_env" in without.detail
    assert f"the server knows no model gpt-9, or not this path; ask GET {server.base_url}/models" in unknown.detail


@pytest.mark.parametrize(
    "headers",
    [{"Retry_After": "0.3"}, {"retry_after_ms": "300"}, {"retry_after_ms": "300", "Retry_After": "60"}],
)
def test_retry_after_is_waited(headers: dict[str, str]) -> None:
    with Server(in_turn(error(429, **headers), GOOD)) as server:
        began = time.perf_counter()
        assert ask(server).usage.attempts == 2
        assert 0.3 <= time.perf_counter() - began < 1.5


def test_retry_after_as_a_date_is_waited() -> None:
    def soon(asked: Asked) -> Answer:
        return error(503, Retry_After=email.utils.formatdate(time.time() + 2, usegmt=True))

    with Server(in_turn(soon, GOOD)) as server:
        began = time.perf_counter()
        assert ask(server).usage.attempts == 2
        assert 0.9 <= time.perf_counter() - began < 4  # dates have whole seconds


def test_a_waiting_call_holds_no_slot(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Backoff, "delay", lambda *_: 0.8)

    async def use(model: ChatModel) -> tuple[float, float]:
        async def timed() -> float:
            await model.complete(HELLO)
            return time.perf_counter() - began

        began = time.perf_counter()
        return await asyncio.gather(timed(), timed())

    # One slot: were it held while the first call waits, the second one would wait as well.
    with Server(in_turn(error(503), echo)) as server:
        waiting, other = with_model(server, use, concurrency=1)
    assert waiting >= 0.8
    assert other < 0.6


def test_a_server_that_goes_away_is_not_waited_for_for_ever() -> None:
    async def use(model: ChatModel) -> list[int]:
        await model.complete(HELLO)
        await asyncio.to_thread(server.stop)
        attempts = []
        for _ in range(7):
            with pytest.raises(FaultError) as caught:
                await model.complete(HELLO)
            assert caught.value.fault.kind == "unreachable"
            attempts.append(3 if "(3 attempts)" in str(caught.value) else 1)
        await asyncio.to_thread(server.start)
        assert (await model.complete(HELLO)).usage.attempts == 1
        await asyncio.to_thread(server.stop)
        with pytest.raises(FaultError, match="3 attempts"):  # it was there again, so it is waited for again
            await model.complete(HELLO)
        return attempts

    with Server() as server:
        assert with_model(server, use, retries=2) == [3, 3, 3, 3, 3, 1, 1]


def test_bursts_of_errors_are_lived_through() -> None:
    def script(asked: Asked) -> Answer:
        return error(500) if asked.number % 40 < 12 else echo(asked)

    async def use(model: ChatModel) -> list[str]:
        return [answer.text for answer in await asyncio.gather(*(model.complete(HELLO) for _ in range(100)))]

    with Server(script) as server:
        texts = with_model(server, use, retries=20, concurrency=8)
        assert len(texts) == 100
        assert len(set(texts)) == 1


def test_a_cancelled_call_gives_its_slot_back() -> None:
    async def use(model: ChatModel) -> str:
        stuck = asyncio.create_task(model.complete(HELLO))
        waiting = asyncio.create_task(model.complete(HELLO))
        await asyncio.sleep(0.05)
        stuck.cancel()
        waiting.cancel()
        await asyncio.gather(stuck, waiting, return_exceptions=True)
        return (await model.complete(HELLO)).text

    with Server(in_turn(Answer(breakage="silence"), GOOD)) as server:
        assert with_model(server, use, concurrency=1) == "I hear you."
