"""How likely each act is: what an ordinary seeker would do, and what each behaviour adds and takes away.

The weights are set so that acts come about as often as in people's talks (docs/method/seeker.md says which figures).
Each behaviour shows where its literature puts it: low engagement whatever the supporter does; resistance after
pressure, least after understanding; limited disclosure where something personal is asked for; negative interpretation
where something kind is said.
"""

from collections.abc import Sequence
from typing import Final

from hardseek.cards import Fact
from hardseek.seekers.course import Intensities
from hardseek.seekers.pressure import leading, pressure, pushing
from hardseek.seekers.state import Act, Appraisal, SeekerState

RESISTING: Final[frozenset[Act]] = frozenset({"reject", "argue", "doubt", "deflect"})
"""Acts that go against what the supporter does."""
_AGAIN: Final = 0.5
"""What is left of the weight of an act that has just been done."""


def weights(
    facts: Sequence[Fact], state: SeekerState, a: Appraisal, now: Intensities, felt: tuple[float, float], *, last: Act
) -> dict[Act, float]:
    """Weigh the acts; each is 0 or more.

    Args:
        facts: that could be told now.
        state: after the supporter's turn is taken in.
        a: how it was taken in.
        now: the intensities of the behaviours.
        felt: how much help and harm was felt in it.
        last: the act of the seeker's turn before; nobody dwells twice on what is told.
    """
    e, d, v, n = now.low_engagement, now.limited_disclosure, now.emotional_volatility, now.negative_interpretation
    w, g = now.withdrawing, now.arguing
    helped, harm = felt
    led, pushed, pressed = leading(a), pushing(a), pressure(a)
    asked = max(a.open_question, a.closed_question)
    invited = a.open_question * (1 - pressed)
    comfort = max(a.validation, a.understanding, a.template)
    uptake = (1 - 0.5 * w * pressed) * (1 - 0.7 * g) * (1 - 0.6 * n) * (1 - 0.3 * e)
    # In ESConv 3 to 6 % of answers to a turn that ends with a question thank, and 13 to 16 % of others.
    grateful = (1 - 0.4 * w) * (1 - 0.35 * g) * (1 - 0.45 * n) * (1 - 0.35 * e) * (1 - 0.75 * asked)
    dwelling = _AGAIN if last == "elaborate" or not facts else 1.0
    few = (0.5 + 0.75 * state.strain) * (1 + 2.0 * g * pressed) * (1 - 0.4 * w * pressed) * (1 - 0.75 * led)
    few += 3.4 * e * (1 - led) + 1.0 * w * pushed + 0.15 * v + 0.15 * n
    going_on = 1 - 0.8 * a.farewell  # on a goodbye one thanks or says a word, and opens nothing
    opening_up = (1 - 0.05 * e * (1 - asked)) * (1 + 0.5 * v + 0.6 * n) * going_on
    taken_badly = n * (2.0 + 2.5 * comfort + harm) * (1 - 0.6 * led) * (1 - 0.4 * pushed)
    return {
        "tell": (0.9 + 4.4 * state.openness + 1.0 * a.open_question) * opening_up * bool(facts),
        "elaborate": (0.6 + 0.6 * helped) * (1 - 0.7 * e) * dwelling * going_on * bool(state.disclosed),
        "answer": 1.2 * asked * (1 - 0.3 * e) + 0.8 * d * asked,
        "minimal": few,
        "deflect": 0.04 + 0.5 * a.interrogation * (1 - 0.8 * e) + d * (2.6 * invited + 0.4 * asked) + 13.0 * w * pushed,
        "vent": (0.5 * state.distress / 10 + 2.2 * v + 0.4 * harm) * going_on,
        "reject": (0.05 + 1.05 * led) * (1 + 1.2 * harm) * (1 - 0.9 * w) * (1 - 0.2 * e)
        + 9.0 * w * pushed
        + 0.5 * g * led,
        "argue": 0.06 * led + g * (0.5 + 6.0 * led + 2.0 * pushed) * (1 - 0.6 * helped),
        "doubt": ((0.05 + 0.25 * harm) * (1 - 0.4 * e) * (1 - 0.3 * g) + taken_badly) * going_on,
        "ask": 0.9 * (1 + 0.35 * e) * going_on,
        "accept": (0.9 * a.advice + 0.5 * helped * (1 - 0.75 * asked)) * uptake,
        "thank": (1.0 + 1.6 * helped) * grateful * (1 - 0.6 * state.strain),
    }


def stays(now: Intensities, a: Appraisal) -> float:
    """Return the chance that one who resisted resists again whatever is said, on top of what the weights give.

    P(sustain talk after sustain talk) is 0.49 with poor helpers and 0.40 with good ones (AnnoMI; Wu et al., 2022), far
    more than how often either meets it: resistance lasts beyond what set it off.
    """
    return 0.08 + 0.33 * now.arguing + 0.15 * now.withdrawing * pushing(a) + 0.15 * now.negative_interpretation
