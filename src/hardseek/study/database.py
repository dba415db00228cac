"""The database of a study: opened, migrated, checked against the study file, written in whole transactions."""

import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, Self

import msgspec

from hardseek.documents import missing
from hardseek.errors import Refused
from hardseek.runs import Signature
from hardseek.study.design import Design
from hardseek.study.storage import FILE, Connection, StorageError, back_up, connect, migrate, restore
from hardseek.study.storage.sqlite import SqliteConnection

__all__ = ["FILE", "Database", "now"]
_COPY: Final = "before-restoring"


def now() -> str:
    """Return the time in UTC, to the second; such times sort as text."""
    return datetime.now(UTC).isoformat(timespec="seconds")


class Database:
    """A study's database: what was committed survives a kill of the server."""

    def __init__(self, folder: Path, design: Design, *, url: str | None = None) -> None:
        """Open the database of a study, making it when there is none, and enter who plays what.

        Participants that the file has more than before are added. A study whose systems, cards, conditions or
        questions have changed is entered anew as long as nobody has agreed to take part. A database that an older
        hardseek made is migrated; a copy of it is put into the folder before.

        Args:
            folder: the study's folder.
            design: the study.
            url: address of a PostgreSQL server; as the study file says if None, and SQLite if that says nothing.

        Raises:
            Refused: it cannot be used, or holds another study or one that has begun otherwise.
        """
        self._folder, self._design = folder, design
        self.connection: Connection = connect(folder, design.study.name, url or design.study.database)
        try:
            migrate(self.connection, folder)
            self._enter()
        except StorageError as error:
            self.close()
            raise Refused(f"{self.connection.where}: cannot be opened as a study: {error}") from None
        except Refused:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close; what was committed stands."""
        self.connection.close()

    def hold(self) -> None:
        """Be the one server of the study; raises Refused where there is another."""
        self.connection.hold()

    def transaction(self) -> AbstractContextManager[Connection]:
        """Write all of the block or nothing."""
        return self.connection.transaction()

    def backup(self, path: Path) -> None:
        """Copy the study to a new SQLite file while it is in use; raises Refused when there is a file already."""
        back_up(self.connection, path)

    def restore(self, path: Path) -> Path:
        """Put what a backup holds in the place of all that is here; it may come from another kind of database.

        Returns:
            A backup of what was here.

        Raises:
            Refused: the file is no backup of this study, or cannot be read.
        """
        with _opened(path) as copy:
            row = copy.execute("SELECT value FROM about WHERE key = 'parts'").fetchone()
            if row is None:
                raise Refused(f"{path}: is no backup of a study")
            if unlike := Signature(self._design.parts).unlike(Signature(msgspec.json.decode(row[0]))):
                raise Refused(f"{path}: is a backup of another study. What differs: {'; '.join(unlike)}")
            moment = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
            before = self._folder / f"{_COPY}-{moment}.sqlite"
            self._folder.mkdir(parents=True, exist_ok=True)
            back_up(self.connection, before)
            try:
                restore(self.connection, copy)
            except StorageError as error:
                raise Refused(f"{path}: cannot be restored, and nothing has changed: {error}") from None
        self._enter()
        return before

    def _enter(self) -> None:
        design = self._design
        with self.transaction() as connection:
            row = connection.execute("SELECT value FROM about WHERE key = 'parts'").fetchone()
            if row is not None:
                unlike = Signature(design.parts).unlike(Signature(msgspec.json.decode(row[0])))
                begun = connection.execute("SELECT count(*) FROM participants WHERE consented IS NOT NULL")[0][0]
                if unlike and begun:
                    raise Refused(
                        f"{connection.where}: {begun} participants have begun another study there. What differs: "
                        f"{'; '.join(unlike)}. Choose another --folder, or go back to what it was."
                    )
                if unlike:
                    connection.execute("DELETE FROM talks")
            else:
                connection.execute("INSERT INTO about VALUES ('created', ?)", (_json(now()),))
            connection.execute(
                "INSERT INTO about VALUES ('parts', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                (_json(design.parts),),
            )
            connection.executemany(
                "INSERT INTO participants (code, language, place) VALUES (?, ?, ?) "
                "ON CONFLICT (code) DO UPDATE SET place = excluded.place",
                [(one.code, one.language, place) for place, one in enumerate(design.study.participants)],
            )
            connection.executemany(
                "INSERT INTO talks (participant, position, system, condition, card, language, letter) "
                "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                [
                    (a.participant, a.position, a.system, a.condition, a.card, design.cards[a.card].language, a.letter)
                    for a in (*design.practice, *design.assigned)
                ],
            )


@contextmanager
def _opened(path: Path) -> Iterator[Connection]:
    """Open a copy of a backup at the latest version of its schema; the backup itself stays as it is."""
    if not path.is_file():
        raise missing(path)
    with TemporaryDirectory() as name:
        twin = Path(name) / FILE
        shutil.copyfile(path, twin)
        try:
            copy = SqliteConnection(twin)
        except Refused:
            raise Refused(f"{path}: is no backup of a study, nor any SQLite file") from None
        try:
            if copy.version < 1 or "about" not in copy.tables():
                raise Refused(f"{path}: is no backup of a study")
            migrate(copy, Path(name))
            yield copy
        except StorageError as error:
            raise Refused(f"{path}: cannot be read as a backup: {error}") from None
        finally:
            copy.close()


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
