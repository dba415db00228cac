"""Which move comes next: leaving or staying, the act, what it tells, how long, in what tone."""

from typing import Final

from hardseek.seekers.course import Intensities
from hardseek.seekers.disclosure import tellable, told_next
from hardseek.seekers.leaving import AT_EASE, leaving, thankful
from hardseek.seekers.length import length_of
from hardseek.seekers.person import person_of
from hardseek.seekers.pressure import leading, pushing
from hardseek.seekers.seeker import Part
from hardseek.seekers.state import Act, Appraisal, Move, SeekerState
from hardseek.seekers.update import felt
from hardseek.seekers.weights import RESISTING, stays, weights

_ROOM_FOR_TWO: Final = {"en": 24, "zh": 38}
"""Words or characters beyond which two facts are told at once."""
_STRONG: Final = 0.5
"""Intensity, help or points of swing from which a tone is heard."""
_STUNG: Final = 0.3
"""Strain from which a resisting turn is sharp."""
_VERY_LOW: Final = 7.5
"""Points of distress from which a turn sounds low."""


def choose(part: Part, state: SeekerState, a: Appraisal | None, now: Intensities, *, turn: int, last: Act | None,
           lighter_by: float, heard: str) -> Move:  # fmt: skip
    """Choose the seeker's move.

    Args:
        part: who is played.
        state: after the supporter's turn is taken in.
        a: how it was taken in; None when there is none to answer, at the opening.
        now: the intensities of the behaviours.
        turn: of the seeker, counted from 0.
        last: the act of the seeker's turn before; None at the opening.
        lighter_by: points by which distress, swing left out, is lower than at the beginning.
        heard: the supporter's turn, empty at the opening.
    """
    luck, language = part.luck, part.card.language
    person = person_of(part.card)
    talk = person.talk
    if a is None or last is None:
        facts = tuple(fact for fact in tellable(part.card, state, now) if fact.depth == "surface")
        length = length_of(language, "open", now, luck, turn, led=0.0, pushed=0.0, talk=talk)
        return Move("open", tuple(fact.id for fact in facts[:1]), length, _tone("open", state, a, part, now))
    led, pushed = leading(a), pushing(a)
    ending = leaving(state, person, luck, turn, lighter_by=lighter_by, farewell=a.farewell)
    at_the_end = ending is not None or turn == part.exchanges - 1
    thanks = at_the_end and luck.chance(thankful(state, now), turn, "thanks at the end")
    if ending is not None:
        # One who is civil all the same says thanks and is gone.
        act: Act = "close" if ending == "resolved" else "thank" if thanks else "withdraw"
        length = length_of(language, act, now, luck, turn, led=led, pushed=pushed, talk=talk)
        return Move(act, length=length, tone=_tone(act, state, a, part, now), ending=ending)
    facts = tellable(part.card, state, now)
    if thanks:
        act = "thank"  # the talk is over: whoever stayed to its end takes leave
    else:
        weighed = weights(facts, state, a, now, felt(a, now, person), last=last)
        if last in RESISTING and luck.chance(stays(now, a), turn, "resists again"):
            weighed = {act: weight for act, weight in weighed.items() if act in RESISTING}
        act = luck.weigh(weighed, turn, "act")
    length = length_of(language, act, now, luck, turn, led=led, pushed=pushed, talk=talk)
    many = 0 if act != "tell" else 2 if length > _ROOM_FOR_TWO[language] else 1
    told = told_next(facts, luck, heard, part.card, state.disclosed)[:many] if many else ()
    return Move(act, tuple(fact.id for fact in told), length, _tone(act, state, a, part, now))


def _tone(act: Act, state: SeekerState, a: Appraisal | None, part: Part, now: Intensities) -> str:
    """Name the tone; the voices know plain, flat, low, sharp, tense and warm."""
    helped = felt(a, now, person_of(part.card))[0] if a is not None else 0.0
    if act in RESISTING and (state.strain > _STUNG or now.arguing > _STRONG):
        return "sharp"
    if now.emotional_volatility > _STRONG and state.swing > _STRONG:
        return "tense"
    if now.low_engagement > _STRONG or now.withdrawing > _STRONG:
        return "flat"
    if state.distress > _VERY_LOW:
        return "low"
    return "warm" if helped > _STRONG and state.trust > AT_EASE else "plain"
