"""What the seeker is ready to tell: facts by depth, gated by openness.

Disclosure goes from the surface to the core as trust grows (Altman and Taylor, 1973, Social Penetration). A fact can
be told once openness reaches the threshold of its depth; limited self-disclosure raises the thresholds.
"""

from typing import Final

from hardseek.cards import Depth, Fact, RoleCard
from hardseek.seekers.course import Intensities
from hardseek.seekers.state import SeekerState

THRESHOLDS: Final[dict[Depth, float]] = {"surface": 0.0, "personal": 0.28, "core": 0.48}
"""Openness, 0 to 1, from which a fact of this depth can be told."""
RAISED: Final[dict[Depth, float]] = {"surface": 0.05, "personal": 0.25, "core": 0.30}
"""What limited self-disclosure at full intensity adds."""
_ORDER: Final[dict[Depth, int]] = {depth: rank for rank, depth in enumerate(THRESHOLDS)}


def tellable(card: RoleCard, state: SeekerState, now: Intensities) -> tuple[Fact, ...]:
    """Return the facts not told yet that the seeker would tell now, the shallowest first, in the card's order."""
    ready = {
        depth
        for depth, threshold in THRESHOLDS.items()
        if state.openness >= threshold + RAISED[depth] * now.limited_disclosure
    }
    facts = [fact for fact in card.facts if fact.depth in ready and fact.id not in state.disclosed]
    return tuple(sorted(facts, key=lambda fact: _ORDER[fact.depth]))
