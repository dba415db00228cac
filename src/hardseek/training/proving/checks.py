"""What may break while something else gets better, and which dimensions would show it."""

from collections.abc import Iterable
from functools import cache

import msgspec

from hardseek.documents import packaged
from hardseek.judging import Dimension


class Concern(msgspec.Struct, frozen=True):
    """One thing that may break."""

    concern: str
    title: dict[str, str]
    dimensions: tuple[str, ...]


@cache
def concerns() -> tuple[Concern, ...]:
    """Return all concerns, in the order in which they are told."""
    return msgspec.yaml.decode(packaged("hardseek.training.proving", "data", "checks.yaml"), type=tuple[Concern, ...])


def checked(known: Iterable[Dimension], main: Iterable[Dimension]) -> dict[str, Concern]:
    """Return the dimensions of a run that show a concern, by name; those that are proved themselves are left out."""
    proved = {dimension.name for dimension in main}
    found = {}
    for concern in concerns():
        for dimension in known:
            if dimension.name not in proved and dimension.name.rpartition("/")[2] in concern.dimensions:
                found[dimension.name] = concern
    return found
