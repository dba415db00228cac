"""Ask a test server through the real client."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from typing import Any, TypeVar

import pytest

from hardseek.chat import Completion, Endpoint, Fault, FaultError, Message
from hardseek.chat.client import ChatModel
from servers import Answer, Script, Server, always

T = TypeVar("T")
HELLO = (Message("user", "I can't sleep any more."),)


def endpoint(server: Server, **fields: Any) -> Endpoint:
    """Say how the server is asked; a retry waits a millisecond at most."""
    return Endpoint.model_validate({"base_url": server.base_url, "model": "m", "backoff": 0.001, **fields})


def with_model(server: Server, use: Callable[[ChatModel], Coroutine[Any, Any, T]], **fields: Any) -> T:
    """Make a model in a fresh event loop, use it, close it."""

    async def go() -> T:
        model = ChatModel(endpoint(server, **fields))
        try:
            return await use(model)
        finally:
            await model.close()

    return asyncio.run(go())


def ask(server: Server, messages: Sequence[Message] = HELLO, *, seed: int | None = None, **fields: Any) -> Completion:
    """Ask once."""
    return with_model(server, lambda model: model.complete(messages, seed=seed), **fields)


def fault(script: Script | Answer, **fields: Any) -> tuple[Fault, Server]:
    """Ask once a server that gives no usable answer; returns the fault, and the server with what it was asked."""
    with Server(script if not isinstance(script, Answer) else always(script)) as server:
        with pytest.raises(FaultError) as caught:
            ask(server, **fields)
        return caught.value.fault, server
