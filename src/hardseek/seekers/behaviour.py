"""Behaviour profiles: how hard a seeker is to help, along five axes, and when."""

from typing import Final, Literal

from pydantic import Field, field_validator

from hardseek.documents import Document

Axis = Literal["low_engagement", "resistance", "limited_disclosure", "emotional_volatility", "negative_interpretation"]
AXES: Final[tuple[Axis, ...]] = (
    "low_engagement",
    "resistance",
    "limited_disclosure",
    "emotional_volatility",
    "negative_interpretation",
)
ResistanceForm = Literal["withdrawing", "arguing"]
Pattern = Literal["constant", "from", "escalating", "easing", "fluctuating", "rupture"]


class BehaviourProfile(Document):
    """Five intensities from 0 (an ordinary seeker) to 1 (as strong as it gets), a form, and a course over time."""

    low_engagement: float = Field(default=0.0, ge=0, le=1)
    """Short answers, little uptake, little initiative."""
    resistance: float = Field(default=0.0, ge=0, le=1)
    """Going against what the supporter offers."""
    resistance_form: ResistanceForm = "withdrawing"
    """How resistance shows: by shutting down, or by arguing."""
    limited_disclosure: float = Field(default=0.0, ge=0, le=1)
    """Personal facts take more trust to be told."""
    emotional_volatility: float = Field(default=0.0, ge=0, le=1)
    """Distress swings around its course."""
    negative_interpretation: float = Field(default=0.0, ge=0, le=1)
    """Good turns are taken as empty or false."""
    pattern: Pattern = "constant"
    """constant: all along; from: full strength from exchange `start` on; escalating: growing up to it; easing:
    weakening once the seeker feels helped; fluctuating: now stronger, now weaker; rupture: set off by a mistake of the
    supporter's, until it is mended."""
    start: int = Field(default=1, ge=1)
    """The exchange, counted from 1, at which `from` sets in and `escalating` is at full strength."""


OPEN: Final = "FILL IN"
"""What stands where something is still to be decided; a condition that has it is refused."""


class Condition(Document):
    """A named behaviour profile: what an experiment compares."""

    name: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=60)
    """What it is called in tables and records."""
    profile: BehaviourProfile = BehaviourProfile()
    """The behaviours; what is left out is 0, as in an ordinary seeker."""
    title: dict[str, str] = Field(default_factory=dict)
    """What it is called for people, by language."""
    description: dict[str, str] = Field(default_factory=dict)
    """One or two sentences for people, by language."""

    @field_validator("title", "description")
    @classmethod
    def _is_filled_in(cls, told: dict[str, str]) -> dict[str, str]:
        if missing := [language for language, text in told.items() if text.startswith(OPEN)]:
            raise ValueError(f"still to be filled in: {', '.join(missing)}")
        return told
