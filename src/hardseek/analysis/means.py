"""The mean of each cell, with its interval."""

from collections.abc import Iterable, Mapping, Sequence

import polars as pl

from hardseek.analysis.bootstrap import CardTotals, Estimate, estimate
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
    return on_scale(card_totals(measures.filter(pl.col("dimension").is_in(list(asked))), "score", within), asked)


def on_scale(totals: Mapping[Cell, CardTotals], asked: Mapping[str, Dimension]) -> dict[Cell, Estimate]:
    """Estimate every cell, its interval cut off at the ends of its dimension's scale.

    Args:
        totals: of the cards of each cell.
        asked: dimensions by name.
    """
    found = {}
    for cell, result in zip(totals, estimate(list(totals.values())), strict=True):
        dimension = asked[cell.dimension]
        found[cell] = result.within(dimension.low, dimension.high)
    return found
