"""The two tables that every analysis starts from."""

from typing import Final

import polars as pl

DIALOGUES: Final = pl.Schema(
    {
        "dialogue": pl.String,
        "system": pl.String,
        "condition": pl.String,
        "language": pl.String,
        "card": pl.String,
        "replicate": pl.Int64,
        "ending": pl.String,  # resolved, withdrew, limit, failed; null where it is not known
        "fault": pl.String,  # the kind of fault of a failed dialogue, else null
        "exchanges": pl.Int64,
    }
)
"""One row a dialogue."""

MEASURES: Final = pl.Schema(
    {
        "dialogue": pl.String,
        "system": pl.String,
        "condition": pl.String,
        "language": pl.String,
        "card": pl.String,
        "replicate": pl.Int64,
        "dimension": pl.String,
        "score": pl.Float64,  # null: unscored
        "unscored": pl.String,  # why there is no score
    }
)
"""One row a dialogue and dimension."""


def comparable(measures: pl.DataFrame, dialogues: pl.DataFrame) -> pl.DataFrame:
    """Keep the measures that estimates are made of: of dialogues that did not fail, with a finite score.

    What is left out is never filled in; `endings.outcomes` and `endings.unscored` count it.
    """
    failed = dialogues.filter(pl.col("ending") == "failed").select("dialogue")
    return measures.filter(pl.col("score").is_finite()).join(failed, on="dialogue", how="anti")
