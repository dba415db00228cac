"""The sections of a study file: who to turn to, what is asked, what is read, what is shown."""

from pathlib import Path
from typing import Self

from pydantic import Field, model_validator

from hardseek.documents import Document
from hardseek.language import Language
from hardseek.runs.experiment import ConditionChoice, SystemChoice
from hardseek.study.items import ItemSpec


class CrisisResource(Document):
    """Where a person in need finds help at once."""

    name: str = Field(min_length=1, max_length=120)
    contact: str = Field(min_length=1, max_length=120)
    """A number to call, or how to write to them."""
    about: str | None = Field(default=None, max_length=300)
    """For whom, where, at what hours."""


class Forms(Document):
    """What is asked, and when."""

    start: tuple[ItemSpec, ...] = ()
    """Once, after consent: about the participant."""
    turn: tuple[ItemSpec, ...] = ()
    """After each answer of a system."""
    dialogue: tuple[ItemSpec, ...] = ()
    """After each talk."""
    system: tuple[ItemSpec, ...] = ()
    """Of each system, after the participant's last talk with it."""
    end: tuple[ItemSpec, ...] = ()
    """Once, at the very end."""


class Reading(Document):
    """Dialogues that were held before, to be read and rated by several people each."""

    dialogues: Path
    """JSON Lines as `hardseek export` writes them, seen from the study file."""
    each: int = Field(ge=1, le=500)
    """Dialogues that each participant reads."""
    raters: int = Field(default=2, ge=1, le=50)
    """How many participants read the same dialogue; `each` has to be a multiple of it."""
    repeats: int = Field(default=0, ge=0, le=100)
    """How many of them each participant reads and rates once more, without being told."""
    items: tuple[ItemSpec, ...] = Field(min_length=1)
    """What is asked of each."""

    @model_validator(mode="after")
    def _is_even(self) -> Self:
        _even(self.each, self.raters)
        if self.repeats > self.each:
            raise ValueError(f"repeats: {self.repeats} of {self.each} dialogues that each reads")
        return self


class Pairs(Document):
    """Pairs of dialogues that were held before, of two systems with the same seeker, to be compared side by side."""

    dialogues: Path
    """JSON Lines as `hardseek export` writes them, seen from the study file; pairs are those of the same card,
    condition, language and replicate with different systems."""
    each: int = Field(ge=1, le=500)
    """Pairs that each participant compares."""
    raters: int = Field(default=2, ge=1, le=50)
    """How many participants compare the same pair; `each` has to be a multiple of it."""
    items: tuple[ItemSpec, ...] = Field(min_length=1)
    """What is asked of each: `prefer`, and what else is wanted."""

    @model_validator(mode="after")
    def _is_even(self) -> Self:
        _even(self.each, self.raters)
        return self


def _even(each: int, raters: int) -> None:
    if each % raters:
        raise ValueError(f"each: {each} is no multiple of raters, {raters}; the overlap would be uneven")


class Practice(Document):
    """A talk to practise with, before all others; what comes of it is in no result."""

    system: SystemChoice
    """Whom it is held with; none of the systems that are compared."""
    condition: ConditionChoice
    """The behaviour to act."""
    cards: dict[Language, str] = Field(default_factory=dict)
    """The card to play, by language; one of the study's if none is named."""
    exchanges: int = Field(default=3, ge=1, le=50)
    """Exchanges at most."""


class Sees(Document):
    """What a participant is shown in a talk; the person's summary always is."""

    facts: bool = True
    """What the person could tell."""
    behaviour: bool = True
    """How the person behaves; without it, the instructions have to say what to do."""
    letters: bool = True
    """By which letter they know the system; without it, every system is just the assistant."""
    left: bool = True
    """How many messages, or how much time, are left."""


class Attention(Document):
    """When a participant's attention is in doubt; nobody is left out because of it."""

    allowed: int = Field(default=0, ge=0)
    """Checks that may be failed before a participant is flagged."""
