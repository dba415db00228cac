"""What the test server answers: a script is a function from what was asked to an answer."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from typing import Any, Literal

Breakage = Literal["drop", "drop-in-body", "endless-body", "silence"]


@dataclass(frozen=True, slots=True)
class Asked:
    """One request."""

    number: int
    """Counted from 0 over all requests of the server."""
    method: str
    path: str
    headers: dict[str, str]
    """Names in lower case."""
    raw: bytes

    @property
    def body(self) -> Any:
        """The body as JSON."""
        return json.loads(self.raw)

    @property
    def messages(self) -> list[dict[str, str]]:
        """The chat messages."""
        messages: list[dict[str, str]] = self.body["messages"]
        return messages


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    latency: float = 0.0
    """Seconds before it is sent."""
    breakage: Breakage | None = None
    """drop: closed without a word; drop-in-body: closed after half of the body; endless-body: the body goes on for
    ever; silence: nothing is ever sent."""

    def later(self, latency: float) -> "Answer":
        """Return the same, after a while."""
        return replace(self, latency=latency)


Script = Callable[[Asked], Answer]


def completion(text: str | None, *, finish_reason: str = "stop", **message: Any) -> Answer:
    """Answer with a chat completion; `message` holds further fields of the message."""
    choice = {
        "index": 0,
        "message": {"role": "assistant", "content": text} | message,
        "finish_reason": finish_reason,
    }
    usage = {"prompt_tokens": 7, "completion_tokens": 3, "total_tokens": 10}
    body = {"id": "x", "object": "chat.completion", "model": "served", "choices": [choice], "usage": usage}
    return Answer(json.dumps(body).encode())


def error(status: int, message: str = "no", *, code: str | None = None, **headers: str) -> Answer:
    """Answer with an error; an underscore in a header's name stands for a hyphen."""
    body = {"error": {"message": message, "type": "test", "code": code}}
    return Answer(json.dumps(body).encode(), status, {name.replace("_", "-"): text for name, text in headers.items()})


def echo(asked: Asked) -> Answer:
    """Say something that depends on all messages and on nothing else."""
    digest = blake2b(json.dumps(asked.messages).encode(), digest_size=4).hexdigest()
    last = asked.messages[-1]["content"] if asked.messages else ""
    return completion(f"You said: {last[:60]} ({digest})")


def always(answer: Answer) -> Script:
    """Give the same answer to everything."""
    return lambda asked: answer


def in_turn(*answers: Answer | Script) -> Script:
    """Give the n-th answer to the n-th request, and the last one to all further requests."""

    def script(asked: Asked) -> Answer:
        answer = answers[min(asked.number, len(answers) - 1)]
        return answer if isinstance(answer, Answer) else answer(asked)

    return script
