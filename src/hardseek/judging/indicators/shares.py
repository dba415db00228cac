"""Shares and means over turns, unscored where there are none."""

import math
from collections.abc import Callable, Sequence
from statistics import median
from typing import TypeVar

from hardseek.judging.indicators.account import Account, Answer, Said, Unscored

T = TypeVar("T")
NO_SUPPORTER = Unscored("the supporter says nothing")
NO_SEEKER = Unscored("the seeker says nothing")


def share(items: Sequence[T], holds: Callable[[T], bool], empty: Unscored) -> float | Unscored:
    """Return the share of the items of which it holds, 0 to 1."""
    return sum(map(holds, items)) / len(items) if items else empty


def mean(values: Sequence[float], empty: Unscored) -> float | Unscored:
    """Return the arithmetic mean."""
    return math.fsum(values) / len(values) if values else empty


def middle(values: Sequence[float], empty: Unscored) -> float | Unscored:
    """Return the median."""
    return float(median(values)) if values else empty


def share_with_cue(group: str) -> Callable[[Account], float | Unscored]:
    """Return an indicator: the share of the supporter's turns with at least one cue of a group."""

    def holds(answer: Answer) -> bool:
        return has_cue(answer.said, group)

    return lambda account: share(account.answers, holds, NO_SUPPORTER)


def has_cue(said: Said, group: str) -> bool:
    """Tell whether a turn holds a cue of a group, see the seekers' cue lists."""
    return said.reading.cues.get(group, 0) > 0
