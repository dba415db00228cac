"""What judges said of the dialogues of a run: ratings with their grounds, preferences, and what asking took."""

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from hardseek.chat import Usage
from hardseek.judging import Grounds, Preference, Rating
from hardseek.runs.store.database import Database, encode
from hardseek.runs.writer import Row

_MEASURE: Final = "INSERT OR REPLACE INTO measures VALUES (?, ?, ?, ?, ?)"
_GROUNDS: Final = "INSERT OR REPLACE INTO grounds VALUES (?, ?, ?, ?)"
_SUMMED: Final = ("tokens_in", "tokens_out", "latency", "attempts")
_JUDGEMENT: Final = (
    "INSERT INTO judgements VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET model = excluded.model, "
    + ", ".join(f"{name} = coalesce({name} + excluded.{name}, {name}, excluded.{name})" for name in _SUMMED)
)
_decode_grounds = msgspec.json.Decoder(Grounds).decode


class Judgements(Database):
    """What was said of the dialogues of a run."""

    def rate(self, number: int, ratings: Sequence[Rating], usages: Mapping[str, Usage] | None = None) -> None:
        """Keep what a judge said of a dialogue, in place of what it said before, and what asking took.

        The scores come last: a dialogue that has any has its grounds too, whenever this process is killed.
        """
        judge = ratings[0].judge if ratings else ""
        used = _judgement_rows(number, judge, usages or {})
        grounds = [(number, r.judge, r.dimension, encode(r.grounds).decode()) for r in ratings if r.grounds is not None]
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

    def scores(self) -> list[tuple[str, str, str, float | None]]:
        """Return every judge's score of every dialogue: (dialogue's id, judge, dimension, score or None)."""
        return self._reader.execute(
            "SELECT d.id, m.judge, m.dimension, m.score FROM measures m JOIN dialogues d USING (number) "
            "WHERE m.judge NOT IN ('seeker', 'people') ORDER BY d.number, m.judge, m.dimension"
        ).fetchall()

    def preferences(self) -> list[tuple[str, str, str, str, str, str, float | None, int | None]]:
        """Return all preferences: (dimension, language, condition, card, one system, the other, score, consistent)."""
        return self._reader.execute(
            "SELECT p.dimension, a.language, a.condition, a.card, a.system, b.system, p.score, p.consistent "
            "FROM preferences p JOIN dialogues a ON a.number = p.one JOIN dialogues b ON b.number = p.other "
            "ORDER BY p.dimension, p.one, p.other"
        ).fetchall()

    def waiting_for(self, judge: str) -> int:
        """Count the finished dialogues, failed ones left out, that a judge has not rated."""
        row = self._reader.execute(
            "SELECT count(*) FROM dialogues WHERE finished = 1 AND ending IS NOT 'failed' AND NOT EXISTS "
            "(SELECT 1 FROM measures m WHERE m.number = dialogues.number AND m.judge = ?)",
            (judge,),
        ).fetchone()
        return int(row[0])

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


def _judgement_rows(number: int, judge: str, usages: Mapping[str, Usage]) -> list[Row]:
    return [
        (number, judge, who, u.model, u.tokens_in, u.tokens_out, u.latency, u.attempts) for who, u in usages.items()
    ]
