"""The talks of a study as they go on: begun, said, answered, left; each step is done whole or not at all."""

from datetime import UTC, datetime
from typing import Final, Literal

import msgspec

from hardseek.chat import NOTHING_USED, Fault, FaultKind, Usage
from hardseek.dialogues import Ending, Turn
from hardseek.language import Language, clean
from hardseek.study.database import Database, now

MOST: Final = 4000
"""Characters of a message at most."""
PRACTICE: Final = 0
"""The position of the talk to practise with, which is in no result; the others begin at 1."""
Step = Literal["waiting", "talking", "rating", "done"]


class StudyTalk(msgspec.Struct, frozen=True):
    """One talk of one participant."""

    number: int
    participant: str
    position: int
    system: str
    condition: str
    card: str
    language: Language
    letter: str
    begun: str | None
    ended: str | None
    ending: Ending | None
    fault_kind: FaultKind | None
    """Why the system could not answer the last time it was asked."""
    fault_detail: str | None
    rated: str | None

    @property
    def practice(self) -> bool:
        """Whether it is the talk to practise with."""
        return self.position == PRACTICE

    @property
    def fault(self) -> Fault | None:
        """Why the system could not answer the last time it was asked."""
        return Fault(self.fault_kind, self.fault_detail or "") if self.fault_kind else None

    @property
    def step(self) -> Step:
        """What comes next."""
        if self.rated:
            return "done"
        return "rating" if self.ended else "talking" if self.begun else "waiting"


_FIELDS: Final = StudyTalk.__struct_fields__
_COLUMNS: Final = ", ".join(_FIELDS)


def talks_of(database: Database, participant: str) -> list[StudyTalk]:
    """Return the talks of a participant in their order."""
    rows = database.connection.execute(
        f"SELECT {_COLUMNS} FROM talks WHERE participant = ? ORDER BY position", (participant,)
    )
    return [_talk(row) for row in rows]


def talk_numbered(database: Database, number: int) -> StudyTalk | None:
    """Return the talk with this number in the study, None where there is none."""
    row = database.connection.execute(f"SELECT {_COLUMNS} FROM talks WHERE number = ?", (number,)).fetchone()
    return _talk(row) if row else None


def all_talks(database: Database) -> list[StudyTalk]:
    """Return all talks but those to practise with, in the order in which they were entered."""
    rows = database.connection.execute(f"SELECT {_COLUMNS} FROM talks WHERE position > ? ORDER BY number", (PRACTICE,))
    return [_talk(row) for row in rows]


def turns(database: Database, number: int) -> list[Turn]:
    """Return what was said in a talk."""
    rows = database.connection.execute(
        "SELECT speaker, text, usage FROM turns WHERE talk = ? ORDER BY position", (number,)
    )
    return [
        Turn(speaker, text, None, msgspec.json.decode(usage, type=Usage) if usage else NOTHING_USED)
        for speaker, text, usage in rows
    ]


def begin(database: Database, number: int) -> None:
    """Begin a talk; one that has begun stays as it is."""
    database.connection.execute("UPDATE talks SET begun = ? WHERE number = ? AND begun IS NULL", (now(), number))


def say(database: Database, number: int, position: int, text: str) -> bool:
    """Keep what the participant said.

    Args:
        database: the study's.
        number: of the talk.
        position: which turn it is to be, from 0; the same message sent twice is said once.
        text: the message.

    Returns:
        Whether it was kept: the talk goes on, it is the participant's turn, and there is something to say.
    """
    said = clean(text.replace("\r\n", "\n"))[:MOST]
    with database.transaction():
        return bool(said) and position % 2 == 0 and _keep(database, number, position, Turn("seeker", said))


def answer(database: Database, number: int, position: int, text: str, usage: Usage, *, limit: int) -> bool:
    """Keep what the system answered; after `limit` exchanges the talk is over. Returns whether it was kept."""
    with database.transaction() as connection:
        kept = position % 2 == 1 and _keep(database, number, position, Turn("supporter", text, usage=usage))
        if kept:
            connection.execute("UPDATE talks SET fault_kind = NULL, fault_detail = NULL WHERE number = ?", (number,))
            if position + 1 >= 2 * limit:
                connection.execute("UPDATE talks SET ended = ?, ending = 'limit' WHERE number = ?", (now(), number))
        return kept


def fail(database: Database, number: int, fault: Fault) -> None:
    """Note why the system could not answer; the talk goes on, and it can be asked again."""
    database.connection.execute(
        "UPDATE talks SET fault_kind = ?, fault_detail = ? WHERE number = ? AND begun IS NOT NULL AND ended IS NULL",
        (fault.kind, fault.detail, number),
    )


def ask_again(database: Database, number: int) -> None:
    """Forget why the system could not answer."""
    database.connection.execute(
        "UPDATE talks SET fault_kind = NULL, fault_detail = NULL WHERE number = ? AND ended IS NULL", (number,)
    )


def leave(database: Database, number: int, *, helped: bool) -> bool:
    """End a talk because the participant leaves it; returns whether it was going on.

    Where the system could not answer, the talk has failed, whatever the participant thought of it.
    """
    ending = "resolved" if helped else "withdrew"
    with database.transaction() as connection:
        done = connection.execute(
            "UPDATE talks SET ended = ?, ending = CASE WHEN fault_kind IS NULL THEN CAST(? AS TEXT) ELSE 'failed' END "
            "WHERE number = ? AND begun IS NOT NULL AND ended IS NULL",
            (now(), ending, number),
        )
    return done.rowcount == 1


def time_left(talk: StudyTalk, minutes: float | None) -> float | None:
    """Return the seconds that a talk may still go on, 0 at least; None where time is not limited."""
    if minutes is None or talk.begun is None:
        return None
    gone = datetime.now(UTC) - datetime.fromisoformat(talk.begun)
    return max(0.0, minutes * 60 - gone.total_seconds())


def time_is_up(database: Database, number: int) -> None:
    """End a talk because its time is over."""
    database.connection.execute(
        "UPDATE talks SET ended = ?, ending = CASE WHEN fault_kind IS NULL THEN 'limit' ELSE 'failed' END "
        "WHERE number = ? AND begun IS NOT NULL AND ended IS NULL",
        (now(), number),
    )


def _keep(database: Database, number: int, position: int, turn: Turn) -> bool:
    """Add a turn, within a transaction, if it is the next one of a talk that goes on."""
    usage = msgspec.json.encode(turn.usage).decode() if turn.usage != NOTHING_USED else None
    ask = database.connection.execute
    if ask("SELECT count(*) FROM turns WHERE talk = ?", (number,))[0][0] != position:
        return False
    if not ask("SELECT 1 FROM talks WHERE number = ? AND begun IS NOT NULL AND ended IS NULL", (number,)):
        return False
    ask("INSERT INTO turns VALUES (?, ?, ?, ?, ?, ?)", (number, position, turn.speaker, turn.text, usage, now()))
    return True


def _talk(row: tuple[object, ...]) -> StudyTalk:
    return msgspec.convert(dict(zip(_FIELDS, row, strict=True)), StudyTalk)
