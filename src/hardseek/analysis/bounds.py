"""Bounds: between what and what a mean lies, whatever the scores that are missing would have been.

A mean over what could be scored is that of all only where scores are missing at random. The worst-case bounds assume
nothing (Manski, 1990, American Economic Review 80, 319): every missing score is put at the lower end of the scale, then
at the upper. They are wide, and say how much of a finding rests on what is not known. Around them, the interval: from
the lower end of that of the lower bound to the upper end of that of the upper one, which covers the mean at least as
often as it says (Imbens and Manski, 2004, Econometrica 72, 1845, make it narrower).

A dialogue that failed has no score, and one is missing. A dimension that does not apply to a dialogue is not missing
there: what is bounded is the mean over the dialogues it applies to.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from hardseek.analysis.bootstrap import Estimate
from hardseek.analysis.cells import Cell, Grain, by_cell, card_totals
from hardseek.analysis.means import on_scale
from hardseek.judging import DOES_NOT_APPLY, Dimension

MANY: Final = 0.05
"""The share of missing scores from which bounds are shown beside a mean."""


@dataclass(frozen=True, slots=True)
class Missing:
    """What of a cell is not known, and what the mean could be for all that."""

    scored: int
    unscored: int
    """Of dialogues that did not fail; those that the dimension does not apply to are left out."""
    failed: int
    low: Estimate | None
    """The mean with every missing score at the lower end of the scale; None where the scale has none."""
    high: Estimate | None
    """The mean with every missing score at the upper end of the scale; None where the scale has none."""

    @property
    def share(self) -> float:
        """Share of the scores that are missing, 0 to 1."""
        whole = self.scored + self.unscored + self.failed
        return (self.unscored + self.failed) / whole if whole else 0.0

    @property
    def many(self) -> bool:
        """Whether a mean should not be shown without its bounds."""
        return self.share > MANY


def missing(
    measures: pl.DataFrame, dialogues: pl.DataFrame, dimensions: Iterable[Dimension], within: Sequence[Grain]
) -> dict[Cell, Missing]:
    """Count what is missing in every cell, and bound its mean.

    Args:
        measures: all of them, scored or not.
        dialogues: all of them, failed ones too.
        dimensions: what to bound.
        within: what to keep apart besides dimension and condition.

    Returns:
        An entry for each cell with a dialogue that the dimension applies to.
    """
    keys = ["dimension", "condition", *within]
    found: dict[Cell, Missing] = {}
    for dimension in dimensions:
        frame = expected(measures, dialogues, dimension)
        counts = frame.group_by(keys).agg(
            scored=pl.col("score").is_not_null().sum(),
            unscored=(pl.col("score").is_null() & ~pl.col("failed")).sum(),
            failed=(pl.col("score").is_null() & pl.col("failed")).sum(),
        )
        low, high = (_filled(frame, dimension, end, within) for end in (dimension.low, dimension.high))
        for cell, row in by_cell(counts):
            found[cell] = Missing(**row, low=low.get(cell), high=high.get(cell))
    return found


def expected(measures: pl.DataFrame, dialogues: pl.DataFrame, dimension: Dimension) -> pl.DataFrame:
    """Return one row for each score that there should be.

    Args:
        measures: all of them.
        dialogues: all of them.
        dimension: which score.

    Returns:
        The columns of `dialogues` with `dimension`, `score` (null: missing, of failed dialogues always) and `failed`;
        without the dialogues that the dimension does not apply to.
    """
    rated = measures.filter(pl.col("dimension").cast(pl.String) == dimension.name).select(
        "dialogue", score=pl.when(pl.col("score").is_finite()).then("score"), why=pl.col("unscored").cast(pl.String)
    )
    return (
        dialogues.join(rated, on="dialogue", how="left")
        .with_columns(
            dimension=pl.lit(dimension.name), failed=(pl.col("ending").cast(pl.String) == "failed").fill_null(False)
        )
        .with_columns(score=pl.when(~pl.col("failed")).then("score"))
        .filter((pl.col("why") != DOES_NOT_APPLY).fill_null(True))
        .drop("why")
    )


def _filled(
    frame: pl.DataFrame, dimension: Dimension, end: float | None, within: Sequence[Grain]
) -> dict[Cell, Estimate]:
    """Estimate the means with what is missing at one end of the scale; nothing where the scale is open there."""
    if end is None:
        return {}
    totals = card_totals(frame.with_columns(pl.col("score").fill_null(end)), "score", within)
    return on_scale(totals, {dimension.name: dimension})
