"""The adaptive limit: alone, and under a server that limits the rate."""

import asyncio
import time
from collections.abc import Coroutine
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from chat.asking import HELLO, with_model
from hardseek.chat.client import ChatModel
from hardseek.chat.limit import Limit
from servers import Answer, Asked, Server, completion, error


def run(work: Coroutine[Any, Any, None]) -> None:
    asyncio.run(asyncio.wait_for(work, 5))


def test_first_come_first_served() -> None:
    async def go() -> None:
        limit, order = Limit(1), list[int]()

        async def caller(number: int) -> None:
            await limit.enter()
            order.append(number)
            await asyncio.sleep(0)
            limit.leave()

        await asyncio.gather(*(caller(number) for number in range(20)))
        assert order == list(range(20))

    run(go())


def test_halves_once_for_all_calls_sent_before() -> None:
    async def go() -> None:
        limit = Limit(16)
        windows = [await limit.enter() for _ in range(16)]
        for window in windows:
            limit.slow_down(window, None)
            limit.leave()
        assert limit.allowed == 8
        later = [await limit.enter() for _ in range(8)]
        for window in later:
            limit.slow_down(window, None)
            limit.leave()
        assert limit.allowed == 4

    run(go())


def test_halves_what_was_in_flight_and_never_falls_below_one() -> None:
    async def go() -> None:
        limit = Limit(64)
        windows = [await limit.enter() for _ in range(6)]
        limit.slow_down(windows[0], None)
        assert limit.allowed == 3  # half of the 6 in flight, not of the 64 allowed
        for _ in range(6):
            limit.leave()
        for _ in range(5):
            limit.slow_down(await limit.enter(), None)
            limit.leave()
        assert limit.allowed == 1

    run(go())


def test_grows_by_one_after_as_many_successes_as_are_allowed() -> None:
    async def go() -> None:
        limit = Limit(4)
        windows = [await limit.enter() for _ in range(4)]
        limit.slow_down(windows[0], None)
        for _ in range(4):
            limit.leave()
        grown = []
        for _ in range(8):
            await limit.enter()
            limit.succeeded()
            limit.leave()
            grown.append(limit.allowed)
        assert grown == [2, 3, 3, 3, 4, 4, 4, 4]  # 2 successes at 2, 3 at 3, then the ceiling

    run(go())


def test_a_pause_keeps_new_calls_back_and_the_longest_counts() -> None:
    async def go() -> None:
        limit = Limit(4)
        window = await limit.enter()
        began = time.perf_counter()
        limit.slow_down(window, 0.2)
        limit.slow_down(window, 0.01)
        limit.leave()
        await limit.enter()
        assert time.perf_counter() - began >= 0.2

    run(go())


@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 3), st.booleans()), min_size=1, max_size=40), st.integers(1, 5))
def test_no_slot_is_lost_or_made_by_cancelling(steps: list[tuple[int, bool]], ceiling: int) -> None:
    async def go() -> None:
        limit, most = Limit(ceiling), 0

        async def caller(ticks: int) -> None:
            nonlocal most
            await limit.enter()
            try:
                most = max(most, limit.in_flight)
                for _ in range(ticks):
                    await asyncio.sleep(0)
            finally:
                limit.leave()

        tasks = [asyncio.create_task(caller(ticks)) for ticks, _ in steps]
        for task, (ticks, cancelled) in zip(tasks, steps, strict=True):
            for _ in range(ticks):
                await asyncio.sleep(0)
            if cancelled:
                task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        assert most <= ceiling
        assert limit.in_flight == 0
        await asyncio.wait_for(limit.enter(), 1)

    run(go())


def test_under_a_server_that_takes_four_at_once_all_calls_come_through() -> None:
    """The limit finds its way below what the server takes, and hardly any call is turned away after that."""

    def script(asked: Asked) -> Answer:
        return error(429) if server.at_once > 4 else completion("I hear you.").later(0.004)

    async def use(model: ChatModel) -> int:
        answers = await asyncio.gather(*(model.complete(HELLO) for _ in range(200)))
        return sum(answer.usage.attempts or 0 for answer in answers)

    with Server(script) as server:
        attempts = with_model(server, use, concurrency=32, retries=20, backoff=0.01)
        assert server.most_at_once <= 32
    assert attempts < 300  # 200 calls; without the limit each of the 28 surplus ones fails time and again


def test_when_the_server_takes_more_again_the_limit_comes_back() -> None:
    def script(asked: Asked) -> Answer:
        return error(429) if asked.number < 8 else completion("I hear you.").later(0.005)

    async def use(model: ChatModel) -> list[int]:
        most = []
        for _ in range(4):
            server.most_at_once = 0
            await asyncio.gather(*(model.complete(HELLO) for _ in range(20)))
            most.append(server.most_at_once)
        return most

    with Server(script) as server:
        assert with_model(server, use, concurrency=8)[-1] == 8  # 4, and up by one: 4 + 5 + 6 + 7 successes


def test_retry_after_holds_back_every_call_of_the_endpoint() -> None:
    times: list[float] = []

    def script(asked: Asked) -> Answer:
        times.append(time.perf_counter())
        return error(429, Retry_After="0.3") if asked.number == 0 else completion("I hear you.")

    async def use(model: ChatModel) -> None:
        first = asyncio.create_task(model.complete(HELLO))
        await asyncio.sleep(0.1)
        await asyncio.gather(first, *(model.complete(HELLO) for _ in range(5)))

    with Server(script) as server:
        with_model(server, use)
    assert len(times) == 7
    assert min(times[1:]) - times[0] >= 0.3
