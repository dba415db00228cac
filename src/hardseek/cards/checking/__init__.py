"""Whether cards are what cards have to be; each check is one function, all have the same shape."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from hardseek.cards.card import RoleCard
from hardseek.cards.checking.categories import balance, categories
from hardseek.cards.checking.completeness import complete, lengths
from hardseek.cards.checking.contradictions import contradictions
from hardseek.cards.checking.finding import Finding, Level
from hardseek.cards.checking.likeness import alike, near_pairs, repeated
from hardseek.cards.checking.pairs import pairs
from hardseek.cards.checking.privacy import private
from hardseek.cards.checking.safety import risks, teenagers
from hardseek.cards.checking.tongues import tongues
from hardseek.cards.library import packaged_cards

__all__ = ["CHECKS", "Finding", "Level", "check_cards", "check_library", "near_pairs"]

CHECKS: Final[tuple[Callable[..., Iterator[Finding]], ...]] = (
    complete, lengths, tongues, repeated, alike, contradictions, private, categories, teenagers, risks, pairs,
)  # fmt: skip
"""In the order in which their findings come."""


def check_cards(cards: Sequence[RoleCard], *, strict: bool) -> tuple[Finding, ...]:
    """Hold cards against all checks.

    Args:
        cards: with distinct ids, of one or both languages.
        strict: as packaged cards must be: whatever is missing is an error. Otherwise what is merely missing is a
            warning; identifiers, means of self-harm, teenagers at risk, wrong languages and broken pairs are errors in
            anybody's cards.

    Returns:
        What was found, check by check, within each in the order of the cards.
    """
    return tuple(finding for check in CHECKS for finding in check(cards, strict=strict))


def check_library() -> tuple[Finding, ...]:
    """Hold the packaged cards against all checks, and against covering the taxonomy evenly in both languages."""
    cards = packaged_cards()
    return (*check_cards(cards, strict=True), *balance(cards))
