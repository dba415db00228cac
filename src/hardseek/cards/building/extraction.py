"""What a model is asked to write down of a source: every entry with the words that it rests on, evidence first."""

from typing import Annotated, Final, Literal

import msgspec

from hardseek.cards.card import Depth
from hardseek.cards.taxonomy import leaves

PERSON: Final = ("age", "gender", "occupation", "education", "relationship", "setting")
"""Fields that say who the person is."""
SINGLE: Final = (*PERSON, "wants", "would_help")
"""Fields of one value beside the problem."""
LISTS: Final = ("feelings", "beliefs", "tried")
FIRST_PERSON: Final = frozenset({"facts", "beliefs", "tried", "wants"})
"""Fields in which the person speaks."""


class Stated(msgspec.Struct, frozen=True):
    """One value, null where it is unknown."""

    quotes: list[str]
    value: str | None


class Age(msgspec.Struct, frozen=True):
    """Years, or a stage of life."""

    quotes: list[str]
    value: int | str | None


class Entry(msgspec.Struct, frozen=True):
    """One of several texts of a field."""

    quotes: list[str]
    text: str


class ToldFact(msgspec.Struct, frozen=True):
    """One thing that the seeker could tell."""

    quotes: list[str]
    text: str
    depth: Depth
    feeling: str | None


class Extraction(msgspec.Struct, frozen=True):
    """Who the seeker is and what they told, as the model has it; nothing of it is believed before it is verified."""

    problem: Stated
    age: Age
    gender: Stated
    occupation: Stated
    education: Stated
    relationship: Stated
    setting: Stated
    facts: list[ToldFact]
    feelings: list[Entry]
    beliefs: list[Entry]
    tried: list[Entry]
    wants: Stated
    would_help: Stated


Confidence = Annotated[float, msgspec.Meta(ge=0, le=1)]
CategoryAnswer: Final[type[msgspec.Struct]] = msgspec.defstruct(
    "CategoryAnswer", [("leaf", Literal[tuple(leaves())] | None), ("confidence", Confidence)], frozen=True
)
"""A leaf of the taxonomy or null, and how sure the model is of it."""
