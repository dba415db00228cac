"""The course of a behaviour over a dialogue: how strong each axis is at an exchange."""

from dataclasses import dataclass
from typing import Final

from hardseek.luck import Luck
from hardseek.seekers.behaviour import BehaviourProfile, ResistanceForm
from hardseek.seekers.state import SeekerState

_WEAK: Final = 0.25
"""What is left of a fluctuating behaviour while it is weak."""
_SPELL: Final = 2
"""Exchanges for which a fluctuating behaviour stays as it is."""
_HURT: Final = 0.35
"""Strain from which a rupture is complete."""


@dataclass(frozen=True, slots=True)
class Intensities:
    """The five axes as they are at one exchange, each 0 to 1."""

    low_engagement: float
    resistance: float
    resistance_form: ResistanceForm
    limited_disclosure: float
    emotional_volatility: float
    negative_interpretation: float

    @property
    def withdrawing(self) -> float:
        """Resistance that shuts down."""
        return self.resistance if self.resistance_form == "withdrawing" else 0.0

    @property
    def arguing(self) -> float:
        """Resistance that argues."""
        return self.resistance if self.resistance_form == "arguing" else 0.0


def intensities(profile: BehaviourProfile, exchange: int, state: SeekerState | None, luck: Luck) -> Intensities:
    """Return the profile's intensities at an exchange.

    Args:
        profile: the behaviour.
        exchange: counted from 1.
        state: the seeker's, None before their first turn.
        luck: of the dialogue; only `fluctuating` draws on it.
    """
    strength = _strength(profile, exchange, state, luck)
    return Intensities(
        low_engagement=profile.low_engagement * strength,
        resistance=profile.resistance * strength,
        resistance_form=profile.resistance_form,
        limited_disclosure=profile.limited_disclosure * strength,
        emotional_volatility=profile.emotional_volatility * strength,
        negative_interpretation=profile.negative_interpretation * strength,
    )


def _strength(profile: BehaviourProfile, exchange: int, state: SeekerState | None, luck: Luck) -> float:
    match profile.pattern:
        case "constant":
            return 1.0
        case "from":
            return 1.0 if exchange >= profile.start else 0.0
        case "escalating":
            return min(1.0, exchange / profile.start)
        case "easing":
            return 1.0 - (state.trust if state is not None else 0.0)
        case "fluctuating":
            return 1.0 if luck.chance(0.5, (exchange - 1) // _SPELL, "fluctuation") else _WEAK
        case "rupture":
            return min(1.0, state.strain / _HURT) if state is not None else 0.0
