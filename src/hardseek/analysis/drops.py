"""How much is lost between the reference condition and a hard one."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import polars as pl

from hardseek.analysis.bootstrap import CardTotals, Estimate, estimate
from hardseek.analysis.cells import Cell, Grain, by_cell, card_totals
from hardseek.analysis.fdr import adjust
from hardseek.analysis.pairs import pairs
from hardseek.analysis.permutation import sign_flip
from hardseek.judging import Dimension


@dataclass(frozen=True, slots=True)
class Drop:
    """The mean paired difference between the reference condition and a hard one."""

    estimate: Estimate
    """Positive: worse under the hard condition (see `pairs.pairs`); `n` counts pairs."""
    reference: float
    """Mean score under the reference condition, over the paired dialogues alone."""
    hard: float
    """Mean score under the hard condition, over the paired dialogues alone."""
    p: float
    """Two-sided, by flipping the signs of cards."""
    q: float
    """The p-value adjusted over the family: all cells of this dimension that are kept apart in the same way."""


def drops(
    measures: pl.DataFrame, dimensions: Iterable[Dimension], reference: str, within: Sequence[Grain]
) -> dict[Cell, Drop]:
    """Measure the drop of every dimension under every condition but the reference.

    Args:
        measures: as `frames.comparable` leaves them.
        dimensions: what to measure, and which way each is better.
        reference: the condition that the others are held against.
        within: what to keep apart; the rest is pooled, every pair with the same weight.

    Returns:
        A drop for each cell that has at least one pair.
    """
    totals: dict[Cell, CardTotals] = {}
    sides: dict[Cell, tuple[float, float]] = {}
    keys = ["dimension", "condition", *within]
    for dimension in dimensions:  # one at a time: pairs take room, totals do not
        paired = pairs(measures, dimension, reference)
        totals |= card_totals(paired, "drop", within)
        for cell, row in by_cell(paired.group_by(keys).agg(pl.mean("reference_score", "score"))):
            sides[cell] = row["reference_score"], row["score"]
    cells = list(totals.values())
    found = {
        cell: Drop(result, *sides[cell], p=p, q=p)
        for cell, result, p in zip(totals, estimate(cells), sign_flip(cells), strict=True)
        if p is not None
    }
    return _adjusted(found)


def _adjusted(found: dict[Cell, Drop]) -> dict[Cell, Drop]:
    families: dict[str, list[Cell]] = defaultdict(list)
    for cell in found:
        families[cell.dimension].append(cell)
    for family in families.values():
        for cell, q in zip(family, adjust([found[cell].p for cell in family]), strict=True):
            if q is not None:
                found[cell] = replace(found[cell], q=q)
    return found
