"""Parallel cards are the same person told in both languages."""

from collections.abc import Iterator, Sequence

from hardseek.cards.card import RoleCard
from hardseek.cards.checking.finding import Finding
from hardseek.cards.formats.values import gender_word


def pairs(cards: Sequence[RoleCard], *, strict: bool) -> Iterator[Finding]:
    """Find cards whose parallel is missing, is in the same language, points elsewhere, or is another person."""
    del strict  # who says that two cards are the same person has to keep to it
    by_id = {card.id: card for card in cards}
    for card in cards:
        if card.parallel is None:
            continue
        other = by_id.get(card.parallel)
        if other is None:
            yield Finding(card.id, "parallel", f"there is no card {card.parallel}", "error", "add it, or leave it out")
            continue
        if other.parallel != card.id:
            named = other.parallel or "none"
            yield Finding(card.id, "parallel", f"{other.id} names {named} as its own", "error", "name each other")
        if other.language == card.language:
            yield Finding(card.id, "parallel", f"{other.id} is in {card.language} too", "error", "pair two languages")
        if card.id < other.id or other.parallel != card.id:
            for field, one, two in _differences(card, other):
                what = f"{one}, and {other.id} has {two}"
                yield Finding(card.id, field, what, "error", "make the two the same person")


def _differences(card: RoleCard, other: RoleCard) -> Iterator[tuple[str, object, object]]:
    for field in ("age", "category", "risk"):
        if getattr(card, field) != getattr(other, field):
            yield field, getattr(card, field), getattr(other, field)
    if gender_word(card.gender) != gender_word(other.gender):
        yield "gender", card.gender, other.gender
    one, two = [{fact.id: fact.depth for fact in each.facts} for each in (card, other)]
    if set(one) != set(two):
        only = [", ".join(sorted(own)) or "none of its own" for own in (set(one) - set(two), set(two) - set(one))]
        yield "facts", only[0], only[1]
    for identity in [identity for identity in one if identity in two and one[identity] != two[identity]]:
        yield f"facts.{identity}", one[identity], two[identity]
    for field in ("beliefs", "tried"):
        if len(getattr(card, field)) != len(getattr(other, field)):
            yield field, len(getattr(card, field)), len(getattr(other, field))
