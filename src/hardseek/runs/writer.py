"""The one writer of a store: a thread that commits in batches, so that no dialogue waits for the disk."""

import sqlite3
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from queue import SimpleQueue
from typing import Any, Final

from hardseek.errors import HardseekError

Row = tuple[Any, ...]
Write = tuple[str, Sequence[Row]]
"""A statement and the rows to run it with, one after the other."""
_LINGER: Final = 0.01
"""Seconds in which writes gather into one commit: what a power cut or a kill can cost at most, in time."""
_BATCH: Final = 5_000
_INTEGERS: Final = 2**63


class StoreFailed(HardseekError):
    """The store cannot be written any more, as when the disk is full; what was committed stands."""


class Writer:
    """Runs writes in the order in which they are handed in, on a thread and a connection of its own."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._queue: SimpleQueue[Write | None] = SimpleQueue()
        self._handed_in = 0
        self._committed = 0
        self._progress = threading.Condition()
        self._failure: Exception | None = None
        self._thread = threading.Thread(target=self._work, name="hardseek-writer", daemon=True)
        self._thread.start()

    def write(self, statement: str, *rows: Row) -> None:
        """Hand in a write.

        Raises:
            StoreFailed: an earlier one could not be done.
            ValueError: SQLite cannot hold one of the values. It is said here, to who brings the value; in the thread
                it would end the whole run.
        """
        self.check()
        for row in rows:
            for value in row:
                _holdable(value)
        self._handed_in += 1
        self._queue.put((statement, rows))

    def check(self) -> None:
        """Raise StoreFailed when a write could not be done."""
        if self._failure is not None:
            raise StoreFailed(
                f"{self._path}: cannot be written: {self._failure}. What was finished before is kept; "
                "make room (or mend the disk) and run the same command to go on."
            )

    @property
    def backlog(self) -> int:
        """How many writes wait."""
        return self._queue.qsize()

    def flush(self) -> None:
        """Wait until everything handed in so far is committed; raises StoreFailed when it cannot be."""
        wanted = self._handed_in
        with self._progress:
            self._progress.wait_for(lambda: self._committed >= wanted or self._failure is not None)
        self.check()

    def close(self) -> None:
        """Write what waits and stop; raises StoreFailed when it cannot be written."""
        self._queue.put(None)
        self._thread.join()
        self.check()

    def _work(self) -> None:
        try:
            connection = connect(self._path)
            try:
                while self._batch(connection):
                    pass
            finally:
                connection.close()
        except Exception as failure:  # noqa: BLE001  (it is raised again in whoever writes next)
            with self._progress:
                self._failure = failure
                self._progress.notify_all()

    def _batch(self, connection: sqlite3.Connection) -> bool:
        """Commit what has gathered; returns whether there may be more."""
        write = self._queue.get()
        if write is None:
            return False
        time.sleep(_LINGER)
        written = 0
        with connection:
            connection.execute("BEGIN")
            while write is not None:
                connection.executemany(*write)
                written += 1
                if written == _BATCH or self._queue.empty():
                    break
                write = self._queue.get()
        with self._progress:
            self._committed += written
            self._progress.notify_all()
        return write is not None


def _holdable(value: object) -> None:
    if isinstance(value, str):
        value.encode()
    elif isinstance(value, int) and not -_INTEGERS <= value < _INTEGERS:
        raise ValueError(f"a number of {value.bit_length()} bits cannot be kept")


def connect(path: Path) -> sqlite3.Connection:
    """Open a database in the store's manner: write-ahead log, transactions begun by hand."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=30)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    return connection


def connect_untouched(path: Path) -> sqlite3.Connection:
    """Open a database in a folder that cannot be written, as a run that others share: nothing is made beside it."""
    log = path.with_name(f"{path.name}-wal")
    # Without a log nobody is writing; with one, what it holds belongs to the run, and only its index can tell.
    how = "mode=ro" if log.is_file() and log.stat().st_size else "immutable=1"
    return sqlite3.connect(f"{path.resolve().as_uri()}?{how}", uri=True, isolation_level=None, check_same_thread=False)
