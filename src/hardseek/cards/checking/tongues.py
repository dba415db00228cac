"""Every text of a card is in the card's language."""

from collections.abc import Iterator, Sequence

from hardseek.cards.card import RoleCard
from hardseek.cards.checking.finding import Finding, shortened, texts, told
from hardseek.cards.tongue import not_in


def tongues(cards: Sequence[RoleCard], *, strict: bool) -> Iterator[Finding]:
    """Find cards and single texts in another language; always an error."""
    del strict  # a text in the wrong language is wrong in anybody's card
    for card in cards:
        whole = not_in(" ".join(text for _, text in told(card)), card.language)
        if whole is not None:
            yield Finding(card.id, "facts", whole, "error", f"write the card in {card.language}")
            continue
        for field, text in texts(card):
            wrong = not_in(text, card.language, function_words=False)
            if wrong is not None:
                yield Finding(card.id, field, f"{wrong}: {shortened(text)}", "error", f"write it in {card.language}")
