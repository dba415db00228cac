"""Figures of people, shipped as numbers; the texts that they were counted from are not."""

from functools import cache

from pydantic import Field

from hardseek.documents import Document, load, packaged


class People(Document):
    """How a group of people writes."""

    length: tuple[float, float, float]
    """Words in a turn: lower quartile, median, upper quartile."""
    brief: float
    """Share of turns of three words or fewer."""
    questions: float
    thanks: float
    rejected_after_advice: float = Field(alias="rejected after advice")
    brief_after_advice: float = Field(alias="brief after advice")
    last_turn_thanks: float = Field(alias="last turn thanks")


class Resistance(Document):
    """How people argue against change."""

    again_poor: float = Field(alias="again, poor help")
    again_good: float = Field(alias="again, good help")
    length: float
    """Median words in a turn."""
    negation: float
    """Share of turns with a negation."""


class Reference(Document):
    """All shipped figures."""

    id: str
    version: int
    people: dict[str, People]
    resistance: Resistance


@cache
def reference() -> Reference:
    """Load the shipped figures."""
    return load(packaged("hardseek.validity", "data", "reference.yaml"), Reference, source="reference.yaml")
