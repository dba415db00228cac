"""The pictures of a validation laid out: places are per cent of the width, or units of a small panel."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from hardseek.report.chart import nice_ticks
from hardseek.report.numbers import number, percent
from hardseek.report.plots import Dot, Plot, Tick, marked, place_on, places
from hardseek.report.validity.words import of_title, property_title, told
from hardseek.report.words import Bilingual
from hardseek.validity import Curve, Property, Spread
from hardseek.validity.markers import MARKERS

WIDTH: Final = 260
HEIGHT: Final = 160
_LEFT, _RIGHT, _TOP, _BOTTOM = 46, 10, 10, 26
_SHADES: Final = (0.2, 0.5, 0.8, 1.5, 3.0)
"""Sizes of d from which a cell is darker."""
_OTHERS: Final = 0.35
"""What an axis may move another's marker by."""


@dataclass(frozen=True, slots=True)
class Panel:
    """One axis's curve; places in units of the panel."""

    title: Bilingual
    marker: Bilingual
    line: str
    ribbon: str
    """The outline of the interval; empty where there is none."""
    dots: tuple[tuple[float, float], ...]
    rows: tuple[Tick, ...]
    columns: tuple[Tick, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """An effect and its shade."""

    text: str
    shade: str


@dataclass(frozen=True, slots=True)
class Box:
    """A distribution: 5, 25, 50, 75 and 95 %."""

    side: str
    places: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Strip:
    """Good and poor help in one condition."""

    title: Bilingual
    boxes: tuple[Box, ...]
    text: str


def panel(curve: Curve) -> Panel | None:
    """Lay out a curve; None where nothing was counted."""
    points = curve.points
    if not points:
        return None
    ends = [end for point in points for end in (point.low, point.high, point.mean) if end is not None]
    ticks = nice_ticks(min(0.0, *ends), max(ends))
    span = ticks[-1] - ticks[0]

    def across(intensity: float) -> float:
        return round(_LEFT + intensity * (WIDTH - _LEFT - _RIGHT), 1)

    def up(value: float) -> float:
        return round(HEIGHT - _BOTTOM - (value - ticks[0]) / span * (HEIGHT - _TOP - _BOTTOM), 1)

    drawn = [(across(point.intensity), up(point.mean)) for point in points]
    lows = [(across(point.intensity), up(point.low)) for point in points if point.low is not None]
    highs = [(across(point.intensity), up(point.high)) for point in points if point.high is not None]
    return Panel(
        title=of_title(curve.title), marker=told(f"marker_{curve.marker}"), line=_points(drawn),
        ribbon=_points([*highs, *reversed(lows)]), dots=tuple(drawn),
        rows=tuple((up(tick), f"{tick:g}") for tick in ticks),
        columns=tuple((across(at), f"{at:g}") for at in (0.0, 0.5, 1.0)),
    )  # fmt: skip


def effects(curves: Sequence[Curve]) -> list[tuple[Bilingual, list[Cell]]]:
    """Lay out the heat map: a line for each setting, a column for each marker."""
    return [
        (of_title(curve.title), [_cell(curve.effects.get(marker), own=marker == curve.marker) for marker in MARKERS])
        for curve in curves
    ]


def spreads(found: Sequence[Spread], aucs: dict[str | None, Property]) -> Plot[Strip] | None:
    """Lay out good against poor help by condition."""
    ends = [end for spread in found for end in (*spread.good, *spread.poor)]
    if not ends:
        return None
    ticks = nice_ticks(min(ends), max(ends))
    lines = []
    for spread in found:
        sides = (("reference", spread.good), ("hard", spread.poor))
        boxes = [Box(side, tuple(place_on(end, ticks) for end in some)) for side, some in sides if some]
        auc = aucs.get(spread.condition)
        lines.append(Strip(of_title(spread.condition), tuple(boxes), _with_ends(auc) if auc else ""))
    return Plot(tuple(lines), marked(ticks))


def dots(
    properties: Iterable[Property], *, start: float | None = None, shares: bool = False, even: float | None = None
) -> Plot[Dot] | None:
    """Lay out values on a common scale.

    Args:
        properties: in their order; those without a value are left out.
        start: what the scale takes in besides the values.
        shares: write values as percentages.
        even: the value at which neither side wins, marked and taken in.
    """
    shown = [made for made in properties if made.value is not None]
    ends = [end for made in shown for end in (*_ends(made), *(_band(made) or ()))]
    ends += [made.published for made in shown if made.published is not None]
    if not ends:
        return None
    ends += [value for value in (start, even) if value is not None]
    ticks = nice_ticks(min(ends), max(ends))
    lines: list[Dot] = []
    last: str | None = None
    for made in shown:
        low, high = _ends(made)
        band = _band(made)
        begins = not lines or made.condition != last
        lines.append(
            Dot(
                title=property_title(made.name), of=_heading(made) if begins else None,
                place=place_on(made.value or 0.0, ticks), low=place_on(low, ticks), high=place_on(high, ticks),
                band=(place_on(band[0], ticks), place_on(band[1], ticks)) if band else None,
                published=place_on(made.published, ticks) if made.published is not None else None,
                text=_share_with_ends(made) if shares else _with_ends(made), holds=made.holds,
            )
        )  # fmt: skip
        last = made.condition
    marks = tuple((place, f"{100 * tick:g} %") for place, tick in places(ticks)) if shares else marked(ticks)
    return Plot(tuple(lines), marks, place_on(even, ticks) if even is not None else None)


def _heading(made: Property) -> Bilingual:
    return (
        told("for_comparison")
        if made.name.startswith("told-apart/") and not made.condition
        else of_title(made.condition)
    )


def _ends(made: Property) -> tuple[float, float]:
    value = made.value or 0.0
    return made.interval if made.interval is not None else (value, value)


def _band(made: Property) -> tuple[float, float] | None:
    """Return what an aim of the kind `a to b` allows."""
    if made.aim is None or " to " not in made.aim:
        return None
    low, _, high = made.aim.partition(" to ")
    return float(low), float(high)


def _cell(d: float | None, *, own: bool) -> Cell:
    size = abs(d) if d is not None else 0.0
    level = sum(size >= bound for bound in _SHADES)
    if own:
        return Cell(number(d), f"gain-{level} own" if level else "own")
    return Cell(number(d), f"loss-{max(level - 1, 1)}" if size > _OTHERS else "")


def _with_ends(made: Property) -> str:
    ends = f" [{number(made.interval[0])}, {number(made.interval[1])}]" if made.interval is not None else ""
    return number(made.value) + ends


def _share_with_ends(made: Property) -> str:
    ends = f" [{percent(made.interval[0])}, {percent(made.interval[1])}]" if made.interval is not None else ""
    return (percent(made.value) + ends).replace("\u00a0%,", ",")


def _points(points: Iterable[tuple[float, float]]) -> str:
    return " ".join(f"{x:g},{y:g}" for x, y in points)
