"""What the seeker is ready to tell: facts by depth, gated by openness.

Disclosure goes from the surface to the core as trust grows (Altman and Taylor, 1973, Social Penetration). A fact can
be told once openness reaches the threshold of its depth; limited self-disclosure raises the thresholds. Of what can be
told, what the supporter has just touched comes first (relevance: Grice, 1975, Logic and Conversation), then what lies
nearer the surface, more often than not: people do not go through it layer by layer.
"""

from collections.abc import Collection
from functools import lru_cache
from typing import Final

from hardseek.cards import Depth, Fact, RoleCard
from hardseek.language import Language
from hardseek.luck import Luck
from hardseek.seekers.appraisal.reading import read
from hardseek.seekers.course import Intensities
from hardseek.seekers.state import SeekerState

THRESHOLDS: Final[dict[Depth, float]] = {"surface": 0.0, "personal": 0.22, "core": 0.42}
"""Openness, 0 to 1, from which a fact of this depth can be told."""
RAISED: Final[dict[Depth, float]] = {"surface": 0.0, "personal": 0.30, "core": 0.30}
"""What limited self-disclosure at full intensity adds."""
_AHEAD: Final[dict[Depth, float]] = {"surface": 0.45, "personal": 0.25, "core": 0.0}
"""How far ahead of deeper ones a fact stands, on the scale of a draw from 0 to 1."""
_TOUCHED: Final = 0.9
"""How far ahead of others a fact stands that the supporter's words touch, on the same scale."""
_FACTS: Final = 1 << 14
"""Facts of which it is known what they are about: those of a run's cards."""


def tellable(card: RoleCard, state: SeekerState, now: Intensities) -> tuple[Fact, ...]:
    """Return the facts not told yet that the seeker would tell now, in the card's order."""
    ready = {
        depth
        for depth, threshold in THRESHOLDS.items()
        if state.openness >= threshold + RAISED[depth] * now.limited_disclosure
    }
    return tuple(fact for fact in card.facts if fact.depth in ready and fact.id not in state.disclosed)


def told_next(facts: tuple[Fact, ...], luck: Luck, heard: str, card: RoleCard, told: Collection[str]) -> list[Fact]:
    """Return the facts in the order in which this seeker comes to them.

    Args:
        facts: that can be told.
        luck: of the dialogue; its own order of the facts is the same all through.
        heard: the supporter's turn. It touches a fact where a content word is in both, and in no fact told before: what
            is given back to the seeker asks for nothing new.
        card: of the seeker.
        told: ids of the facts told so far.
    """
    language = card.language
    touching = read(heard, language).terms
    for fact in card.facts:
        if fact.id in told:
            touching -= _about(fact.text, language)

    def place(fact: Fact) -> float:
        touched = not touching.isdisjoint(_about(fact.text, language))
        return luck.unit(0, f"tells {fact.id}") - _AHEAD[fact.depth] - _TOUCHED * touched

    return sorted(facts, key=place)


@lru_cache(maxsize=_FACTS)
def _about(text: str, language: Language) -> frozenset[str]:
    return read(text, language).terms
