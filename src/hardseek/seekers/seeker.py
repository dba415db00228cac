"""What every seeker is to the engine: something that, given the talk so far, says the next thing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from hardseek.cards import RoleCard
from hardseek.chat import NOTHING_USED, Message, Usage
from hardseek.luck import Luck
from hardseek.seekers.behaviour import BehaviourProfile
from hardseek.seekers.state import Trace


@dataclass(frozen=True, slots=True)
class Part:
    """The part a seeker plays in one dialogue."""

    card: RoleCard
    profile: BehaviourProfile
    luck: Luck
    exchanges: int
    """The limit of the dialogue."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """What the seeker says, and what stands behind it; `trace.ending` is set when they leave with it."""

    text: str
    trace: Trace
    usage: Usage = NOTHING_USED


class Seeker(Protocol):
    """A simulated seeker.

    It keeps nothing between turns: all it needs is in the transcript and in the trace of its last turn, so that a
    dialogue can be taken up in the middle by another process and go on the same.
    """

    async def speak(self, part: Part, transcript: Sequence[Message], last: Trace | None) -> Utterance:
        """Say the next thing.

        Args:
            part: who is played, and with what luck.
            transcript: the talk so far (seeker `user`, supporter `assistant`); empty when the seeker begins.
            last: the trace of the seeker's last turn, None before their first.

        Raises:
            FaultError: no wording could be had.
        """
        ...

    async def close(self) -> None:
        """Release what is held, such as connections."""
        ...
