"""The store: every turn of a run, on disk a moment after it is said."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final, Self

import msgspec
import polars as pl

from hardseek.chat import Fault, Usage
from hardseek.dialogues import Close, Dialogue, Turn
from hardseek.documents import packaged
from hardseek.errors import Refused
from hardseek.judging import Rating
from hardseek.runs.frames import dialogue_frame, measure_frame
from hardseek.runs.writer import Row, Writer, connect
from hardseek.seekers import Trace

FILE: Final = "run.sqlite"
_PLACES: Final = 1 << 20
"""Turns that a dialogue can have; see `turns.place` in schema.sql."""
_BEGIN: Final = (
    "INSERT OR REPLACE INTO dialogues (number, id, system, condition, card, language, replicate) "
    "VALUES (?, ?, ?, ?, ?, ?, ?)"
)
_FINISH: Final = "UPDATE dialogues SET finished = 1, ending = ?, fault_kind = ?, fault_detail = ? WHERE number = ?"
_TURN: Final = "INSERT OR REPLACE INTO turns VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_MEASURE: Final = "INSERT OR REPLACE INTO measures VALUES (?, ?, ?, ?, ?)"
_DIALOGUE: Final = "number, id, system, condition, card, language, replicate, ending, fault_kind, fault_detail"
_encode = msgspec.json.Encoder().encode
_decode_trace = msgspec.json.Decoder(Trace).decode


class Entry(msgspec.Struct, frozen=True):
    """What the store knows of a dialogue before its turns are read."""

    id: str
    finished: bool
    fault: Fault | None


class Totals(msgspec.Struct, frozen=True):
    """What a run took so far; None where no server was asked, or where it did not tell."""

    turns: int
    calls: int | None
    tokens_in: int | None
    tokens_out: int | None


class Store:
    """A run's database: one writer, any number of readers, in other processes too."""

    def __init__(self, folder: Path, *, writable: bool = False) -> None:
        """Open the store of a run folder, making it when it is to be written.

        Raises:
            Refused: there is no run in the folder.
        """
        path = folder / FILE
        if not writable and not path.is_file():
            raise Refused(f"{folder}: holds no run (there is no {FILE} in it); see `hardseek run --help`")
        try:
            self._reader = connect(path)
            if writable:
                self._reader.executescript(packaged("hardseek.runs", "schema.sql"))
            self._reader.execute("SELECT count(*) FROM about").fetchone()
        except sqlite3.Error as error:
            raise Refused(f"{path}: cannot be opened as a run: {error}") from None
        self._writer = Writer(path) if writable else None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Write what waits and close; raises StoreFailed when it cannot be written."""
        try:
            if self._writer is not None:
                self._writer.close()
        finally:
            self._reader.close()

    # -- what the run is -------------------------------------------------------------------------------------------

    def note(self, key: str, value: object) -> None:
        """Keep a fact about the run as JSON."""
        row = (key, _encode(value).decode())
        self.writer.write("INSERT OR REPLACE INTO about VALUES (?, ?)", row)

    def noted(self, key: str) -> Any:
        """Return a fact about the run, or None."""
        row = self._reader.execute("SELECT value FROM about WHERE key = ?", (key,)).fetchone()
        return msgspec.json.decode(row[0]) if row else None

    # -- writing ---------------------------------------------------------------------------------------------------

    @property
    def writer(self) -> Writer:
        """The writer; raises RuntimeError on a store opened for reading."""
        if self._writer is None:
            raise RuntimeError("this store was opened for reading")
        return self._writer

    def begin(self, number: int, dialogue: Dialogue) -> None:
        """Enter a dialogue; one that is entered already is opened again, its turns kept."""
        d = dialogue
        row = (number, d.id, d.system, d.condition, d.card, d.language, d.replicate)
        self.writer.write(_BEGIN, row)

    def forget_turns(self, number: int) -> None:
        """Drop the turns of a dialogue that has to begin anew."""
        span = (number * _PLACES, (number + 1) * _PLACES)
        self.writer.write("DELETE FROM turns WHERE place >= ? AND place < ?", span)

    def keep(self, number: int, position: int, turn: Turn) -> None:
        """Keep a turn of a dialogue, counted from 0."""
        self.writer.write(_TURN, _turn_row(number, position, turn))

    def finish(self, number: int, close: Close) -> None:
        """Enter how a dialogue ended."""
        fault = close.fault
        row = (close.ending, fault.kind if fault else None, fault.detail if fault else None, number)
        self.writer.write(_FINISH, row)

    def rate(self, number: int, ratings: Sequence[Rating]) -> None:
        """Keep what a judge said of a dialogue, in place of what it said before."""
        rows = [(number, r.judge, r.dimension, r.score, r.unscored) for r in ratings]
        self.writer.write(_MEASURE, *rows)

    def forget_measures(self, judges: Sequence[str]) -> None:
        """Drop everything that these judges said."""
        self.writer.write("DELETE FROM measures WHERE judge = ?", *((judge,) for judge in judges))

    # -- reading ---------------------------------------------------------------------------------------------------

    def entries(self, numbers: range) -> dict[int, Entry]:
        """Return what is known of the dialogues of a stretch of the plan, by number."""
        rows = self._reader.execute(
            "SELECT number, id, finished, fault_kind, fault_detail FROM dialogues WHERE number >= ? AND number < ?",
            (numbers.start, numbers.stop),
        )
        return {number: Entry(id, bool(done), _fault(kind, detail)) for number, id, done, kind, detail in rows}

    def turns(self, number: int) -> list[Turn]:
        """Return the turns of a dialogue, in order."""
        return [turn for _, turn in self._turn_rows(number, number + 1)]

    def find(self, key: str) -> list[Dialogue]:
        """Return the dialogue with this id, or else with this number, or else those whose id begins so (50 at most)."""
        for wanted in ("id = ?", "CAST(number AS TEXT) = ?", "substr(id, 1, length(?1)) = ?1"):
            rows = self._reader.execute(
                f"SELECT {_DIALOGUE} FROM dialogues WHERE {wanted} ORDER BY number LIMIT 50", (key,)
            ).fetchall()
            if rows:
                return [_dialogue(row, self.turns(row[0])) for row in rows]
        return []

    def dialogues(self, ids: Iterable[str]) -> list[Dialogue]:
        """Return dialogues by their ids, in the order of the ids; unknown ids are left out."""
        found = []
        for identity in ids:
            row = self._reader.execute(f"SELECT {_DIALOGUE} FROM dialogues WHERE id = ?", (identity,)).fetchone()
            if row:
                found.append(_dialogue(row, self.turns(row[0])))
        return found

    def finished(self, *, unrated_by: str | None = None, chunk: int = 500) -> Iterator[tuple[int, Dialogue]]:
        """Yield the finished dialogues with their numbers, in order, in memory that does not grow with the run.

        Args:
            unrated_by: only those that this judge has not rated yet.
            chunk: how many are read at once.
        """
        wanted = "finished = 1 AND number > ?"
        rest: Row = ()
        if unrated_by is not None:
            wanted += " AND NOT EXISTS (SELECT 1 FROM measures m WHERE m.number = dialogues.number AND m.judge = ?)"
            rest = (unrated_by,)
        last = -1
        while True:
            rows = self._reader.execute(
                f"SELECT {_DIALOGUE} FROM dialogues WHERE {wanted} ORDER BY number LIMIT {chunk:d}",
                (last, *rest),
            ).fetchall()
            if not rows:
                return
            turns: dict[int, list[Turn]] = {row[0]: [] for row in rows}
            for number, turn in self._turn_rows(rows[0][0], rows[-1][0] + 1):
                if number in turns:
                    turns[number].append(turn)
            for row in rows:
                yield row[0], _dialogue(row, turns[row[0]])
            last = rows[-1][0]

    def counts(self) -> dict[str, int]:
        """Count dialogues by ending; `open` for those begun, `unknown` for imported ones without an ending."""
        rows = self._reader.execute(
            "SELECT CASE WHEN finished = 0 THEN 'open' ELSE coalesce(ending, 'unknown') END AS state, count(*) "
            "FROM dialogues GROUP BY state ORDER BY state"
        )
        return dict(rows.fetchall())

    def totals(self) -> Totals:
        """Sum what the run took so far."""
        row = self._reader.execute(
            "SELECT count(*), sum(attempts), sum(tokens_in), sum(tokens_out) FROM turns"
        ).fetchone()
        return Totals(*row)

    def usage(self) -> list[tuple[str, str, int | None, int | None]]:
        """Sum tokens by system and speaker: (system, speaker, tokens in, tokens out)."""
        return self._reader.execute(
            f"SELECT d.system, t.speaker, sum(t.tokens_in), sum(t.tokens_out) FROM turns t "
            f"JOIN dialogues d ON d.number = t.place / {_PLACES} GROUP BY 1, 2"
        ).fetchall()

    def faults(self) -> list[tuple[str, str, str, int]]:
        """Count failures: (system, kind, one detail, how many), the most frequent first."""
        return self._reader.execute(
            "SELECT system, fault_kind, min(fault_detail), count(*) AS n FROM dialogues "
            "WHERE ending = 'failed' GROUP BY 1, 2 ORDER BY n DESC, 1, 2"
        ).fetchall()

    def dialogue_frame(self) -> pl.DataFrame:
        """Return the finished dialogues as a frame; see `frames.dialogue_frame`."""
        return dialogue_frame(self._reader)

    def measure_frame(self, dimensions: Sequence[str] | None = None) -> pl.DataFrame:
        """Return the measures of finished dialogues as a long frame; see `frames.measure_frame`."""
        return measure_frame(self._reader, dimensions)

    def _turn_rows(self, first: int, beyond: int) -> Iterator[tuple[int, Turn]]:
        rows = self._reader.execute(
            "SELECT place, speaker, text, trace, model, finish_reason, tokens_in, tokens_out, latency, attempts "
            "FROM turns WHERE place >= ? AND place < ? ORDER BY place",
            (first * _PLACES, beyond * _PLACES),
        )
        for place, speaker, text, trace, *usage in rows:
            yield place // _PLACES, Turn(speaker, text, _decode_trace(trace) if trace else None, Usage(*usage))


def _turn_row(number: int, position: int, turn: Turn) -> Row:
    trace, usage = turn.trace, turn.usage
    act = trace.move.act if trace is not None and trace.move is not None else None
    return (
        number * _PLACES + position, turn.speaker, turn.text, act, _encode(trace) if trace is not None else None,
        usage.model, usage.finish_reason, usage.tokens_in, usage.tokens_out, usage.latency, usage.attempts,
    )  # fmt: skip


def _dialogue(row: Row, turns: Sequence[Turn]) -> Dialogue:
    _, identity, system, condition, card, language, replicate, ending, kind, detail = row
    fault = _fault(kind, detail)
    return Dialogue(identity, system, condition, card, language, replicate, tuple(turns), ending, fault)


def _fault(kind: Any, detail: Any) -> Fault | None:
    return Fault(kind, detail) if kind is not None else None
