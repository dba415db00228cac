"""A run's dialogues and measures as frames, the shape that the analysis reads."""

import sqlite3
from collections.abc import Sequence
from typing import Final

import polars as pl

_NAMES: Final = ("system", "condition", "language", "card")
_CHUNK: Final = 100_000


def dialogue_frame(connection: sqlite3.Connection) -> pl.DataFrame:
    """Return one row a finished dialogue.

    Columns: dialogue (id), system, condition, language, card, replicate, ending (null: unknown), fault (kind or null),
    exchanges (supporter turns).
    """
    return _frame(
        connection,
        "SELECT id, system, condition, language, card, replicate, ending, fault_kind, "
        "(SELECT count(*) FROM turns t WHERE t.place >= number << 20 AND t.place < (number + 1) << 20 "
        "AND t.speaker = 'supporter') FROM dialogues WHERE finished = 1 ORDER BY number",
        (),
        {
            "dialogue": pl.Categorical, **dict.fromkeys(_NAMES, pl.Categorical), "replicate": pl.Int32,
            "ending": pl.Categorical, "fault": pl.Categorical, "exchanges": pl.Int32,
        },
    )  # fmt: skip


def measure_frame(connection: sqlite3.Connection, dimensions: Sequence[str] | None) -> pl.DataFrame:
    """Return one row a finished dialogue and dimension, failed dialogues left out.

    Columns: dialogue (id), system, condition, language, card, replicate, dimension, score (null: unscored), unscored
    (why, or null).

    Args:
        connection: to the run's database.
        dimensions: only these; None for all.
    """
    wanted = "" if dimensions is None else f"AND dimension IN ({', '.join('?' * len(dimensions))})"
    return _frame(
        connection,
        "SELECT d.id, system, condition, language, card, replicate, dimension, score, unscored "
        "FROM measures m JOIN dialogues d USING (number) "
        f"WHERE finished = 1 AND ending IS NOT 'failed' {wanted} ORDER BY number",
        tuple(dimensions or ()),
        {
            "dialogue": pl.Categorical, **dict.fromkeys(_NAMES, pl.Categorical), "replicate": pl.Int32,
            "dimension": pl.Categorical, "score": pl.Float64, "unscored": pl.Categorical,
        },
    )  # fmt: skip


def _frame(
    connection: sqlite3.Connection, query: str, values: tuple[str, ...], schema: dict[str, type[pl.DataType]]
) -> pl.DataFrame:
    """Read a query in chunks, so that its rows never all stand in memory as Python objects."""
    cursor = connection.execute(query, values)
    frames = [pl.DataFrame(schema=schema)]
    while rows := cursor.fetchmany(_CHUNK):
        frames.append(pl.DataFrame(rows, schema=schema, orient="row"))
    return pl.concat(frames)
