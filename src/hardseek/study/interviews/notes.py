"""Notes of interviews, kept as they are typed, with their times."""

from dataclasses import dataclass
from typing import Any, Final, Literal

from hardseek.errors import Refused
from hardseek.language import clean
from hardseek.study.database import Database, now

LONGEST: Final = 20_000
"""Characters of a note at most."""
Later = Literal[0, 1, 2]
"""0: nothing; 1: to come back to; 2: come back to."""
_INTERVIEW: Final = "number, participant, author, begun, ended"
_NOTE: Final = "notes.number, interview, mark, question, text, later, notes.begun, changed"


@dataclass(frozen=True, slots=True)
class Interview:
    """One sitting with a participant; a later one is another."""

    number: int
    participant: str
    author: str
    begun: str
    ended: str | None


@dataclass(frozen=True, slots=True)
class Note:
    """What was noted of one answer, or beside it."""

    number: int
    interview: int
    mark: str
    question: str | None
    """Of the guide; None for a note beside it."""
    text: str
    later: Later
    begun: str
    changed: str


def begin(database: Database, participant: str, author: str) -> int:
    """Begin an interview and return its number; raises Refused where there is no such participant."""
    with database.transaction() as connection:
        found = connection.execute("SELECT deleted FROM participants WHERE code = ?", (participant,)).fetchone()
        if found is None or found[0]:
            raise Refused(f"{participant}: no such participant, or their data are deleted")
        connection.execute(
            "INSERT INTO interviews (participant, author, begun) VALUES (?, ?, ?)", (participant, author, now())
        )
        return int(connection.execute("SELECT max(number) FROM interviews")[0][0])


def end(database: Database, number: int) -> None:
    """End an interview; notes can still be added and changed."""
    with database.transaction() as connection:
        connection.execute("UPDATE interviews SET ended = ? WHERE number = ? AND ended IS NULL", (now(), number))


def interview(database: Database, number: int) -> Interview | None:
    """Return an interview, None where there is none of this number."""
    found = database.connection.execute(f"SELECT {_INTERVIEW} FROM interviews WHERE number = ?", (number,)).fetchone()
    return Interview(*found) if found else None


def interviews(database: Database) -> list[Interview]:
    """Return all interviews in the order in which they were begun."""
    return [
        Interview(*row) for row in database.connection.execute(f"SELECT {_INTERVIEW} FROM interviews ORDER BY number")
    ]


def save(database: Database, number: int, mark: str, question: str | None, text: str) -> bool:
    """Keep a note as it is now; an empty one goes.

    Args:
        database: the study's.
        number: of the interview.
        mark: which note: the same as before for a note that grows.
        question: of the guide.
        text: all of it.

    Returns:
        Whether it was kept. A note that coders have marked stays as it is: their passages are places in its text.
    """
    said = clean(text.replace("\r\n", "\n"))[:LONGEST]
    with database.transaction() as connection:
        if connection.execute("SELECT 1 FROM interviews WHERE number = ?", (number,)).fetchone() is None:
            return False
        had = connection.execute(
            "SELECT number, text FROM notes WHERE interview = ? AND mark = ?", (number, mark)
        ).fetchone()
        if had is not None and had[1] == said:
            return True
        if had is not None and _is_coded(database, had[0]):
            return False
        if not said:
            connection.execute("DELETE FROM notes WHERE interview = ? AND mark = ?", (number, mark))
            return True
        connection.execute(
            "INSERT INTO notes (interview, mark, question, text, begun, changed) VALUES (?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (interview, mark) DO UPDATE SET text = excluded.text, changed = excluded.changed",
            (number, mark, question, said, now(), now()),
        )
    return True


def come_back(database: Database, number: int, mark: str, later: Later) -> None:
    """Enter whether a note is to be come back to."""
    with database.transaction() as connection:
        connection.execute("UPDATE notes SET later = ? WHERE interview = ? AND mark = ?", (later, number, mark))


def notes(database: Database, number: int | None = None) -> list[Note]:
    """Return the notes of an interview, or of all, by the time at which they were begun."""
    asked, values = ("", ()) if number is None else ("WHERE interview = ?", (number,))
    rows = database.connection.execute(f"SELECT {_NOTE} FROM notes {asked} ORDER BY begun, number", values)
    return [Note(*row) for row in rows]


def note_rows(database: Database) -> list[dict[str, Any]]:
    """Return all notes as rows of an export."""
    held = {each.number: each for each in interviews(database)}
    return [
        {
            "note": note.number, "interview": note.interview, "participant": held[note.interview].participant,
            "researcher": held[note.interview].author, "interview_begun": held[note.interview].begun,
            "interview_ended": held[note.interview].ended, "question": note.question, "begun": note.begun,
            "changed": note.changed, "follow_up": ("", "open", "done")[note.later], "text": note.text,
        }
        for note in notes(database)
    ]  # fmt: skip


def _is_coded(database: Database, number: int) -> bool:
    row = database.connection.execute("SELECT count(*) FROM marks WHERE source = ?", (f"note:{number}",))
    return bool(row[0][0])
