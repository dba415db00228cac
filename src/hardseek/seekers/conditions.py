"""The packaged conditions."""

from functools import cache

from pydantic import Field

from hardseek.documents import Document, load, packaged
from hardseek.seekers.behaviour import Condition


class _Conditions(Document):
    id: str
    version: int = Field(ge=1)
    conditions: tuple[Condition, ...]


@cache
def packaged_conditions() -> dict[str, Condition]:
    """Return the packaged conditions by name: `average` first, `worst` last."""
    found = load(packaged("hardseek.seekers", "data", "conditions.yaml"), _Conditions, source="conditions.yaml")
    return {condition.name: condition for condition in found.conditions}
