"""Cells: what an estimate is of, and the totals of its cards."""

from collections.abc import Iterator, Sequence
from typing import Any, Literal, NamedTuple

import numpy as np
import polars as pl

from hardseek.analysis.bootstrap import CardTotals

Grain = Literal["system", "language"]
"""A column that cells are kept apart by; over those not named they are pooled."""


class Cell(NamedTuple):
    """One dimension under one condition, for one system and language or for all of them (None)."""

    dimension: str
    condition: str
    system: str | None = None
    language: str | None = None


def by_cell(frame: pl.DataFrame) -> Iterator[tuple[Cell, dict[str, Any]]]:
    """Go through a table of one row a cell; what the cell is does not stay in the row."""
    keys = [key for key in Cell._fields if key in frame.columns]
    for row in frame.iter_rows(named=True):
        yield Cell(**{key: row.pop(key) for key in keys}), row


def card_totals(frame: pl.DataFrame, value: str, within: Sequence[Grain]) -> dict[Cell, CardTotals]:
    """Sum a column within each card of each cell.

    Args:
        frame: one row a dialogue or pair and dimension, without nulls in `value`.
        value: the column to sum.
        within: what to keep apart besides dimension and condition.
    """
    keys = ["dimension", "condition", *within]
    cards = (
        frame.lazy()
        .group_by([*keys, "card"])
        .agg(pl.col(value).sum().alias("sum"), pl.len().cast(pl.Float64).alias("count"))
        .sort([*keys, "card"])
        .group_by(keys, maintain_order=True)
        .agg("sum", "count")
        .collect()
    )
    return {
        cell: CardTotals(np.asarray(row["sum"], np.float64), np.asarray(row["count"], np.float64))
        for cell, row in by_cell(cards)
    }
