"""What is counted of a dialogue: each behaviour's own marker, and the patterns that turns are searched for.

Each marker grows with its behaviour and, as far as can be, with no other. Those of low engagement, of the two forms of
resistance and of negative interpretation are counted in the text, by patterns that stand in a file, and by how hard
the supporter's turn before pressed, as the offline appraisal has it. Two are read from the trace, for the text cannot
tell them: what of the card is held back (nobody can see in a text what was not told), and how far distress moves.
"""

import re
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from statistics import fmean, pstdev
from typing import Final, Literal

from hardseek.dialogues import Turn
from hardseek.documents import Document, load, packaged
from hardseek.language import BRIEF, Language, length
from hardseek.seekers import Appraisal
from hardseek.seekers.appraisal import appraise
from hardseek.seekers.pressure import pressure, pushing
from hardseek.validity.talks import Talk

Pattern = Literal["turning_away", "countering", "doubting", "thanks", "negation"]
Marked = Literal[
    "low_engagement", "withdrawing", "arguing", "limited_disclosure", "emotional_volatility", "negative_interpretation"
]
"""What has a marker: the axes, resistance in each of its forms."""

SHORT: Final[dict[Language, int]] = {"en": 8, "zh": 13}
"""Words or characters up to which a turn shuts down, and beyond which it argues: between the medians of seekers whom
nothing helped (7) and of ordinary ones (16), Chinese at 1.6 characters to a word."""
PRESSED: Final = 0.35
"""Pressure from which a supporter's turn counts as pressing."""


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


def asks(text: str) -> bool:
    """Tell whether a turn has a question mark."""
    return "?" in text or "？" in text


def shuts_down(text: str, language: Language) -> bool:
    """Tell whether a turn turns something away in few words."""
    return length(text) <= SHORT[language] and shows("turning_away", text, language)


def argues(text: str, language: Language) -> bool:
    """Tell whether a turn sets something against what was said, at length."""
    return length(text) > SHORT[language] and not asks(text) and shows("countering", text, language)


def after(talk: Talk, how: Callable[[Appraisal], float]) -> list[str]:
    """Return the seeker's turns that answer a turn which presses so, as the offline appraisal has it."""
    said = _staying(talk)
    messages = [turn.message for turn in talk.turns]
    risk = talk.card.risk != "none"
    return [
        answer.text
        for place, (before, answer) in enumerate(pairwise(talk.turns))
        if before.speaker == "supporter" and answer in said
        and how(appraise(before.text, messages[:place], talk.language, risk=risk)) >= PRESSED
    ]  # fmt: skip


def _staying(talk: Talk) -> list[Turn]:
    """Return the seeker's turns without their first, which answers nothing, and without the one they leave with."""
    return [turn for turn in talk.said[1:] if not (turn.trace and turn.trace.move and turn.trace.move.ending)]


def _little(talk: Talk) -> float | None:
    said = [turn.text for turn in _staying(talk)]
    return _share([brief(text, talk.language) and not shuts_down(text, talk.language) for text in said])


def _shutting_down(talk: Talk) -> float | None:
    return _share([shuts_down(text, talk.language) for text in after(talk, pushing)])


def _arguing(talk: Talk) -> float | None:
    return _share([argues(text, talk.language) for text in after(talk, pressure)])


def _held_back(talk: Talk) -> float | None:
    deep = {fact.id for fact in talk.card.facts if fact.depth != "surface"}
    if not deep or not talk.states:
        return None
    return 1 - len(deep & set(talk.states[-1].disclosed)) / len(deep)


def _unrest(talk: Talk) -> float | None:
    """Return the standard deviation of distress around its course, in points."""
    return pstdev([state.swing for state in talk.states]) if len(talk.states) > 1 else None


def _doubt(talk: Talk) -> float | None:
    return _share([shows("doubting", turn.text, talk.language) for turn in _staying(talk)])


def _share(holds: list[bool]) -> float | None:
    return fmean(holds) if holds else None


MARKERS: Final[dict[Marked, Callable[[Talk], float | None]]] = {
    "low_engagement": _little,
    "withdrawing": _shutting_down,
    "arguing": _arguing,
    "limited_disclosure": _held_back,
    "emotional_volatility": _unrest,
    "negative_interpretation": _doubt,
}
