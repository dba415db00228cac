"""The store: every turn of a run, on disk a moment after it is said."""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, Self

import msgspec
import polars as pl

from hardseek.chat import NOTHING_USED, Fault, Usage
from hardseek.dialogues import Close, Dialogue, Turn
from hardseek.documents import packaged
from hardseek.errors import Refused
from hardseek.judging import Grounds, Preference, Rating
from hardseek.runs.frames import dialogue_frame, measure_frame, trajectory_frames
from hardseek.runs.writer import Row, Writer, connect
from hardseek.seekers import Trace
from hardseek.seekers.check import kinds_of

FILE: Final = "run.sqlite"
_PLACES: Final = 1 << 20
"""Turns that a dialogue can have; see `turns.place` in schema.sql."""
_BEGIN: Final = (
    "INSERT OR REPLACE INTO dialogues (number, id, system, condition, card, language, replicate) "
    "VALUES (?, ?, ?, ?, ?, ?, ?)"
)
_FINISH: Final = "UPDATE dialogues SET finished = 1, ending = ?, fault_kind = ?, fault_detail = ? WHERE number = ?"
_TURN: Final = "INSERT OR REPLACE INTO turns VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_LOST: Final = "INSERT INTO lost VALUES (?, ?, ?, ?, ?, ?)"
_PAID: Final = (
    f"SELECT place / {_PLACES} AS number, speaker, tokens_in, tokens_out, attempts FROM turns "
    "UNION ALL SELECT number, speaker, tokens_in, tokens_out, attempts FROM lost"
)
"""What every turn took."""
_MEASURE: Final = "INSERT OR REPLACE INTO measures VALUES (?, ?, ?, ?, ?)"
_GROUNDS: Final = "INSERT OR REPLACE INTO grounds VALUES (?, ?, ?, ?)"
_SUMMED: Final = ("tokens_in", "tokens_out", "latency", "attempts")
_JUDGEMENT: Final = (
    "INSERT INTO judgements VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET model = excluded.model, "
    + ", ".join(f"{name} = coalesce({name} + excluded.{name}, {name}, excluded.{name})" for name in _SUMMED)
)
_DIALOGUE: Final = "number, id, system, condition, card, language, replicate, ending, fault_kind, fault_detail"
_encode = msgspec.json.Encoder().encode
_decode_grounds = msgspec.json.Decoder(Grounds).decode
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
        self.folder = folder
        path = folder / FILE
        if not writable and not path.is_file():
            raise Refused(f"{folder}: holds no run (there is no {FILE} in it); see `hardseek run --help`")
        try:
            self._reader = connect(path)
            if not writable:
                self._reader.execute("SELECT count(*) FROM about").fetchone()
            # A run of an earlier version lacks the tables that came since; they begin empty.
            self._reader.executescript(packaged("hardseek.runs", "schema.sql"))
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

    def flush(self) -> None:
        """Write what waits; in a store opened for reading nothing does."""
        if self._writer is not None:
            self._writer.flush()

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
        lost = close.lost
        if close.failed is not None and lost != NOTHING_USED:
            paid = (number, close.failed, lost.model, lost.tokens_in, lost.tokens_out, lost.attempts)
            self.writer.write(_LOST, paid)

    def rate(self, number: int, ratings: Sequence[Rating], usages: Mapping[str, Usage] | None = None) -> None:
        """Keep what a judge said of a dialogue, in place of what it said before, and what asking took.

        The scores come last: a dialogue that has any has its grounds too, whenever this process is killed.
        """
        judge = ratings[0].judge if ratings else ""
        used = _judgement_rows(number, judge, usages or {})
        grounds = [
            (number, r.judge, r.dimension, _encode(r.grounds).decode()) for r in ratings if r.grounds is not None
        ]
        if used:
            self.writer.write(_JUDGEMENT, *used)
        if grounds:
            self.writer.write(_GROUNDS, *grounds)
        self.writer.write(_MEASURE, *((number, r.judge, r.dimension, r.score, r.unscored) for r in ratings))

    def prefer(self, one: int, other: int, preferences: Sequence[Preference], usages: Mapping[str, Usage]) -> None:
        """Keep what a judge said of two dialogues, and what asking took (counted with the first)."""
        judge = preferences[0].judge if preferences else ""
        if usages:
            self.writer.write(_JUDGEMENT, *_judgement_rows(one, judge, usages))
        rows = [(one, other, p.judge, p.dimension, p.score, p.consistent, p.unscored, p.reason) for p in preferences]
        self.writer.write("INSERT OR REPLACE INTO preferences VALUES (?, ?, ?, ?, ?, ?, ?, ?)", *rows)

    def forget_measures(self, judges: Sequence[str]) -> None:
        """Drop everything that these judges said; what asking them took was paid for, and stays counted."""
        for table in ("measures", "grounds", "preferences"):
            self.writer.write(f"DELETE FROM {table} WHERE judge = ?", *((judge,) for judge in judges))

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

    def systems(self) -> list[str]:
        """Name the systems that dialogues have been begun with."""
        return [name for (name,) in self._reader.execute("SELECT DISTINCT system FROM dialogues ORDER BY 1")]

    def latest(self, most: int) -> list[tuple[bool, Dialogue]]:
        """Return the dialogues that come last in the plan of those begun: whether it is finished, and what there is."""
        rows = self._reader.execute(
            f"SELECT finished, {_DIALOGUE} FROM dialogues ORDER BY number DESC LIMIT ?", (most,)
        ).fetchall()
        return [(bool(done), _dialogue(row, self.turns(row[0]))) for done, *row in rows]

    def content(self) -> tuple[object, ...]:
        """Return figures that are others as soon as anything is added: what was made of a run is old then."""
        dialogues = "SELECT count(*), sum(finished), count(fault_kind), max(number) FROM dialogues"
        places = "SELECT count(*), max(place) FROM turns"
        measures = "SELECT count(*), count(score), total(score) FROM measures"
        preferences = "SELECT count(*), total(score) FROM preferences"
        notes = self._reader.execute("SELECT key, value FROM about ORDER BY key").fetchall()
        figures = (dialogues, places, measures, preferences)
        return (*(self._reader.execute(asked).fetchone() for asked in figures), tuple(notes))

    def totals(self) -> Totals:
        """Sum what the run took so far."""
        row = self._reader.execute(
            f"SELECT (SELECT count(*) FROM turns), sum(attempts), sum(tokens_in), sum(tokens_out) FROM ({_PAID})"
        ).fetchone()
        return Totals(*row)

    def waiting_for(self, judge: str) -> int:
        """Count the finished dialogues, failed ones left out, that a judge has not rated."""
        row = self._reader.execute(
            "SELECT count(*) FROM dialogues WHERE finished = 1 AND ending IS NOT 'failed' AND NOT EXISTS "
            "(SELECT 1 FROM measures m WHERE m.number = dialogues.number AND m.judge = ?)",
            (judge,),
        ).fetchone()
        return int(row[0])

    def usage(self) -> list[tuple[str, str, int | None, int | None]]:
        """Sum tokens by system and speaker: (system, speaker, tokens in, tokens out)."""
        return self._reader.execute(
            f"SELECT d.system, p.speaker, sum(p.tokens_in), sum(p.tokens_out) FROM ({_PAID}) p "
            "JOIN dialogues d USING (number) GROUP BY 1, 2"
        ).fetchall()

    def judge_usage(self) -> list[tuple[str, int | None, int | None]]:
        """Sum the tokens of judges: (who was asked, tokens in, tokens out)."""
        return self._reader.execute(
            "SELECT asked, sum(tokens_in), sum(tokens_out) FROM judgements GROUP BY 1 ORDER BY 1"
        ).fetchall()

    def pairs(self, *, unseen_by: str) -> list[tuple[int, int]]:
        """Return the pairs of finished dialogues of two systems with the same seeker (card, condition, replicate) that
        a judge has not compared, by their numbers; failed dialogues are in none."""
        same = " AND ".join(f"a.{name} = b.{name}" for name in ("card", "condition", "language", "replicate"))
        return self._reader.execute(
            f"SELECT a.number, b.number FROM dialogues a JOIN dialogues b ON {same} AND a.system < b.system "
            "WHERE a.finished = 1 AND b.finished = 1 AND a.ending IS NOT 'failed' AND b.ending IS NOT 'failed' "
            "AND NOT EXISTS (SELECT 1 FROM preferences p WHERE p.one = a.number AND p.other = b.number "
            "AND p.judge = ?) ORDER BY 1, 2",
            (unseen_by,),
        ).fetchall()

    def numbered(self, number: int) -> Dialogue:
        """Return the dialogue of this number; raises KeyError when there is none."""
        row = self._reader.execute(f"SELECT {_DIALOGUE} FROM dialogues WHERE number = ?", (number,)).fetchone()
        if row is None:
            raise KeyError(number)
        return _dialogue(row, self.turns(number))

    def preferences(self) -> list[tuple[str, str, str, str, str, str, float | None, int | None]]:
        """Return all preferences: (dimension, language, condition, card, one system, the other, score, consistent)."""
        return self._reader.execute(
            "SELECT p.dimension, a.language, a.condition, a.card, a.system, b.system, p.score, p.consistent "
            "FROM preferences p JOIN dialogues a ON a.number = p.one JOIN dialogues b ON b.number = p.other "
            "ORDER BY p.dimension, p.one, p.other"
        ).fetchall()

    def scores(self) -> list[tuple[str, str, str, float | None]]:
        """Return every judge's score of every dialogue: (dialogue's id, judge, dimension, score or None)."""
        return self._reader.execute(
            "SELECT d.id, m.judge, m.dimension, m.score FROM measures m JOIN dialogues d USING (number) "
            "WHERE m.judge NOT IN ('seeker', 'people') ORDER BY d.number, m.judge, m.dimension"
        ).fetchall()

    def ratings(self, identity: str) -> list[Rating]:
        """Return all that judges said of the dialogue with this id, with the grounds they gave."""
        rows = self._reader.execute(
            "SELECT m.judge, m.dimension, m.score, m.unscored, g.grounds FROM measures m "
            "JOIN dialogues d USING (number) LEFT JOIN grounds g USING (number, judge, dimension) "
            "WHERE d.id = ? ORDER BY m.judge, m.dimension",
            (identity,),
        )
        return [
            Rating(judge, dimension, score, unscored, _decode_grounds(grounds) if grounds else None)
            for judge, dimension, score, unscored, grounds in rows
        ]

    def faults(self) -> list[tuple[str, str, str, int]]:
        """Count failures: (system, kind, one detail, how many), the most frequent first."""
        return self._reader.execute(
            "SELECT system, fault_kind, min(fault_detail), count(*) AS n FROM dialogues "
            "WHERE ending = 'failed' GROUP BY 1, 2 ORDER BY n DESC, 1, 2"
        ).fetchall()

    def rewordings(self) -> tuple[int, int, dict[str, int]]:
        """Count what the simulated seekers' wordings had to be thrown away for.

        Returns:
            Their turns, those of them that were worded again, and in how many each kind of problem was found.
        """
        turns = self._reader.execute("SELECT count(*) FROM turns WHERE trace IS NOT NULL").fetchone()[0]
        rows = self._reader.execute("SELECT trace FROM turns WHERE instr(trace, ?) > 0", (b'"reworded":',))
        reworded = 0
        found: Counter[str] = Counter()
        for (trace,) in rows:
            reworded += 1
            found.update({kind for rejected in _decode_trace(trace).reworded for kind in kinds_of(rejected)})
        return turns, reworded, dict(found.most_common())

    def dialogue_frame(self) -> pl.DataFrame:
        """Return the finished dialogues as a frame; see `frames.dialogue_frame`."""
        return dialogue_frame(self._reader)

    def measure_frame(self, dimensions: Sequence[str] | None = None) -> pl.DataFrame:
        """Return the measures of finished dialogues as a long frame; see `frames.measure_frame`."""
        return measure_frame(self._reader, dimensions)

    def trajectory_frames(self) -> Iterator[pl.DataFrame]:
        """Yield the seekers' hidden states in frames of a few thousand dialogues; see `frames.trajectory_frames`."""
        return trajectory_frames(self._reader)

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


def _judgement_rows(number: int, judge: str, usages: Mapping[str, Usage]) -> list[Row]:
    return [
        (number, judge, who, u.model, u.tokens_in, u.tokens_out, u.latency, u.attempts) for who, u in usages.items()
    ]


def _dialogue(row: Row, turns: Sequence[Turn]) -> Dialogue:
    _, identity, system, condition, card, language, replicate, ending, kind, detail = row
    fault = _fault(kind, detail)
    return Dialogue(identity, system, condition, card, language, replicate, tuple(turns), ending, fault)


def _fault(kind: Any, detail: Any) -> Fault | None:
    return Fault(kind, detail) if kind is not None else None
