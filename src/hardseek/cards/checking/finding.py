"""What a check finds, and the texts of a card that checks read."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from hardseek.cards.card import RoleCard

Level = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong with a card."""

    card: str
    """The card's id; the name of the library where it concerns all cards."""
    field: str
    """The field, or `facts.ID` and the like."""
    what: str
    """What is wrong."""
    level: Level
    remedy: str
    """What to do about it."""


def texts(card: RoleCard) -> Iterator[tuple[str, str]]:
    """Yield every text of a card with the name of its field; unknown ones are left out."""
    for name in ("age", "gender", "occupation", "education", "relationship", "setting", "summary"):
        value = getattr(card, name)
        if isinstance(value, str):
            yield name, value
    yield from told(card)
    for fact in card.facts:
        if fact.feeling:
            yield f"facts.{fact.id}.feeling", fact.feeling
    for place, feeling in enumerate(card.feelings, start=1):
        yield f"feelings.{place}", feeling
    for name in ("would_help", "writing"):
        value = getattr(card, name)
        if value:
            yield name, value


def told(card: RoleCard) -> Iterator[tuple[str, str]]:
    """Yield the texts in the first person: facts, beliefs, what was tried, what is wanted."""
    for fact in card.facts:
        yield f"facts.{fact.id}", fact.text
    for name in ("beliefs", "tried"):
        for place, text in enumerate(getattr(card, name), start=1):
            yield f"{name}.{place}", text
    if card.wants:
        yield "wants", card.wants


def severity(*, strict: bool) -> Level:
    """Return how bad it is that a card falls short of what packaged cards must be."""
    return "error" if strict else "warning"


def shortened(text: str, most: int = 40) -> str:
    """Return a text as it is quoted in a finding."""
    return text if len(text) <= most else f"{text[: most - 1]}…"
