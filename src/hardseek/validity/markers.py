"""What is counted of a dialogue: each axis's own marker, and the patterns that turns are searched for.

Each marker grows with its axis. Two are read from the trace, for the text cannot tell them: what of the card is held
back (nobody can see in a text what was not told), and how far distress moves from turn to turn.
"""

import re
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from statistics import fmean, pstdev
from typing import Final, Literal

from hardseek.dialogues import Transcript
from hardseek.documents import Document, load, packaged
from hardseek.judging import IndicatorJudge
from hardseek.judging.indicators.amount import BRIEF
from hardseek.language import Language, length
from hardseek.seekers import Axis
from hardseek.validity.talks import Talk

Pattern = Literal["doubting", "thanks", "negation"]


class _Markers(Document):
    id: str
    version: int
    patterns: dict[Pattern, dict[Language, tuple[str, ...]]]


@cache
def pattern(name: Pattern, language: Language) -> re.Pattern[str]:
    """Return the pattern of this name."""
    found = load(packaged("hardseek.validity", "data", "markers.yaml"), _Markers, source="markers.yaml")
    return re.compile("|".join(found.patterns[name][language]), re.IGNORECASE)


def shows(name: Pattern, text: str, language: Language) -> bool:
    """Tell whether a turn shows a pattern."""
    return pattern(name, language).search(text.replace("’", "'")) is not None


def brief(text: str, language: Language) -> bool:
    """Tell whether a turn has three words or fewer, in Chinese five characters."""
    return length(text) <= BRIEF[language]


def _brevity(talk: Talk) -> float | None:
    return fmean(brief(turn.text, talk.language) for turn in talk.said) if talk.said else None


def _rejection(talk: Talk) -> float | None:
    """Return what the offline judge counts: turns that turn an offer down or complain of the help."""
    transcript = Transcript(talk.language, tuple(turn.message for turn in talk.turns))
    ratings = {rating.dimension: rating.score for rating in IndicatorJudge().rate(transcript)}
    return ratings["seeker_rejection"]


def _held_back(talk: Talk) -> float | None:
    deep = {fact.id for fact in talk.card.facts if fact.depth != "surface"}
    if not deep or not talk.states:
        return None
    return 1 - len(deep & set(talk.states[-1].disclosed)) / len(deep)


def _unrest(talk: Talk) -> float | None:
    """Return the standard deviation of the change of distress from one turn to the next, in points."""
    distress = [state.distress for state in talk.states]
    changes = [after - before for before, after in pairwise(distress)]
    return pstdev(changes) if changes else None


def _doubt(talk: Talk) -> float | None:
    return fmean(shows("doubting", turn.text, talk.language) for turn in talk.said) if talk.said else None


MARKERS: Final[dict[Axis, Callable[[Talk], float | None]]] = {
    "low_engagement": _brevity,
    "resistance": _rejection,
    "limited_disclosure": _held_back,
    "emotional_volatility": _unrest,
    "negative_interpretation": _doubt,
}
