"""Diverse: seekers do not all say the same, and not the same again in the next dialogue."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from hardseek.language import Language, sentences, tokens
from hardseek.validity.property import Property, figure
from hardseek.validity.talks import Talk, by_card

SIZE: Final = 10_000
"""Words or characters over which distinct-2 is counted: it falls with size, so that only equal sizes compare."""
_PUBLISHED: Final = 0.119
"""The published simulator (arXiv 2605.28228); the size that it was counted over is not known."""
LONG_ENOUGH: Final = {"en": 5, "zh": 7}
"""Words or characters of a sentence that is not repeated by chance."""


def diverse(talks: Sequence[Talk], language: Language, condition: str) -> list[Property]:
    """Count over the first dialogue of every card with every system; what one card says again is not elsewhere."""
    first = [talk for talk in talks if talk.replicate == 0]
    said = [[turn.text for talk in card for turn in talk.said] for card in by_card(first)]
    return [
        figure("diverse/distinct-2", language, distinct_2([text for texts in said for text in texts]),
               condition=condition, aim=("at least", _PUBLISHED, None), published=_PUBLISHED),
        figure("diverse/said-about-other-cards", language, said_elsewhere(said, LONG_ENOUGH[language]),
               condition=condition),
    ]  # fmt: skip


def distinct_2(texts: Sequence[str], size: int = SIZE) -> float | None:
    """Return distinct pairs of neighbours over all pairs, in texts of `size` tokens together (Li et al., 2016)."""
    pairs: list[tuple[str, str]] = []
    left = size
    for text in texts:
        words = tokens(text.lower())[:left]
        left -= len(words)
        pairs += pairwise(words)
    return len(set(pairs)) / len(pairs) if pairs else None


def said_elsewhere(cards: Sequence[Sequence[str]], shortest: int) -> float | None:
    """Return the share of sentences of `shortest` tokens or more that stand, word for word, with another card.

    A card's dialogues are one text: the same seeker, with the same luck, may say the same to another system.
    """
    each = [{kept for text in texts for kept in _kept(text, shortest)} for texts in cards]
    counts: dict[tuple[str, ...], int] = {}
    for found in each:
        for sentence in found:
            counts[sentence] = counts.get(sentence, 0) + 1
    total = sum(counts.values())
    return sum(count for count in counts.values() if count > 1) / total if total else None


def _kept(text: str, shortest: int) -> list[tuple[str, ...]]:
    said = (tuple(tokens(sentence.lower())) for sentence in sentences(text))
    return [words for words in said if len(words) >= shortest]
