"""Figures of published simulated seekers, to stand beside ours, as numbers: the dialogues behind them are not here."""

from collections.abc import Iterable
from functools import cache

import msgspec

from hardseek.documents import Document, load, packaged
from hardseek.language import Language
from hardseek.validity.property import Property


class Figure(Document):
    """One property of a published simulator."""

    name: str
    """As the property is called."""
    language: Language
    conditions: tuple[str, ...]
    """Our conditions that it stands beside."""
    value: float


class Published(Document):
    """All shipped figures."""

    id: str
    version: int
    counted: str
    """From what, and how."""
    figures: tuple[Figure, ...]


@cache
def published() -> Published:
    """Load the shipped figures."""
    return load(packaged("hardseek.validity", "data", "published.yaml"), Published, source="published.yaml")


def beside(properties: Iterable[Property]) -> list[Property]:
    """Put the published figure beside each property that has one."""
    return [_beside(made) for made in properties]


def _beside(made: Property) -> Property:
    for one in published().figures:
        if (one.name, one.language) == (made.name, made.language) and made.condition in one.conditions:
            return msgspec.structs.replace(made, published=one.value)
    return made
