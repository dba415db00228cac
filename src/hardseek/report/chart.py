"""The picture of each system's mean under the reference and under the hard condition, with intervals."""

import math
from dataclasses import dataclass
from typing import Literal

from hardseek.analysis import Cell, Estimate
from hardseek.report.numbers import digits, interval, number
from hardseek.report.safe import visible
from hardseek.report.sections import condition_title, ranked
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
    """One line a system."""

    legend: tuple[tuple[Side, Bilingual], ...]
    lines: tuple[tuple[str, tuple[Mark, ...]], ...]
    ticks: tuple[tuple[float, str], ...]
    """Place in per cent and label."""


def chart(view: RunView) -> Chart | None:
    """Lay the picture out; None where there is no score to draw."""
    summary, main = view.summary, view.main
    sides: list[tuple[Side, str]] = []
    if summary.reference is not None:
        sides.append(("reference", summary.reference))
    if summary.focus is not None:
        sides.append(("hard", summary.focus))
    found = {
        system: [
            (side, summary.means[cell])
            for side, name in sides
            if (cell := Cell(main.name, name, system)) in summary.means
        ]
        for system in ranked(view)
    }
    ends = [
        end
        for marks in found.values()
        for _, mean in marks
        for end in (mean.low, mean.high, mean.mean)
        if end is not None
    ]
    if not ends:
        return None
    ticks = nice_ticks(min(ends), max(ends))
    low, high = ticks[0], ticks[-1]

    def place(value: float) -> float:
        return round(_MARGIN + (100 - 2 * _MARGIN) * (value - low) / (high - low), 2)

    def mark(side: Side, mean: Estimate) -> Mark:
        centre = mean.mean if mean.mean is not None else low
        start, end = (centre, centre) if mean.low is None or mean.high is None else (mean.low, mean.high)
        text, ends = number(centre, digits(main)), "" if mean.low is None else interval(mean, digits(main))
        return Mark(side, place(centre), place(start), place(end), text, ends)

    step = ticks[1] - ticks[0]
    decimals = max(0, -math.floor(math.log10(step) + 1e-9)) + (1 if f"{step:e}".startswith("2.5") else 0)
    return Chart(
        legend=tuple((side, condition_title(view, name)) for side, name in sides),
        lines=tuple(
            (visible(system), tuple(mark(*each) for each in marks)) for system, marks in found.items() if marks
        ),
        ticks=tuple((place(tick), number(tick, decimals)) for tick in ticks),
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
