"""Which move comes next: leaving or staying, the act, what it tells, how long, in what tone."""

from collections.abc import Sequence
from typing import Final, Literal

from hardseek.cards import Fact
from hardseek.luck import Luck
from hardseek.seekers.course import Intensities
from hardseek.seekers.disclosure import tellable
from hardseek.seekers.length import length_of
from hardseek.seekers.seeker import Part
from hardseek.seekers.state import Act, Appraisal, Move, SeekerState
from hardseek.seekers.update import felt

RESISTING: Final[frozenset[Act]] = frozenset({"reject", "argue", "doubt", "deflect"})
"""Acts that go against what the supporter does. Resistance tends to stay: after sustain talk, P(sustain talk again) is
0.49 with poor helpers and 0.40 with good ones (AnnoMI; Wu et al., 2022)."""
_STAYS: Final = 3
"""Turns that the seeker has before leaving is thought of."""
_EASED: Final = 3.2
"""Points of distress, swing left out, under which the seeker may leave helped."""
_LIGHTER: Final = 1.7
"""Points by which distress, swing left out, may also have fallen for that: an ordinary seeker's mean relief after six
to seven turns of a good helper, so that one in two of them leaves within eight exchanges."""
_AT_EASE: Final = 0.5
"""Trust from which one leaves as one who was helped, and speaks warmly."""
_UNHURT: Final = 0.25
"""Strain under which one leaves as one who was helped."""
_TIRED: Final = 0.41
"""Engagement under which the seeker may leave unhelped."""
_HURT: Final = 0.35
"""Strain over which the seeker may leave unhelped."""
_ROOM_FOR_TWO: Final = {"en": 30, "zh": 48}
"""Words or characters beyond which two facts are told at once."""
_STRONG: Final = 0.5
"""Intensity, help or points of swing from which a tone is heard."""
_STUNG: Final = 0.3
"""Strain from which a resisting turn is sharp."""
_VERY_LOW: Final = 7.5
"""Points of distress from which a turn sounds low."""


def choose(part: Part, state: SeekerState, a: Appraisal | None, now: Intensities, *, turn: int, last: Act | None,
           lighter_by: float) -> Move:  # fmt: skip
    """Choose the seeker's move.

    Args:
        part: who is played.
        state: after the supporter's turn is taken in.
        a: how it was taken in; None when there is none to answer, at the opening.
        now: the intensities of the behaviours.
        turn: of the seeker, counted from 0.
        last: the act of the seeker's turn before; None at the opening.
        lighter_by: points by which distress, swing left out, is lower than at the beginning.
    """
    luck = part.luck
    facts = tellable(part.card, state, now)
    if a is None or last is None:
        act: Act = "open"
    else:
        ending = _leaving(state, luck, turn, lighter_by)
        if ending is not None:
            act = "close" if ending == "resolved" else "withdraw"
            length = length_of(part.card.language, act, now, luck, turn)
            return Move(act, length=length, tone=_tone(act, state, a, now), ending=ending)
        act = luck.weigh(_weights(facts, state, a, now, last), turn, "act")
    length = length_of(part.card.language, act, now, luck, turn)
    many = 2 if act == "tell" and length > _ROOM_FOR_TWO[part.card.language] else int(act in {"open", "tell"})
    return Move(act, tuple(fact.id for fact in facts[:many]), length, _tone(act, state, a, now))


def _leaving(state: SeekerState, luck: Luck, turn: int, lighter_by: float) -> Literal["resolved", "withdrew"] | None:
    """Draw whether the seeker leaves, and how; the same rule under every condition.

    Helped, with probability 0.35 a turn, once calm or clearly lighter, at ease and without strain. What counts is the
    course of distress: one whose mood swings is not helped because it swung up. Not helped, with a probability that
    grows as engagement runs out (0.30 at none) and as strain mounts (0.10 at full strain): people whom nothing helps
    stay for as many turns as others (FailedESConv and ESConv, median 11 in both).
    """
    if turn < _STAYS:
        return None
    helped = state.distress - state.swing <= _EASED or lighter_by >= _LIGHTER
    helped = helped and state.trust >= _AT_EASE and state.strain < _UNHURT
    if helped and luck.chance(0.35, turn, "leaving helped"):
        return "resolved"
    tired = 0.30 * max(0.0, 1 - state.engagement / _TIRED)
    hurt = 0.10 * max(0.0, state.strain - _HURT) / (1 - _HURT)
    return "withdrew" if luck.chance(1 - (1 - tired) * (1 - hurt), turn, "leaving unhelped") else None


