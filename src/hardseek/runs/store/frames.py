"""A run's dialogues, measures and trajectories as frames, the shape that the analysis reads."""

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec
import polars as pl

from hardseek.runs.store.database import PLACES

_NAMES: Final = ("system", "condition", "language", "card")
_CHUNK: Final = 100_000
_DIALOGUES: Final = 4_000
"""Dialogues whose turns are read at once."""


class _State(msgspec.Struct):
    """What of a seeker's hidden state makes a trajectory."""

    distress: float
    trust: float
    disclosed: tuple[str, ...] = ()


class _Trace(msgspec.Struct):
    state: _State | None = None


_decode = msgspec.json.Decoder(_Trace).decode


def dialogue_frame(connection: sqlite3.Connection) -> pl.DataFrame:
    """Return one row a finished dialogue.

    Columns: dialogue (id), system, condition, language, card, replicate, ending (null: unknown), fault (kind or null),
    exchanges (supporter turns).
    """
    return _frame(
        connection,
        "SELECT id, system, condition, language, card, replicate, ending, fault_kind, "
        f"(SELECT count(*) FROM turns t WHERE t.place >= number * {PLACES} AND t.place < (number + 1) * {PLACES} "
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


def trajectory_frames(connection: sqlite3.Connection) -> Iterator[pl.DataFrame]:
    """Yield the hidden states of simulated seekers, a few thousand whole dialogues at a time, failed ones left out.

    One row a turn of a seeker with a state. Columns: dialogue (id), system, condition, language, card, replicate,
    exchange (from 1), distress (0-10), trust (0-1), disclosed (facts told so far).
    """
    schema = {
        "number": pl.Int64, "exchange": pl.Int32, "distress": pl.Float64, "trust": pl.Float64, "disclosed": pl.Int32
    }  # fmt: skip
    (last,) = connection.execute("SELECT coalesce(max(number), -1) FROM dialogues").fetchone()
    for first in range(0, last + 1, _DIALOGUES):
        beyond = first + _DIALOGUES
        heads = _frame(
            connection,
            "SELECT number, id, system, condition, language, card, replicate FROM dialogues "
            "WHERE finished = 1 AND ending IS NOT 'failed' AND number >= ? AND number < ?",
            (first, beyond),
            {
                "number": pl.Int64, "dialogue": pl.Categorical, **dict.fromkeys(_NAMES, pl.Categorical),
                "replicate": pl.Int32,
            },
        )  # fmt: skip
        turns = connection.execute(
            "SELECT place, trace FROM turns WHERE place >= ? AND place < ? AND speaker = 'seeker' ORDER BY place",
            (first * PLACES, beyond * PLACES),
        )
        states = pl.DataFrame(list(_states(turns)), schema=schema, orient="row")
        if not states.is_empty():
            yield heads.join(states, on="number", maintain_order="right").drop("number")


def _states(turns: sqlite3.Cursor) -> Iterator[tuple[int, int, float, float, int]]:
    """Number a dialogue's seeker turns and read their states; turns without one are counted, and left out."""
    of, exchange = -1, 0
    for place, trace in turns:
        number = place // PLACES
        of, exchange = number, exchange + 1 if number == of else 1
        state = _decode(trace).state if trace is not None else None
        if state is not None:
            yield number, exchange, state.distress, state.trust, len(state.disclosed)


def _frame(
    connection: sqlite3.Connection, query: str, values: tuple[str | int, ...], schema: dict[str, type[pl.DataType]]
) -> pl.DataFrame:
    """Read a query in chunks, so that its rows never all stand in memory as Python objects."""
    cursor = connection.execute(query, values)
    frames = [pl.DataFrame(schema=schema)]
    while rows := cursor.fetchmany(_CHUNK):
        frames.append(pl.DataFrame(rows, schema=schema, orient="row"))
    return pl.concat(frames)
