"""No card tells who a real person is."""

from collections.abc import Iterator, Sequence

from hardseek.cards.card import RoleCard
from hardseek.cards.checking.finding import Finding, texts
from hardseek.cards.identifiers import identifiers


def private(cards: Sequence[RoleCard], *, strict: bool) -> Iterator[Finding]:
    """Find personal identifiers; always an error. They are shown masked."""
    del strict  # an identifier is one in anybody's card
    for card in cards:
        for field, text in texts(card):
            for each in identifiers(text):
                shown = f"{each.kind}: {each.masked(text)}"
                yield Finding(card.id, field, shown, "error", "take it out, or say it in general words")
