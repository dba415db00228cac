"""What every system under test is to the engine: something that answers a seeker."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from hardseek.chat import NOTHING_USED, Message, Usage
from hardseek.language import Language


@dataclass(frozen=True, slots=True)
class Talk:
    """Which dialogue a reply is for. Nothing of the card, the condition or the seeker's state is in it."""

    session: str
    """Names the dialogue to a system that keeps its own history."""
    language: Language
    seed: int
    """A sampling seed for this turn, the same for every system; 0 to 2**31 - 1."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What the supporter says."""

    text: str
    usage: Usage = NOTHING_USED


class Supporter(Protocol):
    """A system under test."""

    @property
    def remembers(self) -> bool:
        """Whether it keeps the talk itself, so that a talk cannot be taken up in the middle."""
        ...

    async def reply(self, talk: Talk, transcript: Sequence[Message]) -> Reply:
        """Answer the last message of the transcript, which is the seeker's.

        Raises:
            FaultError: no answer could be had.
        """
        ...

    async def close(self) -> None:
        """Release what is held, such as connections."""
        ...
