"""A control: a supporter of known quality, written down as rules that say which moves it makes when."""

from typing import Annotated, Literal

from pydantic import Field

from hardseek.documents import Document

Heard = Literal["silence", "risk", "complaint", "thanks", "identity", "advice-sought", "question", "brief", "telling"]
"""What the seeker's last turn is to a control; `silence` where the supporter begins, `telling` where nothing else
fits."""

MoveName = Annotated[str, Field(pattern=r"^[a-z][a-z-]*$")]
"""Names a list of phrases."""


class Step(Document):
    """One move of a reply."""

    move: MoveName
    chance: float = Field(default=1.0, gt=0, le=1)
    """How often the move is made at all."""
    count: int = Field(default=1, ge=1, le=10)
    """How many phrases are said, all different."""
    numbered: bool = False
    """Each phrase on a numbered line of its own."""


class Rule(Document):
    """When to make which moves."""

    heard: tuple[Heard, ...] = ()
    """The kinds of turn it answers; empty for every kind."""
    told: int = Field(default=0, ge=0)
    """How many turns of the seeker must have been more than a few words."""
    unsaid: MoveName | None = None
    """A move that the supporter must not have made before."""
    say: tuple[Step, ...] = Field(min_length=1)


class Control(Document):
    """A supporter of known quality."""

    id: str = Field(pattern=r"^[a-z][a-z-]*$")
    version: int = Field(ge=1)
    quality: Literal["good", "poor"]
    """What the validity checks expect of it."""
    title: dict[Literal["en", "zh"], str]
    description: dict[Literal["en", "zh"], str]
    varies: bool
    """Whether it avoids what it has said before."""
    rules: tuple[Rule, ...] = Field(min_length=1)
    """The first that fits is followed; the last must fit whatever else was heard."""
