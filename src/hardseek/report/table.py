"""A table before it is rendered: the terminal, Markdown and the page all print the same ones."""

from dataclasses import dataclass
from typing import Literal

from hardseek.report.words import Bilingual

Shade = Literal["", "loss-1", "loss-2", "loss-3", "loss-4", "loss-5", "gain-1", "gain-2", "gain-3", "gain-4", "gain-5"]


@dataclass(frozen=True, slots=True)
class Value:
    """One cell."""

    text: str | Bilingual
    interval: str = ""
    """The 95 % interval, in brackets."""
    sort: float | None = None
    """What the cell is sorted by; None goes last."""
    shade: Shade = ""
    clear: bool = False
    """Whether it is beyond chance."""
    words: bool = False
    """Whether it is words and no figure: a column of these is written from the left."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row, with what heads it."""

    head: str | Bilingual
    values: tuple[Value, ...]
    all: bool = False
    """Whether it is over all systems; it stays at the foot however the table is sorted."""
    of: str = ""
    """What the row is from, such as which run; in smaller letters beside its head."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a heading for each column, that of the row heads first."""

    columns: tuple[Bilingual, ...]
    rows: tuple[Row, ...]

    @property
    def wordy(self) -> tuple[bool, ...]:
        """Whether each column is of words; that of the row heads always is."""
        return (True, *(any(row.values[place].words for row in self.rows) for place in range(len(self.columns) - 1)))


def shade(value: float | None, greatest: float) -> Shade:
    """Shade a loss (positive) or gain (negative) in five steps of the greatest that the table shows."""
    if value is None or greatest <= 0 or value == 0:
        return ""
    step = min(5, 1 + int(5 * abs(value) / greatest))
    return f"{'loss' if value > 0 else 'gain'}-{step}"  # type: ignore[return-value]  # step is 1 to 5
