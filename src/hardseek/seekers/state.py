"""The seeker's hidden state, and what it took from a supporter's turn."""

from typing import Literal

import msgspec

Act = Literal[
    "open",       # the first words
    "tell",       # discloses a fact
    "elaborate",  # says more about something already told
    "answer",     # answers a question without disclosing anything new
    "minimal",    # a few words, no uptake
    "deflect",    # turns away from what was asked
    "vent",       # feeling, no content
    "reject",     # turns an offer down
    "argue",      # "yes, but": gives reasons against
    "doubt",      # takes what was said as empty, false or pitying
    "ask",        # asks the supporter something
    "accept",     # takes something up
    "thank",      # thanks or approves
    "close",      # leaves, helped
    "withdraw",   # leaves, not helped
]  # fmt: skip


Leaving = Literal["resolved", "withdrew"]
"""How a seeker leaves: helped, or not."""


class Appraisal(msgspec.Struct, frozen=True):
    """How a supporter's turn is taken in, before behaviours colour it; every value from 0 to 1."""

    understanding: float = 0.0
    """How specific it is to what the seeker said."""
    validation: float = 0.0
    """Feelings are named as understandable."""
    open_question: float = 0.0
    """Invites to say more."""
    closed_question: float = 0.0
    """Asks for a yes, a no or a datum."""
    advice: float = 0.0
    early_advice: float = 0.0
    """Advice that came before understanding."""
    template: float = 0.0
    """Stock phrases that would fit anybody."""
    repetition: float = 0.0
    """Says again what the supporter has said before."""
    minimising: float = 0.0
    siding: float = 0.0
    """Takes the seeker's side against others without question."""
    interrogation: float = 0.0
    """Question upon question."""
    answered: float = 0.0
    """Answers what the seeker asked; 0 too when nothing was asked."""
    risk_care: float = 0.0
    """Talk of self-harm is noticed and met with care."""
    farewell: float = 0.0
    """Takes leave of the seeker."""


class SeekerState(msgspec.Struct, frozen=True):
    """Where the seeker stands after a turn of theirs."""

    distress: float
    """0 (calm) to 10 (overwhelmed)."""
    trust: float
    """0 to 1."""
    openness: float
    """0 to 1: readiness to disclose."""
    engagement: float
    """0 to 1: readiness to go on talking."""
    strain: float = 0.0
    """0 to 1: how much the supporter's mistakes still hurt; an unmended rupture."""
    swing: float = 0.0
    """How far distress is off its course for now, in points; `distress` includes it."""
    disclosed: tuple[str, ...] = ()
    """Ids of the card's facts told so far, in order."""


class Move(msgspec.Struct, frozen=True):
    """What the seeker does with a turn, before it has words."""

    act: Act
    facts: tuple[str, ...] = ()
    """Ids of the facts it may tell."""
    length: int = 12
    """Aimed length: words in English, characters in Chinese."""
    tone: str = "plain"
    ending: Leaving | None = None
    """Set when the seeker leaves with this turn."""


class Emotion(msgspec.Struct, frozen=True, omit_defaults=True):
    """A planned emotion, in protocols that plan one."""

    label: str
    description: str | None = None
    reason: str | None = None
    forced: bool = False
    """Whether it was ordered to get worse, whatever the supporter said."""


class Trace(msgspec.Struct, frozen=True, omit_defaults=True):
    """What stands behind a seeker's turn. No supporter and no judge sees it."""

    state: SeekerState | None = None
    appraisal: Appraisal | None = None
    move: Move | None = None
    emotion: Emotion | None = None
    reworded: tuple[str, ...] = ()
    """What was wrong with each wording that was thrown away."""
    leaving: Leaving | None = None
    """Set when the seeker leaves with this turn, in protocols without moves."""

    @property
    def ending(self) -> Leaving | None:
        """How the seeker leaves with this turn, if they do."""
        return self.move.ending if self.move is not None else self.leaving
