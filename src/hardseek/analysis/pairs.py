"""Pairs: the same system with the same card, once under the reference condition and once under a hard one."""

from typing import Final

import polars as pl

from hardseek.judging import Dimension

MATCHED: Final = ("system", "card", "language", "replicate", "dimension")
"""What the two dialogues of a pair share; with it they share the seeker's luck."""


def pairs(measures: pl.DataFrame, dimension: Dimension, reference: str) -> pl.DataFrame:
    """Put every dialogue under a hard condition beside its dialogue under the reference condition.

    A dialogue whose counterpart failed, is unscored or was never planned has no pair and is left out.

    Args:
        measures: as `frames.comparable` leaves them.
        dimension: what to pair, and which way it is better.
        reference: the condition that the others are held against.

    Returns:
        One row a pair: the `MATCHED` columns, `condition` (the hard one), `dialogue` and `score` of it,
        `reference_dialogue`, `reference_score`, and `drop`, what is lost between them: reference minus hard, with
        the sign turned where lower is better, so that a positive drop is a loss. Where neither way is better the drop
        is reference minus hard and says nothing of loss.
    """
    sign = -1.0 if dimension.better == "lower" else 1.0
    asked = measures.filter(pl.col("dimension") == dimension.name).select(*MATCHED, "condition", "dialogue", "score")
    is_reference = pl.col("condition") == reference
    ordinary = asked.filter(is_reference).select(
        *MATCHED, pl.col("dialogue").alias("reference_dialogue"), pl.col("score").alias("reference_score")
    )
    hard = asked.filter(~is_reference)
    return hard.join(ordinary, on=MATCHED, how="inner").with_columns(
        ((pl.col("reference_score") - pl.col("score")) * sign).alias("drop")
    )
