"""What stands in one place of a card file, before anybody says what it means."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Record:
    """One card as it stands in a file."""

    where: str
    """The file, and the line or place within it, as it is called in messages."""
    stem: str
    """The file's name without its ending; it numbers records that carry no number of their own."""
    data: dict[str, Any]
    number: int = 1
    """Its line or place in the file, from 1."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A place at which a card should stand and something else does."""

    where: str
    why: str
