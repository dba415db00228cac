"""The database of a run: opened by one writer and any number of readers, with what is noted of the run."""

import os
import sqlite3
from pathlib import Path
from typing import Any, Final, Self

import msgspec

from hardseek.documents import packaged
from hardseek.errors import Refused
from hardseek.runs.writer import Writer, connect, connect_untouched

FILE: Final = "run.sqlite"
PLACES: Final = 1 << 20
"""Turns that a dialogue can have; see `turns.place` in schema.sql."""
encode: Final = msgspec.json.Encoder().encode


class Database:
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
            reader = connect if os.access(folder, os.W_OK) else connect_untouched
            self._reader = reader(path)
            if not writable:
                self._reader.execute("SELECT count(*) FROM about").fetchone()
            if reader is connect:
                # A run of an earlier version lacks the tables that came since; they begin empty.
                self._reader.executescript(packaged("hardseek.runs.store", "schema.sql"))
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

    def note(self, key: str, value: object) -> None:
        """Keep a fact about the run as JSON."""
        row = (key, encode(value).decode())
        self.writer.write("INSERT OR REPLACE INTO about VALUES (?, ?)", row)

    def noted(self, key: str) -> Any:
        """Return a fact about the run, or None."""
        row = self._reader.execute("SELECT value FROM about WHERE key = ?", (key,)).fetchone()
        return msgspec.json.decode(row[0]) if row else None

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
