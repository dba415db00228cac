"""Copies of a study: a SQLite file, wherever the study is kept, so that it can be restored to either database.

No tool of the server is needed, and a study can move from a file to a server and back.
"""

from pathlib import Path

from hardseek.documents import packaged
from hardseek.errors import Refused
from hardseek.study.storage.connection import Connection, StorageError
from hardseek.study.storage.sqlite import SqliteConnection


def back_up(connection: Connection, path: Path) -> None:
    """Copy a study to a new file while it is in use: all of it as it is at one moment.

    Raises:
        Refused: there is a file of this name already, or it cannot be written.
    """
    if path.exists():
        raise Refused(f"{path}: is there already; choose another name")
    part = path.with_name(f"{path.name}.part")
    try:
        part.unlink(missing_ok=True)
        copy = SqliteConnection(part)
    except (OSError, Refused) as error:
        raise Refused(f"{path}: cannot be written: {error}") from None
    try:
        with connection.snapshot(), copy.transaction():
            for number in range(1, connection.version + 1):
                copy.script(packaged("hardseek.study.storage", "schema", f"{number}.sql"))
            copy.version = connection.version
            _fill(copy, connection)
        copy.forget()
        copy.close()
        for beside in ("-wal", "-shm"):
            part.with_name(part.name + beside).unlink(missing_ok=True)
        part.replace(path)
    except (OSError, StorageError) as error:
        copy.close()
        part.unlink(missing_ok=True)
        raise Refused(f"{path}: cannot be written: {error}") from None


def restore(connection: Connection, copy: Connection) -> None:
    """Put what a copy holds in the place of all that a study holds; all of it or nothing.

    Args:
        connection: the study's database, at the latest version.
        copy: the copy, at the same version.
    """
    with copy.snapshot(), connection.transaction():
        for table in reversed(copy.tables()):
            connection.execute(f"DELETE FROM {table}")
        _fill(connection, copy)
    connection.forget()


def _fill(target: Connection, source: Connection) -> None:
    """Copy all rows. Tables come in the order in which they were made: what a row refers to is there before it."""
    order = target.tables() if target.kind == "sqlite" else source.tables()
    for table, columns in order.items():
        named = ", ".join(columns)
        rows = source.execute(f"SELECT {named} FROM {table}")
        marks = ", ".join("?" * len(columns))
        target.executemany(f"INSERT INTO {table} ({named}) VALUES ({marks})", rows)
        if columns[0] == "number":
            target.number_on(table)
