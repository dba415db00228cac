"""What words a seeker's move: a phrase bank or a chat model."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from hardseek.chat import NOTHING_USED, Message, Usage
from hardseek.seekers.seeker import Part
from hardseek.seekers.state import Appraisal, Move, SeekerState


@dataclass(frozen=True, slots=True)
class Line:
    """A move that waits for its words."""

    part: Part
    transcript: Sequence[Message]
    """The talk so far, seeker `user`, supporter `assistant`."""
    state: SeekerState
    """After the supporter's last turn was taken in; `disclosed` holds what was told before this move."""
    appraisal: Appraisal | None
    """None for the opening."""
    move: Move
    turn: int
    """Counted from 0 over the seeker's own turns: the place of this turn's luck."""
    rejected: tuple[str, ...] = ()
    """What was wrong with the wordings already thrown away; their number is the attempt."""


@dataclass(frozen=True, slots=True)
class Wording:
    """Words for a line."""

    text: str
    usage: Usage = NOTHING_USED


class Voice(Protocol):
    """Words moves; keeps nothing between calls."""

    async def word(self, line: Line) -> Wording:
        """Word the move; raises FaultError when no words can be had."""
        ...

    async def close(self) -> None:
        """Release what is held, such as connections."""
        ...
