"""Every field filled, facts enough and of every depth, the texts as long as texts of their kind."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from hardseek.cards.card import RoleCard
from hardseek.cards.checking.finding import Finding, severity, texts
from hardseek.cards.grade import DEPTHS, MANY_FACTS
from hardseek.documents import Document, load, packaged
from hardseek.language import Language, length

_OPTIONAL: Final = frozenset({"id", "version", "language", "facts", "risk", "parallel", "source", "grade", "inferred"})
"""Fields that may be empty in a complete card, or cannot be."""
_FILLED: Final = tuple(name for name in RoleCard.model_fields if name not in _OPTIONAL)
_SLACK: Final = 2
"""How far other people's texts may go beyond the bounds of packaged ones."""
_ABSURD: Final = 10
"""A text so many times longer than its bound is no text of its kind, whoever wrote it."""


class Bounds(Document):
    """How long texts are, in words of English and characters of Chinese, from and to; see data/bounds.yaml."""

    id: str
    version: int
    en: dict[str, tuple[int, int]]
    zh: dict[str, tuple[int, int]]


@cache
def bounds() -> Bounds:
    """Return the bounds."""
    return load(packaged("hardseek.cards.checking", "data", "bounds.yaml"), Bounds, source="checking/data/bounds.yaml")


def complete(cards: Sequence[RoleCard], *, strict: bool) -> Iterator[Finding]:
    """Find empty fields, facts without a feeling, too few facts, and depths without any."""
    level = severity(strict=strict)
    for card in cards:
        empty = [name for name in _FILLED if getattr(card, name) in {None, "", ()}]
        if empty:
            yield Finding(card.id, ", ".join(empty), "not filled", level, "fill in what is known of the person")
        unfelt = [fact.id for fact in card.facts if not fact.feeling]
        if unfelt:
            yield Finding(
                card.id, "facts", f"no feeling with {', '.join(unfelt)}", level, "name the feeling that goes with it"
            )
        if len(card.facts) < MANY_FACTS:
            what = f"{len(card.facts)} facts, fewer than {MANY_FACTS}"
            yield Finding(card.id, "facts", what, level, "add what the person could tell")
        missing = [depth for depth in DEPTHS if all(fact.depth != depth for fact in card.facts)]
        if missing:
            what = f"no {' and no '.join(missing)} fact"
            yield Finding(card.id, "facts", what, level, "add one, or set the depth of one anew")


def lengths(cards: Sequence[RoleCard], *, strict: bool) -> Iterator[Finding]:
    """Find texts that are shorter or longer than their kind."""
    for card in cards:
        for field, text in texts(card):
            low, high = _bound(card.language, field)
            slack = 1 if strict else _SLACK
            count = length(text)
            if low // slack <= count <= high * slack:
                continue
            unit = "words" if card.language == "en" else "characters"
            what = f"{count:,} {unit}; such texts have {low} to {high}"
            level = "error" if count > _ABSURD * high else severity(strict=strict)
            yield Finding(
                card.id, field, what, level, "cut it, or tell it in two" if count > high else "say it in full"
            )


def _bound(language: Language, field: str) -> tuple[int, int]:
    known = bounds().en if language == "en" else bounds().zh
    name, _, rest = field.partition(".")
    return known["feeling" if name == "feelings" or rest.endswith(".feeling") else name]