def _weights(facts: Sequence[Fact], state: SeekerState, a: Appraisal, now: Intensities, last: Act) -> dict[Act, float]:
    """Weigh the acts: what an ordinary seeker would do, and what each behaviour adds and takes away.

    Set so that the acts come about as often as in people's talks: thanks and questions as in ESConv, resisting again
    after resisting as in AnnoMI. One who argues does so when led (sustain talk follows a helper's input in 23.2 % with
    poor helpers and 7.6 % with good ones, AnnoMI), seldom after a question that is not about advice.
    """
    e, d, v, n = now.low_engagement, now.limited_disclosure, now.emotional_volatility, now.negative_interpretation
    withdrawing, arguing = now.withdrawing, now.arguing
    helped, harm = felt(a, now)
    led = max(a.advice, 0.5 * a.minimising)
    asked = max(a.open_question, a.closed_question)
    uptake = (1 - 0.8 * now.resistance) * (1 - 0.6 * n) * (1 - 0.4 * e)
    grateful = (1 - 0.35 * now.resistance) * (1 - 0.6 * n) * (1 - 0.25 * e)
    weights: dict[Act, float] = {
        "tell": (0.6 + 3.2 * state.openness + 0.8 * a.open_question) * (1 - 0.6 * e) * (1 - 0.5 * d) * bool(facts),
        "elaborate": (0.5 + 0.9 * helped) * (1 - 0.6 * e) * (1 - 0.5 * d) * bool(state.disclosed),
        "answer": 1.3 * asked * (1 - 0.3 * e),
        "minimal": 0.35 + 0.8 * state.strain + 2.6 * e + 1.8 * withdrawing + 0.4 * d,
        "deflect": 0.04 + 0.6 * a.interrogation + asked * (2.2 * d + 0.9 * withdrawing),
        "vent": 0.5 * state.distress / 10 + 2.6 * v + 0.4 * harm,
        "reject": (0.05 + 0.80 * led) * (1 + 1.2 * harm) + withdrawing * (0.15 + 2.6 * led) + 0.7 * arguing * led,
        "argue": 0.06 * led + arguing * (0.5 + 5.0 * led + 2.5 * harm + 1.5 * state.strain) * (1 - 0.6 * helped),
        "doubt": 0.05 + 0.25 * harm + n * (3.0 + 1.2 * a.validation + harm),
        "ask": 0.60 * (1 - 0.7 * e) * (1 - 0.4 * withdrawing),
        "accept": (0.9 * a.advice + 0.5 * helped) * uptake,
        "thank": (0.95 + 1.9 * helped) * grateful * (1 - 0.6 * state.strain),
    }
    if last in RESISTING:
        for act in RESISTING:
            weights[act] *= 2.4 - 1.4 * helped
    return weights


def _tone(act: Act, state: SeekerState, a: Appraisal | None, now: Intensities) -> str:
    """Name the tone; the voices know plain, flat, low, sharp, tense and warm."""
    helped = felt(a, now)[0] if a is not None else 0.0
    if act in RESISTING and (state.strain > _STUNG or now.arguing > _STRONG):
        return "sharp"
    if now.emotional_volatility > _STRONG and state.swing > _STRONG:
        return "tense"
    if now.low_engagement > _STRONG or now.withdrawing > _STRONG:
        return "flat"
    if state.distress > _VERY_LOW:
        return "low"
    return "warm" if helped > _STRONG and state.trust > _AT_EASE else "plain"
