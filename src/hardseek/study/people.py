"""Participants as the study goes on: consent, presence, withdrawal, deletion."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from hardseek.language import Language
from hardseek.study.access import revoke
from hardseek.study.database import Database, now
from hardseek.study.storage import Connection

_OFTEN: Final = timedelta(seconds=20)
"""How exactly it is kept when somebody was there."""
_COLUMNS: Final = "code, language, consent, consented, stopped, deleted, seen"


@dataclass(frozen=True, slots=True)
class Person:
    """Where a participant stands."""

    code: str
    language: Language
    consent: str | None
    """Digest of the text that was agreed to."""
    consented: str | None
    stopped: str | None
    deleted: bool
    seen: str | None


def people(database: Database) -> list[Person]:
    """Return all participants, in the order of the study file."""
    return [
        _person(row) for row in database.connection.execute(f"SELECT {_COLUMNS} FROM participants ORDER BY place, code")
    ]


def person(database: Database, code: str) -> Person:
    """Return a participant; raises KeyError for somebody who is not in the study."""
    row = database.connection.execute(f"SELECT {_COLUMNS} FROM participants WHERE code = ?", (code,)).fetchone()
    if row is None:
        raise KeyError(code)
    return _person(row)


def agree(database: Database, code: str, text: str) -> None:
    """Enter that a participant agreed to a text, given by its digest."""
    database.connection.execute(
        "UPDATE participants SET consent = ?, consented = ? WHERE code = ?", (text, now(), code)
    )


def seen(database: Database, code: str) -> None:
    """Enter that a participant is there, once in a while: a page need not wait for the disk to tell."""
    at = datetime.now(UTC)
    earlier = (at - _OFTEN).isoformat(timespec="seconds")
    database.connection.execute(
        "UPDATE participants SET seen = ? WHERE code = ? AND (seen IS NULL OR seen < ?)",
        (at.isoformat(timespec="seconds"), code, earlier),
    )


def withdraw(database: Database, code: str, *, delete: bool) -> None:
    """End a participant's part in the study; their links and sessions end with it.

    Args:
        database: the study's.
        code: the participant.
        delete: whether what they wrote and answered is deleted too. What was exported before is beyond reach.
    """
    with database.transaction() as connection:
        connection.execute(
            "UPDATE participants SET stopped = coalesce(stopped, ?), "
            "deleted = CASE WHEN deleted = 1 THEN 1 ELSE CAST(? AS INTEGER) END WHERE code = ?",
            (now(), int(delete), code),
        )
        connection.execute("DELETE FROM drafts WHERE participant = ?", (code,))
        if delete:
            connection.execute("DELETE FROM answers WHERE participant = ?", (code,))
            connection.execute(
                "DELETE FROM turns WHERE talk IN (SELECT number FROM talks WHERE participant = ?)", (code,)
            )
            connection.execute(
                "UPDATE talks SET begun = NULL, ended = NULL, ending = NULL, fault_kind = NULL, fault_detail = NULL, "
                "rated = NULL WHERE participant = ?",
                (code,),
            )
            _forget_interviews_and_codes(connection, code)
    revoke(database, code)
    if delete:
        database.connection.forget()


def _forget_interviews_and_codes(connection: Connection, code: str) -> None:
    """Delete what the study team noted and marked of a participant; settled marks too, whose remarks may quote."""
    talks = "SELECT 'talk:' || CAST(number AS TEXT) FROM talks WHERE participant = ?"
    noted = (
        "SELECT 'note:' || CAST(notes.number AS TEXT) FROM notes JOIN interviews ON interviews.number = interview "
        "WHERE participant = ?"
    )
    for table in ("marks", "coded", "settled"):
        connection.execute(f"DELETE FROM {table} WHERE source IN ({talks}) OR source IN ({noted})", (code, code))
    connection.execute(
        "DELETE FROM notes WHERE interview IN (SELECT number FROM interviews WHERE participant = ?)", (code,)
    )
    connection.execute("DELETE FROM interviews WHERE participant = ?", (code,))


def _person(row: tuple[Any, ...]) -> Person:
    code, language, consent, consented, stopped, deleted, seen_at = row
    return Person(code, language, consent, consented, stopped, bool(deleted), seen_at)
