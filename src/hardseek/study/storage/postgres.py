"""PostgreSQL: a schema of its own for each study, in a database that is given by its address."""

import re
import time
from collections.abc import Callable, Sequence
from hashlib import sha256
from typing import Any, Final

from pg8000.core import Context, make_params
from pg8000.exceptions import DatabaseError, InterfaceError
from pg8000.native import Connection as Link
from pg8000.native import identifier

from hardseek.errors import Refused
from hardseek.study.storage.connection import Connection, Rows, StorageError

_VALUE: Final = re.compile(r"\?")
_KEYS: Final = re.compile(r"\bINTEGER PRIMARY KEY\b")
_GONE: Final = (InterfaceError, OSError)
"""What is raised where the server is no longer there."""
_NOTICES: Final = 2.0
"""Seconds in which the server notices that somebody has hung up."""
_ENDS: Final = {"FATAL", "PANIC"}
"""How grave an error is after which the server hangs up."""


class PostgresConnection(Connection):
    """A link to a server; it is made anew where the server has been away."""

    kind = "postgresql"

    def __init__(self, where: str, study: str, link: Callable[[], Link]) -> None:
        """Open a study's schema, making it where there is none.

        Args:
            where: the address for people to read, without a password.
            study: the study's name; its schema is called `hardseek NAME`.
            link: connects to the server.

        Raises:
            Refused: the server cannot be reached, or does not let us in.
        """
        super().__init__()
        self.where = f"{where} (schema “hardseek {study}”)"
        self._schema = f"hardseek {study}"
        self._connect = link
        # Writers of one study wait for each other, as they do for a file.
        self._turn = int.from_bytes(sha256(self._schema.encode()).digest()[:8], signed=True)
        self._place = int.from_bytes(sha256(f"{self._schema} served".encode()).digest()[:8], signed=True)
        self._holds = False
        self._link: Link = None
        self._prepared: dict[str, tuple[Any, ...]] = {}
        try:
            self._link = self._opened()
            if not self.execute("SELECT 1 FROM pg_namespace WHERE nspname = ?", (self._schema,)):
                self.execute(f"CREATE SCHEMA IF NOT EXISTS {identifier(self._schema)}")
        except (StorageError, *_GONE, DatabaseError) as error:
            why = error.__cause__ or error  # of a server that does not answer the driver tells no more than the address
            raise Refused(f"{where}: cannot be opened as a study: {_told(why)}") from None

    def tables(self) -> dict[str, tuple[str, ...]]:
        """Return the study's tables and their columns."""
        found: dict[str, tuple[str, ...]] = {}
        for table, column in self.execute(
            "SELECT table_name::text, column_name::text FROM information_schema.columns WHERE table_schema = ? "
            "ORDER BY table_name, ordinal_position",
            (self._schema,),
        ):
            found[table] = (*found.get(table, ()), column)
        return found

    @property
    def version(self) -> int:
        """Version of the schema; 0 where there is none yet."""
        told = self.execute(
            "SELECT obj_description(oid, 'pg_namespace') FROM pg_namespace WHERE nspname = ?", (self._schema,)
        ).fetchone()
        text = str(told[0] or "") if told else ""
        return int(text.rpartition(" ")[2]) if text.startswith("hardseek study, version ") else 0

    @version.setter
    def version(self, number: int) -> None:
        self.execute(f"COMMENT ON SCHEMA {identifier(self._schema)} IS 'hardseek study, version {number:d}'")

    def forget(self) -> None:
        """Free what was deleted at once; what the server keeps in its own log goes when that does."""
        for table in self.tables():
            self.execute(f"VACUUM {identifier(table)}")

    def number_on(self, table: str) -> None:
        """Let a table's own numbers go on after those that it holds."""
        next_one = self.execute(f"SELECT coalesce(max(number), 0) + 1 FROM {identifier(table)}")[0][0]
        self.execute(f"ALTER TABLE {identifier(table)} ALTER COLUMN number RESTART WITH {int(next_one):d}")

    def hold(self) -> None:
        """Be the one server of the study, whatever machine another is on, until the link ends; raises Refused."""
        end = time.monotonic() + _NOTICES  # a server that was just stopped still holds it for a moment
        while not self.execute("SELECT pg_try_advisory_lock(CAST(? AS BIGINT))", (self._place,))[0][0]:
            if time.monotonic() > end:
                raise Refused(f"{self.where}: another hardseek serves this study; stop it first")
            time.sleep(0.1)
        self._holds = True

    def close(self) -> None:
        """Close; what was committed stands."""
        _hang_up(self._link)

    def _opened(self) -> Link:
        if self._link is not None:
            _hang_up(self._link)
        link = self._connect()
        self._prepared.clear()
        link.run(f"SET search_path TO {identifier(self._schema)}")
        link.run("SET client_min_messages TO warning")
        if self._holds:
            link.run("SELECT pg_try_advisory_lock(CAST(:place AS BIGINT))", place=self._place)
        return link

    def _begin(self, writes: bool) -> None:
        if not writes:
            self._run("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", ())
            return
        self._run(f"BEGIN; SELECT pg_advisory_xact_lock({self._turn:d})", ())

    def _roll_back(self) -> None:
        try:
            self._run("ROLLBACK", ())
        except StorageError:
            return  # what was not committed is undone by the server that has gone

    def _run(self, statement: str, values: Sequence[object]) -> Rows:
        try:
            return self._ask(statement, values)
        except _GONE as error:
            if self._inside:
                raise StorageError(f"{self.where}: the server has gone: {error}") from None
        try:
            # Outside of a transaction a statement reads, or says the same when it is said twice.
            self._link = self._opened()
            return self._ask(statement, values)
        except (*_GONE, DatabaseError) as error:
            raise StorageError(f"{self.where}: the server has gone: {_told(error)}") from None

    def _ask(self, statement: str, values: Sequence[object]) -> Rows:
        try:
            done = self._ask_with(statement, values) if values else self._link.execute_simple(statement)
        except DatabaseError as error:
            if _told(error, "S") in _ENDS:
                raise InterfaceError(_told(error)) from None
            raise StorageError(f"{self.where}: {_told(error)}") from None
        return Rows((tuple(row) for row in done.rows or ()), done.row_count)

    def _ask_with(self, statement: str, values: Sequence[object]) -> Context:
        """Prepare a statement the first time; each time is one way to the server and back."""
        known = self._prepared.get(statement)
        if known is None:
            numbers = iter(range(1, len(values) + 1))
            known = self._link.prepare_statement(_VALUE.sub(lambda _: f"${next(numbers)}", statement), ())
            self._prepared[statement] = known
        name, columns, readers = known
        return self._link.execute_named(name, make_params(self._link.py_types, values), columns, readers, statement)

    def _native(self, statement: str) -> str:
        numbered = _KEYS.sub("INTEGER GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY", statement)
        return numbered.removesuffix("WITHOUT ROWID").rstrip()


def _hang_up(link: Link) -> None:
    try:
        link.close()
    except _GONE:
        return  # the server went first


def _told(error: BaseException, field: str = "M") -> str:
    """Return a field of what the server says, as a rule its message in words."""
    said = error.args[0] if error.args else error
    return str(said.get(field, said)) if isinstance(said, dict) else str(error)
