"""The dialogues of a run and their turns: written as they are held, and read again."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

import msgspec

from hardseek.chat import NOTHING_USED, Fault, Usage
from hardseek.dialogues import Close, Dialogue, Turn
from hardseek.runs.store.database import PLACES, Database, encode
from hardseek.runs.writer import Row
from hardseek.seekers import Trace

_BEGIN: Final = (
    "INSERT OR REPLACE INTO dialogues (number, id, system, condition, card, language, replicate) "
    "VALUES (?, ?, ?, ?, ?, ?, ?)"
)
_FINISH: Final = "UPDATE dialogues SET finished = 1, ending = ?, fault_kind = ?, fault_detail = ? WHERE number = ?"
_TURN: Final = "INSERT OR REPLACE INTO turns VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_LOST: Final = "INSERT INTO lost VALUES (?, ?, ?, ?, ?, ?)"
_DIALOGUE: Final = "number, id, system, condition, card, language, replicate, ending, fault_kind, fault_detail"
_decode_trace = msgspec.json.Decoder(Trace).decode


class Entry(msgspec.Struct, frozen=True):
    """What the store knows of a dialogue before its turns are read."""

    id: str
    finished: bool
    fault: Fault | None


class Dialogues(Database):
    """What was said in a run."""

    def begin(self, number: int, dialogue: Dialogue) -> None:
        """Enter a dialogue; one that is entered already is opened again, its turns kept."""
        d = dialogue
        row = (number, d.id, d.system, d.condition, d.card, d.language, d.replicate)
        self.writer.write(_BEGIN, row)

    def forget_turns(self, number: int) -> None:
        """Drop the turns of a dialogue that has to begin anew."""
        span = (number * PLACES, (number + 1) * PLACES)
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

    def numbered(self, number: int) -> Dialogue:
        """Return the dialogue of this number; raises KeyError when there is none."""
        row = self._reader.execute(f"SELECT {_DIALOGUE} FROM dialogues WHERE number = ?", (number,)).fetchone()
        if row is None:
            raise KeyError(number)
        return _dialogue(row, self.turns(number))

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

    def latest(self, most: int) -> list[tuple[bool, Dialogue]]:
        """Return the dialogues that come last in the plan of those begun: whether it is finished, and what there is."""
        rows = self._reader.execute(
            f"SELECT finished, {_DIALOGUE} FROM dialogues ORDER BY number DESC LIMIT ?", (most,)
        ).fetchall()
        return [(bool(done), _dialogue(row, self.turns(row[0]))) for done, *row in rows]

    def systems(self) -> list[str]:
        """Name the systems that dialogues have been begun with."""
        return [name for (name,) in self._reader.execute("SELECT DISTINCT system FROM dialogues ORDER BY 1")]

    def _turn_rows(self, first: int, beyond: int) -> Iterator[tuple[int, Turn]]:
        rows = self._reader.execute(
            "SELECT place, speaker, text, trace, model, finish_reason, tokens_in, tokens_out, latency, attempts "
            "FROM turns WHERE place >= ? AND place < ? ORDER BY place",
            (first * PLACES, beyond * PLACES),
        )
        for place, speaker, text, trace, *usage in rows:
            yield place // PLACES, Turn(speaker, text, _decode_trace(trace) if trace else None, Usage(*usage))


def _turn_row(number: int, position: int, turn: Turn) -> Row:
    trace, usage = turn.trace, turn.usage
    act = trace.move.act if trace is not None and trace.move is not None else None
    return (
        number * PLACES + position, turn.speaker, turn.text, act, encode(trace) if trace is not None else None,
        usage.model, usage.finish_reason, usage.tokens_in, usage.tokens_out, usage.latency, usage.attempts,
    )  # fmt: skip


def _dialogue(row: Row, turns: Sequence[Turn]) -> Dialogue:
    _, identity, system, condition, card, language, replicate, ending, kind, detail = row
    fault = _fault(kind, detail)
    return Dialogue(identity, system, condition, card, language, replicate, tuple(turns), ending, fault)


def _fault(kind: Any, detail: Any) -> Fault | None:
    return Fault(kind, detail) if kind is not None else None
