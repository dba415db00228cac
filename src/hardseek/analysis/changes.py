"""Changes between two runs: the same seekers before and after, or with two versions of a model."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import polars as pl

from hardseek.analysis.bootstrap import CardTotals, Estimate, estimate
from hardseek.analysis.cells import Cell, Grain, by_cell, card_totals
from hardseek.analysis.fdr import adjust
from hardseek.analysis.pairs import MATCHED, pairs
from hardseek.analysis.permutation import sign_flip
from hardseek.judging import Dimension

Of = Literal["score", "drop"]
"""What changes: the score, or the drop between the reference condition and a hard one."""


@dataclass(frozen=True, slots=True)
class Change:
    """The mean paired difference between two runs."""

    estimate: Estimate
    """The other run less the first, in points of the dimension whichever way is better; `n` counts pairs."""
    first: float
    """Mean in the first run, over what is paired."""
    other: float
    """Mean in the other run, over what is paired."""
    p: float
    """Two-sided, by flipping the signs of cards."""
    q: float
    """The p-value adjusted over the family: all cells of all dimensions that were asked for together."""
    alone: tuple[int, int]
    """Scores (or drops) of the first run, and of the other, that have no counterpart."""


def changes(
    first: pl.DataFrame,
    other: pl.DataFrame,
    dimensions: Iterable[Dimension],
    within: Sequence[Grain],
    *,
    of: Of = "score",
    reference: str = "average",
) -> dict[Cell, Change]:
    """Measure what changed, in every cell that both runs have.

    Args:
        first: measures of the run that is held against, as `frames.comparable` leaves them.
        other: those of the other run; what is paired has the same names in both.
        dimensions: what to measure.
        within: what to keep apart besides dimension and condition.
        of: what changes. The change of a drop tells whether a system has become sturdier, whatever became of its level.
        reference: the condition that drops are counted from.

    Returns:
        A change for each cell with at least one pair.
    """
    totals: dict[Cell, CardTotals] = {}
    rest: dict[Cell, tuple[float, float, tuple[int, int]]] = {}
    keys = ["dimension", "condition", *within]
    for dimension in dimensions:
        sides = [_values(measures, dimension, of, reference) for measures in (first, other)]
        on = [*MATCHED, "condition"]
        paired = sides[0].join(sides[1], on=on, suffix="_other").with_columns(
            change=pl.col("value_other") - pl.col("value")
        )  # fmt: skip
        counts = [{cell: row["len"] for cell, row in by_cell(side.group_by(keys).len())} for side in sides]
        totals |= card_totals(paired, "change", within)
        for cell, row in by_cell(paired.group_by(keys).agg(pl.mean("value", "value_other"), pl.len())):
            alone = counts[0][cell] - row["len"], counts[1][cell] - row["len"]
            rest[cell] = row["value"], row["value_other"], alone
    cells = list(totals.values())
    tests = sign_flip(cells)
    found = {}
    for cell, result, p, q in zip(totals, estimate(cells), tests, adjust(tests), strict=True):
        if p is not None and q is not None:
            one, two, alone = rest[cell]
            found[cell] = Change(result, one, two, p, q, alone)
    return found


def _values(measures: pl.DataFrame, dimension: Dimension, of: Of, reference: str) -> pl.DataFrame:
    """Return one row a value, with what it is paired by; names as text, as those of two runs are of two kinds."""
    if of == "drop":
        values = pairs(measures, dimension, reference).rename({"drop": "value"})
    else:
        values = measures.filter(pl.col("dimension") == dimension.name).rename({"score": "value"})
    names = pl.col("system", "card", "language", "dimension", "condition").cast(pl.String)
    return values.select(names, "replicate", "value")
