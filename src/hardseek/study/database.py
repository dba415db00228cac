"""The database of a study: opened, checked against the study file, written in whole transactions."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Self

import msgspec

from hardseek.documents import packaged
from hardseek.errors import Refused
from hardseek.runs import Signature
from hardseek.study.design import Design

FILE: Final = "study.sqlite"
_VERSION: Final = 1
"""Of the schema; a database of another version is refused, never guessed at."""


def now() -> str:
    """Return the time in UTC, to the second; such times sort as text."""
    return datetime.now(UTC).isoformat(timespec="seconds")


class Database:
    """A study's database: what was committed survives a kill of the server; a power cut can cost the last moment."""

    def __init__(self, folder: Path, design: Design) -> None:
        """Open the database of a study folder, making it when there is none, and enter who plays what.

        Participants that the file has more than before are added. A study whose systems, cards, conditions or
        questions have changed is entered anew as long as nobody has agreed to take part.

        Raises:
            Refused: the folder cannot be used, or holds another study or one that has begun otherwise.
        """
        path = folder / FILE
        try:
            folder.mkdir(parents=True, exist_ok=True)
            # Autocommit: statements stand alone, and `transaction` groups them.
            self.connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=30)
            path.chmod(0o600)  # what people wrote, and who is signed in
            self.connection.execute("PRAGMA journal_mode = WAL")
            self.connection.execute("PRAGMA synchronous = NORMAL")  # no page waits for the disk
            self.connection.execute("PRAGMA foreign_keys = ON")
            self.connection.execute("PRAGMA secure_delete = ON")  # deleted means gone, not just unlisted
            self.connection.executescript(packaged("hardseek.study", "schema.sql"))
        except (OSError, sqlite3.Error) as error:
            raise Refused(f"{path}: cannot be opened as a study: {error}") from None
        self._check_version(path)
        self._enter(folder, design)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close; what was committed stands."""
        self.connection.close()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Write all of the block or nothing."""
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            yield self.connection
        except BaseException:
            self.connection.execute("ROLLBACK")
            raise
        self.connection.execute("COMMIT")

    def backup(self, path: Path) -> None:
        """Copy the database to a new file while it is in use; raises Refused when there is a file already."""
        if path.exists():
            raise Refused(f"{path}: is there already; choose another name")
        try:
            with sqlite3.connect(path) as copy:
                self.connection.backup(copy)
            copy.close()
            path.chmod(0o600)
        except (OSError, sqlite3.Error) as error:
            raise Refused(f"{path}: cannot be written: {error}") from None

    def _check_version(self, path: Path) -> None:
        version = self.connection.execute("PRAGMA user_version").fetchone()[0]
        if version not in {0, _VERSION}:
            raise Refused(f"{path}: was made by another version of hardseek (schema {version}, this is {_VERSION})")
        self.connection.execute(f"PRAGMA user_version = {_VERSION}")

    def _enter(self, folder: Path, design: Design) -> None:
        with self.transaction() as connection:
            row = connection.execute("SELECT value FROM about WHERE key = 'parts'").fetchone()
            if row is not None:
                unlike = Signature(design.parts).unlike(Signature(msgspec.json.decode(row[0])))
                begun = connection.execute("SELECT count(*) FROM participants WHERE consented NOTNULL").fetchone()[0]
                if unlike and begun:
                    raise Refused(
                        f"{folder}: {begun} participants have begun another study there. What differs: "
                        f"{'; '.join(unlike)}. Choose another --folder, or go back to what it was."
                    )
                if unlike:
                    connection.execute("DELETE FROM talks")
            else:
                connection.execute("INSERT INTO about VALUES ('created', ?)", (_json(now()),))
            connection.execute("INSERT OR REPLACE INTO about VALUES ('parts', ?)", (_json(design.parts),))
            connection.executemany(
                "INSERT INTO participants (code, language) VALUES (?, ?) ON CONFLICT DO NOTHING",
                [(one.code, one.language) for one in design.study.participants],
            )
            connection.executemany(
                "INSERT INTO talks (participant, position, system, condition, card, language, letter) "
                "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                [
                    (a.participant, a.position, a.system, a.condition, a.card, design.cards[a.card].language, a.letter)
                    for a in design.assigned
                ],
            )


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
