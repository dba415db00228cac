"""What the study asks of a database, whichever it is."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from threading import RLock
from typing import Any, Literal


class StorageError(Exception):
    """The database could not do it; the message holds no password."""


class Rows(list[tuple[Any, ...]]):
    """What a statement found, read whole."""

    def __init__(self, rows: Iterable[tuple[Any, ...]] = (), changed: int = -1) -> None:
        super().__init__(rows)
        self.rowcount = changed
        """How many rows it changed."""

    def fetchone(self) -> tuple[Any, ...] | None:
        """Return the first row; None where there is none."""
        return self[0] if self else None

    def fetchall(self) -> list[tuple[Any, ...]]:
        """Return all rows."""
        return self


class Connection(ABC):
    """A database that is open. Statements stand alone, and `transaction` groups them; threads take turns.

    Statements are written in the SQL that SQLite and PostgreSQL share, with `?` for values: no `OR REPLACE` (but
    `ON CONFLICT ... DO UPDATE`), no `iif`, no `rowid`, and `CAST(? AS INTEGER)` where a value is merely selected.
    """

    kind: Literal["sqlite", "postgresql"]
    where: str
    """Where it is, for people to read; without a password."""

    def __init__(self) -> None:
        self._lock = RLock()
        self._inside = False
        """Whether a transaction is on."""

    def execute(self, statement: str, values: Sequence[object] = ()) -> Rows:
        """Run one statement."""
        with self._lock:
            return self._run(statement, values)

    def executemany(self, statement: str, many: Iterable[Sequence[object]]) -> None:
        """Run one statement for each of many values."""
        with self._lock:
            for values in many:
                self._run(statement, values)

    def script(self, text: str) -> None:
        """Run the statements of a file of `schema`; they end with a semicolon, and none stands in a value."""
        bare = "\n".join(line.partition("--")[0] for line in text.splitlines())
        with self._lock:
            for statement in filter(None, map(str.strip, bare.split(";"))):
                self._run(self._native(statement), ())

    def transaction(self) -> AbstractContextManager["Connection"]:
        """Do all of the block or nothing; writers wait for each other."""
        return self._within(writes=True)

    def snapshot(self) -> AbstractContextManager["Connection"]:
        """Read all of the block as of one moment; writers do not wait for it."""
        return self._within(writes=False)

    @contextmanager
    def _within(self, *, writes: bool) -> Iterator["Connection"]:
        with self._lock:
            self._begin(writes)
            self._inside = True
            try:
                yield self
                self._run("COMMIT", ())
            except BaseException:
                self._roll_back()
                raise
            finally:
                self._inside = False

    @abstractmethod
    def tables(self) -> dict[str, tuple[str, ...]]:
        """Return the study's tables and their columns."""

    @property
    @abstractmethod
    def version(self) -> int:
        """Version of the schema; 0 where there is none yet."""

    @version.setter
    @abstractmethod
    def version(self, number: int) -> None: ...

    @abstractmethod
    def forget(self) -> None:
        """See to it that what was deleted is gone, as far as the database can."""

    @abstractmethod
    def number_on(self, table: str) -> None:
        """Let a table's own numbers go on after those that it holds."""

    @abstractmethod
    def hold(self) -> None:
        """Be the one server of the study until it is closed; raises Refused where another one is."""

    @abstractmethod
    def close(self) -> None:
        """Close; what was committed stands."""

    @abstractmethod
    def _run(self, statement: str, values: Sequence[object]) -> Rows: ...

    @abstractmethod
    def _begin(self, writes: bool) -> None: ...

    @abstractmethod
    def _roll_back(self) -> None: ...

    @abstractmethod
    def _native(self, statement: str) -> str:
        """Put a statement of the schema into this database's own words."""
