"""Who appraises a supporter's turn: rules, a model's own call, or the model that words the answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from hardseek.chat import NOTHING_USED, Message, Usage
from hardseek.seekers.appraisal import appraise
from hardseek.seekers.seeker import Part
from hardseek.seekers.state import Appraisal, Move, Trace


@dataclass(frozen=True, slots=True)
class Draft:
    """Words that came with an appraisal. They serve only where the policy makes the move they were written for."""

    text: str
    move: Move


@dataclass(frozen=True, slots=True)
class Appraised:
    """An appraisal, and what it took."""

    appraisal: Appraisal
    usage: Usage = NOTHING_USED
    draft: Draft | None = None


class Appraiser(Protocol):
    """Appraises the supporter's last turn; keeps nothing between calls."""

    async def appraise(self, part: Part, transcript: Sequence[Message], last: Trace, turn: int) -> Appraised:
        """Appraise the last turn of a transcript.

        Args:
            part: who is played.
            transcript: the talk so far, the supporter's turn last.
            last: the trace of the seeker's last turn.
            turn: of the seeker that answers, counted from 0: the place of its luck.

        Raises:
            FaultError: no appraisal could be had; none is made up.
        """
        ...

    async def close(self) -> None:
        """Release what is held, such as connections."""
        ...


class Rules:
    """Appraises by rules, offline."""

    async def appraise(self, part: Part, transcript: Sequence[Message], last: Trace, turn: int) -> Appraised:
        """Appraise by rules; the same turn gives the same values."""
        return Appraised(by_rules(part, transcript))

    async def close(self) -> None:
        """Nothing is held."""


def by_rules(part: Part, transcript: Sequence[Message]) -> Appraisal:
    """Return what the rules make of the last turn of a transcript."""
    return appraise(heard(transcript), transcript[:-1], part.card.language, risk=part.card.risk != "none")


def heard(transcript: Sequence[Message]) -> str:
    """Return the supporter's turn that a transcript ends with; nothing where it ends otherwise."""
    return transcript[-1].content if transcript and transcript[-1].role == "assistant" else ""
