"""How long a turn is to be: drawn from lengths of people's turns.

Lengths are log-normal. An ordinary seeker's have the median and the quartiles of ESConv's seekers (16 [8-26] words),
those of one who withdraws or is not engaged of seekers whom nothing helped (FailedESConv: 7 [2-17]), an arguing one's
of sustain talk (AnnoMI: median 18). In between, median and spread are blended on the log scale by the intensity. For
Chinese the same lengths are counted in characters, 1.6 to a word, the usual ratio of texts of the same content.
"""

import math
from typing import Final

from hardseek.language import A_WORD, Language
from hardseek.luck import Luck
from hardseek.seekers.course import Intensities
from hardseek.seekers.state import Act

_QUARTILE: Final = 0.6745
"""Of the standard normal distribution."""
_ORDINARY: Final = (math.log(16), math.log(26 / 8) / (2 * _QUARTILE))
_WITHDRAWN: Final = (math.log(7), math.log(17 / 2) / (2 * _QUARTILE))
_ARGUING: Final = (math.log(18), 0.6)
_FACTORS: Final[dict[Act, float]] = {
    "open": 1.3, "tell": 1.3, "elaborate": 1.2, "vent": 1.1, "argue": 1.0, "doubt": 1.0, "answer": 0.9, "ask": 0.9,
    "accept": 0.8, "reject": 0.8, "thank": 0.7, "close": 1.1, "withdraw": 0.7, "deflect": 0.7, "minimal": 0.2,
}  # fmt: skip
"""What an act makes of a length."""
_AGAINST: Final[frozenset[Act]] = frozenset({"reject", "deflect"})
_FULLER: Final = 0.7
"""By how much less those who write little hold back in answers to advice. Of seekers whom nothing helped (FailedESConv,
helper rated 3 or more), 107 such answers have 14 [7-24] words and 16 % three or fewer, 295 others 7 [2-16] and 32 %."""
_SHUT: Final = 0.88
"""By how much shorter one who shuts down turns things away; such turns also vary by half as much."""
_LONGEST: Final = 70
"""Words; the longest turn that is aimed at, 40 % less for one who withdraws or is not engaged at all."""
_LONGEST_EMPTY: Final = 35
"""Words; the longest turn that tells nothing. Long turns of people have something to tell."""
_FULL: Final[frozenset[Act]] = frozenset({"open", "tell", "elaborate", "vent", "argue"})


def length_of(language: Language, act: Act, now: Intensities, luck: Luck, turn: int, *, led: float,
              pushed: float, talk: float) -> int:  # fmt: skip
    """Draw the length of a turn, in words (en) or characters (zh), 1 or more.

    Args:
        language: decides the unit.
        act: of the turn.
        now: the intensities of the behaviours.
        luck: of the dialogue.
        turn: of the seeker, counted from 0.
        led: how far the supporter's turn before it says what to do, 0 to 1.
        pushed: how far it presses in other ways, 0 to 1.
        talk: of the person; added to the logarithm of the length.
    """
    shut = now.withdrawing * pushed
    withdrawn = max(now.low_engagement, now.withdrawing * max(pushed, 0.7 * led)) * (1 - _FULLER * led)
    median, spread = _blend(_ORDINARY, _WITHDRAWN, withdrawn)
    if act == "argue":
        median, spread = _blend(_ORDINARY, _ARGUING, now.arguing)
    factor = _FACTORS[act]
    if act in _AGAINST:
        factor *= 1 - _SHUT * shut
        spread *= 1 - 0.5 * shut
    words = math.exp(median + talk + spread * luck.normal(turn, "length")) * factor
    longest = (_LONGEST if act in _FULL else _LONGEST_EMPTY) * (1 - 0.4 * withdrawn)
    return max(1, round(min(words, longest) * A_WORD[language]))


def _blend(one: tuple[float, float], other: tuple[float, float], share: float) -> tuple[float, float]:
    return tuple(a + share * (b - a) for a, b in zip(one, other, strict=True))  # type: ignore[return-value]
