"""Families of cards: cards that tell of the same person or the same story, which must not be parted by a split.

Two cards are one family when one names the other as its parallel in the other language, when they tell the same
problem word for word, or when they tell nearly the same (`hardseek.cards.checking.likeness`). A number alone
makes no family: the cards of the worst-case release's training part are numbered as those of its evaluation part are,
and are other people.
"""

from collections.abc import Iterable, Mapping
from hashlib import blake2b

from hardseek.cards import RoleCard
from hardseek.cards.checking.likeness import near_pairs
from hardseek.language import tokens


class Families:
    """Which card belongs to which family."""

    def __init__(self, cards: Iterable[RoleCard]) -> None:
        """Join cards into families; the same cards always give the same ones."""
        distinct = {identity(card): card for card in cards}
        self._above: dict[str, str] = {name: name for name in distinct}
        by_id: dict[str, list[str]] = {}
        told: dict[tuple[str, ...], str] = {}
        for name, card in distinct.items():
            by_id.setdefault(card.id, []).append(name)
            self._join(name, told.setdefault(tuple(tokens(card.summary.lower())), name))
        for name, card in distinct.items():
            named = by_id.get(card.parallel or "", [])
            # Where the id stands for several people, those who name the card back are meant.
            for other in [each for each in named if distinct[each].parallel == card.id] or named:
                self._join(name, other)
        renamed = [card.model_copy(update={"id": name}) for name, card in distinct.items()]
        for one, other in near_pairs(renamed):
            self._join(one, other)

    def of(self, card: RoleCard) -> str:
        """Return the family of a card, named by the first of its members."""
        return self._top(identity(card))

    def _top(self, name: str) -> str:
        while self._above[name] != name:
            name = self._above[name]
        return name

    def _join(self, one: str, other: str) -> None:
        low, high = sorted((self._top(one), self._top(other)))
        self._above[high] = low


def identity(card: RoleCard) -> str:
    """Return the id of a card with a digest of what it tells: the same number may stand for two people."""
    content = card.model_dump_json(exclude={"id", "version", "parallel", "source", "grade", "inferred"})
    return f"{card.id}@{blake2b(content.encode(), digest_size=6).hexdigest()}"


def family_of(card: RoleCard | None, name: str, families: Families, known: Mapping[str, str]) -> str:
    """Return the family of a dialogue's card; of one that is not at hand, by its name.

    Args:
        card: None where it is not known.
        name: how the dialogue calls it.
        families: of the cards that are known.
        known: the family of each name that only one known card has.
    """
    return families.of(card) if card is not None else known.get(name, name)
