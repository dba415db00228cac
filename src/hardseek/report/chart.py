"""Means and other figures with their intervals, one line each on a common scale."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from hardseek.analysis import Cell, Estimate
from hardseek.report.numbers import digits, interval, number
from hardseek.report.order import ranked
from hardseek.report.safe import visible
from hardseek.report.titles import condition_title
from hardseek.report.view import RunView
from hardseek.report.words import Bilingual

Side = Literal["reference", "hard"]
_MARGIN = 3.0  # per cent of the width kept free at both ends, so that no mark is cut off
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True, slots=True)
class Mark:
    """A mean and its interval; places are per cent of the width."""

    side: Side
    place: float
    low: float
    high: float
    text: str
    interval: str


@dataclass(frozen=True, slots=True)
class Chart:
    """One line a system, or whatever else has a figure."""

    legend: tuple[tuple[Side, Bilingual], ...]
    lines: tuple[tuple[str | Bilingual, tuple[Mark, ...]], ...]
    ticks: tuple[tuple[float, str], ...]
    """Place in per cent and label."""


Figure = tuple[Side, float, float | None, float | None]
"""On which side it is drawn, its value, and the ends of its interval."""


def chart(view: RunView) -> Chart | None:
    """Draw each system's mean under the reference and under the hard condition; None where there is no score."""
    summary, main = view.summary, view.main
    sides: list[tuple[Side, str]] = []
    if summary.reference is not None:
        sides.append(("reference", summary.reference))
    if summary.focus is not None:
        sides.append(("hard", summary.focus))
    lines = [
        (
            visible(system),
            [
                _figure(side, summary.means[cell])
                for side, name in sides
                if (cell := Cell(main.name, name, system)) in summary.means
            ],
        )
        for system in ranked(view)
    ]
    return lay(lines, digits(main), tuple((side, condition_title(view, name)) for side, name in sides))


def lay(
    lines: Sequence[tuple[str | Bilingual, Sequence[Figure]]],
    decimals: int,
    legend: tuple[tuple[Side, Bilingual], ...] = (),
    *,
    scale: Sequence[float] = (),
) -> Chart | None:
    """Lay figures out on one scale.

    Args:
        lines: what heads each line, and its figures; lines without any are left out.
        decimals: of the figures' texts.
        legend: what the sides stand for.
        scale: values that the scale takes in besides.

    Returns:
        None where there is nothing to draw.
    """
    shown = [(head, figures) for head, figures in lines if figures]
    if not shown:
        return None
    ends = [end for _, figures in shown for _, *values in figures for end in values if end is not None]
    ticks = nice_ticks(min(*ends, *scale, ends[0]), max(*ends, *scale, ends[0]))
    low, high = ticks[0], ticks[-1]

    def place(value: float) -> float:
        return round(_MARGIN + (100 - 2 * _MARGIN) * (value - low) / (high - low), 2)

    def mark(side: Side, value: float, start: float | None, end: float | None) -> Mark:
        known = start is not None and end is not None
        text = interval(Estimate(value, start, end, 0, 0), decimals) if known else ""
        drawn = (start, end) if start is not None and end is not None else (value, value)
        return Mark(side, place(value), place(drawn[0]), place(drawn[1]), number(value, decimals), text)

    step = ticks[1] - ticks[0]
    places = max(0, -math.floor(math.log10(step) + 1e-9)) + (1 if f"{step:e}".startswith("2.5") else 0)
    return Chart(
        legend=legend,
        lines=tuple((head, tuple(mark(*figure) for figure in figures)) for head, figures in shown),
        ticks=tuple((place(tick), number(tick, places)) for tick in ticks),
    )


def nice_ticks(low: float, high: float) -> list[float]:
    """Choose a few round numbers, evenly apart, the first at or below `low` and the last at or above `high`."""
    span = high - low
    if span <= 1e-9 * max(1.0, abs(high)):  # one value, but for rounding
        span = max(1.0, abs(high))
    power = 10.0 ** math.floor(math.log10(span / 5))
    step = next(factor * power for factor in _STEPS if span / (factor * power) <= 6)  # noqa: PLR2004 - at most six steps
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(tick * step, 12) for tick in range(first, max(last, first + 1) + 1)]


def _figure(side: Side, mean: Estimate) -> Figure:
    return side, mean.mean or 0.0, mean.low, mean.high
