"""The tables a run prints, for a terminal of any width."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from rich import box
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table as Grid
from rich.text import Text

from hardseek.report.findings import Findings
from hardseek.report.findings.drops import drops_by_condition, drops_by_language, parted
from hardseek.report.findings.leaderboard import leaderboard
from hardseek.report.findings.missing import outcomes_by_system
from hardseek.report.headline import Headline, headline
from hardseek.report.paper.pipes import lines_of, plain
from hardseek.report.safe import visible
from hardseek.report.table import Row, Table, Value
from hardseek.report.titles import condition_title, dimension_title
from hardseek.report.view import RunView
from hardseek.report.words import PRIMARY

_HEAD: Final = 24  # columns that a row's head may take
_PADDING: Final = 3  # of a column: a space on either side and the one that parts it from the next
_LEGEND: Final = "Drops: positive is worse. In brackets: 95 % intervals. * beyond chance (q < 0.05)."
_LEGEND_NEITHER: Final = "Differences: reference minus hard. In brackets: 95 % intervals. * beyond chance (q < 0.05)."


@dataclass(frozen=True)
class RunTable:
    """What a run prints at its end; rich lays it out for the width of the terminal."""

    finding: Headline
    tables: tuple[tuple[str, Table], ...]
    """Each with its title."""
    footer: tuple[str, ...]
    """What the marks mean."""
    signature: str
    """On one line, however long, so that it can be copied; print with `crop=False`."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Print the finding, the tables, each split where it is too wide, what their marks mean, and the signature."""
        yield Text(self.finding.finding[PRIMARY], style="bold")
        for text in (*self.finding.details, *self.finding.notes):
            yield Text(text[PRIMARY])
        for title, table in self.tables:
            yield Text("")
            yield Text(title, style="bold")
            for part in _split(table, options.max_width):
                yield Text("")
                yield _grid(part, options.max_width)
        if self.footer or self.signature:
            yield Text("")
        for line in self.footer:
            yield Text(line, style="dim")
        if self.signature:
            yield Text(f"Signature: {visible(self.signature)}", style="dim", no_wrap=True, overflow="ignore")


def run_table(view: RunView) -> RunTable:
    """Make what a run prints at its end."""
    return RunTable(headline(view), tuple(_tables(view)), tuple(_footer(view)), view.signature)


def _tables(view: RunView) -> Iterator[tuple[str, Table]]:
    summary, findings = view.summary, Findings(view)
    dimension, paired = dimension_title(view.main)[PRIMARY], findings.paired
    if findings.scored:
        if paired:
            yield f"{dimension}: {_and_hard(view)}", leaderboard(findings, tails=False)
        if not paired or len(summary.hard) > 1:
            what = "mean" if not paired else "difference" if view.main.better == "neither" else "drop"
            yield f"{dimension}: {what} by condition", drops_by_condition(view)
        if (languages := drops_by_language(view)) is not None and summary.focus is not None:
            yield f"{dimension}: drop by language, {condition_title(view, summary.focus)[PRIMARY]}", languages
    if summary.systems:
        yield "Endings, over all conditions", outcomes_by_system(view)


def _and_hard(view: RunView) -> str:
    names = (view.summary.reference, view.summary.focus)
    return " against ".join(condition_title(view, name)[PRIMARY] for name in names if name is not None)


def _footer(view: RunView) -> Iterator[str]:
    summary = view.summary
    if summary.reference is not None and summary.focus is not None:
        yield _LEGEND_NEITHER if view.main.better == "neither" else _LEGEND
        yield from (remark[PRIMARY] for remark in parted(view))


def _split(table: Table, width: int) -> Iterator[Table]:
    """Split a table into as many as the width takes, each with the row heads and about as many columns."""
    needed = [_PADDING + _need(table, place) for place in range(1, len(table.columns))]
    room = width - _head(table)
    parts = max(1, -(-sum(needed) // max(room, 1)))
    while parts < len(needed) and any(sum(needed[start:stop]) > room for start, stop in _spans(len(needed), parts)):
        parts += 1
    for start, stop in _spans(len(needed), min(parts, len(needed))):
        rows = tuple(Row(row.head, row.values[start:stop], row.all) for row in table.rows)
        yield Table((table.columns[0], *table.columns[1 + start : 1 + stop]), rows)


def _spans(columns: int, parts: int) -> list[tuple[int, int]]:
    edges = [round(columns * part / parts) for part in range(parts + 1)]
    return list(pairwise(edges))


def _head(table: Table) -> int:
    """Return how wide the column of the row heads is: what they need, unless that is too much."""
    texts = (plain(text) for text in (table.columns[0], *(row.head for row in table.rows)))
    return min(_HEAD, max(cell_len(text) for text in texts))


def _need(table: Table, column: int) -> int:
    """Return how wide a column must be, so that its numbers stay whole; headings may break between words."""
    return max(_word(table.columns[column][PRIMARY]), *(_width(row.values[column - 1]) for row in table.rows))


def _grid(table: Table, width: int) -> Grid:
    """Lay a table out; what width is left over goes to headings that would break, from the left on."""
    grid = Grid(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1))
    grid.add_column(Text(table.columns[0][PRIMARY]), width=_head(table), overflow="fold")
    needed = [_need(table, place) for place in range(1, len(table.columns))]
    spare = width - _head(table) - sum(_PADDING + need for need in needed)
    for column, need in zip(table.columns[1:], needed, strict=True):
        more = max(0, min(cell_len(column[PRIMARY]) - need, spare))
        spare -= more
        grid.add_column(Text(column[PRIMARY]), justify="right", width=need + more, overflow="fold")
    for row, after in zip(table.rows, (*table.rows[1:], None), strict=True):
        style = "bold" if row.all else ""
        grid.add_row(
            Text(plain(row.head), style=style),
            *(Text("\n".join(lines_of(value)), style=style) for value in row.values),
            end_section=after is not None and after.all,
        )
    return grid


def _width(value: Value) -> int:
    return max(_word(line) if line == plain(value.text) else cell_len(line) for line in lines_of(value))


def _word(text: str) -> int:
    return max((cell_len(word) for word in text.split()), default=1)
