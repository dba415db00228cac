"""Which move comes next: leaving or staying, the act, what it tells, how long, in what tone."""

from typing import Final, Literal

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
"""Points of distress under which the seeker may leave helped."""
_LIGHTER: Final = 2.6
"""Points by which distress may also have fallen for that."""


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
        lighter_by: points by which distress has fallen since the first turn.
    """
    luck = part.luck
    if a is None or last is None:
        act: Act = "open"
    else:
        ending = _leaving(state, luck, turn, lighter_by)
        if ending is not None:
            act = "close" if ending == "resolved" else "withdraw"
            length = length_of(part.card.language, act, now, luck, turn)
            return Move(act, length=length, tone=_tone(act, state, a, now), ending=ending)
        act = luck.weigh(_weights(part, state, a, now, last), turn, "act")
    length = length_of(part.card.language, act, now, luck, turn)
    facts = tellable(part.card, state, now) if act in {"open", "tell"} else ()
    told = facts[:2] if act == "tell" and length > _ROOM_FOR_TWO[part.card.language] else facts[:1]
    return Move(act, tuple(fact.id for fact in told), length, _tone(act, state, a, now))


_ROOM_FOR_TWO: Final = {"en": 30, "zh": 48}


def _leaving(state: SeekerState, luck: Luck, turn: int, lighter_by: float) -> Literal["resolved", "withdrew"] | None:
    """Draw whether the seeker leaves, and how; the same rule under every condition.

    Helped, with probability 0.35 a turn, once calm or clearly lighter, at ease and without strain. Not helped, with a
    probability that grows as engagement runs out (0.30 at none) and as strain mounts (0.10 at full strain): people whom
    nothing helps stay for as many turns as others (FailedESConv and ESConv, median 11 in both).
    """
    if turn < _STAYS:
        return None
    lighter = state.distress <= _EASED or lighter_by >= _LIGHTER
    if lighter and state.trust >= 0.5 and state.strain < 0.25 and luck.chance(0.35, turn, "leaving helped"):  # noqa: PLR2004
        return "resolved"
    tired = 0.30 * max(0.0, 1 - state.engagement / 0.35)
    hurt = 0.10 * max(0.0, state.strain - 0.35) / 0.65
    return "withdrew" if luck.chance(1 - (1 - tired) * (1 - hurt), turn, "leaving unhelped") else None


def _weights(part: Part, state: SeekerState, a: Appraisal, now: Intensities, last: Act) -> dict[Act, float]:
    """Weigh the acts: what an ordinary seeker would do, and what each behaviour adds and takes away."""
    e, d, v, n = now.low_engagement, now.limited_disclosure, now.emotional_volatility, now.negative_interpretation
    withdrawing, arguing = now.withdrawing, now.arguing
    helped, harm = felt(a, now)
    led = max(a.advice, 0.4 * a.interrogation)
    asked = max(a.open_question, a.closed_question)
    news = bool(tellable(part.card, state, now))
    uptake = (1 - 0.8 * now.resistance) * (1 - 0.6 * n) * (1 - 0.4 * e)
    grateful = (1 - 0.5 * now.resistance) * (1 - 0.6 * n) * (1 - 0.4 * e)
    weights: dict[Act, float] = {
        "tell": (1.2 + 2.2 * state.openness + 0.8 * a.open_question) * (1 - 0.6 * e) * (1 - 0.5 * d) * news,
        "elaborate": (0.5 + 0.9 * helped) * (1 - 0.6 * e) * (1 - 0.5 * d) * bool(state.disclosed),
        "answer": 1.3 * asked * (1 - 0.3 * e),
        "minimal": 0.40 + 2.6 * e + 1.8 * withdrawing + 0.4 * d,
        "deflect": 0.04 + asked * (2.2 * d + 0.9 * withdrawing),
        "vent": 0.5 * state.distress / 10 + 2.6 * v + 0.4 * harm,
        "reject": (0.05 + 0.80 * led) * (1 + 1.2 * harm) + withdrawing * (0.5 + 2.2 * led) + 0.7 * arguing * led,
        "argue": 0.06 * led + arguing * (2.2 + 3.0 * led + 1.2 * harm),
        "doubt": 0.05 + 0.25 * harm + n * (3.0 + 1.2 * a.validation + harm),
        "ask": 0.75 * (1 - 0.7 * e) * (1 - 0.4 * withdrawing),
        "accept": (0.9 * a.advice + 0.5 * helped) * uptake,
        "thank": (0.9 + 2.0 * helped) * grateful * (1 - 0.3 * harm),
    }
    if last in RESISTING:
        for act in RESISTING:
            weights[act] *= 1.9 - 0.9 * helped
    return weights


def _tone(act: Act, state: SeekerState, a: Appraisal | None, now: Intensities) -> str:
    """Name the tone; the voices know plain, flat, low, sharp, tense and warm."""
    helped = felt(a, now)[0] if a is not None else 0.0
    if act in RESISTING and (state.strain > 0.3 or now.arguing > 0.5):  # noqa: PLR2004
        return "sharp"
    if now.emotional_volatility > 0.5 and state.swing > 0.5:  # noqa: PLR2004
        return "tense"
    if now.low_engagement > 0.5 or now.withdrawing > 0.5:  # noqa: PLR2004
        return "flat"
    if state.distress > 7.5:  # noqa: PLR2004
        return "low"
    return "warm" if helped > 0.5 and state.trust > 0.5 else "plain"  # noqa: PLR2004
