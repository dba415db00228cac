"""Which of two dialogues a judge prefers."""

from typing import Protocol

import msgspec

from hardseek.chat import Usage
from hardseek.dialogues import Transcript
from hardseek.judging.rating import Signing


class Preference(msgspec.Struct, frozen=True):
    """One judge's preference on one dimension between two dialogues."""

    judge: str
    dimension: str
    score: float | None
    """1: the first is better; 0: the other; 0.5: neither, or the judge's two answers contradict each other."""
    consistent: bool | None = None
    """Whether the answer stayed the same when the two changed places; None when unscored."""
    unscored: str | None = None
    """Why there is no score; set exactly when `score` is None."""
    reason: str | None = None


class Compared(msgspec.Struct, frozen=True):
    """Everything that a judge says of one pair, and what it took."""

    preferences: tuple[Preference, ...]
    """One a dimension, in their order."""
    usages: dict[str, Usage] = {}


class PairJudge(Signing, Protocol):
    """Something that compares two dialogues of the same seeker; it sees the transcripts alone."""

    async def compare(
        self, one: Transcript, other: Transcript, *, authors: tuple[str | None, str | None] = (None, None)
    ) -> Compared:
        """Compare two dialogues in the same language.

        Args:
            one: a dialogue.
            other: another, of the same seeker with another system.
            authors: the models that wrote the supporters' turns, where known; never shown to a model.

        Raises:
            FaultError: the server could not be asked, for a reason that may pass.
        """
        ...
