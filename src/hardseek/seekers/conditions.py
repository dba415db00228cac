"""Conditions: the packaged ones, and those of a file."""

from functools import cache
from pathlib import Path

from pydantic import Field, model_validator

from hardseek.documents import Document, load, packaged, read
from hardseek.mistakes import given_once
from hardseek.seekers.behaviour import Condition


class Conditions(Document):
    """A file of conditions."""

    id: str
    version: int = Field(ge=1)
    conditions: tuple[Condition, ...] = Field(min_length=1)
    sources: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """What conditions rest on, by their name."""

    @model_validator(mode="after")
    def _names_are_distinct(self) -> "Conditions":
        given_once({"condition": [condition.name for condition in self.conditions]})
        return self


@cache
def packaged_conditions() -> dict[str, Condition]:
    """Return the packaged conditions by name: `average` first, `worst` last."""
    found = load(packaged("hardseek.seekers", "data", "conditions.yaml"), Conditions, source="conditions.yaml")
    return {condition.name: condition for condition in found.conditions}


def read_conditions(path: Path) -> dict[str, Condition]:
    """Read a file of conditions, as `hardseek study behaviours` makes one; raises Refused."""
    return {condition.name: condition for condition in load(read(path), Conditions, source=str(path)).conditions}
