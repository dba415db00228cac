"""The same text twice, and cards that tell nearly the same.

Cards are held against each other by the n-grams of what they tell (three words, or four characters of Chinese): the
share of the shorter one's n-grams that stand in the other (containment; Broder, 1997). Of 457 cards of ESC-Eval and 750
profiles of the worst-case framework all pairs lie at 0.46 or below but for one, a story told twice, at 0.87: 0.6 is in
between. Packaged cards reach 0.04.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import Final

from hardseek.cards.card import RoleCard
from hardseek.cards.checking.finding import Finding, severity, shortened, told
from hardseek.language import Language, length, tokens

NEAR: Final = 0.6
"""Containment from which on two cards tell nearly the same."""
_SAYING: Final[dict[Language, int]] = {"en": 7, "zh": 10}
"""Words (characters) from which on a text is somebody's own; "I don't know what to do" is everybody's."""
_GRAM: Final[dict[Language, int]] = {"en": 3, "zh": 4}
FEWEST: Final = 12
"""N-grams of a card that is held against others; of less, a single phrase would be a large share."""
COMMON: Final = 40
"""An n-gram of more cards than this is a turn of phrase, and no sign of likeness."""

Gram = tuple[str, ...]


def repeated(cards: Sequence[RoleCard], *, strict: bool) -> Iterator[Finding]:
    """Find a text in the first person that stands twice, in one card or in two."""
    first: dict[str, tuple[str, str]] = {}
    for card in cards:
        for field, text in told(card):
            if length(text) < _SAYING[card.language]:
                continue
            said = " ".join(tokens(text.lower()))
            if said in first:
                where = " ".join(first[said])
                what = f"also at {where}: {shortened(text)}"
                yield Finding(card.id, field, what, severity(strict=strict), "say it in other words, or leave it out")
            first.setdefault(said, (card.id, field))


def alike(cards: Sequence[RoleCard], *, strict: bool) -> Iterator[Finding]:
    """Find pairs of cards of one language that tell nearly the same."""
    for (one, other), share in near_pairs(cards).items():
        what = f"{share:.0%} of what the shorter one tells is also in {one}"
        yield Finding(other, "facts", what, severity(strict=strict), "leave one of them out, or tell another story")


def near_pairs(cards: Sequence[RoleCard], threshold: float = NEAR) -> dict[tuple[str, str], float]:
    """Return the pairs of ids that are alike, with their containment from `threshold` to 1, in the order of cards."""
    held = {card.id: grams((text for _, text in told(card)), card.language) for card in cards}
    holders: defaultdict[tuple[Language, Gram], list[str]] = defaultdict(list)
    for card in cards:
        if len(held[card.id]) >= FEWEST:
            for gram in held[card.id]:
                holders[card.language, gram].append(card.id)
    shared = Counter(pair for ids in holders.values() if len(ids) <= COMMON for pair in combinations(ids, 2))
    shares = {(one, other): count / min(len(held[one]), len(held[other])) for (one, other), count in shared.items()}
    order = {card.id: place for place, card in enumerate(cards)}
    found = [pair for pair, share in shares.items() if share >= threshold]
    return {pair: shares[pair] for pair in sorted(found, key=lambda pair: (order[pair[0]], order[pair[1]]))}


def grams(texts: Iterable[str], language: Language) -> set[Gram]:
    """Return the n-grams of texts, none of them over two texts."""
    size = _GRAM[language]
    found: set[Gram] = set()
    for text in texts:
        words = tokens(text.lower())
        found.update(tuple(words[place : place + size]) for place in range(len(words) - size + 1))
    return found
