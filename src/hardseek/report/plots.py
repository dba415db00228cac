"""Dots with whiskers on a common scale; places are per cent of the width."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from hardseek.report.words import Bilingual

_MARGIN: Final = 2.0
"""Per cent of the width kept free at both ends, so that no mark is cut off."""
Tick = tuple[float, str]
Line = TypeVar("Line")


@dataclass(frozen=True, slots=True)
class Dot:
    """A value with its interval, what it is aimed at, and the published one."""

    title: Bilingual
    of: Bilingual | None
    """Where a new condition begins."""
    place: float
    low: float
    high: float
    band: tuple[float, float] | None
    published: float | None
    text: str
    holds: bool | None


@dataclass(frozen=True, slots=True)
class Plot(Generic[Line]):
    """Lines on a common scale."""

    lines: tuple[Line, ...]
    ticks: tuple[Tick, ...]
    even: float | None = None
    """Where neither side wins, on scales that have such a place."""


def place_on(value: float, ticks: Sequence[float]) -> float:
    """Return where a value stands on the scale from the first tick to the last."""
    return round(_MARGIN + (100 - 2 * _MARGIN) * (value - ticks[0]) / (ticks[-1] - ticks[0]), 2)


def places(ticks: Sequence[float]) -> list[tuple[float, float]]:
    """Return the ticks with their places."""
    return [(place_on(tick, ticks), tick) for tick in ticks]


def marked(ticks: Sequence[float]) -> tuple[Tick, ...]:
    """Return the places of the ticks with their labels."""
    return tuple((place, f"{tick:g}".replace("-", "−")) for place, tick in places(ticks))
