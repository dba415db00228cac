"""SQLite: one file in the study's folder."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from hardseek.errors import Refused
from hardseek.study.storage.connection import Connection, Rows, StorageError

FILE: Final = "study.sqlite"


class SqliteConnection(Connection):
    """A file. What was committed survives a kill of the server; a power cut can cost the last moment."""

    kind = "sqlite"

    def __init__(self, path: Path) -> None:
        """Open a file, making it where there is none; raises Refused where that cannot be."""
        super().__init__()
        self.where = str(path)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            # Autocommit: statements stand alone, and `transaction` groups them.
            self._sqlite = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=30)
            path.chmod(0o600)  # what people wrote, and who is signed in
            self._sqlite.execute("PRAGMA journal_mode = WAL")
            self._sqlite.execute("PRAGMA synchronous = NORMAL")  # no page waits for the disk
            self._sqlite.execute("PRAGMA foreign_keys = ON")
            self._sqlite.execute("PRAGMA secure_delete = ON")  # deleted means gone, not just unlisted
        except (OSError, sqlite3.Error) as error:
            raise Refused(f"{path}: cannot be opened as a study: {error}") from None

    def tables(self) -> dict[str, tuple[str, ...]]:
        """Return the study's tables and their columns."""
        names = self.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid")
        return {
            name: tuple(column for (column,) in self.execute("SELECT name FROM pragma_table_info(?)", (name,)))
            for (name,) in names
        }

    @property
    def version(self) -> int:
        """Version of the schema; 0 where there is none yet."""
        return int(self.execute("PRAGMA user_version")[0][0])

    @version.setter
    def version(self, number: int) -> None:
        self.execute(f"PRAGMA user_version = {number:d}")

    def forget(self) -> None:
        """Empty the write-ahead log, which still holds what was written: no copy is left on the disk."""
        self.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def number_on(self, table: str) -> None:
        """Do nothing: a file numbers on after its greatest number."""

    def hold(self) -> None:
        """Do nothing: whoever serves a folder holds the folder's own lock."""

    def close(self) -> None:
        """Close; what was committed stands."""
        self._sqlite.close()

    def _run(self, statement: str, values: Sequence[object]) -> Rows:
        try:
            done = self._sqlite.execute(statement, values)
            return Rows(done.fetchall(), done.rowcount)
        except sqlite3.Error as error:
            raise StorageError(f"{self.where}: {error}") from None

    def _begin(self, writes: bool) -> None:
        self._run("BEGIN IMMEDIATE" if writes else "BEGIN", ())

    def _roll_back(self) -> None:
        if self._sqlite.in_transaction:  # SQLite itself undoes what does not fit on the disk
            self._run("ROLLBACK", ())

    def _native(self, statement: str) -> str:
        return statement
