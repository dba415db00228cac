"""Candidates: the replies that were considered for one turn, each with the seeker's next move after it, as kept."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final, Self

import msgspec

from hardseek.chat import NOTHING_USED, Usage
from hardseek.documents import packaged
from hardseek.errors import Refused
from hardseek.runs import Store
from hardseek.runs.store import FILE
from hardseek.runs.writer import connect
from hardseek.seekers import Trace, Utterance

_FORGET: Final = "DELETE FROM candidates WHERE number = ? AND position = ?"
_KEEP: Final = f"INSERT INTO candidates VALUES ({', '.join('?' * 16)})"
_encode = msgspec.json.Encoder().encode
_trace = msgspec.json.Decoder(Trace).decode
_scores = msgspec.json.Decoder(dict[str, float]).decode
_judging = msgspec.json.Decoder(dict[str, tuple[int, int]]).decode


class Candidate(msgspec.Struct, frozen=True):
    """One reply that was considered."""

    place: int
    """Among the candidates of its turn, from 0."""
    system: str
    text: str
    """Empty where there was no answer."""
    usage: Usage = NOTHING_USED
    left_out: str | None = None
    """Why it was not considered further: no answer, or what a filter found."""
    answer: str | None = None
    """What the seeker says next."""
    trace: Trace | None = None
    """What stands behind that."""
    answer_usage: Usage = NOTHING_USED
    scores: dict[str, float] = {}
    """What judges gave the talk up to and with the reply: each dimension on 0 to 1, 1 the better end."""
    judging: dict[str, tuple[int, int]] = {}
    """Tokens in and out of the judges that are models, by who was asked."""
    value: float | None = None
    """What the best one was chosen by."""
    followed: bool = False
    """Whether the dialogue went on with it."""


class Spent(msgspec.Struct, frozen=True):
    """Tokens that one speaker took."""

    speaker: str
    """The system, or "" for the seeker."""
    tokens_in: int
    tokens_out: int


def prepare(store: Store) -> None:
    """Make room for candidates in the store of a run."""
    for statement in packaged("hardseek.training.generating", "candidates.sql").split(";"):
        if statement.strip():
            store.writer.write(statement, ())
    store.writer.flush()


def keep_tried(store: Store, number: int, position: int, candidates: Sequence[Candidate]) -> None:
    """Keep the candidates for a turn, in place of those of an attempt that was broken off."""
    store.writer.write(_FORGET, (number, position))
    store.writer.write(_KEEP, *(_row(number, position, each) for each in candidates))


def _row(number: int, position: int, each: Candidate) -> tuple[Any, ...]:
    used, answered = each.usage, each.answer_usage
    return (
        number, position, each.place, each.system, each.text, each.left_out, each.answer,
        _encode(each.trace) if each.trace is not None else None, _encode(each.scores).decode(), each.value,
        _encode(each.judging).decode(),
        int(each.followed), used.tokens_in, used.tokens_out, answered.tokens_in, answered.tokens_out,
    )  # fmt: skip


class Candidates:
    """Reads the candidates of a run."""

    def __init__(self, folder: Path) -> None:
        """Open them; raises Refused when there is no run, or one that was not made by `hardseek generate`."""
        path = folder / FILE
        if not path.is_file():
            raise Refused(f"{folder}: holds no run (there is no {FILE} in it); see `hardseek generate --help`")
        self._reader = connect(path)
        there = self._reader.execute("SELECT count(*) FROM sqlite_master WHERE name = 'candidates'").fetchone()[0]
        if not there:
            self._reader.close()
            raise Refused(
                f"{folder}: keeps no candidates: its dialogues have one reply a turn, so that there is nothing to "
                "prefer; make a run with `hardseek generate`, or give experts' edits with --edits"
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._reader.close()

    def states(self) -> Iterator[tuple[str, int, list[Candidate]]]:
        """Yield the turns of finished dialogues that had candidates: the dialogue's id, the turn's place, and them."""
        rows = self._reader.execute(
            "SELECT d.id, c.position, c.place, c.system, c.text, c.left_out, c.answer, c.trace, c.scores, c.value, "
            "c.judging, c.followed, c.tokens_in, c.tokens_out, c.answer_in, c.answer_out FROM candidates c "
            "JOIN dialogues d USING (number) WHERE d.finished = 1 AND d.ending IS NOT 'failed' "
            "ORDER BY c.number, c.position, c.place"
        )
        key: tuple[str, int] | None = None
        found: list[Candidate] = []
        for identity, position, *rest in rows:
            if key is not None and key != (identity, position):
                yield (*key, found)
                found = []
            key = (identity, position)
            found.append(_candidate(rest))
        if key is not None:
            yield (*key, found)

    def spent(self) -> list[Spent]:
        """Sum the tokens of all candidates, and of the seeker's answers to them, unfinished dialogues included."""
        rows = self._reader.execute(
            "SELECT system, sum(tokens_in), sum(tokens_out) FROM candidates GROUP BY 1 "
            "UNION ALL SELECT '', sum(answer_in), sum(answer_out) FROM candidates "
            "UNION ALL SELECT '', sum(tokens_in), sum(tokens_out) FROM turns WHERE place % 1048576 < 2 "
            "AND speaker = 'seeker' UNION ALL SELECT '', sum(tokens_in), sum(tokens_out) FROM lost "
            "WHERE speaker = 'seeker'"
        )
        return [Spent(speaker, heard or 0, said or 0) for speaker, heard, said in rows]

    def judging(self) -> list[Spent]:
        """Sum the tokens of judges."""
        found: dict[str, tuple[int, int]] = {}
        for (text,) in self._reader.execute("SELECT judging FROM candidates WHERE judging != '{}'"):
            for asked, (heard, said) in _judging(text).items():
                before = found.get(asked, (0, 0))
                found[asked] = (before[0] + heard, before[1] + said)
        return [Spent(asked, *tokens) for asked, tokens in sorted(found.items())]

    def answer_after(self, number: int, position: int) -> Utterance | None:
        """Return the seeker's move after the reply that a dialogue went on with; None where there is none."""
        row = self._reader.execute(
            "SELECT answer, trace, answer_in, answer_out FROM candidates "
            "WHERE number = ? AND position = ? AND followed = 1",
            (number, position),
        ).fetchone()
        if row is None or row[0] is None or row[1] is None:
            return None
        return Utterance(row[0], _trace(row[1]), Usage(tokens_in=row[2], tokens_out=row[3]))

    def counts(self) -> dict[str, int]:
        """Count candidates: all, and those that were left out, by reason."""
        rows = self._reader.execute(
            "SELECT coalesce(left_out, 'considered'), count(*) FROM candidates GROUP BY 1 ORDER BY 2 DESC, 1"
        )
        return dict(rows.fetchall())


def _candidate(row: Sequence[Any]) -> Candidate:
    place, system, text, left_out, answer, trace, scores, value, judging, followed, *tokens = row
    return Candidate(
        place=place, system=system, text=text, left_out=left_out, answer=answer,
        trace=_trace(trace) if trace else None, scores=_scores(scores), value=value,
        judging=_judging(judging), followed=bool(followed),
        usage=Usage(tokens_in=tokens[0], tokens_out=tokens[1]),
        answer_usage=Usage(tokens_in=tokens[2], tokens_out=tokens[3]),
    )  # fmt: skip
