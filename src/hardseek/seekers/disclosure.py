"""What the seeker is ready to tell: facts by depth, gated by openness.

Disclosure goes from the surface to the core as trust grows (Altman and Taylor, 1973, Social Penetration). A fact can
be told once openness reaches the threshold of its depth; limited self-disclosure raises the thresholds. Of what can be
told, the surface comes first more often than not, but people do not go through it layer by layer.
"""

from typing import Final

from hardseek.cards import Depth, Fact, RoleCard
from hardseek.luck import Luck
from hardseek.seekers.course import Intensities
from hardseek.seekers.state import SeekerState

THRESHOLDS: Final[dict[Depth, float]] = {"surface": 0.0, "personal": 0.22, "core": 0.42}
"""Openness, 0 to 1, from which a fact of this depth can be told."""
RAISED: Final[dict[Depth, float]] = {"surface": 0.0, "personal": 0.30, "core": 0.30}
"""What limited self-disclosure at full intensity adds."""
_AHEAD: Final[dict[Depth, float]] = {"surface": 0.45, "personal": 0.25, "core": 0.0}
"""How far ahead of deeper ones a fact stands, on the scale of a draw from 0 to 1."""


def tellable(card: RoleCard, state: SeekerState, now: Intensities) -> tuple[Fact, ...]:
    """Return the facts not told yet that the seeker would tell now, in the card's order."""
    ready = {
        depth
        for depth, threshold in THRESHOLDS.items()
        if state.openness >= threshold + RAISED[depth] * now.limited_disclosure
    }
    return tuple(fact for fact in card.facts if fact.depth in ready and fact.id not in state.disclosed)


def told_next(facts: tuple[Fact, ...], luck: Luck) -> tuple[Fact, ...]:
    """Return the facts in the order in which this seeker comes to them: the same all through a dialogue."""
    return tuple(sorted(facts, key=lambda fact: luck.unit(0, f"tells {fact.id}") - _AHEAD[fact.depth]))
