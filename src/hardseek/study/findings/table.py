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


def number(value: float | None, places: int = 2) -> str:
    """Word a number; nothing where there is none."""
    return "" if value is None else f"{value:.{places}f}"


def with_interval(value: float | None, low: float | None, high: float | None, places: int = 2) -> str:
    """Word a number with its interval."""
    if value is None:
        return "undefined"
    return number(value, places) + (
        f" [{low:.{places}f}, {high:.{places}f}]" if low is not None and high is not None else ""
    )
