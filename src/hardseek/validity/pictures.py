"""What the pictures of a validation are drawn from; the figures beside them are properties."""

from collections.abc import Mapping, Sequence
from statistics import fmean
from typing import Final

import msgspec
import numpy as np

from hardseek.language import Language
from hardseek.seekers import BehaviourProfile
from hardseek.validity.controllable import INTENSITIES, SETTINGS, Dose, doses, effect
from hardseek.validity.markers import MARKERS, Marked
from hardseek.validity.statistics import interval
from hardseek.validity.talks import Talk

_QUANTILES: Final = (0.05, 0.25, 0.5, 0.75, 0.95)


class Point(msgspec.Struct, frozen=True):
    """The mean of a marker at an intensity, with its 95 % interval where one can be had."""

    intensity: float
    mean: float
    low: float | None
    high: float | None


class Curve(msgspec.Struct, frozen=True):
    """How a behaviour's own marker grows with it, and what full intensity does to every marker."""

    marker: Marked
    title: str
    points: tuple[Point, ...]
    effects: dict[Marked, float | None]
    """Cohen's d from none to full intensity, by marker."""


class Spread(msgspec.Struct, frozen=True):
    """How relief is distributed in a condition: the 5, 25, 50, 75 and 95 % quantiles, in points of distress."""

    condition: str
    good: tuple[float, ...]
    """Empty where there was nothing to count."""
    poor: tuple[float, ...]


class Pictures(msgspec.Struct, frozen=True):
    """The pictures of a language."""

    language: Language
    curves: tuple[Curve, ...] = ()
    spreads: tuple[Spread, ...] = ()


def draw(
    language: Language, *, dosed: Mapping[BehaviourProfile, Sequence[Talk]], conditions: Mapping[str, Sequence[Talk]]
) -> Pictures:
    """Count what pictures show; what was not held is empty."""
    curves = [_curve(doses(dosed, setting), setting.marker, setting.title) for setting in SETTINGS] if dosed else []
    spreads = [_spread(name, talks) for name, talks in conditions.items()]
    return Pictures(language, tuple(curves), tuple(spreads))


def _curve(marked: Sequence[Dose], own: Marked, title: str) -> Curve:
    points = []
    for at in INTENSITIES:
        cards: dict[str, list[float]] = {}
        for dose in marked:
            value = dose.marked[own]
            if dose.intensity == at and value is not None:
                cards.setdefault(dose.card, []).append(value)
        if cards:
            low, high = interval(list(cards.values()), fmean) or (None, None)
            points.append(Point(at, fmean(value for card in cards.values() for value in card), low, high))
    return Curve(own, title, tuple(points), {marker: effect(marked, marker) for marker in MARKERS})


def _spread(name: str, talks: Sequence[Talk]) -> Spread:
    sides = [[talk.relief for talk in talks if talk.good == good] for good in (True, False)]
    good, poor = (tuple(np.quantile(side, _QUANTILES).tolist()) if side else () for side in sides)
    return Spread(name, good, poor)
