"""What a model server is sent and what it gives back."""

from typing import Final, Literal, TypeVar

import msgspec

ChatRole = Literal["system", "user", "assistant"]


N = TypeVar("N", int, float)


class Message(msgspec.Struct, frozen=True):
    """One chat message. In a dialogue the seeker is `user` and the supporter `assistant`."""

    role: ChatRole
    content: str


class Usage(msgspec.Struct, frozen=True, omit_defaults=True):
    """What one answer took: a call to a server, or None where the answer was made here."""

    model: str | None = None
    """The model as the server names it."""
    finish_reason: str | None = None
    tokens_in: int | None = None
    tokens_out: int | None = None
    latency: float | None = None
    """Seconds from sending the request that succeeded to having read its answer."""
    attempts: int | None = None
    """Calls made, the failed ones included."""

    def and_then(self, later: "Usage") -> "Usage":
        """Add what a later call took: counts and seconds are summed, what names the answer is the later one's."""
        return Usage(
            later.model,
            later.finish_reason,
            _sum(self.tokens_in, later.tokens_in),
            _sum(self.tokens_out, later.tokens_out),
            _sum(self.latency, later.latency),
            _sum(self.attempts, later.attempts),
        )


NOTHING_USED: Final = Usage()
"""Of an answer that was made here."""


class Token(msgspec.Struct, frozen=True):
    """A token of an answer, with what else could have stood there."""

    token: str
    top_logprobs: tuple["Odds", ...] = ()
    """The likeliest tokens at this place, this one among them as a rule."""


class Odds(msgspec.Struct, frozen=True):
    """How likely a token was."""

    token: str
    logprob: float


class Completion(msgspec.Struct, frozen=True):
    """A model's answer, reasoning left out."""

    text: str
    usage: Usage
    tokens: tuple[Token, ...] = ()
    """Where `logprobs` were asked for and given; they spell the answer as the server sent it."""


def _sum(one: N | None, other: N | None) -> N | None:
    """Add what is known; None only where nothing is."""
    if one is None or other is None:
        return other if one is None else one
    return one + other
