"""The page on a judge's agreement with people: one HTML file that asks nothing of any network."""

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from hardseek.language import Language
from hardseek.report.chart import nice_ticks
from hardseek.report.html import render_page, write_page
from hardseek.report.numbers import NOTHING, number
from hardseek.report.plots import Dot, Plot, marked, place_on
from hardseek.report.safe import visible
from hardseek.report.titles import language_title
from hardseek.report.words import Bilingual, Words
from hardseek.validity.judge import Measure

told: Final = Words("hardseek.report.agreement")
MEASURES: Final = Words("hardseek.report.agreement", "measures.yaml")
"""What measures are called for people."""
_OTHER_SCALES: Final = frozenset({"bias", "absolute-error", "alternative-annotator", "corrected-mean"})
"""Measures that do not lie on the scale of agreement; they are in the table alone."""
Interval = tuple[float, float] | None


def write_agreement(path: Path, measures: Sequence[Measure], signature: str, *, language: Language = "en") -> None:
    """Write the page; a file that is there is replaced once the new one is complete.

    Args:
        path: where to.
        measures: of all judges, dimensions and languages.
        signature: what they depend on, in one line.
        language: what the page opens in; it can be switched.
    """
    write_page(path, render_agreement(measures, signature, language=language))


def render_agreement(measures: Sequence[Measure], signature: str, *, language: Language = "en") -> str:
    """Return the page as HTML; see `write_agreement`."""
    parts = [part.partition(":")[::2] for part in signature.split("|")]
    content = {
        "opens_in": language,
        "findings": _findings(measures),
        "groups": [_group(list(some)) for _, some in groupby(measures, key=_of)],
        "rows": [_row(made) for made in measures],
        "parts": [(visible(name), visible(value)) for name, value in parts],
    }
    styles = ("page.css", "validity.css")
    return render_page("agreement.html.j2", content, told=told, styles=styles, scripts=("validity.js",))


def _findings(measures: Sequence[Measure]) -> list[Bilingual]:
    judges = list(dict.fromkeys(made.judge for made in measures if made.judge is not None))
    found = []
    for judge in judges:
        held = [made.holds for made in measures if made.judge == judge and made.holds is not None]
        short = str(sum(not holds for holds in held))
        found.append(told("all_as_people", judge=visible(judge), short=short, all=str(len(held))))
    return found or [told("people_only")]


def _group(measures: Sequence[Measure]) -> dict[str, Any]:
    first = measures[0]
    by = visible(first.judge) if first.judge is not None else told("alone")
    language = language_title(first.language)
    items = f"{first.items:,}"
    title = told("of", dimension=visible(first.dimension), items=items, language=language, judge=by)
    return {"title": title, "plot": _plot([made for made in measures if made.name not in _OTHER_SCALES])}


def _plot(measures: Sequence[Measure]) -> Plot[Dot] | None:
    """Lay out the judge's agreement and people's on one scale; without a judge the dot is people's."""
    shown = []
    for made in measures:
        alone = made.judge is None
        value, interval = (made.people, made.people_interval) if alone else (made.value, made.interval)
        beside, band = (None, None) if alone else (made.people, made.people_interval)
        if value is not None:
            shown.append((made, value, interval or (value, value), beside, band))
    if not shown:
        return None
    ends = [0.0, 1.0]
    for _, value, interval, beside, band in shown:
        ends += [value, *interval, *(band or ()), *([beside] if beside is not None else [])]
    ticks = nice_ticks(min(ends), max(ends))
    lines = [
        Dot(
            title=MEASURES.named(made.name), of=None, place=place_on(value, ticks), low=place_on(interval[0], ticks),
            high=place_on(interval[1], ticks), band=_band(band, ticks),
            published=place_on(beside, ticks) if beside is not None else None, text=_with_ends(value, interval),
            holds=made.holds,
        )
        for made, value, interval, beside, band in shown
    ]  # fmt: skip
    return Plot(tuple(lines), marked(ticks))


def _band(ends: Interval, ticks: Sequence[float]) -> Interval:
    return (place_on(ends[0], ticks), place_on(ends[1], ticks)) if ends is not None else None


def _row(made: Measure) -> dict[str, Any]:
    return {
        "measure": MEASURES.named(made.name),
        "dimension": visible(made.dimension),
        "language": language_title(made.language),
        "by": visible(made.judge) if made.judge is not None else told("alone"),
        "value": _with_ends(made.value, made.interval),
        "people": _with_ends(made.people, made.people_interval),
        "difference": _with_ends(made.difference, made.difference_interval),
        "guess": number(made.baseline),
        "holds": made.holds,
    }


def _with_ends(value: float | None, interval: Interval) -> str:
    if value is None:
        return NOTHING
    return number(value) + (f" [{number(interval[0])}, {number(interval[1])}]" if interval is not None else "")


def _of(made: Measure) -> tuple[str, str, str | None]:
    return made.dimension, made.language, made.judge
