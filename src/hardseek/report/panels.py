"""Curves with their bands, a small panel each on the same scales; places are units of the panel."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from hardseek.analysis import Estimate
from hardseek.report.chart import Side, nice_ticks
from hardseek.report.words import Bilingual

WIDTH: Final = 300
HEIGHT: Final = 170
LEFT: Final = 38
RIGHT: Final = 8
TOP: Final = 10
BOTTOM: Final = 26
_LABELS: Final = 8
"""Exchanges that find room below a panel."""


@dataclass(frozen=True, slots=True)
class Course:
    """One curve."""

    side: Side
    line: str
    """Its points, as SVG writes them."""
    band: str
    """The outline of the interval; empty where there is none."""


@dataclass(frozen=True, slots=True)
class Panel:
    """The curves of one system."""

    title: str
    courses: tuple[Course, ...]
    told: Bilingual
    """The same in words, for whoever does not see it."""


@dataclass(frozen=True, slots=True)
class Panels:
    """Panels with common scales."""

    panels: tuple[Panel, ...]
    legend: tuple[tuple[Side, Bilingual], ...]
    rows: tuple[tuple[float, str], ...]
    """Height and label."""
    columns: tuple[tuple[float, str], ...]
    left: int = LEFT
    right: int = WIDTH - RIGHT
    width: int = WIDTH
    height: int = HEIGHT


Drawn = tuple[Side, Sequence[Estimate], Sequence[float]]
"""On which side, the estimates, and the exchange of each."""


def lay_panels(
    panels: Sequence[tuple[str, Sequence[Drawn], Bilingual]],
    legend: tuple[tuple[Side, Bilingual], ...],
    *,
    scale: Sequence[float],
    steps: bool = False,
) -> Panels | None:
    """Lay curves out; None where there is none.

    Args:
        panels: title, curves and words of each.
        legend: what the sides stand for.
        scale: values that the scale takes in besides.
        steps: whether a curve stays as it is until the next exchange.
    """
    drawn = [each for _, curves, _ in panels for each in curves]
    ends = [end for _, some, _ in drawn for one in some for end in (one.mean, one.low, one.high) if end is not None]
    if not ends:
        return None
    ticks = nice_ticks(min(*ends, *scale), max(*ends, *scale))
    last = max(at for _, _, places in drawn for at in places)
    first = min(at for _, _, places in drawn for at in places)

    def across(exchange: float) -> float:
        return round(LEFT + (exchange - first) / max(last - first, 1) * (WIDTH - LEFT - RIGHT), 1)

    def up(value: float) -> float:
        return round(HEIGHT - BOTTOM - (value - ticks[0]) / (ticks[-1] - ticks[0]) * (HEIGHT - TOP - BOTTOM), 1)

    def course(side: Side, estimates: Sequence[Estimate], places: Sequence[float]) -> Course:
        known = [(at, one) for at, one in zip(places, estimates, strict=True) if one.mean is not None]
        lows = [(at, one.low) for at, one in known if one.low is not None]
        highs = [(at, one.high) for at, one in known if one.high is not None]
        paths = [
            _stepped(path) if steps else path for path in ([(at, one.mean or 0.0) for at, one in known], lows, highs)
        ]
        line, low, high = ([(across(at), up(value)) for at, value in path] for path in paths)
        return Course(side, _points(line), _points([*high, *reversed(low)]))

    labels = range(int(first), int(last) + 1, max(1, -(-int(last - first + 1) // _LABELS)))
    return Panels(
        panels=tuple(Panel(title, tuple(course(*each) for each in curves), told) for title, curves, told in panels),
        legend=legend,
        rows=tuple((up(tick), f"{tick:g}".replace("-", "−")) for tick in ticks),
        columns=tuple((across(at), str(at)) for at in labels),
    )


def _stepped(path: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Let each value stay until the next one begins."""
    found: list[tuple[float, float]] = []
    for at, value in path:
        if found:
            found.append((at, found[-1][1]))
        found.append((at, value))
    return found


def _points(points: Iterable[tuple[float, float]]) -> str:
    return " ".join(f"{x:g},{y:g}" for x, y in points)
