"""The same calls of the same dialogues, made by other clients: the yardstick and the peers.

Each runs as a process of its own (`python -m benchmarks.engine.clients NAME URL DIALOGUES CONCURRENCY`) and prints one
line of JSON: calls, seconds, cpu (user and system), peak (MiB).
"""

import asyncio
import json
import resource
import sys
import time
from collections.abc import Awaitable, Callable

from hardseek.cards import packaged_cards
from hardseek.seekers.protocols.esc_eval import GREETING, role_prompt

EXCHANGES = 5
Messages = list[dict[str, str]]
Ask = Callable[[str, Messages], Awaitable[str]]


async def dialogue(ask: Ask, prompt: str) -> None:
    """Hold five exchanges, both sides on the endpoint, history growing, nothing stored."""
    heard = [GREETING["en"]]
    for _ in range(EXCHANGES):
        for model, system in (("seeker", prompt), ("supporter", "You are a kind listener.")):
            mine = len(heard) % 2
            history = [
                {"role": "assistant" if place % 2 == mine else "user", "content": text}
                for place, text in enumerate(heard)
            ]
            heard.append(await ask(model, [{"role": "system", "content": system}, *history]))


async def many(ask: Ask, dialogues: int, concurrency: int) -> None:
    """Hold dialogues, so many at once."""
    prompts = [role_prompt(card) for card in packaged_cards("en")]
    numbers = iter(range(dialogues))

    async def work() -> None:
        for number in numbers:
            await dialogue(ask, prompts[number % len(prompts)])

    await asyncio.gather(*(work() for _ in range(concurrency)))


async def bare(url: str, dialogues: int, concurrency: int) -> None:
    """A bare aiohttp client: one session, JSON in and out, nothing else."""
    import aiohttp

    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=concurrency)) as session:

        async def ask(model: str, messages: Messages) -> str:
            async with session.post(f"{url}/chat/completions", json={"model": model, "messages": messages}) as answer:
                content = (await answer.json())["choices"][0]["message"]["content"]
                return str(content)

        await many(ask, dialogues, concurrency)


async def openai(url: str, dialogues: int, concurrency: int) -> None:
    """The official client, as its documentation uses it."""
    from openai import AsyncOpenAI

    client = AsyncOpenAI(base_url=url, api_key="none", max_retries=0)

    async def ask(model: str, messages: Messages) -> str:
        answer = await client.chat.completions.create(model=model, messages=messages)
        return str(answer.choices[0].message.content)

    await many(ask, dialogues, concurrency)


async def inspect_ai(url: str, dialogues: int, concurrency: int) -> None:
    """The model interface of Inspect AI, without its own logs."""
    from inspect_ai.model import (
        ChatMessageAssistant,
        ChatMessageSystem,
        ChatMessageUser,
        GenerateConfig,
        get_model,
    )

    kinds = {
        "system": ChatMessageSystem,
        "user": ChatMessageUser,
        "assistant": ChatMessageAssistant,
    }
    config = GenerateConfig(max_connections=concurrency, max_retries=0)
    models = {
        name: get_model(f"openai-api/bench/{name}", base_url=url, api_key="none", config=config, memoize=False)
        for name in ("seeker", "supporter")
    }

    async def ask(model: str, messages: Messages) -> str:
        said = [kinds[message["role"]](content=message["content"]) for message in messages]
        return str((await models[model].generate(said)).completion)

    await many(ask, dialogues, concurrency)


CLIENTS = {"bare": bare, "openai": openai, "inspect_ai": inspect_ai}


def main() -> None:
    """Run one client and print what it took."""
    name, url, dialogues, concurrency = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    before = resource.getrusage(resource.RUSAGE_SELF)
    began = time.perf_counter()
    asyncio.run(CLIENTS[name](url, dialogues, concurrency))
    seconds = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_SELF)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    calls = dialogues * EXCHANGES * 2
    print(json.dumps({"calls": calls, "seconds": seconds, "cpu": cpu, "peak": after.ru_maxrss / 1024}))


if __name__ == "__main__":
    main()
