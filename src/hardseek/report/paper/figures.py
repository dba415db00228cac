"""Figures as files: the pictures of the page, each on its own, as SVG and as PNG."""

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any, Final

from rich.cells import cell_len

from hardseek.errors import HardseekError
from hardseek.language import Language
from hardseek.report.chart import Chart, chart
from hardseek.report.findings import Findings, every_section
from hardseek.report.findings.drops import drops_by_condition
from hardseek.report.findings.section import Shown, told
from hardseek.report.html import render_part, write_page
from hardseek.report.panels import HEIGHT, WIDTH, Panels
from hardseek.report.paper.pipes import plain
from hardseek.report.table import Table
from hardseek.report.titles import dimension_title
from hardseek.report.view import RunView
from hardseek.report.words import say

_ACROSS: Final = 3
"""Panels side by side."""
_LETTER: Final = 7.4
"""Units that a letter of the size of text takes, about; a Chinese one takes two."""
_PLOT: Final = 380
_HEADING: Final = 13
"""Letters of a column's heading in a line."""
_ZOOM: Final = 2
"""Pixels of a PNG for each unit."""
_FONT: Final = "DejaVu Sans"


class NoRenderer(HardseekError):
    """PNG was asked for where the library that draws it is not installed."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """One figure."""

    name: str
    """Of its file."""
    svg: str


def figures(view: RunView, *, language: Language = "en") -> Iterator[Drawing]:
    """Yield the figures of a run that have something to draw."""
    findings = Findings(view)
    dimension = dimension_title(findings.main)
    means = chart(view)
    if means is not None:
        title = told("of", title=say("chart" if findings.paired else "chart_alone"), dimension=dimension)
        yield Drawing("means", _ranges(means, title[language], language))
    if findings.scored and findings.paired:
        title = told("of", title=say("drops"), dimension=dimension)
        yield Drawing("drops", _heat(drops_by_condition(view), title[language], language))
    for section in every_section(findings).values():
        for shown in section.pictures:
            yield Drawing(shown.name, _drawn(shown, language))


def write_figures(folder: Path, view: RunView, *, language: Language = "en", png: bool = True) -> list[Path]:
    """Write every figure as NAME.svg and NAME.png.

    Args:
        folder: where to; it is made where it is not there.
        view: the run.
        language: of the words.
        png: whether to write PNG too.

    Raises:
        NoRenderer: PNG is asked for and cannot be drawn here; the message says what to install. SVG has been written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    drawings = list(figures(view, language=language))
    for drawing in drawings:
        written.append(folder / f"{drawing.name}.svg")
        write_page(written[-1], drawing.svg)
    for drawing in drawings if png else ():
        written.append(folder / f"{drawing.name}.png")
        written[-1].write_bytes(raster(drawing.svg))
    return written


def raster(svg: str) -> bytes:
    """Draw an SVG as PNG, two pixels a unit; raises NoRenderer where resvg is not installed."""
    try:
        from resvg_py import svg_to_bytes
    except ImportError:
        raise NoRenderer("PNG needs resvg: pip install 'hardseek[figures]'") from None
    return bytes(svg_to_bytes(svg_string=svg, zoom=_ZOOM, font_family=_FONT, sans_serif_family=_FONT))


def _drawn(shown: Shown, language: Language) -> str:
    title = shown.title[language]
    if isinstance(shown.picture, Chart):
        return _ranges(shown.picture, title, language)
    return _panels(shown.picture, title, language)


def _ranges(picture: Chart, title: str, language: Language) -> str:
    lines = [(plain(head, language), marks) for head, marks in picture.lines]
    heights = [12 + 16 * len(marks) for _, marks in lines]
    left = 24 + _LETTER * max(cell_len(head) for head, _ in lines)
    right = 24 + _LETTER * max(cell_len(f"{mark.text} {mark.interval}") for _, marks in lines for mark in marks)
    told_of = [f"{head}: " + "; ".join(f"{mark.text} {mark.interval}" for mark in marks) for head, marks in lines]
    content = {
        "lines": [(head, marks, y) for (head, marks), y in zip(lines, accumulate([0, *heights]), strict=False)],
        "ticks": picture.ticks, "left": round(left), "plot": _PLOT, "height": sum(heights),
    }  # fmt: skip
    return _render(
        "ranges", title, told_of, _legend(picture, language), content, (left + _PLOT + right, sum(heights) + 24)
    )


def _panels(picture: Panels, title: str, language: Language) -> str:
    across = min(_ACROSS, len(picture.panels))
    tall = HEIGHT + 40
    places = [((n % across) * (WIDTH + 16), (n // across) * tall) for n in range(len(picture.panels))]
    told_of = [f"{panel.title}: {panel.told[language]}" for panel in picture.panels]
    content = {"picture": picture, "placed": list(zip(picture.panels, places, strict=True))}
    size = (across * (WIDTH + 16), places[-1][1] + tall)
    return _render("panels", title, told_of, _legend(picture, language), content, size)


def _heat(table: Table, title: str, language: Language) -> str:
    heads = [plain(column, language) for column in table.columns]
    wide = _HEADING if language == "en" else _HEADING // 2
    wrapped = [textwrap.wrap(head, wide) for head in heads]
    left = 24 + _LETTER * max(cell_len(plain(row.head, language)) for row in table.rows)
    told_of = [
        f"{plain(row.head, language)}: "
        + "; ".join(
            f"{head} {plain(value.text, language)} {value.interval}"
            for head, value in zip(heads[1:], row.values, strict=True)
        )
        for row in table.rows
    ]
    rows = [
        (plain(row.head, language), [(plain(v.text, language), v) for v in row.values], row.all) for row in table.rows
    ]
    head = 16 * max(map(len, wrapped))
    content = {"rows": rows, "heads": wrapped, "left": round(left), "wide": 112, "high": 42, "head": head}
    size = (left + 112 * (len(heads) - 1) + 8, head + 42 * len(rows) + 12)
    return _render("heat", title, told_of, [], content, size)


def _legend(picture: Chart | Panels, language: Language) -> list[tuple[str, str, float]]:
    """Return side, words and place of what the sides stand for."""
    words = [(side, title[language]) for side, title in picture.legend]
    starts = accumulate([0.0, *(36 + _LETTER * cell_len(text) for _, text in words)])
    return [(side, text, start) for (side, text), start in zip(words, starts, strict=False)]


def _render(  # noqa: PLR0917 - what every figure has
    kind: str, title: str, told_of: list[str], legend: Any, content: dict[str, Any], size: tuple[float, float]
) -> str:
    top = 40 + (24 if legend else 0)
    least = 32 + 1.25 * _LETTER * cell_len(title)
    shared = {
        "kind": kind, "title": title, "told": "\n".join(told_of), "legend": legend, "top": top,
        "width": round(max(size[0], least)) + 16, "height_all": round(size[1]) + top + 8,
    }  # fmt: skip
    return render_part("figure.svg.j2", shared | content, told=say)
