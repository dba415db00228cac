"""The accounts of a run: how many dialogues there are, what went wrong, what was paid."""

from collections import Counter
from typing import Final

import msgspec

from hardseek.runs.store.database import PLACES, Database
from hardseek.seekers import Trace
from hardseek.seekers.check import kinds_of

_PAID: Final = (
    f"SELECT place / {PLACES} AS number, speaker, tokens_in, tokens_out, attempts FROM turns "
    "UNION ALL SELECT number, speaker, tokens_in, tokens_out, attempts FROM lost"
)
"""What every turn took."""
_decode_trace = msgspec.json.Decoder(Trace).decode


class Totals(msgspec.Struct, frozen=True):
    """What a run took so far; None where no server was asked, or where it did not tell."""

    turns: int
    calls: int | None
    tokens_in: int | None
    tokens_out: int | None


class Accounts(Database):
    """What a run came to in counts and sums."""

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
            f"SELECT (SELECT count(*) FROM turns), sum(attempts), sum(tokens_in), sum(tokens_out) FROM ({_PAID})"
        ).fetchone()
        return Totals(*row)

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

    def content(self) -> tuple[object, ...]:
        """Return figures that are others as soon as anything is added: what was made of a run is old then."""
        dialogues = "SELECT count(*), sum(finished), count(fault_kind), max(number) FROM dialogues"
        places = "SELECT count(*), max(place) FROM turns"
        measures = "SELECT count(*), count(score), total(score) FROM measures"
        preferences = "SELECT count(*), total(score) FROM preferences"
        notes = self._reader.execute("SELECT key, value FROM about ORDER BY key").fetchall()
        figures = (dialogues, places, measures, preferences)
        return (*(self._reader.execute(asked).fetchone() for asked in figures), tuple(notes))
