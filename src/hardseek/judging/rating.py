"""What a judge says of a dialogue."""

from typing import Final, Literal, Protocol

import msgspec
from pydantic import BaseModel

from hardseek.chat import Usage
from hardseek.dialogues import Transcript

Settings = tuple[BaseModel | str, ...]
"""Documents and names, in a fixed order."""
DOES_NOT_APPLY: Final = "does not apply"
"""Why a dimension has no score where there is nothing that it could be about; such a score is not missing."""


class Grounds(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a score rests on."""

    reason: str | None = None
    quotes: tuple[str, ...] = ()
    """As the judge gave them."""
    unverified: int = 0
    """How many of the quotes do not stand in the transcript."""
    samples: tuple[float | None, ...] = ()
    """The scores that were averaged, None for an answer that gave none; empty for a single answer."""
    odds: dict[int, float] = {}
    """The probability of each level, where the score is the expected one; of the first answer."""
    members: dict[str, float | None] = {}
    """Of a jury: what each member scored, None where unscored."""


class Rating(msgspec.Struct, frozen=True):
    """One judge's value on one dimension for one dialogue; `score` is None when it is unscored."""

    judge: str
    dimension: str
    score: float | None
    unscored: str | None = None
    """Why there is no score; set exactly when `score` is None."""
    grounds: Grounds | None = None
    """Of judges that give any."""


class Dimension(msgspec.Struct, frozen=True):
    """What a rating measures and how to read it."""

    name: str
    title: dict[str, str]
    """What it is called for people, by language."""
    definition: dict[str, str]
    """How it is measured, and its limits, by language."""
    better: Literal["higher", "lower", "neither"]
    """Which way is better for the seeker; `neither` for what only describes."""
    low: float | None = None
    high: float | None = None
    """The ends of the scale, None where it is open."""
    unit: str = ""


class Judgement(msgspec.Struct, frozen=True):
    """Everything that a judge says of one dialogue, and what it took."""

    ratings: tuple[Rating, ...]
    """One a dimension, in their order."""
    usages: dict[str, Usage] = {}
    """By who was asked: the judge itself, or a jury's members; empty where no server was."""


class Signing(Protocol):
    """What every judge has, whether it rates dialogues or compares them."""

    @property
    def name(self) -> str:
        """How it signs what it says."""
        ...

    @property
    def dimensions(self) -> tuple[Dimension, ...]:
        """What it judges, in order."""
        ...

    @property
    def settings(self) -> Settings:
        """All that decides what it says besides hardseek's code: rubric, model, sampling. It goes into signatures."""
        ...

    async def close(self) -> None:
        """Release what is held, such as connections."""
        ...


class Judge(Signing, Protocol):
    """Something that rates dialogues; it sees the transcript, never the condition or the system's name."""

    async def judge(self, transcript: Transcript, *, author: str | None = None) -> Judgement:
        """Rate one dialogue.

        Args:
            transcript: all that is rated.
            author: the model that wrote the supporter's turns, where known. It serves to keep a judge from rating its
                own family, and is never shown to a model.

        Raises:
            FaultError: a judge that asks a server could not be answered, for a reason that may pass. What a judge
                answered but cannot be read is no fault: it is unscored, with the reason.
        """
        ...
