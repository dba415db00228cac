"""How a supporter's turn changes the seeker: the equations of the state.

With the appraisal a (0 to 1 each), intensities e (low engagement), r (resistance), d (limited disclosure),
v (volatility), n (negative interpretation), and all results kept within their ranges:

    help   = (0.55 a.understanding + 0.25 a.validation + 0.15 a.open_question + 0.15 a.answered + 0.35 a.risk_care
              + 0.10 (a.advice - a.early_advice)) (1 - 0.45 n) (1 - 0.20 e) (1 - 0.25 r)
    harm   = (0.45 a.early_advice + 0.25 a.template + 0.35 a.repetition + 0.60 a.minimising + 0.30 a.interrogation
              + 0.10 a.siding + 0.30 r a.advice) (1 + 0.60 n)
    strain'     = 0.80 strain (1 - 0.60 help) + 0.70 harm
    trust'      = trust + 0.30 help (1 - trust) - 0.30 harm trust
    openness'   = openness + 0.40 ((1 - 0.60 d) (trust' + 0.15 a.open_question) - 0.40 strain' - openness)
    engagement' = engagement + 0.30 ((1 - 0.25 e) (0.45 + 0.55 trust') + 0.25 help - 0.50 strain' - 0.05 r
                               - engagement)
    course'     = course - 1.60 help (0.55 + 0.45 trust') course / 10 + 0.55 harm
    swing'      = 0.40 swing + (0.15 + 0.75 v) z,    z standard normal
    distress'   = course' + swing'          (swing' is then cut to what fits between 0 and 10)

Sources of the form; the numbers are ours, set so that the built-in controls separate and hard seekers answer slowly:

- Understanding that is accurate and conveyed, and validation, lower distress and build the alliance: Elliott, Bohart,
  Watson and Murphy (2018, Psychotherapy 55, 399), empathy and outcome; Fluckiger et al. (2018, ibid. 55, 316).
- Mistakes strain the alliance; validating and exploring first repairs it, and strain fades slowly by itself: Safran and
  Muran (2000, Negotiating the Therapeutic Alliance); Eubanks, Muran and Safran (2018, Psychotherapy 55, 508).
- Directive advice provokes reactance, the more so in people prone to it: Brehm (1966); Beutler et al. (2018, Journal of
  Clinical Psychology 74, 1952); advice before understanding: Miller and Rollnick (2013, Motivational Interviewing).
- Disclosure follows trust, deeper things later: Altman and Taylor (1973, Social Penetration).
- Volatility is variability around the course of affect, with little carry-over: Kuppens, Oravecz and Tuerlinckx (2010,
  Journal of Personality and Social Psychology 99, 1042).
- Negative interpretation discounts good turns and weighs bad ones more: Beck (1979, Cognitive Therapy of Depression).
"""

from typing import Final

from hardseek.luck import Luck
from hardseek.seekers.course import Intensities
from hardseek.seekers.person import Person, person_of
from hardseek.seekers.seeker import Part
from hardseek.seekers.state import Appraisal, SeekerState

_SPREAD: Final = 0.3
"""Points by which the same person comes more or less distressed, one time or another."""


def begin(part: Part, now: Intensities) -> SeekerState:
    """Return where the seeker stands before anything is said."""
    course = first_course(part)
    distress = _points(course + _swing(0.0, now, part.luck, 0))
    trust = _within(person_of(part.card).trust - 0.10 * now.resistance - 0.10 * now.negative_interpretation)
    return SeekerState(
        distress=distress,
        trust=trust,
        openness=_within((1 - 0.6 * now.limited_disclosure) * trust),
        engagement=_within(0.75 - 0.15 * now.low_engagement - 0.05 * now.resistance),
        swing=distress - course,
    )


def first_course(part: Part) -> float:
    """Return the points of distress, swing left out, with which the seeker comes; no behaviour changes it."""
    return _points(person_of(part.card).distress + _SPREAD * part.luck.normal(0, "first distress"))


def update(state: SeekerState, a: Appraisal, now: Intensities, part: Part, turn: int) -> SeekerState:
    """Return the state after a supporter's turn is taken in; see the module for the equations.

    Args:
        state: the seeker's, after their last turn.
        a: how the supporter's turn is taken in.
        now: the intensities of the seeker's behaviours.
        part: who is played.
        turn: of the seeker, counted from 0, that answers it.
    """
    e, r, d = now.low_engagement, now.resistance, now.limited_disclosure
    helped, harm = felt(a, now, person_of(part.card))
    strain = _within(0.80 * state.strain * (1 - 0.60 * helped) + 0.70 * harm)
    trust = _within(state.trust + 0.30 * helped * (1 - state.trust) - 0.30 * harm * state.trust)
    open_to = (1 - 0.60 * d) * (trust + 0.15 * a.open_question) - 0.40 * strain
    engaged_at = (1 - 0.25 * e) * (0.45 + 0.55 * trust) + 0.25 * helped - 0.50 * strain - 0.05 * r
    course = state.distress - state.swing
    course = _points(course - 1.60 * helped * (0.55 + 0.45 * trust) * course / 10 + 0.55 * harm)
    distress = _points(course + _swing(state.swing, now, part.luck, turn))
    return SeekerState(
        distress=distress,
        trust=trust,
        openness=_within(state.openness + 0.40 * (open_to - state.openness)),
        engagement=_within(state.engagement + 0.30 * (engaged_at - state.engagement)),
        strain=strain,
        swing=distress - course,
        disclosed=state.disclosed,
    )


def felt(a: Appraisal, now: Intensities, person: Person) -> tuple[float, float]:
    """Return how much help and how much harm is felt in a turn, each 0 to 1."""
    e, r, n = now.low_engagement, now.resistance, now.negative_interpretation
    good = 0.55 * a.understanding + 0.25 * a.validation + 0.15 * a.open_question + 0.15 * a.answered
    good += 0.35 * a.risk_care + 0.10 * max(0.0, a.advice - a.early_advice)
    bad = 0.45 * a.early_advice + 0.25 * a.template + 0.35 * a.repetition + 0.60 * a.minimising
    bad += 0.30 * a.interrogation + 0.10 * a.siding + 0.30 * r * a.advice
    helped = person.takes_help * good * (1 - 0.45 * n) * (1 - 0.20 * e) * (1 - 0.25 * r)
    return _within(helped), _within(person.takes_harm * bad * (1 + 0.60 * n))


def _swing(before: float, now: Intensities, luck: Luck, turn: int) -> float:
    return 0.40 * before + (0.15 + 0.75 * now.emotional_volatility) * luck.normal(turn, "swing")


def _within(value: float) -> float:
    return min(1.0, max(0.0, value))


def _points(value: float) -> float:
    return min(10.0, max(0.0, value))
