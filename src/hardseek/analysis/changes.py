"""Changes between two runs: the same seekers before and after, or with two versions of a model."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import polars as pl

from hardseek.analysis.bootstrap import CardTotals, Estimate, estimate
from hardseek.analysis.cells import Cell, Grain, card_totals
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
        counts = [
            {Cell(**{key: row[key] for key in keys}): row["len"] for row in side.group_by(keys).len().to_dicts()}
            for side in sides
        ]
        totals |= card_totals(paired, "change", within)
        for row in paired.group_by(keys).agg(pl.mean("value", "value_other"), pl.len()).to_dicts():
            cell = Cell(**{key: row[key] for key in keys})
            alone = counts[0][cell] - row["len"], counts[1][cell] - row["len"]
            rest[cell] = row["value"], row["value_other"], alone
    cells = list(totals.values())
    found = {
        cell: Change(result, one, two, p, p, alone)
        for cell, result, p in zip(totals, estimate(cells), sign_flip(cells), strict=True)
        if p is not None
        for one, two, alone in (rest[cell],)
    }
    adjusted = adjust([change.p for change in found.values()])
    return {
        cell: replace(change, q=q) for (cell, change), q in zip(found.items(), adjusted, strict=True) if q is not None
    }


def _values(measures: pl.DataFrame, dimension: Dimension, of: Of, reference: str) -> pl.DataFrame:
    """Return one row a value, with what it is paired by; names as text, as those of two runs are of two kinds."""
    if of == "drop":
        values = pairs(measures, dimension, reference).rename({"drop": "value"})
    else:
        values = measures.filter(pl.col("dimension") == dimension.name).rename({"score": "value"})
    names = pl.col("system", "card", "language", "dimension", "condition").cast(pl.String)
    return values.select(names, "replicate", "value")
