"""The mean of each cell, with its interval."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import polars as pl

from hardseek.analysis.bootstrap import Estimate, estimate
from hardseek.analysis.cells import Cell, Grain, card_totals
from hardseek.judging import Dimension


def means(measures: pl.DataFrame, dimensions: Iterable[Dimension], within: Sequence[Grain]) -> dict[Cell, Estimate]:
    """Average every dimension under every condition.

    Args:
        measures: as `frames.comparable` leaves them; dimensions that are not asked for are passed over.
        dimensions: what to average; an interval does not reach beyond the ends of a dimension's scale.
        within: what to keep apart; the rest is pooled, every dialogue with the same weight.
    """
    asked = {dimension.name: dimension for dimension in dimensions}
    totals = card_totals(measures.filter(pl.col("dimension").is_in(list(asked))), "score", within)
    results = zip(totals, estimate(list(totals.values())), strict=True)
    return {cell: bounded(result, asked[cell.dimension]) for cell, result in results}


def bounded(result: Estimate, dimension: Dimension) -> Estimate:
    """Cut an interval off at the ends of the scale."""
    low, high = result.low, result.high
    if low is not None and dimension.low is not None:
        low = max(low, dimension.low)
    if high is not None and dimension.high is not None:
        high = min(high, dimension.high)
    return replace(result, low=low, high=high)
