"""Whether the seeker leaves, and how they take their leave."""

from typing import Final, Literal

from hardseek.luck import Luck
from hardseek.seekers.course import Intensities
from hardseek.seekers.person import Person
from hardseek.seekers.state import SeekerState

_STAYS: Final = 3
"""Turns that the seeker has before leaving is thought of."""
_EASED: Final = 3.2
"""Points of distress, swing left out, under which the seeker may leave helped."""
_LIGHTER: Final = 1.7
"""Points by which distress, swing left out, may also have fallen for that: an ordinary seeker's mean relief after six
to seven turns of a good helper, so that one in two of them leaves within eight exchanges."""
AT_EASE: Final = 0.5
"""Trust from which one leaves as one who was helped, and speaks warmly."""
_UNHURT: Final = 0.25
"""Strain under which one leaves as one who was helped."""
_HURT: Final = 0.35
"""Strain over which the seeker may leave unhelped."""
_ANSWERS_GOODBYE: Final = 0.8
"""Of leaving on a goodbye of the supporter's: in ESConv 82 % of 323 of them are followed by one turn of the seeker's at
most. A leave-taking asks for one in return (Schegloff and Sacks, 1973, Semiotica 8, 289)."""


def leaving(
    state: SeekerState, person: Person, luck: Luck, turn: int, *, lighter_by: float, farewell: float
) -> Literal["resolved", "withdrew"] | None:
    """Draw whether the seeker leaves, and how; the same rule under every condition.

    Helped, with probability 0.35 a turn, once calm or clearly lighter, at ease and without strain. What counts is the
    course of distress: one whose mood swings is not helped because it swung up. Not helped, with a probability that
    grows as engagement falls below what tires this person (0.45 at two thirds of it and below) and as strain mounts
    (0.06 at full strain): people whom nothing helps stay for as many turns as others (FailedESConv and ESConv, median
    11 in both). A goodbye of the supporter's (`farewell`, 0 to 1) ends the talk too, helped or not.
    """
    if turn < _STAYS:
        return None
    helped = state.distress - state.swing <= _EASED or lighter_by >= _LIGHTER
    helped = helped and state.trust >= AT_EASE and state.strain < _UNHURT
    parting = farewell > 0 and luck.chance(_ANSWERS_GOODBYE * farewell, turn, "answers a goodbye")
    if helped and (parting or luck.chance(0.35, turn, "leaving helped")):
        return "resolved"
    tired = 0.45 * min(1.0, 3 * max(0.0, 1 - state.engagement / person.tires_at))
    hurt = 0.06 * max(0.0, state.strain - _HURT) / (1 - _HURT)
    return "withdrew" if parting or luck.chance(1 - (1 - tired) * (1 - hurt), turn, "leaving unhelped") else None


def thankful(state: SeekerState, now: Intensities) -> float:
    """Return the chance that the last words of one who was not clearly helped thank all the same.

    Talks between people end in a leave-taking, and thanks belong to it whether or not the talk helped (Schegloff and
    Sacks, 1973, Semiotica 8, 289): 58.9 % of last turns in ESConv, 33.3 % of those whom nothing helped.
    """
    civil = (1 - 0.6 * now.low_engagement) * (1 - 0.57 * now.resistance) * (1 - 0.4 * now.negative_interpretation)
    return min(1.0, 0.43 + 0.72 * state.trust) * civil
