"""What a judge says of a dialogue."""

from typing import Literal, Protocol

import msgspec

from hardseek.dialogues import Transcript


class Rating(msgspec.Struct, frozen=True):
    """One judge's value on one dimension for one dialogue; `score` is None when it is unscored."""

    judge: str
    dimension: str
    score: float | None
    unscored: str | None = None
    """Why there is no score; set exactly when `score` is None."""


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


class Judge(Protocol):
    """Something that rates dialogues; it sees the transcript, never the condition or the system's name."""

    @property
    def name(self) -> str:
        """How its ratings are signed."""
        ...

    @property
    def dimensions(self) -> tuple[Dimension, ...]:
        """What it rates, in order."""
        ...

    def rate(self, transcript: Transcript) -> list[Rating]:
        """Rate one dialogue: one rating per dimension, in their order."""
        ...
