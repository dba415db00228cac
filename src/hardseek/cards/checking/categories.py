"""Every card has its leaf of the taxonomy, and the leaves have as many cards as each other."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from hardseek.cards.card import RoleCard
from hardseek.cards.checking.finding import Finding, severity
from hardseek.cards.stage import stage_of
from hardseek.cards.taxonomy import leaves, places
from hardseek.language import LANGUAGES
from hardseek.mistakes import nearest

LIBRARY: Final = "the library"
"""What findings that concern all cards are said of."""
LEAST_OF_A_LEAF: Final = 2
"""Cards of each leaf and language, at least."""
MOST_OF_A_LEAF: Final = 5
"""Cards of each leaf and language, at most: two and a half times the least."""
MOST_TEENAGERS: Final = 0.15
"""Share of teenagers in each language: a minority."""


def categories(cards: Sequence[RoleCard], *, strict: bool) -> Iterator[Finding]:
    """Find categories that are not in the taxonomy, and (strict) such as are no leaf."""
    for card in cards:
        if card.category is None or card.category in leaves():
            continue  # an empty one is found where completeness is looked at
        if card.category in places():
            if strict:
                yield Finding(card.id, "category", f"{card.category} is no leaf", "error", "name one of its leaves")
            continue
        near = nearest(card.category, list(leaves()))
        remedy = f"did you mean {near}?" if near else "see `hardseek cards list --counts` for the leaves"
        yield Finding(card.id, "category", f"no leaf {card.category!r}", severity(strict=strict), remedy)


def balance(cards: Sequence[RoleCard]) -> Iterator[Finding]:
    """Find leaves with too few or too many cards, and too many teenagers: what a whole library has to be."""
    for language in LANGUAGES:
        own = [card for card in cards if card.language == language]
        counted = Counter(card.category for card in own)
        for leaf in leaves():
            if not LEAST_OF_A_LEAF <= counted[leaf] <= MOST_OF_A_LEAF:
                yield Finding(
                    LIBRARY, "category", f"{counted[leaf]} cards of {leaf} in {language}", "error",
                    f"each leaf has {LEAST_OF_A_LEAF} to {MOST_OF_A_LEAF}",
                )  # fmt: skip
        young = sum(stage_of(card) == "teenager" for card in own)
        if young > MOST_TEENAGERS * len(own):
            yield Finding(
                LIBRARY, "age", f"{young} of {len(own)} cards in {language} are of teenagers", "error",
                f"at most {MOST_TEENAGERS:.0%}",
            )  # fmt: skip
