"""How far a supporter's turn goes in three ways of empathy: points for the signs in it, held against two thresholds."""

from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from typing import ClassVar, Final, Literal, get_args

import msgspec

from hardseek.chat import Message
from hardseek.documents import load, packaged
from hardseek.language import Language
from hardseek.seekers.appraisal.points import Points
from hardseek.seekers.appraisal.signs import signs

Way = Literal["emotional_reaction", "interpretation", "exploration"]
"""The communication mechanisms of EPITOME (Sharma et al., 2020): warmth and concern; an understanding of feelings and
experiences put into words; interest in what was not said."""
WAYS: Final[tuple[Way, ...]] = get_args(Way)


class Empathy(msgspec.Struct, frozen=True):
    """Levels as in EPITOME: 0 not there, 1 weak or general, 2 strong or specific."""

    emotional_reaction: int
    interpretation: int
    exploration: int


class EmpathyPoints(Points):
    """What each sign counts for each way, and from which sums on the levels are told."""

    kinds: ClassVar[tuple[str, ...]] = WAYS

    levels: dict[Way, tuple[float, float]]
    """The sums from which on level 1 and level 2 are told; equal where level 1 is never told."""


def empathy(text: str, transcript: Sequence[Message], language: Language) -> Empathy:
    """Tell the levels of a supporter's turn; 0 for a turn without words.

    The points were estimated once, on half of EPITOME's posts, and stand in `data/empathy.yaml`; English. Chinese is
    read with the same points, and nothing is known of how far that agrees with people. How far the English levels do
    is in docs/method/appraisal.md.

    Args:
        text: the supporter's turn.
        transcript: the talk before it, seeker `user`, supporter `assistant`.
        language: what the talk is in.
    """
    found = signs(text, transcript, language)
    if not found:
        return Empathy(0, 0, 0)
    table = _points()
    sums = table.sums(found)
    return Empathy(*(bisect_right(table.levels[way], sums[way]) for way in WAYS))


@cache
def _points() -> EmpathyPoints:
    return load(packaged("hardseek.seekers", "data", "empathy.yaml"), EmpathyPoints, source="empathy.yaml")
