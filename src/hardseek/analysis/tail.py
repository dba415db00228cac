"""The tail: how it goes in the worst share of dialogues.

The conditional value at risk at a share a is the mean of the worst a of the n dialogues; where a n is not whole, the
last one counts in part (Rockafellar and Uryasev, 2002, Journal of Banking and Finance 26, 1443). With q the score of
the ceil(a n)-th worst, and low scores the bad ones,

    cvar = mean of z        z = q - max(q - x, 0) / a

and since cvar does not change, to first order, as q does (it is greatest there), it varies as a mean of z with q fixed
does. So z takes the place of the score in the bootstrap of means, cards and all.

That leaves out the bias of a tail found in the same few dialogues: it looks a little better than it is. What is
covered is measured by `benchmarks/coverage.py` and stands in docs/method/estimates.md: a tail needs many cards.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from hardseek.analysis.bootstrap import CardTotals, Estimate
from hardseek.analysis.cells import Cell, Grain, by_cell, card_totals
from hardseek.analysis.means import on_scale
from hardseek.judging import Dimension

SHARES: Final = (0.10, 0.25)
"""The shares that are reported: the worst tenth and the worst quarter."""
_SLACK: Final = 1e-9  # so that 0.1 of 30 is 3, whatever binary makes of 0.1


@dataclass(frozen=True, slots=True)
class Tail:
    """The mean of the worst share of the dialogues of a cell."""

    share: float
    estimate: Estimate
    """`mean` is that of the worst share; `n` and `cards` are of the whole cell."""
    dialogues: int
    """In the tail, the one that counts in part included; dialogues that score the same as it are in it too."""
    cards: int
    """That these dialogues are about: with few, the tail tells of these cards and not of others."""


def tails(
    measures: pl.DataFrame, dimensions: Iterable[Dimension], share: float, within: Sequence[Grain]
) -> dict[Cell, Tail]:
    """Average the worst share of the dialogues of every cell.

    Args:
        measures: as `frames.comparable` leaves them.
        dimensions: what to average; those of which neither way is better have no tail.
        share: of the dialogues, above 0 and up to 1.
        within: what to keep apart besides dimension and condition.

    Raises:
        ValueError: the share is not above 0 and up to 1.
    """
    if not 0 < share <= 1:
        raise ValueError(f"a share of dialogues is above 0 and up to 1, not {share}")
    asked = {dimension.name: dimension for dimension in dimensions if dimension.better != "neither"}
    keys = ["dimension", "condition", *within]
    totals: dict[Cell, CardTotals] = {}
    sizes: dict[Cell, tuple[int, int]] = {}
    for name, dimension in asked.items():  # one at a time: scores take room, totals do not
        sign = -1.0 if dimension.better == "lower" else 1.0
        scores = measures.lazy().filter(pl.col("dimension") == name).with_columns(x=pl.col("score") * sign)
        last = (pl.len() * share - _SLACK).ceil().clip(1).cast(pl.Int64) - 1
        ends = scores.group_by(keys).agg(q=pl.col("x").sort().get(last))
        beside = scores.join(ends, on=keys).with_columns(
            z=sign * (pl.col("q") - (pl.col("q") - pl.col("x")).clip(0) / share)
        )
        frame = beside.select(*keys, "card", "x", "q", "z").collect()
        totals |= card_totals(frame, "z", within)
        worst = frame.filter(pl.col("x") <= pl.col("q")).group_by(keys).agg(pl.len(), pl.col("card").n_unique())
        sizes |= {cell: (row["len"], row["card"]) for cell, row in by_cell(worst)}
    return {cell: Tail(share, result, *sizes[cell]) for cell, result in on_scale(totals, asked).items()}
