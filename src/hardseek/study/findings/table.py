"""A table of findings, and how numbers are worded in it."""

from dataclasses import dataclass

Cell = str | float | int | None


@dataclass(frozen=True, slots=True)
class Table:
    """One table."""

    name: str
    """Of its CSV file."""
    title: str
    note: str
    """How it is read."""
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    told: tuple[tuple[str, ...], ...]
    """The rows as people read them, under `headings`."""
    headings: tuple[str, ...]
    grouped: int = 0
    """How many of the first columns stand above a block of rows where there is little width."""


def with_interval(value: float | None, low: float | None, high: float | None, places: int = 2) -> str:
    """Word a number with its interval; ranks, of which ends lie between two places, with 0 `places`."""
    if value is None:
        return "undefined"
    told = [
        f"{each:.{places}f}" if places else f"{round(each, 1):g}" for each in (value, low, high) if each is not None
    ]
    return f"{told[0]} [{told[1]}, {told[2]}]" if low is not None and high is not None else told[0]
